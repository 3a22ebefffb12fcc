"""What a period is counted from: its orders, their lines, its payments, what was owed at its end.

One query each, by index, for all its days; the rules are applied to plain rows.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import groupby
from typing import NamedTuple

from sqlalchemy import ColumnElement, Select, func, literal_column, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from osdesk.domain.calendar import days_overdue
from osdesk.domain.codes import ItemKind, PaymentKind, PaymentMethod
from osdesk.domain.orders.instalments import open_parts
from osdesk.domain.period import Period
from osdesk.domain.views.figures import MonthFigures, ReportOwed, ReportPayment
from osdesk.persistence.models import Customer, Instalment, Item, Order, Payment

AGES = ("not_due", "1-30", "31-60", "61-90", "over_90")
_AGE_DAYS = (("1-30", 30), ("31-60", 60), ("61-90", 90))


class PeriodOrder(NamedTuple):
    """An order to which something happened in the period."""

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


def happened_in(
    day: InstrumentedAttribute[date] | InstrumentedAttribute[date | None], period: Period
) -> ColumnElement[bool]:
    return day.between(period.first, period.last)


def any_event_in(period: Period) -> ColumnElement[bool]:
    """Requested, made ready, delivered, returned or cancelled in the period."""
    return or_(
        happened_in(Order.requested_on, period),
        happened_in(Order.ready_on, period),
        happened_in(Order.delivered_on, period),
        happened_in(Order.returned_on, period),
        happened_in(Order.cancelled_on, period),
    )


def period_orders(session: Session, which: ColumnElement[bool]) -> list[PeriodOrder]:
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
        .where(which)
        .order_by(Order.number)
    )
    return [PeriodOrder._make(row) for row in session.execute(query)]


def parts_costs(session: Session, orders: Select[int]) -> dict[int, int]:
    """What the parts with a known cost of each order cost, by the order's key."""
    cost = (Item.quantity * Item.unit_cost + 500) // 1000  # as domain.money.line_total
    query = (
        select(Item.order_id, func.sum(cost))
        .where(
            Item.order_id.in_(orders),
            Item.kind == ItemKind.PART,
            Item.unit_cost.is_not(None),
        )
        .group_by(Item.order_id)
    )
    return dict(session.execute(query).all())


def payment_sums(session: Session, period: Period) -> list[Paid]:
    """Sums of the period's payments, reversals and refunds by day, kind and method."""
    query = (
        select(Payment.paid_on, Payment.kind, Payment.method, func.sum(Payment.amount))
        .where(happened_in(Payment.paid_on, period))
        .group_by(Payment.paid_on, Payment.kind, Payment.method)
    )
    return [Paid._make(row) for row in session.execute(query)]


def payments_in(session: Session, period: Period) -> list[ReportPayment]:
    """Each payment, reversal and refund of the period, by day and receipt."""
    query = (
        select(
            Order.number,
            Payment.receipt,
            Payment.paid_on,
            Payment.kind,
            Payment.method,
            Payment.amount,
        )
        .join_from(Payment, Order, Order.id == Payment.order_id)
        .where(happened_in(Payment.paid_on, period))
        .order_by(Payment.paid_on, Payment.receipt)
    )
    return [ReportPayment(*row) for row in session.execute(query)]


def owed_at(session: Session, day: date) -> list[ReportOwed]:
    """What could be received at the end of ``day``: a balance above zero then, in its parts.

    Only an order that has a balance today or a payment after ``day`` can have had one. Parts are
    paid oldest first by the payments up to ``day``; a balance that is more than the parts is due
    on the order's own day.
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
        select(
            Order.number,
            Order.customer_id,
            Customer.name,
            Order.due_on,
            balance,
            Instalment.due_on,
            Instalment.amount,
        )
        .join_from(Order, Customer, Customer.id == Order.customer_id)
        .outerjoin(Instalment, Instalment.order_id == Order.id)
        .where(
            Order.id.in_(candidates),
            or_(Order.ready_on <= day, Order.delivered_on <= day, Order.returned_on <= day),
            or_(Order.cancelled_on.is_(None), Order.cancelled_on > day),
            balance > 0,
        )
        .order_by(Order.number, Instalment.due_on, Instalment.position)
    )
    owed: list[ReportOwed] = []
    for number, group in groupby(session.execute(query), key=lambda row: row[0]):
        rows = list(group)
        _, customer, name, due_on, amount, _, _ = rows[0]
        parts = [(row[5], row[6]) for row in rows if row[6]]  # without any there is one row of none
        owed += [
            ReportOwed(number, customer, name, on, left)
            for on, left in owed_parts(amount, due_on, parts)
        ]
    return owed


def owed_parts(
    balance: int, due_on: date | None, parts: Sequence[tuple[date, int]]
) -> list[tuple[date | None, int]]:
    """A balance by due day; ``parts``: day and amount of each instalment, by day."""
    left = open_parts([amount for _, amount in parts], balance) if parts else None
    if left is None:
        return [(due_on, balance)]
    return [(day, amount) for (day, _), amount in zip(parts, left, strict=True) if amount]


class PeriodData(NamedTuple):
    """All that is read for the figures of one period."""

    period: Period
    day: date
    """The period's last day, or today while it runs."""
    orders: list[PeriodOrder]
    costs: dict[int, int]
    payments: Sequence[Paid | ReportPayment]
    owed: list[ReportOwed]

    @property
    def delivered(self) -> list[PeriodOrder]:
        return [order for order in self.orders if self.period.holds(order.delivered_on)]


def read_period(session: Session, period: Period, today: date, *, whole: bool) -> PeriodData:
    """``whole``: with each payment of its own, not only their sums."""
    day = min(period.last, today)
    delivered = select(Order.id).where(happened_in(Order.delivered_on, period))
    return PeriodData(
        period,
        day,
        period_orders(session, any_event_in(period)),
        parts_costs(session, delivered),
        payments_in(session, period) if whole else payment_sums(session, period),
        owed_at(session, day),
    )


def late_days(period: Period, order: PeriodOrder) -> int:
    """Days past the promise of what became ready or was delivered in the period; 0 is in time.

    An order that was late on both days counts once, by the day on which it became ready.
    """
    if order.promised_on is None:
        return 0
    for day in (order.ready_on, order.delivered_on):
        if day is not None and period.holds(day) and day > order.promised_on:
            return (day - order.promised_on).days
    return 0


def age_of(due_on: date | None, day: date) -> str:
    """The bucket of a balance at ``day``, by the days since the last day to pay."""
    days = days_overdue(due_on, day)
    if not days:
        return "not_due"
    return next((age for age, most in _AGE_DAYS if days <= most), "over_90")


def mean_tenths(values: Sequence[int]) -> int:
    """Mean of whole days in tenths of a day, half up."""
    count = len(values)
    return (20 * sum(values) + count) // (2 * count) if count else 0


def money_in(payments: Iterable[Paid | ReportPayment]) -> int:
    return sum(paid.amount for paid in payments if paid.kind is PaymentKind.PAYMENT)


def money_out(payments: Iterable[Paid | ReportPayment]) -> int:
    """Reversals and refunds, as a positive figure."""
    return -sum(paid.amount for paid in payments if paid.kind is not PaymentKind.PAYMENT)


def figures_of(data: PeriodData) -> MonthFigures:
    period, holds = data.period, data.period.holds
    delivered = data.delivered
    finished = [order for order in data.orders if holds(order.ready_on)]
    late = [days for order in data.orders if (days := late_days(period, order))]
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
        by_age[age_of(owed.due_on, data.day)] += owed.amount
    return MonthFigures(
        period=period,
        opened=sum(holds(order.requested_on) for order in data.orders),
        finished=len(finished),
        delivered=len(delivered),
        cancelled=sum(holds(order.cancelled_on) for order in data.orders),
        late=len(late),
        mean_late_days=mean_tenths(late),
        mean_days_to_ready=mean_tenths(to_ready),
        labor=labor,
        parts=parts,
        discounts=discounts,
        revenue=labor + parts - discounts,
        parts_cost=sum(data.costs.values()),
        received=money_in(data.payments),
        reversed=money_out(data.payments),
        received_by_method={m: by_method[m] for m in PaymentMethod if m in by_method},
        receivable=sum(owed.amount for owed in data.owed),
        receivable_orders=len({owed.number for owed in data.owed}),
        receivable_by_age=by_age,
    )
