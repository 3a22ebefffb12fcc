"""Opening and changing orders: written whole in one transaction, and told to the history."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import inspect, select
from sqlalchemy.orm import Session

from osdesk.domain.calendar import local_day
from osdesk.domain.chain import ordered_json
from osdesk.domain.codes import EventCode
from osdesk.domain.errors import UserError
from osdesk.domain.orders.forms import ORDER_FIELDS, OrderForm
from osdesk.domain.orders.rules import (
    HINDERED,
    EditNeeds,
    OrderFacts,
    Outcome,
    edit_needs,
    facts_of,
    missing_error,
    owed_total,
    starts_late,
    total_of,
    total_of_line,
    totals_of,
)
from osdesk.domain.orders.status import CLOSED, HANDED_OVER, Status
from osdesk.domain.topics import Topic
from osdesk.persistence.models import Approval, Item, Order
from osdesk.services.customers.customers import (
    customer_row,
    form_of,
    phone_warnings,
    store_customer,
)
from osdesk.services.customers.same_customer import same_customer, unlike_stored
from osdesk.services.events import record
from osdesk.services.orders import instalments, quotes
from osdesk.services.orders.changes import difference
from osdesk.services.orders.devices import change_device, known_device, new_device
from osdesk.services.orders.forms import (
    CleanOrder,
    clean_order,
    device_warnings,
    hand_over_of,
    order_form,
    order_row,
)
from osdesk.services.orders.warranty import check_return_of, entry_moved, lines_over
from osdesk.services.shop.shop import shop_row, take_number, zone_of
from osdesk.services.shop.slots import slot_warnings
from osdesk.services.shop.staff import employee_names
from osdesk.services.shop.stages import drop_stage

TOPIC = Topic.ORDERS


@dataclass(frozen=True)
class Saved:
    """What saving made of a form; warnings are for the person, nothing was refused."""

    number: int
    warnings: tuple[UserError, ...] = ()


def new_form(session: Session, *, now: datetime, customer_id: int | None = None) -> OrderForm:
    """An empty order, for a chosen customer or for one still to be typed."""
    form = OrderForm(requested_at=now)
    if customer_id is not None:
        form.customer = form_of(customer_row(session, customer_id))
    return form


def add_order(session: Session, form: OrderForm, *, now: datetime, author: int | None) -> Saved:
    """Open an order and give it the next number.

    Raises UserError as ``clean_order`` does. A customer with ``id`` is changed to what the form
    says; without it the same customer is found and left as it is, or a new one is made.
    """
    clean = clean_order(session, form, now=now, author=author)
    _check_dates(OrderForm(), clean.form, now)
    customer_id = _customer(session, clean, now=now, author=author)
    device = known_device(session, customer_id, clean.form.equipment)
    if device is None:
        device = new_device(session, customer_id, clean.form.equipment, now)
    row = Order(
        number=take_number(session, "order"),
        customer_id=customer_id,
        equipment_id=device.id,
        attendant_id=author,
        status=Status.RECEIVED,
        created_at=now,
        requested_at=now,
        paid=0,
        allowance=0,
        late_fees=0,
        signed=False,
        items=[],
    )
    _fill(session, row, clean)
    _check_return(session, row, own=None)
    session.add(row)
    session.flush()
    parts = instalments.settle(session, row, OrderForm(), clean.form, now=now, author=author)
    record(
        session,
        EventCode.ORDER_OPENED,
        now=now,
        author=author,
        order_id=row.id,
        customer_id=customer_id,
        data={"number": row.number, "total": row.total, **_returned(clean.form), **parts},
    )
    told = (*_warnings(clean), *_warnings_of_dates(OrderForm(), clean.form))
    if row.warranty_return_of_id is not None and row.warranty_reason is None:
        over = lines_over(session, row.warranty_return_of_id, row.requested_on)
        if over:
            lines = "; ".join(over)
            warning = UserError(
                "warranty_lines_over", number=clean.form.warranty_return_of, value=lines
            )
            told = (*told, warning)
    return Saved(row.number, (*told, *slot_warnings(session, row.number, row.slot)))


def edit_order(
    session: Session, number: int, form: OrderForm, *, now: datetime, author: int | None
) -> Saved:
    """Change an order to what the form says.

    Raises UserError: as ``clean_order``; ``order_locked`` for lines, discount, promise or fee where
    the status keeps them; ``ceiling_agreed`` where what was authorised at intake would grow after
    the approval; ``missing`` where an agreed quote is asked again and cannot be issued.
    """
    row = order_row(session, number)
    return Saved(number, change_order(session, row, form, now=now, author=author))


def change_order(
    session: Session, row: Order, form: OrderForm, *, now: datetime, author: int | None
) -> tuple[UserError, ...]:
    """The body of ``edit_order``, for a step that changes fields too; the warnings."""
    before = order_form(session, row)
    clean = clean_order(
        session, form, status=row.status, slot_before=row.slot, now=now, author=author
    )
    after = clean.form
    facts, today = facts_of_row(session, row), local_day(now, zone_of(session))
    needs = edit_needs(before, after, facts, today=today)
    if needs.refused is not None:
        raise needs.refused
    _check_dates(before, after, now)
    customer_before, device_before = row.customer_id, row.equipment_id
    entered_before = row.requested_on
    row.customer_id = _customer(session, clean, now=now, author=author)
    change_device(session, row, before.equipment, after.equipment, customer_before, now)
    _fill(session, row, clean)
    _correct_hand_over(session, row, before, after)
    if device_before != row.equipment_id or any(
        getattr(before, name) != getattr(after, name)
        for name in ("warranty_return_of", "warranty_reason", "requested_at")
    ):
        _check_return(session, row, own=row.id)
    changed, data, texts = difference(before, after)
    if row.requested_on != entered_before:
        end = entry_moved(session, row, entered_before, now=now, author=author)
        if end:
            changed.append("warranty_until")
            data |= end
    parts = instalments.settle(session, row, before, after, now=now, author=author)
    if parts:
        changed.append("instalments")
        data |= parts
    if row.customer_id != customer_before:
        changed.append("customer")
        data |= {"customer_before": customer_before, "customer": row.customer_id}
    if not changed:
        return _warnings(clean)
    if before.items != after.items or before.discount != after.discount:
        data |= {"total_before": total_of(before), "total": total_of(after)}
    record(
        session,
        EventCode.ORDER_CHANGED,
        now=now,
        author=author,
        order_id=row.id,
        data={"changed": changed, **data},
        texts=texts,
    )
    _follow_up(session, row, before, after, needs, now, author)
    held = slot_warnings(session, row.number, row.slot) if "slot" in changed else ()
    told = _warnings_of_dates(before, after)
    if needs.outcome is Outcome.ASKS_AGAIN:
        told.append(UserError("asked_again", names=list(needs.changed)))
    return (*_warnings(clean), *told, *held)


def _follow_up(
    session: Session,
    row: Order,
    before: OrderForm,
    after: OrderForm,
    needs: EditNeeds,
    now: datetime,
    author: int | None,
) -> None:
    """A change of what was agreed, or of what waits for its answer, is a new version."""
    data: dict[str, object] = {"total_before": total_of(before), "total": total_of(after)}
    match needs.outcome:
        case Outcome.ASKS_AGAIN | Outcome.NEW_VERSION:
            _offer(session, row, needs, now=now, author=author)
        case Outcome.RENEWED:
            quotes.renew(session, row)
        case Outcome.LOWERED:
            reason = after.change_reason
            record(
                session,
                EventCode.PRICE_LOWERED,
                now=now,
                author=author,
                order_id=row.id,
                data=data,
                texts={"reason": reason} if reason else None,
            )
        case Outcome.WITHIN_CEILING:
            record(
                session,
                EventCode.WITHIN_CEILING,
                now=now,
                author=author,
                order_id=row.id,
                data={**data, "ceiling": after.ceiling},
            )


def _offer(
    session: Session, row: Order, needs: EditNeeds, *, now: datetime, author: int | None
) -> None:
    """A new version of the quote, valid from today; an agreed order waits for its answer again."""
    if needs.missing:
        facts = facts_of_row(session, row)
        raise missing_error(Status.AWAITING_APPROVAL, needs.missing, facts, again=True)
    if needs.hindrance:
        raise UserError(needs.hindrance, field=HINDERED[needs.hindrance], number=row.number)
    quotes.fill_defaults(session, row, local_day(now, zone_of(session)))
    if row.status is not Status.AWAITING_APPROVAL:
        to = Status.AWAITING_APPROVAL
        set_status(session, row, to, now=now, author=author, keep_stage=True)
    quotes.issue_quote(session, row, now=now, author=author)


def facts_of_row(session: Session, row: Order) -> OrderFacts:
    names = employee_names(session)
    approved = session.scalar(
        select(Approval.id).where(
            Approval.order_id == row.id,
            Approval.superseded_at.is_(None),
            Approval.used_parts_authorized_by.is_not(None),
        )
    )
    return facts_of(
        row,
        names[row.technician_id] if row.technician_id else None,
        shop_terms=shop_row(session).payment_terms,
        used_parts_approved=approved is not None,
    )


def refresh_money(row: Order) -> None:
    """Totals and balance from the lines, the status and what is paid."""
    totals = totals_of(row.items, row.discount)
    row.labor_total, row.parts_total = totals.labor, totals.parts
    row.total = owed_total(row.status, totals, row.fee, row.allowance, row.late_fees)
    row.balance = row.total - row.paid


def set_status(
    session: Session,
    row: Order,
    to: Status,
    *,
    now: datetime,
    author: int | None,
    data: dict[str, object] | None = None,
    texts: dict[str, object] | None = None,
    keep_stage: bool = False,
) -> None:
    """Move the stored status with the dates that belong to it, and tell the history.

    Where the order was reopened and its device stayed with the customer, the day it became ready
    stays, and a hand-over takes the day of the first one. ``keep_stage``: the order has its stage
    again once it is back. The guards were asked before: by ``steps.move_order`` or by the change
    that sends an agreed order back to the customer.
    """
    today = local_day(now, zone_of(session))
    was = row.status
    row.status = to
    row.status_before = was if to in CLOSED else None
    if row.handed_on is None or row.ready_on is None:
        row.ready_on = today if to is Status.READY else row.ready_on
        if to is Status.IN_PROGRESS:
            row.ready_on = None
    handed_on = row.handed_on or today
    row.delivered_on = handed_on if to is Status.DELIVERED else None
    row.returned_on = handed_on if to is Status.RETURNED else None
    if to in HANDED_OVER:
        row.handed_on = None
    row.cancelled_on = today if to is Status.CANCELLED else None
    if to is Status.AWAITING_PART:
        row.waiting_since = today
    elif to is not Status.CANCELLED:
        row.waiting_for = row.waiting_since = None
    stage = drop_stage(session, row, keep=keep_stage)
    refresh_money(row)
    session.flush()
    record(
        session,
        EventCode.MOVED,
        now=now,
        author=author,
        order_id=row.id,
        data={"from": was.value, "to": to.value, **(data or {})},
        texts={**(texts or {}), **stage},
    )
    instalments.let_go_if_changed(session, row, now=now, author=author)


# -- the parts of a save --------------------------------------------------------------------------


def _correct_hand_over(session: Session, row: Order, before: OrderForm, after: OrderForm) -> None:
    """Who took the device away, as it was in truth."""
    delivery = hand_over_of(session, row)
    if delivery is None or after.collected_by is None:
        return
    if (before.collected_by, before.collected_document) != (
        after.collected_by,
        after.collected_document,
    ):
        delivery.collected_by = after.collected_by
        delivery.collected_document = after.collected_document


def _customer(session: Session, clean: CleanOrder, *, now: datetime, author: int | None) -> int:
    form = clean.form.customer
    if form.id is None:
        found = same_customer(session, form, clean.phones)
        if found is not None:
            clean.not_kept = unlike_stored(form, customer_row(session, found))
            return found
    return store_customer(session, form, clean.phones, now=now, author=author)


def _check_return(session: Session, row: Order, *, own: int | None) -> None:
    """A return is of the same device, under warranty on the day of entry, or has its reason."""
    if row.warranty_return_of_id is not None:
        check_return_of(
            session,
            row.warranty_return_of_id,
            own=own,
            entered_on=row.requested_on,
            device=row.equipment_id,
            reason=row.warranty_reason,
        )


def _returned(form: OrderForm) -> dict[str, object]:
    number = form.warranty_return_of
    return {} if number is None else {"warranty_return_of": number}


def _fill(session: Session, row: Order, clean: CleanOrder) -> None:
    form = clean.form
    row.service_type_id, row.technician_id = clean.service_type_id, clean.technician_id
    row.stage_id, row.warranty_return_of_id = clean.stage_id, clean.warranty_return_of_id
    for field in ORDER_FIELDS:
        if field.stored:
            setattr(row, field.name, getattr(form, field.name))
    row.accessories, row.condition = form.equipment.accessories, form.equipment.condition
    row.checklist = ordered_json(form.checklist) if form.checklist else None
    entered = form.requested_at or row.requested_at
    if entered != row.requested_at or not inspect(row).persistent:
        # only then: a shop that changed its zone keeps the days that it has written
        row.requested_at = entered
        row.requested_on = local_day(entered, zone_of(session))
    wanted = [
        {
            "position": position,
            "kind": item.kind,
            "description": item.description,
            "quantity": item.quantity,
            "unit": item.unit,
            "unit_price": item.unit_price,
            "unit_cost": item.unit_cost,
            "discount": item.discount,
            "part_condition": item.part_condition,
            "technician_id": technician,
            "warranty_days": item.warranty_days,
            "total": total_of_line(item),
        }
        for position, (item, technician) in enumerate(
            zip(form.items, clean.line_technicians, strict=True)
        )
    ]
    for item, values in zip(row.items, wanted, strict=False):
        for name, value in values.items():
            setattr(item, name, value)
    del row.items[len(wanted) :]
    row.items.extend(Item(**values) for values in wanted[len(row.items) :])
    refresh_money(row)
    session.flush()


def _check_dates(before: OrderForm, after: OrderForm, now: datetime) -> None:
    """What a change of a day or hour must hold to; what stands since long may stay.

    Raises UserError ``date_in_future`` (an order is not asked for tomorrow) or
    ``time_without_date``.
    """
    asked = after.requested_at
    if asked is not None and asked != before.requested_at and asked > now:
        raise UserError("date_in_future", field="requested_at")
    promise = (after.promised_on, after.promised_time)
    if promise != (before.promised_on, before.promised_time) and promise[1] and not promise[0]:
        raise UserError("time_without_date", field="promised_time")


def _warnings_of_dates(before: OrderForm, after: OrderForm) -> list[UserError]:
    changed = (before.start_on, before.promised_on) != (after.start_on, after.promised_on)
    if changed and starts_late(after.start_on, after.promised_on):
        return [UserError("start_after_promise", field="start_on")]
    return []


def _warnings(clean: CleanOrder) -> tuple[UserError, ...]:
    found = [*phone_warnings(clean.phones), *device_warnings(clean.form.equipment)]
    if clean.not_kept:
        found.append(UserError("customer_as_stored", field="customer", names=clean.not_kept))
    return tuple(found)
