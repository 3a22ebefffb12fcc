"""Termo de entrega e garantia: what was done, what is covered, from when until which day.

CDC arts. 26 (90 days from the delivery), 50 and 74 (a written term, handed over filled in).
"""

from datetime import date, timedelta

from osdesk.documents.kit.copies import draw_copies
from osdesk.documents.kit.draw import Sheet
from osdesk.documents.kit.flow import Strip, rule, signatures, space, text_strips
from osdesk.documents.kit.lines import Column, item_text, owed_words, quantity, table, totals
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


def draw_delivery(issue: IssuedPaper, form: PaperFormat, logo: bytes | None) -> Sheet:
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
        strips += text_strips(f"Saldo em aberto: {owed_words(order)}.", styles.strong, styles)
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
    returned = order.warranty_return_of is not None
    priced = () if returned else (Column("Total (R$)", 0.575 * WIDTH, 0.15 * WIDTH, "= {}"),)
    columns = (
        Column("Serviço e materiais", pad, 0.48 * WIDTH - pad),
        Column("Qtde", 0.485 * WIDTH, 0.085 * WIDTH),
        *priced,
        Column("Garantia", 0.73 * WIDTH, 0.1 * WIDTH, "· garantia {}"),
        Column("Até", 0.84 * WIDTH, 0.16 * WIDTH - pad, "até {}"),
    )
    rows = []
    for item in order.items:
        days = line_warranty(item, order, issue.shop)
        end = order.delivered_on + timedelta(days=days) if order.delivered_on else None
        until = day(end) if end else BLANK_DAY
        term = f"{days} dias"
        if returned:
            term, until = "continua", _goes_on_until(order)
        price = [amount(item.total)] if priced else []
        rows.append((item_text(item), quantity(item), *price, term, until))
    return table(columns, rows, styles)


def _warranty(issue: IssuedPaper, styles: PaperStyles) -> list[Strip]:
    """What, how long, from when until when, how and where to claim, what the customer must do."""
    shop = issue.shop
    length = _going_on(issue) if issue.order.warranty_return_of is not None else _length(issue)
    claiming = _claiming(shop, careful=issue.edition < 2 or not shop.terms_delivery.strip())
    return [
        *text_strips(length, styles.strong, styles),
        *text_strips(claiming, styles.note, styles),
    ]


def _going_on(issue: IssuedPaper) -> str:
    order = issue.order
    words = (
        f"Retorno em garantia da OS {order.warranty_return_of}, sem cobrança. A garantia dela "
        f"continua até {_goes_on_until(order)}: os dias em que o equipamento esteve aqui foram "
        "acrescentados"
    )
    if issue.edition < 2:
        return f"{words}, e nenhum prazo novo começa."
    return (
        f"{words}, e o que foi refeito tem ao menos os {LEGAL_WARRANTY_DAYS} dias da lei, contados "
        "desta entrega (CDC, arts. 20 e 26)."
    )


def _length(issue: IssuedPaper) -> str:
    """The law's 90 days, and what the shop gives beyond them: none is counted twice."""
    order, shop = issue.order, issue.shop
    days = warranty_days_of(order.items, shop.warranty_days)
    own = days - LEGAL_WARRANTY_DAYS
    span = _span(order, days)
    several = any(line_warranty(item, order, shop) != days for item in order.items)
    if issue.edition < 2:
        what = (
            f"Garantia pelos prazos de cada linha, o maior de {days} dias"
            if several
            else f"Garantia de {days} dias sobre o serviço e as peças colocadas"
        )
        return f"{what}, {span}. Soma-se à garantia legal (CDC, arts. 26 e 50)."
    if several:
        return (
            f"Garantia pelos prazos de cada linha, o maior de {days} dias, {span}. Em cada prazo, "
            f"{LEGAL_WARRANTY_DAYS} dias são a garantia legal (CDC, art. 26, II), e os demais são "
            "dados pela assistência (art. 50)."
        )
    on = "sobre o serviço e as peças colocadas"
    if own <= 0:
        return f"Garantia legal de {days} dias (CDC, art. 26, II) {on}, {span}."
    return (
        f"Garantia de {days} dias {on}, {span}: {LEGAL_WARRANTY_DAYS} da garantia legal (CDC, "
        f"art. 26, II) mais {own} dados pela assistência (art. 50)."
    )


def _goes_on_until(order: OrderView) -> str:
    """The last day of the warranty that a return goes on with, or room to write it."""
    return day(order.warranty_until) if order.warranty_until else BLANK_DAY


def _span(order: OrderView, days: int) -> str:
    start = order.delivered_on
    if start is None:
        return "contados da entrega, na data da assinatura abaixo"
    last: date = order.warranty_until or start + timedelta(days=days)
    return f"de {day(start)} a {day(last)}, contados da entrega"


def _claiming(shop: ShopView, *, careful: bool) -> str:
    """``careful``: what the customer must do, where no terms at 12 pt say it."""
    where = place_of(shop)
    place = f"a {where}" if where else "à assistência"
    reach = contact(shop)
    call = f" ou fale conosco: {reach}" if reach else ""
    duty = " Enquanto ela durar, não o deixe abrir por terceiros." if careful else ""
    return f"Para usar a garantia, traga o equipamento e este termo {place}{call}.{duty}"


def _closing(issue: IssuedPaper, _copy: str, place: str, styles: PaperStyles) -> list[Strip]:
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
        return "Nome e documento: ____________________________"
    document = collected.document
    if document and document.isalnum() and len(document) in (11, 14):
        document = document_text(document)
    return joined(f"Retirado por {collected.by}", document)
