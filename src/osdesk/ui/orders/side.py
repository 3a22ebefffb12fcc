"""What can be done with the chosen orders: the panel, or in its place what an act asks for."""

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from osdesk.domain.errors import UserError
from osdesk.domain.orders.status import Status
from osdesk.domain.views.orders import OrderView
from osdesk.services.orders.listing import order_rows
from osdesk.texts import sentence
from osdesk.ui.desk import Desk
from osdesk.ui.orders.panel import OrderPanel
from osdesk.ui.panes.stack import PaneStack

if TYPE_CHECKING:  # made when first asked for: the list is there sooner without it
    from osdesk.ui.orders.act import OrdersAct


class OrdersSide(PaneStack):
    """The list's side. Where several orders are chosen, what they allow together is offered."""

    one_wanted = Signal()
    """No longer several orders: only the current one."""

    def __init__(self, desk: Desk) -> None:
        panel = OrderPanel()
        super().__init__(desk, panel)
        self.panel = panel
        self._number: int | None = None
        self._connect()

    def _connect(self) -> None:
        self.taken.connect(self._say_taken)
        self.panel.step_requested.connect(self.take_step)
        self.panel.reopen_requested.connect(self.reopen)
        self.panel.print_requested.connect(self.print_now)
        self.panel.receive_requested.connect(self.receive)
        self.panel.field_requested.connect(self.set_field)
        self.panel.notes_requested.connect(self.add_note)
        self.panel.quotes_requested.connect(self.show_quotes)
        self.panel.notice_requested.connect(self.notify)

    def show_order(self, number: int | None) -> None:
        self._number = number
        chosen = None if number is None else self._read(number)
        self.panel.show_order(chosen, self._desk.today(), self._desk.zone)
        if self.several and not self.act.in_use:
            self.setCurrentWidget(self.panel)

    def show_orders(self, numbers: Sequence[int], count: int) -> None:
        """Several are chosen; ``count`` says how many, of which ``numbers`` are the first."""
        self._number = None
        if not self.is_open or (self.several and not self.act.in_use):
            self.act.offer(self._desk.read(order_rows, numbers, now=self._desk.now()), count)
            self._show(self.act, 0)

    @cached_property
    def act(self) -> "OrdersAct":
        from osdesk.ui.orders.act import OrdersAct

        act = OrdersAct(self._desk)
        self.addWidget(act)
        act.left.connect(self.leave)
        act.dismissed.connect(self.one_wanted)
        return act

    @property
    def several(self) -> bool:
        """Whether an act on several orders, or one field of one, is offered or asked now."""
        return self.pane is not None and self.pane.objectName() == "ordersAct"

    @property
    def busy(self) -> bool:
        return self.several and self.act.busy

    @property
    def number(self) -> int | None:
        """The order that is seen: of the form that is open, else the chosen one."""
        return self._asked if self.is_open and self._asked else self._number

    def _free(self) -> OrderView | None:
        """The chosen order, unless a form is being filled: a key must not throw that away."""
        return None if self.is_open or self._number is None else self._read(self._number)

    # -- acts ------------------------------------------------------------------------------

    def take_step(self, to: Status) -> None:
        """Take the step at once where nothing is missing, else ask for what is."""
        sheet = self._free()
        if sheet is not None:
            try:
                self.step_to(sheet, to)
            except UserError as error:
                self.said.emit(sentence(error), "red")

    def _say_taken(self, number: int) -> None:
        from osdesk.ui.panes.step_fields import taken_words

        self.said.emit(taken_words(self._read(number)), "green")

    def next_step(self) -> None:
        """F4: the usual step; with several chosen, what they allow together."""
        if self.several:
            self.more_steps()
        else:
            self.panel.take_next()

    def more_steps(self) -> None:
        """F6: what else can be done."""
        if self.several:
            self.act.focus_first()
        elif not self.is_open:
            self.panel.open_menu()

    def set_field(self, field: str) -> None:
        """The technician, stage or priority of the chosen order, or of all that are chosen."""
        if self.several:
            self.act.ask_field(field)
            return
        sheet = self._free()
        if sheet is not None:
            self._show(self.act, sheet.number)
            (row,) = self._desk.read(order_rows, [sheet.number], now=self._desk.now())
            self.act.ask_one(row, field)

    def add_note(self) -> None:
        """F10: what was seen or said, on the chosen order."""
        sheet = self._free()
        if sheet is not None:
            self.show_notes(sheet)

    def show_quotes(self) -> None:
        sheet = self._free()
        if sheet is not None:
            self.show_versions(sheet)

    def notify(self) -> None:
        """F11: tell the customer of the chosen order."""
        sheet = self._free()
        if sheet is not None:
            self.ask_notice(sheet)

    def reopen(self) -> None:
        sheet = self._free()
        if sheet is not None:
            self.ask_step(sheet, None)

    def receive(self) -> None:
        """F8: money; from a step that was only asked for too, as its words offer."""
        asked = self._asked
        if self.pane is not None and self.pane.asks_step and not self.has_text():
            self.leave()
            self._number = asked
        sheet = self._free()
        if sheet is not None:
            self.ask_payment(sheet)

    def print_now(self) -> None:
        """The paper of the moment; right after money was received its receipt."""
        if not self.print_receipt() and self.number is not None:
            from osdesk.ui.papers.printing import print_order

            print_order(self._desk, self, self.number)

    def choose_print(self) -> None:
        """Which paper, in which format, on which printer."""
        if self.number is not None:
            from osdesk.ui.papers.printing import choose_print

            choose_print(self._desk, self, self.number)

    def go_back(self) -> bool:
        if self.several:
            self.act.go_back()
            return True
        return super().go_back()
