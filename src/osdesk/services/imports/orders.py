"""Orders of another system: each stands where that system left it, with what is known of it.

No step is taken in its name: its dates, payments and notes are written as they came, under one
event that says so and has the order's facts beside the other system's own history.
"""

from datetime import date, timedelta
from typing import Any

from sqlalchemy import select

from osdesk.domain.arrivals import (
    Arrival,
    ArrivedOrder,
    Outcome,
    RowReport,
)
from osdesk.domain.calendar import local_day
from osdesk.domain.chain import ordered_json
from osdesk.domain.codes import (
    EventCode,
    ImportedKind,
    PaymentKind,
    Role,
)
from osdesk.domain.errors import UserError
from osdesk.domain.frozen import to_plain
from osdesk.domain.identifiers import Phone, fold_serial
from osdesk.domain.money import MAX_CENTS
from osdesk.domain.orders.forms import (
    ORDER_FIELDS,
    OrderForm,
)
from osdesk.domain.orders.instalments import check_parts, earliest_due, open_parts
from osdesk.domain.orders.rules import owed_total, total_of_line, totals_of, warranty_days_of
from osdesk.domain.orders.status import CLOSED, HANDED_OVER, Status
from osdesk.domain.text import fold
from osdesk.persistence.columns import moment_key
from osdesk.persistence.models import (
    Customer,
    Equipment,
    Instalment,
    Item,
    Order,
)
from osdesk.services.customers.customers import phone_warnings
from osdesk.services.events import Happening
from osdesk.services.imports.bringing import Bringing
from osdesk.services.imports.names import (
    employee_named,
    service_type_named,
    slot_named,
    stage_named,
)
from osdesk.services.imports.parts import around_told, payments_told
from osdesk.services.imports.people import differences, new_person, same_person
from osdesk.services.orders.devices import DEVICE
from osdesk.services.orders.forms import checked_order, device_warnings
from osdesk.services.shop.shop import LARGEST_NUMBER

_WHOSE = select(Customer.name, Order.requested_on).join(Customer, Customer.id == Order.customer_id)
_DEVICES = select(Equipment.id, *(getattr(Equipment, name) for name in DEVICE))

BEFORE = {Status.RETURNED: Status.DECLINED, Status.CANCELLED: Status.RECEIVED}
"""Where *Reabrir* leads where nobody told."""


def take_order(found: Bringing, arrival: Arrival, *, numbered: bool = True) -> RowReport | None:
    """Judge one order, and let it wait to be written. None: it gets its number after all rows that
    have one (``numbered``: the source has a column of numbers)."""
    order = arrival.item
    if not isinstance(order, ArrivedOrder):
        raise TypeError(type(order))
    if order.number is None and numbered:
        found.late.append(lambda: _judged(found, arrival, order))
        return None
    return _judged(found, arrival, order)


def take_late(found: Bringing) -> list[RowReport]:
    """The orders that had no number, now that all given ones are known."""
    reports = [judge() for judge in found.late]
    found.late.clear()
    return reports


def _judged(found: Bringing, arrival: Arrival, order: ArrivedOrder) -> RowReport:
    try:
        form, phones = checked_order(found.session, order.form)
        _check_number(order.number)
        same = _same_order(found, order, form)
        if same:
            return RowReport(
                arrival.row, Outcome.SAME, arrival.label, order.number, warnings=arrival.warnings
            )
        _check_dates(found, order, form)
        money = _money(found, order, form)
    except UserError as error:
        return RowReport(arrival.row, Outcome.REFUSED, arrival.label, error=error)
    warnings = [*arrival.warnings, *phone_warnings(phones), *device_warnings(form.equipment)]
    number = _write(found, order, form, phones, money, warnings)
    label = arrival.label if order.number else f"{number} {arrival.label}".strip()
    return RowReport(arrival.row, Outcome.TAKEN, label, number, warnings=tuple(warnings))


def _check_number(number: int | None) -> None:
    if number is not None and not 1 <= number <= LARGEST_NUMBER:
        raise UserError("bad_number", field="number", value=number)


def _same_order(found: Bringing, order: ArrivedOrder, form: OrderForm) -> bool:
    """Whether that number is this very order: the same customer's, of the same day. Raises
    UserError ``number_taken`` where it is another."""
    number = order.number
    if number is None or number not in found.numbers:
        return False
    if number in found.told_numbers:
        who, day = found.told_numbers[number]
    else:
        who, day = found.session.execute(_WHOSE.where(Order.number == number)).one()
    if who == form.customer.name and day == _entered_on(found, form):
        return True
    raise UserError("number_taken", field="number", number=number, name=who)


def _entered_on(found: Bringing, form: OrderForm) -> date:
    if form.requested_at is None:
        raise UserError("required", field="requested_at")
    return local_day(form.requested_at, found.zone)


def _check_dates(found: Bringing, order: ArrivedOrder, form: OrderForm) -> None:
    entered = _entered_on(found, form)
    days = {
        "requested_at": entered,
        "ready_on": order.ready_on,
        "delivered_on": order.delivered_on or order.returned_on,
        "cancelled_on": order.cancelled_on,
    }
    for name, day in days.items():
        if day is not None and day > found.today:
            raise UserError("date_in_future", field=name)
    needed = {
        Status.DELIVERED: order.delivered_on,
        Status.RETURNED: order.returned_on,
        Status.CANCELLED: order.cancelled_on,
    }
    if order.status in needed and needed[order.status] is None:
        name = "cancelled_on" if order.status is Status.CANCELLED else "delivered_on"
        raise UserError("required", field=name)
    for payment in order.payments:
        if payment.paid_on > found.today:
            raise UserError("date_in_future", field="paid_on")


def _money(found: Bringing, order: ArrivedOrder, form: OrderForm) -> dict[str, Any]:
    """The order's columns of money, and what of each instalment is open."""
    totals = totals_of(form.items, form.discount)
    paid = 0
    for payment in order.payments:
        if not 0 < abs(payment.amount) <= MAX_CENTS:
            raise UserError("bad_amount", field="amount")
        if (payment.kind is PaymentKind.PAYMENT) != (payment.amount > 0):
            raise UserError("bad_amount", field="amount")
        paid += payment.amount
    if paid < 0:
        raise UserError("above_paid", field="paid", paid=0)
    allowance = sum(payment.allowance for payment in order.payments)
    late_fees = sum(payment.late_fees for payment in order.payments)
    if allowance < 0 or late_fees < 0:
        raise UserError("negative", field="allowance" if allowance < 0 else "late_fees")
    total = owed_total(order.status, totals, form.fee, allowance, late_fees)
    for name, here, there in zip(("total", "paid"), (total, paid), order.expected, strict=True):
        if there is not None and there != here:
            raise UserError("amounts_differ", field=name, amount=there, balance=here)
    balance = total - paid
    due_on = form.due_on
    parts: list[int] = []
    if form.instalments:
        amounts = [part.amount for part in form.instalments]
        check_parts(form.instalments, sum(amounts))
        left = open_parts(amounts, balance)
        if left is None:
            raise UserError(
                "instalments_sum", field="instalments", amount=sum(amounts), balance=balance
            )
        parts = left
        due_on = earliest_due([part.due_on for part in form.instalments], left)
    elif balance > 0 and due_on is None and order.status in HANDED_OVER:
        due_on = order.delivered_on or order.returned_on
        order.assumed.append("due_on")
    return {
        "labor_total": totals.labor,
        "parts_total": totals.parts,
        "allowance": allowance,
        "late_fees": late_fees,
        "total": total,
        "paid": paid,
        "balance": balance,
        "due_on": due_on,
        "open": parts,
    }


# -- writing --------------------------------------------------------------------------------------


def _write(
    found: Bringing,
    order: ArrivedOrder,
    form: OrderForm,
    phones: list[Phone],
    money: dict[str, Any],
    warnings: list[UserError],
) -> int:
    """Let the order and all that belongs to it wait; its number."""
    customer = same_person(found, form.customer, phones, order.customer_key)
    if customer is None:
        customer = new_person(found, form.customer, phones, order.customer_key)
    else:
        unlike = differences(found, form.customer, customer)
        if unlike:
            warnings.append(UserError("customer_as_stored", names=unlike))
    key = found.key(Order)
    number = order.number or found.next_number
    found.next_number = max(found.next_number, number + 1)
    origin = found.numbers.get(form.warranty_return_of or 0)
    if form.warranty_return_of and origin is None:
        warnings.append(UserError("return_unknown", number=form.warranty_return_of))
    found.numbers[number] = key
    found.told_numbers[number] = (form.customer.name, _entered_on(found, form))
    open_now = money.pop("open")
    created = order.created_at or found.now
    warranty_until = order.warranty_until
    if warranty_until is None and order.status is Status.DELIVERED and order.delivered_on:
        days = warranty_days_of(form.items, found.shop.warranty_days)
        warranty_until = order.delivered_on + timedelta(days=days)
    columns: dict[str, Any] = {
        **{each.name: getattr(form, each.name) for each in ORDER_FIELDS if each.stored},
        **money,
        "id": key,
        "number": number,
        "customer_id": customer,
        "equipment_id": _device(found, customer, form),
        "status": order.status,
        "status_before": _status_before(order),
        "accessories": form.equipment.accessories,
        "condition": form.equipment.condition,
        "checklist": ordered_json(form.checklist) if form.checklist else None,
        "created_at": created,
        "requested_at": form.requested_at,
        "requested_on": _entered_on(found, form),
        "ready_on": order.ready_on,
        "delivered_on": order.delivered_on if order.status is Status.DELIVERED else None,
        "returned_on": order.returned_on if order.status is Status.RETURNED else None,
        "cancelled_on": order.cancelled_on if order.status is Status.CANCELLED else None,
        "warranty_until": warranty_until,
        "warranty_return_of_id": origin,
        "waiting_for": order.waiting_for,
        "waiting_since": order.waiting_since,
        "used_parts_authorized_by": order.used_parts_authorized_by,
        "signed": False,
        "service_type_id": service_type_named(found, form.service_type),
        "technician_id": employee_named(found, form.technician, Role.TECHNICIAN),
        "attendant_id": employee_named(found, order.attendant, Role.ATTENDANT),
        "stage_id": stage_named(found, form.stage, order.status),
    }
    if form.slot and order.status not in CLOSED:
        slot_named(found, form.slot)
    found.add(Order, **columns)
    for position, item in enumerate(form.items):
        found.add(
            Item,
            order_id=key,
            position=position,
            kind=item.kind,
            description=item.description,
            quantity=item.quantity,
            unit=item.unit,
            unit_price=item.unit_price,
            unit_cost=item.unit_cost,
            discount=item.discount,
            part_condition=item.part_condition,
            technician_id=employee_named(found, item.technician, Role.TECHNICIAN),
            warranty_days=item.warranty_days,
            total=total_of_line(item),
        )
    for position, (part, left) in enumerate(zip(form.instalments, open_now, strict=True)):
        found.add(
            Instalment,
            order_id=key,
            position=position,
            due_on=part.due_on,
            amount=part.amount,
            open=left,
        )
    record: dict[str, Any] = {
        each.name: to_plain(columns[each.name])
        for each in ORDER_FIELDS
        if each.stored and not each.words
    }
    record |= {
        "status": order.status.value,
        "created_at": moment_key(created),
        "instalments": [[part.due_on.isoformat(), part.amount] for part in form.instalments],
        **payments_told(found, key, order, warnings),
        **around_told(found, key, order, form, money["total"], warnings),
    }
    data: dict[str, object] = {
        "batch": found.batch,
        "order": key,
        "number": number,
        "customer": customer,
        "record": record,
    }
    if order.assumed:
        data["assumed"] = order.assumed
        warnings.append(UserError("import_assumed", names=order.assumed))
    texts: dict[str, object] = dict(order.told)
    if order.history:
        texts["history"] = order.history
    found.tell(Happening(EventCode.ORDER_IMPORTED, data, texts), ImportedKind.ORDER, key, None)
    return number


def _status_before(order: ArrivedOrder) -> Status | None:
    if order.status not in CLOSED:
        return None
    return order.status_before or BEFORE.get(order.status, Status.READY)


def _device(found: Bringing, customer: int, form: OrderForm) -> int:
    """The customer's device with the same serial and the same words, or words that go on from
    them; else a new one."""
    words = tuple(getattr(form.equipment, name) for name in DEVICE)
    folded = fold_serial(form.equipment.serial or "")
    known: list[tuple[int, tuple[str | None, ...]]] = []
    if folded:
        place = (customer, folded)
        if place not in found.devices:
            found.devices[place] = _stored_devices(found, customer, folded)
        known = found.devices[place]
        for key, stored in known:
            pairs = zip(words, stored, strict=True)
            if all(fold(was or "").startswith(fold(typed or "")) for typed, was in pairs):
                return key
    key = found.key(Equipment)
    found.add(
        Equipment,
        id=key,
        customer_id=customer,
        created_at=found.now,
        **dict(zip(DEVICE, words, strict=True)),
        serial_folded=folded or None,
        imei2_folded=fold_serial(form.equipment.imei2 or "") or None,
    )
    if found.batch is not None:
        found.marks.append((ImportedKind.EQUIPMENT, key))
    known.append((key, words))
    return key


def _stored_devices(
    found: Bringing, customer: int, folded: str
) -> list[tuple[int, tuple[str | None, ...]]]:
    if customer >= found.first_new:
        return []
    rows = found.session.execute(
        _DEVICES.where(Equipment.customer_id == customer, Equipment.serial_folded == folded)
    )
    return [(row.id, tuple(getattr(row, name) for name in DEVICE)) for row in rows]
