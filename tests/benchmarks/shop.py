"""What the services cost over their own SQL: search, list, order, save, dashboard, report."""

import json
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

from tests.benchmarks.measure import (
    Call,
    Result,
    canvas_floor,
    captured,
    compare,
    reading_floor,
    times,
    within_a_frame,
)
from tests.conftest import NOW
from tests.forms import order

from osdesk.domain.calendar import Month
from osdesk.domain.codes import Paper, PaperFormat
from osdesk.domain.orders.status import OrderFilter
from osdesk.persistence.database import connect
from osdesk.persistence.store import Store
from osdesk.services.customers.customers import find_customers
from osdesk.services.orders.forms import load_form
from osdesk.services.orders.listing import filter_counts, order_page, order_rows
from osdesk.services.orders.saving import add_order
from osdesk.services.orders.search import search_orders
from osdesk.services.orders.similar import similar_jobs
from osdesk.services.orders.sorting import order_numbers
from osdesk.services.orders.view import order_view
from osdesk.services.reports.dashboard import dashboard
from osdesk.services.reports.reports import month_report

ORM = 5.0
"""Milliseconds that sessions, types and shapes may cost over the bare SQL of a call: the budgets of
a page are ratios to SQL and paint together, and are held where both are measured, in ``window``."""


def queries(store: Store, count: int) -> list[str]:
    """What a clerk would type: names as far as they are typed, phones, documents, serials."""
    rng = Random(7)
    rows = store.database.read(order_page, OrderFilter.ALL, now=NOW, limit=2_000)
    found = []
    for row in rng.sample(rows, min(count, len(rows))):
        words = row.customer.split()
        options = [words[0], words[-1], f"{words[0]} {words[-1][:3]}", row.customer.lower()]
        options += [value for value in (row.phone, row.serial, str(row.number)) if value]
        typed = rng.choice(options)
        found.append(typed[: rng.randrange(3, len(typed) + 1)] if len(typed) > 3 else typed)
    return found


def services(store: Store) -> list[Result]:
    database, path = store.database, store.database.path
    rng = Random(11)
    last = database.read(order_page, OrderFilter.ALL, now=NOW, limit=1)[0].number
    places = [rng.randrange(50, last) for _ in range(40)]

    def reading(calls: list[Call]) -> tuple[list[Call], list[Call]]:
        return [reading_floor(path, call) for call in calls], calls

    results = []
    typed = queries(store, 60)
    calls = [lambda t=t: database.read(search_orders, t, now=NOW, limit=40) for t in typed]
    results.append(compare("busca, 40 linhas", *reading(calls), budget=1.5, spare=ORM))
    calls = [lambda t=t: database.read(find_customers, t) for t in ("ma", "11", *typed)]
    results.append(within_a_frame("cliente, a cada tecla", calls))
    forms = [database.read(load_form, place) for place in places[:10]]
    calls = [lambda f=f: database.read(similar_jobs, f) for f in forms]
    results.append(within_a_frame("serviços como este", calls))
    calls = [lambda w=w: database.read(order_page, w, now=NOW, limit=40) for w in OrderFilter]
    results.append(
        compare("lista, primeira página", *reading(calls), budget=1.5, spare=ORM, rounds=15)
    )
    calls = [lambda p=p: database.read(order_rows, range(p, p - 40, -1), now=NOW) for p in places]
    results.append(compare("lista, salto, 40 linhas", *reading(calls), budget=2, spare=ORM))
    calls = [lambda: database.read(filter_counts, now=NOW)]
    results.append(compare("contagens das abas", *reading(calls), budget=1.5, spare=ORM, rounds=15))
    calls = [lambda: database.read(order_numbers, OrderFilter.ALL, now=NOW)]
    results.append(compare("números de todas", *reading(calls), budget=3))
    calls = [lambda p=p: database.read(order_view, p, now=NOW) for p in places]
    results.append(compare("abrir uma OS", *reading(calls), budget=2, spare=10))
    calls = [lambda: database.read(dashboard, now=NOW)]
    results.append(compare("painel", *reading(calls), budget=1.5, spare=ORM, rounds=15))
    months = [Month.of(NOW.date()).shifted(back) for back in (1, 2, 14)]
    calls = [lambda m=m: database.read(month_report, m, now=NOW) for m in months]
    results.append(compare("números do mês", *reading(calls), budget=3, rounds=2))
    return results


def saving(store: Store, aside: Path) -> Result:
    """A durable save beside the same rows written bare, with the same settings, to a copy."""
    database = store.database
    with captured() as statements:
        database.run(add_order, order(name="Primeira", phones=[]), now=NOW, author=None)
    insert = [s for s in statements if s[0].lstrip().upper().startswith("INSERT")]
    aside.touch()
    bare = connect(aside)
    bare.execute("PRAGMA journal_mode=WAL")
    for table in {sql.split()[2] for sql, _, _ in insert}:
        bare.execute(f"CREATE TABLE IF NOT EXISTS {table} AS SELECT 1 WHERE 0")
    bare.execute("CREATE TABLE rows (content TEXT)")

    def floor() -> None:
        bare.execute("BEGIN IMMEDIATE")
        bare.executemany("INSERT INTO rows VALUES (?)", [(str(s[1]),) for s in insert])
        bare.execute("COMMIT")

    def ours() -> None:
        database.run(add_order, order(name="Outra", phones=[]), now=NOW, author=None)

    return compare("salvar uma OS nova", [floor], [ours], budget=1, spare=10, rounds=40)


def papers(store: Store, largest: int = 3_400) -> list[Result]:
    """``largest``: orders of the larger of two month reports."""
    from osdesk.documents.kit.draw import qr_matrix
    from osdesk.documents.papers import render_paper
    from osdesk.documents.report.month_report import render_month_report
    from osdesk.services.papers.papers import issue_paper

    number = store.database.read(order_page, OrderFilter.ALL, now=NOW, limit=1)[0].number
    issued = store.database.run(issue_paper, number, Paper.INTAKE, now=NOW, author=None)
    results = []

    def draw() -> bytes:
        return render_paper(issued, PaperFormat.A4_HALF, logo=None)

    def encode() -> None:
        qr_matrix.cache_clear()
        qr_matrix(issued.qr)

    def whole_paper() -> bytes:
        qr_matrix.cache_clear()
        return draw()

    bare = canvas_floor(draw)
    floor_calls: list[Call] = [lambda: (encode(), bare())]
    results.append(compare("OS para assinar", floor_calls, [whole_paper], budget=2, rounds=15))
    for count in sorted({300, largest}):
        report = _report(count)

        def whole(report: object = report) -> bytes:
            return render_month_report(report, logo=None)  # type: ignore[arg-type]

        floor = canvas_floor(whole)
        name = f"fechamento em PDF, {count} ordens"
        results.append(compare(name, [floor], [whole], budget=2, rounds=3))
    return results


def tables(count: int) -> list[Result]:
    """The same report as tables, in milliseconds that one waits for without noticing much."""
    from osdesk.interchange.report_csv import csv_zip_bytes
    from osdesk.interchange.report_json import report_to_json
    from osdesk.interchange.report_xlsx import xlsx_bytes

    report = _report(count)
    found = []
    for name, budget, call in (
        ("fechamento em XLSX", 1_200.0, lambda: xlsx_bytes(report)),
        ("fechamento em CSV", 400.0, lambda: csv_zip_bytes(report)),
        ("fechamento em JSON", 400.0, lambda: json.dumps(report_to_json(report))),
    ):
        took = sorted(times([call], 3))
        found.append(Result(f"{name}, {count} ordens", budget, took[1], took[-1], 1))
    return found


def _report(count: int) -> Any:
    """A full one: about as many payments as orders, and each fifth order owed."""
    from tests.report_builders import OWED, PAYMENTS, make_report

    paid = tuple(replace(PAYMENTS[0], number=n, receipt=n) for n in range(count))
    owed = tuple(replace(OWED[0], number=n) for n in range(count // 5))
    return make_report(count, payments=paid, owed=owed)
