"""Strangers' files: what is kept of them is small, upright, clean; what cannot be is told."""

import os
import struct
import time
import tracemalloc
import zlib
from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image, TiffImagePlugin
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas
from tests.deep import examples

from osdesk.documents import images
from osdesk.domain.errors import UserError
from osdesk.texts import sentence


def encoded(image: Image.Image, kind: str, **options: object) -> bytes:
    out = BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def gradient(width: int = 300, height: int = 200) -> Image.Image:
    return Image.linear_gradient("L").resize((width, height)).convert("RGB")


def pdf_of(pages: int = 1) -> bytes:
    document = pypdfium2.PdfDocument.new()
    for _ in range(pages):
        document.new_page(200, 300)
    out = BytesIO()
    document.save(out)
    document.close()
    return out.getvalue()


def refused(source: bytes | Path) -> UserError:
    with pytest.raises(UserError) as caught:
        images.prepare(source)
    assert sentence(caught.value).endswith(".")
    return caught.value


@pytest.mark.parametrize(
    ("kind", "media", "mode"),
    [
        ("JPEG", "image/jpeg", "RGB"),
        ("JPEG", "image/jpeg", "L"),
        ("JPEG", "image/jpeg", "CMYK"),
        ("PNG", "image/png", "RGB"),
        ("PNG", "image/png", "RGBA"),
        ("PNG", "image/png", "P"),
        ("PNG", "image/png", "1"),
        ("PNG", "image/png", "I;16"),
        ("WEBP", "image/jpeg", "RGB"),
    ],
)
def test_three_kinds_become_two(kind, media, mode):
    image = gradient().convert("I;16" if mode == "I;16" else mode)
    kept = images.prepare(encoded(image, kind))
    assert kept.media_type == media
    with Image.open(BytesIO(kept.data)) as again:
        assert again.size == (300, 200)
        assert again.mode in ("L", "RGB")


def test_a_large_picture_is_made_small_and_keeps_its_sides():
    kept = images.prepare_image(encoded(gradient(4_000, 1_000), "JPEG"))
    with Image.open(BytesIO(kept.data)) as again:
        assert again.size == (2_000, 500)


def test_it_stands_upright_and_says_nothing_of_place_and_camera():
    exif = Image.Exif()
    exif[0x0112] = 6  # turned a quarter
    exif[0x010F] = "Camera"
    exif.get_ifd(0x8825)[2] = (TiffImagePlugin.IFDRational(23), 32, 56)
    data = encoded(gradient(), "JPEG", exif=exif, comment=b"secret")
    kept = images.prepare_image(data)
    assert b"Camera" in data
    for word in (b"Camera", b"Exif", b"secret", b"ICC"):
        assert word not in kept.data
    with Image.open(BytesIO(kept.data)) as again:
        assert again.size == (200, 300)


def test_what_shines_through_stands_on_white():
    kept = images.prepare_image(encoded(Image.new("RGBA", (9, 9), (0, 0, 0, 0)), "PNG"))
    with Image.open(BytesIO(kept.data)) as again:
        assert again.getpixel((4, 4)) == (255, 255, 255)


def test_the_same_file_gives_the_same_bytes():
    data = encoded(gradient(2_500, 900), "JPEG")
    assert images.prepare(data) == images.prepare(data)


def test_a_pdf_is_kept_as_it_is(tmp_path):
    data = pdf_of(3)
    (tmp_path / "a.pdf").write_bytes(data)
    kept = images.prepare(tmp_path / "a.pdf")
    assert (kept.data, kept.media_type) == (data, "application/pdf")


OTHERS = [
    (b"", "file_empty"),
    (b"texto", "image_kind"),
    (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "image_kind"),
    (b"\xef\xbb\xbf<?xml version='1.0'?><svg/>", "image_kind"),
    (b"\x00\x00\x00\x18ftypheic\x00\x00", "image_heic"),
    (b"\x89PNG\r\n\x1a\nlixo", "image_unreadable"),
    (b"\xff\xd8\xff\xe0lixo", "image_unreadable"),
    (b"RIFF\x00\x00\x00\x00WEBPlixo", "image_unreadable"),
    (b"%PDF-1.7 cortado", "pdf_unreadable"),
]


@pytest.mark.parametrize(("data", "code"), OTHERS)
def test_what_is_no_picture_is_refused_in_words(data, code):
    assert refused(data).code == code


@pytest.mark.parametrize("kind", ["GIF", "TIFF", "BMP"])
def test_other_kinds_are_named(kind):
    assert kind in sentence(refused(encoded(gradient(), kind)))


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_a_cut_picture_is_refused(kind):
    data = encoded(Image.effect_noise((300, 300), 90), kind)
    assert refused(data[: len(data) // 2]).code == "image_unreadable"


def test_a_locked_pdf_is_told_apart():
    out = BytesIO()
    canvas = Canvas(out, encrypt=StandardEncryption("segredo", "dono", strength=128))
    canvas.drawString(10, 10, "x")
    canvas.save()
    assert refused(out.getvalue()).code == "pdf_locked"


def bomb(width: int, height: int) -> bytes:
    """A PNG of some kilobytes that says it is ``width`` by ``height``."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        crc = zlib.crc32(kind + body)
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", crc)

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = zlib.compress(bytes(1_000_000))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


@pytest.mark.parametrize("side", [6_400, 9_800, 30_000, 2**31 - 1])
def test_a_bomb_is_refused_in_a_moment(side):
    data = bomb(side, side)
    tracemalloc.start()
    begun = time.perf_counter()
    assert refused(data).code in ("image_too_big", "image_unreadable")
    assert time.perf_counter() - begun < 1
    assert tracemalloc.get_traced_memory()[1] < 20_000_000
    tracemalloc.stop()


def test_a_huge_file_is_not_even_read(tmp_path):
    huge = tmp_path / "grande.jpg"
    with huge.open("wb") as file:
        file.truncate(2**34)
    begun = time.perf_counter()
    assert refused(huge).code == "file_too_big"
    assert time.perf_counter() - begun < 1


def test_only_regular_files_are_read(tmp_path):
    others = [tmp_path, tmp_path / "falta", Path(os.devnull)]
    if os.name != "nt":  # Windows has no pipes among its files
        os.mkfifo(tmp_path / "tubo")
        others.append(tmp_path / "tubo")
    for path in others:
        assert refused(path).code == "cannot_read"


SEEDS = [
    encoded(gradient(40, 30), "PNG"),
    encoded(gradient(40, 30), "JPEG", exif=b"Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01"),
    encoded(gradient(40, 30), "WEBP"),
    pdf_of(),
]


@pytest.mark.filterwarnings("ignore::UserWarning")  # as the module asks; pytest sets its own list
@settings(max_examples=examples(300), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(SEEDS), st.integers(0, 10_000), st.binary(min_size=1, max_size=8))
def test_a_spoilt_file_is_kept_clean_or_refused(seed, place, noise):
    at = place % len(seed)
    spoilt = seed[:at] + noise + seed[at + len(noise) :]
    answer: object
    try:
        answer = images.prepare(spoilt).media_type
    except UserError as error:
        answer = sentence(error)[-1]
    assert answer in ("image/png", "image/jpeg", "application/pdf", ".")
