"""Settings: what is asked at intake of each kind of equipment, one question a line."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from osdesk.domain.errors import UserError
from osdesk.domain.text import fold
from osdesk.domain.views.intake import ChecklistView
from osdesk.services.shop.checklists import checklists, save_checklist
from osdesk.texts import sentence
from osdesk.ui.desk import Desk
from osdesk.ui.settings.section import Section
from osdesk.ui.widgets.controls import Card, GhostButton, error_label, quiet_label
from osdesk.ui.widgets.fields import LongTextField, TextField
from osdesk.ui.widgets.forms import SaveBar

ADVICE = (
    "Uma pergunta por linha; as da lista aparecem na OS quando o tipo é digitado. Alt+↑ e Alt+↓ "
    "mudam a ordem, linha apagada não é mais perguntada, lista vazia não pergunta nada. As "
    "respostas das OS antigas ficam nelas."
)
WAITS = "Salve ou descarte esta lista antes de abrir outra."


class ChecklistsSection(Section):
    """The kinds at the left, the questions of the chosen one at the right."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._lists: list[ChecklistView] = []
        self._kind = ""
        self._stored: tuple[str, ...] = ()
        self._build()
        self._connect()
        self.refresh()

    def _build(self) -> None:
        self.kinds = QListWidget()
        self.kinds.setObjectName("checklistKinds")
        self.kinds.setAccessibleName("Tipos de equipamento com checklist")
        self.kinds.setFixedWidth(180)
        self.kinds.setSpacing(3)
        self.kinds.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.kinds.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.new_kind = TextField(placeholder="Outro tipo…")
        self.new_kind.setObjectName("checklistNewKind")
        self.new_kind.setAccessibleName("Outro tipo de equipamento")
        self.add_button = GhostButton("Criar lista")
        self.add_button.setObjectName("checklistAdd")
        self._wrong = error_label()
        self._wrong.hide()
        self.questions = QuestionLines()
        self.questions.setObjectName("checklistQuestions")
        self.questions.setAccessibleName("Perguntas do checklist, uma por linha")
        self.questions.setMinimumHeight(300)
        self.bar = SaveBar()
        left = QVBoxLayout()
        left.setSpacing(6)
        left.addWidget(self.kinds, 1)
        left.addWidget(self.new_kind)
        left.addWidget(self.add_button)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addLayout(left)
        row.addWidget(self.questions, 1)
        card = Card("Checklists de entrada")
        card.body.addWidget(quiet_label(ADVICE, wrap=True))
        card.body.addLayout(row, 1)
        card.body.addWidget(self._wrong)
        card.body.addWidget(self.bar)
        self.whole.addWidget(card)
        self.whole.addStretch(1)

    def _connect(self) -> None:
        self.kinds.currentItemChanged.connect(self._chosen)
        self.questions.edited.connect(self._edited)
        self.new_kind.returnPressed.connect(self.add_kind)
        self.add_button.clicked.connect(self.add_kind)
        self.bar.save_requested.connect(self.save)
        self.bar.discard_requested.connect(self._discard)

    # -- showing ---------------------------------------------------------------------------

    @property
    def dirty(self) -> bool:
        return self.bar.dirty

    def refresh(self) -> None:
        if self.dirty:
            return
        self._lists = self._desk.read(checklists)
        names = [each.kind for each in self._lists]
        if self._kind and self._kind not in names:
            names.append(self._kind)
        self.kinds.blockSignals(True)
        self.kinds.clear()
        self.kinds.addItems(names)
        self._mark_kind(self._kind or names[0])
        self.kinds.blockSignals(False)
        self._show(self._kind or names[0])

    def _show(self, kind: str) -> None:
        self._kind = kind
        self._stored = next((each.questions for each in self._lists if each.kind == kind), ())
        self.questions.set_value("\n".join(self._stored) or None)
        self._wrong.hide()
        self.bar.show_state(False)

    def _mark_kind(self, kind: str) -> None:
        for place in range(self.kinds.count()):
            if self.kinds.item(place).text() == kind:
                self.kinds.setCurrentRow(place)

    def _chosen(self, item: QListWidgetItem | None, _before: QListWidgetItem | None) -> None:
        if item is None or item.text() == self._kind:
            return
        if self.dirty:
            self.kinds.blockSignals(True)
            self._mark_kind(self._kind)
            self.kinds.blockSignals(False)
            self.bar.ask(WAITS)
            return
        self._show(item.text())

    # -- editing ---------------------------------------------------------------------------

    def add_kind(self) -> None:
        """Begin a list for another kind; one that there is already is only opened."""
        name = " ".join(self.new_kind.text().split())
        if not name:
            self.new_kind.setFocus()
            return
        if self.dirty:
            self.bar.ask(WAITS)
            return
        known = next((each for each in self._names() if fold(each) == fold(name)), None)
        if known is None:
            self.kinds.blockSignals(True)
            self.kinds.addItem(name)
            self.kinds.blockSignals(False)
        self.new_kind.clear()
        self._mark_kind(known or name)
        self._show(known or name)
        self.questions.setFocus(Qt.FocusReason.OtherFocusReason)

    def _names(self) -> list[str]:
        return [self.kinds.item(place).text() for place in range(self.kinds.count())]

    def _edited(self) -> None:
        self._wrong.hide()
        self.bar.show_state(tuple(self.questions.lines()) != self._stored)

    def save(self) -> bool:
        if not self.dirty:
            return True
        now, author = self._desk.now(), self._desk.author
        questions = self.questions.lines()
        self.bar.show_state(False)  # the record's own news must show what is stored
        try:
            self._desk.write(save_checklist, self._kind, questions, now=now, author=author)
        except UserError as error:
            self.bar.show_state(True)
            self._wrong.setText(sentence(error))
            self._wrong.show()
            self.questions.setFocus(Qt.FocusReason.OtherFocusReason)
            return False
        self.refresh()
        self.bar.show_state(False, "Salvo.")
        return True

    def ask_to_save(self) -> None:
        self.bar.ask("Salvar ou descartar as alterações deste checklist?")

    def _discard(self) -> None:
        self.bar.show_state(False)
        self.refresh()
        self.questions.setFocus(Qt.FocusReason.OtherFocusReason)


class QuestionLines(LongTextField):
    """Alt with an arrow moves the line under the cursor; everything else is typing."""

    def lines(self) -> list[str]:
        found = (" ".join(line.split()) for line in self.toPlainText().splitlines())
        return [line for line in found if line]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        alt = event.modifiers() & Qt.KeyboardModifier.AltModifier
        if alt and event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.move_line(-1 if event.key() == Qt.Key.Key_Up else 1)
            return
        super().keyPressEvent(event)

    def move_line(self, by: int) -> None:
        """The line of the cursor changes places with the next one; one undo takes it back."""
        lines = self.toPlainText().split("\n")
        row = self.textCursor().blockNumber()
        column = self.textCursor().positionInBlock()
        other = row + by
        if not 0 <= other < len(lines):
            return
        lines[row], lines[other] = lines[other], lines[row]
        cursor = self.textCursor()
        cursor.beginEditBlock()
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.insertText("\n".join(lines))
        cursor.endEditBlock()
        block = self.document().findBlockByNumber(other)
        cursor.setPosition(block.position() + min(column, max(0, block.length() - 1)))
        self.setTextCursor(cursor)
