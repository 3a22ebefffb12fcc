"""RESULTS.md: what the last whole run of the faults counted, and how each promise stands."""

import platform
import sqlite3
import subprocess
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from tests.faults.cases import Row
from tests.faults.promises import PROMISES, Promise

PLACE = Path(__file__).with_name("RESULTS.md")
ROOT = Path(__file__).resolve().parents[2]


def write_results(rows: Iterable[Row], *, every: bool, tries: int, seed: int) -> None:
    how = "every point" if every else f"up to {tries} points of each case, by the seed {seed}"
    PLACE.write_text("\n".join(_lines(list(rows), how)) + "\n", encoding="utf-8")


def _lines(rows: list[Row], how: str) -> Iterator[str]:
    yield "# What faults do to a shop"
    yield ""
    yield (
        f"Written by `python -m tests.faults` on {datetime.now(UTC):%Y-%m-%d} at {_commit()}: "
        f"{how}. {platform.system()} {platform.machine()}, Python {platform.python_version()}, "
        f"SQLite {sqlite3.sqlite_version}."
    )
    yield ""
    yield (
        "After each try osdesk is asked first (the next start, `list`, `order show` of every order,"
        " `check`), then SQLite; then the next act must work. *Lost*: what was acknowledged is not"
        " there, or something is there by half. *Damaged*: what is there is not sound, a refusal"
        " was no plain sentence, or the next act failed. *Locked out*: osdesk does not show what"
        " there is. *Refused*: tries in which a sentence said that it was not done."
    )
    yield ""
    yield "| case | tries | lost | damaged | locked out | refused | seconds |"
    yield "|---|--:|--:|--:|--:|--:|--:|"
    for row in rows:
        if row.left_out:
            yield f"| {row.case}: not tried, {row.left_out} | 0 | | | | | |"
            continue
        counts = (row.tries, row.lost, row.damaged, row.locked_out, row.refused)
        yield f"| {row.case} | {' | '.join(map(str, counts))} | {row.seconds:.0f} |"
    total = [sum(getattr(row, name) for row in rows) for name in _COUNTED]
    yield f"| **all** | {' | '.join(map(str, total))} | {sum(row.seconds for row in rows):.0f} |"
    yield ""
    yield "## The promises"
    yield ""
    yield from promise_lines(PROMISES)


_COUNTED = ("tries", "lost", "damaged", "locked_out", "refused")


def promise_lines(promises: Iterable[Promise]) -> Iterator[str]:
    yield "| | promise | | what is missing | tests |"
    yield "|---|---|---|---|---|"
    for one in promises:
        tests = ", ".join(f"`{test}`" for test in one.tests)
        yield f"| {one.number} | {one.words} | {one.stands.value} | {one.missing} | {tests} |"


def _commit() -> str:
    words = ["git", "rev-parse", "--short", "HEAD"]
    said = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False)
    return f"commit {said.stdout.strip()}" if said.returncode == 0 else "an unknown commit"
