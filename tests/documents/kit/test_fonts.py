"""Which letters can be drawn, how wide they are, and what stands for those that cannot."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reportlab import rl_config
from reportlab.pdfbase import pdfmetrics

from osdesk.documents.kit import fonts


def test_reportlab_may_reach_no_file_or_host():
    fonts.prepare()
    assert rl_config.trustedHosts is None
    assert rl_config.trustedSchemes == []
    assert rl_config.toColorCanUse == "rl_extended_literal_eval"


@pytest.mark.parametrize("font", fonts.NAMES)
def test_width_is_what_reportlab_draws(font):
    text = "Conceição 10.482,00 “nº”"
    assert fonts.width(text, font, 8.5) == pytest.approx(
        sum(pdfmetrics.stringWidth(part, used, 8.5) for part, used in fonts.runs(text, font))
    )


@pytest.mark.parametrize("font", [fonts.REGULAR, fonts.MEDIUM, fonts.SEMIBOLD])
def test_figures_are_all_of_one_width(font):
    assert len({fonts.width(figure, font, 10) for figure in "0123456789"}) == 1


@pytest.mark.parametrize(
    ("typed", "drawn"),
    [
        ("c\u0327a\u0303o", "ção"),
        ("a\x00b\x07c\x85d", "abc\nd"),
        ("a\r\nb\rc\u2028d", "a\nb\nc\nd"),
        ("a\tb", "a    b"),
        ("tela 😀 漢", "tela □ □"),
        ("só\ud800metade", "só□metade"),
        ("zero\u200bwidth\ufeff", "zerowidth"),
        ("a\u3000b", "a b"),
        ("<b>R&D</b>", "<b>R&D</b>"),
        ("مرحبا שלום", "ﻣﺮﺣﺒﺎ שלום"),
        ("👨\u200d👩", "□□"),
    ],
)
def test_text_is_kept_or_marked_never_lost(typed, drawn):
    assert fonts.clean(typed) == drawn


@given(st.text())
def test_cleaned_text_can_be_drawn_whole(text):
    cleaned = fonts.clean(text)
    assert fonts.clean(cleaned) == cleaned
    for line in cleaned.split("\n"):
        parts = list(fonts.runs(line, fonts.SEMIBOLD))
        assert "".join(part for part, _ in parts) == line
        for part, font in parts:
            assert {ord(letter) for letter in part} <= fonts._widths(font).keys()


@given(st.text(st.sampled_from("ab1(2 )שלוםمرحبا.,-")))
def test_turning_a_line_keeps_its_letters(text):
    turned = fonts.visual(text)
    assert sorted(turned.replace(")", "(")) == sorted(text.replace(")", "("))  # mirrored ones


def test_right_to_left_words_are_turned_and_their_figures_are_not():
    assert fonts.visual("nome: שלום 12,5 טוב!") == "nome: בוט 12,5 םולש!"
    assert fonts.visual("Conceição 12") == "Conceição 12"
    assert all(unicodedata.bidirectional(c) == "L" for c in fonts.visual("abc"))
