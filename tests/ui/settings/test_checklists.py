import pytest
from PySide6.QtCore import Qt

from osdesk.services.shop.checklists import checklist_for
from osdesk.ui.settings.checklists import ChecklistsSection

ALT, KEY = Qt.KeyboardModifier.AltModifier, Qt.Key


@pytest.fixture
def section(desk, qtbot):
    section = ChecklistsSection(desk)
    qtbot.addWidget(section)
    section.show()
    return section


def choose(section, kind):
    section._mark_kind(kind)


def test_questions_are_added_moved_and_removed_by_the_keyboard(section, desk, qtbot):
    choose(section, "TV")
    before = list(desk.read(checklist_for, "TV"))
    text = section.questions
    text.setFocus()
    qtbot.keyClick(text, KEY.Key_End)
    qtbot.keyClick(text, KEY.Key_Return)
    qtbot.keyClicks(text, "Tem a caixa?")
    qtbot.keyClick(text, KEY.Key_Up, ALT)
    assert text.lines()[:2] == ["Tem a caixa?", before[0]]
    assert section.dirty
    assert section.save()
    assert list(desk.read(checklist_for, "televisor")) == ["Tem a caixa?", *before]
    assert not section.dirty
    qtbot.keyClick(text, KEY.Key_Down, ALT)
    text.undo()
    assert text.lines() == ["Tem a caixa?", *before]
    text.setPlainText("Liga?")
    assert section.save()
    assert desk.read(checklist_for, "TV") == ("Liga?",)


def test_at_the_edges_nothing_moves(section, qtbot):
    text = section.questions
    first = text.lines()
    qtbot.keyClick(text, KEY.Key_Up, ALT)
    assert text.lines() == first
    assert not section.dirty


def test_another_kind_gets_its_list(section, desk, qtbot):
    section.new_kind.setText(" Ar  condicionado ")
    qtbot.keyClick(section.new_kind, KEY.Key_Return)
    assert section.questions.hasFocus()
    qtbot.keyClicks(section.questions, "Gela?")
    assert section.save()
    assert desk.read(checklist_for, "ar condicionado") == ("Gela?",)
    assert section.kinds.currentItem().text() == "Ar condicionado"
    section.new_kind.setText("AR CONDICIONADO")
    section.add_button.click()
    assert section.questions.lines() == ["Gela?"]
    assert section._names().count("Ar condicionado") == 1


def test_a_list_that_is_being_typed_waits_for_its_answer(section):
    section.questions.setPlainText("Nova?")
    before = section.kinds.currentItem().text()
    choose(section, "TV")
    assert section.kinds.currentItem().text() == before
    assert "Salve ou descarte" in section.bar.words()
    section.new_kind.setText("Outro")
    section.add_button.click()
    assert section.questions.lines() == ["Nova?"]
    section.refresh()
    assert section.questions.lines() == ["Nova?"]
    section._discard()
    assert not section.dirty
    choose(section, "TV")
    assert section.kinds.currentItem().text() == "TV"


def test_what_is_wrong_is_said_and_stays_typed(section, desk):
    section.questions.setPlainText("Liga?\nliga?")
    assert not section.save()
    assert "duas vezes" in section._wrong.text()
    assert section.questions.lines() == ["Liga?", "liga?"]
    assert section.dirty
