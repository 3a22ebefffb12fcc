"""Charts as plain shapes, so that the screen and the paper draw the very same picture.

A function takes data and a size and answers a ``Drawing``. Lengths are in whatever unit the caller
counts in (pixels, points); the origin is the upper left corner, y grows downwards. Money is whole
centavos. Colours are roles: the painter gives them their colour for its ground.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

Measure = Callable[[str, float], float]
"""Width of a text at a font size, in the caller's unit."""


class Paint(StrEnum):
    """What a shape is painted with."""

    BAR = "bar"
    BAR_STRONG = "bar_strong"
    """The one bar that is meant: this month, today."""
    BAR_LATE = "bar_late"
    TRACK = "track"
    """The ground behind a horizontal bar."""
    GRID = "grid"
    AXIS = "axis"
    INK = "ink"
    MUTED = "muted"


class Align(StrEnum):
    LEFT = "left"
    CENTER = "center"
    RIGHT = "right"


@dataclass(frozen=True, slots=True)
class Rect:
    x: float
    y: float
    width: float
    height: float
    paint: Paint
    radius: float = 0.0


@dataclass(frozen=True, slots=True)
class Stroke:
    x1: float
    y1: float
    x2: float
    y2: float
    paint: Paint


@dataclass(frozen=True, slots=True)
class Text:
    x: float
    y: float
    """The baseline; x is the left, middle or right end, as ``align`` says."""
    text: str
    size: float
    paint: Paint
    align: Align = Align.LEFT


Shape = Rect | Stroke | Text


@dataclass(frozen=True, slots=True)
class Zone:
    """Where a pointer means the bar ``index``: more than the bar, a small one can be hit too."""

    index: int
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Drawing:
    width: float
    height: float
    shapes: tuple[Shape, ...]
    zones: tuple[Zone, ...] = ()

    def zone_at(self, x: float, y: float) -> int | None:
        for zone in self.zones:
            if zone.x <= x < zone.x + zone.width and zone.y <= y < zone.y + zone.height:
                return zone.index
        return None


@dataclass(frozen=True, slots=True)
class Bar:
    label: str
    value: int
    strong: bool = False
    note: str = ""
    """What stands behind a horizontal bar: "14 abertas · 2 atrasadas"."""
    late: int = 0
    """The part of ``value`` that is late, drawn at the bar's beginning (horizontal bars)."""


def axis_steps(lowest: int, highest: int, wanted: int = 4) -> list[int]:
    """Values of the grid lines in centavos, zero always one of them.

    Steps are 1, 2 or 5 times a power of ten, never under one real; the first and the last line
    hold all values between them.
    """
    highest, lowest = max(highest, 0), min(lowest, 0)
    span = max(highest - lowest, 100)
    step = 100
    while span > step * wanted:
        step = _next_step(step)
    first = -(-lowest // step) if lowest == 0 else lowest // step
    last = -(-highest // step)
    if first == last:
        last += 1
    return [k * step for k in range(first, last + 1)]


def _next_step(step: int) -> int:
    lead = int(str(step)[0])
    if lead == 1:
        return step * 2
    return step // 2 * 5 if lead == 2 else step * 2


def axis_label(cents: int) -> str:
    """``0``, ``500``, ``2,5 mil``, ``10 mil``, ``1,2 mi``: centavos on an axis."""
    reais = abs(cents) // 100
    sign = "−" if cents < 0 else ""
    for unit, word in ((1_000_000, " mi"), (1_000, " mil")):
        if reais >= unit:
            whole, rest = divmod(reais, unit)
            decimals = f"{rest * 1000 // unit:03d}".rstrip("0")
            return f"{sign}{whole},{decimals}{word}" if decimals else f"{sign}{whole}{word}"
    return f"{sign}{reais}"


def elide(text: str, width: float, measure: Measure, size: float) -> str:
    """The text, shortened with … where it is wider than ``width``."""
    if measure(text, size) <= width:
        return text
    while text and measure(text + "…", size) > width:
        text = text[:-1].rstrip()
    return text + "…"


def column_bars(
    bars: Sequence[Bar], width: float, height: float, measure: Measure, size: float = 11.0
) -> Drawing:
    """Standing bars over a money axis: twelve months, or the days of one.

    Labels that would touch are thinned out, the strong bar's is kept.
    """
    values = [bar.value for bar in bars]
    steps = axis_steps(min(values, default=0), max(values, default=0), 4 if height > 150 else 2)
    labels = [axis_label(step) for step in steps]
    left = max(measure(label, size) for label in labels) + size * 0.6
    top, bottom = size * 0.8, height - size * 1.9
    plot = max(width - left, 1.0)
    scale = (bottom - top) / (steps[-1] - steps[0])

    def y_of(value: int) -> float:
        return bottom - (value - steps[0]) * scale

    shapes: list[Shape] = []
    for step, label in zip(steps, labels, strict=True):
        y = y_of(step)
        shapes.append(Stroke(left, y, width, y, Paint.AXIS if step == 0 else Paint.GRID))
        baseline = y + size * 0.35
        shapes.append(Text(left - size * 0.5, baseline, label, size, Paint.MUTED, Align.RIGHT))

    pitch = plot / max(len(bars), 1)
    thick = min(pitch * (0.56 if len(bars) <= 12 else 0.72), size * 5)
    shown = _labels_that_fit(bars, pitch, measure, size)
    zones = []
    for index, bar in enumerate(bars):
        middle = left + pitch * (index + 0.5)
        zero, end = y_of(0), y_of(bar.value)
        paint = Paint.BAR_STRONG if bar.strong else Paint.BAR
        if bar.value:
            tall = max(abs(end - zero), 1.0)
            upper = zero - tall if bar.value > 0 else zero
            radius = min(size * 0.18, thick / 4)
            shapes.append(Rect(middle - thick / 2, upper, thick, tall, paint, radius))
        if index in shown:
            ink = Paint.INK if bar.strong else Paint.MUTED
            shapes.append(Text(middle, height - size * 0.5, bar.label, size, ink, Align.CENTER))
        zones.append(Zone(index, left + pitch * index, 0.0, pitch, height))
    return Drawing(width, height, tuple(shapes), tuple(zones))


def _labels_that_fit(bars: Sequence[Bar], pitch: float, measure: Measure, size: float) -> set[int]:
    widest = max((measure(bar.label, size) for bar in bars), default=0.0)
    every = 1
    while every < len(bars) and pitch * every < widest + size * 0.5:
        every += 1
    strong = [index for index, bar in enumerate(bars) if bar.strong]
    kept = {i for i in range(0, len(bars), every) if all(abs(i - s) >= every for s in strong)}
    return kept | set(strong)


def row_bars(
    bars: Sequence[Bar],
    width: float,
    measure: Measure,
    size: float = 13.0,
    row_height: float = 31.0,
) -> Drawing:
    """Lying bars, one a row: name, bar on its track, note. As high as it has rows."""
    gap = size * 0.6
    note_size = size * 12 / 13
    notes = max((measure(bar.note, note_size) for bar in bars), default=0.0)
    wanted = max((measure(bar.label, size) for bar in bars), default=0.0)
    names = min(wanted, max(width * 0.34, width - notes - size * 8))
    left, right = names + gap, width - (notes + gap if notes else 0.0)
    track = max(right - left, 0.0)
    most = max((bar.value for bar in bars), default=0)
    thick = size * 0.75
    shapes: list[Shape] = []
    zones = []
    for index, bar in enumerate(bars):
        y = row_height * index
        baseline = y + row_height / 2 + size * 0.36
        name = elide(bar.label, names, measure, size)
        shapes.append(Text(0.0, baseline, name, size, Paint.INK))
        bar_y = y + (row_height - thick) / 2
        shapes.append(Rect(left, bar_y, track, thick, Paint.TRACK, thick / 2))
        if most > 0 and bar.value > 0:
            long = max(track * bar.value / most, min(thick, track))
            paint = Paint.BAR_STRONG if bar.strong else Paint.BAR
            shapes.append(Rect(left, bar_y, long, thick, paint, thick / 2))
            if bar.late:
                part = max(long * min(bar.late, bar.value) / bar.value, min(thick, long))
                shapes.append(Rect(left, bar_y, part, thick, Paint.BAR_LATE, thick / 2))
        if bar.note:
            shapes.append(Text(width, baseline, bar.note, note_size, Paint.MUTED, Align.RIGHT))
        zones.append(Zone(index, 0.0, y, width, row_height))
    return Drawing(width, row_height * len(bars), tuple(shapes), tuple(zones))
