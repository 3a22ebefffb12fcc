"""What every floor knows of a field of an order: told once, in the line that declares it.

``OrderForm`` and ``EquipmentForm`` declare their fields with ``of``; cleaning, storage, the
history's difference, JSON, quotes and locks read that here. Names on screens stand in ``texts``,
the columns in the models; a test holds that none is missing.
"""

from collections.abc import Iterable
from dataclasses import MISSING, dataclass, field, fields
from enum import Enum, auto
from functools import cache
from typing import Any

from osdesk.domain.orders.status import Status


class Kind(Enum):
    """How the value of a field is written, checked and told."""

    LINE = auto()
    """A text of one line."""
    TEXT = auto()
    AS_GIVEN = auto()
    """A key of another system: letter by letter."""
    NAMED = auto()
    """A name out of one of the shop's lists; its key is stored."""
    DAY = auto()
    TIME = auto()
    MOMENT = auto()
    MONEY = auto()
    PRIORITY = auto()
    ORDER = auto()
    """The number of another order; its key is stored."""
    ANSWERS = auto()
    PART = auto()
    """Forms of their own: lines, instalments."""


_TEXTS = frozenset({Kind.LINE, Kind.TEXT, Kind.AS_GIVEN})
_FREE = frozenset({Kind.TEXT, Kind.AS_GIVEN, Kind.ANSWERS})
_WORDS = _TEXTS | {Kind.NAMED, Kind.ANSWERS}
_PLAIN = _TEXTS | {Kind.DAY, Kind.TIME, Kind.MONEY, Kind.PRIORITY}


@dataclass(frozen=True)
class OrderField:
    name: str
    kind: Kind
    default: Any
    kept: bool
    """Part of the order; else only the history is told."""
    quoted: bool
    """A quote promises it."""
    step: bool
    """A step of the order may set it."""
    locked: frozenset[Status]
    """Where it stays as it is until a step back or *Reabrir*."""

    @property
    def stored(self) -> bool:
        """Stored in a column of its own name, as it stands in the form."""
        return self.kept and self.kind in _PLAIN

    @property
    def words(self) -> bool:
        """Names and free texts: the history keeps them apart, so that they can be erased."""
        return self.kind in _WORDS

    @property
    def free(self) -> bool:
        """Typed freely and no part of what was agreed: it may name a person, and goes when the
        person's data are erased."""
        return self.kept and not self.quoted and self.kind in _FREE


def of(
    kind: Kind,
    default: Any = None,
    *,
    kept: bool = True,
    quoted: bool = False,
    step: bool = False,
    locked: Iterable[Status] = (),
) -> Any:
    """A field of a form; ``default`` may be a class whose empty value is the default."""
    known = {
        "kind": kind,
        "kept": kept,
        "quoted": quoted,
        "step": step,
        "locked": frozenset(locked),
    }
    if isinstance(default, type):
        return field(default_factory=default, metadata=known)
    return field(default=default, metadata=known)


@cache
def fields_of(form: type) -> tuple[OrderField, ...]:
    """The fields that a form declares with ``of``, in its order."""
    return tuple(
        OrderField(
            each.name, default=None if each.default is MISSING else each.default, **each.metadata
        )
        for each in fields(form)
        if each.metadata
    )
