import csv
import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from tests.conftest import NOW
from tests.forms import order

from osdesk.domain.errors import UserError
from osdesk.interchange.shape_json import order_to_json
from osdesk.jobs.export import export_all
from osdesk.persistence.store import open_store
from osdesk.services.orders.saving import add_order
from osdesk.services.orders.view import order_view, sheets_after
from osdesk.services.shop.shop import save_shop, shop_form, zone_of


@pytest.fixture
def shop(demo):
    store = open_store(demo, write=True, clock=lambda: NOW)
    yield store
    store.close()


def lines(path):
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def table(path):
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file, delimiter=";"))


def test_batches_give_what_each_order_gives_alone(shop):
    numbers = []
    last = 0
    while batch := shop.database.read(sheets_after, last, now=NOW, limit=7):
        for sheet in batch:
            assert sheet == shop.database.read(order_view, sheet.number, now=NOW)
            numbers.append(sheet.number)
        last = numbers[-1]
    assert numbers == list(range(1, 61))


def test_orders_as_the_command_shows_them(shop, tmp_path):
    counts = export_all(shop, tmp_path / "out", now=NOW)
    zone = shop.database.read(zone_of)
    exported = lines(tmp_path / "out" / "orders.jsonl")
    assert exported == [
        order_to_json(shop.database.read(order_view, number, now=NOW), zone)
        for number in range(1, 61)
    ]
    assert counts["orders.jsonl"] == 60
    paid = [payment for order in exported for payment in order["payments"]]
    payments = lines(tmp_path / "out" / "payments.jsonl")
    assert [{**line, "order": None} for line in payments] == [
        {"order": None, **payment} for payment in paid
    ]
    assert counts["payments.jsonl"] == len(paid)


def test_every_row_is_in_both_kinds_of_file(shop, tmp_path):
    counts = export_all(shop, tmp_path / "out", now=NOW)
    for name in ("orders", "customers", "catalog", "payments"):
        head, *rows = table(tmp_path / "out" / f"{name}.csv")
        assert len(rows) == len(lines(tmp_path / "out" / f"{name}.jsonl"))
        assert len(rows) == counts[f"{name}.jsonl"] > 0
        assert {len(row) for row in rows} == {len(head)}


def test_a_brazilian_spreadsheet_reads_the_csv(store, tmp_path):
    form = order(name="=1+1 Ana", serial="@SOMA(A1)")
    store.database.run(add_order, form, now=NOW, author=None)
    export_all(store, tmp_path / "out", now=NOW)
    head, row = table(tmp_path / "out" / "orders.csv")
    cells = dict(zip(head, row, strict=True))
    assert cells["Cliente"] == "'=1+1 Ana"
    assert cells["Nº de série"] == "'@SOMA(A1)"
    assert cells["Total (R$)"] == "370,00"
    assert cells["Entrada"] == "24/11/2026"
    assert cells["Prometida"] == "27/11/2026"
    assert cells["Situação"] == "Recebida"


def test_the_day_of_entry_stays_where_the_shop_moves_its_zone(store, tmp_path):
    """Entered at 23:30 in São Paulo, when it was half past midnight in Noronha."""
    entered = datetime(2026, 11, 20, 2, 30, tzinfo=UTC)
    store.database.run(add_order, order(), now=entered, author=None)
    moved = replace(store.database.read(shop_form), zone="America/Noronha")
    store.database.run(save_shop, moved, now=NOW, author=None)
    export_all(store, tmp_path / "out", now=NOW)
    head, row = table(tmp_path / "out" / "orders.csv")
    assert dict(zip(head, row, strict=True))["Entrada"] == "19/11/2026"


def test_the_shops_files_come_along(shop, demo, tmp_path):
    counts = export_all(shop, tmp_path / "out", now=NOW)
    for name in ("files", "papers"):
        there = {path.name: path.read_bytes() for path in (demo / name).iterdir()}
        assert {p.name: p.read_bytes() for p in (tmp_path / "out" / name).iterdir()} == there
        assert counts[name] == len(there)


def test_an_empty_folder_is_filled_and_a_full_one_left_alone(shop, tmp_path):
    out = tmp_path / "out"
    out.mkdir()
    export_all(shop, out, now=NOW)
    before = {path.name: path.stat().st_mtime_ns for path in out.iterdir()}
    with pytest.raises(UserError) as raised:
        export_all(shop, out, now=NOW)
    assert (raised.value.code, raised.value.data["path"]) == ("folder_not_empty", out)
    assert {path.name: path.stat().st_mtime_ns for path in out.iterdir()} == before


def test_a_place_that_cannot_be_written(shop, tmp_path):
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(UserError) as raised:
        export_all(shop, tmp_path / "file" / "out", now=NOW)
    assert raised.value.code == "cannot_write"
