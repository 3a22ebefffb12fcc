"""The order editor: one screen, keyboard only, nothing typed is ever thrown away silently.

What is typed is ``EditorForm``'s; this page saves it, acts on the order and sees to leaving. Acts
that need more than the form (a step, money) are asked in the place of the right side.
"""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from osdesk.domain.errors import UserError
from osdesk.domain.orders.drafts import DraftForm
from osdesk.domain.orders.forms import OrderForm
from osdesk.domain.orders.status import Status
from osdesk.domain.topics import OF_AN_ORDER, Topic
from osdesk.domain.views.orders import OrderView
from osdesk.services.orders.drafts import draft_of, load_draft
from osdesk.services.orders.opening import opened_order
from osdesk.services.orders.saving import new_form
from osdesk.services.orders.view import order_view
from osdesk.services.orders.warranty import return_form
from osdesk.services.shop.staff import service_types
from osdesk.texts import sentence
from osdesk.ui.desk import Desk
from osdesk.ui.editor.form import EditorForm
from osdesk.ui.editor.form import prefill as put
from osdesk.ui.editor.head import EditorHead
from osdesk.ui.editor.photos import PhotoIntake
from osdesk.ui.editor.saving import (
    PHOTO_WAITS,
    UNCONFIRMED,
    UNSAVED,
    WITHOUT_CODE,
    DraftKeeper,
    LeaveBar,
    draft_words,
    saved_words,
    store,
)
from osdesk.ui.editor.side import EditorSide
from osdesk.ui.page import Page
from osdesk.ui.panes.stack import PaneStack
from osdesk.ui.panes.step_fields import taken_words
from osdesk.ui.widgets.controls import MessageBar
from osdesk.ui.widgets.overlay import LiesOver

NARROW = 1060
BESIDE_BACK = 54
"""The way back stays in sight beside a message."""
SIDE, SIDE_NARROW = 264, 240
EDGES, EDGES_NARROW = (16, 12, 16, 12), (10, 8, 10, 8)
NO_LINES = "O orçamento ainda não tem linhas: inclua aqui os serviços e materiais."
STATUS_WORDS = "Tab anda · Enter inclui o item · Ctrl+PgUp entrada · Ctrl+PgDn laudo · Esc volta"


class OrderEditor(Page):
    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("orderEditor")
        self._desk = desk
        self._number: int | None = None
        self.last_number: int | None = None
        """The stored order that was shown last, also once the editor was emptied."""
        self._sheet: OrderView | None = None
        self._complaint = ""
        self._build()
        self._connect()

    def _build(self) -> None:
        self.head = EditorHead()
        self.leave_bar = LeaveBar(self)
        self.bar = MessageBar(self)
        self.bar.setObjectName("editorMessage")
        self.side = EditorSide(self._desk)
        self.cards = EditorForm(self._desk, self.side)
        self.acts = PaneStack(self._desk, self.side)
        self.keeper = DraftKeeper(self._desk, self.cards, self)
        PhotoIntake(self, self.cards.work.arrival.photos)
        body = self._body = QHBoxLayout()
        body.addWidget(self.cards, 1)
        body.addWidget(self.acts)
        whole = self._whole = QVBoxLayout(self)
        whole.setSpacing(10)
        whole.addWidget(self.head)
        whole.addLayout(body, 1)
        for bar in (self.bar, self.leave_bar):
            self.lay_over(bar)
        self.cards.order_tabs()

    def _connect(self) -> None:
        self.head.back.clicked.connect(self.go_back)
        self.head.order_requested.connect(self.order_requested)
        self.cards.help.said.connect(self.say)
        self.cards.edited.connect(self._edited)
        self.cards.equipment.order_requested.connect(self.order_requested)
        self.side.save.clicked.connect(self.save)
        self.side.step_requested.connect(self.take_step)
        self.side.reopen_requested.connect(self.reopen)
        self.side.another_requested.connect(self.save_and_open_another)
        self.side.return_requested.connect(self.open_return)
        self.side.print.clicked.connect(self.print_now)
        self.side.receive.clicked.connect(self.receive)
        self.side.notice_requested.connect(self.notify)
        self.side.note_requested.connect(self.add_note)
        self.side.quotes_requested.connect(self.show_quotes)
        self.acts.lines_wanted.connect(self.ask_for_lines)
        self.acts.taken.connect(self._step_taken)
        self.acts.said.connect(self.say)
        self.acts.currentChanged.connect(self._side_changed)
        self.acts.left.connect(self._side_left)
        self.leave_bar.save_requested.connect(self._save_and_leave)
        self.leave_bar.keep_requested.connect(self._keep_and_leave)
        self.leave_bar.discard_requested.connect(self._discard)
        self.leave_bar.stay_requested.connect(self._stay)
        self.keeper.told.connect(self.head.show_draft)
        self._desk.changed.connect(self._desk_changed)

    # -- opening ---------------------------------------------------------------------------

    @property
    def number(self) -> int | None:
        """The order that is shown; None for one that was never saved."""
        return self._number

    def lay_over(self, bar: QWidget) -> None:
        """Over the head: no field is hidden by it."""
        LiesOver(bar, self.head, left=BESIDE_BACK)

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
            put(form, path, value)
        self._load(form, None)
        self._clear_bars()
        first = self.cards.customer.name if customer_id is None else self.cards.equipment.kind
        first.setFocus(Qt.FocusReason.TabFocusReason)

    def open_return(self) -> None:
        """The device of the order that is shown came back: a new one under its warranty."""
        if self._sheet is None or not self.try_close():
            return
        try:
            form = self._desk.read(return_form, self._sheet.number, now=self._desk.now())
        except UserError as error:
            self.say(sentence(error))
            return
        self._load(form, None)
        self._clear_bars()
        self.cards.equipment.reason.setFocus(Qt.FocusReason.TabFocusReason)

    def open_order(self, number: int) -> None:
        """A stored order, with its draft where it has one. Raises UserError ``order_not_found``."""
        draft_id = self._desk.read(draft_of, number)
        if draft_id is not None:
            self.open_draft(draft_id)
            return
        self._load(*self._read(number))
        self._clear_bars()
        self.cards.work.show_tab(0)
        self.cards.verticalScrollBar().setValue(0)
        self.cards.customer.name.setFocus(Qt.FocusReason.OtherFocusReason)

    def open_draft(self, draft_id: int) -> None:
        """Go on with what was typed and not saved. Raises UserError ``draft_gone``."""
        number, draft = self._desk.read(load_draft, draft_id)
        if number is None:
            self._load(draft.base, None, draft, draft_id)
        else:
            self._load(*self._read(number), draft, draft_id)
        self._clear_bars()
        self.cards.customer.name.setFocus(Qt.FocusReason.OtherFocusReason)
        self.say(draft_words(draft.texts), "amber")

    def empty(self) -> None:
        """Show nothing of an order any more; the list still finds the one that was shown."""
        number = self.last_number
        self.open_new()
        self.keeper.rest()
        self.last_number = number

    def _load(
        self,
        form: OrderForm,
        sheet: OrderView | None,
        draft: DraftForm | None = None,
        draft_id: int | None = None,
    ) -> None:
        self._sheet = sheet
        self._number = self.last_number = sheet.number if sheet else None
        self.acts.leave()
        self.keeper.begin(self._number, draft_id)
        self.cards.load(form, sheet, draft)
        self.head.show_order(sheet)
        self.status_changed.emit(STATUS_WORDS)
        self.title_changed.emit()

    def _read(self, number: int) -> tuple[OrderForm, OrderView]:
        return self._desk.read(opened_order, number, now=self._desk.now())

    def _read_sheet(self, number: int) -> OrderView:
        return self._desk.read(order_view, number, now=self._desk.now())

    def form(self) -> OrderForm:
        """What is shown now. Raises UserError for text that cannot be read."""
        return self.cards.form()

    def has_changes(self) -> bool:
        return self.cards.has_changes()

    def _edited(self, changed: bool) -> None:
        self.head.show_return(self.cards.equipment.return_of)
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
        if self.cards.work.arrival.photos.working:
            self.say(PHOTO_WAITS, "amber")
            return False
        before = self._sheet
        try:
            saved = store(self._desk, self.cards, self.keeper, self._number, form)
        except UserError as error:
            self._complain(self.cards.show_error(error))
            return False
        if saved is None:
            self.say("Nada a salvar: nenhuma alteração.", "green")
            return True
        self._reload(saved.number)
        self.say(*saved_words(saved, before, self._sheet))
        return True

    def save_and_open_another(self) -> None:
        """The same customer brought more than one device."""
        if (self._number is None or self.has_changes()) and not self.save():
            return
        if self._sheet is not None:
            self.open_new(self._sheet.customer.id)

    def _reload(self, number: int) -> None:
        focus: QWidget | None = self.focusWidget()
        self._load(*self._read(number))
        if focus is not None and focus.isVisibleTo(self) and focus.isEnabled():
            focus.setFocus(Qt.FocusReason.OtherFocusReason)
        self.leave_bar.hide()

    def say(self, words: str, tone: str = "red") -> None:
        self.bar.say(words, tone)

    def _complain(self, words: str) -> None:
        """Say what is wrong with the form, until it is corrected."""
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
        if self.cards.work.arrival.pending and not self.save():
            return  # a code or a photo is no part of a step's form
        form = self._ready()
        if form is None:
            return
        changed = form if self.cards.differs(form) else None
        try:
            self.acts.step_to(self._sheet, to, changed)
        except UserError as error:
            self._complain(self.cards.show_error(error))

    def reopen(self) -> None:
        if self._sheet is not None and not self.acts.is_open and self._saved_first():
            self.acts.ask_step(self._sheet, None)

    def receive(self) -> None:
        """F8: money for this order, once it is saved."""
        self.acts.put_aside()
        if not self.acts.is_open and self._saved_first() and self._sheet is not None:
            self.acts.ask_payment(self._sheet)

    def notify(self) -> None:
        """F11: tell the customer of this order, once it is saved."""
        self.acts.put_aside()
        if not self.acts.is_open and self._saved_first() and self._sheet is not None:
            self.acts.ask_notice(self._sheet)

    def add_note(self) -> None:
        """F10: the notes of this order, and a line for another."""
        sheet = self._look_aside()
        if sheet is not None:
            self.acts.show_notes(sheet)

    def show_quotes(self) -> None:
        """All versions of the stored order's quote."""
        sheet = self._look_aside()
        if sheet is not None:
            self.acts.show_versions(sheet)

    def _look_aside(self) -> OrderView | None:
        """The stored order as it is now, where the side is free to show something of it."""
        self.acts.put_aside()
        return None if self.acts.is_open or self._number is None else self._read_sheet(self._number)

    def ask_for_lines(self) -> None:
        """A quote has no lines yet: to where they are written."""
        self.say(NO_LINES, "amber")
        self.cards.ask_for_lines()

    def print_now(self) -> None:
        """F9: the paper of the moment, of what is on the screen."""
        if self.acts.is_open:
            self.acts.print_receipt()
        elif self._saved_first() and self._number is not None:
            from osdesk.ui.papers.printing import print_order

            print_order(self._desk, self, self._number)

    def choose_print(self) -> None:
        """Shift+F9: which paper, in which format, on which printer."""
        if not self.acts.is_open and self._saved_first() and self._number is not None:
            from osdesk.ui.papers.printing import choose_print

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
        self.keeper.drop()
        self._reload(number)
        if self._sheet is not None:
            self.say(taken_words(self._sheet), "green")

    def _side_changed(self) -> None:
        """While the pane of a step is open it holds the changes: the cards wait."""
        pane = self.acts.pane
        self.cards.setEnabled(pane is None or not pane.asks_step)

    def _side_left(self) -> None:
        self.side.save.setFocus(Qt.FocusReason.OtherFocusReason)

    def _desk_changed(self, what: Topic) -> None:
        if what in OF_AN_ORDER and self.isVisible():
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
        if self.has_changes():
            self.keeper.keep()  # while the question stands nothing can happen to it
        if self.acts.has_text():
            self._ask_to_leave(UNCONFIRMED, can_save=False)
            return False
        self.acts.leave()
        if self.has_changes():
            self._ask_to_leave(UNSAVED)
            return False
        self.leave_bar.hide()
        self.keeper.drop()
        self.keeper.rest()
        return True

    def _ask_to_leave(self, words: str, *, can_save: bool = True) -> None:
        self.bar.clear()
        self.leave_bar.ask(words, can_save=can_save)

    def _save_and_leave(self) -> None:
        if self.save():
            self.keeper.rest()
            self.closed.emit()
        else:
            self.leave_bar.hide()
            self.stayed.emit()

    def _keep_and_leave(self) -> None:
        """As a draft, for later; an access code that was typed is not kept with it."""
        if not self.keeper.keep():
            self.say("O rascunho não pôde ser gravado. Salve a OS ou continue aqui.")
            self.leave_bar.hide()
            self.stayed.emit()
            return
        unsaid = self.cards.work.arrival.code.pending
        self.keeper.rest()
        self.empty()
        self.closed.emit()
        if unsaid:
            self.said.emit(WITHOUT_CODE, "amber")

    def _discard(self) -> None:
        self.keeper.drop()
        self.keeper.rest()
        self.empty()
        self.closed.emit()

    def _stay(self) -> None:
        self.leave_bar.hide()
        self.stayed.emit()
        first = self.acts if self.acts.is_open else self.cards.customer.name
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def go_back(self) -> None:
        if self.try_close():
            self.closed.emit()

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
