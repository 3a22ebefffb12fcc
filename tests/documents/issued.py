"""One typical order for each paper, with the shop's texts as a paper is issued with them."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from tests.builders import (
    make_delivered,
    make_issue,
    make_item,
    make_part,
    make_payment,
    make_sheet,
    make_shop,
)

from osdesk.domain.codes import (
    ApprovalVia,
    EventCode,
    NoticeChannel,
    NoticeKind,
    Paper,
    PartCondition,
    PaymentKind,
    PaymentMethod,
    Priority,
    QuoteStatus,
)
from osdesk.domain.default_texts import TEXTS
from osdesk.domain.fill_in import fill, values_of
from osdesk.domain.orders.status import Status
from osdesk.domain.papers.facts import PAPERS
from osdesk.domain.views.orders import (
    ApprovalView,
    EventView,
    InstalmentView,
    IssuedPaper,
    NoteView,
    NoticeView,
    OrderView,
    QuoteView,
)

AT = datetime(2026, 11, 25, 14, 5, tzinfo=UTC)
APPROVED = ApprovalView("Maria", ApprovalVia.WHATSAPP, AT, "Cláudia")


def ended(to: str, **data: Any) -> EventView:
    return EventView(AT, "Cláudia", EventCode.MOVED, {"to": to, **data})


def offered(**changes: Any) -> OrderView:
    """Of a quote of 435,00, with a used part."""
    values: dict[str, Any] = {
        "status": Status.AWAITING_APPROVAL,
        "items": (
            make_item(),
            make_item("Limpeza interna", unit_price=4000, discount=500),
            make_part(),
            make_part(
                "Coxim do motor",
                quantity=2000,
                unit_price=2500,
                part_condition=PartCondition.USED,
            ),
        ),
        "discount": 2000,
        "fee": 5000,
        "start_on": date(2026, 11, 25),
        "valid_until": date(2026, 12, 4),
        "payment_terms": "Metade na aprovação e metade na retirada.",
        "diagnosis": "Placa de potência em curto.",
        "payments": (),
    }
    return make_sheet(**(values | changes))


def declined(**changes: Any) -> OrderView:
    values: dict[str, Any] = {
        "status": Status.DECLINED,
        "payments": (),
        "fee": 5000,
        "total": 5000,
        "balance": 5000,
        "due_on": date(2026, 12, 1),
        "events": (ended("declined", reason="Achou caro; vai comprar outra."),),
        "checklist": {"Liga?": "não", "Tem cabo?": "sim"},
    }
    return make_sheet(**(values | changes))


def waiting(**changes: Any) -> OrderView:
    told = NoticeView(AT, "Cláudia", NoticeKind.PICK_UP, NoticeChannel.WHATSAPP, "Está pronto")
    values: dict[str, Any] = {
        "status": Status.READY,
        "ready_on": date(2026, 10, 20),
        "notices": (told, replace(told, author=None, channel=NoticeChannel.PHONE)),
    }
    return make_sheet(**(values | changes))


def on_the_bench(**changes: Any) -> OrderView:
    values: dict[str, Any] = {
        "status": Status.IN_DIAGNOSIS,
        "checklist": {"Liga?": "não", "Tem cabo?": "sim", "Molhou?": "não sabe"},
        "notes": "Guardar as peças trocadas.",
        "slot": "A3",
        "priority": Priority.URGENT,
        "fee": 5000,
    }
    return make_sheet(**(values | changes))


def whole(**changes: Any) -> OrderView:
    """Delivered, with a reversed payment, a balance in two parts and a note for the customer."""
    cash: dict[str, Any] = {"method": PaymentMethod.CASH}
    values: dict[str, Any] = {
        "payments": (
            make_payment(),
            make_payment(id=2, amount=2000, receipt=312, reversed=True, **cash),
            make_payment(
                id=3, amount=-2000, receipt=313, kind=PaymentKind.REVERSAL, reverses=2, **cash
            ),
        ),
        "checklist": {"Liga?": "não"},
        "diagnosis": "Placa de potência em curto.",
        "quote": QuoteView(
            2, QuoteStatus.APPROVED, 42000, None, None, date(2026, 12, 4), None, AT, False
        ),
        "approval": APPROVED,
        "instalments": (
            InstalmentView(date(2026, 12, 27), 13500, 5000),
            InstalmentView(date(2027, 1, 27), 13500, 0),
        ),
        "log": (NoteView(AT, "Cláudia", True, "Coxim trocado com autorização."),),
        "due_on": date(2026, 12, 27),
        "valid_until": date(2026, 12, 4),
        "start_on": date(2026, 11, 25),
        "payment_terms": "Metade na aprovação.",
    }
    return make_delivered(**(values | changes))


MADE = {
    Paper.QUOTE: offered,
    Paper.FULL: whole,
    Paper.DELIVERY: make_delivered,
    Paper.UNSERVICED: declined,
    Paper.NOTICE: waiting,
    Paper.TECHNICIAN: on_the_bench,
}


def issue_of(paper: Paper, **changes: Any) -> IssuedPaper:
    """The paper of its typical order; ``changes`` are the order's."""
    order: OrderView = MADE.get(paper, make_sheet)(**changes)
    texts: dict[str, Any] = dict.fromkeys(TEXTS, "")
    facts = PAPERS[paper]
    if facts.terms is not None:
        code = facts.terms.code
        texts[code] = fill(TEXTS[code], values_of(TEXTS[code], code, order, make_shop()))
    issue = make_issue(paper, order=order, shop=make_shop(**texts))
    return issue if facts.priced else replace(issue, total=0)
