"""What a shop offered an order's customer, version by version, and what changed between two."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from osdesk.domain.codes import ApprovalVia, ItemKind, PartCondition, QuoteStatus
from osdesk.domain.text import fold


@dataclass(frozen=True, slots=True)
class QuoteLine:
    """A line as it was promised: what it cost the shop is never part of a quote."""

    kind: ItemKind
    description: str
    quantity: int
    unit: str
    unit_price: int
    discount: int
    part_condition: PartCondition | None
    warranty_days: int | None
    total: int


@dataclass(frozen=True, slots=True)
class QuoteApproval:
    """Who said yes to this version, how, when, heard by whom."""

    by: str
    via: ApprovalVia
    at: datetime
    author: str | None


@dataclass(frozen=True, slots=True)
class QuoteVersion:
    """One version, as it was frozen when it was issued."""

    version: int
    status: QuoteStatus
    sent_at: datetime | None
    decided_at: datetime | None
    valid_until: date | None
    expired: bool
    lines: tuple[QuoteLine, ...]
    labor: int
    parts: int
    discount: int
    total: int
    fee: int
    start_on: date | None
    promised_on: date | None
    promised_time: str | None
    payment_terms: str | None
    approval: QuoteApproval | None


@dataclass(frozen=True, slots=True)
class LineChange:
    """None before: the line was added; None after: it was taken away."""

    before: QuoteLine | None
    after: QuoteLine | None


@dataclass(frozen=True, slots=True)
class FactChange:
    """A field of the quote by its name, with its values."""

    name: str
    before: object
    after: object


@dataclass(frozen=True, slots=True)
class QuoteChanges:
    lines: tuple[LineChange, ...]
    facts: tuple[FactChange, ...]

    def __bool__(self) -> bool:
        return bool(self.lines or self.facts)


FACTS = (
    *("labor", "parts", "discount", "total", "fee"),
    *("start_on", "promised_on", "promised_time", "valid_until", "payment_terms"),
)


def compare(before: QuoteVersion, after: QuoteVersion) -> QuoteChanges:
    """What ``after`` says otherwise than ``before``; the same lines in another order are the same.

    A line is known by its kind and its words: with another price it changed, with other words it
    is another line. Of several with the same words those that are wholly equal go together first.
    """
    facts = tuple(
        FactChange(name, getattr(before, name), getattr(after, name))
        for name in FACTS
        if getattr(before, name) != getattr(after, name)
    )
    return QuoteChanges(_line_changes(before.lines, after.lines), facts)


def _line_changes(
    before: Iterable[QuoteLine], after: Iterable[QuoteLine]
) -> tuple[LineChange, ...]:
    left: dict[tuple[str, str], list[QuoteLine]] = defaultdict(list)
    for line in before:
        left[_known_by(line)].append(line)
    fresh = []
    for line in after:
        if line in left[_known_by(line)]:
            left[_known_by(line)].remove(line)
        else:
            fresh.append(line)
    changed, added = [], []
    for line in fresh:
        same = left[_known_by(line)]
        if same:
            changed.append(LineChange(same.pop(0), line))
        else:
            added.append(LineChange(None, line))
    removed = [LineChange(line, None) for lines in left.values() for line in lines]
    return (*changed, *removed, *added)


def _known_by(line: QuoteLine) -> tuple[str, str]:
    return (line.kind.value, fold(line.description))
