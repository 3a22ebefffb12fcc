"""The right side of the editor: its fields, or in their place what a step or money asks for."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from osdesk.domain.orders.forms import OrderForm, StepForm
from osdesk.domain.orders.rules import facts_of, facts_with, step_hindrance, step_needs
from osdesk.domain.orders.status import Status
from osdesk.domain.views.orders import OrderView
from osdesk.services.orders.steps import move_order
from osdesk.services.orders.view import order_view
from osdesk.ui.desk import Desk

if TYPE_CHECKING:  # made when first asked for
    from osdesk.ui.panes.notes import NotesPane
    from osdesk.ui.panes.notice import NoticePane
    from osdesk.ui.panes.payment import PaymentPane
    from osdesk.ui.panes.quotes import QuotesPane
    from osdesk.ui.panes.step import StepPane

NO_LINES = "O orçamento ainda não tem linhas: inclua aqui os serviços e materiais."
WARNING = "O que você começou ao lado ainda não foi confirmado. Esc de novo descarta."


class EditorActs(QStackedWidget):
    taken = Signal(int)
    """A step was taken; the order's number."""
    said = Signal(str, str)
    lines_wanted = Signal()
    """A quote has no lines yet: to where they are written."""
    asking = Signal(bool)
    """True while a step is being asked for; False once the fields are back."""

    def __init__(
        self, desk: Desk, fields: QWidget, rest: QWidget, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._fields = fields
        self._rest = rest
        self._step: StepPane | None = None
        self._payment: PaymentPane | None = None
        self._notice: NoticePane | None = None
        self._notes: NotesPane | None = None
        self._quotes: QuotesPane | None = None
        self._number: int | None = None
        self._warned = False
        self.addWidget(fields)

    def begin(self, number: int | None) -> None:
        """Another order is shown; None: one that was never saved."""
        self.leave()
        self._number = number

    @property
    def is_open(self) -> bool:
        return self.currentWidget() is not self._fields

    def take_step(self, sheet: OrderView, to: Status, form: OrderForm | None) -> None:
        """At once where nothing is missing, else it is asked for. Raises UserError."""
        facts = facts_with(facts_of(sheet, sheet.technician), form)
        asks = step_needs(facts, to, StepForm(), today=self._desk.today())
        if "items" in asks:
            self.ask_for_lines()
            return
        if asks or step_hindrance(facts, to):
            self._ask(sheet, to, form)
            return
        self._desk.write(
            move_order,
            sheet.number,
            to,
            StepForm(),
            now=self._desk.now(),
            author=self._desk.author,
            form=form,
        )
        self.taken.emit(sheet.number)

    def ask_for_lines(self) -> None:
        self.said.emit(NO_LINES, "amber")
        self.lines_wanted.emit()

    def reopen(self, sheet: OrderView) -> None:
        self._ask(sheet, None, None)

    def receive(self, sheet: OrderView) -> None:
        if self._payment is None:
            from osdesk.ui.panes.payment import PaymentPane

            self._payment = PaymentPane(self._desk)
            self.addWidget(self._payment)
            self._payment.done.connect(self._payment_done)
            self._payment.cancelled.connect(self.go_back)
        self._warned = False
        self.setCurrentWidget(self._payment)
        self._payment.ask(sheet)

    def notify(self, sheet: OrderView) -> None:
        if self._notice is None:
            from osdesk.ui.panes.notice import NoticePane

            self._notice = NoticePane(self._desk)
            self.addWidget(self._notice)
            self._notice.done.connect(self._notified)
            self._notice.cancelled.connect(self.go_back)
        self._warned = False
        self.setCurrentWidget(self._notice)
        self._notice.ask(sheet)

    def add_note(self) -> None:
        """F10: the notes of the stored order, and a line for another."""
        if self._notes is None:
            from osdesk.ui.panes.notes import NotesPane

            self._notes = NotesPane(self._desk)
            self.addWidget(self._notes)
            self._notes.left.connect(self.go_back)
        self._show_beside(self._notes)

    def show_quotes(self) -> None:
        """All versions of the stored order's quote."""
        if self._quotes is None:
            from osdesk.ui.panes.quotes import QuotesPane

            self._quotes = QuotesPane(self._desk)
            self.addWidget(self._quotes)
            self._quotes.left.connect(self.go_back)
        self._show_beside(self._quotes)

    def _show_beside(self, pane: "NotesPane | QuotesPane") -> None:
        self.put_aside()
        if self._number is not None and not self.is_open:
            self._warned = False
            self.setCurrentWidget(pane)
            pane.ask(self._desk.read(order_view, self._number, now=self._desk.now()))

    def _notified(self, number: int) -> None:
        self.leave()
        self.said.emit(f"OS {number}: aviso registrado.", "green")

    def _ask(self, sheet: OrderView, to: Status | None, form: OrderForm | None) -> None:
        if self._step is None:
            from osdesk.ui.panes.step import StepPane

            self._step = StepPane(self._desk)
            self.addWidget(self._step)
            self._step.done.connect(self._step_done)
            self._step.cancelled.connect(self.go_back)
        self._warned = False
        self.setCurrentWidget(self._step)
        self._step.ask(sheet, to, form)
        self.asking.emit(True)

    def _step_done(self, number: int) -> None:
        self.leave()
        self.taken.emit(number)

    def _payment_done(self, _number: int) -> None:
        self.leave()

    def put_aside(self) -> None:
        """Leave a step that was only asked for: something else is wanted."""
        if self.currentWidget() is self._step and not self.has_text():
            self.leave()

    def print_receipt(self) -> bool:
        """Right after money was received F9 is its receipt; False where it is something else."""
        pane = self._payment
        return pane is not None and self.currentWidget() is pane and pane.print_receipt()

    def has_text(self) -> bool:
        panes = (self._step, self._payment, self._notice, self._notes)
        shown = self.currentWidget()
        return any(pane is shown and pane.has_text() for pane in panes if pane is not None)

    def warn(self) -> None:
        self.said.emit(WARNING, "amber")

    def go_back(self) -> None:
        """Esc or *Voltar*: asks once before typed text is thrown away."""
        if self.has_text() and not self._warned:
            self._warned = True
            self.warn()
            return
        self.leave()

    def leave(self) -> None:
        if self.is_open:
            self.setCurrentWidget(self._fields)
            self.asking.emit(False)
            self._rest.setFocus(Qt.FocusReason.OtherFocusReason)
