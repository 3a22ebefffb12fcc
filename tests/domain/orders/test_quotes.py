"""What changed between two versions of a quote."""

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from osdesk.domain.codes import ItemKind, QuoteStatus
from osdesk.domain.orders.quotes import QuoteLine, QuoteVersion, compare


def line(description: str = "Troca da placa", price: int = 18_000, **changes: object) -> QuoteLine:
    made = QuoteLine(ItemKind.SERVICE, description, 1000, "un", price, 0, None, 90, price)
    return replace(made, **changes)  # type: ignore[arg-type]  # any field


def version(*lines: QuoteLine, **changes: object) -> QuoteVersion:
    total = sum(each.total for each in lines)
    made = QuoteVersion(
        version=1,
        status=QuoteStatus.SENT,
        sent_at=None,
        decided_at=None,
        valid_until=date(2026, 12, 4),
        expired=False,
        lines=lines,
        labor=total,
        parts=0,
        discount=0,
        total=total,
        fee=0,
        start_on=date(2026, 11, 25),
        promised_on=date(2026, 11, 27),
        promised_time=None,
        payment_terms="À vista",
        approval=None,
    )
    return replace(made, **changes)  # type: ignore[arg-type]  # any field


def test_added_taken_away_and_changed_lines() -> None:
    kept, dearer = line("Limpeza", 5_000), line("TROCA DA PLACA", 20_000)
    gone, new = line("Coxim", 2_500), line("Frete", 3_000)
    found = compare(version(kept, line(), gone), version(new, dearer, kept))
    assert [(c.before, c.after) for c in found.lines] == [
        (line(), dearer),
        (gone, None),
        (None, new),
    ]
    assert [(f.name, f.before, f.after) for f in found.facts] == [
        ("labor", 25_500, 28_000),
        ("total", 25_500, 28_000),
    ]


def test_equal_lines_go_together_first() -> None:
    found = compare(version(line(), line(price=1)), version(line(price=1), line(price=2)))
    assert [(c.before, c.after) for c in found.lines] == [(line(), line(price=2))]


def test_dates_and_terms_are_told() -> None:
    before = version(line())
    after = version(line(), promised_on=None, payment_terms="30 dias", fee=100)
    assert [f.name for f in compare(before, after).facts] == ["fee", "promised_on", "payment_terms"]


LINES = st.lists(
    st.builds(line, st.sampled_from("abc"), st.integers(0, 3), kind=st.sampled_from(ItemKind)),
    max_size=6,
)


@given(LINES, LINES)
def test_taking_the_changes_turns_one_version_into_the_other(
    one: list[QuoteLine], two: list[QuoteLine]
) -> None:
    changes = compare(version(*one), version(*two)).lines
    now = list(one)
    for change in changes:
        assert change.before != change.after
        if change.before is not None:
            now.remove(change.before)
        if change.after is not None:
            now.append(change.after)
    assert sorted(now, key=repr) == sorted(two, key=repr)


@given(LINES)
def test_the_same_lines_in_another_order_are_no_change(lines: list[QuoteLine]) -> None:
    assert not compare(version(*lines), version(*reversed(lines)))
