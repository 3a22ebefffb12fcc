"""Shift+F9: which paper, in which format, on which printer, with a look at how it comes out."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSettings, Qt, Signal
from PySide6.QtGui import QImage, QPixmap, QShowEvent
from PySide6.QtPrintSupport import QPrinterInfo
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from osdesk.documents.read import PagePicture
from osdesk.domain.codes import Paper, PaperFormat
from osdesk.domain.errors import UserError
from osdesk.domain.papers.facts import PAPERS, papers_now
from osdesk.domain.views.orders import OrderView
from osdesk.jobs.papers import preview_paper
from osdesk.services.orders.view import order_view
from osdesk.texts import FORMAT, PAPER, sentence
from osdesk.ui.desk import Desk
from osdesk.ui.tasks import Task
from osdesk.ui.widgets.controls import FlatButton, PrimaryButton, quiet_label, title_label
from osdesk.ui.widgets.fields import ChoiceField, Labelled

DPI = 110
MOST_PAGES = 12
"""Pages that a look shows; a paper with more says so by its own numbers."""

FILE = "printing.ini"
MOST_COPIES = 9

Draw = Callable[[object], bytes]
"""Gets the store, gives the PDF; runs in the background."""


class PrintHabits:
    """Format, printer and copies chosen the last time for each paper: ``printing.ini`` in the
    shop's folder; losing it loses nothing but habits."""

    def __init__(self, folder: Path) -> None:
        self._file = QSettings(str(folder / FILE), QSettings.Format.IniFormat)

    def format(self, paper: Paper) -> PaperFormat:
        value = self._file.value(f"{paper.value}/format", "")
        known = {form.value: form for form in PAPERS[paper].formats}
        return known.get(str(value), PAPERS[paper].formats[0])

    def printer(self, paper: Paper) -> str:
        """A printer's name; empty: the PDF is opened."""
        return str(self._file.value(f"{paper.value}/printer", ""))

    def copies(self, paper: Paper) -> int:
        value = str(self._file.value(f"{paper.value}/copies", "1"))
        return int(value) if value in {str(n) for n in range(1, MOST_COPIES + 1)} else 1

    def remember(self, paper: Paper, paper_format: PaperFormat, printer: str, copies: int) -> None:
        self._file.setValue(f"{paper.value}/format", paper_format.value)
        self._file.setValue(f"{paper.value}/printer", printer)
        self._file.setValue(f"{paper.value}/copies", str(copies))
        self._file.sync()


def _pictures(store: object, draw: Draw) -> list[PagePicture]:
    from osdesk.documents.read import page_pictures

    found = []
    for page in page_pictures(draw(store), dpi=DPI):
        found.append(page)
        if len(found) == MOST_PAGES:
            break
    return found


class PaperView(QScrollArea):
    """Shows the newest paper asked for; an older answer is dropped."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("paperView")
        self.setAccessibleName("Como o documento sai")
        self._desk = desk
        self._task: Task | None = None
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._ground = QWidget()
        self._ground.setProperty("kind", "scrolled")
        self._column = QVBoxLayout(self._ground)
        self._column.setContentsMargins(8, 8, 8, 8)
        self._column.setSpacing(8)
        self._column.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignHCenter)
        self.setWidget(self._ground)

    @property
    def pages(self) -> int:
        """Pages on show; 0 while one is being drawn, or where there is none."""
        return len(self._ground.findChildren(QLabel, "paperPage"))

    def show_paper(self, draw: Draw) -> None:
        self._clear("Preparando…")
        self._task = self._desk.tasks.run(
            _pictures, draw, done=self._drawn, failed=self._failed, owner=self
        )

    def _drawn(self, pages: list[PagePicture]) -> None:
        self._clear("")
        room = max(self.width() - 36, 120)  # edges, and the bar that a second page brings
        for page in pages:
            kind = QImage.Format.Format_RGB888
            image = QImage(page.data, page.width, page.height, page.stride, kind)
            picture = QPixmap.fromImage(image)
            if picture.width() > room:
                smooth = Qt.TransformationMode.SmoothTransformation
                picture = picture.scaledToWidth(room, smooth)
            label = QLabel()
            label.setObjectName("paperPage")
            label.setPixmap(picture)
            self._column.addWidget(label)

    def _failed(self, error: UserError) -> None:
        self._clear(sentence(error))

    def _clear(self, words: str) -> None:
        if self._task is not None:
            self._task.drop()
            self._task = None
        while (item := self._column.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.setParent(None)
                widget.deleteLater()
        if words:
            label = QLabel(words)
            label.setProperty("kind", "quiet")
            label.setWordWrap(True)
            self._column.addWidget(label)


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
        self._sheet: OrderView = desk.read(order_view, number, now=desk.now())
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
        self._format.set_choices([(form, FORMAT[form]) for form in PAPERS[paper].formats])
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
