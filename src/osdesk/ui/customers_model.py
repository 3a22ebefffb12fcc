"""The customers' list as Qt sees it: pages of plain rows, fetched on as one scrolls down."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from osdesk.domain.calendar import format_date
from osdesk.domain.identifiers import format_document
from osdesk.domain.money import format_amount
from osdesk.domain.shapes import CustomerRow
from osdesk.domain.text import fold
from osdesk.texts import plural
from osdesk.ui.two_lines import LINES_ROLE, Lines

Index = QModelIndex | QPersistentModelIndex
Fetch = Callable[[tuple[str, int] | None], list[CustomerRow]]
"""Rows after (folded name, id) of the last one known; None asks for the first page."""

CUSTOMER, ORDERS, BALANCE, LAST = range(4)
HEADINGS = ("Cliente", "Ordens", "A receber (R$)", "Última OS")
RIGHT = {ORDERS, BALANCE, LAST}
NOTHING = QModelIndex()


class CustomersModel(QAbstractTableModel):
    """Never holds more than has been looked at; ``page`` is how many rows a full page has."""

    def __init__(self, page: int) -> None:
        super().__init__()
        self._page = page
        self._rows: list[CustomerRow] = []
        self._fetch: Fetch | None = None
        self._more = False

    def show_rows(self, fetch: Fetch, *, keep: int = 0) -> None:
        """Start anew with the first page that ``fetch`` gives, and on until ``keep`` rows."""
        self.beginResetModel()
        self._fetch = fetch
        self._rows = rows = fetch(None)
        while len(self._rows) < keep and len(rows) >= self._page:
            rows = fetch(self._last())
            self._rows.extend(rows)
        self._more = False  # who listens to the reset must not fetch on in the midst of it
        self.endResetModel()
        self._more = len(rows) >= self._page

    def row(self, index: Index) -> CustomerRow | None:
        if index.isValid() and index.row() < len(self._rows):
            return self._rows[index.row()]
        return None

    def row_of(self, customer_id: int) -> int | None:
        """The line of a customer among those fetched."""
        return next((n for n, row in enumerate(self._rows) if row.id == customer_id), None)

    def rowCount(self, parent: Index = NOTHING) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = NOTHING) -> int:
        return 0 if parent.isValid() else len(HEADINGS)

    def canFetchMore(self, parent: Index) -> bool:
        return self._more and not parent.isValid()

    def fetchMore(self, parent: Index) -> None:
        if not self.canFetchMore(parent) or self._fetch is None or not self._rows:
            return
        rows = self._fetch(self._last())
        self._more = len(rows) >= self._page
        if not rows:
            return
        self.beginInsertRows(QModelIndex(), len(self._rows), len(self._rows) + len(rows) - 1)
        self._rows.extend(rows)
        self.endInsertRows()

    def _last(self) -> tuple[str, int]:
        last = self._rows[-1]
        return fold(last.name), last.id

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
                return alignment(section)
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.row(index)
        if row is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return cell(row, index.column())
        if role == LINES_ROLE:
            return lines(row, index.column())
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return alignment(index.column())
        if role == Qt.ItemDataRole.ToolTipRole and index.column() == CUSTOMER:
            return row.name
        if role == Qt.ItemDataRole.AccessibleTextRole:
            seen = lines(row, index.column())
            return ", ".join(part for part in (seen.over, seen.under) if part)
        return None


def alignment(column: int) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if column in RIGHT else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter


def cell(row: CustomerRow, column: int) -> str:
    if column == CUSTOMER:
        return row.name
    if column == ORDERS:
        return str(row.orders)
    if column == BALANCE:
        return format_amount(row.balance) if row.balance else "—"
    return format_date(row.last_order_on) if row.last_order_on else "—"


def lines(row: CustomerRow, column: int) -> Lines:
    """What a cell shows, the quieter line beneath."""
    over = cell(row, column)
    if column == CUSTOMER:
        document = format_document(row.document) if row.document else ""
        under = " · ".join(part for part in (row.phone, document) if part)
        return Lines(over, under or "sem telefone", strong=True)
    if column == ORDERS and row.open_orders:
        return Lines(over, plural(row.open_orders, "aberta", "abertas"), right=True)
    tone = "amber" if column == BALANCE and row.balance else "ink"
    return Lines(over, tone=tone, strong=tone == "amber", right=True)
