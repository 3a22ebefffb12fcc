"""The demonstration shop: believable people, seasons, returns, debts; the same seed, the same shop.

It is told through the services, in the order of time and in one transaction, so that it can only
hold what the program can do. Of a large shop a part is told, and copied to other days and people.
"""

from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from itertools import accumulate
from pathlib import Path
from random import Random

from sqlalchemy.orm import Session

from osdesk.domain.calendar import Month, add_business_days, is_business_day, local_day
from osdesk.domain.errors import UserError
from osdesk.domain.orders.status import OrderFilter, Status
from osdesk.jobs.demo.counter import ZONE, Counter, Told
from osdesk.jobs.demo.life import Aim, Life
from osdesk.jobs.demo.multiply import multiply
from osdesk.jobs.demo.shop import open_shop
from osdesk.persistence.store import Store, open_store
from osdesk.services.events import own_salts
from osdesk.services.orders.listing import order_page

ORDERS_A_YEAR = 40_000
MOST_TOLD = 500
"""Of a larger shop the newest orders are told, and as many more as make its copies vary."""
MOST_COPIED = 1_000
SEASON = (0.95, 0.8, 0.95, 0.95, 1.0, 0.95, 0.9, 1.0, 1.0, 1.05, 1.15, 1.3)
"""How busy each month is: quiet in February, busy before Christmas."""
RECENT_DAYS = 8
PRINTED = 14
"""Sheets of the newest open orders; the others were written by hand before."""
RETURNED = 6
"""Place among the newest orders of one that came back under warranty."""
MONTHS_CLOSED = (3, 2)
"""Months back; last month's closing is left to whoever looks at the demonstration."""
OPEN_TARGETS = (
    Status.IN_PROGRESS,
    Status.RECEIVED,
    Status.READY,
    Status.AWAITING_APPROVAL,
    Status.IN_DIAGNOSIS,
    Status.AWAITING_PART,
    Status.IN_PROGRESS,
    Status.APPROVED,
    Status.READY,
    Status.DECLINED,
    Status.IN_PROGRESS,
    Status.AWAITING_APPROVAL,
    Status.UNREPAIRABLE,
    Status.RECEIVED,
)
"""Where the newest orders stand, one after the other, so that every status is met."""
CLOSED_TARGETS = (Status.CANCELLED, Status.RETURNED, Status.DELIVERED)
"""What three earlier orders came to; the delivered one is still owed."""
WAITING_TARGETS = (Status.READY, Status.READY, Status.UNREPAIRABLE, Status.DELIVERED)
"""What some orders of weeks ago came to: nobody has collected them; the last is owed in parts."""


def fill_demo(
    store: Store,
    *,
    orders: int,
    seed: int,
    now: datetime,
    until: date | None = None,
    progress: Callable[[int], object] | None = None,
    printed: int = PRINTED,
) -> None:
    """Fill an empty shop with ``orders`` orders over two years before ``until`` (over
    ``orders`` / 40,000 years where that is more).

    ``printed``: how many of the newest have their sheet printed, half of them signed. ``progress``
    is told how many orders were added. The orders are all there or none; raises UserError
    ``orders_exist``.
    """
    last_day = until or local_day(now, ZONE)
    tell = progress or (lambda _: None)
    newest = max(len(OPEN_TARGETS), orders // 14 if orders < 3000 else orders // 700)
    told = orders
    if orders > MOST_TOLD:
        told = min(MOST_COPIED, MOST_TOLD // 2 + orders // 20) + newest
    first_day = last_day - timedelta(days=int(max(2.0, orders / ORDERS_A_YEAR) * 365))

    def fill(session: Session) -> None:
        if order_page(session, OrderFilter.ALL, now=now, limit=1):
            raise UserError("orders_exist", path=store.folder)
        rng = Random(f"{seed}:{last_day}:{orders}")  # a shop to play with, not a secret
        own_salts(session, lambda: f"{rng.getrandbits(128):032x}")
        end = datetime.combine(last_day, time(12), ZONE)
        moments = list(_moments(rng, told, newest, first_day, last_day))
        opens = moments[0] if moments else end
        open_shop(session, rng, now=opens.replace(hour=8, minute=0))
        counter = Counter(store, rng, end, tell)
        for index, opened in enumerate(moments):
            if told < orders and index == told - newest:
                counter.work(session)
                wanted = orders - newest
                days = (first_day, last_day)
                multiply(session, rng, orders=wanted, between=days, progress=tell)
            life_rng = Random(f"{seed}:{last_day}:{index}")
            life = Life(counter, life_rng, _aim(index, told, newest, printed))
            counter.later(opened, life.tell())
        for month, at in _closings(opens.date(), last_day):
            counter.later(at, _close(counter, month))
        counter.work(session)

    store.database.fill(fill)


def fill_beside(
    _own: Store,
    folder: Path,
    *,
    orders: int,
    seed: int,
    now: datetime,
    until: date,
    progress: Callable[[int], object],
) -> Path:
    """The demonstration in a folder of its own, made where it is not yet. Raises UserError."""
    store = open_store(folder, write=True, create=True, clock=lambda: now)
    try:
        if not store.database.read(order_page, OrderFilter.ALL, now=now, limit=1):
            fill_demo(store, orders=orders, seed=seed, now=now, until=until, progress=progress)
    finally:
        store.close()
    return folder


def _closings(opens: date, last_day: date) -> Iterator[tuple[Month, datetime]]:
    """Each month on the second business day after its end; none before the shop opened."""
    for back in MONTHS_CLOSED:
        month = Month.of(last_day).shifted(-back)
        if month.first < Month.of(opens).first:
            continue
        day = add_business_days(month.last, 2, saturday=True)
        yield month, datetime.combine(day, time(9, 20), ZONE)


def _close(counter: Counter, month: Month) -> Told:
    counter.close(month)
    yield from ()


def _aim(index: int, orders: int, newest: int, printed: int) -> Aim:
    """What an order is told for, so that even a small shop has every status, a debtor too."""
    before = orders - newest
    on_paper = index >= orders - printed
    if before > 0 and index >= before:
        place = index - before
        status = OPEN_TARGETS[place % len(OPEN_TARGETS)]
        return Aim(status, hurried=place == 0, comes_back=place == RETURNED, printed=on_paper)
    place = index - (before * 3 // 4 - 2)
    if before >= 2 * len(CLOSED_TARGETS) and 0 <= place < len(CLOSED_TARGETS):
        return Aim(CLOSED_TARGETS[place], owes=CLOSED_TARGETS[place] is Status.DELIVERED)
    place = index - (before - before // 11)  # some nine weeks ago
    if before >= 100 and 0 <= place < len(WAITING_TARGETS):
        return Aim(WAITING_TARGETS[place], owes=WAITING_TARGETS[place] is Status.DELIVERED)
    return Aim(printed=on_paper)


def _moments(
    rng: Random, orders: int, newest: int, first_day: date, last_day: date
) -> Iterator[datetime]:
    """Local moments of intake, oldest first: seasons, no Sundays or holidays, a growing shop; the
    ``newest`` ones in the last days, so that a small shop too has its bench full."""
    recent = 0 if orders <= newest else min(newest, orders)
    long_ago = _pick_days(rng, first_day, last_day, orders - recent)
    lately = _pick_days(rng, last_day - timedelta(days=RECENT_DAYS), last_day, recent)
    for days in (long_ago, lately):
        minutes = [(day, rng.randrange(8 * 60 + 30, 18 * 60)) for day in days]
        yield from (_moment(day, minute, last_day) for day, minute in sorted(minutes))


def _pick_days(rng: Random, first: date, last: date, count: int) -> list[date]:
    days = [first + timedelta(days=place) for place in range((last - first).days + 1)]
    weights = []
    for place, day in enumerate(days):
        busy = SEASON[day.month - 1] * (0.8 + 0.4 * place / len(days))
        busy *= 1.25 if day.weekday() == 0 else 0.6 if day.weekday() == 5 else 1
        weights.append(busy if is_business_day(day, saturday=True) else 0)
    return rng.choices(days, cum_weights=list(accumulate(weights)), k=count)


def _moment(day: date, minute: int, last_day: date) -> datetime:
    if day == last_day:  # the last day is told up to noon
        minute = 8 * 60 + 30 + minute % 180
    return datetime.combine(day, time(minute // 60, minute % 60), ZONE)
