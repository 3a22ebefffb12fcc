"""What is taken down when a device comes in: checklist, place on the shelf, code, photos."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from osdesk.domain.errors import UserError
from osdesk.domain.orders.access_codes import AccessCodeForm
from osdesk.domain.orders.checklists import NO, UNTESTED, YES
from osdesk.domain.orders.drafts import HeldFile
from osdesk.domain.orders.forms import OrderForm
from osdesk.domain.text import NAME_LIMIT, fold
from osdesk.domain.views.orders import OrderView
from osdesk.services.orders.intake import arrival_view
from osdesk.services.shop.checklists import checklist_for
from osdesk.services.shop.slots import offered_slots, slot_holder, slots
from osdesk.ui.desk import Desk
from osdesk.ui.editor.code import CodeCard
from osdesk.ui.editor.photos import PhotosCard
from osdesk.ui.widgets.ask_new import AskNew
from osdesk.ui.widgets.controls import quiet_label, set_kind
from osdesk.ui.widgets.fields import Labelled, TextField
from osdesk.ui.widgets.forms import Binding
from osdesk.ui.widgets.suggest import Suggest, Suggestion


class SlotField(QWidget):
    """``field`` is the line itself, to be bound as any other."""

    edited = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._number: int | None = None
        self.field = TextField()
        self.field.setObjectName("slot")
        self.field.setPlaceholderText("↓ mostra as livres")
        self._holder = quiet_label(wrap=True)
        self._holder.setObjectName("slotHolder")
        set_kind(self._holder, "tone", "amber")
        self._holder.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        column.addWidget(Labelled("Prateleira", self.field))
        column.addWidget(self._holder)
        self.new = AskNew(
            self.field, self._is_slot, "Criar a prateleira “{word}”?", name="newSlot", narrow=True
        )
        column.addWidget(self.new)
        Suggest(self.field, self._find).chosen.connect(self._chosen)
        self.field.edited.connect(self._edited)

    def show_order(self, number: int | None, holder: int | None) -> None:
        """Whose own place counts as free, and which other order stands on it."""
        self._number = number
        self._show_holder(holder)

    def _is_slot(self, name: str) -> bool:
        return any(fold(slot.name) == fold(name) for slot in self._desk.read(slots))

    def _find(self, text: str) -> list[Suggestion]:
        found = self._desk.read(offered_slots, text, own=self._number)
        return [
            Suggestion(
                slot.name
                if slot.taken_by in (None, self._number)
                else f"{slot.name} · ocupada pela OS {slot.taken_by}",
                slot.name,
            )
            for slot in found
        ]

    def _chosen(self, name: object) -> None:
        self.field.put(str(name))
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _edited(self) -> None:
        self._tell_holder()
        self.edited.emit()

    def _tell_holder(self) -> None:
        name = self.field.text().strip()
        own = self._number
        self._show_holder(self._desk.read(slot_holder, name, own=own) if name else None)

    def _show_holder(self, holder: int | None) -> None:
        self._holder.setText(f"A OS {holder} está nesta prateleira." if holder else "")
        self._holder.setVisible(holder is not None)


KEYS = {
    Qt.Key.Key_S: YES,
    Qt.Key.Key_N: NO,
    Qt.Key.Key_T: UNTESTED,
    Qt.Key.Key_Minus: UNTESTED,
}
HINT = "S sim · N não · T não testado · Enter escreve · Del apaga"
QUESTION, ANSWER = 0, 1
ROW_HEIGHT, ANSWER_WIDTH = 28, 150
EMPTY = "O tipo digitado não tem checklist. As listas estão em Configurações."
UNNAMED = "Digite o tipo do equipamento: as perguntas da loja aparecem aqui."


class ChecklistCard(QWidget):
    """Questions of the shop's list for the kind typed, then answered ones that it asks no more."""

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._loaded: dict[str, str] = {}
        self.table = ChecklistTable()
        self._hint = quiet_label(HINT)
        self._empty = quiet_label(UNNAMED, wrap=True)
        self._empty.setObjectName("checklistEmpty")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        column.addWidget(self._hint)
        column.addWidget(self.table, 1)
        column.addWidget(self._empty)
        column.addStretch()
        self.table.answered.connect(self.edited)

    def load(self, answers: dict[str, str], questions: Sequence[str], *, kind: str) -> None:
        self._loaded = dict(answers)
        self.table.close_open()
        self._show(questions, answers, kind)

    def ask(self, questions: Sequence[str], *, kind: str) -> None:
        """Another kind was typed: other questions; what was answered stays."""
        if list(questions) != self.table.asked:
            self._show(questions, self.answers(), kind)

    def answers(self) -> dict[str, str]:
        """Given answers by question; exactly those that were loaded where nobody changed one."""
        given = self.table.answers()
        same = given == {each: text.strip() for each, text in self._loaded.items()}
        return dict(self._loaded) if same else given

    def progress(self) -> tuple[int, int]:
        """How many are answered, of how many."""
        return len(self.table.answers()), self.table.rowCount()

    def _show(self, questions: Sequence[str], answers: dict[str, str], kind: str) -> None:
        self.table.show_questions(questions, answers)
        some = self.table.rowCount() > 0
        self.table.setVisible(some)
        self._hint.setVisible(some)
        self._empty.setText(EMPTY if kind.strip() else UNNAMED)
        self._empty.setVisible(not some)


class ChecklistTable(QTableWidget):
    """Questions and answers, a row each; one key answers and goes on."""

    answered = Signal()

    def __init__(self) -> None:
        super().__init__(0, 2)
        self.asked: list[str] = []
        self._silent = False
        self._cell = _AnswerCell(self)
        self.setObjectName("checklistTable")
        self.setAccessibleName("Checklist de entrada")
        self.setAccessibleDescription(HINT)
        self.setItemDelegateForColumn(ANSWER, self._cell)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.DoubleClicked)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMinimumHeight(3 * ROW_HEIGHT)
        self.horizontalHeader().hide()
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setSectionResizeMode(QUESTION, QHeaderView.ResizeMode.Stretch)
        header.resizeSection(ANSWER, ANSWER_WIDTH)
        self.itemChanged.connect(self._changed)

    def show_questions(self, questions: Sequence[str], answers: dict[str, str]) -> None:
        self.asked = list(questions)
        rows = [*self.asked, *(each for each in answers if each not in self.asked)]
        self._silent = True
        try:
            self.setRowCount(len(rows))
            for row, question in enumerate(rows):
                asked = QTableWidgetItem(question)
                asked.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
                asked.setToolTip(question)
                self.setItem(row, QUESTION, asked)
                self.setItem(row, ANSWER, QTableWidgetItem())
                self._write(row, answers.get(question, ""))
        finally:
            self._silent = False

    def answers(self) -> dict[str, str]:
        """What is answered, the cell that is open now too."""
        given = {}
        for row in range(self.rowCount()):
            text = self._cell.text_at(row)
            text = self._answer(row) if text is None else text
            if text.strip():
                given[self._at(row, QUESTION).text()] = text.strip()
        return given

    def close_open(self) -> None:
        """What is typed in an open cell is its answer."""
        if self._cell.editor is not None:
            self.commitData(self._cell.editor)
            self.closeEditor(self._cell.editor, QStyledItemDelegate.EndEditHint.NoHint)

    def answer(self, row: int, text: str) -> None:
        """Put an answer and go on to the next question."""
        self._write(row, text)
        self.go_on()

    def go_on(self) -> None:
        row = self.currentRow()
        if row + 1 < self.rowCount():
            self.setCurrentCell(row + 1, ANSWER)

    def _at(self, row: int, column: int) -> QTableWidgetItem:
        cell = self.item(row, column)
        assert cell is not None  # every row has both
        return cell

    def _answer(self, row: int) -> str:
        return self._at(row, ANSWER).text()

    def _write(self, row: int, text: str) -> None:
        cell = self._at(row, ANSWER)
        cell.setText(text)
        cell.setToolTip(text)
        spoken = f"{self._at(row, QUESTION).text()} {text or 'sem resposta'}"
        cell.setData(Qt.ItemDataRole.AccessibleTextRole, spoken)

    def _changed(self, item: QTableWidgetItem) -> None:
        if not self._silent and item.column() == ANSWER:
            self.answered.emit()

    def typed(self) -> None:
        self.answered.emit()

    # -- keys ------------------------------------------------------------------------------

    def focusInEvent(self, event: QFocusEvent) -> None:
        if self.rowCount() and not self.currentIndex().isValid():
            self.setCurrentCell(0, ANSWER)
        super().focusInEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row, key = self.currentRow(), Qt.Key(event.key())
        plain = not event.modifiers() & ~(
            Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier
        )
        if row < 0 or not plain:
            super().keyPressEvent(event)
        elif key in KEYS:
            self.answer(row, KEYS[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2):
            self.editItem(self._at(row, ANSWER))
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self._write(row, "")
        elif key == Qt.Key.Key_Escape:
            event.ignore()
        elif event.text() and event.text().isprintable() and not event.text().isspace():
            self.editItem(self._at(row, ANSWER))
            if self._cell.editor is not None:
                self._cell.editor.insert(event.text())
        else:
            super().keyPressEvent(event)


class _AnswerCell(QStyledItemDelegate):
    """A line for any words; what is typed in it can be read before it is taken."""

    def __init__(self, table: ChecklistTable) -> None:
        super().__init__(table)
        self._table = table
        self.editor: QLineEdit | None = None
        self._row = -1

    def createEditor(
        self,
        parent: QWidget,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> QWidget:
        editor = QLineEdit(parent)
        editor.setMaxLength(NAME_LIMIT)
        editor.setAccessibleName("Resposta")
        editor.textEdited.connect(self._typed)
        self.editor, self._row = editor, index.row()
        return editor

    def destroyEditor(self, editor: QWidget, index: QModelIndex | QPersistentModelIndex) -> None:
        if editor is self.editor:
            self.editor = None
        super().destroyEditor(editor, index)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter takes the words and goes on to the next question."""
        pressed = event.type() == QEvent.Type.KeyPress
        enter = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if isinstance(event, QKeyEvent) and pressed and event.key() in enter:
            self._table.close_open()
            self._table.go_on()
            return True
        return super().eventFilter(watched, event)

    def text_at(self, row: int) -> str | None:
        return self.editor.text() if self.editor is not None and row == self._row else None

    def _typed(self) -> None:
        self._table.typed()


class OrderArrival(QWidget):
    """The page *Entrada*: checklist at the left; shelf, code and photos at the right."""

    edited = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.checklist = ChecklistCard()
        self.slot = SlotField(desk)
        self.code = CodeCard(desk)
        self.photos = PhotosCard(desk)
        self.binding = Binding({"slot": self.slot.field})
        right = QVBoxLayout()
        right.setSpacing(8)
        right.addWidget(self.slot)
        right.addWidget(self.code)
        right.addWidget(self.photos)
        right.addStretch()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        row.addWidget(self.checklist, 5)
        row.addLayout(right, 4)
        for part in (self.checklist, self.slot, self.code, self.photos):
            part.edited.connect(self.edited)

    def load(self, form: OrderForm, sheet: OrderView | None, held: Sequence[HeldFile] = ()) -> None:
        """A form's part of it; code and photos of the stored order, or those that are held."""
        number, kind = (sheet.number if sheet else None), form.equipment.kind
        known = self._desk.read(arrival_view, number, kind=kind, slot=form.slot)
        self.binding.load(form)
        self.slot.show_order(number, known.holder)
        self.slot.new.load(form.slot)
        self.checklist.load(form.checklist, known.questions, kind=kind)
        self.code.show_code(number, known.code)
        self.photos.show_photos(number, sheet.files if sheet else (), held)

    def show_kind(self, kind: str) -> None:
        """Another kind of equipment was typed."""
        self.checklist.ask(self._desk.read(checklist_for, kind), kind=kind)

    def write(self, form: OrderForm) -> dict[str, UserError]:
        form.checklist = self.checklist.answers()
        return self.binding.write(form)

    # -- what is no part of the form -------------------------------------------------------

    @property
    def pending(self) -> bool:
        """A code or photos wait for the order to be saved."""
        return self.code.pending or bool(self.photos.held)

    def code_form(self) -> AccessCodeForm | None:
        """Raises UserError where what was typed cannot be a code."""
        return self.code.form()

    def chain(self) -> list[QWidget]:
        """In the order of Tab."""
        return [
            *(
                self.checklist.table,
                self.slot.field,
                *self.slot.new.chain(),
                self.code.kind,
                self.code.secret,
            ),
            *(self.code.show_button, self.code.grid),
            *(self.photos.add_button, self.photos.paste_button),
        ]

    def focus_first(self) -> None:
        first = self.slot.field if self.checklist.table.isHidden() else self.checklist.table
        first.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def title(self) -> str:
        """The tab's words: how much is answered, without opening it."""
        done, asked = self.checklist.progress()
        return f"Entrada {done}/{asked}" if asked else "Entrada"
