"""What a month is counted from: its orders, their lines, its payments, what was owed at its end.

One query each, by index, for a whole month; the rules are applied to plain rows.
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import ColumnElement, func, literal_column, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from osdesk.domain.calendar import Month
from osdesk.domain.codes import ItemKind, PaymentKind, PaymentMethod
from osdesk.domain.figures import MonthFigures
from osdesk.persistence.models import Customer, Item, Order, Payment

AGES = ("not_due", "1-30", "31-60", "61-90", "over_90")
_AGE_DAYS = (("1-30", 30), ("31-60", 60), ("61-90", 90))


class MonthOrder(NamedTuple):
    """An order to which something happened in the month."""

    id: int
    number: int
    requested_on: date
    promised_on: date | None
    ready_on: date | None
    delivered_on: date | None
    cancelled_on: date | None
    labor: int
    parts: int
    discount: int


class Paid(NamedTuple):
    paid_on: date
    kind: PaymentKind
    method: PaymentMethod
    amount: int


class Owed(NamedTuple):
    """An order with a balance at the month's end."""

    number: int
    customer_id: int
    customer: str
    due_on: date | None
    balance: int


def happened_in(
    day: InstrumentedAttribute[date] | InstrumentedAttribute[date | None], month: Month
) -> ColumnElement[bool]:
    return day.between(month.first, month.last)


def any_event_in(month: Month) -> ColumnElement[bool]:
    """Requested, made ready, delivered, returned or cancelled in the month."""
    return or_(
        happened_in(Order.requested_on, month),
        happened_in(Order.ready_on, month),
        happened_in(Order.delivered_on, month),
        happened_in(Order.returned_on, month),
        happened_in(Order.cancelled_on, month),
    )


def month_orders(session: Session, month: Month) -> list[MonthOrder]:
    query = (
        select(
            Order.id,
            Order.number,
            Order.requested_on,
            Order.promised_on,
            Order.ready_on,
            Order.delivered_on,
            Order.cancelled_on,
            Order.labor_total,
            Order.parts_total,
            Order.discount,
        )
        .where(any_event_in(month))
        .order_by(Order.number)
    )
    return [MonthOrder._make(row) for row in session.execute(query)]


def parts_costs(session: Session, month: Month) -> dict[int, int]:
    """What the parts with a known cost of each delivered order cost, by the order's key."""
    cost = (Item.quantity * Item.unit_cost + 500) // 1000  # as domain.money.line_total
    query = (
        select(Item.order_id, func.sum(cost))
        .where(
            Item.order_id.in_(select(Order.id).where(happened_in(Order.delivered_on, month))),
            Item.kind == ItemKind.PART,
            Item.unit_cost.is_not(None),
        )
        .group_by(Item.order_id)
    )
    return dict(session.execute(query).all())


def payments(session: Session, month: Month) -> list[Paid]:
    """Sums of the month's payments, reversals and refunds by day, kind and method."""
    query = (
        select(Payment.paid_on, Payment.kind, Payment.method, func.sum(Payment.amount))
        .where(happened_in(Payment.paid_on, month))
        .group_by(Payment.paid_on, Payment.kind, Payment.method)
    )
    return [Paid._make(row) for row in session.execute(query)]


def owed_at(session: Session, day: date) -> list[Owed]:
    """Orders that could be received at the end of ``day`` with a balance above zero then.

    Only an order that has a balance today or a payment after ``day`` can have had one.
    """
    after = (
        select(func.coalesce(func.sum(Payment.amount), 0))
        .where(Payment.order_id == Order.id, Payment.paid_on > day)
        .correlate(Order)
        .scalar_subquery()
    )
    # the zero stands in the words: SQLite matches the partial index by them
    candidates = (
        select(Order.id)
        .where(Order.balance > literal_column("0"))
        .union(select(Payment.order_id).where(Payment.paid_on > day))
    )
    balance = Order.balance + after
    query = (
        select(Order.number, Order.customer_id, Customer.name, Order.due_on, balance)
        .join_from(Order, Customer, Customer.id == Order.customer_id)
        .where(
            Order.id.in_(candidates),
            or_(Order.ready_on <= day, Order.delivered_on <= day, Order.returned_on <= day),
            or_(Order.cancelled_on.is_(None), Order.cancelled_on > day),
            balance > 0,
        )
        .order_by(Order.number)
    )
    return [Owed._make(row) for row in session.execute(query)]


class MonthData(NamedTuple):
    """All that is read for the figures of one month."""

    month: Month
    day: date
    """The month's last day, or today while it runs."""
    orders: list[MonthOrder]
    costs: dict[int, int]
    payments: list[Paid]
    owed: list[Owed]

    def happened(self, day: date | None) -> bool:
        month = self.month  # its parts are at hand, its last day is worked out each time
        return day is not None and day.month == month.month and day.year == month.year

    @property
    def delivered(self) -> list[MonthOrder]:
        return [order for order in self.orders if self.happened(order.delivered_on)]


def read_month(session: Session, month: Month, today: date) -> MonthData:
    day = min(month.last, today)
    return MonthData(
        month,
        day,
        month_orders(session, month),
        parts_costs(session, month),
        payments(session, month),
        owed_at(session, day),
    )


def late_days(data: MonthData, order: MonthOrder) -> int:
    """Days past the promise of what became ready or was delivered in the month; 0 is in time.

    An order that was late on both days counts once, by the day on which it became ready.
    """
    if order.promised_on is None:
        return 0
    for day in (order.ready_on, order.delivered_on):
        if day is not None and data.happened(day) and day > order.promised_on:
            return (day - order.promised_on).days
    return 0


def age_of(due_on: date | None, day: date) -> str:
    """The bucket of a balance at ``day``; the due day itself is not overdue."""
    if due_on is None or due_on >= day:
        return "not_due"
    days = (day - due_on).days
    return next(
        (age for age, most in (("1-30", 30), ("31-60", 60), ("61-90", 90)) if days <= most),
        "over_90",
    )


def mean_tenths(values: Sequence[int]) -> int:
    """Mean of whole days in tenths of a day, half up."""
    count = len(values)
    return (20 * sum(values) + count) // (2 * count) if count else 0


def figures_of(data: MonthData) -> MonthFigures:
    delivered = data.delivered
    finished = [order for order in data.orders if data.happened(order.ready_on)]
    late = [days for order in data.orders if (days := late_days(data, order))]
    to_ready = [
        (order.ready_on - order.requested_on).days
        for order in finished
        if order.ready_on is not None
    ]
    labor = sum(order.labor for order in delivered)
    parts = sum(order.parts for order in delivered)
    discounts = sum(order.discount for order in delivered)
    by_method: dict[PaymentMethod, int] = defaultdict(int)
    for paid in data.payments:
        by_method[paid.method] += paid.amount
    by_age = dict.fromkeys(AGES, 0)
    for owed in data.owed:
        by_age[age_of(owed.due_on, data.day)] += owed.balance
    return MonthFigures(
        month=data.month,
        opened=sum(data.happened(order.requested_on) for order in data.orders),
        finished=len(finished),
        delivered=len(delivered),
        cancelled=sum(data.happened(order.cancelled_on) for order in data.orders),
        late=len(late),
        mean_late_days=mean_tenths(late),
        mean_days_to_ready=mean_tenths(to_ready),
        labor=labor,
        parts=parts,
        discounts=discounts,
        revenue=labor + parts - discounts,
        parts_cost=sum(data.costs.values()),
        received=sum(p.amount for p in data.payments if p.kind is PaymentKind.PAYMENT),
        reversed=-sum(p.amount for p in data.payments if p.kind is not PaymentKind.PAYMENT),
        received_by_method={m: by_method[m] for m in PaymentMethod if m in by_method},
        receivable=sum(owed.balance for owed in data.owed),
        receivable_orders=len(data.owed),
        receivable_by_age=by_age,
    )
