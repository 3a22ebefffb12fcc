"""Aviso de retirada: a letter to a customer who does not collect, with the notices given before.

It says until when, how, and what may lawfully follow: never that the equipment is lost, never that
it is kept until it is paid for (CDC art. 51; STJ, REsp 1.628.385).
"""

from osdesk import texts
from osdesk.documents.kit.copies import draw_copies
from osdesk.documents.kit.draw import Sheet
from osdesk.documents.kit.flow import Strip, signatures, space, text_strips
from osdesk.documents.kit.lines import Column, table
from osdesk.documents.kit.parts import (
    NONE,
    contact,
    day,
    field_rows,
    heading,
    joined,
    moment,
    place_of,
    reais,
    terms_strips,
)
from osdesk.documents.kit.style import WIDTH, PaperStyles
from osdesk.documents.orders.unserviced import why_text
from osdesk.domain.calendar import format_long, load_zone
from osdesk.domain.codes import PaperFormat
from osdesk.domain.orders.pick_up import outcome_of, waits_since
from osdesk.domain.orders.status import Status
from osdesk.domain.views.orders import IssuedPaper


def draw_notice(issue: IssuedPaper, form: PaperFormat, logo: bytes | None) -> Sheet:
    return draw_copies(issue, form, logo, body=_body, closing=_closing)


def _body(issue: IssuedPaper, _copy: str, styles: PaperStyles) -> list[Strip]:
    order, shop = issue.order, issue.shop
    customer = order.customer
    when = format_long(issue.issued_on)
    since = waits_since(order, load_zone(shop.zone))
    return [
        *text_strips(f"{shop.city}, {when}." if shop.city else f"Em {when}.", styles.text, styles),
        space(4),
        *text_strips(f"A {customer.name}", styles.strong, styles),
        *(text_strips(customer.address, styles.text, styles) if customer.address else []),
        space(5),
        *field_rows(
            [
                ("Equipamento", order.equipment.title),
                ("Nº de série / IMEI", order.equipment.serial or NONE),
                ("Entrada", moment(order.requested_at, issue)),
                ("Espera desde", day(since)),
            ],
            styles,
        ),
        *text_strips(_state(issue), styles.text, styles),
        *_money(issue, styles),
        *_earlier(issue, styles),
        space(6),
        *terms_strips("Como retirar", shop.terms_notice, styles),
        space(3),
        *text_strips(_where(issue), styles.note, styles),
    ]


def _state(issue: IssuedPaper) -> str:
    order = issue.order
    number = f"da ordem de serviço nº {order.number}"
    if outcome_of(order) is Status.READY:
        return f"O equipamento acima, {number}, está pronto e espera a sua retirada."
    why = " ".join(why_text(issue).split("\n"))
    return f"O equipamento acima, {number}, espera a sua retirada, sem o serviço. {why}"


def _money(issue: IssuedPaper, styles: PaperStyles) -> list[Strip]:
    if issue.order.balance <= 0:
        return []
    words = f"Valor em aberto: {reais(issue.order.balance)}."
    return [space(2), *text_strips(words, styles.text, styles)]


def _earlier(issue: IssuedPaper, styles: PaperStyles) -> list[Strip]:
    notices = issue.order.notices
    if not notices:
        words = "Não há aviso anterior registrado."
        return [space(3), *text_strips(words, styles.note, styles)]
    columns = (
        Column("Quando e como", 4, 0.5 * WIDTH - 4),
        Column("Quem avisou", 0.52 * WIDTH, 0.48 * WIDTH - 4),
    )
    rows = [
        (f"{moment(each.at, issue)}, {texts.NOTICE_CHANNEL[each.channel]}", each.author or NONE)
        for each in notices
    ]
    return [*heading("Avisos anteriores", styles), *table(columns, rows, styles), space(2)]


def _where(issue: IssuedPaper) -> str:
    shop = issue.shop
    where = place_of(shop)
    reach = contact(shop)
    place = f"Onde retirar: {where}." if where else None
    return joined(place, f"Fale conosco: {reach}." if reach else None, by=" ") or NONE


def _closing(issue: IssuedPaper, _copy: str, _place: str, styles: PaperStyles) -> list[Strip]:
    return signatures(
        "Pela assistência",
        "Ciente, o cliente",
        styles,
        names=(issue.order.attendant or "", issue.order.customer.name),
    )
