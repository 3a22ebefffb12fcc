"""What is owed in parts: how a balance is split, when the parts are due, which of them are paid.

The oldest part is paid first and money that goes back opens the newest paid one again, so what is
open follows from the amounts and the balance alone; nobody has to remember the way to it.
"""

from collections.abc import Sequence
from datetime import date

from osdesk.domain.calendar import Month
from osdesk.domain.errors import UserError
from osdesk.domain.money import MAX_CENTS, split_evenly
from osdesk.domain.orders.forms import InstalmentForm, OrderForm

MOST = 60
"""Parts of one order."""


def monthly(first: date, count: int) -> list[date]:
    """The same day of ``count`` months; where a month is shorter, its last day."""
    months = [Month.of(first).shifted(step) for step in range(count)]
    return [month.first.replace(day=min(first.day, month.last.day)) for month in months]


def in_parts(balance: int, count: int, first: date) -> list[InstalmentForm]:
    """A balance in monthly parts that sum to the centavo; the first ones get the odd centavos.

    Never a part of nothing: a balance of two centavos has at most two parts.
    """
    count = max(1, min(count, balance, MOST))
    pairs = zip(monthly(first, count), split_evenly(balance, count), strict=True)
    return [InstalmentForm(day, amount) for day, amount in pairs]


def open_parts(amounts: Sequence[int], balance: int) -> list[int] | None:
    """What of each part is unpaid, the parts in the order of their days.

    None where the balance is more than the parts: they say no longer how it is paid.
    """
    paid = sum(amounts) - max(balance, 0)
    if paid < 0:
        return None
    left = []
    for amount in amounts:
        taken = min(amount, paid)
        paid -= taken
        left.append(amount - taken)
    return left


def earliest_due(days: Sequence[date], left: Sequence[int]) -> date:
    """The day of the first part that is unpaid; of the last one where all are paid."""
    for day, amount in zip(days, left, strict=True):
        if amount > 0:
            return day
    return days[-1]


def check_parts(parts: Sequence[InstalmentForm], balance: int) -> None:
    """Raises UserError: ``instalments_amount`` for a part of nothing, ``instalments_days`` where a
    day is not after the one before, ``instalments_count``, ``instalments_sum`` where the parts
    are not what is to be paid in them."""
    if len(parts) > MOST:
        raise UserError("instalments_count", field="instalments", limit=MOST)
    for row, part in enumerate(parts):
        if not 0 < part.amount <= MAX_CENTS:
            raise UserError("instalments_amount", field="instalments", row=row)
        if row and part.due_on <= parts[row - 1].due_on:
            raise UserError("instalments_days", field="instalments", row=row)
    total = sum(part.amount for part in parts)
    if total != balance:
        raise UserError("instalments_sum", field="instalments", amount=total, balance=balance)


def due_day(form: OrderForm) -> date | None:
    """The day a form says for the next payment: one day for all, or that of the next part."""
    days = [part.due_on for part in form.instalments]
    return form.due_on if not days or form.due_on in days else days[0]


def parts_paid(amounts: Sequence[int], before: int, after: int) -> list[int]:
    """Places of the parts that a payment went to, which raised what is paid of them from
    ``before`` to ``after`` centavos: the oldest is paid first."""
    places, start = [], 0
    for place, amount in enumerate(amounts):
        if max(before, start) < min(after, start + amount):
            places.append(place)
        start += amount
    return places
