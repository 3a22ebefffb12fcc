"""Papers as pictures: QR codes read from what came back, pages rendered for printer and screen.

A clean scan is read at the first look. Only a scanned page that shows no code of ours is looked at
again, larger, smaller, smoothed, sharpened, turned, for a bounded time: so a batch of good scans
goes fast and a bad one is still given a fair chance.
"""

import math
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO

import pypdfium2  # type: ignore[import-untyped]  # it has no types
import zxingcpp
from PIL import Image, ImageFilter, ImageOps
from pypdfium2.raw import FPDF_PAGEOBJ_IMAGE  # type: ignore[import-untyped]  # as above

from osdesk.documents.apart import UNREADABLE, Prepared
from osdesk.documents.images import (
    MAX_PIXELS,
    PDFIUM,
    encoded,
    is_pdf,
    opened_image,
    opened_pdf,
    prepare_image,
    prepare_pdf,
)
from osdesk.domain.errors import UserError

MAX_PAGES = 500
"""What a feeder takes at once, several times over; a longer file is refused, never read in part."""
DPI = 200
MARK = "OSDESK1|"
"""How the QR codes of our papers begin; a page may show others, as one for Pix."""
SECONDS = 2.0
"""For one page: after this long no further look is begun."""
QR_ONLY = zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode])
BASE = 2_400
"""Pixels of the longer side at the first look: an A4 at 200 dpi."""
FULL = 6_000
LEAST = 40
"""Pixels of a code's side at the first look; ours are three times as large."""

Codes = tuple[str, ...]


def codes_by_page(data: bytes, *, seconds: float = SECONDS) -> Iterator[Codes]:
    """For each page of a PDF, or the one picture, the texts of its QR codes, each once.

    ``seconds``: for how long a page that shows none of ours is looked at; at 0 once.
    Raises UserError: ``file_empty``, ``image_…``, ``pdf_…``.
    """
    if not data:
        raise UserError("file_empty")
    if not is_pdf(data):
        with opened_image(data) as image:
            upright = ImageOps.exif_transpose(image).convert("L")
            yield page_codes(upright, seconds=seconds)
        return
    with opened_pdf(data) as document:
        if len(document) > MAX_PAGES:
            raise UserError("pdf_too_long", limit=MAX_PAGES)
        for number in range(len(document)):
            looks = LOOKS if _is_scan(document, number) else DRAWN
            yield page_codes(_rendered(document, number, DPI), seconds=seconds, looks=looks)


def page_count(data: bytes) -> int:
    """Pages of a PDF; a picture is one. Raises UserError ``pdf_…``."""
    if not is_pdf(data):
        return 1
    with opened_pdf(data) as document, PDFIUM:
        return len(document)


def _is_scan(document: pypdfium2.PdfDocument, number: int) -> bool:
    """Whether a picture takes a good part of the page: larger than a logo, as a photo would be."""
    with PDFIUM:
        page = document[number]
        try:
            width, height = page.get_size()
            for image in page.get_objects(filter=[FPDF_PAGEOBJ_IMAGE]):
                left, bottom, right, top = image.get_bounds()
                if (right - left) * (top - bottom) > width * height / 10:
                    return True
            return False
        finally:
            page.close()


def _rendered(document: pypdfium2.PdfDocument, number: int, dpi: float) -> Image.Image:
    with PDFIUM:
        page = document[number]
        try:
            width, height = page.get_size()
            area = max(width * height / 72**2, 1e-6)
            bitmap = page.render(scale=min(dpi, (MAX_PIXELS / area) ** 0.5) / 72, grayscale=True)
            try:
                picture: Image.Image = bitmap.to_pil().copy()
                return picture
            finally:
                bitmap.close()
        finally:
            page.close()


# -- looking at one page --------------------------------------------------------------------------


def page_codes(
    picture: Image.Image, *, seconds: float = SECONDS, looks: "Sequence[Look] | None" = None
) -> Codes:
    """The texts of the QR codes on a grey picture, each once; it is looked at until one is ours."""
    deadline = time.monotonic() + seconds
    found: dict[str, None] = {}
    base = _within(picture, BASE)
    for count, look in enumerate(LOOKS if looks is None else looks):
        if count and time.monotonic() > deadline:
            break
        found.update(dict.fromkeys(look(picture, base)))
        if any(text.startswith(MARK) for text in found):
            found.pop(UNREADABLE, None)
            break
    return tuple(found)


def _scan(image: Image.Image) -> list[str]:
    codes = zxingcpp.read_barcodes(image, formats=QR_ONLY)
    return [code.text for code in codes if code.text]


def _within(image: Image.Image, side: int) -> Image.Image:
    return _scaled(image, side / max(image.size)) if max(image.size) > side else image


def _scaled(image: Image.Image, factor: float) -> Image.Image:
    size = (max(1, round(image.width * factor)), max(1, round(image.height * factor)))
    return image.resize(size, Image.Resampling.BICUBIC)


def _whole(picture: Image.Image, base: Image.Image) -> list[str]:
    return _scan(_within(picture, FULL)) if picture is not base else []


def _turned(_: Image.Image, base: Image.Image) -> list[str]:
    return _scan(base.rotate(20, Image.Resampling.BICUBIC, expand=True, fillcolor=200))


def _closer(picture: Image.Image, base: Image.Image) -> list[str]:
    """Codes seen and not understood, each cut out and enlarged; or that one was seen."""
    found = []
    factor = picture.width / base.width
    for code in zxingcpp.read_barcodes(base, formats=QR_ONLY, return_errors=True):
        place = code.position
        corners = [
            (corner.x * factor, corner.y * factor)
            for corner in (place.top_left, place.top_right, place.bottom_right, place.bottom_left)
        ]
        sides = [math.dist(corners[n], corners[n - 1]) for n in range(4)]
        # three marks that happen to stand in a corner of a text are no code
        if code.valid or min(sides) < LEAST * factor or max(sides) > 2 * min(sides):
            continue
        x, y = (sum(values) / 4 for values in zip(*corners, strict=True))
        reach = 10 + 1.1 * max(sides)
        box = picture.crop((round(x - reach), round(y - reach), round(x + reach), round(y + reach)))
        large = _scaled(box, 800 / box.width)
        found += _scan(large) or _scan(large.filter(ImageFilter.GaussianBlur(4))) or [UNREADABLE]
    return found


Look = Callable[[Image.Image, Image.Image], list[str]]
LOOKS: tuple[Look, ...] = (
    lambda _, base: _scan(base),
    _whole,
    _closer,
    # grain is smoothed away where there are points to spare
    lambda _, base: _scan(_scaled(base, 2).filter(ImageFilter.GaussianBlur(2))),
    lambda _, base: _scan(_scaled(base, 2)),
    lambda _, base: _scan(base.filter(ImageFilter.GaussianBlur(1))),
    lambda _, base: _scan(_scaled(base, 0.75)),
    lambda _, base: _scan(_scaled(base, 2).filter(ImageFilter.UnsharpMask(4, 200, 0))),
    _turned,
    lambda _, base: _scan(ImageOps.autocontrast(base, cutoff=2)),
)
"""The first for clean scans, the others in the order in which they helped bad ones."""
DRAWN = LOOKS[:3]
"""Enough for what a program drew: without grain, straight, of full contrast."""


# -- pages apart ----------------------------------------------------------------------------------


def pages_apart(data: bytes, pages: Sequence[int]) -> Prepared:
    """Some pages of a PDF as a PDF of their own; of a picture, itself encoded anew.

    All the pages in their order are the PDF as it is. Raises UserError as ``prepare``.
    """
    if not is_pdf(data):
        return prepare_image(data)
    whole = prepare_pdf(data)
    with opened_pdf(data) as document, PDFIUM:
        if list(pages) == list(range(len(document))):
            return whole
        apart = pypdfium2.PdfDocument.new()
        try:
            apart.import_pages(document, list(pages))
            out = BytesIO()
            apart.save(out)
        finally:
            apart.close()
    return Prepared(out.getvalue(), whole.media_type)


def small_picture(data: bytes, page: int, *, side: int) -> bytes:
    """One page, from 0, as a small PNG or JPEG to be shown. Raises UserError as ``prepare``."""
    if not is_pdf(data):
        with opened_image(data) as image:
            image.draft(None, (side, side))
            upright = ImageOps.exif_transpose(image)
            upright.thumbnail((side, side))
            return encoded(upright, lossless=False).data
    with opened_pdf(data) as document:
        picture = _rendered(document, page, DPI / 2)
    picture.thumbnail((side, side))
    return encoded(picture, lossless=False).data


@dataclass(frozen=True, slots=True)
class PagePicture:
    """One page: ``data`` holds ``height`` lines of ``stride`` bytes, red, green, blue a pixel."""

    width: int
    height: int
    stride: int
    data: bytes
    landscape: bool


def joined_pdf(pdfs: Sequence[bytes]) -> bytes:
    """Several PDFs of ours as one, their pages one after the other."""
    with PDFIUM:
        whole = pypdfium2.PdfDocument.new()
        try:
            for pdf in pdfs:
                with opened_pdf(pdf) as document:
                    whole.import_pages(document)
            out = BytesIO()
            whole.save(out)
        finally:
            whole.close()
    return out.getvalue()


def page_pictures(pdf: bytes, *, dpi: int) -> Iterator[PagePicture]:
    """The pages of a PDF of ours, one after the other, as a printer without PDF needs them."""
    with opened_pdf(pdf) as document:
        for number in range(len(document)):
            yield _picture(document, number, dpi)


def _picture(document: pypdfium2.PdfDocument, number: int, dpi: int) -> PagePicture:
    with PDFIUM:
        page = document[number]
        try:
            width, height = page.get_size()
            bitmap = page.render(scale=dpi / 72, rev_byteorder=True)
            try:
                data = bytes(bitmap.buffer)
                size = (bitmap.width, bitmap.height, bitmap.stride)
                return PagePicture(*size, data, width > height)
            finally:
                bitmap.close()
        finally:
            page.close()
