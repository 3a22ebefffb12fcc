"""People's data: all that is held of one customer, and erasing it for good (LGPD arts. 16, 18).

Erasing keeps orders, money and hashes, which the shop must be able to show, and blanks all that
names the person: the card, phones, serial numbers, free texts, the history's texts, what papers
showed, photos and scans.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import datetime

from sqlalchemy import ColumnElement, and_, delete, func, or_, select, update
from sqlalchemy.orm import Session

from osdesk.domain.calendar import local_day
from osdesk.domain.chain import text_hash
from osdesk.domain.codes import EventCode, ImportedKind
from osdesk.domain.errors import UserError
from osdesk.domain.orders.forms import EQUIPMENT_FIELDS, ORDER_FIELDS, StepForm
from osdesk.domain.orders.status import CLOSED
from osdesk.domain.text import fold
from osdesk.domain.topics import Topic
from osdesk.domain.views.orders import CustomerView
from osdesk.persistence.models import (
    AccessCode,
    Approval,
    Attachment,
    CustomerPhone,
    Delivery,
    Draft,
    Equipment,
    Event,
    EventText,
    ImportRow,
    IssuedFile,
    IssuedPaper,
    Note,
    Notice,
    Order,
    Shop,
)
from osdesk.services.customers.customers import customer_row, customer_view, standing_row
from osdesk.services.customers.merging import all_records_of
from osdesk.services.events import record
from osdesk.services.orders.drafts import drop_draft
from osdesk.services.shop.shop import zone_of

TOPIC = Topic.CUSTOMERS

ERASED_NAME = "Cliente anonimizado"
ERASED = "(apagado)"
_OF_STEPS = {fact.name for fact in fields(StepForm)} & set(Order.__table__.columns.keys())
FREE_TEXTS = tuple(
    sorted(
        {field.name for field in (*ORDER_FIELDS, *EQUIPMENT_FIELDS) if field.free}.union(_OF_STEPS)
        - {"reason"}  # never empty: it gets a word in its place
    )
)
"""What is typed freely of an order, in its form or in a step, and may name a person."""


@dataclass(frozen=True)
class Held:
    """What is kept of a customer beside the card: numbers of orders, hashes and names of files."""

    orders: tuple[int, ...]
    files: tuple[tuple[str, str], ...]
    """Hash under ``files`` and the name that is shown."""
    papers: tuple[str, ...]
    """Names under ``papers``."""
    drafts: int
    merged: tuple[CustomerView, ...] = ()
    """Records that were made one with this one, as they were."""


@dataclass(frozen=True)
class Erased:
    """What the folder may let go of now that no record leads there."""

    files: tuple[str, ...]
    papers: tuple[str, ...]
    since: int
    """The first event that tells of the person: what was kept before it knows nothing of them."""


def held_of(session: Session, customer_id: int) -> Held:
    """All that is kept of a person. Raises UserError ``customer_not_found``."""
    customer_row(session, customer_id)
    mine = select(Order.id).where(Order.customer_id == customer_id)
    files = session.execute(
        select(Attachment.sha256, Attachment.name)
        .where(Attachment.order_id.in_(mine), Attachment.removed_at.is_(None))
        .order_by(Attachment.id)
    )
    return Held(
        orders=tuple(
            session.scalars(
                select(Order.number)
                .where(Order.customer_id == customer_id)
                .order_by(Order.number.desc())
            )
        ),
        files=tuple((row.sha256, row.name) for row in files),
        papers=tuple(_paper_names(session, customer_id)),
        drafts=len(_drafts(session, customer_id)),
        merged=tuple(
            customer_view(session, each) for each in all_records_of(session, customer_id)[1:]
        ),
    )


def refuse_erasing(session: Session, customer_id: int, *, now: datetime) -> None:
    """Raises UserError ``customer_has_open_orders``, ``customer_owes``,
    ``customer_under_warranty``, ``customer_anonymised``: what keeps a person's data here;
    ``customer_merged`` of a record that is another's by now."""
    row = standing_row(session, customer_id)
    if row.anonymised_at is not None:
        raise UserError("customer_anonymised", id=customer_id)
    of_theirs = select(Order.number).where(Order.customer_id == customer_id).order_by(Order.number)
    today = local_day(now, zone_of(session))
    for code, condition in (
        ("customer_has_open_orders", Order.status.not_in(CLOSED)),
        ("customer_owes", Order.balance != 0),
        ("customer_under_warranty", Order.warranty_until >= today),
    ):
        numbers = list(session.scalars(of_theirs.where(condition)))
        if numbers:
            raise UserError(code, numbers=", ".join(map(str, numbers)))


def anonymise(session: Session, customer_id: int, *, now: datetime, author: int | None) -> Erased:
    """Erase a person for good; orders, money and hashes stay.

    Raises UserError as ``refuse_erasing``.
    """
    refuse_erasing(session, customer_id, now=now)
    mine = select(Order.id).where(Order.customer_id == customer_id)
    files = _own_files(session, customer_id)
    papers = _paper_names(session, customer_id)
    for draft in _drafts(session, customer_id):
        drop_draft(session, draft)

    def blank(table: type, which: ColumnElement[bool], /, **values: object) -> None:
        session.execute(
            update(table).where(which).values(**values).execution_options(synchronize_session=False)
        )

    records = all_records_of(session, customer_id)
    for each in (customer_row(session, key) for key in records):
        each.name, each.name_folded = ERASED_NAME, fold(ERASED_NAME)
        each.document = each.email = each.address = each.notes = None
        each.anonymised_at = now
    session.execute(delete(CustomerPhone).where(CustomerPhone.customer_id.in_(records)))
    no_serial = dict.fromkeys(("serial", "serial_folded", "imei2", "imei2_folded"))
    blank(Equipment, Equipment.customer_id == customer_id, **no_serial)
    blank(Order, Order.customer_id == customer_id, reason=ERASED, **dict.fromkeys(FREE_TEXTS))
    blank(Approval, Approval.order_id.in_(mine), approved_by=ERASED, used_parts_authorized_by=None)
    blank(Delivery, Delivery.order_id.in_(mine), collected_by=ERASED, collected_document=None)
    blank(Note, Note.order_id.in_(mine), body=ERASED)
    blank(Notice, Notice.order_id.in_(mine), body=ERASED)
    blank(Attachment, Attachment.order_id.in_(mine), name=ERASED)
    blank(
        Attachment,
        Attachment.order_id.in_(mine) & Attachment.removed_at.is_(None),
        removed_at=now,
    )
    blank(IssuedPaper, IssuedPaper.order_id.in_(mine), canonical="", sheet="")
    blank(AccessCode, AccessCode.order_id.in_(mine), secret=None)
    blank(
        AccessCode,
        AccessCode.order_id.in_(mine) & AccessCode.wiped_at.is_(None),
        wiped_at=now,
    )
    imported = select(ImportRow.event_id).where(
        or_(
            and_(ImportRow.kind == ImportedKind.CUSTOMER, ImportRow.key.in_(records)),
            and_(ImportRow.kind == ImportedKind.ORDER, ImportRow.key.in_(mine)),
        ),
        ImportRow.event_id.is_not(None),
    )
    told = select(Event.id).where(
        or_(
            Event.customer_id.in_(records),
            Event.order_id.in_(mine),
            Event.id.in_(imported),
        )
    )
    since = session.scalar(told.order_by(Event.id).limit(1)) or 0
    for text in session.scalars(select(EventText).where(EventText.event_id.in_(told))):
        if text.body:
            text.erased, text.body, text.salt = text_hash(text.salt, text.body), "", ""
    session.flush()
    session.expire_all()
    record(
        session,
        EventCode.CUSTOMER_ANONYMISED,
        now=now,
        author=author,
        customer_id=customer_id,
        data={"files": len(files), "papers": len(papers)},
    )
    return Erased(tuple(files), tuple(papers), since)


def _own_files(session: Session, customer_id: int) -> list[str]:
    """Hashes of files that no other customer's order and no logo has."""
    theirs = select(Order.id).where(Order.customer_id == customer_id)
    others = select(Attachment.sha256).where(Attachment.order_id.not_in(theirs))
    logo = select(Shop.logo).where(Shop.logo.is_not(None))
    return list(
        session.scalars(
            select(Attachment.sha256)
            .where(
                Attachment.order_id.in_(theirs),
                Attachment.sha256.not_in(others),
                Attachment.sha256.not_in(logo),
            )
            .distinct()
            .order_by(Attachment.sha256)
        )
    )


def _paper_names(session: Session, customer_id: int) -> list[str]:
    return list(
        session.scalars(
            select(IssuedFile.name)
            .join(IssuedPaper, IssuedPaper.id == IssuedFile.issued_paper_id)
            .join(Order, Order.id == IssuedPaper.order_id)
            .where(Order.customer_id == customer_id)
            .order_by(IssuedFile.id)
        )
    )


def _drafts(session: Session, customer_id: int) -> list[int]:
    """Drafts of the customer's orders, and of new ones for that customer."""
    orders = set(session.scalars(select(Order.id).where(Order.customer_id == customer_id)))
    records = set(all_records_of(session, customer_id))
    rows = session.execute(select(Draft.id, Draft.order_id, Draft.body)).all()
    return [
        row.id for row in rows if row.order_id in orders or _is_of(json.loads(row.body), records)
    ]


def _is_of(body: object, records: set[int]) -> bool:
    """Whether a draft's form names the customer by key, however deep it stands."""
    if isinstance(body, dict):
        customer = body.get("customer")
        if isinstance(customer, dict) and customer.get("id") in records:
            return True
        return any(_is_of(value, records) for value in body.values())
    return isinstance(body, list) and any(_is_of(value, records) for value in body)


def unused_files(session: Session, held: Iterable[str]) -> list[str]:
    """Of these hashes those that no order and no logo has: photos of drafts that were dropped."""
    used = set(session.scalars(select(Attachment.sha256).distinct()))
    used |= set(session.scalars(select(Shop.logo).where(Shop.logo.is_not(None))))
    bodies = "".join(session.scalars(select(func.coalesce(Draft.body, ""))))
    return [sha for sha in held if sha not in used and sha not in bodies]
