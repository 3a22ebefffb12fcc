"""Status and money that somebody changed past the program disagree with the history."""

import sqlite3
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from tests.forms import order

from osdesk.domain.calendar import Month
from osdesk.domain.chain import sha256_hex
from osdesk.domain.codes import PaymentMethod
from osdesk.domain.orders.forms import PaymentForm, StepForm
from osdesk.domain.orders.instalments import in_parts
from osdesk.domain.orders.status import Status
from osdesk.persistence.checks import closings, history, parts, told
from osdesk.persistence.database import connect
from osdesk.persistence.store import Store
from osdesk.services.orders.payments import pay_order, refund_order, reverse_payment
from osdesk.services.orders.saving import add_order
from osdesk.services.orders.steps import move_order, reopen_order
from osdesk.services.reports.closings import close_month


@pytest.fixture
def raw(store: Store, now: datetime) -> Iterator[sqlite3.Connection]:
    """A shop with one order cancelled and reopened, money in, reversed and given back."""
    run, said = store.database.run, {"now": now, "author": None}
    run(add_order, order(), **said)
    run(move_order, 1, Status.CANCELLED, StepForm(reason="desistiu"), **said)
    run(reopen_order, 1, reason="voltou", **said)
    first = run(pay_order, 1, PaymentForm(100, PaymentMethod.PIX), **said)
    run(reverse_payment, 1, first, reason="engano", **said)
    run(pay_order, 1, PaymentForm(200, PaymentMethod.CASH), **said)
    run(refund_order, 1, amount=50, method=PaymentMethod.CASH, reason="troco", **said)
    run(add_order, order(name="Rui"), now=now + timedelta(days=1), author=None)
    run(move_order, 2, Status.IN_DIAGNOSIS, StepForm(), **said)
    three = in_parts(37_000, 3, date(2026, 12, 10))
    run(add_order, order(name="Ana", instalments=three), **said)
    run(pay_order, 3, PaymentForm(13_000, PaymentMethod.PIX), **said)
    connection = connect(store.database.path)
    for trigger in ("guard_payments_update", "guard_payments_delete"):
        connection.execute(f"DROP TRIGGER {trigger}")
    connection.execute("PRAGMA foreign_keys=OFF")
    yield connection
    connection.close()


def test_parts_that_disagree_with_the_balance_are_seen(raw: sqlite3.Connection) -> None:
    assert list(parts(raw)) == []
    for harm in (
        "UPDATE instalments SET open = open - 1 WHERE position = 1",
        "UPDATE instalments SET open = open + 1, amount = amount + 1 WHERE position = 2",
        "UPDATE orders SET due_on = '2027-03-01' WHERE number = 3",
        "UPDATE instalments SET due_on = '2026-01-01' WHERE position = 1",
    ):
        raw.execute("BEGIN")
        raw.execute(harm)
        found = [(problem.code, problem.data["number"]) for problem in parts(raw)]
        raw.execute("ROLLBACK")
        assert found == [("check_instalments", 3)], harm
    assert list(parts(raw)) == []


def codes(raw: sqlite3.Connection) -> list[tuple[str, object]]:
    return [(problem.code, problem.data.get("number")) for problem in told(raw)]


def test_what_the_program_did_agrees(raw: sqlite3.Connection) -> None:
    assert codes(raw) == []
    assert list(history(raw)) == []


@pytest.mark.parametrize(
    ("harm", "expected"),
    [
        ("UPDATE orders SET status = 'ready' WHERE number = 2", ("check_status", 2)),
        ("UPDATE orders SET status = 'approved' WHERE number = 1", ("check_status", 1)),
        ("UPDATE payments SET amount = 199 WHERE amount = 200", ("check_payment", 1)),
        ("DELETE FROM payments WHERE amount = 200", ("check_payment", None)),
    ],
)
def test_what_somebody_else_did_is_seen(
    raw: sqlite3.Connection, harm: str, expected: tuple[str, object]
) -> None:
    raw.execute(harm)
    assert codes(raw) == [expected]


def test_a_payment_that_the_history_does_not_know(raw: sqlite3.Connection) -> None:
    raw.execute(
        "INSERT INTO payments (order_id, kind, at, paid_on, amount, method, receipt)"
        " SELECT order_id, 'payment', at, paid_on, 5, method, 99 FROM payments LIMIT 1"
    )
    assert codes(raw) == [("check_payment", 1)]


def test_a_closed_month_that_somebody_rewrote_is_seen(
    raw: sqlite3.Connection, store: Store
) -> None:
    digest = store.database.run(
        close_month, Month(2026, 10), now=datetime(2026, 12, 1, 15, tzinfo=UTC), author=None
    )
    assert list(closings(raw)) == []
    raw.execute("DROP TRIGGER guard_month_closings_update")
    for harm in (
        "UPDATE month_closings SET figures = replace(figures, '\"opened\":0', '\"opened\":1')",
        f"UPDATE month_closings SET sha256 = '{'a' * 64}'",
        f"UPDATE month_closings SET figures = '{{}}', sha256 = '{sha256_hex('{}')}'",
    ):
        raw.execute("BEGIN")
        raw.execute(harm)
        found = [(problem.code, problem.data["month"]) for problem in closings(raw)]
        raw.execute("ROLLBACK")
        assert found == [("check_closing", "2026-10")], harm
    assert len(digest) == 64
    assert list(closings(raw)) == []
