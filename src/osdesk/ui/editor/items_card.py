"""Services and parts of an order: table, details of the chosen line, undo, words of a lock."""

from typing import Any, NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from osdesk.domain.codes import ItemKind, PartCondition
from osdesk.domain.errors import UserError
from osdesk.domain.money import format_brl, line_total, percent_text
from osdesk.domain.orders.forms import ItemForm
from osdesk.domain.orders.rules import Totals, totals_of
from osdesk.services.shop.catalog import catalog
from osdesk.texts import ITEM_KIND, PART_CONDITION, sentence
from osdesk.ui.desk import Desk
from osdesk.ui.editor.items_model import FIELDS, Column, ItemsModel
from osdesk.ui.editor.items_table import ItemsTable
from osdesk.ui.widgets.controls import MessageBar, error_label, quiet_label
from osdesk.ui.widgets.fields import (
    ChoiceField,
    DiscountField,
    Labelled,
    MoneyField,
    NumberField,
    TextField,
)
from osdesk.ui.widgets.forms import typed_in
from osdesk.ui.widgets.suggest import Suggestion

LONGEST_WARRANTY = 3650
CORRECTED = ("unit_cost", "technician")
"""What becomes known of a line once it was worked: no price, no promise changes."""


class ItemDetails(QWidget):
    """Changes the row at once; text that cannot be read stays in its field, and the row too."""

    problem = Signal(str)

    def __init__(self, model: ItemsModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._item: ItemForm | None = None
        self.unit = TextField(limit=20)
        self.discount = DiscountField(self._gross)
        self.cost = MoneyField()
        self.condition = ChoiceField()
        self.condition.set_choices(
            [
                (None, "não informada"),
                *((value.value, PART_CONDITION[value]) for value in PartCondition),
            ]
        )
        self.warranty = NumberField()
        self.technician = ChoiceField(free=True, likely=True)
        self.fields: dict[str, Any] = {
            "unit": self.unit,
            "discount": self.discount,
            "unit_cost": self.cost,
            "part_condition": self.condition,
            "warranty_days": self.warranty,
            "technician": self.technician,
        }
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for words, name, stretch in (
            ("Unidade", "unit", 2),
            ("Desconto", "discount", 3),
            ("Custo", "unit_cost", 3),
            ("Peça", "part_condition", 4),
            ("Garantia, dias", "warranty_days", 3),
            ("Técnico", "technician", 4),
        ):
            field = self.fields[name]
            field.setObjectName(f"item_{name}")
            labelled = Labelled(words, field)
            if field is self.discount:
                self._discount_label = labelled.label
            row.addWidget(labelled, stretch)
            field.edited.connect(self._edited)

    def set_technicians(self, names: list[str]) -> None:
        self.technician.set_choices([(name, name) for name in names])

    def show_item(self, item: ItemForm | None) -> None:
        """Show the chosen row, unless a field here holds what cannot be read."""
        if item is not self._item and self._item is not None and not self.readable():
            return
        self._item = item
        shown = item or ItemForm()
        self.unit.set_value(shown.unit)
        self.discount.set_value(shown.discount or None)
        self.cost.set_value(shown.unit_cost)
        self.condition.set_value(shown.part_condition.value if shown.part_condition else None)
        self.warranty.set_value(shown.warranty_days)
        self.technician.set_value(shown.technician)
        self._allow()
        self._tell_share()

    def forget(self) -> None:
        """The row is gone: nothing of it is to be kept."""
        self._item = None

    @property
    def item(self) -> ItemForm | None:
        return self._item

    def readable(self) -> bool:
        """False, with the first such field marked and gone to, where one cannot be read."""
        for name, field in self.fields.items():
            try:
                self._value(name)
            except UserError as error:
                field.error(sentence(error))
                field.setFocus()
                return False
        return True

    @property
    def unreadable(self) -> bool:
        """As ``readable``, without a word."""
        try:
            for name in self.fields:
                self._value(name)
        except UserError:
            return True
        return False

    def loose(self) -> dict[str, str]:
        """What is typed here and cannot be read, by the field's name."""
        found = {}
        for name, field in self.fields.items():
            try:
                self._value(name)
            except UserError:
                found[f"items.{name}"] = typed_in(field)
        return found

    def _allow(self) -> None:
        for name, field in self.fields.items():
            part = self._item is not None and self._item.kind is ItemKind.PART
            open_now = not self._model.locked or (self._model.correctable and name in CORRECTED)
            free = open_now and (name != "part_condition" or part)
            field.setEnabled(self._item is not None and free)

    def _value(self, name: str) -> object:
        value: object = self.fields[name].value()
        if name == "unit":
            return str(value or "un")
        if name == "part_condition":
            return PartCondition(str(value)) if value else None
        if name == "warranty_days" and isinstance(value, int) and value > LONGEST_WARRANTY:
            raise UserError("bad_days", field="warranty_days", least=0, most=LONGEST_WARRANTY)
        if name == "discount" and self._item is not None and isinstance(value, int):
            gross = self._gross()
            if value > gross:
                raise UserError("discount_too_big", lines=gross)
        return value

    def _gross(self) -> int:
        item = self._item
        return 0 if item is None else line_total(item.quantity, item.unit_price)

    def _tell_share(self) -> None:
        share = percent_text(self._item.discount, self._gross()) if self._item else ""
        self._discount_label.setText(f"Desconto ({share})" if share else "Desconto")

    def _edited(self) -> None:
        """Each field that can be read is taken; the others say why when they are left."""
        if self._item is None:
            return
        values = {}
        for name in self.fields:
            try:
                values[name] = self._value(name)
            except UserError:
                continue
        self._model.change(self._model.row_of(self._item), **values)
        self._tell_share()


class _Removed(NamedTuple):
    row: int
    item: ItemForm


class ItemsCard(QWidget):
    """The lines of one order; ``edited`` whenever a sum may have changed."""

    edited = Signal()

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

    def lock(self, why: str, *, correctable: bool = False) -> None:
        """Read only, with a sentence that says why and what to do; empty opens again.
        ``correctable``: cost and technician of a line may still be put right."""
        self.model.locked = bool(why)
        self.model.correctable = correctable
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
