"""What a change of an order means: locks, the ceiling, who is asked again; facts of an order."""

from dataclasses import fields, replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.builders import make_sheet
from tests.forms import PROMISED, STARTS, order, part, service

from osdesk.domain.codes import ApprovalVia, ItemKind, PartCondition
from osdesk.domain.orders.forms import ItemForm, OrderForm, StepForm
from osdesk.domain.orders.rules import (
    EditNeeds,
    OrderFacts,
    Outcome,
    edit_needs,
    facts_of_view,
    facts_with,
    is_within_ceiling,
    locked_in,
    needs_new_approval,
    starts_late,
    step_needs,
    total_of,
)
from osdesk.domain.orders.status import AGREED, LINES_LOCKED, Status
from osdesk.domain.views.orders import ApprovalView

TODAY = date(2026, 11, 24)

LINES = st.lists(
    st.builds(service, st.integers(0, 30_000), warranty_days=st.none() | st.integers(0, 200))
    | st.builds(part, st.integers(0, 30_000), quantity=st.integers(1, 3_000)),
    max_size=4,
)
CEILINGS = st.none() | st.integers(0, 120_000)


@given(LINES, LINES, CEILINGS, CEILINGS, st.integers(-3, 3))
def test_a_ceiling_never_lets_pass_what_is_above_it_or_later(old, new, first, second, days) -> None:
    before = order(items=old, ceiling=first)
    after = order(items=new, ceiling=second, promised_on=PROMISED + timedelta(days=days))
    asked = needs_new_approval(before, after)
    if days > 0:
        assert asked
    if total_of(after) > total_of(before) and not asked:
        assert first is not None
        assert second is not None
        assert total_of(after) <= min(first, second)
    without = needs_new_approval(replace(before, ceiling=None), replace(after, ceiling=None))
    assert without or not asked, "a ceiling only ever spares a question"


@given(LINES, LINES, st.integers(0, 50_000))
def test_what_is_added_under_the_ceiling_is_not_asked(old, more, room) -> None:
    before, after = order(items=old), order(items=[*old, *more])
    ceiling = total_of(after) + room
    wants = needs_new_approval(
        replace(before, ceiling=ceiling),
        replace(after, ceiling=ceiling, items=[replace(i, warranty_days=90) for i in after.items]),
    )
    shorter = any((item.warranty_days or 90) > 90 for item in old if item.unit_price)
    assert wants is shorter


@pytest.mark.parametrize(
    ("changes", "asked"),
    [
        ({"items": [service(), part(23_000)]}, False),
        ({"items": [service(), part(23_001)]}, True),
        ({"items": [service(), part(), service(4_000, description="Limpeza")]}, False),
        ({"items": [service()]}, True),
        ({"items": [service(), part(part_condition=PartCondition.USED)]}, True),
        ({"items": [service(warranty_days=30), part(20_000)]}, True),
        ({"items": [service(), part(20_000)], "promised_on": PROMISED + timedelta(days=1)}, True),
        ({"items": [service(), part(30_000)], "ceiling": 60_000}, True),
        ({"items": [service(), part(20_000)], "ceiling": None}, True),
        ({"items": [service(quantity=500), part(23_000)]}, True),
    ],
)
def test_up_to_four_hundred_and_ten(changes, asked) -> None:
    before = order(ceiling=41_000)
    after = replace(before, **changes)
    assert needs_new_approval(before, after) is asked
    assert is_within_ceiling(before, after) is not asked or "promised_on" in changes


def test_an_approval_without_a_price_goes_up_to_the_ceiling() -> None:
    before = order(items=[], ceiling=37_000)
    assert not needs_new_approval(before, order(ceiling=37_000))
    assert needs_new_approval(before, order(ceiling=37_000, items=[service(), part(19_001)]))


def test_work_begins_at_the_latest_on_the_promised_day() -> None:
    assert not starts_late(STARTS, PROMISED)
    assert not starts_late(PROMISED, PROMISED)
    assert starts_late(PROMISED + timedelta(days=1), PROMISED)
    assert not starts_late(None, PROMISED)
    assert not starts_late(PROMISED, None)


def means(status: Status, before: OrderForm, after: OrderForm) -> EditNeeds:
    facts = facts_of_view(make_sheet(status=status), "À vista")
    return edit_needs(before, after, facts, today=TODAY)


@pytest.mark.parametrize("status", list(Status))
def test_a_lock_is_taught_once(status: Status) -> None:
    locked = locked_in(status)
    changes = {
        "items": [],
        "discount": 1,
        "promised_on": PROMISED + timedelta(days=1),
        "promised_time": "18:00",
        "warranty_return_of": 1,
        "fee": 1,
    }
    for name, value in changes.items():
        refused = means(status, order(), order(**{name: value})).refused
        if name in locked:
            assert refused is not None
            assert (refused.code, refused.data["field"]) == ("order_locked", name)
    assert locked >= {"items", "discount", "promised_on"} if status in LINES_LOCKED else not locked


@pytest.mark.parametrize("status", sorted(AGREED))
def test_what_a_change_of_an_agreed_order_leads_to(status: Status) -> None:
    before = order(ceiling=40_000)
    again = means(status, before, replace(before, items=[service(), part(25_000)]))
    assert (again.outcome, again.changed) == (Outcome.ASKS_AGAIN, ("items",))
    assert (again.missing, again.hindrance) == ((), None)
    lacks = means(status, before, replace(before, items=[], start_on=None, discount=0))
    assert (lacks.outcome, lacks.missing) == (Outcome.ASKS_AGAIN, ("items", "start_on"))
    late = replace(before, start_on=PROMISED + timedelta(days=2), promised_on=None)
    late.promised_on = PROMISED + timedelta(days=1)
    assert means(status, before, late).hindrance == "start_after_promise"
    assert means(status, before, replace(before, discount=1)).outcome is Outcome.LOWERED
    within = replace(before, items=[service(), part(20_000)])
    assert means(status, before, within).outcome is Outcome.WITHIN_CEILING
    assert means(status, before, replace(before, notes="x")).outcome is Outcome.PLAIN
    assert means(status, before, replace(before, ceiling=50_000)).refused is not None


def test_a_quote_that_waits_becomes_a_new_version_or_is_renewed() -> None:
    before, status = order(), Status.AWAITING_APPROVAL
    changed = means(status, before, replace(before, fee=100, promised_time="18:00"))
    assert (changed.outcome, changed.changed) == (Outcome.NEW_VERSION, ("promised_time", "fee"))
    cheaper = [replace(item, unit_cost=1, technician="Rui") for item in before.items]
    assert means(status, before, replace(before, items=cheaper)).outcome is Outcome.PLAIN
    renewed = means(status, before, replace(before, valid_until=PROMISED))
    assert renewed.outcome is Outcome.RENEWED


def test_a_fee_is_not_raised_once_nothing_was_done() -> None:
    for status in (Status.DECLINED, Status.UNREPAIRABLE):
        assert means(status, order(fee=100), order(fee=101)).refused is not None
        assert means(status, order(fee=100), order(fee=99)).refused is None


def test_every_fact_comes_from_the_order() -> None:
    sheet = make_sheet()
    facts = facts_of_view(sheet, "À vista")
    for name in (field.name for field in fields(OrderFacts)):
        if name not in ("used_parts_approved", "payment_terms"):
            assert getattr(facts, name) == getattr(sheet, "items" if name == "lines" else name)
    assert (facts.used_parts_approved, facts.payment_terms) == (False, "À vista")
    approval = ApprovalView("Ana", ApprovalVia.COUNTER, sheet.created_at, None, "Ana")
    own = facts_of_view(replace(sheet, approval=approval, payment_terms="30 dias"), "À vista")
    assert (own.used_parts_approved, own.payment_terms) == (True, "30 dias")


def test_a_form_replaces_what_it_can_change_and_nothing_else() -> None:
    sheet = replace(make_sheet(), status=Status.READY, paid=700)
    form = OrderForm(
        technician="Rui",
        items=[ItemForm(kind=ItemKind.SERVICE, description="Limpeza", unit_price=5000)],
        discount=100,
        fee=200,
        start_on=date(2026, 11, 1),
        promised_on=date(2026, 11, 2),
        valid_until=date(2026, 11, 3),
        due_on=date(2026, 11, 4),
        report="Limpa",
    )
    facts = facts_of_view(sheet, "À vista")
    then = facts_with(facts, form)
    assert (then.status, then.paid) == (Status.READY, 700)
    stay = ("status", "paid", "allowance", "late_fees", "handed_on", "used_parts_approved")
    assert all(getattr(then, name) == getattr(facts, name) for name in stay)
    assert facts_with(facts, replace(form, payment_terms="30 dias")).payment_terms == "30 dias"
    for name in (field.name for field in fields(OrderFacts)):
        if name not in (*stay, "payment_terms"):
            assert getattr(then, name) == getattr(form, "items" if name == "lines" else name)
    assert facts_with(facts, None) is facts


@pytest.mark.parametrize("status", sorted(AGREED))
def test_a_line_that_now_costs_nothing_only_lowers_the_total(status: Status) -> None:
    before = order()
    free = replace(before, items=[service(), part(0)])
    assert means(status, before, free).outcome is Outcome.LOWERED
    gone = replace(before, items=[service()])
    assert means(status, before, gone).outcome is Outcome.ASKS_AGAIN
    shorter = replace(before, items=[service(), part(0, warranty_days=30)])
    assert means(status, before, shorter).outcome is Outcome.ASKS_AGAIN
    dearer = replace(before, items=[service(40_000), part(0)])
    assert means(status, before, dearer).outcome is Outcome.ASKS_AGAIN
    twice = order(items=[service(), part(), part(0)])
    swapped = replace(twice, items=[service(), part(0), part(0)])
    assert means(status, twice, swapped).outcome is Outcome.LOWERED
    fewer = replace(twice, items=[service(), part(0)])
    assert means(status, twice, fewer).outcome is Outcome.ASKS_AGAIN
    assert means(status, free, before).outcome is Outcome.ASKS_AGAIN, "a price where none was"


@given(LINES, st.lists(st.booleans(), min_size=4, max_size=4))
def test_taking_prices_away_never_asks_and_giving_them_always_does(lines, freed) -> None:
    before = order(items=lines, discount=0)
    after = replace(
        before,
        items=[
            replace(item, unit_price=0, discount=0) if free else item
            for item, free in zip(lines, freed, strict=False)
        ],
    )
    assert not needs_new_approval(before, after)
    priced_again = any(one != other for one, other in zip(before.items, after.items, strict=True))
    assert needs_new_approval(after, before) is priced_again


@pytest.mark.parametrize("status", sorted(AGREED))
def test_of_what_costs_nothing_there_is_no_quote_to_be_asked(status: Status) -> None:
    before = order(items=[service(0)])
    later = replace(before, promised_on=PROMISED + timedelta(days=3))
    assert means(status, before, later).outcome is Outcome.PLAIN
    empty = means(status, order(), order(items=[service(0, description="Outra")]))
    assert (empty.outcome, empty.hindrance) == (Outcome.ASKS_AGAIN, "quote_of_nothing")


def test_a_quote_promises_no_day_that_has_passed() -> None:
    yesterday = TODAY - timedelta(days=1)

    def asks(status: Status, shop_terms: str = "À vista", **changes: object) -> list[str]:
        days = {"start_on": TODAY, "promised_on": TODAY} | changes
        facts = facts_of_view(make_sheet(status=status, **days), shop_terms)
        return step_needs(facts, Status.AWAITING_APPROVAL, StepForm(), today=TODAY)

    assert asks(Status.RECEIVED) == []
    assert asks(Status.RECEIVED, promised_on=yesterday) == ["promised_on"]
    assert asks(Status.RECEIVED, start_on=yesterday) == ["start_on"]
    assert asks(Status.IN_PROGRESS, start_on=yesterday) == [], "that it began is a fact"
    assert asks(Status.IN_PROGRESS, start_on=None) == ["start_on"]
    assert asks(Status.RECEIVED, shop_terms=" ") == ["payment_terms"]
    assert asks(Status.RECEIVED, shop_terms="", payment_terms="30 dias") == []


def test_what_was_worked_is_locked_and_what_it_cost_is_not() -> None:
    before = order()
    cost = [replace(item, unit_cost=1, technician="Rui") for item in before.items]
    price = [replace(item, unit_price=1) for item in before.items]
    for status in LINES_LOCKED - {Status.CANCELLED}:
        assert means(status, before, replace(before, items=cost)).refused is None
        assert means(status, before, replace(before, items=price)).refused is not None
    assert means(Status.CANCELLED, before, replace(before, items=cost)).refused is not None


def test_who_collected_is_corrected_only_of_what_was_collected() -> None:
    before = order(collected_by="Maria")
    after = replace(before, collected_by="João", collected_document="123")
    assert means(Status.DELIVERED, before, after).refused is None
    assert means(Status.RETURNED, before, after).refused is None
    blank = means(Status.DELIVERED, before, replace(before, collected_by=None)).refused
    assert blank is not None
    assert (blank.code, blank.data["field"]) == ("required", "collected_by")
    early = means(Status.READY, order(), order(collected_by="João")).refused
    assert early is not None
    assert early.code == "not_collected"
