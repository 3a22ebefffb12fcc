"""The customers' list as Qt sees it: pages of plain rows, fetched on as one scrolls down."""

from collections.abc import Callable

from PySide6.QtCore import QModelIndex

from osdesk.domain.calendar import format_date
from osdesk.domain.identifiers import format_document
from osdesk.domain.money import format_amount
from osdesk.domain.shapes import CustomerRow
from osdesk.domain.text import fold
from osdesk.texts import plural
from osdesk.ui.rows_model import Index, LinesModel
from osdesk.ui.two_lines import Lines

Fetch = Callable[[tuple[str, int] | None], list[CustomerRow]]
"""Rows after (folded name, id) of the last one known; None asks for the first page."""

CUSTOMER, ORDERS, BALANCE, LAST = range(4)
HEADINGS = ("Cliente", "Ordens", "A receber (R$)", "Última OS")


class CustomersModel(LinesModel[CustomerRow]):
    """Never holds more than has been looked at; ``page`` is how many rows a full page has."""

    def __init__(self, page: int) -> None:
        super().__init__(HEADINGS, _lines, (ORDERS, BALANCE, LAST))
        self._page = page
        self._fetch: Fetch | None = None
        self._more = False

    def show_pages(self, fetch: Fetch, *, keep: int = 0) -> None:
        """Start anew with the first page that ``fetch`` gives, and on until ``keep`` rows."""
        self._fetch = fetch
        page = fetch(None)
        rows = list(page)
        while len(rows) < keep and len(page) >= self._page:
            page = fetch(_place(rows[-1]))
            rows += page
        self._more = False  # who listens to the reset must not fetch on in the midst of it
        self.show_rows(rows)
        self._more = len(page) >= self._page

    def row_of(self, customer_id: int) -> int | None:
        """The line of a customer among those fetched."""
        return next((n for n, row in enumerate(self._rows) if row.id == customer_id), None)

    def canFetchMore(self, parent: Index) -> bool:
        return self._more and not parent.isValid()

    def fetchMore(self, parent: Index) -> None:
        if not self.canFetchMore(parent) or self._fetch is None or not self._rows:
            return
        rows = self._fetch(_place(self._rows[-1]))
        self._more = len(rows) >= self._page
        if not rows:
            return
        self.beginInsertRows(QModelIndex(), len(self._rows), len(self._rows) + len(rows) - 1)
        self._rows.extend(rows)
        self.endInsertRows()

    def tip(self, row: CustomerRow, column: int, lines: Lines) -> str | None:
        return row.name if column == CUSTOMER else None


def _place(row: CustomerRow) -> tuple[str, int]:
    """Where a row stands in the list's order."""
    return fold(row.name), row.id


def _lines(row: CustomerRow, column: int) -> Lines:
    """What a cell shows, the quieter line beneath."""
    if column == CUSTOMER:
        document = format_document(row.document) if row.document else ""
        under = " · ".join(part for part in (row.phone, document) if part)
        return Lines(row.name, under or "sem telefone", strong=True)
    if column == ORDERS:
        under = plural(row.open_orders, "aberta", "abertas") if row.open_orders else ""
        return Lines(str(row.orders), under, right=True)
    if column == BALANCE and row.balance:
        return Lines(format_amount(row.balance), tone="amber", strong=True, right=True)
    last = format_date(row.last_order_on) if column == LAST and row.last_order_on else "—"
    return Lines(last, right=True)
