"""A report in words and bars: from figures to rows and charts of the screen."""

from collections.abc import Sequence
from datetime import date

from osdesk.documents.report_words import (
    adjustment_text,
    figure_name,
    last_day,
    receipt_bars,
)
from osdesk.domain.calendar import format_date, format_short
from osdesk.domain.charts import Bar
from osdesk.domain.figures import Adjustment, MonthFigures, MonthReport, ReportOrder, RevenueRow
from osdesk.domain.list_shapes import OrderRow
from osdesk.domain.money import format_amount, format_brl
from osdesk.services.report_figures import age_of
from osdesk.texts import AGE, FIGURE, METHOD, NOBODY, STATUS, plural
from osdesk.ui.theme import STATUS_TONE
from osdesk.ui.two_lines import Lines

AnyOrder = ReportOrder | OrderRow
COUNTS = ("opened", "finished", "delivered", "cancelled", "late")
TENTHS = ("mean_late_days", "mean_days_to_ready")
MAIN = ("revenue", "margin", "received", "receivable")


def figure_text(figures: MonthFigures, name: str) -> str:
    value = getattr(figures, name)
    if name in COUNTS:
        return f"{value:,}".replace(",", ".")
    if name in TENTHS:
        whole, tenth = divmod(value, 10)
        return f"{whole},{tenth} {'dia' if value == 10 else 'dias'}"
    return format_amount(value)


def figure_rows(report: MonthReport) -> list[tuple[Lines, ...]]:
    """Each figure with the date that it counts by, beside the two months it is compared with."""
    rows = []
    for name, (words, basis) in FIGURE.items():
        unit = "" if name in COUNTS or name in TENTHS else " (R$)"
        row = [Lines(words + unit, basis, strong=name in MAIN)]
        for place, figures in enumerate((report.figures, report.before, report.year_ago)):
            text = figure_text(figures, name)
            tone = "muted" if place else "ink"
            row.append(Lines(text, tone=tone, strong=not place, right=True))
        rows.append(tuple(row))
    return rows


BEHIND = {
    "labor": "delivered",
    "parts": "delivered",
    "discounts": "delivered",
    "revenue": "delivered",
    "parts_cost": "delivered",
    "margin": "delivered",
    "mean_late_days": "late",
    "mean_days_to_ready": "finished",
}


def numbers_behind(report: MonthReport, figure: str) -> tuple[int, ...]:
    """Numbers of the orders that a figure counted."""
    return report.numbers[BEHIND.get(figure, figure)]


def order_line(order: AnyOrder, day: date) -> tuple[Lines, ...]:
    return (
        Lines(str(order.number), format_short(day), strong=True),
        Lines(order.customer, order.equipment),
        Lines(STATUS[order.status], pill=STATUS_TONE[order.status]),
        Lines(format_amount(order.total), _balance(order.balance), strong=True, right=True),
    )


def _balance(balance: int) -> str:
    return f"saldo {format_amount(balance)}" if balance else "—"


def day_words(report: MonthReport) -> list[str]:
    """Each bar of ``documents.report_words.receipt_bars`` as it is spoken."""
    bars, by = receipt_bars(report)
    if by == "dia":
        return [f"{format_date(day)}: {format_brl(cents)}" for day, cents in report.received_by_day]
    return [f"{bar.label}: {format_brl(bar.value)}" for bar in bars]


def adjustment_row(each: Adjustment) -> tuple[Lines, ...]:
    return (
        Lines(figure_name(each.figure), each.month.label()),
        Lines(adjustment_text(each), strong=True, right=True),
        Lines(plural(len(each.orders), "ordem", "ordens"), tone="muted", right=True),
    )


def method_numbers(report: MonthReport) -> list[tuple[str, tuple[int, ...]]]:
    """Words and orders behind each bar of ``method_bars``."""
    found = []
    received = report.figures.received_by_method.items()
    for method, _ in sorted(received, key=lambda row: -row[1]):
        numbers = {each.number for each in report.payments if each.method is method}
        found.append((f"Recebido, {METHOD[method]}", tuple(sorted(numbers))))
    return found


def debtor_numbers(report: MonthReport) -> list[tuple[str, tuple[int, ...]]]:
    """Words and orders behind each bar of ``debtor_bars``."""
    last = last_day(report)
    behind: dict[int, list[int]] = {}
    for each in report.owed:
        if each.due_on is not None and each.due_on < last:
            behind.setdefault(each.customer_id, []).append(each.number)
    return [
        (f"Saldo vencido, {each.customer}", tuple(dict.fromkeys(behind.get(each.customer_id, ()))))
        for each in report.debtors
    ]


def age_numbers(report: MonthReport) -> list[tuple[str, tuple[int, ...]]]:
    """Words and orders behind each bar of ``age_bars``."""
    last = last_day(report)
    behind: dict[str, list[int]] = {age: [] for age in report.figures.receivable_by_age}
    for each in report.owed:
        behind[age_of(each.due_on, last)].append(each.number)
    return [(AGE[age], tuple(dict.fromkeys(numbers))) for age, numbers in behind.items()]


def method_bars(report: MonthReport) -> list[Bar]:
    received = report.figures.received_by_method.items()
    rows = sorted(received, key=lambda row: -row[1])
    return [Bar(METHOD[method], cents, note=format_brl(cents)) for method, cents in rows]


def age_bars(report: MonthReport) -> list[Bar]:
    ages = report.figures.receivable_by_age.items()
    return [Bar(AGE[age], cents, note=format_brl(cents)) for age, cents in ages]


def revenue_bars(rows: Sequence[RevenueRow]) -> list[Bar]:
    return [
        Bar(
            row.name or NOBODY,
            row.revenue,
            note=f"{format_brl(row.revenue)} · {plural(row.orders, 'ordem', 'ordens')}",
        )
        for row in rows
    ]


def debtor_bars(report: MonthReport) -> list[Bar]:
    return [
        Bar(
            debtor.customer,
            debtor.amount,
            note=f"{format_brl(debtor.amount)} · {plural(debtor.days, 'dia', 'dias')}",
        )
        for debtor in report.debtors
    ]
