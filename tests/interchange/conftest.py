"""A report whose figures and lists come from one record, as a built one's need not."""

from datetime import date
from pathlib import Path

import pytest
from tests.conftest import NOW

from osdesk.domain.period import Period
from osdesk.domain.views.figures import MonthReport
from osdesk.persistence.store import open_store
from osdesk.services.reports.reports import report_of


@pytest.fixture(scope="session")
def shop_report(demo_shop: Path) -> MonthReport:
    """Five months of a demonstration shop, with all that may happen in them."""
    store = open_store(demo_shop, write=False, clock=lambda: NOW)
    days = Period.of(date(2026, 6, 1), date(2026, 10, 31))
    found = store.database.read(report_of, days, now=NOW)
    store.close()
    return found
