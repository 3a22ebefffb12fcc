"""The table of orders: two-line rows, columns that fit its width, keys enough to need no mouse.

Several orders are chosen with Shift or Ctrl and the arrows, or Ctrl+A; one of them is the current.
"""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QItemSelectionRange,
    QModelIndex,
    QObject,
    QPoint,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import (
    QAction,
    QContextMenuEvent,
    QFocusEvent,
    QFontMetrics,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QMenu, QTableView, QWidget

from osdesk.domain.codes import Priority
from osdesk.domain.orders.sorting import SortBy
from osdesk.texts import PRIORITY
from osdesk.ui.orders.delegate import OrdersDelegate
from osdesk.ui.orders.model import (
    CUSTOMER,
    EQUIPMENT,
    NUMBER,
    PROMISED,
    REQUESTED,
    SORTS,
    STATUS,
    TECHNICIAN,
    TOTAL,
    OrdersModel,
)
from osdesk.ui.widgets import keymap, theme
from osdesk.ui.widgets.controls import pill_width
from osdesk.ui.widgets.tables import EDGE, ROW_HEIGHT, set_up_rows

LEAST = 96
"""The narrowest that a column of statuses, promises or amounts gets: its heading."""
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
DEVICE_LEAST = 80
COPY_NUMBER = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
COPIED = 500
"""At most so many rows are copied at once."""
MEASURED = 60
"""So many rows say how wide names, devices and statuses are."""
ARROW = 14
"""What a heading needs more where its column sorts."""


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
    menu_requested = Signal(QPoint)
    """What can be done with the chosen orders, at this place of the screen."""

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
        self._widths: dict[int, int] = {}
        """Of the columns that a person dragged."""
        self._needs: dict[int, int] = {}
        self._dragged = False
        columns = self.horizontalHeader()
        columns.setSectionsClickable(True)
        columns.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        columns.sectionClicked.connect(self._heading_clicked)
        columns.sectionResized.connect(self._column_resized)
        columns.sectionHandleDoubleClicked.connect(self._forget_width)
        columns.viewport().installEventFilter(self)
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
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy_rows()
        elif key == Qt.Key.Key_C and event.modifiers() == COPY_NUMBER:
            self.copy_numbers()
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if event.reason() is QContextMenuEvent.Reason.Mouse:
            index, place = self.indexAt(event.pos()), event.globalPos()
            if index.isValid() and not self.selectionModel().isSelected(index):
                self.select_place(index.row())
        else:
            corner = self.visualRect(self.currentIndex()).bottomLeft()
            index, place = self.currentIndex(), self.viewport().mapToGlobal(corner)
        if index.isValid():
            self.menu_requested.emit(place)

    # -- copying ---------------------------------------------------------------------------

    def copy_rows(self) -> None:
        """The chosen rows as they are read, a tab between the columns: for a sheet or a message."""
        rows = []
        for number in self.chosen(COPIED):
            place = self._orders.place_of(number) or 0
            columns = (self._orders.index(place, column) for column in range(TOTAL + 1))
            rows.append("\t".join(str(index.data() or "") for index in columns))
        if rows:
            QGuiApplication.clipboard().setText("\n".join(rows))

    def copy_numbers(self) -> None:
        numbers = self.chosen(COPIED)
        if numbers:
            QGuiApplication.clipboard().setText("\n".join(map(str, numbers)))

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left_for.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit_columns()

    # -- columns ---------------------------------------------------------------------------

    def widths(self) -> dict[int, int]:
        """Of the columns that a person dragged."""
        return dict(self._widths)

    def set_widths(self, widths: Mapping[int, int]) -> None:
        self._widths = dict(widths)
        self.fit_columns()

    def fit_columns(self) -> None:
        """Share the width out: a number is never cut, what was dragged stays as it was left, and
        names and devices take the rest by what they need."""
        self._measure()
        room = self.viewport().width()
        columns = self.horizontalHeader()
        # told of each column, the table would be painted again once it has been
        columns.blockSignals(True)
        if not self._shared_out(room, self._widths):
            self._shared_out(room, {})  # dragged in a wider window: too much for this one
        columns.blockSignals(False)
        self.updateGeometries()
        self.viewport().update()

    def _shared_out(self, room: int, dragged: Mapping[int, int]) -> bool:
        """Whether enough was left for customer and equipment."""
        digits = max(5, len(str(self._orders.number_at(0) or 0)))
        widest = QFontMetrics(theme.bold()).horizontalAdvance("0" * digits)
        widest = max(widest, QFontMetrics(theme.font(12)).horizontalAdvance(PRESSING_WORD))
        fixed = {NUMBER: widest + 2 * EDGE + 1, **(FIXED if room >= NARROW else FIXED_NARROW)}
        for column in (PROMISED, STATUS, TOTAL):
            needed = max(LEAST, self._needs.get(column, fixed[column]))
            fixed[column] = min(fixed[column], needed)
        for column in fixed:
            fixed[column] = max(dragged.get(column, 0) or fixed[column], fixed[NUMBER])
        flexible = room - sum(fixed.values())
        for column, usual in OPTIONAL.items():
            sorts = self._orders.sorted_column() == column
            width = dragged.get(column) or usual + (ARROW if sorts else 0)
            shown = flexible - width >= FLEXIBLE_LEAST
            self.setColumnHidden(column, not shown)
            if shown:
                self.setColumnWidth(column, width)
                flexible -= width
        if dragged and flexible < PHONE + DEVICE_LEAST:
            return False
        for column, width in fixed.items():
            self.setColumnWidth(column, width)
        customer = self._customers_share(flexible, dragged)
        self.setColumnWidth(CUSTOMER, customer)
        self.setColumnWidth(EQUIPMENT, max(DEVICE_LEAST, flexible - customer))
        self._orders.shorten_titles(flexible - customer < WHOLE_TITLE)
        return True

    def _customers_share(self, flexible: int, dragged: Mapping[int, int]) -> int:
        """Half; more or less where the other has room to spare, or somebody dragged it so."""
        half = flexible // 2
        name, device = self._needs.get(CUSTOMER, half), self._needs.get(EQUIPMENT, half)
        if CUSTOMER in dragged:
            wanted = dragged[CUSTOMER]
        elif EQUIPMENT in dragged:
            wanted = flexible - dragged[EQUIPMENT]
        elif name + device <= flexible:
            wanted = max(name, min(half, flexible - device))
        elif name < half:
            wanted = name
        else:
            wanted = max(half, flexible - device)
        return max(PHONE, min(wanted, flexible - DEVICE_LEAST))

    def _measure(self) -> None:
        """How much room the first rows want; a search comes and goes, and nothing jumps for it."""
        if self._orders.searched:
            return
        medium, small = QFontMetrics(theme.medium()), QFontMetrics(theme.font(12))
        bold = QFontMetrics(theme.bold())
        rows = self._orders.first_rows(MEASURED)
        needs: dict[int, int] = {}
        for row in rows:
            text = self._orders.text_of(row)
            for column, width in (
                (CUSTOMER, medium.horizontalAdvance(text.customer)),
                (EQUIPMENT, medium.horizontalAdvance(text.equipment)),
                (PROMISED, small.horizontalAdvance(text.promised_note)),
                (STATUS, pill_width(text.status)),
                (STATUS, small.horizontalAdvance(text.status_note) + 6),
                (TOTAL, bold.horizontalAdvance(text.total)),
                (TOTAL, small.horizontalAdvance(text.payment)),
            ):
                needs[column] = max(needs.get(column, 0), width)
        self._needs = {column: need + 2 * EDGE + 1 for column, need in needs.items()}

    def _heading_clicked(self, column: int) -> None:
        self.sort_by(SORTS[column])

    def sort_by(self, by: SortBy) -> None:
        """By a column, then the other way round, then as the filter usually is."""
        number = self.current_number() if self.currentIndex().row() > 0 else None
        self._orders.sort_by(by)  # the first of the list was chosen by nobody
        if number is None or not self.select_number(number):
            self.select_place(0)

    def _column_resized(self, column: int, _before: int, width: int) -> None:
        self._dragged = True
        self._widths.pop({CUSTOMER: EQUIPMENT, EQUIPMENT: CUSTOMER}.get(column, -1), None)
        self._widths[column] = width

    def _forget_width(self, column: int) -> None:
        self._widths.pop(column, None)
        self._dragged = False
        self.fit_columns()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A column was let go: the others share what is left."""
        if event.type() == QEvent.Type.MouseButtonRelease and self._dragged:
            self._dragged = False
            QTimer.singleShot(0, self, self.fit_columns)
        return super().eventFilter(watched, event)

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


Entry = tuple[str, str, Callable[[], object]]
"""Words, the key that does the same without the menu, and what is done."""


def show_menu(
    parent: QWidget, place: QPoint, groups: list[list[Entry]], sorts: list[Entry]
) -> QMenu:
    """The menu over the rows: groups of acts, and the columns to sort by in a menu of their own."""
    menu = QMenu(parent)
    menu.setObjectName("ordersMenu")
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    for group in groups:
        for entry in group:
            menu.addAction(_action(menu, entry))
        menu.addSeparator()
    by = menu.addMenu("Ordenar por")
    for entry in sorts:
        by.addAction(_action(by, entry))
    menu.popup(place)
    return menu


def _action(menu: QMenu, entry: Entry) -> QAction:
    words, key, act = entry
    action = QAction(f"{words}\t{keymap.key(key)}" if key else words, menu)
    action.triggered.connect(lambda: act())
    return action
