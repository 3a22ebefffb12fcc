"""Reading one order whole, and what the shop's own past says of a device."""

import json
from datetime import datetime

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session, aliased

from osdesk.domain.calendar import local_day
from osdesk.domain.codes import ItemKind, QuoteStatus
from osdesk.domain.identifiers import fold_serial
from osdesk.domain.shapes import (
    ApprovalView,
    CollectedView,
    EquipmentPast,
    EquipmentView,
    ItemView,
    OrderSheet,
    PaymentView,
    QuoteView,
)
from osdesk.domain.status import payment_state_of, situation_of
from osdesk.domain.text import fold
from osdesk.persistence.models import (
    Approval,
    Customer,
    Delivery,
    Employee,
    Equipment,
    Item,
    Order,
    Payment,
    ServiceType,
)
from osdesk.services.customers import view_of
from osdesk.services.events import order_events
from osdesk.services.order_forms import employee_names, order_row
from osdesk.services.quotes import latest_quote
from osdesk.services.shop import zone_of

USED_WORDS = {"kind": Equipment.kind, "brand": Equipment.brand, "model": Equipment.model}


def order_sheet(session: Session, number: int, *, now: datetime) -> OrderSheet:
    """The whole order as of ``now``. Raises UserError ``order_not_found``."""
    row = order_row(session, number)
    local = now.astimezone(zone_of(session))
    names = employee_names(session)
    device = row.equipment
    count = select(func.count()).where(Order.customer_id == row.customer_id)
    return OrderSheet(
        id=row.id,
        number=row.number,
        status=row.status,
        situation=situation_of(row.status, row.promised_on, row.promised_time, local),
        customer=view_of(row.customer),
        customer_orders=session.scalar(count) or 0,
        equipment=EquipmentView(
            id=device.id,
            kind=device.kind,
            brand=device.brand,
            model=device.model,
            serial=device.serial,
            imei2=device.imei2,
            colour=device.colour,
            accessories=row.accessories,
            condition=row.condition,
        ),
        service_type=session.get_one(ServiceType, row.service_type_id).name,
        reason=row.reason,
        priority=row.priority,
        slot=row.slot,
        notes=row.notes,
        technician=_named(names, row.technician_id),
        attendant=_named(names, row.attendant_id),
        requested_at=row.requested_at,
        created_at=row.created_at,
        start_on=row.start_on,
        promised_on=row.promised_on,
        promised_time=row.promised_time,
        items=tuple(_item(item, names) for item in row.items),
        discount=row.discount,
        fee=row.fee,
        labor_total=row.labor_total,
        parts_total=row.parts_total,
        total=row.total,
        paid=row.paid,
        balance=row.balance,
        payment_state=payment_state_of(row.total, row.paid, row.due_on, local.date()),
        payment_terms=row.payment_terms,
        valid_until=row.valid_until,
        due_on=row.due_on,
        diagnosis=row.diagnosis,
        report=row.report,
        external_ref=row.external_ref,
        checklist=json.loads(row.checklist) if row.checklist else {},
        ready_on=row.ready_on,
        delivered_on=row.delivered_on,
        returned_on=row.returned_on,
        cancelled_on=row.cancelled_on,
        quote=_quote(session, row, now),
        approval=_approval(session, row, names),
        collected=_collected(session, row),
        used_parts_authorized_by=row.used_parts_authorized_by,
        waiting_for=row.waiting_for,
        payments=order_payments(session, row.id),
        events=order_events(session, row.id),
        warranty_return_of=_number_of(session, row.warranty_return_of_id),
        warranty_until=row.warranty_until,
        signed=row.signed,
    )


def _named(names: dict[int, str], key: int | None) -> str | None:
    return None if key is None else names[key]


def _number_of(session: Session, order_id: int | None) -> int | None:
    if order_id is None:
        return None
    return session.scalar(select(Order.number).where(Order.id == order_id))


def _item(item: Item, names: dict[int, str]) -> ItemView:
    return ItemView(
        kind=item.kind,
        description=item.description,
        quantity=item.quantity,
        unit=item.unit,
        unit_price=item.unit_price,
        unit_cost=item.unit_cost,
        discount=item.discount,
        part_condition=item.part_condition,
        technician=_named(names, item.technician_id),
        warranty_days=item.warranty_days,
        total=item.total,
    )


def _quote(session: Session, row: Order, now: datetime) -> QuoteView | None:
    quote = latest_quote(session, row)
    if quote is None:
        return None
    today = local_day(now, zone_of(session))
    lapsed = quote.valid_until is not None and quote.valid_until < today
    return QuoteView(
        version=quote.version,
        status=quote.status,
        total=quote.total,
        start_on=quote.start_on,
        promised_on=quote.promised_on,
        valid_until=quote.valid_until,
        payment_terms=quote.payment_terms,
        sent_at=quote.sent_at,
        expired=lapsed and quote.status is QuoteStatus.SENT,
    )


def _approval(session: Session, row: Order, names: dict[int, str]) -> ApprovalView | None:
    found = session.scalar(
        select(Approval)
        .where(Approval.order_id == row.id, Approval.superseded_at.is_(None))
        .order_by(Approval.id.desc())
        .limit(1)
    )
    if found is None:
        return None
    return ApprovalView(found.approved_by, found.via, found.at, _named(names, found.author_id))


def _collected(session: Session, row: Order) -> CollectedView | None:
    found = session.scalar(
        select(Delivery)
        .where(Delivery.order_id == row.id, Delivery.reopened_at.is_(None))
        .order_by(Delivery.id.desc())
        .limit(1)
    )
    if found is None:
        return None
    return CollectedView(found.collected_by, found.collected_document, found.at)


def order_payments(session: Session, order_id: int) -> tuple[PaymentView, ...]:
    """Payments, reversals and refunds of one order, oldest first."""
    reversal = aliased(Payment)
    rows = session.execute(
        select(Payment, Employee.name, reversal.id)
        .outerjoin(Employee, Employee.id == Payment.received_by_id)
        .outerjoin(reversal, reversal.reverses_id == Payment.id)
        .where(Payment.order_id == order_id)
        .order_by(Payment.paid_on, Payment.id)
    )
    return tuple(
        PaymentView(
            id=payment.id,
            kind=payment.kind,
            paid_on=payment.paid_on,
            amount=payment.amount,
            method=payment.method,
            received_by=name,
            receipt=payment.receipt,
            reverses=payment.reverses_id,
            reversed=reversed_by is not None,
        )
        for payment, name, reversed_by in rows
    )


def equipment_past(
    session: Session, serial: str, *, now: datetime, except_number: int | None = None
) -> list[EquipmentPast]:
    """Earlier orders of the device with this serial or IMEI, newest first, at most ten."""
    folded = fold_serial(serial)
    if len(folded) < 4:
        return []
    rows = session.execute(
        select(Order, Customer.name, Equipment)
        .join(Equipment, Equipment.id == Order.equipment_id)
        .join(Customer, Customer.id == Order.customer_id)
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
            equipment=" ".join(filter(None, (device.kind, device.brand, device.model))),
            reason=order.reason,
            work=order.report or work.get(order.id),
            status=order.status,
            requested_on=order.requested_on,
            delivered_on=order.delivered_on,
            warranty_until=order.warranty_until,
        )
        for order, name, device in rows
    ]


def _first_services(session: Session, ids: list[int]) -> dict[int, str]:
    lines = session.execute(
        select(Item.order_id, Item.description)
        .where(Item.order_id.in_(ids), Item.kind == ItemKind.SERVICE)
        .order_by(Item.order_id, Item.position.desc())
    )
    return dict(lines.all())


def used_words(session: Session, column: str, typed: str, *, limit: int = 20) -> list[str]:
    """Words already used for ``kind``, ``brand`` or ``model``, the most used first, that begin like
    what was typed."""
    used = USED_WORDS[column]
    query = (
        select(used)
        .where(used.is_not(None))
        .group_by(used)
        .order_by(func.count().desc(), used)
        .limit(500)
    )
    wanted = fold(typed)
    return [word for word in session.scalars(query) if word and fold(word).startswith(wanted)][
        :limit
    ]
