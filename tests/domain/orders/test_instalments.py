"""Parts of a balance: they sum to the centavo, keep to the month's end, and are paid in order."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from osdesk.domain.errors import UserError
from osdesk.domain.orders.forms import InstalmentForm, OrderForm
from osdesk.domain.orders.instalments import (
    MOST,
    check_parts,
    due_day,
    earliest_due,
    in_parts,
    monthly,
    open_parts,
    parts_paid,
)

FIRST = date(2026, 12, 10)


@pytest.mark.parametrize(
    ("first", "days"),
    [
        (date(2026, 12, 10), [date(2026, 12, 10), date(2027, 1, 10), date(2027, 2, 10)]),
        (date(2027, 1, 31), [date(2027, 1, 31), date(2027, 2, 28), date(2027, 3, 31)]),
        (date(2027, 12, 30), [date(2027, 12, 30), date(2028, 1, 30), date(2028, 2, 29)]),
    ],
)
def test_monthly_days_are_clamped_to_the_months_end(first: date, days: list[date]) -> None:
    assert monthly(first, 3) == days


def test_the_odd_centavos_go_to_the_first_parts() -> None:
    assert [part.amount for part in in_parts(10_000, 3, FIRST)] == [3_334, 3_333, 3_333]
    assert [part.amount for part in in_parts(10_001, 3, FIRST)] == [3_334, 3_334, 3_333]


@given(
    st.integers(1, 9_999_999_999), st.integers(1, 99), st.dates(date(2000, 1, 1), date(2150, 1, 1))
)
def test_parts_are_what_they_are_made_for(balance: int, count: int, first: date) -> None:
    parts = in_parts(balance, count, first)
    check_parts(parts, balance)
    amounts = [part.amount for part in parts]
    assert len(parts) == min(count, balance, MOST)
    assert amounts == sorted(amounts, reverse=True)
    assert amounts[0] - amounts[-1] <= 1


@pytest.mark.parametrize(
    ("balance", "left"),
    [
        (300, [100, 100, 100]),
        (250, [50, 100, 100]),
        (200, [0, 100, 100]),
        (1, [0, 0, 1]),
        (0, [0, 0, 0]),
        (-40, [0, 0, 0]),
        (301, None),
    ],
)
def test_the_oldest_part_is_paid_first(balance: int, left: list[int] | None) -> None:
    assert open_parts([100, 100, 100], balance) == left


@given(st.lists(st.integers(1, 5_000), min_size=1, max_size=8), st.data())
def test_a_walk_of_money_never_loses_a_centavo(amounts: list[int], data: st.DataObject) -> None:
    """Paying opens and closes parts as if each centavo were laid on the oldest one by hand."""
    balance, by_hand = sum(amounts), list(amounts)
    for _ in range(data.draw(st.integers(0, 6))):
        target = data.draw(st.integers(0, sum(amounts)))
        for _ in range(balance - target):
            oldest = next(i for i, left in enumerate(by_hand) if left)
            by_hand[oldest] -= 1
        for _ in range(target - balance):
            newest = max(i for i, left in enumerate(by_hand) if left < amounts[i])
            by_hand[newest] += 1
        balance = target
        assert open_parts(amounts, balance) == by_hand
        assert sum(by_hand) == balance


def test_the_next_day_is_that_of_the_first_unpaid_part() -> None:
    days = monthly(FIRST, 3)
    assert earliest_due(days, [0, 5, 9]) == days[1]
    assert earliest_due(days, [0, 0, 0]) == days[2], "all paid: the last day"


@pytest.mark.parametrize(
    ("parts", "code"),
    [
        ([(FIRST, 100)], "instalments_sum"),
        ([(FIRST, 200), (FIRST, 100)], "instalments_days"),
        ([(FIRST, 200), (date(2026, 12, 9), 100)], "instalments_days"),
        ([(FIRST, 300), (date(2027, 1, 10), 0)], "instalments_amount"),
        ([(date(1950 + year, 1, 1), 5) for year in range(MOST + 1)], "instalments_count"),
    ],
)
def test_parts_that_say_nothing_true(parts: list[tuple[date, int]], code: str) -> None:
    with pytest.raises(UserError) as caught:
        check_parts([InstalmentForm(*part) for part in parts], 300)
    assert caught.value.code == code
    assert caught.value.data["field"] == "instalments"
    if code == "instalments_sum":
        assert (caught.value.data["amount"], caught.value.data["balance"]) == (100, 300)


def test_the_day_that_a_form_says() -> None:
    parts = in_parts(300, 3, FIRST)
    other = date(2026, 12, 1)
    assert due_day(OrderForm(due_on=other)) == other
    assert due_day(OrderForm(due_on=other, instalments=parts)) == FIRST
    second = parts[1].due_on
    assert due_day(OrderForm(due_on=second, instalments=parts)) == second, "the first is paid"


@pytest.mark.parametrize(
    ("before", "after", "places"),
    [
        (0, 100, [0]),
        (0, 40, [0]),
        (40, 100, [0]),
        (100, 200, [1]),
        (50, 250, [0, 1, 2]),
        (200, 300, [2]),
        (-50, 0, []),
        (-50, 10, [0]),
        (300, 400, []),
    ],
)
def test_which_parts_a_payment_went_to(before, after, places):
    assert parts_paid([100, 100, 100], before, after) == places
