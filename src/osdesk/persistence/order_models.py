"""Orders with their lines."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Index, Integer, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from osdesk.domain.codes import (
    ItemKind,
    PartCondition,
    Priority,
)
from osdesk.domain.orders.status import Status
from osdesk.persistence.columns import (
    STRICT,
    WHOLE,
    Base,
    Cents,
    Code,
    Day,
    Flag,
    Key,
    Moment,
    Number,
    Words,
    a_day,
    later_reference,
    not_negative,
    one_of,
    reference,
    where,
)
from osdesk.persistence.customer_models import Customer, Equipment

OPEN_SQL = "status NOT IN ('delivered', 'returned', 'cancelled')"
"""Written the same way in index and query: SQLite matches a partial index by its words."""


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
    ceiling: Mapped[Cents | None]
    stage_id: Mapped[int | None] = later_reference("stages.id")
    waiting_since: Mapped[date | None] = mapped_column(Day)
    allowance: Mapped[Cents] = mapped_column(server_default=text("0"))
    late_fees: Mapped[Cents] = mapped_column(server_default=text("0"))
    """The sums of the order's charges of each kind."""
    handed_on: Mapped[date | None] = mapped_column(Day)
    """The day of the hand-over that goes on to count while the order is reopened and the device
    stayed with the customer."""
    warranty_reason: Mapped[Words | None]
    kept_stage_id: Mapped[int | None] = later_reference("stages.id")
    """The stage it had when it went back for approval; it has it again under that status."""
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
        *not_negative("ceiling", "allowance", "late_fees"),
        *a_day("waiting_since", "handed_on"),
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
            **where(OPEN_SQL),
        ),
        Index(None, "status", "number"),
        Index(None, "customer_id", "number"),
        Index(None, "equipment_id"),
        Index(None, "technician_id"),
        Index(None, "requested_on"),
        Index(None, "promised_on"),
        Index(None, "total"),
        Index(
            "ix_orders_owed",
            "due_on",
            "customer_id",
            "balance",
            "status",
            "number",
            **where("balance > 0"),
        ),
        Index("ix_orders_to_refund", "balance", **where("balance < 0")),
        Index("ix_orders_ready_on", "ready_on", "promised_on", **where("ready_on IS NOT NULL")),
        Index(
            "ix_orders_delivered_on",
            "delivered_on",
            "labor_total",
            "parts_total",
            "discount",
            "promised_on",
            **where("delivered_on IS NOT NULL"),
        ),
        Index("ix_orders_returned_on", "returned_on", **where("returned_on IS NOT NULL")),
        Index("ix_orders_cancelled_on", "cancelled_on", **where("cancelled_on IS NOT NULL")),
        Index(
            "ix_orders_warranty_return",
            "warranty_return_of_id",
            **where("warranty_return_of_id IS NOT NULL"),
        ),
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
