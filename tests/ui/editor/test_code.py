"""What opens a device: typed once, sealed, seen only on request and for a while."""

import pytest
from tests.ui.conftest import NOW

from osdesk.domain.codes import AccessCodeKind, EventCode
from osdesk.domain.errors import UserError
from osdesk.domain.orders.access_codes import AccessCodeForm
from osdesk.services.orders.access_codes import set_code
from osdesk.services.orders.view import order_view
from osdesk.ui.editor.code import SHOWN_MS, CodeCard

PIN, PATTERN = AccessCodeKind.PIN, AccessCodeKind.PATTERN


@pytest.fixture
def card(desk, qtbot):
    card = CodeCard(desk)
    qtbot.addWidget(card)
    card.show()
    return card


def keep(desk, number, kind, secret=""):
    form = AccessCodeForm(kind, secret)
    box = desk.store.secrets
    desk.write(set_code, number, form, box=box, now=NOW, author=None)


def choose(card, kind):
    card.kind.setCurrentIndex(card.kind.findData(kind.value))


def test_nothing_asked_is_nothing_to_keep(card):
    assert not card.pending
    assert card.form() is None
    assert card.secret.isHidden()


def test_a_pin_waits_for_the_order(card, qtbot):
    with qtbot.waitSignal(card.edited):
        choose(card, PIN)
    assert card.secret.isVisible()
    assert card.pending
    with pytest.raises(UserError):
        card.form()
    assert "Cliente não informou" in card._wrong.text()
    card.secret.setText("12 34")
    assert card._wrong.isHidden()
    assert card.form() == AccessCodeForm(PIN, "12 34")


def test_not_informed_is_an_answer(card):
    choose(card, AccessCodeKind.NOT_INFORMED)
    assert card.secret.isHidden()
    assert card.form() == AccessCodeForm(AccessCodeKind.NOT_INFORMED)


def test_a_pattern_is_drawn_or_typed(card):
    choose(card, PATTERN)
    card.secret.setText("1-2-5")
    assert card.grid.dots == "125"
    card.grid.show_dots("7538")
    card.grid.edited.emit()
    assert card.form().secret == "7538"


def test_a_kept_code_is_seen_on_request_for_a_while(card, desk):
    keep(desk, 2, PATTERN, "1258")
    card.load(2)
    assert not card.pending
    assert card.show_button.isVisible()
    assert card._seen.text() == ""
    assert card.grid.dots == ""
    card.show_button.click()
    assert card._seen.text() == "1-2-5-8"
    assert card.grid.dots == "1258"
    codes = [event.code for event in desk.read(order_view, 2, now=NOW).events]
    assert codes[-2:] == [EventCode.ACCESS_CODE_SET, EventCode.ACCESS_CODE_SEEN]
    assert card._shown.interval() == SHOWN_MS == 15_000
    card._shown.timeout.emit()
    assert card._seen.text() == ""
    assert card._seen.isHidden()
    assert card.grid.dots == ""


def test_it_goes_out_of_sight_with_the_card(card, desk):
    keep(desk, 2, PIN, "4711")
    card.load(2)
    card.look()
    card.hide()
    assert card._seen.text() == ""
    card.show()
    card.look()
    card.load(3)
    assert card._seen.text() == ""


def test_another_order_never_sees_what_was_typed(card):
    choose(card, PIN)
    card.secret.setText("4711")
    card.load(3)
    assert not card.pending
    assert card.secret.text() == ""


def test_a_kept_code_is_changed_by_typing_a_new_one(card, desk):
    keep(desk, 2, PIN, "4711")
    card.load(2)
    card.secret.setText("99")
    assert card.pending
    assert card.form() == AccessCodeForm(PIN, "99")


def test_without_its_key_it_says_so(card, desk):
    keep(desk, 2, PIN, "4711")
    (desk.folder / "osdesk.key").unlink()
    card.load(2)
    card.look()
    assert "não vai nos backups" in card._wrong.text()
    assert card._seen.isHidden()
