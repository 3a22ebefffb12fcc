"""What a period is counted from: its orders, their lines, its payments, what was owed at its end.

One query each, by index, for all its days; the rules are applied to plain rows.
"""

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import groupby
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Select,
    case,
    func,
    literal_column,
    or_,
    select,
    union_all,
)
from sqlalchemy.orm import InstrumentedAttribute, Session

from osdesk.domain.calendar import days_overdue, local_day
from osdesk.domain.codes import ChargeKind, EventCode, ItemKind, PaymentKind, PaymentMethod
from osdesk.domain.orders.instalments import open_parts
from osdesk.domain.orders.status import UNSERVICED, Status
from osdesk.domain.period import Period
from osdesk.domain.views.figures import MonthFigures, ReportCharge, ReportOwed, ReportPayment
from osdesk.persistence.models import (
    Charge,
    Customer,
    Event,
    Instalment,
    Item,
    Order,
    Payment,
)
from osdesk.services.orders.listing import IS_OPEN, PROMISED

AGES = ("not_due", "1-30", "31-60", "61-90", "over_90")
NOT_DELIVERED = "not_delivered"
"""What of a report's receivable waits with its device for the customer, and is not overdue."""
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
    returned_on: date | None
    labor: int
    parts: int
    discount: int
    fee: int


class Costs(NamedTuple):
    """Of one order's lines; ``unknown``: the price of its parts whose cost nobody gave."""

    parts: int = 0
    services: int = 0
    unknown: int = 0


NO_COSTS = Costs()


class Paid(NamedTuple):
    paid_on: date
    kind: PaymentKind
    method: PaymentMethod
    amount: int


def happened_in(
    day: InstrumentedAttribute[date] | InstrumentedAttribute[date | None], *periods: Period
) -> ColumnElement[bool]:
    return or_(*(day.between(period.first, period.last) for period in periods))


def any_event_in(*periods: Period) -> ColumnElement[bool]:
    """Requested, made ready, delivered, returned or cancelled in one of the periods."""
    return Order.id.in_(union_all(*_happened(*periods)))


def anything_in(period: Period) -> ColumnElement[bool]:
    """As ``any_event_in``, or paid for."""
    paid = select(Payment.order_id).where(happened_in(Payment.paid_on, period))
    return Order.id.in_(union_all(*_happened(period), paid))


def _happened(*periods: Period) -> Iterator[Select[int]]:
    """Each day by its own index: of so many ``OR`` SQLite would rather walk all orders."""
    for day in (
        Order.requested_on,
        Order.ready_on,
        Order.delivered_on,
        Order.returned_on,
        Order.cancelled_on,
    ):
        for period in periods:
            yield select(Order.id).where(happened_in(day, period))


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
            Order.returned_on,
            Order.labor_total,
            Order.parts_total,
            Order.discount,
            Order.fee,
        )
        .where(which)
        .order_by(Order.number)
    )
    return [PeriodOrder._make(row) for row in session.execute(query)]


def order_costs(session: Session, orders: Select[int]) -> dict[int, Costs]:
    """What the lines of each order cost, by the order's key; lines without a cost cost nothing."""
    cost = (Item.quantity * Item.unit_cost + 500) // 1000  # as domain.money.line_total
    part = Item.kind == ItemKind.PART
    sums = (
        func.sum(cost).filter(part),
        func.sum(cost).filter(Item.kind == ItemKind.SERVICE),
        func.sum(Item.total).filter(part, Item.unit_cost.is_(None)),
    )
    query = (
        select(Item.order_id, *(func.coalesce(each, 0) for each in sums))
        .where(Item.order_id.in_(orders))
        .group_by(Item.order_id)
    )
    return {key: Costs(*found) for key, *found in session.execute(query)}


def payment_sums(session: Session, periods: Sequence[Period]) -> list[Paid]:
    """Sums of the periods' payments, reversals and refunds by day, kind and method."""
    query = (
        select(Payment.paid_on, Payment.kind, Payment.method, func.sum(Payment.amount))
        .where(happened_in(Payment.paid_on, *periods))
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


def charges_in(session: Session, periods: Sequence[Period]) -> list[ReportCharge]:
    """Each allowance and each booking of late fees of the periods, by day."""
    query = (
        select(Order.number, Charge.booked_on, Charge.kind, Charge.amount)
        .join_from(Charge, Order, Order.id == Charge.order_id)
        .where(happened_in(Charge.booked_on, *periods))
        .order_by(Charge.booked_on, Charge.id)
    )
    return [ReportCharge(*row) for row in session.execute(query)]


SETTLED = frozenset({Status.READY, Status.CANCELLED, Status.DELIVERED, *UNSERVICED})
"""Nobody waits for the shop's work any more."""


def late_open_in(
    session: Session, periods: Sequence[Period], today: date, zone: ZoneInfo
) -> dict[Period, list[int]]:
    """Numbers of the orders promised by each period's last day, or before ``today``, and not ready
    then.

    What was declined, unrepairable, given back or cancelled by then is out. The days that the
    orders have narrow it to few; of those the history tells where they stood.
    """
    selects, found = [], {}
    for period in periods:
        end = min(period.last, today)
        promised = min(period.last, today - timedelta(days=1)) >= PROMISED
        days = (Order.ready_on, Order.returned_on, Order.cancelled_on)
        candidates = [
            select(Order.id).where(promised, IS_OPEN),
            *(select(Order.id).where(promised, day > end) for day in days),
        ]
        query = (
            select(Order.id, Order.number)
            .where(
                Order.id.in_(union_all(*candidates)),
                *(or_(day.is_(None), day > end) for day in (*days, Order.delivered_on)),
            )
            .order_by(Order.number)
        )
        found[period] = session.execute(query).all()
        selects += candidates
    steps = _steps(session, union_all(*selects), zone)

    def waited(order: int, end: date) -> bool:
        last = [to for day, to in steps.get(order, ()) if day <= end]
        return not last or last[-1] not in SETTLED

    return {
        period: [number for key, number in rows if waited(key, min(period.last, today))]
        for period, rows in found.items()
    }


def _steps(
    session: Session, orders: CompoundSelect[Any], zone: ZoneInfo
) -> dict[int, list[tuple[date, str]]]:
    """The day of each step of these orders, and where it led."""
    query = (
        select(Event.order_id, Event.at, Event.data)
        .where(Event.order_id.in_(orders), Event.code.in_((EventCode.MOVED, EventCode.REOPENED)))
        .order_by(Event.id)
    )
    steps: dict[int, list[tuple[date, str]]] = defaultdict(list)
    for order, at, data in session.execute(query):
        if order is not None:
            steps[order].append((local_day(at, zone), json.loads(data)["to"]))
    return steps


def owed_at(session: Session, day: date) -> list[ReportOwed]:
    """What could be received at the end of ``day``: a balance above zero then, in its parts.

    Only an order that has a balance today or a payment after ``day`` can have had one: what was
    charged or taken off later came with a payment. Parts are paid oldest first by the payments up
    to ``day``; a balance that is more than the parts is due on the order's own day.
    """
    paid = (
        select(func.coalesce(func.sum(Payment.amount), 0))
        .where(Payment.order_id == Order.id, Payment.paid_on > day)
        .correlate(Order)
        .scalar_subquery()
    )
    taken_off = case((Charge.kind == ChargeKind.ALLOWANCE, Charge.amount), else_=-Charge.amount)
    charged = (
        select(func.coalesce(func.sum(taken_off), 0))
        .where(Charge.order_id == Order.id, Charge.booked_on > day)
        .correlate(Order)
        .scalar_subquery()
    )
    # the zero stands in the words: SQLite matches the partial index by them
    candidates = (
        select(Order.id)
        .where(Order.balance > literal_column("0"))
        .union(select(Payment.order_id).where(Payment.paid_on > day))
    )
    balance = Order.balance + paid + charged
    query = (
        select(
            Order.number,
            Order.customer_id,
            Customer.name,
            Order.due_on,
            balance,
            Instalment.due_on,
            Instalment.amount,
            or_(Order.delivered_on <= day, Order.returned_on <= day),
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
        _, customer, name, due_on, amount, *_, handed_over = rows[0]
        parts = [(row[5], row[6]) for row in rows if row[6]]  # without any there is one row of none
        for on, left in owed_parts(amount, due_on, parts):
            late = days_overdue(on, day)
            age = age_of_days(late) if late or handed_over else NOT_DELIVERED
            owed.append(ReportOwed(number, customer, name, on, left, late, age))
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
    """All to which something happened in it, and others."""
    costs: dict[int, Costs]
    """Of the orders delivered in it, and of others."""
    payments: Sequence[Paid | ReportPayment]
    charges: list[ReportCharge]
    owed: list[ReportOwed]
    late_open: list[int]

    @property
    def delivered(self) -> list[PeriodOrder]:
        return [order for order in self.orders if self.period.contains(order.delivered_on)]

    @property
    def returned(self) -> list[PeriodOrder]:
        """For a fee: the others brought nothing."""
        return [
            order for order in self.orders if order.fee and self.period.contains(order.returned_on)
        ]


def read_periods(
    session: Session,
    periods: Sequence[Period],
    today: date,
    zone: ZoneInfo,
    *,
    whole: Period,
    each: Callable[[], object],
) -> dict[Period, PeriodData]:
    """Orders, costs and money of all the periods in one read each; of ``whole`` each payment of
    its own, of the others only sums."""
    orders = period_orders(session, any_event_in(*periods))
    delivered = select(Order.id).where(happened_in(Order.delivered_on, *periods))
    each()
    costs = order_costs(session, delivered)
    each()
    charges = charges_in(session, periods)
    beside = [period for period in periods if period != whole]
    sums = payment_sums(session, beside) if beside else []
    late_open = late_open_in(session, periods, today, zone)
    found = {}
    for period in periods:
        each()
        day = min(period.last, today)
        paid = [one for one in sums if period.contains(one.paid_on)]
        found[period] = PeriodData(
            period,
            day,
            orders,
            costs,
            payments_in(session, period) if period == whole else paid,
            [charge for charge in charges if period.contains(charge.booked_on)],
            owed_at(session, day),
            late_open[period],
        )
    return found


def late_days(period: Period, order: PeriodOrder) -> int:
    """Days past the promise of what became ready in the period, whenever it was fetched; 0 is in
    time."""
    if order.promised_on is None or order.ready_on is None or not period.contains(order.ready_on):
        return 0
    return max((order.ready_on - order.promised_on).days, 0)


def age_of(due_on: date | None, day: date) -> str:
    """The bucket of a balance at ``day``, by the days since the last day to pay."""
    return age_of_days(days_overdue(due_on, day))


def age_of_days(days: int) -> str:
    """The bucket of what is overdue for so many days; 0 is not due."""
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


def charged(charges: Iterable[ReportCharge], kind: ChargeKind) -> int:
    return sum(each.amount for each in charges if each.kind is kind)


def figures_of(data: PeriodData) -> MonthFigures:
    period, in_period = data.period, data.period.contains
    delivered = data.delivered
    finished = [order for order in data.orders if in_period(order.ready_on)]
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
    by_age = dict.fromkeys((*AGES, NOT_DELIVERED), 0)
    for owed in data.owed:
        by_age[owed.age] += owed.amount
    fees = sum(order.fee for order in data.returned)
    allowances = charged(data.charges, ChargeKind.ALLOWANCE)
    costs = [data.costs.get(order.id, NO_COSTS) for order in delivered]
    return MonthFigures(
        period=period,
        opened=sum(in_period(order.requested_on) for order in data.orders),
        finished=len(finished),
        delivered=len(delivered),
        cancelled=sum(in_period(order.cancelled_on) for order in data.orders),
        late=len(late),
        mean_late_days=mean_tenths(late),
        mean_days_to_ready=mean_tenths(to_ready),
        labor=labor,
        parts=parts,
        discounts=discounts,
        revenue=labor + parts - discounts + fees - allowances,
        parts_cost=sum(each.parts for each in costs),
        received=money_in(data.payments),
        reversed=money_out(data.payments),
        received_by_method={m: by_method[m] for m in PaymentMethod if m in by_method},
        receivable=sum(owed.amount for owed in data.owed),
        receivable_orders=len({owed.number for owed in data.owed}),
        receivable_by_age=by_age,
        late_open=len(data.late_open),
        fees=fees,
        allowances=allowances,
        late_fees=charged(data.charges, ChargeKind.LATE_FEES),
        service_cost=sum(each.services for each in costs),
        cost_unknown=sum(each.unknown for each in costs),
    )
