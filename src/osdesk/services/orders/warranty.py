"""Returns under warranty: opened from the order they come back to, counted along their chain."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from osdesk.domain.calendar import local_day
from osdesk.domain.codes import EventCode
from osdesk.domain.errors import UserError
from osdesk.domain.orders.forms import OrderForm
from osdesk.domain.orders.status import Status
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
    number, left_on = chain[original].number, chain[original].left_on
    if own in _behind(session, original):
        raise UserError("warranty_of_itself", field="warranty_return_of", number=number)
    if own is not None:
        chain.pop(own, None)
    same = device is None or _same_device(session, original, device)
    check_return(number, left_on, _end(chain), entered_on, same_device=same, reason=reason)


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


def warranty_of_return(session: Session, row: Order, to: Status, left_on: date) -> date | None:
    """Until when a return's warranty goes on once it is handed over; None for any other order, and
    where no order of its chain has a warranty (the original was reopened)."""
    if row.warranty_return_of_id is None:
        return None
    chain = _chain(session, row.warranty_return_of_id)
    chain.pop(row.id, None)
    until = _end(chain)
    if until is None:
        return None
    return warranty_after(until, row.requested_on, left_on, redone=to is Status.DELIVERED)


def entry_moved(
    session: Session, row: Order, entered_before: date, *, now: datetime, author: int | None
) -> dict[str, object]:
    """After the day of entry of a return that was handed over changed: the days in the shop are
    others, and so are the ends of its warranty and of the returns that went on with it.

    What the history tells of this order's own; the others are told here. An end that does not
    follow from the orders handed over before stays: a return has a warranty of its own where the
    order that it comes back to was reopened.
    """
    if row.warranty_return_of_id is None:
        return {}
    told: dict[str, object] = {}
    for key, (before, until) in _ends_moved(session, row, entered_before).items():
        data = {"warranty_until_before": before.isoformat(), "warranty_until": until.isoformat()}
        if key == row.id:
            _set_end(session, row, until)
            told = dict(data)
            continue
        _set_end(session, session.get_one(Order, key), until)
        record(
            session,
            EventCode.ORDER_CHANGED,
            now=now,
            author=author,
            order_id=key,
            data={"changed": ["warranty_until"], **data},
        )
    return told


def _ends_moved(session: Session, row: Order, entered_before: date) -> dict[int, tuple[date, date]]:
    """Ends of warranties before and after, by the key of their order, of those that move."""
    chain = _chain(session, row.warranty_return_of_id or row.id)
    moved: dict[int, tuple[date, date]] = {}
    ends: list[tuple[date | None, date | None]] = []
    for link in sorted(chain.values(), key=lambda link: link.hand_over or 0):
        before = after = link.until
        was, end = _last(old for old, _ in ends), _last(new for _, new in ends)
        own = link.id == row.id
        if before and link.left_on and was and end and (own or moved):
            entered = (entered_before, row.requested_on) if own else (link.entered_on,) * 2
            for redone in (link.redone, False):  # False too: handed over by an earlier release
                if warranty_after(was, entered[0], link.left_on, redone=redone) == before:
                    after = warranty_after(end, entered[1], link.left_on, redone=redone)
                    break
        if before and after and after != before:
            moved[link.id] = before, after
        ends.append((before, after))
    return moved


def _set_end(session: Session, row: Order, until: date) -> None:
    """The end of a warranty, with the hand-over that it was given at."""
    row.warranty_until = until
    session.execute(
        update(Delivery)
        .where(Delivery.order_id == row.id, Delivery.reopened_at.is_(None))
        .values(warranty_until=until)
    )


def _behind(session: Session, key: int) -> list[int]:
    """The order itself and those that it comes back to, the first one last."""
    found = [key]
    before = select(Order.warranty_return_of_id)
    while (key := session.scalar(before.where(Order.id == key)) or 0) and key not in found:
        found.append(key)
    return found


class _Link(NamedTuple):
    """An order of a chain of returns."""

    id: int
    number: int
    entered_on: date
    left_on: date | None
    until: date | None
    redone: bool
    """It was handed over with the work done."""
    hand_over: int | None
    """Key of the hand-over that counts: a later one has a higher one."""


def _chain(session: Session, key: int) -> dict[int, _Link]:
    """The first order behind ``key`` and all that came back to it, by key."""
    counts = select(func.max(Delivery.id)).where(
        Delivery.order_id == Order.id, Delivery.reopened_at.is_(None)
    )
    query = select(
        *(Order.id, Order.number, Order.requested_on, Order.delivered_on, Order.returned_on),
        *(Order.warranty_until, counts.scalar_subquery().label("hand_over")),
    )
    found: dict[int, _Link] = {}
    rows = session.execute(query.where(Order.id == _behind(session, key)[-1])).all()
    while rows:
        for row in rows:
            found[row.id] = _Link(
                id=row.id,
                number=row.number,
                entered_on=row.requested_on,
                left_on=row.delivered_on or row.returned_on,
                until=row.warranty_until,
                redone=row.delivered_on is not None,
                hand_over=row.hand_over,
            )
        later = query.where(Order.warranty_return_of_id.in_([row.id for row in rows]))
        rows = [row for row in session.execute(later).all() if row.id not in found]
    return found


def _end(chain: Mapping[int, _Link]) -> date | None:
    return _last(link.until for link in chain.values())


def _last(days: Iterable[date | None]) -> date | None:
    return max((day for day in days if day is not None), default=None)
