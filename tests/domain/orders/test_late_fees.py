"""Fine and interest of a late payment: never above the law, to the centavo."""

from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from osdesk.domain.orders.late_fees import LateFees, late_fees

DUE = date(2026, 11, 10)


@pytest.mark.parametrize(
    ("days", "fine_bp", "interest_bp", "fees"),
    [
        (30, 200, 100, LateFees(200, 100)),
        (1, 200, 100, LateFees(200, 3)),
        (45, 200, 100, LateFees(200, 150)),
        (30, 0, 0, LateFees(0, 0)),
        (0, 200, 100, LateFees(0, 0)),
        (-5, 200, 100, LateFees(0, 0)),
        (30, 900, 900, LateFees(200, 100)),
    ],
)
def test_of_one_hundred_reais(days: int, fine_bp: int, interest_bp: int, fees: LateFees) -> None:
    day = DUE + timedelta(days=days)
    assert late_fees(10_000, DUE, day, fine_bp=fine_bp, interest_bp=interest_bp) == fees


def test_they_start_after_the_business_day_that_follows_a_weekend() -> None:
    saturday, monday = date(2026, 11, 7), date(2026, 11, 9)
    assert late_fees(10_000, saturday, monday, fine_bp=200, interest_bp=100) == LateFees(0, 0)
    tuesday = monday + timedelta(days=1)
    assert late_fees(10_000, saturday, tuesday, fine_bp=200, interest_bp=100) == LateFees(200, 3)


def test_without_a_day_nothing_is_late() -> None:
    assert late_fees(10_000, None, DUE, fine_bp=200, interest_bp=100).total == 0


@given(
    st.integers(1, 9_999_999_999), st.integers(1, 4_000), st.integers(0, 200), st.integers(0, 100)
)
def test_as_a_pocket_calculator_says(amount: int, days: int, fine: int, interest: int) -> None:
    fees = late_fees(amount, DUE, DUE + timedelta(days=days), fine_bp=fine, interest_bp=interest)
    cent = Decimal(1)
    wanted_fine = Decimal(amount) * fine / 10_000
    wanted = Decimal(amount * interest * days) / 300_000
    assert fees.fine == int(wanted_fine.quantize(cent, ROUND_HALF_UP))
    assert fees.interest == int(wanted.quantize(cent, ROUND_HALF_UP))
