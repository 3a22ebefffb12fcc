"""A report whose figures and lists come from one record, as a built one's need not."""

from datetime import date

import pytest
from tests.conftest import NOW

from osdesk.domain.period import Period
from osdesk.domain.views.figures import MonthReport
from osdesk.jobs.demo.demo import fill_demo
from osdesk.persistence.store import open_store
from osdesk.services.reports.reports import report_of


@pytest.fixture(scope="session")
def shop_report(tmp_path_factory: pytest.TempPathFactory) -> MonthReport:
    """Five months of a demonstration shop, with all that may happen in them."""
    folder = tmp_path_factory.mktemp("report") / "shop"
    store = open_store(folder, write=True, create=True, clock=lambda: NOW)
    fill_demo(store, orders=600, seed=5, until=date(2026, 11, 24), now=NOW)
    days = Period.of(date(2026, 6, 1), date(2026, 10, 31))
    found = store.database.read(report_of, days, now=NOW)
    store.close()
    return found
