"""The customers: found as one types, each with its card beside the list."""

from collections.abc import Callable

from PySide6.QtCore import QModelIndex
from PySide6.QtGui import QResizeEvent, QShortcut
from PySide6.QtWidgets import QWidget

from osdesk.domain.calendar import format_date
from osdesk.domain.identifiers import format_document
from osdesk.domain.money import format_amount
from osdesk.domain.text import fold
from osdesk.domain.views.orders import CustomerRow
from osdesk.services.customers.customers import count_customers, customer_page
from osdesk.texts import plural
from osdesk.ui.customers.card import CustomerCard
from osdesk.ui.customers.tidy import CustomersTidy
from osdesk.ui.desk import Desk
from osdesk.ui.list_page import NARROW, ListPage
from osdesk.ui.widgets import keymap
from osdesk.ui.widgets.controls import GhostButton
from osdesk.ui.widgets.search_box import SearchBox
from osdesk.ui.widgets.tables import Cell, CellsModel, Index, PlainTable

Fetch = Callable[[tuple[str, int] | None], list[CustomerRow]]
"""Rows after (folded name, id) of the last one known; None asks for the first page."""

CUSTOMER, ORDERS, BALANCE, LAST = range(4)
HEADINGS = ("Cliente", "Ordens", "A receber (R$)", "Última OS")


class CustomersModel(CellsModel[CustomerRow]):
    """The rows that have been looked at, never more; ``page`` is how many rows a full page has."""

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
TIDY = "Repetidos e antigos"
KEPT = 2000


class CustomersPage(ListPage[CustomerCard]):
    """The customers; F6 turns the card to the account, F9 prints it."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        search = SearchBox("customerSearch", "Buscar cliente", "Nome, telefone ou CPF/CNPJ")
        add = GhostButton("Novo cliente", "", "user-plus")
        add.setObjectName("newCustomerButton")
        self._customers = CustomersModel(PAGE)
        widths = {ORDERS: 84, BALANCE: 112, LAST: 102}
        table = PlainTable("Clientes", self._customers, widths, optional=(ORDERS, LAST))
        table.setObjectName("customersTable")
        tidy = self._tidy = GhostButton(TIDY, "", "users")
        tidy.setObjectName("tidyButton")
        tidy.setMinimumWidth(48)  # the window may get narrow while the words are there
        tidy.setToolTip("Cadastros que parecem repetidos, e clientes sem nada há anos")
        card = CustomerCard(desk)
        super().__init__(desk, search, add, table, card, parent, also=(tidy,))
        self.setObjectName("customersPage")
        self.tidy = CustomersTidy(desk)
        self.tidy.hide()
        self._whole.addWidget(self.tidy, 1)
        tidy.clicked.connect(self._tidy_clicked)
        card.merge_requested.connect(self.open_tidy)
        self.tidy.left.connect(self.leave_tidy)
        self.card.order_requested.connect(self.order_requested)
        self.card.new_order_requested.connect(self.new_order_requested)
        shortcut = QShortcut(keymap.sequence("F6"), self)
        shortcut.setAutoRepeat(False)
        shortcut.activated.connect(self.card.turn_account)

    def print_now(self) -> None:
        """F9: the account of the chosen customer, where it is shown."""
        self.card.print_now()

    def notify(self) -> None:
        """F11: the collection letter of the chosen customer, where the account is shown."""
        self.card.notify()

    # -- records kept in order -------------------------------------------------------------

    def _tidy_clicked(self) -> None:
        self.open_tidy()

    def open_tidy(self, customer_id: int | None = None) -> None:
        """Records that may be one person's: all, or those of one customer."""
        if self._hindered(lambda: self.open_tidy(customer_id)):
            return
        self._listed.hide()
        self.card.hide()
        self.tidy.show()
        self.tidy.open(customer_id)

    def leave_tidy(self) -> None:
        self.tidy.hide()
        self._listed.show()
        self.card.show()
        self.refresh()
        self.focus_search()

    def focus_search(self) -> bool:
        if not self.tidy.isHidden():
            self.leave_tidy()
        return super().focus_search()

    def escape(self) -> bool:
        if not self.tidy.isHidden():
            self.leave_tidy()
            return True
        return super().escape()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.tidy.side.setFixedWidth(self.card.maximumWidth())
        self._tidy.set_text("" if self.width() < NARROW else TIDY)
        self._tidy.setAccessibleName(TIDY)

    def show_row(self, row_id: int) -> None:
        if not self.tidy.isHidden():
            self.leave_tidy()
        super().show_row(row_id)

    def show_customer(self, customer_id: int) -> None:
        self.show_row(customer_id)

    def read_rows(self, typed: str, *, keep: bool) -> None:
        def fetch(after: tuple[str, int] | None) -> list[CustomerRow]:
            return self._desk.read(customer_page, typed, after=after, limit=PAGE)

        seen = min(self._customers.rowCount(), KEPT) if keep else 0
        self._customers.show_pages(fetch, keep=seen)

    def nothing_words(self, typed: str) -> str:
        if typed:
            return f"Nenhum cliente com “{typed}”. Confira o que foi digitado."
        return "Ainda não há clientes. Eles entram com a primeira ordem de serviço."

    def count_words(self, typed: str) -> str:
        return plural(self._desk.read(count_customers, typed), "cliente", "clientes")
