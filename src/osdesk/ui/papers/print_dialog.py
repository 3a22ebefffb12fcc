"""Shift+F9: which paper, in which format, on which printer, with a look at how it comes out."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage, QPixmap, QShowEvent
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
from osdesk.domain.errors import UserError
from osdesk.domain.papers.facts import papers_now
from osdesk.domain.views.orders import OrderView
from osdesk.jobs.papers import preview_paper
from osdesk.services.orders.view import order_view
from osdesk.texts import PAPER, sentence
from osdesk.ui.desk import Desk
from osdesk.ui.papers.print_fields import PrintChoice, PrintFields
from osdesk.ui.tasks import Task
from osdesk.ui.widgets.controls import FlatButton, PrimaryButton, quiet_label, title_label

DPI = 110
MOST_PAGES = 12
"""Pages that a look shows; a paper with more says so by its own numbers."""

Draw = Callable[[object], bytes]
"""Gets the store, gives the PDF; runs in the background."""


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


OPEN_PDF = "Abrir o PDF, sem imprimir"

PAPERS_SEEN = 6
"""More are scrolled to: the dialog stands whole on the smallest screen."""


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
        self._fields = PrintFields(self._desk.folder, OPEN_PDF)
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
        left.addWidget(self._fields)
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
        self._fields.format.edited.connect(self._show)
        self._go.clicked.connect(self._confirm)
        self._leave.clicked.connect(self.reject)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._list.doItemsLayout()  # dressed only now, its rows have their height
        rows = min(len(self._papers), PAPERS_SEEN)
        self._list.setFixedHeight(rows * self._list.sizeHintForRow(0) + 4)

    def choice(self) -> PrintChoice:
        return self._fields.choice()

    def _paper_changed(self, row: int) -> None:
        self._fields.show_paper(self._papers[row])
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
        self._fields.remember()
        self.chosen.emit(choice)
        self.accept()
