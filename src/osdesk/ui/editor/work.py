"""The lower card of the editor: arrival, lines, report and notes, files, history, a page each."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from osdesk.domain.codes import ItemKind
from osdesk.domain.errors import UserError
from osdesk.domain.orders.drafts import HeldFile
from osdesk.domain.orders.forms import OrderForm
from osdesk.domain.orders.rules import EditNeeds, Outcome, locked_in
from osdesk.domain.orders.status import Status
from osdesk.domain.views.orders import OrderView
from osdesk.services.shop.stages import stages
from osdesk.texts import PRIORITY, STATUS, listing
from osdesk.ui.desk import Desk
from osdesk.ui.editor.arrival import OrderArrival
from osdesk.ui.editor.files import FilesCard
from osdesk.ui.editor.history import OrderHistory
from osdesk.ui.editor.items_card import ItemsCard
from osdesk.ui.widgets import keymap
from osdesk.ui.widgets.controls import Card, GhostButton, set_kind, text_label
from osdesk.ui.widgets.fields import ChoiceField, Field, Labelled, LongTextField, TextField
from osdesk.ui.widgets.forms import Binding

AGAIN = (
    "Mudou o que o cliente aprovou ({changed}) e precisa de nova aprovação: ao salvar, a OS volta "
    "para “Aguardando aprovação” com um novo orçamento."
)
LOWERED = "O total diminuiu: não precisa de nova aprovação."
SENT = (
    "O orçamento já foi enviado ao cliente: ao salvar, a mudança ({changed}) vira uma nova versão "
    "dele."
)
WITHIN = "O total fica dentro do que o cliente autorizou na entrada: não precisa de nova aprovação."
MEANS = {
    Outcome.ASKS_AGAIN: AGAIN,
    Outcome.NEW_VERSION: SENT,
    Outcome.LOWERED: LOWERED,
    Outcome.WITHIN_CEILING: WITHIN,
}


class AgreedNotice(QWidget):
    """What saving a change to something agreed leads to; a reason where the total falls."""

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = text_label(wrap=True)
        self._words.setObjectName("agreedNotice")
        self._words.setProperty("kind", "bar")
        self._words.setProperty("tone", "amber")
        self.reason = TextField(limit=500)
        self.reason.setObjectName("changeReason")
        self._reason = Labelled("Motivo da redução (fica no histórico)", self.reason)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self._words)
        column.addWidget(self._reason)
        self.reason.edited.connect(self.edited)
        self.hide()

    def clear(self) -> None:
        self.reason.set_value(None)
        self.hide()

    def tell(self, needs: EditNeeds | None) -> None:
        """What saving the change leads to, where it is more than the change itself."""
        outcome = needs.outcome if needs is not None else Outcome.PLAIN
        changed = listing(needs.changed) if needs is not None else ""
        self._words.setText(MEANS.get(outcome, "").format(changed=changed))
        self._reason.setVisible(outcome is Outcome.LOWERED)
        self.setVisible(outcome in MEANS)

    def words(self) -> str:
        return self._words.text() if not self.isHidden() else ""


class OrderNotes(QWidget):
    """The page *Laudo e notas*: diagnosis, report, notes, priority, stage."""

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.diagnosis = LongTextField(lines=2)
        self.diagnosis.setObjectName("diagnosis")
        self.report = LongTextField(lines=2)
        self.report.setObjectName("report")
        self.notes = LongTextField(lines=2)
        self.notes.setObjectName("notes")
        self.priority = ChoiceField()
        self.priority.setObjectName("priority")
        self.priority.set_choices(PRIORITY.items())
        self.stage = ChoiceField()
        self.stage.setObjectName("stage")
        self.external_ref = TextField()
        self.external_ref.setObjectName("externalRef")
        self.binding = Binding(
            {
                "diagnosis": self.diagnosis,
                "report": self.report,
                "notes": self.notes,
                "priority": self.priority,
                "stage": self.stage,
                "external_ref": self.external_ref,
            }
        )
        for text in (self.diagnosis, self.report, self.notes):
            text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(6)
        shown: tuple[tuple[str, Field], ...] = (
            ("Diagnóstico", self.diagnosis),
            ("Laudo: o que foi feito", self.report),
            ("Observações internas", self.notes),
            ("Prioridade", self.priority),
            ("Etapa", self.stage),
            ("Referência externa", self.external_ref),
        )
        for place, (words, field) in enumerate(shown):
            grid.addWidget(Labelled(words, field), *divmod(place, 3))
        for column in range(3):
            grid.setColumnStretch(column, 1)
        grid.setRowStretch(0, 1)
        for bound in self.binding.fields.values():
            bound.edited.connect(self.edited)

    def set_stages(self, names: Iterable[str]) -> None:
        """Those of the order's status; what is chosen now stays chosen."""
        self.stage.set_choices([(None, "Nenhuma"), *((name, name) for name in names)])

    def load(self, form: OrderForm) -> None:
        self.binding.load(form)

    def write(self, form: OrderForm) -> dict[str, UserError]:
        return self.binding.write(form)


ITEMS, NOTES, HISTORY, ARRIVAL, FILES = range(5)
"""The pages by their keys; the tabs stand in the order that the eye takes them."""
LOCKS = {
    Status.READY: "use “Mais” (F6) e “Iniciar serviço”",
    Status.DELIVERED: "use “Reabrir”, com o motivo",
    Status.RETURNED: "use “Reabrir”, com o motivo",
    Status.CANCELLED: "use “Reabrir”, com o motivo",
}


class OrderWork(Card):
    """The card with its pages; Ctrl+PgDn and Ctrl+PgUp turn them."""

    edited = Signal()
    turned = Signal()
    """Another page was turned to by a key: it is to be seen."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._desk = desk
        self._build()
        self._connect()

    def _build(self) -> None:
        self.items = ItemsCard(self._desk)
        self.arrival = OrderArrival(self._desk)
        self.notes = OrderNotes()
        self.files = FilesCard(self._desk)
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
        head = self._head = QHBoxLayout()
        head.setSpacing(14)
        self._pages: dict[int, QWidget] = {}
        for place, words, name, page in (
            (ARRIVAL, "Entrada", "arrivalTab", self.arrival),
            (ITEMS, "Serviço e materiais", "itemsTab", self.items),
            (NOTES, "Laudo e notas", "notesTab", self.notes),
            (FILES, "Arquivos", "filesTab", self.files),
            (HISTORY, "Histórico", "historyTab", self.history),
        ):
            tab = _Tab(words)
            tab.setObjectName(name)
            tab.setToolTip("Próxima aba: Ctrl+PgDn")
            self._tabs.addButton(tab, place)
            self._pages[place] = page
            self._stack.addWidget(page)
            head.addWidget(tab)
        self._stack.setCurrentWidget(self.items)
        self._tabs.button(ITEMS).setChecked(True)
        self._tabs.button(ARRIVAL).setToolTip(
            "Checklist, prateleira, senha do aparelho e fotos (Ctrl+PgUp)"
        )
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
        self.notes.edited.connect(self.edited)
        self.arrival.edited.connect(self._arrival_edited)
        self.agreed.edited.connect(self.edited)

    # -- load, read ------------------------------------------------------------------------

    def load(
        self,
        form: OrderForm,
        sheet: OrderView | None,
        technicians: list[str],
        held: Sequence[HeldFile] = (),
    ) -> None:
        self.items.set_technicians(technicians)
        self.items.load(form.items)
        self.arrival.load(form, sheet, held)
        self.notes.load(form)
        self.agreed.clear()
        self._title_arrival()
        for place in (FILES, HISTORY):
            self._tabs.button(place).setEnabled(sheet is not None)
        if sheet is None:
            self.show_tab(ITEMS)
        self.show_sheet(sheet)

    def show_sheet(self, sheet: OrderView | None) -> None:
        status = sheet.status if sheet else None
        why = ""
        if status is not None and "items" in locked_in(status):
            why = (
                f"A OS está em “{STATUS[status]}”: itens, desconto e prazo não mudam. "
                f"Para mudar, {keymap.words(LOCKS[status])}."
            )
            if status is not Status.CANCELLED:
                why += " Custo e técnico de cada linha podem ser corrigidos aqui."
        found = self._desk.read(stages, active_only=True, status=status or Status.RECEIVED)
        self.notes.set_stages(stage.name for stage in found)
        self.items.lock(why, correctable=status is not Status.CANCELLED)
        for button in (self.add_service, self.add_part):
            button.setEnabled(not why)
        self.files.show_files(sheet.number if sheet else None, sheet.files if sheet else ())
        self.history.show_events(sheet.events if sheet else (), self._desk.zone)

    def write(self, form: OrderForm) -> dict[str, UserError]:
        form.items = self.items.items()
        form.change_reason = self.agreed.reason.value() if not self.agreed.isHidden() else None
        return self.notes.write(form) | self.arrival.write(form)

    def show_kind(self, kind: str) -> None:
        """Another kind of equipment was typed: it may have other questions."""
        self.arrival.show_kind(kind)
        self._title_arrival()

    def set_narrow(self, narrow: bool) -> None:
        """Where there is little room, the tabs have one word each and stand closer."""
        self._head.setSpacing(7 if narrow else 14)
        self._tabs.button(ITEMS).setText("Itens" if narrow else "Serviço e materiais")
        self._tabs.button(NOTES).setText("Notas" if narrow else "Laudo e notas")

    def show_tab(self, place: int) -> None:
        self._tabs.button(place).setChecked(True)
        self._stack.setCurrentWidget(self._pages[place])
        for button in (self.add_service, self.add_part):
            button.setVisible(place == ITEMS)

    def show_field(self, field: QWidget) -> None:
        """Turn to the page that holds a field."""
        for place, page in self._pages.items():
            if page.isAncestorOf(field):
                self.show_tab(place)

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
        self.show_tab(ITEMS)
        return False

    def show_items_error(self, error: UserError) -> None:
        self.show_tab(ITEMS)
        self.items.show_error(error)

    def show_code_error(self, error: UserError) -> None:
        self.show_tab(ARRIVAL)
        self.arrival.code.show_error(error)
        self.arrival.code.focus_field()

    def _turn(self, by: int) -> None:
        usable = [self._tabs.id(tab) for tab in self.tabs() if tab.isEnabled()]
        place = usable[(usable.index(self._tabs.checkedId()) + by) % len(usable)]
        self.show_tab(place)
        first: dict[int, QWidget] = {
            ITEMS: self.items.table,
            NOTES: self.notes.diagnosis,
            FILES: self.files,
            HISTORY: self.history,
        }
        if place == ARRIVAL:
            self.arrival.focus_first()
        else:
            first[place].setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.turned.emit()

    def _arrival_edited(self) -> None:
        self._title_arrival()
        self.edited.emit()

    def _title_arrival(self) -> None:
        self._tabs.button(ARRIVAL).setText(self.arrival.title())

    def _add_service(self) -> None:
        self.items.add(ItemKind.SERVICE)

    def _add_part(self) -> None:
        self.items.add(ItemKind.PART)


class _Pages(QStackedWidget):
    """Pages in one place, as small as the shown one can be: tables and texts take what is left."""

    def __init__(self) -> None:
        super().__init__()
        self.currentChanged.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        return self.minimumSizeHint()

    def minimumSizeHint(self) -> QSize:
        page = self.currentWidget()
        return super().minimumSizeHint() if page is None else page.minimumSizeHint()

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
