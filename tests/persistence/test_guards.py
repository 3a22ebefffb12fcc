"""What the database itself refuses: history and money are not rewritten from anywhere."""

import sqlite3
from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from tests.forms import order

from osdesk.domain.codes import ChargeKind, Paper, PaymentMethod
from osdesk.domain.orders.forms import PaymentForm
from osdesk.persistence.columns import Day, Moment, moment_key
from osdesk.persistence.database import connect
from osdesk.persistence.models import Charge
from osdesk.persistence.store import Store
from osdesk.services.orders.payments import pay_order
from osdesk.services.orders.saving import add_order
from osdesk.services.papers.papers import issue_paper


@pytest.fixture
def raw(store: Store, now: datetime) -> Iterator[sqlite3.Connection]:
    """A paid order with a paper, and a connection as anybody with SQLite has it."""
    db = store.database
    db.run(add_order, order(), now=now, author=None)
    db.run(pay_order, 1, PaymentForm(100, PaymentMethod.PIX), now=now, author=None)
    db.run(issue_paper, 1, Paper.INTAKE, now=now, author=None)
    db.run(
        lambda session: session.add(
            Charge(
                order_id=1,
                kind=ChargeKind.ALLOWANCE,
                at=now,
                booked_on=now.date(),
                amount=5,
                payment_id=1,
            )
        )
    )
    connection = connect(db.path)
    yield connection
    connection.close()


@pytest.mark.parametrize(
    ("words", "guard"),
    [
        ("UPDATE events SET data = '{}' WHERE id = 1", "guard_events_update"),
        ("DELETE FROM events WHERE id = 1", "guard_events_delete"),
        ("INSERT OR REPLACE INTO events SELECT * FROM events WHERE id = 1", "guard_events"),
        ('UPDATE event_texts SET body = \'{"name":"x"}\'', "guard_event_texts_update"),
        ("UPDATE event_texts SET event_id = event_id + 1, body = ''", "guard_event_texts_update"),
        ("DELETE FROM event_texts", "guard_event_texts_delete"),
        ("UPDATE payments SET amount = 1", "guard_payments_update"),
        ("DELETE FROM payments", "guard_payments_delete"),
        ("INSERT OR REPLACE INTO payments SELECT * FROM payments", "guard_payments_delete"),
        ("UPDATE charges SET amount = 1", "guard_charges_update"),
        ("DELETE FROM charges", "guard_charges_delete"),
        ("DELETE FROM orders", "guard_orders_delete"),
        ("INSERT OR REPLACE INTO orders SELECT * FROM orders", "guard_orders_delete"),
        ("UPDATE orders SET number = 8", "guard_orders_number"),
        ("UPDATE issued_papers SET sha256 = sha256", "guard_issued_papers_update"),
        ("UPDATE issued_papers SET total = 0", "guard_issued_papers_update"),
        ("DELETE FROM issued_papers", "guard_issued_papers_delete"),
        ("UPDATE counters SET next = 1 WHERE name = 'order'", "guard_counters_back"),
        ("DELETE FROM counters", "guard_counters_delete"),
    ],
)
def test_refused_by_the_database(raw: sqlite3.Connection, words: str, guard: str) -> None:
    raw.execute("PRAGMA foreign_keys=OFF")
    with pytest.raises(sqlite3.IntegrityError, match=guard):
        raw.execute(words)


BATCH = (
    "INSERT INTO import_batches (kind, at, source, sha256, taken, same, refused, order_before,"
    " order_after, receipt_before, receipt_after)"
    f" VALUES ('orders', '2026-11-24T17:32:00.000000Z', 'x.csv', '{'0' * 64}', 1, 0, 0, 1, 2, 1, 2)"
)
OF_BATCH = "INSERT INTO import_rows (kind, key, batch_id) VALUES ('order', 1, 1)"
UNDONE = "UPDATE import_batches SET undone_at = '2026-11-24T18:00:00.000000Z'"


@pytest.mark.parametrize(
    ("words", "guard"),
    [
        ("DELETE FROM payments", "guard_payments_delete"),
        ("DELETE FROM orders", "guard_orders_delete"),
        ("DELETE FROM import_rows", "guard_import_rows_delete"),
        ("UPDATE import_rows SET batch_id = 2", "guard_import_rows_update"),
        ("DELETE FROM import_batches", "guard_import_batches_delete"),
        ("UPDATE import_batches SET sha256 = lower(sha256)", "guard_import_batches_update"),
        ("UPDATE counters SET next = 1 WHERE name = 'order'", "guard_counters_back"),
    ],
)
def test_a_batch_in_force_is_guarded_as_all_else(
    raw: sqlite3.Connection, words: str, guard: str
) -> None:
    raw.execute("PRAGMA foreign_keys=OFF")
    raw.execute(BATCH)
    raw.execute(OF_BATCH)
    with pytest.raises(sqlite3.IntegrityError, match=guard):
        raw.execute(words)


def test_what_a_batch_made_goes_once_it_is_taken_back(raw: sqlite3.Connection) -> None:
    raw.execute("PRAGMA foreign_keys=OFF")
    raw.execute(BATCH)
    raw.execute(OF_BATCH)
    raw.execute(UNDONE)
    for table in ("charges", "payments", "orders", "import_rows"):
        assert raw.execute(f"DELETE FROM {table}").rowcount == 1
    assert raw.execute(
        "SELECT count(*) FROM orders_fts WHERE orders_fts MATCH 'm*'"
    ).fetchone() == (0,)
    raw.execute("UPDATE counters SET next = 1 WHERE name = 'order'")
    with pytest.raises(sqlite3.IntegrityError, match="guard_import_batches_undone"):
        raw.execute("UPDATE import_batches SET undone_at = NULL")


@pytest.mark.parametrize(
    "words",
    [
        "UPDATE event_texts SET body = '', salt = x'', erased = zeroblob(32)",
        "UPDATE issued_papers SET canonical = x'', sheet = x''",
        "UPDATE issued_papers SET signed_at = '2026-11-25T10:00:00.000000Z'",
        "UPDATE counters SET next = next + 1",
        "UPDATE orders SET notes = 'x', number = number",
    ],
)
def test_what_must_stay_possible(raw: sqlite3.Connection, words: str) -> None:
    assert raw.execute(words).rowcount > 0


@pytest.mark.parametrize(
    "words",
    [
        "UPDATE orders SET status = 'gone'",
        "UPDATE orders SET paid = -1, balance = total + 1",
        "UPDATE orders SET balance = 5",
        "UPDATE orders SET total = 'a lot'",
        "UPDATE orders SET status = 'delivered'",
        "UPDATE orders SET promised_on = '24/11/2026'",
        "UPDATE orders SET allowance = -1",
        "UPDATE orders SET late_fees = -1",
        "UPDATE orders SET handed_on = 'ontem'",
        (
            "INSERT INTO charges (order_id, kind, at, booked_on, amount, payment_id)"
            " SELECT order_id, kind, at, booked_on, -1, payment_id FROM charges"
        ),
        "UPDATE items SET total = 1",
        "UPDATE items SET quantity = 0",
        "UPDATE shop SET warranty_days = 30",
        (
            "INSERT INTO shop (id, shop_id, name, default_ddd, zone, quote_validity_days,"
            " warranty_days, pick_up_days, payment_terms)"
            " SELECT 2, shop_id, name, default_ddd, zone, 10, 90, 30, '' FROM shop"
        ),
        "DELETE FROM customers",
    ],
)
def test_values_that_make_no_sense(raw: sqlite3.Connection, words: str) -> None:
    with pytest.raises(sqlite3.IntegrityError, match=r"CHECK|FOREIGN KEY|cannot store"):
        raw.execute(words)


def test_moments_have_one_width_and_order_as_time_does() -> None:
    early = datetime(2026, 11, 24, 17, 32, tzinfo=UTC)
    assert moment_key(early) == "2026-11-24T17:32:00.000000Z"
    assert moment_key(early) < moment_key(early.replace(microsecond=1))
    with pytest.raises(ValueError, match="offset"):
        moment_key(datetime(2026, 11, 24))


def test_days_and_moments_come_back_as_they_went() -> None:
    day, moment = Day(), Moment()
    when = datetime(2026, 11, 24, 17, 32, 5, 7, tzinfo=UTC)
    kept = moment.process_bind_param(when, None)  # type: ignore[arg-type]  # none is asked
    assert moment.process_result_value(kept, None) == when  # type: ignore[arg-type]
    stored = day.process_bind_param(date(2026, 2, 3), None)  # type: ignore[arg-type]  # none is asked
    assert stored == "2026-02-03"
    assert day.process_result_value(stored, None) == date(2026, 2, 3)  # type: ignore[arg-type]
