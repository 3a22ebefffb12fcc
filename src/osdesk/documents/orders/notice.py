"""Aviso de retirada: a letter to a customer who does not collect, with the notices given before.

It says until when, how, and what may lawfully follow: never that the equipment is lost, never that
it is kept until it is paid for (CDC art. 51; STJ, REsp 1.628.385).
"""

from collections.abc import Sequence

from osdesk import texts
from osdesk.documents.kit.flow import Strip, signatures, space, text_strips
from osdesk.documents.kit.head import COPIES, foot, head, head_again
from osdesk.documents.kit.layout import Copy
from osdesk.documents.kit.lines import Column, table
from osdesk.documents.kit.parts import (
    NONE,
    contact,
    day,
    field_rows,
    heading,
    joined,
    moment,
    reais,
    terms_strips,
)
from osdesk.documents.kit.style import WIDTH, Looks
from osdesk.documents.orders.unserviced import why_text
from osdesk.domain.calendar import format_long, load_zone
from osdesk.domain.orders.pick_up import outcome_of, waits_since
from osdesk.domain.orders.status import Status
from osdesk.domain.views.orders import IssuedPaper


def notice_copies(
    issue: IssuedPaper, looks: Looks, _terms: Sequence[int], logo: bytes | None
) -> list[Copy]:
    return [
        Copy(
            head=head(issue, copy, looks, number=issue.number, logo=logo),
            again=head_again(issue, copy, looks, number=issue.number),
            body=_body(issue, looks),
            closing=_closing(issue, looks),
            foot=foot(issue, ""),
        )
        for copy in COPIES
    ]


def _body(issue: IssuedPaper, looks: Looks) -> list[Strip]:
    order, shop = issue.order, issue.shop
    customer = order.customer
    when = format_long(issue.issued_on)
    since = waits_since(order, load_zone(shop.zone))
    return [
        *text_strips(f"{shop.city}, {when}." if shop.city else f"Em {when}.", looks.text, looks),
        space(4),
        *text_strips(f"A {customer.name}", looks.strong, looks),
        *(text_strips(customer.address, looks.text, looks) if customer.address else []),
        space(5),
        *field_rows(
            [
                ("Equipamento", order.equipment.title),
                ("Nº de série / IMEI", order.equipment.serial or NONE),
                ("Entrada", moment(order.requested_at, issue)),
                ("Espera desde", day(since)),
            ],
            looks,
        ),
        *text_strips(_state(issue), looks.text, looks),
        *_money(issue, looks),
        *_earlier(issue, looks),
        space(6),
        *terms_strips("Como retirar", shop.terms_notice, looks),
        space(3),
        *text_strips(_where(issue), looks.note, looks),
    ]


def _state(issue: IssuedPaper) -> str:
    order = issue.order
    number = f"da ordem de serviço nº {order.number}"
    if outcome_of(order) is Status.READY:
        return f"O equipamento acima, {number}, está pronto e espera a sua retirada."
    why = " ".join(why_text(issue).split("\n"))
    return f"O equipamento acima, {number}, espera a sua retirada, sem o serviço. {why}"


def _money(issue: IssuedPaper, looks: Looks) -> list[Strip]:
    if issue.order.balance <= 0:
        return []
    words = f"Valor em aberto: {reais(issue.order.balance)}."
    return [space(2), *text_strips(words, looks.text, looks)]


def _earlier(issue: IssuedPaper, looks: Looks) -> list[Strip]:
    notices = issue.order.notices
    if not notices:
        words = "Não há aviso anterior registrado."
        return [space(3), *text_strips(words, looks.note, looks)]
    columns = (
        Column("Quando e como", 4, 0.5 * WIDTH - 4),
        Column("Quem avisou", 0.52 * WIDTH, 0.48 * WIDTH - 4),
    )
    rows = [
        (f"{moment(each.at, issue)}, {texts.NOTICE_CHANNEL[each.channel]}", each.author or NONE)
        for each in notices
    ]
    return [*heading("Avisos anteriores", looks), *table(columns, rows, looks), space(2)]


def _where(issue: IssuedPaper) -> str:
    shop = issue.shop
    where = joined(shop.address, shop.city, by=", ")
    reach = contact(shop)
    place = f"Onde retirar: {where}." if where else None
    return joined(place, f"Fale conosco: {reach}." if reach else None, by=" ") or NONE


def _closing(issue: IssuedPaper, looks: Looks) -> list[Strip]:
    return signatures(
        "Pela assistência",
        "Ciente, o cliente",
        looks,
        names=(issue.order.attendant or "", issue.order.customer.name),
    )
