"""One bringing-in: what the shop had, what the rows before added, what waits to be written.

Every row is judged before anything of it is written, and by reading alone, so that a dry run says
what the real one would do. What the shop had is read once: a row costs no query.
"""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from osdesk.domain.arrivals import RowReport
from osdesk.domain.calendar import local_day
from osdesk.domain.codes import EventCode, ImportedKind, ImportKind
from osdesk.domain.text import fold
from osdesk.persistence.models import (
    Attachment,
    Base,
    CatalogItem,
    Counter,
    Customer,
    CustomerPhone,
    Employee,
    Equipment,
    ImportBatch,
    ImportRow,
    Note,
    Notice,
    Order,
    Payment,
    Quote,
    ServiceType,
    Shop,
    Slot,
    Stage,
)
from osdesk.services.events import Happening, record, record_all
from osdesk.services.shop.shop import shop_row, zone_of

AT_ONCE = 500
"""Rows that are written together."""


@dataclass
class Bringing:
    """``batch`` None: a dry run, nothing is written."""

    session: Session
    kind: ImportKind
    now: datetime
    author: int | None
    batch: int | None
    zone: ZoneInfo
    today: date
    shop: Shop
    """Held, so that the session need not read it again for each row."""
    fetch: Callable[[str], bool]
    """Whether the file of that SHA-256 lies among the shop's; the caller brings it there."""
    next_key: dict[type[Base], int] = field(default_factory=dict)
    rows: dict[type[Base], list[dict[str, Any]]] = field(default_factory=lambda: defaultdict(list))
    events: list[tuple[Happening, ImportedKind, int, str | None]] = field(default_factory=list)
    """Each with the row that it tells of: kind, key, and how the source calls it."""
    marks: list[tuple[ImportedKind, int]] = field(default_factory=list)
    """Rows that no event tells of: devices."""
    waiting: int = 0
    # -- who and what is known, the rows before among them
    documents: dict[str, int] = field(default_factory=dict)
    called: dict[tuple[str, str], int] = field(default_factory=dict)
    """Name as typed and a phone: the customer."""
    with_document: set[int] = field(default_factory=set)
    cards: dict[int, tuple[Any, ...]] = field(default_factory=dict)
    """Of the rows before: what each new customer's card says."""
    sources: dict[str, int] = field(default_factory=dict)
    """How the source calls a customer."""
    first_new: int = 1
    """Customers from this key on are new."""
    entries: dict[tuple[str, str], int] = field(default_factory=dict)
    """Kind and folded description of the catalogue."""
    numbers: dict[int, int] = field(default_factory=dict)
    """Order's number: its key."""
    told_numbers: dict[int, tuple[str, date]] = field(default_factory=dict)
    """Customer and day of entry of the orders of this file."""
    receipts: set[int] = field(default_factory=set)
    next_number: int = 1
    next_receipt: int = 1
    devices: dict[tuple[int, str], list[tuple[int, tuple[str | None, ...]]]] = field(
        default_factory=dict
    )
    names: dict[type[Base], dict[str, int]] = field(default_factory=dict)
    """Of the shop's lists: folded name, and the key."""
    late: list[Callable[[], RowReport]] = field(default_factory=list)
    """Rows that get their number once all given ones are known."""

    def key(self, table: type[Base]) -> int:
        """The next key of a table, which this batch alone writes."""
        found = self.next_key[table]
        self.next_key[table] = found + 1
        return found

    def add(self, table: type[Base], **values: Any) -> None:
        self.rows[table].append(values)

    def tell(
        self, happening: Happening, kind: ImportedKind, key: int, source: str | None = None
    ) -> None:
        self.events.append((happening, kind, key, source))
        self.waiting += 1


_NUMBERED = (
    *(Customer, CustomerPhone, Equipment, CatalogItem, Order, Payment),
    *(Quote, Note, Notice, Attachment),
)


def begin(
    session: Session,
    kind: ImportKind,
    *,
    source: str,
    sha256: str,
    dry_run: bool,
    now: datetime,
    author: int | None,
    fetch: Callable[[str], bool] = lambda _: False,
) -> Bringing:
    """Look at what the shop has; open the batch, but for a dry run."""
    zone, shop = zone_of(session), shop_row(session)
    found = Bringing(session, kind, now, author, None, zone, local_day(now, zone), shop, fetch)
    for table in _NUMBERED:
        found.next_key[table] = (session.scalar(select(func.max(table.id))) or 0) + 1
    found.first_new = found.next_key[Customer]
    _read_people(found)
    _read_catalog(found)
    _read_orders(found)
    for listed in (Employee, ServiceType, Slot):
        found.names[listed] = dict(session.execute(select(listed.name_folded, listed.id)).all())
    found.names[Stage] = {
        f"{status.value}\n{name}": key
        for status, name, key in session.execute(select(Stage.status, Stage.name_folded, Stage.id))
    }
    if not dry_run:
        batch = ImportBatch(
            kind=kind,
            at=now,
            author_id=author,
            source=source,
            sha256=sha256,
            taken=0,
            same=0,
            refused=0,
            order_before=found.next_number,
            order_after=found.next_number,
            receipt_before=found.next_receipt,
            receipt_after=found.next_receipt,
        )
        session.add(batch)
        session.flush()
        found.batch = batch.id
    return found


def _read_people(found: Bringing) -> None:
    session = found.session
    merged = dict(
        session.execute(
            select(Customer.id, Customer.merged_into_id).where(Customer.merged_into_id.is_not(None))
        ).all()
    )

    def standing(key: int) -> int:
        """Who was known under a record that was made one with another is that other."""
        while (other := merged.get(key)) is not None:
            key = other
        return key

    documents = session.execute(
        select(Customer.document, Customer.id).where(Customer.document.is_not(None))
    )
    for document, key in documents:
        found.documents[str(document)] = standing(key)
        found.with_document.add(standing(key))
    phones = session.execute(
        select(Customer.name, CustomerPhone.digits, CustomerPhone.number, Customer.id)
        .join(CustomerPhone, CustomerPhone.customer_id == Customer.id)
        .order_by(Customer.id)
    )
    for name, digits, number, key in phones:
        found.called.setdefault((name, digits or number), standing(key))
        found.called.setdefault((name, number), standing(key))
    sources = session.execute(
        select(ImportRow.source, ImportRow.key).where(
            ImportRow.kind == ImportedKind.CUSTOMER, ImportRow.source.is_not(None)
        )
    )
    found.sources.update((str(source), standing(key)) for source, key in sources)


def _read_catalog(found: Bringing) -> None:
    rows = found.session.execute(
        select(CatalogItem.kind, CatalogItem.description_folded, CatalogItem.id)
    )
    for kind, folded, key in rows:
        found.entries[kind.value, folded] = key


def _read_orders(found: Bringing) -> None:
    session = found.session
    found.numbers.update(session.execute(select(Order.number, Order.id)).all())
    found.receipts.update(session.scalars(select(Payment.receipt)))
    counters = dict(session.execute(select(Counter.name, Counter.next)).all())
    found.next_number, found.next_receipt = counters["order"], counters["receipt"]


def named(found: Bringing, table: type[Base], name: str, make: Callable[[], int]) -> int:
    """The key of a name in one of the shop's lists, added by ``make`` where it is new."""
    folded = fold(name)
    known = found.names[table]
    if folded not in known:
        known[folded] = make()
        found.session.execute(
            insert(ImportRow),
            [{"kind": _LISTED[table], "key": known[folded], "batch_id": found.batch}],
        )
    return known[folded]


_LISTED: dict[type[Base], ImportedKind] = {
    Employee: ImportedKind.EMPLOYEE,
    ServiceType: ImportedKind.SERVICE_TYPE,
    Slot: ImportedKind.SLOT,
    Stage: ImportedKind.STAGE,
}


def write(found: Bringing) -> None:
    """All that waits, the rows before their events. In a dry run it is dropped."""
    if found.batch is not None:
        for table in Base.metadata.sorted_tables:
            for mapped, rows in found.rows.items():
                if mapped.__table__ is table and rows:
                    found.session.execute(insert(mapped), rows)
        sequence = record_all(
            found.session,
            [happening for happening, *_ in found.events],
            now=found.now,
            author=found.author,
        )
        marks = [
            {
                "kind": kind,
                "key": key,
                "batch_id": found.batch,
                "event_id": event,
                "source": source,
            }
            for event, (_, kind, key, source) in zip(sequence, found.events, strict=True)
        ]
        marks += [
            {"kind": kind, "key": key, "batch_id": found.batch, "event_id": None, "source": None}
            for kind, key in found.marks
        ]
        if marks:
            found.session.execute(insert(ImportRow), marks)
    found.rows.clear()
    found.events.clear()
    found.marks.clear()
    found.waiting = 0


def end(found: Bringing, *, taken: int, same: int, refused: int) -> int | None:
    """Close the batch: the counters stand above every number that came; its number."""
    write(found)
    if found.batch is None:
        return None
    session = found.session
    for name, following in (("order", found.next_number), ("receipt", found.next_receipt)):
        counter = session.get_one(Counter, name)
        counter.next = max(counter.next, following)
    batch = session.get_one(ImportBatch, found.batch)
    batch.taken, batch.same, batch.refused = taken, same, refused
    batch.order_after, batch.receipt_after = found.next_number, found.next_receipt
    data = {
        "batch": batch.id,
        "kind": found.kind.value,
        "sha256": batch.sha256,
        "taken": taken,
        "same": same,
        "refused": refused,
    }
    record(session, EventCode.IMPORTED, now=found.now, author=found.author, data=data)
    return batch.id
