"""The database keeps the indexes itself: whatever changes, by whatever way, they agree."""

import random
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from tests.forms import order

from osdesk.domain.orders.forms import CustomerForm, PhoneForm
from osdesk.persistence.database import Database, connect
from osdesk.persistence.search_index import index_is_whole, rebuild
from osdesk.services.customers.customers import save_customer
from osdesk.services.orders.forms import load_form
from osdesk.services.orders.saving import add_order, edit_order

MOMENT = "2026-11-24T17:32:00.000000Z"


@pytest.fixture
def raw(db: Database) -> Iterator[sqlite3.Connection]:
    """A connection beside the program's own, as an import or a repair has it."""
    connection = connect(db.path)
    yield connection
    connection.close()


def found(raw: sqlite3.Connection, words: str, index: str = "orders_fts") -> list[int]:
    match = " AND ".join(f'"{word}"*' for word in words.split())
    query = f"SELECT rowid FROM {index} WHERE {index} MATCH ? ORDER BY rowid DESC"
    return [row[0] for row in raw.execute(query, (match,))]


@pytest.mark.parametrize(
    "words",
    [
        "maria",
        "conceicao",
        "CONCEIÇÃO",
        "mar das",
        "11987654321",
        "987654321",
        "52998224725",
        "lavadora",
        "brastemp",
        "bwk12aba",
        "cx0341187",
        "maria lavadora cx034",
    ],
)
def test_an_order_is_found_by_each_of_its_words(
    db: Database, raw: sqlite3.Connection, now: datetime, words: str
) -> None:
    form = order(document="529.982.247-25", serial="CX-0341.187")
    number = db.run(add_order, form, now=now, author=None).number
    assert found(raw, words) == [number]
    assert found(raw, "joao") == []


def test_newest_first_by_number(db: Database, raw: sqlite3.Connection, now: datetime) -> None:
    for _ in range(3):
        db.run(add_order, order(), now=now, author=None)
    assert found(raw, "maria") == [3, 2, 1]


def test_what_changes_is_found_anew_and_no_more_as_before(
    db: Database, raw: sqlite3.Connection, now: datetime
) -> None:
    db.run(add_order, order(), now=now, author=None)
    db.run(add_order, order(serial="ZZ9"), now=now, author=None)
    form = db.read(load_form, 1)
    form.equipment = replace(form.equipment, kind="Secadora", serial="AB-77")
    form.customer = replace(form.customer, name="Rita Souza", phones=[PhoneForm("(21) 99999-0000")])
    db.run(edit_order, 1, form, now=now, author=None)
    assert found(raw, "maria") == []
    assert found(raw, "rita") == [2, 1]
    assert found(raw, "21999990000") == [2, 1]
    assert found(raw, "98765") == []
    assert found(raw, "secadora ab77") == [1]
    assert found(raw, "lavadora") == [2]
    assert found(raw, "rita", "customers_fts") == [1]
    assert index_is_whole(raw)


def test_customers_without_orders_are_found_too(
    db: Database, raw: sqlite3.Connection, now: datetime
) -> None:
    form = CustomerForm(name="Padaria Sol", phones=[PhoneForm("(11) 3222-4455")])
    key = db.run(save_customer, form, now=now, author=None)
    for words in ("padaria", "1132224455", "32224455"):
        assert found(raw, words, "customers_fts") == [key]
    assert found(raw, "padaria") == []


def test_any_change_by_any_way_leaves_the_indexes_whole(raw: sqlite3.Connection) -> None:
    rng = random.Random(20261124)
    words = ["Ana", "João", "ÉLCIO", "Zé", "x" * 30, "12345", "", "ção-2", "a'b"]
    customers = orders = 0
    for step in range(300):
        word, other = rng.choice(words), rng.choice(words)
        act = rng.randrange(9) if orders else step % 3
        if act == 0 or not customers:
            customers += 1
            raw.execute(
                "INSERT INTO customers (name, name_folded, created_at) VALUES (?, 'x', ?)",
                (f"{word} n{customers}", MOMENT),
            )
        elif act == 1:
            raw.execute(
                "INSERT INTO customer_phones (customer_id, position, number, digits, local)"
                " VALUES (?, ?, '', ?, ?)",
                (rng.randint(1, customers), step, f"11{step}", str(step)),
            )
        elif act == 2 or not orders:
            raw.execute(
                "INSERT INTO equipment (customer_id, kind, serial, created_at) VALUES (?, ?, ?, ?)",
                (rng.randint(1, customers), f"{word}k", other, MOMENT),
            )
            device = raw.execute("SELECT max(id) FROM equipment").fetchone()[0]
            orders += 1
            raw.execute(
                "INSERT INTO orders (number, customer_id, equipment_id, service_type_id, status,"
                " reason, priority, created_at, requested_at, requested_on, discount, fee,"
                " labor_total, parts_total, total, paid, balance, signed) VALUES (?, ?, ?, 1,"
                " 'received', 'x', 'normal', ?, ?, '2026-11-24', 0, 0, 0, 0, 0, 0, 0, 0)",
                (orders * 3, rng.randint(1, customers), device, MOMENT, MOMENT),
            )
        elif act == 3:
            raw.execute(
                "UPDATE customers SET name = ?, document = ? WHERE id = ?",
                (f"{word} {other}.", f"{step:011}", rng.randint(1, customers)),
            )
        elif act == 4:
            raw.execute("UPDATE customer_phones SET digits = digits || '9' WHERE id % 3 = 0")
        elif act == 5:
            raw.execute("DELETE FROM customer_phones WHERE position % 7 = ?", (step % 7,))
        elif act == 6:
            raw.execute(
                "UPDATE equipment SET brand = ?, imei2_folded = ? WHERE id % 2", (word, other)
            )
        elif act == 7:
            raw.execute(
                "UPDATE orders SET customer_id = ?, equipment_id = ? WHERE number = ?",
                (rng.randint(1, customers), rng.randint(1, orders), rng.randint(1, orders) * 3),
            )
        else:
            raw.execute("UPDATE customer_phones SET customer_id = ? WHERE position % 5 = 0", (1,))
        if step % 10 == 0:
            assert index_is_whole(raw), step
    assert index_is_whole(raw)
    assert orders > 20


@pytest.mark.parametrize(
    "harm",
    [
        "DELETE FROM orders_fts",
        "INSERT INTO orders_fts(orders_fts, rowid, body) VALUES ('delete', 1, 'Lavadora')",
        "INSERT INTO orders_fts(rowid, body) VALUES (999, 'fantasma')",
        "INSERT INTO customers_fts(rowid, body) VALUES (1, 'outra')",
    ],
)
def test_an_index_that_disagrees_is_seen_and_can_be_rebuilt(
    db: Database, raw: sqlite3.Connection, now: datetime, harm: str
) -> None:
    db.run(add_order, order(), now=now, author=None)
    assert index_is_whole(raw)
    raw.execute(harm)
    assert not index_is_whole(raw)
    rebuild(raw)
    assert index_is_whole(raw)
    assert found(raw, "lavadora") == [1]


def test_asking_changes_no_byte(shop_folder: Path) -> None:
    path = shop_folder / "osdesk.db"
    before = path.read_bytes()
    connection = connect(path)
    assert index_is_whole(connection)
    connection.close()
    assert path.read_bytes() == before


@pytest.mark.parametrize("whole", [True, False])
def test_an_index_is_looked_at_on_a_disk_that_cannot_be_written(db: Database, whole: bool) -> None:
    db.run(add_order, order(), now=datetime.fromisoformat(MOMENT), author=None)
    raw = connect(db.path)
    if not whole:
        raw.execute("INSERT INTO orders_fts(orders_fts) VALUES ('delete-all')")
    raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    raw.close()
    reading = connect(db.path, alone=True)
    assert index_is_whole(reading) == whole
    reading.close()
