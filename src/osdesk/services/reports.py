"""The closing of a month: figures by stated dates, who and what they come from, the orders behind.

The number of queries is the same for an empty month and a full one.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any, NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from osdesk.domain.calendar import Month, load_zone, local_day
from osdesk.domain.codes import ItemKind
from osdesk.domain.figures import Debtor, MonthReport, ReportOrder, RevenueRow
from osdesk.domain.money import line_total, split_by_weight
from osdesk.domain.shapes import equipment_title
from osdesk.domain.text import fold
from osdesk.persistence.models import Customer, Employee, Equipment, Item, Order, ServiceType
from osdesk.services.report_figures import (
    MonthData,
    Owed,
    any_event_in,
    figures_of,
    happened_in,
    late_days,
    read_month,
)
from osdesk.services.shop import shop_view


def month_report(session: Session, month: Month, *, now: datetime) -> MonthReport:
    """All of one month, against the month before and the same month of the year before."""
    shop = shop_view(session)
    today = local_day(now, load_zone(shop.zone))
    data = read_month(session, month, today)
    lines = _delivered_lines(session, month)
    return MonthReport(
        shop=shop,
        issued_at=now,
        figures=figures_of(data),
        before=figures_of(read_month(session, month.previous(), today)),
        year_ago=figures_of(read_month(session, month.same_last_year(), today)),
        partial=today <= month.last,
        received_by_day=_received_by_day(data),
        by_technician=_grouped(lines, lambda line: line.technician),
        by_service_type=_grouped(lines, lambda line: line.service_type),
        by_equipment=_grouped(lines, lambda line: line.equipment),
        debtors=_debtors(data.owed, data.day),
        numbers=_numbers(data),
        orders=_orders(session, month),
    )


def _received_by_day(data: MonthData) -> tuple[tuple[date, int], ...]:
    month = data.month
    days = {
        month.first + timedelta(days=count): 0
        for count in range((month.last - month.first).days + 1)
    }
    for paid in data.payments:
        days[paid.paid_on] += paid.amount
    return tuple(days.items())


def _numbers(data: MonthData) -> dict[str, tuple[int, ...]]:
    """Which orders each count counted, by number."""
    counted: dict[str, Callable[[Any], bool]] = {
        "opened": lambda order: data.happened(order.requested_on),
        "finished": lambda order: data.happened(order.ready_on),
        "delivered": lambda order: data.happened(order.delivered_on),
        "cancelled": lambda order: data.happened(order.cancelled_on),
        "late": lambda order: late_days(data, order) > 0,
    }
    numbers = {
        key: tuple(order.number for order in data.orders if counts(order))
        for key, counts in counted.items()
    }
    return numbers | {"receivable": tuple(owed.number for owed in data.owed)}


def _debtors(owed: Iterable[Owed], day: date) -> tuple[Debtor, ...]:
    """Customers with a balance past its due day, the largest first."""
    found: dict[int, Debtor] = {}
    for each in owed:
        if each.due_on is None or each.due_on >= day:
            continue
        known = found.get(each.customer_id)
        since = min(known.since, each.due_on) if known else each.due_on
        amount = each.balance + (known.amount if known else 0)
        days = (day - since).days
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


def _delivered_lines(session: Session, month: Month) -> list[Line]:
    """Lines of the orders delivered in the month; an order without any gives one of nothing."""
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
        .where(happened_in(Order.delivered_on, month))
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


def _orders(session: Session, month: Month) -> tuple[ReportOrder, ...]:
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
        )
        .join_from(Order, Customer, Customer.id == Order.customer_id)
        .join(Equipment, Equipment.id == Order.equipment_id)
        .outerjoin(Employee, Employee.id == Order.technician_id)
        .where(any_event_in(month))
        .order_by(Order.number)
    )
    return tuple(
        ReportOrder(number, customer, equipment_title(kind, brand, model), *rest)
        for number, customer, kind, brand, model, *rest in session.execute(query)
    )
