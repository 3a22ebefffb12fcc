"""The orders of a month as CSV for a Brazilian spreadsheet: ``;``, decimal comma, dd/mm/aaaa."""

import csv
import io
from datetime import date
from pathlib import Path

from osdesk import texts
from osdesk.domain.calendar import format_date
from osdesk.domain.money import format_amount
from osdesk.domain.shapes import MonthReport
from osdesk.interchange.cells import guarded, plain

HEAD = (
    "OS",
    "Cliente",
    "Equipamento",
    "Responsável",
    "Entrada",
    "Pronta em",
    "Entregue em",
    "Situação",
    "Total (R$)",
    "Saldo (R$)",
)


def csv_bytes(report: MonthReport) -> bytes:
    """UTF-8 with BOM, CRLF, every field quoted; the same report gives the same bytes."""
    out = io.StringIO(newline="")
    rows = csv.writer(out, delimiter=";", quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    rows.writerow(HEAD)
    for order in report.orders:
        rows.writerow(
            (
                str(order.number),
                _text(order.customer),
                _text(order.equipment),
                _text(order.technician or ""),
                _day(order.requested_on),
                _day(order.ready_on),
                _day(order.delivered_on),
                texts.STATUS[order.status],
                _number(order.total),
                _number(order.balance),
            )
        )
    return out.getvalue().encode("utf-8-sig")


def write_csv(report: MonthReport, path: Path) -> None:
    path.write_bytes(csv_bytes(report))


def _text(text: str) -> str:
    return guarded(plain(text))


def _day(day: date | None) -> str:
    return format_date(day) if day else ""


def _number(cents: int) -> str:
    """Without points between thousands: a spreadsheet takes those for text."""
    sign = "-" if cents < 0 else ""
    return sign + format_amount(abs(cents)).replace(".", "")
