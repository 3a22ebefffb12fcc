"""Scans that reach the window: codes typed by a hand scanner, sheets dropped as files."""

import re
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QObject, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget

from osdesk.ui.widgets.line_fields import write_over
from osdesk.ui.widgets.search_box import SearchBox, number_in_code

SCANS = (".pdf", ".png", ".jpg", ".jpeg", ".webp", ".heic", ".tif", ".tiff")
"""What a scanner or a telephone gives; what cannot be kept of it is refused in words."""


class SheetDrop(QObject):
    """A widget in between that takes a drop for itself, as the editor its photos, comes first."""

    def __init__(self, window: QWidget, take: Callable[[list[Path]], object]) -> None:
        super().__init__(window)
        self._take = take
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QDragEnterEvent) and scans_in(event.mimeData()):
            event.acceptProposedAction()
            return True
        if event.type() == QEvent.Type.Drop and isinstance(event, QDropEvent):
            paths = scans_in(event.mimeData())
            if paths:
                event.acceptProposedAction()
                self._take(paths)
                return True
        return False


def scans_in(mime: QMimeData) -> list[Path]:
    """The scans and folders among what is dragged."""
    paths = [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()]
    return [path for path in paths if path.suffix.casefold() in SCANS or path.is_dir()]


GAP = 0.04
"""Seconds between two letters of one code, at most: nobody types like that."""
_NUMBER = re.compile(r"(?:OS)?[0-9]{2,9}", re.IGNORECASE)
WORDS = frozenset(
    {
        *("customerName", "equipmentKind", "equipmentBrand", "equipmentColour", "reason"),
        *("equipmentAccessories", "equipmentCondition", "diagnosis", "report"),
    }
)
"""Fields of words: a bare number that is scanned there was the label of an order."""
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class Scanner(QObject):
    """Watches the keys of one window; ``scanned`` carries the code of an order."""

    scanned = Signal(str)

    def __init__(self, window: QWidget, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__(window)
        self._window = window
        self._clock = clock
        self._burst = ""
        self._before: tuple[str, int] = ("", 0)
        self._last = 0.0
        app = QApplication.instance()
        if app is not None:
            app.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            not isinstance(event, QKeyEvent)
            or event.type() != QEvent.Type.KeyPress
            or watched is not QApplication.focusWidget()
            or watched.window() is not self._window
        ):
            return False
        now = self._clock()
        if now - self._last > GAP:
            self._burst = ""
        self._last = now
        if event.key() in ENTER:
            burst, self._burst = self._burst, ""
            return self._is_order(burst, watched)
        text = event.text()
        if not self._burst:
            self._before = _selected(watched)
        self._burst = self._burst + text if text and text.isprintable() else ""
        return False

    def _is_order(self, burst: str, where: QWidget) -> bool:
        if isinstance(where, SearchBox):
            return False  # its own Enter opens what it holds
        typing = isinstance(where, QLineEdit | QPlainTextEdit) and not where.isReadOnly()
        words = not typing or where.objectName() in WORDS
        if number_in_code(burst) is None and not (words and _NUMBER.fullmatch(burst)):
            return False
        if typing:
            _take_back(where, len(burst), *self._before)
        self.scanned.emit(burst)
        return True


def _selected(field: QWidget) -> tuple[str, int]:
    """What the first letter of a code replaces; of a line the whole text and where it is typed."""
    if isinstance(field, QLineEdit):
        return field.text(), field.cursorPosition()
    if isinstance(field, QPlainTextEdit):
        return field.textCursor().selectedText().replace("\u2029", "\n"), 0
    return "", 0


def _take_back(field: QWidget, count: int, before: str, place: int) -> None:
    """Take out of a field the code that went through it; what it wrote over stands again."""
    if isinstance(field, QLineEdit):
        write_over(field, before)
        field.setCursorPosition(place)
    elif isinstance(field, QPlainTextEdit):
        cursor = field.textCursor()
        for _ in range(count):
            cursor.deletePreviousChar()
        cursor.insertText(before)
