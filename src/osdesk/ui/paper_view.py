"""How a paper comes out: its pages as pictures, one under the other, drawn in the background."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from osdesk.documents.read import PagePicture
from osdesk.domain.errors import UserError
from osdesk.texts import sentence
from osdesk.ui.desk import Desk
from osdesk.ui.tasks import Task

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
