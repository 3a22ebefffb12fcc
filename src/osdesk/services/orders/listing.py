"""The order list: pages by key, the numbers of a filter, rows by number, and true counts.

Only the columns that a row shows are read, as plain rows; lateness and state of payment depend on
the moment and are worked out in the query or from the row, never stored.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Row,
    Select,
    and_,
    exists,
    func,
    literal_column,
    or_,
    select,
    text,
)
from sqlalchemy.orm import Session, aliased

from osdesk.domain.codes import Paper
from osdesk.domain.orders.status import (
    RECEIVABLE,
    WORKING,
    OrderFilter,
    Status,
    payment_state_of,
    situation_of,
)
from osdesk.domain.views.listing import FilterCounts, OrderRow, StageView, equipment_title
from osdesk.persistence.customer_models import Customer, CustomerPhone, Equipment
from osdesk.persistence.order_models import OPEN_SQL, Order
from osdesk.persistence.paper_models import IssuedPaper
from osdesk.persistence.shop_models import Employee, Stage
from osdesk.services.shop.shop import zone_of

BATCH = 500
"""Most numbers in one IN list."""

IS_OPEN: ColumnElement[bool] = literal_column(f"orders.{OPEN_SQL}")
IS_OWED: ColumnElement[bool] = literal_column("orders.balance > 0")
"""In the very words of the partial indexes, so that SQLite may use them."""

STATUS: ColumnElement[Status] = func.coalesce(Order.status, literal_column("''"))
"""The status where it only narrows what another index finds: out of reach of the index on it, which
SQLite would take to walk nearly all orders and sort them."""

TECHNICIAN: ColumnElement[int | None] = literal_column("+orders.technician_id")
"""Narrows what another index finds; no index leads with it."""

PROMISED: ColumnElement[Any] = literal_column("+orders.promised_on", Order.promised_on.type)
"""Narrows what is open: nearly every order was promised before today, and the index that has them
by that day is for the sorted list alone."""

UNASSIGNED = 0
"""As a technician of a filter: the orders that nobody is responsible for."""

OWED_BY_NUMBER: ColumnElement[int] = literal_column("+orders.number")
"""Few orders are owed: sorting those is quick, walking all by number until a page is full is not;
the sign keeps SQLite from the walk."""


def late_condition(local: datetime) -> ColumnElement[bool]:
    """``domain.status.is_late`` in SQL, at a moment of the shop's zone."""
    today, hour, promised = local.date(), local.strftime("%H:%M"), PROMISED
    return and_(
        IS_OPEN,
        Order.status.in_(sorted(WORKING)),
        or_(
            promised < today,
            and_(promised == today, Order.promised_time <= hour),
        ),
    )


def filter_condition(which: OrderFilter, local: datetime) -> ColumnElement[bool] | None:
    """``domain.status.matches_filter`` in SQL; None for all orders."""
    late, promised = late_condition(local), PROMISED
    match which:
        case OrderFilter.OPEN:
            return IS_OPEN
        case OrderFilter.LATE:
            return late
        case OrderFilter.IN_PROGRESS:
            in_time = or_(
                promised.is_(None),
                promised > local.date(),
                and_(
                    promised == local.date(),
                    or_(
                        Order.promised_time.is_(None),
                        Order.promised_time > local.strftime("%H:%M"),
                    ),
                ),
            )
            return and_(IS_OPEN, Order.status.in_(sorted(WORKING)), in_time)
        case OrderFilter.AWAITING_APPROVAL:
            return and_(IS_OPEN, Order.status == Status.AWAITING_APPROVAL)
        case OrderFilter.READY:
            return and_(IS_OPEN, Order.status == Status.READY)
        case OrderFilter.FINISHED:
            return STATUS.in_([Status.READY, Status.DELIVERED])
        case OrderFilter.RECEIVABLE:
            return and_(IS_OWED, STATUS.in_(sorted(RECEIVABLE)))
        case OrderFilter.ALL:
            return None


def whose(technician: int | None) -> tuple[ColumnElement[bool], ...]:
    """Conditions of a technician's orders: by key, ``UNASSIGNED``, or (None) none for all."""
    if technician is None:
        return ()
    column = TECHNICIAN
    return (column.is_(None) if technician == UNASSIGNED else column == technician,)


def order_page(
    session: Session,
    which: OrderFilter,
    *,
    now: datetime,
    technician: int | None = None,
    below: int | None = None,
    limit: int | None = 100,
) -> list[OrderRow]:
    """Newest first (highest number), from below the last number seen; ``limit`` None is all."""
    local = now.astimezone(zone_of(session))
    by_number = OWED_BY_NUMBER if which is OrderFilter.RECEIVABLE else Order.number
    query = _rows_query().order_by(by_number.desc())
    condition = filter_condition(which, local)
    if condition is not None:
        query = query.where(condition)
    query = query.where(*whose(technician))
    if below is not None:
        query = query.where(by_number < below)
    return [to_row(row, local) for row in session.execute(query.limit(limit))]


def order_rows(session: Session, numbers: Iterable[int], *, now: datetime) -> list[OrderRow]:
    """Rows of these numbers, in their order; a number that is no order is left out."""
    wanted = list(numbers)
    local = now.astimezone(zone_of(session))
    found: dict[int, OrderRow] = {}
    for start in range(0, len(wanted), BATCH):
        query = _rows_query().where(Order.number.in_(wanted[start : start + BATCH]))
        for row in session.execute(query):
            found[row.number] = to_row(row, local)
    return [found[number] for number in wanted if number in found]


def orders_of_customer(session: Session, customer_id: int, *, now: datetime) -> list[OrderRow]:
    """All orders of one customer, newest first."""
    local = now.astimezone(zone_of(session))
    query = _rows_query().where(Order.customer_id == customer_id).order_by(Order.number.desc())
    return [to_row(row, local) for row in session.execute(query)]


def filter_counts(
    session: Session, *, now: datetime, technician: int | None = None
) -> FilterCounts:
    """How many orders each chip has, and the centavos behind *A receber*."""
    local = now.astimezone(zone_of(session))
    late = late_condition(local)
    theirs = whose(technician)
    open_row = session.execute(
        select(
            func.count().label("open"),
            func.count().filter(Order.status.in_(sorted(WORKING))).label("working"),
            func.count().filter(late).label("late"),
            func.count().filter(Order.status == Status.AWAITING_APPROVAL).label("awaiting"),
            func.count().filter(Order.status == Status.READY).label("ready"),
        ).where(IS_OPEN, *theirs)
    ).one()
    owed = session.execute(
        select(func.count(), func.coalesce(func.sum(Order.balance), 0)).where(
            IS_OWED, STATUS.in_(sorted(RECEIVABLE)), *theirs
        )
    ).one()
    total = session.scalar(select(func.count()).select_from(Order).where(*theirs)) or 0
    closed = {
        status: session.scalar(select(func.count()).where(Order.status == status, *theirs)) or 0
        for status in (Status.RETURNED, Status.CANCELLED)
    }
    delivered = total - open_row.open - sum(closed.values())
    counts = {
        OrderFilter.OPEN: open_row.open,
        OrderFilter.IN_PROGRESS: open_row.working - open_row.late,
        OrderFilter.LATE: open_row.late,
        OrderFilter.AWAITING_APPROVAL: open_row.awaiting,
        OrderFilter.READY: open_row.ready,
        OrderFilter.FINISHED: open_row.ready + delivered,
        OrderFilter.RECEIVABLE: owed[0],
        OrderFilter.ALL: total,
    }
    return FilterCounts(counts, owed[1])


def counts_of(
    session: Session, *, now: datetime, technician: int | None
) -> tuple[FilterCounts, FilterCounts]:
    """``filter_counts`` of a technician's orders, and of everybody's."""
    everybody = filter_counts(session, now=now)
    if technician is None:
        return everybody, everybody
    return filter_counts(session, now=now, technician=technician), everybody


# -- rows -----------------------------------------------------------------------------------------


@cache
def _rows_query() -> Select[Any]:
    """Made once: putting the query together costs as much as running it."""
    technician = aliased(Employee)
    phone = (
        select(CustomerPhone.number)
        .where(CustomerPhone.customer_id == Order.customer_id)
        .order_by(CustomerPhone.position)
        .limit(1)
        .scalar_subquery()
    )
    unsigned = and_(
        IS_OPEN,
        Order.signed.is_(False),
        exists().where(IssuedPaper.order_id == Order.id, IssuedPaper.paper == Paper.INTAKE),
        # those that never filed a signed sheet are left in peace
        exists().where(IssuedPaper.signed_at.is_not(None)),
    )
    return (
        select(
            Order.number,
            Order.id,
            Customer.name.label("customer"),
            phone.label("phone"),
            Equipment.kind,
            Equipment.brand,
            Equipment.model,
            Equipment.serial,
            Order.reason,
            technician.name.label("technician"),
            Order.requested_at,
            Order.requested_on,
            Order.promised_on,
            Order.promised_time,
            Order.status,
            Order.total,
            Order.paid,
            Order.balance,
            Order.due_on,
            Order.signed,
            unsigned.label("unsigned"),
            Order.external_ref,
            Order.priority,
            Order.waiting_for,
            Order.waiting_since,
            Order.valid_until,
            Stage.id.label("stage"),
            Stage.status.label("stage_status"),
            Stage.name.label("stage_name"),
            Stage.colour.label("stage_colour"),
        )
        .join(Customer, Customer.id == Order.customer_id)
        .join(Equipment, Equipment.id == Order.equipment_id)
        .outerjoin(technician, technician.id == Order.technician_id)
        .outerjoin(Stage, Stage.id == Order.stage_id)
    )


def to_row(row: Row[Any], local: datetime) -> OrderRow:
    """A row of ``_rows_query`` as a shape, at a moment of the shop's zone."""
    return OrderRow(
        number=row.number,
        id=row.id,
        customer=row.customer,
        phone=row.phone,
        equipment=equipment_title(row.kind, row.brand, row.model),
        serial=row.serial,
        reason=row.reason,
        technician=row.technician,
        requested_at=row.requested_at,
        requested_on=row.requested_on,
        promised_on=row.promised_on,
        promised_time=row.promised_time,
        status=row.status,
        situation=situation_of(row.status, row.promised_on, row.promised_time, local),
        total=row.total,
        paid=row.paid,
        balance=row.balance,
        payment_state=payment_state_of(row.total, row.paid, row.due_on, local.date()),
        due_on=row.due_on,
        signed=row.signed,
        unsigned=bool(row.unsigned),
        external_ref=row.external_ref,
        priority=row.priority,
        stage=StageView(row.stage, row.stage_status, row.stage_name, row.stage_colour)
        if row.stage
        else None,
        waiting_for=row.waiting_for,
        waiting_since=row.waiting_since,
        quote_expired=row.status is Status.AWAITING_APPROVAL
        and row.valid_until is not None
        and row.valid_until < local.date(),
    )


def matching_numbers(session: Session, match: str, below: int, limit: int) -> Sequence[int]:
    """Numbers that the full-text index finds, highest first; its rowid is the order's number."""
    query = text(
        "SELECT rowid FROM orders_fts WHERE orders_fts MATCH :match AND rowid < :below"
        " ORDER BY rowid DESC LIMIT :limit"
    )
    values = {"match": match, "below": below, "limit": limit}
    return session.execute(query, values).scalars().all()
