"""Days, months and moments as a Brazilian shop counts them; the clock is never read here."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from osdesk.domain.errors import UserError

MONTHS = (
    "janeiro",
    "fevereiro",
    "março",
    "abril",
    "maio",
    "junho",
    "julho",
    "agosto",
    "setembro",
    "outubro",
    "novembro",
    "dezembro",
)
WEEKDAYS = (
    "segunda-feira",
    "terça-feira",
    "quarta-feira",
    "quinta-feira",
    "sexta-feira",
    "sábado",
    "domingo",
)
FIRST_YEAR, LAST_YEAR = 1900, 2199
_FIXED = ((1, 1), (4, 21), (5, 1), (9, 7), (10, 12), (11, 2), (11, 15), (12, 25))


# -- holidays and business days -------------------------------------------------------------------


def easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar (computus, Meeus/Jones/Butcher)."""
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (a + 11 * h) // 319
    r = (2 * e + 2 * i - k - h + m + 32) % 7
    month = (h - m + r + 90) // 25
    return date(year, month, (h - m + r + month + 19) % 32)


@lru_cache(maxsize=64)
def national_holidays(year: int) -> frozenset[date]:
    """National holidays (Leis 662/1949, 6.802/1980, 14.759/2023) and Good Friday.

    Carnival and Corpus Christi are optional days, not holidays.
    """
    days = {date(year, month, day) for month, day in _FIXED}
    days.add(easter(year) - timedelta(days=2))
    if year >= 2024:
        days.add(date(year, 11, 20))
    return frozenset(days)


def is_business_day(day: date, *, saturday: bool = False) -> bool:
    """Neither Sunday, nor (unless the shop opens) Saturday, nor a national holiday."""
    last_open = 5 if saturday else 4
    return day.weekday() <= last_open and day not in national_holidays(day.year)


def add_business_days(day: date, count: int, *, saturday: bool = False) -> date:
    """The ``count``-th business day after ``day``."""
    while count > 0:
        day += timedelta(days=1)
        count -= is_business_day(day, saturday=saturday)
    return day


def closed_because(day: date, *, saturday: bool = False) -> str | None:
    """Why the shop does not work on a day: ``sunday``, ``saturday``, ``holiday``; None: it does."""
    if day in national_holidays(day.year):
        return "holiday"
    if is_business_day(day, saturday=saturday):
        return None
    return "sunday" if day.weekday() == 6 else "saturday"


# -- due days -------------------------------------------------------------------------------------


def runs_until(due_on: date) -> date:
    """The last day to pay what is due on ``due_on``: that of a Saturday, Sunday or national
    holiday runs until the end of the next business day (Código Civil art. 132 § 1)."""
    while not is_business_day(due_on):
        due_on += timedelta(days=1)
    return due_on


def overdue_before(day: date) -> date:
    """What is due before this day is overdue on ``day``, all else is not: one comparison says so
    in a query too, whatever Sundays and holidays lie between."""
    while not is_business_day(day - timedelta(days=1)):
        day -= timedelta(days=1)
    return day


def days_overdue(due_on: date | None, day: date) -> int:
    """Days from the last day to pay until ``day``; 0 while it runs, or without a due day."""
    return 0 if due_on is None else max((day - runs_until(due_on)).days, 0)


# -- reading --------------------------------------------------------------------------------------


def parse_date_br(text: str, *, today: date, saturday: bool = False) -> date:
    """``24/11/2026``, ``24/11/26``, ``24/11`` (this year), ``24112026``, ``hoje``, ``amanhã``, or
    ``+3`` business days (``saturday``: it counts as one). Raises UserError ``bad_date``."""
    typed = text.strip().casefold()
    if typed == "hoje":
        return today
    if typed in ("amanhã", "amanha"):
        return today + timedelta(days=1)
    if match := re.fullmatch(r"\+(\d{1,3})", typed, re.ASCII):
        return add_business_days(today, int(match[1]), saturday=saturday)
    match = re.fullmatch(r"(\d{1,2})[/.-](\d{1,2})(?:[/.-](\d{4}|\d{2}))?", typed, re.ASCII)
    match = match or re.fullmatch(r"(\d{2})(\d{2})(\d{4}|\d{2})", typed, re.ASCII)
    if match is None:
        raise UserError("bad_date", value=text)
    day, month, year = match.groups()
    full = today.year if year is None else int(year) + (2000 if len(year) == 2 else 0)
    return _day(full, int(month), int(day), text)


def parse_iso_date(text: str) -> date:
    """Strictly ``YYYY-MM-DD``. Raises UserError ``bad_date``."""
    match = re.fullmatch(r"(\d{4})-(\d{2})-(\d{2})", text, re.ASCII)
    if match is None:
        raise UserError("bad_date", value=text)
    return _day(int(match[1]), int(match[2]), int(match[3]), text)


def _day(year: int, month: int, day: int, text: str) -> date:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise UserError("bad_date", value=text)
    try:
        return date(year, month, day)
    except ValueError:
        raise UserError("bad_date", value=text) from None


def parse_time(text: str) -> str:
    """``HH:MM`` from ``18:00``, ``8:30``, ``18h``, ``18h30`` or ``1830``; else ``bad_time``."""
    typed = text.strip().casefold()
    match = re.fullmatch(r"(\d{1,2})(?:[:h](\d{2}))?h?|(\d{2})(\d{2})", typed, re.ASCII)
    if match is None:
        raise UserError("bad_time", value=text)
    hour, minute = (match[1], match[2] or "0") if match[1] else (match[3], match[4])
    if int(hour) > 23 or int(minute) > 59:
        raise UserError("bad_time", value=text)
    return f"{int(hour):02d}:{int(minute):02d}"


def parse_moment(text: str) -> datetime:
    """An aware moment from ISO 8601 with an offset. Raises UserError ``bad_moment``."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise UserError("bad_moment", value=text) from None
    if moment.tzinfo is None or not FIRST_YEAR < moment.year < LAST_YEAR or "T" not in text:
        raise UserError("bad_moment", value=text)
    return moment.astimezone(UTC)


def load_zone(name: str) -> ZoneInfo:
    """Raises UserError ``bad_zone`` for a zone that the system does not know."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise UserError("bad_zone", field="zone", value=name) from None


# -- showing --------------------------------------------------------------------------------------


def format_date(day: date) -> str:
    """``24/11/2026``."""
    return f"{day.day:02d}/{day.month:02d}/{day.year:04d}"


def format_short(day: date) -> str:
    """``24/11``."""
    return f"{day.day:02d}/{day.month:02d}"


def month_name(month: int) -> str:
    return MONTHS[month - 1]


def month_abbr(month: int) -> str:
    """Three letters: ``nov``."""
    return MONTHS[month - 1][:3]


def format_long(day: date) -> str:
    """``24 de novembro de 2026``; the first of a month is ``1º``."""
    number = "1º" if day.day == 1 else str(day.day)
    return f"{number} de {month_name(day.month)} de {day.year}"


def format_weekday_long(day: date) -> str:
    """``terça-feira, 24 de novembro de 2026``."""
    return f"{WEEKDAYS[day.weekday()]}, {format_long(day)}"


def format_moment(moment: datetime, zone: ZoneInfo) -> str:
    """``24/11/2026 14:32`` in the shop's zone."""
    local = moment.astimezone(zone)
    return f"{format_date(local.date())} {local:%H:%M}"


def moment_text(moment: datetime, zone: ZoneInfo) -> str:
    """``2026-11-24T14:32:00-03:00``: ISO 8601 with the zone's offset, to the second."""
    return moment.astimezone(zone).isoformat(timespec="seconds")


# -- months and bounds ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """A calendar month of the shop's zone."""

    year: int
    month: int

    @classmethod
    def of(cls, day: date) -> "Month":
        return cls(day.year, day.month)

    @classmethod
    def parse(cls, text: str) -> "Month":
        """``2026-11``. Raises UserError ``bad_month``."""
        match = re.fullmatch(r"(\d{4})-(\d{2})", text, re.ASCII)
        if match is None:
            raise UserError("bad_month", value=text)
        year, month = int(match[1]), int(match[2])
        if not (FIRST_YEAR <= year <= LAST_YEAR and 1 <= month <= 12):
            raise UserError("bad_month", value=text)
        return cls(year, month)

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.month:02d}"

    @property
    def first(self) -> date:
        return date(self.year, self.month, 1)

    @property
    def last(self) -> date:
        return self.next().first - timedelta(days=1)

    def shifted(self, months: int) -> "Month":
        year, month = divmod(self.year * 12 + self.month - 1 + months, 12)
        return Month(year, month + 1)

    def next(self) -> "Month":
        return self.shifted(1)

    def previous(self) -> "Month":
        return self.shifted(-1)

    def label(self) -> str:
        """``novembro de 2026``."""
        return f"{month_name(self.month)} de {self.year}"


def local_day(moment: datetime, zone: ZoneInfo) -> date:
    return moment.astimezone(zone).date()
