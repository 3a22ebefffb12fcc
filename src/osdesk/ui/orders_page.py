"""The order list: one search box, filters with counts, the list, and what the chosen one is."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from osdesk.domain.figures import FilterCounts
from osdesk.domain.status import OrderFilter
from osdesk.services.listing import filter_counts
from osdesk.services.search import exact_order
from osdesk.texts import FILTER
from osdesk.ui.desk import Desk
from osdesk.ui.flow_layout import FlowLayout
from osdesk.ui.orders_empty import OrdersEmpty, offer_for
from osdesk.ui.orders_model import OrdersModel
from osdesk.ui.orders_side import OrdersSide
from osdesk.ui.orders_table import OrdersTable
from osdesk.ui.orders_text import counts_text
from osdesk.ui.search_box import SearchBox, number_in_code
from osdesk.ui.widgets import Card, ChipButton, MessageBar, PrimaryButton, key_hint

CHIPS = {
    "filterOpen": OrderFilter.OPEN,
    "filterInProgress": OrderFilter.IN_PROGRESS,
    "filterLate": OrderFilter.LATE,
    "filterAwaitingApproval": OrderFilter.AWAITING_APPROVAL,
    "filterReady": OrderFilter.READY,
    "filterFinished": OrderFilter.FINISHED,
    "filterReceivable": OrderFilter.RECEIVABLE,
    "filterAll": OrderFilter.ALL,
}
SETTLE_MS = 40
"""The panel follows once the hand rests: a held arrow key does not read every order it passes."""
CLOCK_MS = 60_000
NARROW = 1060
SIDE, SIDE_NARROW = 264, 230
EDGES, EDGES_NARROW = (16, 12, 16, 12), (10, 8, 10, 8)


class OrdersPage(QWidget):
    order_requested = Signal(int)
    new_order_requested = Signal(int)
    """The customer's id, 0 for none."""
    new_order_named = Signal(str)
    """What was searched for and not found."""
    said = Signal(str, str)
    """A sentence and its tone, for the window's message bar."""
    status_changed = Signal(str)
    """Words for the status line."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("ordersPage")
        self._desk = desk
        self._stale = True
        self._counts: FilterCounts | None = None
        self._settle = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._clock = QTimer(self, interval=CLOCK_MS)
        self._build()
        self._connect()
        self._chips[OrderFilter.OPEN].setChecked(True)

    def _build(self) -> None:
        self.search = SearchBox()
        self._new = PrimaryButton("Nova OS", "", "plus")
        self._new.setObjectName("newOrderButton")
        self._new.setToolTip("Abre uma ordem nova (F2)")
        top = QHBoxLayout()
        top.setSpacing(10)
        top.addWidget(self.search, 10)
        top.addStretch(1)
        top.addWidget(key_hint("F2"))
        top.addWidget(self._new)

        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self._chips: dict[OrderFilter, ChipButton] = {}
        chips = FlowLayout(6)
        for name, which in CHIPS.items():
            chip = ChipButton(FILTER[which])
            chip.setObjectName(name)
            self._chips[which] = chip
            self._group.addButton(chip)
            chips.addWidget(chip)

        self.model = OrdersModel(self._desk, self)
        self.table = OrdersTable(self.model)
        self._offer = MessageBar()
        self._offered = 0
        self._empty = OrdersEmpty(self._desk)
        self._list = QStackedWidget()
        self._list.addWidget(self.table)
        self._list.addWidget(self._empty)
        card = Card()
        card.body.setContentsMargins(1, 1, 1, 6)
        card.body.setSpacing(0)
        card.body.addWidget(self._offer)
        card.body.addWidget(self._list, 1)

        self.side = OrdersSide(self._desk)
        body = self._body = QHBoxLayout()
        body.addWidget(card, 1)
        body.addWidget(self.side)

        whole = self._whole = QVBoxLayout(self)
        whole.setSpacing(12)
        whole.addLayout(top)
        whole.addLayout(chips)
        whole.addLayout(body, 1)
        self.setFocusProxy(self.search)

    def _connect(self) -> None:
        self.search.textChanged.connect(self._search_changed)
        self.search.submitted.connect(self._search_submitted)
        self.search.left_down.connect(self.enter_list)
        self._new.clicked.connect(self._new_clicked)
        self._group.buttonClicked.connect(self._chip_clicked)
        self._empty.new_order_requested.connect(self.new_order_requested)
        self._empty.new_order_named.connect(self.new_order_named)
        self._empty.filter_requested.connect(self.show_filter)
        self._offer.acted.connect(self._offer_taken)
        self.table.opened.connect(self.order_requested)
        self.table.current_changed.connect(self._settle.start)
        self.table.left_top.connect(self.focus_search)
        self.table.left_for.connect(self._catch_up)
        self.model.modelReset.connect(self._list_changed)
        self.side.open_requested.connect(self.order_requested)
        self.side.new_order_requested.connect(self.new_order_requested)
        self.side.said.connect(self.said)
        self.side.left.connect(self._side_left)
        self._settle.timeout.connect(self._settled)
        self._clock.timeout.connect(self.refresh)
        self._desk.changed.connect(self._record_changed)

    # -- reading ---------------------------------------------------------------------------

    def refresh(self) -> None:
        """Read the list, the counts and the chosen order again."""
        if not self.isVisible():
            self._stale = True
            return
        number = self.table.current_number()
        if self._stale and self.model.rowCount() == 0 and not self.model.searched:
            self.model.show_filter(self.model.which)
        else:
            self.model.refresh()
        self._stale = False
        if number is None or not self.table.select_number(number):
            self.table.select_place(0)
        self._settle.start()
        self._desk.read_later(
            filter_counts, now=self._desk.now(), done=self._show_counts, owner=self
        )

    def show_filter(self, which: OrderFilter) -> None:
        """The list behind a chip; a search is put aside."""
        self._chips[which].setChecked(True)
        self.search.show_text("")
        self.model.show_filter(which)
        self.table.select_place(0)
        self._settle.start()

    def select(self, number: int) -> None:
        """Show an order that was just saved or opened; a search without it is put aside."""
        self.refresh()
        if not self.table.select_number(number) and self.search.text():
            self.show_filter(self.model.which)
            self.table.select_number(number)

    def show_text(self, text: str) -> None:
        """Search for a text as if it had been typed."""
        self.search.setText(text)
        self.focus_search()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < NARROW
        self.side.setFixedWidth(SIDE_NARROW if narrow else SIDE)
        self._body.setSpacing(8 if narrow else 12)
        self._whole.setContentsMargins(*(EDGES_NARROW if narrow else EDGES))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._clock.start()
        if self._stale:
            self.refresh()
        elif self._counts is not None:
            self.status_changed.emit(counts_text(self._counts))

    def hideEvent(self, event: QHideEvent) -> None:
        self._clock.stop()

    def _record_changed(self, what: str) -> None:
        self._stale = True
        if self.isVisible():
            self.refresh()

    def _show_counts(self, counts: FilterCounts) -> None:
        self._counts = counts
        for which, chip in self._chips.items():
            chip.set_count(counts.counts[which])
        self._list_changed()
        if self.isVisible():
            self.status_changed.emit(counts_text(counts))

    # -- searching -------------------------------------------------------------------------

    def focus_search(self) -> None:
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def enter_list(self) -> None:
        if self.model.rowCount():
            if not self.table.currentIndex().isValid():
                self.table.select_place(0)
            self.table.setFocus(Qt.FocusReason.TabFocusReason)

    def escape(self) -> bool:
        """Esc: leave the pane, else clear the search. False where there was nothing to leave."""
        if self.side.go_back():
            return True
        if self.search.text():
            self.search.clear()
            self.focus_search()
            return True
        return False

    def _search_changed(self, text: str) -> None:
        typed = text.strip()
        self._group.setExclusive(not typed)
        for which, chip in self._chips.items():
            chip.setChecked(not typed and which is self.model.which)
        if typed:
            self.model.show_search(typed)
        else:
            self.model.show_filter(self.model.which)
        self.table.select_place(0)
        self._settle.start()

    def _search_submitted(self, text: str) -> None:
        code = number_in_code(text)
        number = self._desk.read(exact_order, code or text.strip())
        if number is None and self.model.rowCount() == 1:
            number = self.model.number_at(0)
        if number is not None:
            self.order_requested.emit(number)
        else:
            self.enter_list()

    def scan(self, code: str) -> None:
        """A code that was scanned, as if it had been typed here with Enter after it."""
        self.search.setText(number_in_code(code) or code)
        self._search_submitted(self.search.text())

    def _chip_clicked(self, chip: ChipButton) -> None:
        self.show_filter(CHIPS[chip.objectName()])

    def _list_changed(self) -> None:
        empty = self.model.rowCount() == 0
        if empty:
            self._empty.explain(self.model.searched, self.model.which, self._counts)
        self._list.setCurrentIndex(1 if empty else 0)

    def _settled(self) -> None:
        self.model.complete_search()
        self.side.show_order(self.table.current_number() if self.isVisible() else None)
        self._offer_customer()

    def _offer_customer(self) -> None:
        """A known phone or document without an open order: one click to a new one."""
        customer = offer_for(self._desk, self.model)
        self._offered = customer.id if customer else 0
        if customer:
            self._offer.say(
                f"{customer.name} não tem OS aberta.", "", f"Nova OS para {customer.name}"
            )
        else:
            self._offer.clear()

    def _offer_taken(self) -> None:
        self.new_order_requested.emit(self._offered)

    def _new_clicked(self) -> None:
        self.new_order_requested.emit(0)

    # -- acting on the chosen order --------------------------------------------------------

    def receive(self) -> None:
        """F8: money for the chosen order."""
        self._catch_up()
        self.side.receive()

    def print_now(self) -> None:
        """F9: the chosen order's paper."""
        self._catch_up()
        self.side.print_now()

    def choose_print(self) -> None:
        """Shift+F9: which paper of the chosen order."""
        self._catch_up()
        self.side.choose_print()

    def _catch_up(self) -> None:
        """A key right after an arrow means the row that is marked, not the one shown before."""
        if self._settle.isActive():
            self._settle.stop()
            self._settled()

    def _side_left(self, number: int) -> None:
        self.table.select_number(number)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        self._settle.start()
