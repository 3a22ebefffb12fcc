"""The shop's texts: fields at the cursor, the lint while typing, the default back, a look."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QPushButton
from tests.ui.settings.test_page import at, page  # noqa: F401 - the fixture

from osdesk.domain.default_texts import TEXTS
from osdesk.domain.fill_in import OFFERED
from osdesk.services.shop.shop import shop_view
from osdesk.texts.clauses import FILL_IN
from osdesk.ui.settings.texts import TITLES


@pytest.fixture
def texts(page):  # noqa: F811  # a fixture by its name
    return at(page, "settingsTexts")


def card(texts, code):
    texts.show_text(code)
    return texts.cards[code]


def button(texts, name):
    return texts.findChild(QPushButton, name)


def test_every_text_has_its_place(texts):
    assert {code for code, _ in TITLES} == set(TEXTS)
    for code in TEXTS:
        shown = card(texts, code)
        assert shown.field.isVisible()
        assert shown.field.toPlainText() == TEXTS[code]
        assert shown.warnings() == ""
        assert not button(texts, f"{code}Restore").isEnabled()
    assert not texts.dirty


def test_each_text_is_saved_and_can_be_empty(texts, desk):
    card(texts, "message_ready").field.setPlainText("Pronto, {cliente}!")
    card(texts, "terms_quote").field.setPlainText("")
    texts.save()
    shop = desk.read(shop_view)
    assert (shop.message_ready, shop.terms_quote) == ("Pronto, {cliente}!", "")
    assert shop.terms_notice == TEXTS["terms_notice"]
    assert not texts.dirty


def test_a_field_is_chosen_by_keyboard_and_lands_at_the_cursor(texts, qtbot):
    shown = card(texts, "terms_quote")
    shown.field.setPlainText("Vale ate .")
    cursor = shown.field.textCursor()
    cursor.setPosition(9)
    shown.field.setTextCursor(cursor)
    insert = button(texts, "terms_quoteInsert")
    insert.setFocus()
    qtbot.keyClick(insert, Qt.Key.Key_Return)
    menu = insert.findChild(QMenu)
    qtbot.waitUntil(menu.isVisible)
    offered = [action.text() for action in menu.actions()]
    assert [words.split()[0] for words in offered] == [f"{{{n}}}" for n in OFFERED["terms_quote"]]
    assert offered[0].endswith(FILL_IN["cliente"])
    for _ in range(OFFERED["terms_quote"].index("validade") + 1):
        qtbot.keyClick(menu, Qt.Key.Key_Down)
    qtbot.keyClick(menu, Qt.Key.Key_Return)
    assert shown.field.toPlainText() == "Vale ate {validade}."
    assert texts.dirty


def test_warnings_come_while_one_types_and_hinder_nothing(texts, desk, qtbot):
    shown = card(texts, "terms_intake")
    shown.field.setFocus()
    shown.field.clear()
    qtbot.keyClicks(shown.field, "Garantia de 30 dias. {apelido}")
    qtbot.waitUntil(lambda: shown.warnings() != "")
    assert "“Garantia de 30 dias”" in shown.warnings()
    assert "CDC" in shown.warnings()
    assert "{apelido} não é um campo" in shown.warnings()
    texts.save()
    assert desk.read(shop_view).terms_intake == "Garantia de 30 dias. {apelido}"


def test_the_default_comes_back_and_can_be_undone(texts):
    shown = card(texts, "terms_notice")
    shown.field.setPlainText("Meu texto")
    shown.read_through()
    button(texts, "terms_noticeRestore").click()
    assert shown.field.toPlainText() == TEXTS["terms_notice"]
    shown.field.undo()
    assert shown.field.toPlainText() == "Meu texto"


@pytest.mark.parametrize("code", ["terms_intake", "terms_unserviced", "terms_notice"])
def test_a_text_is_looked_at_on_its_paper_before_it_is_saved(texts, desk, qtbot, code):
    shown = card(texts, code)
    shown.field.setPlainText("Texto novo para {cliente}.")
    look = button(texts, f"{code}Look")
    with qtbot.waitSignal(shown.previewed):
        look.setFocus()
        qtbot.keyClick(look, Qt.Key.Key_Return)
    pictures = shown.pictures()
    assert pictures
    assert all(each.width() > each.height() > 300 for each in pictures), "halves of a sheet"
    assert desk.read(shop_view).terms_intake == TEXTS["terms_intake"]
    qtbot.waitUntil(look.isEnabled)
    look.click()
    assert not shown.shows_preview


def test_a_message_is_shown_filled_in(texts, qtbot):
    shown = card(texts, "message_ready")
    shown.field.setPlainText("{cliente}, {apelido}")
    with qtbot.waitSignal(shown.previewed):
        button(texts, "message_readyLook").click()
    assert shown.preview_words() == "Cliente Número 130, {apelido}"
