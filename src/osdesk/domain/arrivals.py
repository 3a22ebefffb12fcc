"""What is brought in from another system, on its way: one item as it was read, and what became of
each row.

An order that comes from elsewhere was not lived through here: it stands where the other system
left it, with the dates, payments and notes that are known, and nothing is made up. What is missing
and must be taken for something is named in ``assumed``.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from osdesk.domain.codes import (
    ApprovalVia,
    ImportKind,
    NoticeChannel,
    NoticeKind,
    PaymentKind,
    PaymentMethod,
    QuoteStatus,
)
from osdesk.domain.errors import UserError
from osdesk.domain.orders.forms import CatalogForm, CustomerForm, EmployeeForm, OrderForm
from osdesk.domain.orders.status import Status

NOT_TOLD = "Não informado"
"""Stands where a shop must have words and the other system has none."""


@dataclass
class ArrivedPayment:
    """Money in (above zero) or out; ``reverses``: the place, in the order's list, of what it takes
    back; ``allowance``: what the price fell by with it; ``late_fees``: what of it were fees."""

    amount: int
    method: PaymentMethod
    paid_on: date
    kind: PaymentKind = PaymentKind.PAYMENT
    receipt: int | None = None
    received_by: str | None = None
    reverses: int | None = None
    allowance: int = 0
    late_fees: int = 0


@dataclass
class ArrivedNote:
    body: str
    at: datetime
    author: str | None = None
    for_customer: bool = False


@dataclass
class ArrivedNotice:
    body: str
    at: datetime
    kind: NoticeKind
    channel: NoticeChannel
    author: str | None = None


@dataclass
class ArrivedApproval:
    by: str
    via: ApprovalVia
    at: datetime
    author: str | None = None
    used_parts_authorized_by: str | None = None


@dataclass
class ArrivedQuote:
    version: int
    status: QuoteStatus
    total: int
    start_on: date | None
    promised_on: date | None
    valid_until: date | None
    payment_terms: str | None
    sent_at: datetime | None


@dataclass
class ArrivedFile:
    """A file of the order that lies in the folder ``files`` beside what is read."""

    kind: str
    name: str
    media_type: str
    size: int
    sha256: str
    at: datetime
    author: str | None = None


@dataclass
class ArrivedOrder:
    form: OrderForm
    status: Status = Status.RECEIVED
    number: int | None = None
    """None: the shop's next one."""
    created_at: datetime | None = None
    attendant: str | None = None
    ready_on: date | None = None
    delivered_on: date | None = None
    returned_on: date | None = None
    cancelled_on: date | None = None
    warranty_until: date | None = None
    waiting_for: str | None = None
    waiting_since: date | None = None
    used_parts_authorized_by: str | None = None
    status_before: Status | None = None
    """Where *Reabrir* leads from a terminal status."""
    collected_by: str | None = None
    collected_document: str | None = None
    collected_at: datetime | None = None
    payments: list[ArrivedPayment] = field(default_factory=list)
    approval: ArrivedApproval | None = None
    quote: ArrivedQuote | None = None
    log: list[ArrivedNote] = field(default_factory=list)
    notices: list[ArrivedNotice] = field(default_factory=list)
    files: list[ArrivedFile] = field(default_factory=list)
    history: list[dict[str, object]] = field(default_factory=list)
    """The other shop's events, as they were exported."""
    customer_key: str | None = None
    """How the source calls the customer, where it has a key of its own."""
    expected: tuple[int | None, int | None] = (None, None)
    """What the source says that it comes to, and that was paid: it must be the same here."""
    told: dict[str, str] = field(default_factory=dict)
    """Words of the source that were read as something else: its status, for one."""
    assumed: list[str] = field(default_factory=list)


class Outcome(StrEnum):
    TAKEN = "taken"
    SAME = "same"
    """It is in the shop, or in an earlier row, already."""
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Arrival:
    """One row as it was read: what it says, or why it cannot be read."""

    row: int
    """Line of the file, counted from 1."""
    label: str
    item: CustomerForm | CatalogForm | EmployeeForm | ArrivedOrder | None
    error: UserError | None = None
    warnings: tuple[UserError, ...] = ()
    key: str | None = None
    """How the source calls it."""


@dataclass(frozen=True, slots=True)
class RowReport:
    """What became of one row."""

    row: int
    outcome: Outcome
    label: str
    key: int | None = None
    """The customer's or catalogue entry's key, the order's number: of the new or the same one."""
    error: UserError | None = None
    warnings: tuple[UserError, ...] = ()
    differs: tuple[tuple[str, str, str], ...] = ()
    """Of a customer who is here already: a field, what the file says, what the shop has."""


@dataclass(frozen=True)
class Given:
    """A column of the file: what it is called there, what it is read as, and its first values."""

    title: str
    target: str | None
    examples: tuple[str, ...] = ()


@dataclass
class ImportReport:
    """All that became of a file, row by row; ``batch`` once it was taken."""

    kind: ImportKind
    source: str
    columns: tuple[Given, ...] = ()
    rows: list[RowReport] = field(default_factory=list)
    counts: dict[Outcome, int] = field(
        default_factory=lambda: dict.fromkeys((Outcome.TAKEN, Outcome.SAME, Outcome.REFUSED), 0)
    )
    not_carried: dict[str, int] = field(default_factory=dict)
    """What the shop has no place for, and how often it was met."""
    batch: int | None = None

    def add(self, row: RowReport) -> None:
        self.rows.append(row)
        self.counts[row.outcome] += 1


@dataclass(frozen=True, slots=True)
class BatchView:
    """One batch in the list of those that were brought in."""

    id: int
    kind: ImportKind
    at: datetime
    author: str | None
    source: str
    taken: int
    same: int
    refused: int
    undone_at: datetime | None
