"""What an order is quoted, approved, paid and delivered for."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Index, Integer, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from osdesk.domain.codes import (
    ApprovalVia,
    ChargeKind,
    PaymentKind,
    PaymentMethod,
    QuoteStatus,
)
from osdesk.domain.orders.status import Status
from osdesk.persistence.columns import (
    STRICT,
    Base,
    Cents,
    Code,
    Day,
    Key,
    Moment,
    Number,
    Packed,
    Words,
    a_day,
    not_negative,
    one_of,
    reference,
    where,
)


class Quote(Base):
    """One version of what was offered: its content is frozen JSON, never edited."""

    __tablename__ = "quotes"
    id: Mapped[Key]
    order_id: Mapped[int] = reference("orders.id")
    version: Mapped[Number]
    status: Mapped[QuoteStatus] = mapped_column(Code(QuoteStatus))
    content: Mapped[str] = mapped_column(Packed)
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
    used_parts_authorized_by: Mapped[Words | None]
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


class Charge(Base):
    """What an order comes to beside its lines; never edited. An allowance is the price falling
    after delivery, with the refund that gave it back; late fees are booked with the payment that
    brought them, and below zero where that payment was reversed."""

    __tablename__ = "charges"
    id: Mapped[Key]
    order_id: Mapped[int] = reference("orders.id")
    kind: Mapped[ChargeKind] = mapped_column(Code(ChargeKind))
    at: Mapped[datetime] = mapped_column(Moment)
    booked_on: Mapped[date] = mapped_column(Day)
    amount: Mapped[Cents]
    payment_id: Mapped[int] = reference("payments.id")
    author_id: Mapped[int | None] = reference("employees.id")
    __table_args__ = (
        one_of("kind", ChargeKind),
        CheckConstraint("amount <> 0 AND (kind = 'late_fees' OR amount > 0)", name="sign"),
        *a_day("booked_on"),
        Index(None, "order_id"),
        Index(None, "booked_on", "kind", "amount"),
        STRICT,
    )


class Instalment(Base):
    """A part of what is owed after delivery, due on its own day; ``open`` is what of it is still
    unpaid, kept by the services in the transaction that changes the balance."""

    __tablename__ = "instalments"
    id: Mapped[Key]
    order_id: Mapped[int] = reference("orders.id")
    position: Mapped[Number]
    due_on: Mapped[date] = mapped_column(Day)
    amount: Mapped[Cents]
    open: Mapped[Cents]
    __table_args__ = (
        UniqueConstraint("order_id", "position"),
        CheckConstraint("amount > 0 AND open BETWEEN 0 AND amount", name="amounts"),
        *a_day("due_on"),
        Index("ix_instalments_open", "due_on", "order_id", "open", **where("open > 0")),
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
