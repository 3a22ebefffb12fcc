"""How values stand in the tables: money, days, moments, codes; the base of all mapped classes."""

import zlib
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import Annotated, Any, Literal, TypeVar

from sqlalchemy import (
    CheckConstraint,
    Dialect,
    ForeignKey,
    Integer,
    LargeBinary,
    MetaData,
    Text,
    TypeDecorator,
    text,
)
from sqlalchemy.orm import DeclarativeBase, mapped_column

from osdesk.domain.errors import UserError
from osdesk.persistence.packed import pack, unpack


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


EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_NAIVE_EPOCH = EPOCH.replace(tzinfo=None)
_MICROSECOND = timedelta(microseconds=1)


def moment_number(value: datetime) -> int:
    """Microseconds since 1970 in UTC: a third of the text's room. Refuses a naive moment."""
    if value.tzinfo is None:
        raise ValueError("a moment needs its offset")
    return (value - EPOCH) // _MICROSECOND


def moment_of(stored: int | str) -> datetime:
    """A moment that was read without the mapped classes: a number, or the text of other columns
    and of events in files of older versions.

    Raises OverflowError or ValueError where it is none.
    """
    if isinstance(stored, str):
        return datetime.fromisoformat(stored)
    return EPOCH + stored * _MICROSECOND


def moment_text(number: int) -> str:
    """``moment_key`` of ``moment_of``, at once: a check of the history asks it of every event."""
    plain = _NAIVE_EPOCH + timedelta(microseconds=number)
    return plain.isoformat(timespec="microseconds") + "Z"


class MomentNumber(TypeDecorator[datetime]):
    """An aware moment as ``moment_number``: for what a shop has ten of an order."""

    impl = Integer
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:
        return None if value is None else moment_number(value)

    def process_result_value(self, value: int | None, dialect: Dialect) -> datetime | None:
        return None if value is None else moment_of(value)


class Digest(TypeDecorator[str]):
    """A hash or a salt: hexadecimal digits for us, half as many bytes in the file."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> bytes | None:
        return None if value is None else bytes.fromhex(value)

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> str | None:
        return None if value is None else value.hex()


class Packed(TypeDecorator[str]):
    """A long text that is only ever read whole, deflated."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> bytes | None:
        return None if value is None else pack(value)

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> str | None:
        try:
            return None if value is None else unpack(value)
        except (zlib.error, UnicodeDecodeError) as error:
            raise UserError("database_damaged") from error


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


def later_reference(target: str) -> Any:
    """A reference added to a table that stood before: SQLite takes such a column without the words
    that ``reference`` has; the row referred to is kept all the same."""
    return mapped_column(Integer, ForeignKey(target))


def where(words: str) -> dict[str, Any]:
    return {"sqlite_where": text(words)}
