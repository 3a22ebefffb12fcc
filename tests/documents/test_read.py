"""QR codes come back from the papers that we print, from photos of them, and from nothing else."""

import os
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from tests.builders import make_issue, make_sheet
from tests.documents.reading import pictures

from osdesk.documents import read
from osdesk.documents.papers import render_paper
from osdesk.domain.codes import PaperFormat
from osdesk.domain.errors import UserError

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
    assert read.read_codes(saved(tmp_path, "papel.pdf", pdf)) == [ISSUE.qr]


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
@pytest.mark.parametrize("turn", [0, 90, 180, 7])
def test_a_scan_is_read_however_it_lay(tmp_path, pdf, kind, turn):
    scan = pictures(pdf, 200)[0].convert("L").rotate(turn, expand=True, fillcolor=255)
    path = saved(tmp_path, "sem-extensao", encoded(scan, kind))
    assert read.read_codes(path) == [ISSUE.qr]


def test_a_small_picture_is_tried_again_enlarged(tmp_path, pdf):
    whole = pictures(pdf, 60)[0]
    path = saved(tmp_path, "pequena.png", encoded(whole.crop((370, 0, 496, 120)), "PNG"))
    assert read.read_codes(path) == [ISSUE.qr]


def test_two_papers_on_one_picture_give_two_codes(tmp_path, pdf):
    other = make_issue(order=make_sheet(number=10483))
    second = render_paper(other, PaperFormat.A4_HALF, logo=None)
    both = Image.new("RGB", (2480, 1754), "white")
    both.paste(pictures(pdf, 150)[0], (0, 0))
    both.paste(pictures(second, 150)[0], (1240, 0))
    path = saved(tmp_path, "duas.jpg", encoded(both, "JPEG"))
    assert set(read.read_codes(path)) == {ISSUE.qr, other.qr}


def test_a_page_without_a_code_gives_none(tmp_path):
    path = saved(tmp_path, "branca.png", encoded(Image.new("L", (300, 300), 255), "PNG"))
    assert read.read_codes(path) == []


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"texto",
        b"%PDF-1.7 cortado",
        b"\x89PNG\r\n\x1a\nlixo",
        b"\xff\xd8\xff\xe0lixo",
        b"GIF89a",
    ],
)
def test_junk_is_refused_in_words(tmp_path, data):
    with pytest.raises(UserError) as error:
        read.read_codes(saved(tmp_path, "lixo", data))
    assert error.value.code == "unreadable_file"


def test_a_cut_picture_is_refused(tmp_path, pdf):
    data = encoded(pictures(pdf, 100)[0], "PNG")
    with pytest.raises(UserError) as error:
        read.read_codes(saved(tmp_path, "cortada.png", data[: len(data) // 2]))
    assert error.value.code == "unreadable_file"


def test_other_kinds_and_giants_are_refused(tmp_path, monkeypatch):
    image = Image.new("L", (200, 200), 255)
    paths = [saved(tmp_path, "x.gif", encoded(image, "GIF")), tmp_path, tmp_path / "falta.png"]
    paths.append(saved(tmp_path, "x.png", encoded(image, "PNG")))
    monkeypatch.setattr(read, "MAX_PIXELS", 100)
    for path in paths:
        with pytest.raises(UserError) as error:
            read.read_codes(path)
        assert error.value.code == "unreadable_file"
    monkeypatch.setattr(read, "MAX_BYTES", 10)
    with pytest.raises(UserError):
        read.read_codes(paths[-1])


def test_a_device_is_not_read():
    with pytest.raises(UserError):
        read.read_codes(Path(os.devnull))
