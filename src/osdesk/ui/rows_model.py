"""Tables whose cells are ``Lines``: a model says what stands in a cell, the rest is the same."""

from collections.abc import Callable, Sequence
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from osdesk.ui.two_lines import LINES_ROLE, Lines

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
