from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from osdesk.domain.charts import (
    Align,
    Bar,
    Drawing,
    Paint,
    Rect,
    Stroke,
    Text,
    axis_label,
    axis_steps,
    column_bars,
    elide,
    row_bars,
)

MONTHS = ["dez", "jan", "fev", "mar", "abr", "mai", "jun", "jul", "ago", "set", "out", "nov"]


def measure(text: str, size: float) -> float:
    return len(text) * size * 0.55


def rects(drawing: Drawing) -> list[Rect]:
    return [shape for shape in drawing.shapes if isinstance(shape, Rect)]


def texts(drawing: Drawing) -> list[Text]:
    return [shape for shape in drawing.shapes if isinstance(shape, Text)]


@pytest.mark.parametrize(
    ("highest", "expected"),
    [
        (0, [0, 100]),
        (100, [0, 100]),
        (350, [0, 100, 200, 300, 400]),
        (3_100_000, [0, 1_000_000, 2_000_000, 3_000_000, 4_000_000]),
        (1_900_000, [0, 500_000, 1_000_000, 1_500_000, 2_000_000]),
        (700_000, [0, 200_000, 400_000, 600_000, 800_000]),
    ],
)
def test_an_axis_goes_in_round_steps(highest: int, expected: list[int]) -> None:
    assert axis_steps(0, highest) == expected


def test_an_axis_goes_below_zero_where_more_was_given_back_than_came() -> None:
    steps = axis_steps(-15_000, 42_000)
    assert 0 in steps
    assert steps[0] <= -15_000
    assert steps[-1] >= 42_000


@given(st.integers(-(10**11), 10**11), st.integers(0, 10**11))
def test_an_axis_holds_every_value_in_few_lines(lowest: int, highest: int) -> None:
    steps = axis_steps(lowest, highest)
    assert steps[0] <= lowest
    assert steps[-1] >= highest
    assert 0 in steps
    assert 2 <= len(steps) <= 7


@pytest.mark.parametrize(
    ("cents", "label"),
    [
        (0, "0"),
        (50_000, "500"),
        (100_000, "1 mil"),
        (250_000, "2,5 mil"),
        (1_000_000, "10 mil"),
        (120_000_000, "1,2 mi"),
        (-1_000_000, "−10 mil"),
    ],
)
def test_an_axis_is_labelled_shortly(cents: int, label: str) -> None:
    assert axis_label(cents) == label


def test_columns_are_as_tall_as_their_values_and_stand_on_zero() -> None:
    bars = [Bar(name, (i + 1) * 100_000, strong=i == 11) for i, name in enumerate(MONTHS)]
    drawing = column_bars(bars, 660, 380, measure)
    columns = rects(drawing)
    assert len(columns) == 12
    assert columns[11].height == pytest.approx(columns[0].height * 12)
    assert len({round(column.y + column.height, 6) for column in columns}) == 1
    assert [column.paint for column in columns] == [Paint.BAR] * 11 + [Paint.BAR_STRONG]
    assert [t.text for t in texts(drawing) if t.align is Align.CENTER] == MONTHS


def test_a_month_without_revenue_has_no_column_but_can_be_pointed_at() -> None:
    drawing = column_bars([Bar("jan", 0), Bar("fev", 500)], 200, 200, measure)
    assert len(rects(drawing)) == 1
    assert drawing.zone_at(60, 100) == 0
    assert drawing.zone_at(199, 10) == 1
    assert drawing.zone_at(0, 10) is None


def test_a_negative_day_hangs_from_zero() -> None:
    drawing = column_bars([Bar("1", 10_000), Bar("2", -5_000)], 300, 160, measure)
    up, down = rects(drawing)
    zero = next(s for s in drawing.shapes if isinstance(s, Stroke) and s.paint is Paint.AXIS)
    assert up.y + up.height == pytest.approx(zero.y1)
    assert down.y == pytest.approx(zero.y1)


@given(st.lists(st.integers(-(10**9), 10**9), max_size=31), st.integers(120, 1200))
def test_nothing_is_drawn_outside(values: list[int], width: int) -> None:
    bars = [Bar(str(day + 1), value) for day, value in enumerate(values)]
    drawing = column_bars(bars, width, 180, measure)
    for shape in drawing.shapes:
        if isinstance(shape, Rect):
            assert shape.x >= 0
            assert shape.x + shape.width <= width + 1e-6
            assert shape.y >= 0
            assert shape.y + shape.height <= 180
        elif isinstance(shape, Text) and shape.align is Align.RIGHT:
            assert shape.x - measure(shape.text, shape.size) >= 0


@given(st.integers(1, 31), st.integers(0, 30), st.integers(200, 900))
def test_labels_never_touch(count: int, today: int, width: int) -> None:
    bars = [Bar(str(day + 1), 100, strong=day == today) for day in range(count)]
    drawing = column_bars(bars, width, 180, measure)
    days = sorted((t for t in texts(drawing) if t.align is Align.CENTER), key=lambda t: t.x)
    for one, other in pairwise(days):
        ends = one.x + measure(one.text, one.size) / 2
        assert ends < other.x - measure(other.text, other.size) / 2


def test_rows_share_one_scale_and_never_run_into_their_notes() -> None:
    bars = [
        Bar("Edson", 14, note="14 abertas · 2 atrasadas", late=2),
        Bar("Priscila", 7, note="7 abertas"),
        Bar("Um nome de técnico que é longo demais para caber ali", 0, note="nenhuma"),
    ]
    drawing = row_bars(bars, 420, measure)
    whole, half = (r for r in rects(drawing) if r.paint is Paint.BAR)
    assert whole.width == pytest.approx(half.width * 2)
    late = next(r for r in rects(drawing) if r.paint is Paint.BAR_LATE)
    assert late.width < whole.width
    longest_note = max(measure(bar.note, 12) for bar in bars)
    assert all(r.x + r.width <= 420 - longest_note for r in rects(drawing))
    names = [t for t in texts(drawing) if t.align is Align.LEFT]
    assert names[2].text.endswith("…")
    assert all(t.x + measure(t.text, t.size) <= whole.x for t in names)
    assert drawing.height == 31 * 3


def test_no_bars_make_an_empty_chart() -> None:
    assert rects(column_bars([], 300, 200, measure)) == []
    assert row_bars([], 300, measure).shapes == ()


def test_a_text_is_shortened_only_where_it_must() -> None:
    assert elide("Rui", 100, measure, 12) == "Rui"
    short = elide("Priscila Andrade", 60, measure, 12)
    assert short.endswith("…")
    assert measure(short, 12) <= 60
