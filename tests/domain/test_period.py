from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from osdesk.domain.calendar import Month
from osdesk.domain.errors import UserError
from osdesk.domain.period import Period


def day(text: str) -> date:
    return date.fromisoformat(text)


def period(first: str, last: str) -> Period:
    return Period.of(day(first), day(last))


@pytest.mark.parametrize(
    ("first", "last", "before", "year_ago"),
    [
        ("2026-03-01", "2026-03-31", ("2026-02-01", "2026-02-28"), ("2025-03-01", "2025-03-31")),
        ("2024-02-01", "2024-02-29", ("2024-01-01", "2024-01-31"), ("2023-02-01", "2023-02-28")),
        ("2026-01-01", "2026-03-31", ("2025-10-01", "2025-12-31"), ("2025-01-01", "2025-03-31")),
        ("2026-01-01", "2026-12-31", ("2025-01-01", "2025-12-31"), ("2025-01-01", "2025-12-31")),
        ("2026-11-03", "2026-11-15", ("2026-10-21", "2026-11-02"), ("2025-11-03", "2025-11-15")),
        ("2024-02-29", "2024-02-29", ("2024-02-28", "2024-02-28"), ("2023-02-28", "2023-02-28")),
    ],
)
def test_what_a_period_is_compared_with(first, last, before, year_ago):
    found = period(first, last)
    assert found.previous() == period(*before)
    assert found.year_ago() == period(*year_ago)


@given(
    st.dates(date(1990, 1, 1), date(2100, 1, 1)),
    st.integers(0, 800),
)
def test_the_periods_before_and_after_touch_it_and_lead_back(first, more):
    found = Period.of(first, first + timedelta(days=more))
    assert found.previous().last == first - timedelta(days=1)
    assert found.next().first == found.last + timedelta(days=1)
    if bool(found.months) == bool(found.next().months):
        assert found.next().previous() == found
    assert found.days == more + 1


def test_a_whole_month_knows_itself_and_a_part_of_one_does_not():
    assert period("2026-02-01", "2026-02-28").month == Month(2026, 2)
    assert period("2026-02-01", "2026-02-27").month is None
    assert period("2026-02-01", "2026-03-31").month is None
    assert Period.of_month(Month(2026, 2)).months == 1
    assert Period.of_quarter(day("2026-11-24")) == period("2026-10-01", "2026-12-31")
    assert Period.of_quarter(day("2026-01-01")).quarter == 1
    assert period("2026-02-01", "2026-04-30").quarter == 0
    assert Period.of_year(2026).is_year
    assert not period("2026-02-01", "2027-01-31").is_year


def test_file_names_say_the_month_or_both_days():
    assert Period.of_month(Month(2026, 11)).code == "2026-11"
    assert period("2026-11-03", "2026-11-15").code == "2026-11-03-a-2026-11-15"


def test_days_that_are_no_period_are_refused():
    with pytest.raises(UserError) as caught:
        period("2026-11-02", "2026-11-01")
    assert caught.value.code == "period_backwards"
    with pytest.raises(UserError) as caught:
        period("1990-01-01", "2026-01-01")
    assert caught.value.code == "period_too_long"
