"""From the strips of a paper to pages: two copies on one A4, full pages, or rolls.

What does not fit the half page shrinks by one step, then flows to full pages, where the terms
follow below the signatures and letters are as large as the least paper allows. A roll's page is as
long as what stands on it.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from osdesk.documents.kit.draw import A4, INK, Sheet, Style, page_number
from osdesk.documents.kit.flow import (
    Strip,
    cell,
    draw_strips,
    height_of,
    kept_together,
    paginate,
    row,
    rule,
    space,
    text_strips,
)
from osdesk.documents.kit.style import MARGIN, ROLLS, SMALLEST, WIDTH, PaperStyles
from osdesk.domain.codes import PaperFormat

HALF = A4[1] / 2
HALF_TOP, HALF_BOTTOM = 20.0, 17.0
"""White above and below in a half page: what printers cannot reach, and room to cut."""
PAGE_TOP, PAGE_BOTTOM = 34.0, 30.0
FOOT_STYLE = Style(size=SMALLEST)
FOOT_ROOM = 16.0
"""The foot's line and the white above it."""
FULL_SCALE = 1.1
"""Full pages have room for slightly larger text."""
SMALL_SCALE = 0.9
"""The one step down for what nearly fits the half page."""
FULL_SCALES = (FULL_SCALE, 1.0, SMALL_SCALE)
BELOW = 0
"""In place of a page: the terms begin below the signatures."""
ROLL_TOP, ROLL_BOTTOM = 9.0, 11.0
"""The printer's own feed adds to these; more would be a tail of blank paper."""
ROLL_LONGEST = 8_500.0
"""A roll's page ends after 3 m: printers and viewers do not take longer ones."""


@dataclass(frozen=True, slots=True)
class Copy:
    """One of the copies (*vias*) of a paper, measured and not yet drawn."""

    head: Sequence[Strip]
    again: Sequence[Strip]
    """The short head of its further pages."""
    body: Sequence[Strip]
    closing: Sequence[Strip]
    """Statement and signatures: never parted, at the end of the front."""
    foot: str
    terms: Sequence[Strip] = field(default=())
    """On the back of a half page, else below the signatures; on a roll above them."""
    pix: Sequence[Strip] = field(default=())
    """How to pay: after the body, or on the back where the half page has no room for it."""


Build = Callable[[PaperStyles, Sequence[int]], Sequence[Copy]]
"""Makes the copies in some styles and, for each copy, the page on which its terms begin."""


def lay_out(sheet: Sheet, build: Build, form: PaperFormat) -> None:
    """Draw the copies on ``sheet`` in the wished form, or over full pages where that is needed."""
    if form in ROLLS:
        _draw_rolls(sheet, build, *ROLLS[form])
        return
    if form is PaperFormat.A4_HALF:
        for copies in _as_halves(build):
            if all(_fits_half(copy) for copy in copies):
                _draw_halves(sheet, copies)
                return
    tried = []
    for scale in FULL_SCALES:
        tried.append(_on_full_pages(build, scale))
        if _sheets(tried[-1]) == len(tried[-1]):  # smaller letters would save nothing
            break
    # the largest letters of those that take the least paper
    for number, (copy, pages) in enumerate(min(tried, key=_sheets)):
        if number == 0:
            sheet.first_copy = len(pages)
        else:
            sheet.new_page()
        _draw_full(sheet, copy, pages)


# -- half pages -----------------------------------------------------------------------------------

_HALF_ROOM = HALF - HALF_TOP - HALF_BOTTOM - FOOT_ROOM
_PAGE_ROOM = A4[1] - PAGE_TOP - PAGE_BOTTOM - FOOT_ROOM


def _as_halves(build: Build) -> Iterator[Sequence[Copy]]:
    """The ways to make the copies fit, each made when the one before was looked at."""
    fronts = []
    for scale in (1.0, SMALL_SCALE):
        fronts.append(build(PaperStyles(scale), (2, 2)))
        yield fronts[-1]
    if any(copy.pix for copy in fronts[0]):
        yield from ([_pix_behind(copy, "no verso") for copy in copies] for copies in fronts)


def _pix_behind(copy: Copy, place: str) -> Copy:
    """How to pay stands below the terms: rather there than on one more sheet."""
    if not copy.pix:
        return copy
    behind = [*copy.terms, *copy.pix]
    return replace(copy, pix=(), terms=behind, foot=f"{copy.foot} · Pix {place}")


def _fits_half(copy: Copy) -> bool:
    front = height_of([*copy.head, *copy.body, *copy.pix, *copy.closing])
    back = height_of([*copy.again, *copy.terms])
    return front <= _HALF_ROOM and (not copy.terms or back <= _HALF_ROOM)


def _draw_halves(sheet: Sheet, copies: Sequence[Copy]) -> None:
    pages = 2 if any(copy.terms for copy in copies) else 1
    sheet.first_copy, sheet.halved = pages, True
    for page in range(pages):
        if page:
            sheet.new_page()
        sheet.rule(12, HALF, A4[0] - 12, weight=0.4, colour=INK, dash=(3, 3))
        for number, copy in enumerate(copies):
            top = number * HALF
            end = top + HALF - HALF_BOTTOM
            if page:
                draw_strips(sheet, [*copy.again, *copy.terms], top + HALF_TOP, MARGIN)
            else:
                draw_strips(sheet, [*copy.head, *copy.body, *copy.pix], top + HALF_TOP, MARGIN)
                lowest = end - FOOT_ROOM - height_of(copy.closing)
                draw_strips(sheet, copy.closing, lowest, MARGIN)
            _foot(sheet, copy.foot, page + 1, pages, end)


# -- full pages -----------------------------------------------------------------------------------

_Pages = list[list[Strip]]
"""The strips of each page, without its head."""


def _on_full_pages(build: Build, scale: float) -> list[tuple[Copy, _Pages]]:
    """Each copy with its pages: the terms follow below the signatures, and go on on further
    pages."""
    terms = [BELOW, BELOW]
    for _ in range(3):  # the statement names the page of the terms, which hangs on the statement
        copies = [_pix_kept_off(copy) for copy in build(PaperStyles(scale), terms)]
        dealt = [(copy, _paged(copy)) for copy in copies]
        found = [_terms_page(copy, pages) for copy, pages in dealt]
        if found == terms[: len(found)]:
            break
        terms[: len(found)] = found
    return dealt


def _sheets(dealt: Iterable[tuple[Copy, _Pages]]) -> int:
    return sum(len(pages) for _, pages in dealt)


def _front(copy: Copy) -> list[Strip]:
    return [*copy.body, *copy.pix, *kept_together([space(14), *copy.closing])]


def _paged(copy: Copy) -> _Pages:
    strips = _front(copy)
    if copy.terms:
        strips += [space(10, keep=True), *copy.terms]
    return paginate(strips, _PAGE_ROOM - height_of(copy.head), _PAGE_ROOM - height_of(copy.again))


def _terms_page(copy: Copy, pages: _Pages) -> int:
    """Where the terms begin: their page, or ``BELOW`` the signatures on the same one."""
    if not copy.terms:
        return BELOW
    begin = next(n for n, strips in enumerate(pages) if any(s is copy.terms[0] for s in strips))
    return BELOW if begin + 1 == len(_fronts(copy)) else begin + 1


def _pix_kept_off(copy: Copy) -> Copy:
    """The signatures stay with what they are for: how to pay never drives them to another page."""
    if not copy.pix:
        return copy
    pages = len(_fronts(replace(copy, pix=())))
    return _pix_behind(copy, "na última página") if len(_fronts(copy)) > pages else copy


def _fronts(copy: Copy) -> _Pages:
    return paginate(
        _front(copy), _PAGE_ROOM - height_of(copy.head), _PAGE_ROOM - height_of(copy.again)
    )


def _draw_full(sheet: Sheet, copy: Copy, pages: _Pages) -> None:
    for number, strips in enumerate(pages):
        if number:
            sheet.new_page()
        head = copy.again if number else copy.head
        draw_strips(sheet, [*head, *strips], PAGE_TOP, MARGIN)
        _foot(sheet, copy.foot, number + 1, len(pages), A4[1] - PAGE_BOTTOM)


def _foot(sheet: Sheet, text: str, page: int, pages: int, end: float) -> None:
    baseline = end - 2
    sheet.text(MARGIN, baseline, text, FOOT_STYLE)
    sheet.text(MARGIN + WIDTH, baseline, page_number(page, pages), FOOT_STYLE, "right")


# -- rolls ----------------------------------------------------------------------------------------


def _draw_rolls(sheet: Sheet, build: Build, paper: float, printable: float) -> None:
    """Each copy on pages of its own, as long as they need to be: the terms, then the signatures."""
    styles = PaperStyles(width=printable, roll=True)
    margin = (paper - printable) / 2
    first = True
    for copy in build(styles, (1, 1)):
        room = ROLL_LONGEST - height_of(_roll_foot(copy.foot, 1, 1, styles))
        strips = [*copy.body, *copy.pix]
        if copy.terms:
            strips += [rule(styles, above=5, below=3), *copy.terms]
        if copy.closing:
            strips += kept_together([space(8), *copy.closing])
        pages = paginate(strips, room - height_of(copy.head), room - height_of(copy.again))
        for number, dealt in enumerate(pages):
            head = copy.again if number else copy.head
            foot = _roll_foot(copy.foot, number + 1, len(pages), styles)
            whole = [*head, *dealt, *foot]
            if not first:
                sheet.new_page()
            first = False
            sheet.resize(paper, ROLL_TOP + height_of(whole) + ROLL_BOTTOM)
            draw_strips(sheet, whole, ROLL_TOP, margin)


def _roll_foot(text: str, page: int, pages: int, styles: PaperStyles) -> list[Strip]:
    number = cell(0, styles.width, page_number(page, pages), styles.label, "right")
    return [
        rule(styles, above=6, below=2),
        *text_strips(text, styles.label, styles),
        *row([number]),
    ]
