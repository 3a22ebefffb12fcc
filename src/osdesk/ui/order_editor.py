"""The order editor: one screen, keyboard only, nothing typed is ever thrown away silently.

What is typed is ``EditorForm``'s; this page saves it, acts on the order and sees to leaving. Acts
that need more than the form (a step, money) are asked in the place of the right side.
"""

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from osdesk.domain.errors import UserError
from osdesk.domain.forms import OrderForm, PhoneForm
from osdesk.domain.shapes import OrderSheet
from osdesk.domain.status import Status
from osdesk.services.order_forms import load_form
from osdesk.services.order_view import order_sheet
from osdesk.services.orders import Saved, add_order, edit_order, new_form
from osdesk.services.staff import service_types
from osdesk.texts import STATUS, sentence
from osdesk.ui.desk import Desk
from osdesk.ui.editor_acts import EditorActs
from osdesk.ui.editor_form import EditorForm
from osdesk.ui.editor_head import EditorHead
from osdesk.ui.editor_side import EditorSide
from osdesk.ui.leave_bar import UNCONFIRMED, UNSAVED, LeaveBar
from osdesk.ui.widgets import MessageBar

NARROW = 1060
SIDE, SIDE_NARROW = 264, 240
EDGES, EDGES_NARROW = (16, 12, 16, 12), (10, 8, 10, 8)
STATUS_WORDS = "Tab anda pelos campos · Enter inclui o item · Ctrl+PgDn: laudo · Esc volta à lista"


class OrderEditor(QWidget):
    closed = Signal()
    """Left, with nothing to lose."""
    stayed = Signal()
    """Leaving was asked for, and the person chose to go on here."""
    saved = Signal(int)
    order_requested = Signal(int)
    """Another order: the one that this device was here with before."""
    title_changed = Signal(str)
    status_changed = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("orderEditor")
        self._desk = desk
        self._number: int | None = None
        self._sheet: OrderSheet | None = None
        self._complaint = ""
        self._build()
        self._connect()

    def _build(self) -> None:
        self.head = EditorHead()
        self.leave_bar = LeaveBar()
        self.bar = MessageBar()
        self.bar.setObjectName("editorMessage")
        self.side = EditorSide(self._desk)
        self.cards = EditorForm(self._desk, self.side)
        self.acts = EditorActs(self._desk, self.side, self.side.save)
        body = self._body = QHBoxLayout()
        body.addWidget(self.cards, 1)
        body.addWidget(self.acts)
        whole = self._whole = QVBoxLayout(self)
        whole.setSpacing(10)
        whole.addWidget(self.head)
        whole.addWidget(self.leave_bar)
        whole.addWidget(self.bar)
        whole.addLayout(body, 1)
        self.cards.order_tabs()

    def _connect(self) -> None:
        self.head.back_requested.connect(self.go_back)
        self.cards.edited.connect(self._edited)
        self.cards.equipment.order_requested.connect(self.order_requested)
        self.side.save_requested.connect(self.save)
        self.side.step_requested.connect(self.take_step)
        self.side.reopen_requested.connect(self.reopen)
        self.side.another_requested.connect(self.save_and_open_another)
        self.side.print_requested.connect(self.print_now)
        self.side.receive_requested.connect(self.receive)
        self.acts.taken.connect(self._step_taken)
        self.acts.said.connect(self.say)
        self.acts.asking.connect(self._asking)
        self.leave_bar.save_requested.connect(self._leave_saving)
        self.leave_bar.discard_requested.connect(self._leave_discarding)
        self.leave_bar.stay_requested.connect(self._stay)
        self._desk.changed.connect(self._desk_changed)

    # -- opening ---------------------------------------------------------------------------

    @property
    def number(self) -> int | None:
        """The order that is shown; None for one that was never saved."""
        return self._number

    def title(self) -> str:
        return self.head.title()

    def open_new(
        self, customer_id: int | None = None, prefill: dict[str, Any] | None = None
    ) -> None:
        """An empty order. ``prefill``: values by their path in the form (``customer.name``)."""
        form = self._desk.read(new_form, now=self._desk.now(), customer_id=customer_id)
        kinds = self._desk.read(service_types, active_only=True)
        form.service_type = kinds[0].name if kinds else ""
        for path, value in (prefill or {}).items():
            _prefill(form, path, value)
        self._load(form, None)
        self._clear_bars()
        first = self.cards.customer.name if customer_id is None else self.cards.equipment.kind
        first.setFocus(Qt.FocusReason.TabFocusReason)

    def open_order(self, number: int) -> None:
        """A stored order. Raises UserError ``order_not_found``."""
        form = self._desk.read(load_form, number)
        self._load(form, self._read_sheet(number))
        self._clear_bars()
        self.cards.work.show_tab(0)
        self.cards.verticalScrollBar().setValue(0)
        self.cards.customer.name.setFocus(Qt.FocusReason.OtherFocusReason)

    def _load(self, form: OrderForm, sheet: OrderSheet | None) -> None:
        self._sheet = sheet
        self._number = sheet.number if sheet else None
        self.acts.leave()
        self.cards.load(form, sheet)
        self.head.show_order(sheet)
        self.title_changed.emit(self.title())
        self.status_changed.emit(STATUS_WORDS)

    def _read_sheet(self, number: int) -> OrderSheet:
        return self._desk.read(order_sheet, number, now=self._desk.now())

    def form(self) -> OrderForm:
        """What is shown now. Raises UserError for text that cannot be read."""
        return self.cards.form()

    def has_changes(self) -> bool:
        return self.cards.has_changes()

    def _edited(self, changed: bool) -> None:
        if self._complaint and self.bar.text() == self._complaint:
            self.bar.clear()
        self._complaint = ""
        self.head.show_state(stored=self._sheet is not None, changed=changed)
        if not changed and not self.acts.is_open:
            self.leave_bar.hide()

    # -- saving ----------------------------------------------------------------------------

    def _ready(self) -> OrderForm | None:
        form, words = self.cards.ready()
        if form is None:
            self._complain(words)
        return form

    def save(self) -> bool:
        """Save what is shown (Ctrl+S); False, with the words for it, where that cannot be."""
        if self.acts.has_text():
            self.say(UNCONFIRMED, "amber")
            return False
        self.acts.leave()
        form = self._ready()
        if form is None:
            return False
        if self._number is not None and not self.cards.differs(form):
            self.say("Nada a salvar: nenhuma alteração.", "green")
            return True
        now, author = self._desk.now(), self._desk.author
        before = self._sheet
        try:
            if self._number is None:
                saved = self._desk.write(add_order, form, now=now, author=author)
            else:
                saved = self._desk.write(edit_order, self._number, form, now=now, author=author)
        except UserError as error:
            self._complain(self.cards.show_error(error))
            return False
        self._reload(saved.number)
        self._say_saved(saved, before)
        self.saved.emit(saved.number)
        return True

    def save_and_open_another(self) -> None:
        """The same customer brought more than one device."""
        if (self._number is None or self.has_changes()) and not self.save():
            return
        if self._sheet is not None:
            self.open_new(self._sheet.customer.id)

    def _reload(self, number: int) -> None:
        focus: QWidget | None = self.focusWidget()
        self._load(self._desk.read(load_form, number), self._read_sheet(number))
        if focus is not None and focus.isVisibleTo(self) and focus.isEnabled():
            focus.setFocus(Qt.FocusReason.OtherFocusReason)
        self.leave_bar.hide()

    def _say_saved(self, saved: Saved, before: OrderSheet | None) -> None:
        words = [f"OS {saved.number} salva."]
        after = self._sheet
        if before is not None and after is not None and before.status is not after.status:
            words.append(f"Situação: {STATUS[after.status]}.")
        words += [sentence(warning) for warning in saved.warnings]
        self.say(" ".join(words), "amber" if len(words) > 1 else "green")

    def say(self, words: str, tone: str = "red") -> None:
        self.bar.say(words, tone)

    def _complain(self, words: str) -> None:
        """What is wrong with the form; it is said until the form is mended."""
        self.say(words)
        self._complaint = words

    def _clear_bars(self) -> None:
        self.bar.clear()
        printed = self.findChild(QWidget, "printedBar")
        if printed is not None:
            printed.hide()  # it speaks of the order before
        self.leave_bar.hide()

    # -- acts ------------------------------------------------------------------------------

    def take_step(self, to: Status) -> None:
        """One step; what was changed meanwhile is saved with it."""
        if self._sheet is None or self.acts.is_open:
            return
        form = self._ready()
        if form is None:
            return
        changed = form if self.cards.differs(form) else None
        try:
            self.acts.take_step(self._sheet, to, changed)
        except UserError as error:
            self._complain(self.cards.show_error(error))

    def reopen(self) -> None:
        if self._sheet is not None and not self.acts.is_open and self._saved_first():
            self.acts.reopen(self._sheet)

    def receive(self) -> None:
        """F8: money for this order, once it is saved."""
        self.acts.put_aside()
        if not self.acts.is_open and self._saved_first() and self._sheet is not None:
            self.acts.receive(self._sheet)

    def print_now(self) -> None:
        """F9: the paper of the moment, of what is on the screen."""
        if self.acts.is_open:
            self.acts.print_receipt()
        elif self._saved_first() and self._number is not None:
            from osdesk.ui.printing import print_order

            print_order(self._desk, self, self._number)

    def choose_print(self) -> None:
        """Shift+F9: which paper, in which format, on which printer."""
        if not self.acts.is_open and self._saved_first() and self._number is not None:
            from osdesk.ui.printing import choose_print

            choose_print(self._desk, self, self._number)

    def refresh(self) -> None:
        """F5: read again; typed text stays."""
        if self._number is not None:
            if self.has_changes() or self.acts.is_open:
                self._refresh_sheet()
            else:
                self._reload(self._number)

    def _saved_first(self) -> bool:
        return self.save() if self._number is None or self.has_changes() else True

    def _step_taken(self, number: int) -> None:
        self._reload(number)
        if self._sheet is not None:
            self.say(f"OS {number}: {STATUS[self._sheet.status]}.", "green")
        self.saved.emit(number)

    def _asking(self, step: bool) -> None:
        """While a step is asked, its changes are already in hand: the cards wait."""
        self.cards.setEnabled(not step)

    def _desk_changed(self, what: str) -> None:
        if what in ("payments", "steps", "orders", "papers") and self.isVisible():
            self._refresh_sheet()

    def _refresh_sheet(self) -> None:
        """What others changed of this order (money, papers); the form stays as it is typed."""
        if self._number is not None:
            self._sheet = self._read_sheet(self._number)
            self.cards.show_sheet(self._sheet)
            self.head.show_order(self._sheet)

    # -- leaving ---------------------------------------------------------------------------

    def try_close(self) -> bool:
        """True where nothing would be lost; else it is asked here, and ``closed`` or ``stayed``
        follows the answer."""
        if self.acts.is_open:
            if self.acts.has_text():
                self._ask_leaving(UNCONFIRMED, can_save=False)
                return False
            self.acts.leave()
        if not self.has_changes():
            self.leave_bar.hide()
            return True
        self._ask_leaving(UNSAVED)
        return False

    def _ask_leaving(self, words: str, *, can_save: bool = True) -> None:
        self.bar.clear()
        self.leave_bar.ask(words, can_save=can_save)

    def go_back(self) -> None:
        if self.try_close():
            self.closed.emit()

    def _leave_saving(self) -> None:
        if self.save():
            self.closed.emit()
        else:
            self.leave_bar.hide()
            self.stayed.emit()

    def _leave_discarding(self) -> None:
        if self._number is None:
            self.open_new()
        else:
            self.open_order(self._number)
        self.closed.emit()

    def _stay(self) -> None:
        self.leave_bar.hide()
        self.stayed.emit()
        if self.acts.is_open:
            self.acts.setFocus()
        else:
            self.cards.customer.name.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter in a field of one line goes on to the next."""
        focus = self.focusWidget()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and isinstance(
            focus, QLineEdit | QComboBox
        ):
            self.focusNextChild()
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < NARROW
        self.acts.setFixedWidth(SIDE_NARROW if narrow else SIDE)
        self._whole.setContentsMargins(*(EDGES_NARROW if narrow else EDGES))
        self._body.setSpacing(8 if narrow else 12)


def _prefill(form: OrderForm, path: str, value: Any) -> None:
    owner: Any = form
    *owners, name = path.split(".")
    for part in owners:
        owner = getattr(owner, part)
    if name == "phones":
        value = [PhoneForm(str(number)) for number in value]
    setattr(owner, name, value)
