"""The month report as a workbook, a table a sheet: figures, receipts, debts, names, orders."""

from collections.abc import Sequence
from decimal import Decimal

from osdesk import texts
from osdesk.domain.calendar import format_date, format_moment, load_zone, local_day
from osdesk.domain.codes import PaymentMethod
from osdesk.domain.figures import MonthFigures, MonthReport, RevenueRow
from osdesk.interchange.workbook import (
    COUNT,
    DAY,
    MONEY,
    SHARE,
    TENTHS,
    Cell,
    Column,
    Formula,
    Table,
    letter,
    workbook,
)


def xlsx_bytes(report: MonthReport) -> bytes:
    """The same report gives the same bytes."""
    return workbook(
        _tables(report),
        title=f"Fechamento de {report.figures.month.label()}",
        author=report.shop.name,
        created=report.issued_at,
    )


def _tables(report: MonthReport) -> list[Table]:
    figures = report.figures
    money = Column("Valor (R$)", 16, MONEY, summed=True)
    return [
        _summary(report),
        Table(
            "Recebimentos",
            (Column("Meio", 24), money),
            [
                (texts.METHOD[method], _reais(figures.received_by_method.get(method, 0)))
                for method in PaymentMethod
            ],
            total="Total líquido",
        ),
        Table(
            "Recebido por dia",
            (Column("Dia", 14, DAY), money),
            [(day, _reais(amount)) for day, amount in report.received_by_day],
            total="Total",
        ),
        Table(
            "A receber",
            (Column("Vencimento", 24), money),
            [(texts.AGE[age], _reais(amount)) for age, amount in figures.receivable_by_age.items()],
            total="Total",
        ),
        Table(
            "Saldos vencidos",
            (
                Column("Cliente", 44),
                Column("Desde", 14, DAY),
                Column("Dias", 10, COUNT),
                money,
            ),
            [
                (each.customer, each.since, each.days, _reais(each.amount))
                for each in report.debtors
            ],
            total="Total",
        ),
        _names("Por técnico", "Responsável", report.by_technician),
        _names("Por serviço", "Tipo de serviço", report.by_service_type),
        _names("Por equipamento", "Equipamento", report.by_equipment),
        _orders(report),
        Table(
            "Ordens por total",
            (Column("Total", 36), Column("OS", 12, "0")),
            [
                (texts.FIGURE[key][0], number)
                for key, numbers in report.numbers.items()
                for number in numbers
            ],
        ),
    ]


def _names(sheet: str, title: str, rows: Sequence[RevenueRow]) -> Table:
    money = [
        Column(name, 18, MONEY, summed=True)
        for name in (
            "Mão de obra (R$)",
            "Materiais (R$)",
            "Descontos (R$)",
            "Faturado (R$)",
            "Custo das peças (R$)",
            "Margem (R$)",
        )
    ]
    return Table(
        sheet,
        (Column(title, 34), Column("Ordens", 10, COUNT, summed=sheet != "Por técnico"), *money),
        [
            (
                texts.NOBODY if row.name is None else row.name,
                row.orders,
                *map(_reais, (row.labor, row.parts, row.discounts, row.revenue, row.parts_cost)),
                _reais(row.revenue - row.parts_cost),
            )
            for row in rows
        ],
        total="Total",
    )


def _orders(report: MonthReport) -> Table:
    return Table(
        "Ordens",
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
                _reais(order.total),
                _reais(order.balance),
            )
            for order in report.orders
        ],
        total="Total",
    )


# --- the figures against other months -----------------------------------------------------------

_COUNTS = ("opened", "finished", "delivered", "cancelled", "late")
_DAYS = ("mean_late_days", "mean_days_to_ready")
_MONEY = (
    *("labor", "parts", "discounts", "revenue", "parts_cost", "margin"),
    *("received", "reversed", "receivable"),
)
_FORMATS = (*[COUNT] * len(_COUNTS), *[TENTHS] * len(_DAYS), *[MONEY] * len(_MONEY))


def _summary(report: MonthReport) -> Table:
    zone = load_zone(report.shop.zone)
    months = [report.figures, report.before, report.year_ago]
    now, before, year_ago = (figures.month.label() for figures in months)
    partial = ""
    if report.partial:
        partial = f" (parcial até {format_date(local_day(report.issued_at, zone))})"
    above = (
        report.shop.name,
        f"Fechamento de {now}{partial}",
        f"Emitido em {format_moment(report.issued_at, zone)}",
    )
    columns = (
        Column("Número", 34),
        Column("Como conta", 50),
        Column(now, 20),
        Column(before, 20),
        Column("Variação", 11, SHARE),
        Column(year_ago, 20),
        Column("Variação", 11, SHARE),
    )
    rows: list[Sequence[Cell]] = []
    names = (*_COUNTS, *_DAYS, *_MONEY)
    values = zip(names, *map(_values, months), strict=True)
    for row, (name, value, then, long_ago) in enumerate(values, start=len(above) + 3):
        label, basis = texts.FIGURE[name]
        rows.append(
            (
                label,
                basis,
                value,
                then,
                _change(row, 3, value, then),
                long_ago,
                _change(row, 5, value, long_ago),
            )
        )
    return Table("Resumo", columns, rows, above=above, row_formats=_FORMATS)


def _change(row: int, place: int, now: Decimal, then: Decimal) -> Formula:
    """From the column at ``place`` to the month's own, C; "—" where there is nothing to compare."""
    old = f"{letter(place)}{row}"
    text = f'=IF({old}>0,(C{row}-{old})/{old},"—")'
    return Formula(text, (now - then) / then if then > 0 else "—")


def _values(figures: MonthFigures) -> list[Decimal]:
    return [
        *(Decimal(getattr(figures, name)) for name in _COUNTS),
        *(Decimal(getattr(figures, name)).scaleb(-1) for name in _DAYS),
        *(_reais(getattr(figures, name)) for name in _MONEY),
    ]


def _reais(cents: int) -> Decimal:
    return Decimal(cents).scaleb(-2)
