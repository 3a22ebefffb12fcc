"""A report becomes a file whole or not at all, says how far it is, and stops when told to."""

from datetime import date
from pathlib import Path

import pytest
from tests.conftest import NOW

from osdesk.domain.calendar import Month
from osdesk.domain.errors import UserError
from osdesk.domain.period import Period
from osdesk.jobs.reports import ENDINGS, export_report
from osdesk.persistence.store import open_store

NOVEMBER = Month(2026, 11)


@pytest.fixture
def shop(demo):
    store = open_store(demo, write=False, clock=lambda: NOW)
    yield store
    store.close()


@pytest.mark.parametrize("ending", ENDINGS)
def test_each_ending_makes_its_file_and_tells_how_far_it_is(shop, tmp_path, ending):
    told = []
    out = tmp_path / f"novembro{ending}"
    made = export_report(shop, NOVEMBER, out, now=NOW, progress=lambda *step: told.append(step))
    assert made == out
    assert out.stat().st_size > 100
    assert told[0][0] == 0
    assert all(0 <= done <= of for done, of in told)
    assert [done for done, _ in told] == sorted(done for done, _ in told)


@pytest.mark.parametrize("ending", ENDINGS)
def test_one_that_is_stopped_leaves_everything_as_it_was(shop, tmp_path, ending):
    def stop_at(call: int) -> Path | None:
        asked = iter(range(1_000))
        return export_report(shop, NOVEMBER, out, now=NOW, stopped=lambda: next(asked) == call)

    out = tmp_path / f"novembro{ending}"
    calls = 0
    while stop_at(calls) is None:
        assert not out.exists()
        calls += 1
    assert calls >= 2  # before it is read, and when all is made
    kept = out.read_bytes()
    out.write_bytes(b"what was there")
    assert stop_at(calls - 1) is None
    assert out.read_bytes() == b"what was there"
    assert list(tmp_path.glob("novembro*")) == [out]
    assert stop_at(calls) == out
    assert out.read_bytes() == kept


def test_any_days_and_no_other_ending(shop, tmp_path):
    days = Period(date(2026, 3, 3), date(2026, 11, 15))
    assert export_report(shop, days, tmp_path / "a.json", now=NOW) is not None
    with pytest.raises(UserError) as caught:
        export_report(shop, NOVEMBER, tmp_path / "a.doc", now=NOW)
    assert caught.value.code == "report_ending"
