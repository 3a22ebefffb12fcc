"""The strips that papers are made of, and how they are dealt to pages.

A paper is measured before anything is drawn. It is a list of strips, each one line high, so that
a page may end between any two lines and nothing is ever cut.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from osdesk.documents.kit.draw import FILL, INK, Align, Sheet, Style, wrap
from osdesk.documents.kit.style import PaperStyles

SIGNING_ROOM = 30.0
"""White above a line that a hand signs on: more than 10 mm."""
HAIRLINE = 0.35
"""Of the rules between a paper's parts."""


@dataclass(frozen=True, slots=True)
class Strip:
    """A piece of a paper that no page's end may cut; ``draw(sheet, x, top)`` paints it."""

    height: float
    draw: Callable[[Sheet, float, float], None]
    keep: bool = False
    """Not parted from the strip that follows."""
    under: "tuple[Strip, ...]" = ()
    """The head of its table, drawn anew where a page begins with this strip."""


@dataclass(frozen=True, slots=True)
class Cell:
    """Wrapped lines in one column of a row: ``x`` from the left margin, each with its style."""

    x: float
    width: float
    lines: Sequence[tuple[str, Style]]
    align: Align = "left"


def cell(x: float, width: float, text: str, style: Style, align: Align = "left") -> Cell:
    return Cell(x, width, [(line, style) for line in wrap(text, style, width)], align)


def field_cell(x: float, width: float, label: str, text: str, pair: tuple[Style, Style]) -> Cell:
    """A small label over its value."""
    head, body = pair
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


def text_strips(text: str, style: Style, styles: PaperStyles) -> list[Strip]:
    """Running text over the whole width."""
    return row([cell(0, styles.width, text, style)], keep=0)


def space(height: float, *, keep: bool = False) -> Strip:
    return Strip(height, lambda _sheet, _x, _top: None, keep)


def rule(
    styles: PaperStyles,
    *,
    weight: float = HAIRLINE,
    above: float = 2,
    below: float = 2,
) -> Strip:
    def draw(sheet: Sheet, x: float, top: float) -> None:
        sheet.rule(x, top + above, x + styles.width, weight=weight, colour=INK)

    return Strip(above + weight + below, draw)


def shaded(strip: Strip, styles: PaperStyles) -> Strip:
    """A strip on the one light grey that papers have."""

    def draw(sheet: Sheet, x: float, top: float) -> None:
        sheet.box(x, top, styles.width, strip.height, fill=FILL)
        strip.draw(sheet, x, top)

    return Strip(strip.height, draw, strip.keep)


def height_of(strips: Sequence[Strip]) -> float:
    return sum(strip.height for strip in strips)


def draw_strips(sheet: Sheet, strips: Sequence[Strip], top: float, x: float) -> float:
    for strip in strips:
        strip.draw(sheet, x, top)
        top += strip.height
    return top


def paginate(strips: Sequence[Strip], first: float, rest: float) -> list[list[Strip]]:
    """Strips dealt to pages with ``first`` and then ``rest`` points of room; at least one page.

    A page that begins inside a table begins with the table's head.
    """
    pages: list[list[Strip]] = [[]]
    used, room, fresh = 0.0, first, True
    for group in _groups(strips):
        whole = height_of(group)
        for number, strip in enumerate(group):
            # a group higher than a page is parted after all
            needed = strip.height if number else whole
            if not fresh and used + needed > room:
                pages.append(list(strip.under))
                used, room, fresh = height_of(strip.under), rest, True
            pages[-1].append(strip)
            used, fresh = used + strip.height, False
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


def kept_together(strips: Sequence[Strip]) -> list[Strip]:
    """The strips as one group, which no page's end parts."""
    together = [replace(strip, keep=True) for strip in strips]
    if together:
        together[-1] = replace(together[-1], keep=False)
    return together


def signatures(
    left: str,
    right: str,
    styles: PaperStyles,
    *,
    names: tuple[str, str] = ("", ""),
    room: float = SIGNING_ROOM,
) -> list[Strip]:
    """Two lines to sign on, each with its date; what is known of the signer stands below.

    Side by side, on a roll one below the other. ``room``: free white above a line.
    """
    style = styles.note
    if styles.roll:
        signers = zip((left, right), names, strict=True)
        places = [[(0.0, styles.width, label, name)] for label, name in signers]
    else:
        gap = 46.0
        width = (styles.width - gap) / 2
        places = [[(0.0, width, left, names[0]), (width + gap, width, right, names[1])]]
    return [strip for each in places for strip in _signed(each, style, room)]


_DATED = "Data ____/____/______"


def _signed(
    places: Sequence[tuple[float, float, str, str]], style: Style, room: float
) -> list[Strip]:
    def draw_lines(sheet: Sheet, x: float, top: float) -> None:
        for place, width, _, _ in places:
            sheet.rule(x + place, top + room, x + place + width, weight=0.8, colour=INK)

    dated = style.width(_DATED) + 2
    labels, dates, names = [], [], []
    for x, width, label, name in places:
        labels.append(cell(x, width - dated - 6, label, style))
        dates.append(cell(x + width - dated, dated, _DATED, style, "right"))
        names.append(cell(x, width, name, style))
    strips = [Strip(room + 2, draw_lines, keep=True)]
    if len(places) == 1 and len(labels[0].lines) > 1:  # on a narrow roll the date stands below
        x, width, label, _ = places[0]
        strips += row([cell(x, width, label, style)])
        if any(name for _, _, _, name in places):
            strips += row(names)
        return [*strips, *row([cell(x, dated, _DATED, style)])]
    strips += row([*labels, *dates])
    if any(name for _, _, _, name in places):
        strips += row(names)
    return strips
