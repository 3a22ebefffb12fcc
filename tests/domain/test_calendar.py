import re
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.vectors_csv import vectors

from osdesk.domain.calendar import (
    Month,
    add_business_days,
    closed_because,
    days_overdue,
    easter,
    format_date,
    format_long,
    format_moment,
    format_short,
    format_weekday_long,
    is_business_day,
    load_zone,
    local_day,
    moment_text,
    month_abbr,
    month_name,
    national_holidays,
    overdue_before,
    parse_date_br,
    parse_iso_date,
    parse_moment,
    parse_time,
    runs_until,
)
from osdesk.domain.errors import UserError

TODAY = date(2026, 11, 24)
SAO_PAULO = load_zone("America/Sao_Paulo")
DAYS = st.dates(date(1900, 1, 1), date(2199, 12, 1))
ZONES = st.sampled_from(
    [
        "America/Sao_Paulo",
        "America/Manaus",
        "America/Rio_Branco",
        "America/Noronha",
        "America/Havana",
    ]
).map(load_zone)


# -- holidays and business days -------------------------------------------------------------------


def evaluate(expression):
    """The expressions of the table: a day, or a day plus business days."""
    match = re.fullmatch(r"(\d{4}-\d\d-\d\d)(?:\+(\d+))?", expression)
    if match is None:
        raise UserError("bad_date", value=expression)
    day = parse_iso_date(match[1])
    if match[2] is None:
        return "util" if is_business_day(day) else "nao-util"
    return add_business_days(day, int(match[2])).isoformat()


@pytest.mark.parametrize(("text", "expected"), vectors("business_days"))
def test_business_day_vectors(text, expected):
    if expected is None:
        with pytest.raises(UserError, match="bad_date"):
            evaluate(text)
    else:
        assert evaluate(text) == expected


@pytest.mark.parametrize(
    ("year", "month", "day"),
    [
        (1961, 4, 2),
        (2000, 4, 23),
        (2008, 3, 23),
        (2011, 4, 24),
        (2024, 3, 31),
        (2026, 4, 5),
        (2038, 4, 25),
        (2049, 4, 18),
        (2076, 4, 19),
    ],
)
def test_easter(year, month, day):
    assert easter(year) == date(year, month, day)


def test_black_consciousness_day_counts_since_2024():
    assert date(2023, 11, 20) not in national_holidays(2023)
    assert date(2024, 11, 20) in national_holidays(2024)


def test_saturday_counts_where_the_shop_opens():
    saturday, sunday, holiday = date(2026, 11, 28), date(2026, 11, 29), date(2026, 8, 15)
    assert not is_business_day(saturday)
    assert is_business_day(saturday, saturday=True)
    assert not is_business_day(sunday, saturday=True)
    assert is_business_day(holiday, saturday=True)  # Assumption is no national holiday
    assert not is_business_day(date(2026, 9, 7), saturday=True)
    assert add_business_days(date(2026, 11, 27), 1, saturday=True) == saturday


def test_why_the_shop_is_closed():
    assert closed_because(date(2026, 11, 29)) == "sunday"
    assert closed_because(date(2026, 11, 28)) == "saturday"
    assert closed_because(date(2026, 11, 28), saturday=True) is None
    assert closed_because(date(2026, 12, 25), saturday=True) == "holiday"
    assert closed_because(TODAY) is None


@given(DAYS, st.booleans())
def test_a_reason_is_given_for_every_day_that_is_not_one_of_business(day, saturday):
    closed = closed_because(day, saturday=saturday)
    assert (closed is None) is is_business_day(day, saturday=saturday)


@given(DAYS, st.integers(0, 60))
def test_business_days_are_counted_one_by_one(day, count):
    end = add_business_days(day, count)
    between = [day + timedelta(days=n) for n in range(1, (end - day).days + 1)]
    assert sum(map(is_business_day, between)) == count
    assert count == 0 or is_business_day(end)


# -- due days -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("due_on", "until"),
    [
        (date(2026, 11, 24), date(2026, 11, 24)),  # a Tuesday
        (date(2026, 11, 21), date(2026, 11, 23)),  # Saturday
        (date(2026, 11, 22), date(2026, 11, 23)),  # Sunday
        (date(2026, 11, 20), date(2026, 11, 23)),  # a holiday on a Friday
        (date(2026, 12, 25), date(2026, 12, 28)),
        (date(2027, 1, 1), date(2027, 1, 4)),
        (date(2026, 4, 3), date(2026, 4, 6)),  # Good Friday
        (date(2027, 2, 8), date(2027, 2, 8)),  # carnival is no holiday
    ],
)
def test_a_due_day_without_business_runs_until_the_next_one(due_on: date, until: date) -> None:
    assert runs_until(due_on) == until
    assert [days_overdue(due_on, until + timedelta(days=n)) for n in (-1, 0, 1, 31)] == [
        0,
        0,
        1,
        31,
    ]
    assert overdue_before(until) <= due_on < overdue_before(until + timedelta(days=1))


@given(DAYS, st.integers(-12, 12))
def test_one_comparison_tells_what_is_overdue(due_on: date, after: int) -> None:
    day = due_on + timedelta(days=after)
    last = due_on
    while last.weekday() > 4 or last in national_holidays(last.year):
        last += timedelta(days=1)
    assert (due_on < overdue_before(day)) == (last < day) == (days_overdue(due_on, day) > 0)


def test_what_has_no_due_day_is_never_overdue() -> None:
    assert days_overdue(None, TODAY) == 0


# -- reading --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("24/11/2026", TODAY),
        ("24/11/26", TODAY),
        ("24/11", TODAY),
        ("24112026", TODAY),
        ("1/2/2027", date(2027, 2, 1)),
        ("24-11-2026", TODAY),
        ("24.11.2026", TODAY),
        (" hoje ", TODAY),
        ("Amanhã", date(2026, 11, 25)),
        ("AMANHA", date(2026, 11, 25)),
        ("+3", date(2026, 11, 27)),
        ("+0", TODAY),
        ("29/02/2028", date(2028, 2, 29)),
    ],
)
def test_typed_day(text, day):
    assert parse_date_br(text, today=TODAY) == day


def test_days_ahead_are_those_of_the_shop():
    assert parse_date_br("+4", today=TODAY) == date(2026, 11, 30)
    assert parse_date_br("+4", today=TODAY, saturday=True) == date(2026, 11, 28)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "31/02/2026",
        "29/02",
        "00/01/2026",
        "24/13/2026",
        "24/11/226",
        "24",
        "2411",
        "+",
        "+x",
        "+1000",
        "-3",
        "24/11/1899",
        "24/11/2200",
        "24/11/9999",
        "2026-11-24",
        "ontem",
        "NaN",
        "1e3",
        "٢٤/١١/٢٠٢٦",
        "２4/11/2026",
        "24//11",
        "24/11/2026 10:00",
        "24/11/2026\x00",
        "9" * 5000,
    ],
)
def test_typed_day_is_refused(text):
    with pytest.raises(UserError, match="bad_date") as caught:
        parse_date_br(text, today=TODAY)
    assert caught.value.data["value"] == text


@given(DAYS)
def test_shown_day_reads_back(day):
    assert parse_date_br(format_date(day), today=TODAY) == day
    assert parse_date_br(format_short(day), today=day) == day
    assert parse_date_br(f"{day.day:02d}{day.month:02d}{day.year}", today=TODAY) == day
    assert parse_iso_date(day.isoformat()) == day


@pytest.mark.parametrize(
    "text",
    [
        "2026-1-1",
        "20261124",
        "2026-11-24T00:00",
        " 2026-11-24",
        "2026-11-24\n",
        "2026-02-29",
        "1899-12-31",
        "2200-01-01",
        "0000-01-01",
        "24/11/2026",
        "２026-11-24",
        "",
    ],
)
def test_iso_day_is_refused(text):
    with pytest.raises(UserError, match="bad_date"):
        parse_iso_date(text)


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("18:00", "18:00"),
        ("8:05", "08:05"),
        ("18h", "18:00"),
        ("18h30", "18:30"),
        ("0830", "08:30"),
        (" 23:59 ", "23:59"),
        ("00:00", "00:00"),
        ("9H", "09:00"),
    ],
)
def test_time(text, time):
    assert parse_time(text) == time


@pytest.mark.parametrize(
    "text", ["", "24:00", "18:60", "1:5", "h", "183", "-1:00", "18:00:00", "１8:00"]
)
def test_time_is_refused(text):
    with pytest.raises(UserError, match="bad_time"):
        parse_time(text)


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-24T14:32:00-03:00",
        "2026-11-24T17:32:00Z",
        "2026-11-24T17:32:00+00:00",
        "2026-11-24T14:32-03:00",
    ],
)
def test_moment(text):
    moment = parse_moment(text)
    assert moment == datetime(2026, 11, 24, 17, 32, tzinfo=UTC)
    assert moment.tzinfo is UTC


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2026-11-24",
        "2026-11-24T14:32:00",
        "2026-11-24 14:32:00-03:00",
        "2026-02-30T00:00:00Z",
        "0001-01-01T00:00:00+14:00",
        "9999-12-31T23:59:59-14:00",
        "2026-11-24T25:00:00Z",
        "now",
        "2026-11-24T14:32:00-03:00x",
        "\ud800",
        "２026-11-24T14:32:00Z",
        "2026-11-24T14:32:00-24:00",
    ],
)
def test_moment_is_refused(text):
    with pytest.raises(UserError, match="bad_moment") as caught:
        parse_moment(text)
    assert caught.value.data["value"] == text


@given(st.text())
def test_any_text_is_a_day_or_a_user_error(text):
    for parse in (parse_iso_date, parse_time, parse_moment, Month.parse, load_zone):
        with pytest.raises(UserError):
            parse(f"{text}?")
    with pytest.raises(UserError):
        parse_date_br(f"{text}?", today=TODAY)


@pytest.mark.parametrize(
    "name",
    ["", "America", "../etc/passwd", "/etc/passwd", "São Paulo", "\x00", "\ud800", "x" * 5000],
)
def test_zone_is_refused(name):
    with pytest.raises(UserError, match="bad_zone") as caught:
        load_zone(name)
    assert caught.value.data["field"] == "zone"


# -- showing --------------------------------------------------------------------------------------


def test_shown_days():
    assert format_date(date(2026, 3, 5)) == "05/03/2026"
    assert format_short(date(2026, 3, 5)) == "05/03"
    assert format_long(TODAY) == "24 de novembro de 2026"
    assert format_long(date(2027, 1, 1)) == "1º de janeiro de 2027"
    assert format_weekday_long(TODAY) == "terça-feira, 24 de novembro de 2026"
    assert format_weekday_long(date(2026, 11, 29)) == "domingo, 29 de novembro de 2026"
    assert [month_name(1), month_name(12)] == ["janeiro", "dezembro"]
    assert [month_abbr(3), month_abbr(11)] == ["mar", "nov"]


def test_shown_moments():
    moment = datetime(2026, 11, 25, 2, 32, 15, 123456, tzinfo=UTC)
    assert format_moment(moment, SAO_PAULO) == "24/11/2026 23:32"
    assert moment_text(moment, SAO_PAULO) == "2026-11-24T23:32:15-03:00"
    assert (
        moment_text(datetime(2018, 12, 1, 12, tzinfo=UTC), SAO_PAULO) == "2018-12-01T10:00:00-02:00"
    )


@given(st.datetimes(datetime(1950, 1, 1), datetime(2190, 1, 1), timezones=st.just(UTC)), ZONES)
def test_moment_text_reads_back(moment, zone):
    whole = moment.replace(microsecond=0)
    assert parse_moment(moment_text(whole, zone)) == whole


# -- months and bounds ----------------------------------------------------------------------------


def test_month():
    month = Month.parse("2026-11")
    assert month == Month(2026, 11) == Month.of(TODAY)
    assert (month.first, month.last) == (date(2026, 11, 1), date(2026, 11, 30))
    assert str(month) == "2026-11"
    assert month.label() == "novembro de 2026"
    assert str(month.next().next()) == "2027-01"
    assert str(Month(2026, 1).previous()) == "2025-12"
    assert Month(2028, 2).last == date(2028, 2, 29)
    assert Month(2025, 12) < Month(2026, 1)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2026",
        "2026-13",
        "2026-00",
        "2026-1",
        "11/2026",
        "1899-12",
        "2200-01",
        "２026-11",
        "2026-11 ",
    ],
)
def test_month_is_refused(text):
    with pytest.raises(UserError, match="bad_month") as caught:
        Month.parse(text)
    assert caught.value.data["value"] == text


@given(DAYS)
def test_months_follow_one_another(day):
    month = Month.of(day)
    assert month.first <= day <= month.last
    assert month.next().first == month.last + timedelta(days=1)
    assert month.next().previous() == month
    assert month.previous().next() == month
    assert Month.parse(str(month)) == month
    assert month.shifted(-12) == Month(month.year - 1, month.month)


def test_local_day_of_any_offset():
    moment = datetime(2026, 11, 24, 23, 30, tzinfo=timezone(timedelta(hours=-5)))
    assert local_day(moment, SAO_PAULO) == date(2026, 11, 25)
