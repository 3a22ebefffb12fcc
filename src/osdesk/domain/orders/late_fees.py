"""What a late payment costs where the shop agreed to it: a fine once, simple interest by the day.

The fine is at most 2 % of the instalment (CDC art. 52 § 1). Interest is off unless agreed, at most
1 % a month, simple, by the day of a month of thirty (CC art. 406 leaves agreed rates free). Both
start after the last day to pay, which is never a Saturday, Sunday or national holiday. Neither is
added to the order by itself: the letter says what paying on its day would come to, and what is
received is booked as a charge with its payment.
"""

from dataclasses import dataclass
from datetime import date

from osdesk.domain.calendar import days_overdue

MOST_FINE_BP = 200
MOST_INTEREST_BP = 100
"""Hundredths of a per cent; the interest's a month."""
MONTH_DAYS = 30
WHOLE_BP = 10_000


@dataclass(frozen=True, slots=True)
class LateFees:
    """Centavos on top of one piece that is owed."""

    fine: int
    interest: int

    @property
    def total(self) -> int:
        return self.fine + self.interest


def late_fees(
    amount: int,
    due_on: date | None,
    day: date,
    *,
    fine_bp: int,
    interest_bp: int,
    received_until: date | None = None,
) -> LateFees:
    """Fees of ``amount`` paid on ``day``; nothing where it is in time or has no day.

    Each is rounded half up to the centavo; rates above what the law allows count as that.
    ``received_until``: the day until which fees were received already: the interest goes on from
    there, and the fine of what was overdue then is not asked again.
    """
    days = days_overdue(due_on, day)
    if days == 0:
        return LateFees(0, 0)
    fine = min(max(fine_bp, 0), MOST_FINE_BP)
    if received_until is not None and days_overdue(due_on, received_until):
        fine, days = 0, max((day - received_until).days, 0)
    interest = min(max(interest_bp, 0), MOST_INTEREST_BP)
    return LateFees(
        _half_up(amount * fine, WHOLE_BP),
        _half_up(amount * interest * days, WHOLE_BP * MONTH_DAYS),
    )


def _half_up(value: int, by: int) -> int:
    return (2 * value + by) // (2 * by)
