"""The report of a month or any other period: figures by stated dates, who and what they come from,
the orders behind. A month that is closed is shown as it was frozen.

The number of queries is the same for an empty period and a full one.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any, NamedTuple

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from osdesk.domain.calendar import Month, load_zone, local_day
from osdesk.domain.codes import ChargeKind, ItemKind, PaymentKind
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
from osdesk.domain.views.listing import equipment_title
from osdesk.domain.views.shop import ShopView
from osdesk.persistence.models import (
    Charge,
    Customer,
    Employee,
    Equipment,
    Item,
    Order,
    ServiceType,
)
from osdesk.services.reports import frozen_months
from osdesk.services.reports.figures import (
    NO_COSTS,
    PeriodData,
    anything_in,
    figures_of,
    happened_in,
    late_days,
    read_periods,
)
from osdesk.services.shop.shop import shop_view


def month_report(session: Session, month: Month, *, now: datetime) -> MonthReport:
    """All of one month, against the month before and the same month of the year before."""
    return report_of(session, Period.of_month(month), now=now)


def report_of(
    session: Session,
    period: Period,
    *,
    now: datetime,
    each: Callable[[], object] = lambda: None,
) -> MonthReport:
    """A closed month is given as it was frozen; the first month after the closed ones also says
    what has changed in them since. ``each`` is called between the steps; what it raises ends the
    work."""
    shop = shop_view(session)
    zone = load_zone(shop.zone)
    today = local_day(now, zone)
    before, year_ago = period.previous(), period.year_ago()
    if period.first <= today <= period.last:  # a whole month would always look better than a part
        passed = (today - period.first).days
        before, year_ago = before.up_to(passed), year_ago.up_to(passed)
    frozen = frozen_months.of_periods(session, (period, before, year_ago))
    counted = [each for each in dict.fromkeys((period, before, year_ago)) if each not in frozen]
    read = read_periods(session, counted, today, zone, whole=period, each=each)
    if period in frozen:
        report = _frozen_report(session, frozen[period], shop, now=now)
    else:
        report = _fresh_report(session, read[period], today, shop, now=now, each=each)
        if period.month is not None:
            found = frozen_months.adjustments(session, period.month)
            report = replace(report, adjustments=found)
    others = {
        each: frozen[each].figures if each in frozen else figures_of(read[each])
        for each in {before, year_ago}
    }
    return replace(report, before=others[before], year_ago=others[year_ago])


def _fresh_report(
    session: Session,
    data: PeriodData,
    today: date,
    shop: ShopView,
    *,
    now: datetime,
    each: Callable[[], object],
) -> MonthReport:
    period = data.period
    lines = list(_lines(session, data))
    each()
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
        debtors=debtors_of(data.owed),
        numbers=_numbers(data),
        orders=_orders(session, data),
        payments=tuple(paid for paid in data.payments if isinstance(paid, ReportPayment)),
        owed=tuple(data.owed),
        charges=tuple(data.charges),
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
        debtors=debtors_of(owed),
        numbers=frozen.numbers,
        orders=frozen.orders(session),
        payments=frozen.payments,
        owed=owed,
        charges=frozen.charges,
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
    in_period = data.period.contains
    counted: dict[str, Callable[[Any], bool]] = {
        "opened": lambda order: in_period(order.requested_on),
        "finished": lambda order: in_period(order.ready_on),
        "delivered": lambda order: in_period(order.delivered_on),
        "cancelled": lambda order: in_period(order.cancelled_on),
        "late": lambda order: late_days(data.period, order) > 0,
    }
    numbers = {
        key: tuple(order.number for order in data.orders if counts(order))
        for key, counts in counted.items()
    }
    paid = [each for each in data.payments if isinstance(each, ReportPayment)]
    came = {each.number for each in paid if each.kind is PaymentKind.PAYMENT}
    went = {each.number for each in paid if each.kind is not PaymentKind.PAYMENT}
    charged = {
        kind: tuple(sorted({each.number for each in data.charges if each.kind is kind}))
        for kind in ChargeKind
    }
    return numbers | {
        "late_open": tuple(data.late_open),
        "fees": tuple(order.number for order in data.returned),
        "allowances": charged[ChargeKind.ALLOWANCE],
        "cost_unknown": tuple(
            order.number for order in data.delivered if data.costs.get(order.id, NO_COSTS).unknown
        ),
        "receivable": tuple(dict.fromkeys(owed.number for owed in data.owed)),
        "received": tuple(sorted(came)),
        "reversed": tuple(sorted(went)),
        "late_fees": charged[ChargeKind.LATE_FEES],
    }


def debtors_of(owed: Iterable[ReportOwed]) -> tuple[Debtor, ...]:
    """Customers with something overdue, the largest first."""
    found: dict[int, Debtor] = {}
    for each in owed:
        if each.due_on is None or not each.days_late:
            continue
        known = found.get(each.customer_id)
        since = min(known.since, each.due_on) if known else each.due_on
        amount = each.amount + (known.amount if known else 0)
        days = max(each.days_late, known.days if known else 0)
        found[each.customer_id] = Debtor(each.customer_id, each.customer, amount, since, days)
    return tuple(sorted(found.values(), key=lambda d: (-d.amount, d.since, d.customer_id)))


# --- names --------------------------------------------------------------------------------------


class RevenueLine(NamedTuple):
    """A line of a delivered order with its part of the order's discount, the fee of a returned
    one, or a line's part of an allowance."""

    order: int
    technician: str | None
    """The line's own, else the order's."""
    service_type: str
    equipment: str
    labor: int = 0
    parts: int = 0
    discount: int = 0
    parts_cost: int = 0
    service_cost: int = 0
    cost_unknown: int = 0
    fee: int = 0
    allowance: int = 0


def _lines(session: Session, data: PeriodData) -> Iterator[RevenueLine]:
    """The lines of what was delivered, returned or allowed something in the period; an order
    without any counts as one line of nothing."""
    period = data.period
    allowed: Counter[int] = Counter()
    for charge in data.charges:
        if charge.kind is ChargeKind.ALLOWANCE:
            allowed[charge.number] += charge.amount
    booked = select(Charge.order_id).where(
        Charge.kind == ChargeKind.ALLOWANCE, happened_in(Charge.booked_on, period)
    )
    query = (
        select(
            Order.id,
            Order.number,
            Order.delivered_on,
            Order.returned_on,
            Order.discount,
            Order.fee,
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
        .where(
            or_(
                happened_in(Order.delivered_on, period),
                and_(happened_in(Order.returned_on, period), Order.fee > 0),
                Order.id.in_(booked),
            )
        )
        .order_by(Order.id, Item.position)
    )
    for _, group in groupby(session.execute(query), key=lambda row: row.id):
        rows = list(group)
        if period.contains(rows[0].delivered_on):
            yield from _delivered(rows)
        elif period.contains(rows[0].returned_on):
            yield from _returned(rows)
        yield from _allowed(rows, allowed[rows[0].number])


def _delivered(rows: list[Any]) -> Iterator[RevenueLine]:
    """The order's discount is split by largest remainder over the lines' totals."""
    discounts = split_by_weight(rows[0].discount, [row.total or 0 for row in rows])
    for row, discount in zip(rows, discounts, strict=True):
        part = row.kind is ItemKind.PART
        total = row.total or 0
        cost = line_total(row.quantity, row.unit_cost) if row.unit_cost else 0
        yield RevenueLine(
            row.id,
            row.technician,
            row.service_type,
            row.equipment,
            labor=0 if part else total,
            parts=total if part else 0,
            discount=discount,
            parts_cost=cost if part else 0,
            service_cost=0 if part else cost,
            cost_unknown=total if part and row.unit_cost is None else 0,
        )


def _returned(rows: list[Any]) -> Iterator[RevenueLine]:
    """The fee is split over the lines that were not done, as a discount is."""
    fees = split_by_weight(rows[0].fee, [row.total or 0 for row in rows])
    for row, fee in zip(rows, fees, strict=True):
        if fee:
            yield RevenueLine(row.id, row.technician, row.service_type, row.equipment, fee=fee)


def _allowed(rows: list[Any], amount: int) -> Iterator[RevenueLine]:
    parts = split_by_weight(amount, [row.total or 0 for row in rows])
    for row, part in zip(rows, parts, strict=True):
        if part:
            yield RevenueLine(
                row.id, row.technician, row.service_type, row.equipment, allowance=part
            )


@dataclass
class _Sum:
    name: str | None
    orders: set[int] = field(default_factory=set)
    labor: int = 0
    parts: int = 0
    discounts: int = 0
    parts_cost: int = 0
    service_cost: int = 0
    cost_unknown: int = 0
    fees: int = 0
    allowances: int = 0

    def add(self, line: RevenueLine) -> None:
        if not line.allowance:  # an order that was only allowed something did not come to be now
            self.orders.add(line.order)
        self.labor += line.labor
        self.parts += line.parts
        self.discounts += line.discount
        self.parts_cost += line.parts_cost
        self.service_cost += line.service_cost
        self.cost_unknown += line.cost_unknown
        self.fees += line.fee
        self.allowances += line.allowance

    def row(self) -> RevenueRow:
        revenue = self.labor + self.parts - self.discounts + self.fees - self.allowances
        return RevenueRow(
            self.name,
            len(self.orders),
            self.labor,
            self.parts,
            self.discounts,
            revenue,
            self.parts_cost,
            self.service_cost,
            self.cost_unknown,
            self.fees,
            self.allowances,
        )


def _grouped(
    lines: Iterable[RevenueLine], name_of: Callable[[RevenueLine], str | None]
) -> tuple[RevenueRow, ...]:
    """Sums by name, the largest revenue first; names that differ in case or accents are one."""
    sums: dict[str | None, _Sum] = {}
    folded: dict[str, str] = {}
    for line in lines:
        name = name_of(line)
        key = name
        if name is not None and (key := folded.get(name)) is None:
            key = folded[name] = fold(name)
        sums.setdefault(key, _Sum(name)).add(line)
    rows = [each.row() for each in sums.values()]
    return tuple(sorted(rows, key=lambda row: (-row.revenue, -row.orders, row.name or "")))


# --- the list -----------------------------------------------------------------------------------


def _orders(session: Session, data: PeriodData) -> tuple[ReportOrder, ...]:
    """Every order to which something happened in the period; to some only a payment did."""
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
        .where(anything_in(period))
        .order_by(Order.number)
    )
    listed = []
    for number, customer, kind, brand, model, *rest in session.execute(query):
        row = ReportOrder(number, customer, equipment_title(kind, brand, model), *rest)
        order = counted.get(number)
        if order is None:
            listed.append(row)
            continue
        row = replace(row, late_days=late_days(period, order))
        if period.contains(order.delivered_on):
            costs = data.costs.get(order.id, NO_COSTS)
            row = replace(
                row,
                labor=order.labor,
                parts=order.parts,
                discount=order.discount,
                parts_cost=costs.parts,
                service_cost=costs.services,
                cost_unknown=costs.unknown,
            )
        elif period.contains(order.returned_on):
            row = replace(row, fee=order.fee)
        listed.append(row)
    return tuple(listed)
