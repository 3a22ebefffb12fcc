"""The lists that a shop edits itself."""

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from osdesk.domain.codes import (
    ItemKind,
    PartCondition,
)
from osdesk.persistence.columns import (
    STRICT,
    Base,
    Cents,
    Code,
    Flag,
    Key,
    Number,
    Words,
    not_negative,
    one_of,
)


class ServiceType(Base):
    __tablename__ = "service_types"
    id: Mapped[Key]
    name: Mapped[Words]
    name_folded: Mapped[Words]
    active: Mapped[bool] = mapped_column(Flag)
    promise_days: Mapped[Number | None]
    __table_args__ = (
        UniqueConstraint("name_folded"),
        CheckConstraint("promise_days BETWEEN 0 AND 365", name="promise_days"),
        STRICT,
    )


class Slot(Base):
    """A place on the shelf; it is taken while an open order stands on it."""

    __tablename__ = "slots"
    id: Mapped[Key]
    name: Mapped[Words]
    name_folded: Mapped[Words]
    active: Mapped[bool] = mapped_column(Flag)
    __table_args__ = (UniqueConstraint("name_folded"), STRICT)


class Checklist(Base):
    """What is asked at intake of a kind of equipment; a kind without a row has the program's."""

    __tablename__ = "checklists"
    id: Mapped[Key]
    kind: Mapped[Words]
    kind_folded: Mapped[Words]
    questions: Mapped[Words]
    """JSON list."""
    __table_args__ = (UniqueConstraint("kind_folded"), STRICT)


class Synonym(Base):
    """Words that mean the same to the search, with commas between them."""

    __tablename__ = "synonyms"
    id: Mapped[Key]
    words: Mapped[Words]
    active: Mapped[bool] = mapped_column(Flag)
    __table_args__ = (CheckConstraint("length(words) > 0", name="filled"), STRICT)


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
