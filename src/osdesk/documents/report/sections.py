"""The parts of the month report: each says by which date it counts, and adds up on the page."""

from collections.abc import Callable, Sequence

from osdesk import texts
from osdesk.documents.kit import charts, fonts
from osdesk.documents.kit.draw import INK, Align, Style
from osdesk.documents.report.tables import (
    MARGIN,
    TOGETHER,
    USUAL,
    WIDTH,
    Pages,
    Table,
    columns,
)
from osdesk.documents.report.words import (
    NONE,
    adjustment_orders,
    adjustment_text,
    amount,
    change_of,
    compared_with,
    counted,
    end_of,
    figure_name,
    in_it,
    listed,
    reais,
    receipt_bars,
    share,
    shown_figures,
    tenths,
    whole,
    without_cost,
)
from osdesk.domain.calendar import format_date
from osdesk.domain.charts import Bar, column_bars, row_bars
from osdesk.domain.codes import PaymentMethod
from osdesk.domain.views.figures import COUNTS, MEANS, MonthFigures, MonthReport, RevenueRow
from osdesk.texts.periods import period_head, period_label

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
    delivered = report.figures.delivered + len(report.numbers.get("fees", ()))
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
    section(pages, title, basis, room=block_room(rows, head=52.0))
    if not rows:
        pages.write(none, TEXT)
        return
    money = money_columns(rows)
    table = columns(
        (head, 140, "left"),
        ("Ordens", 42, "right"),
        *((f"{words} (R$)", 58.0, "right") for words, _ in money),
    )
    count = sum(row.orders for row in rows) if orders is None else orders
    sums = [sum(value(row) for row in rows) for _, value in money]
    Table(pages, table, USUAL).draw(
        [
            (
                row.name or texts.NOBODY,
                whole(row.orders),
                *(amount(value(row)) for _, value in money),
            )
            for row in rows
        ],
        ("Total", whole(count), *map(amount, sums)),
    )


def money_columns(
    rows: Sequence[RevenueRow],
) -> list[tuple[str, Callable[[RevenueRow], int]]]:
    """Each sum of money with its words: fees and allowances only where there are any."""
    found: list[tuple[str, Callable[[RevenueRow], int]]] = [
        ("Mão de obra", lambda row: row.labor),
        ("Materiais", lambda row: row.parts),
        ("Descontos", lambda row: row.discounts),
    ]
    if any(row.fees for row in rows):
        found.append(("Taxas", lambda row: row.fees))
    if any(row.allowances for row in rows):
        found.append(("Abatido", lambda row: row.allowances))
    found.append(("Faturado", lambda row: row.revenue))
    if any(row.service_cost for row in rows):
        found.append(("Custo de peças e serviços", lambda row: row.parts_cost + row.service_cost))
    else:
        found.append(("Custo das peças", lambda row: row.parts_cost))
    found.append(("Margem", lambda row: row.margin))
    return found


_TITLE = Style(fonts.SEMIBOLD, 11.5)
_BASIS = Style(size=8)
TEXT = Style(size=8.5)
TOTAL = Style(fonts.SEMIBOLD, 8.5)
_CHART = 8.0
"""Size of a chart's text; a chart of names may go down to the smaller one."""
_CHART_SMALL = 6.0
_NAMES_WIDE = WIDTH * 0.34
_ROW = 15.0
_DAYS_HIGH = 152.0


def block_room(rows: Sequence[object], *, head: float = 22.0) -> float:
    """What a table's head needs with the rows that stay with it, and a total."""
    together = len(rows) if len(rows) < 2 * TOGETHER else TOGETHER
    return head + 15.0 * (together + 1)


def section(pages: Pages, title: str, basis: str, *, room: float = 70.0) -> None:
    """A heading that is never the last thing on a page."""
    if pages.room < room + 40:
        pages.turn()
    else:
        pages.skip(18)
    pages.write(title, _TITLE)
    pages.write(basis, _BASIS)
    pages.skip(4)


# --- figures against other months ---------------------------------------------------------------


def _shown(name: str, figures: MonthFigures) -> str:
    value = getattr(figures, name)
    if name in COUNTS:
        return whole(value)
    if name not in MEANS:
        return amount(value)
    return f"{tenths(value)} dias" if getattr(figures, MEANS[name]) else NONE


def _figures_table(pages: Pages, report: MonthReport, names: Sequence[str]) -> None:
    now, others = report.figures, compared_with(report)
    specs: list[tuple[str, float, Align]] = [
        ("", 116, "left"),
        ("Conta", 166, "left"),
        ("\n".join(period_head(now.period)), 54, "right"),
    ]
    for each in others:
        specs += [
            ("\n".join(period_head(each.period)), 54, "right"),
            ("Variação", 41, "right"),
        ]
    rows = []
    for name in shown_figures(report, names):
        row = [figure_name(name), texts.FIGURE[name][1], _shown(name, now)]
        for each in others:
            row += [_shown(name, each), change_of(name, now, each)]
        rows.append(row)
    Table(pages, columns(*specs), USUAL).draw(rows)


def main_figures(pages: Pages, report: MonthReport) -> None:
    names = (*COUNTS, "mean_days_to_ready")
    _figures_table(
        pages, report, (*names, "revenue", "margin", "received", "reversed", "receivable")
    )


def revenue(pages: Pages, report: MonthReport) -> None:
    figures = report.figures
    basis = f"Ordens entregues {in_it(report)}, por data de entrega."
    section(pages, "Faturamento", basis, room=230)
    _figures_table(
        pages,
        report,
        (
            *("labor", "parts", "discounts", "fees", "allowances", "revenue"),
            *("parts_cost", "service_cost", "cost_unknown", "margin"),
        ),
    )
    pages.skip(4)
    text = _sums(figures)
    if figures.revenue > 0 and figures.margin >= 0:
        text += f", que é {share(figures.margin, figures.revenue)} do faturado"
    if unknown := without_cost(figures):
        text += f"; {unknown}: eles entram na margem como se nada tivessem custado"
    pages.write(f"{text}.", _BASIS)
    compared = [*compared_with(report)[::-1], figures]
    if any(each.revenue for each in compared):
        bars = [
            Bar(
                period_label(each.period),
                each.revenue,
                strong=each is figures,
                note=reais(each.revenue),
            )
            for each in compared
        ]
        bar_rows(pages, bars)


def _sums(figures: MonthFigures) -> str:
    """How revenue and margin come about, of what there was."""
    more = ["Mão de obra", "materiais"] + (["taxas de devolvidas"] if figures.fees else [])
    less = "descontos e abatimentos" if figures.allowances else "descontos"
    cost = "os custos de peças e serviços" if figures.service_cost else "o custo das peças"
    return f"{listed(more)} menos {less} dão o faturado; menos {cost}, a margem"


# --- money received and owed --------------------------------------------------------------------


def received(pages: Pages, report: MonthReport) -> None:
    figures = report.figures
    basis = (
        "Por data do recebimento; estornos e devoluções saem na sua própria data, "
        "e cada meio e cada dia já os desconta."
    )
    section(pages, "Recebimentos", basis, room=120)
    net = figures.received - figures.reversed
    by_method = figures.received_by_method
    if not figures.received and not figures.reversed:
        pages.write(f"Nenhum pagamento {in_it(report)}.", TEXT)
        return
    bars = [
        _part(texts.METHOD[method], by_method[method], net)
        for method in PaymentMethod
        if by_method.get(method)
    ]
    bar_rows(pages, bars)
    _sum(pages, "Recebido", figures.received)
    _sum(pages, "Estornado e devolvido", -figures.reversed)
    _sum(pages, "Recebido líquido", net, ruled=True)
    _by_day(pages, report)


def _by_day(pages: Pages, report: MonthReport) -> None:
    bars, by = receipt_bars(report)
    pages.need(_DAYS_HIGH + 30)
    pages.skip(8)
    pages.write(f"Recebido líquido por {by} (R$)", TOTAL)
    pages.skip(2)
    drawing = column_bars(bars, WIDTH, _DAYS_HIGH, charts.measure, 7.0)
    pages.y = charts.paint(pages.sheet, drawing, MARGIN, pages.y)


def receivable(pages: Pages, report: MonthReport) -> None:
    figures = report.figures
    when = end_of(report)
    basis = f"Saldo em {when} das ordens prontas, entregues ou devolvidas, por data de vencimento."
    section(pages, f"A receber em {when}", basis, room=130)
    if not figures.receivable:
        pages.write("Nada a receber.", TEXT)
        return
    ages = figures.receivable_by_age.items()
    bars = [
        _part(texts.AGE[age], cents, figures.receivable)
        for age, cents in ages
        if cents or age != "not_delivered"
    ]
    bar_rows(pages, bars)
    orders = counted(figures.receivable_orders, "ordem", "ordens")
    _sum(pages, f"A receber em {orders}", figures.receivable, ruled=True)
    if not report.debtors:
        pages.skip(4)
        pages.write("Nenhum cliente com saldo vencido.", TEXT)
        return
    section(
        pages,
        f"Clientes com saldo vencido em {when}",
        "Uso interno da assistência: não é documento de cobrança e não fica à vista do público.",
        room=block_room(report.debtors),
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
    style = TOTAL if ruled else TEXT
    pages.need(style.leading + 4)
    if ruled:
        pages.sheet.rule(MARGIN, pages.y + 1, MARGIN + WIDTH, weight=0.8, colour=INK)
        pages.y += 3
    baseline = pages.y + style.baseline
    pages.sheet.text(MARGIN, baseline, name, style)
    pages.sheet.text(MARGIN + WIDTH, baseline, reais(cents), style, "right")
    pages.y += style.leading + 1


def bar_rows(pages: Pages, bars: Sequence[Bar]) -> None:
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


# --- promises -------------------------------------------------------------------------------------


def punctuality(pages: Pages, report: MonthReport) -> None:
    figures, within = report.figures, in_it(report)
    basis = (
        f"Atrasada é a que ficou pronta {within} depois do dia prometido, não importa quando o "
        "cliente a buscou."
    )
    section(pages, "Prazos", basis, room=90)
    if not (figures.finished or figures.late_open):
        pages.write(f"Nenhuma ordem ficou pronta {within}.", TEXT)
        return
    _figures_table(pages, report, ("late", "mean_late_days", "late_open", "mean_days_to_ready"))
    if figures.finished:
        pages.skip(4)
        orders = counted(figures.finished, "ordem que ficou pronta", "ordens que ficaram prontas")
        late = share(figures.late, figures.finished)
        pages.write(f"{whole(figures.late)} de {orders} {within}: {late} com atraso.", TEXT)


# --- closed months --------------------------------------------------------------------------------


def adjustments(pages: Pages, report: MonthReport) -> None:
    """What has changed in closed months since they were last counted, with the orders that did."""
    if not report.adjustments:
        return
    basis = (
        "Os números de um mês fechado não mudam. O que mudou depois nas suas ordens está aqui: "
        "a diferença em cada número, e as ordens que a causaram."
    )
    section(pages, "Ajustes de meses fechados", basis, room=90)
    table = columns(
        ("Mês", 86, "left"),
        ("Número", 104, "left"),
        ("Diferença", 64, "right"),
        ("Ordens", 272, "left"),
    )
    rows = [
        (
            each.month.label(),
            figure_name(each.figure),
            adjustment_text(each),
            adjustment_orders(each),
        )
        for each in report.adjustments
    ]
    Table(pages, table, USUAL).draw(rows)
