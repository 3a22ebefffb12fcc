"""Who comes, and with what."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from osdesk.persistence.columns import (
    STRICT,
    WHOLE,
    Base,
    Key,
    Moment,
    Number,
    Words,
    later_reference,
    reference,
    where,
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
    merged_into_id: Mapped[int | None] = later_reference("customers.id")
    """The record of the same person that this one was made one with: it is shown no more, and its
    own words stay as they were, so that the two can be parted again."""
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
            sqlite_where=text("document IS NOT NULL AND merged_into_id IS NULL"),
        ),
        Index("ix_customers_document", "document", **where("document IS NOT NULL")),
        Index(None, "name_folded", "id"),
        Index("ix_customers_merged", "merged_into_id", **where("merged_into_id IS NOT NULL")),
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
        Index(None, "kind", "brand", "model"),
        Index(
            "ix_equipment_serial",
            "serial_folded",
            sqlite_where=text("serial_folded IS NOT NULL"),
        ),
        Index(
            "ix_equipment_imei2",
            "imei2_folded",
            sqlite_where=text("imei2_folded IS NOT NULL"),
        ),
        STRICT,
    )
