"""What was typed in the editor: kept as a draft, saved in one act, asked about on the way out."""

from datetime import datetime

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from osdesk.domain.errors import UserError
from osdesk.domain.orders.drafts import DraftForm
from osdesk.domain.orders.forms import OrderForm
from osdesk.domain.views.orders import OrderView
from osdesk.services.orders.drafts import drop_draft, keep_draft
from osdesk.services.orders.intake import SavedWithOrder, save_order
from osdesk.services.orders.saving import Saved
from osdesk.texts import STATUS, sentence
from osdesk.ui.desk import Desk
from osdesk.ui.editor.form import EditorForm
from osdesk.ui.widgets.controls import DangerButton, GhostButton, set_kind, text_label

LOOK_MS = 1000


class DraftKeeper(QObject):
    """One draft at a time: that of the order that the editor shows."""

    told = Signal(str)
    """Words on how safe the typed text is; empty where there is none."""

    def __init__(self, desk: Desk, cards: EditorForm, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._cards = cards
        self._number: int | None = None
        self._kept: DraftForm | None = None
        self.draft_id: int | None = None
        self._timer = QTimer(self, interval=LOOK_MS)
        self._timer.timeout.connect(self.keep)

    def begin(self, number: int | None, draft_id: int | None = None) -> None:
        """Another order is shown; ``draft_id``: it goes on with that draft."""
        self._number, self.draft_id = number, draft_id
        self._kept = None
        self._timer.start()

    def rest(self) -> None:
        """Nothing is shown that could be typed in; a draft that is kept stays for later."""
        self._timer.stop()
        self._number = self.draft_id = self._kept = None

    def keep(self) -> bool:
        """Write now what is typed; False where it could not be written (the words say so)."""
        if not self._cards.has_changes():
            self.drop()
            return True
        draft = self._cards.draft()
        if draft == self._kept:
            return True
        now = self._desk.now()
        try:
            self.draft_id = self._desk.write_quietly(
                keep_draft,
                draft,
                draft_id=self.draft_id,
                number=self._number,
                now=now,
                author=self._desk.author,
            )
        except UserError:
            # nothing of this is the person's fault, and the next look tries again
            self.told.emit("rascunho não gravado: salve a OS")
            return False
        self._kept = draft
        self.told.emit(f"rascunho salvo às {self._clock(now)}")
        return True

    def drop(self) -> None:
        """Nothing is left to keep: it was saved, taken back or thrown away."""
        if self.draft_id is not None:
            draft_id, self.draft_id, self._kept = self.draft_id, None, None
            try:
                self._desk.write_quietly(drop_draft, draft_id)
            except UserError:
                self.draft_id = draft_id
                return
            self.told.emit("")

    def saved(self) -> None:
        """The draft went in the transaction that saved the order."""
        self.draft_id = self._kept = None

    def _clock(self, moment: datetime) -> str:
        return f"{moment.astimezone(self._desk.zone):%H:%M}"


PHOTO_WAITS = "Uma foto ainda está sendo preparada. Salve de novo em um instante."


def store(
    desk: Desk, cards: EditorForm, keeper: DraftKeeper, number: int | None, form: OrderForm
) -> Saved | None:
    """The form where it differs, with code and photos; None where there is nothing to save.

    The draft goes in the same transaction. Raises UserError: nothing is kept then, the draft is.
    """
    arrival = cards.work.arrival
    changed = number is None or cards.differs(form)
    if not changed and not arrival.pending:
        return None
    saved = desk.write(
        save_order,
        number,
        form if changed else None,
        SavedWithOrder(keeper.draft_id, arrival.code_form(), arrival.photos.held),
        box=desk.store.secrets,
        now=desk.now(),
        author=desk.author,
    )
    keeper.saved()
    return saved


def saved_words(saved: Saved, before: OrderView | None, after: OrderView | None) -> tuple[str, str]:
    """What was saved, what else it led to, what is to be checked; the tone of it."""
    words = [f"OS {saved.number} salva."]
    if before is not None and after is not None and before.status is not after.status:
        words.append(f"Situação: {STATUS[after.status]}.")
    words += [sentence(warning) for warning in saved.warnings]
    return " ".join(words), "amber" if len(words) > 1 else "green"


def draft_words(loose: dict[str, str]) -> str:
    """What a draft brought back, and the texts that fitted nowhere (``loose``)."""
    words = "Rascunho retomado: o que não tinha sido salvo está aqui."
    apart = [f"“{text}”" for path, text in loose.items() if path.startswith("items.")]
    return f"{words} Não coube em nenhuma linha: {', '.join(apart)}." if apart else words


UNSAVED = "Há alterações não salvas."
UNCONFIRMED = "Há algo começado ao lado que ainda não foi confirmado."
WITHOUT_CODE = (
    "O rascunho foi guardado sem a senha do aparelho, que não fica em rascunhos. Pergunte-a de "
    "novo ao continuar."
)


class LeaveBar(QFrame):
    """The question before unsaved text is left."""

    save_requested = Signal()
    keep_requested = Signal()
    """Leave it as a draft, to go on with later."""
    discard_requested = Signal()
    stay_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("leaveBar")
        self.setProperty("kind", "bar")
        set_kind(self, "tone", "amber")
        self._words = text_label()
        self._save = GhostButton("Salvar", "1")
        self._save.setObjectName("leaveSave")
        self._keep = GhostButton("Guardar rascunho", "2")
        self._keep.setObjectName("leaveKeep")
        self._keep.setToolTip("Sai sem salvar; a lista oferece continuar depois")
        self._discard = DangerButton("Descartar", "3")
        self._discard.setObjectName("leaveDiscard")
        self._stay = GhostButton("Continuar editando", "Esc")
        self._stay.setObjectName("leaveStay")
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 6, 8, 6)
        row.setSpacing(8)
        row.addWidget(self._words, 1)
        for button in (self._save, self._keep, self._discard, self._stay):
            row.addWidget(button)
        self._save.clicked.connect(self.save_requested)
        self._keep.clicked.connect(self.keep_requested)
        self._discard.clicked.connect(self.discard_requested)
        self._stay.clicked.connect(self.stay_requested)
        self.hide()

    def ask(self, words: str = UNSAVED, *, can_save: bool = True) -> None:
        self._words.setText(words)
        self.setAccessibleName(words)
        self._save.setVisible(can_save)
        self._keep.setVisible(can_save)
        self.show()
        first = self._save if can_save else self._stay
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def event(self, event: QEvent) -> bool:
        escape = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape
        if event.type() == QEvent.Type.ShortcutOverride and escape:
            event.accept()  # else the window's own Esc would ask once more
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """While the keyboard is at the question: a number answers, Esc goes on with the order."""
        answers = {
            Qt.Key.Key_1: self._save,
            Qt.Key.Key_2: self._keep,
            Qt.Key.Key_3: self._discard,
            Qt.Key.Key_Escape: self._stay,
        }
        answer = answers.get(Qt.Key(event.key()))
        if answer is not None and not answer.isHidden():
            answer.click()
        else:
            super().keyPressEvent(event)

    def words(self) -> str:
        return self._words.text() if not self.isHidden() else ""
