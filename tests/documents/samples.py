"""Each paper of three orders: as little as an order can hold, a usual one, and a monster."""

from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache
from typing import Any

from tests.builders import (
    ENTRY,
    make_customer,
    make_delivered,
    make_equipment,
    make_issue,
    make_item,
    make_part,
    make_payment,
    make_sheet,
    make_shop,
)

from osdesk.documents.papers import render_paper
from osdesk.domain import default_texts
from osdesk.domain.codes import (
    ApprovalVia,
    NoticeChannel,
    NoticeKind,
    Paper,
    PaperFormat,
    PartCondition,
    PaymentKind,
    Priority,
    QuoteStatus,
)
from osdesk.domain.fill_in import fill, values_of
from osdesk.domain.orders.status import Situation, Status
from osdesk.domain.papers.facts import PAPERS
from osdesk.domain.views.orders import (
    ApprovalView,
    InstalmentView,
    IssuedPaper,
    NoteView,
    NoticeView,
    OrderView,
    PhoneView,
    QuoteView,
)
from osdesk.domain.views.shop import ShopView
from osdesk.paths import resource

LONG = "Não liga depois da queda & <b>chuva</b>; R&D 100% \\n {x} "
TERMS = ("terms_intake", "terms_quote", "terms_delivery", "terms_unserviced", "terms_notice")
HEBREW = "שלום עולם טוב"
ARABIC = "السلام عليكم"
LATER = datetime(2026, 12, 1, 13, 0, tzinfo=UTC)


def shop(**more: Any) -> ShopView:
    """The usual shop with the texts that a new one has."""
    texts = {
        name.lower(): getattr(default_texts, name)
        for name in ("TERMS_QUOTE", "TERMS_UNSERVICED", "TERMS_NOTICE")
        if hasattr(default_texts, name)
    }
    return make_shop(**(texts | more))


def short(paper: Paper) -> IssuedPaper:
    """As little as an order can hold, in a new shop."""
    order = _for(
        paper,
        customer=make_customer(phones=(), document=None),
        equipment=make_equipment(
            brand=None, model=None, serial=None, colour=None, accessories=None, condition=None
        ),
        technician=None,
        attendant=None,
        promised_on=None,
        promised_time=None,
        reason="não liga",
        items=(),
        payments=(make_payment(amount=1, received_by=None),) if paper is Paper.RECEIPT else (),
    )
    order = replace(
        order,
        report=None,
        diagnosis=None,
        checklist={},
        quote=None,
        approval=None,
        collected=None,
        notices=(),
        log=(),
        instalments=(),
    )
    bare = make_shop(
        name="", tagline=None, document=None, address=None, city=None, phones=None, terms_intake=""
    )
    return make_issue(paper, order=order, shop=bare)


def typical(paper: Paper) -> IssuedPaper:
    return _filled(make_issue(paper, order=_for(paper), shop=shop()))


def _filled(issue: IssuedPaper) -> IssuedPaper:
    """With the fields of the shop's texts filled in, as an issued paper has them."""
    given, order = issue.shop, issue.order
    texts = {code: getattr(given, code) for code in TERMS}
    return replace(
        issue,
        shop=replace(
            given,
            **{
                code: fill(text, values_of(text, code, order, given))
                for code, text in texts.items()
            },
        ),
    )


def monster(paper: Paper) -> IssuedPaper:
    """Every text as long as it may be and of every script, forty lines, thirty answers."""
    condition = PartCondition.RECONDITIONED
    order = _for(
        paper,
        reason=(LONG * 60)[:2500],
        report="laudo " * 300,
        diagnosis="diagnóstico " * 100,
        notes="observação " * 60,
        customer=make_customer(
            name="Maximiliano" * 18 + "ção",
            phones=tuple(PhoneView(f"(11) 98765-43{n:02d}", "recado") for n in range(5)),
            address="Rua sem fim, " * 30,
            email="x" * 180 + "@exemplo.com.br",
        ),
        equipment=make_equipment(
            serial="S" * 90, imei2="490154203237518", condition="riscos; " * 60
        ),
        items=(
            make_item(f"Serviço {HEBREW} {ARABIC} 😀 漢字"),
            *(
                make_part(
                    f"Peça <i>{n}</i> {'comprida ' * 12}",
                    quantity=1_234_567,
                    unit_price=98_765_43,
                    discount=100,
                    part_condition=condition,
                )
                for n in range(39)
            ),
        ),
        technician="T" * 200,
        attendant="Atendente de nome comprido " * 5,
        checklist={f"Pergunta {n}": f"resposta 😀 漢字 {HEBREW}" for n in range(30)},
        fee=5000,
        discount=700,
        slot="A3" * 20,
        priority=Priority.URGENT,
        payment_terms="em vezes " * 40,
        valid_until=date(2026, 12, 4),
        due_on=date(2026, 12, 20),
        external_ref="ref-" * 20,
        payments=tuple(
            make_payment(id=n + 1, amount=100 + n, receipt=311 + n, received_by="Cláudia " * 9)
            for n in range(12)
        ),
        instalments=tuple(InstalmentView(date(2027, n + 1, 5), 12_345_67, 100) for n in range(12)),
        log=tuple(NoteView(LATER, "Edson " * 9, True, f"Nota {n}: {LONG * 4}") for n in range(9)),
        notices=tuple(_notice(f"Aviso {n}: {LONG * 4}") for n in range(9)),
    )
    long_shop = shop(name="Assistência " * 12, tagline="lema " * 40, phones="(11) 3222-4455 " * 6)
    return _filled(make_issue(paper, order=order, shop=long_shop))


SIZES = {"short": short, "typical": typical, "monster": monster}
CASES = [
    (size, paper, form)
    for paper, facts in PAPERS.items()
    if paper is not Paper.LABEL
    for form in facts.formats
    for size in SIZES
]


@cache
def sample(size: str, paper: Paper) -> IssuedPaper:
    return SIZES[size](paper)


def draw(size: str, paper: Paper, form: PaperFormat) -> bytes:
    """The usual one without a logo, the others with one."""
    logo = None if size == "typical" else resource("logo", "osdesk-256.png").read_bytes()
    return render_paper(sample(size, paper), form, logo=logo)


drawn = cache(draw)
"""Many tests look at the same papers: each is drawn once."""


def _notice(body: str) -> NoticeView:
    return NoticeView(LATER, "Cláudia", NoticeKind.PICK_UP, NoticeChannel.WHATSAPP, body)


def _for(paper: Paper, **overrides: Any) -> OrderView:
    """An order that has come to this paper."""
    quoted = {
        "start_on": date(2026, 11, 25),
        "valid_until": date(2026, 12, 4),
        "payment_terms": "À vista na retirada ou em até 3 vezes no cartão.",
        "diagnosis": "Placa de potência em curto; coxim do motor partido.",
    }
    if paper is Paper.DELIVERY:
        return make_delivered(**overrides)
    if paper is Paper.QUOTE:
        status = {"status": Status.AWAITING_APPROVAL, "payments": ()}
        return make_sheet(**(status | quoted | overrides))
    if paper is Paper.FULL:
        return make_delivered(**(quoted | _recorded() | overrides))
    if paper is Paper.UNSERVICED:
        return _unserviced(**({"fee": 5000, "diagnosis": quoted["diagnosis"]} | overrides))
    if paper is Paper.NOTICE:
        ready = {
            "status": Status.READY,
            "situation": Situation.FINISHED,
            "ready_on": date(2026, 11, 26),
            "report": "Placa trocada.",
            "notices": (_notice("Sua lavadora está pronta."),),
        }
        return make_sheet(**(ready | overrides))
    if paper is Paper.TECHNICIAN:
        asked = {"notes": "Cliente pede para guardar as peças trocadas.", "slot": "A3"}
        return make_sheet(**(asked | {"checklist": {"Liga?": "não", "Tampa": "ok"}} | overrides))
    return make_sheet(**overrides)


def _recorded() -> dict[str, Any]:
    return {
        "quote": QuoteView(
            version=1,
            status=QuoteStatus.APPROVED,
            total=42000,
            start_on=date(2026, 11, 25),
            promised_on=date(2026, 11, 27),
            valid_until=date(2026, 12, 4),
            payment_terms=None,
            sent_at=ENTRY,
            expired=False,
        ),
        "approval": ApprovalView("Maria", ApprovalVia.WHATSAPP, ENTRY, "Cláudia"),
        "payments": (
            make_payment(),
            make_payment(id=2, kind=PaymentKind.REVERSAL, amount=-15000, receipt=312, reverses=1),
        ),
        "instalments": (InstalmentView(date(2026, 12, 20), 42000, 0),),
        "log": (NoteView(LATER, "Edson", True, "Peça pedida ao fornecedor."),),
    }


def _unserviced(**overrides: Any) -> OrderView:
    """Lines are kept, only the fee is owed."""
    order = make_sheet(**({"status": Status.UNREPAIRABLE, "payments": ()} | overrides))
    return replace(
        order,
        situation=Situation.UNSERVICED,
        report=order.report or "Placa sem reposição no mercado.",
        total=order.fee,
        balance=order.fee - order.paid,
    )
