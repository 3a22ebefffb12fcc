import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from osdesk.domain.errors import UserError
from osdesk.domain.text import (
    NAME_LIMIT,
    TEXT_LIMIT,
    clean_line,
    clean_name,
    clean_text,
    fold,
    readable,
    seen,
)

PRINTABLE = st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn"]), max_size=60)


def line(text, limit=NAME_LIMIT):
    return clean_line(text, limit=limit, field="name")


def free(text, limit=TEXT_LIMIT):
    return clean_text(text, limit=limit, field="reason")


@pytest.mark.parametrize(
    "letter",
    [
        "\x00",
        "\x07",
        "\x1b",
        "\x7f",
        "\x80",
        "\x9f",
        "\ud800",
        "\ufdd0",
        "\uffff",
        "\U0001fffe",
        "\U0010ffff",
    ],
)
def test_unprintable_is_refused_by_field(letter):
    for clean, field in ((line, "name"), (free, "reason")):
        with pytest.raises(UserError, match="bad_character") as caught:
            clean(f"a{letter}b")
        assert caught.value.data["field"] == field


def test_every_control_is_refused():
    controls = [
        chr(code) for code in range(sys.maxunicode + 1) if unicodedata.category(chr(code)) == "Cc"
    ]
    kept = [letter for letter in controls if _accepts(f"a{letter}b")]
    assert kept == ["\t", "\n", "\r"]


def _accepts(text):
    try:
        free(text)
    except UserError:
        return False
    return True


def test_free_text_is_kept_as_typed():
    text = "\n  Não liga 🙂\tà noite;\n\n\u202e “teste” %_'\"<b>&amp; \n"
    assert free(text) == text


def test_line_ends_become_one_kind():
    assert free("a\r\nb\rc\nd\n\r") == "a\nb\nc\nd\n\n"


def test_accents_are_composed():
    assert free("cafe\u0301") == "café"
    assert line("Conceic\u0327a\u0303o") == "Conceição"


def test_line_has_no_line_ends_and_no_blanks_around():
    assert line(" \tMaria\r\ndas\tDores\u2028Conceição \n") == "Maria das Dores Conceição"
    assert line("Maria  Silva") == "Maria  Silva"
    assert line(" \n ") == ""


def test_limits_count_letters_after_composing():
    assert len(line("e\u0301" * NAME_LIMIT)) == NAME_LIMIT
    assert len(free("🙂" * TEXT_LIMIT)) == TEXT_LIMIT
    for clean, limit in ((line, NAME_LIMIT), (free, TEXT_LIMIT)):
        with pytest.raises(UserError, match="too_long") as caught:
            clean("é" * (limit + 1))
        assert caught.value.data["limit"] == limit


@given(PRINTABLE)
def test_cleaning_twice_changes_nothing(text):
    assert free(free(text)) == free(text)
    assert line(line(text)) == line(text)
    assert free(text) == unicodedata.normalize("NFC", text)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Maria das Dores CONCEIÇÃO", "maria das dores conceicao"),
        ("  José \t da\nSilva ", "jose da silva"),
        ("G̃uarani", "guarani"),
        ("STRASSE", fold("straße")),
        ("ﬁlme Ⅳ ℡", "filme iv tel"),
        ("Nº", "no"),
        ("🙂", "🙂"),
        ("", ""),
    ],
)
def test_fold(text, folded):
    assert fold(text) == folded


@given(st.text())
def test_fold_is_idempotent(text):
    assert fold(fold(text)) == fold(text)


@given(st.text("abcdefghijklmnopqrstuvwxyzáàâãéêíóôõúüçñÁÀÂÃÉÊÍÓÔÕÚÜÇÑ '-."))
def test_fold_knows_no_case_no_accents_no_form(text):
    assert fold(text) == fold(text.upper()) == fold(unicodedata.normalize("NFD", text))
    assert fold(text).isascii()


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("\u2066Ana\u2069", "Ana"),
        ("\u202eanA\u202c", "anA"),
        ("Ma\u200bria\ufeff", "Maria"),
        ("Jo\x07sé\x1b[31m", "José[31m"),
        ("Ana\tMaria\nLima ", "Ana Maria Lima"),
        ("Ana\xa0Lima", "Ana\xa0Lima"),
        ("\u200b\u2060 \ufeff", ""),
        ("Zoë Ångström", "Zoë Ångström"),
    ],
)
def test_a_name_is_what_is_seen_of_it(typed: str, kept: str) -> None:
    assert clean_name(typed, limit=NAME_LIMIT, field="name") == kept


@given(st.text())
def test_what_is_seen_has_nothing_that_is_not(text: str) -> None:
    shown = readable(text)
    assert seen(shown) == shown
    assert not [letter for letter in shown if unicodedata.category(letter) in ("Cc", "Cs")]
    assert not [letter for letter in shown if unicodedata.bidirectional(letter) in BIDI]


BIDI = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI", "BN"} - {"BN"}
