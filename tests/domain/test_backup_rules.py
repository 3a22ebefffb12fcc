"""Three years of a shop's backups, with the clocks, disks and mornings that shops have."""

import random
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from osdesk.domain.backup_rules import AT_ONCE, NEWEST, Copy, is_due, kept, to_prune

BEGIN = datetime(2024, 1, 1, 8)
YEARS = 3
MOST = 24 + 14 + 8 + 24 + 10 + 5 + 20
"""Hours, days, weeks, months, the newest, the pinned, a few years: no place ever holds more."""

Clock = Callable[[datetime], datetime]


def right(moment: datetime) -> datetime:
    return moment


def shifted(by: timedelta, first: datetime, days: int) -> Clock:
    """A clock that is wrong for some days."""

    def clock(moment: datetime) -> datetime:
        return moment + by if first <= moment < first + timedelta(days=days) else moment

    return clock


class Place:
    """A folder of backups, its true times beside what the clock said."""

    def __init__(self) -> None:
        self.copies: list[Copy] = []
        self.truly: dict[int, datetime] = {}
        self.made = 0
        self.most = 0
        self.pruned_at_once = 0

    def run(
        self, moment: datetime, sequence: int, clock: Clock, *, pinned: bool = False, fails: bool
    ) -> None:
        """One look as the window takes it: a backup if one is due, then the old ones go."""
        newest = max(self.copies, key=lambda copy: copy.serial, default=None)
        now = clock(moment)
        if not pinned and not is_due(newest, sequence, str(sequence), now=now, closing=False):
            return
        if fails:
            return
        self.made += 1
        self.copies.append(Copy(self.made, sequence, str(sequence), now, pinned))
        self.truly[self.made] = moment
        if pinned:
            return
        gone = to_prune(self.copies)
        assert self.copies[-1] not in gone
        self.pruned_at_once = max(self.pruned_at_once, len(gone))
        self.copies = [copy for copy in self.copies if copy not in gone]
        self.most = max(self.most, len(self.copies))

    def times(self) -> list[datetime]:
        return [self.truly[copy.serial] for copy in self.copies]


def live(
    clock: Clock = right,
    *,
    fails: Callable[[datetime], bool] = lambda moment: False,
    seed: int = 1,
    years: float = YEARS,
    hook: Callable[[Place, datetime], None] = lambda place, moment: None,
) -> Place:
    """Monday to Saturday from eight to six, something changed in most hours."""
    rng = random.Random(seed)
    place, moment, sequence = Place(), BEGIN, 0
    while moment < BEGIN + timedelta(days=365 * years):
        if moment.weekday() < 6 and 8 <= moment.hour < 18:
            sequence += rng.randrange(4)
            pinned = rng.random() < 0.002
            place.run(moment, sequence, clock, pinned=pinned, fails=fails(moment))
            hook(place, moment)
        moment += timedelta(minutes=60)
    return place


def assert_covered(place: Place, end: datetime) -> None:
    """Each working day of the last two weeks, each of the last months, each year has a backup."""
    times = place.times()
    days = {time.date() for time in times}
    worked = [
        day for day in (end.date() - timedelta(days=n) for n in range(14)) if day.weekday() < 6
    ]
    assert set(worked[:11]) <= days
    months = {(time.year, time.month) for time in times}
    numbers = [end.year * 12 + end.month - 1 - count for count in range(22)]
    assert {(number // 12, number % 12 + 1) for number in numbers} <= months
    assert {2024, 2025, 2026} <= {time.year for time in times}


def test_three_years_keep_a_few_dozen() -> None:
    place = live()
    assert place.made > 5_000
    assert place.most <= MOST
    assert place.pruned_at_once <= AT_ONCE
    assert_covered(place, max(place.times()))
    newest = sorted(place.copies, key=lambda copy: copy.serial)[-NEWEST:]
    assert [copy.serial for copy in newest] == list(range(place.made - NEWEST + 1, place.made + 1))
    assert sum(copy.pinned for copy in place.copies) >= 5


FIRST = BEGIN + timedelta(weeks=100)
"""A Monday: the clock is wrong from this morning."""


def lost_from(clock: Clock, days: int) -> tuple[set[datetime], Place]:
    """True times of the backups that went in so many days; the place at the end of the years."""
    before: set[datetime] = set()
    after: set[datetime] = set()

    def hook(place: Place, moment: datetime) -> None:
        if moment == FIRST - timedelta(hours=39):  # Saturday at five
            before.update(place.times())
        if moment == FIRST + timedelta(days=days - 1, hours=9):
            after.update(place.times())

    place = live(clock, hook=hook)
    assert before
    assert after
    return before - after, place


@pytest.mark.parametrize("days", [2, 30])
def test_a_wrong_clock_costs_no_history(days: int) -> None:
    """What goes while the clock is wrong is about what a right one would have let go too."""
    usual, _ = lost_from(right, days)
    for years in (8, 70, -8, -55):
        lost, place = lost_from(shifted(timedelta(days=365 * years), FIRST, days), days)
        assert len(lost - usual) <= 4, years
        assert place.most <= MOST + 10
        assert place.pruned_at_once <= AT_ONCE
        assert_covered(place, max(place.times()))


def test_a_clock_that_is_wrong_every_morning_deletes_nothing_of_worth() -> None:
    """The battery is flat: until the network answers it is 1970, twice a day."""
    rng = random.Random(3)
    wrong = {BEGIN.date() + timedelta(days=day): rng.random() < 0.3 for day in range(365 * YEARS)}

    def clock(moment: datetime) -> datetime:
        return (
            datetime(1970, 1, 1, moment.hour)
            if wrong[moment.date()] and moment.hour < 9
            else moment
        )

    place = live(clock)
    assert place.most <= MOST + 10
    assert_covered(place, max(place.times()))


def test_failed_runs_and_full_disks_delete_nothing() -> None:
    """Three months in which no backup succeeds: whatever there was stays."""
    full = (BEGIN + timedelta(days=800), BEGIN + timedelta(days=890))
    there: list[int] = []

    def hook(place: Place, moment: datetime) -> None:
        if full[0] <= moment < full[1]:
            there.append(len(place.copies))

    place = live(fails=lambda moment: full[0] <= moment < full[1], hook=hook)
    assert len(there) > 500
    assert len(set(there)) == 1
    assert place.most <= MOST


@pytest.mark.parametrize("seed", range(4))
def test_runs_that_fail_now_and_then(seed: int) -> None:
    rng = random.Random(seed)
    place = live(fails=lambda moment: rng.random() < 0.3, seed=seed)
    assert place.most <= MOST
    assert_covered(place, max(place.times()))


# -- one by one ------------------------------------------------------------------------------------


def copy(serial: int, made: datetime, *, pinned: bool = False) -> Copy:
    return Copy(serial, serial, str(serial), made, pinned)


@pytest.mark.parametrize(
    ("later", "changed", "open_", "closing"),
    [
        (timedelta(minutes=59), True, False, True),
        (timedelta(minutes=60), True, True, True),
        (timedelta(minutes=60), False, False, False),
        (timedelta(days=1), False, False, True),
        (timedelta(days=-1), False, False, True),
        (timedelta(days=-1), True, True, True),
        (timedelta(days=-30_000), True, True, True),
    ],
)
def test_when_a_backup_is_due(later: timedelta, changed: bool, open_: bool, closing: bool) -> None:
    newest = Copy(5, 40, "head", datetime(2099, 5, 4, 12))
    sequence = 41 if changed else 40
    now = newest.made + later
    assert is_due(newest, sequence, "head", now=now, closing=False) == open_
    assert is_due(newest, sequence, "head", now=now, closing=True) == closing
    assert is_due(newest, 40, "other", now=now, closing=True), "another history of the same length"
    assert is_due(None, 0, "", now=now, closing=False)


def test_nothing_goes_where_the_clock_is_not_believed() -> None:
    many = [copy(n, BEGIN + timedelta(minutes=n)) for n in range(1, 60)]
    assert len(to_prune(many)) == AT_ONCE
    assert [gone.serial for gone in to_prune(many)] == sorted(
        gone.serial for gone in to_prune(many)
    )
    back = copy(60, BEGIN)
    assert to_prune([*many, back]) == []
    ahead = copy(60, many[-1].made + timedelta(days=46))
    assert to_prune([*many, ahead]) == []
    holiday = copy(60, many[-1].made + timedelta(days=44))
    assert to_prune([*many, holiday]) != []
    assert to_prune([]) == []
    assert to_prune(many[:1]) == []


def test_what_was_made_before_a_restore_stays_longer() -> None:
    pinned = [copy(n, BEGIN + timedelta(minutes=n), pinned=True) for n in range(1, 9)]
    many = [copy(n, BEGIN + timedelta(minutes=n)) for n in range(9, 100)]
    staying = kept([*pinned, *many])
    assert {n for n in staying if n < 9} == {4, 5, 6, 7, 8}
