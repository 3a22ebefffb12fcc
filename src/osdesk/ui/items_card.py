"""Services and parts of an order: table, details of the chosen line, undo, words of a lock."""

from typing import NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from osdesk.domain.codes import ItemKind
from osdesk.domain.errors import UserError
from osdesk.domain.forms import ItemForm
from osdesk.domain.money import format_brl
from osdesk.domain.order_rules import Totals, totals_of
from osdesk.services.catalog import catalog
from osdesk.texts import ITEM_KIND, sentence
from osdesk.ui.desk import Desk
from osdesk.ui.items_details import ItemDetails
from osdesk.ui.items_model import FIELDS, Column, ItemsModel
from osdesk.ui.items_table import ItemsTable
from osdesk.ui.suggest import Suggestion
from osdesk.ui.widgets import MessageBar, error_label, quiet_label


class _Removed(NamedTuple):
    row: int
    item: ItemForm


class ItemsCard(QWidget):
    """The lines of one order; ``edited`` whenever a sum may have changed."""

    edited = Signal()
    left = Signal()
    """On by the keyboard to what follows."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._removed: _Removed | None = None
        self._build()
        self._connect()

    def _build(self) -> None:
        self.model = ItemsModel(self._rows_edited, self)
        self.table = ItemsTable(self.model, self._find)
        self.table.setMinimumHeight(38 + 3 * 34)
        self.details = ItemDetails(self.model)
        self._problem = error_label()
        self._problem.setObjectName("itemsProblem")
        self._locked = quiet_label(wrap=True)
        self._locked.setObjectName("itemsLocked")
        self._undo = MessageBar()
        self._undo.setObjectName("itemsUndo")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        for part in (self._locked, self.table, self._problem, self._undo, self.details):
            column.addWidget(part, 1 if part is self.table else 0)
        for hidden in (self._locked, self._problem, self.details):
            hidden.hide()

    def _connect(self) -> None:
        self.table.problem.connect(self._show_problem)
        self.table.left.connect(self.left)
        self.table.remove_requested.connect(self.remove)
        self.table.undo_requested.connect(self.undo)
        self.table.row_changed.connect(self._row_changed)
        self.model.rowsInserted.connect(self._row_changed)
        self.model.rowsAboutToBeRemoved.connect(self._row_goes)
        self.model.rowsRemoved.connect(self._row_changed)
        self.model.modelReset.connect(self._row_changed)
        self.model.dataChanged.connect(self._data_changed)
        self._undo.acted.connect(self.undo)

    # -- load, read ------------------------------------------------------------------------

    def load(self, items: list[ItemForm]) -> None:
        if self.table.is_open:
            self.table.give_up()
        self.details.forget()
        self._removed = None
        self._undo.clear()
        place = self.table.currentIndex()
        row, column = place.row(), place.column()
        self.model.load(items)
        if 0 <= row < len(items):  # saved and shown again: the hand stays where it was
            self.table.setCurrentIndex(self.model.index(row, column))

    def set_technicians(self, names: list[str]) -> None:
        self.details.set_technicians(names)

    def lock(self, why: str) -> None:
        """Read only, with a sentence that says why and what to do; empty opens again."""
        self.model.locked = bool(why)
        self._locked.setText(why)
        self._locked.setVisible(bool(why))
        self._row_changed()

    def finish(self) -> bool:
        """Close what is open; False, gone to and said, where something cannot be read."""
        return self.table.finish() and self.details.readable()

    @property
    def unfinished(self) -> bool:
        """Something is typed that is not yet in a row."""
        return self.table.unfinished or self.details.unreadable

    def items(self) -> list[ItemForm]:
        return self.model.items()

    def as_typed(self) -> tuple[list[ItemForm], dict[str, str]]:
        """The lines with what stands in an open cell; texts that no line can take, by their place.

        Nothing is closed or asked: this is for a draft, while somebody types."""
        items, loose = self.table.rows_as_typed()
        return items, loose | self.details.loose()

    def totals(self, discount: int) -> Totals:
        return totals_of(self.model.items(), discount)

    def add(self, kind: ItemKind) -> None:
        self.table.add(kind)

    def show_error(self, error: UserError) -> None:
        """A service refused a row: go to its cell and say why."""
        self._show_problem(sentence(error))
        row, column = error.data.get("row"), str(error.data.get("column", ""))
        kept = self.model.kept_rows()
        if not isinstance(row, int) or not 0 <= row < len(kept):
            self.table.setFocus()
        elif column in self.details.fields:
            self.table.setCurrentIndex(self.model.index(kept[row], Column.DESCRIPTION))
            self.details.fields[column].error(sentence(error))
            self.details.fields[column].setFocus()
        else:
            place = FIELDS.index(column) if column in FIELDS else Column.DESCRIPTION
            self.table.start(kept[row], Column(place))
            self._show_problem(sentence(error))

    # -- removing --------------------------------------------------------------------------

    def remove(self, row: int) -> None:
        item = self.model.take(row)
        self._removed = _Removed(row, item)
        words = item.description or ITEM_KIND[item.kind]
        self._undo.say(f"Linha removida: {words}.", "", "Desfazer  Ctrl+Z")
        self.table.setFocus()

    def undo(self) -> None:
        if self._removed is not None:
            row, item = self._removed
            self._removed = None
            self._undo.clear()
            self.model.insert(min(row, self.model.rowCount()), item)
            self.table.setCurrentIndex(self.model.index(row, Column.DESCRIPTION))
            self.table.setFocus()

    # -- reacting --------------------------------------------------------------------------

    def _find(self, text: str) -> list[Suggestion]:
        found = self._desk.read(catalog, text, limit=8, active_only=True)
        return [
            Suggestion(
                f"{entry.description} · {format_brl(entry.unit_price)}"
                f" · {ITEM_KIND[entry.kind].lower()}",
                entry,
            )
            for entry in found
        ]

    def _rows_edited(self) -> None:
        self.edited.emit()

    def _show_problem(self, words: str) -> None:
        self._problem.setText(words)
        self._problem.setVisible(bool(words))
        self.edited.emit()

    def _row_goes(self, _parent: object, first: int, last: int) -> None:
        shown = self.details.item
        if any(self.model.item(row) is shown for row in range(first, last + 1)):
            self.details.forget()

    def _row_changed(self) -> None:
        row = self.table.current_row()
        item = None if row is None else self.model.item(row)
        self.details.show_item(item)
        self.details.setVisible(self.model.rowCount() > 0)

    def _data_changed(self) -> None:
        # the strip itself may be what changed the row: its fields are then left alone
        focus = QApplication.focusWidget()
        if focus is None or not self.details.isAncestorOf(focus):
            self._row_changed()
