"""The lists of the month report: revenue by name, the month's orders, the numbers of each count."""

from collections.abc import Sequence
from datetime import date

from osdesk import texts
from osdesk.documents import fonts
from osdesk.documents.draw import Style
from osdesk.documents.report_sections import TEXT, TOTAL, bar_rows, section
from osdesk.documents.report_tables import USUAL, Column, Looks, Pages, Table, columns
from osdesk.documents.report_words import NONE, amount, counted, reais, whole
from osdesk.domain.charts import Bar
from osdesk.domain.figures import MonthReport, RevenueRow

_NUMBERS = Style(size=7.5)
_LISTED = Looks(
    body=Style(fonts.CONDENSED, 7.2),
    head=Style(fonts.CONDENSED_SEMIBOLD, 7.2),
    total=Style(fonts.SEMIBOLD, 7.2),
    white=1.7,
    pad=2.0,
)
_MOST_BARS = 12


def by_names(pages: Pages, report: MonthReport) -> None:
    basis = "Ordens entregues no mês, por data de entrega."
    own = (
        "Por data de entrega. Cada linha conta para quem a fez, senão para o responsável da "
        "ordem; uma ordem de dois conta nas ordens de ambos."
    )
    _names(pages, "Por técnico", own, "Responsável", report.by_technician, report.figures.delivered)
    shown = sorted(report.by_technician, key=lambda row: -row.revenue)[:_MOST_BARS]
    if len(shown) > 1 and any(row.revenue > 0 for row in shown):
        bar_rows(
            pages,
            [Bar(row.name or texts.NOBODY, row.revenue, note=reais(row.revenue)) for row in shown],
        )
    _names(pages, "Por tipo de serviço", basis, "Tipo de serviço", report.by_service_type)
    _names(pages, "Por equipamento", basis, "Equipamento", report.by_equipment)


def _names(
    pages: Pages,
    title: str,
    basis: str,
    head: str,
    rows: Sequence[RevenueRow],
    orders: int | None = None,
) -> None:
    section(pages, title, basis)
    if not rows:
        pages.write("Nenhuma ordem entregue no mês.", TEXT)
        return
    table = columns(
        (head, 140, "left"),
        ("Ordens", 42, "right"),
        ("Mão de obra (R$)", 58, "right"),
        ("Materiais (R$)", 58, "right"),
        ("Descontos (R$)", 54, "right"),
        ("Faturado (R$)", 58, "right"),
        ("Custo das peças (R$)", 58, "right"),
        ("Margem (R$)", 59, "right"),
    )
    Table(pages, table, USUAL).draw(
        [_revenue_row(row) for row in rows],
        _revenue_row(
            RevenueRow(
                "Total",
                sum(row.orders for row in rows) if orders is None else orders,
                sum(row.labor for row in rows),
                sum(row.parts for row in rows),
                sum(row.discounts for row in rows),
                sum(row.revenue for row in rows),
                sum(row.parts_cost for row in rows),
            )
        ),
    )


def _revenue_row(row: RevenueRow) -> tuple[str, ...]:
    money = (row.labor, row.parts, row.discounts, row.revenue, row.parts_cost)
    margin = row.revenue - row.parts_cost
    return (row.name or texts.NOBODY, whole(row.orders), *map(amount, (*money, margin)))


# --- the orders ---------------------------------------------------------------------------------

_ORDERS: tuple[Column, ...] = columns(
    ("OS", 31.5, "left"),
    ("Cliente", 104, "left"),
    ("Equipamento", 99, "left"),
    ("Responsável", 50, "left"),
    ("Entrada", 33, "left"),
    ("Pronta", 33, "left"),
    ("Entrega", 33, "left"),
    ("Situação", 63, "left"),
    ("Total (R$)", 40, "right"),
    ("Saldo (R$)", 40, "right"),
)


def orders(pages: Pages, report: MonthReport) -> int:
    """The list of the month's orders; answers the page it begins on, from 0."""
    basis = "Que entraram, ficaram prontas, foram entregues, devolvidas ou canceladas no mês."
    section(pages, "Ordens do mês", basis)
    page = pages.page
    if not report.orders:
        pages.write("Nenhuma ordem no mês.", TEXT)
        return page
    days: dict[date | None, str] = {None: NONE}
    rows = []
    for order in report.orders:
        for day in (order.requested_on, order.ready_on, order.delivered_on):
            if day not in days:
                days[day] = f"{day:%d/%m/%y}"
        rows.append(
            (
                str(order.number),
                order.customer,
                order.equipment,
                order.technician or NONE,
                days[order.requested_on],
                days[order.ready_on],
                days[order.delivered_on],
                texts.STATUS[order.status],
                amount(order.total),
                amount(order.balance),
            )
        )
    total = amount(sum(order.total for order in report.orders))
    balance = amount(sum(order.balance for order in report.orders))
    count = counted(len(rows), "ordem", "ordens")
    Table(pages, _ORDERS, _LISTED).draw(rows, ("", count, "", "", "", "", "", "", total, balance))
    return page


def numbers(pages: Pages, report: MonthReport) -> int:
    """Which orders each count counted; answers the page it begins on, from 0."""
    section(pages, "Ordens de cada total", "Os números das ordens que cada total contou.")
    page = pages.page
    for key, found in report.numbers.items():
        label, basis = texts.FIGURE[key]
        pages.skip(6)
        heading = f"{label}: {whole(len(found))} ({basis})"
        pages.write(heading, TOTAL, keep=_NUMBERS.leading)
        pages.write("   ".join(map(str, found)) or "Nenhuma.", _NUMBERS)
    return page
