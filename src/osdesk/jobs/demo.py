"""The demonstration shop: believable people, seasons, returns, debts; the same seed, the same shop.

Rows go straight into an empty file in one transaction, with the history's chain from the first
event; the search indexes are rebuilt once at the end.
"""

import sqlite3
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import accumulate
from random import Random

from osdesk.domain.calendar import is_business_day, local_day
from osdesk.domain.errors import UserError
from osdesk.domain.identifiers import fold_serial
from osdesk.domain.status import Status
from osdesk.domain.text import fold
from osdesk.jobs.demo_people import Device, Person, make_device, make_person, vocabulary
from osdesk.jobs.demo_rows import WARRANTY_DAYS, ZONE, key_of, write_order
from osdesk.jobs.demo_story import CLOSED_TARGETS, OPEN_TARGETS, tell
from osdesk.jobs.demo_writer import Writer
from osdesk.persistence.search_index import without_triggers
from osdesk.persistence.store import Store

ORDERS_A_YEAR = 40_000
BATCH = 5_000
SEASON = (0.95, 0.8, 0.95, 0.95, 1.0, 0.95, 0.9, 1.0, 1.0, 1.05, 1.15, 1.3)
"""How busy each month is: quiet in February, busy before Christmas."""
STAFF = (
    ("Marta Horizonte", "owner"),
    ("Priscila Nunes", "attendant"),
    ("Edson Ramos", "technician"),
    ("Rui Tavares", "technician"),
    ("Cíntia Prado", "technician"),
)
RECENT_DAYS = 8


@dataclass(slots=True)
class _Past:
    """A delivered device that may come back."""

    customer: int
    equipment: int
    order: int
    person: Person
    device: Device
    delivered: datetime


def fill_demo(
    store: Store,
    *,
    orders: int,
    seed: int,
    now: datetime,
    until: date | None = None,
    progress: Callable[[int], object] | None = None,
) -> None:
    """Fill an empty shop with ``orders`` orders over two years before ``until`` (over
    ``orders`` / 40,000 years where that is more).

    ``progress`` is told how many orders were added. All or nothing; raises UserError
    ``orders_exist``.
    """
    last_day = until or local_day(now, ZONE)

    def fill(connection: sqlite3.Connection) -> None:
        if connection.execute("SELECT 1 FROM orders LIMIT 1").fetchone():
            raise UserError("orders_exist", path=store.folder)
        with without_triggers(connection):
            _fill(connection, orders, seed, last_day, progress or (lambda _: None))

    store.database.bulk(fill)


def _fill(
    connection: sqlite3.Connection,
    orders: int,
    seed: int,
    last_day: date,
    progress: Callable[[int], object],
) -> None:
    rng = Random(f"{seed}:{last_day}:{orders}")  # a shop to play with, not a secret
    writer = Writer.of(connection, rng)
    types = _furnish(writer, rng)
    end = datetime.combine(last_day, time(12))
    newest = max(len(OPEN_TARGETS), orders // 14 if orders < 3000 else orders // 700)
    people: list[tuple[int, Person, list[tuple[int, Device]]]] = []
    past: list[_Past] = []
    for index, opened in enumerate(_moments(rng, orders, newest, last_day)):
        target = _target(index, orders, newest)
        origin = None
        if past and target is None and rng.random() < 0.03:
            origin = past[rng.randrange(max(0, len(past) - 60), len(past))]
            inside = timedelta() < opened - origin.delivered < timedelta(days=WARRANTY_DAYS)
            origin = origin if inside else None
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
            past.append(_Past(customer, equipment, order, person, device, story.moves[-1].at))
            del past[:-200]
        if (index + 1) % BATCH == 0:
            writer.flush()
            progress(BATCH)
    writer.flush()
    progress(orders % BATCH)


def _target(index: int, orders: int, newest: int) -> Status | None:
    """Where an order must stand so that even a small shop has every status, a debtor too."""
    before = orders - newest
    if before > 0 and index >= before:
        return OPEN_TARGETS[(index - before) % len(OPEN_TARGETS)]
    place = index - (before * 3 // 4 - 2)
    if before >= 2 * len(CLOSED_TARGETS) and 0 <= place < len(CLOSED_TARGETS):
        return CLOSED_TARGETS[place]
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


def _furnish(writer: Writer, rng: Random) -> dict[str, int]:
    """The shop's profile, people, price list and service types; ids of the types by name."""
    connection = writer.connection
    shop = (
        str(uuid.UUID(int=rng.getrandbits(128), version=4)),
        "Eletrônica Horizonte",
        "Loja de demonstração · dados fictícios",
        "12345678000195",
        "Rua das Palmeiras, 210 · Centro",
        "São Paulo/SP",
        "(11) 3222-4455 · WhatsApp (11) 98888-4455",
    )
    connection.execute(
        "UPDATE shop SET shop_id = ?, name = ?, tagline = ?, document = ?, address = ?, city = ?,"
        " phones = ?",
        shop,
    )
    for name, role in STAFF:
        connection.execute(
            "INSERT OR IGNORE INTO employees (name, name_folded, role, active) VALUES (?, ?, ?, 1)",
            (name, fold(name), role),
        )
    people = connection.execute("SELECT id, role FROM employees ORDER BY id").fetchall()
    writer.technicians = [key for key, role in people if role == "technician"]
    writer.attendants = [key for key, role in people if role != "technician"]
    for name in vocabulary()["service_types"]:
        connection.execute(
            "INSERT OR IGNORE INTO service_types (name, name_folded, active) VALUES (?, ?, 1)",
            (name, fold(name)),
        )
    insert = (
        "INSERT OR IGNORE INTO catalog (kind, description, description_folded, unit, unit_price,"
        " unit_cost, warranty_days, part_condition, active) VALUES (?, ?, ?, ?, ?, ?, ?, ?, 1)"
    )
    for _, name, price, days in vocabulary()["services"]:
        connection.execute(
            insert, ("service", name, fold(name), "un", price, None, days or None, None)
        )
    for _, name, price, cost, unit in vocabulary()["parts"]:
        connection.execute(
            insert, ("part", name, fold(name), unit, price, cost, 90, "new_original")
        )
    return dict(connection.execute("SELECT name, id FROM service_types").fetchall())


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
