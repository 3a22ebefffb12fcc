"""Between a form and the stored order: what was typed is cleaned and checked, field by field."""

import dataclasses
import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session, joinedload, selectinload

from osdesk.domain.calendar import parse_time
from osdesk.domain.codes import ItemKind
from osdesk.domain.errors import UserError
from osdesk.domain.identifiers import Phone, imei_is_valid, looks_like_imei
from osdesk.domain.money import MAX_CENTS, MAX_QUANTITY, line_total
from osdesk.domain.orders.fields import Kind, OrderField
from osdesk.domain.orders.forms import (
    EQUIPMENT_FIELDS,
    ORDER_FIELDS,
    EquipmentForm,
    InstalmentForm,
    ItemForm,
    OrderForm,
)
from osdesk.domain.orders.rules import totals_of
from osdesk.domain.orders.status import HANDED_OVER, Status
from osdesk.domain.orders.warranty import check_free
from osdesk.domain.text import NAME_LIMIT, TEXT_LIMIT, clean_line, clean_name, clean_text, seen
from osdesk.persistence.models import (
    Customer,
    Delivery,
    Employee,
    Instalment,
    Order,
    ServiceType,
    Stage,
)
from osdesk.services.customers.customers import clean_customer, form_of
from osdesk.services.orders.devices import DEVICE
from osdesk.services.shop.slots import slot_named
from osdesk.services.shop.staff import employee_named, employee_names, service_type_named
from osdesk.services.shop.stages import stage_named

ITEMS_LIMIT = 500
LONGEST_WARRANTY = 3650
CLEANED = frozenset({Kind.LINE, Kind.TEXT, Kind.AS_GIVEN, Kind.TIME})


@dataclass
class CleanOrder:
    """A form as it will be stored, with the keys behind its names."""

    form: OrderForm
    phones: list[Phone]
    service_type_id: int
    technician_id: int | None
    stage_id: int | None
    warranty_return_of_id: int | None
    line_technicians: list[int | None]
    not_kept: list[str] = dataclasses.field(default_factory=list)
    """What was typed of a customer who was found and stays as stored."""


def clean_order(
    session: Session,
    form: OrderForm,
    *,
    status: Status = Status.RECEIVED,
    slot_before: str | None = None,
    now: datetime,
    author: int | None,
) -> CleanOrder:
    """Clean and check a whole form of an order under ``status``; technicians, a service type and
    a slot not yet known are added. ``slot_before``: where the order stands, or stood when it was
    closed: a form that leaves it there does not bring back a place that was renamed since.

    Raises UserError: ``required_fields`` names all that is missing at once (``fields``); else the
    first field that cannot be stored, by ``field`` (``customer.name``, ``items`` with ``row`` and
    ``column``, ``discount`` …); ``warranty_return_priced`` where a return under warranty has a
    price.
    """
    cleaned, phones = checked_order(session, form)
    if cleaned.slot != slot_before:
        cleaned.slot = slot_named(session, cleaned.slot, now=now, author=author)
    cleaned.technician, technician_id = _technician(session, cleaned.technician, now, author)
    line_technicians = []
    for item in cleaned.items:
        item.technician, key = _technician(session, item.technician, now, author)
        line_technicians.append(key)
    service_type_id = service_type_named(session, form.service_type, now=now, author=author)
    cleaned.service_type = session.get_one(ServiceType, service_type_id).name
    returned = order_numbered(session, cleaned.warranty_return_of)
    check_free(cleaned)
    return CleanOrder(
        cleaned,
        phones,
        service_type_id,
        technician_id,
        stage_named(session, cleaned.stage, status),
        returned,
        line_technicians,
    )


def checked_order(session: Session, form: OrderForm) -> tuple[OrderForm, list[Phone]]:
    """A form as it will be stored, and the customer's phones: what ``clean_order`` asks before
    anything is looked up in the shop's lists or added to them. Raises UserError as it does."""
    _require(form)
    customer, phones = clean_customer(session, form.customer)
    equipment = _clean_fields(form.equipment, EQUIPMENT_FIELDS, under="equipment.")
    values = _clean_fields(form, ORDER_FIELDS)
    items = [_clean_item(item, row) for row, item in enumerate(form.items)]
    if len(items) > ITEMS_LIMIT:
        raise UserError("too_many_items", field="items", limit=ITEMS_LIMIT)
    totals = totals_of(items, form.discount)
    if totals.lines > MAX_CENTS:
        raise UserError("amount_too_big", field="items")
    for field in ORDER_FIELDS:
        amount = getattr(form, field.name)
        if field.kind is Kind.MONEY and amount is not None:
            _check_amount(amount, field.name)
    if form.discount > totals.lines:
        raise UserError("discount_too_big", field="discount", lines=totals.lines)
    checklist: dict[str, str] = {}
    for asked, answer in form.checklist.items():
        question = clean_line(asked, limit=NAME_LIMIT, field="checklist")
        if question in checklist:  # one of the two answers would be lost
            raise UserError("question_twice", field="checklist", value=question)
        checklist[question] = clean_text(answer, limit=TEXT_LIMIT, field="checklist")
    values |= {
        "customer": customer,
        "equipment": EquipmentForm(**equipment),
        "items": items,
        "checklist": checklist,
        "stage": clean_name(form.stage or "", limit=NAME_LIMIT, field="stage") or None,
    }
    return replace(form, **values), phones


def order_numbered(session: Session, number: int | None) -> int | None:
    """Key of the order that comes back under warranty. Raises UserError ``order_not_found``."""
    if number is None:
        return None
    found = session.scalar(select(Order.id).where(Order.number == number))
    if found is None:
        raise UserError("order_not_found", number=number, field="warranty_return_of")
    return found


def _clean_fields(form: object, fields: Iterable[OrderField], *, under: str = "") -> dict[str, Any]:
    """The texts and times of a form, each by its kind; what is blank is as in a new form."""
    found = {}
    for field in fields:
        if field.kind in CLEANED:
            value = _clean(field.kind, getattr(form, field.name), f"{under}{field.name}")
            found[field.name] = field.default if value is None else value
    return found


def _clean(kind: Kind, value: str | None, field: str) -> str | None:
    if kind is Kind.AS_GIVEN:
        if value is not None:
            clean_text(value, limit=TEXT_LIMIT, field=field)
        return value
    if not value:
        return None
    if kind is Kind.TIME:
        return parse_time(value)
    if kind is Kind.LINE:
        return clean_name(value, limit=NAME_LIMIT, field=field) or None
    return clean_text(value, limit=TEXT_LIMIT, field=field) or None


def _require(form: OrderForm) -> None:
    wanted = {
        "customer.name": form.customer.name,
        "equipment.kind": form.equipment.kind,
        "service_type": form.service_type,
        "reason": form.reason,
    }
    missing = [name for name, value in wanted.items() if not seen(value).strip()]
    if missing:
        raise UserError("required_fields", fields=missing, field=missing[0])


def _clean_item(item: ItemForm, row: int) -> ItemForm:
    where = {"field": "items", "row": row}
    try:
        description = clean_line(item.description, limit=TEXT_LIMIT, field="items")
        unit = clean_line(item.unit, limit=NAME_LIMIT, field="items") or "un"
    except UserError as error:
        raise UserError(error.code, **{**error.data, **where, "column": "description"}) from None
    if not description:
        raise UserError("required", **where, column="description")
    if not 1 <= item.quantity <= MAX_QUANTITY:
        raise UserError("bad_quantity", **where, column="quantity")
    for column in ("unit_price", "unit_cost", "discount"):
        amount = getattr(item, column)
        if amount is not None and not 0 <= amount <= MAX_CENTS:
            code = "negative" if amount < 0 else "amount_too_big"
            raise UserError(code, **where, column=column)
    gross = line_total(item.quantity, item.unit_price)
    if gross > MAX_CENTS:
        raise UserError("amount_too_big", **where, column="unit_price")
    if item.discount > gross:
        raise UserError("discount_too_big", **where, column="discount", lines=gross)
    if item.warranty_days is not None and not 0 <= item.warranty_days <= LONGEST_WARRANTY:
        raise UserError("bad_days", **where, column="warranty_days", least=0, most=LONGEST_WARRANTY)
    condition = item.part_condition if item.kind is ItemKind.PART else None
    return replace(item, description=description, unit=unit, part_condition=condition)


def _check_amount(value: int, field: str) -> None:
    if value < 0:
        raise UserError("negative", field=field)
    if value > MAX_CENTS:
        raise UserError("amount_too_big", field=field)


def _technician(
    session: Session, name: str | None, now: datetime, author: int | None
) -> tuple[str | None, int | None]:
    key = employee_named(session, name, now=now, author=author, field="technician")
    return (None, None) if key is None else (session.get_one(Employee, key).name, key)


def device_warnings(form: EquipmentForm) -> list[UserError]:
    """A number of 15 digits that is no IMEI is kept (worn labels) and warned of."""
    found = []
    for field in ("serial", "imei2"):
        value = getattr(form, field)
        if value and looks_like_imei(value) and not imei_is_valid(value):
            found.append(UserError("odd_imei", field=f"equipment.{field}", value=value))
    return found


# -- the stored order as a form -------------------------------------------------------------------


_WHOLE = (
    select(Order)
    .where(Order.number == bindparam("number"))
    .options(
        selectinload(Order.items),
        joinedload(Order.equipment, innerjoin=True),
        joinedload(Order.customer, innerjoin=True).selectinload(Customer.phones),
    )
)
"""Made once: every act on an order asks for it."""


def order_row(session: Session, number: int) -> Order:
    """The order with all that its form needs. Raises UserError ``order_not_found``."""
    row = session.scalar(_WHOLE, {"number": number})
    if row is None:
        raise UserError("order_not_found", number=number)
    return row


def order_form(session: Session, row: Order) -> OrderForm:
    """A stored order as the form that would save it unchanged."""
    names = employee_names(session)
    device = row.equipment
    plain: dict[str, Any] = {
        field.name: getattr(row, field.name) for field in ORDER_FIELDS if field.stored
    }
    return OrderForm(
        **plain,
        customer=form_of(row.customer),
        equipment=EquipmentForm(
            **{name: getattr(device, name) for name in DEVICE},
            accessories=row.accessories,
            condition=row.condition,
        ),
        service_type=session.get_one(ServiceType, row.service_type_id).name,
        technician=names[row.technician_id] if row.technician_id else None,
        requested_at=row.requested_at,
        items=[
            ItemForm(
                kind=item.kind,
                description=item.description,
                quantity=item.quantity,
                unit=item.unit,
                unit_price=item.unit_price,
                unit_cost=item.unit_cost,
                discount=item.discount,
                part_condition=item.part_condition,
                technician=names[item.technician_id] if item.technician_id else None,
                warranty_days=item.warranty_days,
            )
            for item in row.items
        ],
        checklist=json.loads(row.checklist) if row.checklist else {},
        stage=session.get_one(Stage, row.stage_id).name if row.stage_id else None,
        warranty_return_of=(
            session.get_one(Order, row.warranty_return_of_id).number
            if row.warranty_return_of_id
            else None
        ),
        **_collected(session, row),
        instalments=[
            InstalmentForm(due_on, amount)
            for due_on, amount in session.execute(
                select(Instalment.due_on, Instalment.amount)
                .where(Instalment.order_id == row.id)
                .order_by(Instalment.position)
            )
        ],
    )


def hand_over_of(session: Session, row: Order) -> Delivery | None:
    """The one that counts now; None where the customer does not have the device again."""
    if row.status not in HANDED_OVER:
        return None
    query = select(Delivery).where(Delivery.order_id == row.id, Delivery.reopened_at.is_(None))
    return session.scalar(query.order_by(Delivery.id.desc()).limit(1))


def _collected(session: Session, row: Order) -> dict[str, Any]:
    delivery = hand_over_of(session, row)
    if delivery is None:
        return {}
    return {
        "collected_by": delivery.collected_by,
        "collected_document": delivery.collected_document,
    }


def load_form(session: Session, number: int) -> OrderForm:
    """What the editor shows of a stored order. Raises UserError ``order_not_found``."""
    return order_form(session, order_row(session, number))
