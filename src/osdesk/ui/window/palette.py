"""Ctrl+K: everything that can be done now, found by its name.

What the window's keys do, and every button that is on show and can be pressed: nothing has to be
entered twice to be found.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QDialog,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QMenu,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from osdesk.domain.text import fold
from osdesk.ui.widgets import theme
from osdesk.ui.widgets.controls import MessageBar
from osdesk.ui.window.keys import Act

WIDTH = 520
MOST = 14


def acts_on(page: QWidget) -> Iterator[Act]:
    """The buttons of a page that can be pressed now, with the choices of those that open a menu."""
    for button in page.findChildren(QAbstractButton):
        if not button.isVisible() or not button.isEnabled() or _is_part(button):
            continue
        words, key = _words(button)
        menu = button.menu() if isinstance(button, QPushButton) else None
        if menu is not None:
            yield from _choices(menu)
        elif words:
            yield Act(words, key, button.click)


def _choices(menu: QMenu) -> Iterator[Act]:
    menu.aboutToShow.emit()
    for action in menu.actions():
        if action.isEnabled() and not action.isSeparator() and action.text():
            words, _, key = action.text().replace("&&", "&").partition("\t")
            yield Act(words, key.lstrip("0123456789 "), action.trigger)


def _is_part(button: QAbstractButton) -> bool:
    """A field's own sign, one answer of several, the cross of a message: no act of its own."""
    no_focus = button.focusPolicy() == Qt.FocusPolicy.NoFocus
    if isinstance(button.parent(), MessageBar) and not button.text():
        return True
    return isinstance(button.parent(), QLineEdit) or (button.isCheckable() and no_focus)


def _words(button: QAbstractButton) -> tuple[str, str]:
    """What a button does, as it is read aloud (*Incluir material*); the key behind its words."""
    words, _, key = button.text().partition("  ")
    key = "" if button.isCheckable() or key.isdigit() else key  # a count, a place in a list
    spoken, _, _ = button.accessibleName().partition("  ")
    if button.property("kind") == "tab":
        spoken = f"Abrir {spoken or words}"
    return (spoken or words).replace("&&", "&").strip(), key.strip()


class Palette(QDialog):
    """A line to type in and what matches; Enter does it, Esc leaves all as it was."""

    def __init__(self, acts: Sequence[Act], window: QWidget) -> None:
        super().__init__(window, Qt.WindowType.Dialog | Qt.WindowType.FramelessWindowHint)
        self.setObjectName("palette")
        self.setAccessibleName("Fazer pelo nome")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        seen: dict[str, Act] = {}
        for act in acts:
            known = seen.setdefault(fold(act.words), act)
            if act.key and not known.key:
                seen[fold(act.words)] = replace(known, key=act.key)
        self._acts = list(seen.values())
        self._shown: list[Act] = []
        self._build(window)
        self._connect()
        self._find("")

    def _build(self, window: QWidget) -> None:
        self.line = QLineEdit()
        self.line.setObjectName("paletteLine")
        self.line.setPlaceholderText("O que você quer fazer?")
        self.line.setAccessibleName("O que você quer fazer")
        self._list = QListWidget()
        self._list.setObjectName("paletteList")
        self._list.setAccessibleName("Ações")
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setUniformItemSizes(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 10, 10, 10)
        column.setSpacing(8)
        column.addWidget(self.line)
        column.addWidget(self._list)
        self.setFixedSize(WIDTH, 420)
        self.move(window.mapToGlobal(QPoint((window.width() - WIDTH) // 2, 72)))

    def _connect(self) -> None:
        self.line.textEdited.connect(self._find)
        self._list.itemClicked.connect(self._clicked)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(theme.color("edge"))  # no frame of the system's: an edge of its own
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))

    def words(self) -> list[str]:
        """What is offered now, best first."""
        return [act.words for act in self._shown]

    def _find(self, typed: str) -> None:
        wanted = fold(typed).split()
        matching = [act for act in self._acts if all(word in fold(act.words) for word in wanted)]
        start = fold(typed).strip()
        matching.sort(key=lambda act: not fold(act.words).startswith(start))
        self._shown = matching[:MOST]
        self._list.clear()
        for act in self._shown:
            item = QListWidgetItem(f"{act.words}    {act.key}" if act.key else act.words)
            self._list.addItem(item)
        if not self._shown:
            nothing = QListWidgetItem(
                f"Nada do que se pode fazer agora se chama “{typed.strip()}”."
            )
            nothing.setFlags(Qt.ItemFlag.NoItemFlags)
            self._list.addItem(nothing)
        self._list.setCurrentRow(0 if self._shown else -1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            row = self._list.currentRow() + (1 if key == Qt.Key.Key_Down else -1)
            self._list.setCurrentRow(max(0, min(row, self._list.count() - 1)))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._do(self._list.currentRow())
        else:
            super().keyPressEvent(event)

    def _clicked(self, item: QListWidgetItem) -> None:
        self._do(self._list.row(item))

    def _do(self, row: int) -> None:
        if 0 <= row < len(self._shown):
            act = self._shown[row]
            self.accept()
            act.run()
