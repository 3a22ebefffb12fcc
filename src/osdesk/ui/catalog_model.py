"""The price list as Qt sees it: one row an entry, what has been put aside in quiet words."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from osdesk.domain.money import format_amount
from osdesk.domain.shapes import CatalogView
from osdesk.texts import ITEM_KIND, PART_CONDITION, plural
from osdesk.ui.two_lines import LINES_ROLE, Lines

Index = QModelIndex | QPersistentModelIndex
DESCRIPTION, KIND, WARRANTY, COST, PRICE = range(5)
HEADINGS = ("Descrição", "Tipo", "Garantia", "Custo (R$)", "Preço (R$)")
RIGHT = {WARRANTY, COST, PRICE}
NOTHING = QModelIndex()


class CatalogModel(QAbstractTableModel):
    def __init__(self) -> None:
        super().__init__()
        self._rows: list[CatalogView] = []

    def show_rows(self, rows: Sequence[CatalogView]) -> None:
        self.beginResetModel()
        self._rows = list(rows)
        self.endResetModel()

    def row(self, index: Index) -> CatalogView | None:
        return self._rows[index.row()] if index.isValid() else None

    def row_of(self, entry: int) -> int | None:
        return next((n for n, row in enumerate(self._rows) if row.id == entry), None)

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
                return _side(section)
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.row(index)
        if row is None:
            return None
        lines = _lines(row, index.column())
        if role == Qt.ItemDataRole.DisplayRole:
            return lines.over
        if role == LINES_ROLE:
            return lines
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _side(index.column())
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(part for part in (lines.over, lines.under) if part)
        if role == Qt.ItemDataRole.ToolTipRole and index.column() == DESCRIPTION:
            return row.description
        return None


def _side(column: int) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if column in RIGHT else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter


def _lines(row: CatalogView, column: int) -> Lines:
    tone = "ink" if row.active else "muted"
    if column == DESCRIPTION:
        return Lines(row.description, "" if row.active else "fora de uso", tone, strong=True)
    if column == KIND:
        condition = PART_CONDITION[row.part_condition] if row.part_condition else ""
        return Lines(ITEM_KIND[row.kind], condition, tone)
    if column == WARRANTY:
        days = row.warranty_days
        return Lines("—" if days is None else plural(days, "dia", "dias"), tone=tone, right=True)
    if column == COST:
        cost = "—" if row.unit_cost is None else format_amount(row.unit_cost)
        return Lines(cost, tone=tone, right=True)
    unit = "" if row.unit == "un" else f"por {row.unit}"
    return Lines(format_amount(row.unit_price), unit, tone, strong=True, right=True)
