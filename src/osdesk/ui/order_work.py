"""The lower card of the editor: lines, report and notes, history, one at a time."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QHBoxLayout,
    QPushButton,
    QStackedWidget,
    QWidget,
)

from osdesk.domain.codes import ItemKind
from osdesk.domain.errors import UserError
from osdesk.domain.forms import OrderForm
from osdesk.domain.shapes import OrderSheet
from osdesk.domain.status import LINES_LOCKED, Status
from osdesk.texts import STATUS
from osdesk.ui.agreed_notice import AgreedNotice
from osdesk.ui.desk import Desk
from osdesk.ui.items_card import ItemsCard
from osdesk.ui.order_history import OrderHistory
from osdesk.ui.order_notes import OrderNotes
from osdesk.ui.widgets import Card, GhostButton, set_kind

LOCKS = {
    Status.READY: "use “Mais passos” e “Iniciar serviço”",
    Status.DELIVERED: "use “Reabrir”, com o motivo",
    Status.RETURNED: "use “Reabrir”, com o motivo",
    Status.CANCELLED: "use “Reabrir”, com o motivo",
}


class OrderWork(Card):
    edited = Signal()
    left = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._desk = desk
        self._build()
        self._connect()

    def _build(self) -> None:
        self.items = ItemsCard(self._desk)
        self.notes = OrderNotes()
        self.history = OrderHistory()
        self.agreed = AgreedNotice()
        self.add_service = GhostButton("Serviço", "", "plus")
        self.add_service.setObjectName("addServiceButton")
        self.add_service.setAccessibleName("Incluir serviço")
        self.add_part = GhostButton("Material", "", "plus")
        self.add_part.setObjectName("addPartButton")
        self.add_part.setAccessibleName("Incluir material")
        for button in (self.add_service, self.add_part):
            set_kind(button, "narrow", True)
        self._stack = _Pages()
        self._tabs = QButtonGroup(self)
        head = QHBoxLayout()
        head.setSpacing(14)
        for place, (words, name, page) in enumerate(
            (
                ("Serviço e materiais", "itemsTab", self.items),
                ("Laudo e notas", "notesTab", self.notes),
                ("Histórico", "historyTab", self.history),
            )
        ):
            tab = _Tab(words)
            tab.setObjectName(name)
            tab.setToolTip("Próxima aba: Ctrl+PgDn")
            self._tabs.addButton(tab, place)
            self._stack.addWidget(page)
            head.addWidget(tab)
        self._tabs.button(0).setChecked(True)
        head.addStretch()
        adding = QHBoxLayout()
        adding.setSpacing(6)
        adding.addWidget(self.add_service)
        adding.addWidget(self.add_part)
        head.addLayout(adding)
        self.body.setContentsMargins(14, 8, 14, 12)
        self.body.setSpacing(6)
        self.body.addLayout(head)
        self.body.addWidget(self.agreed)
        self.body.addWidget(self._stack, 1)

    def _connect(self) -> None:
        for keys, by in (("Ctrl+PgDown", 1), ("Ctrl+PgUp", -1)):
            QShortcut(QKeySequence(keys), self).activated.connect(partial(self._turn, by))
        self._tabs.idClicked.connect(self.show_tab)
        self.add_service.clicked.connect(self._add_service)
        self.add_part.clicked.connect(self._add_part)
        self.items.edited.connect(self.edited)
        self.items.left.connect(self.left)
        self.notes.edited.connect(self.edited)
        self.agreed.edited.connect(self.edited)

    # -- load, read ------------------------------------------------------------------------

    def load(self, form: OrderForm, sheet: OrderSheet | None, technicians: list[str]) -> None:
        self.items.set_technicians(technicians)
        self.items.load(form.items)
        self.notes.load(form)
        self.agreed.clear()
        self._tabs.button(2).setEnabled(sheet is not None)
        if sheet is None:
            self.show_tab(0)
        self.show_sheet(sheet)

    def show_sheet(self, sheet: OrderSheet | None) -> None:
        status = sheet.status if sheet else None
        why = ""
        if status in LINES_LOCKED and status is not None:
            why = (
                f"A OS está em “{STATUS[status]}”: itens, desconto e prazo não mudam. "
                f"Para mudar, {LOCKS[status]}."
            )
        self.items.lock(why)
        for button in (self.add_service, self.add_part):
            button.setEnabled(not why)
        self.history.show_events(sheet.events if sheet else (), self._desk.zone)

    def write(self, form: OrderForm) -> dict[str, UserError]:
        form.items = self.items.items()
        form.change_reason = self.agreed.reason.value() if not self.agreed.isHidden() else None
        return self.notes.write(form)

    def show_tab(self, place: int) -> None:
        self._tabs.button(place).setChecked(True)
        self._stack.setCurrentIndex(place)
        for button in (self.add_service, self.add_part):
            button.setVisible(place == 0)

    def tabs(self) -> list[QAbstractButton]:
        """The titles; Ctrl+PgDn and Ctrl+PgUp go from one to the next from anywhere."""
        return self._tabs.buttons()

    @contextmanager
    def tabs_reachable(self) -> Iterator[None]:
        """While the order of Tab is laid: of an exclusive group Qt skips all but the chosen one."""
        before = [tab.focusPolicy() for tab in self.tabs()]
        for tab in self.tabs():
            tab.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        yield
        for tab, policy in zip(self.tabs(), before, strict=True):
            tab.setFocusPolicy(policy)

    def finish(self) -> bool:
        """Close what is open among the lines; False, shown and said, where that cannot be."""
        if self.items.finish():
            return True
        self.show_tab(0)
        return False

    def show_items_error(self, error: UserError) -> None:
        self.show_tab(0)
        self.items.show_error(error)

    def _turn(self, by: int) -> None:
        usable = [place for place, tab in enumerate(self.tabs()) if tab.isEnabled()]
        place = usable[(usable.index(self._tabs.checkedId()) + by) % len(usable)]
        self.show_tab(place)
        first = (self.items.table, self.notes.diagnosis, self.history)[place]
        first.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _add_service(self) -> None:
        self.items.add(ItemKind.SERVICE)

    def _add_part(self) -> None:
        self.items.add(ItemKind.PART)


class _Pages(QStackedWidget):
    """As small as its largest page can be: tables and texts take what room is left."""

    def sizeHint(self) -> QSize:
        return self.minimumSizeHint()

    def hasHeightForWidth(self) -> bool:
        return False


class _Tab(QPushButton):
    """A title that can be pressed; the one that is shown is underlined."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.setProperty("kind", "tab")
        self.setCheckable(True)
        self.setAutoDefault(False)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
            return
        super().keyPressEvent(event)
