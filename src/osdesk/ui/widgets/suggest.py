"""A list of known things under a field, as one types, used by keys alone.

Not a QCompleter: its popup is a window that takes the keyboard, and what Enter then does depends
on the platform. This is a plain list inside the window; the field keeps the focus.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QLineEdit, QListWidget, QListWidgetItem

from osdesk.domain.text import fold

MOST = 8
SURE = 3
"""Letters after which a single suggestion is what is meant."""
CHOOSING = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab)


@dataclass(frozen=True)
class Suggestion:
    """Words of one line of the list, and what choosing it means."""

    words: str
    value: object


Find = Callable[[str], Sequence[Suggestion]]


class Suggest(QObject):
    """Shows what ``find`` answers to the typed text; Down, Enter or the mouse choose.

    Nothing is chosen by itself: a new name that resembles a known one stays what was typed. Only
    where something new is rare (``likely``) the first one that begins so is marked at once, for
    Enter or Tab to take; Esc keeps what was typed. Where words repeat and few are new (``single``)
    the only one that begins so is marked, from the third letter on.
    """

    chosen = Signal(object)

    def __init__(
        self,
        field: QLineEdit,
        find: Find,
        *,
        least: int = 1,
        likely: bool = False,
        single: bool = False,
    ) -> None:
        """``field``: of an editable combo box it is its line, which gets keys past every filter, so
        the box is listened to as well."""
        super().__init__(field)
        self._field = field
        self._find = find
        self._least = least
        self._likely, self._single = likely, single
        self._list: QListWidget | None = None
        field.textEdited.connect(self._typed)
        field.installEventFilter(self)
        self._box = field.parent() if isinstance(field.parent(), QComboBox) else None
        if self._box is not None:
            self._box.installEventFilter(self)

    def visible(self) -> bool:
        return self._list is not None and self._list.isVisible()

    def words(self) -> list[str]:
        if self._list is None or not self.visible():
            return []
        return [self._list.item(row).text() for row in range(self._list.count())]

    def hide(self) -> None:
        if self._list is not None:
            self._list.hide()

    def _drop(self) -> None:
        """The list is the window's child: it must not outlive a cell's editor."""
        if self._list is not None:
            self._list.hide()
            self._list.deleteLater()
            self._list = None

    def _typed(self, text: str) -> None:
        if len(text.strip()) < self._least:
            self.hide()
        else:
            self._show(self._find(text))

    def _show(self, found: Sequence[Suggestion]) -> None:
        if not found or self._field.isReadOnly():
            self.hide()
            return
        shown = self._made_list()
        shown.clear()
        for suggestion in found[:MOST]:
            item = QListWidgetItem(suggestion.words)
            item.setData(Qt.ItemDataRole.UserRole, suggestion)
            shown.addItem(item)
        shown.setCurrentRow(self._marked_row(found[:MOST]))
        self._place(shown)
        shown.show()
        shown.raise_()

    def _marked_row(self, found: Sequence[Suggestion]) -> int:
        """Which one Enter or Tab takes without having been stepped to; -1: none."""
        typed = fold(self._field.text())
        if self._single and len(found) == 1 and len(typed) >= SURE:
            return 0 if fold(found[0].words).startswith(typed) else -1
        if not self._likely:
            return -1
        words = [fold(suggestion.words) for suggestion in found]
        if typed in words:
            return words.index(typed)
        return next((row for row, word in enumerate(words) if word.startswith(typed)), -1)

    def _made_list(self) -> QListWidget:
        window = self._field.window()
        if self._list is None or self._list.parent() is not window:
            self._list = QListWidget(window)
            self._list.setProperty("kind", "popup")
            self._list.setObjectName("suggestions")
            self._list.setAccessibleName("Sugestões")
            self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            self._list.setTextElideMode(Qt.TextElideMode.ElideRight)
            self._list.setUniformItemSizes(True)
            self._list.itemClicked.connect(self._clicked)
        return self._list

    def _place(self, shown: QListWidget) -> None:
        window = self._field.window()
        height = shown.count() * (shown.sizeHintForRow(0)) + 12
        width = max(self._field.width(), min(460, shown.sizeHintForColumn(0) + 28))
        corner = self._field.mapTo(window, QPoint(0, self._field.height() + 1))
        if corner.y() + height > window.height():
            corner.setY(max(0, self._field.mapTo(window, QPoint(0, -1)).y() - height))
        corner.setX(max(0, min(corner.x(), window.width() - width)))
        shown.setGeometry(corner.x(), corner.y(), width, height)

    # -- keys ------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is not self._field and watched is not self._box:
            return False
        if event.type() == QEvent.Type.FocusOut:
            self.hide()
        elif event.type() == QEvent.Type.Hide:
            self._drop()
        elif event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            if self.visible() and event.key() == Qt.Key.Key_Escape:
                event.accept()  # Esc closes the list, not the page
                return True
        elif event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._key(event)
        return False

    def _key(self, event: QKeyEvent) -> bool:
        key = Qt.Key(event.key())
        if not self.visible():
            if key == Qt.Key.Key_Down and not event.modifiers():
                self._show(self._find(self._field.text()))
                if self.visible() and self._picked() is None:
                    self._step(1)
                return self.visible()
            return False
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self._step(1 if key == Qt.Key.Key_Down else -1)
            return True
        if key == Qt.Key.Key_Escape:
            self.hide()
            return True
        if key in CHOOSING:
            item = self._picked()
            if item is not None:
                same = fold(item.text()) == fold(self._field.text())
                self._choose(item)
                return not (self._likely and (same or key == Qt.Key.Key_Tab))
            self.hide()
        return False

    def wants(self, event: QKeyEvent) -> bool:
        """Whether a key is the list's, for those who also listen to the field's keys."""
        key = Qt.Key(event.key())
        if not self.visible() or (key in CHOOSING and self._picked() is None):
            return False
        return key in (Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Escape, *CHOOSING)

    def _picked(self) -> QListWidgetItem | None:
        if self._list is None or self._list.currentRow() < 0:
            return None
        return self._list.currentItem()

    def _step(self, by: int) -> None:
        if self._list is not None:
            row = self._list.currentRow() + by
            self._list.setCurrentRow(max(-1, min(row, self._list.count() - 1)))

    def _clicked(self, item: QListWidgetItem) -> None:
        self._choose(item)

    def _choose(self, item: QListWidgetItem) -> None:
        suggestion = item.data(Qt.ItemDataRole.UserRole)
        self.hide()
        self.chosen.emit(suggestion.value)
