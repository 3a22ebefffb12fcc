"""The whole window on a real shop, by keyboard."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QPlainTextEdit, QPushButton
from tests.ui.conftest import NOW, clock

from osdesk.app import open_desk
from osdesk.domain.orders.status import OrderFilter
from osdesk.persistence.store import open_store
from osdesk.services.orders.view import order_view
from osdesk.services.shop.staff import employees

PAGES = ("navDashboard", "navCustomers", "navCatalog", "navReports", "navSettings", "navOrders")


def answer(editor, button):
    editor.leave_bar.findChild(QPushButton, button).click()


@pytest.fixture
def window(qapp, order_folder, qtbot):
    window = open_desk(order_folder, now=clock)
    with qtbot.waitExposed(window):
        window.resize(1366, 768)
    qtbot.waitUntil(lambda: window.orders._counts is not None)
    yield window
    close(window)
    qtbot.waitUntil(lambda: not window.isVisible())
    window.deleteLater()


def close(window):
    editor = window.pages.made.get("editor")
    if editor is not None and editor.has_changes():
        answer(editor, "leaveDiscard")
    window.close()


def press(window, key, modifier=Qt.KeyboardModifier.NoModifier):
    QTest.keyClick(QApplication.focusWidget() or window, key, modifier)


def field(window, name, kind=QLineEdit):
    found = window.findChild(kind, name)
    assert found is not None, name
    return found


def test_the_list_is_shown_and_the_hand_is_on_the_search_box(window, qtbot):
    assert window.objectName() == "mainWindow"
    assert window.current is window.orders
    assert window.orders.search.hasFocus()
    assert window.orders.model.rowCount() >= 100
    qtbot.waitUntil(lambda: "ordens abertas" in window.status._words.text())
    qtbot.waitUntil(lambda: window.status._backup.text() == "Ainda sem backup")


@pytest.mark.parametrize("size", [(1366, 768), (1024, 600), (1920, 1080)])
def test_every_page_opens_from_the_navigation_and_fits(window, qtbot, size):
    window.resize(*size)
    for name in PAGES:
        entry = window.findChild(QAbstractButton, name)
        qtbot.mouseClick(entry, Qt.MouseButton.LeftButton)
        assert entry.isChecked()
        assert window.current is window.page(name)
        qtbot.wait(30)
        assert (window.width(), window.height()) == size


def test_a_new_order_by_keyboard_is_saved_and_found(window, qtbot):
    press(window, Qt.Key.Key_F2)
    editor = window.page("editor")
    assert window.current is editor
    qtbot.keyClicks(field(editor, "customerName"), "Ana Teste da Silva")
    qtbot.keyClicks(field(editor, "equipmentKind"), "Liquidificador")
    qtbot.keyClicks(field(editor, "reason", QPlainTextEdit), "Solta fumaca")
    press(window, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert editor.number is None
    assert "“Liquidificador”" in editor.cards.equipment.new_kind.question()
    qtbot.keyClick(editor.cards.equipment.new_kind.create_button, Qt.Key.Key_Return)
    press(window, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert editor.number == 131
    press(window, Qt.Key.Key_Escape)
    assert window.current is window.orders
    assert window.orders.table.current_number() == 131
    press(window, Qt.Key.Key_F3)
    assert window.orders.search.hasFocus()
    qtbot.keyClicks(window.orders.search, "ana teste")
    assert window.orders.model.number_at(0) == 131


def test_esc_asks_before_typed_text_is_thrown_away_and_what_was_wanted_goes_on(window, qtbot):
    press(window, Qt.Key.Key_F2)
    editor = window.page("editor")
    qtbot.keyClicks(field(editor, "customerName"), "Ana")
    press(window, Qt.Key.Key_Escape)
    assert window.current is editor
    assert editor.leave_bar.isVisible()
    answer(editor, "leaveStay")
    press(window, Qt.Key.Key_F3)
    assert window.current is editor
    answer(editor, "leaveDiscard")
    assert window.current is window.orders
    assert window.orders.search.hasFocus()


def test_the_window_does_not_close_over_typed_text(window, qtbot):
    press(window, Qt.Key.Key_F2)
    editor = window.page("editor")
    qtbot.keyClicks(field(editor, "customerName"), "Ana")
    assert not window.close()
    assert window.isVisible()
    answer(editor, "leaveDiscard")
    qtbot.waitUntil(lambda: not window.isVisible())


def test_an_order_is_opened_from_the_list_and_from_the_search(window, qtbot):
    press(window, Qt.Key.Key_Down)
    press(window, Qt.Key.Key_Return)
    assert window.page("editor").number == 130
    press(window, Qt.Key.Key_F3)
    qtbot.keyClicks(window.orders.search, "12")
    press(window, Qt.Key.Key_Return)
    assert window.page("editor").number == 12


def test_f8_receives_for_the_chosen_order(window, qtbot):
    window.orders.select(130)
    press(window, Qt.Key.Key_F8)
    assert window.orders.side.currentWidget().objectName() == "paymentPane"
    press(window, Qt.Key.Key_Escape)
    assert window.orders.side.currentWidget() is window.orders.side.panel


def test_figures_lead_to_the_orders_behind_them(window, qtbot):
    window.show_page("navDashboard")
    window.page("navDashboard").filter_requested.emit(OrderFilter.LATE)
    assert window.current is window.orders
    assert window.orders.model.which is OrderFilter.LATE
    assert window.orders.model.number_at(0) == 2


def test_who_serves_is_picked_kept_and_recorded(window, order_folder, qtbot):
    side = window.side
    assert side._author.text() == "Quem atende?"
    side._fill_menu()
    action = next(a for a in side._menu.actions() if a.text().startswith("Priscila"))
    side._menu_chosen(action)
    assert side._author.text() == "Priscila · atendente"
    window.orders.select(130)
    window.orders.side.panel._next.click()
    sheet = window._desk.read(order_view, 130, now=NOW)
    assert sheet.events[-1].author == "Priscila"
    who = window._desk.author
    close(window)
    again = open_desk(order_folder, now=clock)
    try:
        assert again._desk.author == who
        assert who in [e.id for e in again._desk.read(employees, active_only=True)]
    finally:
        again.close()
        again.deleteLater()


def test_closing_frees_the_folder_and_asks_for_one_backup(window, order_folder):
    wanted = []
    window.backup_wanted.connect(wanted.append)
    close(window)
    assert window.close()  # twice is once
    assert wanted == [order_folder]
    store = open_store(order_folder, write=True, clock=clock)
    store.close()


def test_an_order_that_does_not_exist_is_said_in_the_message_bar(window):
    window.open_order(99999)
    assert window.current is window.orders
    assert "99999" in window.bar.text()


def test_a_new_shop_is_welcomed_and_every_key_works_all_the_same(qapp, tmp_path, qtbot):
    window = open_desk(tmp_path / "new", now=clock)
    try:
        assert window.current is window.page("welcome")
        qtbot.waitUntil(window.isActiveWindow)
        press(window, Qt.Key.Key_F2)
        assert window.current is window.page("editor")
        press(window, Qt.Key.Key_Escape)
        assert window.current is window.orders
        qtbot.waitUntil(lambda: window.orders._counts is not None)
        assert window.orders._empty._title.text() == "Ainda não há ordens"
    finally:
        window.close()
        window.deleteLater()
