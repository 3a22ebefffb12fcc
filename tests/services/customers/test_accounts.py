"""A customer's account sums to the same centavo as the orders behind it."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.conftest import NOW
from tests.deep import examples
from tests.forms import APPROVAL, COLLECTED, order, service

from osdesk.domain.codes import ChargeKind, PaymentKind, PaymentMethod
from osdesk.domain.errors import UserError
from osdesk.domain.orders.forms import PaymentForm
from osdesk.domain.orders.instalments import in_parts
from osdesk.domain.orders.status import Status
from osdesk.domain.views.account import Account
from osdesk.persistence.database import Database
from osdesk.services.customers.accounts import collection_letter, customer_account
from osdesk.services.customers.customers import customer_situation
from osdesk.services.orders.forms import load_form
from osdesk.services.orders.payments import pay_order, refund_order
from osdesk.services.orders.saving import add_order
from osdesk.services.orders.steps import move_order
from osdesk.services.orders.view import order_view
from osdesk.services.shop.shop import save_shop, shop_form, shop_row

WHO: dict[str, Any] = {"now": NOW, "author": None}
PIX = PaymentMethod.PIX
FIRST = date(2026, 12, 10)


def add(db: Database, **changes: Any) -> int:
    return db.run(add_order, order(**changes), **WHO).number


def deliver(db: Database, number: int, **changes: Any) -> None:
    for to in (Status.APPROVED, Status.IN_PROGRESS, Status.READY):
        db.run(move_order, number, to, APPROVAL, **WHO)
    form = replace(db.read(load_form, number), **changes)
    db.run(move_order, number, Status.DELIVERED, COLLECTED, form=form, **WHO)


def pay(db: Database, number: int, amount: int) -> None:
    db.run(pay_order, number, PaymentForm(amount, PIX), **WHO)


def account(db: Database, number: int, *, days: int = 0) -> Account:
    customer = db.read(order_view, number, now=NOW).customer.id
    return db.read(customer_account, customer, now=NOW + timedelta(days=days))


def test_bought_paid_owed_and_since_when(db: Database) -> None:
    three = add(db)
    deliver(db, three, instalments=in_parts(37_000, 3, FIRST))
    pay(db, three, 10_000)
    worked_on = add(db, serial="B2")
    pay(db, worked_on, 5_000)
    other = add(db, name="Outra pessoa", phones=[])
    deliver(db, other, due_on=FIRST)
    now = account(db, three, days=60)
    assert (now.bought, now.paid, now.owed, now.ahead) == (37_000, 15_000, 27_000, 5_000)
    assert [(piece.due_on, piece.amount, piece.days_late) for piece in now.pieces] == [
        (FIRST, 2_334, 44),
        (date(2027, 1, 10), 12_333, 12),
        (date(2027, 2, 10), 12_333, 0),
    ]
    assert (now.overdue, now.since) == (14_667, FIRST)
    assert now.by_age == {
        "not_due": 12_333,
        "1-30": 12_333,
        "31-60": 2_334,
        "61-90": 0,
        "over_90": 0,
    }


def test_an_order_in_work_is_owed_from_the_day_after_its_due_day(db: Database) -> None:
    number = add(db, due_on=FIRST)
    on_the_day, after = (account(db, number, days=days) for days in (16, 17))
    assert (on_the_day.day, on_the_day.pieces) == (FIRST, ())
    assert [(piece.amount, piece.days_late) for piece in after.pieces] == [(37_000, 1)]
    assert after.overdue == 37_000


def test_the_movements_run_to_what_is_owed(db: Database) -> None:
    number = add(db)
    pay(db, number, 7_000)
    deliver(db, number, due_on=FIRST)
    db.run(refund_order, number, amount=500, method=PIX, reason="a mais", **WHO)
    moves = [(m.kind, m.amount, m.balance) for m in account(db, number).movements]
    assert moves == [
        (None, 37_000, 37_000),
        (PaymentKind.PAYMENT, -7_000, 30_000),
        (ChargeKind.ALLOWANCE, -500, 29_500),
        (PaymentKind.REFUND, 500, 30_000),
    ]


def test_late_fees_stand_in_the_account_and_the_letter_asks_them_once(db: Database) -> None:
    number = add(db)
    deliver(db, number, due_on=FIRST)
    db.run(_agree)
    late = NOW + timedelta(days=60)
    form = PaymentForm(10_000, PIX, late_fees=True)
    db.run(pay_order, number, form, now=late, author=None)
    now = account(db, number, days=60)
    fees = now.movements[1]
    assert (fees.kind, fees.amount) == (ChargeKind.LATE_FEES, 740 + 543)
    assert now.movements[-1].balance == now.owed == 28_283
    letter = db.read(collection_letter, now.customer.id, now=late + timedelta(days=15))
    assert [fees.total for _, fees in letter.lines] == [141]


def _agree(session: Any) -> None:
    shop = shop_row(session)
    shop.fine_bp, shop.interest_bp = 200, 100
    shop.name = "Oficina"
    shop.document, shop.address = "12345678000195", "Rua A, 1"


def test_no_letter_asks_for_a_work_that_is_not_done(db: Database) -> None:
    form = db.read(shop_form)
    form.name, form.document, form.address = "Loja", "12345678000195", "Rua A, 1"
    db.run(save_shop, form, **WHO)
    number = add(db, due_on=FIRST)
    late = account(db, number, days=60)
    assert late.overdue == 37_000
    letter = {"now": NOW + timedelta(days=60)}
    with pytest.raises(UserError) as caught:
        db.read(collection_letter, late.customer.id, **letter)
    assert caught.value.code == "nothing_overdue"
    deliver(db, number)
    assert db.read(collection_letter, late.customer.id, **letter).numbers == (number,)


def test_a_free_order_moves_nothing(db: Database) -> None:
    number = add(db, items=[service(0)])
    deliver(db, number)
    now = account(db, number)
    assert (now.movements, now.pieces, len(now.orders)) == ((), (), 1)


@settings(
    max_examples=examples(15),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    st.lists(
        st.tuples(st.integers(1, 50_000), st.booleans(), st.integers(0, 5), st.integers(0, 100)),
        min_size=1,
        max_size=5,
    ),
    st.integers(0, 200),
)
def test_it_is_the_sum_of_its_orders(
    db: Database, orders: list[tuple[int, bool, int, int]], days: int
) -> None:
    numbers = []
    for price, taken, parts, percent in orders:
        number = add(db, name="Ana", phones=[], items=[service(price)]) if not numbers else None
        if number is None:
            first = db.read(load_form, numbers[0])
            form = replace(order(items=[service(price)]), customer=first.customer)
            number = db.run(add_order, form, **WHO).number
        numbers.append(number)
        paid = price * percent // 100
        if taken:
            split = in_parts(price, parts, FIRST) if parts else []
            deliver(db, number, **({"instalments": split} if split else {"due_on": FIRST}))
        if paid:
            pay(db, number, paid)
    sheets = [db.read(order_view, number, now=NOW) for number in numbers]
    now = account(db, numbers[0], days=days)
    closed = [sheet for sheet in sheets if sheet.delivered_on]
    assert now.owed == sum(sheet.balance for sheet in closed) == sum(now.by_age.values())
    assert now.bought == sum(sheet.total for sheet in closed)
    assert now.paid == sum(sheet.paid for sheet in sheets)
    last = now.movements[-1].balance if now.movements else 0
    assert last == now.owed - now.ahead
    at = NOW + timedelta(days=days)
    situation = db.read(customer_situation, now.customer.id, now=at)
    assert (situation.owed, situation.owed_since) == (now.owed, now.since)
