"""Ready-made rows for a table that is only looked at: each cell comes as ``Lines``."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from osdesk.ui.two_lines import LINES_ROLE, Lines

Index = QModelIndex | QPersistentModelIndex
NOTHING = QModelIndex()


class RowsModel(QAbstractTableModel):
    """``right``: the columns whose heading stands at the right, as their figures do."""

    def __init__(self, headings: Sequence[str], right: Sequence[int] = ()) -> None:
        super().__init__()
        self._headings, self._right = list(headings), frozenset(right)
        self._rows: list[tuple[Lines, ...]] = []
        self._keys: list[object] = []

    def show_rows(self, rows: Sequence[tuple[Lines, ...]], keys: Sequence[object] = ()) -> None:
        """``keys``: what each row stands for, to be had back by ``key``."""
        self.beginResetModel()
        self._rows, self._keys = list(rows), list(keys)
        self.endResetModel()

    def set_headings(self, headings: Sequence[str]) -> None:
        self._headings = list(headings)
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(headings) - 1)

    def key(self, index: Index) -> object:
        return self._keys[index.row()] if 0 <= index.row() < len(self._keys) else None

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
        if not index.isValid():
            return None
        lines = self._rows[index.row()][index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return lines.over
        if role == LINES_ROLE:
            return lines
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _side(lines.right)
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return ", ".join(part for part in (lines.over, lines.under) if part)
        return None


def _side(right: bool) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter
