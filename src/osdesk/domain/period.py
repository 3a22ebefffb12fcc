"""A stretch of whole days that a report tells of: a month, a quarter, a year, any two days."""

from dataclasses import dataclass
from datetime import date, timedelta

from osdesk.domain.calendar import Month
from osdesk.domain.errors import UserError

QUARTER = 3
LONGEST_DAYS = 20 * 366
"""A report lists every order of its days: more than twenty years are no report."""


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """From the first day to the last, both within."""

    first: date
    last: date

    @classmethod
    def of(cls, first: date, last: date) -> "Period":
        """Raises UserError ``period_backwards``, ``period_too_long``."""
        if last < first:
            raise UserError("period_backwards", field="period")
        if (last - first).days > LONGEST_DAYS:
            raise UserError("period_too_long", field="period")
        return cls(first, last)

    @classmethod
    def of_month(cls, month: Month) -> "Period":
        return cls(month.first, month.last)

    @classmethod
    def of_quarter(cls, day: date) -> "Period":
        """January to March, April to June and so on, whichever holds ``day``."""
        first = Month(day.year, (day.month - 1) // QUARTER * QUARTER + 1)
        return cls(first.first, first.shifted(QUARTER - 1).last)

    @classmethod
    def of_year(cls, year: int) -> "Period":
        return cls(date(year, 1, 1), date(year, 12, 31))

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    @property
    def month(self) -> Month | None:
        """The month that it is, None where it is none."""
        month = Month.of(self.first)
        return month if (self.first, self.last) == (month.first, month.last) else None

    @property
    def months(self) -> int:
        """How many whole months it is, 0 where it is not of whole months."""
        first, last = Month.of(self.first), Month.of(self.last)
        if self.first != first.first or self.last != last.last:
            return 0
        return (last.year - first.year) * 12 + last.month - first.month + 1

    def contains(self, day: date | None) -> bool:
        return day is not None and self.first <= day <= self.last

    def previous(self) -> "Period":
        """As many months, or else as many days, that end the day before."""
        if count := self.months:
            return self._of_months(-count)
        return Period(self.first - timedelta(days=self.days), self.first - timedelta(days=1))

    def next(self) -> "Period":
        """As many months, or else as many days, from the day after."""
        if count := self.months:
            return self._of_months(count)
        return Period(self.last + timedelta(days=1), self.last + timedelta(days=self.days))

    def year_ago(self) -> "Period":
        """The same months, or the same days, of the year before."""
        if self.months:
            return self._of_months(-12)
        return Period(_year_before(self.first), _year_before(self.last))

    def up_to(self, day: int) -> "Period":
        """Only its days until the one at ``day``, counted from 0; all where it is shorter."""
        return Period(self.first, min(self.first + timedelta(days=day), self.last))

    def _of_months(self, by: int) -> "Period":
        first, last = Month.of(self.first).shifted(by), Month.of(self.last).shifted(by)
        return Period(first.first, last.last)

    @property
    def quarter(self) -> int:
        """1 to 4 where it is a quarter of a year, else 0."""
        whole = self.months == QUARTER and self.first.month % QUARTER == 1
        return self.first.month // QUARTER + 1 if whole else 0

    @property
    def is_year(self) -> bool:
        return self.months == 12 and self.first.month == 1

    @property
    def code(self) -> str:
        """For file names: ``2026-11``, else both days."""
        if self.month is not None:
            return str(self.month)
        return f"{self.first.isoformat()}-a-{self.last.isoformat()}"


def _year_before(day: date) -> date:
    """The same day a year earlier; of 29 February the 28th."""
    if (day.month, day.day) == (2, 29):
        return date(day.year - 1, 2, 28)
    return day.replace(year=day.year - 1)
