"""Shapes as the JSON of the contract: every key, decimal strings for money, moments with offset."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from osdesk.domain.calendar import moment_text
from osdesk.domain.identifiers import format_document
from osdesk.domain.money import decimal_text, quantity_text
from osdesk.domain.orders.fields import Kind
from osdesk.domain.orders.forms import EQUIPMENT_FIELDS, ORDER_FIELDS
from osdesk.domain.views.figures import Dashboard
from osdesk.domain.views.listing import OrderRow
from osdesk.domain.views.orders import (
    CustomerView,
    FileView,
    OrderView,
)
from osdesk.domain.views.shop import (
    CatalogView,
)

Json = dict[str, Any]


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _money(cents: int | None) -> str | None:
    return None if cents is None else decimal_text(cents)


def customer_to_json(customer: CustomerView) -> Json:
    return {
        "name": customer.name,
        "phones": [{"number": phone.number, "label": phone.label} for phone in customer.phones],
        "document": format_document(customer.document) if customer.document else None,
        "email": customer.email,
        "address": customer.address,
        "notes": customer.notes,
    }


def _field_to_json(kind: Kind, value: Any, zone: ZoneInfo) -> Any:
    match kind:
        case Kind.DAY:
            return _iso(value)
        case Kind.MOMENT:
            return moment_text(value, zone)
        case Kind.MONEY:
            return _money(value)
        case Kind.PRIORITY:
            return value.value
        case _:
            return value


def order_to_json(order: OrderView, zone: ZoneInfo) -> Json:
    """Every key of the contract's order; moments in the shop's zone."""
    fields = {
        field.name: _field_to_json(field.kind, getattr(order, field.name), zone)
        for field in ORDER_FIELDS
        if field.kept and field.kind is not Kind.PART
    }
    return {
        "number": order.number,
        "id": order.id,
        "status": order.status.value,
        "situation": order.situation.value,
        "customer": customer_to_json(order.customer),
        "customer_id": order.customer.id,
        "equipment": {
            field.name: getattr(order.equipment, field.name) for field in EQUIPMENT_FIELDS
        },
        **fields,
        "stage": order.stage.name if order.stage else None,
        "attendant": order.attendant,
        "created_at": moment_text(order.created_at, zone),
        "ready_on": _iso(order.ready_on),
        "delivered_on": _iso(order.delivered_on),
        "returned_on": _iso(order.returned_on),
        "cancelled_on": _iso(order.cancelled_on),
        "items": [
            {
                "kind": item.kind.value,
                "description": item.description,
                "quantity": quantity_text(item.quantity),
                "unit": item.unit,
                "unit_price": decimal_text(item.unit_price),
                "unit_cost": _money(item.unit_cost),
                "discount": decimal_text(item.discount),
                "part_condition": item.part_condition.value if item.part_condition else None,
                "technician": item.technician,
                "warranty_days": item.warranty_days,
            }
            for item in order.items
        ],
        "labor_total": decimal_text(order.labor_total),
        "parts_total": decimal_text(order.parts_total),
        "allowance": decimal_text(order.allowance),
        "late_fees": decimal_text(order.late_fees),
        "total": decimal_text(order.total),
        "paid": decimal_text(order.paid),
        "balance": decimal_text(order.balance),
        "payment_state": order.payment_state.value,
        "instalments": [
            {
                "due_on": part.due_on.isoformat(),
                "amount": decimal_text(part.amount),
                "paid": decimal_text(part.paid),
            }
            for part in order.instalments
        ],
        "quote": _quote(order, zone),
        "approval": order.approval
        and {
            "by": order.approval.by,
            "via": order.approval.via.value,
            "at": moment_text(order.approval.at, zone),
            "author": order.approval.author,
        },
        "collected": order.collected
        and {
            "by": order.collected.by,
            "document": order.collected.document,
            "at": moment_text(order.collected.at, zone),
        },
        "waiting_for": order.waiting_for,
        "waiting_since": _iso(order.waiting_since),
        "used_parts_authorized_by": order.used_parts_authorized_by,
        "payments": payments_to_json(order),
        "events": [
            {
                **_event_data(event.data),
                "at": moment_text(event.at, zone),
                "author": event.author,
                "code": event.code.value,
            }
            for event in order.events
        ],
        "notes_log": [
            {
                "at": moment_text(note.at, zone),
                "author": note.author,
                "for_customer": note.for_customer,
                "text": note.body,
            }
            for note in order.log
        ],
        "notices": [
            {
                "at": moment_text(notice.at, zone),
                "author": notice.author,
                "kind": notice.kind.value,
                "channel": notice.channel.value,
                "text": notice.body,
            }
            for notice in order.notices
        ],
        "files": [_file(file, zone) for file in order.files],
        "warranty_until": _iso(order.warranty_until),
        "signed": order.signed,
    }


def _file(file: FileView, zone: ZoneInfo) -> Json:
    """``sha256`` is its name among the shop's files; ``paper`` and ``version``, of what it is the
    signed copy."""
    return {
        "id": file.id,
        "kind": file.kind.value,
        "name": file.name,
        "media_type": file.media_type,
        "size": file.size,
        "sha256": file.sha256,
        "at": moment_text(file.at, zone),
        "author": file.author,
        "paper": file.paper.value if file.paper else None,
        "version": file.version,
    }


_EVENT_MONEY = frozenset(
    (
        *("amount", "balance", "total", "discount", "fee", "ceiling", "allowance"),
        *("unit_price", "unit_cost"),
    )
)


def _event_data(data: Mapping[str, Any]) -> Json:
    """The history keeps centavos and thousandths; scripts get them as they are given elsewhere."""
    found: Json = {}
    for key, value in data.items():
        name = key.removesuffix("_before")
        if name in _EVENT_MONEY and isinstance(value, int):
            found[key] = decimal_text(value)
        elif name == "quantity" and isinstance(value, int):
            found[key] = quantity_text(value)
        elif name == "items" and isinstance(value, list | tuple):
            found[key] = [_event_data(item) for item in value]
        elif name == "instalments" and isinstance(value, list | tuple):
            found[key] = [{"due_on": day, "amount": decimal_text(cents)} for day, cents in value]
        else:
            found[key] = value
    return found


def _quote(order: OrderView, zone: ZoneInfo) -> Json | None:
    quote = order.quote
    if quote is None:
        return None
    return {
        "version": quote.version,
        "status": quote.status.value,
        "total": decimal_text(quote.total),
        "start_on": _iso(quote.start_on),
        "promised_on": _iso(quote.promised_on),
        "valid_until": _iso(quote.valid_until),
        "payment_terms": quote.payment_terms,
        "sent_at": moment_text(quote.sent_at, zone) if quote.sent_at else None,
        "expired": quote.expired,
    }


def payments_to_json(order: OrderView) -> list[Json]:
    return [
        {
            "id": payment.id,
            "date": payment.paid_on.isoformat(),
            "amount": decimal_text(payment.amount),
            "method": payment.method.value,
            "received_by": payment.received_by,
            "receipt": payment.receipt,
            "reverses": payment.reverses,
        }
        for payment in order.payments
    ]


def row_to_json(row: OrderRow, zone: ZoneInfo) -> Json:
    """One line of ``search`` and ``list``."""
    return {
        "number": row.number,
        "id": row.id,
        "customer": row.customer,
        "phone": row.phone,
        "equipment": row.equipment,
        "serial": row.serial,
        "reason": row.reason,
        "technician": row.technician,
        "requested_at": moment_text(row.requested_at, zone),
        "promised_on": _iso(row.promised_on),
        "status": row.status.value,
        "situation": row.situation.value,
        "total": decimal_text(row.total),
        "paid": decimal_text(row.paid),
        "balance": decimal_text(row.balance),
        "payment_state": row.payment_state.value,
        "signed": row.signed,
        "external_ref": row.external_ref,
    }


def dashboard_to_json(figures: Dashboard) -> Json:
    return {
        "open": figures.open,
        "in_progress": figures.in_progress,
        "late": figures.late,
        "awaiting_approval": figures.awaiting_approval,
        "ready": figures.ready,
        "receivable": {
            "orders": figures.receivable.orders,
            "amount": decimal_text(figures.receivable.amount),
        },
        "overdue": {
            "orders": figures.overdue.orders,
            "amount": decimal_text(figures.overdue.amount),
        },
        "revenue_month": decimal_text(figures.revenue_month),
        "revenue_months": [
            {"month": str(month), "amount": decimal_text(amount)}
            for month, amount in figures.revenue_months
        ],
        "revenue_adjustments": [
            {"month": str(month), "amount": decimal_text(amount)}
            for month, amount in figures.revenue_adjustments
        ],
        "debtors": [
            {
                "customer": debtor.customer,
                "amount": decimal_text(debtor.amount),
                "since": debtor.since.isoformat(),
                "days": debtor.days,
            }
            for debtor in figures.debtors
        ],
        "attention": [
            {"number": line.number, "why": line.why, "days": line.days}
            for line in figures.attention
        ],
    }


def catalog_to_json(entries: Iterable[CatalogView]) -> list[Json]:
    return [
        {
            "id": entry.id,
            "kind": entry.kind.value,
            "description": entry.description,
            "unit": entry.unit,
            "unit_price": decimal_text(entry.unit_price),
            "unit_cost": _money(entry.unit_cost),
            "warranty_days": entry.warranty_days,
            "part_condition": entry.part_condition.value if entry.part_condition else None,
            "active": entry.active,
        }
        for entry in entries
    ]
