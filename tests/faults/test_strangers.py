"""Files that somebody made to do harm, given to the commands: refused in a sentence, nothing made.

What each of them does inside is tested where it is read: ``documents/test_apart.py``,
``documents/test_images.py``, ``jobs/test_backup.py``, ``jobs/test_restore.py``.
"""

import os
import sys
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from tests.documents.test_apart import pdf_of, picture, stream, thin_picture
from tests.documents.test_images import bomb
from tests.faults.acts import words
from tests.faults.asking import osdesk
from tests.jobs.zips import forge

from osdesk.documents.apart import OPENER

CATALOGUE = b"<< /Type /Catalog /Pages 2 0 R /OpenAction 4 0 R >>"
PAGES = b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
PAGE = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>"
LAUNCHES = pdf_of(CATALOGUE, PAGES, PAGE, b"<< /S /Launch /F (/usr/bin/touch) /NewWindow true >>")
CALLS_HOME = pdf_of(CATALOGUE, PAGES, PAGE, b"<< /S /URI /URI (http://127.0.0.1:9/) >>")
SCRIPT = pdf_of(CATALOGUE, PAGES, PAGE, b"<< /S /JavaScript /JS (app.launchURL('x')) >>")
FOR_EVER = pdf_of(b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Kids [2 0 R] /Count 1 >>")
NO_END = pdf_of(CATALOGUE, PAGES, PAGE, stream(b"", b"q " * 200_000))


def zipped() -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("../../evil", b"x")
    return out.getvalue()


STRANGE = {
    "vazio.pdf": b"",
    "nota.pdf.exe": b"MZ" + bytes(100),
    "pagina.pdf": b"<html><script>alert(1)</script>%PDF-1.7",
    "zip.jpg": zipped(),
    "desenho.png": b'<svg xmlns="http://www.w3.org/2000/svg"><image href="file:///etc/passwd"/>',
    "linha.png": thin_picture(1, 39_000_000),
    "bomba.png": bomb(30_000, 30_000),
    "meia.png": picture()[:300],
    "abre.pdf": LAUNCHES,
    "chama.pdf": CALLS_HOME,
    "script.pdf": SCRIPT,
    "roda.pdf": FOR_EVER,
    "sem-fim.pdf": NO_END,
}


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A shop of one order, which every test leaves as it is."""
    place = tmp_path_factory.mktemp("strangers")
    (place / "order.json").write_text(words("Ana Souza"), encoding="utf-8")
    assert osdesk(place / "shop", "order", "add", place / "order.json").code == 0
    yield place / "shop"
    OPENER.close()


def everything(shop: Path) -> tuple[list[str], str]:
    """All files around a shop, and what its orders are."""
    around = sorted(
        str(path.relative_to(shop.parent))
        for path in shop.parent.rglob("*")
        if not path.name.startswith("osdesk.db-")
    )
    return around, osdesk(shop, "order", "show", 1).out


@pytest.mark.parametrize("name", STRANGE)
def test_a_strangers_file_is_refused_and_nothing_is_made(
    shop: Path, tmp_path: Path, name: str
) -> None:
    (tmp_path / name).write_bytes(STRANGE[name])
    before = everything(shop)
    answer = osdesk(shop, "attach", tmp_path / name)
    assert (answer.code, answer.out) == (1, "")
    assert answer.err.strip().endswith(".")
    assert answer.plain
    assert everything(shop) == before
    assert [path.name for path in tmp_path.iterdir()] == [name]


@pytest.mark.skipif(sys.platform == "win32", reason="pipes and devices of POSIX")
def test_neither_a_pipe_nor_a_device_keeps_the_program_waiting(shop: Path, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "tubo.pdf")
    (tmp_path / "disco.pdf").symlink_to("/dev/zero")
    for path in sorted(tmp_path.iterdir()):
        for line in (["attach", path], ["verify", path], ["restore", path, "--replace"]):
            answer = osdesk(shop, *line)
            assert (answer.code, answer.plain) == (1, True), (line, answer)


@pytest.mark.parametrize("name", ["../evil", "/evil", "files/../../evil", "papers/a\\b.pdf"])
def test_a_strangers_backup_writes_nowhere(shop: Path, tmp_path: Path, name: str) -> None:
    assert osdesk(shop, "backup", "--to", tmp_path).code == 0
    (file,) = tmp_path.iterdir()
    forge(file, more=[(name, b"x")])
    before = everything(shop)
    for line in (["restore", file, "--replace"], ["verify", file]):
        answer = osdesk(shop, *line)
        assert (answer.code, answer.plain) == (1, True)
    assert everything(shop) == before
    answer = osdesk(tmp_path / "novo", "restore", file)
    assert (answer.code, answer.plain) == (1, True)
    assert [path.name for path in tmp_path.iterdir()] == [file.name]
    assert not Path("/evil").exists()
