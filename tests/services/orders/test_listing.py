"""The order list: its SQL says what the rules say, by index, in the same few questions."""

import re
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import event, select, text
from sqlalchemy.orm import Session
from tests.conftest import NOW
from tests.deep import examples
from tests.made_once import made_once

from osdesk.domain.calendar import load_zone
from osdesk.domain.orders.status import (
    OrderFilter,
    Status,
    matches_filter,
    payment_state_of,
    situation_of,
)
from osdesk.jobs.demo.demo import fill_demo
from osdesk.persistence.database import Database, connect
from osdesk.persistence.models import Order
from osdesk.persistence.store import open_store
from osdesk.services.customers.customers import customer_page, customer_situation, find_customers
from osdesk.services.customers.same_customer import near_duplicates
from osdesk.services.orders.devices import equipment_past
from osdesk.services.orders.forms import load_form
from osdesk.services.orders.listing import (
    UNASSIGNED,
    filter_counts,
    order_page,
    order_rows,
    orders_of_customer,
)
from osdesk.services.orders.search import search_orders
from osdesk.services.orders.similar import similar_jobs
from osdesk.services.orders.sorting import order_numbers
from osdesk.services.orders.view import order_view
from osdesk.services.reports.dashboard import dashboard

ZONE = load_zone("America/Sao_Paulo")
SIZE = 2_000


@pytest.fixture(scope="module")
def big(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """Enough orders for the planner to care; every hour promised to the open ones."""

    def make(folder: Path) -> None:
        store = open_store(folder, write=True, create=True, clock=lambda: NOW)
        fill_demo(store, orders=SIZE, seed=3, now=NOW, printed=0)
        store.database.run(_promise_hours)
        store.close()

    made = made_once(tmp_path_factory, "big_shop", make)
    store = open_store(
        shutil.copytree(made, tmp_path_factory.mktemp("big") / "shop"),
        write=True,
        clock=lambda: NOW,
    )
    yield store.database
    store.close()


def _promise_hours(session: Session) -> None:
    session.execute(
        text(
            "UPDATE orders SET promised_time = printf('%02d:%02d', number % 24, number % 60)"
            " WHERE promised_on IS NOT NULL AND number % 3 > 0"
        )
    )
    session.execute(text("UPDATE orders SET promised_on = NULL WHERE number % 17 = 0"))


def stored(session: Session) -> list[Any]:
    columns = (
        *(Order.number, Order.status, Order.promised_on, Order.promised_time),
        *(Order.total, Order.paid, Order.balance, Order.due_on),
    )
    return list(session.execute(select(*columns).order_by(Order.number.desc())))


@settings(max_examples=examples(12), deadline=None)
@given(st.integers(-9 * 24 * 60, 15 * 24 * 60))
def test_every_filter_is_the_rule_at_any_moment(big: Database, minutes: int) -> None:
    now = NOW + timedelta(minutes=minutes)
    local = now.astimezone(ZONE)
    rows = big.read(stored)
    counts = big.read(filter_counts, now=now)
    for which in OrderFilter:
        expected = [
            row.number
            for row in rows
            if matches_filter(
                which, row.status, row.promised_on, row.promised_time, row.balance, local
            )
        ]
        assert list(big.read(order_numbers, which, now=now)) == expected, which
        page = big.read(order_page, which, now=now, limit=40)
        assert [row.number for row in page] == expected[:40], which
        assert counts.counts[which] == len(expected), which
    owed = [r for r in rows if matches_filter(OrderFilter.RECEIVABLE, *r[1:4], r.balance, local)]
    assert counts.receivable == sum(row.balance for row in owed)


@pytest.mark.parametrize("which", OrderFilter)
def test_a_technicians_list_is_the_filter_and_nothing_of_others(
    big: Database, which: OrderFilter
) -> None:
    query = select(Order.number, Order.technician_id).order_by(Order.number.desc())
    whose = dict(big.read(lambda s: s.execute(query).all()))
    everybody = list(big.read(order_numbers, which, now=NOW))
    people = {key or UNASSIGNED for key in whose.values()}
    assert UNASSIGNED in people
    for technician in people:
        expected = [n for n in everybody if (whose[n] or UNASSIGNED) == technician]
        found = big.read(order_numbers, which, now=NOW, technician=technician)
        assert list(found) == expected
        rows = big.read(order_page, which, now=NOW, technician=technician, limit=30)
        assert [row.number for row in rows] == expected[:30]
        counts = big.read(filter_counts, now=NOW, technician=technician)
        assert counts.counts[which] == len(expected)


def test_a_row_tells_what_is_awaited_and_a_lapsed_quote(big: Database) -> None:
    rows = big.read(order_page, OrderFilter.OPEN, now=NOW, limit=None)
    waiting = [row for row in rows if row.status is Status.AWAITING_PART]
    assert waiting
    assert all(row.waiting_for and row.waiting_since for row in waiting)
    late = NOW + timedelta(days=400)
    rows = big.read(order_page, OrderFilter.OPEN, now=late, limit=None)
    expired = {row.status for row in rows if row.quote_expired}
    assert expired == {Status.AWAITING_APPROVAL}


def test_on_the_promised_hour_it_is_late(big: Database) -> None:
    found = big.read(
        lambda s: s.execute(
            select(Order.number, Order.promised_on, Order.promised_time).where(
                Order.status == Status.IN_PROGRESS, Order.promised_time.is_not(None)
            )
        ).first()
    )
    assert found is not None
    hour = datetime.fromisoformat(f"{found.promised_on}T{found.promised_time}").replace(tzinfo=ZONE)
    for step, late in ((-1, False), (0, True), (59, True)):
        now = (hour + timedelta(minutes=step)).astimezone(UTC)
        assert (found.number in big.read(order_numbers, OrderFilter.LATE, now=now)) is late
        inside = found.number in big.read(order_numbers, OrderFilter.IN_PROGRESS, now=now)
        assert inside is not late


def test_a_row_derives_what_is_not_stored(big: Database) -> None:
    local = NOW.astimezone(ZONE)
    rows = {row.number: row for row in big.read(stored)}
    for row in big.read(order_page, OrderFilter.ALL, now=NOW, limit=500):
        one = rows[row.number]
        assert row.situation == situation_of(one.status, one.promised_on, one.promised_time, local)
        assert row.payment_state == payment_state_of(one.total, one.paid, one.due_on, local.date())
        assert row.balance == row.total - row.paid


@pytest.mark.parametrize("which", OrderFilter)
def test_pages_meet_without_a_gap_or_a_double(big: Database, which: OrderFilter) -> None:
    whole = big.read(order_page, which, now=NOW, limit=None)
    assert [row.number for row in whole] == list(big.read(order_numbers, which, now=NOW))
    seen: list[Any] = []
    below = None
    while page := big.read(order_page, which, now=NOW, below=below, limit=700):
        seen += page
        below = page[-1].number
    assert seen == whole


def test_rows_come_in_the_order_that_was_asked(big: Database) -> None:
    wanted = [5, 1_999, 1, 77_777, 42, *range(100, 1_200)]
    rows = big.read(order_rows, wanted, now=NOW)
    assert [row.number for row in rows] == [n for n in wanted if n <= SIZE]
    assert big.read(order_rows, [], now=NOW) == []


def test_a_promise_of_another_day_of_the_zone(big: Database) -> None:
    """At 23:30 in São Paulo it is tomorrow in UTC; the promised day is not over."""
    night = datetime(2026, 11, 24, 23, 30, tzinfo=ZONE).astimezone(UTC)
    assert night.date() == date(2026, 11, 25)
    promised = big.read(
        lambda s: set(
            s.scalars(
                select(Order.number).where(
                    Order.promised_on == date(2026, 11, 24), Order.promised_time.is_(None)
                )
            )
        )
    )
    assert promised.isdisjoint(big.read(order_numbers, OrderFilter.LATE, now=night))


# -- by index, in few questions -------------------------------------------------------------------

Ask = Callable[..., list[tuple[str, Any]]]


@pytest.fixture
def asked(big: Database) -> Iterator[Ask]:
    """The statements that a service sends."""
    seen: list[tuple[str, Any]] = []

    def note(connection: Any, cursor: Any, statement: str, values: Any, *rest: Any) -> None:
        seen.append((statement, values))

    event.listen(big._reader, "before_cursor_execute", note)

    def ask(function: Any, *args: Any, **kwargs: Any) -> list[tuple[str, Any]]:
        seen.clear()
        big.read(function, *args, **kwargs)
        return [(s, v) for s, v in seen if s.lstrip().upper().startswith(("SELECT", "WITH"))]

    yield ask
    event.remove(big._reader, "before_cursor_execute", note)


PARTS = {"ix_orders_open", "ix_orders_owed"}
"""Indexes of the open and of the owed orders alone: to walk them whole is to read what is shown."""
WALK = {"sqlite_autoindex_orders_1"}
"""By number, newest first, until the page is full: for filters that hold most orders."""
WORDS = {"synonyms"}
"""A table of some dozen rows."""
COUNT_ALL = {"ix_orders_equipment_id", "ix_orders_total"}
SMALL = (
    "employees|service_types|shop|counters|shop_texts|CONSTANT ROW|\\(subquery-\\d\\)|stages"
    "|month_closings"  # a row for each month that was closed
)


def walked(big: Database, statements: list[tuple[str, Any]]) -> set[str]:
    """Indexes and tables of any size that these statements walk from end to end."""
    found = set()
    connection = connect(big.path)
    for statement, values in statements:
        for row in connection.execute("EXPLAIN QUERY PLAN " + statement, values):
            match = re.fullmatch(r"SCAN (\S+)(?: USING (?:COVERING )?INDEX (\S+))?.*", row[3])
            if match and "VIRTUAL TABLE" not in row[3] and not re.match(f"SCAN ({SMALL})", row[3]):
                found.add(match[2] or match[1])
    connection.close()
    return found


@pytest.mark.parametrize(
    ("allowed", "call"),
    [
        (PARTS, lambda: (order_page, OrderFilter.OPEN)),
        (PARTS, lambda: (order_page, OrderFilter.IN_PROGRESS)),
        (PARTS, lambda: (order_page, OrderFilter.LATE)),
        (PARTS, lambda: (order_page, OrderFilter.AWAITING_APPROVAL)),
        (PARTS, lambda: (order_page, OrderFilter.READY)),
        (PARTS, lambda: (order_page, OrderFilter.RECEIVABLE)),
        (WALK, lambda: (order_page, OrderFilter.FINISHED)),
        (WALK, lambda: (order_page, OrderFilter.ALL)),
        (PARTS, lambda: (order_numbers, OrderFilter.LATE)),
        (PARTS, lambda: (order_numbers, OrderFilter.RECEIVABLE)),
        (PARTS | COUNT_ALL, lambda: (filter_counts,)),
        (PARTS, lambda: (partial(order_page, technician=2), OrderFilter.OPEN)),
        (PARTS, lambda: (partial(order_page, technician=UNASSIGNED), OrderFilter.LATE)),
        (PARTS, lambda: (partial(order_page, technician=2), OrderFilter.READY)),
        (PARTS, lambda: (partial(order_page, technician=2), OrderFilter.RECEIVABLE)),
        (WALK, lambda: (partial(order_page, technician=2), OrderFilter.ALL)),
        (PARTS, lambda: (partial(order_numbers, technician=2), OrderFilter.OPEN)),
        (PARTS | COUNT_ALL, lambda: (dashboard,)),
        (set(), lambda: (order_rows, [1, 2, 3])),
        (WORDS, lambda: (search_orders, "maria")),
        (WORDS, lambda: (search_orders, "11 98")),
        (WORDS, lambda: (search_orders, "OS 1200")),
        (WORDS, lambda: (search_orders, "celular samsung galaxy")),
        (set(), lambda: (equipment_past, "490154203237518")),
        (set(), lambda: (order_view, 1_200)),
        (set(), lambda: (orders_of_customer, 5)),
        (set(), lambda: (customer_situation, 5)),
    ],
)
def test_no_hot_question_walks_a_big_table(
    big: Database, asked: Ask, allowed: set[str], call: Callable[[], tuple[Any, ...]]
) -> None:
    assert walked(big, asked(*call(), now=NOW)) <= allowed


def test_customers_are_found_and_paged_by_index(big: Database, asked: Ask) -> None:
    assert walked(big, asked(find_customers, "mar")) == set()
    assert walked(big, asked(find_customers, "mariana conc")) == set()
    assert walked(big, asked(customer_page)) <= {"ix_customers_name_folded_id"}


def test_what_is_like_what_is_typed_is_found_by_index(big: Database, asked: Ask) -> None:
    form = big.read(load_form, SIZE // 2)
    form.customer.id = None
    assert big.read(near_duplicates, form.customer), "the customer is a stored one"
    assert walked(big, asked(near_duplicates, form.customer)) == set()
    assert walked(big, asked(similar_jobs, form)) == set()
    assert len(asked(similar_jobs, form)) <= 6


@pytest.mark.parametrize(
    "call",
    [
        lambda n: (order_page, OrderFilter.OPEN, {"limit": n, "now": NOW}),
        lambda n: (order_page, OrderFilter.RECEIVABLE, {"limit": n, "now": NOW}),
        lambda n: (order_rows, list(range(1, n + 1)), {"now": NOW}),
        lambda n: (search_orders, "lavadora", {"limit": n, "now": NOW}),
        lambda n: (customer_page, "", {"limit": n}),
    ],
)
def test_the_number_of_questions_does_not_grow_with_the_rows(asked: Ask, call: Any) -> None:
    def questions(rows: int) -> int:
        *words, more = call(rows)
        return len(asked(*words, **more))

    assert questions(2) == questions(90) <= 6


def test_the_sheet_and_the_dashboard_ask_a_constant_number(asked: Ask) -> None:
    few = [len(asked(order_view, number, now=NOW)) for number in (1, 700, SIZE)]
    assert max(few) <= 21, "one of them: which batch brought the order in from another system"
    assert max(few) - min(few) <= 4, "only what an order has not (quote, items) is not asked"
    # three of them: months that were closed, what has changed in them, what is owed to customers
    assert len(asked(dashboard, now=NOW)) <= 27
