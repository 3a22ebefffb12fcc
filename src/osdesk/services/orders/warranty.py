"""Returns under warranty: opened from the order they come back to, counted along their chain."""

from datetime import date, datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from osdesk.domain.calendar import local_day
from osdesk.domain.codes import EventCode
from osdesk.domain.errors import UserError
from osdesk.domain.orders.forms import OrderForm
from osdesk.domain.orders.warranty import (
    RETURN_TYPE,
    check_return,
    over_and_running,
    warranty_after,
)
from osdesk.domain.text import fold
from osdesk.persistence.models import Delivery, Equipment, Item, Order
from osdesk.services.events import record
from osdesk.services.orders.forms import load_form
from osdesk.services.shop.shop import zone_of


def return_form(session: Session, number: int, *, now: datetime) -> OrderForm:
    """A new order for the device of order ``number`` that came back: who, what and by whom.

    That its warranty is over is no matter here: saving asks for the reason. Raises UserError
    ``order_not_found`` or ``warranty_not_delivered``.
    """
    before = load_form(session, number)
    found = session.scalars(select(Order).where(Order.number == number)).one()
    today = local_day(now, zone_of(session))
    check_return_of(session, found.id, own=None, entered_on=today, reason="ask when it is saved")
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


def check_return_of(
    session: Session,
    original: int,
    *,
    own: int | None,
    entered_on: date,
    device: int | None = None,
    reason: str | None = None,
) -> None:
    """Whether an order that came in on a day may be a return of the order with key ``original``.

    ``device``: key of what came in; ``reason``: why it is taken back without a warranty. Raises
    UserError as ``check_return`` does, and ``warranty_of_itself``.
    """
    chain = _chain(session, original)
    number, delivered_on, _ = chain[original]
    if own in _behind(session, original):
        raise UserError("warranty_of_itself", field="warranty_return_of", number=number)
    chain.pop(own, None)
    same = device is None or _same_device(session, original, device)
    check_return(number, delivered_on, _end(chain), entered_on, same_device=same, reason=reason)


def _same_device(session: Session, original: int, device: int) -> bool:
    """By its serial number; where one of them has none, the same customer's of the same kind."""
    brought = select(Order.equipment_id).where(Order.id == original).scalar_subquery()
    one = session.scalars(select(Equipment).where(Equipment.id == brought)).one()
    other = session.get_one(Equipment, device)
    if one.serial_folded and other.serial_folded:
        return one.serial_folded == other.serial_folded
    return one.customer_id == other.customer_id and fold(one.kind) == fold(other.kind)


def lines_over(session: Session, original: int, entered_on: date) -> list[str]:
    """Lines of the order that a device comes back to whose own warranty is over, where that of
    others still runs."""
    order = session.get_one(Order, original)
    if order.delivered_on is None or order.warranty_until is None:
        return []
    items = session.scalars(
        select(Item).where(Item.order_id == original).order_by(Item.position)
    ).all()
    over, running = over_and_running(items, order.delivered_on, order.warranty_until, entered_on)
    return over if running else []


def warranty_of_return(session: Session, row: Order, left_on: date) -> date | None:
    """Until when a return's warranty goes on once it is handed over; None for any other order, and
    where no order of its chain has a warranty (the original was reopened)."""
    if row.warranty_return_of_id is None:
        return None
    chain = _chain(session, row.warranty_return_of_id)
    chain.pop(row.id, None)
    until = _end(chain)
    return None if until is None else warranty_after(until, row.requested_on, left_on)


def entry_moved(
    session: Session, row: Order, entered_before: date, *, now: datetime, author: int | None
) -> dict[str, object]:
    """After the day of entry of a return that was handed over changed: the days in the shop are
    others, and so are the ends of its warranty and of the returns that went on with it.

    What the history tells of this order's own; the others are told here. Nothing where the return
    has a warranty of its own, because the order that it comes back to was reopened.
    """
    left_on = row.delivered_on or row.returned_on
    if row.warranty_return_of_id is None or row.warranty_until is None or left_on is None:
        return {}
    before = row.warranty_until
    since = before - _stay(entered_before, left_on)
    chain = _chain(session, row.warranty_return_of_id)
    chain.pop(row.id, None)
    until = since + _stay(row.requested_on, left_on)
    if until == before or since not in {end for _, _, end in chain.values()}:
        return {}
    _set_end(session, row, until)
    own = _moved_end(before, until)
    later = select(Order).where(Order.id.in_(list(chain))).order_by(Order.requested_on)
    for other in session.scalars(later).all():
        gone = other.delivered_on or other.returned_on
        if gone is None or other.warranty_until is None or other.requested_on < left_on:
            continue
        stay = _stay(other.requested_on, gone)
        if other.warranty_return_of_id is None or other.warranty_until - stay != before:
            continue
        told = _moved_end(other.warranty_until, until + stay)
        before, until, left_on = other.warranty_until, until + stay, gone
        _set_end(session, other, until)
        record(
            session,
            EventCode.ORDER_CHANGED,
            now=now,
            author=author,
            order_id=other.id,
            data={"changed": ["warranty_until"], **told},
        )
    return own


def _stay(entered_on: date, left_on: date) -> timedelta:
    return timedelta(days=max(0, (left_on - entered_on).days))


def _set_end(session: Session, row: Order, until: date) -> None:
    """The end of a warranty, with the hand-over that it was given at."""
    row.warranty_until = until
    session.execute(
        update(Delivery)
        .where(Delivery.order_id == row.id, Delivery.reopened_at.is_(None))
        .values(warranty_until=until)
    )


def _moved_end(before: date, until: date) -> dict[str, object]:
    return {"warranty_until_before": before.isoformat(), "warranty_until": until.isoformat()}


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
