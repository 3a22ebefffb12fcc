"""Devices as records of their own: found again by serial and words, never changed under a past
order."""

from collections.abc import Callable
from datetime import datetime
from operator import eq

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from osdesk.domain.codes import ItemKind
from osdesk.domain.identifiers import fold_serial
from osdesk.domain.orders.fields import Kind
from osdesk.domain.orders.forms import EQUIPMENT_FIELDS, EquipmentForm
from osdesk.domain.text import fold
from osdesk.domain.views.listing import equipment_title
from osdesk.domain.views.orders import EquipmentPast
from osdesk.persistence.models import Customer, Employee, Equipment, Item, Order
from osdesk.services.shop.checklists import checklists

USED_WORDS = {"kind": Equipment.kind, "brand": Equipment.brand, "model": Equipment.model}
DEVICE = tuple(field.name for field in EQUIPMENT_FIELDS if field.kind is Kind.LINE)
NEWEST_DEVICES = 5_000
"""Enough to know a shop's words, few enough to ask at each key."""


def known_device(session: Session, customer_id: int, form: EquipmentForm) -> Equipment | None:
    """The customer's device with the same serial, whose words are the typed ones or go on from
    them: what was typed shorter, or not at all, is no other device."""
    return _of_customer(session, customer_id, form, _goes_on)


def _of_customer(
    session: Session,
    customer_id: int,
    form: EquipmentForm,
    same: Callable[[str | None, str | None], bool],
) -> Equipment | None:
    if not form.serial:
        return None
    query = select(Equipment).where(
        Equipment.customer_id == customer_id, Equipment.serial_folded == fold_serial(form.serial)
    )
    for row in session.scalars(query.order_by(Equipment.id)):
        if all(same(getattr(form, name), getattr(row, name)) for name in DEVICE):
            return row
    return None


def _goes_on(typed: str | None, stored: str | None) -> bool:
    return fold(stored or "").startswith(fold(typed or ""))


def new_device(session: Session, customer_id: int, form: EquipmentForm, now: datetime) -> Equipment:
    row = Equipment(customer_id=customer_id, created_at=now)
    _describe(row, form)
    session.add(row)
    session.flush()
    return row


def _describe(row: Equipment, form: EquipmentForm) -> None:
    for name in DEVICE:
        setattr(row, name, getattr(form, name))
    row.serial_folded = fold_serial(form.serial or "") or None
    row.imei2_folded = fold_serial(form.imei2 or "") or None


def change_device(
    session: Session,
    row: Order,
    before: EquipmentForm,
    after: EquipmentForm,
    customer_before: int,
    now: datetime,
) -> None:
    """A device that other orders share is never changed under them."""
    same_words = all(getattr(before, name) == getattr(after, name) for name in DEVICE)
    if same_words and row.customer_id == customer_before:
        return
    known = _of_customer(session, row.customer_id, after, eq)  # a word less is a correction
    if known is None:
        shared = session.scalar(
            select(func.count()).where(Order.equipment_id == row.equipment_id, Order.id != row.id)
        )
        if not shared and row.customer_id == customer_before:
            _describe(row.equipment, after)
            return
        known = new_device(session, row.customer_id, after, now)
    row.equipment_id = known.id
    row.equipment = known


def equipment_past(
    session: Session, serial: str, *, now: datetime, except_number: int | None = None
) -> list[EquipmentPast]:
    """Earlier orders of the device with this serial or IMEI, newest first, at most ten."""
    folded = fold_serial(serial)
    if len(folded) < 4:
        return []
    rows = session.execute(
        select(Order, Customer.name, Equipment, Employee.name)
        .join(Equipment, Equipment.id == Order.equipment_id)
        .join(Customer, Customer.id == Order.customer_id)
        .outerjoin(Employee, Employee.id == Order.technician_id)
        .where(or_(Equipment.serial_folded == folded, Equipment.imei2_folded == folded))
        .where(Order.number != (except_number or 0))
        .order_by(Order.number.desc())
        .limit(10)
    ).all()
    work = _first_services(session, [row[0].id for row in rows])
    return [
        EquipmentPast(
            number=order.number,
            customer=name,
            equipment=equipment_title(device.kind, device.brand, device.model),
            reason=order.reason,
            work=order.report or work.get(order.id),
            status=order.status,
            requested_on=order.requested_on,
            delivered_on=order.delivered_on,
            warranty_until=order.warranty_until,
            technician=technician,
        )
        for order, name, device, technician in rows
    ]


def _first_services(session: Session, ids: list[int]) -> dict[int, str]:
    lines = session.execute(
        select(Item.order_id, Item.description)
        .where(Item.order_id.in_(ids), Item.kind == ItemKind.SERVICE)
        .order_by(Item.order_id, Item.position.desc())
    )
    return dict(lines.all())


def knows_kind(session: Session, typed: str) -> bool:
    """Whether a kind of equipment is one that the shop has had, or has questions for."""
    wanted = fold(typed)
    lists = (each.kind for each in checklists(session))
    used = used_words(session, "kind", typed, limit=NEWEST_DEVICES)
    return any(fold(kind) == wanted for kind in (*lists, *used))


def used_words(session: Session, column: str, typed: str, *, limit: int = 20) -> list[str]:
    """Words used for ``kind``, ``brand`` or ``model`` of the newest devices, the most used first,
    that begin like what was typed."""
    newest = (
        select(USED_WORDS[column].label("word"))
        .order_by(Equipment.id.desc())
        .limit(NEWEST_DEVICES)
        .subquery()
    )
    query = (
        select(newest.c.word)
        .where(newest.c.word.is_not(None))
        .group_by(newest.c.word)
        .order_by(func.count().desc(), newest.c.word)
    )
    wanted = fold(typed)
    return [word for word in session.scalars(query) if fold(word).startswith(wanted)][:limit]
