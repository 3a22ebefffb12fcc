"""What else a line of an order has, for the chosen one: unit, discount, cost, condition, warranty,
technician. The table itself keeps to what is typed for every line."""

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from osdesk.domain.codes import ItemKind, PartCondition
from osdesk.domain.errors import UserError
from osdesk.domain.forms import ItemForm
from osdesk.domain.money import line_total, percent_text
from osdesk.texts import PART_CONDITION, sentence
from osdesk.ui.draft_texts import typed_in
from osdesk.ui.fields import (
    ChoiceField,
    DiscountField,
    Labelled,
    MoneyField,
    NumberField,
    TextField,
)
from osdesk.ui.items_model import ItemsModel

LONGEST_WARRANTY = 3650


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
            free = not self._model.locked and (name != "part_condition" or part)
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
