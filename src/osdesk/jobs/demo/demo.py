"""The demonstration shop: believable people, seasons, returns, debts; the same seed, the same shop.

Rows go straight into an empty file in one transaction, with the history's chain from the first
event; the search indexes are rebuilt once at the end. Papers and closed months are then made as the
shop makes them, by the services.
"""

import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import accumulate
from random import Random

from osdesk.domain.calendar import is_business_day, local_day
from osdesk.domain.errors import UserError
from osdesk.domain.identifiers import fold_serial
from osdesk.domain.orders.status import Status
from osdesk.domain.text import fold
from osdesk.jobs.demo.papers import add_papers
from osdesk.jobs.demo.people import Device, Person, make_device, make_person
from osdesk.jobs.demo.rows import Written, write_order
from osdesk.jobs.demo.shop import furnish
from osdesk.jobs.demo.story import CLOSED_TARGETS, OPEN_TARGETS, WAITING_TARGETS, tell
from osdesk.jobs.demo.writer import ZONE, Writer, key_of
from osdesk.persistence.search_index import without_triggers
from osdesk.persistence.store import Store

ORDERS_A_YEAR = 40_000
BATCH = 5_000
SEASON = (0.95, 0.8, 0.95, 0.95, 1.0, 0.95, 0.9, 1.0, 1.0, 1.05, 1.15, 1.3)
"""How busy each month is: quiet in February, busy before Christmas."""
RECENT_DAYS = 8
PRINTED = 14
"""Sheets of the newest open orders; the others were written by hand before."""
RETURNED = 6
"""Place among the newest orders of one that came back under warranty."""


@dataclass(slots=True)
class _Past:
    """A delivered device that may come back."""

    customer: int
    equipment: int
    order: Written
    person: Person
    device: Device
    delivered: datetime

    def covers(self, opened: datetime) -> bool:
        """Whether its warranty runs when it comes back then."""
        until = self.order.warranty_until
        return until is not None and self.delivered < opened and opened.date() <= until


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

    def fill(connection: sqlite3.Connection) -> None:
        if connection.execute("SELECT 1 FROM orders LIMIT 1").fetchone():
            raise UserError("orders_exist", path=store.folder)
        with without_triggers(connection):
            _fill(connection, orders, seed, last_day, progress or (lambda _: None))

    store.database.bulk(fill)
    add_papers(
        store, Random(f"{seed}:{last_day}"), orders=orders, printed=printed, last_day=last_day
    )


def _fill(
    connection: sqlite3.Connection,
    orders: int,
    seed: int,
    last_day: date,
    progress: Callable[[int], object],
) -> None:
    rng = Random(f"{seed}:{last_day}:{orders}")  # a shop to play with, not a secret
    writer = Writer.of(connection, rng)
    end = datetime.combine(last_day, time(12))
    newest = max(len(OPEN_TARGETS), orders // 14 if orders < 3000 else orders // 700)
    moments = list(_moments(rng, orders, newest, last_day))
    types = furnish(writer, rng, moments[0] if moments else end)
    people: list[tuple[int, Person, list[tuple[int, Device]]]] = []
    past: list[_Past] = []
    for index, opened in enumerate(moments):
        target = _target(index, orders, newest)
        origin = _comes_back(rng, past, opened, index - (orders - newest), target)
        if origin is not None:
            customer, person, equipment, device = (
                origin.customer,
                origin.person,
                origin.equipment,
                origin.device,
            )
        else:
            customer, person, equipment, device = _visitor(writer, rng, people, opened)
        story = tell(
            rng,
            device,
            opened,
            end,
            person.name,
            target,
            warranty=origin is not None,
            hurried=index == orders - newest,
        )
        returned = origin.order if origin else None
        order = write_order(writer, rng, story, types, customer, equipment, returned)
        if story.status is Status.DELIVERED and origin is None:
            past.append(_Past(customer, equipment, order, person, device, story.last))
            del past[:-200]
        if (index + 1) % BATCH == 0:
            writer.flush()
            progress(BATCH)
    writer.flush()
    progress(orders % BATCH)


def _comes_back(
    rng: Random, past: list[_Past], opened: datetime, newest: int, target: Status | None
) -> _Past | None:
    """The delivered device that this order is a return of: one in thirty, each device once, and one
    of the newest orders. ``newest``: its place among those."""
    if newest == RETURNED or (target is None and rng.random() < 0.03):
        covered = [each for each in past[-60:] if each.covers(opened)]
        if covered:
            found = rng.choice(covered)
            past.remove(found)
            return found
    return None


def _target(index: int, orders: int, newest: int) -> Status | None:
    """Where an order must stand so that even a small shop has every status, a debtor too."""
    before = orders - newest
    if before > 0 and index >= before:
        return OPEN_TARGETS[(index - before) % len(OPEN_TARGETS)]
    place = index - (before * 3 // 4 - 2)
    if before >= 2 * len(CLOSED_TARGETS) and 0 <= place < len(CLOSED_TARGETS):
        return CLOSED_TARGETS[place]
    place = index - (before - before // 11)  # some nine weeks ago
    if before >= 100 and 0 <= place < len(WAITING_TARGETS):
        return WAITING_TARGETS[place]
    return None


def _moments(rng: Random, orders: int, newest: int, last_day: date) -> Iterator[datetime]:
    """Local moments of intake, oldest first: seasons, no Sundays or holidays, a growing shop; the
    ``newest`` ones in the last days, so that a small shop too has its bench full."""
    span = int(max(2.0, orders / ORDERS_A_YEAR) * 365)
    recent = 0 if orders <= newest else min(newest, orders)
    long_ago = _pick_days(rng, last_day - timedelta(days=span), last_day, orders - recent)
    lately = _pick_days(rng, last_day - timedelta(days=RECENT_DAYS), last_day, recent)
    minutes = [(day, rng.randrange(8 * 60 + 30, 18 * 60)) for day in long_ago]
    yield from (_moment(day, minute, last_day) for day, minute in sorted(minutes))
    minutes = [(day, rng.randrange(8 * 60 + 30, 18 * 60)) for day in lately]
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
    return datetime.combine(day, time(minute // 60, minute % 60))


def _visitor(
    writer: Writer,
    rng: Random,
    people: list[tuple[int, Person, list[tuple[int, Device]]]],
    opened: datetime,
) -> tuple[int, Person, int, Device]:
    """A customer, new or known, with a device, new or known."""
    if people and rng.random() < 0.62:
        customer, person, devices = people[int(len(people) * rng.random() ** 0.7)]
    else:
        person = make_person(rng, len(people))
        devices = []
        at = key_of(opened)
        customer = writer.add(
            "customers",
            person.name,
            fold(person.name),
            person.document,
            person.email,
            person.address,
            at,
        )
        label = "WhatsApp" if len(person.local) == 9 else None
        writer.add(
            "customer_phones",
            customer,
            0,
            person.phone,
            person.ddd + person.local,
            person.local,
            label,
        )
        people.append((customer, person, devices))
        writer.event(
            at, writer.attendants[0], "customer_added", {}, {"name": person.name}, customer=customer
        )
    if devices and rng.random() < 0.35:
        equipment, device = rng.choice(devices)
    else:
        device = make_device(rng)
        equipment = writer.add(
            "equipment",
            customer,
            device.kind,
            device.brand,
            device.model,
            device.serial,
            fold_serial(device.serial) if device.serial else None,
            key_of(opened),
        )
        devices.append((equipment, device))
    return customer, person, equipment, device
