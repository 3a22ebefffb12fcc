"""Files of an order on its card: opened as a copy, added, taken off by the keyboard."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from tests.documents.test_images import encoded, gradient, pdf_of
from tests.ui.conftest import NOW

from osdesk.domain.codes import FileKind, Paper
from osdesk.domain.views.signed import IssuedVersion
from osdesk.jobs.files import keep_file
from osdesk.services.orders.attachments import list_files
from osdesk.services.orders.view import order_view
from osdesk.services.papers.papers import issue_paper
from osdesk.services.papers.signed import file_signed, issued_versions
from osdesk.ui.editor.files import FilesCard
from osdesk.ui.widgets import file_dialogs

WHO = {"now": NOW, "author": None}


@pytest.fixture
def card(desk, qtbot):
    card = FilesCard(desk)
    qtbot.addWidget(card)
    card.resize(600, 240)
    card.show()
    return card


def words(card):
    return [card.list.item(row).text() for row in range(card.list.count())]


def sign(desk, number):
    desk.store.database.run(issue_paper, number, Paper.INTAKE, **WHO)
    (issued,) = desk.read(issued_versions, number)
    assert isinstance(issued, IssuedVersion)
    data = encoded(gradient(), "JPEG")
    file = {"name": "via.jpg", "media_type": "image/jpeg", "data_sha": desk.store.files.add(data)}
    desk.write(file_signed, issued, source="s", size=len(data), **file, **WHO)


def test_files_are_shown_newest_first_in_words(card, desk):
    card.show_files(5, ())
    assert "Nenhum arquivo" in card._nothing.text()
    keep_file(desk.store, 5, encoded(gradient(), "PNG"), FileKind.PHOTO, name="a.png", **WHO)
    sign(desk, 5)
    first, second = words(card)
    assert first.startswith("Via assinada · Ordem de serviço, versão 1\nvia.jpg · 24/11/2026 12:00")
    assert second.startswith("Foto\na.png")
    assert card._nothing.isHidden()


def test_a_copy_is_opened_never_the_kept_file(card, desk, monkeypatch):
    opened = []
    monkeypatch.setattr(file_dialogs, "open_with_system", lambda p: opened.append(p) or True)
    sign(desk, 5)
    card.show_files(5, desk.read(list_files, 5))
    QTest.keyClick(card.list, Qt.Key.Key_Return)
    (path,) = opened
    (file,) = desk.read(list_files, 5)
    assert path.name == f"OS-5-arquivo-{file.id}.jpg"
    assert desk.folder not in path.parents
    assert path.read_bytes() == desk.store.files.read(file.sha256)
    desk.store.files.path(file.sha256).write_bytes(b"x")
    QTest.keyClick(card.list, Qt.Key.Key_Return)
    assert "danificado" in card._bar.text()


def test_del_asks_and_then_takes_off(card, desk):
    sign(desk, 5)
    card.show_files(5, desk.read(list_files, 5))
    QTest.keyClick(card.list, Qt.Key.Key_Delete)
    assert "não assinada" in card._bar.text()
    assert desk.read(list_files, 5)
    QTest.keyClick(card.list, Qt.Key.Key_Delete)
    assert desk.read(list_files, 5) == ()
    assert card.count() == 0
    assert not desk.read(order_view, 5, now=NOW).signed


def test_files_are_added_and_others_refused_in_words(card, desk, qtbot, tmp_path, monkeypatch):
    card.show_files(5, ())
    (tmp_path / "nota.pdf").write_bytes(pdf_of())
    (tmp_path / "x.gif").write_bytes(b"GIF89a")
    paths = [tmp_path / "nota.pdf", tmp_path / "x.gif"]
    monkeypatch.setattr(file_dialogs, "ask_files", lambda parent: paths)
    card._add.click()
    qtbot.waitUntil(lambda: "GIF" in card._bar.text())
    assert [text.partition("\n")[0] for text in words(card)] == ["Arquivo"]
    assert desk.read(list_files, 5)[0].media_type == "application/pdf"
