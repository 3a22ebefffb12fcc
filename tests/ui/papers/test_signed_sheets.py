"""Signed sheets by the window: dropped or chosen, filed by their code or by hand."""

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from tests.scans.scanner import as_jpeg, pages_of, scanned, way_of
from tests.ui.conftest import NOW, clock

from osdesk.app import open_desk
from osdesk.domain.codes import Paper, PaperFormat
from osdesk.jobs.papers import make_paper
from osdesk.services.orders.attachments import list_files
from osdesk.services.orders.view import order_view
from osdesk.ui.papers.signed_sheets import SignedSheets
from osdesk.ui.widgets import file_dialogs


@pytest.fixture
def page(desk, qtbot):
    page = SignedSheets(desk)
    qtbot.addWidget(page)
    page.resize(1194, 700)
    page.show()
    return page


@pytest.fixture
def scans(desk, tmp_path):
    """``scans(5, 6)``: a folder with the intake sheets of these orders as they come back, and one
    sheet whose code nobody can read."""

    def made(*numbers):
        folder = tmp_path / "scans"
        folder.mkdir()
        for number in numbers:
            paper = make_paper(
                desk.store, number, Paper.INTAKE, PaperFormat.A4_HALF, now=NOW, author=None
            )
            front = scanned(pages_of(paper.content)[0], way_of(number, phones=0), number)
            (folder / f"via-{number}.jpg").write_bytes(as_jpeg(front, 60))
        torn = front.crop((0, front.height // 4, front.width, front.height // 2))
        (folder / "rasgada.jpg").write_bytes(as_jpeg(torn, 60))
        return folder

    return made


def signed(desk, number):
    return desk.read(order_view, number, now=NOW).signed


def idle(qtbot, desk):
    qtbot.waitUntil(lambda: not desk.tasks.busy)


def test_a_folder_is_filed_and_what_is_left_is_shown(page, desk, scans, qtbot, monkeypatch):
    folder = scans(5, 6)
    monkeypatch.setattr(file_dialogs, "ask_sheets_folder", lambda parent: folder)
    with qtbot.waitSignal(desk.changed) as told:
        page.choose_folder()
    assert told.args == ["signed"]
    assert [page._filed.item(row).text() for row in range(page._filed.count())] == [
        f"OS {number} · Ordem de serviço, versão 1\nvia-{number}.jpg" for number in (5, 6)
    ]
    assert signed(desk, 5)
    assert signed(desk, 6)
    assert page.by_hand.count() == 1
    idle(qtbot, desk)
    assert page.by_hand._picture.pixmap().height() > 20
    with qtbot.waitSignal(page.order_requested) as asked:
        page._filed.itemActivated.emit(page._filed.item(1))
    assert asked.args == [6]


def test_a_sheet_is_filed_by_hand_by_the_keyboard(page, desk, scans, qtbot):
    folder = scans(5)
    page.take([folder / "rasgada.jpg"])
    qtbot.waitUntil(lambda: page.by_hand.count() == 1)
    idle(qtbot, desk)
    hand = page.by_hand
    assert "código" in hand._why.text()
    QTest.keyClick(hand._list, Qt.Key.Key_Return)
    assert QApplication.focusWidget() is hand._number
    for typed, words in (("999", "OS 999"), ("abc", "OS 0"), ("7", "documento emitido")):
        hand._number.clear()
        QTest.keyClicks(hand._number, typed)
        QTest.keyClick(hand._number, Qt.Key.Key_Return)
        assert words in hand._wrong.text()
    hand._number.clear()
    QTest.keyClicks(hand._number, "OS 5")
    QTest.keyClick(hand._number, Qt.Key.Key_Return)
    assert "Cliente Número 5" in hand._whose.text()
    assert "espera assinatura" in hand._state.text()
    assert not signed(desk, 5), "the first Enter only shows whose it is"
    QTest.keyClick(hand._number, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.by_hand.count() == 0)
    assert signed(desk, 5)
    assert page._filed.count() == 1
    assert page.by_hand.isHidden()


def test_a_sheet_may_be_left(page, desk, scans, qtbot):
    folder = scans(5)
    (folder / "foto.heic").write_bytes(b"\x00\x00\x00\x18ftypheic")
    page.take([folder / "foto.heic", folder / "rasgada.jpg"])
    qtbot.waitUntil(lambda: page.by_hand.count() == 2)
    assert "HEIC" in page.by_hand._why.text()
    assert page.by_hand._form.isHidden(), "it cannot be kept at all"
    for left in (1, 0):
        QTest.keyClick(page.by_hand._list, Qt.Key.Key_Delete)
        assert page.by_hand.count() == left
    assert page.by_hand.isHidden()
    assert (folder / "rasgada.jpg").exists()
    assert desk.read(list_files, 5) == ()


def test_reading_can_be_stopped(page, desk, scans, qtbot):
    folder = scans(5, 6)
    page.take([folder])
    page.stop()
    idle(qtbot, desk)
    assert page._filed.count() + page.by_hand.count() < 3
    assert "Parado" in page._words.text()
    page.take([folder])
    qtbot.waitUntil(lambda: signed(desk, 5) and signed(desk, 6))
    idle(qtbot, desk)


def test_an_empty_folder_is_told(page, desk, tmp_path, qtbot):
    (tmp_path / "vazia").mkdir()
    page.take([tmp_path / "vazia"])
    qtbot.waitUntil(lambda: "vazia" in page._bar.text())


def dropped(window, *paths: Path) -> bool:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    place, copy = QPointF(600, 300), Qt.DropAction.CopyAction
    button, key = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(place.toPoint(), copy, mime, button, key)
    QApplication.sendEvent(window, enter)
    if not enter.isAccepted():
        return False
    QApplication.sendEvent(window, QDropEvent(place, copy, mime, button, key))
    return True


def test_scans_dropped_on_the_window_are_filed(desk, scans, qtbot, order_folder, tmp_path):
    folder = scans(5)
    desk.close()
    window = open_desk(order_folder, now=clock)
    qtbot.addWidget(window)
    (tmp_path / "planilha.xlsx").touch()
    assert not dropped(window, tmp_path / "planilha.xlsx")
    assert dropped(window, folder / "via-5.jpg")
    assert window.pages.shown_name == "signedSheets"
    qtbot.waitUntil(lambda: window.current._filed.count() == 1)
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert window.pages.shown_name == "navOrders"
    QTest.keyClick(
        window,
        Qt.Key.Key_A,
        Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier,
    )
    assert window.pages.shown_name == "signedSheets"
    window.close()
