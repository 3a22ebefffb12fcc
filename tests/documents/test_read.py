"""QR codes come back from the papers that we print, from photos of them, and from nothing else."""

import os
import time
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageDraw
from tests.builders import make_issue, make_sheet
from tests.documents.reading import pictures
from tests.scans.scanner import as_pdf, pages_of, scanned, way_of

from osdesk.documents import apart, read
from osdesk.documents.kit.draw import qr_matrix
from osdesk.documents.papers import render_paper
from osdesk.domain.codes import PaperFormat
from osdesk.domain.errors import UserError
from osdesk.texts import sentence

ISSUE = make_issue()


@pytest.fixture(scope="module")
def pdf() -> bytes:
    return render_paper(ISSUE, PaperFormat.A4_HALF, logo=None)


def saved(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def encoded(image: Image.Image, kind: str, **options: object) -> bytes:
    out = BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def test_a_pdf_gives_each_code_once(tmp_path, pdf):
    assert apart.read_codes(saved(tmp_path, "papel.pdf", pdf)) == [ISSUE.qr]


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
@pytest.mark.parametrize("turn", [0, 90, 180, 7])
def test_a_scan_is_read_however_it_lay(tmp_path, pdf, kind, turn):
    scan = pictures(pdf, 200)[0].convert("L").rotate(turn, expand=True, fillcolor=255)
    path = saved(tmp_path, "sem-extensao", encoded(scan, kind))
    assert apart.read_codes(path) == [ISSUE.qr]


def test_a_small_picture_is_tried_again_enlarged(tmp_path, pdf):
    whole = pictures(pdf, 60)[0]
    path = saved(tmp_path, "pequena.png", encoded(whole.crop((370, 0, 496, 120)), "PNG"))
    assert apart.read_codes(path) == [ISSUE.qr]


def test_two_papers_on_one_picture_give_two_codes(tmp_path, pdf):
    other = make_issue(order=make_sheet(number=10483))
    second = render_paper(other, PaperFormat.A4_HALF, logo=None)
    both = Image.new("RGB", (2480, 1754), "white")
    both.paste(pictures(pdf, 150)[0], (0, 0))
    both.paste(pictures(second, 150)[0], (1240, 0))
    path = saved(tmp_path, "duas.jpg", encoded(both, "JPEG"))
    assert set(apart.read_codes(path)) == {ISSUE.qr, other.qr}


def test_a_page_without_a_code_gives_none(tmp_path):
    path = saved(tmp_path, "branca.png", encoded(Image.new("L", (300, 300), 255), "PNG"))
    assert apart.read_codes(path) == []


@pytest.mark.parametrize("data", [b"", b"texto", b"%PDF-1.7 cortado", b"\x89PNG\r\n\x1a\nlixo"])
def test_junk_is_refused_in_words(tmp_path, data):
    with pytest.raises(UserError) as error:
        apart.read_codes(saved(tmp_path, "lixo", data))
    assert sentence(error.value).endswith(".")


def test_a_device_is_not_read():
    with pytest.raises(UserError, match="cannot_read"):
        apart.read_codes(Path(os.devnull))


BAD = [
    # by which a first look is defeated: grain, few points, a small code on a large picture
    replace(way_of(1, phones=0), noise=50, blur=0.6, quality=40),
    replace(way_of(2, phones=0), noise=80, blur=0.4, quality=30),
    replace(way_of(5, phones=1), noise=50, blur=0.6, quality=40),
]


@pytest.mark.parametrize("way", BAD)
def test_a_bad_scan_is_looked_at_again(pdf, way):
    picture = scanned(pages_of(pdf)[0], way, 7)
    assert not read.LOOKS[0](picture, picture)
    assert read.page_codes(picture, seconds=30) == (ISSUE.qr,)


def test_a_code_of_somebody_else_does_not_end_the_search(pdf):
    """A Pix code is read at once; the paper's own, under grain, is looked for further."""
    picture = scanned(pages_of(pdf)[0], BAD[0], 7)
    other = Image.new("L", (200, 200), 255)
    for y, line in enumerate(qr_matrix("00020126pix")):
        for x, dark in enumerate(line):
            if dark:
                other.paste(0, (20 + 6 * x, 20 + 6 * y, 26 + 6 * x, 26 + 6 * y))
    picture.paste(other, (0, picture.height - 200))
    assert set(read.page_codes(picture, seconds=30)) == {ISSUE.qr, "00020126pix"}


def test_a_page_without_a_code_takes_its_time_and_no_more():
    picture = Image.effect_noise((4_000, 3_000), 60)
    begun = time.perf_counter()
    assert read.page_codes(picture, seconds=0.2) == ()
    assert time.perf_counter() - begun < 2


def test_only_a_scanned_page_is_searched_on_for_a_code(pdf, monkeypatch):
    searched = []
    monkeypatch.setattr(
        read, "LOOKS", (*read.LOOKS, lambda picture, _: searched.append(picture.size) or [])
    )
    logo = encoded(Image.new("RGB", (900, 400), "navy"), "PNG")
    drawn = render_paper(ISSUE, PaperFormat.A4_HALF, logo=logo)
    front, back = read.codes_by_page(drawn, seconds=30)
    assert (front, back, searched) == ((ISSUE.qr,), (), [])
    front, back = read.codes_by_page(feeder(pdf), seconds=30)
    assert (front, back, len(searched)) == ((ISSUE.qr,), (), 1)


def feeder(*sheets: bytes) -> bytes:
    return as_pdf([picture for pdf in sheets for picture in pages_of(pdf)], 60)


@pytest.fixture(scope="module")
def batch(pdf) -> bytes:
    other = render_paper(make_issue(order=make_sheet(number=10483)), PaperFormat.A4_HALF, logo=None)
    return feeder(pdf, other)


def test_each_page_of_a_pdf_has_its_codes(batch):
    pages = list(read.codes_by_page(batch))
    assert len(pages) == read.page_count(batch)
    assert pages[0] == (ISSUE.qr,)
    assert {code for codes in pages for code in codes if "|10483|" in code}


def test_pages_are_taken_apart_and_all_of_them_are_the_file_itself(batch):
    count = read.page_count(batch)
    assert read.pages_apart(batch, range(count)).data == batch
    one = read.pages_apart(batch, [0])
    assert one.media_type == "application/pdf"
    assert read.page_count(one.data) == 1
    assert list(read.codes_by_page(one.data)) == [(ISSUE.qr,)]


def test_a_picture_is_a_page_of_its_own(pdf):
    data = encoded(pages_of(pdf)[0], "JPEG")
    assert read.page_count(data) == 1
    assert read.pages_apart(data, [0]).media_type == "image/jpeg"


def test_a_page_as_a_small_picture(batch, pdf):
    for data in (batch, encoded(pages_of(pdf)[0], "PNG")):
        with Image.open(BytesIO(read.small_picture(data, 0, side=200))) as small:
            assert max(small.size) == 200


def test_a_pdf_too_long_is_refused_not_read_in_part(batch, monkeypatch):
    monkeypatch.setattr(read, "MAX_PAGES", 1)
    with pytest.raises(UserError, match="pdf_too_long"):
        list(read.codes_by_page(batch))


def test_a_spoilt_code_is_told_from_none(pdf):
    """A front whose code is crossed out must not pass for the back of the sheet before it."""
    pages = pages_of(pdf)
    front = pages[0].copy()
    wide, high = front.size
    for half in (0, high // 2):
        stroke = (int(wide * 0.86), half, int(wide * 0.97), half + int(high * 0.12))
        ImageDraw.Draw(front).line(stroke, fill=0, width=14)
    for seed in range(3):
        way = way_of(seed, phones=0)
        assert read.UNREADABLE in read.page_codes(scanned(front, way, seed), seconds=30)
        assert read.page_codes(scanned(pages[1], way, seed), seconds=30) == ()
