"""The drawing kit of all papers: a sheet measured from the top left corner, in points.

What is drawn is recorded page by page and written at the end, so that "página 1 de 2" can be
added when the number of pages is known. Same calls, same bytes.
"""

import io
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import lru_cache
from typing import Literal
from xml.sax.saxutils import escape

from reportlab.graphics.barcode.qrencoder import QRCode, QRErrorCorrectLevel
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase.pdfdoc import PDFDictionary, PDFName, PDFStream
from reportlab.pdfgen.canvas import Canvas

from osdesk.documents.kit import fonts

A4 = (595.276, 841.89)

Align = Literal["left", "right", "center"]
Colour = float | tuple[float, float, float]
"""A grey (0 black, 1 white) or red, green, blue, each from 0 to 1."""

INK = 0.0
LINE = 0.72
FILL = 0.94
"""Six per cent: no fill of a paper is darker than seven."""


@dataclass(frozen=True, slots=True)
class Style:
    """A text's font, size in points, colour, the line's height per point of size, and how wide its
    letters are drawn."""

    font: str = fonts.REGULAR
    size: float = 8.5
    colour: Colour = INK
    spacing: float = 1.28
    stretch: float = 1.0

    @property
    def leading(self) -> float:
        return self.size * self.spacing

    @property
    def baseline(self) -> float:
        """From the top of a line to its baseline: what is above and below is left evenly."""
        return self.leading * 0.5 + self.size * 0.36

    def at(self, scale: float) -> "Style":
        return replace(self, size=self.size * scale)

    def width(self, text: str) -> float:
        return fonts.width(text, self.font, self.size) * self.stretch


def wrap(text: str, style: Style, room: float) -> list[str]:
    """Lines of ``text`` no wider than ``room`` points; a word that is wider is broken.

    Blanks at a break are dropped, no other character is; a point between two parts stays with the
    first. Never empty; an empty line stays one.
    """
    result: list[str] = []
    for paragraph in fonts.clean(text).replace(" · ", "\u00a0· ").split("\n"):
        result.extend(_wrapped(paragraph.rstrip(" "), style, room))
    return result


_TOKENS = re.compile(r" +|[^ ]+")


def _wrapped(paragraph: str, style: Style, room: float) -> Iterable[str]:
    line, used = "", 0.0
    for token in _TOKENS.findall(paragraph):
        if token[0] == " ":
            line, used = line + token, used + style.width(token)
            continue
        size = style.width(token)
        if used + size > room and line.strip(" "):
            yield line.rstrip(" ")
            line, used = "", 0.0
        elif used + size > room:
            line, used = "", 0.0  # only blanks that lead the line
        if size > room:
            *whole, token = _broken(token, style, room)
            yield from whole
            size = style.width(token)
        line, used = line + token, used + size
    yield line.rstrip(" ")


def _broken(word: str, style: Style, room: float) -> list[str]:
    parts, part, used = [], "", 0.0
    for letter in word:
        size = style.width(letter)
        if part and used + size > room:
            parts.append(part)
            part, used = "", 0.0
        part, used = part + letter, used + size
    return [*parts, part]


class Sheet:
    """Pages of one PDF. ``x`` from the left and ``y`` from the top, in points."""

    def __init__(
        self,
        title: str,
        author: str = "",
        *,
        subject: str = "",
        issued: datetime | None = None,
        size: tuple[float, float] = A4,
    ) -> None:
        """``issued``: a moment with its zone, which the file says it was made at."""
        fonts.prepare()
        self.width, self.height = size
        self._title, self._author, self._subject = title, author, subject
        self._issued = issued
        self._pages: list[list[Callable[[Canvas], None]]] = [[]]
        self._sizes = [size]
        self._page = 0
        self._images: dict[bytes, ImageReader] = {}
        self.first_copy, self.halved = 1, False
        """On how many pages the first copy of a paper is, and whether two share each of them."""

    @property
    def pages(self) -> int:
        return len(self._pages)

    def new_page(self) -> int:
        """Go to a new last page, as large as this one; its index is returned."""
        self._pages.append([])
        self._sizes.append((self.width, self.height))
        return self.go_to(len(self._pages) - 1)

    def go_to(self, page: int) -> int:
        self._page = page
        self.width, self.height = self._sizes[page]
        return page

    def resize(self, width: float, height: float) -> None:
        """Another size for the current page, before anything is drawn on it."""
        if self._pages[self._page]:
            raise ValueError("a page's size is set before it is drawn on")
        self.width, self.height = self._sizes[self._page] = (width, height)

    def record(self, action: Callable[[Canvas], None]) -> None:
        """Any other drawing on the current page, on ReportLab's canvas in its own coordinates."""
        self._pages[self._page].append(action)

    def text(
        self, x: float, baseline: float, text: str, style: Style, align: Align = "left"
    ) -> float:
        """One line as it is, at its baseline; returns its width. Measured by who calls."""
        text = fonts.clean(text).replace("\n", " ")
        width = style.width(text)
        left = x - {"left": 0.0, "right": width, "center": width / 2}[align]
        y = self.height - baseline

        def draw(canvas: Canvas) -> None:
            _fill(canvas, style.colour)
            place = left
            for stretch, font in fonts.runs(fonts.visual(text), style.font):
                canvas.setFont(font, style.size)
                if style.stretch == 1:
                    canvas.drawString(place, y, stretch)
                else:
                    canvas.saveState()
                    canvas.translate(place, y)
                    canvas.scale(style.stretch, 1)
                    canvas.drawString(0, 0, stretch)
                    canvas.restoreState()
                place += fonts.width(stretch, font, style.size) * style.stretch

        if text.strip():
            self.record(draw)
        return width

    def lines(
        self,
        x: float,
        top: float,
        lines: Sequence[str],
        style: Style,
        align: Align = "left",
    ) -> float:
        """Lines already wrapped, from ``top`` down; returns where they end."""
        for number, line in enumerate(lines):
            self.text(x, top + number * style.leading + style.baseline, line, style, align)
        return top + len(lines) * style.leading

    def paragraph(self, x: float, top: float, room: float, text: str, style: Style) -> float:
        """``text`` wrapped to ``room``; returns where it ends."""
        return self.lines(x, top, wrap(text, style, room), style)

    def rule(
        self,
        x1: float,
        y1: float,
        x2: float,
        y2: float | None = None,
        *,
        weight: float = 0.5,
        colour: Colour = LINE,
        dash: tuple[float, float] | None = None,
    ) -> None:
        """A line, level where ``y2`` is left out."""
        start = self.height - y1
        end = start if y2 is None else self.height - y2

        def draw(canvas: Canvas) -> None:
            _stroke(canvas, colour)
            canvas.setLineWidth(weight)
            canvas.setDash(list(dash) if dash else [])
            canvas.line(x1, start, x2, end)

        self.record(draw)

    def box(
        self,
        x: float,
        top: float,
        width: float,
        height: float,
        *,
        fill: Colour | None = None,
        stroke: Colour | None = None,
        weight: float = 0.5,
        radius: float = 0,
    ) -> None:
        y = self.height - top - height

        def draw(canvas: Canvas) -> None:
            if fill is not None:
                _fill(canvas, fill)
            if stroke is not None:
                _stroke(canvas, stroke)
                canvas.setLineWidth(weight)
                canvas.setDash([])
            how = {"stroke": int(stroke is not None), "fill": int(fill is not None)}
            if radius:
                canvas.roundRect(x, y, width, height, radius, **how)
            else:
                canvas.rect(x, y, width, height, **how)

        self.record(draw)

    def qr(self, text: str, x: float, top: float, side: float) -> None:
        """A QR code, level M. ``side`` is that of the dark modules; who calls leaves four of them
        free on every side."""
        matrix = qr_matrix(text)
        module = side / len(matrix)
        upper = self.height - top

        def draw(canvas: Canvas) -> None:
            path = canvas.beginPath()
            for row, modules in enumerate(matrix):
                y = upper - (row + 1) * module
                for start, length in _stretches(modules):
                    path.rect(x + start * module, y, length * module, module)
            _fill(canvas, INK)
            canvas.drawPath(path, stroke=0, fill=1)

        self.record(draw)

    def image(
        self, data: bytes, x: float, top: float, width: float, height: float
    ) -> tuple[float, float]:
        """A PNG or JPEG as large as fits the box, in its top left corner; its size is returned."""
        reader = self._images.setdefault(data, ImageReader(io.BytesIO(data)))
        size = _fitted(reader, width, height)
        y = self.height - top - size[1]
        self.record(lambda canvas: _place(canvas, reader, x, y, size))
        return size

    def number_pages(
        self,
        x: float,
        baseline: float,
        style: Style,
        *,
        pages: Sequence[int] | None = None,
        align: Align = "right",
    ) -> None:
        """ "página 1 de 2" on the given pages (all of them, by default), counted among these."""
        chosen = range(self.pages) if pages is None else pages
        here = self._page
        for number, page in enumerate(chosen, start=1):
            self.go_to(page)
            self.text(x, baseline, page_number(number, len(chosen)), style, align)
        self.go_to(here)

    def finish(self, each: Callable[[], object] | None = None) -> bytes:
        """The PDF. Deterministic: no moment but that of issue, no random id; fonts embedded as
        subsets.

        ``each`` is called after every page; what it raises ends the work.
        """
        out = io.BytesIO()
        canvas = Canvas(
            out,
            pagesize=self._sizes[0],
            invariant=1,
            pageCompression=1,
            lang="pt-BR",
            # Else every page names Helvetica, which is not embedded. (The stub says float.)
            initialFontName=fonts.REGULAR,  # type: ignore[arg-type]
        )
        _describe(canvas, self._title, self._author, self._subject, self._issued)
        for size, page in zip(self._sizes, self._pages, strict=True):
            canvas.setPageSize(size)
            for action in page:
                action(canvas)
            canvas.showPage()
            if each is not None:
                each()
        canvas.save()
        return out.getvalue()


MAKER = "osdesk"
UNDATED = datetime(2000, 1, 1, tzinfo=UTC)

_XMP = """\
<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about=""
 xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
 xmlns:xmp="http://ns.adobe.com/xap/1.0/">
<dc:format>application/pdf</dc:format>
<dc:language><rdf:Bag><rdf:li>pt-BR</rdf:li></rdf:Bag></dc:language>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{subject}</rdf:li></rdf:Alt></dc:description>
<pdf:Producer>{maker}</pdf:Producer>
<xmp:CreatorTool>{maker}</xmp:CreatorTool>
<xmp:CreateDate>{date}</xmp:CreateDate>
<xmp:ModifyDate>{date}</xmp:ModifyDate>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="r"?>"""


def _describe(
    canvas: Canvas, title: str, author: str, subject: str, issued: datetime | None
) -> None:
    """What a PDF says of itself beside its pages, and the same as XMP: readers for the blind say
    the title instead of the file's name, archives find the date."""
    title, author, subject = (fonts.clean(text) for text in (title, author, subject or title))
    moment = issued or UNDATED
    offset = f"{moment:%z}"
    written = f"D:{moment:%Y%m%d%H%M%S}{offset[:3]}'{offset[3:5]}'"
    canvas.setTitle(title)
    canvas.setAuthor(author)
    canvas.setSubject(subject)
    canvas.setCreator(MAKER)
    canvas.setProducer(MAKER)
    canvas.setDateFormatter(lambda *_now: written)
    canvas.setViewerPreference("DisplayDocTitle", "true")
    xmp = _XMP.format(
        title=escape(title),
        author=escape(author),
        subject=escape(subject),
        maker=MAKER,
        date=moment.isoformat(timespec="seconds"),
    )
    kind = PDFDictionary({"Type": PDFName("Metadata"), "Subtype": PDFName("XML")})
    # not compressed: found by tools that do not read PDF
    document = canvas._doc  # type: ignore[attr-defined]  # the stub leaves it out
    document.Catalog.Metadata = PDFStream(kind, xmp.encode("utf-8"), filters=[])


def picture_size(data: bytes, width: float, height: float) -> tuple[float, float]:
    """What ``Sheet.image`` makes of a picture in a box of this size."""
    return _fitted(ImageReader(io.BytesIO(data)), width, height)


def _fitted(reader: ImageReader, width: float, height: float) -> tuple[float, float]:
    across, down = reader.getSize()
    scale = min(width / across, height / down)
    return across * scale, down * scale


def readable_picture(data: bytes) -> bool:
    """Whether ``Sheet.image`` can draw this: a broken logo must not stop an order's paper."""
    try:
        width, height = ImageReader(io.BytesIO(data)).getSize()
    except (OSError, ValueError):
        return False
    return bool(width and height)


def page_number(number: int, pages: int) -> str:
    return f"página {number} de {pages}"


@lru_cache(maxsize=16)
def qr_matrix(text: str) -> tuple[tuple[bool, ...], ...]:
    """Dark modules of a QR code, row by row: the same for both copies, so worked out once."""
    code = QRCode(None, QRErrorCorrectLevel.M)
    code.addData(text)
    code.make()
    return tuple(tuple(row) for row in code.modules)


def _stretches(modules: Sequence[bool]) -> Iterable[tuple[int, int]]:
    """Where dark modules begin in a row, and how many follow each other."""
    start = None
    for place, dark in enumerate([*modules, False]):
        if dark and start is None:
            start = place
        elif not dark and start is not None:
            yield start, place - start
            start = None


def _place(
    canvas: Canvas, reader: ImageReader, x: float, y: float, size: tuple[float, float]
) -> None:
    # White behind what is transparent: a mask alone prints black on some drivers.
    canvas.drawImage(reader, x, y, width=size[0], height=size[1], mask="auto")


def _fill(canvas: Canvas, colour: Colour) -> None:
    if isinstance(colour, tuple):
        canvas.setFillColorRGB(*colour)
    else:
        canvas.setFillGray(colour)


def _stroke(canvas: Canvas, colour: Colour) -> None:
    if isinstance(colour, tuple):
        canvas.setStrokeColorRGB(*colour)
    else:
        canvas.setStrokeGray(colour)
