"""The report of a month or other days: chosen, read at once, closed, taken along as a file."""

from pathlib import Path
from threading import Event

from PySide6.QtCore import QStandardPaths
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from osdesk.domain.calendar import Month
from osdesk.domain.errors import UserError
from osdesk.domain.period import Period
from osdesk.domain.topics import Topic
from osdesk.domain.views.figures import ClosingState, MonthReport
from osdesk.jobs.reports import export_report
from osdesk.services.reports.closings import report_with_state
from osdesk.texts import sentence
from osdesk.texts.periods import period_from, period_label
from osdesk.ui.desk import Desk
from osdesk.ui.page import Page
from osdesk.ui.reports.month_closing_bar import MonthClosingBar
from osdesk.ui.reports.period_chooser import PeriodChooser
from osdesk.ui.reports.view import ReportView
from osdesk.ui.tasks import Task
from osdesk.ui.widgets import file_dialogs
from osdesk.ui.widgets.controls import GhostButton, MessageBar, PrimaryButton, title_label

KINDS = {
    "exportPdfButton": (".pdf", "PDF (*.pdf)", "o PDF"),
    "exportXlsxButton": (".xlsx", "Planilha do Excel (*.xlsx)", "a planilha"),
    "exportCsvButton": (".csv", "CSV das ordens (*.csv)", "o CSV"),
    "exportTablesButton": (".zip", "Todas as tabelas em CSV (*.zip)", "as tabelas em CSV"),
}


class ReportsPage(Page):
    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("reportsPage")
        self._desk = desk
        self._reading: Task | None = None
        self._made: Path | None = None
        self._stop: Event | None = None
        """Set to stop the export under way; None where there is none."""
        self._build()
        self._connect()

    def _build(self) -> None:
        self.chooser = PeriodChooser(self._desk.today)
        self.month = self.chooser.choice
        self._pdf = PrimaryButton("Salvar PDF", "Ctrl+S")
        self._xlsx = GhostButton("Planilha")
        self._csv = GhostButton("CSV")
        self._tables = GhostButton("CSV de tudo")
        self._tables.setToolTip("Todas as tabelas em CSV, num arquivo .zip")
        self._exports: tuple[QPushButton, ...] = (self._pdf, self._xlsx, self._csv, self._tables)
        for button, name in zip(self._exports, KINDS, strict=True):
            button.setObjectName(name)
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(title_label("Relatórios"))
        top.addWidget(self.chooser)
        top.addStretch(1)
        top.addWidget(self._pdf)
        self.closing = MonthClosingBar(self._desk)
        second = QHBoxLayout()
        second.setSpacing(8)
        second.addWidget(self.closing, 1)
        for button in (self._tables, self._csv, self._xlsx):
            second.addWidget(button)
        self.bar = MessageBar()
        self.view = ReportView(self._desk)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(16, 12, 16, 12)
        whole.setSpacing(10)
        whole.addLayout(top)
        whole.addLayout(second)
        whole.addWidget(self.bar)
        whole.addWidget(self.view, 1)
        self.setFocusProxy(self.chooser)

    def _connect(self) -> None:
        self.chooser.changed.connect(self.refresh)
        self.chooser.refused.connect(self.bar.say)
        for button in self._exports:
            button.clicked.connect(self._export_clicked)
        self.bar.acted.connect(self._bar_acted)
        self.closing.done.connect(self._closing_done)
        self.closing.refused.connect(self.bar.say)
        self.view.order_requested.connect(self.order_requested)
        self.view.orders_asked.connect(self.numbers_requested)
        self._desk.changed.connect(self._record_changed)

    @property
    def period(self) -> Period:
        return self.chooser.period

    def show_month(self, month: Month) -> None:
        if self.chooser.show_period(Period.of_month(month)) and self.isVisible():
            self.refresh()

    # -- reading ---------------------------------------------------------------------------

    def refresh(self) -> None:
        """Read the days in the background; the answer to an older wish is dropped."""
        if self._reading is not None:
            self._reading.drop()
        self.status_changed.emit(f"Lendo {period_label(self.period)}…")
        self._reading = self._desk.read_later(
            report_with_state, self.period, now=self._desk.now(), done=self._show, owner=self
        )

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.chooser.offer()
        self.refresh()

    def _record_changed(self, what: Topic) -> None:
        if self.isVisible():
            self.refresh()

    def _show(self, answer: tuple[MonthReport, ClosingState | None]) -> None:
        self._reading = None
        report, state = answer
        self.view.show_report(report)
        self.closing.show_state(report, state)
        if self.isVisible():
            until = ", até agora" if report.partial else ""
            self.status_changed.emit(f"Relatório {period_from(report.period)}{until}")

    def _closing_done(self, said: str) -> None:
        self.bar.say(said, "green")

    # -- taking along ----------------------------------------------------------------------

    def save(self) -> bool:
        """Ctrl+S: the PDF."""
        if self._stop is None:
            self._pdf.click()
        return True

    def _export_clicked(self) -> None:
        ending, kinds, what = KINDS[self.sender().objectName()]
        documents = QStandardPaths.StandardLocation.DocumentsLocation
        folder = Path(QStandardPaths.writableLocation(documents))
        suggested = folder / f"relatorio-{self.period.code}{ending}"
        path = file_dialogs.ask_save_path(self, f"Salvar {what}", suggested, kinds)
        if path is not None:
            self.export(path, what)

    def export(self, path: Path, what: str) -> None:
        """Make the file in the background; buttons wait, the page does not."""
        self._made = None
        self._stop = Event()
        self._what = f"{what} de {period_label(self.period)}"
        self._say_progress(0, 1)
        self._wait(True)
        self._desk.tasks.run(
            export_report,
            self.period,
            path,
            now=self._desk.now(),
            stopped=self._stop.is_set,
            progress=self._say_progress,
            done=self._exported,
            failed=self._failed,
            always=self._ready,
            owner=self,
        )

    def _say_progress(self, done: int, whole: int) -> None:
        if self._stop is not None and not self._stop.is_set():
            share = f" {100 * done // whole} %" if done else ""
            self.bar.say(f"Preparando {self._what}…{share}", "", "Cancelar (Esc)", lasting=True)

    def cancel_export(self) -> None:
        """The worker stops at its next step; nothing is written then."""
        if self._stop is not None:
            self._stop.set()
            self.bar.say("Cancelando…", "", lasting=True)

    def escape(self) -> bool:
        if self._stop is not None:
            self.cancel_export()
        elif self.closing.asking:
            self.closing.leave()
        else:
            return False
        return True

    def _exported(self, path: Path | None) -> None:
        self._made = path
        if path is None:
            self.bar.say("Cancelado: nenhum arquivo foi gravado.", "amber")
        else:
            self.bar.say(f"Relatório salvo em {path}", "green", "Abrir")

    def _failed(self, error: UserError) -> None:
        self.bar.say(sentence(error), "red")

    def _ready(self) -> None:
        self._stop = None
        if self.bar.text().startswith(("Preparando", "Cancelando")):
            self.bar.clear()
        self._wait(False)

    def _wait(self, waiting: bool) -> None:
        for button in self._exports:
            button.setEnabled(not waiting)

    def _bar_acted(self) -> None:
        if self._stop is not None:
            self.cancel_export()
        elif self._made is not None and not file_dialogs.open_with_system(self._made):
            self.bar.say(f"Não há programa para abrir {self._made.name}.", "amber")
