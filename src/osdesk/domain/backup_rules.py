"""When a shop is backed up, and which of its backups are kept.

The order of backups is a count, never a clock: the clock of a computer is wrong now and then, and
whoever deletes by its word deletes the only good copy. Their own times only tell which of them are
of the same hour, day, week, month or year.
"""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

HOURLY = timedelta(hours=1)
"""At most so much work of an open window is outside a backup."""
NEWEST = 10
PINNED = 5
AT_ONCE = 20
LONGEST_PAUSE = timedelta(days=45)
"""A clock that jumped further is not believed."""
DRILL = timedelta(days=30)
DRILL_AGAIN = timedelta(days=1)
"""After so long the newest backups are restored on trial again; after one that failed, sooner."""
LATE_HERE = timedelta(hours=24)
LATE_SECOND = timedelta(days=7)
"""So long work may be outside the backups of the shop's folder, and of the second place."""


class RestoreStep(StrEnum):
    """What a restore is at, in this order."""

    READ = "read"
    KEEP = "keep"
    SWAP = "swap"


@dataclass(frozen=True, slots=True)
class Copy:
    """One backup of a place. ``made`` in the shop's zone; ``pinned``: made before something that
    cannot be taken back, as a restore."""

    serial: int
    sequence: int
    head: str
    made: datetime
    pinned: bool = False


def is_due(newest: Copy | None, sequence: int, head: str, *, now: datetime, closing: bool) -> bool:
    """Whether a shop whose newest event is ``sequence``, of hash ``head``, needs a backup now.

    While the window is open: an hour after the last one, if anything changed. When it closes: if
    anything changed, and once a day in any case.
    """
    if newest is None:
        return True
    changed = (newest.sequence, newest.head) != (sequence, head)
    if closing:
        return changed or newest.made.date() != now.date()
    return changed and not newest.made <= now < newest.made + HOURLY


def is_late(waiting_since: datetime | None, limit: timedelta, now: datetime) -> bool:
    """Whether the oldest change that a place does not have yet has waited too long for it; None
    where the place has everything."""
    return waiting_since is not None and now - waiting_since > limit


def is_drill_due(last: datetime | None, *, failed: bool, now: datetime) -> bool:
    """Whether the newest backups are to be tried; one of the future was under a wrong clock."""
    pause = DRILL_AGAIN if failed else DRILL
    return last is None or not last <= now < last + pause


def _hour(made: datetime) -> Hashable:
    return made.date(), made.hour


def _day(made: datetime) -> Hashable:
    return made.date()


def _week(made: datetime) -> Hashable:
    return made.isocalendar()[:2]


def _month(made: datetime) -> Hashable:
    return made.year, made.month


def _year(made: datetime) -> Hashable:
    return made.year


_SPANS: tuple[tuple[Callable[[datetime], Hashable], int | None], ...] = (
    (_hour, 24),
    (_day, 14),
    (_week, 8),
    (_month, 24),
    (_year, None),
)
"""Of the newest so many hours, days, weeks, months that have a backup, and of all years, the newest
one is kept."""


def kept(copies: Sequence[Copy]) -> set[int]:
    """Serials of the backups of a place that stay."""
    newest_first = sorted(copies, key=lambda copy: copy.serial, reverse=True)
    staying = {copy.serial for copy in newest_first[:NEWEST]}
    staying |= {copy.serial for copy in [c for c in newest_first if c.pinned][:PINNED]}
    for span, most in _SPANS:
        seen: set[Hashable] = set()
        for copy in newest_first:
            key = span(copy.made)
            if key not in seen and (most is None or len(seen) < most):
                seen.add(key)
                staying.add(copy.serial)
    return staying


def to_prune(copies: Sequence[Copy]) -> list[Copy]:
    """What may go from a place right after its newest backup was made and verified, oldest first.

    Nothing where the clock went back, or jumped, between the newest two.
    """
    oldest_first = sorted(copies, key=lambda copy: copy.serial)
    if len(oldest_first) < 2:
        return []
    before, newest = oldest_first[-2:]
    if not before.made <= newest.made <= before.made + LONGEST_PAUSE:
        return []
    staying = kept(oldest_first)
    return [copy for copy in oldest_first if copy.serial not in staying][:AT_ONCE]
