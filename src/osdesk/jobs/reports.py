"""The month report into a file of the kind that its name's ending asks for."""

import json
from datetime import datetime
from pathlib import Path

from osdesk.domain.calendar import Month
from osdesk.domain.errors import UserError
from osdesk.domain.figures import MonthReport
from osdesk.persistence.files import write_atomic
from osdesk.persistence.store import Store
from osdesk.services.reports import month_report

ENDINGS = (".pdf", ".xlsx", ".csv", ".json")


def read_report(store: Store, month: Month, *, now: datetime) -> MonthReport:
    return store.database.read(month_report, month, now=now)


def render_report(store: Store, report: MonthReport) -> bytes:
    """The report as PDF."""
    from osdesk.documents.month_report import render_month_report

    logo = store.files.read(report.shop.logo) if report.shop.logo else None
    return render_month_report(report, logo=logo)


def export_report(store: Store, month: Month, out: Path, *, now: datetime) -> Path:
    """Write ``.pdf``, ``.xlsx``, ``.csv`` or ``.json``; the file appears only when it is whole.

    Raises UserError ``report_ending``, ``cannot_write``.
    """
    ending = out.suffix.lower()
    if ending not in ENDINGS:
        raise UserError("report_ending", value=out.suffix)
    report = read_report(store, month, now=now)
    match ending:
        case ".pdf":
            write_atomic(out, render_report(store, report))
        case ".xlsx":
            from osdesk.interchange.report_xlsx import xlsx_bytes

            write_atomic(out, xlsx_bytes(report))
        case ".csv":
            from osdesk.interchange.report_csv import csv_bytes

            write_atomic(out, csv_bytes(report))
        case _:
            from osdesk.interchange.report_json import report_to_json

            text = json.dumps(report_to_json(report), ensure_ascii=False, indent=1)
            write_atomic(out, text.encode("utf-8"))
    return out
