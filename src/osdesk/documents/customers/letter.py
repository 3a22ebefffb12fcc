"""Sheets that are no version of an order's paper: a letter or an account of one customer, in A4."""

from collections.abc import Sequence
from datetime import date, datetime, time

from osdesk.documents.kit import fonts
from osdesk.documents.kit.draw import (
    A4,
    Align,
    Sheet,
    Style,
    page_number,
    picture_size,
    readable_picture,
)
from osdesk.documents.kit.flow import Strip, cell, draw_strips, height_of, paginate, row, rule
from osdesk.documents.kit.head import LOGO, shop_lines
from osdesk.documents.kit.layout import FOOT_ROOM, FOOT_STYLE, PAGE_BOTTOM, PAGE_TOP
from osdesk.documents.kit.style import MARGIN, WIDTH, PaperStyles
from osdesk.domain.calendar import load_zone
from osdesk.domain.views.shop import ShopView

STYLES = PaperStyles(1.1)
TITLE_SHARE = 0.36


def draw_letter(
    title: str, shop: ShopView, body: Sequence[Strip], day: date, foot: str, *, logo: bytes | None
) -> bytes:
    """The strips under the shop's head, on as many pages as they need; the PDF."""
    first = _head(title, shop, logo)
    again = _again(title, shop)
    room = A4[1] - PAGE_TOP - PAGE_BOTTOM - FOOT_ROOM
    pages = paginate(body, room - height_of(first), room - height_of(again))
    noon = datetime.combine(day, time(12), load_zone(shop.zone))
    sheet = Sheet(title, shop.name, subject=foot.split(".")[0], issued=noon)
    for number, strips in enumerate(pages):
        if number:
            sheet.new_page()
        head = again if number else first
        draw_strips(sheet, [*head, *strips], PAGE_TOP, MARGIN)
        baseline = A4[1] - PAGE_BOTTOM - 2
        sheet.text(MARGIN, baseline, foot, FOOT_STYLE)
        sheet.text(
            MARGIN + WIDTH, baseline, page_number(number + 1, len(pages)), FOOT_STYLE, "right"
        )
    return sheet.finish()


def _head(title: str, shop: ShopView, logo: bytes | None) -> list[Strip]:
    styles = PaperStyles()
    picture = logo if logo and readable_picture(logo) else None
    left_x = picture_size(picture, *LOGO)[0] + 12 if picture else 0.0
    left = shop_lines(shop, WIDTH * (1 - TITLE_SHARE) - 12 - left_x, styles)
    style = styles.style(13, fonts.SEMIBOLD, spacing=1.2)
    right = row([cell(WIDTH * (1 - TITLE_SHARE), WIDTH * TITLE_SHARE, title, style, "right")])
    height = max(
        sum(style.leading for _, style in left), height_of(right), LOGO[1] if picture else 0.0
    )

    def draw(sheet: Sheet, x: float, top: float) -> None:
        if picture:
            sheet.image(picture, x, top + 1, *LOGO)
        _stack(sheet, x + left_x, top, left)
        draw_strips(sheet, right, top, x)

    return [Strip(height, draw), rule(styles, weight=0.9, above=6, below=8)]


def _stack(
    sheet: Sheet, x: float, top: float, lines: Sequence[tuple[str, Style]], align: Align = "left"
) -> None:
    for text, style in lines:
        sheet.text(x, top + style.baseline, text, style, align)
        top += style.leading


def _again(title: str, shop: ShopView) -> list[Strip]:
    style = Style(fonts.MEDIUM, 8)
    half = WIDTH / 2
    cells = [
        cell(0, half - 6, shop.name, style),
        cell(half, half, title, style, "right"),
    ]
    return [*row(cells, keep=99), rule(PaperStyles(), weight=0.9, above=3, below=8)]
