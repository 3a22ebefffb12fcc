"""From measured strips to pages: two copies on one A4, else each copy over full pages.

A paper is measured before anything is drawn. It is a list of strips, each one line high, so that
a page may end between any two lines and nothing is ever cut.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest

from osdesk.documents.draw import (
    A4,
    FILL,
    INK,
    LINE,
    MUTED,
    Align,
    Sheet,
    Style,
    page_number,
    wrap,
)
from osdesk.domain.codes import PaperFormat

MARGIN = 34.0
"""Left and right, 12 mm."""
WIDTH = A4[0] - 2 * MARGIN

HALF_TOP, HALF_BOTTOM = 20.0, 17.0
"""White above and below in a half page: what printers cannot reach, and room to cut."""
PAGE_TOP, PAGE_BOTTOM = 34.0, 30.0
FOOT_STYLE = Style(size=6.5, colour=MUTED)
FOOT_ROOM = 16.0
"""The foot's line and the white above it."""
FULL_SCALE = 1.1
"""Full pages have room for slightly larger text."""
SMALL_SCALE = 0.9
"""The one step down for what nearly fits the half page."""


@dataclass(frozen=True, slots=True)
class Strip:
    """A piece of a paper that no page's end may cut; ``draw(sheet, x, top)`` paints it."""

    height: float
    draw: Callable[[Sheet, float, float], None]
    keep: bool = False
    """Not parted from the strip that follows."""


@dataclass(frozen=True, slots=True)
class Cell:
    """Wrapped lines in one column of a row: ``x`` from the left margin, each with its style."""

    x: float
    width: float
    lines: Sequence[tuple[str, Style]]
    align: Align = "left"


def cell(x: float, width: float, text: str, style: Style, align: Align = "left") -> Cell:
    return Cell(x, width, [(line, style) for line in wrap(text, style, width)], align)


def field_cell(x: float, width: float, label: str, text: str, styles: tuple[Style, Style]) -> Cell:
    """A small label over its value."""
    head, body = styles
    lines = [(line, head) for line in wrap(label, head, width)]
    return Cell(x, width, [*lines, *((line, body) for line in wrap(text, body, width))])


def row(cells: Sequence[Cell], *, keep: int = 1) -> list[Strip]:
    """Cells side by side, one strip a line; the first ``keep`` lines hold on to the next."""
    strips = []
    for number, lines in enumerate(zip_longest(*(each.lines for each in cells))):
        parts = [
            (each, line[0], line[1])
            for each, line in zip(cells, lines, strict=True)
            if line is not None
        ]
        height = max(style.leading for _, _, style in parts)
        strips.append(Strip(height, _painter(parts, height), keep=number < keep))
    if strips:
        strips[-1] = Strip(strips[-1].height, strips[-1].draw)
    return strips


def _painter(
    parts: Sequence[tuple[Cell, str, Style]], height: float
) -> Callable[[Sheet, float, float], None]:
    # Lines of different sizes stand on one baseline.
    baseline = max(style.baseline + (height - style.leading) / 2 for _, _, style in parts)

    def draw(sheet: Sheet, x: float, top: float) -> None:
        for each, text, style in parts:
            place = {"left": 0.0, "right": each.width, "center": each.width / 2}[each.align]
            sheet.text(x + each.x + place, top + baseline, text, style, each.align)

    return draw


def text_strips(text: str, style: Style, width: float = WIDTH) -> list[Strip]:
    return row([cell(0, width, text, style)], keep=0)


def space(height: float, *, keep: bool = False) -> Strip:
    return Strip(height, lambda _sheet, _x, _top: None, keep)


def rule(*, weight: float = 0.5, colour: float = LINE, above: float = 2, below: float = 2) -> Strip:
    def draw(sheet: Sheet, x: float, top: float) -> None:
        sheet.rule(x, top + above, x + WIDTH, weight=weight, colour=colour)

    return Strip(above + weight + below, draw)


def shaded(strip: Strip) -> Strip:
    """A strip on the one light grey that papers have."""

    def draw(sheet: Sheet, x: float, top: float) -> None:
        sheet.box(x, top, WIDTH, strip.height, fill=FILL)
        strip.draw(sheet, x, top)

    return Strip(strip.height, draw, strip.keep)


def height_of(strips: Sequence[Strip]) -> float:
    return sum(strip.height for strip in strips)


def draw_strips(sheet: Sheet, strips: Sequence[Strip], top: float, x: float = MARGIN) -> float:
    for strip in strips:
        strip.draw(sheet, x, top)
        top += strip.height
    return top


def paginate(strips: Sequence[Strip], first: float, rest: float) -> list[list[Strip]]:
    """Strips dealt to pages with ``first`` and then ``rest`` points of room; at least one page."""
    pages: list[list[Strip]] = [[]]
    used, room = 0.0, first
    for group in _groups(strips):
        if used and used + height_of(group) > room:
            pages.append([])
            used, room = 0.0, rest
        for strip in group:  # a group higher than a page is parted after all
            if used and used + strip.height > room:
                pages.append([])
                used, room = 0.0, rest
            pages[-1].append(strip)
            used += strip.height
    return pages


def _groups(strips: Sequence[Strip]) -> list[list[Strip]]:
    groups: list[list[Strip]] = []
    joined = False
    for strip in strips:
        if joined:
            groups[-1].append(strip)
        else:
            groups.append([strip])
        joined = strip.keep
    return groups


@dataclass(frozen=True, slots=True)
class Copy:
    """One of the two copies (*vias*) of a paper, measured and not yet drawn."""

    head: Sequence[Strip]
    again: Sequence[Strip]
    """The short head of its further pages."""
    body: Sequence[Strip]
    closing: Sequence[Strip]
    """Statement and signatures: never parted, at the end of the front."""
    foot: str
    terms: Sequence[Strip] = field(default=())


Build = Callable[[float, Sequence[int]], Sequence[Copy]]
"""Makes the copies for a scale of text and, for each copy, the page on which its terms begin."""


def lay_out(sheet: Sheet, build: Build, form: PaperFormat) -> None:
    """Draw the copies on ``sheet`` in the wished form, or over full pages where that is needed."""
    if form is PaperFormat.A4_HALF:
        for scale in (1.0, SMALL_SCALE):
            copies = build(scale, (2, 2))
            if all(_fits_half(copy) for copy in copies):
                _draw_halves(sheet, copies)
                return
    terms = [2, 2]
    for _ in range(3):  # the statement names the page of the terms, which hangs on the statement
        copies = build(FULL_SCALE, terms)
        found = [len(_fronts(copy)) + 1 for copy in copies]
        if found == terms:
            break
        terms = found
    for number, copy in enumerate(copies):
        if number:
            sheet.new_page()
        _draw_full(sheet, copy)


HALF = A4[1] / 2
_HALF_ROOM = HALF - HALF_TOP - HALF_BOTTOM - FOOT_ROOM
_PAGE_ROOM = A4[1] - PAGE_TOP - PAGE_BOTTOM - FOOT_ROOM


def _fits_half(copy: Copy) -> bool:
    front = height_of([*copy.head, *copy.body, *copy.closing])
    back = height_of([*copy.again, *copy.terms])
    return front <= _HALF_ROOM and (not copy.terms or back <= _HALF_ROOM)


def _draw_halves(sheet: Sheet, copies: Sequence[Copy]) -> None:
    pages = 2 if copies[0].terms else 1
    for page in range(pages):
        if page:
            sheet.new_page()
        sheet.rule(12, HALF, A4[0] - 12, weight=0.6, colour=0.5, dash=(3, 3))
        for number, copy in enumerate(copies):
            top = number * HALF
            end = top + HALF - HALF_BOTTOM
            if page:
                draw_strips(sheet, [*copy.again, *copy.terms], top + HALF_TOP)
            else:
                draw_strips(sheet, [*copy.head, *copy.body], top + HALF_TOP)
                draw_strips(sheet, copy.closing, end - FOOT_ROOM - height_of(copy.closing))
            _foot(sheet, copy.foot, page + 1, pages, end)


def _fronts(copy: Copy) -> list[list[Strip]]:
    """The strips of the front's pages, without their heads."""
    closing = [
        space(24, keep=True),
        *(Strip(strip.height, strip.draw, keep=True) for strip in copy.closing),
    ]
    closing[-1] = Strip(closing[-1].height, closing[-1].draw)
    return paginate(
        [*copy.body, *closing],
        _PAGE_ROOM - height_of(copy.head),
        _PAGE_ROOM - height_of(copy.again),
    )


def _draw_full(sheet: Sheet, copy: Copy) -> None:
    again = height_of(copy.again)
    fronts = _fronts(copy)
    backs = paginate(copy.terms, _PAGE_ROOM - again, _PAGE_ROOM - again) if copy.terms else []
    pages = [*fronts, *backs]
    for number, strips in enumerate(pages):
        if number:
            sheet.new_page()
        head = copy.again if number else copy.head
        draw_strips(sheet, [*head, *strips], PAGE_TOP)
        _foot(sheet, copy.foot, number + 1, len(pages), A4[1] - PAGE_BOTTOM)


def _foot(sheet: Sheet, text: str, page: int, pages: int, end: float) -> None:
    baseline = end - 2
    sheet.text(MARGIN, baseline, text, FOOT_STYLE)
    sheet.text(MARGIN + WIDTH, baseline, page_number(page, pages), FOOT_STYLE, "right")


def signatures(
    left: str, right: str, style: Style, *, names: tuple[str, str] = ("", ""), room: float = 30
) -> list[Strip]:
    """Two lines to sign on, each with its date; what is known of the signer stands below."""
    gap = 46.0
    width = (WIDTH - gap) / 2

    def draw_lines(sheet: Sheet, x: float, top: float) -> None:
        for place in (x, x + width + gap):
            sheet.rule(place, top + room, place + width, weight=0.8, colour=INK)

    dated = "Data ____/____/______"
    dated_width = style.width(dated) + 2
    cells = []
    for x, label in ((0.0, left), (width + gap, right)):
        cells.append(cell(x, width - dated_width - 6, label, style))
        cells.append(cell(x + width - dated_width, dated_width, dated, style, "right"))
    strips = [Strip(room + 2, draw_lines, keep=True), *row(cells)]
    if any(names):
        strips += row(
            [
                cell(0, width, names[0], style),
                cell(width + gap, width, names[1], style),
            ]
        )
    return strips
