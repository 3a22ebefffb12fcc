"""Customers of whom nothing has been heard for years: whose data the shop may let go of.

A shop keeps a person's data as long as it may need them: five years for damage claims (CDC
art. 27), for debts in writing (CC art. 206 § 5 I) and for taxes (CTN arts. 173, 174). After that
the purpose is over (LGPD arts. 15, 16). This only suggests; erasing is asked for and refused one
by one.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from sqlalchemy import ColumnElement, exists, func, or_, select
from sqlalchemy.orm import Session

from osdesk.domain.calendar import local_day
from osdesk.domain.orders.status import CLOSED
from osdesk.persistence.models import Customer, Note, Notice, Order, Payment
from osdesk.services.customers.customers import IS_STANDING
from osdesk.services.shop.shop import zone_of

YEARS = 5
MOST = 500


@dataclass(frozen=True, slots=True)
class Quiet:
    """A customer that nothing was heard of since ``last``; nothing stands in the way of erasing."""

    id: int
    name: str
    orders: int
    last: date


def quiet_customers(
    session: Session, years: int = YEARS, *, now: datetime, limit: int = MOST
) -> list[Quiet]:
    """Those with nothing since ``years`` ago, longest unheard of first: no open order, nothing owed
    either way, no running warranty."""
    zone = zone_of(session)
    today = local_day(now, zone)
    since = _years_before(today, years)
    moment = datetime.combine(since, time(), zone).astimezone(UTC)
    theirs = Order.customer_id == Customer.id
    hindered: ColumnElement[bool] = or_(
        Order.status.not_in(CLOSED),
        Order.balance != 0,
        Order.warranty_until >= today,
        Order.requested_on >= since,
        Order.delivered_on >= since,
        Order.returned_on >= since,
        Order.cancelled_on >= since,
        exists().where(Payment.order_id == Order.id, Payment.paid_on >= since),
        exists().where(Note.order_id == Order.id, Note.at >= moment),
        exists().where(Notice.order_id == Order.id, Notice.at >= moment),
    )
    ended = func.max(
        Order.requested_on,
        func.coalesce(Order.delivered_on, Order.requested_on),
        func.coalesce(Order.returned_on, Order.requested_on),
        func.coalesce(Order.cancelled_on, Order.requested_on),
    )
    last = select(func.max(ended)).where(theirs).scalar_subquery()
    count = select(func.count()).select_from(Order).where(theirs).scalar_subquery()
    rows = session.execute(
        select(Customer.id, Customer.name, Customer.created_at, count, last)
        .where(
            IS_STANDING,
            Customer.anonymised_at.is_(None),
            Customer.created_at < moment,
            ~exists().where(theirs, hindered),
        )
        .order_by(func.coalesce(last, func.substr(Customer.created_at, 1, 10)), Customer.id)
        .limit(limit)
    )
    return [
        Quiet(key, name, orders, day or local_day(created, zone))
        for key, name, created, orders, day in rows
    ]


def _years_before(day: date, years: int) -> date:
    """29 February counts from the 28th where there is none."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)
