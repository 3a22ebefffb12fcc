"""Notes are written in a line and stand with author and moment."""

from PySide6.QtCore import Qt
from tests.ui.conftest import NOW
from tests.ui.orders.test_page import page, settled

from osdesk.services.orders.view import order_view

__all__ = ["page"]


def test_a_note_is_added_from_the_list_by_keys(page, desk, qtbot):
    page.add_note()
    pane = page.side.currentWidget()
    line = pane.log.line
    assert line.hasFocus()
    qtbot.keyClicks(line, "Placa oxidada")
    qtbot.keyClick(line, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(line, "na entrada")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    settled(page, qtbot)
    (note,) = desk.read(order_view, 130, now=NOW).log
    assert (note.body, note.for_customer) == ("Placa oxidada\nna entrada", False)
    assert pane.log.texts() == ["24/11/2026 12:00\nPlaca oxidada\nna entrada"]
    assert line.is_blank()
    assert line.hasFocus()
    pane.log.for_customer.click()
    qtbot.keyClicks(line, "ligar")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    settled(page, qtbot)
    assert pane.log.texts()[-1] == "24/11/2026 12:00 · para o cliente\nligar"
    assert not pane.log.for_customer.isChecked()
    qtbot.keyClick(line, Qt.Key.Key_Escape)
    settled(page, qtbot)
    assert page.side.currentWidget() is page.side.panel
    assert page.side.panel._notes.text() == "2 anotações · 24/11: ligar"


def test_an_empty_note_is_not_kept_and_a_begun_one_not_lost(page, desk, qtbot):
    page.add_note()
    pane = page.side.currentWidget()
    qtbot.keyClick(pane.log.line, Qt.Key.Key_Return)
    assert "Preencha" in pane.log._wrong.text()
    qtbot.keyClicks(pane.log.line, "meio")
    page.table.select_number(120)
    settled(page, qtbot)
    assert page.side.currentWidget() is pane
    with qtbot.waitSignal(page.said) as said:
        qtbot.keyClick(pane.log.line, Qt.Key.Key_Escape)
    assert "ainda não foi salvo" in said.args[0]
    assert pane.log.line.value() == "meio"
    assert desk.read(order_view, 130, now=NOW).log == ()
