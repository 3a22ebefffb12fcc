"""The month report for scripts: money as decimal strings, names as stored, numbers of orders."""

from collections.abc import Sequence

from osdesk.domain.calendar import load_zone, moment_text
from osdesk.domain.money import decimal_text
from osdesk.domain.views.figures import Adjustment, MonthReport, RevenueRow

COUNTS = ("opened", "finished", "delivered", "cancelled", "late")


def report_to_json(report: MonthReport) -> dict[str, object]:
    """What ``osdesk report YYYY-MM --out X.json`` writes."""
    figures, period = report.figures, report.period
    return {
        "month": str(period.month) if period.month is not None else None,
        "opened": figures.opened,
        "finished": figures.finished,
        "delivered": figures.delivered,
        "cancelled": figures.cancelled,
        "late": figures.late,
        "labor": decimal_text(figures.labor),
        "parts": decimal_text(figures.parts),
        "discounts": decimal_text(figures.discounts),
        "revenue": decimal_text(figures.revenue),
        "parts_cost": decimal_text(figures.parts_cost),
        "margin": decimal_text(figures.margin),
        "received": decimal_text(figures.received),
        "reversed": decimal_text(figures.reversed),
        "received_by_method": {
            method.value: decimal_text(amount)
            for method, amount in figures.received_by_method.items()
        },
        "receivable": decimal_text(figures.receivable),
        "receivable_by_age": {
            age: decimal_text(amount) for age, amount in figures.receivable_by_age.items()
        },
        "by_technician": _rows(report.by_technician),
        "by_service_type": _rows(report.by_service_type),
        "by_equipment": _rows(report.by_equipment),
        "orders": {key: list(report.numbers[key]) for key in (*COUNTS, "receivable")},
        "closed": _closed(report),
        "from": period.first.isoformat(),
        "to": period.last.isoformat(),
        "adjustments": [_adjustment(each) for each in report.adjustments],
    }


def _closed(report: MonthReport) -> dict[str, object] | None:
    if report.closed is None:
        return None
    zone = load_zone(report.shop.zone)
    return {"at": moment_text(report.closed.closed_at, zone), "sha256": report.closed.sha256}


def _adjustment(each: Adjustment) -> dict[str, object]:
    """The difference as its figure is written: orders as a number, money as a decimal string."""

    def shown(value: int) -> object:
        return value if each.figure in COUNTS else decimal_text(value)

    return {
        "month": str(each.month),
        "figure": each.figure,
        "amount": shown(each.amount),
        "orders": [{"number": number, "amount": shown(part)} for number, part in each.orders],
    }


def _rows(rows: Sequence[RevenueRow]) -> list[dict[str, object]]:
    return [
        {
            "name": row.name,
            "orders": row.orders,
            "labor": decimal_text(row.labor),
            "parts": decimal_text(row.parts),
            "discounts": decimal_text(row.discounts),
            "revenue": decimal_text(row.revenue),
            "parts_cost": decimal_text(row.parts_cost),
        }
        for row in rows
    ]
