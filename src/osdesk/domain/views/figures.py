"""What the dashboard and the month report count: frozen figures, loaded whole.

Money is whole centavos, days are local dates, moments are aware UTC.
"""

from dataclasses import dataclass
from datetime import date, datetime

from osdesk.domain.calendar import Month
from osdesk.domain.codes import PaymentKind, PaymentMethod
from osdesk.domain.orders.status import Status
from osdesk.domain.period import Period
from osdesk.domain.views.shop import (
    ShopView,
)


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
    quote_expired, not_collected, overdue, unsigned."""

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
    """Twelve, this month the last."""
    opened_today: int
    oldest_late_days: int
    ready_over_30_days: int
    debtors: tuple[Debtor, ...]
    """All of them, the largest debt first."""
    attention: tuple[Attention, ...]
    load: tuple[TechnicianLoad, ...]


@dataclass(frozen=True, slots=True)
class RevenueRow:
    """Revenue of delivered orders under one name (technician, service type, kind of equipment)."""

    name: str | None
    orders: int
    labor: int
    parts: int
    discounts: int
    revenue: int
    parts_cost: int


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
    """Days past the promise when it became ready or was delivered in the period; 0 is in time."""

    @property
    def revenue(self) -> int:
        return self.labor + self.parts - self.discount


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
class ReportOwed:
    """What of an order was owed at the period's end: one for each part with its own due day."""

    number: int
    customer_id: int
    customer: str
    due_on: date | None
    amount: int


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
    """Keys not_due, 1-30, 31-60, 61-90, over_90; always all five, in this order."""

    @property
    def margin(self) -> int:
        return self.revenue - self.parts_cost


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
    """The month before, or as many days."""
    year_ago: MonthFigures
    """The same month, or the same days, of the year before."""
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
    """Order numbers behind opened, finished, delivered, cancelled, late, receivable, received,
    reversed."""
    orders: tuple[ReportOrder, ...]
    """Every order opened, finished, delivered, cancelled or returned in the period."""
    payments: tuple[ReportPayment, ...] = ()
    """By day."""
    owed: tuple[ReportOwed, ...] = ()
    """At the period's end, by order and due day."""
    closed: Closing | None = None
    adjustments: tuple[Adjustment, ...] = ()
    """Of closed months, in the report of the first month after them."""

    @property
    def period(self) -> Period:
        return self.figures.period
