"""Papers as pictures: QR codes read from what came back, pages rendered for the printer."""

import stat
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import pypdfium2  # type: ignore[import-untyped]  # it has no types
import zxingcpp
from PIL import Image, ImageOps

from osdesk.domain.errors import UserError

MAX_BYTES = 64 * 1024 * 1024
MAX_PIXELS = 64_000_000
"""A photo of a large telephone camera; more is no paper of ours."""
MAX_PAGES = 60
"""A paper of ours has a few pages; a longer file is read this far."""
DPI = 200
QR_ONLY = zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode])
SMALL = 1_200
"""Pixels of the longer side under which a picture is enlarged for a second try."""


def read_codes(path: Path) -> list[str]:
    """Texts of the QR codes in a PDF, PNG or JPEG, in their order, each once; none is ``[]``.

    Raises UserError ``unreadable_file`` for anything that is not such a file.
    """
    data = _bytes_of(path)
    found: dict[str, None] = {}
    try:
        for image in _pictures(data):
            found.update(dict.fromkeys(_codes(image)))
    except (OSError, ValueError, SyntaxError, MemoryError) as error:
        raise UserError("unreadable_file") from error
    except (pypdfium2.PdfiumError, Image.DecompressionBombError) as error:
        raise UserError("unreadable_file") from error
    return list(found)


def _bytes_of(path: Path) -> bytes:
    try:
        facts = path.stat()
        # Only regular files: a pipe or a device would keep the program waiting.
        if not stat.S_ISREG(facts.st_mode) or not 0 < facts.st_size <= MAX_BYTES:
            raise UserError("unreadable_file")
        with path.open("rb") as file:
            return file.read(MAX_BYTES)
    except OSError as error:
        raise UserError("unreadable_file") from error


def _pictures(data: bytes) -> Iterator[Image.Image]:
    if data.lstrip()[:5] == b"%PDF-":
        yield from _pages(data)
        return
    with Image.open(BytesIO(data), formats=("PNG", "JPEG")) as image:
        if image.width * image.height > MAX_PIXELS:
            raise UserError("unreadable_file")
        yield ImageOps.exif_transpose(image).convert("L")


def _pages(data: bytes) -> Iterator[Image.Image]:
    document = pypdfium2.PdfDocument(data)
    try:
        for number in range(min(len(document), MAX_PAGES)):
            page = document[number]
            try:
                width, height = page.get_size()
                area = max(width * height / 72**2, 1e-6)
                dpi = min(DPI, (MAX_PIXELS / area) ** 0.5)
                bitmap = page.render(scale=dpi / 72, grayscale=True)
                try:
                    yield bitmap.to_pil().copy()
                finally:
                    bitmap.close()
            finally:
                page.close()
    finally:
        document.close()


@dataclass(frozen=True, slots=True)
class PagePicture:
    """One page: ``data`` holds ``height`` lines of ``stride`` bytes, red, green, blue a pixel."""

    width: int
    height: int
    stride: int
    data: bytes
    landscape: bool


def page_pictures(pdf: bytes, *, dpi: int) -> Iterator[PagePicture]:
    """The pages of a PDF of ours, one after the other, as a printer without PDF needs them."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        for number in range(len(document)):
            page = document[number]
            try:
                width, height = page.get_size()
                bitmap = page.render(scale=dpi / 72, rev_byteorder=True)
                try:
                    yield PagePicture(
                        bitmap.width,
                        bitmap.height,
                        bitmap.stride,
                        bytes(bitmap.buffer),
                        width > height,
                    )
                finally:
                    bitmap.close()
            finally:
                page.close()
    finally:
        document.close()


def _codes(image: Image.Image) -> list[str]:
    found = _scan(image)
    if not found and max(image.size) < SMALL:
        found = _scan(image.resize((image.width * 2, image.height * 2), Image.Resampling.LANCZOS))
    return found


def _scan(image: Image.Image) -> list[str]:
    codes = zxingcpp.read_barcodes(image, formats=QR_ONLY)
    return [code.text for code in codes if code.text]
