"""The cells of an order's lines: the field that each opens for typing, and how it is painted."""

from PySide6.QtCore import QEvent, QModelIndex, QObject, QRect, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import QLineEdit, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from osdesk.texts import ITEM_KIND
from osdesk.ui import theme
from osdesk.ui.fields import ChoiceField, MoneyField, TextField
from osdesk.ui.items_model import DETAIL_ROLE, HEADERS, RIGHT, Column, Index
from osdesk.ui.suggest import Find, Suggest

Editor = TextField | MoneyField | ChoiceField
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
PASSING = (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason)


class ItemCells(QStyledItemDelegate):
    """Editors of cells; the description's completes from the catalogue."""

    opened = Signal(QWidget, QModelIndex)
    chosen = Signal(object)
    """An entry of the catalogue, for the open line."""
    walked = Signal(int)
    """Enter or Tab (1), Shift+Tab (-1)."""
    given_up = Signal()
    left = Signal()
    """The focus went elsewhere."""

    def __init__(self, find: Find, parent: QWidget) -> None:
        super().__init__(parent)
        self._find = find
        self._suggest: Suggest | None = None

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        editor: Editor
        self._suggest = None
        column = index.column()
        if column == Column.KIND:
            editor = ChoiceField(parent)
            editor.set_choices([(kind.value, words) for kind, words in ITEM_KIND.items()])
        elif column == Column.UNIT_PRICE:
            editor = MoneyField(parent)
        else:
            editor = TextField(parent, limit=500 if column == Column.DESCRIPTION else 20)
            if column == Column.QUANTITY:
                editor.setAlignment(RIGHT)
            else:
                self._suggest = Suggest(editor, self._find)
                self._suggest.chosen.connect(self.chosen)
        editor.setAccessibleName(f"{HEADERS[column]} da linha {index.row() + 1}")
        self.opened.emit(editor, index)
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        value = index.data(Qt.ItemDataRole.EditRole)
        if isinstance(editor, ChoiceField):
            editor.set_value(value)
        elif isinstance(editor, QLineEdit) and not editor.isModified():
            editor.setText(value)
            editor.selectAll()

    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, index: Index
    ) -> None:
        editor.setGeometry(_rect(option).adjusted(1, 1, -1, -1))

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusOut:
            if getattr(event, "reason", lambda: None)() not in PASSING:
                self.left.emit()
            return False
        if not isinstance(event, QKeyEvent):
            return False
        if event.type() == QEvent.Type.ShortcutOverride:
            if event.key() == Qt.Key.Key_Escape:
                event.accept()  # Esc leaves the cell, not the page
                return True
            return False
        if event.type() != QEvent.Type.KeyPress:
            return False
        if self._suggest is not None and self._suggest.wants(event):
            return False
        return self._act(event.key())

    def _act(self, key: int) -> bool:
        if key in (*ENTER, Qt.Key.Key_Tab):
            self.walked.emit(1)
        elif key == Qt.Key.Key_Backtab:
            self.walked.emit(-1)
        elif key == Qt.Key.Key_Escape:
            self.given_up.emit()
        else:
            return False
        return True

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        if not index.isValid():
            return
        painter.save()
        place = _rect(option)
        state = option.state
        if state & QStyle.StateFlag.State_Selected and option.widget.hasFocus():
            painter.fillRect(place, theme.color("soft"))
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(theme.color("accent"))
            painter.drawRect(place.adjusted(0, 0, -1, -1))
        painter.setFont(theme.font())
        painter.setPen(theme.color("ink"))
        inside = place.adjusted(8, 0, -8, 0)
        metrics = QFontMetrics(theme.font())
        text = str(index.data(Qt.ItemDataRole.DisplayRole) or "")
        align = index.data(Qt.ItemDataRole.TextAlignmentRole)
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, inside.width())
        painter.drawText(inside, int(align), shown)
        detail = index.data(DETAIL_ROLE)
        room = inside.width() - metrics.horizontalAdvance(shown) - 10
        if detail and room > 40:
            painter.setFont(theme.font(12))
            painter.setPen(theme.color("grey"))
            quiet = QFontMetrics(theme.font(12))
            words = quiet.elidedText(detail, Qt.TextElideMode.ElideRight, room)
            painter.drawText(inside.adjusted(inside.width() - room, 0, 0, 0), int(align), words)
        painter.restore()


def _rect(option: QStyleOptionViewItem) -> QRect:
    place: QRect = option.rect
    return place
