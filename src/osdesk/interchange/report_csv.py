"""The orders of a month as CSV for a Brazilian spreadsheet: ``;``, decimal comma, dd/mm/aaaa."""

import csv
import io

from osdesk import texts
from osdesk.domain.figures import MonthReport
from osdesk.interchange.cells import csv_day, csv_number, csv_text

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
                csv_text(order.customer),
                csv_text(order.equipment),
                csv_text(order.technician),
                csv_day(order.requested_on),
                csv_day(order.ready_on),
                csv_day(order.delivered_on),
                texts.STATUS[order.status],
                csv_number(order.total),
                csv_number(order.balance),
            )
        )
    return out.getvalue().encode("utf-8-sig")
