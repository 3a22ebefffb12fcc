"""What each paper promises, as plain values: what its hash covers, and nothing else.

A paper that is signed covers what both sides hold each other to; the whole order covers all that
it shows; the technician's sheet and the label, which nobody signs, what they show, without prices.
A key's value never changes its form once released: the hashes of old papers must stay.
"""

from dataclasses import replace

from osdesk.domain.calendar import load_zone
from osdesk.domain.codes import Paper
from osdesk.domain.fill_in import values_of
from osdesk.domain.frozen import to_plain
from osdesk.domain.orders.pick_up import outcome_of, refusal_of, waits_since
from osdesk.domain.orders.rules import promised_line
from osdesk.domain.views.orders import OrderView, PaymentView
from osdesk.domain.views.shop import ShopView

Covered = dict[str, object]

TERMS = {
    Paper.INTAKE: "terms_intake",
    Paper.QUOTE: "terms_quote",
    Paper.DELIVERY: "terms_delivery",
    Paper.UNSERVICED: "terms_unserviced",
    Paper.NOTICE: "terms_notice",
}
"""The shop's text that each paper carries."""

UNPRICED = frozenset({Paper.TECHNICIAN, Paper.LABEL})
"""Papers without a word of money, in their code neither."""

BY_HAND = {Paper.UNSERVICED: frozenset({"returned_on", "collected_by", "collected_document"})}
"""What a paper leaves blank where it is not known yet: filled in by hand when it is signed, so
that the record may say it later without contradicting the paper."""


def covered(paper: Paper, shop: ShopView, order: OrderView, payment: PaymentView | None) -> Covered:
    """``shop`` with its texts as it wrote them: what their fields are filled with stands apart."""
    whose: Covered = {"paper": paper.value, "shop": shop.shop_id, "number": order.number}
    if paper is Paper.RECEIPT and payment is not None:
        return whose | _receipt(order, payment)
    if paper is Paper.LABEL:
        return whose | _label(order)
    if paper is Paper.TECHNICIAN:
        return whose | _technician(order)
    whose |= {
        "customer": to_plain(replace(order.customer, id=0, notes=None)),
        "equipment": to_plain(replace(order.equipment, id=0)),
    }
    match paper:
        case Paper.QUOTE:
            content = _quote(order)
        case Paper.FULL:
            content = _full(order)
        case Paper.DELIVERY:
            content = _delivery(order)
        case Paper.UNSERVICED:
            content = _unserviced(order)
        case Paper.NOTICE:
            content = _notice(shop, order)
        case _:
            content = _intake(order)
    return whose | content | _terms(paper, shop, order)


def _terms(paper: Paper, shop: ShopView, order: OrderView) -> Covered:
    code = TERMS.get(paper)
    if code is None:
        return {}
    text: str = getattr(shop, code)
    fields = values_of(text, code, order, shop)
    return {"terms": text} | ({"fields": fields} if fields else {})


def _lines(order: OrderView) -> Covered:
    return {
        "items": [promised_line(item) for item in order.items],
        "discount": order.discount,
    }


def _request(order: OrderView) -> Covered:
    return {
        "requested_at": to_plain(order.requested_at),
        "service_type": order.service_type,
        "reason": order.reason,
        "checklist": order.checklist,
        "promised_on": to_plain(order.promised_on),
        "promised_time": order.promised_time,
        "fee": order.fee,
    }


def _intake(order: OrderView) -> Covered:
    ceiling: Covered = {} if order.ceiling is None else {"ceiling": order.ceiling}
    return _lines(order) | _request(order) | ceiling


def _quote(order: OrderView) -> Covered:
    return _lines(order) | {
        "service_type": order.service_type,
        "reason": order.reason,
        "start_on": to_plain(order.start_on),
        "promised_on": to_plain(order.promised_on),
        "promised_time": order.promised_time,
        "valid_until": to_plain(order.valid_until),
        "payment_terms": order.payment_terms,
        "fee": order.fee,
    }


def _delivery(order: OrderView) -> Covered:
    return _lines(order) | {
        "report": order.report,
        "delivered_on": to_plain(order.delivered_on),
        **_collected(order),
        "warranty_until": to_plain(order.warranty_until),
    }


def _collected(order: OrderView) -> Covered:
    return {
        "collected_by": order.collected.by if order.collected else None,
        "collected_document": order.collected.document if order.collected else None,
    }


def _unserviced(order: OrderView) -> Covered:
    return {
        "reason": order.reason,
        "outcome": to_plain(outcome_of(order)),
        "refusal": refusal_of(order),
        "report": order.report,
        "fee": order.fee,
        "returned_on": to_plain(order.returned_on),
        **_collected(order),
    }


def _notice(shop: ShopView, order: OrderView) -> Covered:
    return {
        "outcome": to_plain(outcome_of(order)),
        "waits_since": to_plain(waits_since(order, load_zone(shop.zone))),
        "pick_up_days": shop.pick_up_days,
        "notices": [[to_plain(each.at), each.channel.value] for each in order.notices],
    }


def _full(order: OrderView) -> Covered:
    return (
        _lines(order)
        | _request(order)
        | {
            name: to_plain(getattr(order, name))
            for name in (
                *("status", "technician", "attendant", "start_on", "ready_on", "delivered_on"),
                *("returned_on", "cancelled_on", "diagnosis", "report", "payment_terms", "due_on"),
                *("valid_until", "approval", "used_parts_authorized_by", "warranty_until"),
                *("warranty_return_of", "payments", "instalments", "ceiling"),
            )
        }
        | _collected(order)
        | {
            "quote": _sent(order),
            "refusal": refusal_of(order),
            "log": [[to_plain(note.at), note.body] for note in order.log],
        }
    )


def _sent(order: OrderView) -> list[object] | None:
    quote = order.quote
    return [quote.version, quote.total, to_plain(quote.sent_at)] if quote else None


def _technician(order: OrderView) -> Covered:
    return {
        "customer": order.customer.name,
        "equipment": to_plain(replace(order.equipment, id=0)),
        "items": [
            {
                name: value
                for name, value in promised_line(item).items()
                if name not in ("unit_price", "discount")
            }
            for item in order.items
        ],
        **{name: value for name, value in _request(order).items() if name != "fee"},
        **{
            name: to_plain(getattr(order, name))
            for name in ("technician", "priority", "slot", "notes", "diagnosis", "report")
        },
        "warranty_return_of": order.warranty_return_of,
    }


def _label(order: OrderView) -> Covered:
    return {
        "customer": order.customer.name,
        "equipment": order.equipment.title,
        "promised_on": to_plain(order.promised_on),
        "promised_time": order.promised_time,
        "slot": order.slot,
    }


def _receipt(order: OrderView, payment: PaymentView) -> Covered:
    return {
        "payer": order.customer.name,
        "document": order.customer.document,
        "payment": payment.id,
        "receipt": payment.receipt,
        "kind": payment.kind.value,
        "date": payment.paid_on.isoformat(),
        "amount": payment.amount,
        "method": payment.method.value,
    }
