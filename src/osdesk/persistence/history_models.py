"""What happened, what was said, what was printed."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from osdesk.domain.codes import (
    EventCode,
    Paper,
)
from osdesk.persistence.columns import (
    STRICT,
    Base,
    Cents,
    Code,
    Day,
    Flag,
    Key,
    Moment,
    Number,
    Words,
    not_negative,
    reference,
    where,
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
        Index("ix_events_order", "order_id", "id", **where("order_id IS NOT NULL")),
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
