"""The ceiling agreed at intake: what it lets grow without a question, and what it never does."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.forms import PROMISED, STARTS, order, part, service

from osdesk.domain.codes import PartCondition
from osdesk.domain.orders.rules import (
    is_within_ceiling,
    needs_new_approval,
    starts_late,
    total_of,
)

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
