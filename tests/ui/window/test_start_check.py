"""A shop whose file is damaged is opened, said to be so, read, and not written any more."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton
from tests.pages import leaves
from tests.ui.conftest import NOW, clock

from osdesk.app import open_desk
from osdesk.domain.errors import UserError
from osdesk.jobs.papers import make_paper
from osdesk.services.orders.view import order_view
from osdesk.ui.window import upkeep as start_check


@pytest.fixture
def soon(monkeypatch):
    monkeypatch.setattr(start_check, "AFTER_START_MS", 0)


def damage(folder, table):
    """Zeros in the last page of a table: what is shown at start does not need it."""
    database = folder / "osdesk.db"
    page, size = leaves(database, table)[-1]
    content = bytearray(database.read_bytes())
    content[(page - 1) * size : page * size] = bytes(size)
    database.write_bytes(content)
    return bytes(content)


def test_a_damaged_shop_is_only_read_and_says_so(qapp, order_folder, qtbot, soon, caplog):
    before = damage(order_folder, "event_texts")
    window = open_desk(order_folder, now=clock)
    try:
        qtbot.waitUntil(lambda: window._desk.refuses)
        assert "danificado" in window.lasting.text()
        assert "damaged at start" in caplog.text
        window.show_page("navCustomers")
        assert "danificado" in window.lasting.text(), "it stays said on every page"

        window.new_order()
        editor = window.page("editor")
        editor.findChild(QLineEdit, "customerName").setText("Ana Teste")
        editor.findChild(QLineEdit, "equipmentKind").setText("Rádio")
        QTest.keyClick(
            QApplication.focusWidget() or window, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier
        )
        assert window.current is editor
        assert editor.has_changes(), "what was typed is still there"
        editor.go_back()
        assert window.current is editor, "it asks before what was typed is gone"
        editor.leave_bar.findChild(QPushButton, "leaveDiscard").click()
        assert window._desk.read(order_view, 5, now=NOW).number == 5
    finally:
        window.close()
        window.deleteLater()
    assert (order_folder / "osdesk.db").read_bytes() == before
    assert not (order_folder / "backups").exists()


def test_neither_the_screens_nor_the_jobs_write_a_damaged_shop(desk):
    desk.refuse_writing()
    for write in (
        lambda: desk.write_quietly(lambda session: None),
        lambda: make_paper(desk.store, 5, "intake", "a4", now=NOW, author=None),
        lambda: desk.store.database.fill(lambda session: None),
    ):
        with pytest.raises(UserError, match="shop_read_only"):
            write()


def test_a_sound_shop_goes_on(qapp, order_folder, qtbot, soon):
    window = open_desk(order_folder, now=clock)
    try:
        qtbot.waitUntil(lambda: window._check._worker._thread is not None)
        qtbot.waitUntil(lambda: not window._check._worker.busy)
        assert not window._desk.refuses
        assert window.lasting.text() == ""
    finally:
        window.close()
        window.deleteLater()


def test_a_window_that_is_closed_at_once_does_not_wait_for_the_look(qapp, order_folder, qtbot):
    window = open_desk(order_folder, now=clock)
    check = window._check
    window.close()
    assert not check._timer.isActive()
    window.deleteLater()
