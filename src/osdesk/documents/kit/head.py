"""Head and foot of every paper: whose it is, which one, which copy, and the QR that proves it."""

from collections.abc import Sequence
from dataclasses import replace

from osdesk.documents.kit import fonts
from osdesk.documents.kit.draw import Align, Sheet, Style, picture_size, readable_picture, wrap
from osdesk.documents.kit.flow import Strip, cell, row, rule, text_strips
from osdesk.documents.kit.parts import contact, document_text, joined, moment
from osdesk.documents.kit.style import WIDTH, PaperStyles
from osdesk.domain.codes import PaymentKind
from osdesk.domain.papers.facts import CUSTOMER, PAPERS, SHOP
from osdesk.domain.views.orders import (
    IssuedPaper,
)
from osdesk.domain.views.shop import (
    ShopView,
)

COPY_NAME = {SHOP: "Via da assistência", CUSTOMER: "Via do cliente"}
GIVEN_BACK = {
    PaymentKind.REVERSAL: "RECIBO DE ESTORNO",
    PaymentKind.REFUND: "RECIBO DE DEVOLUÇÃO",
}
QR_SIDE = 57.0
ROLL_QR_SIDE = 64.0
"""On heat paper of 203 dots an inch a module is four dots or more."""
LOGO = (92.0, 50.0)
"""The box that a logo is scaled into."""

Piece = tuple[str, Style]
"""One line and how it is set."""


def title_of(issue: IssuedPaper) -> str:
    """What stands over the number: money that goes back is never headed as money received."""
    kind = issue.payment.kind if issue.payment else None
    return GIVEN_BACK[kind] if kind in GIVEN_BACK else PAPERS[issue.paper].title


def head(
    issue: IssuedPaper,
    copy: str,
    styles: PaperStyles,
    *,
    number: int,
    below: str = "",
    logo: bytes | None,
) -> list[Strip]:
    """Shop at the left, title, ``number``, copy and QR at the right; one strip and a rule.

    On a roll the shop stands above, centered.
    """
    styles = replace(styles, scale=1.0)  # a head keeps its size where the rest shrinks or grows
    title = styles.style(8, fonts.MEDIUM)
    figure = styles.style(22, fonts.SEMIBOLD, spacing=1.16)
    via = styles.style(8.5, fonts.MEDIUM)
    which = [(title_of(issue), title), (str(number), figure), (COPY_NAME[copy], via)]
    if below:
        which.append((below, via))
    picture = logo if logo and readable_picture(logo) else None
    if styles.roll:
        return _roll_head(issue, which, styles, picture)
    right_width = max(style.width(text) for text, style in which)
    left_x = picture_size(picture, *LOGO)[0] + 12 if picture else 0.0
    left = shop_lines(issue.shop, WIDTH - QR_SIDE - 12 - right_width - 18 - left_x, styles)
    height = max(QR_SIDE, _height(left), _height(which))

    def draw(sheet: Sheet, x: float, top: float) -> None:
        if picture:
            sheet.image(picture, x, top + 1, *LOGO)
        sheet.qr(issue.qr, x + WIDTH - QR_SIDE, top, QR_SIDE)
        _stack(sheet, x + left_x, top, left)
        _stack(sheet, x + WIDTH - QR_SIDE - 12, top, which, "right")

    return [Strip(height, draw), rule(styles, weight=0.9, above=6, below=4)]


def _roll_head(
    issue: IssuedPaper, which: Sequence[Piece], styles: PaperStyles, picture: bytes | None
) -> list[Strip]:
    width = styles.width
    shop = shop_lines(issue.shop, width, styles)
    wide, high = picture_size(picture, *LOGO) if picture else (0.0, -4.0)

    def draw_shop(sheet: Sheet, x: float, top: float) -> None:
        if picture:
            sheet.image(picture, x + (width - wide) / 2, top, *LOGO)
        _stack(sheet, x + width / 2, top + high + 4, shop, "center")

    room = width - ROLL_QR_SIDE - 12
    beside = all(style.width(word) <= room for text, style in which for word in text.split())
    if not beside:  # a number of many figures: the code stands below it
        room = width
    left = [(line, style) for text, style in which for line in wrap(text, style, room)]
    text_height = _height(left)
    qr_top = 0.0 if beside else text_height + 8

    def draw_which(sheet: Sheet, x: float, top: float) -> None:
        _stack(sheet, x, top, left)
        sheet.qr(issue.qr, x + width - ROLL_QR_SIDE, top + qr_top + 4, ROLL_QR_SIDE)

    return [
        Strip(high + 4 + _height(shop), draw_shop),
        rule(styles, weight=0.9, above=4, below=4),
        Strip(max(text_height, qr_top + ROLL_QR_SIDE + 8), draw_which),
        rule(styles, weight=0.9, above=4, below=4),
    ]


def shop_lines(shop: ShopView, width: float, styles: PaperStyles) -> list[Piece]:
    name = styles.style(13.5, fonts.SEMIBOLD, spacing=1.2)
    small = styles.style(7.5, spacing=1.3)
    who = joined(shop.tagline, document_text(shop.document) if shop.document else None)
    where = joined(shop.address, shop.city, contact(shop))
    lines = [(line, name) for line in wrap(shop.name, name, width)] if shop.name else []
    for text in (who, where):
        if text:
            lines += [(line.strip(" ·"), small) for line in wrap(text, small, width)]
    return lines


def _height(lines: Sequence[Piece]) -> float:
    return sum(style.leading for _, style in lines)


def _stack(
    sheet: Sheet, x: float, top: float, lines: Sequence[Piece], align: Align = "left"
) -> None:
    for text, style in lines:
        sheet.text(x, top + style.baseline, text, style, align)
        top += style.leading


def head_again(issue: IssuedPaper, copy: str, styles: PaperStyles, *, number: int) -> list[Strip]:
    """The head of a further page: enough to know where a loose sheet belongs."""
    right = f"{title_of(issue).capitalize()} {number} · {COPY_NAME[copy]}"
    if styles.roll:
        name = text_strips(issue.shop.name, styles.note, styles) if issue.shop.name else []
        end = rule(styles, weight=0.9, above=3, below=6)
        return [*name, *text_strips(right, styles.note, styles), end]
    style = Style(fonts.MEDIUM, 8)
    width = style.width(right)
    strips = row(
        [
            cell(0, WIDTH - width - 12, issue.shop.name, style),
            cell(WIDTH - width, width + 0.01, right, style, "right"),
        ],
        keep=99,
    )
    return [*strips, rule(styles, weight=0.9, above=3, below=6)]


def foot(issue: IssuedPaper, terms: str) -> str:
    groups = " ".join(issue.sha256[start : start + 4] for start in range(0, 16, 4))
    which = f"Documento {issue.number}"
    if issue.payment is not None and issue.edition > 1:
        which = f"Recibo {issue.payment.receipt} · OS {issue.number}"
    return joined(
        which,
        f"versão {issue.version}",
        f"conteúdo {groups}",
        f"emitido em {moment(issue.issued_at, issue)}",
        f"termos {terms}" if terms else None,
    )
