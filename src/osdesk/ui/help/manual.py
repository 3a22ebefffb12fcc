"""F1: the manual, beside whatever is being typed; nothing has to be saved or left for it.

Its chapters are Markdown files of ``resources/manual``, in the order of their names.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from PySide6.QtCore import QSize, Qt, QUrl
from PySide6.QtGui import QCloseEvent, QFont, QImage, QKeyEvent, QTextCursor, QTextDocument
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from osdesk import paths
from osdesk.domain.text import fold
from osdesk.ui.widgets import keymap, theme
from osdesk.ui.widgets.controls import GhostButton, quiet_label
from osdesk.ui.widgets.icons import window_icon
from osdesk.ui.widgets.search_box import SearchBox

SIZE = QSize(920, 640)
LIST_WIDTH = 236
EDGE = 24
ROW = 26
NOTHING = "Nenhum capítulo tem essas palavras. Tente menos palavras, ou só o começo de uma."

NEWS = "novidades"
LIMITS = "limites"


@dataclass(frozen=True, slots=True)
class Chapter:
    name: str
    """The file's name without its number: ``backup``."""
    title: str
    body: str
    """Markdown; pictures are found beside the file."""

    @property
    def told(self) -> str:
        """The body with the shop's own keys; what changed is told as it was."""
        return self.body if self.name == NEWS else keymap.words(self.body)

    def holds(self, wanted: str) -> bool:
        """Whether each word that was typed is in it, accents and capitals aside."""
        text = fold(self.told)
        return all(word in text for word in fold(wanted).split())


@cache
def chapters() -> tuple[Chapter, ...]:
    """All of the manual, what changed in each version last."""
    files = sorted(paths.resource("manual").glob("*.md"))
    found = [_chapter(path, path.stem.partition("-")[2]) for path in files]
    return (*found, _chapter(paths.changelog(), NEWS))


def chapter(name: str) -> Chapter:
    return next(chapter for chapter in chapters() if chapter.name == name)


def _chapter(path: Path, name: str) -> Chapter:
    body = path.read_text(encoding="utf-8")
    title, _, _ = body.removeprefix("# ").partition("\n")
    return Chapter(name, title, body)


class _Text(QTextBrowser):
    """A chapter as it is read: its pictures no wider than the window."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("manualText")
        self.setAccessibleName("Texto do manual")
        self.setOpenLinks(False)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(EDGE)

    def loadResource(self, kind: int, name: QUrl | str) -> object:
        if kind != QTextDocument.ResourceType.ImageResource.value:
            return None
        picture = QImage(str(paths.resource("manual") / QUrl(name).toString()))
        room = max(self.viewport().width() - 2 * EDGE - 8, 200)
        return picture.scaledToWidth(
            min(room, picture.width()), Qt.TransformationMode.SmoothTransformation
        )


class ManualWindow(QWidget):
    """Chapters at the left, found by their words; the chosen one at the right. Esc closes."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setObjectName("manualWindow")
        self.setWindowTitle("Manual · osdesk")
        self.setWindowIcon(window_icon())
        self.resize(SIZE)
        self._shown: Chapter | None = None
        self._build()
        self._connect()
        self._find("")

    def _build(self) -> None:
        self.search = SearchBox("manualSearch", "Buscar no manual", "Buscar no manual")
        self._list = QListWidget()
        self._list.setObjectName("manualChapters")
        self._list.setAccessibleName("Capítulos do manual")
        self._list.setFrameShape(QListWidget.Shape.NoFrame)
        self._nothing = quiet_label(NOTHING, wrap=True)
        self._text = _Text()
        self._close = GhostButton("Fechar", "Esc")
        side = QVBoxLayout()
        side.setSpacing(8)
        side.addWidget(self.search)
        side.addWidget(self._nothing)
        side.addWidget(self._list, 1)
        side.addWidget(self._close)
        left = QWidget()
        left.setLayout(side)
        side.setContentsMargins(0, 0, 0, 0)
        left.setFixedWidth(LIST_WIDTH)
        self.search.setMinimumWidth(0)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 12, 12, 12)
        row.setSpacing(12)
        row.addWidget(left)
        row.addWidget(self._text, 1)

    def _connect(self) -> None:
        self.search.textChanged.connect(self._find)
        self.search.left_down.connect(self._to_list)
        self.search.submitted.connect(self._to_list)
        self._list.currentItemChanged.connect(self._chosen)
        self._close.clicked.connect(self.close)

    def open_at(self, name: str) -> None:
        """Show a chapter by its name, in front of all else."""
        self.search.clear()
        for row in range(self._list.count()):
            if self._list.item(row).data(Qt.ItemDataRole.UserRole) == name:
                self._list.setCurrentRow(row)
        self.show()
        self.raise_()
        self.activateWindow()
        self._list.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def shown(self) -> str:
        return self._shown.name if self._shown is not None else ""

    def text(self) -> str:
        return self._text.toPlainText()

    def titles(self) -> list[str]:
        return [self._list.item(row).text() for row in range(self._list.count())]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        elif event.key() == Qt.Key.Key_F3:
            self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.search.selectAll()
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        super().closeEvent(event)
        window = self.parentWidget()
        if window is not None:
            window.activateWindow()

    def _find(self, wanted: str) -> None:
        """The chapters that hold what was typed; the one that is shown stays, where it does."""
        before = self.shown
        self._list.blockSignals(True)
        self._list.clear()
        for found in chapters():
            if found.holds(wanted):
                item = QListWidgetItem(found.title)
                item.setData(Qt.ItemDataRole.UserRole, found.name)
                item.setSizeHint(QSize(0, ROW))
                self._list.addItem(item)
                if found.name == before:
                    self._list.setCurrentItem(item)
        self._list.blockSignals(False)
        self._list.setVisible(self._list.count() > 0)
        self._nothing.setVisible(self._list.count() == 0)
        if self._list.currentRow() < 0 and self._list.count():
            self._list.setCurrentRow(0)
        elif self._shown is not None:
            self._mark(wanted)

    def _to_list(self) -> None:
        self._list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _chosen(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self._show(chapter(item.data(Qt.ItemDataRole.UserRole)))

    def _show(self, shown: Chapter) -> None:
        self._shown = shown
        self._text.setMarkdown(shown.told)
        _dress(self._text.document())
        self._text.moveCursor(QTextCursor.MoveOperation.Start)
        self._mark(self.search.text())

    def _mark(self, wanted: str) -> None:
        """The first place where what was typed stands."""
        self._text.moveCursor(QTextCursor.MoveOperation.Start)
        words = wanted.split()
        if words:
            self._text.find(words[0])
            self._text.ensureCursorVisible()


def _dress(document: QTextDocument) -> None:
    """Headings and tables of Markdown in the sizes and colours of this house."""
    block = document.begin()
    while block.isValid():
        level = block.blockFormat().headingLevel()
        if level:
            cursor = QTextCursor(block)
            cursor.select(QTextCursor.SelectionType.BlockUnderCursor)
            letters = cursor.charFormat()
            letters.setFontPointSize(17 if level == 1 else 12.5)
            letters.setFontWeight(QFont.Weight.DemiBold)
            cursor.mergeCharFormat(letters)
        space = block.blockFormat()
        space.setTopMargin(14 if level > 1 else 0)
        in_table = QTextCursor(block).currentTable() is not None
        space.setBottomMargin(0 if in_table else 3 if block.textList() is not None else 8)
        QTextCursor(block).setBlockFormat(space)
        block = block.next()
    for frame in document.rootFrame().childFrames():
        shape = frame.frameFormat()
        shape.setBorder(1)
        shape.setBorderBrush(theme.color("line"))
        frame.setFrameFormat(shape)
