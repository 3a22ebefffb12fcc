import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from osdesk.ui.widgets.suggest import Suggest, Suggestion

WORDS = ("Brastemp", "Britania", "Bosch")


@pytest.fixture
def window(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    return window


@pytest.fixture
def field(window):
    column = QVBoxLayout(window)
    field = QLineEdit()
    other = QLineEdit()
    column.addWidget(field)
    column.addWidget(other)
    window.resize(400, 300)
    window.show()
    field.setFocus()
    return field


@pytest.fixture
def suggest(field):
    def find(text):
        return [Suggestion(word, word) for word in WORDS if word.lower().startswith(text.lower())]

    return Suggest(field, find)


def test_nothing_is_chosen_by_itself(field, suggest, qtbot):
    chosen = []
    suggest.chosen.connect(chosen.append)
    qtbot.keyClicks(field, "br")
    assert suggest.words() == ["Brastemp", "Britania"]
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert chosen == []
    assert field.text() == "br"
    assert not suggest.visible()


def test_down_and_enter_choose(field, suggest, qtbot):
    qtbot.keyClicks(field, "b")
    qtbot.keyClick(field, Qt.Key.Key_Down)
    qtbot.keyClick(field, Qt.Key.Key_Down)
    with qtbot.waitSignal(suggest.chosen) as chosen:
        qtbot.keyClick(field, Qt.Key.Key_Return)
    assert chosen.args == ["Britania"]
    assert not suggest.visible()


def test_up_leads_back_to_what_was_typed(field, suggest, qtbot):
    qtbot.keyClicks(field, "b")
    qtbot.keyClick(field, Qt.Key.Key_Down)
    qtbot.keyClick(field, Qt.Key.Key_Up)
    qtbot.keyClick(field, Qt.Key.Key_Tab)
    assert field.text() == "b"


def test_the_mouse_chooses_too(field, suggest, qtbot):
    qtbot.keyClicks(field, "bo")
    shown = field.window().findChild(QWidget, "suggestions")
    with qtbot.waitSignal(suggest.chosen) as chosen:
        place = shown.visualItemRect(shown.item(0)).center()
        qtbot.mouseClick(shown.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert chosen.args == ["Bosch"]


def test_escape_closes_the_list_only(field, suggest, qtbot):
    qtbot.keyClicks(field, "b")
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert not suggest.visible()
    assert field.text() == "b"


def test_the_list_goes_with_the_focus_and_with_the_last_match(field, suggest, qtbot):
    qtbot.keyClicks(field, "b")
    qtbot.keyClicks(field, "x")
    assert not suggest.visible()
    field.clear()
    qtbot.keyClicks(field, "b")
    assert suggest.visible()
    field.window().findChildren(QLineEdit)[1].setFocus()
    assert not suggest.visible()
