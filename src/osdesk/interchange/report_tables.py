"""The tables of a month report, as sheets of a workbook or as CSV files: one and the same.

Sums that can be had from a list are formulas over that list, so that whoever doubts a total can
follow it to the orders and payments behind.
"""

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal

from osdesk import texts
from osdesk.domain.codes import PaymentMethod
from osdesk.domain.views.figures import Adjustment, MonthReport, ReportOrder, RevenueRow
from osdesk.interchange.workbook import COUNT, DAY, MONEY, Cell, Column, Formula, Table, area

ORDERS, DELIVERED = "Ordens", "Ordens entregues"
PAYMENTS, BALANCES = "Pagamentos", "Saldos"
VALUE = Column("Valor (R$)", 16, MONEY, summed=True)
_COUNTED = frozenset({"opened", "finished", "delivered", "cancelled", "late"})


def detail_tables(report: MonthReport, age: Callable[[date | None], str]) -> list[Table]:
    """All tables but the summary; ``age``: the bucket of a due day at the period's end."""
    tables = [
        _by_method(report),
        _by_day(report),
        _by_age(report),
        _overdue(report),
        _names("Por técnico", "Responsável", report.by_technician),
        _names("Por serviço", "Tipo de serviço", report.by_service_type),
        _names("Por equipamento", "Equipamento", report.by_equipment),
        delivered_table(report),
        _payments(report),
        _balances(report, age),
        orders_table(report),
        _numbers(report),
    ]
    return [*tables, _adjustments(report.adjustments)] if report.adjustments else tables


def reais(cents: int) -> Decimal:
    return Decimal(cents).scaleb(-2)


# --- receipts and debts ---------------------------------------------------------------------------


def _by_method(report: MonthReport) -> Table:
    count = len(report.payments)
    amounts, methods = area(PAYMENTS, 5, count), area(PAYMENTS, 4, count)
    return Table(
        "Recebimentos",
        (Column("Meio", 24), VALUE),
        [
            (
                texts.METHOD[method],
                Formula(
                    f"=ROUND(SUMIFS({amounts},{methods},A{row}),2)",
                    reais(report.figures.received_by_method.get(method, 0)),
                ),
            )
            for row, method in enumerate(PaymentMethod, start=2)
        ],
        total="Total líquido",
    )


def _by_day(report: MonthReport) -> Table:
    count = len(report.payments)
    amounts, days = area(PAYMENTS, 5, count), area(PAYMENTS, 0, count)
    return Table(
        "Recebido por dia",
        (Column("Dia", 14, DAY), VALUE),
        [
            (day, Formula(f"=ROUND(SUMIFS({amounts},{days},A{row}),2)", reais(amount)))
            for row, (day, amount) in enumerate(report.received_by_day, start=2)
        ],
        total="Total",
    )


def _by_age(report: MonthReport) -> Table:
    count = len(report.owed)
    amounts, ages = area(BALANCES, 4, count), area(BALANCES, 3, count)
    return Table(
        "A receber",
        (Column("Vencimento", 30), VALUE),
        [
            (
                texts.AGE[age],
                Formula(f"=ROUND(SUMIFS({amounts},{ages},A{row}),2)", reais(amount)),
            )
            for row, (age, amount) in enumerate(report.figures.receivable_by_age.items(), start=2)
        ],
        total="Total",
    )


def _overdue(report: MonthReport) -> Table:
    return Table(
        "Saldos vencidos",
        (Column("Cliente", 44), Column("Desde", 14, DAY), Column("Dias", 10, COUNT), VALUE),
        [(each.customer, each.since, each.days, reais(each.amount)) for each in report.debtors],
        total="Total",
    )


def _payments(report: MonthReport) -> Table:
    return Table(
        PAYMENTS,
        (
            Column("Data", 12, DAY),
            Column("OS", 10, "0"),
            Column("Recibo", 10, "0"),
            Column("O que é", 14),
            Column("Meio", 22),
            VALUE,
        ),
        [
            (
                each.paid_on,
                each.number,
                each.receipt,
                texts.PAYMENT_KIND[each.kind],
                texts.METHOD[each.method],
                reais(each.amount),
            )
            for each in report.payments
        ],
        total="Total líquido",
    )


def _balances(report: MonthReport, age: Callable[[date | None], str]) -> Table:
    return Table(
        BALANCES,
        (
            Column("OS", 10, "0"),
            Column("Cliente", 44),
            Column("Vencimento", 14, DAY),
            Column("Faixa", 30),
            VALUE,
        ),
        [
            (
                each.number,
                each.customer,
                each.due_on,
                texts.AGE[age(each.due_on)],
                reais(each.amount),
            )
            for each in report.owed
        ],
        total="Total",
    )


# --- revenue --------------------------------------------------------------------------------------

_REVENUE = (
    "Mão de obra (R$)",
    "Materiais (R$)",
    "Descontos (R$)",
    "Faturado (R$)",
    "Custo das peças (R$)",
    "Margem (R$)",
)


def _money_columns(width: float = 18) -> list[Column]:
    return [Column(name, width, MONEY, summed=True) for name in _REVENUE]


def _money_cells(
    row: int, first: str, labor: int, parts: int, discount: int, cost: int
) -> tuple[Cell, ...]:
    """Labour, materials, discounts and cost as they are; revenue and margin are made of them.

    ``first``: the letter of the column of labour.
    """
    a, b, c, d, e = (f"{chr(ord(first) + step)}{row}" for step in range(5))
    revenue = labor + parts - discount
    return (
        reais(labor),
        reais(parts),
        reais(discount),
        Formula(f"=ROUND({a}+{b}-{c},2)", reais(revenue)),
        reais(cost),
        Formula(f"=ROUND({d}-{e},2)", reais(revenue - cost)),
    )


def _names(sheet: str, title: str, rows: Sequence[RevenueRow]) -> Table:
    return Table(
        sheet,
        (
            Column(title, 34),
            Column("Ordens", 10, COUNT, summed=sheet != "Por técnico"),
            *_money_columns(),
        ),
        [
            (
                texts.NOBODY if each.name is None else each.name,
                each.orders,
                *_money_cells(row, "C", each.labor, each.parts, each.discounts, each.parts_cost),
            )
            for row, each in enumerate(rows, start=2)
        ],
        total="Total",
    )


def delivered_orders(report: MonthReport) -> list[ReportOrder]:
    return [order for order in report.orders if report.period.holds(order.delivered_on)]


def delivered_table(report: MonthReport) -> Table:
    return Table(
        DELIVERED,
        (
            Column("OS", 10, "0"),
            Column("Cliente", 40),
            Column("Responsável", 24),
            Column("Entregue em", 12, DAY),
            *_money_columns(16),
        ),
        [
            (
                order.number,
                order.customer,
                order.technician or "",
                order.delivered_on,
                *_money_cells(row, "E", order.labor, order.parts, order.discount, order.parts_cost),
            )
            for row, order in enumerate(delivered_orders(report), start=2)
        ],
        total="Total",
    )


# --- orders ---------------------------------------------------------------------------------------


def orders_table(report: MonthReport) -> Table:
    return Table(
        ORDERS,
        (
            Column("OS", 10, "0"),
            Column("Cliente", 40),
            Column("Equipamento", 36),
            Column("Responsável", 24),
            Column("Entrada", 12, DAY),
            Column("Pronta em", 12, DAY),
            Column("Entregue em", 12, DAY),
            Column("Situação", 22),
            Column("Total (R$)", 14, MONEY, summed=True),
            Column("Saldo (R$)", 14, MONEY, summed=True),
            Column("Devolvida em", 13, DAY),
            Column("Cancelada em", 13, DAY),
            Column("Dias de atraso", 13, COUNT),
        ),
        [
            (
                order.number,
                order.customer,
                order.equipment,
                order.technician or "",
                order.requested_on,
                order.ready_on,
                order.delivered_on,
                texts.STATUS[order.status],
                reais(order.total),
                reais(order.balance),
                order.returned_on,
                order.cancelled_on,
                order.late_days,
            )
            for order in report.orders
        ],
        total="Total",
    )


def _numbers(report: MonthReport) -> Table:
    return Table(
        "Ordens por total",
        (Column("Total", 36), Column("OS", 12, "0")),
        [
            (texts.FIGURE[key][0], number)
            for key, numbers in report.numbers.items()
            for number in numbers
        ],
    )


def _adjustments(found: Sequence[Adjustment]) -> Table:
    """One row for each order in each figure; orders are counted as such, the rest is money."""
    rows: list[Sequence[Cell]] = []
    for each in found:
        counted = each.figure in _COUNTED
        for number, part in each.orders:
            rows.append(
                (
                    each.month.label(),
                    texts.FIGURE[each.figure][0],
                    number,
                    part if counted else None,
                    None if counted else reais(part),
                )
            )
    return Table(
        "Ajustes",
        (
            Column("Mês fechado", 22),
            Column("Número", 26),
            Column("OS", 10, "0"),
            Column("Diferença em ordens", 20, COUNT),
            Column("Diferença (R$)", 18, MONEY),
        ),
        rows,
    )
