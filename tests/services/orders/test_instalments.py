"""Instalments of a stored order: agreed for what is owed, followed by every payment, or let go."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session
from tests.conftest import NOW
from tests.deep import examples
from tests.forms import APPROVAL, COLLECTED, order, service

from osdesk.domain.codes import PaymentMethod
from osdesk.domain.errors import UserError
from osdesk.domain.orders.forms import InstalmentForm, PaymentForm
from osdesk.domain.orders.instalments import in_parts, monthly
from osdesk.domain.orders.status import PaymentState, Status
from osdesk.domain.views.orders import OrderView
from osdesk.persistence.database import Database
from osdesk.persistence.models import Instalment, Order
from osdesk.services.customers.owed import owed_pieces
from osdesk.services.orders.forms import load_form
from osdesk.services.orders.payments import (
    pay_and_agree,
    pay_many,
    pay_order,
    refund_order,
    reverse_payment,
)
from osdesk.services.orders.saving import add_order, edit_order
from osdesk.services.orders.steps import move_order, reopen_order
from osdesk.services.orders.view import order_view

WHO: dict[str, Any] = {"now": NOW, "author": None}
PIX, CASH = PaymentMethod.PIX, PaymentMethod.CASH
DAYS = monthly(date(2026, 12, 10), 3)
TOTAL = 37_000
THREE = in_parts(TOTAL, 3, DAYS[0])


def add(db: Database, **changes: Any) -> int:
    return db.run(add_order, order(**changes), **WHO).number


def edit(db: Database, number: int, **changes: Any) -> None:
    form = db.read(load_form, number)
    db.run(edit_order, number, replace(form, **changes), **WHO)


def pay(db: Database, number: int, amount: int) -> int:
    return db.run(pay_order, number, PaymentForm(amount, PIX), **WHO)


def sheet(db: Database, number: int, *, days: int = 0) -> OrderView:
    return db.read(order_view, number, now=NOW + timedelta(days=days))


def left(db: Database, number: int) -> list[int]:
    return [part.amount - part.paid for part in sheet(db, number).instalments]


def refused(code: str, act: Callable[..., Any], *args: Any, **kwargs: Any) -> dict[str, object]:
    with pytest.raises(UserError) as caught:
        act(*args, **kwargs)
    assert caught.value.code == code, caught.value
    return caught.value.data


def delivered(db: Database, **changes: Any) -> int:
    number = add(db)
    for to in (Status.APPROVED, Status.IN_PROGRESS, Status.READY):
        db.run(move_order, number, to, APPROVAL, **WHO)
    form = replace(db.read(load_form, number), **changes)
    db.run(move_order, number, Status.DELIVERED, COLLECTED, form=form, **WHO)
    return number


def told(db: Database, number: int) -> list[dict[str, object]]:
    events = sheet(db, number).events
    return [event.data for event in events if "instalments" in event.data]


def test_agreed_with_the_step_and_paid_in_order(db: Database) -> None:
    number = delivered(db, instalments=THREE)
    assert sheet(db, number).due_on == DAYS[0]
    pay(db, number, 12_334)
    assert (left(db, number), sheet(db, number).due_on) == ([0, 12_333, 12_333], DAYS[1])
    pay(db, number, 13_000)
    assert (left(db, number), sheet(db, number).due_on) == ([0, 0, 11_666], DAYS[2])
    pay(db, number, 11_666)
    now = sheet(db, number)
    assert (left(db, number), now.payment_state) == ([0, 0, 0], PaymentState.PAID)
    assert [(p.due_on, p.amount, p.paid) for p in now.instalments] == [
        (part.due_on, part.amount, part.amount) for part in THREE
    ]


def test_overdue_from_the_day_after_the_earliest_unpaid_part(db: Database) -> None:
    number = delivered(db, instalments=THREE)
    after = (DAYS[0] - date(2026, 11, 24)).days
    assert sheet(db, number, days=after).payment_state is PaymentState.DUE
    assert sheet(db, number, days=after + 1).payment_state is PaymentState.OVERDUE
    pay(db, number, 12_334)
    assert sheet(db, number, days=after + 1).payment_state is PaymentState.PARTLY_PAID


def test_money_that_goes_back_opens_the_newest_paid_part(db: Database) -> None:
    number = delivered(db, instalments=THREE)
    pay(db, number, 12_334)
    second = pay(db, number, 12_333)
    db.run(reverse_payment, number, second, reason="cheque devolvido", **WHO)
    assert (left(db, number), sheet(db, number).due_on) == ([0, 12_333, 12_333], DAYS[1])
    again = {"owed_on": DAYS[0], **WHO}
    db.run(refund_order, number, amount=34, method=CASH, reason="a mais", **again)
    assert (left(db, number), sheet(db, number).due_on) == ([34, 12_333, 12_333], DAYS[0])


def test_agreed_for_what_is_left_after_a_deposit(db: Database) -> None:
    number = add(db)
    deposit = pay(db, number, 7_000)
    data = refused("instalments_sum", edit, db, number, instalments=THREE)
    assert (data["amount"], data["balance"]) == (TOTAL, 30_000)
    edit(db, number, instalments=in_parts(30_000, 2, DAYS[0]))
    assert left(db, number) == [15_000, 15_000]
    db.run(reverse_payment, number, deposit, reason="voltou", **WHO)
    assert left(db, number) == [], "they are no longer how the balance is paid"
    assert sheet(db, number).due_on == DAYS[0]
    assert told(db, number)[-1]["instalments"] == []


def test_a_day_of_the_past_is_refused_at_the_step_only(db: Database) -> None:
    past = in_parts(TOTAL, 3, date(2026, 11, 1))
    assert left(db, add(db, instalments=past)) == [12_334, 12_333, 12_333]
    assert refused("missing", delivered, db, instalments=past)["names"] == ["due_on"]


def test_agreed_anew_they_take_the_place_of_the_old(db: Database) -> None:
    number = add(db, instalments=THREE)
    pay(db, number, 20_000)
    edit(db, number, instalments=in_parts(17_000, 2, date(2027, 3, 5)))
    assert (left(db, number), sheet(db, number).due_on) == ([8_500, 8_500], date(2027, 3, 5))
    before = [[part.due_on.isoformat(), part.amount] for part in THREE]
    assert told(db, number)[-1]["instalments_before"] == before
    edit(db, number, instalments=[])
    assert (left(db, number), sheet(db, number).due_on) == ([], date(2027, 3, 5))


def test_one_day_for_all_or_instalments(db: Database) -> None:
    number = add(db, instalments=THREE)
    refused("due_or_instalments", edit, db, number, due_on=date(2026, 12, 24))
    other = in_parts(TOTAL, 2, date(2027, 1, 5))
    refused("due_or_instalments", edit, db, number, due_on=DAYS[1], instalments=other)
    edit(db, number, due_on=date(2026, 12, 24), instalments=[])
    assert (left(db, number), sheet(db, number).due_on) == ([], date(2026, 12, 24))


def test_a_save_that_changes_nothing_of_them(db: Database) -> None:
    number = delivered(db, instalments=THREE)
    pay(db, number, 12_334)
    edit(db, number, notes="ligar depois das 18 h")
    assert left(db, number) == [0, 12_333, 12_333]
    assert len(told(db, number)) == 1


def test_let_go_where_the_balance_changes_by_itself(db: Database) -> None:
    number = add(db, instalments=THREE)
    edit(db, number, items=[service(18_000)])
    assert (left(db, number), sheet(db, number).due_on) == ([], DAYS[0])
    assert told(db, number)[-1]["balance"] == 18_000


def test_reopened_with_the_same_balance_they_stay(db: Database) -> None:
    number = delivered(db, instalments=THREE)
    pay(db, number, 12_334)
    db.run(reopen_order, number, reason="engano", **WHO)
    assert left(db, number) == [0, 12_333, 12_333]


def test_a_refused_quote_lets_them_go_and_its_fee_may_be_parted(db: Database) -> None:
    number = add(db, fee=5_000, instalments=THREE)
    for to in (Status.AWAITING_APPROVAL, Status.DECLINED):
        db.run(move_order, number, to, replace(APPROVAL, reason="caro"), **WHO)
    assert left(db, number) == []
    form = replace(db.read(load_form, number), instalments=in_parts(5_000, 2, DAYS[0]))
    db.run(move_order, number, Status.RETURNED, COLLECTED, form=form, **WHO)
    assert left(db, number) == [2_500, 2_500]


def test_all_of_one_go_or_nothing(db: Database) -> None:
    number = delivered(db, instalments=THREE)
    forms = [PaymentForm(10_000, CASH), PaymentForm(2_334, PIX)]
    assert len(db.run(pay_many, number, forms, **WHO)) == 2
    assert left(db, number) == [0, 12_333, 12_333]
    data = refused(
        "above_balance", db.run, pay_many, number, [*forms, PaymentForm(20_000, PIX)], **WHO
    )
    assert (data["row"], data["balance"]) == (2, 12_332)
    refused("no_payments", db.run, pay_many, number, [], **WHO)
    assert len(sheet(db, number).payments) == 2


def test_a_part_now_and_the_rest_later_in_one_act(db: Database) -> None:
    number = delivered(db, due_on=DAYS[0])
    parts = in_parts(27_000, 2, DAYS[1])
    forms = [PaymentForm(6_000, CASH), PaymentForm(4_000, PIX)]
    agree = partial(db.run, pay_and_agree, number, **WHO)
    assert len(agree(forms, due_on=DAYS[1], parts=parts)) == 2
    assert (left(db, number), sheet(db, number).due_on) == ([13_500, 13_500], DAYS[1])
    agree([], due_on=DAYS[2])
    assert (left(db, number), sheet(db, number).due_on) == ([], DAYS[2])
    refused("instalments_sum", agree, forms, due_on=DAYS[0], parts=parts)
    refused("date_in_past", agree, [], due_on=date(2026, 11, 23))
    refused("nothing_due", agree, [PaymentForm(27_000, PIX)], due_on=DAYS[0])
    assert sheet(db, number).balance == 27_000


def sums(session: Session, number: int) -> tuple[int, int, list[int]]:
    """Balance, sum of the owed pieces, open parts of one order."""
    owed = owed_pieces()
    row = session.execute(select(Order.id, Order.balance).where(Order.number == number)).one()
    pieces = session.scalars(select(owed.c.amount).where(owed.c.number == number))
    parts = session.scalars(select(Instalment.open).where(Instalment.order_id == row.id))
    return row.balance, sum(pieces), list(parts)


ACTS = st.lists(
    st.tuples(
        st.sampled_from(("pay", "refund", "reverse", "agree", "price", "reopen")),
        st.integers(1, 40_000),
    ),
    max_size=10,
)


@settings(
    max_examples=examples(20),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(ACTS)
def test_any_walk_keeps_the_pieces_equal_to_the_balance(
    db: Database, acts: list[tuple[str, int]]
) -> None:
    number = add(db)

    def act(kind: str, amount: int) -> None:
        now = sheet(db, number)
        match kind:
            case "pay":
                pay(db, number, amount)
            case "refund":
                db.run(refund_order, number, amount=amount, method=CASH, reason="x", **WHO)
            case "reverse" if now.payments:
                chosen = now.payments[amount % len(now.payments)]
                db.run(reverse_payment, number, chosen.id, reason="x", **WHO)
            case "agree" if now.balance > 0:
                edit(db, number, instalments=in_parts(now.balance, amount % 5 + 1, DAYS[0]))
            case "price":
                edit(db, number, items=[service(amount)])
            case "reopen":
                db.run(reopen_order, number, reason="x", **WHO)

    for kind, amount in acts:
        try:
            act(kind, amount)
        except UserError:
            continue
        balance, pieces, parts = db.read(sums, number)
        assert pieces == max(balance, 0)
        assert not parts or sum(parts) == pieces
        now = sheet(db, number)
        first = next((p.due_on for p in now.instalments if p.paid < p.amount), now.due_on)
        assert now.due_on == first


def test_the_form_of_a_stored_order_saves_it_unchanged(db: Database) -> None:
    number = add(db, instalments=THREE)
    assert db.read(load_form, number).instalments == [
        InstalmentForm(part.due_on, part.amount) for part in THREE
    ]
