"""A report on screen: its figures, the orders behind each of them, and the charts."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from osdesk.documents.report.words import (
    adjustment_text,
    figure_name,
    receipt_bars,
    shown_figures,
    story,
)
from osdesk.domain.calendar import format_date, format_short, month_abbr
from osdesk.domain.charts import Bar, column_bars, row_bars
from osdesk.domain.money import format_amount, format_brl
from osdesk.domain.views.figures import (
    COUNTS,
    MEANS,
    Adjustment,
    MonthFigures,
    MonthReport,
    ReportOrder,
    RevenueRow,
    billed_orders,
)
from osdesk.domain.views.listing import OrderRow
from osdesk.services.orders.listing import order_rows
from osdesk.texts import AGE, FIGURE, METHOD, NOBODY, STATUS, plural
from osdesk.texts.periods import period_head
from osdesk.ui.desk import Desk
from osdesk.ui.widgets.chart import Chart
from osdesk.ui.widgets.controls import Card, quiet_label, section_label, text_label
from osdesk.ui.widgets.tables import ROW_HEIGHT, Cell, PlainTable, RowsModel
from osdesk.ui.widgets.theme import STATUS_TONE

AnyOrder = ReportOrder | OrderRow
MAIN = ("revenue", "margin", "received", "receivable")


def figure_text(figures: MonthFigures, name: str) -> str:
    value = getattr(figures, name)
    if name in COUNTS:
        return f"{value:,}".replace(",", ".")
    if name in MEANS:
        whole, tenth = divmod(value, 10)
        return f"{whole},{tenth} {'dia' if value == 10 else 'dias'}"
    return format_amount(value)


def figure_rows(report: MonthReport) -> list[tuple[Cell, ...]]:
    """Each figure with the date that it counts by, beside the two months it is compared with."""
    rows = []
    for name in shown_figures(report, FIGURE):
        words, basis = FIGURE[name]
        unit = "" if name in COUNTS or name in MEANS else " (R$)"
        row = [Cell(words + unit, basis, strong=name in MAIN)]
        for place, figures in enumerate((report.figures, report.before, report.year_ago)):
            text = figure_text(figures, name)
            tone = "muted" if place else "ink"
            row.append(Cell(text, tone=tone, strong=not place, right=True))
        rows.append(tuple(row))
    return rows


BEHIND = {
    "labor": "delivered",
    "parts": "delivered",
    "discounts": "delivered",
    "parts_cost": "delivered",
    "service_cost": "delivered",
    **MEANS,
}


def numbers_behind(report: MonthReport, figure: str) -> tuple[int, ...]:
    """Numbers of the orders that a figure counted."""
    if figure in ("revenue", "margin"):
        return tuple(order.number for order, _ in billed_orders(report))
    return report.numbers.get(BEHIND.get(figure, figure), ())


def order_line(order: AnyOrder, day: date) -> tuple[Cell, ...]:
    return (
        Cell(str(order.number), format_short(day), strong=True),
        Cell(order.customer, order.equipment),
        Cell(STATUS[order.status], pill=STATUS_TONE[order.status]),
        Cell(format_amount(order.total), _balance(order.balance), strong=True, right=True),
    )


def _balance(balance: int) -> str:
    return f"saldo {format_amount(balance)}" if balance else "—"


def day_words(report: MonthReport) -> list[str]:
    """Each bar of ``documents.report_words.receipt_bars`` as it is spoken."""
    bars, by = receipt_bars(report)
    if by == "dia":
        return [f"{format_date(day)}: {format_brl(cents)}" for day, cents in report.received_by_day]
    return [f"{bar.label}: {format_brl(bar.value)}" for bar in bars]


def adjustment_row(each: Adjustment) -> tuple[Cell, ...]:
    return (
        Cell(figure_name(each.figure), each.month.label()),
        Cell(adjustment_text(each), strong=True, right=True),
        Cell(plural(len(each.orders), "ordem", "ordens"), tone="muted", right=True),
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
    behind: dict[int, list[int]] = {}
    for each in report.owed:
        if each.days_late:
            behind.setdefault(each.customer_id, []).append(each.number)
    return [
        (f"Saldo vencido, {each.customer}", tuple(dict.fromkeys(behind.get(each.customer_id, ()))))
        for each in report.debtors
    ]


def age_numbers(report: MonthReport) -> list[tuple[str, tuple[int, ...]]]:
    """Words and orders behind each bar of ``age_bars``."""
    behind: dict[str, list[int]] = {age: [] for age in _ages(report)}
    for each in report.owed:
        if each.age in behind:
            behind[each.age].append(each.number)
    return [(AGE[age], tuple(dict.fromkeys(numbers))) for age, numbers in behind.items()]


def _ages(report: MonthReport) -> list[str]:
    """What waits with its device has a bar only where there is some."""
    ages = report.figures.receivable_by_age.items()
    return [age for age, cents in ages if cents or age != "not_delivered"]


def method_bars(report: MonthReport) -> list[Bar]:
    received = report.figures.received_by_method.items()
    rows = sorted(received, key=lambda row: -row[1])
    return [Bar(METHOD[method], cents, note=format_brl(cents)) for method, cents in rows]


def age_bars(report: MonthReport) -> list[Bar]:
    ages = report.figures.receivable_by_age
    return [Bar(AGE[age], ages[age], note=format_brl(ages[age])) for age in _ages(report)]


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


ROW = 26
LISTED = 1000
ADJUSTMENTS_SHOWN = 6
"""Rows at a time; the table scrolls."""


class BarsCard(Card):
    """One chart with the words that say by which date it counts; a bar asks for its orders."""

    chosen = Signal(object)
    """A pair: the bar in words, the numbers of the orders behind it."""

    def __init__(self, title: str, basis: str, parent: QWidget | None = None) -> None:
        super().__init__(title, parent)
        self.body.addWidget(quiet_label(basis, wrap=True))
        self.chart = Chart(title)
        self.chart.chosen.connect(self.chosen)
        self._none = quiet_label("Nada neste período.")
        self.body.addWidget(self.chart)
        self.body.addWidget(self._none)

    def show_rows(
        self, bars: Sequence[Bar], behind: Sequence[tuple[str, tuple[int, ...]]] = ()
    ) -> None:
        shown = list(bars)
        self.chart.show_drawing(
            lambda width, height, measure: row_bars(shown, width, measure, row_height=ROW),
            [f"{bar.label}: {bar.note}" for bar in shown],
            keys=behind,
            height=ROW * len(shown),
        )
        self._show(bool(shown))

    def show_columns(self, bars: Sequence[Bar], spoken: Sequence[str]) -> None:
        shown = list(bars)
        self.chart.show_drawing(
            lambda width, height, measure: column_bars(shown, width, height, measure),
            spoken,
            height=140,
        )
        self._show(any(bar.value for bar in shown))

    def _show(self, something: bool) -> None:
        self.chart.setVisible(something)
        self._none.setVisible(not something)


class ReportView(QWidget):
    order_requested = Signal(int)
    orders_asked = Signal(str, object)
    """A figure in words and the numbers of the orders behind it: Enter on the figure."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._report: MonthReport | None = None
        self._asked: tuple[str, tuple[int, ...]] = ("", ())
        self._build()
        self._connect()

    def _build(self) -> None:
        self._story = text_label(wrap=True)
        self._story.setObjectName("reportStory")
        self._figures = RowsModel(("Número", "", "", ""), (1, 2, 3))
        widths = {1: 104, 2: 96, 3: 96}
        self._table = PlainTable("Números do período", self._figures, widths, optional=(2, 3))
        self._table.setObjectName("reportFigures")
        figures = Card()
        figures.body.setContentsMargins(1, 1, 1, 1)
        figures.body.addWidget(self._table)
        self._behind = section_label()
        self._orders = RowsModel(("OS", "Cliente", "Situação", "Total (R$)"), (3,))
        self._list = PlainTable(
            "Ordens por trás do número", self._orders, {0: 74, 2: 164, 3: 110}, optional=(2,)
        )
        self._list.setObjectName("reportOrders")
        orders = Card()
        orders.body.setContentsMargins(1, 10, 1, 1)
        head = QHBoxLayout()
        head.setContentsMargins(12, 0, 12, 0)
        head.addWidget(self._behind, 1)
        orders.body.addLayout(head)
        orders.body.addWidget(self._list, 1)
        left = QVBoxLayout()
        left.setSpacing(12)
        left.addWidget(figures, 3)
        left.addWidget(orders, 2)

        delivered = "Ordens entregues, por data de entrega"
        self._by_day = BarsCard("Recebido no período", "Por data do recebimento, menos estornos")
        self._by_method = BarsCard("Recebido por forma", "Por data do recebimento, menos estornos")
        self._by_age = BarsCard("A receber", "Saldos no fim do período, por vencimento")
        self._by_technician = BarsCard("Faturado por técnico", delivered)
        self._by_type = BarsCard("Faturado por tipo de serviço", delivered)
        self._by_equipment = BarsCard("Faturado por equipamento", delivered)
        self._debtors = BarsCard("Inadimplentes", "Saldos vencidos no fim do período")
        inner = QWidget()
        inner.setProperty("kind", "scrolled")
        charts = QVBoxLayout(inner)
        charts.setContentsMargins(0, 0, 4, 0)
        charts.setSpacing(12)
        summary = Card("O período em palavras")
        summary.body.addWidget(self._story)
        charts.addWidget(summary)
        self._changes = RowsModel(("Número", "Diferença", "Ordens"), (1, 2))
        self._changed = PlainTable(
            "Ajustes de meses fechados", self._changes, {1: 120, 2: 90}, least=120
        )
        self._changed.setObjectName("reportAdjustments")
        self._adjustments = Card("Ajustes de meses fechados")
        self._adjustments.body.addWidget(
            quiet_label("O que mudou depois do fechamento: Enter mostra as ordens", wrap=True)
        )
        self._adjustments.body.addWidget(self._changed)
        charts.addWidget(self._adjustments)
        for card in (
            self._by_day,
            self._by_method,
            self._by_age,
            self._by_technician,
            self._by_type,
            self._by_equipment,
            self._debtors,
        ):
            charts.addWidget(card)
        charts.addStretch()
        scroll = QScrollArea()
        scroll.setAccessibleName("O período em palavras e gráficos")
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(inner)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(12)
        whole.addLayout(left, 1)
        whole.addWidget(scroll, 1)

    def _connect(self) -> None:
        self._table.current_changed.connect(self._figure_chosen)
        self._table.opened.connect(self._figure_opened)
        self._changed.opened.connect(self._adjustment_opened)
        for card in (self._by_method, self._by_age, self._debtors):
            card.chosen.connect(self._bar_chosen)
        self._list.opened.connect(self._order_opened)

    def show_report(self, report: MonthReport) -> None:
        chosen = max(self._table.currentIndex().row(), 0)
        self._report = report
        heads = [_head(each) for each in (report.figures, report.before, report.year_ago)]
        self._figures.set_headings(["Número", *heads])
        self._figures.show_rows(figure_rows(report), shown_figures(report, FIGURE))
        self._story.setText("\n\n".join(story(report)))
        self._show_adjustments(report)
        self._by_day.show_columns(receipt_bars(report)[0], day_words(report))
        self._by_method.show_rows(method_bars(report), method_numbers(report))
        if report.figures.receivable:
            self._by_age.show_rows(age_bars(report), age_numbers(report))
        else:
            self._by_age.show_rows(())
        self._by_technician.show_rows(revenue_bars(report.by_technician))
        self._by_type.show_rows(revenue_bars(report.by_service_type))
        self._by_equipment.show_rows(revenue_bars(report.by_equipment))
        self._debtors.show_rows(debtor_bars(report), debtor_numbers(report))
        self._table.select_row(chosen)

    def _figure_chosen(self, index: QModelIndex) -> None:
        figure = self._figures.key(index)
        report = self._report
        if report is None or not isinstance(figure, str):
            return
        self._show_orders(FIGURE[figure][0], numbers_behind(report, figure))

    def _show_orders(self, name: str, numbers: tuple[int, ...]) -> None:
        """The orders behind something, beneath the figures."""
        if self._report is None:
            return
        self._asked = (name, numbers)
        self._behind.setText(f"{name}: {plural(len(numbers), 'ordem', 'ordens')}")
        rows = [order_line(order, day) for order, day in self._dated(self._report, numbers)]
        self._orders.show_rows(rows, numbers[: len(rows)])

    def _figure_opened(self, _: QModelIndex) -> None:
        self.orders_asked.emit(*self._asked)

    def _bar_chosen(self, behind: tuple[str, tuple[int, ...]]) -> None:
        self._show_orders(*behind)

    def _show_adjustments(self, report: MonthReport) -> None:
        found = report.adjustments
        self._changes.show_rows([adjustment_row(each) for each in found], found)
        self._changed.setFixedHeight(38 + ROW_HEIGHT * min(len(found), ADJUSTMENTS_SHOWN) + 2)
        self._adjustments.setVisible(bool(found))

    def _adjustment_opened(self, index: QModelIndex) -> None:
        each = self._changes.key(index)
        if isinstance(each, Adjustment):
            name = f"Ajuste de {each.month.label()}, {FIGURE[each.figure][0].lower()}"
            self._show_orders(name, tuple(number for number, _ in each.orders))

    def _dated(self, report: MonthReport, numbers: tuple[int, ...]) -> list[tuple[AnyOrder, date]]:
        """The orders of these numbers; those of earlier months are read."""
        shown = numbers[:LISTED]
        known = {order.number: order for order in report.orders}
        if all(number in known for number in shown):
            return [(known[number], known[number].requested_on) for number in shown]
        rows = self._desk.read(order_rows, list(shown), now=self._desk.now())
        return [(row, row.requested_on) for row in rows]

    def _order_opened(self, index: QModelIndex) -> None:
        number = self._orders.key(index)
        if isinstance(number, int):
            self.order_requested.emit(number)


def _head(figures: MonthFigures) -> str:
    """``nov/2026``; of other days two short lines."""
    month = figures.period.month
    if month is not None:
        return f"{month_abbr(month.month)}/{month.year}"
    return "\n".join(part for part in period_head(figures.period) if part)
