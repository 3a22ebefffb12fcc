"""Choices by one digit: buttons and menus that show the number that takes each."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QAction, QFocusEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QMenu, QVBoxLayout, QWidget

from osdesk.ui.widgets import keymap, theme
from osdesk.ui.widgets.controls import ChipButton
from osdesk.ui.widgets.field_state import FieldState
from osdesk.ui.widgets.flow_layout import FlowLayout

DIGITS = "1234567890"
"""The tenth is taken by the key after 9; what comes behind it by the arrows."""


class NumberedMenu(QMenu):
    """A menu whose entries show the digit that takes each, all in one row."""

    def add(self, words: str, data: object, key: str = "") -> QAction:
        """``key``: does the same without the menu, and is shown behind the number."""
        place = len(self.entries())
        digit = DIGITS[place] if place < len(DIGITS) else ""
        action = QAction(f"{words}\t{digit}   {keymap.key(key)}".rstrip(), self)
        action.setData(data)
        self.addAction(action)
        return action

    def entries(self) -> list[QAction]:
        return [action for action in self.actions() if not action.isSeparator()]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        typed = event.text()
        place = DIGITS.index(typed) if typed and typed in DIGITS else -1
        entries = self.entries()
        if 0 <= place < len(entries) and entries[place].isEnabled():
            self.close()
            entries[place].trigger()
            return
        super().keyPressEvent(event)


EDGE = 4


class NumberedChoice(FieldState, QWidget):
    """A field that is one stop of Tab; inside it the digits and the arrows choose."""

    def __init__(self, words: Mapping[Any, str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = dict(words)
        self._values: list[object] = list(words)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._group = QButtonGroup(self)
        self._buttons: list[ChipButton] = []
        row = FlowLayout(4)
        around = QVBoxLayout(self)  # a flow has no edges of its own
        around.setContentsMargins(EDGE, EDGE, EDGE, EDGE)
        around.addLayout(row)
        for place, (value, name) in enumerate(self._words.items()):
            button = ChipButton(f"{place + 1}  {name}")
            button.setObjectName(f"choice_{value}")
            button.setAccessibleName(name)
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self._buttons.append(button)
            self._group.addButton(button)
            row.addWidget(button)
        self._group.buttonClicked.connect(self._clicked)
        policy = self.sizePolicy()
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.set_value(None)

    def value(self) -> object | None:
        for value, button in zip(self._values, self._buttons, strict=True):
            if button.isChecked():
                return value
        return None

    def set_value(self, value: object | None) -> None:
        self._group.setExclusive(False)
        for one, button in zip(self._values, self._buttons, strict=True):
            button.setChecked(value is not None and one == value)
        self._group.setExclusive(True)
        self._settle()

    def is_blank(self) -> bool:
        return self.value() is None

    def choose(self, place: int) -> None:
        """The one with that number, as a person chose it."""
        if 1 <= place <= len(self._values):
            self.set_value(self._values[place - 1])
            self.edited.emit()

    # -- Qt's own ways ---------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        bare = event.modifiers() in (
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.KeypadModifier,
        )
        if bare and Qt.Key.Key_1 <= key <= Qt.Key.Key_9:
            self.choose(key - Qt.Key.Key_0)
        elif key in (Qt.Key.Key_Right, Qt.Key.Key_Down):
            self._step(1)
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Up):
            self._step(-1)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.hasFocus():
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(theme.color("accent"))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)

    def _step(self, by: int) -> None:
        chosen = self.value()
        place = 0 if chosen is None else self._values.index(chosen) + by
        self.choose(max(0, min(place, len(self._values) - 1)) + 1)

    def _clicked(self) -> None:
        self._settle()
        self.edited.emit()

    def _settle(self) -> None:
        self.setAccessibleDescription(self.described())
        self.clear_error()

    def described(self) -> str:
        chosen = self.value()
        return self._words[chosen] if chosen is not None else "nada escolhido"
