"""All orders of one customer, newest first, on the customer's card."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from osdesk.domain.shapes import OrderRow
from osdesk.ui.orders_text import RowText, row_text
from osdesk.ui.two_lines import LINES_ROLE, Lines

Index = QModelIndex | QPersistentModelIndex
NUMBER, EQUIPMENT, STATUS, TOTAL = range(4)
HEADINGS = ("OS", "Equipamento", "Situação", "Total (R$)")
WIDTHS = {NUMBER: 74, STATUS: 158, TOTAL: 92}
NOTHING = QModelIndex()


class CustomerOrders(QAbstractTableModel):
    def __init__(self) -> None:
        super().__init__()
        self._rows: list[OrderRow] = []
        self._texts: list[RowText] = []

    def show_rows(self, rows: Sequence[OrderRow], now: datetime) -> None:
        """``now``: the moment in the shop's zone."""
        self.beginResetModel()
        self._rows = list(rows)
        self._texts = [row_text(row, now) for row in rows]
        self.endResetModel()

    def number(self, index: Index) -> int:
        return self._rows[index.row()].number

    def rowCount(self, parent: Index = NOTHING) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = NOTHING) -> int:
        return 0 if parent.isValid() else len(HEADINGS)

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        if orientation is Qt.Orientation.Horizontal and 0 <= section < len(HEADINGS):
            if role == Qt.ItemDataRole.DisplayRole:
                return HEADINGS[section]
            if role == Qt.ItemDataRole.TextAlignmentRole:
                return _side(section == TOTAL)
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        text = self._texts[index.row()]
        lines = _lines(text, index.column())
        if role == Qt.ItemDataRole.DisplayRole:
            return lines.over
        if role == LINES_ROLE:
            return lines
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _side(lines.right)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return text.spoken if index.column() == NUMBER else lines.over
        if role == Qt.ItemDataRole.ToolTipRole and index.column() == EQUIPMENT:
            return f"{text.equipment}\n{text.reason}"
        return None


def _side(right: bool) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter


def _lines(text: RowText, column: int) -> Lines:
    if column == NUMBER:
        return Lines(text.number, text.requested, strong=True)
    if column == EQUIPMENT:
        return Lines(text.equipment, text.reason)
    if column == STATUS:
        return Lines(text.status, pill=text.status_tone)
    return Lines(text.total, text.payment, strong=True, right=True)
