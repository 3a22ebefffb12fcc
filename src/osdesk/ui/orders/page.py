"""The order list: one search box, filters with counts, the list, and what the chosen one is."""

import json
from collections.abc import Collection
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QHideEvent, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from osdesk.domain.orders.sorting import SortBy, Sorting
from osdesk.domain.orders.status import OrderFilter
from osdesk.domain.topics import Topic
from osdesk.domain.views.listing import FilterCounts
from osdesk.services.orders.listing import counts_of
from osdesk.services.orders.search import exact_order
from osdesk.ui.desk import Desk
from osdesk.ui.orders.draft_bar import DraftBar
from osdesk.ui.orders.empty import OrdersEmpty, OrdersOffer, prefill_of
from osdesk.ui.orders.filters import FIELD_KEYS, OTHERS_KEY, OrdersFilters
from osdesk.ui.orders.filters import KEY as WHOSE_KEY
from osdesk.ui.orders.model import SORTS, TITLES, OrdersModel
from osdesk.ui.orders.table import Entry, OrdersTable, show_menu
from osdesk.ui.page import Page
from osdesk.ui.panes.order_rows import counts_text
from osdesk.ui.widgets import keymap
from osdesk.ui.widgets.controls import Card, PrimaryButton, key_hint
from osdesk.ui.widgets.search_box import SearchBox, number_in_code

if TYPE_CHECKING:  # made when first needed: the list is there sooner without it
    from osdesk.ui.orders.side import OrdersSide

SETTLE_MS = 40
"""The panel follows once the hand rests: a held arrow key does not read every order it passes."""
CLOCK_MS = 60_000
LIMIT = 501
"""Of so many chosen orders the numbers are read: enough to know that they are too many."""
SEARCH = 600
NARROW = 1060
SIDE, SIDE_NARROW = 264, 230
EDGES, EDGES_NARROW = (16, 12, 16, 12), (10, 8, 10, 8)


class OrdersPage(Page):
    """The list with its search, chips and panel; news of the record are read at once."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("ordersPage")
        self._desk = desk
        self._stale = True
        self._counts: FilterCounts | None = None
        self._everybody: FilterCounts | None = None
        self._own: int | None = None
        """Whose orders the person wants listed; None: everybody's."""
        self._visited = False
        """Others are listed, for a visit from a figure of another page."""
        self._told: int | None = None
        """The order that the window's bar speaks of."""
        self._settle = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._clock = QTimer(self, interval=CLOCK_MS)
        self._build()
        self._connect()
        self.filters.mark(OrderFilter.OPEN)

    def _build(self) -> None:
        places = "Cliente, telefone, CPF/CNPJ, nº da OS, série ou IMEI"
        self.search = SearchBox("searchBox", "Buscar ordem", places)
        self.search.setMaximumWidth(SEARCH)
        self._new = PrimaryButton("Nova OS", "", "plus")
        self._new.setObjectName("newOrderButton")
        self._new.setToolTip(keymap.words("Abre uma ordem nova (F2)"))
        top = QHBoxLayout()
        top.setSpacing(10)
        top.addWidget(self.search, 10)
        top.addStretch(1)
        top.addWidget(key_hint("F2"))
        top.addWidget(self._new)

        self.filters = OrdersFilters(self._desk, self)
        self.model = OrdersModel(self._desk, self)
        self.table = OrdersTable(self.model)
        self._offer = OrdersOffer(self._desk, self.model)
        self._list = QStackedWidget()
        self._list.addWidget(self.table)
        card = self._listed = Card()
        card.body.setContentsMargins(1, 1, 1, 6)
        card.body.setSpacing(0)
        card.body.addWidget(self._offer)
        card.body.addWidget(self._list, 1)

        self._beside = QStackedWidget()
        body = self._body = QHBoxLayout()
        body.addWidget(card, 1)
        body.addWidget(self._beside)

        whole = self._whole = QVBoxLayout(self)
        whole.setSpacing(12)
        whole.addLayout(top)
        self.drafts = DraftBar(self._desk)
        whole.addWidget(self.drafts)
        whole.addLayout(self.filters)
        whole.addLayout(body, 1)
        self.setFocusProxy(self.search)

    def _connect(self) -> None:
        self.search.textChanged.connect(self._search_changed)
        self.search.submitted.connect(self._search_submitted)
        self.search.left_down.connect(self.enter_list)
        self._new.clicked.connect(self.new_order)
        self.filters.chosen.connect(self.show_filter)
        self.filters.whose.chosen.connect(self._technician_chosen)
        self.filters.others.clicked.connect(self._show_everybody)
        self._offer.new_order_requested.connect(self.new_order_requested)
        self._offer.figure_left.connect(self._figure_left)
        self.table.opened.connect(self.order_requested)
        self.table.current_changed.connect(self._settle.start)
        self.table.left_top.connect(self.focus_search)
        self.table.left_for.connect(self._catch_up)
        self.table.menu_requested.connect(self._show_menu)
        self.model.modelReset.connect(self._list_changed)
        self.drafts.resume_requested.connect(self.draft_requested)
        self.drafts.listen_in(self)
        self._settle.timeout.connect(self._settled)
        self._clock.timeout.connect(self.refresh)
        self._desk.changed.connect(self._record_changed)
        for key, act in (
            ("F4", self.next_step),
            ("F6", self.more_steps),
            (WHOSE_KEY, self.filters.whose.open),
            (OTHERS_KEY, self._show_everybody),
            *((key, partial(self._set_field, field)) for field, key in FIELD_KEYS.items()),
        ):
            shortcut = QShortcut(keymap.sequence(key), self)
            shortcut.setAutoRepeat(False)
            shortcut.activated.connect(act)

    # -- what the first list is shown without ----------------------------------------------

    @cached_property
    def side(self) -> "OrdersSide":
        from osdesk.ui.orders.side import OrdersSide

        side = OrdersSide(self._desk)
        self._beside.addWidget(side)
        side.panel.open_requested.connect(self.order_requested)
        side.panel.new_order_requested.connect(self.new_order_requested)
        side.lines_wanted.connect(self.lines_requested)
        side.one_wanted.connect(self._one_wanted)
        side.said.connect(self.said)
        side.taken.connect(self._taken)
        side.left.connect(self._side_left)
        return side

    @cached_property
    def _empty(self) -> OrdersEmpty:
        empty = OrdersEmpty(self._desk)
        self._list.addWidget(empty)
        empty.new_order_requested.connect(self.new_order_requested)
        empty.new_order_named.connect(self.new_order_named)
        empty.filter_requested.connect(self.show_filter)
        empty.search_requested.connect(self.show_text)
        return empty

    # -- reading ---------------------------------------------------------------------------

    def refresh(self) -> None:
        """Read the list, the counts and the chosen order again."""
        if not self.isVisible():
            self._stale = True
            return
        number, chosen = self.table.current_number(), self.table.chosen(LIMIT)
        self.model.keep(number)
        if self._stale and self.model.rowCount() == 0 and not self.model.searched:
            self.model.show_filter(self.model.which)
        else:
            self.model.refresh()
        self._stale = False
        if len(chosen) > 1:
            if self.table.chosen_count() < 2 and not self.table.choose(chosen, number):
                self._mark(number)
        else:
            self._mark(number)
        self._settle.start()
        self._desk.read_later(
            counts_of,
            now=self._desk.now(),
            technician=self.model.technician,
            done=self._show_counts,
            owner=self,
        )

    def _mark(self, number: int | None) -> None:
        """The order that was marked, else the first."""
        if number is None or not self.table.select_number(number):
            self.table.select_place(0)

    def _technician_chosen(self, technician: object) -> None:
        """One technician's own list: the chips count with it; a search finds everybody's."""
        self._own = technician if isinstance(technician, int) else None
        self._visited = False
        self.model.set_technician(self._own)
        self.show_filter(self.model.which)
        self.refresh()

    def _show_hidden(self) -> None:
        """A search and a figure list the orders of everybody."""
        hidden = 0
        listed = self.model.searched or self.model.listed
        if self._counts and self._everybody and self.model.technician is not None and not listed:
            which = self.model.which
            hidden = self._everybody.counts[which] - self._counts.counts[which]
        self.filters.show_hidden(hidden)

    def _show_everybody(self) -> None:
        self.filters.whose.take(None)

    def visit_filter(self, which: OrderFilter) -> None:
        """The list behind a figure of another page: of everybody, until one goes elsewhere."""
        self._visit(None)
        self.show_filter(which)

    def _visit(self, technician: int | None) -> None:
        own = self._own
        if technician != self.model.technician:
            self.filters.whose.take(technician)
        self._own, self._visited = own, True

    def end_visit(self) -> None:
        """One goes elsewhere: whose orders were listed for a visit is the person's own choice
        again."""
        if self._visited and self._own != self.model.technician:
            self.filters.whose.take(self._own)
        self._visited = False

    def show_filter(self, which: OrderFilter) -> None:
        """The list behind a chip; a search is put aside."""
        self.filters.mark(which)
        self.search.show_text("")
        self.model.show_filter(which)
        self._show_hidden()
        self.table.select_place(0)
        self._settle.start()

    def show_numbers(self, title: str, numbers: Collection[int]) -> None:
        """The orders behind a figure; Esc leads back to the chip's."""
        if not numbers:
            self.said.emit(f"{title}: nenhuma ordem.", "amber")
            return
        self.search.show_text("")
        self.filters.mark(None)
        self.model.show_numbers(title, numbers)
        self._show_hidden()
        self._offer.tell_figure(title, len(numbers))
        self.table.select_place(0)
        self._settle.start()

    def _figure_left(self) -> None:
        self.show_filter(self.model.which)

    def show_technician(self, technician: int | None) -> None:
        """One technician's open orders; ``UNASSIGNED``: nobody's."""
        self._visit(technician)
        self.show_filter(OrderFilter.OPEN)

    def habits(self) -> dict[str, str]:
        """Chip, technician, sorting of each chip and widths, found again the next time."""
        whose = self._own
        sortings = self.model.sortings()
        return {
            "chip": self.model.which.value,
            "technician": "" if whose is None else str(whose),
            "widths": json.dumps(self.table.widths()),
            "sorting": json.dumps({w: [s.by, s.descending] for w, s in sortings.items()}),
        }

    def take_habits(self, habits: dict[str, str]) -> None:
        """As the list was left; who no longer works here hides nothing."""
        for which, (by, descending) in _kept(habits, "sorting").items():
            if which in set(OrderFilter) and by in set(SortBy):
                self.model.set_sorting(OrderFilter(which), Sorting(SortBy(by), bool(descending)))
        self.table.set_widths({int(c): int(w) for c, w in _kept(habits, "widths").items()})
        if habits.get("technician", "").isdecimal():
            self.filters.whose.take(int(habits["technician"]))
        if habits.get("chip") in set(OrderFilter):
            self.show_filter(OrderFilter(habits["chip"]))

    def select(self, number: int) -> None:
        """Show an order that was just saved or opened; a search without it is put aside."""
        self.refresh()
        if self.table.select_number(number):
            return
        if self.search.text():
            self.show_filter(self.model.which)
        self.model.keep(number)
        self.model.refresh()
        self.table.select_number(number)

    def show_text(self, text: str) -> None:
        """Search for a text as if it had been typed."""
        self.search.setText(text)
        self.focus_search()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < NARROW
        self._beside.setFixedWidth(SIDE_NARROW if narrow else SIDE)
        self._body.setSpacing(8 if narrow else 12)
        self._whole.setContentsMargins(*(EDGES_NARROW if narrow else EDGES))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.drafts.refresh()
        self._clock.start()
        if self._stale:
            self.refresh()
        elif self._counts is not None:
            self.status_changed.emit(counts_text(self._counts))

    def hideEvent(self, event: QHideEvent) -> None:
        self._clock.stop()

    def _record_changed(self, what: Topic) -> None:
        self._stale = True
        if self.isVisible():
            self.refresh()

    def _show_counts(self, found: tuple[FilterCounts, FilterCounts]) -> None:
        self._counts, self._everybody = found
        counts = self._counts
        self.filters.show_counts(counts)
        self._show_hidden()
        self._list_changed()
        if self.isVisible():
            self.status_changed.emit(counts_text(counts))

    # -- searching -------------------------------------------------------------------------

    def focus_search(self) -> bool:
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()
        return True

    def enter_list(self) -> None:
        if self.model.rowCount():
            if not self.table.currentIndex().isValid():
                self.table.select_place(0)
            self.table.setFocus(Qt.FocusReason.TabFocusReason)

    def escape(self) -> bool:
        """Esc: leave the pane, else clear the search. False where there was nothing to leave."""
        if self.side.go_back():
            return True
        if self.table.choose_one():
            return True
        if self.search.text():
            self.search.clear()
            self.focus_search()
            return True
        if self.model.listed:
            self.show_filter(self.model.which)
            return True
        return False

    def _search_changed(self, text: str) -> None:
        typed = text.strip()
        self.filters.mark(None if typed else self.model.which)
        if typed:
            self.model.show_search(typed)
        else:
            self.model.show_filter(self.model.which)
        self._offer.tell_more()
        self._listed.body.activate()  # the table gets its place now, and is painted once
        self._show_hidden()
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

    def _list_changed(self) -> None:
        empty = self.model.rowCount() == 0
        if empty:
            self._empty.explain(self.model.searched, self.model.which, self._counts)
        self._list.setCurrentIndex(1 if empty else 0)

    def _settled(self) -> None:
        if self.model.searched and self.model.rowCount() == 0:
            self._empty.offer_spellings()
        current = self.table.current_number()
        if self._told not in (None, current):
            self._told = None
            self.said.emit("", "")  # it spoke of the order before
        count = self.table.chosen_count() if self.isVisible() else 0
        if self.model.stray not in (None, current) and count < 2:
            self.model.let_go()
        if count > 1:
            self.side.show_orders(self.table.chosen(LIMIT), count)
        else:
            self.side.show_order(self.table.current_number() if self.isVisible() else None)
        self._offer.offer_customer()

    def new_order(self) -> None:
        """F2: for whom is offered, with the name or phone that was typed, or for nobody yet."""
        self._catch_up()
        typed = self.model.searched
        if self._offer.customer:
            self.new_order_requested.emit(self._offer.customer)
        elif typed and prefill_of(typed):
            self.new_order_named.emit(typed)
        else:
            self.new_order_requested.emit(0)

    # -- acting on the chosen order --------------------------------------------------------

    def next_step(self) -> None:
        """F4: the usual step of the chosen order."""
        self._catch_up()
        self.side.next_step()

    def more_steps(self) -> None:
        """F6: the other steps and acts; of several orders what they allow together."""
        self._catch_up()
        self.side.more_steps()

    def add_note(self) -> None:
        """F10: a note on the chosen order."""
        self._catch_up()
        self.side.add_note()

    def notify(self) -> None:
        """F11: tell the customer of the chosen order, or of each that waits."""
        self._catch_up()
        self.side.notify()

    def _set_field(self, field: str) -> None:
        self._catch_up()
        self.side.set_field(field)

    def try_close(self) -> bool:
        """Not while many orders are being changed one after the other."""
        if "side" in self.__dict__ and self.side.busy:
            words = "Espere: o pedido para as ordens escolhidas ainda não terminou."
            self.said.emit(words, "amber")
            return False
        return True

    def receive(self) -> None:
        """F8: money for the chosen order."""
        self._catch_up()
        self.side.receive()

    def print_now(self) -> None:
        """F9: the chosen order's paper; of several which one is asked."""
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

    def _show_menu(self, place: QPoint) -> None:
        self._catch_up()
        sorts: list[Entry] = [
            (title, "", partial(self.table.sort_by, by))
            for title, by in zip(TITLES, SORTS, strict=True)
        ]
        copies: list[Entry] = [
            ("Copiar a linha", "Ctrl+C", self.table.copy_rows),
            ("Copiar o número", "Ctrl+Shift+C", self.table.copy_numbers),
        ]
        number = self.table.current_number()
        if number is None or self.table.chosen_count() > 1:
            acts: list[Entry] = [
                ("O que as escolhidas permitem", "F4", self.next_step),
                ("Imprimir…", "F9", self.print_now),
                ("Avisar clientes…", "F11", self.notify),
            ]
            show_menu(self, place, [acts, copies], sorts)
            return
        verb = self.side.panel.next_verb
        acts = [("Abrir", "Enter", partial(self.order_requested.emit, number))]
        acts += [(verb, "F4", self.next_step)] if verb else []
        acts += [
            ("Mais…", "F6", self.more_steps),
            ("Receber", "F8", self.receive),
            ("Imprimir", "F9", self.print_now),
            ("Escolher o que imprimir…", "Shift+F9", self.choose_print),
            ("Anotar…", "F10", self.add_note),
            ("Avisar cliente…", "F11", self.notify),
        ]
        show_menu(self, place, [acts, copies], sorts)

    def _one_wanted(self) -> None:
        self.table.choose_one()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        self._settle.start()

    def _taken(self, number: int) -> None:
        self._told = number

    def _side_left(self, number: int) -> None:
        if number and not self.table.select_number(number):
            self.select(number)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        self._settle.start()


def _kept(habits: dict[str, str], name: str) -> dict[str, Any]:
    """A table among the habits; none where the file was written by hand or by nobody."""
    try:
        found = json.loads(habits.get(name, "{}"))
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
