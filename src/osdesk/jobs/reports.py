"""The report of a month or other days into a file of the kind that its name's ending asks for."""

import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from osdesk.domain.calendar import Month
from osdesk.domain.errors import UserError
from osdesk.domain.period import Period
from osdesk.domain.views.figures import MonthReport
from osdesk.persistence.files import refuse_unwritable, write_atomic
from osdesk.persistence.store import Store
from osdesk.services.reports.reports import report_of

ENDINGS = (".pdf", ".xlsx", ".csv", ".json", ".zip")
"""``.zip``: all tables as CSV."""

Progress = Callable[[int, int], object]
"""How much is done, and of how much."""
Stopped = Callable[[], bool]


ROWS_A_PAGE = 60
READING = 8
"""Steps of reading the record, before the pages."""


class _Stop(Exception):  # noqa: N818 - a way out, not an error
    """The person thought better of it."""


class _Ticks:
    """Told at every bit of work: passes it on as progress, and leaves once it is to stop."""

    def __init__(self, progress: Progress | None, stopped: Stopped | None) -> None:
        self._progress, self._stopped = progress, stopped
        self._done, self.all = 0, READING

    def __call__(self) -> None:
        if self._stopped is not None and self._stopped():
            raise _Stop
        if self._progress is not None:
            self._progress(min(self._done, self.all), self.all)
        self._done += 1


def read_report(
    store: Store,
    what: Month | Period,
    *,
    now: datetime,
    each: Callable[[], object] = lambda: None,
) -> MonthReport:
    period = Period.of_month(what) if isinstance(what, Month) else what
    return store.database.read(report_of, period, now=now, each=each)


def render_report(
    store: Store, report: MonthReport, each: Callable[[], object] | None = None
) -> bytes:
    """The report as PDF."""
    from osdesk.documents.report.month_report import render_month_report

    logo = store.files.read(report.shop.logo) if report.shop.logo else None
    return render_month_report(report, logo=logo, each=each)


def export_report(
    store: Store,
    what: Month | Period,
    out: Path,
    *,
    now: datetime,
    progress: Progress | None = None,
    stopped: Stopped | None = None,
) -> Path | None:
    """Write ``.pdf``, ``.xlsx``, ``.csv``, ``.json`` or ``.zip``; the file appears only when it is
    whole.

    ``stopped`` is asked on the way; once it says so, nothing is written, a file that was there
    stays as it was, and the answer is None. Raises UserError ``report_ending``, ``cannot_write``.
    """
    ending = out.suffix.lower()
    if ending not in ENDINGS:
        raise UserError("report_ending", value=out.suffix)
    refuse_unwritable(out)
    ticks = _Ticks(progress, stopped)
    try:
        ticks()
        data = _made(store, read_report(store, what, now=now, each=ticks), ending, ticks)
        ticks()
    except _Stop:
        return None
    write_atomic(out, data)
    return out


def _made(store: Store, report: MonthReport, ending: str, ticks: _Ticks) -> bytes:
    rows = 2 * len(report.orders) + len(report.payments) + len(report.owed)
    match ending:
        case ".pdf":
            ticks.all = READING + 2 * (rows // ROWS_A_PAGE + 6)
            return render_report(store, report, ticks)
        case ".xlsx":
            from osdesk.interchange.report_xlsx import xlsx_bytes
            from osdesk.interchange.workbook import TICK

            ticks.all = READING + rows // TICK + 16
            return xlsx_bytes(report, ticks)
        case ".csv":
            from osdesk.interchange.report_csv import csv_bytes

            return csv_bytes(report)
        case ".zip":
            from osdesk.interchange.report_csv import csv_zip_bytes

            return csv_zip_bytes(report)
        case _:
            from osdesk.interchange.report_json import report_to_json

            text = json.dumps(report_to_json(report), ensure_ascii=False, indent=1)
            return text.encode("utf-8")
