"""Tables to choose rows from: cells of two lines, their model, their painting, the table."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from PySide6.QtCore import (
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

CELL_ROLE = Qt.ItemDataRole.UserRole + 20
ROW_HEIGHT = 44
EDGE = 8

Row = TypeVar("Row")
Index = QModelIndex | QPersistentModelIndex
NOTHING = QModelIndex()


@dataclass(frozen=True, slots=True)
class Cell:
    """What a cell shows: a line, a smaller one beneath it, and how they look."""

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


class RowDelegate(QStyledItemDelegate):
    """Paints rows of one height: the ground, the line beneath, the mark of the chosen one."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(60, ROW_HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        selected = bool(state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.fillRect(rect, theme.color("soft" if selected else "surface"))
        line = QRect(rect.left(), rect.bottom(), rect.width(), 1)
        painter.fillRect(line, theme.color("line"))
        if selected and index.column() == 0:
            painter.fillRect(rect.left(), rect.top(), 3, rect.height(), theme.color("accent"))
        room = rect.adjusted(EDGE, 0, -EDGE, -1)
        self.paint_cell(painter, room, index, "grey" if selected else "muted")
        painter.restore()

    def paint_cell(self, painter: QPainter, room: QRect, index: Index, quiet: str) -> None:
        """The content, within ``room``; ``quiet``: the colour of what matters less."""
        raise NotImplementedError


class TwoLineDelegate(RowDelegate):
    """For views whose model answers ``CELL_ROLE`` with a ``Cell``."""

    def paint_cell(self, painter: QPainter, room: QRect, index: Index, quiet: str) -> None:
        cell: Cell | None = index.data(CELL_ROLE)
        if cell is None:
            return
        if cell.pill:
            paint_pill(painter, room.adjusted(-2, 0, 6, 0), cell.over, cell.pill)
            return
        face = theme.medium() if cell.strong else theme.font()
        tone = quiet if cell.tone == "muted" else cell.tone
        if not cell.under:
            _write(painter, room, cell.over, face, tone, cell.right)
            return
        upper, lower = two_lines(room)
        _write(painter, upper, cell.over, face, tone, cell.right)
        _write(painter, lower, cell.under, theme.font(12), quiet, cell.right)


def two_lines(room: QRect) -> tuple[QRect, QRect]:
    """Where the line and the smaller one beneath it stand in a row."""
    upper = QRect(room.left(), room.top() + 4, room.width(), 19)
    lower = QRect(room.left(), room.top() + 22, room.width(), 18)
    return upper, lower


def _write(painter: QPainter, room: QRect, text: str, face: QFont, tone: str, right: bool) -> None:
    painter.setFont(face)
    painter.setPen(theme.color(tone))
    cut = QFontMetrics(face).elidedText(text, Qt.TextElideMode.ElideRight, room.width())
    painter.drawText(room, side_of(right), cut)


def side_of(right: bool) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter


class CellsModel(QAbstractTableModel, Generic[Row]):
    """Plain rows; ``cell`` makes what is shown of one.

    ``right``: columns whose heading stands at the right too.
    """

    def __init__(
        self,
        headings: Sequence[str],
        cell: Callable[[Row, int], Cell],
        right: Sequence[int] = (),
    ) -> None:
        super().__init__()
        self._headings, self._right = list(headings), frozenset(right)
        self._cell = cell
        self._rows: list[Row] = []

    def show_rows(self, rows: Sequence[Row]) -> None:
        self.beginResetModel()
        self._rows = list(rows)
        self.endResetModel()

    def row(self, index: Index) -> Row | None:
        if index.isValid() and index.row() < len(self._rows):
            return self._rows[index.row()]
        return None

    def place_of(self, row_id: int) -> int | None:
        """Where the row with that ``id`` stands; None where it is not among them."""
        found = (
            place for place, row in enumerate(self._rows) if getattr(row, "id", None) == row_id
        )
        return next(found, None)

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
                return side_of(section in self._right)
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.row(index)
        if row is None:
            return None
        cell = self._cell(row, index.column())
        if role == Qt.ItemDataRole.DisplayRole:
            return cell.over
        if role == CELL_ROLE:
            return cell
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return side_of(cell.right)
        if role == Qt.ItemDataRole.ToolTipRole:
            return self.tip(row, index.column(), cell)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self.spoken(row, index.column(), cell)
        return None

    def tip(self, row: Row, column: int, cell: Cell) -> str | None:
        """What the mouse's rest over a cell shows: what may be cut."""
        return cell.whole

    def spoken(self, row: Row, column: int, cell: Cell) -> str:
        """What a screen reader says of a cell."""
        return cell.whole


class RowsModel(CellsModel[tuple[Cell, ...]]):
    """Ready-made rows for a table that is only looked at: each cell comes as ``Cell``."""

    def __init__(self, headings: Sequence[str], right: Sequence[int] = ()) -> None:
        super().__init__(headings, tuple.__getitem__, right)
        self._keys: list[object] = []

    def show_rows(self, rows: Sequence[tuple[Cell, ...]], keys: Sequence[object] = ()) -> None:
        """``keys``: what each row stands for, to be had back by ``key``."""
        self._keys = list(keys)
        super().show_rows(rows)

    def set_headings(self, headings: Sequence[str]) -> None:
        self._headings = list(headings)
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(headings) - 1)

    def key(self, index: Index) -> object:
        return self._keys[index.row()] if 0 <= index.row() < len(self._keys) else None


def set_up_rows(table: QTableView, row_height: int) -> None:
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
    """A table of rows to choose from; Enter or a double click opens one.

    ``widths``: fixed widths by column, the one without a width takes the rest.

    ``optional``: columns that go, the last named first, where the one that gives would get less
    than ``least``.
    """

    opened = Signal(QModelIndex)
    current_changed = Signal(QModelIndex)

    def __init__(
        self,
        name: str,
        cells: CellsModel[Any],
        widths: Mapping[int, int],
        *,
        optional: tuple[int, ...] = (),
        least: int = 180,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._widths, self._optional, self._least = dict(widths), optional, least
        self.cells = cells
        self.setModel(cells)
        self.setItemDelegate(TwoLineDelegate(self))
        set_up_rows(self, ROW_HEIGHT)
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
