"""The facts of each paper, one row each: its names, when it is made, its copies, what it promises.

What a paper promises is what its hash covers, and nothing else. A paper that is signed covers what
both sides hold each other to; the whole order covers all that it shows; the technician's sheet and
the label, which nobody signs, what they show, without prices. A key's value never changes its form
once released: the hashes of old papers must stay.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace

from osdesk.domain.calendar import load_zone
from osdesk.domain.codes import Paper, PaperFormat
from osdesk.domain.fill_in import values_of
from osdesk.domain.frozen import to_plain
from osdesk.domain.orders.pick_up import outcome_of, refusal_of, waits_since
from osdesk.domain.orders.rules import promised_line
from osdesk.domain.orders.status import WAITING, Status
from osdesk.domain.views.orders import OrderView, PaymentView
from osdesk.domain.views.shop import ShopView

Covered = dict[str, object]
Covers = Callable[[ShopView, OrderView, PaymentView | None], Covered]

SHOP, CUSTOMER = "shop", "customer"
"""Whose a copy of a paper is."""
BOTH = (SHOP, CUSTOMER)

A4_OR_ROLL = (PaperFormat.A4_HALF, PaperFormat.A4, PaperFormat.ROLL_80, PaperFormat.ROLL_58)


@dataclass(frozen=True, slots=True)
class Terms:
    """The shop's text that a paper carries: its code, and what stands over it."""

    code: str
    heading: str
    behind: bool = True
    """After the signatures, on the back of a sheet; else inside what is signed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperFacts:
    """All that is known of one paper but its drawing (``documents/papers.py``)."""

    name: str
    """On the screen, in lists and messages."""
    title: str
    """Over the number."""
    file: str
    """In the name of its file: ``OS-9120-entrada-v1.pdf``."""
    covers: Covers
    """What its hash covers, beside its name, the shop, the number and its terms."""
    formats: tuple[PaperFormat, ...] = A4_OR_ROLL
    """The usual one first."""
    copies: tuple[str, ...] = BOTH
    statuses: frozenset[Status] = frozenset(Status)
    """Of the orders that have it."""
    refusal: str = ""
    """Code of what is said of an order that has not come to it."""
    usual_for: frozenset[Status] = frozenset()
    """Statuses whose moment asks for it: what F9 prints."""
    terms: Terms | None = None
    signed: bool = False
    """The customer signs it; another one that comes back is no signed sheet."""
    priced: bool = True
    """Else there is no word of money on it, in its code neither."""
    late_rates: bool = False
    """The fine and the interest that the shop asks for late payment are agreed on it."""
    of_payment: bool = False
    """Made of one payment, not of the order as it stands."""
    by_hand: frozenset[str] = frozenset()
    """What it covers but leaves blank where it is not known yet: filled in by hand when it is
    signed, so that the record may say it later without contradicting the paper."""


def covered(paper: Paper, shop: ShopView, order: OrderView, payment: PaymentView | None) -> Covered:
    """``shop`` with its texts as it wrote them: what their fields are filled with stands apart."""
    facts = PAPERS[paper]
    content: Covered = {"paper": paper.value, "shop": shop.shop_id, "number": order.number}
    content |= facts.covers(shop, order, payment)
    if facts.late_rates and (shop.fine_bp or shop.interest_bp):
        content["late_rates"] = [shop.fine_bp, shop.interest_bp]
    return content | _terms(facts, shop, order)


FIRST_FORM: Covered = {"checklist": {}}
"""What tells the versions of the first releases: a checklist by name, and no late fees."""


def covered_as(was: Covered, content: Covered) -> Covered:
    """``content`` in the form in which ``was`` was covered, to be compared with it: a checklist by
    name instead of in its order, no late fees where it promised none, and a label that told neither
    the reason nor what was left with the device."""
    content = dict(content)
    answers = content.get("checklist")
    if isinstance(was.get("checklist"), dict) and isinstance(answers, list):
        content["checklist"] = dict(answers)
    if "late_rates" not in was:
        content.pop("late_rates", None)
    if content.get("paper") == Paper.LABEL and "reason" not in was:
        del content["reason"], content["accessories"]
    return content


def _terms(facts: PaperFacts, shop: ShopView, order: OrderView) -> Covered:
    if facts.terms is None:
        return {}
    code = facts.terms.code
    text: str = getattr(shop, code)
    fields = values_of(text, code, order, shop)
    return {"terms": text} | ({"fields": fields} if fields else {})


def usual_paper(status: Status) -> Paper:
    """What F9 prints: the paper that this moment of the order is signed on."""
    return next(paper for paper, facts in PAPERS.items() if status in facts.usual_for)


def papers_now(status: Status, *, paid: bool) -> tuple[Paper, ...]:
    """Papers that can be made of an order in this status, the usual one first; ``paid``: money was
    ever received for it."""
    usual = usual_paper(status)
    found = [
        paper
        for paper, facts in PAPERS.items()
        if status in facts.statuses and (paid or not facts.of_payment)
    ]
    return tuple(sorted(found, key=lambda paper: paper is not usual))


def papers_of_all(statuses: Collection[Status]) -> tuple[Paper, ...]:
    """Papers that can be made of all orders in these statuses, the usual one first where it is the
    same for all; those of one payment are none of them."""
    usual = {usual_paper(status) for status in statuses}
    found = [
        paper
        for paper, facts in PAPERS.items()
        if not facts.of_payment and set(statuses) <= facts.statuses
    ]
    return tuple(sorted(found, key=lambda paper: {paper} != usual))


# -- what each covers -----------------------------------------------------------------------------


def _whose(order: OrderView) -> Covered:
    return {
        "customer": to_plain(replace(order.customer, id=0, notes=None)),
        "equipment": to_plain(replace(order.equipment, id=0)),
    }


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
        "checklist": [list(pair) for pair in order.checklist.items()] or {},
        "promised_on": to_plain(order.promised_on),
        "promised_time": order.promised_time,
        "fee": order.fee,
    }


def _intake(_shop: ShopView, order: OrderView, _: PaymentView | None) -> Covered:
    ceiling: Covered = {} if order.ceiling is None else {"ceiling": order.ceiling}
    return _whose(order) | _lines(order) | _request(order) | ceiling


def _quote(_shop: ShopView, order: OrderView, _: PaymentView | None) -> Covered:
    return (
        _whose(order)
        | _lines(order)
        | {
            "service_type": order.service_type,
            "reason": order.reason,
            "start_on": to_plain(order.start_on),
            "promised_on": to_plain(order.promised_on),
            "promised_time": order.promised_time,
            "valid_until": to_plain(order.valid_until),
            "payment_terms": order.payment_terms,
            "fee": order.fee,
        }
    )


def _delivery(_shop: ShopView, order: OrderView, _: PaymentView | None) -> Covered:
    return (
        _whose(order)
        | _lines(order)
        | {
            "report": order.report,
            "delivered_on": to_plain(order.delivered_on),
            **_collected(order),
            "warranty_until": to_plain(order.warranty_until),
        }
    )


def _collected(order: OrderView) -> Covered:
    return {
        "collected_by": order.collected.by if order.collected else None,
        "collected_document": order.collected.document if order.collected else None,
    }


def _unserviced(_shop: ShopView, order: OrderView, _: PaymentView | None) -> Covered:
    return _whose(order) | {
        "reason": order.reason,
        "outcome": to_plain(outcome_of(order)),
        "refusal": refusal_of(order),
        "report": order.report,
        "fee": order.fee,
        "returned_on": to_plain(order.returned_on),
        **_collected(order),
    }


def _notice(shop: ShopView, order: OrderView, _: PaymentView | None) -> Covered:
    return _whose(order) | {
        "outcome": to_plain(outcome_of(order)),
        "waits_since": to_plain(waits_since(order, load_zone(shop.zone))),
        "pick_up_days": shop.pick_up_days,
        "notices": [[to_plain(each.at), each.channel.value] for each in order.notices],
    }


def _full(_shop: ShopView, order: OrderView, _: PaymentView | None) -> Covered:
    return (
        _whose(order)
        | _lines(order)
        | _request(order)
        | {
            name: to_plain(getattr(order, name))
            for name in (
                *("status", "technician", "attendant", "start_on", "ready_on", "delivered_on"),
                *("returned_on", "cancelled_on", "diagnosis", "report", "payment_terms", "due_on"),
                *("valid_until", "used_parts_authorized_by", "warranty_until"),
                *("warranty_return_of", "instalments", "ceiling"),
            )
        }
        | {"payments": [_paid(payment) for payment in order.payments]}
        | _collected(order)
        | {name: value for name, value in _charges(order).items() if value}
        | {
            "approval": _approved(order),
            "quote": _sent(order),
            "refusal": refusal_of(order),
            "log": [[to_plain(note.at), note.body] for note in order.log],
        }
    )


def _paid(payment: PaymentView) -> Covered:
    """A payment in the form of the first release: the late fees in it stand in ``_charges``."""
    found: Covered = to_plain(payment)
    del found["late_fees"]
    return found


def _charges(order: OrderView) -> dict[str, int]:
    """What the price fell by after delivery, and late fees: covered where there are any."""
    return {"allowance": order.allowance, "late_fees": order.late_fees}


def _approved(order: OrderView) -> object:
    """Who approved, in the form of the first release."""
    if order.approval is None:
        return None
    found = to_plain(order.approval)
    return {name: found[name] for name in ("by", "via", "at", "author")}


def _sent(order: OrderView) -> list[object] | None:
    quote = order.quote
    return [quote.version, quote.total, to_plain(quote.sent_at)] if quote else None


def _technician(_shop: ShopView, order: OrderView, _: PaymentView | None) -> Covered:
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


def _label(_shop: ShopView, order: OrderView, _: PaymentView | None) -> Covered:
    return {
        "customer": order.customer.name,
        "equipment": order.equipment.title,
        "promised_on": to_plain(order.promised_on),
        "promised_time": order.promised_time,
        "slot": order.slot,
        "reason": order.reason,
        "accessories": order.equipment.accessories,
    }


def _receipt(_shop: ShopView, order: OrderView, payment: PaymentView | None) -> Covered:
    if payment is None:
        raise ValueError("a receipt is of a payment")
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


# -- the papers -----------------------------------------------------------------------------------

_WITHOUT_SERVICE = frozenset({Status.DECLINED, Status.UNREPAIRABLE, Status.RETURNED})

PAPERS: Mapping[Paper, PaperFacts] = {
    Paper.INTAKE: PaperFacts(
        name="Ordem de serviço",
        title="ORDEM DE SERVIÇO",
        file="entrada",
        covers=_intake,
        usual_for=frozenset(Status)
        - _WITHOUT_SERVICE
        - {Status.AWAITING_APPROVAL, Status.DELIVERED},
        terms=Terms("terms_intake", "Termos do serviço"),
        signed=True,
        late_rates=True,
    ),
    Paper.QUOTE: PaperFacts(
        name="Orçamento",
        title="ORÇAMENTO",
        file="orcamento",
        covers=_quote,
        usual_for=frozenset({Status.AWAITING_APPROVAL}),
        terms=Terms("terms_quote", "Termos do orçamento"),
        signed=True,
        late_rates=True,
    ),
    Paper.FULL: PaperFacts(
        name="OS completa",
        title="ORDEM DE SERVIÇO COMPLETA",
        file="completa",
        covers=_full,
        formats=(PaperFormat.A4, PaperFormat.A4_HALF, PaperFormat.ROLL_80, PaperFormat.ROLL_58),
    ),
    Paper.RECEIPT: PaperFacts(
        name="Recibo",
        title="RECIBO",
        file="recibo",
        covers=_receipt,
        of_payment=True,
    ),
    Paper.DELIVERY: PaperFacts(
        name="Termo de entrega e garantia",
        title="TERMO DE ENTREGA E GARANTIA",
        file="entrega",
        covers=_delivery,
        statuses=frozenset({Status.DELIVERED}),
        refusal="not_delivered",
        usual_for=frozenset({Status.DELIVERED}),
        terms=Terms("terms_delivery", "Termos da garantia"),
        signed=True,
    ),
    Paper.UNSERVICED: PaperFacts(
        name="Termo de retirada sem serviço",
        title="TERMO DE RETIRADA SEM SERVIÇO",
        file="retirada",
        covers=_unserviced,
        statuses=_WITHOUT_SERVICE,
        refusal="not_unserviced",
        usual_for=_WITHOUT_SERVICE,
        terms=Terms("terms_unserviced", "Termos da retirada"),
        signed=True,
        by_hand=frozenset({"returned_on", "collected_by", "collected_document"}),
    ),
    Paper.NOTICE: PaperFacts(
        name="Aviso de retirada",
        title="AVISO DE RETIRADA",
        file="aviso",
        covers=_notice,
        formats=(PaperFormat.A4, PaperFormat.A4_HALF),
        statuses=WAITING,
        refusal="nothing_waits",
        terms=Terms("terms_notice", "Como retirar", behind=False),
    ),
    Paper.TECHNICIAN: PaperFacts(
        name="Via técnica",
        title="VIA TÉCNICA",
        file="tecnica",
        covers=_technician,
        copies=(SHOP,),
        priced=False,
    ),
    Paper.LABEL: PaperFacts(
        name="Etiqueta",
        title="ETIQUETA",
        file="etiqueta",
        covers=_label,
        formats=(PaperFormat.LABEL_62, PaperFormat.LABEL_50),
        copies=(SHOP,),
        priced=False,
    ),
}
"""In the order in which they are offered."""

FOR_SIGNATURE = tuple(paper for paper, facts in PAPERS.items() if facts.signed)
