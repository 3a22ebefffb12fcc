"""The demonstration shop: what it shows, and that its record is one that the services could have
made."""

import json
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date, timedelta

import pytest
from tests.conftest import NOW

from osdesk.documents.apart import read_codes
from osdesk.domain.calendar import Month
from osdesk.domain.codes import Paper
from osdesk.domain.orders.instalments import check_parts
from osdesk.domain.orders.rules import warranty_days_of
from osdesk.domain.orders.status import OrderFilter, Status
from osdesk.domain.pix import normalize_pix_key
from osdesk.jobs.check import check
from osdesk.jobs.demo.demo import fill_demo
from osdesk.jobs.papers import verify_file
from osdesk.jobs.signed_sheets import attach_files
from osdesk.persistence.store import Store, open_store
from osdesk.services.orders.sorting import order_numbers
from osdesk.services.orders.view import order_view
from osdesk.services.reports.closings import closing_state
from osdesk.services.shop.shop import shop_view
from osdesk.services.shop.slots import slots

TODAY = date(2026, 11, 24)


@pytest.fixture(scope="module")
def shop(demo_shop, tmp_path_factory) -> Iterator[Store]:
    folder = shutil.copytree(demo_shop, tmp_path_factory.mktemp("demo") / "loja")
    store = open_store(folder, write=True, clock=lambda: NOW)
    yield store
    store.close()


@pytest.fixture(scope="module")
def sheets(shop):
    numbers = shop.database.read(order_numbers, OrderFilter.ALL, now=NOW)
    return [shop.database.read(order_view, number, now=NOW) for number in numbers]


def ask(store: Store, query: str) -> list[tuple]:
    with closing(sqlite3.connect(store.database.path)) as connection:
        return connection.execute(query).fetchall()


def test_the_record_is_sound(shop):
    assert check(shop) == []


def test_every_new_fact_is_met(sheets):
    is_open = [sheet for sheet in sheets if sheet.status not in ("delivered", "returned")]
    assert {sheet.stage.name for sheet in is_open if sheet.stage} >= {"Bancada", "Embalado"}
    assert {note.for_customer for sheet in is_open for note in sheet.log} == {True, False}
    assert any(sheet.priority == "urgent" for sheet in is_open)
    assert any(sheet.ceiling and sheet.ceiling >= sheet.total for sheet in is_open)
    assert any(sheet.checklist for sheet in is_open)
    assert any(sheet.waiting_for and sheet.waiting_since for sheet in is_open)
    assert any(sheet.warranty_return_of for sheet in is_open)
    assert any(sheet.signed for sheet in is_open)
    assert any(not sheet.signed for sheet in is_open)
    assert {each.kind for sheet in sheets for each in sheet.notices} == {"pick_up", "collection"}


def test_instalments_are_agreed_at_the_hand_over_and_some_are_late(sheets):
    in_parts = [sheet for sheet in sheets if sheet.instalments]
    assert any(
        part.paid < part.amount and part.due_on < TODAY
        for sheet in in_parts
        for part in sheet.instalments
    )
    assert any(part.paid == part.amount for sheet in in_parts for part in sheet.instalments)
    for sheet in in_parts:
        assert sheet.delivered_on is not None
        assert sheet.delivered_on < sheet.instalments[0].due_on
        before = sum(p.amount for p in sheet.payments if p.paid_on <= sheet.delivered_on)
        check_parts(sheet.instalments, sheet.total - before)
        agreed = [e for e in sheet.events if "instalments" in e.data.get("changed", ())]
        assert len(agreed) == 1


def test_who_waits_long_was_told_more_than_once(sheets):
    waits = [s for s in sheets if s.status is Status.READY and s.ready_on < TODAY - timedelta(40)]
    assert len(waits) >= 2
    for sheet in waits:
        assert [notice.channel for notice in sheet.notices] == ["whatsapp", "phone", "letter"]
        assert str(sheet.number) in sheet.notices[0].body


def test_a_place_on_the_shelf_holds_one_device(shop, sheets):
    places = [sheet.slot for sheet in sheets if sheet.slot]
    assert len(places) == len(set(places)) > 10
    known = {slot.name: slot.taken_by for slot in shop.database.read(slots)}
    assert all(known[sheet.slot] == sheet.number for sheet in sheets if sheet.slot)


def test_returns_cost_nothing_and_go_on_with_the_warranty_they_came_under(sheets):
    by_number = {sheet.number: sheet for sheet in sheets}
    returns = [sheet for sheet in sheets if sheet.warranty_return_of]
    assert len(returns) > 3
    for sheet in returns:
        origin = by_number[sheet.warranty_return_of]
        entered = sheet.requested_at.date()
        assert sheet.total == 0
        assert origin.delivered_on <= entered <= origin.warranty_until
        if sheet.delivered_on:
            stay = sheet.delivered_on - entered
            law = sheet.delivered_on + timedelta(days=90)
            assert sheet.warranty_until == max(origin.warranty_until + stay, law)
    for sheet in sheets:
        if sheet.delivered_on and not sheet.warranty_return_of:
            days = warranty_days_of(sheet.items, 90)
            assert sheet.warranty_until == sheet.delivered_on + timedelta(days=days)


def test_printed_sheets_verify_and_the_signed_ones_are_read_back(shop):
    rows = ask(shop, "SELECT order_id, paper, signed_at FROM issued_papers")
    assert len(rows) == 14
    assert {paper for _, paper, _ in rows} == {Paper.INTAKE.value}
    signed = [row for row in rows if row[2]]
    files = ask(shop, "SELECT sha256 FROM attachments WHERE kind = 'signed'")
    assert 3 <= len(signed) == len(files) <= 11
    for (digest,) in files:
        path = shop.files.path(digest)
        picture = path.with_suffix(".png")
        picture.write_bytes(path.read_bytes())
        try:
            assert read_codes(picture)
            equal, words = verify_file(shop, picture, now=NOW)
            assert equal, words
        finally:
            picture.unlink()


def test_two_months_are_closed_and_the_last_one_is_left_to_be_closed(shop):
    assert ask(shop, "SELECT month FROM month_closings") == [("2026-08",), ("2026-09",)]
    state = shop.database.read(closing_state, Month(2026, 10), now=NOW)
    assert state.may_close


def test_the_shop_has_a_pix_key_that_reaches_nobody_and_usual_promises(shop):
    view = shop.database.read(shop_view)
    assert normalize_pix_key(view.pix_key) == view.pix_key
    assert view.pix_key.endswith(".example")
    assert view.pix_name
    assert view.pix_city
    promises = ask(shop, "SELECT count(*) FROM service_types WHERE promise_days IS NULL")
    assert promises == [(1,)], "a visit is promised for no day"


def test_every_note_notice_and_part_is_told_to_the_history(shop):
    for table, code in (("notes", "note_added"), ("notices", "notice_given")):
        counted = ask(shop, f"SELECT count(*) FROM {table}")
        assert ask(shop, f"SELECT count(*) FROM events WHERE code = '{code}'") == counted
    staged = ask(shop, "SELECT count(*) FROM orders WHERE stage_id IS NOT NULL")
    told = [json.loads(data) for (data,) in ask(shop, "SELECT data FROM events")]
    assert [(sum(each.get("changed") == ["stage"] for each in told),)] == staged


def test_every_paper_has_its_file_and_a_scan_of_it_is_filed(store, tmp_path):
    fill_demo(store, orders=3, seed=1, until=TODAY, now=NOW)
    names = [name for (name,) in ask(store, "SELECT name FROM issued_files ORDER BY id")]
    assert len(names) == 3
    printed = store.folder / "papers" / names[-1]
    number = int(printed.name.split("-")[1])
    scan = tmp_path / "volta.pdf"
    scan.write_bytes(printed.read_bytes())
    (answer,) = attach_files(store, [scan], now=NOW, author=None)
    assert [filed.issued.number for filed in answer.filed] == [number]
    assert answer.unread == ()


def test_the_history_is_told_in_the_order_of_time(shop):
    moments = [at for (at,) in ask(shop, "SELECT at FROM events WHERE code <> 'signed'")]
    assert moments == sorted(moments)


def test_quotes_deposits_reversals_and_refunds_are_there(shop):
    told = dict(ask(shop, "SELECT code, count(*) FROM events GROUP BY code"))
    assert told["quote_issued"] > 100
    assert min(told[code] for code in ("reversed", "refunded", "paper_issued", "signed")) > 0
    deposits = "SELECT count(*) FROM payments AS p JOIN orders AS o ON o.id = p.order_id"
    assert ask(shop, deposits + " WHERE o.status NOT IN ('delivered', 'returned')")[0][0] > 5
