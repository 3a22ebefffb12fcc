"""Files of strangers made safe to keep: pictures are decoded within limits and encoded anew, PDFs
are looked at.

What is stored of a picture is never the file that was chosen but a fresh one of its points, without
place, camera and whatever else such files can carry.
"""

import struct
import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

import pypdfium2  # type: ignore[import-untyped]  # it has no types
from PIL import Image, ImageOps

from osdesk.documents.apart import Prepared, bytes_of
from osdesk.domain.errors import UserError

MAX_PIXELS = 40_000_000
"""A photo of a large telephone camera, an A4 at 600 dpi; more is refused before it is decoded."""
MAX_SIDE = 30_000
"""Pixels of one side: a line of forty million points is no picture."""
SIDE = 2_000
"""Pixels of the longer side of what is kept: an A4 at 170 dpi."""
QUALITY = 88
KINDS = ("PNG", "JPEG", "WEBP")
JPEG, PNG, PDF = "image/jpeg", "image/png", "application/pdf"

# Pillow only warns of what is under twice its limit; here the limit is one. What it remarks about
# odd EXIF blocks, which are dropped, would be English words on the command's stderr.
Image.MAX_IMAGE_PIXELS = MAX_PIXELS
warnings.filterwarnings("ignore", category=UserWarning, module=r"PIL\.")
warnings.filterwarnings("error", category=Image.DecompressionBombWarning)

BROKEN = (
    *(OSError, ValueError, SyntaxError, MemoryError, EOFError, TypeError),
    *(struct.error, ArithmeticError, LookupError),
)
"""What Pillow's readers raise on files that are cut, or made to hurt."""

PDFIUM = threading.RLock()
"""PDFium is not made for two threads at a time; every use of it takes this lock."""

_HEIF = (b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1")
_OTHERS = (
    (b"GIF8", "GIF"),
    (b"II*\x00", "TIFF"),
    (b"MM\x00*", "TIFF"),
    (b"BM", "BMP"),
    (b"<svg", "SVG"),
    (b"<?xml", "SVG"),
)


def is_pdf(data: bytes) -> bool:
    return data.lstrip()[:5] == b"%PDF-"


def prepare(source: bytes | Path) -> Prepared:
    """A picture encoded anew, or a PDF as it is. Raises UserError as the two below."""
    data = bytes_of(source)
    return prepare_pdf(data) if is_pdf(data) else prepare_image(data)


def prepare_image(source: bytes | Path) -> Prepared:
    """PNG or JPEG, upright, at most 2000 px wide and high, of a PNG, JPEG or WebP.

    Raises UserError ``cannot_read``, ``file_empty``, ``file_too_big``, ``image_heic``,
    ``image_kind``, ``image_too_big``, ``image_unreadable``.
    """
    data = bytes_of(source)
    with opened_image(data) as image:
        # A large JPEG is decoded at half or a quarter of its size at once.
        image.draft(None, (SIDE, SIDE))
        upright = ImageOps.exif_transpose(image)
        upright.thumbnail((SIDE, SIDE), Image.Resampling.LANCZOS, reducing_gap=2.0)
        return encoded(upright, lossless=image.format == "PNG")


def prepare_logo(source: bytes | Path) -> bytes:
    """PNG, see-through where it was, or JPEG, at most 2000 px wide and high, for papers and screen.

    Raises UserError ``logo_too_big``, ``logo_kind``, ``logo_unreadable``.
    """
    try:
        with opened_image(bytes_of(source)) as image:
            image.draft(None, (SIDE, SIDE))
            upright = ImageOps.exif_transpose(image)
            upright.thumbnail((SIDE, SIDE), Image.Resampling.LANCZOS, reducing_gap=2.0)
            if not upright.has_transparency_data:
                return encoded(upright, lossless=image.format != "JPEG").data
            clear = upright.convert("RGBA")
            fresh = Image.frombytes(clear.mode, clear.size, clear.tobytes())
            out = BytesIO()
            fresh.save(out, "PNG", optimize=False)
            return out.getvalue()
    except UserError as error:
        raise UserError(_LOGO.get(error.code, "logo_unreadable")) from error


_LOGO = {
    "image_too_big": "logo_too_big",
    **dict.fromkeys(("image_kind", "image_heic"), "logo_kind"),
}
"""What is said of a logo where any other picture is refused."""


@contextmanager
def opened_image(data: bytes) -> Iterator[Image.Image]:
    """A picture whose head was read and whose size is within the limits; what goes wrong with it
    inside is a UserError."""
    _refuse_kind(data)
    try:
        with Image.open(BytesIO(data), formats=KINDS) as image:
            if image.width * image.height > MAX_PIXELS or max(image.size) > MAX_SIDE:
                raise UserError("image_too_big", limit=MAX_PIXELS // 1_000_000)
            yield image
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise UserError("image_too_big", limit=MAX_PIXELS // 1_000_000) from error
    except BROKEN as error:
        raise UserError("image_unreadable") from error


def _refuse_kind(data: bytes) -> None:
    head = data[:64].lstrip(b"\xef\xbb\xbf \t\r\n")
    if head[4:8] == b"ftyp" and head[8:12] in _HEIF:
        raise UserError("image_heic")
    for start, kind in _OTHERS:
        if head.lower().startswith(start.lower()):
            raise UserError("image_kind", kind=f" ({kind})")
    if not head.startswith((b"\x89PNG", b"\xff\xd8\xff", b"RIFF")):
        raise UserError("image_kind", kind="")


def encoded(image: Image.Image, *, lossless: bool) -> Prepared:
    """A picture's points alone as PNG or JPEG; on white, where they let the ground through."""
    plain = _on_white(image)
    fresh = Image.frombytes(plain.mode, plain.size, plain.tobytes())
    out = BytesIO()
    if lossless:
        fresh.save(out, "PNG", optimize=False)
        return Prepared(out.getvalue(), PNG)
    fresh.save(out, "JPEG", quality=QUALITY)
    return Prepared(out.getvalue(), JPEG)


def _on_white(image: Image.Image) -> Image.Image:
    if image.mode == "L":
        return image
    if image.mode == "1":
        return image.convert("L")
    if image.mode.startswith("I"):  # sixteen bits of grey
        return image.point(lambda value: value / 256).convert("L")
    if image.has_transparency_data:
        ground = Image.new("RGBA", image.size, "white")
        ground.alpha_composite(image.convert("RGBA"))
        return ground.convert("RGB")
    return image.convert("RGB")


def prepare_pdf(source: bytes | Path) -> Prepared:
    """A PDF that can be opened and has pages, byte for byte.

    Raises UserError ``cannot_read``, ``file_empty``, ``file_too_big``, ``pdf_locked``,
    ``pdf_unreadable``.
    """
    data = bytes_of(source)
    with opened_pdf(data):
        return Prepared(data, PDF)


@contextmanager
def opened_pdf(data: bytes) -> Iterator[pypdfium2.PdfDocument]:
    """A PDF with at least one page; what goes wrong with it inside is a UserError.

    Whoever reads its pages takes ``PDFIUM`` for it.
    """
    if not is_pdf(data):
        raise UserError("pdf_unreadable")
    document = None
    try:
        with PDFIUM:
            document = pypdfium2.PdfDocument(data)
            if len(document) == 0:
                raise UserError("pdf_unreadable")
        yield document
    except pypdfium2.PdfiumError as error:
        code = "pdf_locked" if "assword" in str(error) else "pdf_unreadable"
        raise UserError(code) from error
    finally:
        if document is not None:
            with PDFIUM:
                document.close()
