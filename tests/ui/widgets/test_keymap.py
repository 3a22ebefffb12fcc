"""Keys that a shop has chosen: which may be, and how the program's words name them."""

import pytest

from osdesk.domain.errors import UserError
from osdesk.ui.widgets import keymap


@pytest.fixture(autouse=True)
def as_it_comes():
    yield
    keymap.use({})


@pytest.mark.parametrize(
    ("wanted", "code"),
    [
        ("F12", None),
        ("Ctrl+F9", None),
        ("Ctrl+J", None),
        ("Alt+J", None),
        ("Ctrl+Shift+J", None),
        ("F9", None),
        ("J", "key_unknown"),
        ("Shift+J", "key_unknown"),
        ("Space", "key_unknown"),
        ("", "key_unknown"),
        ("F13", "key_unknown"),
        ("Ctrl+C", "key_needed"),
        ("Ctrl+Z", "key_needed"),
        ("Ctrl+P", "key_needed"),
        ("Alt+W", "key_needed"),
        ("F1", "key_needed"),
        ("F4", "key_taken"),
        ("Ctrl+K", "key_taken"),
    ],
)
def test_which_key_may_stand_for_another(wanted, code):
    if code is None:
        assert keymap.checked("F9", wanted, {}) == wanted
        return
    with pytest.raises(UserError) as caught:
        keymap.checked("F9", wanted, {})
    assert caught.value.code == code


def test_a_key_that_was_given_up_is_free_and_two_can_be_exchanged():
    own = {"F4": "F12"}
    assert keymap.checked("F9", "F4", own) == "F4"
    keymap.use({"F4": "F9", "F9": "F4"})
    assert (keymap.key("F4"), keymap.key("F9"), keymap.key("F8")) == ("F9", "F4", "F8")


def test_what_cannot_be_used_in_the_file_is_passed_over():
    keymap.use({"F4": "F9", "F2": "Ctrl+C", "F77": "F12", "F8": "nada"})
    assert [keymap.key(each) for each in ("F4", "F2", "F77", "F8")] == ["F4", "F2", "F77", "F8"]


def test_the_words_name_the_keys_as_they_are():
    text = "F9 imprime (F8 recebe; Shift+F9 escolhe; Ctrl+K ações; iPhone F2X, F22)."
    assert keymap.words(text) == text
    keymap.use({"F9": "F12", "Ctrl+K": "Ctrl+J"})
    assert keymap.words(text) == (
        "F12 imprime (F8 recebe; Shift+F9 escolhe; Ctrl+J ações; iPhone F2X, F22)."
    )


def test_every_key_that_can_be_changed_is_one_that_could_be_chosen():
    for default in keymap.KEYS:
        assert keymap.checked(default, default, {}) == default
    assert not keymap.TAKEN & set(keymap.KEYS)


def test_the_manual_names_the_keys_as_they_are_and_the_news_as_they_were():
    from osdesk.ui.help.manual import NEWS, chapter

    assert "| F9 | imprimir" in chapter("teclas").told
    keymap.use({"F9": "F12", "Ctrl+1": "Ctrl+J"})
    assert "| F12 | imprimir" in chapter("teclas").told
    assert "Ctrl+J a Ctrl+6" in chapter("teclas").told
    assert chapter("teclas").holds("F12")
    assert chapter(NEWS).told == chapter(NEWS).body
