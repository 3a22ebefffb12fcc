"""Every step with its guards, every way back: nothing passes, nothing is kept of a refused step."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from tests.conftest import NOW
from tests.deep import examples
from tests.forms import APPROVAL, COLLECTED, PROMISED, order, part, service

from osdesk.domain.codes import ApprovalVia, EventCode, PartCondition, PaymentMethod, QuoteStatus
from osdesk.domain.errors import UserError
from osdesk.domain.orders.forms import OrderForm, PaymentForm, StageForm, StepForm
from osdesk.domain.orders.status import CLOSED, STEPS, UNSERVICED, Status
from osdesk.domain.views.orders import OrderView
from osdesk.persistence import checks
from osdesk.persistence.database import Database
from osdesk.persistence.models import Approval, Event, Quote
from osdesk.persistence.retold import retold
from osdesk.services.orders.forms import load_form
from osdesk.services.orders.payments import pay_order, refund_order, reverse_payment
from osdesk.services.orders.saving import add_order, edit_order
from osdesk.services.orders.steps import move_order, reopen_order
from osdesk.services.orders.view import order_view
from osdesk.services.shop.shop import shop_row
from osdesk.services.shop.stages import save_stage

WHO = {"now": NOW, "author": None}
TODAY = date(2026, 11, 24)


def add(db: Database, **changes: Any) -> int:
    return db.run(add_order, order(**changes), **WHO).number


def move(db: Database, number: int, *steps: Status, step: StepForm = APPROVAL) -> None:
    for to in steps:
        db.run(move_order, number, to, step, **WHO)


def edit(db: Database, number: int, **changes: Any) -> None:
    form = db.read(load_form, number)
    db.run(edit_order, number, replace(form, **changes), **WHO)


def sheet(db: Database, number: int) -> OrderView:
    return db.read(order_view, number, now=NOW)


def refused(code: str, function: Any, *args: Any, **kwargs: Any) -> UserError:
    with pytest.raises(UserError) as caught:
        function(*args, **kwargs)
    assert caught.value.code == code, caught.value
    return caught.value


def test_the_whole_way_of_an_order(db: Database) -> None:
    number = add(db)
    move(db, number, Status.AWAITING_APPROVAL, Status.APPROVED, Status.IN_PROGRESS, Status.READY)
    ready = sheet(db, number)
    assert ready.ready_on == TODAY
    assert ready.quote is not None
    assert (ready.quote.version, ready.quote.status) == (1, QuoteStatus.APPROVED)
    assert ready.quote.valid_until == TODAY + timedelta(days=10)
    assert ready.approval is not None
    assert (ready.approval.by, ready.approval.via) == ("Maria", ApprovalVia.WHATSAPP)
    db.run(pay_order, number, PaymentForm(37_000, PaymentMethod.PIX), **WHO)
    move(db, number, Status.DELIVERED, step=COLLECTED)
    done = sheet(db, number)
    assert done.warranty_until == TODAY + timedelta(days=90)
    assert (done.delivered_on, done.balance) == (TODAY, 0)
    assert done.collected is not None
    assert done.collected.by == "Maria"


@pytest.mark.parametrize(
    ("path", "to", "names"),
    [
        ((), Status.IN_DIAGNOSIS, ["technician"]),
        ((), Status.AWAITING_APPROVAL, ["items", "start_on", "promised_on"]),
        ((), Status.APPROVED, ["approved_by", "approved_via", "technician", "promised_on"]),
        ((), Status.UNREPAIRABLE, ["report"]),
        ((), Status.CANCELLED, ["reason"]),
    ],
)
def test_all_that_is_missing_is_named_at_once(
    db: Database, path: tuple[Status, ...], to: Status, names: list[str]
) -> None:
    number = add(db, technician=None, items=[], start_on=None, promised_on=None)
    move(db, number, *path)
    error = refused("missing", move, db, number, to, step=StepForm())
    assert error.data["names"] == names
    assert sheet(db, number).status is Status.RECEIVED


def test_no_work_without_an_approval(db: Database) -> None:
    number = add(db)
    refused("step_not_allowed", move, db, number, Status.IN_PROGRESS)
    refused("step_not_allowed", move, db, number, Status.READY)


def test_used_parts_are_authorised_before_they_are_fitted(db: Database) -> None:
    number = add(db, items=[service(), part(part_condition=PartCondition.USED)])
    word = replace(APPROVAL, used_parts_authorized_by="Maria")
    move(db, number, Status.APPROVED, step=word)
    assert sheet(db, number).used_parts_authorized_by == "Maria"
    move(db, number, Status.IN_PROGRESS, Status.READY, step=StepForm())
    move(db, number, Status.IN_PROGRESS, Status.READY, step=StepForm())
    move(db, number, Status.IN_PROGRESS)
    edit(db, number, items=[service(), part(25_000, part_condition=PartCondition.USED)])
    move(db, number, Status.APPROVED, Status.IN_PROGRESS)
    error = refused("missing", move, db, number, Status.READY)
    assert error.data["names"] == ["used_parts_authorized_by"], "asked of another quote"


def test_a_used_part_needs_the_customers_word_each_time(db: Database) -> None:
    number = add(db, items=[service(), part(part_condition=PartCondition.USED)])
    move(db, number, Status.APPROVED, Status.IN_PROGRESS)
    error = refused("missing", move, db, number, Status.READY)
    assert error.data["names"] == ["used_parts_authorized_by"]
    word = StepForm(used_parts_authorized_by="Maria")
    move(db, number, Status.READY, step=word)
    move(db, number, Status.IN_PROGRESS)
    refused("missing", move, db, number, Status.READY)


def test_ready_needs_a_report_or_a_service_line(db: Database) -> None:
    number = add(db, items=[part()])
    move(db, number, Status.APPROVED, Status.IN_PROGRESS)
    assert refused("missing", move, db, number, Status.READY).data["names"] == ["report"]
    edit(db, number, report="Placa trocada")
    move(db, number, Status.READY)


def test_a_lapsed_quote_is_renewed_or_refused(db: Database) -> None:
    number = add(db)
    move(db, number, Status.AWAITING_APPROVAL)
    later = {"now": NOW + timedelta(days=11), "author": None}
    with pytest.raises(UserError) as caught:
        db.run(move_order, number, Status.APPROVED, APPROVAL, **later)
    assert caught.value.data["names"] == ["valid_until"]
    renewed = replace(db.read(load_form, number), valid_until=TODAY + timedelta(days=20))
    db.run(move_order, number, Status.APPROVED, APPROVAL, form=renewed, **later)
    assert sheet(db, number).status is Status.APPROVED


def test_a_lapsed_quote_that_is_changed_is_offered_anew(db: Database) -> None:
    number = add(db)
    move(db, number, Status.AWAITING_APPROVAL)
    later = NOW + timedelta(days=11)
    form = replace(db.read(load_form, number), discount=1_000)
    error = refused("date_in_past", db.run, edit_order, number, form, now=later, author=None)
    assert error.data["names"] == ["start_on", "promised_on"]
    form.start_on = form.promised_on = TODAY + timedelta(days=12)
    db.run(edit_order, number, form, now=later, author=None)
    quote = db.read(order_view, number, now=later).quote
    assert quote is not None
    assert (quote.version, quote.valid_until) == (2, TODAY + timedelta(days=21))
    assert not quote.expired
    db.run(move_order, number, Status.APPROVED, APPROVAL, now=later, author=None)


def test_a_longer_validity_is_the_quotes_own(db: Database) -> None:
    number = add(db)
    move(db, number, Status.AWAITING_APPROVAL)
    edit(db, number, valid_until=TODAY + timedelta(days=20))
    quote = db.read(order_view, number, now=NOW + timedelta(days=15)).quote
    assert quote is not None
    assert (quote.version, quote.expired) == (1, False)


def test_the_promised_validity_stands_on_its_last_day(db: Database) -> None:
    number = add(db)
    move(db, number, Status.AWAITING_APPROVAL)
    last_day = {"now": NOW + timedelta(days=10), "author": None}
    db.run(move_order, number, Status.APPROVED, APPROVAL, **last_day)


def test_delivery_on_credit_needs_a_date_that_is_not_past(db: Database) -> None:
    number = add(db)
    move(db, number, Status.APPROVED, Status.IN_PROGRESS, Status.READY)
    refused("missing", move, db, number, Status.DELIVERED, step=COLLECTED)
    past = replace(db.read(load_form, number), due_on=TODAY - timedelta(days=1))
    with pytest.raises(UserError) as caught:
        db.run(move_order, number, Status.DELIVERED, COLLECTED, form=past, **WHO)
    assert caught.value.data["names"] == ["due_on"]
    assert sheet(db, number).due_on is None, "nothing of the refused step is kept"
    today = replace(past, due_on=TODAY)
    db.run(move_order, number, Status.DELIVERED, COLLECTED, form=today, **WHO)
    assert sheet(db, number).balance == 37_000


def test_a_credit_is_given_back_before_delivery(db: Database) -> None:
    number = add(db)
    db.run(pay_order, number, PaymentForm(37_000, PaymentMethod.CASH), **WHO)
    move(db, number, Status.APPROVED)
    edit(db, number, discount=7_000)
    move(db, number, Status.IN_PROGRESS, Status.READY)
    error = refused("credit_not_returned", move, db, number, Status.DELIVERED, step=COLLECTED)
    assert error.data["amount"] == 7_000
    db.run(refund_order, number, amount=7_000, method=PaymentMethod.CASH, reason="desconto", **WHO)
    move(db, number, Status.DELIVERED, step=COLLECTED)


def test_cancelling_needs_the_money_back_first(db: Database) -> None:
    number = add(db)
    payment = db.run(pay_order, number, PaymentForm(5_000, PaymentMethod.PIX), **WHO)
    why = StepForm(reason="desistiu")
    refused("paid_not_returned", move, db, number, Status.CANCELLED, step=why)
    db.run(reverse_payment, number, payment, reason="desistiu", **WHO)
    move(db, number, Status.CANCELLED, step=why)
    assert (sheet(db, number).total, sheet(db, number).cancelled_on) == (0, TODAY)


def test_a_refused_quote_is_handed_back_for_its_fee(db: Database) -> None:
    number = add(db, fee=5_000)
    move(db, number, Status.AWAITING_APPROVAL)
    move(db, number, Status.DECLINED, step=StepForm(reason="caro"))
    declined = sheet(db, number)
    assert (declined.total, declined.reason) == (5_000, order().reason)
    assert declined.quote is not None
    assert declined.quote.status is QuoteStatus.REFUSED
    assert refused("missing", move, db, number, Status.RETURNED, step=COLLECTED).data["names"] == [
        "due_on"
    ]
    db.run(pay_order, number, PaymentForm(5_000, PaymentMethod.PIX), **WHO)
    move(db, number, Status.RETURNED, step=COLLECTED)
    assert sheet(db, number).returned_on == TODAY


@pytest.mark.parametrize("field", ["fee", "discount", "items", "promised_on"])
def test_a_closed_order_keeps_its_money_and_promise(db: Database, field: str) -> None:
    number = add(db, items=[service(0)], discount=0)
    move(db, number, Status.APPROVED, Status.IN_PROGRESS, Status.READY)
    move(db, number, Status.DELIVERED, step=COLLECTED)
    changed = {"fee": 1, "discount": 0, "items": [], "promised_on": PROMISED + timedelta(days=1)}
    if field == "discount":
        refused("discount_too_big", edit, db, number, discount=1)
        return
    refused("order_locked", edit, db, number, **{field: changed[field]})
    edit(db, number, notes="ligou depois")
    assert sheet(db, number).notes == "ligou depois"


# -- an agreed price ------------------------------------------------------------------------------


def agreed(db: Database, **changes: Any) -> int:
    number = add(db, **changes)
    move(db, number, Status.APPROVED, Status.IN_PROGRESS)
    return number


@pytest.mark.parametrize(
    "changes",
    [
        {"items": [service(), part(), part(2_500, description="Coxim")]},
        {"items": [service()]},
        {"items": [service(19_000), part(18_000)]},
        {"items": [service(), part(description="Placa paralela")]},
        {"items": [service(), part(part_condition=PartCondition.NEW_EQUIVALENT)]},
        {"items": [service(warranty_days=30), part()]},
        {"promised_on": PROMISED + timedelta(days=1)},
        {"promised_on": PROMISED + timedelta(days=1), "discount": 1_000},
        {"promised_time": "18:01"},
        {"promised_time": None},
    ],
)
def test_a_change_of_what_was_agreed_asks_again(db: Database, changes: dict[str, Any]) -> None:
    number = agreed(db, promised_time="18:00")
    edit(db, number, **changes)
    now = sheet(db, number)
    assert now.status is Status.AWAITING_APPROVAL
    assert now.quote is not None
    assert now.quote.version == 2
    assert now.approval is None
    with_old = db.read(lambda s: list(s.scalars(select(Quote.status).order_by(Quote.version))))
    assert with_old == [QuoteStatus.SUPERSEDED, QuoteStatus.SENT]


@pytest.mark.parametrize(
    "changes",
    [
        {"items": [service(), part(unit_cost=1)]},
        {"items": [service(technician="Rui"), part()]},
        {"items": [service(warranty_days=180), part()]},
        {"items": [service(), part(), service(0, description="Limpeza")]},
        {"items": [part(), service()]},
        {"items": [service(17_000), part()]},
        {"items": [service(), part(discount=500)]},
        {"discount": 1_000},
        {"promised_on": PROMISED - timedelta(days=1)},
        {"promised_on": PROMISED - timedelta(days=1), "promised_time": "19:00"},
        {"promised_time": "17:59"},
        {"notes": "ligar depois das 18h"},
    ],
)
def test_what_costs_the_customer_nothing_does_not_ask_again(
    db: Database, changes: dict[str, Any]
) -> None:
    number = agreed(db, promised_time="18:00")
    edit(db, number, **changes)
    now = sheet(db, number)
    assert now.status is Status.IN_PROGRESS
    assert now.approval is not None
    lowered = [event for event in now.events if event.code == "price_lowered"]
    assert bool(lowered) == (now.total < 37_000)


def test_up_to_the_ceiling_nobody_is_asked_and_it_is_told(db: Database) -> None:
    number = add(db, ceiling=41_000)
    move(db, number, Status.APPROVED)
    edit(db, number, items=[service(), part(23_000)])
    shown = sheet(db, number)
    assert (shown.status, shown.total) == (Status.APPROVED, 41_000)
    assert shown.events[-1].code is EventCode.WITHIN_CEILING
    assert shown.events[-1].data == {"total_before": 37_000, "total": 41_000, "ceiling": 41_000}
    edit(db, number, items=[service(), part(23_001)])
    assert sheet(db, number).status is Status.AWAITING_APPROVAL


def test_what_is_said_at_intake_is_approved_up_to_the_ceiling(db: Database) -> None:
    def amount(number: int) -> int | None:
        key = sheet(db, number).id
        query = select(Approval.total).where(Approval.order_id == key)
        return db.read(lambda s: s.scalar(query.order_by(Approval.id.desc()).limit(1)))

    free = add(db, items=[], ceiling=30_000)
    move(db, free, Status.APPROVED)
    assert amount(free) == 30_000
    edit(db, free, items=[service(30_000)])
    assert sheet(db, free).status is Status.APPROVED
    low = add(db, ceiling=10_000)
    move(db, low, Status.APPROVED)
    assert amount(low) == 37_000
    quoted = add(db, ceiling=50_000)
    move(db, quoted, Status.AWAITING_APPROVAL, Status.APPROVED)
    assert amount(quoted) == 37_000, "a quote is approved as it was sent"


def test_the_ceiling_does_not_grow_behind_an_approval(db: Database) -> None:
    number = add(db, ceiling=40_000)
    edit(db, number, ceiling=39_000)
    edit(db, number, ceiling=41_000)
    move(db, number, Status.APPROVED)
    for more in (41_001, 90_000):
        assert refused("ceiling_agreed", edit, db, number, ceiling=more).data["field"] == "ceiling"
    edit(db, number, ceiling=40_000)
    edit(db, number, ceiling=None)
    refused("ceiling_agreed", edit, db, number, ceiling=0)
    move(db, number, Status.IN_PROGRESS, Status.READY)
    refused("ceiling_agreed", edit, db, number, ceiling=90_000)


def test_a_quote_never_starts_after_it_is_promised(db: Database) -> None:
    late = PROMISED + timedelta(days=1)
    number = add(db, start_on=late)
    error = refused("start_after_promise", move, db, number, Status.AWAITING_APPROVAL)
    assert error.data["field"] == "start_on"
    edit(db, number, start_on=PROMISED)
    move(db, number, Status.AWAITING_APPROVAL)
    refused("start_after_promise", edit, db, number, start_on=late)
    assert sheet(db, number).start_on == PROMISED


def test_asking_again_needs_what_a_quote_needs(db: Database) -> None:
    number = add(db, start_on=None)
    move(db, number, Status.APPROVED)
    error = refused("missing", edit, db, number, items=[service(), part(), part(100)])
    assert error.data["names"] == ["start_on"]
    assert sheet(db, number).total == 37_000


def test_a_changed_order_cannot_go_on_in_the_same_breath(db: Database) -> None:
    number = agreed(db)
    form = replace(db.read(load_form, number), items=[service(), part(20_000)])
    with pytest.raises(UserError) as caught:
        db.run(move_order, number, Status.READY, APPROVAL, form=form, **WHO)
    assert caught.value.code == "needs_approval_again"
    assert sheet(db, number).total == 37_000


# -- ways back ------------------------------------------------------------------------------------


def test_reopening_is_a_recorded_reversal(db: Database) -> None:
    number = add(db, items=[service(0)])
    move(db, number, Status.APPROVED, Status.IN_PROGRESS, Status.READY)
    refused("not_reopenable", db.run, reopen_order, number, reason="engano", **WHO)
    move(db, number, Status.DELIVERED, step=COLLECTED)
    refused("missing", db.run, reopen_order, number, reason="  ", **WHO)
    db.run(reopen_order, number, reason="engano", **WHO)
    again = sheet(db, number)
    assert again.status is Status.READY
    assert (again.delivered_on, again.warranty_until, again.collected) == (None, None, None)
    assert again.events[-1].data == {
        "from": "delivered",
        "to": "ready",
        "device_returned": False,
        "reason": "engano",
    }


def done(db: Database, **changes: Any) -> int:
    number = add(db, **changes)
    db.run(pay_order, number, PaymentForm(37_000, PaymentMethod.PIX), **WHO)
    move(db, number, Status.APPROVED, Status.IN_PROGRESS, Status.READY)
    move(db, number, Status.DELIVERED, step=COLLECTED)
    return number


LATER = {"now": NOW + timedelta(days=100), "author": None}


def again(db: Database, number: int, *, device_returned: bool) -> OrderView:
    db.run(reopen_order, number, reason="nome", device_returned=device_returned, **LATER)
    step = StepForm(collected_by="João")
    db.run(move_order, number, Status.DELIVERED, step, **LATER)
    return db.read(order_view, number, now=LATER["now"])


def test_what_is_reopened_without_its_device_keeps_day_and_warranty(db: Database) -> None:
    first = sheet(db, done(db))
    now = again(db, first.number, device_returned=False)
    assert (now.delivered_on, now.warranty_until) == (TODAY, first.warranty_until)
    assert db.run(_wrong) == []
    assert now.collected is not None
    assert first.collected is not None
    assert (now.collected.by, now.collected.at) == ("João", first.collected.at)
    assert now.handed_on is None
    twice = again(db, first.number, device_returned=False)
    assert (twice.delivered_on, twice.warranty_until) == (TODAY, first.warranty_until)


def test_a_longer_warranty_still_starts_on_the_first_day(db: Database) -> None:
    number = done(db)
    db.run(reopen_order, number, reason="prazo", **LATER)
    db.run(move_order, number, Status.IN_PROGRESS, StepForm(), **LATER)
    form = db.read(load_form, number)
    form.items = [replace(item, warranty_days=365) for item in form.items]
    db.run(edit_order, number, form, **LATER)
    db.run(move_order, number, Status.READY, StepForm(), **LATER)
    assert sheet(db, number).ready_on == TODAY
    db.run(move_order, number, Status.DELIVERED, COLLECTED, **LATER)
    assert sheet(db, number).warranty_until == TODAY + timedelta(days=365)


def test_what_came_back_is_delivered_anew(db: Database) -> None:
    now = again(db, done(db), device_returned=True)
    assert now.delivered_on == TODAY + timedelta(days=100)
    assert now.warranty_until == TODAY + timedelta(days=190)
    assert now.events[-2].data["device_returned"] is True


def test_a_returned_device_keeps_its_day_too(db: Database) -> None:
    number = add(db)
    move(db, number, Status.AWAITING_APPROVAL)
    move(db, number, Status.DECLINED, step=StepForm(reason="caro"))
    move(db, number, Status.RETURNED, step=COLLECTED)
    db.run(reopen_order, number, reason="nome", **LATER)
    db.run(move_order, number, Status.RETURNED, COLLECTED, **LATER)
    assert sheet(db, number).returned_on == TODAY


def test_a_day_that_was_agreed_before_need_not_lie_ahead_again(db: Database) -> None:
    number = add(db, due_on=TODAY)
    move(db, number, Status.APPROVED, Status.IN_PROGRESS, Status.READY)
    move(db, number, Status.DELIVERED, step=COLLECTED)
    now = again(db, number, device_returned=False)
    assert (now.due_on, now.payment_state.value) == (TODAY, "overdue")
    db.run(reopen_order, number, reason="x", device_returned=True, **LATER)
    error = refused("missing", db.run, move_order, number, Status.DELIVERED, COLLECTED, **LATER)
    assert error.data["names"] == ["due_on"]


def test_what_became_known_later_is_corrected_without_reopening(db: Database) -> None:
    number = done(db)
    before = sheet(db, number)
    form = db.read(load_form, number)
    assert form.collected_by == "Maria"
    form.collected_by, form.collected_document = "João Lima", "123"
    form.items = [replace(item, unit_cost=100, technician="Rui") for item in form.items]
    form.notes, form.diagnosis, form.report = "n", "d", "r"
    db.run(edit_order, number, form, **LATER)
    now = sheet(db, number)
    assert now.collected is not None
    assert (now.collected.by, now.collected.document) == ("João Lima", "123")
    assert before.collected is not None
    assert now.collected.at == before.collected.at
    assert [(item.unit_cost, item.technician) for item in now.items] == [(100, "Rui")] * 2
    kept = ("status", "delivered_on", "warranty_until", "total", "balance")
    assert all(getattr(now, name) == getattr(before, name) for name in kept)
    told = now.events[-1]
    assert {"collected_by", "collected_document", "items", "notes"} <= set(told.data["changed"])
    assert (told.data["collected_by_before"], told.data["collected_by"]) == ("Maria", "João Lima")
    assert db.run(_wrong) == []
    refused("order_locked", edit, db, number, discount=1)
    refused("required", edit, db, number, collected_by=None)


def test_the_stage_is_there_again_after_the_answer(db: Database) -> None:
    bench = StageForm(Status.IN_PROGRESS, "Bancada")
    db.run(save_stage, bench, **WHO)
    number = add(db)
    move(db, number, Status.APPROVED, Status.IN_PROGRESS)
    edit(db, number, stage="Bancada")
    edit(db, number, items=[service(), part(25_000)])
    waits = sheet(db, number)
    assert (waits.status, waits.stage) == (Status.AWAITING_APPROVAL, None)
    move(db, number, Status.APPROVED)
    assert sheet(db, number).stage is None
    move(db, number, Status.IN_PROGRESS)
    stage = sheet(db, number).stage
    assert stage is not None
    assert stage.name == "Bancada"
    move(db, number, Status.READY, Status.IN_PROGRESS)
    assert sheet(db, number).stage is None, "a step that was meant takes it off"


def test_what_sends_it_back_is_told(db: Database) -> None:
    number = add(db)
    move(db, number, Status.APPROVED)
    form = replace(db.read(load_form, number), items=[service(), part(25_000)], fee=1)
    saved = db.run(edit_order, number, form, **WHO)
    (warning,) = saved.warnings
    assert (warning.code, warning.data["names"]) == ("asked_again", ["items", "fee"])


def test_no_quote_of_nothing_none_of_the_past_none_without_terms(db: Database) -> None:
    free = add(db, items=[service(0)])
    refused("quote_of_nothing", move, db, free, Status.AWAITING_APPROVAL)
    yesterday = TODAY - timedelta(days=1)
    late = add(db, start_on=yesterday, promised_on=yesterday)
    error = refused("date_in_past", move, db, late, Status.AWAITING_APPROVAL)
    assert error.data["names"] == ["start_on", "promised_on"]
    assert sheet(db, late).quote is None
    move(db, late, Status.APPROVED)
    assert sheet(db, free).status is Status.RECEIVED
    db.run(_blank_terms)
    number = add(db)
    error = refused("missing", move, db, number, Status.AWAITING_APPROVAL)
    assert error.data["names"] == ["payment_terms"]
    edit(db, number, payment_terms="À vista")
    move(db, number, Status.AWAITING_APPROVAL)


def _blank_terms(session: Session) -> None:
    shop_row(session).payment_terms = ""


def test_the_days_of_an_order_hold_to_the_clock(db: Database) -> None:
    ahead = NOW + timedelta(minutes=1)
    error = refused("date_in_future", add, db, requested_at=ahead)
    assert error.data["field"] == "requested_at"
    error = refused("time_without_date", add, db, promised_on=None, promised_time="18:00")
    assert error.data["field"] == "promised_time"
    number = add(db)
    refused("date_in_future", edit, db, number, requested_at=ahead)
    refused("time_without_date", edit, db, number, promised_on=None, promised_time="18:00")
    late = replace(db.read(load_form, number), start_on=PROMISED + timedelta(days=1))
    saved = db.run(edit_order, number, late, **WHO)
    assert [warning.code for warning in saved.warnings] == ["start_after_promise"]
    assert db.run(edit_order, number, replace(late, notes="x"), **WHO).warnings == ()


def test_a_cancelled_order_goes_back_to_where_it_was(db: Database) -> None:
    number = add(db)
    move(db, number, Status.IN_DIAGNOSIS)
    move(db, number, Status.CANCELLED, step=StepForm(reason="desistiu"))
    db.run(reopen_order, number, reason="voltou", **WHO)
    assert (sheet(db, number).status, sheet(db, number).total) == (Status.IN_DIAGNOSIS, 37_000)


# -- any walk -------------------------------------------------------------------------------------

FULL = StepForm(
    approved_by="Maria",
    approved_via=ApprovalVia.PHONE,
    collected_by="Maria",
    waiting_for="placa",
    used_parts_authorized_by="Maria",
    reason="motivo",
)


def _wrong(session: Session) -> list[UserError]:
    """What ``check`` says of the record against its history."""
    raw = session.connection().connection.driver_connection
    return [*checks.money(raw), *checks.parts(raw), *checks.told(raw), *retold(raw)]


def _act(session: Session, number: int, choice: int, amount: int) -> None:
    """One random act of a clerk; what is refused must leave no trace."""
    form: OrderForm = load_form(session, number)
    current = order_view(session, number, now=NOW)
    steps = STEPS[current.status]
    acts = ("move", "pay", "refund", "reverse", "reopen", "edit", "move", "move")
    match acts[choice % len(acts)]:
        case "move" if steps:
            ready = replace(form, report="feito", due_on=TODAY)
            to = steps[amount % len(steps)]
            move_order(session, number, to, FULL, form=ready, **WHO)
        case "pay":
            pay_order(session, number, PaymentForm(amount, PaymentMethod.PIX), **WHO)
        case "refund":
            refund_order(
                session, number, amount=amount, method=PaymentMethod.CASH, reason="r", **WHO
            )
        case "reverse" if current.payments:
            payment = current.payments[amount % len(current.payments)]
            reverse_payment(session, number, payment.id, reason="r", **WHO)
        case "reopen":
            back = bool(amount % 2)
            reopen_order(session, number, reason="r", device_returned=back, **WHO)
        case "edit":
            items = [service(amount), part()] if amount % 3 else [service(amount // 2)]
            edit_order(session, number, replace(form, items=items, discount=amount % 50), **WHO)


@settings(
    max_examples=examples(40),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.lists(st.tuples(st.integers(0, 7), st.integers(1, 60_000)), max_size=14))
def test_no_walk_passes_a_guard_or_loses_a_centavo(
    db: Database, acts: list[tuple[int, int]]
) -> None:
    """Takes seconds: each of its walks takes a dozen steps on a real file."""
    number = add(db, fee=3_000)
    for choice, amount in acts:
        before = sheet(db, number)
        try:
            db.run(_act, number, choice, amount)
        except UserError:
            assert sheet(db, number) == before
        now = sheet(db, number)
        lines = sum(item.total for item in now.items)
        assert now.labor_total + now.parts_total == lines
        expected = 0 if now.status is Status.CANCELLED else lines - now.discount
        expected = now.fee if now.status in UNSERVICED else expected
        expected = 0 if now.status is Status.CANCELLED else max(expected - now.allowance, 0)
        assert now.total == expected
        assert now.paid == sum(payment.amount for payment in now.payments) >= 0
        assert now.balance == now.total - now.paid
        assert (now.status is Status.DELIVERED) == (now.delivered_on is not None)
        if now.status in (Status.DELIVERED, Status.RETURNED):
            assert now.collected is not None
        if now.status in (Status.APPROVED, Status.IN_PROGRESS, Status.AWAITING_PART, Status.READY):
            standing = db.read(
                lambda s, key=now.id: s.scalar(
                    select(func.count()).where(
                        Approval.order_id == key, Approval.superseded_at.is_(None)
                    )
                )
            )
            assert standing == 1
        if now.status in CLOSED:
            assert STEPS[now.status] == ()
    assert db.run(_wrong) == []
    events = db.read(lambda s: s.scalar(select(func.count()).select_from(Event)))
    assert events is not None
    assert events >= len(sheet(db, number).events)


def test_since_when_a_part_is_awaited(db: Database) -> None:
    number = add(db)
    move(db, number, Status.APPROVED)
    word = StepForm(waiting_for="Placa W10540609")
    move(db, number, Status.AWAITING_PART, step=word)
    waits = sheet(db, number)
    assert (waits.waiting_for, waits.waiting_since) == ("Placa W10540609", TODAY)
    move(db, number, Status.IN_PROGRESS)
    goes_on = sheet(db, number)
    assert (goes_on.waiting_for, goes_on.waiting_since) == (None, None)
