"""Keeping a file for an order from whatever a person chose."""

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from tests.conftest import NOW
from tests.forms import order

from osdesk.domain.codes import FileKind
from osdesk.domain.errors import UserError
from osdesk.jobs.check import check
from osdesk.jobs.files import copy_to_open, keep_file
from osdesk.persistence.store import Store
from osdesk.services.orders.attachments import list_files
from osdesk.services.orders.saving import add_order

WHO: dict[str, Any] = {"now": NOW, "author": None}


@pytest.fixture
def number(store: Store) -> int:
    return store.database.run(add_order, order(), **WHO).number


def picture(kind: str = "JPEG") -> bytes:
    out = BytesIO()
    Image.linear_gradient("L").save(out, kind)
    return out.getvalue()


def test_a_picture_is_kept_with_its_order(store: Store, number: int, tmp_path: Path) -> None:
    (tmp_path / "Frente do rádio.PNG").write_bytes(picture("PNG"))
    key = keep_file(store, number, tmp_path / "Frente do rádio.PNG", FileKind.PHOTO, **WHO)
    (file,) = store.database.read(list_files, number)
    assert (file.id, file.name, file.media_type) == (key, "Frente do rádio.png", "image/png")
    assert len(store.files.read(file.sha256)) == file.size
    assert check(store) == []
    opened = copy_to_open(store, number, file, tmp_path)
    assert opened.name == f"OS-{number}-arquivo-{key}.png"
    assert opened.read_bytes() == store.files.read(file.sha256)
    store.files.path(file.sha256).unlink()
    assert [problem.code for problem in check(store)] == ["file_missing"]


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        (None, "foto.jpg"),
        ("", "foto.jpg"),
        ("IMG_0001.JPEG", "IMG_0001.jpg"),
        ("a\nb\u202e.webp", "a b.jpg"),
        (".png", "foto.jpg"),
        ("x" * 300, "x" * 196 + ".jpg"),
        ("nota\udcff.jpg", "nota.jpg"),
    ],
)
def test_a_name_can_be_shown(store: Store, number: int, given: str | None, shown: str) -> None:
    keep_file(store, number, picture(), FileKind.PHOTO, name=given, **WHO)
    assert store.database.read(list_files, number)[0].name == shown


def test_a_photo_is_a_picture_and_nothing_is_kept_of_what_is_refused(
    store: Store, number: int
) -> None:
    for source, to in ((b"%PDF-1.7", number), (b"GIF89a", number), (picture(), 77)):
        with pytest.raises(UserError):
            keep_file(store, to, source, FileKind.PHOTO, **WHO)
    assert store.files.names() == []
