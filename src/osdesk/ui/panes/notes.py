"""The notes of an order, newest below, and a line to write the next one.

Enter adds the note, Ctrl+Enter begins another line in it. What was written is never changed: a
correction is another note.
"""

from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QListWidget,
    QVBoxLayout,
    QWidget,
)

from osdesk.domain.calendar import format_moment
from osdesk.domain.errors import UserError
from osdesk.domain.views.orders import NoteView, OrderView
from osdesk.services.orders.notes import add_note
from osdesk.services.orders.view import order_view
from osdesk.texts import sentence
from osdesk.ui.desk import Desk
from osdesk.ui.widgets.controls import (
    GhostButton,
    error_label,
    set_kind,
)
from osdesk.ui.widgets.fields import LongTextField
from osdesk.ui.widgets.side_pane import LookPane

FOR_CUSTOMER = "para o cliente"


class NotesLog(QWidget):
    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._number: int | None = None
        self._log: tuple[NoteView, ...] = ()
        self._build()
        self._connect()

    def _build(self) -> None:
        self.list = QListWidget()
        self.list.setObjectName("notesList")
        self.list.setAccessibleName("Anotações da ordem")
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setWordWrap(True)
        self.list.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.list.setTextElideMode(Qt.TextElideMode.ElideNone)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.line = _NoteLine()
        self.line.setObjectName("noteLine")
        self.line.setAccessibleName("Nova anotação")
        self.line.setPlaceholderText("Anote aqui. Enter guarda, Ctrl+Enter quebra a linha.")
        self.for_customer = QCheckBox("Para o cliente")
        self.for_customer.setObjectName("noteForCustomer")
        self.for_customer.setToolTip("Sem a marca, só a loja vê")
        self.add = GhostButton("Anotar")  # its key stands in the line above
        self.add.setObjectName("addNoteButton")
        self._wrong = error_label()
        self._wrong.hide()
        under = QHBoxLayout()
        under.setSpacing(8)
        under.addWidget(self.for_customer, 1)
        under.addWidget(self.add)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.list, 1)
        column.addWidget(self.line)
        column.addWidget(self._wrong)
        column.addLayout(under)

    def _connect(self) -> None:
        # the newest is in sight, also once the list knows its width
        self.list.verticalScrollBar().rangeChanged.connect(self.list.scrollToBottom)
        self.line.submitted.connect(self.submit)
        self.line.edited.connect(self._typed)
        self.add.clicked.connect(self.submit)

    def show_order(self, sheet: OrderView | None) -> None:
        """The notes of an order; of another one: an empty line to write in."""
        number = sheet.number if sheet else None
        if number != self._number:
            self.clear()
        same = number == self._number and sheet is not None and sheet.log == self._log
        self._number = number
        self.setEnabled(sheet is not None)
        if same:
            return
        self._log = sheet.log if sheet else ()
        self.list.clear()
        if sheet is not None and sheet.notes:
            self.list.addItem(f"Observações da OS\n{sheet.notes}")
        for note in self._log:
            self.list.addItem(note_words(note, self._desk.zone))

    def texts(self) -> list[str]:
        return [self.list.item(row).text() for row in range(self.list.count())]

    def has_text(self) -> bool:
        return not self.line.is_blank()

    def clear(self) -> None:
        self.line.set_value(None)
        self.for_customer.setChecked(False)
        self._say("")

    def submit(self) -> None:
        """Store what is written; what cannot be stored stays where it is."""
        if self._number is None:
            return
        try:
            body = self.line.value() or ""
            self._desk.write(
                add_note,
                self._number,
                body,
                for_customer=self.for_customer.isChecked(),
                now=self._desk.now(),
                author=self._desk.author,
            )
        except UserError as error:
            self._say(sentence(error))
            self.line.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.clear()
        self.show_order(self._desk.read(order_view, self._number, now=self._desk.now()))
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def _typed(self) -> None:
        self._say("")

    def _say(self, words: str) -> None:
        self._wrong.setText(words)
        self._wrong.setVisible(bool(words))
        set_kind(self.line, "bad", bool(words))


class NotesPane(LookPane):
    """The notes in the place of the list's right panel."""

    def __init__(self, desk: Desk) -> None:
        log = NotesLog(desk)
        super().__init__("notesPane", "Anotações", log, "notesBack")
        set_kind(log.add, "kind", "primary")
        self.log = log

    def ask(self, sheet: OrderView) -> None:
        super().ask(sheet)
        self.log.show_order(sheet)
        self.log.line.setFocus(Qt.FocusReason.TabFocusReason)

    def has_text(self) -> bool:
        return self.log.has_text()


class _NoteLine(LongTextField):
    submitted = Signal()

    def __init__(self) -> None:
        super().__init__(lines=2)
        self.setFixedHeight(self.minimumHeight())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if event.modifiers() & (
                Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
            ):
                self.insertPlainText("\n")
            else:
                self.submitted.emit()
            return
        if event.key() == Qt.Key.Key_Escape:
            event.ignore()
            return
        super().keyPressEvent(event)


def note_words(note: NoteView, zone: ZoneInfo) -> str:
    """``24/11/2026 14:32 · Priscila · para o cliente`` over the note."""
    head = [format_moment(note.at, zone), note.author or "", note.for_customer and FOR_CUSTOMER]
    return f"{' · '.join(part for part in head if part)}\n{note.body}"
