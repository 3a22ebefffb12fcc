"""All orders of one customer, newest first, on the customer's card."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QModelIndex

from osdesk.domain.list_shapes import OrderRow
from osdesk.ui.orders_text import RowText, row_text
from osdesk.ui.rows_model import LinesModel
from osdesk.ui.two_lines import Lines

NUMBER, EQUIPMENT, STATUS, TOTAL = range(4)
HEADINGS = ("OS", "Equipamento", "Situação", "Total (R$)")
WIDTHS = {NUMBER: 74, STATUS: 158, TOTAL: 92}


class CustomerOrders(LinesModel[RowText]):
    def __init__(self) -> None:
        super().__init__(HEADINGS, _lines, (TOTAL,))
        self._numbers: list[int] = []

    def show_orders(self, rows: Sequence[OrderRow], now: datetime) -> None:
        """``now``: the moment in the shop's zone."""
        self._numbers = [row.number for row in rows]
        self.show_rows([row_text(row, now) for row in rows])

    def number(self, index: QModelIndex) -> int:
        return self._numbers[index.row()]

    def tip(self, row: RowText, column: int, lines: Lines) -> str | None:
        return f"{row.equipment}\n{row.reason}" if column == EQUIPMENT else None

    def spoken(self, row: RowText, column: int, lines: Lines) -> str:
        return row.spoken if column == NUMBER else lines.over


def _lines(text: RowText, column: int) -> Lines:
    if column == NUMBER:
        return Lines(text.number, text.requested, strong=True)
    if column == EQUIPMENT:
        return Lines(text.equipment, text.reason)
    if column == STATUS:
        return Lines(text.status, pill=text.status_tone)
    return Lines(text.total, text.payment, strong=True, right=True)
