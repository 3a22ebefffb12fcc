"""What happened, what was said, what was counted."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, Integer, text
from sqlalchemy.orm import Mapped, mapped_column

from osdesk.domain.codes import (
    AccessCodeKind,
    EventCode,
    FileKind,
    ImportedKind,
    ImportKind,
    NoticeChannel,
    NoticeKind,
)
from osdesk.persistence.columns import (
    STRICT,
    Base,
    Cents,
    Code,
    Digest,
    Flag,
    Key,
    Moment,
    MomentNumber,
    Number,
    Words,
    later_reference,
    not_negative,
    one_of,
    reference,
    where,
)


class Event(Base):
    """One link of the history: codes, keys, amounts and dates under a SHA-256 chain."""

    __tablename__ = "events"
    id: Mapped[Key]
    at: Mapped[datetime] = mapped_column(MomentNumber)
    author_id: Mapped[int | None] = reference("employees.id")
    code: Mapped[EventCode] = mapped_column(Code(EventCode))
    order_id: Mapped[int | None] = reference("orders.id")
    customer_id: Mapped[int | None] = reference("customers.id")
    payment_id: Mapped[int | None] = reference("payments.id")
    data: Mapped[Words]
    """Canonical JSON."""
    hash: Mapped[str] = mapped_column(Digest)
    """SHA-256 over this event and the hash of the one before, by ``domain.chain``."""
    __table_args__ = (
        CheckConstraint("length(hash) = 32", name="hash_length"),
        Index("ix_events_order", "order_id", "id", **where("order_id IS NOT NULL")),
        Index("ix_events_customer", "customer_id", **where("customer_id IS NOT NULL")),
        Index("ix_events_payment", "payment_id", **where("payment_id IS NOT NULL")),
        {**STRICT, "sqlite_autoincrement": True},
    )


class EventText(Base):
    """Personal and free texts of an event: may be blanked without breaking the chain.

    The chain covers the hash of salt and body. Once both are blanked it stands in ``erased``.
    """

    __tablename__ = "event_texts"
    event_id: Mapped[int] = reference("events.id", primary_key=True)
    salt: Mapped[str] = mapped_column(Digest)
    body: Mapped[Words]
    """Canonical JSON."""
    erased: Mapped[str | None] = mapped_column(Digest)
    __table_args__ = (
        CheckConstraint("(erased IS NOT NULL) = (body = '')", name="erased"),
        STRICT,
    )


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
    kind: Mapped[FileKind] = mapped_column(Code(FileKind), server_default=text("'other'"))
    issued_paper_id: Mapped[int | None] = later_reference("issued_papers.id")
    """The version whose signed copy it is."""
    removed_at: Mapped[datetime | None] = mapped_column(Moment)
    __table_args__ = (
        one_of("kind", FileKind),
        Index(None, "order_id"),
        *not_negative("size"),
        STRICT,
    )


class Notice(Base):
    """A notice that a customer was given, with its words: never edited."""

    __tablename__ = "notices"
    id: Mapped[Key]
    order_id: Mapped[int] = reference("orders.id")
    at: Mapped[datetime] = mapped_column(Moment)
    author_id: Mapped[int | None] = reference("employees.id")
    kind: Mapped[NoticeKind] = mapped_column(Code(NoticeKind))
    channel: Mapped[NoticeChannel] = mapped_column(Code(NoticeChannel))
    body: Mapped[Words]
    __table_args__ = (
        one_of("kind", NoticeKind),
        one_of("channel", NoticeChannel),
        Index(None, "order_id"),
        STRICT,
    )


class AccessCode(Base):
    """How a device is unlocked: ``secret`` is encrypted with a key outside the database."""

    __tablename__ = "access_codes"
    order_id: Mapped[int] = reference("orders.id", primary_key=True)
    kind: Mapped[AccessCodeKind] = mapped_column(Code(AccessCodeKind))
    secret: Mapped[Words | None]
    at: Mapped[datetime] = mapped_column(Moment)
    author_id: Mapped[int | None] = reference("employees.id")
    wiped_at: Mapped[datetime | None] = mapped_column(Moment)
    __table_args__ = (
        one_of("kind", AccessCodeKind),
        CheckConstraint("kind <> 'not_informed' OR secret IS NULL", name="not_informed"),
        Index("ix_access_codes_kept", "order_id", **where("secret IS NOT NULL")),
        STRICT,
    )


class MonthClosing(Base):
    """A month's figures as they were when it was closed; ``sha256`` covers ``figures``."""

    __tablename__ = "month_closings"
    id: Mapped[Key]
    month: Mapped[Words]
    """``YYYY-MM``."""
    closed_at: Mapped[datetime] = mapped_column(Moment)
    author_id: Mapped[int | None] = reference("employees.id")
    figures: Mapped[Words]
    """Canonical JSON."""
    sha256: Mapped[Words]
    reopened_at: Mapped[datetime | None] = mapped_column(Moment)
    format: Mapped[Number | None]
    revenue: Mapped[Cents | None]
    """This and the format as ``figures`` has them, without reading a whole month."""
    __table_args__ = (
        CheckConstraint("length(sha256) = 64", name="sha256_length"),
        CheckConstraint("month GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]'", name="month"),
        Index(
            "uq_month_closings_month",
            "month",
            unique=True,
            sqlite_where=text("reopened_at IS NULL"),
        ),
        STRICT,
    )


class ImportBatch(Base):
    """One bringing-in of another system's data, which can be taken back whole. The numbers stand
    before and after it: ``order_before`` is what the next order would have been."""

    __tablename__ = "import_batches"
    id: Mapped[Key]
    kind: Mapped[ImportKind] = mapped_column(Code(ImportKind))
    at: Mapped[datetime] = mapped_column(Moment)
    author_id: Mapped[int | None] = reference("employees.id")
    source: Mapped[Words]
    """The file's name."""
    sha256: Mapped[Words]
    taken: Mapped[Number]
    same: Mapped[Number]
    refused: Mapped[Number]
    order_before: Mapped[Number]
    order_after: Mapped[Number]
    receipt_before: Mapped[Number]
    receipt_after: Mapped[Number]
    undone_at: Mapped[datetime | None] = mapped_column(Moment)
    undone_by_id: Mapped[int | None] = reference("employees.id")
    __table_args__ = (
        one_of("kind", ImportKind),
        CheckConstraint("length(sha256) = 64", name="sha256_length"),
        STRICT,
    )


class ImportRow(Base):
    """Which batch made a row of another table, which event tells of it, and the key that it had
    where it came from."""

    __tablename__ = "import_rows"
    kind: Mapped[ImportedKind] = mapped_column(Code(ImportedKind), primary_key=True)
    key: Mapped[int] = mapped_column(Integer, primary_key=True)
    batch_id: Mapped[int] = reference("import_batches.id")
    event_id: Mapped[int | None] = reference("events.id")
    source: Mapped[Words | None]
    __table_args__ = (
        one_of("kind", ImportedKind),
        Index(None, "batch_id", "kind", "key"),
        Index("ix_import_rows_source", "kind", "source", **where("source IS NOT NULL")),
        Index("ix_import_rows_event_id", "event_id", **where("event_id IS NOT NULL")),
        {**STRICT, "sqlite_with_rowid": False},
    )
