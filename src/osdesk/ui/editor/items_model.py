"""The lines of an order as a table: plain ``ItemForm`` rows, totals by the domain's functions."""

from collections.abc import Callable, Sequence
from copy import deepcopy
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from osdesk.domain.codes import ItemKind, PartCondition
from osdesk.domain.errors import UserError
from osdesk.domain.money import (
    format_amount,
    format_quantity_br,
    line_total,
    parse_brl,
    parse_quantity_br,
)
from osdesk.domain.orders.forms import ItemForm
from osdesk.domain.orders.rules import LEGAL_WARRANTY_DAYS, total_of_line
from osdesk.domain.views.shop import (
    CatalogView,
)
from osdesk.texts import ITEM_KIND, PART_CONDITION

Index = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()


class Column(IntEnum):
    KIND = 0
    DESCRIPTION = 1
    QUANTITY = 2
    UNIT_PRICE = 3
    TOTAL = 4


HEADERS = ("Tipo", "Descrição", "Qtde", "Unitário", "Total")
FIELDS = ("kind", "description", "quantity", "unit_price", "total")
EDITABLE = (Column.KIND, Column.DESCRIPTION, Column.QUANTITY, Column.UNIT_PRICE)
DETAIL_ROLE = int(Qt.ItemDataRole.UserRole) + 1
"""What else there is to say of a line, in quiet words behind its description."""
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


def is_blank(item: ItemForm) -> bool:
    """Nothing was said yet: such a row is not kept."""
    return not item.description.strip() and not item.unit_price and not item.discount


def read_cell(item: ItemForm, column: Column, text: str) -> object:
    """The value of a typed text. Raises UserError: nothing that cannot be read is stored."""
    match column:
        case Column.DESCRIPTION:
            return text.strip()
        case Column.QUANTITY:
            quantity = parse_quantity_br(text)
            _fits(quantity, item.unit_price, item.discount)
            return quantity
        case Column.UNIT_PRICE:
            price = parse_brl(text) if text.strip() else 0
            _fits(item.quantity, price, item.discount)
            return price
    raise AssertionError(column)


def _fits(quantity: int, price: int, discount: int) -> None:
    gross = line_total(quantity, price)
    if discount > gross:
        raise UserError("discount_too_big", lines=gross)


def detail_text(item: ItemForm) -> str:
    """``usada · desconto 10,00 · garantia 90 dias · Edson``, as far as there is something."""
    parts = []
    if item.kind is ItemKind.PART and item.part_condition is not None:
        parts.append(PART_CONDITION[item.part_condition])
    if item.unit not in ("un", ""):
        parts.append(item.unit)
    if item.discount:
        parts.append(f"desconto {format_amount(item.discount)}")
    if item.warranty_days is not None:
        # as the papers say it: the law's days are given whatever was typed
        parts.append(f"garantia {max(item.warranty_days, LEGAL_WARRANTY_DAYS)} dias")
    if item.technician:
        parts.append(item.technician)
    return " · ".join(parts)


class ItemsModel(QAbstractTableModel):
    """``edited`` callback: a person changed something; ``load`` tells nobody."""

    def __init__(self, edited: Callable[[], object], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[ItemForm] = []
        self._edited = edited
        self.locked = False
        self.correctable = False
        """While locked: what the lines cost and who worked on them may still be put right."""
        self.free = False

    # -- rows ------------------------------------------------------------------------------

    def load(self, items: Sequence[ItemForm]) -> None:
        self.beginResetModel()
        self._rows = [deepcopy(item) for item in items]
        self.endResetModel()

    def items(self) -> list[ItemForm]:
        """The rows that say something; their places in the table are ``kept_rows``."""
        return [deepcopy(self._rows[row]) for row in self.kept_rows()]

    def kept_rows(self) -> list[int]:
        return [row for row, item in enumerate(self._rows) if not is_blank(item)]

    def item(self, row: int) -> ItemForm:
        return self._rows[row]

    def row_of(self, item: ItemForm) -> int:
        """The place of this very row; equal ones may stand beside it."""
        return next(row for row, other in enumerate(self._rows) if other is item)

    def insert(self, row: int, item: ItemForm) -> None:
        self.beginInsertRows(ROOT, row, row)
        self._rows.insert(row, item)
        self.endInsertRows()
        if not is_blank(item):
            self._edited()

    def append(self, kind: ItemKind) -> int:
        self.insert(len(self._rows), ItemForm(kind=kind))
        return len(self._rows) - 1

    def take(self, row: int) -> ItemForm:
        self.beginRemoveRows(ROOT, row, row)
        item = self._rows.pop(row)
        self.endRemoveRows()
        if not is_blank(item):
            self._edited()
        return item

    def change(self, row: int, **values: object) -> None:
        """Set fields of one row; a service has no condition of a part."""
        item = self._rows[row]
        before = deepcopy(item)
        for name, value in values.items():
            setattr(item, name, value)
        if item.kind is ItemKind.SERVICE:
            item.part_condition = None
        if item != before:
            self.dataChanged.emit(self.index(row, 0), self.index(row, len(HEADERS) - 1))
            self._edited()

    def fill(self, row: int, entry: CatalogView) -> None:
        """Complete a line from the catalogue; the quantity stays what it was, and where all is
        ``free`` (a return under warranty) its price is none."""
        condition: PartCondition | None = entry.part_condition
        self.change(
            row,
            kind=entry.kind,
            description=entry.description,
            unit=entry.unit,
            unit_price=0 if self.free else entry.unit_price,
            unit_cost=entry.unit_cost,
            warranty_days=entry.warranty_days,
            part_condition=condition,
        )

    # -- what Qt asks ----------------------------------------------------------------------

    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(HEADERS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(HEADERS):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return HEADERS[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return RIGHT if section >= Column.QUANTITY else LEFT
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        if index.isValid() and not self.locked and index.column() in EDITABLE:
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or not 0 <= index.row() < len(self._rows):
            return None
        item, column = self._rows[index.row()], index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(item, column)
        if role == Qt.ItemDataRole.EditRole:
            return item.kind.value if column == Column.KIND else self._text(item, column)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return RIGHT if column >= Column.QUANTITY else LEFT
        if role == DETAIL_ROLE and column == Column.DESCRIPTION:
            return detail_text(item)
        if role == Qt.ItemDataRole.ToolTipRole and column == Column.DESCRIPTION:
            return " · ".join(filter(None, (item.description, detail_text(item)))) or None
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{HEADERS[column]}: {self._text(item, column)}"
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Take a typed text; False, and nothing changed, where it cannot be read."""
        if role != Qt.ItemDataRole.EditRole or not self.flags(index) & Qt.ItemFlag.ItemIsEditable:
            return False
        column = Column(index.column())
        try:
            if column is Column.KIND:
                self.change(index.row(), kind=ItemKind(str(value)))
            else:
                item = self._rows[index.row()]
                self.change(index.row(), **{FIELDS[column]: read_cell(item, column, str(value))})
        except (UserError, ValueError):
            return False
        return True

    @staticmethod
    def _text(item: ItemForm, column: int) -> str:
        match column:
            case Column.KIND:
                return ITEM_KIND[item.kind]
            case Column.DESCRIPTION:
                return item.description
            case Column.QUANTITY:
                return format_quantity_br(item.quantity)
            case Column.UNIT_PRICE:
                return format_amount(item.unit_price)
        return format_amount(total_of_line(item))
