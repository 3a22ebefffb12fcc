"""The customers: found as one types, each with its card beside the list."""

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from osdesk.domain.calendar import format_date
from osdesk.domain.identifiers import format_document
from osdesk.domain.money import format_amount
from osdesk.domain.text import fold
from osdesk.domain.topics import Topic
from osdesk.domain.views.orders import CustomerRow
from osdesk.services.customers.customers import count_customers, customer_page
from osdesk.texts import plural
from osdesk.ui.customers.card import CustomerCard
from osdesk.ui.desk import Desk
from osdesk.ui.page import Page
from osdesk.ui.widgets.controls import Card, GhostButton, quiet_label
from osdesk.ui.widgets.search_box import SearchBox
from osdesk.ui.widgets.tables import Cell, CellsModel, Index, PlainTable

Fetch = Callable[[tuple[str, int] | None], list[CustomerRow]]
"""Rows after (folded name, id) of the last one known; None asks for the first page."""

CUSTOMER, ORDERS, BALANCE, LAST = range(4)
HEADINGS = ("Cliente", "Ordens", "A receber (R$)", "Última OS")


class CustomersModel(CellsModel[CustomerRow]):
    """Never holds more than has been looked at; ``page`` is how many rows a full page has."""

    def __init__(self, page: int) -> None:
        super().__init__(HEADINGS, _cell, (ORDERS, BALANCE, LAST))
        self._page = page
        self._fetch: Fetch | None = None
        self._more = False

    def show_pages(self, fetch: Fetch, *, keep: int = 0) -> None:
        """Start anew with the first page that ``fetch`` gives, and on until ``keep`` rows."""
        self._fetch = fetch
        page = fetch(None)
        rows = list(page)
        while len(rows) < keep and len(page) >= self._page:
            page = fetch(_place(rows[-1]))
            rows += page
        self._more = False  # who listens to the reset must not fetch on in the midst of it
        self.show_rows(rows)
        self._more = len(page) >= self._page

    def row_of(self, customer_id: int) -> int | None:
        """The line of a customer among those fetched."""
        return next((n for n, row in enumerate(self._rows) if row.id == customer_id), None)

    def canFetchMore(self, parent: Index) -> bool:
        return self._more and not parent.isValid()

    def fetchMore(self, parent: Index) -> None:
        if not self.canFetchMore(parent) or self._fetch is None or not self._rows:
            return
        rows = self._fetch(_place(self._rows[-1]))
        self._more = len(rows) >= self._page
        if not rows:
            return
        self.beginInsertRows(QModelIndex(), len(self._rows), len(self._rows) + len(rows) - 1)
        self._rows.extend(rows)
        self.endInsertRows()

    def tip(self, row: CustomerRow, column: int, cell: Cell) -> str | None:
        return row.name if column == CUSTOMER else None


def _place(row: CustomerRow) -> tuple[str, int]:
    """Where a row stands in the list's order."""
    return fold(row.name), row.id


def _cell(row: CustomerRow, column: int) -> Cell:
    """What a cell shows, the quieter line beneath."""
    if column == CUSTOMER:
        document = format_document(row.document) if row.document else ""
        under = " · ".join(part for part in (row.phone, document) if part)
        return Cell(row.name, under or "sem telefone", strong=True)
    if column == ORDERS:
        under = plural(row.open_orders, "aberta", "abertas") if row.open_orders else ""
        return Cell(str(row.orders), under, right=True)
    if column == BALANCE and row.balance:
        return Cell(format_amount(row.balance), tone="amber", strong=True, right=True)
    last = format_date(row.last_order_on) if column == LAST and row.last_order_on else "—"
    return Cell(last, right=True)


PAGE = 100
KEPT = 2000
NARROW = 1060
WHOLE_ROW = 4000
CARD, CARD_NARROW = 460, 372
EDGES, EDGES_NARROW = (16, 12, 16, 12), (10, 8, 10, 8)


class CustomersPage(Page):
    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("customersPage")
        self._desk = desk
        self._stale = True
        self._then: Callable[[], object] | None = None
        self._build()
        self._connect()

    def _build(self) -> None:
        self.search = SearchBox()
        self.search.setObjectName("customerSearch")
        self.search.setAccessibleName("Buscar cliente")
        self.search.setPlaceholderText("Nome, telefone ou CPF/CNPJ")
        self.search.setMaximumWidth(WHOLE_ROW)
        self._add = GhostButton("Novo cliente", "", "user-plus")
        self._add.setObjectName("newCustomerButton")
        top = QHBoxLayout()
        top.setSpacing(12)
        top.addWidget(self.search, 1)
        top.addWidget(self._add)
        self.model = CustomersModel(PAGE)
        widths = {ORDERS: 84, BALANCE: 112, LAST: 102}
        self.table = PlainTable("Clientes", self.model, widths, optional=(ORDERS, LAST))
        self.table.setObjectName("customersTable")
        self._none = quiet_label(wrap=True)
        self._none.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._none.hide()
        card = Card()
        card.body.setContentsMargins(1, 1, 1, 1)
        card.body.addWidget(self.table, 1)
        card.body.addWidget(self._none, 1)
        left = QVBoxLayout()
        left.setSpacing(12)
        left.addLayout(top)
        left.addWidget(card, 1)
        self.card = CustomerCard(self._desk)
        whole = self._whole = QHBoxLayout(self)
        whole.setContentsMargins(*EDGES)
        whole.setSpacing(12)
        whole.addLayout(left, 1)
        whole.addWidget(self.card)
        self.setFocusProxy(self.search)

    def _connect(self) -> None:
        self.search.textChanged.connect(self._search_changed)
        self.search.submitted.connect(self._enter_list)
        self.search.left_down.connect(self._enter_list)
        self.table.current_changed.connect(self._row_chosen)
        self.table.opened.connect(self._row_opened)
        self._add.clicked.connect(self._add_clicked)
        self.card.order_requested.connect(self.order_requested)
        self.card.new_order_requested.connect(self.new_order_requested)
        self.card.saved.connect(self._card_saved)
        self.card.discarded.connect(self._go_on)
        self._desk.changed.connect(self._record_changed)
        shortcut = QShortcut(QKeySequence("F6"), self)
        shortcut.setAutoRepeat(False)
        shortcut.activated.connect(self.card.turn_account)

    def print_now(self) -> None:
        """F9: the account of the chosen customer, where it is shown."""
        self.card.print_now()

    # -- reading ---------------------------------------------------------------------------

    def refresh(self) -> None:
        """Read the list anew; the chosen customer stays chosen, what is typed stays typed."""
        self._stale = False
        self._list(keep=True)
        self._select(self.card.customer_id)
        self.card.refresh()

    def show_customer(self, customer_id: int) -> None:
        """Go to one customer, whatever was searched for."""
        if self._hindered(lambda: self.show_customer(customer_id)):
            return
        if self._stale:
            self._list()
            self._stale = False
        self.card.show_customer(customer_id)
        self._select(customer_id)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self.refresh()
        else:
            self._say_count()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < NARROW
        self.card.setFixedWidth(CARD_NARROW if narrow else CARD)
        self._whole.setContentsMargins(*(EDGES_NARROW if narrow else EDGES))

    def _list(self, *, keep: bool = False) -> None:
        """Read anew; ``keep``: as far as one has scrolled, within reason."""
        typed = self.search.text().strip()

        def fetch(after: tuple[str, int] | None) -> list[CustomerRow]:
            return self._desk.read(customer_page, typed, after=after, limit=PAGE)

        self.table.blockSignals(True)
        self.model.show_pages(fetch, keep=min(self.model.rowCount(), KEPT) if keep else 0)
        self.table.blockSignals(False)
        empty = self.model.rowCount() == 0
        self._none.setText(
            f"Nenhum cliente com “{typed}”. Confira o que foi digitado."
            if typed
            else "Ainda não há clientes. Eles entram com a primeira ordem de serviço."
        )
        self._none.setVisible(empty)
        self.table.setVisible(not empty)
        self._say_count()

    def _say_count(self) -> None:
        count = self._desk.read(count_customers, self.search.text().strip())
        self.status_changed.emit(plural(count, "cliente", "clientes"))

    def _select(self, customer_id: int | None) -> None:
        """Move the list's mark without asking the card anything."""
        row = self.model.row_of(customer_id) if customer_id is not None else None
        self.table.blockSignals(True)
        if row is None:
            self.table.setCurrentIndex(QModelIndex())
        else:
            self.table.select_row(row)
        self.table.blockSignals(False)

    def _record_changed(self, what: Topic) -> None:
        if self.isVisible():
            self.refresh()
        else:
            self._stale = True

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

    def _search_changed(self) -> None:
        self._list()
        self._select(self.card.customer_id)

    def _enter_list(self) -> None:
        if self.model.rowCount():
            if not self.table.currentIndex().isValid():
                self.table.select_row(0)
            self.table.setFocus(Qt.FocusReason.TabFocusReason)

    def _row_chosen(self, index: QModelIndex) -> None:
        row = self.model.row(index)
        if row is None or row.id == self.card.customer_id:
            return
        if self._hindered(lambda: self.show_customer(row.id)):
            self._select(self.card.customer_id)
            return
        self.card.show_customer(row.id)

    def _row_opened(self, index: QModelIndex) -> None:
        self._row_chosen(index)
        if not self.card.dirty:
            self.card.name.setFocus(Qt.FocusReason.OtherFocusReason)

    def _add_clicked(self) -> None:
        if not self._hindered(self._add_clicked):
            self._select(None)
            self.card.show_new(self.search.text().strip() if not self.model.rowCount() else "")

    def _hindered(self, then: Callable[[], object]) -> bool:
        """Edits stand in the way: the card asks, and once they are saved ``then`` goes on."""
        if not self.card.dirty:
            self._then = None
            return False
        self._then = then
        self.card.ask_to_save()
        return True

    def _card_saved(self, customer_id: int) -> None:
        self._list(keep=True)
        self._select(customer_id)
        self._go_on()

    def _go_on(self) -> None:
        then, self._then = self._then, None
        if then is not None:
            then()
