"""Tables to choose from: two-line cells, their model and painting; Enter or a double click."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from PySide6.QtCore import (
    QAbstractItemModel,
    QAbstractTableModel,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from osdesk.ui.widgets import theme
from osdesk.ui.widgets.controls import paint_pill

LINES_ROLE = Qt.ItemDataRole.UserRole + 20
ROW_HEIGHT = 44
EDGE = 8


@dataclass(frozen=True, slots=True)
class Lines:
    over: str
    under: str = ""
    tone: str = "ink"
    strong: bool = False
    right: bool = False
    pill: str = ""
    """A status word's tone: ``over`` is painted as a pill."""

    @property
    def whole(self) -> str:
        return ", ".join(part for part in (self.over, self.under) if part)


class TwoLines(QStyledItemDelegate):
    """For views whose model answers ``LINES_ROLE`` with ``Lines``."""

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        return QSize(60, ROW_HEIGHT)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        rect: QRect = option.rect
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        lines = index.data(LINES_ROLE)
        painter.save()
        painter.fillRect(rect, theme.color("soft" if selected else "surface"))
        foot = QRect(rect.left(), rect.bottom(), rect.width(), 1)
        painter.fillRect(foot, theme.color("line"))
        if selected and index.column() == 0:
            painter.fillRect(rect.left(), rect.top(), 3, rect.height(), theme.color("accent"))
        if isinstance(lines, Lines):
            room = rect.adjusted(EDGE, 0, -EDGE, -1)
            if lines.pill:
                paint_pill(painter, room.adjusted(-2, 0, 6, 0), lines.over, lines.pill)
            else:
                _paint(painter, room, lines, "grey" if selected else "muted")
        painter.restore()


def _paint(painter: QPainter, room: QRect, lines: Lines, quiet: str) -> None:
    face = theme.medium() if lines.strong else theme.font()
    tone = quiet if lines.tone == "muted" else lines.tone
    if not lines.under:
        _write(painter, room, lines.over, face, tone, lines.right)
        return
    upper = QRect(room.left(), room.top() + 4, room.width(), 19)
    lower = QRect(room.left(), room.top() + 22, room.width(), 18)
    _write(painter, upper, lines.over, face, tone, lines.right)
    _write(painter, lower, lines.under, theme.font(12), quiet, lines.right)


def _write(painter: QPainter, room: QRect, text: str, face: QFont, tone: str, right: bool) -> None:
    painter.setFont(face)
    painter.setPen(theme.color(tone))
    side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
    cut = QFontMetrics(face).elidedText(text, Qt.TextElideMode.ElideRight, room.width())
    painter.drawText(room, side | Qt.AlignmentFlag.AlignVCenter, cut)


Row = TypeVar("Row")
Index = QModelIndex | QPersistentModelIndex
NOTHING = QModelIndex()


class LinesModel(QAbstractTableModel, Generic[Row]):
    """``lines`` gives a row's cell; ``right``: columns whose heading stands at the right too."""

    def __init__(
        self,
        headings: Sequence[str],
        lines: Callable[[Row, int], Lines],
        right: Sequence[int] = (),
    ) -> None:
        super().__init__()
        self._headings, self._right = list(headings), frozenset(right)
        self._lines = lines
        self._rows: list[Row] = []

    def show_rows(self, rows: Sequence[Row]) -> None:
        self.beginResetModel()
        self._rows = list(rows)
        self.endResetModel()

    def row(self, index: Index) -> Row | None:
        if index.isValid() and index.row() < len(self._rows):
            return self._rows[index.row()]
        return None

    def rowCount(self, parent: Index = NOTHING) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = NOTHING) -> int:
        return 0 if parent.isValid() else len(self._headings)

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        if orientation is Qt.Orientation.Horizontal and 0 <= section < len(self._headings):
            if role == Qt.ItemDataRole.DisplayRole:
                return self._headings[section]
            if role == Qt.ItemDataRole.TextAlignmentRole:
                return _side(section in self._right)
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.row(index)
        if row is None:
            return None
        lines = self._lines(row, index.column())
        if role == Qt.ItemDataRole.DisplayRole:
            return lines.over
        if role == LINES_ROLE:
            return lines
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _side(lines.right)
        if role == Qt.ItemDataRole.ToolTipRole:
            return self.tip(row, index.column(), lines)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self.spoken(row, index.column(), lines)
        return None

    def tip(self, row: Row, column: int, lines: Lines) -> str | None:
        """What the mouse's rest over a cell shows: what may be cut."""
        return lines.whole

    def spoken(self, row: Row, column: int, lines: Lines) -> str:
        """What a screen reader says of a cell."""
        return lines.whole


class RowsModel(LinesModel[tuple[Lines, ...]]):
    """Ready-made rows for a table that is only looked at: each cell comes as ``Lines``."""

    def __init__(self, headings: Sequence[str], right: Sequence[int] = ()) -> None:
        super().__init__(headings, tuple.__getitem__, right)
        self._keys: list[object] = []

    def show_rows(self, rows: Sequence[tuple[Lines, ...]], keys: Sequence[object] = ()) -> None:
        """``keys``: what each row stands for, to be had back by ``key``."""
        self._keys = list(keys)
        super().show_rows(rows)

    def set_headings(self, headings: Sequence[str]) -> None:
        self._headings = list(headings)
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(headings) - 1)

    def key(self, index: Index) -> object:
        return self._keys[index.row()] if 0 <= index.row() < len(self._keys) else None


def _side(right: bool) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter


def dress(table: QTableView, row_height: int) -> None:
    """Whole rows to choose from: no frame, no grid, columns that only the program sets."""
    table.setFrameShape(QFrame.Shape.NoFrame)
    table.setShowGrid(False)
    table.setWordWrap(False)
    table.setTabKeyNavigation(False)
    table.setCornerButtonEnabled(False)
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    rows = table.verticalHeader()
    rows.hide()
    rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    rows.setMinimumSectionSize(row_height)
    rows.setDefaultSectionSize(row_height)
    columns = table.horizontalHeader()
    columns.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    columns.setHighlightSections(False)
    columns.setSectionsClickable(False)
    columns.setMinimumSectionSize(40)
    columns.setFixedHeight(38)


class PlainTable(QTableView):
    """``widths``: fixed widths by column, the one without a width takes the rest.

    ``optional``: columns that go, the last named first, where the one that gives would get less
    than ``least``.
    """

    opened = Signal(QModelIndex)
    current_changed = Signal(QModelIndex)

    def __init__(
        self,
        name: str,
        model: QAbstractItemModel,
        widths: Mapping[int, int],
        *,
        optional: tuple[int, ...] = (),
        least: int = 180,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._widths, self._optional, self._least = dict(widths), optional, least
        self.setModel(model)
        self.setItemDelegate(TwoLines(self))
        dress(self, ROW_HEIGHT)
        self.doubleClicked.connect(self.opened)
        self.selectionModel().currentRowChanged.connect(self._row_changed)

    def select_row(self, row: int) -> None:
        index = self.model().index(row, 0)
        if index.isValid():
            flags = QItemSelectionModel.SelectionFlag
            self.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)
            self.scrollTo(index)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.currentIndex().isValid():
                self.opened.emit(self.currentIndex())
        elif event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        room = self.viewport().width()
        shown = dict(self._widths)
        for column in reversed(self._optional):
            if room - sum(shown.values()) < self._least:
                del shown[column]
        for column in range(self.model().columnCount()):
            gives = column not in self._widths
            self.setColumnHidden(column, not gives and column not in shown)
            if column in shown:
                self.setColumnWidth(column, shown[column])
            elif gives:
                self.setColumnWidth(column, max(room - sum(shown.values()), 60))

    def _row_changed(self, current: QModelIndex) -> None:
        self.current_changed.emit(current)
