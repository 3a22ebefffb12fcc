"""What is told of one order in the demonstration shop: its lines, steps, money, words and papers.

Everything is in local time and in whole centavos; ``demo_story`` makes it, ``demo_rows`` writes it.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from random import Random
from typing import TypeVar

from osdesk.domain.codes import ApprovalVia, NoticeChannel, NoticeKind, PaymentMethod
from osdesk.domain.orders.forms import InstalmentForm
from osdesk.domain.orders.status import Status

T = TypeVar("T")


@dataclass(slots=True)
class Line:
    kind: str
    description: str
    quantity: int
    unit: str
    unit_price: int
    unit_cost: int | None
    warranty_days: int | None

    @property
    def total(self) -> int:
        return (self.quantity * self.unit_price + 500) // 1000


@dataclass(slots=True)
class Move:
    at: datetime
    to: Status
    texts: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Money:
    at: datetime
    amount: int
    method: PaymentMethod
    kind: str = "payment"
    reverses: int | None = None
    """Index among the story's own movements."""
    reason: str | None = None


@dataclass(slots=True)
class Remark:
    """A note: for the shop alone or for the customer too, by the counter or the bench."""

    at: datetime
    body: str
    for_customer: bool
    bench: bool


@dataclass(slots=True)
class Told:
    """A notice given to the customer; its words have room for the order's number."""

    at: datetime
    kind: NoticeKind
    channel: NoticeChannel
    body: str


@dataclass(slots=True)
class Story:
    opened: datetime
    fault: str
    lines: list[Line]
    promised: date
    discount: int = 0
    fee: int = 0
    moves: list[Move] = field(default_factory=list)
    money: list[Money] = field(default_factory=list)
    via: ApprovalVia = ApprovalVia.COUNTER
    quoted: datetime | None = None
    due_on: date | None = None
    parts: list[InstalmentForm] = field(default_factory=list)
    """What was left at the hand-over, in parts; empty: all on ``due_on``."""
    report: str | None = None
    waiting_for: str | None = None
    priority: str = "normal"
    checklist: dict[str, str] = field(default_factory=dict)
    ceiling: int | None = None
    stage: tuple[datetime, str] | None = None
    """Since when it stands in a stage of the shop's own, and in which."""
    remarks: list[Remark] = field(default_factory=list)
    notices: list[Told] = field(default_factory=list)

    @property
    def status(self) -> Status:
        return self.moves[-1].to if self.moves else Status.RECEIVED

    @property
    def total(self) -> int:
        return sum(line.total for line in self.lines) - self.discount

    @property
    def last(self) -> datetime:
        return self.moves[-1].at if self.moves else self.opened


def pick(rng: Random, weighted: tuple[tuple[T, int], ...]) -> T:
    return rng.choices([item for item, _ in weighted], [weight for _, weight in weighted])[0]
