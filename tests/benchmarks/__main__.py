"""``python -m tests.benchmarks [--orders 100000] [--shop DIR]``: all budgets, with their ratios.

A demonstration shop of that size is made in ``--shop`` (kept for the next run) or in a temporary
folder. Ends with 1 where a budget is passed.
"""

import argparse
import os
import shutil
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--orders", type=int, default=100_000)
    parser.add_argument("--shop", type=Path)
    parser.add_argument("--report", type=int, default=3_000, help="up to 30000 orders in a report")
    given = parser.parse_args()

    from tests.benchmarks import papers, shop, window
    from tests.benchmarks.measure import Result
    from tests.conftest import NOW

    from osdesk.jobs.demo.demo import fill_demo
    from osdesk.persistence.store import open_store

    with tempfile.TemporaryDirectory() as scratch:
        folder = given.shop or Path(scratch) / "shop"
        began = time.perf_counter()
        fresh = not (folder / "osdesk.db").exists()
        store = open_store(folder, write=True, create=True, clock=lambda: NOW)
        if fresh:
            fill_demo(store, orders=given.orders, seed=1, until=date(2026, 11, 24), now=NOW)
            print(f"{given.orders} ordens em {time.perf_counter() - began:.1f} s", flush=True)
        results: list[Result] = []

        def tell(found: list[Result]) -> None:
            results.extend(found)
            for result in found:
                print(result.line(), flush=True)

        tell(shop.services(store))
        typed = shop.queries(store, 60)
        tell(shop.papers(store, given.report))
        tell(papers.papers())
        store.close()
        copy = Path(scratch) / "copy"
        shutil.copytree(folder, copy)
        store = open_store(copy, write=True, clock=lambda: NOW)
        tell([shop.saving(store, Path(scratch) / "bare.db")])
        store.close()
        tell(window.start(folder))
        sql = {result.name: result.floor for result in results}
        tell(window.window(copy, typed, sql))
    return 0 if all(result.kept for result in results) else 1


if __name__ == "__main__":
    sys.exit(main())
