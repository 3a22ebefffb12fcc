"""RESULTS.md: what the last recorded run of each case counted, and how each promise stands."""

import platform
import sqlite3
import subprocess
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from tests.faults.acts import acts
from tests.faults.cases import SWEEPS, Row
from tests.faults.others import CASES
from tests.faults.promises import PROMISES, Promise

PLACE = Path(__file__).with_name("RESULTS.md")
ROOT = Path(__file__).resolve().parents[2]
HEAD = "| case | tries | lost | damaged | locked out | refused | seconds | on | at |"


def record(row: Row) -> None:
    """Put the row in the place of the one of the same case that was recorded before."""
    there = _recorded() | {row.case: _cells(row)}
    PLACE.write_text("\n".join(_lines(there)) + "\n", encoding="utf-8")


def _recorded() -> dict[str, str]:
    """The table's lines by their cases; of cases that there are no more, none."""
    found = {}
    if PLACE.exists():
        for line in PLACE.read_text("utf-8").splitlines():
            case = line.removeprefix("| ").partition(" | ")[0]
            if line.startswith("| ") and case in _cases():
                found[case] = line
    return found


def _cases() -> list[str]:
    return [f"{name}: {act.name}" for act in acts() for name in SWEEPS] + list(CASES.values())


def _cells(row: Row) -> str:
    counts = [row.tries, row.lost, row.damaged, row.locked_out, row.refused, f"{row.seconds:.0f}"]
    if row.left_out:
        counts = [f"not tried: {row.left_out}", *[""] * 5]
    where = [f"{datetime.now(UTC):%Y-%m-%d}", _commit()]
    return f"| {' | '.join(map(str, [row.case, *counts, *where]))} |"


def _commit() -> str:
    words = ["git", "rev-parse", "--short", "HEAD"]
    said = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False)
    return said.stdout.strip()


def _lines(rows: dict[str, str]) -> Iterator[str]:
    yield "# What faults do to a shop"
    yield ""
    yield (
        "Written by `python -m tests.faults --record`: for each case its last recorded run, on"
        f" {platform.system()} {platform.machine()}, Python {platform.python_version()}, SQLite"
        f" {sqlite3.sqlite_version}."
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
    yield HEAD
    yield "|---|--:|--:|--:|--:|--:|--:|---|---|"
    yield from (rows[case] for case in _cases() if case in rows)
    yield ""
    yield "## The promises"
    yield ""
    yield from promise_lines(PROMISES)


def promise_lines(promises: Iterable[Promise]) -> Iterator[str]:
    yield "| | promise | | what is missing | tests |"
    yield "|---|---|---|---|---|"
    for one in promises:
        tests = ", ".join(f"`{test}`" for test in one.tests)
        yield f"| {one.number} | {one.words} | {one.stands.value} | {one.missing} | {tests} |"
