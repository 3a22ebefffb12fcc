import json
import sqlite3
import time

import pytest
from tests.conftest import NOW
from tests.forms import order
from tests.jobs.zips import tamper
from tests.pages import leaves

from osdesk.domain.chain import text_hash
from osdesk.domain.errors import UserError
from osdesk.jobs.check import check, quick_check
from osdesk.persistence.store import open_store
from osdesk.services.orders.saving import add_order
from osdesk.texts import sentence


def found(folder) -> list[tuple[str, dict[str, object]]]:
    store = open_store(folder, write=False, clock=lambda: NOW)
    try:
        return [(problem.code, problem.data) for problem in check(store)]
    finally:
        store.close()


def test_a_sound_shop(demo):
    assert found(demo) == []


def test_an_empty_shop(shop_folder):
    assert found(shop_folder) == []


def test_nothing_is_changed_by_looking(demo):
    before = {path: path.read_bytes() for path in demo.rglob("*") if path.is_file()}
    found(demo)
    assert {path: path.read_bytes() for path in demo.rglob("*") if path.is_file()} == before


def test_it_works_beside_an_open_window(store, shop_folder):
    store.database.run(add_order, order(), now=NOW, author=None)
    log = shop_folder / "osdesk.db-wal"
    before = log.read_bytes()
    assert found(shop_folder) == []
    assert log.read_bytes() == before
    store.database.run(add_order, order(), now=NOW, author=None)
    assert found(shop_folder) == []


FIRST_TEXT = "SELECT min(event_id) FROM event_texts"
TAMPERED = {
    "a total": (
        "UPDATE orders SET total = total + 1, balance = balance + 1 WHERE number = 5",
        [("check_total", {"number": 5, "names": ["total", "balance"]})],
    ),
    "what was paid": (
        "UPDATE orders SET paid = paid + 1, balance = balance - 1 WHERE number = 6",
        [("check_total", {"number": 6, "names": ["paid", "balance"]})],
    ),
    "a counter": (
        "UPDATE counters SET next = 60 WHERE name = 'order'",
        [("check_counter", {"field": "order", "highest": 60})],
    ),
    "an event's data": (
        "UPDATE events SET data = '[]' WHERE id = 1",
        [("check_event", {"sequence": 1})],
    ),
    "an event's moment": (
        "UPDATE events SET at = at + 1 WHERE id = 12",
        [("check_event", {"sequence": 12})],
    ),
    "an event's hash": (
        "UPDATE events SET hash = zeroblob(32) WHERE id = 12",
        [("check_event", {"sequence": 12}), ("check_event", {"sequence": 13})],
    ),
    "the texts of an event": (
        f"UPDATE event_texts SET body = '[]' WHERE event_id = ({FIRST_TEXT})",
        [("check_event", {})],
    ),
    "lost texts of an event": (
        f"DELETE FROM event_texts WHERE event_id = ({FIRST_TEXT})",
        [("check_event", {})],
    ),
    "a paper": (
        "UPDATE issued_papers SET canonical = (SELECT content FROM quotes)",
        [("check_paper", {"number": 1, "version": 1})],
    ),
}


@pytest.mark.parametrize("what", TAMPERED)
def test_what_was_tampered_with_is_named(demo, what):
    statement, expected = TAMPERED[what]
    tamper(demo / "osdesk.db", statement)
    problems = found(demo)
    assert [code for code, _ in problems] == [code for code, _ in expected]
    for (_, data), (_, wanted) in zip(problems, expected, strict=True):
        assert data | wanted == data


def test_a_payment_of_another_amount(demo):
    tamper(demo / "osdesk.db", "UPDATE payments SET amount = amount + 100 WHERE id = 1")
    assert found(demo)[0][0] == "check_total"


def test_a_line_that_does_not_add_up(demo):
    tamper(demo / "osdesk.db", "UPDATE items SET total = total + 1 WHERE id = 1")
    codes = [code for code, _ in found(demo)]
    assert codes == ["check_structure", "check_line", "check_total"]


def test_texts_erased_with_a_persons_data_are_no_damage_others_are(demo):
    database = demo / "osdesk.db"
    connection = sqlite3.connect(database)
    rows = connection.execute("SELECT event_id, salt, body FROM event_texts").fetchall()
    connection.close()
    tamper(
        database,
        *(
            f"UPDATE event_texts SET body = '', salt = x'', erased = x'{covered}'"
            f" WHERE event_id = {event}"
            for event, covered in ((row[0], text_hash(row[1].hex(), row[2])) for row in rows)
        ),
    )
    assert {code for code, _ in found(demo)} == {"check_event_text"}
    tamper(database, "UPDATE customers SET anonymised_at = created_at")
    connection = sqlite3.connect(database)
    of_nobody = connection.execute(
        "SELECT id FROM events JOIN event_texts ON event_id = id"
        " WHERE order_id IS NULL AND customer_id IS NULL ORDER BY id"
    ).fetchall()
    connection.close()
    assert found(demo) == [("check_event_text", {"sequence": event}) for (event,) in of_nobody]


def test_a_missing_event(demo):
    tamper(demo / "osdesk.db", "DELETE FROM events WHERE id = 20")
    assert ("check_event", {"sequence": 21}) in found(demo)


def test_a_cut_tail_is_counted(demo):
    store = open_store(demo, write=True, clock=lambda: NOW)
    store.database.run(add_order, order(), now=NOW, author=None)
    store.close()
    connection = sqlite3.connect(demo / "osdesk.db")
    (last,) = connection.execute("SELECT max(event_id) FROM event_texts").fetchone()
    (end,) = connection.execute("SELECT max(id) FROM events").fetchone()
    connection.close()
    tamper(
        demo / "osdesk.db",
        f"DELETE FROM event_texts WHERE event_id = {last}",
        f"DELETE FROM events WHERE id >= {last}",
    )
    assert ("changes_missing", {"count": end - last + 1}) in found(demo)


def test_an_older_file_put_in_place_of_the_shop(demo, demo_template):
    store = open_store(demo, write=True, clock=lambda: NOW)
    store.database.run(add_order, order(), now=NOW, author=None)
    store.close()
    (demo / "osdesk.db").write_bytes((demo_template / "osdesk.db").read_bytes())
    ((code, data),) = found(demo)
    assert code == "changes_missing"
    assert data["count"] > 0


@pytest.mark.parametrize(
    ("statement", "name"),
    [
        ("DROP TRIGGER guard_payments_update", "guard_payments_update"),
        ("CREATE VIEW spy AS SELECT 1", "spy"),
        ("CREATE TRIGGER spy AFTER UPDATE ON orders BEGIN SELECT 1; END", "spy"),
    ],
)
def test_a_changed_schema(demo, statement, name):
    connection = sqlite3.connect(demo / "osdesk.db")
    connection.execute(statement)
    connection.close()
    ((code, data),) = found(demo)
    assert (code, data["name"]) == ("check_schema", name)


def test_a_search_index_that_lost_an_order(demo):
    connection = sqlite3.connect(demo / "osdesk.db", isolation_level=None)
    connection.execute(
        "INSERT INTO orders_fts(orders_fts, rowid, body)"
        " SELECT 'delete', number, body FROM order_search WHERE number = 4"
    )
    connection.close()
    assert found(demo) == [("check_index", {})]


def test_a_row_that_points_nowhere(demo):
    tamper(demo / "osdesk.db", "UPDATE items SET order_id = 987654 WHERE id = 1")
    codes = [code for code, _ in found(demo)]
    assert codes == ["check_reference", "check_total"]


def zero(database, name):
    """Overwrite all leaf pages of one table or index."""
    content = bytearray(database.read_bytes())
    for page, size in leaves(database, name):
        content[(page - 1) * size : page * size] = bytes(size)
    database.write_bytes(content)


def test_a_damaged_index(demo):
    zero(demo / "osdesk.db", "ix_orders_requested_on")
    assert found(demo)[0][0] in ("check_structure", "check_unreadable")


def test_a_damaged_table_is_told_and_the_rest_still_looked_at(demo):
    (demo / "files" / next((demo / "files").iterdir()).name).unlink()
    zero(demo / "osdesk.db", "items")
    codes = [code for code, _ in found(demo)]
    assert codes[0] in ("check_structure", "check_unreadable")
    assert "file_missing" in codes


def quickly(folder, stopped=lambda: False) -> list[str]:
    store = open_store(folder, write=False, clock=lambda: NOW)
    try:
        return [problem.code for problem in quick_check(store, stopped=stopped)]
    finally:
        store.close()


def test_the_look_at_each_start_finds_nothing_in_a_sound_shop(demo, shop_folder):
    before = {path: path.read_bytes() for path in demo.rglob("*") if path.is_file()}
    assert quickly(demo) == []
    assert quickly(shop_folder) == []
    assert {path: path.read_bytes() for path in demo.rglob("*") if path.is_file()} == before


@pytest.mark.parametrize("part", ["items", "ix_orders_requested_on", "customers"])
def test_the_look_at_each_start_finds_a_damaged_page(demo, part):
    zero(demo / "osdesk.db", part)
    (code,) = quickly(demo)
    assert code in ("check_structure", "database_damaged")


PLAIN_EVENT = (
    "SELECT id FROM events WHERE id > 1 AND id NOT IN (SELECT event_id FROM event_texts) LIMIT 1"
)


@pytest.mark.parametrize(
    ("taken", "codes"),
    [
        (f"DELETE FROM events WHERE id = ({PLAIN_EVENT})", ["changes_missing"]),
        ("DELETE FROM customers WHERE id = 1", ["check_reference"]),
        ("DELETE FROM orders WHERE id = 1", ["check_reference", "changes_missing"]),
    ],
)
def test_the_look_at_each_start_finds_missing_rows(demo, taken, codes):
    tamper(demo / "osdesk.db", taken)
    assert list(dict.fromkeys(quickly(demo))) == codes


def test_a_look_that_nobody_waits_for_says_nothing(demo, monkeypatch):
    monkeypatch.setattr("osdesk.jobs.check.STEPS", 1)
    zero(demo / "osdesk.db", "items")
    assert quickly(demo, stopped=lambda: True) == []


def test_files_by_their_hash(demo):
    (name,) = [path.name for path in (demo / "files").iterdir()]
    (demo / "files" / name).write_bytes(b"another picture")
    assert found(demo) == [("file_damaged", {"name": name})]
    (demo / "files" / name).unlink()
    assert found(demo) == [("file_missing", {"name": name})]


def test_every_problem_has_its_sentence(demo):
    (demo / "files" / next((demo / "files").iterdir()).name).unlink()
    tamper(
        demo / "osdesk.db",
        "UPDATE items SET total = total + 1 WHERE id = 1",
        "UPDATE items SET order_id = 987654 WHERE id = 2",
        "UPDATE events SET data = '[]' WHERE id = 12",
        "UPDATE event_texts SET body = '', erased = zeroblob(32)",
        "UPDATE counters SET next = 1",
        "UPDATE issued_papers SET canonical = x'00'",
        "INSERT INTO orders_fts(orders_fts) VALUES ('delete-all')",
    )
    problems = [UserError(code, **data) for code, data in found(demo)]
    assert len({problem.code for problem in problems}) >= 10
    for problem in problems:
        words = sentence(problem)
        assert "concluir" not in words
        assert not any(mark in words for mark in ("{", "  ", "()", "_total"))


def test_the_mark_alone_is_a_problem(shop_folder):
    (shop_folder / "osdesk.mark").write_text(json.dumps({"event": 4, "hash": "f" * 64}))
    assert found(shop_folder) == [("changes_missing", {"count": 4})]


def test_a_check_waits_for_a_writer_and_does_not_call_the_index_broken(store, shop_folder):
    writer = sqlite3.connect(
        shop_folder / "osdesk.db", isolation_level=None, check_same_thread=False
    )
    writer.execute("BEGIN IMMEDIATE")
    from threading import Timer

    timer = Timer(0.4, lambda: writer.execute("ROLLBACK"))
    started = time.monotonic()
    timer.start()
    assert found(shop_folder) == []
    assert time.monotonic() - started > 0.3
    timer.join()
    writer.close()
