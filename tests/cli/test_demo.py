"""``demo``: the same seed and day, the same shop; whole, and never over somebody's orders."""

import sqlite3
from pathlib import Path

import pytest
from tests.cli.conftest import plain_order, refused

from osdesk.persistence.columns import moment_text

STATUSES = """
    received in_diagnosis awaiting_approval approved in_progress awaiting_part ready delivered
    declined unrepairable returned cancelled
"""


def dump(folder: Path) -> list[str]:
    connection = sqlite3.connect(folder / "osdesk.db")
    found = list(connection.iterdump())
    connection.close()
    return found


@pytest.fixture
def demo(osdesk, tmp_path):
    def make(name: str, *words: object) -> Path:
        answer = osdesk("demo", *words, "--data", tmp_path / name)
        assert (answer.code, answer.err) == (0, "")
        return tmp_path / name

    return make


@pytest.mark.parametrize("orders", [1, 3, 50])
def test_the_same_seed_and_day_make_the_same_shop(demo, osdesk, orders):
    words = ("--orders", orders, "--seed", 7, "--until", "2026-11-20")
    first, again = demo("um", *words), demo("dois", *words)
    assert dump(first) == dump(again)
    assert len(osdesk("list", "--data", first).lines) == orders
    assert osdesk("check", "--data", first).code == 0
    other = demo("outra", "--orders", orders, "--seed", 8, "--until", "2026-11-20")
    assert dump(other) != dump(first)


def test_today_is_the_last_day_and_400_the_usual_size(demo, osdesk):
    folder = demo("loja", "--seed", 0)
    rows = osdesk("list", "--data", folder).lines
    assert len(rows) == 400
    days = [row["requested_at"][:10] for row in rows]
    assert "2024-11-20" <= min(days) < "2025-02-01"
    assert "2026-11-16" <= max(days) <= "2026-11-24"
    assert {row["payment_state"] for row in rows} == {
        "none",
        "due",
        "partly_paid",
        "paid",
        "overdue",
    }
    connection = sqlite3.connect(folder / "osdesk.db")
    newest = connection.execute("SELECT max(paid_on), max(at) FROM payments").fetchone()
    (told,) = connection.execute("SELECT max(at) FROM events").fetchone()
    connection.close()
    assert max(*newest, moment_text(told))[:16] <= "2026-11-24T15:00", (
        "nothing happens after the last noon"
    )


@pytest.mark.parametrize("seed", range(1, 9))
def test_a_small_shop_has_every_status_a_late_order_and_a_debtor(demo, osdesk, seed):
    folder = demo("loja", "--orders", 24, "--seed", seed)
    rows = osdesk("list", "--data", folder).lines
    assert {row["status"] for row in rows} == set(STATUSES.split())
    assert any(row["situation"] == "late" for row in rows)
    assert any(row["payment_state"] == "overdue" for row in rows)


@pytest.mark.parametrize("day", ["1902-06-01", "2030-01-01", "2199-12-31"])
def test_any_last_day(demo, osdesk, day):
    folder = demo("loja", "--orders", 20, "--until", day)
    assert max(row["requested_at"] for row in osdesk("list", "--data", folder).lines)[:10] <= day
    assert osdesk("check", "--data", folder).code == 0


def test_orders_are_never_written_over(osdesk, add):
    add(plain_order())
    refused(osdesk("demo", "--orders", 3), "já tem ordens")
    assert len(osdesk("list").lines) == 1


def test_an_empty_shop_may_become_a_demonstration(osdesk):
    assert osdesk("demo", "--orders", 3).code == 0
    assert len(osdesk("list").lines) == 3


def test_a_demonstration_is_a_shop_to_work_in(demo, osdesk):
    folder = demo("loja", "--orders", 30)
    order = osdesk("order", "add", "-", "--data", folder, given=plain_order()).json
    assert order["number"] == 31
    assert osdesk("search", "das dores", "--data", folder).lines[0]["number"] == 31
    paid = [r for r in osdesk("list", "--data", folder).lines if r["status"] == "delivered"]
    number = paid[0]["number"]
    reopened = osdesk("order", "reopen", number, "--reason", "teste", "--data", folder)
    assert reopened.json["status"] == "ready"
    assert osdesk("check", "--data", folder).code == 0
