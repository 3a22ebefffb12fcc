"""The order list as a model: the first page at once, then the true length, rows as they are seen.

It keeps the numbers of the whole filter, eight bytes an order, and the rows of what was looked at
lately. No cell ever asks the database by itself: a row that is missing is fetched with those
around it, in one query.
"""

from array import array
from bisect import bisect_left
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from operator import neg
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from osdesk.domain.orders.sorting import NEWEST_FIRST, SortBy, Sorting, usual_sorting
from osdesk.domain.orders.status import OrderFilter
from osdesk.domain.views.listing import OrderRow
from osdesk.services.orders.listing import order_page, order_rows
from osdesk.services.orders.search import first_found, search_orders
from osdesk.services.orders.sorting import order_numbers, sort_numbers, sorted_page
from osdesk.ui.desk import Desk
from osdesk.ui.panes.order_rows import RowText, row_text
from osdesk.ui.tasks import Task

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()

TITLES = (
    "OS",
    "Cliente",
    "Equipamento",
    "Técnico",
    "Entrada",
    "Prometida",
    "Situação",
    "Total (R$)",
)
NUMBER, CUSTOMER, EQUIPMENT, TECHNICIAN, REQUESTED, PROMISED, STATUS, TOTAL = range(8)

SORTS = (
    *(SortBy.NUMBER, SortBy.CUSTOMER, SortBy.EQUIPMENT, SortBy.TECHNICIAN),
    *(SortBy.REQUESTED, SortBy.PROMISED, SortBy.STATUS, SortBy.TOTAL),
)
"""What each column sorts by."""

SHORT = "Aparelho"

TEXT_ROLE = Qt.ItemDataRole.UserRole + 1
"""The row's ``RowText``, whichever column is asked."""

SEEN = 24
"""As many results as a usual screen shows; what one key waits for. A higher one reads on."""
PAGE = 100
WINDOW = 60
KEPT = 3000


class OrdersModel(QAbstractTableModel):
    """Rows of one filter, what one search found, or the orders behind a figure."""

    counted = Signal()
    """The length is now the true one."""

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._numbers: array[int] = array("q")
        self._rows: OrderedDict[int, OrderRow] = OrderedDict()
        self._texts: dict[int, RowText] = {}
        self._now = desk.local_now()
        self._filter = OrderFilter.OPEN
        self._technician: int | None = None
        self._short = False
        self._search = ""
        self._more = False
        self._listed = ""
        self._sortings: dict[OrderFilter, Sorting] = {}
        self._found_sorting: Sorting | None = None
        """Of what a search found, or of the orders behind a figure; None: as it came."""
        self._counting: Task | None = None
        self._kept: int | None = None
        self._stray: int | None = None
        """The kept one, where it stands in the list against its rule."""

    # -- what is shown ---------------------------------------------------------------------

    @property
    def searched(self) -> str:
        """The text whose results are shown; empty while a filter is."""
        return self._search

    @property
    def more(self) -> bool:
        """Whether the search finds more orders than are listed."""
        return bool(self._search) and self._more

    @property
    def listed(self) -> str:
        """The figure whose orders are shown, in words; empty while a filter or a search is."""
        return self._listed

    @property
    def which(self) -> OrderFilter:
        return self._filter

    @property
    def technician(self) -> int | None:
        """Whose orders a filter lists: an employee's key, ``UNASSIGNED``, None for all."""
        return self._technician

    def set_technician(self, technician: int | None) -> None:
        """From the next reading on; a search finds the orders of all."""
        self._technician = technician

    def show_filter(self, which: OrderFilter) -> None:
        self._filter = which
        self._search = self._listed = ""
        self._found_sorting = None
        self.keep(None)
        self._show(self._first_page())
        self._count()

    def keep(self, number: int | None) -> None:
        """From the next reading on this order stays listed, whether the list still has it or not:
        what was just done to it must not put another one in its place."""
        self._kept, self._stray = number, None

    def let_go(self) -> None:
        """The kept order leaves the list where the list has it no more."""
        place = None if self._stray is None else self.place_of(self._stray)
        self.keep(None)
        if place is not None:
            self.beginRemoveRows(QModelIndex(), place, place)
            del self._numbers[place]
            self.endRemoveRows()

    @property
    def stray(self) -> int | None:
        return self._stray

    # -- sorting ---------------------------------------------------------------------------

    @property
    def sorting(self) -> Sorting | None:
        """How the rows stand; None: as a search found them."""
        if self._search or self._listed:
            return self._found_sorting
        return self._sortings.get(self._filter, usual_sorting(self._filter))

    def sort_by(self, by: SortBy) -> None:
        """By a column; the same again: turned round; once more: as the filter usually is."""
        found = bool(self._search or self._listed)
        usual = None if found else usual_sorting(self._filter)
        first = Sorting(by, by in (SortBy.NUMBER, SortBy.REQUESTED, SortBy.TOTAL))
        turned = Sorting(by, not first.descending)
        wanted: Sorting | None = first
        if self.sorting == first:
            wanted = turned
        elif self.sorting == turned:
            wanted = usual if usual != first else first
        if found:
            self._found_sorting = wanted
            self._sort_found()
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, NUMBER, TOTAL)
            return
        self.set_sorting(self._filter, wanted)
        self.show_filter(self._filter)
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, NUMBER, TOTAL)

    def set_sorting(self, which: OrderFilter, sorting: Sorting | None) -> None:
        """From the next reading on; None: as the filter usually is."""
        if sorting is None or sorting == usual_sorting(which):
            self._sortings.pop(which, None)
        else:
            self._sortings[which] = sorting

    def sorted_column(self) -> int | None:
        """The column that sorts otherwise than the filter usually does."""
        now = self.sorting
        found = bool(self._search or self._listed)
        if now is None or now.by not in SORTS:
            return None
        return None if not found and now == usual_sorting(self._filter) else SORTS.index(now.by)

    def sortings(self) -> dict[OrderFilter, Sorting]:
        """Those that are not the usual ones."""
        return dict(self._sortings)

    def _sort_found(self) -> None:
        """Rows that are known whole: what was searched for, or stands behind a figure."""
        if self._search:
            self._show(self._in_order(self._found()))
            return
        if self._found_sorting is None:
            numbers = array("q", sorted(self._numbers, reverse=True))
        else:
            numbers = self._desk.read(sort_numbers, self._numbers, self._found_sorting)
        self.beginResetModel()
        self._numbers = numbers
        self.endResetModel()

    def _in_order(self, found: list[OrderRow]) -> list[OrderRow]:
        """What a search found, as its columns are sorted."""
        if self._found_sorting is None:
            return found
        rows = {row.number: row for row in found}
        return [rows[n] for n in self._desk.read(sort_numbers, list(rows), self._found_sorting)]

    @property
    def _descends(self) -> bool:
        """Whether the numbers do, one after the other: then a place is found by halves."""
        return self.sorting == NEWEST_FIRST or bool(self._listed and self.sorting is None)

    def _with_kept(self, numbers: "array[int]", *, whole: bool = True) -> "array[int]":
        """The kept order put back among ``numbers`` at its place; not ``whole``: what comes behind
        the last one is not known yet."""
        kept, self._stray = self._kept, None
        if kept is None or _place(numbers, kept, descending=self._descends) is not None:
            return numbers
        place = self.place_of(kept) or 0
        if not self._descends:
            if not whole and place > len(numbers):
                return numbers
        else:
            if not whole and kept < numbers[-1] and self.place_of(kept) is not None:
                return numbers
            place = _above(numbers, kept)
        self._stray = kept
        return numbers[:place] + array("q", [kept]) + numbers[place:]

    def _first_page(self) -> list[OrderRow]:
        now, whose, sorting = self._desk.now(), self._technician, self.sorting
        if sorting is None or sorting == NEWEST_FIRST:
            return self._desk.read(order_page, self._filter, now=now, technician=whose, limit=PAGE)
        return self._desk.read(
            sorted_page, self._filter, sorting, now=now, technician=whose, limit=PAGE
        )

    def show_search(self, text: str) -> None:
        """All that is listed of the results at once, so that the table is painted once; rows beyond
        those that are seen are read when somebody goes there."""
        self._search, self._listed = text, ""
        self._found_sorting = None
        self.keep(None)
        self._stop_counting()
        numbers, rows = self._desk.read(
            first_found, text, now=self._desk.now(), limit=PAGE + 1, seen=SEEN
        )
        self._more = len(numbers) > PAGE
        self._show_first(array("q", numbers[:PAGE]), rows)

    def show_numbers(self, title: str, numbers: Iterable[int]) -> None:
        """The orders behind a figure, highest number first."""
        self._search, self._listed = "", title
        self._found_sorting = None
        self.keep(None)
        self._stop_counting()
        wanted = array("q", sorted(set(numbers), reverse=True))
        self._show_first(wanted, self._desk.read(order_rows, wanted[:PAGE], now=self._desk.now()))

    def _show_first(self, numbers: "array[int]", rows: Sequence[OrderRow]) -> None:
        """All these orders, of which the first rows were read."""
        self.beginResetModel()
        self._forget()
        self._numbers = numbers
        self._keep(rows)
        self.endResetModel()

    def _found(self) -> list[OrderRow]:
        now = self._desk.now()
        rows = self._desk.read(search_orders, self._search, now=now, limit=PAGE + 1)
        self._more = len(rows) > PAGE
        return rows[:PAGE]

    def refresh(self) -> None:
        """Read again what is shown; rows keep their place where the same orders are listed."""
        now = self._desk.now()
        if self._listed:
            rows = self._desk.read(order_rows, self._numbers[:PAGE], now=now)
        elif self._search:
            rows = self._in_order(self._found())
        else:
            rows = self._first_page()
        numbers = self._with_kept(array("q", [row.number for row in rows]), whole=len(rows) < PAGE)
        same = numbers == self._numbers[: len(numbers)]
        short = len(rows) < PAGE and len(numbers) != len(self._numbers)
        if not self._listed and (not same or short):
            self._show(rows)
        else:
            self._forget()
            self._keep(rows)
            if rows:
                self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, TOTAL))
        if not self._search and not self._listed:
            self._count()

    def _show(self, rows: Sequence[OrderRow]) -> None:
        self.beginResetModel()
        self._forget()
        self._numbers = self._with_kept(array("q", [row.number for row in rows]))
        self._keep(rows)
        self.endResetModel()

    # -- the true length -------------------------------------------------------------------

    def _count(self) -> None:
        self._stop_counting()
        if len(self._numbers) < PAGE:
            self.counted.emit()
            return
        self._counting = self._desk.read_later(
            order_numbers,
            self._filter,
            now=self._desk.now(),
            technician=self._technician,
            sorting=self.sorting or NEWEST_FIRST,
            done=self._counted,
            owner=self,
        )

    def _stop_counting(self) -> None:
        if self._counting is not None:
            self._counting.drop()
            self._counting = None

    def _counted(self, numbers: "array[int]") -> None:
        self._counting = None
        numbers = self._with_kept(numbers)
        known = len(self._numbers)
        if numbers[:known] == self._numbers and len(numbers) >= known:
            if len(numbers) > known:
                self.beginInsertRows(QModelIndex(), known, len(numbers) - 1)
                self._numbers = numbers
                self.endInsertRows()
        elif numbers != self._numbers:
            self.beginResetModel()
            self._numbers = numbers
            self.endResetModel()
        self.counted.emit()

    # -- rows ------------------------------------------------------------------------------

    def row(self, place: int) -> OrderRow | None:
        if not 0 <= place < len(self._numbers):
            return None
        number = self._numbers[place]
        row = self._rows.get(number)
        if row is None:
            start = max(0, place - WINDOW // 2)
            wanted = self._numbers[start : start + WINDOW]
            self._keep(self._desk.read(order_rows, wanted, now=self._desk.now()))
            row = self._rows.get(number)
        return row

    def text_of(self, row: OrderRow) -> RowText:
        """Made when a row is first painted: most rows of a search never are."""
        text = self._texts.get(row.number)
        if text is None:
            text = self._texts[row.number] = row_text(row, self._now)
        return text

    def first_rows(self, count: int) -> list[OrderRow]:
        """Of those at the top, the ones that were read."""
        found = (self._rows.get(number) for number in self._numbers[:count])
        return [row for row in found if row is not None]

    def number_at(self, place: int) -> int | None:
        return self._numbers[place] if 0 <= place < len(self._numbers) else None

    def place_of(self, number: int) -> int | None:
        """Where an order stands in what is known of the list."""
        return _place(self._numbers, number, descending=self._descends)

    def _keep(self, rows: Sequence[OrderRow]) -> None:
        self._now = self._desk.local_now()
        for row in rows:
            self._rows[row.number] = row
            self._rows.move_to_end(row.number)
            self._texts.pop(row.number, None)
        while len(self._rows) > KEPT:
            number, _ = self._rows.popitem(last=False)
            self._texts.pop(number, None)

    def _forget(self) -> None:
        self._rows.clear()
        self._texts.clear()

    def shorten_titles(self, short: bool) -> None:
        """A narrow window has no room for the longest title."""
        if short != self._short:
            self._short = short
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, EQUIPMENT, EQUIPMENT)

    # -- Qt --------------------------------------------------------------------------------

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._numbers)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(TITLES)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(TITLES):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            title = SHORT if self._short and section == EQUIPMENT else TITLES[section]
            if section == self.sorted_column() and self.sorting is not None:
                return f"{title} {'↓' if self.sorting.descending else '↑'}"
            return title
        if role == Qt.ItemDataRole.ToolTipRole:
            return "Ordena a lista; de novo inverte; mais uma vez volta à ordem do filtro"
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if section == TOTAL else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or role not in (
            TEXT_ROLE,
            Qt.ItemDataRole.DisplayRole,
            Qt.ItemDataRole.UserRole,
            Qt.ItemDataRole.AccessibleTextRole,
        ):
            return None
        if role == Qt.ItemDataRole.DisplayRole and index.column() == NUMBER:
            return str(self._numbers[index.row()])
        row = self.row(index.row())
        if row is None:
            return None
        text = self.text_of(row)
        if role == TEXT_ROLE:
            return text
        if role == Qt.ItemDataRole.UserRole:
            return row
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return text.spoken if index.column() == NUMBER else _cell(text, index.column())
        return _cell(text, index.column())


def _place(numbers: "array[int]", number: int, *, descending: bool) -> int | None:
    if not descending:
        return numbers.index(number) if number in numbers else None
    place = _above(numbers, number)
    return place if place < len(numbers) and numbers[place] == number else None


def _above(numbers: "array[int]", number: int) -> int:
    """How many stand above a number; they descend."""
    return bisect_left(numbers, -number, key=neg)


def _cell(text: RowText, column: int) -> str:
    return (
        text.number,
        text.customer,
        text.equipment,
        text.technician,
        text.requested,
        f"{text.promised} {text.promised_note}".strip(),
        f"{text.status} {text.status_note}".strip(),
        text.total,
    )[column]
