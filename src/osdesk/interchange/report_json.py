"""The month report for scripts: money as decimal strings, names as stored, numbers of orders."""

from collections.abc import Sequence

from osdesk.domain.figures import MonthReport, RevenueRow
from osdesk.domain.money import decimal_text


def report_to_json(report: MonthReport) -> dict[str, object]:
    """What ``osdesk report YYYY-MM --out X.json`` writes."""
    figures = report.figures
    return {
        "month": str(figures.month),
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
        "orders": {key: list(numbers) for key, numbers in report.numbers.items()},
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
