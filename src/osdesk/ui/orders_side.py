"""What can be done with the chosen order: its panel, or in its place what an act asks for."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from osdesk.domain.errors import UserError
from osdesk.domain.forms import StepForm
from osdesk.domain.order_facts import facts_of
from osdesk.domain.order_rules import step_hindrance, step_needs
from osdesk.domain.shapes import OrderSheet
from osdesk.domain.status import Status
from osdesk.services.order_view import order_sheet
from osdesk.services.steps import move_order
from osdesk.texts import STATUS, sentence
from osdesk.ui.desk import Desk
from osdesk.ui.order_panel import OrderPanel

if TYPE_CHECKING:  # made when first asked for: the list is there sooner without them
    from osdesk.ui.payment_pane import PaymentPane
    from osdesk.ui.step_form import StepPane


class OrdersSide(QStackedWidget):
    """The panel; in its place, while something is typed for an act, the form that asks for it.

    A form that is open stays until it is done or left, whichever row is chosen meanwhile: what was
    typed into it belongs to its own order.
    """

    open_requested = Signal(int)
    new_order_requested = Signal(int)
    said = Signal(str, str)
    left = Signal(int)
    """A form was done or left; the number of its order."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._number: int | None = None
        self._asked = 0
        self._warned = False
        self._step: StepPane | None = None
        self._payment: PaymentPane | None = None
        self.panel = OrderPanel()
        self.addWidget(self.panel)
        self.panel.open_requested.connect(self.open_requested)
        self.panel.new_order_requested.connect(self.new_order_requested)
        self.panel.step_requested.connect(self.take_step)
        self.panel.reopen_requested.connect(self.reopen)
        self.panel.print_requested.connect(self.print_now)
        self.panel.receive_requested.connect(self.receive)

    def show_order(self, number: int | None) -> None:
        self._number = number
        self.panel.show_order(self._read(), self._desk.today())

    def _read(self) -> OrderSheet | None:
        """The chosen order as it is at this moment."""
        if self._number is None:
            return None
        return self._desk.read(order_sheet, self._number, now=self._desk.now())

    def _free(self) -> OrderSheet | None:
        """The chosen order, unless a form is being filled: a key must not throw that away."""
        return self._read() if self.currentWidget() is self.panel else None

    # -- acts ------------------------------------------------------------------------------

    def take_step(self, to: Status) -> None:
        """Take the step at once where nothing is missing, else ask for what is."""
        sheet = self._free()
        if sheet is None:
            return
        facts = facts_of(sheet)
        asks = step_needs(facts, to, StepForm(), today=self._desk.today())
        if asks or step_hindrance(facts, to):
            self._ask_step(sheet, to)
            return
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
            from osdesk.ui.payment_pane import PaymentPane

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
            from osdesk.ui.printing import print_order

            print_order(self._desk, self, self._number)

    def choose_print(self) -> None:
        """Which paper, in which format, on which printer."""
        if self._number is not None:
            from osdesk.ui.printing import choose_print

            choose_print(self._desk, self, self._number)

    def _ask_step(self, sheet: OrderSheet, to: Status | None) -> None:
        if self._step is None:
            from osdesk.ui.step_form import StepPane

            self._step = StepPane(self._desk)
            self.addWidget(self._step)
            self._step.done.connect(self._done)
            self._step.cancelled.connect(self.go_back)
        self._step.ask(sheet, to)
        self._asked, self._warned = sheet.number, False
        self.setCurrentWidget(self._step)

    def _done(self, number: int) -> None:
        self.leave()

    def go_back(self) -> bool:
        """Esc or *Cancelar*: asks once before typed text is thrown away. False on the panel."""
        pane = self.currentWidget()
        typed = isinstance(pane, QWidget) and pane is not self.panel and self._has_text(pane)
        if typed and not self._warned:
            self._warned = True
            self.said.emit("O que você digitou ainda não foi salvo. Esc de novo descarta.", "amber")
            return True
        return self.leave()

    def _has_text(self, pane: QWidget) -> bool:
        form = self._step if pane is self._step else self._payment
        return form is not None and form.has_text()

    def leave(self) -> bool:
        """Back to the panel; False where it is shown already."""
        if self.currentWidget() is self.panel:
            return False
        self.setCurrentWidget(self.panel)
        self.left.emit(self._asked)
        return True
