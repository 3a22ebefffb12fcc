"""The batches that were brought in: their list, and taking one back whole."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, delete, or_, select, update
from sqlalchemy.orm import Session

from osdesk.domain.arrivals import BatchView
from osdesk.domain.codes import EventCode, ImportedKind
from osdesk.domain.errors import UserError
from osdesk.domain.topics import Topic
from osdesk.persistence.models import (
    Approval,
    Attachment,
    Base,
    CatalogItem,
    Charge,
    Counter,
    Customer,
    CustomerPhone,
    Delivery,
    Draft,
    Employee,
    Equipment,
    Event,
    ImportBatch,
    ImportRow,
    Instalment,
    Item,
    Note,
    Notice,
    Order,
    Payment,
    Quote,
    ServiceType,
    Slot,
    Stage,
)
from osdesk.services.events import record
from osdesk.services.shop.staff import employee_names

TOPIC = Topic.EVERYTHING

NAMED_AT_MOST = 5
"""Numbers that a refusal names."""


@dataclass(frozen=True)
class Undone:
    """What went with the batch, and files that no record leads to any more."""

    orders: int
    customers: int
    entries: int
    files: tuple[str, ...]


def batches(session: Session) -> list[BatchView]:
    """All of them, the newest first."""
    names = employee_names(session)
    rows = session.scalars(select(ImportBatch).order_by(ImportBatch.id.desc()))
    return [
        BatchView(
            row.id,
            row.kind,
            row.at,
            None if row.author_id is None else names[row.author_id],
            row.source,
            row.taken,
            row.same,
            row.refused,
            row.undone_at,
        )
        for row in rows
    ]


def _made(batch: int, kind: ImportedKind) -> Select[int]:
    return select(ImportRow.key).where(ImportRow.batch_id == batch, ImportRow.kind == kind)


def undo_import(session: Session, batch: int, *, now: datetime, author: int | None) -> Undone:
    """Take a batch back whole; what it brought in is gone as if it had never been here, and the
    history tells of both.

    Raises UserError ``import_not_found``, ``import_undone_already``; ``import_in_use`` where
    something of it was used since, ``import_month_closed`` where a month was closed.
    """
    row = session.get(ImportBatch, batch)
    if row is None:
        raise UserError("import_not_found", batch=batch)
    if row.undone_at is not None:
        raise UserError("import_undone_already", batch=batch, day=row.undone_at.date())
    _refuse_used(session, batch)
    row.undone_at, row.undone_by_id = now, author
    session.flush()
    files = _own_files(session, batch)
    gone = _delete(session, batch)
    _lower_counters(session, row)
    session.flush()
    session.expire_all()
    record(
        session,
        EventCode.IMPORT_UNDONE,
        now=now,
        author=author,
        data={"batch": batch, **gone},
    )
    return Undone(gone["orders"], gone["customers"], gone["catalog"], tuple(files))


def _refuse_used(session: Session, batch: int) -> None:
    """What came later leans on nothing of the batch."""
    orders, customers = _made(batch, ImportedKind.ORDER), _made(batch, ImportedKind.CUSTOMER)
    devices = _made(batch, ImportedKind.EQUIPMENT)
    touched = select(Event.order_id).where(Event.order_id.is_not(None))
    used = session.scalars(
        select(Order.number)
        .where(
            or_(
                Order.id.in_(orders)
                & or_(
                    Order.id.in_(touched),
                    Order.id.in_(select(Draft.order_id).where(Draft.order_id.is_not(None))),
                ),
                Order.id.not_in(orders)
                & or_(
                    Order.customer_id.in_(customers),
                    Order.equipment_id.in_(devices),
                    Order.warranty_return_of_id.in_(orders),
                ),
            )
        )
        .order_by(Order.number)
        .limit(NAMED_AT_MOST + 1)
    ).all()
    if used:
        raise UserError("import_in_use", batch=batch, numbers=_numbers(used))
    people = session.scalars(
        select(Customer.name)
        .where(
            Customer.id.in_(customers),
            Customer.id.in_(select(Event.customer_id).where(Event.customer_id.is_not(None))),
        )
        .order_by(Customer.name)
        .limit(NAMED_AT_MOST + 1)
    ).all()
    if people:
        raise UserError("import_customers_in_use", batch=batch, value=", ".join(people))
    since = session.scalar(
        select(Event.id).where(
            Event.code == EventCode.IMPORTED,
            Event.data.contains(f'"batch":{batch},'),
        )
    )
    closed = session.scalar(
        select(Event.id).where(Event.code == EventCode.MONTH_CLOSED, Event.id > (since or 0))
    )
    if closed is not None and session.scalar(orders.limit(1)) is not None:
        raise UserError("import_month_closed", batch=batch)


def _numbers(numbers: Sequence[int]) -> str:
    words = ", ".join(map(str, numbers[:NAMED_AT_MOST]))
    return f"{words} …" if len(numbers) > NAMED_AT_MOST else words


def _own_files(session: Session, batch: int) -> list[str]:
    mine = _made(batch, ImportedKind.ORDER)
    others = select(Attachment.sha256).where(Attachment.order_id.not_in(mine))
    return list(
        session.scalars(
            select(Attachment.sha256)
            .where(Attachment.order_id.in_(mine), Attachment.sha256.not_in(others))
            .distinct()
        )
    )


def _delete(session: Session, batch: int) -> dict[str, int]:
    """What leans on others goes before what it leans on."""
    orders = _made(batch, ImportedKind.ORDER)

    def drop(table: type[Base], *conditions: Any) -> int:
        words = delete(table).where(*conditions).execution_options(synchronize_session=False)
        return int(getattr(session.execute(words), "rowcount", 0))

    session.execute(
        update(Order)
        .where(Order.id.in_(orders), Order.warranty_return_of_id.is_not(None))
        .values(warranty_return_of_id=None)
        .execution_options(synchronize_session=False)
    )
    drop(Charge, Charge.order_id.in_(orders))
    drop(Payment, Payment.order_id.in_(orders), Payment.reverses_id.is_not(None))
    for table in (Payment, Instalment, Item, Approval, Delivery, Note, Notice, Attachment, Quote):
        drop(table, table.order_id.in_(orders))
    gone = {"orders": drop(Order, Order.id.in_(orders))}
    drop(Equipment, Equipment.id.in_(_made(batch, ImportedKind.EQUIPMENT)))
    customers = _made(batch, ImportedKind.CUSTOMER)
    drop(CustomerPhone, CustomerPhone.customer_id.in_(customers))
    gone["customers"] = drop(Customer, Customer.id.in_(customers))
    entries = _made(batch, ImportedKind.CATALOG)
    gone["catalog"] = drop(CatalogItem, CatalogItem.id.in_(entries))
    _delete_names(session, batch)
    drop(ImportRow, ImportRow.batch_id == batch)
    return gone


def _delete_names(session: Session, batch: int) -> None:
    """Names that only the batch needed leave the shop's lists; the others stay."""
    lists: tuple[tuple[ImportedKind, type[Any]], ...] = (
        (ImportedKind.EMPLOYEE, Employee),
        (ImportedKind.SERVICE_TYPE, ServiceType),
        (ImportedKind.STAGE, Stage),
        (ImportedKind.SLOT, Slot),
    )
    for kind, table in lists:
        for key in session.scalars(_made(batch, kind)).all():
            if not _leant_on(session, table, key):
                session.execute(
                    delete(table)
                    .where(table.id == key)
                    .execution_options(synchronize_session=False)
                )


def _leant_on(session: Session, table: type[Any], key: int) -> bool:
    """Whether any row of the shop refers to one of a list's names."""
    if table is Slot:
        name = session.scalar(select(Slot.name).where(Slot.id == key))
        return session.scalar(select(Order.id).where(Order.slot == name).limit(1)) is not None
    for other in Base.metadata.sorted_tables:
        for column in other.columns:
            for reference in column.foreign_keys:
                if reference.column.table is table.__table__ and session.scalar(
                    select(column).where(column == key).limit(1)
                ):
                    return True
    return False


def _lower_counters(session: Session, batch: ImportBatch) -> None:
    """The next numbers are those from before, where none was given since: a wrong column of
    numbers leaves no mark."""
    for name, before, after in (
        ("order", batch.order_before, batch.order_after),
        ("receipt", batch.receipt_before, batch.receipt_after),
    ):
        counter = session.get_one(Counter, name)
        if counter.next == after and before < after:
            counter.next = before
