"""What can be done with the chosen orders: the panel, or in its place what an act asks for."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from osdesk.domain.errors import UserError
from osdesk.domain.orders.forms import StepForm
from osdesk.domain.orders.rules import facts_of, step_hindrance, step_needs
from osdesk.domain.orders.status import Status
from osdesk.domain.views.orders import OrderView
from osdesk.services.orders.listing import order_rows
from osdesk.services.orders.view import order_view
from osdesk.texts import STATUS, sentence
from osdesk.ui.desk import Desk
from osdesk.ui.orders.panel import OrderPanel

if TYPE_CHECKING:  # made when first asked for: the list is there sooner without them
    from osdesk.ui.orders.act import OrdersAct
    from osdesk.ui.panes.notes import NotesPane
    from osdesk.ui.panes.notice import NoticePane
    from osdesk.ui.panes.payment import PaymentPane
    from osdesk.ui.panes.quotes import QuotesPane
    from osdesk.ui.panes.step import StepPane


class OrdersSide(QStackedWidget):
    """The panel; in its place, while something is typed for an act, the form that asks for it.

    A form that is open stays until it is done or left, whichever row is chosen meanwhile: what was
    typed into it belongs to its own order. Where several orders are chosen, what they allow
    together is offered.
    """

    open_requested = Signal(int)
    lines_requested = Signal(int)
    """A quote has no lines yet: open the order where they are written."""
    new_order_requested = Signal(int)
    said = Signal(str, str)
    left = Signal(int)
    """A form was done or left; the number of its order, 0 where it was of several."""
    one_wanted = Signal()
    """No longer several orders: only the current one."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._number: int | None = None
        self._asked = 0
        self._warned = False
        self._step: StepPane | None = None
        self._payment: PaymentPane | None = None
        self._act: OrdersAct | None = None
        self._notes: NotesPane | None = None
        self._quotes: QuotesPane | None = None
        self._notice: NoticePane | None = None
        self.panel = OrderPanel()
        self.addWidget(self.panel)
        self.panel.open_requested.connect(self.open_requested)
        self.panel.new_order_requested.connect(self.new_order_requested)
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
        self.panel.show_order(self._read(), self._desk.today(), self._desk.zone)
        if self._act is not None and self.currentWidget() is self._act and not self._act.holds:
            self.setCurrentWidget(self.panel)

    def show_orders(self, numbers: Sequence[int], count: int) -> None:
        """Several are chosen; ``count`` says how many, of which ``numbers`` are the first."""
        self._number = None
        act = self._act_pane()
        if self.currentWidget() is self.panel or (self.currentWidget() is act and not act.holds):
            act.offer(self._desk.read(order_rows, numbers, now=self._desk.now()), count)
            self.setCurrentWidget(act)

    @property
    def several(self) -> bool:
        """Whether what several orders allow is offered now."""
        return self._act is not None and self.currentWidget() is self._act

    @property
    def busy(self) -> bool:
        return self._act is not None and self._act.busy

    def _read(self) -> OrderView | None:
        """The chosen order as it is at this moment."""
        return None if self._number is None else self._read_of(self._number)

    def _read_of(self, number: int) -> OrderView:
        return self._desk.read(order_view, number, now=self._desk.now())

    def _free(self) -> OrderView | None:
        """The chosen order, unless a form is being filled: a key must not throw that away."""
        return self._read() if self.currentWidget() is self.panel else None

    # -- acts ------------------------------------------------------------------------------

    def take_step(self, to: Status) -> None:
        """Take the step at once where nothing is missing, else ask for what is."""
        sheet = self._free()
        if sheet is None:
            return
        facts = facts_of(sheet, sheet.technician)
        asks = step_needs(facts, to, StepForm(), today=self._desk.today())
        if "items" in asks:
            self.lines_requested.emit(sheet.number)
            return
        if asks or step_hindrance(facts, to):
            self._ask_step(sheet, to)
            return
        from osdesk.services.orders.steps import move_order

        try:
            self._desk.write(
                move_order,
                sheet.number,
                to,
                StepForm(),
                now=self._desk.now(),
                author=self._desk.author,
            )
        except UserError as error:
            self.said.emit(sentence(error), "red")
        else:
            self.said.emit(f"OS {sheet.number}: {STATUS[to]}.", "green")

    def next_step(self) -> None:
        """F4: the usual step; with several chosen, what they allow together."""
        if self.several:
            self.more_steps()
        else:
            self.panel.take_next()

    def more_steps(self) -> None:
        """F6: what else can be done."""
        if self._act is not None and self.several:
            self._act.focus_first()
        elif self.currentWidget() is self.panel:
            self.panel.open_menu()

    def set_field(self, field: str) -> None:
        """The technician, stage or priority of the chosen order, or of all that are chosen."""
        if self._act is not None and self.several:
            self._act.ask_field(field)
            return
        sheet = self._free()
        if sheet is not None:
            act = self._act_pane()
            self._asked, self._warned = sheet.number, False
            self.setCurrentWidget(act)
            (row,) = self._desk.read(order_rows, [sheet.number], now=self._desk.now())
            act.ask_one(row, field)

    def _act_pane(self) -> "OrdersAct":
        if self._act is None:
            from osdesk.ui.orders.act import OrdersAct

            self._act = OrdersAct(self._desk)
            self.addWidget(self._act)
            self._act.left.connect(self._act_left)
            self._act.dismissed.connect(self.one_wanted)
        return self._act

    def _act_left(self) -> None:
        self.setCurrentWidget(self.panel)
        self.left.emit(self._asked if self._number is not None else 0)

    def add_note(self) -> None:
        """F10: what was seen or said, on the chosen order."""
        sheet = self._free()
        if sheet is None:
            return
        if self._notes is None:
            from osdesk.ui.panes.notes import NotesPane

            self._notes = NotesPane(self._desk)
            self.addWidget(self._notes)
            self._notes.left.connect(self.go_back)
        self._show_pane(self._notes, sheet)

    def show_quotes(self) -> None:
        """All versions of the chosen order's quote."""
        sheet = self._free()
        if sheet is None:
            return
        if self._quotes is None:
            from osdesk.ui.panes.quotes import QuotesPane

            self._quotes = QuotesPane(self._desk)
            self.addWidget(self._quotes)
            self._quotes.left.connect(self.go_back)
        self._show_pane(self._quotes, sheet)

    def notify(self) -> None:
        """F11: tell the customer to come, with the log of what was said before."""
        sheet = self._free()
        if sheet is None:
            return
        if self._notice is None:
            from osdesk.ui.panes.notice import NoticePane

            self._notice = NoticePane(self._desk)
            self.addWidget(self._notice)
            self._notice.done.connect(self._notified)
            self._notice.cancelled.connect(self.go_back)
        self._show_pane(self._notice, sheet)

    def _notified(self, number: int) -> None:
        self.leave()
        self.said.emit(f"OS {number}: aviso registrado.", "green")

    def _show_pane(self, pane: Any, sheet: OrderView) -> None:
        self._asked, self._warned = sheet.number, False
        self.setCurrentWidget(pane)
        pane.ask(sheet)

    def reopen(self) -> None:
        sheet = self._free()
        if sheet is not None:
            self._ask_step(sheet, None)

    def receive(self) -> None:
        """Money; from a step that was only asked for too, as its words offer."""
        if self._step is not None and self.currentWidget() is self._step:
            if self._step.has_text():
                return
            self.leave()
            self._number = self._asked
        sheet = self._free()
        if sheet is None:
            return
        if self._payment is None:
            from osdesk.ui.panes.payment import PaymentPane

            self._payment = PaymentPane(self._desk)
            self.addWidget(self._payment)
            self._payment.done.connect(self._done)
            self._payment.cancelled.connect(self.go_back)
        self._payment.ask(sheet)
        self._asked, self._warned = sheet.number, False
        self.setCurrentWidget(self._payment)

    def print_now(self) -> None:
        """The paper of the moment; right after money was received its receipt."""
        pane = self._payment
        if pane is not None and self.currentWidget() is pane and pane.print_receipt():
            return
        if self._number is not None:
            from osdesk.ui.papers.printing import print_order

            print_order(self._desk, self, self._number)

    def choose_print(self) -> None:
        """Which paper, in which format, on which printer."""
        if self._number is not None:
            from osdesk.ui.papers.printing import choose_print

            choose_print(self._desk, self, self._number)

    def _ask_step(self, sheet: OrderView, to: Status | None) -> None:
        if self._step is None:
            from osdesk.ui.panes.step import StepPane

            self._step = StepPane(self._desk)
            self.addWidget(self._step)
            self._step.done.connect(self._step_done)
            self._step.cancelled.connect(self.go_back)
        self._step.ask(sheet, to)
        self._asked, self._warned = sheet.number, False
        self.setCurrentWidget(self._step)

    def _step_done(self, number: int) -> None:
        from osdesk.ui.panes.step_fields import taken_words

        self.leave()
        self.said.emit(taken_words(self._read_of(number)), "green")

    def _done(self, number: int) -> None:
        self.leave()

    def go_back(self) -> bool:
        """Esc or *Cancelar*: asks once before typed text is thrown away. False on the panel."""
        pane: Any = self.currentWidget()
        if self._act is not None and pane is self._act:
            self._act.go_back()
            return True
        typed = pane is not self.panel and pane.has_text()
        if typed and not self._warned:
            self._warned = True
            self.said.emit("O que você digitou ainda não foi salvo. Esc de novo descarta.", "amber")
            return True
        return self.leave()

    def leave(self) -> bool:
        """Back to the panel; False where it is shown already."""
        if self.currentWidget() is self.panel:
            return False
        self.setCurrentWidget(self.panel)
        self.left.emit(self._asked)
        return True
