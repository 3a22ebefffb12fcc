"""Termo de retirada sem serviço: why nothing was done, what is given back, what is owed for it."""

from collections.abc import Sequence

from osdesk.documents.kit.flow import Strip, rule, signatures, space, text_strips
from osdesk.documents.kit.layout import Copy
from osdesk.documents.kit.lines import payment_line
from osdesk.documents.kit.parts import (
    NONE,
    checklist_strips,
    day,
    field_rows,
    joined,
    marks,
    moment,
    people_and_device,
    reais,
    side_by_side,
)
from osdesk.documents.kit.signed_copies import signed_copies
from osdesk.documents.kit.style import Looks
from osdesk.documents.orders.delivery import BLANK_DAY, collector
from osdesk.domain.calendar import load_zone
from osdesk.domain.orders.pick_up import outcome_of, refusal_of, waits_since
from osdesk.domain.orders.status import Status
from osdesk.domain.views.orders import IssuedPaper, OrderView


def unserviced_copies(
    issue: IssuedPaper, looks: Looks, terms_pages: Sequence[int], logo: bytes | None
) -> list[Copy]:
    terms = ("Termos da retirada", issue.shop.terms_unserviced)
    return signed_copies(issue, looks, terms_pages, logo, terms, body=_body, closing=_closing)


def _body(issue: IssuedPaper, _copy: str, looks: Looks) -> list[Strip]:
    order = issue.order
    fields = [*people_and_device(issue), ("Retirada", _returned(issue)), *marks(order)]
    strips = field_rows(fields, looks)
    strips.append(rule(looks, above=0, below=3))
    strips += side_by_side(
        ("Motivo relatado pelo cliente", order.reason),
        ("Por que volta sem o serviço", why_text(issue)),
        looks,
    )
    strips += [
        space(4),
        *side_by_side(
            ("Devolvido com os acessórios", order.equipment.accessories or NONE),
            ("Estado", order.equipment.condition or NONE),
            looks,
        ),
        *checklist_strips(order, looks),
        rule(looks, above=5, below=4),
    ]
    return [*strips, *_owed(order, looks)]


def _returned(issue: IssuedPaper) -> str:
    order = issue.order
    if order.collected is not None:
        return moment(order.collected.at, issue)
    return day(order.returned_on) if order.returned_on else BLANK_DAY


def why_text(issue: IssuedPaper) -> str:
    """How the work ended: the customer's refusal, or what was found."""
    order = issue.order
    since = waits_since(order, load_zone(issue.shop.zone))
    on = f" em {day(since)}" if since else ""
    if outcome_of(order) is Status.UNREPAIRABLE:
        return joined(
            f"Sem conserto{on}.", f"Laudo: {order.report}" if order.report else None, by="\n"
        )
    refusal = refusal_of(order)
    return joined(f"Orçamento recusado{on}.", f"Motivo: {refusal}" if refusal else None, by="\n")


def _owed(order: OrderView, looks: Looks) -> list[Strip]:
    if order.fee:
        words = [f"Taxa combinada na entrada: {reais(order.fee)}."]
    else:
        words = ["Nenhuma taxa foi combinada: nada é devido por este atendimento."]
    if order.balance > 0:
        due = f", a pagar até {day(order.due_on)}" if order.due_on else ""
        words.append(f"Em aberto: {reais(order.balance)}{due}.")
    elif order.balance < 0:
        words.append(f"A devolver ao cliente: {reais(-order.balance)}.")
    elif order.fee:
        words.append("Paga.")
    strips = text_strips(" ".join(words), looks.strong, looks)
    for number in range(len(order.payments)):
        strips += text_strips(payment_line(order, number), looks.small, looks)
    return strips


def _closing(issue: IssuedPaper, place: str, looks: Looks) -> list[Strip]:
    statement = "Recebi o equipamento e os acessórios acima, sem o serviço"
    statement += f"; li os termos {place}." if place else "."
    return [
        *text_strips(statement, looks.note, looks),
        *signatures(
            "Assinatura de quem retira",
            "Entregue pela assistência",
            looks,
            names=(collector(issue.order.collected), issue.order.attendant or ""),
        ),
    ]
