"""Termo de entrega e garantia: what was done, what is covered, from when until which day.

CDC arts. 26 (90 days from the delivery), 50 and 74 (a written term, handed over filled in).
"""

from datetime import date, timedelta

from osdesk.documents.kit.copies import draw_copies
from osdesk.documents.kit.flow import Strip, rule, signatures, space, text_strips
from osdesk.documents.kit.lines import Column, item_text, quantity, table, totals
from osdesk.documents.kit.parts import (
    NONE,
    amount,
    contact,
    day,
    document_text,
    field_rows,
    joined,
    moment,
    people_and_device,
    place_of,
    reais,
    side_by_side,
)
from osdesk.documents.kit.style import WIDTH, PaperStyles
from osdesk.domain.codes import PaperFormat
from osdesk.domain.orders.rules import LEGAL_WARRANTY_DAYS, warranty_days_of
from osdesk.domain.views.orders import (
    CollectedView,
    IssuedPaper,
    ItemView,
    OrderView,
)
from osdesk.domain.views.shop import (
    ShopView,
)

BLANK_DAY = "____/____/______"


def draw_delivery(issue: IssuedPaper, form: PaperFormat, logo: bytes | None) -> bytes:
    return draw_copies(issue, form, logo, body=_body, closing=_closing, pix=True)


def line_warranty(item: ItemView, order: OrderView, shop: ShopView) -> int:
    """Days of warranty of a line: as agreed, never under the law's; a line that says nothing has
    the shop's where no line says anything, as ``warranty_days_of`` counts the whole order."""
    if item.warranty_days is not None:
        return max(item.warranty_days, LEGAL_WARRANTY_DAYS)
    silent = all(each.warranty_days is None for each in order.items)
    return warranty_days_of((), shop.warranty_days if silent else LEGAL_WARRANTY_DAYS)


def _body(issue: IssuedPaper, _copy: str, styles: PaperStyles) -> list[Strip]:
    order = issue.order
    strips = field_rows([*people_and_device(issue), ("Entrega", _delivered(issue))], styles)
    strips.append(rule(styles, above=0, below=3))
    strips += side_by_side(
        ("O que foi feito", order.report or _services(order)),
        ("Motivo relatado pelo cliente", order.reason),
        styles,
    )
    strips.append(space(5))
    if order.items:
        strips += [*_warranty_table(issue, styles), *totals(order, styles)]
    if order.balance > 0:
        due = f", a pagar até {day(order.due_on)}" if order.due_on else ""
        strips += text_strips(
            f"Saldo em aberto: {reais(order.balance)}{due}.", styles.strong, styles
        )
    return [*strips, space(4), *_warranty(issue, styles)]


def _delivered(issue: IssuedPaper) -> str:
    order = issue.order
    if order.collected is not None:
        return moment(order.collected.at, issue)
    return day(order.delivered_on) if order.delivered_on else BLANK_DAY


def _services(order: OrderView) -> str:
    return "; ".join(item.description for item in order.items) or NONE


def _warranty_table(issue: IssuedPaper, styles: PaperStyles) -> list[Strip]:
    order = issue.order
    pad = 4.0
    columns = (
        Column("Serviço e materiais", pad, 0.48 * WIDTH - pad),
        Column("Qtde", 0.485 * WIDTH, 0.085 * WIDTH),
        Column("Total (R$)", 0.575 * WIDTH, 0.15 * WIDTH, "= {}"),
        Column("Garantia", 0.73 * WIDTH, 0.1 * WIDTH, "· garantia {}"),
        Column("Até", 0.84 * WIDTH, 0.16 * WIDTH - pad, "até {}"),
    )
    rows = []
    for item in order.items:
        days = line_warranty(item, order, issue.shop)
        end = order.delivered_on + timedelta(days=days) if order.delivered_on else None
        until = day(end) if end else BLANK_DAY
        term = f"{days} dias"
        if order.warranty_return_of is not None:
            term, until = "continua", _goes_on_until(order)
        rows.append((item_text(item), quantity(item), amount(item.total), term, until))
    return table(columns, rows, styles)


def _warranty(issue: IssuedPaper, styles: PaperStyles) -> list[Strip]:
    """What, how long, from when until when, how and where to claim, what the customer must do."""
    order, shop = issue.order, issue.shop
    if order.warranty_return_of is not None:
        length = (
            f"Retorno em garantia da OS {order.warranty_return_of}, sem cobrança. A garantia dela "
            f"continua até {_goes_on_until(order)}: os dias em que o equipamento esteve aqui foram "
            "acrescentados, e nenhum prazo novo começa"
        )
        return [
            *text_strips(f"{length}.", styles.strong, styles),
            *text_strips(_claiming(shop), styles.note, styles),
        ]
    days = warranty_days_of(order.items, shop.warranty_days)
    if any(line_warranty(item, order, shop) != days for item in order.items):
        length = f"Garantia pelos prazos de cada linha, o maior de {days} dias"
    else:
        length = f"Garantia de {days} dias sobre o serviço e as peças colocadas"
    legal = "Soma-se à garantia legal (CDC, arts. 26 e 50)."
    return [
        *text_strips(f"{length}, {_span(order, days)}. {legal}", styles.strong, styles),
        *text_strips(_claiming(shop), styles.note, styles),
    ]


def _goes_on_until(order: OrderView) -> str:
    """The last day of the warranty that a return goes on with, or room to write it."""
    return day(order.warranty_until) if order.warranty_until else BLANK_DAY


def _span(order: OrderView, days: int) -> str:
    start = order.delivered_on
    if start is None:
        return "contados da entrega, na data da assinatura abaixo"
    last: date = order.warranty_until or start + timedelta(days=days)
    return f"de {day(start)} a {day(last)}, contados da entrega"


def _claiming(shop: ShopView) -> str:
    where = place_of(shop)
    place = f"a {where}" if where else "à assistência"
    reach = contact(shop)
    call = f" ou fale conosco: {reach}" if reach else ""
    return (
        f"Para usar a garantia, traga o equipamento e este termo {place}{call}. "
        "Enquanto ela durar, não o deixe abrir por terceiros."
    )


def _closing(issue: IssuedPaper, place: str, styles: PaperStyles) -> list[Strip]:
    statement = "Recebi o equipamento e a minha via deste termo, preenchida"
    statement += f"; li os termos da garantia {place}." if place else "."
    return handed_over(statement, issue.order, styles)


def handed_over(statement: str, order: OrderView, styles: PaperStyles) -> list[Strip]:
    """What who takes the equipment signs to, and where."""
    return [
        *text_strips(statement, styles.note, styles),
        *signatures(
            "Assinatura de quem retira",
            "Entregue pela assistência",
            styles,
            names=(collector(order.collected), order.attendant or ""),
        ),
    ]


def collector(collected: CollectedView | None) -> str:
    """Who took the equipment, or room to write it."""
    if collected is None:
        return "Nome e documento: ____________________________________"
    document = collected.document
    if document and document.isalnum() and len(document) in (11, 14):
        document = document_text(document)
    return joined(f"Retirado por {collected.by}", document)
