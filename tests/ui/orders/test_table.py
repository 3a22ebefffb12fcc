"""The table itself: sorting by its headings, widths that are kept, copies, the menu of a row."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QMenu

from osdesk.domain.orders.sorting import SortBy, Sorting
from osdesk.domain.orders.status import OrderFilter
from osdesk.ui.orders.model import CUSTOMER, EQUIPMENT, NUMBER, PROMISED, STATUS, TOTAL
from osdesk.ui.orders.page import OrdersPage

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def page(desk, qtbot):
    page = OrdersPage(desk)
    qtbot.addWidget(page)
    page.resize(1194, 700)
    page.show()
    qtbot.waitUntil(lambda: not desk.tasks.busy)
    return page


def settled(page, qtbot):
    qtbot.waitUntil(lambda: not page._settle.isActive() and not page._desk.tasks.busy)


def heading(page, column):
    return page.model.headerData(column, Qt.Orientation.Horizontal)


def numbers(page):
    return [page.model.number_at(place) for place in range(page.model.rowCount())]


def click(page, column):
    page.table.horizontalHeader().sectionClicked.emit(column)


def test_a_heading_sorts_turns_round_and_goes_back(page, qtbot):
    page.show_filter(OrderFilter.ALL)
    settled(page, qtbot)
    newest = numbers(page)
    click(page, CUSTOMER)
    settled(page, qtbot)
    names = [page.model.row(place).customer for place in range(5)]
    assert names == sorted(names)
    assert len(numbers(page)) == len(newest)
    assert heading(page, CUSTOMER) == "Cliente ↑"
    click(page, CUSTOMER)
    settled(page, qtbot)
    assert page.model.row(0).customer.startswith("José")
    assert heading(page, CUSTOMER) == "Cliente ↓"
    click(page, CUSTOMER)
    settled(page, qtbot)
    assert numbers(page) == newest
    assert heading(page, CUSTOMER) == "Cliente"


def test_each_filter_keeps_its_sorting_and_finds_it_the_next_time(page, desk, qtbot):
    page.show_filter(OrderFilter.OPEN)
    click(page, TOTAL)
    page.show_filter(OrderFilter.ALL)
    assert heading(page, TOTAL) == "Total (R$)"
    page.show_filter(OrderFilter.OPEN)
    assert heading(page, TOTAL) == "Total (R$) ↓"
    page.table.set_widths({STATUS: 210})
    again = OrdersPage(desk)
    qtbot.addWidget(again)
    again.take_habits(page.habits())
    again.resize(1194, 700)
    again.show()
    assert again.model.sorting == Sorting(SortBy.TOTAL, descending=True)
    assert again.table.columnWidth(STATUS) == 210
    again.take_habits({"sorting": "no json", "widths": "[1]"})
    settled(again, qtbot)


def test_the_chosen_order_stays_chosen_where_it_goes(page, qtbot):
    page.show_filter(OrderFilter.OPEN)
    settled(page, qtbot)
    page.table.select_number(60)
    click(page, CUSTOMER)
    settled(page, qtbot)
    assert page.table.current_number() == 60


def test_what_was_found_sorts_until_something_else_is_typed(page, qtbot):
    qtbot.keyClicks(page.search, "numero 1")
    settled(page, qtbot)
    found = set(numbers(page))
    click(page, NUMBER)
    click(page, NUMBER)
    assert numbers(page) == sorted(found)
    assert heading(page, NUMBER) == "OS ↑"
    page.refresh()
    assert numbers(page) == sorted(found)
    qtbot.keyClicks(page.search, "0")
    assert heading(page, NUMBER) == "OS"


def test_a_dragged_column_stays_and_the_others_share_the_rest(page, qtbot):
    page.table.horizontalHeader().resizeSection(PROMISED, 150)
    page.table.fit_columns()
    shown = [c for c in range(8) if not page.table.isColumnHidden(c)]
    assert page.table.columnWidth(PROMISED) == 150
    assert sum(map(page.table.columnWidth, shown)) <= page.table.viewport().width()
    page.table.horizontalHeader().sectionHandleDoubleClicked.emit(PROMISED)
    assert page.table.columnWidth(PROMISED) < 150


def test_no_device_is_cut_while_its_neighbour_has_room_to_spare(page, qtbot):
    page.show_filter(OrderFilter.OPEN)
    settled(page, qtbot)
    names = page.table._needs[CUSTOMER]
    devices = page.table._needs[EQUIPMENT]
    assert page.table.columnWidth(EQUIPMENT) >= devices
    assert page.table.columnWidth(CUSTOMER) >= min(names, 112)


def test_a_row_and_a_number_are_copied(page, qtbot):
    page.show_filter(OrderFilter.ALL)
    settled(page, qtbot)
    page.table.select_number(129)
    qtbot.keyClick(page.table, Qt.Key.Key_C, CONTROL)
    row = QGuiApplication.clipboard().text()
    assert row.startswith("129\tCliente Número 129\tLavadora Brastemp\tEdson Ramos")
    qtbot.keyClick(page.table, Qt.Key.Key_C, CONTROL | Qt.KeyboardModifier.ShiftModifier)
    assert QGuiApplication.clipboard().text() == "129"
    qtbot.keyClick(page.table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClick(page.table, Qt.Key.Key_C, CONTROL | Qt.KeyboardModifier.ShiftModifier)
    assert QGuiApplication.clipboard().text() == "129\n128"


def test_the_menu_of_a_row_says_the_same_acts_and_keys(page, qtbot):
    page.show_filter(OrderFilter.ALL)
    settled(page, qtbot)
    place = page.table.visualRect(page.model.index(2, CUSTOMER)).center()
    reason = QContextMenuEvent.Reason.Mouse
    event = QContextMenuEvent(reason, place, page.table.viewport().mapToGlobal(place))
    QApplication.sendEvent(page.table.viewport(), event)
    menu = page.findChild(QMenu, "ordersMenu")
    assert page.table.current_number() == 128
    words = [action.text() for action in menu.actions() if action.text()]
    assert words[0] == "Abrir\tEnter"
    assert {"Receber\tF8", "Imprimir\tF9", "Copiar a linha\tCtrl+C"} <= set(words)
    with qtbot.waitSignal(page.order_requested) as caught:
        menu.actions()[0].trigger()
    assert caught.args == [128]
    menu.close()


def test_the_menu_of_several_rows_says_what_is_done_with_all_of_them(page, qtbot):
    page.table.select_number(130)
    page.table.setFocus()
    qtbot.keyClick(page.table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    settled(page, qtbot)
    place = page.table.visualRect(page.model.index(0, CUSTOMER)).center()
    reason = QContextMenuEvent.Reason.Mouse
    event = QContextMenuEvent(reason, place, page.table.viewport().mapToGlobal(place))
    QApplication.sendEvent(page.table.viewport(), event)
    menu = page.findChild(QMenu, "ordersMenu")
    acts = {action.text(): action for action in menu.actions()}
    assert {"Imprimir…\tF9", "Avisar clientes…\tF11"} <= set(acts)
    acts["Imprimir…\tF9"].trigger()
    menu.close()
    assert page.side.currentWidget().objectName() == "printMany"


def test_a_click_beside_the_rows_opens_no_menu(page, qtbot):
    page.show_filter(OrderFilter.LATE)
    settled(page, qtbot)
    below = QPoint(20, page.table.viewport().height() - 4)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, below, page.mapToGlobal(below))
    QApplication.sendEvent(page.table.viewport(), event)
    assert page.findChild(QMenu, "ordersMenu") is None
