"""Keys changed in the settings: by pressing the new one, refused in words, shown everywhere."""

import re
import shutil

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QAbstractButton, QLabel, QPushButton, QWidget
from tests.ui.conftest import clock

from osdesk.app import open_desk
from osdesk.ui.settings.keys import KeyField, KeysSection
from osdesk.ui.widgets import keymap
from osdesk.ui.window.palette import acts_on
from osdesk.ui.window_settings import WindowSettings


@pytest.fixture(autouse=True)
def as_it_comes():
    keymap.use({})
    yield
    keymap.use({})


@pytest.fixture
def section(desk, qtbot):
    section = KeysSection(desk)
    qtbot.addWidget(section)
    section.resize(800, 900)
    section.show()
    return section


def field(section, default):
    return section.findChild(KeyField, f"key_{default}")


def said(section):
    return section.findChild(QLabel, "keysSaid").text()


def own(desk):
    return WindowSettings(desk.folder).keys


def test_a_key_is_changed_by_pressing_the_new_one_and_counts_from_the_next_window(
    section, desk, qtbot
):
    qtbot.keyClick(field(section, "F9"), Qt.Key.Key_F12)
    assert field(section, "F9").text() == "F12"
    assert own(desk) == {"F9": "F12"}
    assert said(section) == "As teclas novas valem quando a janela for aberta de novo."
    assert keymap.key("F9") == "F9"
    with qtbot.waitSignal(section.reopen_requested):
        section.findChild(QPushButton, "keysReopen").click()


def test_what_is_taken_is_refused_with_whose_it_is(section, desk, qtbot):
    qtbot.keyClick(field(section, "F9"), Qt.Key.Key_F8)
    assert said(section) == "F8 já é de “Receber”. Mude aquela antes, ou escolha outra."
    assert (field(section, "F9").text(), own(desk)) == ("F9", {})
    qtbot.keyClick(field(section, "F9"), Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert said(section).startswith("Ctrl+C já tem uso nos campos")
    qtbot.keyClick(field(section, "F9"), Qt.Key.Key_J)
    assert said(section).startswith("J não serve.")
    qtbot.keyClick(field(section, "F9"), Qt.Key.Key_Control)
    assert own(desk) == {}


def test_one_or_all_go_back_to_what_the_program_comes_with(section, desk, qtbot):
    qtbot.keyClick(field(section, "F9"), Qt.Key.Key_F12)
    qtbot.keyClick(field(section, "F8"), Qt.Key.Key_F9)
    assert own(desk) == {"F9": "F12", "F8": "F9"}
    usual = {button.accessibleName(): button for button in section.findChildren(QPushButton)}
    usual["Imprimir: voltar a F9"].click()
    assert said(section).startswith("F9 já é de “Receber”.")
    usual["Receber: voltar a F8"].click()
    usual["Imprimir: voltar a F9"].click()
    assert own(desk) == {}
    assert said(section) == ""
    qtbot.keyClick(field(section, "Ctrl+K"), Qt.Key.Key_J, Qt.KeyboardModifier.ControlModifier)
    section.findChild(QPushButton, "keysAll").click()
    assert own(desk) == {}


OTHERS = [f"Ctrl+Alt+{letter}" for letter in "BDEGHIJKLMNOQRSTUVXYZABCDEF"]
OLD = re.compile(r"(?<![\w+])(F(?:[2-9]|10|11)|Shift\+F9|Ctrl\+(?:Shift\+)?[A-Z0-9])(?![\w+])")
KEPT = re.compile(r"Ctrl\+(V|Z|C|Shift\+O|Shift\+C)")
"""Keys that are not to be changed."""


def test_a_window_with_other_keys_obeys_them_and_names_no_old_one(
    qapp, shop_with_orders, tmp_path, qtbot
):
    """Takes seconds: every page of a window is looked at."""
    folder = shutil.copytree(shop_with_orders, tmp_path / "shop")
    settings = WindowSettings(folder)
    changed = dict(zip(keymap.KEYS, dict.fromkeys(OTHERS), strict=False))
    for default, key in changed.items():
        settings.set_key(default, key)
    settings.save()
    window = open_desk(folder, now=clock)
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.activateWindow()
    qtbot.waitUntil(lambda: not window.busy)
    assert {default: keymap.key(default) for default in changed} == changed
    kept = set(keymap.KEYS) - set(changed)
    bound = {shortcut.key().toString() for shortcut in window.findChildren(QShortcut)}
    assert set(changed.values()) & bound >= {changed["F2"], changed["F4"], changed["F9"]}
    assert not set(changed) & bound
    pages = [lambda: window.show_page("navOrders")]
    pages += [lambda place=place: window.page_key(place) for place in range(2, 7)]
    pages += [lambda: window.open_order(5)]
    for go in pages:
        go()
        qtbot.waitUntil(lambda: not window.busy)
        words = [
            text
            for part in window.findChildren(QWidget)
            if part.isVisible()
            for text in (
                part.text() if isinstance(part, QAbstractButton | QLabel) else "",
                part.toolTip(),
            )
        ]
        words += [act.key for act in acts_on(window.current)]
        old = {text: OLD.findall(KEPT.sub("", text)) for text in words}
        assert {text: found for text, found in old.items() if set(found) - kept} == {}
    window.page_key(1)
    letter = Qt.Key[f"Key_{changed['F2'][-1]}"]
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
    qtbot.keyClick(window, Qt.Key.Key_F2)
    assert not window.editing.is_shown
    qtbot.keyClick(window, letter, both)
    assert window.editing.is_shown
    window.close()
