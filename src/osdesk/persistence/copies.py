"""Many orders out of few: rows copied in SQL to other days, people and devices.

For the demonstration's large shops. A copy has the keys of what it is a copy of, raised by a step
for each *block*; block 0 is what was there, and keeps its keys.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import Column

from osdesk.domain.chain import GENESIS, chain_hash, text_hash
from osdesk.persistence.columns import Base, Day, Moment, moment_number, moment_text
from osdesk.persistence.packed import pack, unpack
from osdesk.persistence.search_index import rebuild

PARENTS = ("customers", "customer_phones", "equipment", "orders")
OF_ORDER = (
    *("items", "quotes", "approvals", "payments", "instalments"),
    *("notes", "notices", "deliveries", "charges"),
)
TABLES = (*PARENTS, *OF_ORDER)
"""What is copied; the only names that the SQL here is put together from, with their columns'."""
ASIDE = 1_000_000_000
"""Numbers stand this much higher while they are given anew."""
BATCH = 20_000

PLAN = """
CREATE TEMP TABLE copy_orders (
    block INTEGER, order_id INTEGER, number INTEGER, days INTEGER, receipts INTEGER,
    PRIMARY KEY (block, order_id)) WITHOUT ROWID;
CREATE TEMP TABLE copy_people (
    block INTEGER, customer_id INTEGER, days INTEGER, name TEXT, name_folded TEXT, document TEXT,
    email TEXT, address TEXT, number TEXT, digits TEXT, local TEXT, label TEXT,
    PRIMARY KEY (block, customer_id)) WITHOUT ROWID;
CREATE TEMP TABLE copy_devices (
    block INTEGER, equipment_id INTEGER, days INTEGER, serial TEXT, serial_folded TEXT,
    PRIMARY KEY (block, equipment_id)) WITHOUT ROWID;
"""
FROM = {
    "customers": "copy_people AS p CROSS JOIN base_customers AS t ON t.id = p.customer_id",
    "customer_phones": (
        "copy_people AS p CROSS JOIN base_customer_phones AS t ON t.customer_id = p.customer_id"
    ),
    "equipment": "copy_devices AS p CROSS JOIN base_equipment AS t ON t.id = p.equipment_id",
    "orders": "copy_orders AS p CROSS JOIN base_orders AS t ON t.id = p.order_id",
}
WORDS = {
    "customers": {
        name: f"p.{name}" for name in ("name", "name_folded", "document", "email", "address")
    },
    "customer_phones": {name: f"p.{name}" for name in ("number", "digits", "local", "label")},
    "equipment": {name: f"p.{name}" for name in ("serial", "serial_folded")},
    "orders": {"number": "p.number"},
    "payments": {"receipt": "p.receipts + t.place"},
    "approvals": {"approved_by": "iif(t.approved_by = c.name, n.name, t.approved_by)"},
    "deliveries": {"collected_by": "iif(t.collected_by = c.name, n.name, t.collected_by)"},
    "quotes": {
        "content": (
            "(SELECT pack(json_set(was,"
            " '$.start_on', date(json_extract(was, '$.start_on'), p.days || ' days'),"
            " '$.promised_on', date(json_extract(was, '$.promised_on'), p.days || ' days')))"
            " FROM (SELECT unpack(t.content) AS was))"
        )
    },
    "notices": {
        "body": (
            "replace(replace(t.body, 'OS ' || o.number, 'OS ' || p.number),"
            " substr(c.name, 1, instr(c.name, ' ') - 1),"
            " substr(n.name, 1, instr(n.name, ' ') - 1))"
        )
    },
}
"""Columns that are other than in the row copied: ``p`` is the plan, ``t`` the row, ``o`` its order,
``c`` its customer, ``n`` the copy's customer."""


class ToldOrder(NamedTuple):
    """An order that may be copied; days as ordinals, the last one that of its newest event."""

    id: int
    number: int
    customer: int
    equipment: int
    opened: int
    last: int
    closed: bool
    owed: bool
    return_of: int | None
    receipts: int


class OrderCopy(NamedTuple):
    """An order of the file and one more of it, some days earlier or later."""

    block: int
    order: int
    number: int
    days: int
    receipts: int
    """The last receipt given before its first one."""


class PersonCopy(NamedTuple):
    block: int
    customer: int
    days: int
    name: str
    name_folded: str
    document: str | None
    email: str | None
    address: str | None
    number: str
    digits: str
    local: str
    label: str | None


class DeviceCopy(NamedTuple):
    block: int
    equipment: int
    days: int
    serial: str | None
    serial_folded: str | None


class Happening(NamedTuple):
    """An event without its place in the chain."""

    at: str
    author: int | None
    code: str
    order: int | None
    customer: int | None
    payment: int | None
    data: str
    salt: str | None
    body: str | None


def steps(connection: sqlite3.Connection) -> dict[str, int]:
    """By how much the keys of each table are raised from one block to the next."""
    query = "SELECT coalesce(max(id), 0) FROM {}"
    return {table: _one(connection, query.format(table)) for table in TABLES}


def told_orders(connection: sqlite3.Connection) -> list[ToldOrder]:
    rows = connection.execute(
        "SELECT o.id, o.number, o.customer_id, o.equipment_id, o.requested_on,"
        " (SELECT date(max(e.at) / 1000000, 'unixepoch') FROM events AS e"
        "  WHERE e.order_id = o.id),"
        " o.status IN ('delivered', 'returned', 'cancelled'), o.balance > 0,"
        " o.warranty_return_of_id,"
        " (SELECT count(*) FROM payments AS p WHERE p.order_id = o.id)"
        " FROM orders AS o ORDER BY o.id"
    )
    return [
        ToldOrder(*row[:4], *(date.fromisoformat(day).toordinal() for day in row[4:6]), *row[6:])
        for row in rows
    ]


def first_receipt(connection: sqlite3.Connection) -> int:
    return _one(connection, "SELECT coalesce(min(receipt), 1) FROM payments")


def names_of(connection: sqlite3.Connection) -> dict[int, str]:
    return dict(connection.execute("SELECT id, name FROM customers").fetchall())


def serials_of(connection: sqlite3.Connection) -> dict[int, str | None]:
    return dict(connection.execute("SELECT id, serial FROM equipment").fetchall())


def set_counters(connection: sqlite3.Connection, **following: int) -> None:
    """The numbers to be given next."""
    for name, number in following.items():
        connection.execute("UPDATE counters SET next = ? WHERE name = ?", (number, name))


def copy_rows(
    connection: sqlite3.Connection,
    orders: Iterable[OrderCopy],
    people: Iterable[PersonCopy],
    devices: Iterable[DeviceCopy],
) -> None:
    """All rows of the orders' copies; the numbers and receipts of what was there, anew."""
    raised = steps(connection)
    connection.execute("PRAGMA defer_foreign_keys=ON")
    connection.create_function("unpack", 1, unpack)
    connection.create_function("pack", 1, pack)
    for words in PLAN.split(";"):
        connection.execute(words)
    for table, rows, columns in (
        ("copy_orders", orders, OrderCopy._fields),
        ("copy_people", people, PersonCopy._fields),
        ("copy_devices", devices, DeviceCopy._fields),
    ):
        marks = ", ".join("?" * len(columns))
        connection.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)  # noqa: S608
    for table in TABLES:
        _keep_base(connection, table)
    _number_anew(connection)
    for table in TABLES:
        _copy(connection, table, raised)
    for name in ("copy_orders", "copy_people", "copy_devices", *(f"base_{t}" for t in TABLES)):
        connection.execute(f"DROP TABLE temp.{name}")


def _one(connection: sqlite3.Connection, query: str) -> int:
    found: int = connection.execute(query).fetchone()[0]
    return found


def _keep_base(connection: sqlite3.Connection, table: str) -> None:
    place = ", row_number() OVER (PARTITION BY order_id ORDER BY id) AS place"
    more = place if table == "payments" else ""
    connection.execute(f"CREATE TEMP TABLE base_{table} AS SELECT *{more} FROM {table}")  # noqa: S608
    key = "order_id" if table in OF_ORDER else "customer_id" if "phones" in table else "id"
    connection.execute(f"CREATE INDEX temp.by_{table} ON base_{table} ({key})")


def _number_anew(connection: sqlite3.Connection) -> None:
    connection.execute("UPDATE orders SET number = number + ?", (ASIDE,))
    connection.execute("UPDATE payments SET receipt = receipt + ?", (ASIDE,))
    connection.execute(
        "UPDATE orders SET number = p.number FROM copy_orders AS p"
        " WHERE p.block = 0 AND p.order_id = orders.id"
    )
    connection.execute(
        "UPDATE payments SET receipt = p.receipts + t.place"
        " FROM copy_orders AS p JOIN base_payments AS t ON t.order_id = p.order_id"
        " WHERE p.block = 0 AND t.id = payments.id"
    )
    connection.execute(
        "UPDATE notices SET body = replace(body, 'OS ' || t.number, 'OS ' || p.number)"
        " FROM copy_orders AS p JOIN base_orders AS t ON t.id = p.order_id"
        " WHERE p.block = 0 AND p.order_id = notices.order_id"
    )


def _copy(connection: sqlite3.Connection, table: str, raised: dict[str, int]) -> None:
    columns = list(Base.metadata.tables[table].columns)
    words = WORDS.get(table, {})
    values = [words.get(column.name) or _value(column, raised) for column in columns]
    source = FROM.get(
        table, f"copy_orders AS p CROSS JOIN base_{table} AS t ON t.order_id = p.order_id"
    )
    if any(" c." in value or "(c." in value for value in values):
        source += (
            " JOIN base_orders AS o ON o.id = p.order_id"
            " JOIN base_customers AS c ON c.id = o.customer_id"
            " JOIN copy_people AS n ON n.block = p.block AND n.customer_id = c.id"
        )
    names = ", ".join(column.name for column in columns)
    connection.execute(
        f"INSERT INTO main.{table} ({names}) SELECT {', '.join(values)}"  # noqa: S608
        f" FROM {source} WHERE p.block > 0"
    )


def _value(column: Column[object], raised: dict[str, int]) -> str:
    name = f"t.{column.name}"
    if column.primary_key:
        return f"{name} + p.block * {raised[column.table.name]}"
    for key in column.foreign_keys:
        target = key.column.table.name
        return f"{name} + p.block * {raised[target]}" if target in raised else name
    if isinstance(column.type, Day):
        return f"date({name}, p.days || ' days')"
    if isinstance(column.type, Moment):
        return f"date(substr({name}, 1, 10), p.days || ' days') || substr({name}, 11)"
    return name


def happenings(connection: sqlite3.Connection) -> list[Happening]:
    """The history as it is, without its chain."""
    rows = connection.execute(
        "SELECT e.at, e.author_id, e.code, e.order_id, e.customer_id, e.payment_id, e.data,"
        " nullif(lower(hex(t.salt)), ''), t.body"
        " FROM events AS e LEFT JOIN event_texts AS t ON t.event_id = e.id ORDER BY e.id"
    )
    return [
        Happening(moment_text(at), author, code, order, customer, payment, data, salt, body)
        for at, author, code, order, customer, payment, data, salt, body in rows
    ]


def write_history(connection: sqlite3.Connection, told: Iterable[Happening]) -> None:
    """A history in the place of the one that is there, chained from its first event."""
    connection.execute("DELETE FROM event_texts")
    connection.execute("DELETE FROM events")
    events: list[tuple[object, ...]] = []
    texts: list[tuple[object, ...]] = []

    def flush() -> None:
        connection.executemany(
            "INSERT INTO events (id, at, author_id, code, order_id, customer_id, payment_id, data,"
            " hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            events,
        )
        connection.executemany(
            "INSERT INTO event_texts (event_id, salt, body) VALUES (?, ?, ?)", texts
        )
        events.clear()
        texts.clear()

    previous = GENESIS
    for sequence, each in enumerate(told, start=1):
        hashed = None
        if each.salt is not None and each.body is not None:
            hashed = text_hash(each.salt, each.body)
            texts.append((sequence, bytes.fromhex(each.salt), each.body))
        digest = chain_hash(
            previous,
            sequence=sequence,
            at=each.at,
            author_id=each.author,
            code=each.code,
            keys={"order": each.order, "customer": each.customer, "payment": each.payment},
            data=each.data,
            texts=hashed,
        )
        at = moment_number(datetime.fromisoformat(each.at))
        events.append((sequence, at, *each[1:7], bytes.fromhex(digest)))
        previous = digest
        if len(events) >= BATCH:
            flush()
    flush()


@contextmanager
def set_aside(connection: sqlite3.Connection) -> Iterator[None]:
    """Triggers and indexes step aside, and are made whole at the end, with the search indexes; all
    in the caller's transaction."""
    rows = connection.execute(
        "SELECT type, name, sql FROM sqlite_master"
        " WHERE type IN ('index', 'trigger') AND sql IS NOT NULL ORDER BY rowid"
    ).fetchall()
    connection.execute("PRAGMA cache_size=-262144")
    for kind, name, _ in rows:
        connection.execute(f'DROP {kind} "{name}"')
    yield
    for _, _, sql in rows:
        connection.execute(sql)
    rebuild(connection)
