"""Returns under warranty: when one is due, and how its days in the shop count (CDC arts. 18, 26).

A return costs nothing. The term that runs stands still while the shop has the device and goes on
from where it stood; what was done again has the law's 90 days from its own hand-over (CDC art. 26
§ 1: from the end of the service), so the later of the two days is the end.
"""

from collections.abc import Sequence
from datetime import date, timedelta

from osdesk.domain.errors import UserError
from osdesk.domain.orders.forms import OrderForm
from osdesk.domain.orders.rules import (
    LEGAL_WARRANTY_DAYS,
    Line,
    is_filled,
    line_warranty_until,
)

RETURN_TYPE = "Retorno em garantia"
"""The service type of a return; a new shop has it in its list."""


def check_return(
    number: int,
    delivered_on: date | None,
    until: date | None,
    entered_on: date,
    *,
    same_device: bool = True,
    reason: str | None = None,
) -> None:
    """Whether a device that came in on ``entered_on`` is under the warranty of order ``number``;
    the last day counts. With a ``reason`` the shop takes it back all the same.

    Raises UserError ``warranty_not_delivered``, ``warranty_other_device`` or ``warranty_over``.
    """
    if delivered_on is None or until is None or entered_on < delivered_on:
        raise UserError("warranty_not_delivered", field="warranty_return_of", number=number)
    if is_filled(reason):
        return
    if not same_device:
        raise UserError("warranty_other_device", field="warranty_reason", number=number)
    if entered_on > until:
        raise UserError("warranty_over", field="warranty_reason", number=number, until=until)


def over_and_running(
    lines: Sequence[Line], delivered_on: date, until: date, entered_on: date
) -> tuple[list[str], list[str]]:
    """What each line is called whose own warranty was over on a day, and of those that still ran;
    whether a fault is of the one or the other only a person can say."""
    over: list[str] = []
    running: list[str] = []
    for line in lines:
        end = line_warranty_until(line.warranty_days, lines, delivered_on, until)
        (over if end < entered_on else running).append(line.description)
    return over, running


def warranty_after(until: date, entered_on: date, left_on: date, *, redone: bool) -> date:
    """The end of a warranty that stood still from the entry to the day of hand-over; where work was
    ``redone`` never before the law's term of that work."""
    end = until + timedelta(days=max(0, (left_on - entered_on).days))
    return max(end, left_on + timedelta(days=LEGAL_WARRANTY_DAYS)) if redone else end


def check_free(form: OrderForm) -> None:
    """A return costs nothing. Raises UserError ``warranty_return_priced`` naming the price."""
    number = form.warranty_return_of
    if number is None:
        return
    for row, item in enumerate(form.items):
        if item.unit_price:
            raise UserError(
                "warranty_return_priced", field="items", row=row, column="unit_price", number=number
            )
    if form.fee:
        raise UserError("warranty_return_priced", field="fee", number=number)
