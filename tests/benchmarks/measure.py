"""Measuring against a floor taken in the same run: machines are noisy, ratios are not.

The floor of what reads or writes the shop is its own SQL, captured and sent again through a bare
``sqlite3`` connection with the same settings; the floor of a paper is its own strings and lines on
a bare canvas.
"""

import io
import sqlite3
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, fields
from typing import Any

from sqlalchemy import Engine, event

from osdesk.persistence.database import connect

Call = Callable[[], object]
Statement = tuple[str, Any, bool]


@dataclass(frozen=True)
class Result:
    """Times in milliseconds; ``budget``: the ratio that may not be passed, ``spare``: milliseconds
    allowed on top of the floor where the budget is no ratio."""

    name: str
    floor: float
    ours: float
    p99: float
    budget: float
    spare: float = 0.0

    @property
    def ratio(self) -> float:
        return self.ours / self.floor if self.floor else 0.0

    @property
    def kept(self) -> bool:
        return self.ours <= max(self.floor * self.budget, self.floor + self.spare)

    def as_json(self) -> dict[str, object]:
        return {**asdict(self), "kept": self.kept}

    @classmethod
    def from_json(cls, facts: dict[str, Any]) -> "Result":
        return cls(**{each.name: facts[each.name] for each in fields(cls)})

    def line(self) -> str:
        word = "ok" if self.kept else "ACIMA"
        allowed = f"{self.budget:.1f}x" if not self.spare else f"+{self.spare:.0f} ms"
        return (
            f"{self.name:<34} floor {self.floor:9.3f} ms   ours {self.ours:9.3f} ms   "
            f"p99 {self.p99:9.3f} ms   ratio {self.ratio:6.2f}   budget {allowed:>7}   {word}"
        )


def times(calls: list[Call], rounds: int) -> list[float]:
    """Milliseconds of each call, all calls in turn, ``rounds`` times."""
    found = []
    for _ in range(rounds):
        for call in calls:
            start = time.perf_counter()
            call()
            found.append((time.perf_counter() - start) * 1000)
    return found


FRAME = 16.0
"""Milliseconds that a key may take before it is felt."""


def within_a_frame(name: str, calls: list[Call], rounds: int = 5) -> Result:
    """What is asked at each key, held to one frame whatever its own SQL costs."""
    times(calls, 1)
    found = sorted(times(calls, rounds))
    p99 = found[min(len(found) - 1, len(found) * 99 // 100)]
    return Result(name, FRAME, statistics.median(found), p99, budget=1.0)


def compare(
    name: str,
    floor: list[Call],
    ours: list[Call],
    *,
    budget: float,
    rounds: int = 5,
    spare: float = 0.0,
) -> Result:
    """Floor and ours measured in alternation, so that a noisy moment meets both."""
    times(floor, 1)
    times(ours, 1)
    low, high = [], []
    for _ in range(rounds):
        low += times(floor, 1)
        high += times(ours, 1)
    ranked = sorted(high)
    p99 = ranked[min(len(ranked) - 1, int(len(ranked) * 0.99))]
    return Result(name, statistics.median(low), statistics.median(high), p99, budget, spare)


@contextmanager
def captured() -> Iterator[list[Statement]]:
    """Every statement that SQLAlchemy sends while this is open."""
    sent: list[Statement] = []

    def note(_c: Any, _cursor: Any, sql: str, values: Any, _x: Any, many: bool) -> None:
        sent.append((sql, values, many))

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(Engine, "before_cursor_execute", note)


def replay(connection: sqlite3.Connection, statements: list[Statement]) -> None:
    for sql, values, many in statements:
        if many:
            connection.executemany(sql, values)
        elif not sql.startswith(("BEGIN", "COMMIT")):
            connection.execute(sql, values or ()).fetchall()


def reading_floor(path: Any, call: Call) -> Call:
    """The SQL of one reading call, as a call of its own on a bare connection."""
    with captured() as statements:
        call()
    connection = connect(path)
    return lambda: replay(connection, list(statements))


# -- papers ---------------------------------------------------------------------------------------


def canvas_floor(draw: Call) -> Call:
    """The strings and lines that a drawing puts on its canvas, on a bare one."""
    from reportlab.pdfgen import textobject
    from reportlab.pdfgen.canvas import Canvas

    calls: list[tuple[Any, ...]] = []
    kept = {
        (owner, name): getattr(owner, name)
        for owner, name in (
            (textobject.PDFTextObject, "textLine"),
            (textobject.PDFTextObject, "textOut"),
            (Canvas, "showPage"),
            (Canvas, "lines"),
            (Canvas, "line"),
            (Canvas, "rect"),
            (Canvas, "drawPath"),
        )
    }

    def spy(owner: Any, name: str) -> Callable[..., Any]:
        original = kept[owner, name]

        def call(self: Any, *args: Any, **options: Any) -> Any:
            if owner is textobject.PDFTextObject:
                place = (self._x, self._y, self._fontname, self._fontsize)
                calls.append(("text", args[0] if args else "", *place))
            else:
                calls.append((name, args, options))
            return original(self, *args, **options)

        return call

    for owner, name in kept:
        setattr(owner, name, spy(owner, name))
    try:
        draw()
    finally:
        for (owner, name), original in kept.items():
            setattr(owner, name, original)

    def bare() -> None:
        canvas = Canvas(io.BytesIO(), pagesize=(595.276, 841.89), invariant=1, pageCompression=1)
        font: tuple[str, float] | None = None
        for kind, *facts in calls:
            if kind == "text":
                text, x, y, name, size = facts
                if (name, size) != font:
                    canvas.setFont(name, size)
                    font = (name, size)
                canvas.drawString(x, y, text)
            elif kind == "showPage":
                canvas.showPage()
                font = None
            else:
                getattr(canvas, kind)(*facts[0], **facts[1])
        canvas.save()

    return bare
