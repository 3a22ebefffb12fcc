"""``python -m tests.benchmarks [--sizes 10000,1000000] [--shops DIR] [--json FILE]``: all budgets.

A demonstration of each size is made in ``--shops`` (kept for the next run) or in a temporary
folder; ``--against FILE`` compares with the JSON of an earlier run. ``--soak N`` instead: N orders'
worth of work through the window. Ends with 1 where a budget is passed. Needs no network.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

Table = dict[str, dict[str, dict[str, Any]]]
"""Size, name, what ``Result.as_json`` says."""
WORSE, LEAST = 1.25, 2.0
"""A figure is told as worse from so many times and so many milliseconds on."""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default="10000,100000", help="orders of each shop")
    parser.add_argument("--shops", type=Path, help="where the shops are kept")
    parser.add_argument("--json", type=Path, help="write the figures here too")
    parser.add_argument("--against", type=Path, help="an earlier run's JSON")
    parser.add_argument("--report", type=int, default=3_400, help="orders of the month report")
    parser.add_argument("--soak", type=int, default=0, help="rounds of work through the window")
    given = parser.parse_args()
    sizes = [int(size) for size in given.sizes.split(",")]
    with tempfile.TemporaryDirectory(prefix="osdesk-") as scratch:
        shops = given.shops or Path(scratch)
        if given.soak:
            return _soak(_shop(shops, sizes[0], {}), Path(scratch), given.soak)
        table: Table = {}
        for size in sizes:
            first = size == sizes[0]  # a paper costs the same in every shop
            table[str(size)] = _measured(
                shops, size, Path(scratch), given.report, with_papers=first
            )
    _tell(table)
    if given.json:
        given.json.write_text(json.dumps(table, ensure_ascii=False, indent=1), encoding="utf-8")
    if given.against:
        _compare(table, json.loads(given.against.read_text(encoding="utf-8")))
    return 0 if all(each["kept"] for found in table.values() for each in found.values()) else 1


def _shop(shops: Path, size: int, found: dict[str, dict[str, Any]]) -> Path:
    """The folder of a shop of that size, made if it is not there."""
    from tests.benchmarks.measure import Result
    from tests.conftest import NOW

    from osdesk.jobs.demo.demo import fill_demo
    from osdesk.persistence.store import open_store

    folder = shops / str(size)
    if not (folder / "osdesk.db").exists():
        began = time.perf_counter()
        store = open_store(folder, write=True, create=True, clock=lambda: NOW)
        fill_demo(store, orders=size, seed=1, until=date(2026, 11, 24), now=NOW)
        store.close()
        took = time.perf_counter() - began
        print(f"{size} ordens em {took:.1f} s", flush=True)
        # minutes for a million: 0.3 ms an order, and what one of any size takes
        made = Result("demonstração (s)", 10 + size * 0.0003, took, took, 1)
        found[made.name] = made.as_json()
    bytes_each = (folder / "osdesk.db").stat().st_size / size / 1024
    room = Result("arquivo (kB por OS)", 2.5, bytes_each, bytes_each, 1)
    found[room.name] = room.as_json()
    return folder


def _measured(
    shops: Path, size: int, scratch: Path, report: int, *, with_papers: bool
) -> dict[str, dict[str, Any]]:
    from tests.benchmarks import papers, shop, start
    from tests.conftest import NOW

    from osdesk.persistence.store import open_store

    found: dict[str, dict[str, Any]] = {}
    folder = _shop(shops, size, found)
    copy = scratch / f"copy-{size}"
    shutil.copytree(folder, copy)
    store = open_store(copy, write=True, clock=lambda: NOW)
    results = [*shop.services(store), *shop.papers(store, report), *shop.tables(report)]
    results.append(shop.saving(store, scratch / f"bare-{size}.db"))
    store.close()
    results += start.start(folder)
    results += papers.papers() if with_papers else []
    for result in results:
        found[result.name] = result.as_json()
        print(f"{size:>8}  {result.line()}", flush=True)
    for name, facts in _apart("tests.benchmarks.counter", copy):
        found[name] = facts
    shutil.rmtree(copy)
    return found


def _apart(module: str, *words: object) -> list[tuple[str, dict[str, Any]]]:
    """The lines of JSON that a measurement in a process of its own prints."""
    from tests.benchmarks.measure import Result

    command = [sys.executable, "-m", module, *map(str, words)]
    found = []
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, encoding="utf-8") as child:
        assert child.stdout is not None
        for line in child.stdout:
            facts = json.loads(line)
            print(f"{'':>8}  {Result.from_json(facts).line()}", flush=True)
            found.append((str(facts["name"]), facts))
    if child.returncode:
        raise SystemExit(f"{module} ended with {child.returncode}")
    return found


def _tell(table: Table) -> None:
    """The figures of all sizes side by side, and what they grow by."""
    sizes = list(table)
    print("\n" + " ".join([f"{'':<38}", *(f"{size:>12}" for size in sizes), "    growth  budget"]))
    for name in dict.fromkeys(name for found in table.values() for name in found):
        figures = [table[size].get(name) for size in sizes]
        shown = [f"{each['ours']:12.2f}" if each else f"{'':>12}" for each in figures]
        known = [each for each in figures if each]
        growth = known[-1]["ours"] / known[0]["ours"] if len(known) > 1 else 1.0
        kept = "ok" if all(each["kept"] for each in known) else "ACIMA"
        print(" ".join([f"{name:<38}", *shown, f"{growth:9.2f}x", f" {kept}"]))


def _compare(now: Table, before: Table) -> None:
    print("\nDiante da medição anterior:")
    for size, found in now.items():
        for name, facts in found.items():
            old = before.get(size, {}).get(name)
            if old is None:
                continue
            ratio = facts["ours"] / old["ours"] if old["ours"] else 1.0
            slower = ratio > WORSE and facts["ours"] - old["ours"] > LEAST
            word = "PIOR" if slower else "melhor" if ratio < 1 / WORSE else ""
            if word:
                figures = f"{old['ours']:10.2f} -> {facts['ours']:10.2f}"
                print(f"{size:>8}  {name:<38} {figures}  {ratio:5.2f}x  {word}")


def _soak(folder: Path, scratch: Path, rounds: int) -> int:
    copy = scratch / "soak"
    shutil.copytree(folder, copy)
    found = _apart("tests.benchmarks.soak", copy, rounds)
    return 0 if all(facts["kept"] for _, facts in found) else 1


if __name__ == "__main__":
    sys.exit(main())
