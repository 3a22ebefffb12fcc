"""A return under warranty: when one is due, its free price, and a clock that stands still."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.forms import order, part, service

from osdesk.domain.errors import UserError
from osdesk.domain.orders.warranty import (
    check_free,
    check_return,
    over_and_running,
    warranty_after,
)

DELIVERED = date(2026, 8, 14)
UNTIL = date(2026, 11, 12)


@pytest.mark.parametrize("day", [DELIVERED, date(2026, 10, 1), UNTIL])
def test_from_delivery_to_the_last_day(day: date) -> None:
    check_return(9_120, DELIVERED, UNTIL, day)


@pytest.mark.parametrize(
    ("delivered", "until", "day", "code"),
    [
        (DELIVERED, UNTIL, UNTIL + timedelta(days=1), "warranty_over"),
        (DELIVERED, UNTIL, DELIVERED - timedelta(days=1), "warranty_not_delivered"),
        (None, None, UNTIL, "warranty_not_delivered"),
        (DELIVERED, None, UNTIL, "warranty_not_delivered"),
    ],
)
def test_any_other_day_is_refused(delivered, until, day, code) -> None:
    with pytest.raises(UserError) as caught:
        check_return(9_120, delivered, until, day)
    assert caught.value.code == code
    assert caught.value.data["number"] == 9_120


def test_the_last_day_of_a_lines_own_warranty_still_runs() -> None:
    lines = [service(warranty_days=90), part(warranty_days=365)]
    names = [line.description for line in lines]
    until = DELIVERED + timedelta(days=365)
    last = DELIVERED + timedelta(days=90)
    assert over_and_running(lines, DELIVERED, until, last) == ([], names)
    day_after = over_and_running(lines, DELIVERED, until, last + timedelta(days=1))
    assert day_after == (names[:1], names[1:])


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.integers(0, 400), st.integers(0, 400))
def test_the_days_left_are_the_same_before_and_after(entered: date, stay: int, left: int) -> None:
    until, handed = entered + timedelta(days=left), entered + timedelta(days=stay)
    assert (warranty_after(until, entered, handed, redone=False) - handed).days == left
    redone = warranty_after(until, entered, handed, redone=True)
    assert (redone - handed).days == max(left, 90), "the law's from the end of the service"


def test_an_entry_typed_after_the_hand_over_takes_nothing_away() -> None:
    assert warranty_after(UNTIL, date(2026, 9, 2), date(2026, 9, 1), redone=False) == UNTIL


def test_a_return_has_no_price() -> None:
    free = [service(0), part(0)]
    check_free(order(items=free, warranty_return_of=9_120))
    check_free(order())
    with pytest.raises(UserError) as caught:
        check_free(order(items=[*free, part(1)], warranty_return_of=9_120))
    assert (caught.value.data["row"], caught.value.data["column"]) == (2, "unit_price")
    with pytest.raises(UserError) as caught:
        check_free(order(items=free, fee=1, warranty_return_of=9_120))
    assert caught.value.data["field"] == "fee"
