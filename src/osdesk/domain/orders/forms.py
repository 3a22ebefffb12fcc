"""What an editor or a JSON document fills: mutable, typed, not yet checked against the rules.

Money is whole centavos, quantities are thousandths, days are local dates, moments are aware.
"""

from dataclasses import dataclass, field
from datetime import date, datetime

from osdesk.domain.codes import (
    ApprovalVia,
    ItemKind,
    NoticeChannel,
    NoticeKind,
    PartCondition,
    PaymentMethod,
    Priority,
)
from osdesk.domain.orders.fields import Kind, fields_of, of
from osdesk.domain.orders.status import CLOSED, LINES_LOCKED, Status


@dataclass
class PhoneForm:
    number: str
    label: str | None = None


@dataclass
class CustomerForm:
    name: str = ""
    phones: list[PhoneForm] = field(default_factory=list)
    document: str | None = None
    email: str | None = None
    address: str | None = None
    notes: str | None = None
    id: int | None = None
    """The stored customer that was chosen; None finds the same customer or makes a new one."""


@dataclass
class EquipmentForm:
    """The device (lines) and how it came in this time (texts)."""

    kind: str = of(Kind.LINE, "")
    brand: str | None = of(Kind.LINE)
    model: str | None = of(Kind.LINE)
    serial: str | None = of(Kind.LINE)
    imei2: str | None = of(Kind.LINE)
    colour: str | None = of(Kind.LINE)
    accessories: str | None = of(Kind.TEXT)
    condition: str | None = of(Kind.TEXT)


@dataclass
class ItemForm:
    kind: ItemKind = ItemKind.SERVICE
    description: str = ""
    quantity: int = 1000
    unit: str = "un"
    unit_price: int = 0
    unit_cost: int | None = None
    discount: int = 0
    part_condition: PartCondition | None = None
    technician: str | None = None
    warranty_days: int | None = None


@dataclass
class InstalmentForm:
    due_on: date
    amount: int


@dataclass
class OrderForm:
    customer: CustomerForm = field(default_factory=CustomerForm)
    equipment: EquipmentForm = field(default_factory=EquipmentForm)
    service_type: str = of(Kind.NAMED, "")
    reason: str = of(Kind.TEXT, "")
    priority: Priority = of(Kind.PRIORITY, Priority.NORMAL)
    slot: str | None = of(Kind.LINE)
    notes: str | None = of(Kind.TEXT)
    technician: str | None = of(Kind.NAMED, step=True)
    requested_at: datetime | None = of(Kind.MOMENT)
    """None: the moment of saving."""
    start_on: date | None = of(Kind.DAY, quoted=True, step=True)
    promised_on: date | None = of(Kind.DAY, quoted=True, step=True, locked=LINES_LOCKED)
    promised_time: str | None = of(Kind.TIME, quoted=True, step=True, locked=LINES_LOCKED)
    items: list[ItemForm] = of(Kind.PART, list, step=True, locked=LINES_LOCKED)
    discount: int = of(Kind.MONEY, 0, quoted=True, locked=LINES_LOCKED)
    fee: int = of(Kind.MONEY, 0, quoted=True, locked=CLOSED)
    payment_terms: str | None = of(Kind.TEXT, quoted=True, step=True)
    valid_until: date | None = of(Kind.DAY, step=True)
    due_on: date | None = of(Kind.DAY, step=True)
    diagnosis: str | None = of(Kind.TEXT)
    report: str | None = of(Kind.TEXT, step=True)
    external_ref: str | None = of(Kind.AS_GIVEN)
    checklist: dict[str, str] = of(Kind.ANSWERS, dict)
    ceiling: int | None = of(Kind.MONEY)
    """A total up to this was authorised at intake: it needs no new approval. None: nothing was."""
    stage: str | None = of(Kind.NAMED)
    """A stage of the shop's own, under the status."""
    warranty_return_of: int | None = of(Kind.ORDER, locked=LINES_LOCKED)
    """Number of the order whose work comes back under warranty."""
    warranty_reason: str | None = of(Kind.TEXT)
    """Why it comes back without charge although its warranty does not say so."""
    instalments: list[InstalmentForm] = of(Kind.PART, list, step=True)
    """How the balance is paid after delivery; empty: all on ``due_on``."""
    change_reason: str | None = of(Kind.TEXT, kept=False)
    """Why an agreed price was lowered; goes to the history, not to the order."""
    collected_by: str | None = of(Kind.LINE, kept=False)
    collected_document: str | None = of(Kind.LINE, kept=False)
    """Who took the device away: kept with the hand-over, asked by its step, corrected here."""


ORDER_FIELDS = fields_of(OrderForm)
EQUIPMENT_FIELDS = fields_of(EquipmentForm)


@dataclass
class StepForm:
    """The facts of one step, asked each time; fields of the order go into its ``OrderForm``."""

    approved_by: str | None = None
    approved_via: ApprovalVia | None = None
    collected_by: str | None = None
    collected_document: str | None = None
    waiting_for: str | None = None
    used_parts_authorized_by: str | None = None
    reason: str | None = None


@dataclass
class PaymentForm:
    amount: int
    method: PaymentMethod
    paid_on: date | None = None
    """None: today."""
    late_fees: bool = False
    """Book what is agreed and due that day for paying late, and receive it with this payment."""


@dataclass
class CatalogForm:
    kind: ItemKind = ItemKind.SERVICE
    description: str = ""
    unit: str = "un"
    unit_price: int = 0
    unit_cost: int | None = None
    warranty_days: int | None = None
    part_condition: PartCondition | None = None
    active: bool = True
    id: int | None = None


@dataclass
class ShopForm:
    name: str = ""
    tagline: str | None = None
    document: str | None = None
    address: str | None = None
    city: str | None = None
    phones: str | None = None
    email: str | None = None
    default_ddd: str = "11"
    zone: str = "America/Sao_Paulo"
    quote_validity_days: int = 10
    warranty_days: int = 90
    pick_up_days: int = 30
    payment_terms: str = ""
    terms_intake: str = ""
    terms_delivery: str = ""
    terms_quote: str = ""
    terms_unserviced: str = ""
    terms_notice: str = ""
    terms_collection: str = ""
    message_quote: str = ""
    message_ready: str = ""
    message_notice: str = ""
    pix_key: str | None = None
    pix_name: str | None = None
    pix_city: str | None = None
    code_days: int = 7
    """Days after delivery until a device's access code is erased."""
    fine_bp: int = 0
    """Late-payment fine in hundredths of a per cent, at most 200 (CDC art. 52 § 1)."""
    interest_bp: int = 0
    """Interest a month in hundredths of a per cent, at most 100, simple, pro rata by day."""
    open_saturday: bool = False
    """Saturday counts as a business day of this shop."""
    next_number: int = 1
    """The next order's number: may only go up."""


@dataclass
class EmployeeForm:
    name: str = ""
    role: str = "technician"
    active: bool = True
    id: int | None = None


@dataclass
class ServiceTypeForm:
    name: str = ""
    active: bool = True
    id: int | None = None
    promise_days: int | None = None
    """Business days from today that a new order of this type promises; None: nothing."""


@dataclass
class StageForm:
    status: Status = Status.IN_PROGRESS
    name: str = ""
    colour: str = "blue"
    """One of the look's meanings: red, amber, violet, blue, green, grey."""
    active: bool = True
    id: int | None = None


@dataclass
class NoticeForm:
    """A notice given to a customer, as it is logged."""

    channel: NoticeChannel
    body: str
    kind: NoticeKind = NoticeKind.PICK_UP
