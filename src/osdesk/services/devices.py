"""Devices as records of their own: found again by serial and words, never changed under a past
order."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from osdesk.domain.forms import EquipmentForm
from osdesk.domain.identifiers import fold_serial
from osdesk.persistence.models import Equipment, Order

DEVICE = ("kind", "brand", "model", "serial", "imei2", "colour")


def known_device(session: Session, customer_id: int, form: EquipmentForm) -> Equipment | None:
    """The customer's device with the same serial and the same words."""
    if not form.serial:
        return None
    query = select(Equipment).where(
        Equipment.customer_id == customer_id, Equipment.serial_folded == fold_serial(form.serial)
    )
    for row in session.scalars(query.order_by(Equipment.id)):
        if all(getattr(row, name) == getattr(form, name) for name in DEVICE):
            return row
    return None


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
    known = known_device(session, row.customer_id, after)
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
