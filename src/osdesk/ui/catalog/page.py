"""The price list: services and parts that fill an order's line as it is typed."""

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from osdesk.domain.money import format_amount
from osdesk.domain.topics import Topic
from osdesk.domain.views.shop import (
    CatalogView,
)
from osdesk.services.shop.catalog import catalog
from osdesk.texts import ITEM_KIND, PART_CONDITION, plural
from osdesk.ui.catalog.form import CatalogCard
from osdesk.ui.desk import Desk
from osdesk.ui.page import Page
from osdesk.ui.widgets.controls import Card, GhostButton, quiet_label
from osdesk.ui.widgets.search_box import SearchBox
from osdesk.ui.widgets.tables import Cell, CellsModel, PlainTable

DESCRIPTION, KIND, WARRANTY, COST, PRICE = range(5)
HEADINGS = ("Descrição", "Tipo", "Garantia", "Custo (R$)", "Preço (R$)")
RIGHT = (WARRANTY, COST, PRICE)


class CatalogModel(CellsModel[CatalogView]):
    def __init__(self) -> None:
        super().__init__(HEADINGS, _cell, RIGHT)

    def row_of(self, entry: int) -> int | None:
        return next((n for n, row in enumerate(self._rows) if row.id == entry), None)

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


SHOWN = 1000
NARROW = 1060
WHOLE_ROW = 4000
CARD, CARD_NARROW = 400, 340
EDGES, EDGES_NARROW = (16, 12, 16, 12), (10, 8, 10, 8)


class CatalogPage(Page):
    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("catalogPage")
        self._desk = desk
        self._then: Callable[[], object] | None = None
        self._build()
        self._connect()

    def _build(self) -> None:
        self.search = SearchBox()
        self.search.setObjectName("catalogSearch")
        self.search.setAccessibleName("Buscar no catálogo")
        self.search.setPlaceholderText("Serviço ou material")
        self.search.setMaximumWidth(WHOLE_ROW)
        self._add = GhostButton("Novo item", "", "plus")
        self._add.setObjectName("newCatalogItemButton")
        top = QHBoxLayout()
        top.setSpacing(12)
        top.addWidget(self.search, 1)
        top.addWidget(self._add)
        self.model = CatalogModel()
        widths = {KIND: 132, WARRANTY: 84, COST: 96, PRICE: 100}
        self.table = PlainTable("Catálogo", self.model, widths, optional=(KIND, COST, WARRANTY))
        self.table.setObjectName("catalogTable")
        self._none = quiet_label(wrap=True)
        self._none.setAlignment(Qt.AlignmentFlag.AlignCenter)
        card = Card()
        card.body.setContentsMargins(1, 1, 1, 1)
        card.body.addWidget(self.table, 1)
        card.body.addWidget(self._none, 1)
        left = QVBoxLayout()
        left.setSpacing(12)
        left.addLayout(top)
        left.addWidget(card, 1)
        self.card = CatalogCard(self._desk)
        whole = self._whole = QHBoxLayout(self)
        whole.setContentsMargins(*EDGES)
        whole.setSpacing(12)
        whole.addLayout(left, 1)
        whole.addWidget(self.card)
        self.setFocusProxy(self.search)

    def _connect(self) -> None:
        self.search.textChanged.connect(self.refresh)
        self.search.submitted.connect(self._enter_list)
        self.search.left_down.connect(self._enter_list)
        self.table.current_changed.connect(self._row_chosen)
        self.table.opened.connect(self._row_opened)
        self._add.clicked.connect(self._add_clicked)
        self.card.saved.connect(self._card_saved)
        self.card.discarded.connect(self._go_on)
        self._desk.changed.connect(self._record_changed)

    # -- reading ---------------------------------------------------------------------------

    def refresh(self) -> None:
        """Read the list anew; what is being typed in the card stays."""
        typed = self.search.text().strip()
        rows = self._desk.read(catalog, typed, limit=SHOWN)
        self.table.blockSignals(True)
        self.model.show_rows(rows)
        self.table.blockSignals(False)
        self._select(self.card.entry)
        self._none.setText(
            f"Nada com “{typed}”. “Novo item” cadastra."
            if typed
            else "O catálogo está vazio. Cadastre os serviços e peças que mais saem."
        )
        self._none.setVisible(not rows)
        self.table.setVisible(bool(rows))
        more = len(rows) == SHOWN
        words = plural(len(rows), "item", "itens")
        self.status_changed.emit(f"Primeiros {words}" if more else words)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < NARROW
        self.card.setFixedWidth(CARD_NARROW if narrow else CARD)
        self._whole.setContentsMargins(*(EDGES_NARROW if narrow else EDGES))

    def _select(self, entry: int | None) -> None:
        row = self.model.row_of(entry) if entry is not None else None
        self.table.blockSignals(True)
        if row is None:
            self.table.setCurrentIndex(QModelIndex())
        else:
            self.table.select_row(row)
        self.table.blockSignals(False)

    def _record_changed(self, what: Topic) -> None:
        if what is Topic.CATALOG and self.isVisible():
            self.refresh()

    # -- choosing --------------------------------------------------------------------------

    def focus_search(self) -> bool:
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()
        return True

    def escape(self) -> bool:
        if self.search.text():
            self.search.clear()
            self.focus_search()
            return True
        return False

    def save(self) -> bool:
        return self.card.save()

    def try_close(self) -> bool:
        """Whether nothing typed would be lost; where it would, the card asks."""
        if self.card.dirty:
            self.card.ask_to_save()
            return False
        return True

    def _enter_list(self) -> None:
        if self.model.rowCount():
            if not self.table.currentIndex().isValid():
                self.table.select_row(0)
            self.table.setFocus(Qt.FocusReason.TabFocusReason)

    def _row_chosen(self, index: QModelIndex) -> None:
        row = self.model.row(index)
        if row is None or row.id == self.card.entry:
            return
        if self._hindered(lambda: self._show(row.id)):
            self._select(self.card.entry)
            return
        self.card.show_entry(row)

    def _row_opened(self, index: QModelIndex) -> None:
        self._row_chosen(index)
        if not self.card.dirty:
            self.card.start()

    def _show(self, entry: int) -> None:
        self._select(entry)
        row = self.model.row(self.table.currentIndex())
        if row is not None:
            self.card.show_entry(row)

    def _add_clicked(self) -> None:
        if not self._hindered(self._add_clicked):
            self._select(None)
            self.card.show_new("" if self.model.rowCount() else self.search.text().strip())
            self.card.start()

    def _hindered(self, then: Callable[[], object]) -> bool:
        """Edits stand in the way: the card asks, and once they are saved ``then`` goes on."""
        if not self.card.dirty:
            self._then = None
            return False
        self._then = then
        self.card.ask_to_save()
        return True

    def _card_saved(self, entry: int) -> None:
        self.refresh()
        self._go_on()

    def _go_on(self) -> None:
        then, self._then = self._then, None
        if then is not None:
            then()
