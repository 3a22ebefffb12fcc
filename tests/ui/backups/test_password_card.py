"""The password of the backups, set up by a person: in force once it was typed from its sheet."""

import pytest
from tests.documents.reading import pages
from tests.ui.conftest import NOW

from osdesk.jobs.backup import back_up
from osdesk.persistence.backup import backups_in
from osdesk.persistence.secret_box import KEY
from osdesk.ui.backups.password_card import PasswordCard
from osdesk.ui.widgets import file_dialogs


@pytest.fixture
def sheets(monkeypatch):
    """What was opened for printing."""
    opened = []
    monkeypatch.setattr(file_dialogs, "open_with_system", lambda path: not opened.append(path))
    return opened


@pytest.fixture
def card(desk, qtbot, sheets):
    card = PasswordCard(desk)
    qtbot.addWidget(card)
    card.show()
    return card


def click(card, name):
    card.findChild(object, f"backupPassword{name}").click()


def code_on(sheet):
    lines = [line.text for page in pages(sheet.read_bytes()) for line in page]
    (code,) = [text for text in lines if text.count("-") == 4 and len(text) == 29]
    return code


def test_it_is_in_force_once_it_was_typed_from_the_sheet(card, desk, sheets):
    assert "não têm senha" in card._state.text()
    click(card, "Make")
    code = code_on(sheets[0])
    assert desk.folder not in sheets[0].parents, "what is there goes into the backups"
    card._typed.setText(code[:-1])
    click(card, "Set")
    assert "Não é o código da folha" in card._field._wrong.text()
    assert desk.store.backup_lock.password is None
    card._typed.setText(code.replace("-", " ").lower())
    click(card, "Set")
    assert desk.store.backup_lock.password == code
    assert "Os backups têm senha" in card._state.text()
    assert not sheets[0].exists(), "the file tells the password"
    back_up(desk.store, None, now=NOW)
    assert backups_in(desk.store.backups)[0].manifest.locked


def test_thinking_better_of_it_changes_nothing(card, desk, sheets):
    click(card, "Make")
    click(card, "Leave")
    assert desk.store.backup_lock.password is None
    assert card._typed.isHidden() or not card._typed.isVisible()
    assert not sheets[0].exists()


def test_the_sheet_again_a_new_one_and_none_any_more(card, desk, sheets):
    click(card, "Make")
    first = code_on(sheets[0])
    card._typed.setText(first)
    click(card, "Set")
    click(card, "Sheet")
    assert code_on(sheets[1]) == first
    click(card, "Make")
    second = code_on(sheets[2])
    card._typed.setText(second)
    click(card, "Set")
    assert desk.store.backup_lock.known == [second, first]
    click(card, "Remove")
    assert desk.store.backup_lock.password == second, "asked first"
    click(card, "Sure")
    assert desk.store.backup_lock.password is None
    assert "não têm senha" in card._state.text()


def test_a_password_that_cannot_be_read_is_said(card, desk, sheets):
    desk.store.backup_lock.set("ABCDE-23456-FGHJK-789AB-CDEFG")
    (desk.folder / KEY).unlink()
    card.refresh()
    assert card.bar.text()
