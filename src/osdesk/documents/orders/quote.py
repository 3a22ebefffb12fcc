"""Orçamento: what CDC art. 40 asks for, labour and materials apart, and the line that approves it.

Also which parts are not new originals, with the customer's word on them (art. 21).
"""

from dataclasses import replace

from osdesk import texts
from osdesk.documents.kit.copies import draw_copies
from osdesk.documents.kit.draw import Sheet
from osdesk.documents.kit.flow import Strip, cell, row, rule, signatures, space, text_strips
from osdesk.documents.kit.lines import item_columns, item_text, other_parts, quantity, table, totals
from osdesk.documents.kit.parts import (
    amount,
    day,
    field_rows,
    joined,
    moment,
    people_and_device,
    promised_text,
    reais,
    side_by_side,
)
from osdesk.documents.kit.style import PaperStyles
from osdesk.domain.codes import ItemKind, PaperFormat
from osdesk.domain.papers.facts import SHOP
from osdesk.domain.views.orders import IssuedPaper, OrderView

KINDS = ((ItemKind.SERVICE, "Mão de obra"), (ItemKind.PART, "Materiais"))
BOX = "(\u00a0\u00a0\u00a0)\u00a0"
"""To be crossed by hand; not parted from its word."""
GAP = "\u00a0" * 6


def draw_quote(issue: IssuedPaper, form: PaperFormat, logo: bytes | None) -> Sheet:
    return draw_copies(issue, form, logo, body=_body, closing=_closing, pix=True)


def _body(issue: IssuedPaper, _copy: str, styles: PaperStyles) -> list[Strip]:
    order = issue.order
    fields = [
        *people_and_device(issue),
        ("Válido até", day(order.valid_until)),
        ("Tipo de serviço", order.service_type),
        ("Início", day(order.start_on)),
        ("Término", promised_text(order)),
        ("Versão", str(issue.version)),
    ]
    strips = field_rows(fields, styles)
    strips.append(rule(styles, above=0, below=1))
    found = ("Diagnóstico", order.diagnosis) if order.diagnosis else None
    strips += side_by_side(("Motivo relatado pelo cliente", order.reason), found, styles)
    strips.append(space(4))
    for kind, name in KINDS:
        strips += _part(order, kind, name, styles)
    return [*strips, *totals(order, styles, sums=False), space(4), *_agreed(issue, styles)]


def _part(order: OrderView, kind: ItemKind, name: str, styles: PaperStyles) -> list[Strip]:
    """The lines of one kind with their sum; nothing where there is none."""
    items = [item for item in order.items if item.kind is kind]
    if not items:
        return []
    columns = item_columns()
    rows = [
        (item_text(item), quantity(item), amount(item.unit_price), amount(item.total))
        for item in items
    ]
    lines = table((replace(columns[0], title=name), *columns[1:]), rows, styles)
    total = order.labor_total if kind is ItemKind.SERVICE else order.parts_total
    words = f"Subtotal de {name.lower()}: {reais(total)}"
    pad = 0 if styles.roll else 4
    return [
        *lines,
        space(1.5, keep=True),
        *row([cell(0, styles.width - pad, words, styles.strong, "right")]),
        space(3),
    ]


def _agreed(issue: IssuedPaper, styles: PaperStyles) -> list[Strip]:
    order = issue.order
    how = f"Condições de pagamento: {order.payment_terms or 'a combinar.'}"
    strips = text_strips(how, styles.note, styles)
    binding = (
        f"Este orçamento vale até {day(order.valid_until)}, contados os dias de quando você o "
        "recebe; aprovado, obriga as duas partes e só muda por acordo entre elas "
        "(CDC, art. 40, §§ 1º e 2º)."
    )
    if issue.edition < 2 or not issue.shop.terms_quote.strip():  # else the terms say it at 12 pt
        strips += text_strips(binding, styles.note, styles)
    if order.fee:
        fee = f"Se recusar, paga a taxa combinada na entrada: {reais(order.fee)}."
        strips += text_strips(fee, styles.strong, styles)
    return strips


def _closing(issue: IssuedPaper, copy: str, place: str, styles: PaperStyles) -> list[Strip]:
    order = issue.order
    strips: list[Strip] = []
    if other_parts(order):
        asked = "Autorizo as peças não originais, recondicionadas ou usadas indicadas acima "
        strips += text_strips(f"{asked}(CDC, art. 21): {BOX}sim  {BOX}não", styles.note, styles)
    if order.approval is not None:
        strips += text_strips(approved_text(issue), styles.strong, styles)
    else:
        asked = f"{BOX}Aprovo este orçamento{GAP}{BOX}Não aprovo"
        strips += text_strips(asked, styles.strong, styles)
    if place:
        strips += text_strips(f"Li os termos {place}.", styles.note, styles)
    who = "" if order.approval else "Nome e CPF: ______________________________"
    strips += signatures(
        "Assinatura do cliente",
        "Pela assistência",
        styles,
        names=(who, order.attendant or ""),
    )
    if copy == SHOP and order.approval is None:
        strips += _for_the_shop(styles)
    return strips


def _for_the_shop(styles: PaperStyles) -> list[Strip]:
    """How an answer came that is not signed here: the shop's own note, apart from the customer's
    answer."""
    ways = "  ".join(f"{BOX}{words}" for words in texts.VIA.values())
    when = "de ________________, em ____/____/______"
    note = f"Uso da assistência: resposta recebida {ways}, {when}."
    return [rule(styles, above=4, below=2), *text_strips(note, styles.note, styles)]


def approved_text(issue: IssuedPaper) -> str:
    """Who approved, how, when, and who wrote it down."""
    approval = issue.order.approval
    if approval is None:
        return "Ainda não aprovado."
    how = f"{texts.VIA[approval.via]}, em {moment(approval.at, issue)}"
    written = f"registrado por {approval.author}" if approval.author else None
    return f"{joined(f'Aprovado por {approval.by}, {how}', written)}."
