"""What a PDF shows: its lines of text with their places, page by page and copy by copy."""

import ctypes
import re
from collections import defaultdict
from dataclasses import dataclass, replace
from functools import lru_cache

import pypdfium2
import pypdfium2.raw as pdfium

WIDTH, HEIGHT = 595.276, 841.89
HALF = HEIGHT / 2
FALLBACK = "DejaVuSans"
COPIES = ("Via da assistência", "Via do cliente")


@dataclass(frozen=True)
class Line:
    """One drawn line. Places in points from the top left; ``x`` is its first letter's."""

    text: str
    x: float
    baseline: float
    left: float
    top: float
    right: float
    bottom: float
    size: float
    font: str

    def overlaps(self, other: "Line", slack: float = 0.3) -> bool:
        # letters with two accents (Ǘ) reach a little out of their line, seldom onto another letter
        high = max(slack, 0.08 * min(self.size, other.size))
        return (
            min(self.right, other.right) - max(self.left, other.left) > slack
            and min(self.bottom, other.bottom) - max(self.top, other.top) > high
        )

    def joined(self, other: "Line") -> "Line":
        return replace(
            self,
            text=self.text + other.text,
            left=min(self.left, other.left),
            top=min(self.top, other.top),
            right=max(self.right, other.right),
            bottom=max(self.bottom, other.bottom),
        )


def pages(pdf: bytes) -> list[list[Line]]:
    return [list(page) for page in _read(pdf)]


@lru_cache(maxsize=256)
def _read(pdf: bytes) -> list[list[Line]]:
    """Reading takes longer than drawing, and many tests look at the same papers."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        found = []
        for page in document:
            text = page.get_textpage()
            found.append(_lines(page, text))
            text.close()
            page.close()
        return found
    finally:
        document.close()


def _lines(page: pypdfium2.PdfPage, text: pypdfium2.PdfTextPage) -> list[Line]:
    lines: list[Line] = []
    height = page.get_height()
    for item in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT], textpage=text):
        left, bottom, right, top = item.get_bounds()
        matrix = item.get_matrix()
        piece = Line(
            item.extract(),
            matrix.e,
            height - matrix.f,
            left,
            height - top,
            right,
            height - bottom,
            round(item.get_font_size() * matrix.d, 2),
            item.get_font().get_base_name(),
        )
        last = lines[-1] if lines else None
        # A line that needs another font for some letters is drawn in pieces.
        if last and abs(last.baseline - piece.baseline) < 0.01 and piece.x >= last.x:
            gap = piece.left - last.right
            if -1 < gap < 5 and FALLBACK in (last.font, piece.font):
                lines[-1] = replace(last.joined(piece), font=piece.font)
                continue
        lines.append(piece)
    return lines


def sizes(pdf: bytes) -> list[tuple[float, float]]:
    """Width and height of each page, in points."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [page.get_size() for page in document]
    finally:
        document.close()


def signing_lines(pdf: bytes) -> list[list[tuple[float, float, float]]]:
    """The lines to sign on, page by page: left, right, how far down."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [_signing_lines(page) for page in document]
    finally:
        document.close()


def _signing_lines(page: pypdfium2.PdfPage) -> list[tuple[float, float, float]]:
    found = []
    weight = ctypes.c_float()
    for item in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH]):
        left, bottom, right, top = item.get_bounds()
        pdfium.FPDFPageObj_GetStrokeWidth(item, weight)
        if abs(weight.value - 0.8) < 0.01 and top - bottom < 1.5:
            found.append((left, right, page.get_height() - (top + bottom) / 2))
    return found


def pictures(pdf: bytes, dpi: int = 150) -> list:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [page.render(scale=dpi / 72).to_pil() for page in document]
    finally:
        document.close()


def is_halved(page: list[Line]) -> bool:
    return sum(line.text.startswith("página ") for line in page) == 2


def is_roll(size: tuple[float, float]) -> bool:
    return size[0] < 300


def copies(pdf: bytes) -> dict[str, list[list[Line]]]:
    """The pages of each copy; of two copies on one page, each one's half."""
    found: dict[str, list[list[Line]]] = {name: [] for name in COPIES}
    for page, size in zip(pages(pdf), sizes(pdf), strict=True):
        whole = squash("".join(line.text for line in page))
        if is_halved(page):
            found[COPIES[0]].append([line for line in page if line.bottom < HALF])
            found[COPIES[1]].append([line for line in page if line.top > HALF])
            assert sum(len(found[name][-1]) for name in COPIES) == len(page), "on the cut line"
        else:
            (name,) = [name for name in COPIES if squash(name) in whole]
            text = _roll_text(page, bool(found[name])) if is_roll(size) else page
            found[name].append(text)
    return {name: its for name, its in found.items() if its}


def _roll_text(page: list[Line], further: bool) -> list[Line]:
    """A further page of a roll without its head: what stands between two pages of running text."""
    if not further:
        return page
    head = ""
    for number, line in enumerate(page):
        head += squash(line.text)
        if any(head.endswith(squash(name)) for name in COPIES):
            return page[number + 1 :]
    raise AssertionError("a further page does not say which copy it is of")


def squash(text: str) -> str:
    """Without any blanks; pdfium writes a hyphen at a line's end as U+0002."""
    return re.sub(r"\s", "", text.replace("\x02", "-").replace("\ufffe", "-"))


def columns(copy: list[list[Line]]) -> list[str]:
    """Texts of a copy, each column's lines joined: those that start at the same place."""
    found: dict[int, list[str]] = defaultdict(list)
    for number, page in enumerate(copy):
        foot = max((n for n, line in enumerate(page) if _begins_foot(line)), default=len(page))
        for line in page[:foot]:
            if not _is_head_or_foot(line, number):
                found[round(line.x)].append(squash(line.text))
    return ["".join(texts) for texts in found.values()]


def _begins_foot(line: Line) -> bool:
    return re.match(r"Documento \d+ *· versão \d", line.text) is not None


def _is_head_or_foot(line: Line, page: int) -> bool:
    """What stands between two pages of running text."""
    again = page > 0 and line.size == 8 and line.font.endswith("Medium")
    return again or line.text.startswith(("Documento ", "página "))


def shows(copy: list[list[Line]], text: str) -> bool:
    wanted = squash(text)
    return any(wanted in column for column in columns(copy))


def collisions(page: list[Line]) -> list[tuple[str, str]]:
    by_top = sorted((line for line in page if line.text.strip()), key=lambda line: line.top)
    found = []
    for number, line in enumerate(by_top):
        for other in by_top[number + 1 :]:
            if other.top > line.bottom:
                break
            if line.overlaps(other):
                found.append((line.text, other.text))
    return found
