"""Orders whole, one or hundreds, by the same few queries: what screens, papers and exports see."""

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session, selectinload

from osdesk.domain.codes import ImportedKind, QuoteStatus
from osdesk.domain.errors import UserError
from osdesk.domain.orders.forms import ORDER_FIELDS
from osdesk.domain.orders.rules import line_warranty_until
from osdesk.domain.orders.status import payment_state_of, situation_of
from osdesk.domain.views.listing import StageView
from osdesk.domain.views.orders import (
    ApprovalView,
    CollectedView,
    CustomerView,
    EquipmentView,
    EventView,
    FileView,
    InstalmentView,
    ItemView,
    NoteView,
    NoticeView,
    OrderView,
    PaymentView,
    QuoteView,
)
from osdesk.persistence.models import (
    Approval,
    Customer,
    Delivery,
    Equipment,
    Event,
    EventText,
    ImportRow,
    Item,
    Order,
    Payment,
    Quote,
    ServiceType,
)
from osdesk.services.customers.customers import view_of
from osdesk.services.orders import log as order_log
from osdesk.services.orders.charges import fees_of_payments
from osdesk.services.orders.devices import DEVICE
from osdesk.services.shop.shop import zone_of
from osdesk.services.shop.staff import employee_names
from osdesk.services.shop.stages import stages

BATCH = 500
QUOTE = (
    Quote.order_id,
    Quote.version,
    Quote.status,
    Quote.total,
    Quote.start_on,
    Quote.promised_on,
    Quote.valid_until,
    Quote.payment_terms,
    Quote.sent_at,
)

Rows = Sequence[Any]


@dataclass
class _Related:
    """What belongs to the orders of one batch, by the key of what it belongs to."""

    names: dict[int, str]
    types: dict[int, str]
    customers: dict[int, CustomerView]
    orders_of: dict[int, int]
    devices: dict[int, Any]
    items: dict[int, list[ItemView]]
    quotes: dict[int, Any]
    approvals: dict[int, Any]
    deliveries: dict[int, Any]
    payments: dict[int, list[PaymentView]]
    events: dict[int, list[EventView]]
    numbers: dict[int, int]
    stages: dict[int, StageView]
    instalments: dict[int, list[InstalmentView]]
    log: dict[int, list[NoteView]]
    notices: dict[int, list[NoticeView]]
    files: dict[int, list[FileView]]

    def name(self, key: int | None) -> str | None:
        return None if key is None else self.names[key]


def order_view(session: Session, number: int, *, now: datetime) -> OrderView:
    """The whole order as of ``now``. Raises UserError ``order_not_found``."""
    session.flush()
    rows = session.execute(select(*Order.__table__.c).where(Order.number == number)).all()
    if not rows:
        raise UserError("order_not_found", number=number)
    return _sheet(rows[0], _related(session, rows), now.astimezone(zone_of(session)))


def sheets_after(
    session: Session, last: int, *, now: datetime, limit: int = BATCH
) -> list[OrderView]:
    """The orders behind the one numbered ``last``, by number, as of ``now``."""
    rows = session.execute(
        select(*Order.__table__.c).where(Order.number > last).order_by(Order.number).limit(limit)
    ).all()
    related = _related(session, rows)
    local = now.astimezone(zone_of(session))
    found = [_sheet(row, related, local) for row in rows]
    session.expunge_all()
    return found


def _related(session: Session, rows: Rows) -> _Related:
    ids = [row.id for row in rows]
    people = {row.customer_id for row in rows}
    names = employee_names(session)
    customers = session.scalars(
        select(Customer).where(Customer.id.in_(people)).options(selectinload(Customer.phones))
    )
    counts = session.execute(
        select(Order.customer_id, func.count())
        .where(Order.customer_id.in_(people))
        .group_by(Order.customer_id)
    )
    devices = session.execute(
        select(*Equipment.__table__.c).where(Equipment.id.in_({row.equipment_id for row in rows}))
    )
    earlier = {row.warranty_return_of_id for row in rows} - {None}
    numbers = select(Order.id, Order.number).where(Order.id.in_(earlier))
    has_stage = any(row.stage_id for row in rows)
    return _Related(
        names=names,
        types=dict(session.execute(select(ServiceType.id, ServiceType.name)).all()),
        customers={customer.id: view_of(customer) for customer in customers},
        orders_of=dict(counts.all()),
        devices={device.id: device for device in devices},
        items=_items(session, ids, names),
        quotes=_newest(
            session.execute(
                select(*QUOTE).where(Quote.order_id.in_(ids)).order_by(Quote.version)
            ).all()
        ),
        approvals=_newest(
            session.execute(
                select(*Approval.__table__.c)
                .where(Approval.order_id.in_(ids), Approval.superseded_at.is_(None))
                .order_by(Approval.id)
            ).all()
        ),
        deliveries=_newest(
            session.execute(
                select(*Delivery.__table__.c)
                .where(Delivery.order_id.in_(ids), Delivery.reopened_at.is_(None))
                .order_by(Delivery.id)
            ).all()
        ),
        payments=_payments(session, ids, names),
        events=_events(session, ids, names),
        numbers=dict(session.execute(numbers).all()) if earlier else {},
        stages={stage.id: stage for stage in stages(session)} if has_stage else {},
        instalments=order_log.instalments_of(session, ids),
        log=order_log.notes_of(session, ids, names),
        notices=order_log.notices_of(session, ids, names),
        files=order_log.files_of(session, ids, names),
    )


def _newest(rows: Iterable[Any]) -> dict[int, Any]:
    """The last row of each order."""
    return {row.order_id: row for row in rows}


def _items(session: Session, ids: list[int], names: dict[int, str]) -> dict[int, list[ItemView]]:
    found: dict[int, list[ItemView]] = defaultdict(list)
    rows = session.execute(
        select(*Item.__table__.c).where(Item.order_id.in_(ids)).order_by(Item.position)
    )
    for row in rows:
        found[row.order_id].append(
            ItemView(
                kind=row.kind,
                description=row.description,
                quantity=row.quantity,
                unit=row.unit,
                unit_price=row.unit_price,
                unit_cost=row.unit_cost,
                discount=row.discount,
                part_condition=row.part_condition,
                technician=None if row.technician_id is None else names[row.technician_id],
                warranty_days=row.warranty_days,
                total=row.total,
            )
        )
    return found


def _payments(
    session: Session, ids: list[int], names: dict[int, str]
) -> dict[int, list[PaymentView]]:
    found: dict[int, list[PaymentView]] = defaultdict(list)
    rows = session.execute(
        select(*Payment.__table__.c)
        .where(Payment.order_id.in_(ids))
        .order_by(Payment.paid_on, Payment.id)
    ).all()
    taken_back = {row.reverses_id for row in rows}
    fees = fees_of_payments(session, ids)
    for row in rows:
        found[row.order_id].append(
            PaymentView(
                id=row.id,
                kind=row.kind,
                paid_on=row.paid_on,
                amount=row.amount,
                method=row.method,
                received_by=None if row.received_by_id is None else names[row.received_by_id],
                receipt=row.receipt,
                reverses=row.reverses_id,
                reversed=row.id in taken_back,
                late_fees=fees.get(row.id, 0),
            )
        )
    return found


def _events(session: Session, ids: list[int], names: dict[int, str]) -> dict[int, list[EventView]]:
    found: dict[int, list[EventView]] = defaultdict(list)
    rows = session.execute(
        select(Event.order_id, Event.at, Event.author_id, Event.code, Event.data, EventText.body)
        .outerjoin(EventText, EventText.event_id == Event.id)
        .where(Event.order_id.in_(ids))
        .order_by(Event.id)
    )
    for order, at, author, code, data, body in (*_imported(session, ids), *rows):
        if order is not None:
            facts = json.loads(data) | (json.loads(body) if body else {})
            facts.pop("record", None)  # what the order came with, for comparing
            found[order].append(
                EventView(at, None if author is None else names[author], code, facts)
            )
    return found


def _imported(session: Session, ids: list[int]) -> Rows:
    """The event of each order that came from another system: it refers to no row."""
    query = (
        select(ImportRow.key, Event.at, Event.author_id, Event.code, Event.data, EventText.body)
        .join(Event, Event.id == ImportRow.event_id)
        .outerjoin(EventText, EventText.event_id == Event.id)
        .where(ImportRow.kind == ImportedKind.ORDER, ImportRow.key.in_(ids))
    )
    return session.execute(query).all()


def _sheet(row: Any, related: _Related, local: datetime) -> OrderView:
    device = related.devices[row.equipment_id]
    approval = related.approvals.get(row.id)
    delivery = related.deliveries.get(row.id)
    quote = related.quotes.get(row.id)
    plain: dict[str, Any] = {
        field.name: getattr(row, field.name) for field in ORDER_FIELDS if field.stored
    }
    return OrderView(
        **plain,
        id=row.id,
        number=row.number,
        status=row.status,
        situation=situation_of(row.status, row.promised_on, row.promised_time, local),
        customer=related.customers[row.customer_id],
        customer_orders=related.orders_of[row.customer_id],
        equipment=EquipmentView(
            id=device.id,
            **{name: getattr(device, name) for name in DEVICE},
            accessories=row.accessories,
            condition=row.condition,
        ),
        service_type=related.types[row.service_type_id],
        technician=related.name(row.technician_id),
        attendant=related.name(row.attendant_id),
        requested_at=row.requested_at,
        requested_on=row.requested_on,
        created_at=row.created_at,
        items=_under_warranty(row, related.items.get(row.id, ())),
        labor_total=row.labor_total,
        parts_total=row.parts_total,
        total=row.total,
        paid=row.paid,
        balance=row.balance,
        allowance=row.allowance,
        late_fees=row.late_fees,
        handed_on=row.handed_on,
        payment_state=payment_state_of(row.total, row.paid, row.due_on, local.date()),
        checklist=json.loads(row.checklist) if row.checklist else {},
        ready_on=row.ready_on,
        delivered_on=row.delivered_on,
        returned_on=row.returned_on,
        cancelled_on=row.cancelled_on,
        quote=quote and _quote(quote, local),
        approval=approval
        and ApprovalView(
            approval.approved_by,
            approval.via,
            approval.at,
            related.name(approval.author_id),
            approval.used_parts_authorized_by,
        ),
        collected=delivery
        and CollectedView(delivery.collected_by, delivery.collected_document, delivery.at),
        used_parts_authorized_by=row.used_parts_authorized_by,
        waiting_for=row.waiting_for,
        payments=tuple(related.payments.get(row.id, ())),
        events=tuple(related.events.get(row.id, ())),
        warranty_return_of=related.numbers.get(row.warranty_return_of_id),
        warranty_until=row.warranty_until,
        signed=row.signed,
        stage=related.stages[row.stage_id] if row.stage_id else None,
        waiting_since=row.waiting_since,
        instalments=tuple(related.instalments.get(row.id, ())),
        log=tuple(related.log.get(row.id, ())),
        notices=tuple(related.notices.get(row.id, ())),
        files=tuple(related.files.get(row.id, ())),
    )


def _under_warranty(row: Any, items: Sequence[ItemView]) -> tuple[ItemView, ...]:
    """The lines with the end of each one's warranty; a return goes on with the original's."""
    if row.delivered_on is None or row.warranty_until is None or row.warranty_return_of_id:
        return tuple(items)
    return tuple(
        replace(
            item,
            warranty_until=line_warranty_until(
                item.warranty_days, items, row.delivered_on, row.warranty_until
            ),
        )
        for item in items
    )


def _quote(row: Any, local: datetime) -> QuoteView:
    lapsed = row.valid_until is not None and row.valid_until < local.date()
    return QuoteView(
        version=row.version,
        status=row.status,
        total=row.total,
        start_on=row.start_on,
        promised_on=row.promised_on,
        valid_until=row.valid_until,
        payment_terms=row.payment_terms,
        sent_at=row.sent_at,
        expired=lapsed and row.status is QuoteStatus.SENT,
    )
