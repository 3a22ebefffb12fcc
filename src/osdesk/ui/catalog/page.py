"""The price list: services and parts that fill an order's line as it is typed."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QWidget

from osdesk.domain.codes import ItemKind, PartCondition
from osdesk.domain.errors import UserError
from osdesk.domain.money import format_amount
from osdesk.domain.orders.forms import CatalogForm
from osdesk.domain.topics import Topic
from osdesk.domain.views.shop import CatalogView
from osdesk.services.shop.catalog import catalog, catalog_item, save_catalog_item
from osdesk.texts import ITEM_KIND, PART_CONDITION, plural
from osdesk.ui.desk import Desk
from osdesk.ui.list_page import ListPage, RowCard
from osdesk.ui.widgets.controls import GhostButton, quiet_label, section_label
from osdesk.ui.widgets.fields import (
    ChoiceField,
    Field,
    Labelled,
    MoneyField,
    NumberField,
    TextField,
)
from osdesk.ui.widgets.forms import save_form
from osdesk.ui.widgets.search_box import SearchBox
from osdesk.ui.widgets.tables import Cell, CellsModel, PlainTable

DESCRIPTION, KIND, WARRANTY, COST, PRICE = range(5)
HEADINGS = ("Descrição", "Tipo", "Garantia", "Custo (R$)", "Preço (R$)")
RIGHT = (WARRANTY, COST, PRICE)


class CatalogModel(CellsModel[CatalogView]):
    """The entries by name; what is out of use is there, in grey."""

    def __init__(self) -> None:
        super().__init__(HEADINGS, _cell, RIGHT)

    def tip(self, row: CatalogView, column: int, cell: Cell) -> str | None:
        return row.description if column == DESCRIPTION else None


def _cell(row: CatalogView, column: int) -> Cell:
    tone = "ink" if row.active else "muted"
    if column == DESCRIPTION:
        return Cell(row.description, "" if row.active else "fora de uso", tone, strong=True)
    if column == KIND:
        condition = PART_CONDITION[row.part_condition] if row.part_condition else ""
        return Cell(ITEM_KIND[row.kind], condition, tone)
    if column == WARRANTY:
        days = row.warranty_days
        return Cell("—" if days is None else plural(days, "dia", "dias"), tone=tone, right=True)
    if column == COST:
        cost = "—" if row.unit_cost is None else format_amount(row.unit_cost)
        return Cell(cost, tone=tone, right=True)
    unit = "" if row.unit == "un" else f"por {row.unit}"
    return Cell(format_amount(row.unit_price), unit, tone, strong=True, right=True)


UNITS = ("un", "h", "m", "kg", "l", "cj", "par")


class CatalogCard(RowCard):
    """One entry; a used part says what the law asks for."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.setObjectName("catalogCard")
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
        self._condition = Labelled("Condição da peça", self.condition)
        self.body.addWidget(self._title)
        self.body.addWidget(Labelled("Descrição", self.description, required=True))
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
    def shown_id(self) -> int | None:
        return self._shown.id

    def show_new(self, words: str = "") -> None:
        self._show(CatalogForm(), "Novo item")
        if words:
            self.description.set_value(words)
            self._edited()

    def refresh(self) -> None:
        if self._shown.id is not None and not self.dirty:
            self.show_row(self._shown.id)

    def show_row(self, row_id: int) -> None:
        view = self._desk.read(catalog_item, row_id)
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
        if not save_form(self._bar, self._fields, self._store):
            return False
        self._show(self._shown, self._shown.description)
        self._bar.show_state(False, "Salvo.")
        self.saved.emit(self._shown.id)
        return True

    def _store(self, values: dict[str, object]) -> None:
        form = self._form(values)
        now, author = self._desk.now(), self._desk.author
        form.id = self._desk.write(save_catalog_item, form, now=now, author=author)
        self._shown = form

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


SHOWN = 1000


class CatalogPage(ListPage[CatalogCard]):
    """The price list; news of the catalogue alone have it read again."""

    TOPICS = frozenset({Topic.CATALOG})
    CARD, CARD_NARROW = 400, 340

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        search = SearchBox("catalogSearch", "Buscar no catálogo", "Serviço ou material")
        add = GhostButton("Novo item", "", "plus")
        add.setObjectName("newCatalogItemButton")
        self._entries = CatalogModel()
        widths = {KIND: 132, WARRANTY: 84, COST: 96, PRICE: 100}
        optional = (KIND, COST, WARRANTY)
        table = PlainTable("Catálogo", self._entries, widths, optional=optional)
        table.setObjectName("catalogTable")
        super().__init__(desk, search, add, table, CatalogCard(desk), parent)
        self.setObjectName("catalogPage")

    def read_rows(self, typed: str, *, keep: bool) -> None:
        self._entries.show_rows(self._desk.read(catalog, typed, limit=SHOWN))

    def nothing_words(self, typed: str) -> str:
        if typed:
            return f"Nada com “{typed}”. “Novo item” cadastra."
        return "O catálogo está vazio. Cadastre os serviços e peças que mais saem."

    def count_words(self, typed: str) -> str:
        count = self._entries.rowCount()
        words = plural(count, "item", "itens")
        return f"Primeiros {words}" if count == SHOWN else words
