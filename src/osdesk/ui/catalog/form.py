"""One entry of the price list, edited beside the list."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QWidget

from osdesk.domain.codes import ItemKind, PartCondition
from osdesk.domain.errors import UserError
from osdesk.domain.orders.forms import CatalogForm
from osdesk.domain.views.shop import (
    CatalogView,
)
from osdesk.services.shop.catalog import save_catalog_item
from osdesk.texts import ITEM_KIND, PART_CONDITION, sentence
from osdesk.ui.desk import Desk
from osdesk.ui.widgets.controls import Card, quiet_label, section_label
from osdesk.ui.widgets.fields import (
    ChoiceField,
    Field,
    Labelled,
    MoneyField,
    NumberField,
    TextField,
)
from osdesk.ui.widgets.forms import SaveBar, read_fields, show_error

UNITS = ("un", "h", "m", "kg", "l", "cj", "par")


class CatalogCard(Card):
    saved = Signal(int)
    discarded = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.setObjectName("catalogCard")
        self._desk = desk
        self._shown = CatalogForm()
        self._build()
        self._connect()
        self.show_new()

    def _build(self) -> None:
        self._title = section_label()
        self.kind = ChoiceField()
        self.kind.set_choices(ITEM_KIND.items())
        self.description = TextField(limit=500)
        self.unit = ChoiceField(free=True)
        self.unit.set_choices([(unit, unit) for unit in UNITS])
        self.price = MoneyField(blank=0)
        self.cost = MoneyField()
        self.warranty = NumberField()
        self.condition = ChoiceField()
        self.condition.set_choices(((None, "não se aplica"), *PART_CONDITION.items()))
        self.active = QCheckBox("Em uso: oferecido ao preencher a OS")
        self._hint = quiet_label(
            "Peça usada ou recondicionada pede a autorização do cliente (CDC, art. 21).", wrap=True
        )
        self._fields: dict[str, Field] = {
            "kind": self.kind,
            "description": self.description,
            "unit": self.unit,
            "unit_price": self.price,
            "unit_cost": self.cost,
            "warranty_days": self.warranty,
            "part_condition": self.condition,
        }
        self._bar = SaveBar()
        self._condition = Labelled("Condição da peça", self.condition)
        self.body.addWidget(self._title)
        self.body.addWidget(Labelled("Descrição", self.description))
        self.body.addLayout(_pair(Labelled("Tipo", self.kind), Labelled("Unidade", self.unit)))
        self.body.addLayout(
            _pair(Labelled("Preço (R$)", self.price), Labelled("Custo (R$)", self.cost))
        )
        self.body.addLayout(_pair(Labelled("Garantia (dias)", self.warranty), self._condition))
        self.body.addWidget(self._hint)
        self.body.addWidget(self.active)
        self.body.addWidget(self._bar)
        self.body.addStretch(1)

    def _connect(self) -> None:
        for field in self._fields.values():
            field.edited.connect(self._edited)
        self.active.clicked.connect(self._edited)
        self._bar.save_requested.connect(self.save)
        self._bar.discard_requested.connect(self.discard)

    @property
    def entry(self) -> int | None:
        return self._shown.id

    @property
    def dirty(self) -> bool:
        return self._bar.dirty

    def show_new(self, description: str = "") -> None:
        self._show(CatalogForm(), "Novo item")
        if description:
            self.description.set_value(description)
            self._edited()

    def show_entry(self, view: CatalogView) -> None:
        form = CatalogForm(
            view.kind,
            view.description,
            view.unit,
            view.unit_price,
            view.unit_cost,
            view.warranty_days,
            view.part_condition,
            view.active,
            view.id,
        )
        self._show(form, view.description)

    def start(self) -> None:
        self.description.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self, form: CatalogForm, title: str) -> None:
        self._shown = form
        self._title.setText(title if len(title) < 42 else f"{title[:40]}…")
        self.kind.set_value(form.kind)
        self.description.set_value(form.description or None)
        self.unit.set_value(form.unit)
        new = form.id is None
        self.price.set_value(None if new else form.unit_price)
        self.cost.set_value(form.unit_cost)
        self.warranty.set_value(form.warranty_days)
        self.condition.set_value(form.part_condition)
        self.active.setChecked(form.active)
        self._follow_kind()
        self._bar.show_state(False)

    def save(self) -> bool:
        if not self.dirty:
            return True
        values = read_fields(self._fields)
        if values is None:
            self._bar.show_state(True, "Confira os campos marcados.")
            return False
        form = self._form(values)
        now, author = self._desk.now(), self._desk.author
        self._bar.show_state(False)
        try:
            form.id = self._desk.write(save_catalog_item, form, now=now, author=author)
        except UserError as error:
            self._bar.show_state(True)
            if not show_error(self._fields, error):
                self._bar.say(sentence(error), "red")
            return False
        self._show(form, form.description)
        self._bar.show_state(False, "Salvo.")
        self.saved.emit(form.id)
        return True

    def discard(self) -> None:
        self._show(self._shown, self._shown.description or "Novo item")
        self.discarded.emit()

    def ask_to_save(self) -> None:
        self._bar.ask("Salvar ou descartar as alterações deste item?")

    def _form(self, values: dict[str, object]) -> CatalogForm:
        form = CatalogForm(active=self.active.isChecked(), id=self._shown.id)
        for name, value in values.items():
            setattr(form, name, value)
        # Qt hands a StrEnum back as a plain str
        form.kind = ItemKind(str(self.kind.value()))
        form.description = self.description.text().strip()
        form.unit = self.unit.text_value() or "un"
        condition = self.condition.text_value()
        part = form.kind is ItemKind.PART
        form.part_condition = PartCondition(condition) if condition and part else None
        return form

    def _edited(self) -> None:
        self._follow_kind()
        try:
            values = {name: field.value() for name, field in self._fields.items()}
        except UserError:
            self._bar.show_state(True)
            return
        self._bar.show_state(self._form(values) != self._shown)

    def _follow_kind(self) -> None:
        part = self.kind.value() == ItemKind.PART
        self.condition.setEnabled(part)
        used = (PartCondition.USED, PartCondition.RECONDITIONED)
        self._hint.setVisible(part and self.condition.value() in used)


def _pair(one: QWidget, other: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(8)
    row.addWidget(one, 1)
    row.addWidget(other, 1)
    return row
