"""Termo de retirada sem serviço: why nothing was done, what is given back, what is owed for it."""

from osdesk.documents.kit.copies import draw_copies
from osdesk.documents.kit.draw import Sheet
from osdesk.documents.kit.flow import Strip, rule, space, text_strips
from osdesk.documents.kit.lines import owed_words, payment_line
from osdesk.documents.kit.parts import (
    NONE,
    checklist_strips,
    day,
    device_marks,
    field_rows,
    joined,
    moment,
    people_and_device,
    reais,
    side_by_side,
)
from osdesk.documents.kit.style import PaperStyles
from osdesk.documents.orders.delivery import BLANK_DAY, handed_over
from osdesk.domain.calendar import load_zone
from osdesk.domain.codes import PaperFormat
from osdesk.domain.orders.pick_up import outcome_of, refusal_of, waits_since
from osdesk.domain.orders.status import Status
from osdesk.domain.views.orders import IssuedPaper, OrderView


def draw_unserviced(issue: IssuedPaper, form: PaperFormat, logo: bytes | None) -> Sheet:
    return draw_copies(issue, form, logo, body=_body, closing=_closing, pix=True)


def _body(issue: IssuedPaper, _copy: str, styles: PaperStyles) -> list[Strip]:
    order = issue.order
    fields = [*people_and_device(issue), ("Retirada", _returned(issue)), *device_marks(order)]
    strips = field_rows(fields, styles)
    strips.append(rule(styles, above=0, below=3))
    strips += side_by_side(
        ("Motivo relatado pelo cliente", order.reason),
        ("Por que volta sem o serviço", why_text(issue)),
        styles,
    )
    strips += [
        space(4),
        *side_by_side(
            ("Devolvido com os acessórios", order.equipment.accessories or NONE),
            ("Estado", order.equipment.condition or NONE),
            styles,
        ),
        *checklist_strips(order, styles),
        rule(styles, above=5, below=4),
    ]
    return [*strips, *_owed(order, styles)]


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


def _owed(order: OrderView, styles: PaperStyles) -> list[Strip]:
    if order.fee:
        words = [f"Taxa combinada na entrada: {reais(order.fee)}."]
    else:
        words = ["Nenhuma taxa foi combinada: nada é devido por este atendimento."]
    if order.balance > 0:
        words.append(f"Em aberto: {owed_words(order)}.")
    elif order.balance < 0:
        words.append(f"A devolver ao cliente: {reais(-order.balance)}.")
    elif order.fee:
        words.append("Paga.")
    strips = text_strips(" ".join(words), styles.strong, styles)
    for number in range(len(order.payments)):
        strips += text_strips(payment_line(order, number), styles.note, styles)
    return strips


def _closing(issue: IssuedPaper, _copy: str, place: str, styles: PaperStyles) -> list[Strip]:
    statement = "Recebi o equipamento e os acessórios acima, sem o serviço"
    statement += f"; li os termos {place}." if place else "."
    return handed_over(statement, issue.order, styles)
