"""The month report: chosen by month, read at once, taken along as PDF, spreadsheet or CSV."""

from pathlib import Path

from PySide6.QtCore import QStandardPaths, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from osdesk.domain.calendar import Month
from osdesk.domain.errors import UserError
from osdesk.domain.figures import MonthReport
from osdesk.jobs.reports import export_report
from osdesk.services.reports import month_report
from osdesk.texts import sentence
from osdesk.ui import file_dialogs
from osdesk.ui.desk import Desk
from osdesk.ui.fields import ChoiceField
from osdesk.ui.report_view import ReportView
from osdesk.ui.tasks import Task
from osdesk.ui.widgets import GhostButton, MessageBar, PrimaryButton, quiet_label, title_label

OFFERED = 36
"""Months in the list; the arrows go further back."""
KINDS = {
    "exportPdfButton": (".pdf", "PDF (*.pdf)", "o PDF"),
    "exportXlsxButton": (".xlsx", "Planilha do Excel (*.xlsx)", "a planilha"),
    "exportCsvButton": (".csv", "CSV (*.csv)", "o CSV"),
}


class ReportsPage(QWidget):
    order_requested = Signal(int)
    status_changed = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("reportsPage")
        self._desk = desk
        self._month = Month.of(desk.today())
        self._reading: Task | None = None
        self._made: Path | None = None
        self._build()
        self._connect()

    def _build(self) -> None:
        self._before = GhostButton("", "", "chevron-left")
        self._after = GhostButton("", "", "chevron-right")
        for arrow, name in ((self._before, "Mês anterior"), (self._after, "Mês seguinte")):
            arrow.setAccessibleName(name)
            arrow.setToolTip(name)
            arrow.setFixedWidth(38)
            arrow.setStyleSheet("padding: 0")
        self._before.setObjectName("reportPreviousMonth")
        self._after.setObjectName("reportNextMonth")
        self.month = ChoiceField()
        self.month.setObjectName("reportMonth")
        self.month.setAccessibleName("Mês do relatório")
        self.month.setFixedWidth(184)
        self._pdf = PrimaryButton("Salvar PDF")
        self._xlsx = GhostButton("Planilha")
        self._csv = GhostButton("CSV")
        self._exports: tuple[QPushButton, ...] = (self._pdf, self._xlsx, self._csv)
        for button, name in zip(self._exports, KINDS, strict=True):
            button.setObjectName(name)
        self._partial = quiet_label("mês em andamento")
        self._partial.hide()
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(title_label("Relatórios"))
        top.addSpacing(8)
        for part in (self._before, self.month, self._after, self._partial):
            top.addWidget(part)
        top.addStretch(1)
        for button in (self._csv, self._xlsx, self._pdf):
            top.addWidget(button)
        self.bar = MessageBar()
        self.view = ReportView(self._desk)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(16, 12, 16, 12)
        whole.setSpacing(12)
        whole.addLayout(top)
        whole.addWidget(self.bar)
        whole.addWidget(self.view, 1)
        self._offer_months()
        self.setFocusProxy(self.month)

    def _connect(self) -> None:
        self._before.clicked.connect(self._go_before)
        self._after.clicked.connect(self._go_after)
        self.month.edited.connect(self._month_chosen)
        for button in self._exports:
            button.clicked.connect(self._export_clicked)
        self.bar.acted.connect(self._open_made)
        self.view.order_requested.connect(self.order_requested)
        self._desk.changed.connect(self._record_changed)

    # -- which month -----------------------------------------------------------------------

    def show_month(self, month: Month) -> None:
        if month == self._month:
            return
        self._month = month
        self._offer_months()
        if self.isVisible():
            self.refresh()

    def _offer_months(self) -> None:
        newest = Month.of(self._desk.today())
        months = {newest.shifted(-back) for back in range(OFFERED)} | {self._month}
        self.month.set_choices([(month, month.label()) for month in sorted(months, reverse=True)])
        self.month.set_value(self._month)
        self._after.setEnabled(self._month < newest)

    def _go_before(self) -> None:
        self.show_month(self._month.previous())

    def _go_after(self) -> None:
        self.show_month(self._month.next())

    def _month_chosen(self) -> None:
        month = self.month.value()
        if isinstance(month, Month):
            self.show_month(month)

    # -- reading ---------------------------------------------------------------------------

    def refresh(self) -> None:
        """Read the month in the background; the answer to an older wish is dropped."""
        if self._reading is not None:
            self._reading.drop()
        self.status_changed.emit(f"Lendo {self._month.label()}…")
        self._reading = self._desk.read_later(
            month_report, self._month, now=self._desk.now(), done=self._show, owner=self
        )

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._offer_months()
        self.refresh()

    def _record_changed(self, what: str) -> None:
        if self.isVisible():
            self.refresh()

    def _show(self, report: MonthReport) -> None:
        self._reading = None
        self.view.show_report(report)
        self._partial.setVisible(report.partial)
        if self.isVisible():
            until = ", até agora" if report.partial else ""
            self.status_changed.emit(f"Relatório de {self._month.label()}{until}")

    # -- taking along ----------------------------------------------------------------------

    def _export_clicked(self) -> None:
        ending, kinds, what = KINDS[self.sender().objectName()]
        documents = QStandardPaths.StandardLocation.DocumentsLocation
        folder = Path(QStandardPaths.writableLocation(documents))
        suggested = folder / f"relatorio-{self._month}{ending}"
        path = file_dialogs.ask_save_path(self, f"Salvar {what}", suggested, kinds)
        if path is not None:
            self.export(path, what)

    def export(self, path: Path, what: str) -> None:
        """Make the file in the background; buttons wait, the page does not."""
        self._made = None
        self.bar.say(f"Preparando {what} de {self._month.label()}…", "", lasting=True)
        self._wait(True)
        self._desk.tasks.run(
            export_report,
            self._month,
            path,
            now=self._desk.now(),
            done=self._exported,
            failed=self._failed,
            always=self._ready,
            owner=self,
        )

    def _exported(self, path: Path) -> None:
        self._made = path
        self.bar.say(f"Relatório salvo em {path}", "green", "Abrir")

    def _failed(self, error: UserError) -> None:
        self.bar.say(sentence(error), "red")

    def _ready(self) -> None:
        if self._made is None and self.bar.text().startswith("Preparando"):
            self.bar.clear()
        self._wait(False)

    def _wait(self, waiting: bool) -> None:
        for button in self._exports:
            button.setEnabled(not waiting)

    def _open_made(self) -> None:
        if self._made is not None and not file_dialogs.open_with_system(self._made):
            self.bar.say(f"Não há programa para abrir {self._made.name}.", "amber")
