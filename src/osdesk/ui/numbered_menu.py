"""A menu whose entries show their number or their own key: once open, one digit takes one."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QMenu


class NumberedMenu(QMenu):
    def add(self, words: str, data: object, key: str = "") -> QAction:
        """``key``: does the same without the menu, and is shown in the number's place."""
        place = len(self.entries()) + 1
        action = QAction(f"{words}\t{key or place}", self)
        action.setData(data)
        self.addAction(action)
        return action

    def entries(self) -> list[QAction]:
        return [action for action in self.actions() if not action.isSeparator()]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        place = event.key() - Qt.Key.Key_1
        entries = self.entries()
        if 0 <= place < min(9, len(entries)) and entries[place].isEnabled():
            self.close()
            entries[place].trigger()
            return
        super().keyPressEvent(event)
