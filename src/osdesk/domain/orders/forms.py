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
from osdesk.domain.orders.status import Status


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
    kind: str = ""
    brand: str | None = None
    model: str | None = None
    serial: str | None = None
    imei2: str | None = None
    colour: str | None = None
    accessories: str | None = None
    condition: str | None = None


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
    service_type: str = ""
    reason: str = ""
    priority: Priority = Priority.NORMAL
    slot: str | None = None
    notes: str | None = None
    technician: str | None = None
    requested_at: datetime | None = None
    """None: the moment of saving."""
    start_on: date | None = None
    promised_on: date | None = None
    promised_time: str | None = None
    items: list[ItemForm] = field(default_factory=list)
    discount: int = 0
    fee: int = 0
    payment_terms: str | None = None
    valid_until: date | None = None
    due_on: date | None = None
    diagnosis: str | None = None
    report: str | None = None
    external_ref: str | None = None
    checklist: dict[str, str] = field(default_factory=dict)
    ceiling: int | None = None
    """A total up to this was authorised at intake: it needs no new approval. None: nothing was."""
    stage: str | None = None
    """A stage of the shop's own, under the status."""
    warranty_return_of: int | None = None
    """Number of the order whose work comes back under warranty."""
    instalments: list[InstalmentForm] = field(default_factory=list)
    """How the balance is paid after delivery; empty: all on ``due_on``."""
    change_reason: str | None = None
    """Why an agreed price was lowered; goes to the history, not to the order."""


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
