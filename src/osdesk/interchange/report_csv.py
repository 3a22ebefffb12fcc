"""The month report as CSV for a Brazilian spreadsheet: ``;``, decimal comma, dd/mm/aaaa.

One file holds one table: ``.csv`` is the list of orders, ``.zip`` all tables, each in its file.
"""

import csv
import io
import zipfile
from datetime import date
from decimal import Decimal

from osdesk.domain.text import fold
from osdesk.domain.views.figures import MonthReport
from osdesk.interchange.cells import csv_day, csv_text
from osdesk.interchange.report_tables import orders_table
from osdesk.interchange.report_xlsx import tables_of
from osdesk.interchange.workbook import COUNT, MONEY, SHARE, Cell, Formula, Table

_ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The same report gives the same bytes: no clock in the archive."""


def csv_bytes(report: MonthReport) -> bytes:
    """The period's orders. UTF-8 with BOM, CRLF, every field quoted; the same report gives the same
    bytes."""
    return table_bytes(orders_table(report))


def csv_zip_bytes(report: MonthReport) -> bytes:
    """Every table of the report, one CSV each."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for table in tables_of(report):
            info = zipfile.ZipInfo(f"{fold(table.sheet).replace(' ', '-')}.csv", _ZIP_EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, table_bytes(table))
    return out.getvalue()


def table_bytes(table: Table) -> bytes:
    """Head and rows; totals are left to who reads, who would count them twice."""
    out = io.StringIO(newline="")
    rows = csv.writer(out, delimiter=";", quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    rows.writerow([column.title for column in table.columns])
    for number, row in enumerate(table.rows):
        own = table.row_formats[number] if table.row_formats else None
        rows.writerow(
            _text(cell, column.format or own)
            for column, cell in zip(table.columns, row, strict=True)
        )
    return out.getvalue().encode("utf-8-sig")


def _text(cell: Cell, number: str | None) -> str:
    value = cell.value if isinstance(cell, Formula) else cell
    if value is None:
        return ""
    if isinstance(value, str):
        return csv_text(value)
    if isinstance(value, date):
        return csv_day(value)
    return _number(Decimal(value), number)


def _number(value: Decimal, number: str | None) -> str:
    """With a decimal comma and no points between thousands, which spreadsheets take for text."""
    if number == MONEY:
        return f"{value:.2f}".replace(".", ",")
    if number in (COUNT, "0"):
        return f"{value:.0f}"
    return f"{value:.4f}".replace(".", ",") if number == SHARE else f"{value:.1f}".replace(".", ",")
