"""The owner's morning: every figure from orders made for it, in the shop's zone."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import event, update
from sqlalchemy.orm import Session
from tests.conftest import NOW
from tests.forms import APPROVAL, COLLECTED, order, service

from osdesk.domain.calendar import Month
from osdesk.domain.codes import Paper, PaymentMethod
from osdesk.domain.orders.forms import InstalmentForm, PaymentForm, StepForm
from osdesk.domain.orders.status import OrderFilter, PaymentState, Status
from osdesk.domain.views.figures import Dashboard
from osdesk.persistence.database import Database
from osdesk.persistence.models import IssuedPaper as PaperRow
from osdesk.persistence.models import Order
from osdesk.services.orders.forms import load_form
from osdesk.services.orders.listing import order_rows
from osdesk.services.orders.payments import pay_order, refund_order, reverse_payment
from osdesk.services.orders.saving import add_order, edit_order
from osdesk.services.orders.sorting import order_numbers
from osdesk.services.orders.steps import move_order, reopen_order
from osdesk.services.papers.papers import issue_paper
from osdesk.services.reports.dashboard import dashboard

TODAY = date(2026, 11, 24)
AGREED = (Status.APPROVED, Status.IN_PROGRESS)


def day(ago: int) -> datetime:
    return NOW - timedelta(days=ago)


def add(db: Database, *steps: Status, at: datetime = NOW, price: int = 10_000, **more: Any) -> int:
    form = order(items=[service(price)], **more)
    number = db.run(add_order, form, now=at, author=None).number
    for to in steps:
        move(db, number, to, at=at)
    return number


def move(db: Database, number: int, to: Status, *, at: datetime = NOW, due: date | None = None):
    form = replace(db.read(load_form, number), due_on=due) if due else None
    step = replace(COLLECTED, reason="motivo") if to not in (Status.APPROVED,) else APPROVAL
    db.run(move_order, number, to, step, now=at, author=None, form=form)


def deliver(db: Database, *, at: datetime, due: date, price: int = 10_000, **more: Any) -> int:
    number = add(db, *AGREED, Status.READY, at=at, price=price, **more)
    move(db, number, Status.DELIVERED, at=at, due=due)
    return number


def pay(db: Database, number: int, amount: int) -> int:
    form = PaymentForm(amount, PaymentMethod.PIX)
    return db.run(pay_order, number, form, now=NOW, author=None)


def figures(db: Database, now: datetime = NOW) -> Dashboard:
    return db.read(dashboard, now=now)


def test_an_empty_shop_has_a_whole_dashboard(db: Database) -> None:
    empty = figures(db)
    assert (empty.open, empty.late, empty.ready, empty.opened_today) == (0, 0, 0, 0)
    assert (empty.receivable.orders, empty.receivable.amount) == (0, 0)
    assert (empty.debtors, empty.attention, empty.load) == ((), (), ())
    assert [str(month) for month, _ in empty.revenue_months][::11] == ["2025-12", "2026-11"]
    assert {amount for _, amount in empty.revenue_months} == {0}


def test_counts_are_the_chips(db: Database) -> None:
    add(db)
    add(db, promised_on=TODAY - timedelta(days=9), technician="Rui")
    add(db, *AGREED, promised_on=TODAY, promised_time="14:00")
    add(db, Status.AWAITING_APPROVAL)
    add(db, *AGREED, Status.READY, at=day(31))
    add(db, Status.CANCELLED)
    now = figures(db)
    for which, count in (
        (OrderFilter.OPEN, now.open),
        (OrderFilter.IN_PROGRESS, now.in_progress),
        (OrderFilter.LATE, now.late),
        (OrderFilter.AWAITING_APPROVAL, now.awaiting_approval),
        (OrderFilter.READY, now.ready),
    ):
        assert count == len(db.read(order_numbers, which, now=NOW)) > 0, which
    assert (now.oldest_late_days, now.opened_today, now.ready_over_30_days) == (9, 5, 1)
    load = {row.technician: (row.open, row.late) for row in now.load}
    assert load == {"Edson Ramos": (4, 1), "Rui": (1, 1)}


def test_revenue_is_of_what_was_delivered_after_its_discount(db: Database) -> None:
    deliver(db, at=day(0), due=TODAY, price=10_000, discount=1_500)
    late_last_month = datetime(2026, 11, 1, 2, 59, tzinfo=UTC)
    deliver(db, at=late_last_month, due=TODAY, price=20_000)
    deliver(db, at=datetime(2026, 10, 24, 12, tzinfo=UTC), due=TODAY, price=4_000)
    deliver(db, at=datetime(2025, 12, 1, 3, tzinfo=UTC), due=TODAY, price=7_000)
    deliver(db, at=datetime(2025, 12, 1, 2, 59, tzinfo=UTC), due=TODAY, price=9_000)
    add(db, *AGREED, Status.READY)
    add(db, Status.CANCELLED)
    now = figures(db)
    assert now.revenue_month == 8_500
    assert dict(now.revenue_months)[Month(2026, 10)] == 24_000, "31 October, 23:59 in São Paulo"
    assert now.revenue_months[0] == (Month(2025, 12), 7_000)
    assert now.revenue_same_day_last_month == 4_000
    assert len(now.revenue_months) == 12


def test_what_is_owed_and_what_is_overdue(db: Database) -> None:
    first = deliver(db, at=day(40), due=TODAY - timedelta(days=10), name="Ana", phones=[])
    other = deliver(db, at=day(40), due=TODAY - timedelta(days=30), price=5_000, name="Bia")
    deliver(db, at=day(1), due=TODAY, name="Caio", phones=[])
    add(db, *AGREED, Status.READY, price=700)
    add(db, *AGREED, price=900)
    more = deliver(db, at=day(9), due=TODAY - timedelta(days=5), price=5_500, name="Bia")
    pay(db, first, 1_000)
    now = figures(db)
    assert (now.receivable.orders, now.receivable.amount) == (
        5,
        9_000 + 5_000 + 10_000 + 700 + 5_500,
    )
    assert (now.overdue.orders, now.overdue.amount) == (3, 9_000 + 5_000 + 5_500)
    told = [(d.customer, d.amount, d.since, d.days) for d in now.debtors]
    assert told == [
        ("Bia", 10_500, TODAY - timedelta(days=30), 29),  # a Sunday runs until the Monday
        ("Ana", 9_000, TODAY - timedelta(days=10), 8),  # a Saturday before a holiday
    ]
    paid = pay(db, other, 5_000)
    pay(db, more, 5_500)
    assert [d.customer for d in figures(db).debtors] == ["Ana"]
    db.run(reverse_payment, other, paid, reason="devolvido", now=NOW, author=None)
    assert [d.customer for d in figures(db).debtors] == ["Ana", "Bia"]
    tomorrow = figures(db, NOW + timedelta(days=1))
    assert "Caio" in [d.customer for d in tomorrow.debtors], "due today is overdue tomorrow"


def test_what_is_due_on_a_day_without_business_is_owed_after_the_next_one(db: Database) -> None:
    holiday = date(2026, 11, 20)  # a Friday
    number = deliver(db, at=day(10), due=holiday)
    for passed, overdue in ((0, 0), (1, 0), (3, 0), (4, 1)):
        now = figures(db, datetime(2026, 11, 20 + passed, 15, tzinfo=UTC))
        assert now.overdue.orders == overdue, passed
        assert [d.days for d in now.debtors] == [1] * overdue
        assert [a.days for a in now.attention if a.why == "overdue"] == [1] * overdue
    (row,) = db.read(order_rows, [number], now=datetime(2026, 11, 23, 15, tzinfo=UTC))
    assert row.payment_state is PaymentState.DUE
    (row,) = db.read(order_rows, [number], now=datetime(2026, 11, 24, 15, tzinfo=UTC))
    assert row.payment_state is PaymentState.OVERDUE


@pytest.mark.parametrize(
    ("why", "days"),
    [
        ("late", 3),
        ("due_today", 0),
        ("quote_expired", 2),
        ("quote_unanswered", 2),
        ("not_collected", 7),
        ("overdue", 5),
    ],
)
def test_what_needs_attention_and_for_how_long(db: Database, why: str, days: int) -> None:
    past = TODAY - timedelta(days=days)
    match why:
        case "late":
            number = add(db, promised_on=past)
        case "due_today":
            number = add(db, promised_on=TODAY)
        case "quote_expired":
            number = add(db, Status.AWAITING_APPROVAL, at=day(5))
            form = replace(db.read(load_form, number), valid_until=past)
            db.run(edit_order, number, form, now=NOW, author=None)
        case "quote_unanswered":
            number = add(db, Status.AWAITING_APPROVAL, at=day(days))
        case "not_collected":
            number = add(db, *AGREED, Status.READY, at=day(days))
        case _:
            number = deliver(db, at=day(9), due=past)
    add(db, promised_on=TODAY + timedelta(days=1))
    add(db, Status.AWAITING_APPROVAL, at=day(1))
    add(db, *AGREED, Status.READY, at=day(6))
    (line,) = figures(db).attention
    assert (line.number, line.why, line.days) == (number, why, days)
    assert line.equipment == "Lavadora Brastemp BWK12ABANA"
    assert line.amount == (10_000 if why == "overdue" else 0)


def test_what_was_reopened_with_its_owner_is_not_waiting_to_be_collected(db: Database) -> None:
    number = deliver(db, at=day(9), due=TODAY)
    db.run(reopen_order, number, reason="nome", now=NOW, author=None)
    assert [line.why for line in figures(db).attention] == []


def test_money_owed_to_a_customer_waits_to_be_given_back(db: Database) -> None:
    unpriced = db.run(add_order, order(items=[]), now=day(9), author=None).number
    pay(db, unpriced, 5_000)  # a deposit, which is a credit
    declined = add(db, Status.AWAITING_APPROVAL, at=day(9), fee=2_000)
    db.run(pay_order, declined, PaymentForm(8_000, PaymentMethod.PIX), now=day(9), author=None)
    move(db, declined, Status.DECLINED, at=day(3))
    found = [line for line in figures(db).attention if line.why == "to_refund"]
    assert [(line.number, line.days, line.amount) for line in found] == [(declined, 3, 6_000)]
    db.run(
        refund_order,
        declined,
        amount=6_000,
        method=PaymentMethod.PIX,
        reason="recusou",
        now=NOW,
        author=None,
    )
    assert all(line.why != "to_refund" for line in figures(db).attention)


def test_no_list_of_the_morning_walks_all_orders(db: Database) -> None:
    """Of each: the indexes of what is open, owed and to be given back hold nothing else."""
    add(db, *AGREED, Status.READY)

    def plans(session: Session) -> list[str]:
        sent: list[tuple[str, Any]] = []

        def note(_conn: Any, _cursor: Any, statement: str, values: Any, *_rest: Any) -> None:
            sent.append((statement, values))

        engine = session.get_bind()
        event.listen(engine, "before_cursor_execute", note)
        try:
            dashboard(session, now=NOW)
        finally:
            event.remove(engine, "before_cursor_execute", note)
        lists = [each for each in sent if "customers.name" in each[0]]
        assert len(lists) >= 6
        connection = session.connection()
        return [
            step.detail
            for statement, values in lists
            for step in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)
        ]

    steps = db.read(plans)
    walked = [step for step in steps if step.startswith("SCAN orders")]
    assert all(step.endswith(("ix_orders_open", "ix_orders_owed")) for step in walked), walked
    assert any("ix_orders_to_refund" in step for step in steps)


def test_late_comes_before_due_today_and_the_oldest_first(db: Database) -> None:
    today = add(db, promised_on=TODAY)
    hour = add(db, promised_on=TODAY, promised_time="09:00")
    old = add(db, promised_on=TODAY - timedelta(days=5))
    owed = deliver(db, at=day(60), due=TODAY - timedelta(days=50))
    told = [(line.number, line.why) for line in figures(db).attention]
    assert told == [(old, "late"), (hour, "late"), (today, "due_today"), (owed, "overdue")]


def test_a_step_taken_leaves_the_list(db: Database) -> None:
    number = add(db, Status.AWAITING_APPROVAL, at=day(4))
    assert [line.why for line in figures(db).attention] == ["quote_unanswered"]
    db.run(move_order, number, Status.APPROVED, APPROVAL, now=NOW, author=None)
    assert figures(db).attention == ()
    step = StepForm(reason="desistiu")
    db.run(move_order, number, Status.CANCELLED, step, now=NOW, author=None)
    assert figures(db).open == 0


def test_of_a_balance_in_parts_only_those_past_their_day_are_overdue(db: Database) -> None:
    number = add(db, *AGREED, Status.READY, at=day(100), price=30_000)
    parts = [
        InstalmentForm(TODAY + timedelta(days=ahead), amount)
        for ahead, amount in ((-70, 10_000), (-40, 15_000), (20, 5_000))
    ]
    form = replace(db.read(load_form, number), instalments=parts)
    db.run(move_order, number, Status.DELIVERED, COLLECTED, now=day(99), author=None, form=form)
    now = figures(db)
    assert (now.overdue.orders, now.overdue.amount) == (1, 25_000)
    assert (now.receivable.orders, now.receivable.amount) == (1, 30_000)
    (debtor,) = now.debtors
    assert (debtor.amount, debtor.days) == (25_000, 70)
    assert [(a.why, a.amount, a.days) for a in now.attention] == [("overdue", 25_000, 70)]
    pay(db, number, 12_000)
    now = figures(db)
    assert now.overdue.amount == 13_000
    assert [(debtor.amount, debtor.days) for debtor in now.debtors] == [(13_000, 40)]


def test_shops_that_file_signed_sheets_are_told_of_those_that_miss(db: Database) -> None:
    number = add(db, at=day(3), technician="Rui")
    other = add(db, at=day(2))
    add(db, at=day(2))
    for each in (number, other):
        db.run(issue_paper, each, Paper.INTAKE, now=day(2), author=None)
    assert figures(db).attention == ()
    signed = update(PaperRow).where(PaperRow.order_id == other).values(signed_at=NOW)
    db.run(lambda session: session.execute(signed))
    filed = update(Order).where(Order.number == other).values(signed=True)
    db.run(lambda session: session.execute(filed))
    assert [(a.number, a.why, a.days) for a in figures(db).attention] == [(number, "unsigned", 3)]
