"""The table of orders: two-line rows, columns that fit its width, keys enough to need no mouse.

Several orders are chosen with Shift or Ctrl and the arrows, or Ctrl+A; one of them is the current.
"""

from collections.abc import Sequence

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QItemSelectionRange,
    QModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QFontMetrics, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QTableView, QWidget

from osdesk.domain.codes import Priority
from osdesk.texts import PRIORITY
from osdesk.ui.orders.delegate import OrdersDelegate
from osdesk.ui.orders.model import (
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
from osdesk.ui.widgets import theme
from osdesk.ui.widgets.tables import EDGE, ROW_HEIGHT, set_up_rows

FIXED = {PROMISED: 106, STATUS: 158, TOTAL: 104}
FIXED_NARROW = {PROMISED: 104, STATUS: 154, TOTAL: 90}
NARROW = 700
OPTIONAL = {TECHNICIAN: 76, REQUESTED: 66}
FLEXIBLE_LEAST = 300
"""Customer and equipment together want this much before the optional columns show."""

WHOLE_TITLE = 100
"""*Equipamento* is not cut over a column of this width."""
PRESSING_WORD = PRIORITY[Priority.URGENT].lower()
PHONE = 112
"""A whole phone number fits."""


class OrdersTable(QTableView):
    """The view; it says which order is the current one and which are chosen."""

    opened = Signal(int)
    """Enter or a double click: the order's number."""
    current_changed = Signal()
    """Another row is the current one, or others are chosen with it."""
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
        set_up_rows(self, ROW_HEIGHT)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerItem)
        self._last = 0
        model.modelReset.connect(self.fit_columns)
        model.modelReset.connect(self._mark_again)
        self.doubleClicked.connect(self._double_clicked)
        self.selectionModel().currentRowChanged.connect(self._row_changed)
        self.selectionModel().selectionChanged.connect(self._row_changed)

    def current_number(self) -> int | None:
        index = self.currentIndex()
        return self._orders.number_at(index.row()) if index.isValid() else None

    def _ranges(self) -> list[QItemSelectionRange]:
        chosen = self.selectionModel().selection()
        return [chosen.at(place) for place in range(chosen.count())]

    def chosen_count(self) -> int:
        """How many orders are chosen, however many that is."""
        return sum(part.height() for part in self._ranges())

    def chosen(self, limit: int) -> list[int]:
        """Numbers of the chosen orders from above, at most ``limit`` of them."""
        places: set[int] = set()
        for part in self._ranges():
            places.update(range(part.top(), min(part.bottom(), part.top() + limit) + 1))
        numbers = (self._orders.number_at(place) for place in sorted(places)[:limit])
        return [number for number in numbers if number is not None]

    def choose(self, numbers: Sequence[int], current: int | None) -> bool:
        """Choose several again, those that are still listed; False where fewer than two are."""
        found = ((number, self._orders.place_of(number)) for number in numbers)
        places = {number: place for number, place in found if place is not None}
        if len(places) < 2:
            return False
        first = places.get(current or 0, next(iter(places.values())))
        self.select_place(first)
        rows = QItemSelection()
        for place in places.values():
            index = self._orders.index(place, NUMBER)
            rows.select(index, index)
        flags = QItemSelectionModel.SelectionFlag
        self.selectionModel().select(rows, flags.Select | flags.Rows)
        return True

    def choose_one(self) -> bool:
        """Back to the current row alone; False where it is alone already."""
        if self.chosen_count() < 2:
            return False
        self.select_place(max(0, self.currentIndex().row()))
        return True

    def _extend_to(self, place: int) -> None:
        """Choose all from the current row to another, as Shift does."""
        here = max(0, self.currentIndex().row())
        first, last = sorted((here, place))
        model, flags = self._orders, QItemSelectionModel.SelectionFlag
        rows = QItemSelection(model.index(first, NUMBER), model.index(last, NUMBER))
        self.selectionModel().setCurrentIndex(model.index(place, NUMBER), flags.NoUpdate)
        self.selectionModel().select(rows, flags.Select | flags.Rows)
        self.scrollTo(self.currentIndex())

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
        plain = event.modifiers() in (
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.KeypadModifier,
        )
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if number is not None:
                self.opened.emit(number)
        elif key == Qt.Key.Key_Up and plain and self.currentIndex().row() <= 0:
            self.left_top.emit()
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            place = 0 if key == Qt.Key.Key_Home else self._orders.rowCount() - 1
            if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
                self._extend_to(place)
            else:
                self.select_place(place)
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
        widest = QFontMetrics(theme.bold()).horizontalAdvance("0" * digits)
        widest = max(widest, QFontMetrics(theme.font(12)).horizontalAdvance(PRESSING_WORD))
        number = widest + 2 * EDGE + 1
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
        self._orders.shorten_titles(flexible - customer < WHOLE_TITLE)

    def _double_clicked(self, index: QModelIndex) -> None:
        number = self._orders.number_at(index.row())
        if number is not None:
            self.opened.emit(number)

    def _row_changed(self) -> None:
        self._last = self.current_number() or self._last
        self.current_changed.emit()

    def _mark_again(self) -> None:
        """The list was read anew: the order that was the current one still is, where it stands."""
        self.select_number(self._last)
