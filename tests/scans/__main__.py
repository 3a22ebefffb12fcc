"""``python -m tests.scans [sheets] [seed]``: how many signed sheets find their order again."""

import sys
import tempfile
import time
from datetime import UTC, date, datetime
from pathlib import Path

from tests.scans.trial import run_trial

from osdesk.jobs.demo.demo import fill_demo
from osdesk.persistence.store import open_store

NOW = datetime(2026, 11, 24, 17, 32, tzinfo=UTC)
ENOUGH = 0.99


def main(count: int, seed: int) -> int:
    with tempfile.TemporaryDirectory() as place:
        shop, folder = Path(place) / "shop", Path(place) / "scans"
        folder.mkdir()
        store = open_store(shop, write=True, create=True, clock=lambda: NOW)
        try:
            fill_demo(store, orders=count, seed=seed, until=date(2026, 11, 24), now=NOW, printed=0)
            begun = time.monotonic()
            outcome = run_trial(store, folder, count=count, seed=seed, now=NOW)
            seconds = time.monotonic() - begun
        finally:
            store.close()
    for line in (*outcome.wrong, *outcome.missed):
        print(line)
    print(
        f"{outcome.sheets} sheets in {outcome.files} files, {outcome.pages} pages: "
        f"{outcome.found} found their order, {len(outcome.wrong)} pages a wrong one, "
        f"{len(outcome.missed)} pages shown to a person; {seconds:.0f} s"
    )
    return int(bool(outcome.wrong) or outcome.found < ENOUGH * outcome.sheets)


if __name__ == "__main__":
    words = [int(word) for word in sys.argv[1:]]
    sys.exit(main(*(words + [100, 1][len(words) :])))
