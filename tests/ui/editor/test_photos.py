"""Photos come from files, the clipboard and a drop; those of an unsaved order wait for it."""

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication, QImage

from osdesk.domain.codes import FileKind
from osdesk.services.orders.attachments import list_files
from osdesk.ui.editor.photos import PhotosCard
from osdesk.ui.widgets import file_dialogs


@pytest.fixture
def card(desk, qtbot):
    card = PhotosCard(desk)
    qtbot.addWidget(card)
    card.load(None)
    card.show()
    return card


@pytest.fixture
def settle(card, qtbot):
    return lambda: qtbot.waitUntil(lambda: not card.working)


def image(colour=0xFF336699):
    picture = QImage(40, 30, QImage.Format.Format_RGB32)
    picture.fill(colour)
    return picture


def mime_of(picture):
    mime = QMimeData()
    mime.setImageData(picture)
    return mime


def test_photos_of_an_unsaved_order_are_held_by_their_hash(card, desk, settle, qtbot):
    with qtbot.waitSignal(card.edited):
        assert card.take(mime_of(image()))
    settle()
    card.take(mime_of(image()))  # the same once more is one
    card.take(mime_of(image(0xFF998877)))
    settle()
    assert card.count() == 2
    for held in card.held:
        assert desk.store.files.read(held.sha256).startswith((b"\x89PNG", b"\xff\xd8"))
    card.remove(card.held[0])
    assert card.count() == 1


def test_files_are_chosen_and_wrong_ones_named(card, settle, tmp_path, monkeypatch):
    good, bad = tmp_path / "frente.png", tmp_path / "nota.png"
    image().save(str(good))
    bad.write_bytes(b"no picture")
    monkeypatch.setattr(file_dialogs, "ask_photos", lambda _: [good, bad])
    card.add_button.click()
    settle()
    assert [held.name for held in card.held] == ["frente.png"]
    assert "não é aceito" in card._wrong.text()


def test_the_clipboard_is_pasted_or_says_what_it_lacks(card, settle):
    QGuiApplication.clipboard().setText("texto")
    card.paste_button.click()
    assert "Não há imagem" in card._wrong.text()
    QGuiApplication.clipboard().setImage(image())
    card.paste_button.click()
    settle()
    assert card.count() == 1
    assert card._wrong.isHidden()


def test_dropped_files_that_are_no_photos_are_not_taken(card, tmp_path):
    mime = QMimeData()
    mime.setUrls(
        [QUrl.fromLocalFile(str(tmp_path / "nota.txt")), QUrl("https://example.com/a.png")]
    )
    assert not card.can_take(mime)
    mime.setUrls([QUrl.fromLocalFile(str(tmp_path / "foto.JPG"))])
    assert card.can_take(mime)


def test_a_stored_order_has_its_photo_at_once_and_loses_it_on_del(card, desk, settle, qtbot):
    card.load(2)
    card.take(mime_of(image()))
    settle()
    stored = desk.read(list_files, 2)
    assert [file.kind for file in stored] == [FileKind.PHOTO]
    assert card.held == ()
    thumb = card._thumbs[0]
    thumb.setFocus()
    qtbot.keyClick(thumb, Qt.Key.Key_Delete)
    assert desk.read(list_files, 2) == ()
    assert card.count() == 0


def test_a_photo_that_comes_late_is_not_put_to_another_order(card, desk, settle):
    card.load(2)
    card.take(mime_of(image()))
    card.load(3)
    settle()
    assert desk.read(list_files, 3) == ()
    assert card.count() == 0


def test_it_is_opened_as_a_copy(card, desk, settle, monkeypatch, qtbot):
    opened = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url) or True)
    card.take(mime_of(image()))
    settle()
    qtbot.keyClick(card._thumbs[0], Qt.Key.Key_Return)
    path = Path(opened[0].toLocalFile())
    assert not path.is_relative_to(desk.folder)
    assert path.read_bytes() == desk.store.files.read(card.held[0].sha256)
