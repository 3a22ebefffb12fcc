"""Pages beside the orders: nothing cut at the sizes that we promise, every control has a name."""

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QComboBox,
    QLabel,
    QLineEdit,
    QScrollArea,
    QWidget,
)

from osdesk.ui.catalog.page import CatalogPage
from osdesk.ui.customers.page import CustomersPage
from osdesk.ui.dashboard.page import DashboardPage
from osdesk.ui.reports.page import ReportsPage
from osdesk.ui.settings.page import SECTIONS, SettingsPage
from osdesk.ui.widgets.controls import ElidedLabel
from osdesk.ui.window.welcome_page import WelcomePage

PAGES = (DashboardPage, ReportsPage, CustomersPage, CatalogPage, WelcomePage)
WINDOW_1366, WINDOW_1024 = (1194, 742), (852, 574)
"""What a window of 1366 x 768 and 1024 x 600 leaves a page, beside navigation and status line."""


def settings_at(name):
    def make(desk):
        page = SettingsPage(desk)
        page.show_section(name)
        return page

    make.__name__ = name
    return make


MAKERS = (*PAGES, *(settings_at(name) for name, _ in SECTIONS))


@pytest.fixture(params=MAKERS, ids=lambda maker: maker.__name__)
def page(request, desk, qtbot):
    page = request.param(desk)
    qtbot.addWidget(page)
    if isinstance(page, CustomersPage):
        page.show_customer(4)
    return page


def seen(page, kind):
    return [part for part in page.findChildren(kind) if part.isVisible()]


def expect_inside(page):
    """No control is cut by what it stands in; what scrolls has its own way to be seen."""
    for part in (*seen(page, QAbstractButton), *seen(page, QLineEdit), *seen(page, QComboBox)):
        inside, outer = part, part.parentWidget()
        if isinstance(outer, QLineEdit | QComboBox):
            continue  # the field's own signs
        while outer is not None and outer is not page.parentWidget():
            if isinstance(outer.parentWidget(), QAbstractScrollArea):
                room = inside.geometry()  # up and down it scrolls
                assert room.left() >= 0, part
                assert room.right() <= outer.width(), part
                break
            room = QRect(part.mapTo(outer, QPoint(0, 0)), part.size())
            assert outer.rect().contains(room), (part, outer, room, outer.rect())
            inside, outer = outer, outer.parentWidget()


def expect_whole(page):
    for part in seen(page, QAbstractButton):
        if isinstance(part.parent(), QLineEdit):
            continue  # the field's own signs
        assert part.width() >= part.minimumSizeHint().width(), part.text()
        assert part.height() >= part.minimumSizeHint().height(), part.text()
    for label in seen(page, QLabel):
        if isinstance(label, ElidedLabel):
            continue
        if label.wordWrap():
            assert label.height() >= label.heightForWidth(label.width()), label.text()
        else:
            assert label.width() >= label.minimumSizeHint().width(), label.text()
    for field in (*seen(page, QLineEdit), *seen(page, QComboBox)):
        assert field.height() >= field.minimumSizeHint().height(), field.accessibleName()
    for area in seen(page, QScrollArea):
        if area.horizontalScrollBarPolicy() is Qt.ScrollBarPolicy.ScrollBarAlwaysOff:
            assert area.widget().minimumSizeHint().width() <= area.viewport().width()


@pytest.mark.parametrize("size", [WINDOW_1366, WINDOW_1024], ids=["1366", "1024"])
def test_nothing_is_cut(page, qtbot, size):
    page.resize(*size)
    page.show()
    qtbot.waitUntil(lambda: not page._desk.tasks.busy)
    assert (page.width(), page.height()) == size
    qtbot.waitUntil(lambda: expect_inside(page))  # once the layouts are done
    expect_whole(page)


def test_every_control_has_a_name(page):
    page.resize(*WINDOW_1366)
    page.show()
    for part in page.findChildren(QWidget):
        inside = part.parent()
        if isinstance(inside, QComboBox) or part.objectName().startswith("qt_"):
            continue
        if part.focusPolicy() & Qt.FocusPolicy.TabFocus and part.isVisible():
            name = part.accessibleName() or getattr(part, "text", str)()
            assert name, f"{type(part).__name__} {part.objectName()}"


def test_the_tab_key_follows_the_eye_through_a_customers_card(desk, qtbot):
    page = CustomersPage(desk)
    qtbot.addWidget(page)
    page.resize(*WINDOW_1366)
    page.show()
    page.show_customer(4)
    page.show_customer(5)
    card = page.card
    first, second = card.phones._rows
    expected = [
        card.name,
        first.number,
        first.label,
        first.remove,
        second.number,
        second.label,
        card.document,
        card.email,
        card.address,
        card.notes,
    ]
    qtbot.waitUntil(second.isVisible)
    card.name.setFocus()
    walked = []
    for _ in expected:
        walked.append(page.focusWidget())
        qtbot.keyClick(page.focusWidget(), Qt.Key.Key_Tab)
    assert walked == expected
