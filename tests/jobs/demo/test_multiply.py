"""A large shop is a small one, copied to other people and days: as sound, and as much the same."""

import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from tests.conftest import NOW
from tests.forms import order

from osdesk.domain.orders.status import OrderFilter
from osdesk.jobs.check import check
from osdesk.jobs.demo.demo import MOST_TOLD, fill_demo
from osdesk.persistence.store import Store, open_store
from osdesk.services.orders.saving import add_order
from osdesk.services.orders.search import search_orders
from osdesk.services.orders.sorting import order_numbers
from osdesk.services.orders.view import order_view

TODAY = date(2026, 11, 24)
SIZE = MOST_TOLD + 200


def filled(folder: Path, seed: int) -> Store:
    store = open_store(folder, write=True, create=True, clock=lambda: NOW)
    added: list[int] = []
    fill_demo(store, orders=SIZE, seed=seed, until=TODAY, now=NOW, progress=added.append)
    assert sum(added) == SIZE
    return store


@pytest.fixture(scope="module")
def shop(tmp_path_factory):
    store = filled(tmp_path_factory.mktemp("large") / "loja", 1)
    yield store
    store.close()


def ask(store: Store, query: str) -> list[tuple]:
    with closing(sqlite3.connect(store.database.path)) as connection:
        return connection.execute(query).fetchall()


def test_the_record_is_sound_and_has_as_many_orders(shop):
    assert check(shop) == []
    numbers = shop.database.read(order_numbers, OrderFilter.ALL, now=NOW)
    assert sorted(numbers) == list(range(1, SIZE + 1))


def test_numbers_go_with_the_days_and_receipts_with_the_numbers(shop):
    days = ask(shop, "SELECT requested_on FROM orders WHERE slot IS NULL ORDER BY number")
    assert days[: SIZE // 2] == sorted(days[: SIZE // 2])
    assert days[0][0] < "2025-02-01" < "2026-11-15" < days[-1][0] <= "2026-11-24"
    receipts = [number for (number,) in ask(shop, "SELECT receipt FROM payments ORDER BY receipt")]
    assert receipts == list(range(1, len(receipts) + 1))


def test_a_copy_is_another_person_with_another_device(shop):
    serials = [serial for (serial,) in ask(shop, "SELECT serial FROM equipment WHERE serial > ''")]
    assert len(serials) == len(set(serials)) > 100
    for number in range(1, SIZE, 37):
        sheet = shop.database.read(order_view, number, now=NOW)
        if sheet.collected is not None:
            assert sheet.collected.by == sheet.customer.name
        for notice in sheet.notices:
            assert f"OS {number} " in notice.body
            assert sheet.customer.name.split()[0] in notice.body
        moments = [event.at for event in sheet.events]
        assert moments == sorted(moments)
        assert moments[0] == sheet.requested_at


def test_only_what_was_told_is_open(shop):
    opened = ask(
        shop,
        "SELECT count(*) FROM orders WHERE status NOT IN ('delivered', 'returned', 'cancelled')",
    )
    assert 20 < opened[0][0] < 120


def test_the_same_seed_is_the_same_large_shop_and_one_to_work_in(tmp_path, shop):
    again = filled(tmp_path / "de novo", 1)
    try:
        with (
            closing(sqlite3.connect(shop.database.path)) as first,
            closing(sqlite3.connect(again.database.path)) as second,
        ):
            assert list(first.iterdump()) == list(second.iterdump())
        number = again.database.run(add_order, order(), now=NOW, author=None).number
        assert number == SIZE + 1
        name = again.database.read(order_view, number, now=NOW).customer.name
        assert again.database.read(search_orders, name, now=NOW)[0].number == number
        assert check(again) == []
    finally:
        again.close()
