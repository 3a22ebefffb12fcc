"""What a cell says: read as it was meant, or refused by name."""

from datetime import date, datetime

import pytest

from osdesk.domain.errors import UserError
from osdesk.domain.orders.status import Status
from osdesk.interchange.incoming import values
from osdesk.texts.codes import METHOD, STATUS


@pytest.mark.parametrize(
    ("cell", "cents"),
    [
        ("1.234,56", 123_456),
        ("R$ 10", 1_000),
        ("R$1.234", 123_400),
        ("12.5", 1_250),
        ("1234.56", 123_456),
        ("1,234.56", 123_456),
        ("120.0000", 12_000),
        ("0,5", 50),
        ("- ", None),
        ("", None),
        (None, None),
        (0, 0),
        (12, 1_200),
        (0.1 + 0.2, 30),
        (1234.56, 123_456),
        ("-0,00", 0),
    ],
)
def test_money(cell, cents):
    assert values.money_of(cell, "total") == cents


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("dez reais", "bad_money"),
        ("12,345", "bad_money"),
        (33.333, "bad_money"),
        ("1.2.3", "bad_money"),
        ("-5", "negative"),
        (-5, "negative"),
        ("999.999.999,99", "amount_too_big"),
        (float("nan"), "bad_money"),
        (float("inf"), "bad_money"),
    ],
)
def test_what_is_no_amount(cell, code):
    with pytest.raises(UserError) as caught:
        values.money_of(cell, "total")
    assert (caught.value.code, caught.value.data["field"]) == (code, "total")


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("10/03/2024", date(2024, 3, 10)),
        ("1/2/24", date(2024, 2, 1)),
        ("10-03-2024 14:30:00", date(2024, 3, 10)),
        ("10/03/98", date(1998, 3, 10)),
        ("2024-03-10", date(2024, 3, 10)),
        ("2024-03-10 14:30:00", date(2024, 3, 10)),
        (datetime(2024, 3, 10, 14), date(2024, 3, 10)),
        ("00/00/0000", None),
        ("0000-00-00 00:00:00", None),
        ("", None),
    ],
)
def test_days(cell, day):
    assert values.day_of(cell, "requested_at") == day


@pytest.mark.parametrize("cell", ["31/02/2024", "2024-13-01", "ontem", "03/24", "10/03/0024"])
def test_what_is_no_day(cell):
    with pytest.raises(UserError, match="bad_date"):
        values.day_of(cell, "requested_at")


@pytest.mark.parametrize(
    ("cell", "number"),
    [("9120", 9120), ("OS 9120", 9120), ("nº 009120", 9120), (9120.0, 9120), ("#7", 7), ("", None)],
)
def test_numbers_of_orders(cell, number):
    assert values.whole_of(cell, "number") == number


def test_a_number_with_a_year_is_not_guessed():
    with pytest.raises(UserError, match="bad_number"):
        values.whole_of("120/2024", "number")


@pytest.mark.parametrize(
    ("cell", "kept"),
    [
        ("529.982.247-25", "529.982.247-25"),
        (52998224725, "52998224725"),
        (191, "00000000191"),
        ("000.000.000-00", None),
        ("0", None),
        ("111.111.111-11", "111.111.111-11"),
    ],
)
def test_documents(cell, kept):
    assert values.document_of(cell) == kept


@pytest.mark.parametrize(
    ("cell", "text"),
    [("'=1+1", "=1+1"), ("'tis", "'tis"), (" a ", "a"), (7.0, "7"), (True, "sim"), (1.5, "1,5")],
)
def test_texts(cell, text):
    assert values.text_of(cell) == text


def test_every_word_that_the_program_shows_is_read_back():
    for words, known in ((STATUS, values.STATUS_WORDS), (METHOD, values.METHOD_WORDS)):
        for code, shown in words.items():
            assert values.choice_of(shown.upper(), known, "status") == code
            assert values.choice_of(code.value, known, "status") == code


@pytest.mark.parametrize(
    ("words", "status"),
    [
        ("ABERTO", Status.RECEIVED),
        ("Em execução", Status.IN_PROGRESS),
        ("Faturado", Status.DELIVERED),
    ],
)
def test_what_other_programs_call_a_status(words, status):
    assert values.choice_of(words, values.STATUS_WORDS, "status") is status


def test_a_word_that_nobody_knows():
    with pytest.raises(UserError, match="import_word"):
        values.choice_of("Vendido", values.STATUS_WORDS, "status")


def test_terms_of_warranty():
    cells = ("90", "90 dias", "3 meses", "1 ano")
    assert [values.days_of(cell, "warranty") for cell in cells] == [90, 90, 90, 365]
