from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.vectors_csv import to_cents, vectors

from osdesk.domain.words import amount_in_words


@pytest.mark.parametrize(("text", "expected"), vectors("extenso"))
def test_amount_in_words_vectors(text, expected):
    assert amount_in_words(to_cents(Decimal(text))) == expected


@pytest.mark.parametrize(
    ("cents", "words"),
    [
        (0, "zero reais"),
        (1, "um centavo"),
        (100, "um real"),
        (101, "um real e um centavo"),
        (1400, "quatorze reais"),
        (100_000_000, "um milhão de reais"),
        (100_100_000, "um milhão e mil reais"),
        (123_000_000_00, "cento e vinte e três milhões de reais"),
        (200_000_000_000, "dois bilhões de reais"),
        (100_000_000_100, "um bilhão e um reais"),
        (99_000_199_00, "noventa e nove milhões cento e noventa e nove reais"),
    ],
)
def test_amount_in_words(cents, words):
    assert amount_in_words(cents) == words


def test_less_than_nothing_has_no_words():
    with pytest.raises(ValueError, match="below zero"):
        amount_in_words(-1)


VALUES = {
    "zero": 0, "um": 1, "dois": 2, "três": 3, "quatro": 4, "cinco": 5, "seis": 6, "sete": 7,
    "oito": 8, "nove": 9, "dez": 10, "onze": 11, "doze": 12, "treze": 13, "quatorze": 14,
    "quinze": 15, "dezesseis": 16, "dezessete": 17, "dezoito": 18, "dezenove": 19, "vinte": 20,
    "trinta": 30, "quarenta": 40, "cinquenta": 50, "sessenta": 60, "setenta": 70, "oitenta": 80,
    "noventa": 90, "cem": 100, "cento": 100, "duzentos": 200, "trezentos": 300, "quatrocentos":
    400, "quinhentos": 500, "seiscentos": 600, "setecentos": 700, "oitocentos": 800,
    "novecentos": 900,
}  # fmt: skip
SCALES = {"mil": 1000, "milhão": 10**6, "milhões": 10**6, "bilhão": 10**9, "bilhões": 10**9}


def read(words):
    """The amount that the words say, read without any rule of the writer."""
    cents = total = group = 0
    for word in words.split():
        if word in VALUES:
            group += VALUES[word]
        elif word in SCALES:
            total, group = total + (group or 1) * SCALES[word], 0
        elif word in ("real", "reais"):
            cents, total, group = (total + group) * 100, 0, 0
        elif word in ("centavo", "centavos"):
            cents, group = cents + group, 0
        else:
            assert word in ("e", "de")
    return cents


@given(st.integers(0, 99_999_999_999_999))
def test_words_say_the_amount(cents):
    assert read(amount_in_words(cents)) == cents
