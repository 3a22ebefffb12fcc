"""Ctrl+Z brings back the last words typed, also over what the program completed; never the text
of another order."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from tests.ui.conftest import TODAY

from osdesk.ui.editor.editor import OrderEditor
from osdesk.ui.widgets.fields import (
    ChoiceField,
    DateField,
    LongTextField,
    MoneyField,
    PhoneField,
    TextField,
)

UNDO = (Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)


def made(kind):
    if kind is DateField:
        return DateField(lambda: TODAY)
    if kind is PhoneField:
        return PhoneField(lambda: "11")
    return ChoiceField(free=True, likely=True) if kind is ChoiceField else kind()


def shown(field):
    if isinstance(field, ChoiceField):
        return field.currentText()
    return field.toPlainText() if isinstance(field, LongTextField) else field.text()


@pytest.mark.parametrize("kind", [TextField, LongTextField, ChoiceField, DateField, MoneyField])
def test_after_a_load_the_last_typing_is_undone_and_no_more(qtbot, kind):
    field = made(kind)
    qtbot.addWidget(field)
    field.show()
    values = {DateField: TODAY, MoneyField: 150_00}
    field.set_value(values.get(kind, "antes"))
    loaded = shown(field)
    typed = field.lineEdit() if isinstance(field, ChoiceField) else field
    QTest.keyClick(typed, Qt.Key.Key_End)
    QTest.keyClicks(typed, "9")
    assert shown(field) == loaded + "9"
    QTest.keyClick(typed, *UNDO)
    QTest.keyClick(typed, *UNDO)
    assert shown(field) == loaded, "what was loaded before it is of another order"


@pytest.mark.parametrize(
    ("kind", "typed", "usual"),
    [
        (DateField, "+3", "27/11/2026"),
        (MoneyField, "1150", "1.150,00"),
        (PhoneField, "11987654321", "(11) 98765-4321"),
    ],
)
def test_the_usual_form_gives_the_typed_words_back(qtbot, kind, typed, usual):
    field = made(kind)
    qtbot.addWidget(field)
    field.show()
    edits = []
    field.set_value(None)
    QTest.keyClicks(field, typed)
    field.edited.connect(lambda: edits.append(shown(field)))
    value = field.value()
    field.settle()
    assert shown(field) == usual
    assert edits == [], "nobody typed it"
    assert not field.hasSelectedText()
    QTest.keyClick(field, *UNDO)
    assert shown(field) == typed
    assert field.value() == value


@pytest.fixture
def editor(desk, qtbot):
    editor = OrderEditor(desk)
    qtbot.addWidget(editor)
    editor.resize(1194, 742)
    editor.show()
    editor.open_new()
    return editor


def test_a_completion_gives_the_typed_letters_back(editor, qtbot):
    device = editor.cards.equipment
    device.kind.setFocus()
    QTest.keyClicks(device.kind, "lav")
    QTest.keyClick(device.kind, Qt.Key.Key_Down)
    QTest.keyClick(device.kind, Qt.Key.Key_Return)
    assert device.kind.text() == "Lavadora"
    QTest.keyClick(device.kind, *UNDO)
    assert device.kind.text() == "lav"
    technician = editor.side.technician
    technician.setFocus()
    QTest.keyClicks(technician.lineEdit(), "ed")
    QTest.keyClick(technician.lineEdit(), Qt.Key.Key_Return)
    assert technician.text_value() == "Edson Ramos"
    QTest.keyClick(technician.lineEdit(), *UNDO)
    assert technician.currentText() == "ed"
    day = editor.side.promised_on
    day.setFocus()
    QTest.keyClicks(day, "01/12/2026")
    QTest.keyClick(day, Qt.Key.Key_Up)
    assert day.text() == "02/12/2026"
    QTest.keyClick(day, *UNDO)
    assert day.text() == "01/12/2026"
