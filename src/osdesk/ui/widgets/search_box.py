"""The one search box: whatever the clerk has is typed or scanned here."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from osdesk.ui.widgets.controls import key_hint
from osdesk.ui.widgets.icons import icon


def number_in_code(text: str) -> str | None:
    """The order's number in a scanned QR code of a paper; None where it is no such code."""
    parts = text.strip().split("|")
    if len(parts) >= 3 and parts[0] == "OSDESK1" and parts[2].isascii() and parts[2].isdigit():
        return parts[2]
    return None


class SearchBox(QLineEdit):
    """A line to search in: Enter and Down lead into the list, a cross empties it."""

    submitted = Signal(str)
    """Enter."""
    left_down = Signal()
    """Down: into the list."""

    def __init__(
        self, name: str, spoken: str, placeholder: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(spoken)
        self.setPlaceholderText(placeholder)
        self.setMinimumWidth(260)
        self.addAction(icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        self._clear = QAction(icon("x"), "Limpar a busca", self)
        self._clear.setVisible(False)
        self.addAction(self._clear, QLineEdit.ActionPosition.TrailingPosition)
        self._hint = key_hint("F3")
        self._hint.setParent(self)
        self._clear.triggered.connect(self.clear)
        self.textChanged.connect(self._text_changed)

    def show_text(self, text: str) -> None:
        """Show a text without searching for it."""
        self.blockSignals(True)
        self.setText(text)
        self.blockSignals(False)
        self._text_changed(text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.text().strip():
                self.submitted.emit(self.text())
        elif event.key() == Qt.Key.Key_Down:
            self.left_down.emit()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._hint.adjustSize()
        self._hint.move(
            self.width() - self._hint.width() - 10, (self.height() - self._hint.height()) // 2
        )

    def _text_changed(self, text: str) -> None:
        self._clear.setVisible(bool(text))
        self._hint.setVisible(not text)
