"""The report of a month or any other period: figures by stated dates, who and what they come from,
the orders behind. A month that is closed is shown as it was frozen.

The number of queries is the same for an empty period and a full one.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any, NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from osdesk.domain.calendar import Month, days_overdue, load_zone, local_day, overdue_before
from osdesk.domain.codes import ItemKind, PaymentKind
from osdesk.domain.money import line_total, split_by_weight
from osdesk.domain.period import Period
from osdesk.domain.text import fold
from osdesk.domain.views.figures import (
    Debtor,
    MonthReport,
    ReportOrder,
    ReportOwed,
    ReportPayment,
    RevenueRow,
)
from osdesk.domain.views.orders import equipment_title
from osdesk.domain.views.shop import ShopView
from osdesk.persistence.models import Customer, Employee, Equipment, Item, Order, ServiceType
from osdesk.services.reports import frozen_months
from osdesk.services.reports.figures import (
    PeriodData,
    any_event_in,
    figures_of,
    happened_in,
    late_days,
    read_period,
)
from osdesk.services.shop.shop import shop_view


def month_report(session: Session, month: Month, *, now: datetime) -> MonthReport:
    """All of one month, against the month before and the same month of the year before."""
    return report_of(session, Period.of_month(month), now=now)


def report_of(session: Session, period: Period, *, now: datetime) -> MonthReport:
    """A closed month is given as it was frozen; the first month after the closed ones also says
    what has changed in them since."""
    before, year_ago = period.previous(), period.year_ago()
    frozen = frozen_months.of_periods(session, (period, before, year_ago))
    shop = shop_view(session)
    today = local_day(now, load_zone(shop.zone))
    if period in frozen:
        report = _frozen_report(session, frozen[period], shop, now=now)
    else:
        report = _fresh_report(session, period, today, shop, now=now)
        if period.month is not None:
            found = frozen_months.adjustments(session, period.month)
            report = replace(report, adjustments=found)
    others = {
        each: frozen[each].figures
        if each in frozen
        else figures_of(read_period(session, each, today, whole=False))
        for each in {before, year_ago}
    }
    return replace(report, before=others[before], year_ago=others[year_ago])


def _fresh_report(
    session: Session, period: Period, today: date, shop: ShopView, *, now: datetime
) -> MonthReport:
    data = read_period(session, period, today, whole=True)
    lines = _delivered_lines(session, period)
    figures = figures_of(data)
    return MonthReport(
        shop=shop,
        issued_at=now,
        figures=figures,
        before=figures,
        year_ago=figures,
        partial=today <= period.last,
        received_by_day=_received_by_day(data),
        by_technician=_grouped(lines, lambda line: line.technician),
        by_service_type=_grouped(lines, lambda line: line.service_type),
        by_equipment=_grouped(lines, lambda line: line.equipment),
        debtors=debtors_at(data.owed, data.day),
        numbers=_numbers(data),
        orders=_orders(session, data),
        payments=tuple(each for each in data.payments if isinstance(each, ReportPayment)),
        owed=tuple(data.owed),
    )


def _frozen_report(
    session: Session, frozen: frozen_months.FrozenMonth, shop: ShopView, *, now: datetime
) -> MonthReport:
    owed = frozen.owed(session)
    return MonthReport(
        shop=shop,
        issued_at=now,
        figures=frozen.figures,
        before=frozen.figures,
        year_ago=frozen.figures,
        partial=False,
        received_by_day=frozen.received_by_day,
        by_technician=frozen.rows("by_technician"),
        by_service_type=frozen.rows("by_service_type"),
        by_equipment=frozen.rows("by_equipment"),
        debtors=debtors_at(owed, frozen.month.last),
        numbers=frozen.numbers,
        orders=frozen.orders(session),
        payments=frozen.payments,
        owed=owed,
        closed=frozen.closing,
        adjustments=frozen.adjustments,
    )


def _received_by_day(data: PeriodData) -> tuple[tuple[date, int], ...]:
    period = data.period
    days = {period.first + timedelta(days=count): 0 for count in range(period.days)}
    for paid in data.payments:
        days[paid.paid_on] += paid.amount
    return tuple(days.items())


def _numbers(data: PeriodData) -> dict[str, tuple[int, ...]]:
    """Which orders each count and each sum of money counted, by number."""
    holds = data.period.holds
    counted: dict[str, Callable[[Any], bool]] = {
        "opened": lambda order: holds(order.requested_on),
        "finished": lambda order: holds(order.ready_on),
        "delivered": lambda order: holds(order.delivered_on),
        "cancelled": lambda order: holds(order.cancelled_on),
        "late": lambda order: late_days(data.period, order) > 0,
    }
    numbers = {
        key: tuple(order.number for order in data.orders if counts(order))
        for key, counts in counted.items()
    }
    paid = [each for each in data.payments if isinstance(each, ReportPayment)]
    came = {each.number for each in paid if each.kind is PaymentKind.PAYMENT}
    went = {each.number for each in paid if each.kind is not PaymentKind.PAYMENT}
    return numbers | {
        "receivable": tuple(dict.fromkeys(owed.number for owed in data.owed)),
        "received": tuple(sorted(came)),
        "reversed": tuple(sorted(went)),
    }


def debtors_at(owed: Iterable[ReportOwed], day: date) -> tuple[Debtor, ...]:
    """Customers with something past its due day, the largest first."""
    found: dict[int, Debtor] = {}
    for each in owed:
        if each.due_on is None or each.due_on >= overdue_before(day):
            continue
        known = found.get(each.customer_id)
        since = min(known.since, each.due_on) if known else each.due_on
        amount = each.amount + (known.amount if known else 0)
        days = days_overdue(since, day)
        found[each.customer_id] = Debtor(each.customer_id, each.customer, amount, since, days)
    return tuple(sorted(found.values(), key=lambda d: (-d.amount, d.since, d.customer_id)))


# --- names --------------------------------------------------------------------------------------


class Line(NamedTuple):
    """A line of a delivered order, with its part of the order's discount."""

    order: int
    technician: str | None
    """The line's own, else the order's."""
    service_type: str
    equipment: str
    labor: int
    parts: int
    discount: int
    cost: int


def _delivered_lines(session: Session, period: Period) -> list[Line]:
    """Lines of the orders delivered in the period; an order without any gives one of nothing."""
    query = (
        select(
            Order.id,
            Order.discount,
            Employee.name.label("technician"),
            ServiceType.name.label("service_type"),
            Equipment.kind.label("equipment"),
            Item.kind,
            Item.total,
            Item.quantity,
            Item.unit_cost,
        )
        .join_from(Order, ServiceType, ServiceType.id == Order.service_type_id)
        .join(Equipment, Equipment.id == Order.equipment_id)
        .outerjoin(Item, Item.order_id == Order.id)
        .outerjoin(Employee, Employee.id == func.coalesce(Item.technician_id, Order.technician_id))
        .where(happened_in(Order.delivered_on, period))
        .order_by(Order.id, Item.position)
    )
    lines: list[Line] = []
    for _, group in groupby(session.execute(query), key=lambda row: row.id):
        lines.extend(_with_discount(list(group)))
    return lines


def _with_discount(rows: list[Any]) -> Iterator[Line]:
    """One order's lines; its discount is split by largest remainder over their totals."""
    discounts = split_by_weight(rows[0].discount, [row.total or 0 for row in rows])
    for row, discount in zip(rows, discounts, strict=True):
        part = row.kind is ItemKind.PART
        total = row.total or 0
        cost = line_total(row.quantity, row.unit_cost) if part and row.unit_cost else 0
        yield Line(
            row.id,
            row.technician,
            row.service_type,
            row.equipment,
            0 if part else total,
            total if part else 0,
            discount,
            cost,
        )


@dataclass
class _Sum:
    name: str | None
    orders: set[int] = field(default_factory=set)
    labor: int = 0
    parts: int = 0
    discounts: int = 0
    cost: int = 0

    def row(self) -> RevenueRow:
        revenue = self.labor + self.parts - self.discounts
        return RevenueRow(
            self.name,
            len(self.orders),
            self.labor,
            self.parts,
            self.discounts,
            revenue,
            self.cost,
        )


def _grouped(
    lines: Iterable[Line], name_of: Callable[[Line], str | None]
) -> tuple[RevenueRow, ...]:
    """Sums by name, the largest revenue first; names that differ in case or accents are one."""
    sums: dict[str | None, _Sum] = {}
    folded: dict[str, str] = {}
    for line in lines:
        name = name_of(line)
        key = name
        if name is not None and (key := folded.get(name)) is None:
            key = folded[name] = fold(name)
        each = sums.setdefault(key, _Sum(name))
        each.orders.add(line.order)
        each.labor += line.labor
        each.parts += line.parts
        each.discounts += line.discount
        each.cost += line.cost
    rows = [each.row() for each in sums.values()]
    return tuple(sorted(rows, key=lambda row: (-row.revenue, -row.orders, row.name or "")))


# --- the list -----------------------------------------------------------------------------------


def _orders(session: Session, data: PeriodData) -> tuple[ReportOrder, ...]:
    counted = {order.number: order for order in data.orders}
    period = data.period
    query = (
        select(
            Order.number,
            Customer.name,
            Equipment.kind,
            Equipment.brand,
            Equipment.model,
            Employee.name,
            Order.requested_on,
            Order.ready_on,
            Order.delivered_on,
            Order.status,
            Order.total,
            Order.balance,
            Order.cancelled_on,
            Order.returned_on,
        )
        .join_from(Order, Customer, Customer.id == Order.customer_id)
        .join(Equipment, Equipment.id == Order.equipment_id)
        .outerjoin(Employee, Employee.id == Order.technician_id)
        .where(any_event_in(period))
        .order_by(Order.number)
    )
    listed = []
    for number, customer, kind, brand, model, *rest in session.execute(query):
        order = counted[number]
        row = ReportOrder(number, customer, equipment_title(kind, brand, model), *rest)
        row = replace(row, late_days=late_days(period, order))
        if period.holds(order.delivered_on):
            row = replace(
                row,
                labor=order.labor,
                parts=order.parts,
                discount=order.discount,
                parts_cost=data.costs.get(order.id, 0),
            )
        listed.append(row)
    return tuple(listed)
