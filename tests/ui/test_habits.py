"""The window is found again as it was left, and never where nobody sees it."""

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget
from tests.ui.conftest import clock

from osdesk.app import open_desk
from osdesk.domain.orders.status import OrderFilter
from osdesk.services.orders.listing import UNASSIGNED
from osdesk.services.shop.staff import employees
from osdesk.ui.window_settings import WindowSettings


@pytest.fixture
def open_at(qapp, qtbot, order_folder):
    windows = []

    def opened():
        window = open_desk(order_folder, now=clock)
        windows.append(window)
        qtbot.waitUntil(lambda: not window.busy)
        return window

    yield opened
    for window in windows:
        window.close()
        qtbot.waitUntil(lambda window=window: not window.isVisible())
        window.deleteLater()


def leave(window, qtbot):
    window.close()
    qtbot.waitUntil(lambda: not window.isVisible())


def test_chip_technician_and_section_come_back(open_at, qtbot):
    window = open_at()
    (edson,) = (
        person.id for person in window._desk.read(employees) if person.name == "Edson Ramos"
    )
    window.orders.filters.whose.take(edson)
    window.orders.show_filter(OrderFilter.READY)
    window.page("navSettings").show_section("settingsSlots")
    window.show_page("navSettings")
    leave(window, qtbot)
    again = open_at()
    assert again.pages.shown_name == "navOrders", "the day begins with the orders"
    assert again.orders.model.which is OrderFilter.READY
    assert again.orders.filters.chips[OrderFilter.READY].isChecked()
    assert again.orders.model.technician == edson
    assert "Edson Ramos" in again.orders.filters.whose.text()
    assert again.page("navSettings").shown == "settingsSlots"
    again.orders.filters.whose.take(UNASSIGNED)
    leave(again, qtbot)
    assert open_at().orders.model.technician == UNASSIGNED


def test_habits_that_mean_nothing_any_more_are_passed_over(open_at, order_folder):
    settings = WindowSettings(order_folder)
    settings.keep_habits("navOrders", {"chip": "gone", "technician": "999"})
    settings.keep_habits("navSettings", {"section": "settingsGone"})
    settings.save()
    window = open_at()
    assert window.orders.model.which is OrderFilter.OPEN
    assert window.orders.model.technician is None
    assert window.orders.model.rowCount() > 0
    assert window.page("navSettings").shown == "settingsShop"


@pytest.mark.parametrize("place", [(5000, 5000), (-4000, 20)])
def test_a_window_of_a_screen_that_is_gone_comes_back_into_sight(open_at, order_folder, place):
    away = QWidget()
    away.resize(1366, 768)
    away.move(*place)
    settings = WindowSettings(order_folder)
    settings.geometry = away.saveGeometry()
    settings.save()
    window = open_at()
    screen = QGuiApplication.primaryScreen().availableGeometry()
    seen = screen.intersected(window.frameGeometry())
    assert seen.width() >= min(400, screen.width())
    assert seen.height() >= min(300, screen.height())
    assert screen.contains(window.pos()), "the title can be taken hold of"
