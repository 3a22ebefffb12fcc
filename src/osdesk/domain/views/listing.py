"""What the order list shows: its lines, and how many stand behind each chip over it.

Money is whole centavos, days are local dates, moments are aware UTC.
"""

from dataclasses import dataclass
from datetime import date, datetime

from osdesk.domain.codes import Priority
from osdesk.domain.orders.status import OrderFilter, PaymentState, Situation, Status


@dataclass(frozen=True, slots=True)
class StageView:
    """A stage of the shop's own under a status; ``colour`` is one of the look's meanings."""

    id: int
    status: Status
    name: str
    colour: str
    active: bool = True


def equipment_title(kind: str, brand: str | None, model: str | None) -> str:
    """A device in one line: "Lavadora Brastemp BWK12ABANA"."""
    return " ".join(word for word in (kind, brand, model) if word)


@dataclass(frozen=True, slots=True)
class OrderRow:
    """One line of the order list."""

    number: int
    id: int
    customer: str
    phone: str | None
    equipment: str
    serial: str | None
    reason: str
    technician: str | None
    requested_at: datetime
    requested_on: date
    promised_on: date | None
    promised_time: str | None
    status: Status
    situation: Situation
    total: int
    paid: int
    balance: int
    payment_state: PaymentState
    due_on: date | None
    signed: bool
    external_ref: str | None
    priority: Priority = Priority.NORMAL
    stage: StageView | None = None
    waiting_for: str | None = None
    """The part that is awaited, and since which day."""
    waiting_since: date | None = None
    quote_expired: bool = False
    """The quote that waits for its answer is past its validity."""
    unsigned: bool = False
    """Open, printed for signature, and not back; in a shop that files signed sheets."""


@dataclass(frozen=True, slots=True)
class FilterCounts:
    counts: dict[OrderFilter, int]
    receivable: int
    """Centavos behind the chip *A receber*."""
