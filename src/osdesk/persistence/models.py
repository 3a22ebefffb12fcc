"""Mapped classes: how the shop is stored. Storage only; they never leave ``services``.

Money is whole centavos, quantities are thousandths, days are ISO text, moments are UTC ISO text of
one width (so that text order is time order). Tables are STRICT where the dialect knows the word.
Nothing cascades: orders, payments and events cannot be deleted through what they belong to.
"""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Annotated, Any, Literal, TypeVar

from sqlalchemy import (
    CheckConstraint,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Text,
    TypeDecorator,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship

from osdesk.domain.codes import (
    ApprovalVia,
    EventCode,
    ItemKind,
    Paper,
    PartCondition,
    PaymentKind,
    PaymentMethod,
    Priority,
    QuoteStatus,
    Role,
)
from osdesk.domain.status import Status

OPEN_SQL = "status NOT IN ('delivered', 'returned', 'cancelled')"
"""Written the same way in index and query: SQLite matches a partial index by its words."""


class Day(TypeDecorator[date]):
    """A local day, ``YYYY-MM-DD``."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: date | None, dialect: Dialect) -> str | None:
        return None if value is None else value.isoformat()

    def process_result_value(self, value: str | None, dialect: Dialect) -> date | None:
        return None if value is None else date.fromisoformat(value)


def moment_key(value: datetime) -> str:
    """UTC text of one width: ``2026-11-24T17:32:00.000000Z``. Refuses a naive moment."""
    if value.tzinfo is None:
        raise ValueError("a moment needs its offset")
    plain = value.astimezone(UTC).replace(tzinfo=None)
    return plain.isoformat(timespec="microseconds") + "Z"


class Moment(TypeDecorator[datetime]):
    """An aware moment, kept in UTC."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:
        return None if value is None else moment_key(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> datetime | None:
        return None if value is None else datetime.fromisoformat(value)


E = TypeVar("E", bound=StrEnum)


class Code(TypeDecorator[E]):
    """One of our codes, stored by its value."""

    impl = Text
    cache_ok = True

    def __init__(self, kind: type[E]) -> None:
        super().__init__()
        self.kind = kind

    def process_bind_param(self, value: E | None, dialect: Dialect) -> str | None:
        return None if value is None else self.kind(value).value

    def process_result_value(self, value: str | None, dialect: Dialect) -> E | None:
        return None if value is None else self.kind(value)


class Flag(TypeDecorator[bool]):
    impl = Integer
    cache_ok = True

    def process_bind_param(self, value: bool | None, dialect: Dialect) -> int | None:
        return None if value is None else int(value)

    def process_result_value(self, value: int | None, dialect: Dialect) -> bool | None:
        return None if value is None else bool(value)


class Base(DeclarativeBase):
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


Key = Annotated[int, mapped_column(Integer, primary_key=True)]
Cents = Annotated[int, mapped_column(Integer)]
Number = Annotated[int, mapped_column(Integer)]
Words = Annotated[str, mapped_column(Text)]
STRICT: dict[str, Any] = {"sqlite_strict": True}
WHOLE: Literal["raise_on_sql"] = "raise_on_sql"


def one_of(column: str, kind: type[StrEnum]) -> CheckConstraint:
    values = ", ".join(f"'{member.value}'" for member in kind)
    return CheckConstraint(f"{column} IN ({values})", name=column)


def not_negative(*columns: str) -> Sequence[CheckConstraint]:
    return [CheckConstraint(f"{column} >= 0", name=f"{column}_not_negative") for column in columns]


def a_day(*columns: str) -> Sequence[CheckConstraint]:
    shape = "[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]"
    return [
        CheckConstraint(f"{column} IS NULL OR {column} GLOB '{shape}'", name=f"{column}_is_day")
        for column in columns
    ]


def reference(target: str, **options: Any) -> Any:
    return mapped_column(Integer, ForeignKey(target, ondelete="RESTRICT"), **options)


class Shop(Base):
    """The one row of profile and settings."""

    __tablename__ = "shop"
    id: Mapped[Key]
    shop_id: Mapped[Words]
    name: Mapped[Words]
    tagline: Mapped[Words | None]
    document: Mapped[Words | None]
    address: Mapped[Words | None]
    city: Mapped[Words | None]
    phones: Mapped[Words | None]
    email: Mapped[Words | None]
    logo: Mapped[Words | None]
    default_ddd: Mapped[Words]
    zone: Mapped[Words]
    quote_validity_days: Mapped[Number]
    warranty_days: Mapped[Number]
    pick_up_days: Mapped[Number]
    payment_terms: Mapped[Words]
    __table_args__ = (
        CheckConstraint("id = 1", name="one_row"),
        CheckConstraint("quote_validity_days BETWEEN 1 AND 365", name="quote_validity"),
        CheckConstraint("warranty_days BETWEEN 90 AND 3650", name="warranty"),
        CheckConstraint("pick_up_days BETWEEN 1 AND 3650", name="pick_up"),
        STRICT,
    )


class ShopText(Base):
    """Texts of the shop's papers, by code (``terms_intake``, ``terms_delivery``)."""

    __tablename__ = "shop_texts"
    code: Mapped[str] = mapped_column(Text, primary_key=True)
    body: Mapped[Words]
    __table_args__ = (STRICT,)


class Counter(Base):
    """Next numbers (``order``, ``receipt``): they only go up and are never given twice."""

    __tablename__ = "counters"
    name: Mapped[str] = mapped_column(Text, primary_key=True)
    next: Mapped[Number]
    __table_args__ = (CheckConstraint("next >= 1", name="next_positive"), STRICT)


class Employee(Base):
    __tablename__ = "employees"
    id: Mapped[Key]
    name: Mapped[Words]
    name_folded: Mapped[Words]
    role: Mapped[Role] = mapped_column(Code(Role))
    active: Mapped[bool] = mapped_column(Flag)
    __table_args__ = (UniqueConstraint("name_folded"), one_of("role", Role), STRICT)


class ServiceType(Base):
    __tablename__ = "service_types"
    id: Mapped[Key]
    name: Mapped[Words]
    name_folded: Mapped[Words]
    active: Mapped[bool] = mapped_column(Flag)
    __table_args__ = (UniqueConstraint("name_folded"), STRICT)


class CatalogItem(Base):
    __tablename__ = "catalog"
    id: Mapped[Key]
    kind: Mapped[ItemKind] = mapped_column(Code(ItemKind))
    description: Mapped[Words]
    description_folded: Mapped[Words]
    unit: Mapped[Words]
    unit_price: Mapped[Cents]
    unit_cost: Mapped[Cents | None]
    warranty_days: Mapped[Number | None]
    part_condition: Mapped[PartCondition | None] = mapped_column(Code(PartCondition))
    active: Mapped[bool] = mapped_column(Flag)
    __table_args__ = (
        UniqueConstraint("kind", "description_folded"),
        one_of("kind", ItemKind),
        *not_negative("unit_price", "unit_cost", "warranty_days"),
        STRICT,
    )


class Customer(Base):
    __tablename__ = "customers"
    id: Mapped[Key]
    name: Mapped[Words]
    name_folded: Mapped[Words]
    document: Mapped[Words | None]
    email: Mapped[Words | None]
    address: Mapped[Words | None]
    notes: Mapped[Words | None]
    created_at: Mapped[datetime] = mapped_column(Moment)
    anonymised_at: Mapped[datetime | None] = mapped_column(Moment)
    phones: Mapped[list["CustomerPhone"]] = relationship(
        lazy=WHOLE, order_by="CustomerPhone.position", cascade="all, delete-orphan"
    )
    __table_args__ = (
        CheckConstraint("length(name) > 0", name="name_filled"),
        CheckConstraint("document IS NULL OR length(document) IN (11, 14)", name="document_length"),
        Index(
            "uq_customers_document",
            "document",
            unique=True,
            sqlite_where=text("document IS NOT NULL"),
            postgresql_where=text("document IS NOT NULL"),
        ),
        Index(None, "name_folded", "id"),
        STRICT,
    )


class CustomerPhone(Base):
    """``digits``: with DDD; ``local``: without; ``number``: as it is shown."""

    __tablename__ = "customer_phones"
    id: Mapped[Key]
    customer_id: Mapped[int] = reference("customers.id")
    position: Mapped[Number]
    number: Mapped[Words]
    digits: Mapped[Words]
    local: Mapped[Words]
    label: Mapped[Words | None]
    __table_args__ = (
        UniqueConstraint("customer_id", "position"),
        Index(None, "digits"),
        STRICT,
    )


class Equipment(Base):
    """A device as a record of its own. The same device with the same words is the same row; an
    order that describes it otherwise gets a row of its own, so that no past order changes."""

    __tablename__ = "equipment"
    id: Mapped[Key]
    customer_id: Mapped[int] = reference("customers.id")
    kind: Mapped[Words]
    brand: Mapped[Words | None]
    model: Mapped[Words | None]
    serial: Mapped[Words | None]
    serial_folded: Mapped[Words | None]
    imei2: Mapped[Words | None]
    imei2_folded: Mapped[Words | None]
    colour: Mapped[Words | None]
    created_at: Mapped[datetime] = mapped_column(Moment)
    __table_args__ = (
        CheckConstraint("length(kind) > 0", name="kind_filled"),
        Index(None, "customer_id"),
        Index(
            "ix_equipment_serial",
            "serial_folded",
            sqlite_where=text("serial_folded IS NOT NULL"),
            postgresql_where=text("serial_folded IS NOT NULL"),
        ),
        Index(
            "ix_equipment_imei2",
            "imei2_folded",
            sqlite_where=text("imei2_folded IS NOT NULL"),
            postgresql_where=text("imei2_folded IS NOT NULL"),
        ),
        STRICT,
    )


def _where(words: str) -> dict[str, Any]:
    return {"sqlite_where": text(words), "postgresql_where": text(words)}


class Order(Base):
    """An ordem de serviço. ``number`` is what people see and never changes; totals, ``paid`` and
    ``balance`` are kept by the services in the transaction that changes them."""

    __tablename__ = "orders"
    id: Mapped[Key]
    number: Mapped[int] = mapped_column(Integer, unique=True)
    customer_id: Mapped[int] = reference("customers.id")
    equipment_id: Mapped[int] = reference("equipment.id")
    service_type_id: Mapped[int] = reference("service_types.id")
    technician_id: Mapped[int | None] = reference("employees.id")
    attendant_id: Mapped[int | None] = reference("employees.id")
    warranty_return_of_id: Mapped[int | None] = reference("orders.id")
    status: Mapped[Status] = mapped_column(Code(Status))
    status_before: Mapped[Status | None] = mapped_column(Code(Status))
    """Where *Reabrir* leads from a terminal status."""
    reason: Mapped[Words]
    priority: Mapped[Priority] = mapped_column(Code(Priority))
    slot: Mapped[Words | None]
    notes: Mapped[Words | None]
    accessories: Mapped[Words | None]
    condition: Mapped[Words | None]
    checklist: Mapped[Words | None]
    """JSON object: question to answer."""
    diagnosis: Mapped[Words | None]
    report: Mapped[Words | None]
    external_ref: Mapped[Words | None]
    created_at: Mapped[datetime] = mapped_column(Moment)
    requested_at: Mapped[datetime] = mapped_column(Moment)
    requested_on: Mapped[date] = mapped_column(Day)
    """Local day of ``requested_at`` in the shop's zone."""
    start_on: Mapped[date | None] = mapped_column(Day)
    promised_on: Mapped[date | None] = mapped_column(Day)
    promised_time: Mapped[Words | None]
    valid_until: Mapped[date | None] = mapped_column(Day)
    due_on: Mapped[date | None] = mapped_column(Day)
    ready_on: Mapped[date | None] = mapped_column(Day)
    delivered_on: Mapped[date | None] = mapped_column(Day)
    returned_on: Mapped[date | None] = mapped_column(Day)
    cancelled_on: Mapped[date | None] = mapped_column(Day)
    warranty_until: Mapped[date | None] = mapped_column(Day)
    payment_terms: Mapped[Words | None]
    waiting_for: Mapped[Words | None]
    used_parts_authorized_by: Mapped[Words | None]
    discount: Mapped[Cents]
    fee: Mapped[Cents]
    labor_total: Mapped[Cents]
    parts_total: Mapped[Cents]
    total: Mapped[Cents]
    paid: Mapped[Cents]
    balance: Mapped[Cents]
    signed: Mapped[bool] = mapped_column(Flag)
    items: Mapped[list["Item"]] = relationship(
        lazy=WHOLE, order_by="Item.position", cascade="all, delete-orphan"
    )
    customer: Mapped[Customer] = relationship(lazy=WHOLE)
    equipment: Mapped[Equipment] = relationship(lazy=WHOLE)
    __table_args__ = (
        one_of("status", Status),
        one_of("priority", Priority),
        CheckConstraint("number >= 1", name="number_positive"),
        CheckConstraint("length(reason) > 0", name="reason_filled"),
        CheckConstraint("balance = total - paid", name="balance"),
        *not_negative("discount", "fee", "labor_total", "parts_total", "total", "paid"),
        CheckConstraint("discount <= labor_total + parts_total", name="discount_within"),
        *a_day(
            "requested_on",
            "start_on",
            "promised_on",
            "valid_until",
            "due_on",
            "ready_on",
            "delivered_on",
            "returned_on",
            "cancelled_on",
            "warranty_until",
        ),
        CheckConstraint(
            "promised_time IS NULL OR promised_time GLOB '[0-2][0-9]:[0-5][0-9]'",
            name="promised_time_is_time",
        ),
        CheckConstraint("(status = 'delivered') = (delivered_on IS NOT NULL)", name="delivered"),
        CheckConstraint("(status = 'returned') = (returned_on IS NOT NULL)", name="returned"),
        CheckConstraint("(status = 'cancelled') = (cancelled_on IS NOT NULL)", name="cancelled"),
        Index(
            "ix_orders_open",
            "number",
            "status",
            "promised_on",
            "promised_time",
            "technician_id",
            **_where(OPEN_SQL),
        ),
        Index(None, "status", "number"),
        Index(None, "customer_id", "number"),
        Index(None, "equipment_id"),
        Index(None, "requested_on"),
        Index(
            "ix_orders_owed",
            "due_on",
            "customer_id",
            "balance",
            "status",
            "number",
            **_where("balance > 0"),
        ),
        Index("ix_orders_ready_on", "ready_on", "promised_on", **_where("ready_on IS NOT NULL")),
        Index(
            "ix_orders_delivered_on",
            "delivered_on",
            "labor_total",
            "parts_total",
            "discount",
            "promised_on",
            **_where("delivered_on IS NOT NULL"),
        ),
        Index("ix_orders_returned_on", "returned_on", **_where("returned_on IS NOT NULL")),
        Index("ix_orders_cancelled_on", "cancelled_on", **_where("cancelled_on IS NOT NULL")),
        STRICT,
    )


class Item(Base):
    """A line of an order; ``total`` = ROUND_HALF_UP(quantity x price) - discount."""

    __tablename__ = "items"
    id: Mapped[Key]
    order_id: Mapped[int] = reference("orders.id")
    position: Mapped[Number]
    kind: Mapped[ItemKind] = mapped_column(Code(ItemKind))
    description: Mapped[Words]
    quantity: Mapped[Number]
    unit: Mapped[Words]
    unit_price: Mapped[Cents]
    unit_cost: Mapped[Cents | None]
    discount: Mapped[Cents]
    part_condition: Mapped[PartCondition | None] = mapped_column(Code(PartCondition))
    technician_id: Mapped[int | None] = reference("employees.id")
    warranty_days: Mapped[Number | None]
    total: Mapped[Cents]
    __table_args__ = (
        UniqueConstraint("order_id", "position"),
        one_of("kind", ItemKind),
        CheckConstraint("quantity > 0", name="quantity_positive"),
        *not_negative("unit_price", "unit_cost", "discount", "total", "warranty_days"),
        CheckConstraint(
            "total = (quantity * unit_price + 500) / 1000 - discount", name="line_total"
        ),
        STRICT,
    )


class Quote(Base):
    """One version of what was offered: its content is frozen JSON, never edited."""

    __tablename__ = "quotes"
    id: Mapped[Key]
    order_id: Mapped[int] = reference("orders.id")
    version: Mapped[Number]
    status: Mapped[QuoteStatus] = mapped_column(Code(QuoteStatus))
    content: Mapped[Words]
    total: Mapped[Cents]
    start_on: Mapped[date | None] = mapped_column(Day)
    promised_on: Mapped[date | None] = mapped_column(Day)
    valid_until: Mapped[date | None] = mapped_column(Day)
    payment_terms: Mapped[Words | None]
    created_at: Mapped[datetime] = mapped_column(Moment)
    sent_at: Mapped[datetime | None] = mapped_column(Moment)
    decided_at: Mapped[datetime | None] = mapped_column(Moment)
    __table_args__ = (
        UniqueConstraint("order_id", "version"),
        one_of("status", QuoteStatus),
        *not_negative("total"),
        STRICT,
    )


class Approval(Base):
    """Who said yes, when, by which means, heard by which employee (CDC arts. 39 VI, 40)."""

    __tablename__ = "approvals"
    id: Mapped[Key]
    order_id: Mapped[int] = reference("orders.id")
    quote_id: Mapped[int | None] = reference("quotes.id")
    approved_by: Mapped[Words]
    via: Mapped[ApprovalVia] = mapped_column(Code(ApprovalVia))
    at: Mapped[datetime] = mapped_column(Moment)
    author_id: Mapped[int | None] = reference("employees.id")
    total: Mapped[Cents]
    superseded_at: Mapped[datetime | None] = mapped_column(Moment)
    __table_args__ = (Index(None, "order_id"), one_of("via", ApprovalVia), STRICT)


class Payment(Base):
    """Money in (positive) or out (negative); never edited. A reversal takes one payment back whole,
    a refund gives money back by itself."""

    __tablename__ = "payments"
    id: Mapped[Key]
    order_id: Mapped[int] = reference("orders.id")
    kind: Mapped[PaymentKind] = mapped_column(Code(PaymentKind))
    at: Mapped[datetime] = mapped_column(Moment)
    paid_on: Mapped[date] = mapped_column(Day)
    amount: Mapped[Cents]
    method: Mapped[PaymentMethod] = mapped_column(Code(PaymentMethod))
    received_by_id: Mapped[int | None] = reference("employees.id")
    receipt: Mapped[int] = mapped_column(Integer, unique=True)
    reverses_id: Mapped[int | None] = reference("payments.id", unique=True)
    __table_args__ = (
        one_of("kind", PaymentKind),
        one_of("method", PaymentMethod),
        CheckConstraint("(kind = 'payment') = (amount > 0) AND amount <> 0", name="sign"),
        CheckConstraint("(kind = 'reversal') = (reverses_id IS NOT NULL)", name="reverses"),
        *a_day("paid_on"),
        Index(None, "order_id"),
        Index(None, "paid_on", "kind", "method", "amount"),
        STRICT,
    )


class Delivery(Base):
    """Who took the device away, with what warranty; undone only by *Reabrir*."""

    __tablename__ = "deliveries"
    id: Mapped[Key]
    order_id: Mapped[int] = reference("orders.id")
    status: Mapped[Status] = mapped_column(Code(Status))
    at: Mapped[datetime] = mapped_column(Moment)
    collected_by: Mapped[Words]
    collected_document: Mapped[Words | None]
    warranty_until: Mapped[date | None] = mapped_column(Day)
    author_id: Mapped[int | None] = reference("employees.id")
    reopened_at: Mapped[datetime | None] = mapped_column(Moment)
    __table_args__ = (
        CheckConstraint("status IN ('delivered', 'returned')", name="status"),
        Index(None, "order_id"),
        STRICT,
    )


class Event(Base):
    """One link of the history: codes, keys, amounts and dates under a SHA-256 chain."""

    __tablename__ = "events"
    id: Mapped[Key]
    at: Mapped[datetime] = mapped_column(Moment)
    author_id: Mapped[int | None] = reference("employees.id")
    code: Mapped[EventCode] = mapped_column(Code(EventCode))
    order_id: Mapped[int | None] = reference("orders.id")
    customer_id: Mapped[int | None] = reference("customers.id")
    payment_id: Mapped[int | None] = reference("payments.id")
    data: Mapped[Words]
    """Canonical JSON."""
    text_hash: Mapped[Words | None]
    """SHA-256 of salt and body of the event's ``event_texts`` row, where it has one."""
    previous: Mapped[Words]
    hash: Mapped[Words]
    __table_args__ = (
        CheckConstraint("length(hash) = 64 AND length(previous) = 64", name="hashes"),
        Index("ix_events_order", "order_id", "id", **_where("order_id IS NOT NULL")),
        {**STRICT, "sqlite_autoincrement": True},
    )


class EventText(Base):
    """Personal and free texts of an event: may be blanked without breaking the chain."""

    __tablename__ = "event_texts"
    event_id: Mapped[int] = reference("events.id", primary_key=True)
    salt: Mapped[Words]
    body: Mapped[Words]
    """Canonical JSON."""
    __table_args__ = (STRICT,)


class Note(Base):
    """A remark with author and moment, for the shop alone or for the customer too."""

    __tablename__ = "notes"
    id: Mapped[Key]
    order_id: Mapped[int] = reference("orders.id")
    at: Mapped[datetime] = mapped_column(Moment)
    author_id: Mapped[int | None] = reference("employees.id")
    for_customer: Mapped[bool] = mapped_column(Flag)
    body: Mapped[Words]
    __table_args__ = (Index(None, "order_id"), STRICT)


class Attachment(Base):
    """A file of an order, kept in the folder's ``files`` under its SHA-256."""

    __tablename__ = "attachments"
    id: Mapped[Key]
    order_id: Mapped[int] = reference("orders.id")
    at: Mapped[datetime] = mapped_column(Moment)
    author_id: Mapped[int | None] = reference("employees.id")
    name: Mapped[Words]
    media_type: Mapped[Words]
    size: Mapped[Number]
    sha256: Mapped[Words]
    __table_args__ = (Index(None, "order_id"), *not_negative("size"), STRICT)


class IssuedPaper(Base):
    """One frozen version of a paper. ``canonical`` is what the hash covers; ``sheet`` is all that
    was on the paper, so that it can be drawn again as it was."""

    __tablename__ = "issued_papers"
    id: Mapped[Key]
    order_id: Mapped[int] = reference("orders.id")
    payment_id: Mapped[int | None] = reference("payments.id")
    paper: Mapped[Paper] = mapped_column(Code(Paper))
    version: Mapped[Number]
    issued_at: Mapped[datetime] = mapped_column(Moment)
    issued_on: Mapped[date] = mapped_column(Day)
    author_id: Mapped[int | None] = reference("employees.id")
    total: Mapped[Cents]
    canonical: Mapped[Words]
    sheet: Mapped[Words]
    sha256: Mapped[Words]
    signed_at: Mapped[datetime | None] = mapped_column(Moment)
    __table_args__ = (
        UniqueConstraint("order_id", "paper", "version"),
        CheckConstraint("length(sha256) = 64", name="sha256_length"),
        STRICT,
    )
