"""Long tables on paper: measured once, dealt to pages with repeated heads, drawn a page at a time.

A month may list thousands of orders. Each different text of a column is cleaned, wrapped and
measured once; a page is one text object and one set of lines on the canvas.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from reportlab.lib.rl_accel import escapePDF
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfgen.canvas import Canvas

from osdesk.documents.kit import fonts
from osdesk.documents.kit.draw import A4, FILL, INK, LINE, Align, Sheet, Style, wrap

MARGIN = 34.0
WIDTH = A4[0] - 2 * MARGIN
TOGETHER = 3
"""Rows of a table that are never fewer at the top or the foot of a page."""


class Pages:
    """The place where the next line is drawn; ``head`` draws what stands atop each further page."""

    def __init__(
        self,
        sheet: Sheet,
        *,
        first: float,
        bottom: float,
        head: Callable[[Sheet], float],
        each: Callable[[], object] | None = None,
    ) -> None:
        """``each`` is called at every turn; what it raises ends the work."""
        self.sheet = sheet
        self.y = self._first = first
        self.bottom = bottom
        self.page = 0
        self._head = head
        self._each = each
        self._shown: dict[tuple[str, str], list[tuple[str, str]]] = {}

    @property
    def room(self) -> float:
        return self.bottom - self.y

    @property
    def most(self) -> float:
        """Room of a page with nothing on it yet, or a little less."""
        return self.bottom - self._first - 30.0

    def turn(self) -> None:
        """Go on at the top of a new page."""
        if self._each is not None:
            self._each()
        self.page = self.sheet.new_page()
        self.y = self._head(self.sheet)

    def shown(self, canvas: Canvas, text: str, font: str) -> list[tuple[str, str]]:
        """How the file shows a text: the name of a part of the font, and the operator. ReportLab
        would work it out again for each cell, and most of the time goes there."""
        found = self._shown.get((text, font))
        if found is None:
            # the stubs know neither TrueType fonts nor the document behind a canvas
            face: Any = pdfmetrics.getFont(font)
            document: Any = canvas._doc  # type: ignore[attr-defined]
            found = self._shown[text, font] = [
                (face.getSubsetInternalName(part, document), f"({escapePDF(letters)}) Tj")
                for part, letters in face.splitString(text, document)
            ]
        return found

    def need(self, height: float) -> None:
        """Turn the page unless ``height`` points are left on it."""
        if height > self.room:
            self.turn()

    def skip(self, height: float) -> None:
        """White that is not carried over to the next page."""
        self.y = min(self.y + height, self.bottom)

    def write(self, text: str, style: Style, *, keep: float = 0.0) -> None:
        """Running text over the whole width, parted between lines; ``keep``: needed below it."""
        lines = wrap(text, style, WIDTH)
        for number, line in enumerate(lines):
            last = number == len(lines) - 1
            self.need(style.leading + (keep if last else 0.0))
            self.sheet.text(MARGIN, self.y + style.baseline, line, style)
            self.y += style.leading


@dataclass(frozen=True, slots=True)
class Column:
    title: str
    x: float
    width: float
    align: Align


def columns(*specs: tuple[str, float, Align]) -> tuple[Column, ...]:
    """Titles, parts of the width and alignments as columns over the whole width."""
    whole = sum(part for _, part, _ in specs)
    result, x = [], MARGIN
    for title, part, align in specs:
        width = WIDTH * part / whole
        result.append(Column(title, x, width, align))
        x += width
    return tuple(result)


@dataclass(frozen=True, slots=True)
class Looks:
    """How a table is set: its rows, its head and its totals."""

    body: Style
    head: Style
    total: Style
    white: float
    """Above and below a row's text."""
    pad: float = 3.0
    """At both sides of a column's text."""


USUAL = Looks(Style(size=8), Style(fonts.SEMIBOLD, 7.5), Style(fonts.SEMIBOLD, 8), 2.2)


Piece = tuple[float, str, str]
"""Where, what, in which font."""
Lines = tuple[tuple[Piece, ...], ...]


class Setter:
    """Sets the texts of one column in one style; each different text only once."""

    def __init__(self, column: Column, style: Style, pad: float) -> None:
        self._column, self._style, self._pad = column, style, pad
        self._room = column.width - 2 * pad
        self._set: dict[str, Lines] = {}

    def lines(self, text: str) -> Lines:
        found = self._set.get(text)
        if found is None:
            found = self._set[text] = self._wrapped(text)
        return found

    def _wrapped(self, text: str) -> Lines:
        style, clean = self._style, fonts.clean(text)
        if "\n" not in clean:
            size = style.width(clean)
            if size <= self._room:
                return (self._placed(clean, size),)
        lines = wrap(clean, style, self._room)
        return tuple(self._placed(line, style.width(line)) for line in lines)

    def _placed(self, line: str, size: float) -> tuple[Piece, ...]:
        column, style = self._column, self._style
        x = column.x + self._pad
        if column.align == "right":
            x = column.x + column.width - self._pad - size
        elif column.align == "center":
            x = column.x + (column.width - size) / 2
        if not line:
            return ()
        if line.isascii():
            return ((x, line, style.font),)
        pieces = []
        for stretch, font in fonts.runs(fonts.visual(line), style.font):
            pieces.append((x, stretch, font))
            x += fonts.width(stretch, font, style.size)
        return tuple(pieces)


class Table:
    """One table under way: rows are collected for the page and painted when it is full."""

    def __init__(self, pages: Pages, columns: Sequence[Column], looks: Looks) -> None:
        self._pages, self._looks = pages, looks
        self._columns = columns
        self._body = [Setter(column, looks.body, looks.pad) for column in columns]
        self._texts: list[tuple[float, Sequence[Lines]]] = []
        self._rules: list[float] = []
        self._head_lines = [
            Setter(column, looks.head, looks.pad).lines(column.title) for column in columns
        ]
        self._head_height = self._height(self._head_lines, looks.head)

    def draw(self, rows: Sequence[Sequence[str]], total: Sequence[str] | None = None) -> None:
        """The rows, never parted between pages unless higher than one; the total stays with the
        last ``TOGETHER`` rows, the head with the first ones."""
        pages = self._pages
        last_room, style = 0.0, self._looks.total
        if total is not None:
            style = self._total_style(total)
            setters = [Setter(column, style, self._looks.pad) for column in self._columns]
            total_lines = [s.lines(text) for s, text in zip(setters, total, strict=True)]
            last_room = self._height(total_lines, style)
        first = True
        # so few rows that parting them would leave too few on one of the pages are one block
        begin = len(rows) if len(rows) < 2 * TOGETHER else TOGETHER
        ends = len(rows) - TOGETHER
        for number, row in enumerate(rows):
            lines = self._row(row)
            height = self._height(lines, self._looks.body)
            after = last_room if number == len(rows) - 1 else 0.0
            if first:
                block = sum(self._row_height(row) for row in rows[:begin])
                block += last_room if begin == len(rows) else 0.0
                pages.need(min(self._head_height + block, pages.most))
                self._head()
                first = False
            elif height + after > pages.room or (number == ends and self._parts(rows, last_room)):
                self._turn()
            if height > pages.room:
                self._split(lines)
                continue
            self._texts.append((pages.y, lines))
            pages.y += height
            self._rules.append(pages.y)
        self._flush()
        if total is not None:
            if first:
                pages.need(self._head_height + last_room)
                self._head()
            elif last_room > pages.room:  # only after a row that was higher than a page
                self._turn()
            self._draw_total(total_lines, last_room, style)

    def _parts(self, rows: Sequence[Sequence[str]], last_room: float) -> bool:
        """Whether the end of the table would be parted, and need not be."""
        end = sum(self._row_height(row) for row in rows[-TOGETHER:]) + last_room
        return self._pages.room < end <= self._pages.most - self._head_height

    def _row(self, row: Sequence[str]) -> list[Lines]:
        return [setter.lines(text) for setter, text in zip(self._body, row, strict=True)]

    def _row_height(self, row: Sequence[str]) -> float:
        return self._height(self._row(row), self._looks.body)

    def _total_style(self, total: Sequence[str]) -> Style:
        """Smaller where a sum is wider than its column: half a number would be another number."""
        style, scale = self._looks.total, 1.0
        for column, text in zip(self._columns, total, strict=True):
            room = column.width - 2 * self._looks.pad
            if column.align == "right" and (size := style.width(text)) > room:
                scale = min(scale, room / size)
        return style.at(scale * 0.999) if scale < 1 else style

    def _height(self, lines: Sequence[Lines], style: Style) -> float:
        return max(map(len, lines)) * style.leading + 2 * self._looks.white

    def _turn(self) -> None:
        self._flush()
        self._pages.turn()
        self._head()

    def _split(self, lines: Sequence[Lines]) -> None:
        """A row higher than a page goes on over as many as it takes: nothing is left out."""
        pages, leading = self._pages, self._looks.body.leading
        done, most = 0, max(map(len, lines))
        while done < most:
            count = max(int((pages.room - 2 * self._looks.white) / leading), 1)
            self._texts.append((pages.y, [each[done : done + count] for each in lines]))
            done += count
            if done < most:
                self._turn()
        pages.y += (most - done + count) * leading + 2 * self._looks.white
        self._rules.append(pages.y)

    def _head(self) -> None:
        pages, looks = self._pages, self._looks
        pages.sheet.box(MARGIN, pages.y, WIDTH, self._head_height, fill=FILL)
        lowest = max(map(len, self._head_lines))
        # titles stand on the bottom line: those of two lines rise over their neighbours
        shifted = [((),) * (lowest - len(lines)) + lines for lines in self._head_lines]
        self._paint([(pages.y, shifted)], [], looks.head)
        pages.y += self._head_height

    def _draw_total(self, lines: Sequence[Lines], height: float, style: Style) -> None:
        pages = self._pages
        pages.sheet.rule(MARGIN, pages.y, MARGIN + WIDTH, weight=0.8, colour=INK)
        self._paint([(pages.y, lines)], [], style)
        pages.y += height

    def _flush(self) -> None:
        if self._texts:
            self._paint(self._texts, self._rules, self._looks.body)
            self._texts, self._rules = [], []

    def _paint(
        self, texts: Sequence[tuple[float, Sequence[Lines]]], rules: Sequence[float], style: Style
    ) -> None:
        height, first = self._pages.sheet.height, self._looks.white + style.baseline

        def draw(canvas: Canvas) -> None:
            if rules:
                canvas.setStrokeGray(LINE)
                canvas.setLineWidth(0.35)
                canvas.setDash([])
                ends = MARGIN + WIDTH
                canvas.lines([(MARGIN, height - y, ends, height - y) for y in rules])
            canvas.setFillGray(INK)
            size, current = f" {style.size:g} Tf", ""
            code, shown = ["BT"], self._pages.shown
            for top, cells in texts:
                baseline = height - top - first
                for cell in cells:
                    y = baseline
                    for line in cell:
                        for x, text, font in line:
                            place = f"1 0 0 1 {x:.2f} {y:.2f} Tm"
                            for name, words in shown(canvas, text, font):
                                if name != current:
                                    code.append(name + size)
                                    current = name
                                code.append(f"{place} {words}" if place else words)
                                place = ""
                        y -= style.leading
            code.append("ET")
            canvas.addLiteral("\n".join(code))

        self._pages.sheet.record(draw)
