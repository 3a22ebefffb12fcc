"""The shop itself as screens and papers see it: profile, people, price list, backups; frozen."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from osdesk.domain.codes import ItemKind, PartCondition, Role


@dataclass(frozen=True, slots=True)
class ShopView:
    """The shop's profile, texts and settings; ``name`` is blank in a new shop."""

    shop_id: str
    name: str
    tagline: str | None
    document: str | None
    address: str | None
    city: str | None
    phones: str | None
    email: str | None
    default_ddd: str
    zone: str
    quote_validity_days: int
    warranty_days: int
    pick_up_days: int
    payment_terms: str
    terms_intake: str
    terms_delivery: str
    next_number: int
    logo: str | None
    """SHA-256 of the picture (PNG or JPEG, checked and scaled), its name in the folder's files."""
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
    fine_bp: int = 0
    interest_bp: int = 0
    open_saturday: bool = False


@dataclass(frozen=True, slots=True)
class EmployeeView:
    id: int
    name: str
    role: Role
    active: bool


@dataclass(frozen=True, slots=True)
class SynonymView:
    """Words that mean the same to the search, with commas between them."""

    id: int
    words: str
    active: bool


@dataclass(frozen=True, slots=True)
class ServiceTypeView:
    id: int
    name: str
    active: bool
    promise_days: int | None = None


@dataclass(frozen=True, slots=True)
class CatalogView:
    id: int
    kind: ItemKind
    description: str
    unit: str
    unit_price: int
    unit_cost: int | None
    warranty_days: int | None
    part_condition: PartCondition | None
    active: bool


@dataclass(frozen=True, slots=True)
class Held:
    """What a file of the shop holds: None where it cannot be read."""

    orders: int | None
    last_change: date | None
    shop_id: str | None = None
    shop: str = ""


@dataclass(frozen=True, slots=True)
class RestorePlan:
    """What a restore would do, known before anything is changed."""

    shop: str
    """The shop of the backup, as it was called then."""
    made_at: datetime
    orders: int
    customers: int
    payments: int
    there: Held | None
    """The shop that would be replaced; None where the folder has none."""
    other_shop: bool
    orders_gone: int | None
    """Orders of that shop that were opened after the backup; None where its history is another, or
    cannot be read."""
    changes_gone: int | None
    numbers_gone: tuple[int, ...] = ()
    """The first of the numbers of those orders."""


@dataclass(frozen=True, slots=True)
class BackupRow:
    """A finished backup of some place, in a list to choose from."""

    path: str
    plan: RestorePlan
    reason: str
    """Before what it was made, where that cannot be taken back."""


@dataclass(frozen=True, slots=True)
class RestoreRequest:
    """What a person has chosen to restore; ``other_shop``: they know that it is another's."""

    path: str
    other_shop: bool = False
    password: str = ""


@dataclass(frozen=True, slots=True)
class BackupFigures:
    path: str
    made_at: datetime
    sequence: int
    """The newest event's number."""
    orders: int
    customers: int
    payments: int
    files: int
    sha256: str


class SeenBackup(NamedTuple):
    """The newest backup of a place, as it was last seen there."""

    sequence: int
    head: str
    made_at: datetime


@dataclass(frozen=True, slots=True)
class BackupAge:
    """How a place stands."""

    made: datetime | None
    """When its newest backup was made; None where it has none."""
    waiting_since: datetime | None
    """When the oldest change was made that it does not have."""


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """One backup that a drill tried to restore; ``code`` and ``data``: of the UserError that says
    why it did not come back whole, empty where it did."""

    path: str
    made_at: datetime
    orders: int
    code: str
    data: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Drill:
    """A try to restore the newest backup of each place that was at hand."""

    shop_id: str
    at: datetime
    results: tuple[Rehearsal, ...]

    @property
    def failed(self) -> tuple[Rehearsal, ...]:
        return tuple(each for each in self.results if each.code)


@dataclass(frozen=True, slots=True)
class Safety:
    """How safe the shop's work is; moments in the shop's zone."""

    here: BackupAge
    second: BackupAge
    second_name: str
    """Empty where no second place was chosen."""
    drill: Drill | None = None


class FirstSteps(NamedTuple):
    """What a new shop has done already."""

    profile: bool
    """Name, and how the shop is reached: what stands in the head of its papers."""
    order: bool
    paper: bool
    sheet: bool
    """A signed copy came back and is filed."""
