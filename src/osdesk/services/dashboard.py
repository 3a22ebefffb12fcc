"""The owner's morning: each figure one query over an index of its own, constant in number."""

from datetime import date, datetime, timedelta

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session

from osdesk.domain.calendar import Month
from osdesk.domain.figures import Attention, Dashboard, Debtor, MoneyCount, TechnicianLoad
from osdesk.domain.shapes import equipment_title
from osdesk.domain.status import OrderFilter, Status
from osdesk.persistence.models import Customer, Employee, Equipment, Order, Quote
from osdesk.services.listing import (
    IS_OPEN,
    IS_OWED,
    filter_counts,
    late_condition,
)
from osdesk.services.shop import zone_of

ATTENTION_ROWS = 50
UNANSWERED_DAYS = 2
"""A quote without an answer for this long needs a call."""
LONG_READY_DAYS = 30
URGENCY = ("late", "due_today", "quote_expired", "quote_unanswered", "not_collected", "overdue")


def dashboard(session: Session, *, now: datetime) -> Dashboard:
    """All figures as of ``now``, in the shop's zone."""
    zone = zone_of(session)
    local = now.astimezone(zone)
    today = local.date()
    chips = filter_counts(session, now=now)
    counts = chips.counts
    months = _revenue_months(session, today)
    debtors = _debtors(session, today)
    attention = _attention(session, local)
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
        overdue=_overdue(session, today),
        revenue_month=months[-1][1],
        revenue_same_day_last_month=_same_day_last_month(session, today),
        revenue_months=tuple(months),
        opened_today=session.scalar(select(func.count()).where(Order.requested_on == today)) or 0,
        oldest_late_days=(today - oldest_late).days if oldest_late else 0,
        ready_over_30_days=session.scalar(
            select(func.count()).where(
                IS_OPEN, Order.status == Status.READY, Order.ready_on < ready_since
            )
        )
        or 0,
        debtors=debtors,
        attention=attention,
        load=_load(session, local),
    )


def _revenue(session: Session, first: date, last: date) -> dict[str, int]:
    """Revenue of delivered orders by month (``2026-10``), from ``first`` to ``last``."""
    month = func.substr(Order.delivered_on, 1, 7)
    amount = func.sum(Order.labor_total + Order.parts_total - Order.discount)
    rows = session.execute(
        select(month, amount).where(Order.delivered_on.between(first, last)).group_by(month)
    )
    return dict(rows.all())


def _revenue_months(session: Session, today: date) -> list[tuple[Month, int]]:
    this = Month.of(today)
    months = [this.shifted(back) for back in range(-11, 1)]
    found = _revenue(session, months[0].first, this.last)
    return [(month, found.get(str(month), 0)) for month in months]


def _same_day_last_month(session: Session, today: date) -> int:
    before = Month.of(today).previous()
    last = min(before.last, before.first + timedelta(days=today.day - 1))
    return sum(_revenue(session, before.first, last).values())


def _overdue(session: Session, today: date) -> MoneyCount:
    row = session.execute(
        select(func.count(), func.coalesce(func.sum(Order.balance), 0)).where(
            IS_OWED, Order.due_on < today
        )
    ).one()
    return MoneyCount(row[0], row[1])


def _debtors(session: Session, today: date) -> tuple[Debtor, ...]:
    """Customers with a balance after its due date, the largest debt first."""
    owed, since = func.sum(Order.balance), func.min(Order.due_on)
    rows = session.execute(
        select(Customer.id, Customer.name, owed, since)
        .join(Customer, Customer.id == Order.customer_id)
        .where(IS_OWED, Order.due_on < today)
        .group_by(Customer.id)
        .order_by(owed.desc(), Customer.id)
    )
    return tuple(
        Debtor(key, name, amount, day, (today - day).days)
        for key, name, amount, day in rows
        if day is not None
    )


def _load(session: Session, local: datetime) -> tuple[TechnicianLoad, ...]:
    opened = func.count()
    rows = session.execute(
        select(Employee.name, opened, func.count().filter(late_condition(local)))
        .select_from(Order)
        .outerjoin(Employee, Employee.id == Order.technician_id)
        .where(IS_OPEN)
        .group_by(Order.technician_id)
        .order_by(opened.desc())
    )
    return tuple(TechnicianLoad(name, count, late) for name, count, late in rows)


def _attention(session: Session, local: datetime) -> tuple[Attention, ...]:
    """What costs most to ignore comes first; at most ``ATTENTION_ROWS`` of each reason."""
    today = local.date()
    sent = (
        select(func.max(Quote.sent_at))
        .where(Quote.order_id == Order.id)
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
        Order.promised_on == today,
    )
    awaiting = and_(IS_OPEN, Order.status == Status.AWAITING_APPROVAL)
    ready = and_(IS_OPEN, Order.status == Status.READY, Order.ready_on < today - timedelta(days=6))
    conditions = (
        ("late", late, Order.promised_on),
        ("due_today", due_today, Order.promised_time),
        ("awaiting", awaiting, Order.number),
        ("not_collected", ready, Order.ready_on),
        ("overdue", and_(IS_OWED, Order.due_on < today), Order.due_on),
    )
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
                Order.promised_on,
                Order.promised_time,
                Order.ready_on,
                Order.due_on,
                Order.valid_until,
                Order.balance,
                sent.label("sent_at"),
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
            elif reason == "awaiting":
                asked = row.sent_at.astimezone(local.tzinfo).date() if row.sent_at else today
                if row.valid_until is not None and row.valid_until < today:
                    why, since = "quote_expired", row.valid_until
                elif (today - asked).days >= UNANSWERED_DAYS:
                    why, since = "quote_unanswered", asked
                else:
                    continue
            found[row.number, why] = Attention(
                number=row.number,
                why=why,
                days=(today - since).days,
                customer=row.name,
                equipment=equipment_title(row.kind, row.brand, row.model),
                technician=row.technician,
                promised_time=row.promised_time,
                amount=row.balance if why == "overdue" else 0,
            )
    return tuple(sorted(found.values(), key=lambda a: (URGENCY.index(a.why), -a.days, a.number)))
