"""The shop itself: profile, texts, counters, people, price list."""

from sqlalchemy import CheckConstraint, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from osdesk.domain.codes import (
    ItemKind,
    PartCondition,
    Role,
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
