"""What can be done with the chosen orders: the panel, or in its place what an act asks for."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from osdesk.domain.errors import UserError
from osdesk.domain.orders.status import WAITING, Status
from osdesk.domain.views.orders import OrderView
from osdesk.services.orders.listing import order_rows
from osdesk.texts import listing, plural, sentence
from osdesk.ui.desk import Desk
from osdesk.ui.orders.panel import OrderPanel
from osdesk.ui.panes.stack import PaneStack

if TYPE_CHECKING:  # made when first asked for: the list is there sooner without them
    from osdesk.ui.orders.act import OrdersAct
    from osdesk.ui.orders.print_many import PrintMany


@dataclass
class NoticeRound:
    """Several customers told one after the other."""

    waiting: list[int]
    others: list[int]
    """Chosen too, but nothing of them waits to be collected."""
    told: list[int] = field(default_factory=list)
    untold: list[int] = field(default_factory=list)
    size: int = 0

    def __post_init__(self) -> None:
        self.size = len(self.waiting)

    def words(self) -> str:
        """What became of the orders, those without a notice by their numbers."""
        parts = ["Nenhum aviso registrado"]
        if self.told:
            parts = [plural(len(self.told), "aviso registrado", "avisos registrados")]
        for what, numbers in (
            ("sem aviso", self.untold + self.waiting),
            ("não esperam retirada", self.others),
        ):
            if numbers:
                parts.append(f"{what}: OS {listing([str(number) for number in numbers])}")
        return f"{' · '.join(parts)}."


class OrdersSide(PaneStack):
    """The list's side. Where several orders are chosen, what they allow together is offered."""

    one_wanted = Signal()
    """No longer several orders: only the current one."""

    def __init__(self, desk: Desk) -> None:
        panel = OrderPanel()
        super().__init__(desk, panel)
        self.panel = panel
        self._number: int | None = None
        self._round: NoticeRound | None = None
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
        act.print_wanted.connect(self.print_several)
        act.notices_wanted.connect(self.notify_several)
        return act

    @cached_property
    def many(self) -> "PrintMany":
        from osdesk.ui.orders.print_many import PrintMany

        many = PrintMany(self._desk)
        self.addWidget(many)
        many.left.connect(self.leave)
        return many

    @property
    def several(self) -> bool:
        """Whether an act on several orders, or one field of one, is offered or asked now."""
        return self.pane is not None and self.pane.objectName() == "ordersAct"

    @property
    def prints_several(self) -> bool:
        return self.pane is not None and self.pane.objectName() == "printMany"

    @property
    def busy(self) -> bool:
        return (self.several and self.act.busy) or (self.prints_several and self.many.busy)

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
        """F11: tell the customer of the chosen order, or one after the other those that wait."""
        if self.several:
            self.notify_several()
            return
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
        """The paper of the moment; right after money was received its receipt. Of several orders it
        is asked which."""
        if self.several:
            self.print_several()
        elif not self.print_receipt() and self.number is not None:
            from osdesk.ui.papers.printing import print_order

            print_order(self._desk, self, self.number)

    def choose_print(self) -> None:
        """Which paper, in which format, on which printer."""
        if self.several:
            self.print_several()
        elif self.number is not None:
            from osdesk.ui.papers.printing import choose_print

            choose_print(self._desk, self, self.number)

    # -- one act after the other on several ------------------------------------------------

    def print_several(self) -> None:
        """One paper of all the chosen orders."""
        if self.several and not self.act.in_use and self.act.rows:
            rows = self.act.rows
            self._show(self.many, 0)
            self.many.ask(rows)

    def notify_several(self) -> None:
        """The customers of the chosen orders that wait to be collected, one after the other."""
        if not self.several or self.act.in_use or not self.act.rows:
            return
        rows = self.act.rows
        self._round = NoticeRound(
            [row.number for row in rows if row.status in WAITING],
            [row.number for row in rows if row.status not in WAITING],
        )
        self._next_notice()

    def _next_notice(self) -> None:
        told = self._round
        if told is None:
            return
        if not told.waiting:
            self.leave()
            return
        sheet = self._read(told.waiting[0])
        if sheet.status not in WAITING:  # it was collected meanwhile
            told.others.append(told.waiting.pop(0))
            self._next_notice()
            return
        self.ask_notice(sheet, (told.size - len(told.waiting) + 1, told.size))

    def _notified(self, number: int) -> None:
        if self._round is None:
            super()._notified(number)
            return
        self._round.told.append(self._round.waiting.pop(0))
        self._next_notice()

    def _skipped(self) -> None:
        if self._round is None or self._warn_of_text():
            return
        self._round.untold.append(self._round.waiting.pop(0))
        self._next_notice()

    def leave(self) -> bool:
        told, self._round = self._round, None
        if told is not None:
            self._asked = 0  # it was of several
        left = super().leave()
        if told is not None and (told.told or told.untold or told.others):
            self.said.emit(told.words(), "green" if told.told else "amber")
        return left

    def go_back(self) -> bool:
        if self.several:
            self.act.go_back()
            return True
        if self.prints_several:
            self.many.go_back()
            return True
        return super().go_back()
