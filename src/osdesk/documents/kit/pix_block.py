"""Pix on a paper: what is to be paid next, as a code for the customer's phone and as its text.

Made from the frozen issue alone, so that it is drawn the same way for ever. No hash covers it:
what is paid later does not change what was promised, and the block says of which day it is. Only
the customer's copy has it, for nobody pays from the shop's.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from osdesk.documents.kit import fonts
from osdesk.documents.kit.draw import Sheet, Style
from osdesk.documents.kit.flow import (
    Strip,
    cell,
    draw_strips,
    height_of,
    kept_together,
    row,
    rule,
    space,
)
from osdesk.documents.kit.parts import day, joined, reais
from osdesk.documents.kit.style import PaperStyles
from osdesk.domain.codes import Paper
from osdesk.domain.errors import UserError
from osdesk.domain.papers.facts import CUSTOMER
from osdesk.domain.pix import order_reference, shop_pix
from osdesk.domain.views.orders import InstalmentView, IssuedPaper

SIDE = 72.0
"""25 mm: on paper a module is then nearly half a millimetre."""
ROLL_SIDE = 92.0
"""On heat paper of 203 dots an inch a module is four dots or more."""
QUIET = 8.0
"""White around the code: four of its modules, whatever its length."""
CODE_SIZE = 7.0
NARROWEST = 0.8
"""A text that stands on one line is copied without a break: narrower letters are worth that."""

COPIED = "Pix copia e cola:"


@dataclass(frozen=True, slots=True)
class Due:
    """What the code pays: centavos, and what they are."""

    amount: int
    what: str


def due_now(issue: IssuedPaper) -> Due | None:
    """The next unpaid part where the balance is paid in parts, else the balance; None where
    nothing is to be paid. A quote asks for nothing before it is approved, and says nothing of what
    was agreed before it."""
    order = issue.order
    if order.balance <= 0 or (issue.paper is Paper.QUOTE and order.approval is None):
        return None
    unpaid = [part for part in order.instalments if part.paid < part.amount]
    if issue.paper is Paper.QUOTE or not unpaid:
        agreed = order.due_on is not None and issue.paper is not Paper.QUOTE
        until = f", a pagar até {day(order.due_on)}" if agreed else ""
        return Due(order.balance, f"Saldo da OS {order.number} em {day(issue.issued_on)}{until}.")
    part = unpaid[0]
    name = part_name(order.instalments, part)
    what = f"O que falta da {name}" if part.paid else f"{name[0].upper()}{name[1:]}"
    return Due(
        part.amount - part.paid, f"{what} da OS {order.number}, vence em {day(part.due_on)}."
    )


def part_name(parts: Sequence[InstalmentView], part: InstalmentView) -> str:
    """``parcela 2 de 3``."""
    return f"parcela {parts.index(part) + 1} de {len(parts)}"


def pix_text(issue: IssuedPaper) -> str | None:
    """The code of what is due; None where nothing is, or where the shop cannot be paid by Pix.

    A key that no longer makes a code, or an amount above what Pix takes, must not stop a paper.
    """
    due = due_now(issue)
    if due is None:
        return None
    try:
        return shop_pix(issue.shop, issue.number, due.amount)
    except UserError:
        return None


def pix_strips(issue: IssuedPaper, copy: str, styles: PaperStyles) -> list[Strip]:
    """The block, in one piece; empty where there is none."""
    code = pix_text(issue) if copy == CUSTOMER else None
    due = due_now(issue)
    if code is None or due is None:
        return []
    block = (
        _on_roll(issue, due, code, styles) if styles.roll else _on_sheet(issue, due, code, styles)
    )
    return kept_together(block)


def _on_sheet(issue: IssuedPaper, due: Due, code: str, styles: PaperStyles) -> list[Strip]:
    x = SIDE + 2 * QUIET
    width = styles.width - x
    lines = [
        strip
        for text, style in _words(issue, due, styles)
        for strip in row([cell(0, width, text, style)])
    ]
    label = row([cell(0, width, COPIED, styles.label)])
    high = max(SIDE + QUIET, height_of([*lines, *label]))

    def draw(sheet: Sheet, left: float, top: float) -> None:
        sheet.qr(code, left + QUIET / 2, top + QUIET / 2, SIDE)
        draw_strips(sheet, lines, top, left + x)
        draw_strips(sheet, label, top + high - height_of(label), left + x)

    return [
        rule(styles, above=4, below=3),
        Strip(high, draw),
        *_code_strips(code, styles),
        space(2),
    ]


def _on_roll(issue: IssuedPaper, due: Due, code: str, styles: PaperStyles) -> list[Strip]:
    first, *others = _words(issue, due, styles)

    def draw(sheet: Sheet, left: float, top: float) -> None:
        sheet.qr(code, left + (styles.width - ROLL_SIDE) / 2, top + QUIET, ROLL_SIDE)

    return [
        rule(styles, above=5, below=3),
        *row([cell(0, styles.width, *first)]),
        Strip(ROLL_SIDE + 2 * QUIET, draw),
        *(strip for words in others for strip in row([cell(0, styles.width, *words)])),
        *row([cell(0, styles.width, COPIED, styles.label)]),
        *_code_strips(code, styles),
    ]


def _words(issue: IssuedPaper, due: Due, styles: PaperStyles) -> list[tuple[str, Style]]:
    shop, since = issue.shop, day(issue.issued_on)
    receiver = joined(
        f"Recebedor: {shop.pix_name or shop.name}",
        f"identificação {order_reference(issue.number)}",
    )
    warning = (
        "Este código não confirma o pagamento: a assistência dá o recibo quando o valor entra na "
        f"conta. Se já pagou algo depois de {since}, peça o código novo."
    )
    return [
        (f"Pague com Pix: {reais(due.amount)}", styles.strong),
        (due.what, styles.note),
        (f"{receiver}.", styles.note),
        (warning, styles.note),
    ]


# -- the text to copy -----------------------------------------------------------------------------


def _code_strips(code: str, styles: PaperStyles) -> list[Strip]:
    """The code over the whole width, on one line where narrower letters make it fit."""
    style = styles.style(CODE_SIZE, spacing=1.2)
    if not styles.roll:
        style = replace(style, font=fonts.CONDENSED, size=CODE_SIZE)
    narrow = min(styles.width / (style.width(code) + 0.01), 1.0)
    if narrow >= NARROWEST:
        style = replace(style, stretch=narrow)
    lines = broken(code, style, styles.width)
    return [strip for line in lines for strip in row([cell(0, styles.width, line, style)])]


def broken(code: str, style: Style, width: float) -> list[str]:
    """Lines whose letters, put together, are the code again: none begins or ends with a blank,
    which a reader drops, nor with a hyphen, which it takes for a broken word's."""
    lines = []
    while style.width(code) > width:
        end = 1
        while style.width(code[: end + 1]) <= width:
            end += 1
        safe = end
        while safe > 1 and not (code[safe - 1].isalnum() and code[safe].isalnum()):
            safe -= 1
        end = safe if safe > 1 else end
        lines.append(code[:end])
        code = code[end:]
    return [*lines, code]
