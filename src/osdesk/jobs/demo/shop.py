"""The demonstration shop before anybody comes: who works there, what it sells, its places."""

import sqlite3
import uuid
from datetime import datetime
from random import Random

from osdesk.domain.text import fold
from osdesk.jobs.demo.people import vocabulary
from osdesk.jobs.demo.writer import Writer, key_of

STAFF = (
    ("Marta Horizonte", "owner"),
    ("Priscila Nunes", "attendant"),
    ("Edson Ramos", "technician"),
    ("Rui Tavares", "technician"),
    ("Cíntia Prado", "technician"),
)
PIX = ("caixa@horizonte.example", "Eletrônica Horizonte", "São Paulo")
"""A key that nobody can have: paying it by mistake must not reach a stranger."""
SHELVES, PLACES = "ABCDEF", 12


def furnish(writer: Writer, rng: Random, opens: datetime) -> dict[str, int]:
    """The shop's profile, people, price list, service types, stages and shelf, as they were when it
    opened; ids of the types by name."""
    connection = writer.connection
    shop = (
        str(uuid.UUID(int=rng.getrandbits(128), version=4)),
        "Eletrônica Horizonte",
        "Loja de demonstração · dados fictícios",
        "12345678000195",
        "Rua das Palmeiras, 210 · Centro",
        "São Paulo/SP",
        "(11) 3222-4455 · WhatsApp (11) 98888-4455",
        *PIX,
    )
    connection.execute(
        "UPDATE shop SET shop_id = ?, name = ?, tagline = ?, document = ?, address = ?, city = ?,"
        " phones = ?, pix_key = ?, pix_name = ?, pix_city = ?, open_saturday = 1",
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
    for name, days in vocabulary()["promise_days"].items():
        connection.execute("UPDATE service_types SET promise_days = ? WHERE name = ?", (days, name))
    _price_list(connection)
    at, owner = key_of(opens.replace(hour=8, minute=0)), writer.attendants[0]
    _stages(writer, at, owner)
    _shelf(writer, rng)
    return dict(connection.execute("SELECT name, id FROM service_types").fetchall())


def _price_list(connection: sqlite3.Connection) -> None:
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


def _stages(writer: Writer, at: str, owner: int) -> None:
    for status, name, colour in vocabulary()["stages"]:
        key = writer.add("stages", status, name, fold(name), colour, 1)
        writer.stages[status, name] = key
        data: dict[str, object] = {"stage": key, "name": name, "status": status}
        writer.event(at, owner, "shop_changed", data | {"colour": colour, "active": True})


def _shelf(writer: Writer, rng: Random) -> None:
    names = [f"{shelf}{place}" for shelf in SHELVES for place in range(1, PLACES + 1)]
    for name in names:
        writer.add("slots", name, fold(name), 1)
    rng.shuffle(names)
    writer.slots = names
