"""What screens, threads and papers see of the shop: frozen, loaded whole, no database behind.

Money is whole centavos, quantities are thousandths, days are local dates, moments are aware UTC.
"""

from dataclasses import dataclass
from datetime import date, datetime

from osdesk.domain.codes import (
    ApprovalVia,
    EventCode,
    FileKind,
    ItemKind,
    NoticeChannel,
    NoticeKind,
    Paper,
    PaperFormat,
    PartCondition,
    PaymentKind,
    PaymentMethod,
    Priority,
    QuoteStatus,
)
from osdesk.domain.orders.status import PaymentState, Situation, Status
from osdesk.domain.views.listing import StageView, equipment_title
from osdesk.domain.views.shop import ShopView


@dataclass(frozen=True, slots=True)
class PhoneView:
    number: str
    label: str | None


@dataclass(frozen=True, slots=True)
class CustomerView:
    id: int
    name: str
    phones: tuple[PhoneView, ...]
    document: str | None
    """14 or 11 characters, no mask."""
    email: str | None
    address: str | None
    notes: str | None
    created_at: datetime


@dataclass(frozen=True, slots=True)
class EquipmentView:
    id: int
    kind: str
    brand: str | None
    model: str | None
    serial: str | None
    imei2: str | None
    colour: str | None
    accessories: str | None
    condition: str | None

    @property
    def title(self) -> str:
        """Kind, brand and model in one line."""
        return equipment_title(self.kind, self.brand, self.model)


@dataclass(frozen=True, slots=True)
class ItemView:
    kind: ItemKind
    description: str
    quantity: int
    unit: str
    unit_price: int
    unit_cost: int | None
    discount: int
    part_condition: PartCondition | None
    technician: str | None
    warranty_days: int | None
    total: int
    """ROUND_HALF_UP(quantity x price) less the line's discount."""
    warranty_until: date | None = None
    """Once delivered."""


@dataclass(frozen=True, slots=True)
class PaymentView:
    id: int
    kind: PaymentKind
    paid_on: date
    amount: int
    """Negative where money goes out."""
    method: PaymentMethod
    received_by: str | None
    receipt: int
    reverses: int | None
    reversed: bool
    """A later reversal took this payment back."""
    late_fees: int = 0
    """Fine and interest in the amount; negative where they went back with it."""

    @property
    def of_price(self) -> int:
        """What of the amount pays the price of the order."""
        return self.amount - self.late_fees


@dataclass(frozen=True, slots=True)
class QuoteView:
    version: int
    status: QuoteStatus
    total: int
    start_on: date | None
    promised_on: date | None
    valid_until: date | None
    payment_terms: str | None
    sent_at: datetime | None
    expired: bool


@dataclass(frozen=True, slots=True)
class ApprovalView:
    by: str
    via: ApprovalVia
    at: datetime
    author: str | None
    used_parts_authorized_by: str | None = None


@dataclass(frozen=True, slots=True)
class CollectedView:
    by: str
    document: str | None
    at: datetime


@dataclass(frozen=True, slots=True)
class InstalmentView:
    due_on: date
    amount: int
    paid: int


@dataclass(frozen=True, slots=True)
class NoteView:
    at: datetime
    author: str | None
    for_customer: bool
    body: str


@dataclass(frozen=True, slots=True)
class NoticeView:
    at: datetime
    author: str | None
    kind: NoticeKind
    channel: NoticeChannel
    body: str


@dataclass(frozen=True, slots=True)
class FileView:
    """A file of an order, kept by its SHA-256 in the folder's files."""

    id: int
    kind: FileKind
    name: str
    media_type: str
    size: int
    sha256: str
    at: datetime
    author: str | None
    paper: Paper | None
    """The paper whose signed copy it is, with its version."""
    version: int | None


@dataclass(frozen=True, slots=True)
class EventView:
    at: datetime
    author: str | None
    code: EventCode
    data: dict[str, object]
    """Codes, keys, amounts and dates; personal and free texts under their own keys."""


@dataclass(frozen=True, slots=True)
class OrderView:
    """The whole order, as JSON, the editor, the right panel and the papers need it."""

    id: int
    number: int
    status: Status
    situation: Situation
    customer: CustomerView
    customer_orders: int
    """How many orders this customer has, this one counted."""
    equipment: EquipmentView
    service_type: str
    reason: str
    priority: Priority
    slot: str | None
    notes: str | None
    technician: str | None
    attendant: str | None
    requested_at: datetime
    requested_on: date
    """Its day as it was written: a shop that moves its zone moves no old day."""
    created_at: datetime
    start_on: date | None
    promised_on: date | None
    promised_time: str | None
    items: tuple[ItemView, ...]
    discount: int
    fee: int
    labor_total: int
    parts_total: int
    total: int
    paid: int
    balance: int
    payment_state: PaymentState
    payment_terms: str | None
    valid_until: date | None
    due_on: date | None
    diagnosis: str | None
    report: str | None
    external_ref: str | None
    checklist: dict[str, str]
    ready_on: date | None
    delivered_on: date | None
    returned_on: date | None
    cancelled_on: date | None
    quote: QuoteView | None
    approval: ApprovalView | None
    collected: CollectedView | None
    used_parts_authorized_by: str | None
    waiting_for: str | None
    payments: tuple[PaymentView, ...]
    events: tuple[EventView, ...]
    warranty_return_of: int | None
    warranty_until: date | None
    signed: bool
    ceiling: int | None = None
    allowance: int = 0
    """Given back after delivery: the price fell by it."""
    late_fees: int = 0
    """Fine and interest that were received."""
    handed_on: date | None = None
    """The day of the hand-over that goes on to count: reopened, the device stayed out."""
    warranty_reason: str | None = None
    stage: StageView | None = None
    waiting_since: date | None = None
    instalments: tuple[InstalmentView, ...] = ()
    log: tuple[NoteView, ...] = ()
    """Notes with author and moment, oldest first."""
    notices: tuple[NoticeView, ...] = ()
    files: tuple[FileView, ...] = ()


@dataclass(frozen=True, slots=True)
class CustomerRow:
    """One line of the customers' list."""

    id: int
    name: str
    phone: str | None
    document: str | None
    orders: int
    open_orders: int
    balance: int
    """Owed now: sum of the balances above zero of orders that may be received."""
    last_order_on: date | None


@dataclass(frozen=True, slots=True)
class CustomerSituation:
    """What the counter must know the moment a customer is chosen."""

    customer: CustomerView
    orders: int
    open_orders: int
    ready_orders: int
    owed: int
    owed_since: date | None
    """The oldest due date passed; None where nothing is overdue."""
    first_order_on: date | None


@dataclass(frozen=True, slots=True)
class EquipmentPast:
    """An earlier order of the same serial number."""

    number: int
    customer: str
    equipment: str
    reason: str
    work: str | None
    """The report, else the first service line."""
    status: Status
    requested_on: date
    delivered_on: date | None
    warranty_until: date | None
    technician: str | None = None


EDITION = 2
"""Of the sentences that papers say now: who signs authorises; 90 days are the law's."""


@dataclass(frozen=True, slots=True)
class IssuedPaper:
    """One frozen version of a paper, ready to be drawn the same way for ever."""

    paper: Paper
    number: int
    version: int
    issued_at: datetime
    issued_on: date
    """Local day of issue."""
    total: int
    sha256: str
    """64 hex digits over the canonical JSON of what the paper covers."""
    shop: ShopView
    order: OrderView
    payment: PaymentView | None
    """The payment of a receipt."""
    again: bool = False
    """A receipt that was printed before: it says *2ª via*."""
    edition: int = 1
    """Of the program's own sentences: a version that was issued with others keeps them."""

    @property
    def qr(self) -> str:
        """Content of the QR code: no personal data."""
        return "|".join(
            (
                "OSDESK1",
                self.paper.value,
                str(self.number),
                str(self.version),
                self.issued_on.isoformat(),
                str(self.total),
                self.sha256[:32],
            )
        )


@dataclass(frozen=True, slots=True)
class KeptPaper:
    """The file of an issued version: its name in the folder's papers, and its SHA-256."""

    format: PaperFormat
    again: bool
    name: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Verification:
    """What *Verificar documento* answers; ``outcome``: equal, changed, unknown, foreign,
    unreadable."""

    outcome: str
    paper: Paper | None = None
    number: int | None = None
    version: int | None = None
    issued_on: date | None = None
    changed: tuple[str, ...] = ()
    """Names of the covered fields that differ."""
    receipt: int | None = None
    """The number of a receipt, which is its own and not the order's."""
