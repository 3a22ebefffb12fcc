"""The tables of a month report, as sheets of a workbook or as CSV files: one and the same.

Sums that can be had from a list are formulas over that list, so that whoever doubts a total can
follow it to the orders and payments behind.
"""

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal

from osdesk import texts
from osdesk.domain.codes import PaymentMethod
from osdesk.domain.views.figures import (
    COUNTS,
    Adjustment,
    MonthReport,
    RevenueRow,
    billed_orders,
)
from osdesk.interchange.workbook import (
    COUNT,
    DAY,
    MONEY,
    Cell,
    Column,
    Formula,
    Table,
    area,
    letter,
)

ORDERS, BILLED, BEHIND = "Ordens", "Ordens faturadas", "Ordens por total"
PAYMENTS, CHARGES, BALANCES = "Pagamentos", "Abatimentos e encargos", "Saldos"
VALUE = Column("Valor (R$)", 16, MONEY, summed=True)


def detail_tables(report: MonthReport) -> list[Table]:
    """All tables but the summary."""
    tables = [
        _by_method(report),
        _by_day(report),
        _by_age(report),
        _overdue(report),
        _names("Por técnico", "Responsável", report.by_technician),
        _names("Por serviço", "Tipo de serviço", report.by_service_type),
        _names("Por equipamento", "Equipamento", report.by_equipment),
        _billed(report),
        _payments(report),
        _charges(report),
        _balances(report),
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


def _charges(report: MonthReport) -> Table:
    return Table(
        CHARGES,
        (Column("Data", 12, DAY), Column("OS", 10, "0"), Column("O que é", 22), VALUE),
        [
            (each.booked_on, each.number, texts.CHARGE_KIND[each.kind], reais(each.amount))
            for each in report.charges
        ],
    )


def _balances(report: MonthReport) -> Table:
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
                texts.AGE[each.age],
                reais(each.amount),
            )
            for each in report.owed
        ],
        total="Total",
    )


# --- revenue --------------------------------------------------------------------------------------

LABOR, PARTS, DISCOUNTS, FEES, ALLOWANCES, REVENUE, PARTS_COST, SERVICE_COST, MARGIN, UNKNOWN = (
    range(10)
)
"""The columns of money, in their order: those of ``BILLED`` begin at the fifth."""
_REVENUE = (
    "Mão de obra (R$)",
    "Materiais (R$)",
    "Descontos (R$)",
    "Taxas (R$)",
    "Abatimentos (R$)",
    "Faturado (R$)",
    "Custo das peças (R$)",
    "Custo dos serviços (R$)",
    "Margem (R$)",
    "Materiais sem custo informado (R$)",
)


def _money_columns(width: float = 18) -> list[Column]:
    return [Column(name, width, MONEY, summed=True) for name in _REVENUE]


def _money_cells(row: int, first: int, of: RevenueRow) -> tuple[Cell, ...]:
    """What is charged and what it cost, as it is; revenue and margin are made of it.

    ``first``: the place of the column of labour.
    """
    c = [f"{letter(first + step)}{row}" for step in range(len(_REVENUE))]
    revenue = f"=ROUND({c[LABOR]}+{c[PARTS]}-{c[DISCOUNTS]}+{c[FEES]}-{c[ALLOWANCES]},2)"
    margin = f"=ROUND({c[REVENUE]}-{c[PARTS_COST]}-{c[SERVICE_COST]},2)"
    return (
        reais(of.labor),
        reais(of.parts),
        reais(of.discounts),
        reais(of.fees),
        reais(of.allowances),
        Formula(revenue, reais(of.revenue)),
        reais(of.parts_cost),
        reais(of.service_cost),
        Formula(margin, reais(of.margin)),
        reais(of.cost_unknown),
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
                *_money_cells(row, 2, each),
            )
            for row, each in enumerate(rows, start=2)
        ],
        total="Total",
    )


def _billed(report: MonthReport) -> Table:
    return Table(
        BILLED,
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
                *_money_cells(row, 4, share),
            )
            for row, (order, share) in enumerate(billed_orders(report), start=2)
        ],
        total="Total",
    )


# --- orders ---------------------------------------------------------------------------------------


def orders_table(report: MonthReport) -> Table:
    """Each order with what it brought, cost and paid in the period: their sums are its figures."""
    shares = {order.number: share for order, share in billed_orders(report)}
    received: Counter[int] = Counter()
    for payment in report.payments:
        received[payment.number] += payment.amount
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
            *_money_columns(16),
            Column("Recebido no período (R$)", 16, MONEY, summed=True),
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
                *_plain_money(shares.get(order.number)),
                reais(received[order.number]),
            )
            for order in report.orders
        ],
        total="Total",
    )


def _plain_money(share: RevenueRow | None) -> tuple[Cell, ...]:
    if share is None:
        return (None,) * len(_REVENUE)
    return (
        *map(reais, (share.labor, share.parts, share.discounts, share.fees, share.allowances)),
        *map(reais, (share.revenue, share.parts_cost, share.service_cost)),
        *map(reais, (share.margin, share.cost_unknown)),
    )


def _numbers(report: MonthReport) -> Table:
    return Table(
        BEHIND,
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
        counted = each.figure in COUNTS
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
