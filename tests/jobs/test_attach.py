"""Ten sheets printed, scanned and filed back; ``python -m tests.scans`` does it with a hundred."""

from datetime import date
from pathlib import Path

from tests.conftest import NOW
from tests.scans.trial import run_trial

from osdesk.jobs.check import check
from osdesk.jobs.demo.demo import fill_demo
from osdesk.persistence.store import Store


def test_ten_sheets_find_their_orders(store: Store, tmp_path: Path) -> None:
    """Takes seconds: ten sheets are drawn, scanned and read; tests/scans does it by hundreds."""
    folder = tmp_path / "scans"
    folder.mkdir()
    fill_demo(store, orders=10, seed=5, until=date(2026, 11, 24), now=NOW)
    outcome = run_trial(store, folder, count=10, seed=5, now=NOW)
    assert (outcome.found, outcome.wrong) == (10, [])
    assert check(store) == []
