"""The shop itself: profile, texts, counters, people, stages."""

from sqlalchemy import CheckConstraint, Integer, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from osdesk.domain.codes import (
    Role,
)
from osdesk.domain.orders.status import Status
from osdesk.persistence.columns import (
    STRICT,
    Base,
    Code,
    Flag,
    Key,
    Number,
    Words,
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
    pix_key: Mapped[Words | None]
    pix_name: Mapped[Words | None]
    pix_city: Mapped[Words | None]
    code_days: Mapped[int] = mapped_column(Integer, server_default=text("7"))
    fine_bp: Mapped[int] = mapped_column(Integer, server_default=text("0"))
    interest_bp: Mapped[int] = mapped_column(Integer, server_default=text("0"))
    open_saturday: Mapped[bool] = mapped_column(Flag, server_default=text("0"))
    __table_args__ = (
        CheckConstraint("id = 1", name="one_row"),
        CheckConstraint("quote_validity_days BETWEEN 1 AND 365", name="quote_validity"),
        CheckConstraint("warranty_days BETWEEN 90 AND 3650", name="warranty"),
        CheckConstraint("pick_up_days BETWEEN 1 AND 3650", name="pick_up"),
        CheckConstraint("code_days BETWEEN 0 AND 3650", name="code_days"),
        CheckConstraint("fine_bp BETWEEN 0 AND 200", name="fine"),
        CheckConstraint("interest_bp BETWEEN 0 AND 100", name="interest"),
        STRICT,
    )


class ShopText(Base):
    """Texts of the shop's papers and messages by code (``terms_intake`` …); a text without a row
    is the program's own."""

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


class Stage(Base):
    """A stage of the shop's own under a status: a label, no rule looks at it."""

    __tablename__ = "stages"
    id: Mapped[Key]
    status: Mapped[Status] = mapped_column(Code(Status))
    name: Mapped[Words]
    name_folded: Mapped[Words]
    colour: Mapped[Words]
    active: Mapped[bool] = mapped_column(Flag)
    __table_args__ = (UniqueConstraint("status", "name_folded"), one_of("status", Status), STRICT)
