"""The default texts claim nothing that consumer law makes void."""

import pytest

from osdesk.domain.default_texts import (
    PAYMENT_TERMS,
    TERMS_COLLECTION,
    TERMS_DELIVERY,
    TERMS_INTAKE,
    TEXTS,
)

VOID = (
    "perda de propriedade",
    "perde a propriedade",
    "não nos responsabilizamos",
    "garantia de 30 dias",
    "sem direito a",
    "foro exclusivo",
    "garantia somente da peça",
    "retenção",
    "retido",
    "abandono",
)


@pytest.mark.parametrize("text", [*TEXTS.values(), PAYMENT_TERMS])
def test_no_void_clause(text):
    assert [words for words in VOID if words in text.lower()] == []
    assert text == text.strip()


def test_the_texts_say_what_the_law_asks_of_data_and_of_money_asked_wrongly():
    """LGPD art. 9: what is kept, what for, how long; CDC art. 42: what was charged too much."""
    for words in ("LGPD", "senha", "fotos", "5 anos", "apagada depois da entrega"):
        assert words in TERMS_INTAKE, words
    for words in ("devolvido em dobro", "salvo engano justificável", "CDC, art. 42"):
        assert words in TERMS_COLLECTION.replace("\n", " "), words


@pytest.mark.parametrize("text", TEXTS.values())
def test_every_text_has_words_and_closes_its_marks(text):
    assert text
    assert text.count("**") % 2 == 0
    for line in text.splitlines():
        assert line.removeprefix("**").removesuffix("**").count("**") == 0, line


@pytest.mark.parametrize("text", [TERMS_INTAKE, TERMS_DELIVERY])
def test_limits_are_set_apart_and_each_mark_is_closed(text):
    assert text.count("**") >= 2
    assert text.count("**") % 2 == 0
    assert "90 dias" in text


def test_the_delivery_text_says_the_five_things_of_the_law():
    for words in ("O que cobre", "Por quanto tempo", "Como e onde", "A sua parte", "soma-se"):
        assert words in TERMS_DELIVERY


@pytest.mark.parametrize("text", TEXTS.values())
def test_no_text_speaks_of_a_side_that_a_roll_has_not(text):
    for words in ("na frente", "da frente", "no verso", "do verso", "folha"):
        assert words not in text
