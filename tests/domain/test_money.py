from contextlib import suppress
from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.vectors_csv import to_cents, vectors

from osdesk.domain.errors import UserError
from osdesk.domain.money import (
    MAX_CENTS,
    MAX_QUANTITY,
    decimal_text,
    format_amount,
    format_brl,
    format_quantity_br,
    line_total,
    parse_brl,
    parse_decimal,
    parse_discount,
    parse_quantity_br,
    parse_quantity_decimal,
    percent_text,
    quantity_text,
    split_by_weight,
    split_evenly,
)

AMOUNTS = st.integers(0, MAX_CENTS)
QUANTITIES = st.integers(1, MAX_QUANTITY)
HOSTILE = [
    "",
    " ",
    "NaN",
    "Infinity",
    "1e3",
    "1_000",
    "-1",
    "+1",
    "1,",
    ",5",
    ".5",
    "1.",
    "1,234",
    "0x10",
    "٣",
    "１２",
    "१",
    "²",
    "1\x00",
    "1 2",
    "1\n2",
    "R$",
    "$ 1",
    "--1",
    "1,0,0",
    "\ud800",
]


@pytest.mark.parametrize(("text", "expected"), vectors("brl_parse"))
def test_parse_brl_vectors(text, expected):
    if expected is None:
        with pytest.raises(UserError) as caught:
            parse_brl(text)
        assert caught.value.code == "bad_money"
        assert caught.value.data["value"] == text
    else:
        assert parse_brl(text) == int(expected)


@pytest.mark.parametrize(("text", "expected"), vectors("brl"))
def test_format_vectors(text, expected):
    assert format_brl(to_cents(Decimal(text))) == expected


@pytest.mark.parametrize("text", [*HOSTILE, "0.123", "012.345", "1.234,567", "1234.567,00"])
def test_typed_amount_is_refused_not_guessed(text):
    with pytest.raises(UserError, match="bad_money"):
        parse_brl(text)


@pytest.mark.parametrize(
    ("text", "cents"),
    [
        ("0,5", 50),
        ("1234,5", 123450),
        ("r$ 10", 1000),
        ("R$   7", 700),
        (" 12 ", 1200),
        ("007", 700),
    ],
)
def test_typed_amount_is_accepted(text, cents):
    assert parse_brl(text) == cents


@pytest.mark.parametrize("text", ["99.999.999,99", "99999999,99"])
def test_largest_amount(text):
    assert parse_brl(text) == MAX_CENTS


@pytest.mark.parametrize("text", ["100.000.000", "92233720368547758,08", "9" * 5000])
def test_amount_too_big(text):
    with pytest.raises(UserError, match="amount_too_big"):
        parse_brl(text)


@given(AMOUNTS)
def test_typed_form_of_an_amount_reads_back(cents):
    for text in (format_brl(cents), format_amount(cents), format_brl(cents, symbol=False)):
        assert parse_brl(text) == cents
    assert parse_brl(format_brl(cents).replace(" ", "\xa0")) == cents
    assert parse_brl(format_amount(cents).replace(".", "")) == cents


@given(AMOUNTS)
def test_decimal_form_of_an_amount_reads_back(cents):
    assert parse_decimal(decimal_text(cents)) == cents
    assert Decimal(decimal_text(-cents)) * 100 == -cents


@given(st.text())
def test_any_text_is_an_amount_or_a_user_error(text):
    for parse in (parse_brl, parse_decimal, parse_quantity_br, parse_quantity_decimal):
        with suppress(UserError):
            assert 0 <= parse(text) <= MAX_CENTS


def test_negative_amounts_show_their_sign_first():
    assert format_brl(-100) == "-R$ 1,00"
    assert format_amount(-123456) == "-1.234,56"
    assert format_brl(-5, symbol=False) == "-0,05"
    assert decimal_text(-2000) == "-20.00"
    assert decimal_text(-5) == "-0.05"


@pytest.mark.parametrize(
    ("text", "cents"), [("180.00", 18000), ("180", 18000), ("180.5", 18050), ("0.00", 0)]
)
def test_parse_decimal(text, cents):
    assert parse_decimal(text) == cents


@pytest.mark.parametrize(
    "text", [*HOSTILE, "180.000", "1.005", "1,5", " 1", "1 ", "1\n", "9" * 5000]
)
def test_decimal_of_a_file_is_refused(text):
    with pytest.raises(UserError, match="bad_money"):
        parse_decimal(text)


def test_decimal_limit():
    assert parse_decimal("99999999.99") == MAX_CENTS
    with pytest.raises(UserError, match="amount_too_big"):
        parse_decimal("100000000.00")
    assert parse_decimal("10.00", max_cents=1000) == 1000
    with pytest.raises(UserError, match="amount_too_big"):
        parse_decimal("10.01", max_cents=1000)


@pytest.mark.parametrize(
    ("quantity", "decimal", "typed"),
    [
        (1, "0.001", "0,001"),
        (125, "0.125", "0,125"),
        (1000, "1", "1"),
        (1500, "1.5", "1,5"),
        (10_000, "10", "10"),
        (1_250_000, "1250", "1.250"),
        (MAX_QUANTITY, "999999.999", "999.999,999"),
    ],
)
def test_quantities(quantity, decimal, typed):
    assert quantity_text(quantity) == decimal
    assert format_quantity_br(quantity) == typed
    assert parse_quantity_decimal(decimal) == quantity
    assert parse_quantity_br(typed) == quantity


@given(QUANTITIES)
def test_quantity_reads_back(quantity):
    assert parse_quantity_decimal(quantity_text(quantity)) == quantity
    assert parse_quantity_br(format_quantity_br(quantity)) == quantity


@pytest.mark.parametrize("parse", [parse_quantity_decimal, parse_quantity_br])
@pytest.mark.parametrize(
    "text", ["0", "0.000", "1000000", "9" * 400, "9" * 5000, "1.0001", *HOSTILE]
)
def test_quantity_is_refused(parse, text):
    if (parse, text) == (parse_quantity_br, "1,234"):
        assert parse(text) == 1234
        return
    with pytest.raises(UserError, match="bad_quantity"):
        parse(text)


@pytest.mark.parametrize(
    ("quantity", "price", "total"),
    [
        (2000, 2500, 5000),
        (1500, 333, 500),
        (1, 499, 0),
        (1, 500, 1),
        (333, 100, 33),
        (335, 100, 34),
    ],
)
def test_line_total_rounds_half_up(quantity, price, total):
    assert line_total(quantity, price) == total


@given(QUANTITIES, AMOUNTS)
def test_line_total_is_the_rounded_product(quantity, price):
    product = Decimal(quantity) / 1000 * Decimal(price) / 100
    assert line_total(quantity, price) == to_cents(product)


@given(AMOUNTS, st.integers(1, 60))
def test_even_split(total, parts):
    shares = split_evenly(total, parts)
    assert len(shares) == parts
    assert sum(shares) == total
    assert shares == sorted(shares, reverse=True)
    assert shares[0] - shares[-1] <= 1


@given(st.integers(-MAX_CENTS, MAX_CENTS), st.lists(AMOUNTS, min_size=1, max_size=20))
def test_split_by_weight(total, weights):
    shares = split_by_weight(total, weights)
    assert len(shares) == len(weights)
    assert sum(shares) == total
    assert shares == split_by_weight(total, list(weights))
    whole = sum(weights)
    if whole:
        assert all(
            abs(share * whole - total * weight) < whole
            for share, weight in zip(shares, weights, strict=True)
        )


def test_split_by_weight_ties_and_zeros():
    assert split_by_weight(100, [1, 1, 1]) == [34, 33, 33]
    assert split_by_weight(1, [5, 5]) == [1, 0]
    assert split_by_weight(10, [0, 0, 0]) == [4, 3, 3]
    assert split_by_weight(10, [0, 7, 0]) == [0, 10, 0]
    assert split_by_weight(0, [3, 4]) == [0, 0]
    assert split_by_weight(0, []) == []


# -- discounts ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "base", "cents"),
    [
        ("10%", 42_000, 4_200),
        ("12,5 %", 1_000, 125),
        ("0,5%", 100, 1),  # 0,005 rounds up
        ("33,33%", 100, 33),
        ("100%", 37_001, 37_001),
        ("0%", 37_000, 0),
        ("50%", 1, 1),
        ("10", 42_000, 1_000),
        ("1.234,56", 0, 123_456),
        ("10%", 0, 0),
    ],
)
def test_a_discount_is_an_amount_or_a_share(text, base, cents):
    assert parse_discount(text, base) == cents


@pytest.mark.parametrize("text", ["100,01%", "101%", "-1%", "10%%", "%", "1.5%", "a%", "1000%"])
def test_a_share_that_is_none(text):
    with pytest.raises(UserError) as caught:
        parse_discount(text, 10_000)
    assert caught.value.code == "bad_percent"


@given(st.integers(0, 100_00), st.integers(0, MAX_CENTS))
def test_a_share_is_half_up_and_never_above_the_whole(hundredths, base):
    text = f"{hundredths // 100},{hundredths % 100:02d}%"
    cents = parse_discount(text, base)
    exact = Decimal(base) * hundredths / 10_000
    assert cents == exact.quantize(Decimal(1), ROUND_HALF_UP)
    assert 0 <= cents <= base


@given(st.integers(1, 100), st.integers(100, 9_999))
def test_a_whole_share_is_told_back(percent, hundreds):
    base = hundreds * 100
    assert percent_text(parse_discount(f"{percent}%", base), base) == f"{percent}%"


@given(st.text(max_size=8).map(lambda text: text + "%"))
def test_any_text_is_a_share_or_a_user_error(text):
    with suppress(UserError):
        assert 0 <= parse_discount(text, 1_000) <= 1_000


def test_no_share_of_nothing():
    assert percent_text(100, 0) == percent_text(0, 100) == ""
    assert percent_text(1, 3) == "33,33%"
