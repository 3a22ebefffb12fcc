"""What the dashboard and the month report count: frozen figures, loaded whole.

Money is whole centavos, days are local dates, moments are aware UTC.
"""

from dataclasses import dataclass
from datetime import date, datetime

from osdesk.domain.calendar import Month
from osdesk.domain.codes import PaymentMethod
from osdesk.domain.shop_shapes import (
    ShopView,
)
from osdesk.domain.status import OrderFilter, Status


@dataclass(frozen=True, slots=True)
class FilterCounts:
    counts: dict[OrderFilter, int]
    receivable: int
    """Centavos behind the chip *A receber*."""


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
    quote_expired, not_collected, overdue."""

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


@dataclass(frozen=True, slots=True)
class MonthFigures:
    """Figures of one month; each says by which date it counts in ``osdesk.texts``."""

    month: Month
    opened: int
    finished: int
    delivered: int
    cancelled: int
    late: int
    mean_late_days: int
    """Tenths of a day."""
    mean_days_to_ready: int
    """From entry to ready of what became ready in the month, tenths of a day."""
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
class MonthReport:
    shop: ShopView
    issued_at: datetime
    figures: MonthFigures
    before: MonthFigures
    """The month before."""
    year_ago: MonthFigures
    """The same month of the year before."""
    partial: bool
    """The month has not ended at ``issued_at``."""
    received_by_day: tuple[tuple[date, int], ...]
    """Every day of the month, net of reversals and refunds."""
    by_technician: tuple[RevenueRow, ...]
    by_service_type: tuple[RevenueRow, ...]
    by_equipment: tuple[RevenueRow, ...]
    debtors: tuple[Debtor, ...]
    """Overdue at the month's end, the largest first."""
    numbers: dict[str, tuple[int, ...]]
    """Order numbers behind opened, finished, delivered, cancelled, late, receivable."""
    orders: tuple[ReportOrder, ...]
    """Every order opened, finished, delivered, cancelled or returned in the month."""
