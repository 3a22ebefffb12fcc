"""Where an order stands: stored statuses, allowed steps, and all that is derived from them.

Nothing here is stored but ``Status``; lateness, situation and state of payment are functions of
the record and of the moment in the shop's zone.
"""

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum

from osdesk.domain.calendar import overdue_before


class Status(StrEnum):
    RECEIVED = "received"
    IN_DIAGNOSIS = "in_diagnosis"
    AWAITING_APPROVAL = "awaiting_approval"
    APPROVED = "approved"
    IN_PROGRESS = "in_progress"
    AWAITING_PART = "awaiting_part"
    READY = "ready"
    DELIVERED = "delivered"
    DECLINED = "declined"
    UNREPAIRABLE = "unrepairable"
    RETURNED = "returned"
    CANCELLED = "cancelled"


class Situation(StrEnum):
    LATE = "late"
    OPEN = "open"
    FINISHED = "finished"
    UNSERVICED = "unserviced"
    CANCELLED = "cancelled"


class OrderFilter(StrEnum):
    """The chips over the order list and ``osdesk list --filter``."""

    OPEN = "open"
    IN_PROGRESS = "in_progress"
    LATE = "late"
    AWAITING_APPROVAL = "awaiting_approval"
    READY = "ready"
    FINISHED = "finished"
    RECEIVABLE = "receivable"
    ALL = "all"


class PaymentState(StrEnum):
    NONE = "none"
    DUE = "due"
    PARTLY_PAID = "partly_paid"
    PAID = "paid"
    OVERDUE = "overdue"


S = Status

# The usual next step of each status comes first: it is the one filled button of the screen.
STEPS: Mapping[Status, tuple[Status, ...]] = {
    S.RECEIVED: (
        S.IN_DIAGNOSIS,
        S.AWAITING_APPROVAL,
        S.APPROVED,
        S.UNREPAIRABLE,
        S.CANCELLED,
    ),
    S.IN_DIAGNOSIS: (S.AWAITING_APPROVAL, S.UNREPAIRABLE, S.CANCELLED),
    S.AWAITING_APPROVAL: (S.APPROVED, S.DECLINED, S.IN_DIAGNOSIS, S.CANCELLED),
    S.APPROVED: (S.IN_PROGRESS, S.AWAITING_PART, S.AWAITING_APPROVAL, S.CANCELLED),
    S.IN_PROGRESS: (
        S.READY,
        S.AWAITING_PART,
        S.AWAITING_APPROVAL,
        S.UNREPAIRABLE,
        S.CANCELLED,
    ),
    S.AWAITING_PART: (S.IN_PROGRESS, S.AWAITING_APPROVAL, S.UNREPAIRABLE, S.CANCELLED),
    S.READY: (S.DELIVERED, S.IN_PROGRESS),
    S.DELIVERED: (),
    S.DECLINED: (S.RETURNED, S.AWAITING_APPROVAL),
    S.UNREPAIRABLE: (S.RETURNED, S.IN_DIAGNOSIS),
    S.RETURNED: (),
    S.CANCELLED: (),
}

WORKING = frozenset({S.RECEIVED, S.IN_DIAGNOSIS, S.APPROVED, S.IN_PROGRESS, S.AWAITING_PART})
"""The shop's own clock runs: only these can be late."""

CLOSED = frozenset({S.DELIVERED, S.RETURNED, S.CANCELLED})
"""Terminal: only *Reabrir* leads out."""

HANDED_OVER = frozenset({S.DELIVERED, S.RETURNED})
"""The customer has the device again."""

RECEIVABLE = frozenset({S.READY, S.DELIVERED, S.RETURNED})
UNSERVICED = frozenset({S.DECLINED, S.UNREPAIRABLE, S.RETURNED})
"""Their total is the fee agreed at intake."""

WAITING = frozenset({S.READY, S.DECLINED, S.UNREPAIRABLE})
"""The device stands in the shop and may be collected."""
AGREED = frozenset({S.APPROVED, S.IN_PROGRESS, S.AWAITING_PART})
"""An approved quote binds both sides (CDC art. 40 § 2): a change asks again."""

BEGUN = frozenset({S.IN_PROGRESS, S.AWAITING_PART})
"""Work was started on."""

LINES_LOCKED = frozenset({S.READY, S.DELIVERED, S.RETURNED, S.CANCELLED})
"""Lines, discount and promise stay as they are until a step back or *Reabrir*."""


def can_move(current: Status, to: Status) -> bool:
    return to in STEPS[current]


def reopened_status(current: Status, before: Status | None) -> Status | None:
    """Where *Reabrir* leads; None where there is nothing to reopen."""
    if current is Status.DELIVERED:
        return Status.READY
    if current in (Status.RETURNED, Status.CANCELLED):
        return before
    return None


def is_late(
    status: Status, promised_on: date | None, promised_time: str | None, now: datetime
) -> bool:
    """Past the promise at ``now``, a moment in the shop's zone.

    The promised day itself is not late; with a promised hour (``HH:MM``), late from that hour on.
    """
    if status not in WORKING or promised_on is None:
        return False
    today = now.date()
    if promised_on != today:
        return promised_on < today
    return promised_time is not None and promised_time <= now.strftime("%H:%M")


def situation_of(
    status: Status, promised_on: date | None, promised_time: str | None, now: datetime
) -> Situation:
    if status is Status.CANCELLED:
        return Situation.CANCELLED
    if status in UNSERVICED:
        return Situation.UNSERVICED
    if status in (Status.READY, Status.DELIVERED):
        return Situation.FINISHED
    if is_late(status, promised_on, promised_time, now):
        return Situation.LATE
    return Situation.OPEN


def payment_state_of(total: int, paid: int, due_on: date | None, today: date) -> PaymentState:
    """State of payment from centavos owed and paid; ``paid`` is net of reversals and refunds."""
    if total == 0:
        return PaymentState.NONE
    if paid >= total:
        return PaymentState.PAID
    if due_on is not None and due_on < overdue_before(today):
        return PaymentState.OVERDUE
    return PaymentState.PARTLY_PAID if paid > 0 else PaymentState.DUE


def matches_filter(
    which: OrderFilter,
    status: Status,
    promised_on: date | None,
    promised_time: str | None,
    balance: int,
    now: datetime,
) -> bool:
    """The rule behind a chip, in words of one order; the list's SQL says the same."""
    late = is_late(status, promised_on, promised_time, now)
    match which:
        case OrderFilter.OPEN:
            return status not in CLOSED
        case OrderFilter.IN_PROGRESS:
            return status in WORKING and not late
        case OrderFilter.LATE:
            return late
        case OrderFilter.AWAITING_APPROVAL:
            return status is Status.AWAITING_APPROVAL
        case OrderFilter.READY:
            return status is Status.READY
        case OrderFilter.FINISHED:
            return status in (Status.READY, Status.DELIVERED)
        case OrderFilter.RECEIVABLE:
            return status in RECEIVABLE and balance > 0
        case OrderFilter.ALL:
            return True
