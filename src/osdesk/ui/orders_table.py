"""The table of orders: two-line rows, columns that fit its width, keys enough to need no mouse."""

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetrics, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QTableView, QWidget

from osdesk.ui import theme
from osdesk.ui.orders_delegate import EDGE, ROW_HEIGHT, OrdersDelegate
from osdesk.ui.orders_model import (
    CUSTOMER,
    EQUIPMENT,
    NUMBER,
    PROMISED,
    REQUESTED,
    STATUS,
    TECHNICIAN,
    TOTAL,
    OrdersModel,
)
from osdesk.ui.plain_table import dress

FIXED = {PROMISED: 106, STATUS: 158, TOTAL: 104}
FIXED_NARROW = {PROMISED: 104, STATUS: 154, TOTAL: 90}
NARROW = 700
OPTIONAL = {TECHNICIAN: 76, REQUESTED: 66}
FLEXIBLE_LEAST = 300
"""Customer and equipment together want this much before the optional columns show."""

PHONE = 112
"""A whole phone number fits."""


class OrdersTable(QTableView):
    opened = Signal(int)
    """Enter or a double click: the order's number."""
    current_changed = Signal()
    left_for = Signal()
    """The focus goes elsewhere: to the panel of the row that is marked."""
    left_top = Signal()
    """Up in the first row: back to the search box."""

    def __init__(self, model: OrdersModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("ordersTable")
        self.setAccessibleName("Ordens de serviço")
        self._orders = model
        self.setModel(model)
        self.setItemDelegate(OrdersDelegate(self))
        dress(self, ROW_HEIGHT)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerItem)
        model.modelReset.connect(self.fit_columns)
        self.doubleClicked.connect(self._double_clicked)
        self.selectionModel().currentRowChanged.connect(self._row_changed)

    def current_number(self) -> int | None:
        index = self.currentIndex()
        return self._orders.number_at(index.row()) if index.isValid() else None

    def select_place(self, place: int) -> None:
        index = self._orders.index(place, NUMBER)
        if index.isValid():
            self.selectionModel().setCurrentIndex(
                index,
                QItemSelectionModel.SelectionFlag.ClearAndSelect
                | QItemSelectionModel.SelectionFlag.Rows,
            )
            self.scrollTo(index)

    def select_number(self, number: int) -> bool:
        place = self._orders.place_of(number)
        if place is None:
            return False
        self.select_place(place)
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        number = self.current_number()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if number is not None:
                self.opened.emit(number)
        elif key == Qt.Key.Key_Up and self.currentIndex().row() <= 0:
            self.left_top.emit()
        elif key == Qt.Key.Key_Home:
            self.select_place(0)
        elif key == Qt.Key.Key_End:
            self.select_place(self._orders.rowCount() - 1)
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left_for.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit_columns()

    def fit_columns(self) -> None:
        """Share the width out: a number is never cut, names take what is left."""
        room = self.viewport().width()
        digits = max(5, len(str(self._orders.number_at(0) or 0)))
        number = QFontMetrics(theme.bold()).horizontalAdvance("0" * digits) + 2 * EDGE + 1
        fixed = {NUMBER: number, **(FIXED if room >= NARROW else FIXED_NARROW)}
        flexible = room - sum(fixed.values())
        for column, width in OPTIONAL.items():
            shown = flexible - width >= FLEXIBLE_LEAST
            self.setColumnHidden(column, not shown)
            if shown:
                self.setColumnWidth(column, width)
                flexible -= width
        for column, width in fixed.items():
            self.setColumnWidth(column, width)
        customer = max(PHONE, flexible // 2)
        self.setColumnWidth(CUSTOMER, customer)
        self.setColumnWidth(EQUIPMENT, max(80, flexible - customer))

    def _double_clicked(self, index: QModelIndex) -> None:
        number = self._orders.number_at(index.row())
        if number is not None:
            self.opened.emit(number)

    def _row_changed(self) -> None:
        self.current_changed.emit()
