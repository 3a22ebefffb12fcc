"""What the shop does not have yet is asked for in place, and never made by a slip."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from osdesk.ui.widgets.ask_new import AskNew
from osdesk.ui.widgets.fields import TextField

KNOWN = ("celular", "notebook")


@pytest.fixture
def form(qtbot):
    form = QWidget()
    form.field, form.after = TextField(), TextField()
    form.ask = AskNew(
        form.field, lambda word: word.lower() in KNOWN, "Criar “{word}”?", name="newWord"
    )
    column = QVBoxLayout(form)
    for part in (form.field, form.ask, form.after):
        column.addWidget(part)
    qtbot.addWidget(form)
    form.show()
    form.field.setFocus()
    return form


def leave(form, qtbot, word):
    qtbot.keyClicks(form.field, word)
    qtbot.keyClick(form.field, Qt.Key.Key_Tab)
    qtbot.wait(1)


def test_a_known_word_is_not_asked_about(form, qtbot):
    leave(form, qtbot, "Celular")
    assert form.ask.question() == ""
    assert form.after.hasFocus()


def test_a_new_word_is_asked_about_and_enter_goes_on(form, qtbot):
    leave(form, qtbot, "Som")
    assert form.ask.question() == "Criar “Som”?"
    assert form.ask.create_button.hasFocus()
    assert not form.ask.settled()
    qtbot.keyClick(form.ask.create_button, Qt.Key.Key_Return)
    assert form.ask.settled()
    assert form.after.hasFocus()
    assert form.ask.question() == ""


def test_esc_leads_back_to_the_word(form, qtbot):
    leave(form, qtbot, "Celulra")
    qtbot.keyClick(form.ask.create_button, Qt.Key.Key_Escape)
    assert form.field.hasFocus()
    assert form.field.selectedText() == "Celulra"
    assert form.ask.question() == ""
    assert not form.ask.settled()


def test_another_word_is_another_question(form, qtbot):
    leave(form, qtbot, "Som")
    form.ask.accept()
    form.field.setText("Radio")
    assert not form.ask.settled()
    form.ask.load("Radio")  # as it is stored
    assert form.ask.settled()
