import pytest
from PySide6.QtCore import Qt

from osdesk.ui.editor.arrival import ChecklistCard

QUESTIONS = ("Liga?", "Tela sem trincas?", "Carrega?")
KEY = Qt.Key


@pytest.fixture
def card(qtbot):
    card = ChecklistCard()
    qtbot.addWidget(card)
    card.resize(500, 300)
    card.load({}, QUESTIONS, kind="Celular")
    card.show()
    card.table.setFocus()
    return card


@pytest.fixture
def press(card, qtbot):
    def act(*keys):
        for key in keys:
            editor = card.table._cell.editor
            target = editor if editor is not None else card.table
            if isinstance(key, str):
                qtbot.keyClicks(target, key)
            else:
                qtbot.keyClick(target, key)

    return act


def test_one_key_an_answer_and_on_to_the_next(card, press, qtbot):
    with qtbot.waitSignal(card.edited):
        press(KEY.Key_S)
    press(KEY.Key_N, KEY.Key_T)
    assert card.answers() == {
        "Liga?": "sim",
        "Tela sem trincas?": "não",
        "Carrega?": "não testado",
    }
    assert card.progress() == (3, 3)
    press(KEY.Key_Minus)  # the last one stays under the hand
    assert card.answers()["Carrega?"] == "não testado"


def test_any_words_are_an_answer_and_count_before_they_are_taken(card, press):
    press(KEY.Key_Return, "so no carregador")
    assert card.answers() == {"Liga?": "so no carregador"}
    press(KEY.Key_Return)
    assert card.table._cell.editor is None
    assert card.answers() == {"Liga?": "so no carregador"}
    press("x", "yz")  # on the next question; a letter that is no key begins a text
    assert card.answers()["Tela sem trincas?"] == "xyz"


def test_an_answer_is_taken_back(card, press):
    press(KEY.Key_S, KEY.Key_Up, KEY.Key_Delete)
    assert card.answers() == {}
    assert card.progress() == (0, 3)


def test_answers_to_questions_that_are_gone_stay(card):
    before = {"Tem capa?": "sim", "Liga?": "não"}
    card.load(before, QUESTIONS, kind="Celular")
    assert card.answers() == before
    assert card.progress() == (2, 4)
    card.ask(("Gela?",), kind="Ar")
    assert card.answers() == before
    assert card.table.rowCount() == 3


def test_what_was_loaded_is_given_back_letter_by_letter(card, press):
    odd = {"Liga?": " sim "}
    card.load(odd, QUESTIONS, kind="Celular")
    assert card.answers() == odd
    press(KEY.Key_Down, KEY.Key_N)
    assert card.answers() == {"Liga?": "sim", "Tela sem trincas?": "não"}


def test_without_questions_it_says_why(card):
    card.load({}, (), kind="")
    assert "Digite o tipo" in card._empty.text()
    assert card.table.isHidden()
    card.ask(QUESTIONS, kind="Celular")
    assert not card.table.isHidden()
    card.ask((), kind="Ventilador")
    assert "não tem checklist" in card._empty.text()
