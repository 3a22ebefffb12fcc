"""Break a shop in every way that can be thought of, and count what is lost.

    python -m tests.faults                          some points of each case
    python -m tests.faults --record                 writes what it counted into RESULTS.md
    python -m tests.faults "kill -9: upgrade" --all every point of the cases with these words
    python -m tests.faults --tries 100 --seed 7

Run by hand, from the root of the tree, on Linux with strace. Every point of every case takes hours.
The tests beside this file need no strace; they are part of every run of the tests.
"""

import argparse
import shutil
import sys
import tempfile
from pathlib import Path

from tests.faults import others
from tests.faults.acts import acts
from tests.faults.cases import Bench, Row, swept
from tests.faults.results import record
from tests.faults.traced import STRACE

MEMORY = Path("/dev/shm")
"""Where files are quick; what a sync means is not left to the disk here."""


def main() -> int:
    words = argparse.ArgumentParser(
        prog="python -m tests.faults",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    words.add_argument("cases", nargs="*", help="words of the cases' names")
    words.add_argument("--all", action="store_true", help="every point of each case")
    words.add_argument("--tries", type=int, default=30, help="points of each case (30)")
    words.add_argument("--seed", type=int, default=1, help="which of them (1)")
    words.add_argument("--record", action="store_true", help="write the rows into RESULTS.md")
    given = words.parse_args()
    if not sys.platform.startswith("linux") or STRACE is None:
        print("This needs Linux and strace (on Debian and Ubuntu: apt install strace).")
        return 2
    folder = Path(
        tempfile.mkdtemp(prefix="osdesk-faults-", dir=MEMORY if MEMORY.is_dir() else None)
    )
    bench = Bench(folder, None if given.all else given.tries, given.seed)
    clean = True

    def asked(name: str) -> bool:
        return not given.cases or any(word in name for word in given.cases)

    def done(row: Row) -> None:
        nonlocal clean
        clean = clean and row.clean
        tell(row)
        if given.record:
            record(row)

    try:
        for act in acts():
            swept(bench, act, asked, done)
        for case, name in others.CASES.items():
            if asked(name):
                done(case(bench, Row(name)))
    finally:
        shutil.rmtree(folder)
    return 0 if clean else 1


def tell(row: Row) -> None:
    counts = f"{row.lost} lost, {row.damaged} damaged, {row.locked_out} locked out"
    print(f"{row.case}: {row.tries} tries, {counts}, {row.seconds:.0f} s", flush=True)
    for found in row.found:
        print(f"    {found}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
