"""What the dashboard and the month report count: frozen figures, loaded whole.

Money is whole centavos, days are local dates, moments are aware UTC.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime

from osdesk.domain.calendar import Month
from osdesk.domain.codes import ChargeKind, PaymentKind, PaymentMethod
from osdesk.domain.orders.status import Status
from osdesk.domain.period import Period
from osdesk.domain.views.shop import (
    ShopView,
)

COUNTS = ("opened", "finished", "delivered", "cancelled", "late", "late_open")
"""Figures that are orders; ``MEANS`` are tenths of a day, all others centavos."""
MEANS = {"mean_late_days": "late", "mean_days_to_ready": "finished"}
"""Each mean, and the count of the orders that it is of."""
SELDOM = ("late_open", "fees", "allowances", "service_cost", "cost_unknown", "late_fees")
"""Figures that many months do not have, and that months closed by the first definitions did not
count: where there is little room they stand only if they are."""


@dataclass(frozen=True, slots=True)
class MoneyCount:
    orders: int
    amount: int


@dataclass(frozen=True, slots=True)
class Debtor:
    customer_id: int
    customer: str
    amount: int
    since: date
    days: int


@dataclass(frozen=True, slots=True)
class Attention:
    """One line of *Precisa de você hoje*. ``why``: late, due_today, quote_unanswered,
    quote_expired, not_collected, overdue, to_refund, unsigned."""

    number: int
    why: str
    days: int
    customer: str
    equipment: str
    technician: str | None
    promised_time: str | None
    amount: int


@dataclass(frozen=True, slots=True)
class TechnicianLoad:
    technician: str | None
    open: int
    late: int
    technician_id: int | None = None


@dataclass(frozen=True, slots=True)
class Dashboard:
    today: date
    open: int
    in_progress: int
    late: int
    awaiting_approval: int
    ready: int
    receivable: MoneyCount
    overdue: MoneyCount
    revenue_month: int
    revenue_same_day_last_month: int
    """Revenue of last month up to the same day of the month."""
    revenue_months: tuple[tuple[Month, int], ...]
    """Twelve, this month the last; of a closed one what was frozen."""
    revenue_adjustments: tuple[tuple[Month, int], ...]
    """Of the closed ones among them: what their record says now, less what was frozen."""
    opened_today: int
    oldest_late_days: int
    ready_over_30_days: int
    debtors: tuple[Debtor, ...]
    """All of them, the largest debt first."""
    attention: tuple[Attention, ...]
    load: tuple[TechnicianLoad, ...]


@dataclass(frozen=True, slots=True)
class RevenueRow:
    """Revenue under one name (technician, service type, kind of equipment)."""

    name: str | None
    orders: int
    """Delivered, or returned for a fee."""
    labor: int
    parts: int
    discounts: int
    revenue: int
    parts_cost: int
    service_cost: int = 0
    cost_unknown: int = 0
    fees: int = 0
    allowances: int = 0

    @property
    def margin(self) -> int:
        return self.revenue - self.parts_cost - self.service_cost


@dataclass(frozen=True, slots=True)
class ReportOrder:
    number: int
    customer: str
    equipment: str
    technician: str | None
    requested_on: date
    ready_on: date | None
    delivered_on: date | None
    status: Status
    total: int
    balance: int
    cancelled_on: date | None = None
    returned_on: date | None = None
    labor: int = 0
    """This and the next three: of an order delivered in the period, else 0."""
    parts: int = 0
    discount: int = 0
    parts_cost: int = 0
    late_days: int = 0
    """Days past the promise when it became ready in the period; 0 is in time."""
    service_cost: int = 0
    """Of an order delivered in the period, else 0; so is the next."""
    cost_unknown: int = 0
    """Price of its parts without a cost."""
    fee: int = 0
    """Of an order returned in the period, else 0."""

    @property
    def revenue(self) -> int:
        """What the order brought to the period's revenue, before allowances."""
        return self.labor + self.parts - self.discount + self.fee

    @property
    def margin(self) -> int:
        return self.revenue - self.parts_cost - self.service_cost


@dataclass(frozen=True, slots=True)
class ReportPayment:
    """A payment, a reversal or a refund of the period; money going out is negative."""

    number: int
    """Of the order."""
    receipt: int
    paid_on: date
    kind: PaymentKind
    method: PaymentMethod
    amount: int


@dataclass(frozen=True, slots=True)
class ReportCharge:
    """An allowance (the price fell after delivery) or late fees of the period; late fees that were
    reversed are negative."""

    number: int
    """Of the order."""
    booked_on: date
    kind: ChargeKind
    amount: int


@dataclass(frozen=True, slots=True)
class ReportOwed:
    """What of an order was owed at the period's end: one for each part with its own due day."""

    number: int
    customer_id: int
    customer: str
    due_on: date | None
    amount: int
    days_late: int = 0
    """Days since the last day to pay; 0 while it runs."""
    age: str = "not_due"
    """A key of ``MonthFigures.receivable_by_age``."""


@dataclass(frozen=True, slots=True)
class MonthFigures:
    """Figures of a month or any other period; each says by which date it counts in
    ``osdesk.texts``."""

    period: Period
    opened: int
    finished: int
    delivered: int
    cancelled: int
    late: int
    """Became ready in the period after their promise."""
    mean_late_days: int
    """Tenths of a day."""
    mean_days_to_ready: int
    """From entry to ready of what became ready in the period, tenths of a day."""
    labor: int
    parts: int
    discounts: int
    revenue: int
    parts_cost: int
    received: int
    reversed: int
    received_by_method: dict[PaymentMethod, int]
    receivable: int
    receivable_orders: int
    receivable_by_age: dict[str, int]
    """Keys not_due, 1-30, 31-60, 61-90, over_90, not_delivered (of what is ready and waits for its
    customer, unless it is overdue); always all six, in this order."""
    late_open: int = 0
    """Promised by the period's end, not ready then."""
    fees: int = 0
    """Of orders returned without service."""
    allowances: int = 0
    """By which prices fell after delivery."""
    late_fees: int = 0
    """Fines and interest booked: no revenue."""
    service_cost: int = 0
    cost_unknown: int = 0
    """Price of the parts whose cost nobody gave."""

    @property
    def margin(self) -> int:
        return self.revenue - self.parts_cost - self.service_cost


@dataclass(frozen=True, slots=True)
class Closing:
    """A month that is closed: its report is frozen, ``sha256`` covers it."""

    month: Month
    closed_at: datetime
    author: str | None
    sha256: str


@dataclass(frozen=True, slots=True)
class Adjustment:
    """What changed in one figure of a closed month since it was last counted."""

    month: Month
    figure: str
    """A key of ``osdesk.texts.FIGURE``."""
    amount: int
    """Centavos, or orders of a count."""
    orders: tuple[tuple[int, int], ...]
    """Number and part of the difference of each order that made it, by number."""


@dataclass(frozen=True, slots=True)
class ClosingState:
    """What may be done with a month: of two closed ones only the later may be reopened."""

    closed: Closing | None
    may_close: bool
    may_reopen: bool


@dataclass(frozen=True, slots=True)
class MonthReport:
    """All of a month, or of any other period."""

    shop: ShopView
    issued_at: datetime
    figures: MonthFigures
    before: MonthFigures
    """The month before, or as many days; of a period that runs up to the same day."""
    year_ago: MonthFigures
    """The same month, or the same days, of the year before; up to the same day as well."""
    partial: bool
    """The period has not ended at ``issued_at``."""
    received_by_day: tuple[tuple[date, int], ...]
    """Every day of the period, net of reversals and refunds."""
    by_technician: tuple[RevenueRow, ...]
    by_service_type: tuple[RevenueRow, ...]
    by_equipment: tuple[RevenueRow, ...]
    debtors: tuple[Debtor, ...]
    """Overdue at the period's end, the largest first."""
    numbers: dict[str, tuple[int, ...]]
    """Order numbers behind opened, finished, delivered, cancelled, late, late_open, fees,
    allowances, cost_unknown, receivable, received, reversed, late_fees; a month closed by the first
    definitions has not all of them."""
    orders: tuple[ReportOrder, ...]
    """Every order opened, finished, delivered, cancelled, returned or paid for in the period."""
    payments: tuple[ReportPayment, ...] = ()
    """By day."""
    owed: tuple[ReportOwed, ...] = ()
    """At the period's end, by order and due day."""
    charges: tuple[ReportCharge, ...] = ()
    """By day."""
    closed: Closing | None = None
    adjustments: tuple[Adjustment, ...] = ()
    """Of closed months, in the report of the first month after them."""

    @property
    def period(self) -> Period:
        return self.figures.period


def billed_orders(report: MonthReport) -> list[tuple[ReportOrder, RevenueRow]]:
    """The orders that brought revenue in the period or lost some of it, with their share of each
    sum: delivered, returned for a fee, allowed something."""
    allowed: Counter[int] = Counter()
    for charge in report.charges:
        if charge.kind is ChargeKind.ALLOWANCE:
            allowed[charge.number] += charge.amount
    return [
        (order, _share(order, allowed[order.number]))
        for order in report.orders
        if report.period.contains(order.delivered_on) or order.fee or allowed[order.number]
    ]


def _share(order: ReportOrder, allowed: int) -> RevenueRow:
    return RevenueRow(
        order.technician,
        1,
        order.labor,
        order.parts,
        order.discount,
        order.revenue - allowed,
        order.parts_cost,
        order.service_cost,
        order.cost_unknown,
        order.fee,
        allowed,
    )
