"""The month report for scripts: money as decimal strings, names as stored, numbers of orders."""

from collections.abc import Sequence

from osdesk.domain.calendar import load_zone, moment_text
from osdesk.domain.money import decimal_text
from osdesk.domain.views.figures import COUNTS, Adjustment, MonthFigures, MonthReport, RevenueRow

BEHIND = (*COUNTS, "fees", "allowances", "cost_unknown", "receivable", "late_fees")
"""What has the numbers of its orders listed."""


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
        "late_open": figures.late_open,
        "labor": decimal_text(figures.labor),
        "parts": decimal_text(figures.parts),
        "discounts": decimal_text(figures.discounts),
        "fees": decimal_text(figures.fees),
        "allowances": decimal_text(figures.allowances),
        "revenue": decimal_text(figures.revenue),
        "parts_cost": decimal_text(figures.parts_cost),
        "service_cost": decimal_text(figures.service_cost),
        "cost_unknown": decimal_text(figures.cost_unknown),
        "margin": decimal_text(figures.margin),
        "late_fees": decimal_text(figures.late_fees),
        "received": decimal_text(figures.received),
        "reversed": decimal_text(figures.reversed),
        "received_by_method": {
            method.value: decimal_text(amount)
            for method, amount in figures.received_by_method.items()
        },
        "receivable": decimal_text(figures.receivable),
        "receivable_by_age": _ages(figures),
        "receivable_not_delivered": decimal_text(figures.receivable_by_age["not_delivered"]),
        "by_technician": _rows(report.by_technician),
        "by_service_type": _rows(report.by_service_type),
        "by_equipment": _rows(report.by_equipment),
        "orders": {key: list(report.numbers.get(key, ())) for key in BEHIND},
        "closed": _closed(report),
        "from": period.first.isoformat(),
        "to": period.last.isoformat(),
        "adjustments": [_adjustment(each) for each in report.adjustments],
    }


def _ages(figures: MonthFigures) -> dict[str, str]:
    """Here *not due* takes in what waits with its device: ``receivable_not_delivered`` of it."""
    ages = dict(figures.receivable_by_age)
    ages["not_due"] += ages.pop("not_delivered")
    return {age: decimal_text(amount) for age, amount in ages.items()}


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
            "fees": decimal_text(row.fees),
            "allowances": decimal_text(row.allowances),
            "revenue": decimal_text(row.revenue),
            "parts_cost": decimal_text(row.parts_cost),
            "service_cost": decimal_text(row.service_cost),
            "cost_unknown": decimal_text(row.cost_unknown),
        }
        for row in rows
    ]
