"""A closed month stays as it was; what changes in it later is told once, in the month after."""

import json
import random
from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import event, select
from sqlalchemy.orm import Session
from tests.forms import APPROVAL, COLLECTED, order

from osdesk.documents.report.month_report import render_month_report
from osdesk.domain.calendar import Month
from osdesk.domain.chain import canonical_json, sha256_hex
from osdesk.domain.codes import EventCode, PaymentMethod
from osdesk.domain.errors import UserError
from osdesk.domain.orders.forms import PaymentForm, StepForm
from osdesk.domain.orders.status import CLOSED, Status
from osdesk.domain.period import Period
from osdesk.domain.views.figures import MonthReport
from osdesk.interchange.report_json import report_to_json
from osdesk.interchange.report_xlsx import xlsx_bytes
from osdesk.persistence.database import Database
from osdesk.persistence.models import Event, MonthClosing, Order, Payment
from osdesk.services.orders.forms import load_form
from osdesk.services.orders.notes import add_note
from osdesk.services.orders.payments import pay_order, refund_order, reverse_payment
from osdesk.services.orders.saving import add_order
from osdesk.services.orders.steps import move_order, reopen_order
from osdesk.services.reports import frozen_months
from osdesk.services.reports.closings import (
    close_month,
    closed_month_of,
    closing_state,
    reopen_month,
)
from osdesk.services.reports.dashboard import dashboard
from osdesk.services.reports.reports import month_report, report_of
from osdesk.texts import sentence

OCTOBER, NOVEMBER, DECEMBER = Month(2026, 10), Month(2026, 11), Month(2026, 12)
READY = (Status.APPROVED, Status.IN_PROGRESS, Status.READY)


def at(month: int, day: int, hour: int = 15, year: int = 2026) -> datetime:
    return datetime(year, month, day, hour, tzinfo=UTC)


def who(now: datetime) -> dict[str, Any]:
    return {"now": now, "author": None}


def add(db: Database, now: datetime, **changes: Any) -> int:
    return db.run(add_order, order(promised_on=None, start_on=None, **changes), **who(now)).number


def make_ready(db: Database, number: int, now: datetime) -> None:
    for to in READY:
        form = replace(db.read(load_form, number), promised_on=now.date() + timedelta(days=5))
        db.run(move_order, number, to, APPROVAL, form=form, **who(now))


def pay(db: Database, number: int, amount: int, now: datetime, on: date | None = None) -> int:
    return db.run(pay_order, number, PaymentForm(amount, PaymentMethod.PIX, on), **who(now))


def deliver(db: Database, number: int, now: datetime, due_on: date | None = None) -> None:
    form = replace(db.read(load_form, number), due_on=due_on)
    db.run(move_order, number, Status.DELIVERED, COLLECTED, form=form, **who(now))


def delivered(db: Database, now: datetime, *, paid: int = 37_000) -> int:
    number = add(db, now)
    make_ready(db, number, now)
    if paid:
        pay(db, number, paid, now)
    deliver(db, number, now, None if paid == 37_000 else now.date() + timedelta(days=10))
    return number


def close(db: Database, month: Month, now: datetime) -> str:
    return db.run(close_month, month, **who(now))


def report(db: Database, month: Month, now: datetime) -> MonthReport:
    return db.read(month_report, month, now=now)


def told(found: MonthReport) -> dict[tuple[str, str], tuple[int, tuple[tuple[int, int], ...]]]:
    return {
        (str(each.month), each.figure): (each.amount, each.orders) for each in found.adjustments
    }


def refused(code: str, function: Any, *args: Any, **kwargs: Any) -> UserError:
    with pytest.raises(UserError) as caught:
        function(*args, **kwargs)
    assert caught.value.code == code
    return caught.value


def test_a_closed_month_is_given_as_it_was(db: Database) -> None:
    first = delivered(db, at(10, 5))
    second = delivered(db, at(10, 20), paid=10_000)
    before = report(db, OCTOBER, at(11, 2))
    digest = close(db, OCTOBER, at(11, 2))
    db.run(reopen_order, first, reason="voltou", **who(at(11, 3)))
    pay(db, second, 27_000, at(11, 4), date(2026, 10, 25))
    after = report(db, OCTOBER, at(11, 5))
    assert after.closed is not None
    assert (after.closed.sha256, after.closed.closed_at) == (digest, at(11, 2))
    listed = replace(after, closed=None, issued_at=before.issued_at)
    assert listed == before
    assert report(db, NOVEMBER, at(12, 5)).before == before.figures
    assert report(db, Month(2027, 10), at(11, 5)).year_ago == before.figures


def test_later_changes_are_adjustments_of_the_month_after(db: Database) -> None:
    first = delivered(db, at(10, 5))
    second = delivered(db, at(10, 20), paid=10_000)
    close(db, OCTOBER, at(11, 2))
    assert report(db, NOVEMBER, at(11, 2)).adjustments == ()
    db.run(reopen_order, first, reason="voltou", **who(at(11, 3)))
    pay(db, second, 7_000, at(11, 4), date(2026, 10, 25))
    new = delivered(db, at(11, 6))
    found = told(report(db, NOVEMBER, at(11, 7)))
    assert found == {
        ("2026-10", "delivered"): (-1, ((first, -1),)),
        ("2026-10", "labor"): (-18_000, ((first, -18_000),)),
        ("2026-10", "parts"): (-19_000, ((first, -19_000),)),
        ("2026-10", "revenue"): (-37_000, ((first, -37_000),)),
        ("2026-10", "parts_cost"): (-12_000, ((first, -12_000),)),
        ("2026-10", "margin"): (-25_000, ((first, -25_000),)),
        ("2026-10", "received"): (7_000, ((second, 7_000),)),
        ("2026-10", "receivable"): (-7_000, ((second, -7_000),)),
    }
    assert all(new not in dict(orders) for _, orders in found.values())
    assert report(db, DECEMBER, at(11, 7)).adjustments == ()
    days = Period.of(date(2026, 11, 1), date(2026, 12, 31))
    assert db.read(report_of, days, now=at(11, 7)).adjustments == ()


def test_what_was_told_in_a_closed_month_is_not_told_again(db: Database) -> None:
    number = delivered(db, at(10, 20), paid=10_000)
    close(db, OCTOBER, at(11, 2))
    pay(db, number, 7_000, at(11, 4), date(2026, 10, 25))
    in_november = report(db, NOVEMBER, at(12, 1)).adjustments
    assert len(in_november) == 2
    close(db, NOVEMBER, at(12, 1))
    assert report(db, NOVEMBER, at(12, 9)).adjustments == in_november
    assert report(db, DECEMBER, at(12, 9)).adjustments == ()
    pay(db, number, 5_000, at(12, 10), date(2026, 10, 26))
    assert told(report(db, DECEMBER, at(12, 10))) == {
        ("2026-10", "received"): (5_000, ((number, 5_000),)),
        ("2026-10", "receivable"): (-5_000, ((number, -5_000),)),
        ("2026-11", "receivable"): (-5_000, ((number, -5_000),)),
    }


def first_format(body: str) -> str:
    """What the first versions would have frozen of the same month: fewer figures, shorter rows, and
    every date past its day overdue."""
    kept = json.loads(body)
    kept["format"] = 1
    new = ("late_open", "fees", "allowances", "late_fees", "service_cost", "cost_unknown")
    figures = kept["figures"]
    figures["revenue"] += figures["allowances"] - figures["fees"]
    for name in new:
        del figures[name]
        kept["numbers"].pop(name, None)
    figures["receivable_by_age"]["not_due"] += figures["receivable_by_age"].pop("not_delivered")
    for table in ("by_technician", "by_service_type", "by_equipment"):
        kept[table] = [
            [*row[:5], row[5] - row[9] + row[10], row[6]]  # revenue without fees and allowances
            for row in kept[table]
        ]
    kept["orders"] = [row[:15] for row in kept["orders"]]
    kept["owed"] = [row[:3] for row in kept["owed"]]
    del kept["charges"]
    return canonical_json(kept)


def test_a_month_closed_by_the_first_definitions_keeps_them(db: Database) -> None:
    first = delivered(db, at(10, 5), paid=10_000)
    ready = add(db, at(10, 6))
    make_ready(db, ready, at(10, 6))
    back = add(db, at(10, 7), fee=3_000)
    form = replace(db.read(load_form, back), report="oxidada")
    db.run(move_order, back, Status.UNREPAIRABLE, StepForm(), form=form, **who(at(10, 8)))
    pay(db, back, 3_000, at(10, 9))
    db.run(move_order, back, Status.RETURNED, COLLECTED, **who(at(10, 9)))

    def freeze_as_then(session: Session) -> str:
        now_frozen = frozen_months.freeze(session, month_report(session, OCTOBER, now=at(11, 2)))
        figures = first_format(now_frozen)
        digest = sha256_hex(figures)
        session.add(
            MonthClosing(
                month="2026-10",
                closed_at=at(11, 2),
                figures=figures,
                sha256=digest,
                format=1,
                revenue=37_000,
            )
        )
        return figures

    kept = json.loads(db.run(freeze_as_then))
    found = report(db, OCTOBER, at(11, 5))
    assert found.closed is not None
    assert found.figures.revenue == kept["figures"]["revenue"] == 37_000
    assert (found.figures.fees, found.figures.late_open) == (0, 0)
    not_due = kept["figures"]["receivable_by_age"]["not_due"]
    assert found.figures.receivable_by_age["not_due"] == not_due
    assert sum(row.revenue for row in found.by_technician) == 37_000
    assert [each.number for each in found.orders] == [first, ready, back]
    assert {each.age for each in found.owed} == {"not_due", "1-30"}
    assert found.figures.receivable == sum(each.amount for each in found.owed)
    assert render_month_report(found, logo=None)
    assert xlsx_bytes(found)
    assert report_to_json(found)["fees"] == "0.00"
    # touched later, by what the old definitions do not count: nothing is told
    for number in (first, ready, back):
        db.run(add_note, number, body="ligou", for_customer=False, **who(at(11, 6)))
    assert report(db, NOVEMBER, at(12, 2)).adjustments == ()
    pay(db, first, 5_000, at(11, 7), date(2026, 10, 20))
    assert set(told(report(db, NOVEMBER, at(12, 2)))) == {
        ("2026-10", "received"),
        ("2026-10", "receivable"),
    }


def test_months_are_closed_in_turn_and_only_when_they_have_ended(db: Database) -> None:
    refused("month_not_ended", close, db, NOVEMBER, at(11, 24))
    refused("month_not_ended", close, db, NOVEMBER, datetime(2026, 12, 1, 2, 59, tzinfo=UTC))
    close(db, OCTOBER, at(11, 2))
    refused("month_is_closed", close, db, OCTOBER, at(11, 2))
    error = refused("month_out_of_turn", close, db, DECEMBER, at(1, 2, year=2027))
    assert error.data["month"] == NOVEMBER
    assert "O próximo a fechar é novembro de 2026." in sentence(error)
    refused("month_out_of_turn", close, db, Month(2026, 9), at(11, 2))
    close(db, NOVEMBER, datetime(2026, 12, 1, 3, 0, tzinfo=UTC))


def test_reopening_is_an_act_with_a_reason_from_the_newest_back(db: Database) -> None:
    number = delivered(db, at(10, 20), paid=10_000)
    first = close(db, OCTOBER, at(11, 2))
    close(db, NOVEMBER, at(12, 2))
    now = at(12, 3)
    refused("month_before_closed", db.run, reopen_month, OCTOBER, reason="erro", **who(now))
    refused("month_not_closed", db.run, reopen_month, DECEMBER, reason="erro", **who(now))
    refused("missing", db.run, reopen_month, NOVEMBER, reason=" ", **who(now))
    db.run(reopen_month, NOVEMBER, reason="faltou um recibo", **who(now))
    assert report(db, NOVEMBER, now).closed is None
    db.run(reopen_month, OCTOBER, reason="faltou um recibo", **who(now))
    pay(db, number, 7_000, now, date(2026, 10, 25))
    open_again = report(db, OCTOBER, now)
    assert open_again.figures.received == 17_000
    second = close(db, OCTOBER, now)
    assert second != first

    def kept(session: Session) -> tuple[list[EventCode], list[str]]:
        codes = (EventCode.MONTH_CLOSED, EventCode.MONTH_REOPENED)
        events = session.scalars(select(Event.code).where(Event.code.in_(codes)))
        rows = session.scalars(select(MonthClosing).order_by(MonthClosing.id))
        return list(events), [row.sha256 for row in rows if sha256_hex(row.figures) == row.sha256]

    events, hashes = db.read(kept)
    assert [code.value for code in events] == [
        *("month_closed", "month_closed", "month_reopened", "month_reopened", "month_closed")
    ]
    assert (len(hashes), hashes[0], hashes[2]) == (3, first, second)


def test_money_dated_into_a_closed_month_is_warned_of(db: Database) -> None:
    day = date(2026, 10, 31)
    assert db.read(closed_month_of, day) is None
    close(db, OCTOBER, at(11, 2))
    warning = db.read(closed_month_of, day)
    assert warning is not None
    said = "O mês de outubro de 2026 já está fechado: esse valor aparece como ajuste em novembro"
    assert sentence(warning).startswith(said)
    assert db.read(closed_month_of, date(2026, 11, 1)) is None
    close(db, NOVEMBER, at(12, 2))
    warning = db.read(closed_month_of, day)
    assert warning is not None
    assert warning.data["told_in"] == DECEMBER, "the first month after the closed ones"


def test_the_dashboard_shows_what_was_frozen_and_its_adjustments(db: Database) -> None:
    first = delivered(db, at(10, 5))
    delivered(db, at(10, 20))
    close(db, OCTOBER, at(11, 2))
    db.run(reopen_order, first, reason="voltou", **who(at(11, 3)))

    def shown(now: datetime) -> tuple[int, tuple[tuple[Month, int], ...]]:
        board = db.read(dashboard, now=now)
        return dict(board.revenue_months)[OCTOBER], board.revenue_adjustments

    frozen = report(db, OCTOBER, at(11, 5)).figures.revenue
    assert shown(at(11, 5)) == (frozen, ((OCTOBER, -37_000),))
    assert frozen == 74_000
    db.run(reopen_month, OCTOBER, reason="engano", **who(at(11, 6)))
    assert shown(at(11, 6)) == (37_000, ())


def test_what_may_be_done_with_a_month(db: Database) -> None:
    def may(month: Month, now: datetime) -> tuple[bool, bool, bool]:
        state = db.read(closing_state, month, now=now)
        return state.closed is not None, state.may_close, state.may_reopen

    now = at(12, 2)
    assert may(OCTOBER, now) == (False, True, False)
    assert may(DECEMBER, now) == (False, False, False)
    close(db, OCTOBER, now)
    assert may(OCTOBER, now) == (True, False, True)
    assert may(NOVEMBER, now) == (False, True, False)
    assert may(Month(2026, 9), now) == (False, False, False)
    close(db, NOVEMBER, now)
    assert may(OCTOBER, now) == (True, False, False)


def test_no_name_of_a_customer_is_frozen(db: Database) -> None:
    delivered(db, at(10, 20), paid=10_000)
    close(db, OCTOBER, at(11, 2))
    body = db.read(lambda session: session.scalars(select(MonthClosing.figures)).one())
    assert "Maria" not in body
    assert "Brastemp" not in body
    found = report(db, OCTOBER, at(11, 2))
    assert found.orders[0].customer == found.owed[0].customer == "Maria das Dores Conceição"


def figures_now(session: Session, month: Month, now: datetime) -> Counter[str]:
    """The month counted from the record, whether it is closed or not."""
    period = Period.of(month.first, month.last - timedelta(days=1))
    rest = Period.of(month.last, month.last)
    found: Counter[str] = Counter()
    for part in (period, rest):
        figures = report_of(session, part, now=now).figures
        for name in frozen_months.ADJUSTED:
            if name != "receivable":
                found[name] += getattr(figures, name)
    found["receivable"] = figures.receivable
    return found


@pytest.mark.parametrize("seed", range(4))
def test_frozen_and_adjusted_is_what_the_record_says(db: Database, seed: int) -> None:
    """Whatever is done to orders of closed months: frozen figures plus all adjustments told since
    are the figures counted anew."""
    dice = random.Random(seed)
    numbers: list[int] = []
    months = [Month(2026, month) for month in (8, 9, 10, 11)]
    for month in months:
        for _ in range(25):
            now = datetime.combine(month.first, datetime.min.time(), UTC) + timedelta(
                days=dice.randrange(28), hours=15
            )
            _something(db, dice, numbers, now)
        close(db, month, at(month.month + 1, 1))
    after = at(12, 20)
    for _ in range(15):
        _something(db, dice, numbers, after)

    told_in = [report(db, month, after).adjustments for month in (*months, DECEMBER)]
    assert any(told_in)
    for month in months:
        frozen = report(db, month, after).figures
        changes: Counter[str] = Counter()
        for each in (each for found in told_in for each in found if each.month == month):
            changes[each.figure] += each.amount
            assert each.amount == sum(part for _, part in each.orders)
        now_counted = db.read(figures_now, month, after)
        for name in frozen_months.ADJUSTED:
            wanted = now_counted[name]
            if name == "late":
                continue  # a month in two parts counts what is late in both twice
            assert getattr(frozen, name) + changes[name] == wanted, (month, name)


def _something(db: Database, dice: random.Random, numbers: list[int], now: datetime) -> None:
    """One act that a shop may do, on any order; what is refused is not done."""
    act = dice.choice(("open", "open", "deliver", "deliver", "pay", "back", "reopen", "cancel"))
    if act == "open" or not numbers:
        numbers.append(add(db, now))
        return
    number = dice.choice(numbers)

    def state(session: Session) -> tuple[Status, int, int, list[int]]:
        row = session.scalars(select(Order).where(Order.number == number)).one()
        paid = session.scalars(select(Payment.id).where(Payment.order_id == row.id))
        return row.status, row.balance, row.paid, list(paid)

    status, balance, paid, payments = db.read(state)
    try:
        if act == "deliver" and status is Status.RECEIVED:
            make_ready(db, number, now)
            if dice.random() < 0.7:
                deliver(db, number, now, now.date() + timedelta(days=dice.randrange(20)))
        elif act == "deliver" and status is Status.READY:
            deliver(db, number, now, now.date() + timedelta(days=dice.randrange(20)))
        elif act == "pay" and balance > 0:
            on = now.date() - timedelta(days=dice.choice((0, 0, 10, 40, 70)))
            pay(db, number, dice.randint(1, balance), now, on)
        elif act == "back" and payments and dice.random() < 0.5:
            reason = "engano"
            db.run(reverse_payment, number, dice.choice(payments), reason=reason, **who(now))
        elif act == "back" and paid:
            amount, method = dice.randint(1, paid), PaymentMethod.CASH
            db.run(refund_order, number, amount=amount, method=method, reason="x", **who(now))
        elif act == "reopen" and status in CLOSED:
            db.run(reopen_order, number, reason="voltou", **who(now))
        elif act == "cancel" and status not in CLOSED:
            step = StepForm(reason="desistiu")
            db.run(move_order, number, Status.CANCELLED, step, **who(now))
    except UserError:
        pass


def test_the_number_of_queries_is_the_same_whatever_has_changed(db: Database) -> None:
    """Of a closed month, and of the one after it that tells what has changed."""

    def count(month: Month) -> int:
        sent: list[str] = []

        def read(session: Session) -> None:
            engine = session.get_bind()

            def note(_c: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
                sent.append(statement)

            event.listen(engine, "before_cursor_execute", note)
            try:
                month_report(session, month, now=at(11, 20))
            finally:
                event.remove(engine, "before_cursor_execute", note)

        db.read(read)
        return len([each for each in sent if each.startswith("SELECT")])

    def owing(number: int) -> None:
        pay(db, number, 1_000, at(11, 3), date(2026, 10, 25))

    numbers = [delivered(db, at(10, 20), paid=10_000) for _ in range(2)]
    close(db, OCTOBER, at(11, 2))
    owing(numbers[0])
    few = count(OCTOBER), count(NOVEMBER)
    for _ in range(6):
        delivered(db, at(11, 6))
        owing(numbers[1])
    assert (count(OCTOBER), count(NOVEMBER)) == few
    assert max(few) <= 28
