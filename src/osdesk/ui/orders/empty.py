"""Over or in place of the order list: why it is empty, whose orders these are, a new order."""

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from osdesk.domain.calendar import format_date
from osdesk.domain.errors import UserError
from osdesk.domain.identifiers import normalize_document
from osdesk.domain.money import format_brl
from osdesk.domain.orders.status import CLOSED, OrderFilter
from osdesk.domain.views.listing import FilterCounts
from osdesk.services.orders.search import SPELLINGS, near_spellings
from osdesk.texts import FILTER, plural
from osdesk.ui.desk import Desk
from osdesk.ui.orders.model import OrdersModel
from osdesk.ui.widgets import keymap
from osdesk.ui.widgets.controls import GhostButton, MessageBar, quiet_label, section_label

if TYPE_CHECKING:
    from osdesk.domain.views.orders import CustomerSituation

OFFERS = 3
OFFER_KEY = "F2"
FIRST = "F2 abre a primeira: só nome, tipo do aparelho e motivo bastam."
"""While somebody is offered, a new order is for them."""
DIGITS_OF_A_PHONE = 8

NOTHING = {
    OrderFilter.OPEN: "Nenhuma ordem aberta",
    OrderFilter.IN_PROGRESS: "Nenhuma ordem em andamento",
    OrderFilter.LATE: "Nenhuma ordem atrasada",
    OrderFilter.AWAITING_APPROVAL: "Nenhum orçamento espera resposta",
    OrderFilter.READY: "Nenhuma ordem pronta para retirada",
    OrderFilter.FINISHED: "Nenhuma ordem finalizada",
    OrderFilter.RECEIVABLE: "Nada a receber",
    OrderFilter.ALL: "Ainda não há ordens",
}


def offer_for(desk: Desk, model: OrdersModel) -> "CustomerSituation | None":
    """The customer whom a typed phone or document names, where only closed orders were found."""
    text = model.searched
    if sum(letter.isdigit() for letter in text) < DIGITS_OF_A_PHONE or not model.rowCount():
        return None
    rows = [model.row(place) for place in range(min(model.rowCount(), 20))]
    if any(row is not None and row.status not in CLOSED for row in rows):
        return None
    from osdesk.services.customers.customers import customer_situation, find_customers

    found = desk.read(find_customers, text, limit=2)
    if len(found) != 1:
        return None
    situation = desk.read(customer_situation, found[0].id, now=desk.now())
    return None if situation.open_orders or situation.ready_orders else situation


def offer_words(situation: "CustomerSituation") -> str:
    """What the counter must know before it opens another order for somebody."""
    words = f"{situation.customer.name} não tem OS aberta."
    if situation.owed and situation.owed_since is not None:
        words += f" Deve {format_brl(situation.owed)} desde {format_date(situation.owed_since)}."
    elif situation.owed:
        words += f" Tem {format_brl(situation.owed)} a pagar."
    return words


def prefill_of(text: str) -> dict[str, Any]:
    """What a text that was searched for fills in a new order: a document, a phone or a name."""
    typed = text.strip()
    digits = sum(letter.isdigit() for letter in typed)
    try:
        return {"customer.document": normalize_document(typed)}
    except UserError:
        if digits >= DIGITS_OF_A_PHONE:
            return {"customer.phones": [typed]}
        return {} if digits else {"customer.name": typed}


class OrdersEmpty(QWidget):
    """In place of an empty list: why it is, and what one would do next."""

    new_order_requested = Signal(int)
    new_order_named = Signal(str)
    """A new order for what was searched and not found."""
    filter_requested = Signal(object)
    search_requested = Signal(str)
    """Another spelling of what was searched."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._searched = ""
        self._build()
        self._connect()

    def _build(self) -> None:
        self._title = section_label()
        self._why = quiet_label(wrap=True)
        self._why.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._offers = [GhostButton("", "", "plus") for _ in range(OFFERS)]
        self._near = [GhostButton("", "", "search") for _ in range(SPELLINGS)]
        self._new = GhostButton("Nova OS", "", "plus")
        self._all = GhostButton("Ver todas as ordens")
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(8)
        column.addStretch(2)
        column.addWidget(self._title, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self._why)
        for button in (*self._near, *self._offers, self._new, self._all):
            column.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)

    def _connect(self) -> None:
        for button in self._offers:
            button.clicked.connect(self._offer_clicked)
        for button in self._near:
            button.clicked.connect(self._near_clicked)
        self._new.clicked.connect(self._new_clicked)
        self._all.clicked.connect(self._all_clicked)

    def explain(self, searched: str, which: OrderFilter, counts: FilterCounts | None) -> None:
        """Say why nothing is listed, and offer what one would do next."""
        from osdesk.services.customers.customers import find_customers

        found = self._desk.read(find_customers, searched, limit=OFFERS) if searched else []
        for place, button in enumerate(self._offers):
            button.setVisible(place < len(found))
            if place < len(found):
                button.set_text(f"Nova OS para {found[place].name}")
                button.setProperty("customer", found[place].id)
        total = counts.counts[OrderFilter.ALL] if counts else 0
        if searched:
            self._title.setText(f"Nenhuma ordem com “{searched}”")
            self._why.setText(
                "O cliente está no cadastro, ainda sem ordem."
                if found
                else "Confira o que foi digitado, ou abra uma ordem nova. Esc limpa a busca."
            )
        elif total == 0:
            self._title.setText(NOTHING[OrderFilter.ALL])
            self._why.setText(keymap.words(FIRST))
        else:
            self._title.setText(NOTHING[which])
            self._why.setText("")
        self._searched = searched
        self._show_near([])
        named = searched and "customer.name" in prefill_of(searched)
        self._new.set_text(f"Nova OS para “{searched}”" if named else "Nova OS")
        self._new.setVisible(not found and (bool(searched) or total == 0))
        self._all.setVisible(not searched and total > 0 and which is not OrderFilter.ALL)

    def offer_spellings(self) -> None:
        """The hand rests on a text that finds nothing: offer what is spelt nearly so."""
        if self._searched:
            self._show_near(self._desk.read(near_spellings, self._searched))

    def _show_near(self, spellings: list[str]) -> None:
        for place, button in enumerate(self._near):
            button.setVisible(place < len(spellings))
            if place < len(spellings):
                button.set_text(f"Procurar “{spellings[place]}”")
                button.setProperty("spelling", spellings[place])

    def _near_clicked(self) -> None:
        self.search_requested.emit(str(self.sender().property("spelling")))

    def _offer_clicked(self) -> None:
        self.new_order_requested.emit(int(self.sender().property("customer")))

    def _new_clicked(self) -> None:
        if self._searched:
            self.new_order_named.emit(self._searched)
        else:
            self.new_order_requested.emit(0)

    def _all_clicked(self) -> None:
        self.filter_requested.emit(OrderFilter.ALL)


class OrdersOffer(MessageBar):
    """Above the list: an order for a known customer, or the way back from a figure."""

    new_order_requested = Signal(int)
    """For this customer."""
    figure_left = Signal()
    """Back to the chip's orders."""

    def __init__(self, desk: Desk, model: OrdersModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._model = model
        self._customer = 0
        self.acted.connect(self._taken)

    def tell_figure(self, title: str, count: int) -> None:
        orders = plural(count, "ordem", "ordens")
        back = f"Voltar a {FILTER[self._model.which]}"
        self.say(f"{title}: {orders}", "", back, lasting=True)

    def tell_more(self) -> None:
        """With the rows, for the table to be painted once: there are more than are listed."""
        if self._model.more:
            count = self._model.rowCount()
            self.say(
                f"Mais de {count} ordens com “{self._model.searched}”: aqui estão as {count} mais "
                "novas. Digite mais um pouco para achar outra.",
                "",
                lasting=True,
            )
        elif not self._customer:
            self.clear()

    def offer_customer(self) -> None:
        """A known phone or document without an open order: one click to a new one."""
        if self._model.listed:
            return
        found = offer_for(self._desk, self._model)
        self._customer = found.customer.id if found else 0
        if self._model.more:
            self.tell_more()
        elif found:
            tone = "amber" if found.owed else ""
            act = f"Nova OS para {found.customer.name}  {keymap.key(OFFER_KEY)}"
            self.say(offer_words(found), tone, act)
        else:
            self.clear()

    @property
    def customer(self) -> int:
        """Who is offered; 0: nobody."""
        return self._customer if not self.isHidden() else 0

    def _taken(self) -> None:
        if self._model.listed:
            self.figure_left.emit()
        else:
            self.new_order_requested.emit(self._customer)
