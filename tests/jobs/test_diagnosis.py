"""What helps from afar holds nothing of the shop's people."""

import sqlite3
from contextlib import closing
from pathlib import Path

from tests.conftest import NOW

from osdesk import __version__
from osdesk.jobs.diagnosis import _bytes, checked, diagnosis
from osdesk.persistence.store import open_store
from osdesk.services.shop.shop import shop_view


def test_it_says_versions_sizes_and_no_name(demo: Path):
    store = open_store(demo, write=False, clock=lambda: NOW)
    facts = dict(diagnosis(store, now=NOW))
    words = "\n".join(f"{name}: {value}" for name, value in facts.items())
    assert facts["osdesk"] == __version__
    assert int(facts["Ordens"]) > 0
    assert facts["Banco de dados"].endswith("B")
    assert store.database.read(shop_view).name not in words
    assert str(Path.home()) not in words
    assert checked(store) == []
    store.close()


def test_what_is_wrong_is_told_without_what_was_typed(demo: Path):
    with closing(sqlite3.connect(demo / "osdesk.db")) as connection:
        connection.execute(
            "UPDATE orders SET total = total + 1, balance = balance + 1 WHERE number = 1"
        )
        connection.commit()
    store = open_store(demo, write=False, clock=lambda: NOW)
    problems = checked(store)
    store.close()
    assert problems
    assert all(problem[0].isupper() and problem.endswith(".") for problem in problems)


def test_sizes_are_read_as_they_are_written_here():
    assert [_bytes(n) for n in (0, 999, 1000, 3_449_000, 12_000_000_000)] == [
        "0 bytes",
        "999 bytes",
        "1,0 kB",
        "3,4 MB",
        "12,0 GB",
    ]
