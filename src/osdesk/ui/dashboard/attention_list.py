"""*Precisa de você hoje*: icon, what, why; one click or Enter opens the order."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from osdesk.domain.views.figures import Attention
from osdesk.ui.dashboard.words import AttentionLine, attention_line
from osdesk.ui.widgets import theme
from osdesk.ui.widgets.icons import icon_pixmap

Index = QModelIndex | QPersistentModelIndex
NOTHING = QModelIndex()
ROW = 45
LIT = QStyle.StateFlag.State_MouseOver | QStyle.StateFlag.State_Selected


class AttentionModel(QAbstractListModel):
    def __init__(self) -> None:
        super().__init__()
        self._items: tuple[Attention, ...] = ()
        self._lines: list[AttentionLine] = []

    def show_items(self, items: Sequence[Attention]) -> None:
        self.beginResetModel()
        self._items = tuple(items)
        self._lines = [attention_line(item) for item in items]
        self.endResetModel()

    def line(self, index: Index) -> AttentionLine:
        return self._lines[index.row()]

    def number(self, index: Index) -> int:
        return self._items[index.row()].number

    def rowCount(self, parent: Index = NOTHING) -> int:
        return 0 if parent.isValid() else len(self._items)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        line = self._lines[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"{line.title}, {line.why}"
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"{self._items[index.row()].customer} · {line.why}"
        return None


class _Painter(QStyledItemDelegate):
    def _ratio(self) -> float:
        view = self.parent()
        return view.devicePixelRatioF() if isinstance(view, QWidget) else 1.0

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(200, ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model = index.model()
        if not isinstance(model, AttentionModel):
            raise TypeError(type(model))
        line = model.line(index)
        box: QRect = option.rect
        state: QStyle.StateFlag = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if state & LIT:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("soft"))
            painter.drawRoundedRect(box.adjusted(0, 1, 0, -1), 6, 6)
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(theme.color("accent"), 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(1, 2, -1, -2), 6, 6)
        pixmap = icon_pixmap(line.icon, theme.color(line.tone), 20, self._ratio())
        painter.drawPixmap(box.left() + 8, box.top() + (ROW - 20) // 2, pixmap)
        left, room = box.left() + 38, box.width() - 46
        quiet = "grey" if state & LIT else "muted"
        rows = (
            (theme.medium(), "ink", line.title, 19),
            (theme.font(12), quiet, line.why, 36),
        )
        for font, tone, text, baseline in rows:
            painter.setFont(font)
            painter.setPen(theme.color(tone))
            cut = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, room)
            painter.drawText(left, box.top() + baseline, cut)
        painter.restore()


class AttentionList(QListView):
    """``chosen`` carries the number of the order."""

    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("attentionList")
        self.setAccessibleName("Precisa de você hoje")
        self._model = AttentionModel()
        self.setModel(self._model)
        self.setItemDelegate(_Painter(self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.clicked.connect(self._choose)

    def show_items(self, items: Sequence[Attention]) -> None:
        """Keeps the keyboard on the same order where it is still there."""
        current = self.currentIndex()
        number = self._model.number(current) if current.isValid() else None
        self._model.show_items(items)
        for row, item in enumerate(items):
            if item.number == number:
                self.setCurrentIndex(self._model.index(row))
                break

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.currentIndex().isValid():
                self._choose(self.currentIndex())
            return
        super().keyPressEvent(event)

    def _choose(self, index: QModelIndex) -> None:
        self.chosen.emit(self._model.number(index))
