"""The figures of the dashboard: each one query over an index of its own, constant in number."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, exists, func, literal_column, null, or_, select
from sqlalchemy.orm import Session

from osdesk.domain.calendar import Month, days_overdue, overdue_before
from osdesk.domain.codes import ChargeKind, EventCode, Paper
from osdesk.domain.orders.status import CLOSED, UNSERVICED, WORKING, OrderFilter, Status
from osdesk.domain.views.figures import Attention, Dashboard, Debtor, MoneyCount, TechnicianLoad
from osdesk.domain.views.listing import equipment_title
from osdesk.persistence.models import (
    Charge,
    Customer,
    Employee,
    Equipment,
    Event,
    MonthClosing,
    Order,
    Quote,
)
from osdesk.persistence.models import IssuedPaper as PaperRow
from osdesk.services.customers.owed import owed_pieces
from osdesk.services.orders.listing import (
    BATCH,
    IS_OPEN,
    IS_OWED,
    PROMISED,
    filter_counts,
    late_condition,
)
from osdesk.services.reports.frozen_months import FORMAT
from osdesk.services.shop.shop import zone_of

ATTENTION_ROWS = 50
UNANSWERED_DAYS = 2
"""A quote without an answer for this long needs a call."""
LONG_READY_DAYS = 30
URGENCY = (
    "late",
    "due_today",
    "quote_expired",
    "quote_unanswered",
    "not_collected",
    "overdue",
    "to_refund",
    "unsigned",
)

IS_TO_REFUND = and_(
    # in the very words of the partial index
    literal_column("orders.balance < 0"),
    or_(
        Order.status.in_(sorted(CLOSED | UNSERVICED)),
        Order.labor_total + Order.parts_total > 0,
        Order.warranty_return_of_id.is_not(None),
    ),
)
"""More was paid than the order comes to; a deposit for one without a price yet is a credit."""
MONEY_EVENTS = (
    *(EventCode.MOVED, EventCode.REOPENED, EventCode.ORDER_CHANGED, EventCode.PRICE_LOWERED),
    *(EventCode.PAID, EventCode.REVERSED, EventCode.REFUNDED),
)
"""After these an order may come to less than was paid."""

READY_ON: ColumnElement[date] = literal_column("+orders.ready_on", Order.ready_on.type)
REQUESTED_ON: ColumnElement[date] = literal_column("+orders.requested_on", Order.requested_on.type)
OF_FEW: ColumnElement[int] = literal_column("+orders.number")
"""Few orders are open or to be refunded, and an index of their own finds them; without the sign
SQLite walks another over all that was ever ready, requested or numbered, for its order."""


def dashboard(session: Session, *, now: datetime) -> Dashboard:
    """All figures as of ``now``, in the shop's zone."""
    zone = zone_of(session)
    local = now.astimezone(zone)
    today = local.date()
    chips = filter_counts(session, now=now)
    counts = chips.counts
    months, adjusted = _revenue_months(session, today)
    late_pieces = _late_pieces(session, today)
    debtors = _debtors(session, late_pieces, today)
    attention = _attention(session, late_pieces, local)
    oldest_late = session.scalar(select(func.min(Order.promised_on)).where(late_condition(local)))
    ready_since = today - timedelta(days=LONG_READY_DAYS)
    return Dashboard(
        today=today,
        open=counts[OrderFilter.OPEN],
        in_progress=counts[OrderFilter.IN_PROGRESS],
        late=counts[OrderFilter.LATE],
        awaiting_approval=counts[OrderFilter.AWAITING_APPROVAL],
        ready=counts[OrderFilter.READY],
        receivable=MoneyCount(counts[OrderFilter.RECEIVABLE], chips.receivable),
        overdue=MoneyCount(
            len({piece.number for piece in late_pieces}),
            sum(piece.amount for piece in late_pieces),
        ),
        revenue_month=months[-1][1],
        revenue_same_day_last_month=_same_day_last_month(session, today),
        revenue_months=tuple(months),
        revenue_adjustments=tuple(adjusted),
        opened_today=session.scalar(select(func.count()).where(Order.requested_on == today)) or 0,
        oldest_late_days=(today - oldest_late).days if oldest_late else 0,
        ready_over_30_days=session.scalar(
            select(func.count()).where(
                IS_OPEN, Order.status == Status.READY, ready_since > READY_ON
            )
        )
        or 0,
        debtors=debtors,
        attention=attention,
        load=_load(session, local),
    )


class _Revenue(NamedTuple):
    """Of one month: what delivered orders come to, and what is told beside it."""

    delivered: int = 0
    fees: int = 0
    allowances: int = 0

    @property
    def whole(self) -> int:
        return self.delivered + self.fees - self.allowances


def _revenue(session: Session, first: date, last: date) -> dict[str, _Revenue]:
    """By month (``2026-10``), from ``first`` to ``last``, each sum by its own day."""
    sums: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    parts = (
        (Order.delivered_on, Order.labor_total + Order.parts_total - Order.discount, ()),
        (Order.returned_on, Order.fee, ()),
        (Charge.booked_on, Charge.amount, (Charge.kind == ChargeKind.ALLOWANCE,)),
    )
    for place, (day, amount, which) in enumerate(parts):
        month = func.substr(day, 1, 7)
        query = select(month, func.sum(amount)).where(day.between(first, last), *which)
        for key, cents in session.execute(query.group_by(month)):
            sums[key][place] = cents
    return {key: _Revenue(*each) for key, each in sums.items()}


def _revenue_months(
    session: Session, today: date
) -> tuple[list[tuple[Month, int]], list[tuple[Month, int]]]:
    """Twelve months, of closed ones the frozen figure; and by how much the record of a closed one
    differs from it now, where it does."""
    this = Month.of(today)
    months = [this.shifted(back) for back in range(-11, 1)]
    found = _revenue(session, months[0].first, this.last)
    frozen = {
        Month.parse(month): (form, cents)
        for month, form, cents in session.execute(
            select(MonthClosing.month, MonthClosing.format, MonthClosing.revenue).where(
                MonthClosing.reopened_at.is_(None), MonthClosing.month >= str(months[0])
            )
        )
        if cents is not None
    }
    shown, adjusted = [], []
    for month in months:
        now = found.get(str(month), _Revenue())
        form, cents = frozen.get(month, (FORMAT, now.whole))
        shown.append((month, cents))
        if difference := (now.delivered if form == 1 else now.whole) - cents:
            adjusted.append((month, difference))
    return shown, adjusted


def _same_day_last_month(session: Session, today: date) -> int:
    before = Month.of(today).previous()
    last = min(before.last, before.first + timedelta(days=today.day - 1))
    return sum(each.whole for each in _revenue(session, before.first, last).values())


@dataclass(frozen=True, slots=True)
class _Late:
    """A piece of what is owed that is past its day."""

    number: int
    customer_id: int
    due_on: date
    amount: int


def _late_pieces(session: Session, today: date) -> list[_Late]:
    owed = owed_pieces().c
    rows = session.execute(
        select(owed.number, owed.customer_id, owed.due_on, owed.amount).where(
            owed.due_on < overdue_before(today)
        )
    )
    return [_Late(*row) for row in rows]


def _debtors(session: Session, late: Sequence[_Late], today: date) -> tuple[Debtor, ...]:
    """Customers with something unpaid after its due date, the largest overdue sum first."""
    amounts: dict[int, int] = defaultdict(int)
    since: dict[int, date] = {}
    for piece in late:
        amounts[piece.customer_id] += piece.amount
        since[piece.customer_id] = min(piece.due_on, since.get(piece.customer_id, piece.due_on))
    names = _names(session, sorted(amounts))
    found = [
        Debtor(key, names[key], amount, since[key], days_overdue(since[key], today))
        for key, amount in amounts.items()
    ]
    return tuple(sorted(found, key=lambda debtor: (-debtor.amount, debtor.customer_id)))


def _names(session: Session, ids: Sequence[int]) -> dict[int, str]:
    found: dict[int, str] = {}
    for start in range(0, len(ids), BATCH):
        wanted = ids[start : start + BATCH]
        rows = session.execute(select(Customer.id, Customer.name).where(Customer.id.in_(wanted)))
        found.update(rows.all())
    return found


def _load(session: Session, local: datetime) -> tuple[TechnicianLoad, ...]:
    opened = func.count()
    rows = session.execute(
        select(
            Employee.name, opened, func.count().filter(late_condition(local)), Order.technician_id
        )
        .select_from(Order)
        .outerjoin(Employee, Employee.id == Order.technician_id)
        .where(IS_OPEN)
        .group_by(Order.technician_id)
        .order_by(opened.desc())
    )
    return tuple(TechnicianLoad(*row) for row in rows)


def _attention(
    session: Session, late_pieces: Sequence[_Late], local: datetime
) -> tuple[Attention, ...]:
    """What costs most to ignore comes first; at most ``ATTENTION_ROWS`` of each reason."""
    today = local.date()
    sent = (
        select(func.max(Quote.sent_at))
        .where(Quote.order_id == Order.id)
        .correlate(Order)
        .scalar_subquery()
    )
    changed = (
        select(func.max(Event.at))
        .where(Event.order_id == Order.id, Event.code.in_(MONEY_EVENTS))
        .correlate(Order)
        .scalar_subquery()
    )
    late = late_condition(local)
    due_today = and_(
        IS_OPEN,
        Order.status.in_(
            [
                Status.RECEIVED,
                Status.IN_DIAGNOSIS,
                Status.APPROVED,
                Status.IN_PROGRESS,
                Status.AWAITING_PART,
            ]
        ),
        PROMISED.in_([today]),
    )
    awaiting = and_(IS_OPEN, Order.status == Status.AWAITING_APPROVAL)
    ready = and_(
        IS_OPEN,
        Order.status == Status.READY,
        today - timedelta(days=6) > READY_ON,
        Order.handed_on.is_(None),  # reopened, and the device is with its owner
    )
    # asked of shops that file signed sheets: those that never did are left in peace
    unsigned = and_(
        IS_OPEN,
        Order.status.in_(sorted(WORKING)),
        Order.signed.is_(False),
        today > REQUESTED_ON,
        exists().where(PaperRow.order_id == Order.id, PaperRow.paper == Paper.INTAKE),
        exists().where(PaperRow.signed_at.is_not(None)),
    )
    conditions = (
        ("late", late, PROMISED),
        ("due_today", due_today, Order.promised_time),
        ("awaiting", awaiting, Order.number),
        ("not_collected", ready, READY_ON),
        ("overdue", and_(IS_OWED, Order.due_on < overdue_before(today)), Order.due_on),
        ("to_refund", IS_TO_REFUND, OF_FEW),
        ("unsigned", unsigned, REQUESTED_ON),
    )
    late_amounts: dict[int, int] = defaultdict(int)
    for piece in late_pieces:
        late_amounts[piece.number] += piece.amount
    found: dict[tuple[int, str], Attention] = {}
    for reason, condition, order_by in conditions:
        rows = session.execute(
            select(
                Order.number,
                Customer.name,
                Equipment.kind,
                Equipment.brand,
                Equipment.model,
                Employee.name.label("technician"),
                Order.requested_on,
                Order.promised_on,
                Order.promised_time,
                Order.ready_on,
                Order.due_on,
                Order.valid_until,
                Order.balance,
                sent.label("sent_at"),
                changed.label("changed_at")
                if reason == "to_refund"
                else null().label("changed_at"),
            )
            .join(Customer, Customer.id == Order.customer_id)
            .join(Equipment, Equipment.id == Order.equipment_id)
            .outerjoin(Employee, Employee.id == Order.technician_id)
            .where(condition)
            .order_by(order_by, Order.number)
            .limit(ATTENTION_ROWS)
        )
        for row in rows:
            why, since = reason, today
            if reason == "late":
                since = row.promised_on
            elif reason == "due_today" and (row.number, "late") in found:
                continue
            elif reason == "not_collected":
                since = row.ready_on
            elif reason == "overdue":
                since = row.due_on
            elif reason == "to_refund" and row.changed_at:
                since = row.changed_at.astimezone(local.tzinfo).date()
            elif reason == "unsigned":
                since = row.requested_on
            elif reason == "awaiting":
                asked = row.sent_at.astimezone(local.tzinfo).date() if row.sent_at else today
                if row.valid_until is not None and row.valid_until < today:
                    why, since = "quote_expired", row.valid_until
                elif (today - asked).days >= UNANSWERED_DAYS:
                    why, since = "quote_unanswered", asked
                else:
                    continue
            amounts = {"overdue": late_amounts[row.number], "to_refund": -row.balance}
            found[row.number, why] = Attention(
                number=row.number,
                why=why,
                days=days_overdue(since, today) if why == "overdue" else (today - since).days,
                customer=row.name,
                equipment=equipment_title(row.kind, row.brand, row.model),
                technician=row.technician,
                promised_time=row.promised_time,
                amount=amounts.get(why, 0),
            )
    return tuple(sorted(found.values(), key=lambda a: (URGENCY.index(a.why), -a.days, a.number)))
