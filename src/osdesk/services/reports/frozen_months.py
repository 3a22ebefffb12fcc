"""Closed months: their reports as canonical JSON, read back, and what has changed in them since.

What is frozen holds numbers of orders, days and centavos, and the names of staff and of the shop's
own lists; a customer's name is read from the record, where it can be corrected or erased.

Months are closed one after the other. Each closing takes in what had changed in the closed months
before it, so all of them are accounted for up to the newest closing, and only orders that have a
later event can have changed anything.

A month keeps the definitions by which it was closed. Those of format 1: *late* counted by the day
of delivery too, revenue without fees of returned orders, margin without the cost of services, a
balance overdue from the very day after its due day.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from osdesk.domain.calendar import Month, days_overdue, parse_iso_date
from osdesk.domain.chain import canonical_json
from osdesk.domain.codes import ChargeKind, ImportedKind, PaymentKind, PaymentMethod
from osdesk.domain.orders.status import Status
from osdesk.domain.period import Period
from osdesk.domain.views.figures import (
    Adjustment,
    Closing,
    MonthFigures,
    MonthReport,
    ReportCharge,
    ReportOrder,
    ReportOwed,
    ReportPayment,
    RevenueRow,
)
from osdesk.domain.views.listing import equipment_title
from osdesk.persistence.models import (
    Charge,
    Customer,
    Employee,
    Equipment,
    Event,
    ImportRow,
    MonthClosing,
    Order,
    Payment,
)
from osdesk.services.reports.figures import (
    AGES,
    NO_COSTS,
    NOT_DELIVERED,
    Paid,
    PeriodOrder,
    age_of_days,
    late_days,
    money_in,
    money_out,
    order_costs,
    period_orders,
)

FORMAT = 2
AT_ONCE = 20_000
"""Numbers asked for in one query: SQLite takes some thirty thousand values."""

SHARED = ("opened", "finished", "delivered", "cancelled", "late")
ADJUSTED = (
    *SHARED,
    *("labor", "parts", "discounts", "fees", "allowances", "revenue"),
    *("parts_cost", "service_cost", "margin"),
    *("received", "reversed", "late_fees", "receivable"),
)
"""Figures that are sums over orders, so that a difference has orders that made it."""

Share = dict[tuple[int, str], int]
"""What each order has in each figure of a month, by number and figure; nothing is left out."""


# --- frozen and read back -----------------------------------------------------------------------


def freeze(session: Session, report: MonthReport) -> str:
    """The canonical JSON of a month's report."""
    last = session.execute(select(Event.id, Event.hash).order_by(Event.id.desc()).limit(1)).first()
    figures = asdict(report.figures)
    body = {
        "format": FORMAT,
        "month": report.period.code,
        "as_of": {"event": last.id if last else 0, "hash": last.hash if last else None},
        "figures": {name: value for name, value in figures.items() if name != "period"},
        "received_by_day": report.received_by_day,
        "by_technician": [_named(row) for row in report.by_technician],
        "by_service_type": [_named(row) for row in report.by_service_type],
        "by_equipment": [_named(row) for row in report.by_equipment],
        "numbers": report.numbers,
        "orders": [_listed(order) for order in report.orders],
        "payments": [
            [each.number, each.receipt, each.paid_on, each.kind, each.method, each.amount]
            for each in report.payments
        ],
        "owed": [[each.number, each.due_on, each.amount, each.age] for each in report.owed],
        "charges": [
            [each.number, each.booked_on, each.kind, each.amount] for each in report.charges
        ],
        "adjustments": [
            [str(each.month), each.figure, each.amount, each.orders] for each in report.adjustments
        ],
    }
    return canonical_json(_plain(body))


def _named(row: RevenueRow) -> list[object]:
    return [
        *(row.name, row.orders, row.labor, row.parts, row.discounts, row.revenue, row.parts_cost),
        *(row.service_cost, row.cost_unknown, row.fees, row.allowances),
    ]


def _listed(order: ReportOrder) -> list[object]:
    return [
        *(order.number, order.technician, order.requested_on, order.ready_on, order.delivered_on),
        *(order.status, order.total, order.balance, order.cancelled_on, order.returned_on),
        *(order.labor, order.parts, order.discount, order.parts_cost, order.late_days),
        *(order.service_cost, order.cost_unknown, order.fee),
    ]


def _plain(value: Any) -> Any:
    """Days as ISO texts, all else as JSON has it."""
    if isinstance(value, dict):
        return {str(key): _plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    return value.isoformat() if isinstance(value, date) else value


def _day(text: str | None) -> date | None:
    return parse_iso_date(text) if text else None


class FrozenMonth:
    """One closing, read back; customers and devices of its orders come from the record."""

    def __init__(self, row: MonthClosing, author: str | None) -> None:
        self._body: dict[str, Any] = json.loads(row.figures)
        self.format: int = self._body["format"]
        self.month = Month.parse(row.month)
        self.closing = Closing(self.month, row.closed_at, author, row.sha256)
        self.event: int = self._body["as_of"]["event"]

    @property
    def figures(self) -> MonthFigures:
        kept = dict(self._body["figures"])
        by_method = {PaymentMethod(key): each for key, each in kept["received_by_method"].items()}
        kept["received_by_method"] = {m: by_method[m] for m in PaymentMethod if m in by_method}
        by_age = kept["receivable_by_age"]
        kept["receivable_by_age"] = {age: by_age.get(age, 0) for age in (*AGES, NOT_DELIVERED)}
        return MonthFigures(period=Period.of_month(self.month), **kept)

    @property
    def received_by_day(self) -> tuple[tuple[date, int], ...]:
        return tuple((parse_iso_date(day), cents) for day, cents in self._body["received_by_day"])

    @property
    def numbers(self) -> dict[str, tuple[int, ...]]:
        return {key: tuple(found) for key, found in self._body["numbers"].items()}

    @property
    def payments(self) -> tuple[ReportPayment, ...]:
        return tuple(
            ReportPayment(
                number,
                receipt,
                parse_iso_date(day),
                PaymentKind(kind),
                PaymentMethod(method),
                amount,
            )
            for number, receipt, day, kind, method, amount in self._body["payments"]
        )

    @property
    def charges(self) -> tuple[ReportCharge, ...]:
        return tuple(
            ReportCharge(number, parse_iso_date(day), ChargeKind(kind), amount)
            for number, day, kind, amount in self._body.get("charges", ())
        )

    @property
    def adjustments(self) -> tuple[Adjustment, ...]:
        return tuple(
            Adjustment(Month.parse(month), figure, amount, tuple((n, part) for n, part in orders))
            for month, figure, amount, orders in self._body["adjustments"]
        )

    def rows(self, table: str) -> tuple[RevenueRow, ...]:
        return tuple(RevenueRow(*row) for row in self._body[table])

    def orders(self, session: Session) -> tuple[ReportOrder, ...]:
        listed = self._body["orders"]
        names = _names(session, [row[0] for row in listed])
        found = []
        for number, technician, requested, ready, delivered, *rest in listed:
            status, total, balance, cancelled, returned, *money = rest
            _, customer, device = names[number]
            found.append(
                ReportOrder(
                    number,
                    customer,
                    device,
                    technician,
                    parse_iso_date(requested),
                    _day(ready),
                    _day(delivered),
                    Status(status),
                    total,
                    balance,
                    _day(cancelled),
                    _day(returned),
                    *money,
                )
            )
        return tuple(found)

    def owed(self, session: Session) -> tuple[ReportOwed, ...]:
        names = _names(session, list({piece[0] for piece in self._body["owed"]}))
        last, found = self.month.last, []
        for number, due, amount, *age in self._body["owed"]:
            due_on = _day(due)
            days = days_overdue(due_on, last)
            if self.format == 1:
                days = max((last - due_on).days, 0) if due_on else 0
            named = (number, *names[number][:2], due_on, amount, days)
            found.append(ReportOwed(*named, age[0] if age else age_of_days(days)))
        return tuple(found)

    def shares(self, numbers: set[int]) -> Share:
        """What these orders had in each figure when the month was closed."""
        share: Share = defaultdict(int)
        for key in SHARED:
            for number in numbers.intersection(self._body["numbers"][key]):
                share[number, key] += 1
        for row in self._body["orders"]:
            if row[0] in numbers:
                labor, parts, discount, cost, _late = row[10:15]
                service_cost, _unknown, fee = row[15:] or (0, 0, 0)
                _money(share, row[0], labor, parts, discount, fee, cost, service_cost)
        for number, _, kind, amount in self._body.get("charges", ()):
            if number in numbers:
                _charged(share, number, ChargeKind(kind), amount)
        for number, _, _, kind, _, amount in self._body["payments"]:
            if number in numbers:
                _paid(share, number, PaymentKind(kind), amount)
        for number, _, amount, *_ in self._body["owed"]:
            if number in numbers:
                share[number, "receivable"] += amount
        return share


def _names(session: Session, numbers: Sequence[int]) -> dict[int, tuple[int, str, str]]:
    """Customer's key, name and the device of each order."""
    found: dict[int, tuple[int, str, str]] = {}
    for start in range(0, max(len(numbers), 1), AT_ONCE):
        query = (
            select(
                Order.number,
                Customer.id,
                Customer.name,
                Equipment.kind,
                Equipment.brand,
                Equipment.model,
            )
            .join_from(Order, Customer, Customer.id == Order.customer_id)
            .join(Equipment, Equipment.id == Order.equipment_id)
            .where(Order.number.in_(numbers[start : start + AT_ONCE]))
        )
        for number, key, name, kind, brand, model in session.execute(query):
            found[number] = (key, name, equipment_title(kind, brand, model))
    return found


# --- which months are closed --------------------------------------------------------------------


def closed_months(session: Session) -> list[Closing]:
    """One after the other, the newest last."""
    query = (
        select(MonthClosing.month, MonthClosing.closed_at, Employee.name, MonthClosing.sha256)
        .outerjoin(Employee, Employee.id == MonthClosing.author_id)
        .where(MonthClosing.reopened_at.is_(None))
        .order_by(MonthClosing.month)
    )
    return [
        Closing(Month.parse(month), closed_at, author, digest)
        for month, closed_at, author, digest in session.execute(query)
    ]


def of_periods(session: Session, periods: Iterable[Period]) -> dict[Period, FrozenMonth]:
    """Those of the periods that are closed months."""
    wanted = {str(period.month) for period in periods if period.month is not None}
    found = _frozen(session, MonthClosing.month.in_(wanted))
    return {Period.of_month(each.month): each for each in found}


def _frozen(session: Session, which: ColumnElement[bool]) -> list[FrozenMonth]:
    query = (
        select(MonthClosing, Employee.name)
        .outerjoin(Employee, Employee.id == MonthClosing.author_id)
        .where(MonthClosing.reopened_at.is_(None), which)
        .order_by(MonthClosing.month)
    )
    return [FrozenMonth(row, author) for row, author in session.execute(query)]


# --- what has changed since ---------------------------------------------------------------------


def adjustments(session: Session, month: Month) -> tuple[Adjustment, ...]:
    """What has changed in the closed months, where ``month`` is the first one after them."""
    newest = session.scalar(
        select(func.max(MonthClosing.month)).where(MonthClosing.reopened_at.is_(None))
    )
    if newest is None or Month.parse(newest).next() != month:
        return ()
    closed = _frozen(session, MonthClosing.month <= newest)
    current = _Touched(session, closed[-1].event)
    if not current.orders:
        return ()
    numbers = {order.number for order in current.orders}
    known: dict[Month, Share] = {each.month: each.shares(numbers) for each in closed}
    for each in closed:
        for past in each.adjustments:
            for number, part in past.orders:
                if number in numbers:
                    known[past.month][number, past.figure] += part
    found: list[Adjustment] = []
    for each in closed:
        now = current.shares(each.month, each.format)
        found += _differences(each.month, known[each.month], now)
    return tuple(found)


def _differences(month: Month, before: Share, now: Share) -> list[Adjustment]:
    found = []
    parts: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for number, figure in sorted(before.keys() | now.keys()):
        difference = now.get((number, figure), 0) - before.get((number, figure), 0)
        if difference:
            parts[figure].append((number, difference))
    for figure in ADJUSTED:
        if orders := parts.get(figure):
            amount = sum(part for _, part in orders)
            found.append(Adjustment(month, figure, amount, tuple(orders)))
    return found


class _Touched:
    """The orders that have an event after ``event``, as the record has them now."""

    def __init__(self, session: Session, event: int) -> None:
        ids = select(Event.order_id).where(Event.id > event, Event.order_id.is_not(None))
        imported = select(ImportRow.key).where(
            ImportRow.kind == ImportedKind.ORDER, ImportRow.event_id > event
        )
        touched = or_(Order.id.in_(ids.distinct()), Order.id.in_(imported))
        self.orders: list[PeriodOrder] = period_orders(session, touched)
        self._costs = order_costs(session, select(Order.id).where(touched))
        self._balances: dict[int, int] = dict(
            session.execute(select(Order.id, Order.balance).where(touched)).all()
        )
        self._payments: dict[int, list[Paid]] = defaultdict(list)
        query = select(
            Payment.order_id, Payment.paid_on, Payment.kind, Payment.method, Payment.amount
        ).where(Payment.order_id.in_(ids.distinct()))
        for order, *paid in session.execute(query):
            self._payments[order].append(Paid._make(paid))
        self._charges: dict[int, list[tuple[date, ChargeKind, int]]] = defaultdict(list)
        booked = select(Charge.order_id, Charge.booked_on, Charge.kind, Charge.amount).where(
            Charge.order_id.in_(ids.distinct())
        )
        for order, day, kind, amount in session.execute(booked):
            self._charges[order].append((day, kind, amount))

    def shares(self, month: Month, form: int) -> Share:
        """What these orders have in each figure of the month now, as a format counts."""
        share: Share = defaultdict(int)
        period = Period.of_month(month)
        for order in self.orders:
            number = order.number
            days = {
                "opened": order.requested_on,
                "finished": order.ready_on,
                "delivered": order.delivered_on,
                "cancelled": order.cancelled_on,
            }
            for key, day in days.items():
                share[number, key] += period.contains(day)
            late = _late_of_format_1(period, order) if form == 1 else late_days(period, order) > 0
            share[number, "late"] += late
            if period.contains(order.delivered_on):
                costs = self._costs.get(order.id, NO_COSTS)
                services = 0 if form == 1 else costs.services
                money = (order.labor, order.parts, order.discount, 0, costs.parts, services)
                _money(share, number, *money)
            elif form > 1 and period.contains(order.returned_on):
                _money(share, number, 0, 0, 0, order.fee, 0, 0)
            for day, kind, amount in self._charges[order.id]:
                if period.contains(day):
                    _charged(share, number, kind, amount)
            paid = [each for each in self._payments[order.id] if period.contains(each.paid_on)]
            share[number, "received"] += money_in(paid)
            share[number, "reversed"] += money_out(paid)
            share[number, "receivable"] += self._owed(order, period.last)
        return share

    def _owed(self, order: PeriodOrder, day: date) -> int:
        """As ``report_figures.owed_at`` has it, of one order."""
        ended = (order.ready_on, order.delivered_on, order.returned_on)
        if not any(each is not None and each <= day for each in ended):
            return 0
        if order.cancelled_on is not None and order.cancelled_on <= day:
            return 0
        later = sum(each.amount for each in self._payments[order.id] if each.paid_on > day)
        for booked_on, kind, amount in self._charges[order.id]:
            if booked_on > day:
                later += amount if kind is ChargeKind.ALLOWANCE else -amount
        return max(self._balances[order.id] + later, 0)


def _late_of_format_1(period: Period, order: PeriodOrder) -> bool:
    """Made ready, or else delivered, in the period after its promise."""
    promise = order.promised_on
    days = [day for day in (order.ready_on, order.delivered_on) if day and period.contains(day)]
    return promise is not None and any(day > promise for day in days)


def _money(
    share: Share,
    number: int,
    labor: int,
    parts: int,
    discount: int,
    fee: int,
    cost: int,
    service_cost: int,
) -> None:
    revenue = labor + parts - discount + fee
    sums = {
        "labor": labor,
        "parts": parts,
        "discounts": discount,
        "fees": fee,
        "revenue": revenue,
        "parts_cost": cost,
        "service_cost": service_cost,
        "margin": revenue - cost - service_cost,
    }
    for name, amount in sums.items():
        share[number, name] += amount


def _charged(share: Share, number: int, kind: ChargeKind, amount: int) -> None:
    if kind is ChargeKind.LATE_FEES:
        share[number, "late_fees"] += amount
        return
    share[number, "allowances"] += amount
    share[number, "revenue"] -= amount
    share[number, "margin"] -= amount


def _paid(share: Share, number: int, kind: PaymentKind, amount: int) -> None:
    if kind is PaymentKind.PAYMENT:
        share[number, "received"] += amount
    else:
        share[number, "reversed"] -= amount
