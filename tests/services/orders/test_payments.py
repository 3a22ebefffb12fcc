"""Money in and out: what was paid is the sum of its movements, and never below nothing."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.exc import DBAPIError
from tests.conftest import NOW
from tests.forms import order, service

from osdesk.domain.codes import ApprovalVia, EventCode, PaymentKind, PaymentMethod
from osdesk.domain.errors import UserError
from osdesk.domain.orders.forms import EmployeeForm, PaymentForm, StepForm
from osdesk.domain.orders.status import PaymentState, Status
from osdesk.domain.views.orders import OrderView
from osdesk.persistence.database import Database
from osdesk.persistence.models import Payment
from osdesk.services.orders.payments import pay_many, pay_order, refund_order, reverse_payment
from osdesk.services.orders.saving import add_order
from osdesk.services.orders.steps import move_order
from osdesk.services.orders.view import order_view
from osdesk.services.shop.staff import save_employee

WHO: dict[str, Any] = {"now": NOW, "author": None}
PIX, CASH = PaymentMethod.PIX, PaymentMethod.CASH


def add(db: Database, **changes: Any) -> int:
    return db.run(add_order, order(**changes), **WHO).number


def pay(db: Database, number: int, amount: int, **more: Any) -> int:
    form = PaymentForm(amount, more.pop("method", PIX), more.pop("paid_on", None))
    return db.run(pay_order, number, form, **(WHO | more))


def refund(db: Database, number: int, amount: int, reason: str = "motivo") -> int:
    return db.run(refund_order, number, amount=amount, method=CASH, reason=reason, **WHO)


def sheet(db: Database, number: int) -> OrderView:
    return db.read(order_view, number, now=NOW)


def refused(code: str, function: Any, *args: Any, **kwargs: Any) -> dict[str, object]:
    with pytest.raises(UserError) as caught:
        function(*args, **kwargs)
    assert caught.value.code == code, caught.value
    return caught.value.data


def test_receipts_are_numbered_and_say_who_received(db: Database) -> None:
    who = db.run(save_employee, EmployeeForm("Cláudia", "attendant"), **WHO)
    first, second = add(db), add(db)
    pay(db, first, 5_000, author=who)
    pay(db, second, 5_000)
    refund(db, first, 1_000)
    assert [p.receipt for p in sheet(db, first).payments] == [1, 3]
    assert [p.received_by for p in sheet(db, first).payments] == ["Cláudia", None]
    assert [p.receipt for p in sheet(db, second).payments] == [2]


def test_what_is_refused_or_breaks_leaves_no_gap_in_the_receipts(db: Database) -> None:
    first, second = add(db), add(db)
    pay(db, first, 5_000)
    refused("above_balance", pay, db, first, 99_000)
    refused("date_in_future", pay, db, first, 100, paid_on=date(2027, 1, 1))
    both = [PaymentForm(1_000, CASH), PaymentForm(99_000, PIX)]
    refused("above_balance", db.run, pay_many, second, both, **WHO)
    refused("above_paid", refund, db, first, 99_000)
    refused("missing", refund, db, first, 100, " ")

    def breaks(session: Any) -> None:
        pay_order(session, second, PaymentForm(1_000, CASH), **WHO)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        db.run(breaks)
    paid = db.run(pay_many, second, [PaymentForm(1_000, CASH), PaymentForm(2_000, PIX)], **WHO)
    db.run(reverse_payment, second, paid[0], reason="forma errada", **WHO)
    refund(db, second, 500)
    pay(db, first, 1)
    given = [p.receipt for number in (first, second) for p in sheet(db, number).payments]
    assert sorted(given) == [1, 2, 3, 4, 5, 6]


def test_each_movement_is_told_to_the_history(db: Database) -> None:
    number = add(db)
    paid = pay(db, number, 5_000)
    db.run(reverse_payment, number, paid, reason="forma errada", **WHO)
    pay(db, number, 2_000)
    refund(db, number, 500, "desconto")
    told = [event for event in sheet(db, number).events if "receipt" in event.data]
    assert [(event.code, event.data["amount"], event.data["balance"]) for event in told] == [
        (EventCode.PAID, 5_000, 32_000),
        (EventCode.REVERSED, -5_000, 37_000),
        (EventCode.PAID, 2_000, 35_000),
        (EventCode.REFUNDED, -500, 35_500),
    ]
    assert [event.data.get("reason") for event in told] == [None, "forma errada", None, "desconto"]


def test_a_payment_has_its_own_day_in_the_shops_zone(db: Database) -> None:
    number = add(db)
    night = datetime(2026, 11, 25, 1, 0, tzinfo=UTC)
    pay(db, number, 100, now=night)
    assert sheet(db, number).payments[0].paid_on == date(2026, 11, 24)
    refused("date_in_future", pay, db, number, 100, paid_on=date(2026, 11, 25), now=night)
    pay(db, number, 200, paid_on=date(2026, 11, 1))
    assert [p.amount for p in sheet(db, number).payments] == [200, 100], "oldest first"


@pytest.mark.parametrize("amount", [0, -1, 10_000_000_000])
def test_an_amount_that_is_none(db: Database, amount: int) -> None:
    number = add(db)
    assert refused("bad_amount", pay, db, number, amount)["field"] == "amount"
    refused("bad_amount", refund, db, number, amount)


def test_never_above_the_balance(db: Database) -> None:
    number = add(db)
    data = refused("above_balance", pay, db, number, 37_001)
    assert data["balance"] == 37_000
    pay(db, number, 37_000)
    refused("nothing_due", pay, db, number, 1)
    refused("order_not_found", pay, db, 77, 1)


def test_a_free_order_with_lines_takes_no_money(db: Database) -> None:
    number = add(db, items=[service(10_000)], discount=10_000)
    refused("nothing_due", pay, db, number, 1)


@pytest.mark.parametrize("items", [[], [service(0)]])
def test_an_order_without_a_price_takes_a_deposit(db: Database, items: list[Any]) -> None:
    number = add(db, items=items)
    pay(db, number, 3_000)
    now = sheet(db, number)
    assert (now.total, now.balance, now.payment_state) == (0, -3_000, PaymentState.NONE)


def test_a_cancelled_order_takes_none(db: Database) -> None:
    number = add(db, items=[])
    step = StepForm(reason="desistiu")
    db.run(move_order, number, Status.CANCELLED, step, **WHO)
    refused("nothing_due", pay, db, number, 1)


def test_a_reversal_is_of_one_payment_of_this_order(db: Database) -> None:
    number, other = add(db), add(db)
    paid = pay(db, number, 5_000)
    refused("payment_not_found", db.run, reverse_payment, other, paid, reason="x", **WHO)
    refused("missing", db.run, reverse_payment, number, paid, reason=" ", **WHO)
    back = db.run(reverse_payment, number, paid, reason="x", **WHO)
    refused("already_reversed", db.run, reverse_payment, number, paid, reason="x", **WHO)
    refused("not_a_payment", db.run, reverse_payment, number, back, reason="x", **WHO)
    first, second = sheet(db, number).payments
    assert (first.reversed, second.reverses, second.kind) == (True, paid, PaymentKind.REVERSAL)
    assert second.method is first.method


def test_money_given_back_is_not_given_back_again(db: Database) -> None:
    number = add(db)
    paid = pay(db, number, 5_000)
    refund(db, number, 1)
    refused("above_paid", db.run, reverse_payment, number, paid, reason="x", **WHO)
    assert refused("above_paid", refund, db, number, 5_000)["paid"] == 4_999
    refused("missing", refund, db, number, 1, "")


def test_what_is_owed_again_after_delivery_is_owed_from_that_day(db: Database) -> None:
    number = add(db)
    payment = pay(db, number, 37_000)
    approval = StepForm(approved_by="Maria", approved_via=ApprovalVia.COUNTER)
    for to in (Status.APPROVED, Status.IN_PROGRESS, Status.READY):
        db.run(move_order, number, to, approval, **WHO)
    db.run(move_order, number, Status.DELIVERED, StepForm(collected_by="Maria"), **WHO)
    assert sheet(db, number).due_on is None
    db.run(reverse_payment, number, payment, reason="cheque devolvido", **WHO)
    owed = sheet(db, number)
    assert owed.due_on == date(2026, 11, 24)
    assert owed.payment_state is PaymentState.DUE
    later = db.read(order_view, number, now=NOW + timedelta(days=1))
    assert later.payment_state is PaymentState.OVERDUE


def test_the_file_itself_keeps_a_payment_as_it_was(db: Database) -> None:
    number = add(db)
    pay(db, number, 5_000)

    def change(session: Any) -> None:
        session.scalar(select(Payment)).amount = 1
        session.flush()

    with pytest.raises((DBAPIError, UserError)):
        db.run(change)
    assert sheet(db, number).paid == 5_000


ACTS = st.lists(
    st.tuples(st.sampled_from(("pay", "refund", "reverse")), st.integers(1, 40_000)), max_size=10
)


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(ACTS)
def test_any_walk_of_money_sums_to_the_centavo(db: Database, acts: list[tuple[str, int]]) -> None:
    number = add(db)
    for act, amount in acts:
        before = sheet(db, number)
        try:
            if act == "pay":
                pay(db, number, amount)
            elif act == "refund":
                refund(db, number, amount)
            elif before.payments:
                chosen = before.payments[amount % len(before.payments)]
                db.run(reverse_payment, number, chosen.id, reason="x", **WHO)
        except UserError:
            assert sheet(db, number) == before
        now = sheet(db, number)
        assert now.paid == sum(p.amount for p in now.payments)
        assert 0 <= now.paid <= now.total == now.paid + now.balance
