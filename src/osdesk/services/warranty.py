"""Returns under warranty: opened from the order they come back to, counted along their chain."""

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from osdesk.domain.calendar import local_day
from osdesk.domain.errors import UserError
from osdesk.domain.forms import OrderForm
from osdesk.domain.warranty_rules import RETURN_TYPE, check_return, warranty_after
from osdesk.persistence.models import Order
from osdesk.services.order_forms import load_form
from osdesk.services.shop import zone_of


def return_form(session: Session, number: int, *, now: datetime) -> OrderForm:
    """A new order for the device of order ``number`` that came back: who, what and by whom.

    Raises UserError ``order_not_found``, ``warranty_not_delivered`` or ``warranty_over``.
    """
    before = load_form(session, number)
    found = session.scalars(select(Order).where(Order.number == number)).one()
    check_return_of(session, found.id, own=None, entered_on=local_day(now, zone_of(session)))
    equipment = before.equipment
    equipment.accessories = equipment.condition = None
    return OrderForm(
        customer=before.customer,
        equipment=equipment,
        service_type=RETURN_TYPE,
        technician=before.technician,
        requested_at=now,
        warranty_return_of=number,
    )


def check_return_of(session: Session, original: int, *, own: int | None, entered_on: date) -> None:
    """Whether an order that came in on a day may be a return of the order with key ``original``.

    Raises UserError ``warranty_not_delivered``, ``warranty_over`` or ``warranty_of_itself``.
    """
    chain = _chain(session, original)
    number, delivered_on, _ = chain[original]
    if own in _behind(session, original):
        raise UserError("warranty_of_itself", field="warranty_return_of", number=number)
    chain.pop(own, None)
    check_return(number, delivered_on, _end(chain), entered_on)


def warranty_of_return(session: Session, row: Order, left_on: date) -> date | None:
    """Until when a return's warranty goes on once it is handed over; None for any other order, and
    where no order of its chain has a warranty (the original was reopened)."""
    if row.warranty_return_of_id is None:
        return None
    chain = _chain(session, row.warranty_return_of_id)
    chain.pop(row.id, None)
    until = _end(chain)
    return None if until is None else warranty_after(until, row.requested_on, left_on)


def _behind(session: Session, key: int) -> list[int]:
    """The order itself and those that it comes back to, the first one last."""
    found = [key]
    before = select(Order.warranty_return_of_id)
    while (key := session.scalar(before.where(Order.id == key)) or 0) and key not in found:
        found.append(key)
    return found


_Chain = dict[int | None, tuple[int, date | None, date | None]]


def _chain(session: Session, key: int) -> _Chain:
    """Number, day of hand-over and end of warranty of the first order behind ``key`` and of all
    that came back to it, by key."""
    first = _behind(session, key)[-1]
    found: _Chain = {}
    columns = (Order.id, Order.number, Order.delivered_on, Order.returned_on, Order.warranty_until)
    rows = session.execute(select(*columns).where(Order.id == first)).all()
    while rows:
        for row in rows:
            found[row.id] = (row.number, row.delivered_on or row.returned_on, row.warranty_until)
        later = select(*columns).where(Order.warranty_return_of_id.in_([row.id for row in rows]))
        rows = [row for row in session.execute(later).all() if row.id not in found]
    return found


def _end(chain: _Chain) -> date | None:
    return max((until for _, _, until in chain.values() if until is not None), default=None)
