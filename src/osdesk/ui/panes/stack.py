"""The side of the order list and of the editor: its own widget, or in its place the pane of an act.

Each pane is made when it is first asked for.
"""

from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from osdesk.domain.orders.forms import OrderForm, StepForm
from osdesk.domain.orders.rules import facts_of_view, facts_with, step_hindrance, step_needs
from osdesk.domain.orders.status import Status
from osdesk.domain.views.orders import OrderView
from osdesk.services.orders.steps import move_order
from osdesk.services.orders.view import order_view
from osdesk.ui.desk import Desk
from osdesk.ui.widgets.side_pane import SidePane

if TYPE_CHECKING:  # the list is there sooner without them
    from osdesk.ui.panes.notes import NotesPane
    from osdesk.ui.panes.notice import NoticePane
    from osdesk.ui.panes.payment import PaymentPane
    from osdesk.ui.panes.quotes import QuotesPane
    from osdesk.ui.panes.step import StepPane

P = TypeVar("P", bound=SidePane)
WARNING = "O que você digitou ainda não foi salvo. Esc de novo descarta."


class PaneStack(QStackedWidget):
    """A pane that is open stays until it is done or left, whichever order is chosen meanwhile: what
    was typed into it belongs to its own order."""

    said = Signal(str, str)
    """A sentence and its tone."""
    taken = Signal(int)
    """A step was taken; the order's number."""
    lines_wanted = Signal(int)
    """The quote of this order has no lines yet: to where they are written."""
    left = Signal(int)
    """A pane was done or left; the number of its order, 0 where it was of several."""

    def __init__(self, desk: Desk, home: QWidget) -> None:
        super().__init__()
        self._desk = desk
        self._home = home
        self._asked = 0
        self._warned = False
        self.addWidget(home)

    # -- the panes -------------------------------------------------------------------------

    @property
    def pane(self) -> SidePane | None:
        """The pane that is open."""
        shown = self.currentWidget()
        return shown if isinstance(shown, SidePane) else None

    @property
    def is_open(self) -> bool:
        return self.pane is not None

    @cached_property
    def step(self) -> "StepPane":
        from osdesk.ui.panes.step import StepPane

        pane = self._added(StepPane(self._desk))
        pane.done.connect(self._step_done)
        return pane

    @cached_property
    def payment(self) -> "PaymentPane":
        from osdesk.ui.panes.payment import PaymentPane

        pane = self._added(PaymentPane(self._desk))
        pane.done.connect(self.leave)
        return pane

    @cached_property
    def notice(self) -> "NoticePane":
        from osdesk.ui.panes.notice import NoticePane

        pane = self._added(NoticePane(self._desk))
        pane.done.connect(self._notified)
        pane.skipped.connect(self._skipped)
        return pane

    @cached_property
    def notes(self) -> "NotesPane":
        from osdesk.ui.panes.notes import NotesPane

        return self._added(NotesPane(self._desk))

    @cached_property
    def quotes(self) -> "QuotesPane":
        from osdesk.ui.panes.quotes import QuotesPane

        return self._added(QuotesPane(self._desk))

    def _added(self, pane: P) -> P:
        self.addWidget(pane)
        pane.left.connect(self.go_back)
        return pane

    def _show(self, pane: SidePane, number: int) -> None:
        self._asked, self._warned = number, False
        self.setCurrentWidget(pane)

    # -- acts on one order -----------------------------------------------------------------

    def step_to(self, sheet: OrderView, to: Status, form: OrderForm | None = None) -> None:
        """At once where nothing is missing, else it is asked for. Raises UserError.

        ``form``: what was changed of the order, saved with the step.
        """
        facts = facts_with(facts_of_view(sheet, self._desk.shop.payment_terms), form)
        asks = step_needs(facts, to, StepForm(), today=self._desk.today())
        if "items" in asks:
            self.lines_wanted.emit(sheet.number)
        elif asks or step_hindrance(facts, to):
            self.ask_step(sheet, to, form)
        else:
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

    def ask_step(self, sheet: OrderView, to: Status | None, form: OrderForm | None = None) -> None:
        """What a step asks for; None: *Reabrir*."""
        self._show(self.step, sheet.number)
        self.step.ask(sheet, to, form)

    def ask_payment(self, sheet: OrderView) -> None:
        self._show(self.payment, sheet.number)
        self.payment.ask(sheet)

    def ask_notice(self, sheet: OrderView, place: tuple[int, int] | None = None) -> None:
        """Tell the customer to come, with the log of what was said before; ``place``: which of
        several orders in a row it is, out of how many."""
        self._show(self.notice, sheet.number)
        self.notice.ask(sheet, place)

    def show_notes(self, sheet: OrderView) -> None:
        """The notes, and a line for another."""
        self._show(self.notes, sheet.number)
        self.notes.ask(sheet)

    def show_versions(self, sheet: OrderView) -> None:
        """All versions of the quote."""
        self._show(self.quotes, sheet.number)
        self.quotes.ask(sheet)

    def print_receipt(self) -> bool:
        """Right after money was received F9 is its receipt; False where it is something else."""
        return self.pane is not None and self.pane.print_receipt()

    def _step_done(self, number: int) -> None:
        self.leave()
        self.taken.emit(number)

    def _notified(self, number: int) -> None:
        self.leave()
        self.said.emit(f"OS {number}: aviso registrado.", "green")

    def _skipped(self) -> None:
        """The customer of this order is not told now."""
        self.go_back()

    def _read(self, number: int) -> OrderView:
        """An order as it is at this moment."""
        return self._desk.read(order_view, number, now=self._desk.now())

    # -- leaving ---------------------------------------------------------------------------

    def has_text(self) -> bool:
        """Whether leaving the pane would throw something away that was typed."""
        return self.pane is not None and self.pane.has_text()

    def put_aside(self) -> None:
        """Leave a step that was only asked for: something else is wanted."""
        if self.pane is not None and self.pane.asks_step and not self.has_text():
            self.leave()

    def go_back(self) -> bool:
        """Esc or *Voltar*: asks once before typed text is thrown away. False where none is open."""
        return self._warn_of_text() or self.leave()

    def _warn_of_text(self) -> bool:
        """Whether typed text is in the way: it is said once, and the next time it may go."""
        if not self.has_text() or self._warned:
            return False
        self._warned = True
        self.said.emit(WARNING, "amber")
        return True

    def leave(self) -> bool:
        """Close the pane; False where none is open."""
        if self.pane is None:
            return False
        self.setCurrentWidget(self._home)
        self.left.emit(self._asked)
        return True
