"""Papers that were issued, and what was typed and not saved yet."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from osdesk.domain.codes import (
    Paper,
    PaperFormat,
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
    Packed,
    Words,
    reference,
    where,
)


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
    canonical: Mapped[str] = mapped_column(Packed)
    sheet: Mapped[str] = mapped_column(Packed)
    sha256: Mapped[Words]
    signed_at: Mapped[datetime | None] = mapped_column(Moment)
    __table_args__ = (
        UniqueConstraint("order_id", "paper", "version"),
        Index("ix_issued_papers_signed", "signed_at", **where("signed_at IS NOT NULL")),
        CheckConstraint("length(sha256) = 64", name="sha256_length"),
        STRICT,
    )


class IssuedFile(Base):
    """The PDF of an issued version as it was made: ``name`` in the folder's papers, and its hash.
    ``again``: the one that says *2ª via*."""

    __tablename__ = "issued_files"
    id: Mapped[Key]
    issued_paper_id: Mapped[int] = reference("issued_papers.id")
    format: Mapped[PaperFormat] = mapped_column(Code(PaperFormat))
    again: Mapped[bool] = mapped_column(Flag)
    name: Mapped[Words]
    sha256: Mapped[Words]
    at: Mapped[datetime] = mapped_column(Moment)
    __table_args__ = (
        UniqueConstraint("issued_paper_id", "format", "again"),
        CheckConstraint("length(sha256) = 64", name="sha256_length"),
        STRICT,
    )


class Draft(Base):
    """What was typed and not saved yet, as JSON of the form; ``order_id`` None: a new order."""

    __tablename__ = "drafts"
    id: Mapped[Key]
    order_id: Mapped[int | None] = reference("orders.id", unique=True)
    at: Mapped[datetime] = mapped_column(Moment)
    author_id: Mapped[int | None] = reference("employees.id")
    body: Mapped[Words]
    __table_args__ = (STRICT,)
