"""The parts of the month report: each says by which date it counts, and adds up on the page."""

from collections.abc import Sequence
from datetime import date

from osdesk import texts
from osdesk.documents import charts, fonts
from osdesk.documents.draw import INK, MUTED, Style
from osdesk.documents.report_tables import (
    MARGIN,
    USUAL,
    WIDTH,
    Column,
    Looks,
    Pages,
    Table,
    columns,
)
from osdesk.documents.report_words import (
    NONE,
    amount,
    change,
    counted,
    end_of,
    reais,
    share,
    tenths,
    whole,
    with_promise,
)
from osdesk.domain.calendar import format_date
from osdesk.domain.charts import Bar, column_bars, row_bars
from osdesk.domain.codes import PaymentMethod
from osdesk.domain.shapes import MonthFigures, MonthReport, RevenueRow

_TITLE = Style(fonts.SEMIBOLD, 11.5)
_BASIS = Style(size=8, colour=MUTED)
_TEXT = Style(size=8.5)
_TOTAL = Style(fonts.SEMIBOLD, 8.5)
_NUMBERS = Style(size=7.5)
_LISTED = Looks(
    body=Style(fonts.CONDENSED, 7.2),
    head=Style(fonts.CONDENSED_SEMIBOLD, 7.2),
    total=Style(fonts.SEMIBOLD, 7.2),
    white=1.7,
    pad=2.0,
)
_CHART = 8.0
"""Size of a chart's text; a chart of names may go down to the smaller one."""
_CHART_SMALL = 6.0
_NAMES_WIDE = WIDTH * 0.34
_ROW = 15.0
_DAYS_HIGH = 152.0
_MOST_BARS = 12


def _section(pages: Pages, title: str, basis: str, *, room: float = 70.0) -> None:
    """A heading that is never the last thing on a page."""
    if pages.room < room + 40:
        pages.turn()
    else:
        pages.skip(18)
    pages.write(title, _TITLE)
    pages.write(basis, _BASIS)
    pages.skip(4)


# --- figures against other months ---------------------------------------------------------------

_MONEY = {
    *("labor", "parts", "discounts", "revenue", "parts_cost", "margin"),
    *("received", "reversed", "receivable"),
}
_MEANS = {"mean_late_days": "late", "mean_days_to_ready": "finished"}
"""Means in tenths of a day, and how many orders they are of."""


def _shown(name: str, figures: MonthFigures) -> str:
    value = getattr(figures, name)
    if name in _MONEY:
        return amount(value)
    if name not in _MEANS:
        return whole(value)
    return f"{tenths(value)} dias" if getattr(figures, _MEANS[name]) else NONE


def _figures_table(pages: Pages, report: MonthReport, names: Sequence[str]) -> None:
    now, before, year_ago = report.figures, report.before, report.year_ago
    heads = [each.month.label().replace(" de ", "\nde ") for each in (now, before, year_ago)]
    table = columns(
        ("", 116, "left"),
        ("Conta", 166, "left"),
        (heads[0], 54, "right"),
        (heads[1], 54, "right"),
        ("Variação", 41, "right"),
        (heads[2], 54, "right"),
        ("Variação", 41, "right"),
    )
    rows = []
    for name in names:
        label, basis = texts.FIGURE[name]
        unit = " (R$)" if name in _MONEY else ""
        value = getattr(now, name)
        rows.append(
            (
                f"{label}{unit}",
                basis,
                _shown(name, now),
                _shown(name, before),
                change(value, getattr(before, name)),
                _shown(name, year_ago),
                change(value, getattr(year_ago, name)),
            )
        )
    Table(pages, table, USUAL).draw(rows)


def main_figures(pages: Pages, report: MonthReport) -> None:
    names = ("opened", "finished", "delivered", "cancelled", "late", "mean_days_to_ready")
    _figures_table(
        pages, report, (*names, "revenue", "margin", "received", "reversed", "receivable")
    )


def revenue(pages: Pages, report: MonthReport) -> None:
    figures = report.figures
    _section(pages, "Faturamento", "Ordens entregues no mês, por data de entrega.", room=150)
    _figures_table(
        pages, report, ("labor", "parts", "discounts", "revenue", "parts_cost", "margin")
    )
    pages.skip(4)
    text = (
        "Mão de obra e materiais menos descontos dão o faturado; menos o custo das peças, a margem"
    )
    if figures.revenue > 0 and figures.margin >= 0:
        text += f", que é {share(figures.margin, figures.revenue)} do faturado"
    pages.write(f"{text}.", _BASIS)
    months = [report.year_ago, report.before, figures]
    if any(each.revenue for each in months):
        bars = [
            Bar(
                each.month.label(),
                each.revenue,
                strong=each is figures,
                note=reais(each.revenue),
            )
            for each in months
        ]
        _rows(pages, bars)


# --- money received and owed --------------------------------------------------------------------


def received(pages: Pages, report: MonthReport) -> None:
    figures = report.figures
    basis = (
        "Por data do recebimento; estornos e devoluções saem na sua própria data, "
        "e cada meio e cada dia já os desconta."
    )
    _section(pages, "Recebimentos", basis, room=120)
    net = figures.received - figures.reversed
    by_method = figures.received_by_method
    if not figures.received and not figures.reversed:
        pages.write("Nenhum pagamento no mês.", _TEXT)
        return
    bars = [
        _part(texts.METHOD[method], by_method[method], net)
        for method in PaymentMethod
        if by_method.get(method)
    ]
    _rows(pages, bars)
    _sum(pages, "Recebido", figures.received)
    _sum(pages, "Estornado e devolvido", -figures.reversed)
    _sum(pages, "Recebido líquido", net, ruled=True)
    _by_day(pages, report)


def _by_day(pages: Pages, report: MonthReport) -> None:
    pages.need(_DAYS_HIGH + 30)
    pages.skip(8)
    pages.write("Recebido líquido por dia (R$)", _TOTAL)
    pages.skip(2)
    bars = [Bar(str(day.day), cents) for day, cents in report.received_by_day]
    drawing = column_bars(bars, WIDTH, _DAYS_HIGH, charts.measure, 7.0)
    pages.y = charts.paint(pages.sheet, drawing, MARGIN, pages.y)


def receivable(pages: Pages, report: MonthReport) -> None:
    figures = report.figures
    when = end_of(report)
    basis = f"Saldo em {when} das ordens prontas, entregues ou devolvidas, por data de vencimento."
    _section(pages, f"A receber em {when}", basis, room=130)
    if not figures.receivable:
        pages.write("Nada a receber.", _TEXT)
        return
    ages = figures.receivable_by_age.items()
    _rows(pages, [_part(texts.AGE[age], cents, figures.receivable) for age, cents in ages])
    orders = counted(figures.receivable_orders, "ordem", "ordens")
    _sum(pages, f"A receber em {orders}", figures.receivable, ruled=True)
    if not report.debtors:
        pages.skip(4)
        pages.write("Nenhum cliente com saldo vencido.", _TEXT)
        return
    _section(
        pages,
        f"Clientes com saldo vencido em {when}",
        "Uso interno da assistência: não é documento de cobrança e não fica à vista do público.",
    )
    table = columns(
        ("Cliente", 290, "left"),
        ("Vencido desde", 90, "right"),
        ("Dias", 50, "right"),
        ("Valor (R$)", 97, "right"),
    )
    rows = [
        (each.customer, format_date(each.since), whole(each.days), amount(each.amount))
        for each in report.debtors
    ]
    total = sum(each.amount for each in report.debtors)
    clients = counted(len(rows), "cliente", "clientes")
    Table(pages, table, USUAL).draw(rows, (clients, "", "", amount(total)))


def _part(name: str, cents: int, total: int) -> Bar:
    return Bar(name, max(cents, 0), note=f"{reais(cents)} · {share(cents, total)}")


def _sum(pages: Pages, name: str, cents: int, *, ruled: bool = False) -> None:
    style = _TOTAL if ruled else _TEXT
    pages.need(style.leading + 4)
    if ruled:
        pages.sheet.rule(MARGIN, pages.y + 1, MARGIN + WIDTH, weight=0.8, colour=INK)
        pages.y += 3
    baseline = pages.y + style.baseline
    pages.sheet.text(MARGIN, baseline, name, style)
    pages.sheet.text(MARGIN + WIDTH, baseline, reais(cents), style, "right")
    pages.y += style.leading + 1


def _rows(pages: Pages, bars: Sequence[Bar]) -> None:
    """Lying bars. Long names make the text smaller; none is cut: rather no chart than half a name,
    the figures are in the table."""
    if not bars:
        return
    size, widest = _CHART, max(charts.measure(bar.label, _CHART) for bar in bars)
    if widest > _NAMES_WIDE:
        size *= _NAMES_WIDE / widest
    if size < _CHART_SMALL:
        return
    drawing = row_bars(bars, WIDTH, charts.measure, size, _ROW)
    pages.need(drawing.height + 8)
    pages.skip(6)
    pages.y = charts.paint(pages.sheet, drawing, MARGIN, pages.y) + 2


# --- promises and names -------------------------------------------------------------------------


def punctuality(pages: Pages, report: MonthReport) -> None:
    figures, done = report.figures, with_promise(report)
    basis = "Atrasada é a que ficou pronta ou foi entregue no mês depois do dia prometido."
    _section(pages, "Prazos", basis, room=90)
    if not done:
        pages.write("Nenhuma ordem ficou pronta ou foi entregue no mês.", _TEXT)
        return
    _figures_table(pages, report, ("late", "mean_late_days", "mean_days_to_ready"))
    pages.skip(4)
    orders = counted(done, "ordem pronta ou entregue", "ordens prontas ou entregues")
    pages.write(
        f"{whole(figures.late)} de {orders} no mês: {share(figures.late, done)} com atraso.", _TEXT
    )


def by_names(pages: Pages, report: MonthReport) -> None:
    basis = "Ordens entregues no mês, por data de entrega."
    own = (
        "Por data de entrega. Cada linha conta para quem a fez, senão para o responsável da "
        "ordem; uma ordem de dois conta nas ordens de ambos."
    )
    _names(pages, "Por técnico", own, "Responsável", report.by_technician, report.figures.delivered)
    shown = sorted(report.by_technician, key=lambda row: -row.revenue)[:_MOST_BARS]
    if len(shown) > 1 and any(row.revenue > 0 for row in shown):
        _rows(
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
    _section(pages, title, basis)
    if not rows:
        pages.write("Nenhuma ordem entregue no mês.", _TEXT)
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
    _section(pages, "Ordens do mês", basis)
    page = pages.page
    if not report.orders:
        pages.write("Nenhuma ordem no mês.", _TEXT)
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
    _section(pages, "Ordens de cada total", "Os números das ordens que cada total contou.")
    page = pages.page
    for key, found in report.numbers.items():
        label, basis = texts.FIGURE[key]
        pages.skip(6)
        heading = f"{label}: {whole(len(found))} ({basis})"
        pages.write(heading, _TOTAL, keep=_NUMBERS.leading)
        pages.write("   ".join(map(str, found)) or "Nenhuma.", _NUMBERS)
    return page
