"""Shift+F9: which paper, in which format, on which printer, with a look at how it comes out."""

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtPrintSupport import QPrinterInfo
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from osdesk.domain.codes import PAPER_FORMATS, Paper, PaperFormat
from osdesk.domain.paper_rules import papers_now
from osdesk.domain.shapes import OrderSheet
from osdesk.jobs.papers import preview_paper
from osdesk.services.order_view import order_sheet
from osdesk.texts import FORMAT, PAPER
from osdesk.ui.desk import Desk
from osdesk.ui.fields import ChoiceField, Labelled
from osdesk.ui.paper_view import PaperView
from osdesk.ui.print_habits import MOST_COPIES, PrintHabits
from osdesk.ui.widgets import FlatButton, PrimaryButton, quiet_label, title_label

PAPERS_SEEN = 6
"""More are scrolled to: the dialog stands whole on the smallest screen."""
OPEN_PDF = "Abrir o PDF, sem imprimir"


@dataclass(frozen=True)
class PrintChoice:
    """What to print and where; ``printer`` empty: the PDF is opened."""

    paper: Paper
    format: PaperFormat
    printer: str
    copies: int


class PrintDialog(QDialog):
    """Opened by the person who prints; Enter prints, Esc leaves all as it was."""

    chosen = Signal(object)
    """A ``PrintChoice``."""

    def __init__(self, desk: Desk, number: int, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("printDialog")
        self.setWindowTitle("Imprimir")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._desk = desk
        self._habits = PrintHabits(desk.folder)
        self._sheet: OrderSheet = desk.read(order_sheet, number, now=desk.now())
        self._papers = papers_now(self._sheet.status, paid=bool(self._sheet.payments))
        self._build()
        self._connect()
        self._list.setCurrentRow(0)

    def _build(self) -> None:
        self._list = QListWidget()
        self._list.setObjectName("paperList")
        self._list.setAccessibleName("Documento")
        for place, paper in enumerate(self._papers):
            usual = "  (o usual agora)" if place == 0 else ""
            self._list.addItem(QListWidgetItem(PAPER[paper] + usual))
        self._format = ChoiceField()
        self._format.setObjectName("paperFormat")
        self._printer = ChoiceField()
        self._printer.setObjectName("printer")
        names = QPrinterInfo.availablePrinterNames()
        self._printer.set_choices([("", OPEN_PDF), *((name, name) for name in names)])
        self._copies = ChoiceField()
        self._copies.setObjectName("printCopies")
        self._copies.set_choices([(n, str(n)) for n in range(1, MOST_COPIES + 1)])
        self._go = PrimaryButton("Imprimir", "Enter")
        self._go.setObjectName("printGoButton")
        self._go.setDefault(True)
        self._leave = FlatButton("Voltar", "Esc")
        self._view = PaperView(self._desk)
        buttons = QHBoxLayout()
        buttons.addWidget(self._go)
        buttons.addWidget(self._leave)
        buttons.addStretch(1)
        left = QVBoxLayout()
        left.setSpacing(10)
        left.addWidget(title_label(f"Imprimir, OS {self._sheet.number}"))
        left.addWidget(quiet_label(self._sheet.customer.name, wrap=True))
        left.addWidget(self._list)
        left.addWidget(Labelled("Formato", self._format))
        left.addWidget(Labelled("Impressora", self._printer))
        left.addWidget(Labelled("Cópias do documento", self._copies))
        left.addWidget(
            quiet_label("A escolha fica guardada para este tipo de documento.", wrap=True)
        )
        left.addStretch(1)
        left.addLayout(buttons)
        side = QWidget()
        side.setLayout(left)
        side.setFixedWidth(300)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(16, 16, 16, 16)
        whole.setSpacing(16)
        whole.addWidget(side)
        whole.addWidget(self._view, 1)
        self.resize(900, 560)

    def _connect(self) -> None:
        self._list.currentRowChanged.connect(self._paper_changed)
        self._list.itemActivated.connect(self._confirm)
        self._format.edited.connect(self._show)
        self._go.clicked.connect(self._confirm)
        self._leave.clicked.connect(self.reject)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._list.doItemsLayout()  # dressed only now, its rows have their height
        rows = min(len(self._papers), PAPERS_SEEN)
        self._list.setFixedHeight(rows * self._list.sizeHintForRow(0) + 4)

    def choice(self) -> PrintChoice:
        paper = self._papers[self._list.currentRow()]
        form = PaperFormat(str(self._format.value()))
        return PrintChoice(
            paper, form, str(self._printer.value() or ""), int(str(self._copies.value()))
        )

    def _paper_changed(self, row: int) -> None:
        paper = self._papers[row]
        self._format.set_choices([(form, FORMAT[form]) for form in PAPER_FORMATS[paper]])
        self._format.set_value(self._habits.format(paper))
        self._printer.set_value(self._habits.printer(paper))
        if self._printer.currentIndex() < 0:
            self._printer.set_value("")
        self._copies.set_value(self._habits.copies(paper))
        self._show()

    def _show(self) -> None:
        choice = self.choice()
        draw = partial(
            preview_paper,
            number=self._sheet.number,
            paper=choice.paper,
            paper_format=choice.format,
            now=self._desk.now(),
        )
        self._view.show_paper(draw)

    def _confirm(self) -> None:
        choice = self.choice()
        self._habits.remember(choice.paper, choice.format, choice.printer, choice.copies)
        self.chosen.emit(choice)
        self.accept()
