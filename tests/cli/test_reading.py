"""Reading commands on a demonstration shop: their keys, and that they all tell one story."""

import json
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest
from tests.cli.conftest import plain_order, refused
from tests.conftest import NOW
from tests.made_once import made_once

from osdesk.jobs.demo.demo import fill_demo
from osdesk.persistence.store import open_store

ROW = """
    number id customer phone equipment serial reason technician requested_at promised_on status
    situation total paid balance payment_state signed external_ref
"""
WORKING = {"received", "in_diagnosis", "approved", "in_progress", "awaiting_part"}
RECEIVABLE = {"ready", "delivered", "returned"}
FILTERS = {
    "open": lambda row: row["status"] not in ("delivered", "returned", "cancelled"),
    "in_progress": lambda row: row["status"] in WORKING and row["situation"] != "late",
    "late": lambda row: row["situation"] == "late",
    "awaiting_approval": lambda row: row["status"] == "awaiting_approval",
    "ready": lambda row: row["status"] == "ready",
    "finished": lambda row: row["status"] in ("ready", "delivered"),
    "receivable": lambda row: row["status"] in RECEIVABLE and Decimal(row["balance"]) > 0,
    "all": lambda row: True,
}
SITUATIONS = {
    "open": WORKING | {"awaiting_approval"},
    "late": WORKING,
    "finished": {"ready", "delivered"},
    "unserviced": {"declined", "unrepairable", "returned"},
    "cancelled": {"cancelled"},
}


@pytest.fixture(scope="module")
def demo_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    def make(folder: Path) -> None:
        store = open_store(folder, write=True, create=True, clock=lambda: NOW)
        fill_demo(store, orders=90, seed=5, now=NOW)
        store.close()

    return made_once(tmp_path_factory, "demo_folder", make)


@pytest.fixture
def demo(osdesk, demo_folder):
    return lambda *words: osdesk(*words, "--data", demo_folder)


def money(values) -> Decimal:
    return sum(map(Decimal, values), Decimal())


def test_the_list_is_newest_first_with_the_rows_keys(demo):
    rows = demo("list").lines
    numbers = [row["number"] for row in rows]
    assert numbers == sorted(numbers, reverse=True) == list(range(90, 0, -1))
    assert {frozenset(row) for row in rows} == {frozenset(ROW.split())}
    assert demo("list", "--limit", 7).lines == rows[:7]
    assert demo("list", "--limit", 500).lines == rows
    for row in rows:
        assert row["status"] in SITUATIONS[row["situation"]]
    assert {row["status"] for row in rows} == set().union(*SITUATIONS.values())


def test_every_filter_is_its_row_of_the_table(demo):
    rows = demo("list").lines
    for which, belongs in FILTERS.items():
        assert demo("list", "--filter", which).lines == [row for row in rows if belongs(row)]


def test_the_dashboard_says_what_the_list_says(demo):
    rows = demo("list").lines
    figures = demo("dashboard").json
    for key in ("open", "in_progress", "late", "awaiting_approval", "ready"):
        assert figures[key] == sum(map(FILTERS[key], rows)) > 0, key
    owed = [row for row in rows if FILTERS["receivable"](row)]
    overdue = [row for row in rows if row["payment_state"] == "overdue"]
    for key, behind in (("receivable", owed), ("overdue", overdue)):
        total = money(row["balance"] for row in behind)
        assert figures[key] == {"orders": len(behind), "amount": str(total)}
    debtors = figures["debtors"]
    assert {d["customer"] for d in debtors} == {row["customer"] for row in overdue}
    assert money(d["amount"] for d in debtors) == Decimal(figures["overdue"]["amount"])
    assert {"customer", "amount", "since", "days"} == set(debtors[0])
    months = [month["month"] for month in figures["revenue_months"]]
    assert (len(months), months[0], months[-1]) == (12, "2025-12", "2026-11")
    assert figures["revenue_months"][-1]["amount"] == figures["revenue_month"]
    assert {"number", "why", "days"} == set(figures["attention"][0])
    late = {line["number"] for line in figures["attention"] if line["why"] == "late"}
    assert late == {row["number"] for row in rows if row["situation"] == "late"}


def test_the_row_is_the_order(demo):
    for row in demo("list").lines[::9]:
        order = demo("order", "show", row["number"]).json
        for key in set(ROW.split()) - {"customer", "phone", "equipment", "serial"}:
            assert row[key] == order[key], key
        assert row["customer"] == order["customer"]["name"]
        assert row["phone"] == order["customer"]["phones"][0]["number"]
        total = money((order["labor_total"], order["parts_total"], "-" + order["discount"]))
        if row["situation"] == "unserviced":
            total = Decimal(order["fee"])
        elif row["status"] == "cancelled":
            total = Decimal(0)
        assert Decimal(order["total"]) == total
        assert Decimal(order["paid"]) == money(p["amount"] for p in order["payments"])
        assert money((order["paid"], order["balance"])) == total


@pytest.mark.parametrize("month", ["2026-11", "2026-10"])
def test_a_month_is_the_sum_of_its_orders(demo, tmp_path, month):
    out = tmp_path / "mes.json"
    assert demo("report", month, "--out", out).code == 0
    report = json.loads(out.read_text("utf-8"))
    assert demo("export", "--out", tmp_path / "tudo").code == 0
    lines = (tmp_path / "tudo" / "orders.jsonl").read_text("utf-8").splitlines()
    orders = {order["number"]: order for order in map(json.loads, lines)}

    def numbers(*keys):
        return {
            n for n, o in orders.items() if any((o[key] or "").startswith(month) for key in keys)
        }

    late = {n for n in numbers("ready_on") if orders[n]["ready_on"] > orders[n]["promised_on"]}
    expected = {
        "opened": numbers("requested_at"),
        "finished": numbers("ready_on"),
        "delivered": numbers("delivered_on"),
        "cancelled": numbers("cancelled_on"),
        "late": late,
    }
    assert report["month"] == month
    for key, behind in expected.items():
        assert (report[key], set(report["orders"][key])) == (len(behind), behind), key
    delivered = [orders[n] for n in expected["delivered"]]
    for key, field in (
        ("labor", "labor_total"),
        ("parts", "parts_total"),
        ("discounts", "discount"),
    ):
        assert Decimal(report[key]) == money(order[field] for order in delivered)
    items = [item for order in delivered for item in order["items"]]
    returned = {n for n in orders if (orders[n].get("status")) == "returned"}
    behind = set(report["orders"]["fees"])
    assert behind <= returned
    assert Decimal(report["fees"]) == money(orders[n]["fee"] for n in behind)
    unknown = [i["total"] for i in items if i["kind"] == "part" and i["unit_cost"] is None]
    assert Decimal(report["cost_unknown"]) == money(unknown)
    assert Decimal(report["revenue"]) == money(
        (
            *(report["labor"], report["parts"], "-" + report["discounts"]),
            *(report["fees"], "-" + report["allowances"]),
        )
    )
    assert Decimal(report["margin"]) == money(
        (report["revenue"], "-" + report["parts_cost"], "-" + report["service_cost"])
    )
    paid = [p for o in orders.values() for p in o["payments"] if p["date"].startswith(month)]
    assert Decimal(report["received"]) == money(p["amount"] for p in paid if p["amount"][0] != "-")
    assert Decimal(report["reversed"]) == -money(p["amount"] for p in paid if p["amount"][0] == "-")
    net: Counter[str] = Counter()
    for payment in paid:
        net[payment["method"]] += Decimal(payment["amount"])
    assert {k: Decimal(v) for k, v in report["received_by_method"].items()} == net
    for rows in (report["by_technician"], report["by_service_type"], report["by_equipment"]):
        assert money(row["revenue"] for row in rows) == Decimal(report["revenue"])
    assert set(report["receivable_by_age"]) == {"not_due", "1-30", "31-60", "61-90", "over_90"}
    assert money(report["receivable_by_age"].values()) == Decimal(report["receivable"])
    months = {m["month"]: m["amount"] for m in demo("dashboard").json["revenue_months"]}
    assert months[month] == report["revenue"]


@pytest.mark.parametrize(("ending", "head"), [("pdf", b"%PDF"), ("xlsx", b"PK"), ("csv", b"\xef")])
def test_the_ending_chooses_the_kind(demo, tmp_path, ending, head):
    out = tmp_path / f"mes.{ending.upper()}"
    answer = demo("report", "2026-11", "--out", out)
    assert (answer.code, answer.out) == (0, f"{out}\n")
    assert out.read_bytes().startswith(head)


@pytest.mark.parametrize("ending", ["", ".txt", ".docx"])
def test_another_ending_is_refused_and_nothing_written(demo, tmp_path, ending):
    refused(demo("report", "2026-11", "--out", tmp_path / f"mes{ending}"), ".xlsx")
    refused(demo("report", "2026-13", "--out", tmp_path / "mes.csv"), "2026-13")
    assert list(tmp_path.glob("mes*")) == []


@pytest.mark.parametrize("ending", ["json", "csv", "xlsx", "pdf"])
def test_where_nothing_can_be_written(demo, tmp_path, ending):
    (tmp_path / "arquivo").write_text("x")
    refused(demo("report", "2026-11", "--out", tmp_path / "arquivo" / f"mes.{ending}"), "gravar")


# -- search ---------------------------------------------------------------------------------------


@pytest.fixture
def found(osdesk, add):
    for number in range(1, 4):
        add(customer__name=f"Outra Pessoa {number}", customer__phones=[])
    add(
        customer__name="José Antônio Conceição",
        customer__phones=[{"number": "(21) 99876-5432"}, {"number": "1132224455"}],
        customer__document="111.444.777-35",
        equipment__serial="SN-12.AB/34",
        equipment__model="X-200 Pro",
        equipment__imei2="490154203237518",
    )
    return lambda *words: [row["number"] for row in osdesk("search", *words).lines]


@pytest.mark.parametrize(
    "typed",
    [
        *("jose", "JOSÉ ANTÔNIO", "conc", "anto jos", "concei\u0063\u0327\u0061\u0303o"),
        *("21 99876-5432", "(21)99876", "+55 21 99876-5432", "021998765432", "99876-5432"),
        *("1132224455", "3222-4455", "111.444.777-35", "11144477735"),
        *("sn12ab34", "SN-12.AB/34", "sn 12 ab 34", "490154203237518"),
        *("X-200", "pro", "jose lavadora brastemp"),
        *("4", "OS 4", "os4", "OS nº 4", "#4", "0004"),
    ],
)
def test_whatever_the_clerk_has_finds_the_order(found, typed):
    assert found(typed) == [4]


@pytest.mark.parametrize(
    "typed", ["", "   ", "OS", '"', "*", "AND", "NEAR(", "%", "_", "zzz", "😀", "9120", "a" * 5000]
)
def test_nothing_is_found_quietly(found, typed):
    assert found(typed) == []


def test_newest_first_and_no_more_than_asked(found, osdesk):
    assert found("outra pessoa") == [3, 2, 1]
    assert found("outra", "--limit", 2) == [3, 2]
    assert set(osdesk("search", "jose").json) == set(ROW.split())
    assert found("--", "-jose") == [4]


# -- on the hour ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "hour", "situation"),
    [
        ("2026-11-23", None, "late"),
        ("2026-11-24", None, "open"),
        ("2026-11-24", "14:31", "late"),
        ("2026-11-24", "14:32", "late"),
        ("2026-11-24", "14:33", "open"),
        ("2026-11-25", "00:00", "open"),
        (None, None, "open"),
    ],
)
def test_late_from_the_promised_hour_of_the_shops_zone(osdesk, add, day, hour, situation):
    number = add(plain_order(promised_on=day, promised_time=hour))
    assert osdesk("order", "show", number).json["situation"] == situation
    which = "late" if situation == "late" else "in_progress"
    assert [row["number"] for row in osdesk("list", "--filter", which).lines] == [number]
