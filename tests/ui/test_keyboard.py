"""Every page by keys: no key does two things, each button has a name, Tab follows the eye."""

import re
import shutil
from collections import Counter

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QShortcut
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLineEdit, QScrollArea, QWidget
from tests.ui.conftest import clock

from osdesk.app import open_desk
from osdesk.ui.settings.page import SECTIONS
from osdesk.ui.widgets import theme
from osdesk.ui.widgets.controls import Card
from osdesk.ui.window.palette import acts_on

ROW = 24
"""What differs less in height stands on one line."""
LAST = frozenset(
    {
        *("arrivalTab", "itemsTab", "notesTab", "filesTab", "historyTab"),
        *("customerAct", "customerToggle"),
        "serviceType",
    }
)
"""In the editor they come after what is typed: keys of their own lead there, or they are filled
already, and Tab leads from the customer to the device."""
DAILY = {
    "orders": {"panelNextStep": "F4", "panelMoreSteps": "F6", "panelNote": "F10"},
    "editor": {
        "nextStepButton": "F4",
        "moreStepsButton": "F6",
        "saveButton": "Ctrl+S",
        "printButton": "F9",
        "receiveButton": "F8",
    },
}


@pytest.fixture(scope="module")
def shared(qapp, shop_with_orders, tmp_path_factory):
    """One window for all: the tests look, and write nothing."""
    theme.apply(qapp, "light")
    folder = shutil.copytree(shop_with_orders, tmp_path_factory.mktemp("keys") / "shop")
    window = open_desk(folder, now=clock)
    window.resize(1366, 768)
    yield window
    window.close()
    assert not window.isVisible()
    window.deleteLater()


@pytest.fixture
def window(shared, qtbot):
    with qtbot.waitActive(shared):
        shared.activateWindow()
    qtbot.waitUntil(lambda: shared.orders._counts is not None and not shared.busy)
    yield shared
    shared.show_page("navOrders")


def orders(window):
    window.show_page("navOrders")


def page(place):
    return lambda window: window.page_key(place)


def section(name):
    def show(window):
        window.page_key(6)
        window.current.show_section(name)

    return show


def pane(act):
    def show(window):
        getattr(window.orders, act)()

    return show


def field(name):
    return lambda window: window.orders._set_field(name)


def editor(window):
    window.open_order(5)


VIEWS = {
    "orders": orders,
    **{f"page{place}": page(place) for place in range(2, 6)},
    **{name: section(name) for name, _ in SECTIONS},
    **{act: pane(act) for act in ("receive", "add_note", "notify")},
    **{f"set_{name}": field(name) for name in ("technician", "priority")},
    "editor_new": lambda window: window.new_order(),
    "editor": editor,
}


@pytest.fixture(params=VIEWS)
def view(request, window, qtbot):
    """A page or pane by its name, shown and settled; its clock stands still."""
    VIEWS[request.param](window)
    qtbot.waitUntil(lambda: not window.busy)
    yield request.param
    window.orders.side.leave()


def test_no_key_does_two_things(window, view):
    found = Counter(
        shortcut.key().toString()
        for shortcut in window.findChildren(QShortcut)
        if shortcut.isEnabled() and shortcut.parent().isVisible() and shortcut.parent().isEnabled()
    )
    assert {key: count for key, count in found.items() if count > 1} == {}


def test_what_can_be_pressed_is_found_by_its_name(window, view):
    offered = {act.words for act in acts_on(window.current)}
    assert "" not in offered
    for button in window.current.findChildren(QAbstractButton):
        inside = isinstance(button.parent(), QLineEdit | QComboBox)
        plain = button.isVisible() and button.isEnabled() and not inside
        if plain and button.focusPolicy() != Qt.FocusPolicy.NoFocus:
            assert button.text().strip() or button.accessibleName(), button.objectName()
    for name, key in DAILY.get(view, {}).items():
        button = window.current.findChild(QAbstractButton, name)
        assert button.text().endswith(f"  {key}"), name


def card_of(part):
    while part is not None and not isinstance(part, Card):
        part = part.parentWidget()
    return part


def test_tab_follows_the_eye_and_every_stop_has_a_name(window, view):
    shown = window.current
    stops = []
    window.centralWidget().setFocus()
    for _ in range(140):
        window.focusNextChild()
        stop = window.focusWidget()
        if stop in stops:
            break
        stops.append(stop)
    stops = [stop for stop in stops if shown.isAncestorOf(stop)]
    assert stops
    for stop in stops:
        name = stop.accessibleName() or getattr(stop, "text", str)()
        assert name, f"{type(stop).__name__} {stop.objectName()}"
    before: dict[QWidget | None, tuple[int, int]] = {}
    for stop in stops:
        if stop.objectName() in LAST:
            continue
        card, place = card_of(stop), stop.mapTo(shown, QPoint(0, 0))
        if card in before:
            x, y = before[card]
            on = place.y() >= y + ROW or (abs(place.y() - y) < ROW and place.x() > x)
            column = place.x() > x + 120  # the next column of the card, from its top
            assert on or column, f"{stop.objectName() or type(stop).__name__} comes too late"
        before[card] = (place.x(), place.y())


def tree(part, depth=0):
    """What a screen reader finds from a part on: depth, role, name, description, the part."""
    state = part.state()
    if state.invisible:
        return
    names = [part.text(kind) for kind in (QAccessible.Text.Name, QAccessible.Text.Description)]
    yield depth, part.role().name, *names, part
    for place in range(part.childCount()):
        inside = part.child(place)
        if inside is not None and inside.isValid() and inside.role() not in CELLS:
            yield from tree(inside, depth + 1)


CELLS = frozenset(
    {
        QAccessible.Role.Cell,
        QAccessible.Role.ColumnHeader,
        QAccessible.Role.RowHeader,
        QAccessible.Role.ListItem,
    }
)
"""What is inside of lists has tests of its own, with their models."""
ENGLISH = re.compile(
    r"(?<![\w/-])(the|and|of|open|close|cancel|clear|button|search|row|column|more|next)(?![\w/-])",
    re.IGNORECASE,
)


def test_a_screen_reader_hears_a_portuguese_name_of_every_control(window, view):
    found = list(tree(QAccessible.queryAccessibleInterface(window.centralWidget())))
    whole = "\n".join(f"{'  ' * depth}{role}: {name}" for depth, role, name, _, _ in found)
    stops = [(role, name, text) for _, role, name, text, part in found if part.state().focusable]
    assert len(stops) > 10
    assert not [role for role, name, _ in stops if not name.strip()], whole
    assert [(name, text) for _, name, text in stops if ENGLISH.search(f"{name} {text}")] == []


SEEN = 12
"""Pixels that tell focus from none: the shortest line around a part has more."""


def test_where_the_keyboard_stands_is_seen(window, view, qtbot):
    shown = window.current
    with qtbot.waitActive(window):
        window.activateWindow()

    def picture(part):
        room = part.rect().adjusted(-3, -3, 3, 3)
        return window.grab(room.translated(part.mapTo(window, QPoint(0, 0)))).toImage()

    window.centralWidget().setFocus()
    stops = []
    for _ in range(140):
        window.focusNextChild()
        if window.focusWidget() in stops:
            break
        stops.append(window.focusWidget())
    for stop in [stop for stop in stops if shown.isAncestorOf(stop)]:
        outer = stop.parentWidget()
        while outer is not None:  # as Tab does by itself
            if isinstance(outer, QScrollArea):
                outer.ensureWidgetVisible(stop)
            outer = outer.parentWidget()
        stop.setFocus(Qt.FocusReason.TabFocusReason)
        with_it = picture(stop)
        window.side.findChild(QAbstractButton, "navOrders").setFocus()
        without = picture(stop)
        assert with_it.size() == without.size()
        changed = sum(
            with_it.pixel(x, y) != without.pixel(x, y)
            for x in range(with_it.width())
            for y in range(with_it.height())
        )
        assert changed >= SEEN, f"{type(stop).__name__} {stop.objectName()} {stop.accessibleName()}"
