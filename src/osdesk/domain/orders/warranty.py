"""Returns under warranty: when one is due, and how its days in the shop count (CDC arts. 18, 26).

A return costs nothing, and it gives no new term: the one that runs stands still while the shop has
the device, and goes on from where it stood.
"""

from datetime import date, timedelta

from osdesk.domain.errors import UserError
from osdesk.domain.orders.forms import OrderForm

RETURN_TYPE = "Retorno em garantia"
"""The service type of a return; a new shop has it in its list."""


def check_return(
    number: int, delivered_on: date | None, until: date | None, entered_on: date
) -> None:
    """Whether a device that came in on ``entered_on`` is under the warranty of order ``number``;
    the last day counts. Raises UserError ``warranty_not_delivered`` or ``warranty_over``."""
    if delivered_on is None or until is None or entered_on < delivered_on:
        raise UserError("warranty_not_delivered", field="warranty_return_of", number=number)
    if entered_on > until:
        raise UserError("warranty_over", field="warranty_return_of", number=number, until=until)


def warranty_after(until: date, entered_on: date, left_on: date) -> date:
    """The end of a warranty that stood still from the entry to the day of hand-over."""
    return until + timedelta(days=max(0, (left_on - entered_on).days))


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
