"""The dashboard: five figures, twelve months, what needs somebody today, who owes."""

from datetime import datetime, time, timedelta

from PySide6.QtCore import QModelIndex, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFont, QFontMetricsF, QKeyEvent, QPainter, QPaintEvent, QPen, QShowEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QScrollArea,
    QSizePolicy,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from osdesk.domain.calendar import format_weekday_long, month_abbr, month_name
from osdesk.domain.charts import Bar, column_bars, row_bars
from osdesk.domain.money import format_brl
from osdesk.domain.orders.status import OrderFilter
from osdesk.domain.topics import Topic
from osdesk.domain.views.figures import Dashboard, Debtor, TechnicianLoad
from osdesk.paths import own_dir
from osdesk.services.orders.listing import UNASSIGNED
from osdesk.services.reports.dashboard import dashboard
from osdesk.services.shop.first_steps import first_steps
from osdesk.texts import NOBODY
from osdesk.ui.dashboard import words
from osdesk.ui.dashboard.attention_list import AttentionList
from osdesk.ui.dashboard.first_steps import FirstStepsCard
from osdesk.ui.desk import Desk
from osdesk.ui.page import Page
from osdesk.ui.widgets import theme
from osdesk.ui.widgets.chart import Chart
from osdesk.ui.widgets.controls import Card, quiet_label, title_label
from osdesk.ui.window_settings import WindowSettings

EDGE = 14
SIZES = (12, 22, 12)
BASELINES = (24, 52, 74)


class FigureCard(QAbstractButton):
    """Painted by itself: a value of any length shrinks until it fits, it is never cut."""

    def __init__(self, name: str, label: str, tone: str = "ink", parent: QWidget | None = None):
        super().__init__(parent)
        self.setObjectName(name)
        self._label, self._tone = label, tone
        self._value = self._note = ""
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.show_figure(label, "–", "")

    def show_figure(self, label: str, value: str, note: str, tone: str | None = None) -> None:
        self._label, self._value, self._note = label, value, note
        self._tone = tone or self._tone
        self.setAccessibleName(f"{label}: {value}")
        self.setAccessibleDescription(note)
        self.setToolTip(note)
        self.update()

    def value(self) -> str:
        return self._value

    def note(self) -> str:
        return self._note

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
            return
        super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        return QSize(200, 86)

    def minimumSizeHint(self) -> QSize:
        return QSize(140, 86)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        over = self.underMouse() or self.isDown()
        focus = self.hasFocus()
        painter.setPen(QPen(theme.color("accent" if focus or over else "line"), 2 if focus else 1))
        painter.setBrush(theme.color("soft" if self.isDown() else "surface"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 8, 8)
        room = self.width() - 2.0 * EDGE
        texts = (self._label, self._value, self._note)
        tones = ("muted", self._tone, "muted")
        for row, (text, tone) in enumerate(zip(texts, tones, strict=True)):
            font = QFont(self.font())
            font.setWeight(QFont.Weight.DemiBold if row == 1 else QFont.Weight.Normal)
            size = SIZES[row]
            font.setPixelSize(size)
            while size > 10 and QFontMetricsF(font).horizontalAdvance(text) > room:
                size -= 1
                font.setPixelSize(size)
            shown = QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, room)
            painter.setFont(font)
            painter.setPen(theme.color(tone))
            painter.drawText(EDGE, BASELINES[row], shown)
        painter.end()


ROW = 28
FIGURES = (
    ("kpiOpen", "Abertas", "ink"),
    ("kpiLate", "Atrasadas", "red"),
    ("kpiReady", "Prontas para retirar", "green"),
    ("kpiReceivable", "A receber", "amber"),
    ("kpiRevenue", "Faturado no mês", "ink"),
)


class DebtorsTable(QTableWidget):
    """Who owes and since when; ``chosen`` carries the customer's id."""

    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(0, 3, parent)
        self.setObjectName("debtorsTable")
        self.setAccessibleName("Clientes inadimplentes")
        self.setHorizontalHeaderLabels(["Cliente", "Em atraso", "Valor"])
        self.horizontalHeader().hide()
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(ROW)
        self.setShowGrid(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTabKeyNavigation(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self._fit_figures(QHeaderView.ResizeMode.ResizeToContents)
        self._ids: list[int] = []
        self.clicked.connect(self._choose)

    def show_debtors(self, debtors: tuple[Debtor, ...]) -> None:
        self._ids = [debtor.customer_id for debtor in debtors]
        # else every cell that is set measures both columns again
        self._fit_figures(QHeaderView.ResizeMode.Fixed)
        self.setRowCount(len(debtors))
        for row, debtor in enumerate(debtors):
            cells = (debtor.customer, words.debtor_days(debtor), format_brl(debtor.amount))
            for column, text in enumerate(cells):
                item = QTableWidgetItem(text)
                if column:
                    side = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
                    item.setTextAlignment(side)
                item.setToolTip(words.debtor_note(debtor))
                self.setItem(row, column, item)
        self._fit_figures(QHeaderView.ResizeMode.ResizeToContents)

    def _fit_figures(self, mode: QHeaderView.ResizeMode) -> None:
        for column in (1, 2):
            self.horizontalHeader().setSectionResizeMode(column, mode)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.currentIndex().isValid():
                self._choose(self.currentIndex())
            return
        super().keyPressEvent(event)

    def _choose(self, index: QModelIndex) -> None:
        self.chosen.emit(self._ids[index.row()])


class DashboardPage(Page):
    """Reads once, shows all of it; reads again when the record or the day changes."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("dashboardPage")
        self._desk = desk
        self._shown: Dashboard | None = None
        self._settled = own_dir(desk.folder) is not None
        """Whether the first steps are not shown any more."""
        self._midnight = QTimer(self)
        self._midnight.setSingleShot(True)
        self._build()
        self._connect()

    def _build(self) -> None:
        self._day = quiet_label("")
        top = QHBoxLayout()
        top.setSpacing(12)
        top.addWidget(title_label("Painel"))
        top.addWidget(self._day, 1, Qt.AlignmentFlag.AlignBottom)

        self._cards = [FigureCard(name, label, tone, self) for name, label, tone in FIGURES]
        figures = QHBoxLayout()
        figures.setSpacing(12)
        for card in self._cards:
            figures.addWidget(card)

        self._months = Chart("Faturado por mês", self)
        self._months.setObjectName("revenueChart")
        self._adjusted = quiet_label("", wrap=True)
        self._adjusted.setObjectName("revenueAdjustments")
        self._attention = AttentionList(self)
        self._calm = quiet_label("Nada espera por você agora.")
        self._load = Chart("Fila por técnico", self)
        self._load.setObjectName("loadChart")
        load = self._load_area = QScrollArea()
        load.setWidgetResizable(True)
        load.setFrameShape(QFrame.Shape.NoFrame)
        load.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        load.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._load.setProperty("kind", "scrolled")
        load.setWidget(self._load)
        self._no_load = quiet_label("Nenhuma ordem aberta.")
        self._debtors = DebtorsTable(self)
        self._no_debtors = quiet_label("Ninguém deve nada vencido.")
        for one in (self._attention, self._debtors):
            one.setMinimumHeight(ROW)  # on a small screen they scroll

        left, right = QVBoxLayout(), QVBoxLayout()
        for column in (left, right):
            column.setSpacing(12)
        self._steps = FirstStepsCard(self)
        self._steps.hide()
        right.addWidget(self._steps)
        left.addWidget(_card("Faturado por mês", self._months, self._adjusted), 3)
        left.addWidget(_card("Fila por técnico", load, self._no_load), 1)
        right.addWidget(_card("Precisa de você hoje", self._attention, self._calm), 3)
        right.addWidget(_card("Clientes inadimplentes", self._debtors, self._no_debtors), 1)
        body = QHBoxLayout()
        body.setSpacing(12)
        body.addLayout(left, 3)
        body.addLayout(right, 2)

        whole = QVBoxLayout(self)
        whole.setContentsMargins(16, 12, 16, 12)
        whole.setSpacing(12)
        whole.addLayout(top)
        whole.addLayout(figures)
        whole.addLayout(body, 1)

    def _connect(self) -> None:
        for card in self._cards:
            card.clicked.connect(self._card_clicked)
        self._months.chosen.connect(self.month_requested)
        self._load.chosen.connect(self.technician_requested)
        self._attention.chosen.connect(self.order_requested)
        self._debtors.chosen.connect(self.customer_requested)
        self._steps.chosen.connect(self._step_chosen)
        self._steps.dismissed.connect(self._settle)
        self._desk.changed.connect(self._record_changed)
        self._midnight.timeout.connect(self._day_changed)

    # -- reading ---------------------------------------------------------------------------

    def refresh(self) -> None:
        """Read all figures anew and show them."""
        board = self._desk.read(dashboard, now=self._desk.now())
        self._shown = board
        self._show(board)
        self._show_steps()
        self._wait_for_midnight()
        self.status_changed.emit("Atualizado agora")

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()  # hours pass while another page is shown

    def _record_changed(self, what: Topic) -> None:
        if self.isVisible():
            self.refresh()

    def _day_changed(self) -> None:
        if self.isVisible():
            self.refresh()

    def _wait_for_midnight(self) -> None:
        now = self._desk.local_now()
        tomorrow = datetime.combine(now.date() + timedelta(days=1), time(), self._desk.zone)
        seconds = (tomorrow - now).total_seconds()
        # A lap-top sleeps through timers: look again each hour at the latest.
        self._midnight.start(int(min(max(seconds, 0) + 1, 3600) * 1000))

    # -- first steps -----------------------------------------------------------------------

    def habits(self) -> dict[str, str]:
        return {"steps": "settled" if self._settled else ""}

    def take_habits(self, habits: dict[str, str]) -> None:
        self._settled = self._settled or habits.get("steps") == "settled"

    def _show_steps(self) -> None:
        if self._settled:
            return
        second = WindowSettings(self._desk.folder).second_place is not None
        if self._steps.show_steps(self._desk.read(first_steps), second=second):
            self._settle()
        else:
            self._steps.show()

    def _settle(self) -> None:
        self._settled = True
        self._steps.hide()

    def _step_chosen(self, name: str) -> None:
        sections = {"profile": "settingsShop", "second": "settingsBackup"}
        if name in sections:
            self.section_requested.emit(sections[name])
        elif name == "order":
            self.new_order_requested.emit(0)
        else:
            self.help_requested.emit("papeis")

    # -- showing ---------------------------------------------------------------------------

    def _show(self, board: Dashboard) -> None:
        self._day.setText(format_weekday_long(board.today))
        month = board.revenue_months[-1][0]
        opened, late, ready, receivable, revenue = self._cards
        opened.show_figure("Abertas", f"{board.open}", words.opened_note(board))
        late_tone = "red" if board.late else "ink"
        late.show_figure("Atrasadas", f"{board.late}", words.late_note(board), late_tone)
        tone = "green" if board.ready else "ink"
        ready.show_figure("Prontas para retirar", f"{board.ready}", words.ready_note(board), tone)
        owed = format_brl(board.receivable.amount)
        tone = "amber" if board.receivable.amount else "ink"
        receivable.show_figure("A receber", owed, words.receivable_note(board), tone)
        label = f"Faturado em {month_name(month.month)}"
        revenue.show_figure(label, format_brl(board.revenue_month), words.revenue_note(board))

        months = board.revenue_months
        bars = [Bar(month_abbr(m.month), cents, m == month) for m, cents in months]
        spoken = [f"{m.label()}: {format_brl(cents)}" for m, cents in months]
        self._months.show_drawing(
            lambda width, height, measure: column_bars(bars, width, height, measure),
            spoken,
            keys=[m for m, _ in months],
        )
        adjusted = words.adjusted_note(board)
        self._adjusted.setText(adjusted)
        self._adjusted.setVisible(bool(adjusted))
        self._attention.show_items(board.attention)
        self._attention.setVisible(bool(board.attention))
        self._calm.setVisible(not board.attention)
        self._show_load(board)
        self._debtors.show_debtors(board.debtors)
        self._debtors.setVisible(bool(board.debtors))
        self._no_debtors.setVisible(not board.debtors)

    def _show_load(self, board: Dashboard) -> None:
        rows = [
            Bar(load.technician or NOBODY, load.open, note=words.load_note(load))
            for load in board.load
        ]
        self._load.show_drawing(
            lambda width, height, measure: row_bars(rows, width, measure, row_height=ROW),
            [f"{bar.label}: {bar.note}" for bar in rows],
            height=ROW * len(rows),
            keys=[_whose(load) for load in board.load],
        )
        self._load_area.setVisible(bool(rows))
        self._no_load.setVisible(not rows)

    def _card_clicked(self) -> None:
        filters = {
            "kpiOpen": OrderFilter.OPEN,
            "kpiLate": OrderFilter.LATE,
            "kpiReady": OrderFilter.READY,
            "kpiReceivable": OrderFilter.RECEIVABLE,
        }
        name = self.sender().objectName()
        if name in filters:
            self.filter_requested.emit(filters[name])
        elif self._shown is not None:
            self.month_requested.emit(self._shown.revenue_months[-1][0])


def _whose(load: TechnicianLoad) -> int:
    return UNASSIGNED if load.technician_id is None else load.technician_id


def _card(title: str, *content: QWidget) -> Card:
    card = Card(title)
    for place, widget in enumerate(content):
        card.body.addWidget(widget, 0 if place else 1)
    if len(content) > 1:
        card.body.addStretch()  # words in the place of what is empty stand under the title
    return card
