"""Money in and out: what was paid is the sum of its movements, and never below nothing."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.exc import DBAPIError
from tests.conftest import NOW
from tests.deep import examples
from tests.forms import order, service
from tests.jobs.zips import tamper

from osdesk.domain.codes import ApprovalVia, ChargeKind, EventCode, PaymentKind, PaymentMethod
from osdesk.domain.errors import UserError
from osdesk.domain.orders.forms import EmployeeForm, InstalmentForm, PaymentForm, StepForm
from osdesk.domain.orders.status import PaymentState, Status
from osdesk.domain.views.orders import OrderView
from osdesk.persistence import checks
from osdesk.persistence.database import Database, connect
from osdesk.persistence.models import Charge, Payment
from osdesk.persistence.retold import retold
from osdesk.services.orders.charges import late_fees_of
from osdesk.services.orders.forms import load_form
from osdesk.services.orders.payments import pay_many, pay_order, refund_order, reverse_payment
from osdesk.services.orders.saving import add_order, edit_order
from osdesk.services.orders.steps import move_order
from osdesk.services.orders.view import order_view
from osdesk.services.shop.shop import shop_row
from osdesk.services.shop.staff import save_employee

WHO: dict[str, Any] = {"now": NOW, "author": None}
PIX, CASH = PaymentMethod.PIX, PaymentMethod.CASH


def add(db: Database, **changes: Any) -> int:
    return db.run(add_order, order(**changes), **WHO).number


def pay(db: Database, number: int, amount: int, **more: Any) -> int:
    form = PaymentForm(amount, more.pop("method", PIX), more.pop("paid_on", None))
    return db.run(pay_order, number, form, **(WHO | more))


def refund(db: Database, number: int, amount: int, reason: str = "motivo", **more: Any) -> int:
    given = {"amount": amount, "method": CASH, "reason": reason}
    return db.run(refund_order, number, **given, **(WHO | more))


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
    older = datetime(2026, 11, 1, 12, tzinfo=UTC)
    db.run(edit_order, number, order(requested_at=older), **WHO)
    pay(db, number, 200, paid_on=date(2026, 11, 1))
    refused("before_order", pay, db, number, 100, paid_on=date(2026, 10, 31))
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
    refused("already_refunded", db.run, reverse_payment, number, paid, reason="x", **WHO)
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


def deliver(db: Database, number: int, **more: Any) -> None:
    approval = StepForm(approved_by="Maria", approved_via=ApprovalVia.COUNTER)
    for to in (Status.APPROVED, Status.IN_PROGRESS, Status.READY):
        db.run(move_order, number, to, approval, **WHO)
    form = db.read(load_form, number)
    for name, value in more.items():
        setattr(form, name, value)
    step = StepForm(collected_by="Maria")
    db.run(move_order, number, Status.DELIVERED, step, **WHO, form=form if more else None)


TODAY = date(2026, 11, 24)


def test_money_given_back_after_delivery_lowers_the_price_that_day(db: Database) -> None:
    number = add(db)
    pay(db, number, 37_000)
    deliver(db, number)
    refund(db, number, 5_000, "risco na tampa")
    now = sheet(db, number)
    assert (now.total, now.allowance, now.paid, now.balance) == (32_000, 5_000, 32_000, 0)
    assert (now.payment_state, now.due_on) == (PaymentState.PAID, None)
    assert (now.labor_total, now.parts_total) == (18_000, 19_000), "the lines stay as they were"
    charges = db.read(lambda s: s.execute(select(*Charge.__table__.c)).all())
    assert [(c.kind, c.booked_on, c.amount) for c in charges] == [
        (ChargeKind.ALLOWANCE, TODAY, 5_000)
    ]
    assert now.events[-1].data["allowance"] == 5_000
    refund(db, number, 32_000, "tudo de volta")
    assert (sheet(db, number).total, sheet(db, number).balance) == (0, 0)


def test_a_refund_of_a_fee_that_was_paid_lowers_it_too(db: Database) -> None:
    number = add(db, fee=5_000)
    for to in (Status.AWAITING_APPROVAL, Status.DECLINED):
        db.run(move_order, number, to, StepForm(reason="caro"), **WHO)
    pay(db, number, 5_000)
    db.run(move_order, number, Status.RETURNED, StepForm(collected_by="Maria"), **WHO)
    refund(db, number, 2_000)
    now = sheet(db, number)
    assert (now.total, now.allowance, now.balance) == (3_000, 2_000, 0)


def test_or_it_is_owed_again_until_a_day(db: Database) -> None:
    number = add(db)
    pay(db, number, 37_000)
    refused("owed_again_open", refund, db, number, 1, owed_on=TODAY)
    deliver(db, number)
    refused("date_in_past", refund, db, number, 1, owed_on=TODAY - timedelta(days=1))
    refund(db, number, 5_000, "troco errado", owed_on=date(2026, 12, 10))
    now = sheet(db, number)
    assert (now.total, now.allowance, now.balance) == (37_000, 0, 5_000)
    assert (now.due_on, now.payment_state) == (date(2026, 12, 10), PaymentState.PARTLY_PAID)


def test_what_was_owed_before_keeps_its_day(db: Database) -> None:
    number = add(db)
    pay(db, number, 30_000)
    deliver(db, number, due_on=date(2026, 12, 1))
    refund(db, number, 5_000, owed_on=date(2026, 12, 10))
    parts = [(part.due_on, part.amount, part.paid) for part in sheet(db, number).instalments]
    assert parts == [(date(2026, 12, 1), 7_000, 0), (date(2026, 12, 10), 5_000, 0)]
    refund(db, number, 1_000, owed_on=date(2026, 12, 10))
    assert [part.amount for part in sheet(db, number).instalments] == [7_000, 6_000]
    assert db.run(check_money) == []


def check_money(session: Any) -> list[UserError]:
    raw = session.connection().connection.driver_connection
    return [*checks.money(raw), *checks.parts(raw), *checks.told(raw), *retold(raw)]


def test_a_payment_that_was_given_back_is_not_reversed_as_well(db: Database) -> None:
    number = add(db)
    first = pay(db, number, 10_000)
    refund(db, number, 10_000)
    second = pay(db, number, 10_000)
    data = refused("already_refunded", db.run, reverse_payment, number, first, reason="x", **WHO)
    assert data["payment"] == first
    db.run(reverse_payment, number, second, reason="x", **WHO)
    assert sheet(db, number).paid == 0


def late(db: Database, days: int = 30) -> datetime:
    """A shop of 2 % and 1 % a month, so many days after a day to pay that is a Tuesday."""

    def agree(session: Any) -> None:
        shop_row(session).fine_bp, shop_row(session).interest_bp = 200, 100

    db.run(agree)
    return NOW + timedelta(days=days)


def test_agreed_late_fees_are_booked_and_received(db: Database) -> None:
    number = add(db)
    deliver(db, number, due_on=TODAY)
    day = late(db)
    assert db.read(late_fees_of, number, now=day).total == 740 + 370
    form = PaymentForm(10_000, PIX, late_fees=True)
    db.run(pay_order, number, form, now=day, author=None)
    now = sheet(db, number)
    assert (now.late_fees, now.total, now.paid, now.balance) == (1_110, 38_110, 10_000, 28_110)
    codes = [event.code for event in now.events[-2:]]
    assert codes == [EventCode.LATE_FEES, EventCode.PAID], "the charge first"
    later = day + timedelta(days=15)
    assert db.read(late_fees_of, number, now=day).total == 0, "all of today was received"
    assert db.read(late_fees_of, number, now=later).total == 141, "15 days of 281.10, no new fine"
    refused(
        "above_balance",
        *(db.run, pay_order, number, PaymentForm(28_252, PIX, late_fees=True)),
        now=later,
        author=None,
    )
    rest = PaymentForm(28_251, PIX, late_fees=True)
    db.run(pay_order, number, rest, now=later, author=None)
    assert (sheet(db, number).balance, sheet(db, number).late_fees) == (0, 1_251)
    assert db.run(check_money) == []


def test_interest_goes_on_from_the_last_day_on_which_fees_were_received(db: Database) -> None:
    number = add(db)
    deliver(db, number, due_on=TODAY)
    day = late(db)
    for amount in (10_000, 10_141):
        form = PaymentForm(amount, PIX, late_fees=True)
        db.run(pay_order, number, form, now=day, author=None)
        day += timedelta(days=15)
    assert sheet(db, number).balance == 18_110
    assert db.read(late_fees_of, number, now=day).total == 91, "15 days of 181.10, not 30"


def test_before_the_work_is_done_nothing_is_late(db: Database) -> None:
    number = add(db, due_on=TODAY)
    assert sheet(db, number).due_on == TODAY
    assert db.read(late_fees_of, number, now=late(db)).total == 0


def test_less_than_the_late_fees_is_not_taken_for_them(db: Database) -> None:
    number = add(db)
    deliver(db, number, due_on=TODAY)
    day = late(db)
    form = PaymentForm(1_109, PIX, late_fees=True)
    assert refused("below_late_fees", db.run, pay_order, number, form, now=day, author=None) == {
        "field": "amount",
        "number": number,
        "fees": 1_110,
    }
    assert sheet(db, number).late_fees == 0
    two = [PaymentForm(600, PIX, late_fees=True), PaymentForm(37_510, CASH, late_fees=True)]
    db.run(pay_many, number, two, now=day, author=None)
    assert (sheet(db, number).balance, sheet(db, number).late_fees) == (0, 1_110)


def test_in_time_there_is_nothing_to_book(db: Database) -> None:
    number = add(db)
    deliver(db, number, due_on=TODAY)
    late(db)
    pay_form = PaymentForm(37_000, PIX, late_fees=True)
    db.run(pay_order, number, pay_form, **WHO)
    assert (sheet(db, number).late_fees, sheet(db, number).total) == (0, 37_000)


def test_a_reversed_payment_takes_its_late_fees_with_it(db: Database) -> None:
    number = add(db)
    deliver(db, number, due_on=TODAY)
    day = late(db)
    form = PaymentForm(10_000, PIX, late_fees=True)
    paid = db.run(pay_order, number, form, now=day, author=None)
    db.run(reverse_payment, number, paid, reason="cheque voltou", now=day, author=None)
    now = sheet(db, number)
    assert (now.late_fees, now.total, now.balance, now.due_on) == (0, 37_000, 37_000, TODAY)
    assert [payment.late_fees for payment in now.payments] == [1_110, -1_110]
    assert db.read(late_fees_of, number, now=day).total == 1_110, "they are due again"
    assert db.run(check_money) == []


def test_parts_stay_what_they_are_when_late_fees_are_received(db: Database) -> None:
    number = add(db)
    second = date(2026, 12, 22)
    parts = [InstalmentForm(TODAY, 17_000), InstalmentForm(second, 20_000)]
    deliver(db, number, instalments=parts, due_on=TODAY)
    day = late(db)
    fees = db.read(late_fees_of, number, now=day).total
    assert fees == 340 + 170 + 400 + 13, "the second is two days late"
    form = PaymentForm(17_000 + fees, PIX, late_fees=True)
    db.run(pay_order, number, form, now=day, author=None)
    assert [part.paid for part in sheet(db, number).instalments] == [17_000, 0]
    assert sheet(db, number).due_on == second
    assert db.run(check_money) == []


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
    st.tuples(
        st.sampled_from(("pay", "fees", "refund", "owed", "reverse")), st.integers(1, 40_000)
    ),
    max_size=10,
)


@settings(
    max_examples=examples(20),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(ACTS, st.booleans())
def test_any_walk_of_money_sums_to_the_centavo(
    db: Database, acts: list[tuple[str, int]], handed_over: bool
) -> None:
    number, day = add(db), late(db)
    if handed_over:
        deliver(db, number, due_on=TODAY)
    who: dict[str, Any] = {"now": day, "author": None}
    for act, amount in acts:
        before = sheet(db, number)
        try:
            if act in ("pay", "fees"):
                form = PaymentForm(amount, PIX, late_fees=act == "fees")
                db.run(pay_order, number, form, **who)
            elif act in ("refund", "owed"):
                again = day.date() + timedelta(days=amount % 60) if act == "owed" else None
                refund(db, number, amount, owed_on=again, **who)
            elif before.payments:
                chosen = before.payments[amount % len(before.payments)]
                db.run(reverse_payment, number, chosen.id, reason="x", **who)
        except UserError:
            assert sheet(db, number) == before
        now = sheet(db, number)
        assert now.paid == sum(p.amount for p in now.payments)
        assert 0 <= now.paid <= now.total == now.paid + now.balance
        assert now.total == 37_000 - now.allowance + now.late_fees
        if not handed_over:
            assert (now.allowance, now.late_fees) == (0, 0)
        parts = sum(part.amount - part.paid for part in now.instalments)
        assert parts in (0, now.balance)
    assert db.run(check_money) == []


@pytest.mark.parametrize(
    ("words", "wrong"),
    [
        ("UPDATE charges SET booked_on = '2026-01-01' WHERE kind = 'allowance'", "allowance"),
        ("UPDATE charges SET booked_on = '2026-01-01' WHERE kind = 'late_fees'", "late_fees"),
        ("DELETE FROM charges WHERE kind = 'allowance'", "allowance"),
        ("UPDATE charges SET amount = amount + 1 WHERE kind = 'late_fees'", "late_fees"),
    ],
)
def test_a_charge_that_somebody_changed_is_found(db: Database, words: str, wrong: str) -> None:
    number = add(db)
    deliver(db, number, due_on=TODAY)
    day = late(db)
    form = PaymentForm(10_000, PIX, late_fees=True)
    db.run(pay_order, number, form, now=day, author=None)
    refund(db, number, 1_000, now=day)
    assert db.run(check_money) == []

    tamper(db.path, words)
    raw = connect(db.path)
    found = [*checks.money(raw), *retold(raw)]
    raw.close()
    assert any(wrong in error.data["names"] for error in found), found
