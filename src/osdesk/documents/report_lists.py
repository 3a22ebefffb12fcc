"""Revenue by name in the month report: who did it, what it was, on which kind of device."""

from collections.abc import Sequence

from osdesk import texts
from osdesk.documents.report_sections import TEXT, bar_rows, section
from osdesk.documents.report_tables import USUAL, Pages, Table, columns
from osdesk.documents.report_words import amount, in_it, reais, whole
from osdesk.domain.charts import Bar
from osdesk.domain.figures import MonthReport, RevenueRow

_MOST_BARS = 12
_NAME_HIGH = 15.0
"""Of a row of the table, and of a bar."""
_MOST_HIGH = 300.0


def by_names(pages: Pages, report: MonthReport) -> None:
    basis = f"Ordens entregues {in_it(report)}, por data de entrega."
    none = f"Nenhuma ordem entregue {in_it(report)}."
    own = (
        "Por data de entrega. Cada linha conta para quem a fez, senão para o responsável da "
        "ordem; uma ordem de dois conta nas ordens de ambos."
    )
    delivered = report.figures.delivered
    shown = sorted(report.by_technician, key=lambda row: -row.revenue)[:_MOST_BARS]
    # so that the bars stand under their table, where it is no long one
    pages.need(min(_NAME_HIGH * 2 * (len(report.by_technician) + 3), _MOST_HIGH))
    _names(pages, "Por técnico", own, none, "Responsável", report.by_technician, delivered)
    if len(shown) > 1 and any(row.revenue > 0 for row in shown):
        bar_rows(
            pages,
            [Bar(row.name or texts.NOBODY, row.revenue, note=reais(row.revenue)) for row in shown],
        )
    _names(pages, "Por tipo de serviço", basis, none, "Tipo de serviço", report.by_service_type)
    _names(pages, "Por equipamento", basis, none, "Equipamento", report.by_equipment)


def _names(
    pages: Pages,
    title: str,
    basis: str,
    none: str,
    head: str,
    rows: Sequence[RevenueRow],
    orders: int | None = None,
) -> None:
    section(pages, title, basis)
    if not rows:
        pages.write(none, TEXT)
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
