"""How a text of the shop comes out on its paper before it is saved: on an order of its own, or on a
made-up one where there is none yet. Nothing is issued or written."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from osdesk.domain.calendar import local_day
from osdesk.domain.codes import ItemKind, Paper, PartCondition, Priority
from osdesk.domain.fill_in import fill, values_of
from osdesk.domain.orders.status import PaymentState, Situation, Status
from osdesk.domain.papers.facts import PAPERS
from osdesk.domain.views.orders import (
    EDITION,
    CustomerView,
    EquipmentView,
    IssuedPaper,
    ItemView,
    OrderView,
    PhoneView,
)
from osdesk.domain.views.shop import ShopView
from osdesk.persistence.store import Store
from osdesk.services.papers.papers import newest_for
from osdesk.services.shop.shop import shop_view, zone_of

PAPER_OF = {facts.terms.code: paper for paper, facts in PAPERS.items() if facts.terms is not None}
_MADE_UP = {
    Paper.DELIVERY: (Status.DELIVERED, Situation.FINISHED),
    Paper.UNSERVICED: (Status.DECLINED, Situation.UNSERVICED),
    Paper.NOTICE: (Status.READY, Situation.FINISHED),
}


@dataclass(frozen=True)
class TextPreview:
    """``words``: the text filled in; ``pdf``: the paper on half pages, where a paper carries it."""

    words: str
    pdf: bytes | None
    pages: int = 0
    """On how many of its pages the first copy is."""
    halved: bool = False
    """Whether that is on their upper halves alone: what does not fit is on full pages."""


def preview_text(store: Store, code: str, text: str, *, now: datetime) -> TextPreview:
    """The text of this code filled in, and the paper that carries it."""
    shop: ShopView = store.database.read(shop_view)
    today = local_day(now, store.database.read(zone_of))
    paper = PAPER_OF.get(code)
    order = store.database.read(newest_for, paper, now=now) or _made_up(paper, today, now)
    if order.valid_until is None:
        order = replace(order, valid_until=today + timedelta(days=shop.quote_validity_days))
    words = fill(text, values_of(text, code, order, shop))
    if paper is None:
        return TextPreview(words, None)
    own: dict[str, Any] = {code: words}
    from osdesk.documents.papers import first_copy

    issue = IssuedPaper(
        paper=paper,
        number=order.number,
        version=1,
        issued_at=now,
        issued_on=today,
        total=order.total,
        sha256="0" * 64,
        shop=replace(shop, **own),
        order=order,
        payment=None,
        edition=EDITION,
    )
    logo = store.files.read(shop.logo) if shop.logo else None
    return TextPreview(words, *first_copy(issue, logo=logo))


def _made_up(paper: Paper | None, today: date, now: datetime) -> OrderView:
    status, situation = (Status.AWAITING_APPROVAL, Situation.OPEN)
    if paper in _MADE_UP:
        status, situation = _MADE_UP[paper]
    delivered = today if status is Status.DELIVERED else None
    item = ItemView(
        kind=ItemKind.SERVICE,
        description="Troca da placa de potência",
        quantity=1000,
        unit="un",
        unit_price=18_000,
        unit_cost=None,
        discount=0,
        part_condition=None,
        technician=None,
        warranty_days=90,
        total=18_000,
    )
    part = replace(
        item,
        kind=ItemKind.PART,
        description="Placa de potência",
        unit_price=19_000,
        part_condition=PartCondition.NEW_ORIGINAL,
        total=19_000,
    )
    fee = status is Status.DECLINED
    return OrderView(
        id=0,
        number=1234,
        status=status,
        situation=situation,
        customer=CustomerView(
            id=0,
            name="Maria de Exemplo",
            phones=(PhoneView("(11) 90000-0000", None),),
            document=None,
            email=None,
            address=None,
            notes=None,
            created_at=now,
        ),
        customer_orders=1,
        equipment=EquipmentView(
            id=0,
            kind="Lavadora",
            brand="Brastemp",
            model="BWK12",
            serial="CX0341187",
            imei2=None,
            colour="branca",
            accessories="mangueira",
            condition="riscos na lateral",
        ),
        service_type="Conserto",
        reason="Não centrifuga.",
        priority=Priority.NORMAL,
        slot=None,
        notes=None,
        technician=None,
        attendant=None,
        requested_at=now,
        requested_on=today,
        created_at=now,
        start_on=today,
        promised_on=today + timedelta(days=3),
        promised_time=None,
        items=(item, part),
        discount=0,
        fee=5_000,
        labor_total=18_000,
        parts_total=19_000,
        total=5_000 if fee else 37_000,
        paid=0,
        balance=5_000 if fee else 37_000,
        payment_state=PaymentState.DUE,
        payment_terms=None,
        valid_until=None,
        due_on=today,
        diagnosis=None,
        report=None,
        external_ref=None,
        checklist={},
        ready_on=today,
        delivered_on=delivered,
        returned_on=None,
        cancelled_on=None,
        quote=None,
        approval=None,
        collected=None,
        used_parts_authorized_by=None,
        waiting_for=None,
        payments=(),
        events=(),
        warranty_return_of=None,
        warranty_until=today + timedelta(days=90) if delivered else None,
        signed=False,
    )
