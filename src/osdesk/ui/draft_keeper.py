"""Keeps what is typed in the editor: looked at each second, written only where it changed.

A look reads the fields and compares; it costs about a millisecond. Writing is one short
transaction of its own that nobody else hears of.
"""

from datetime import datetime

from PySide6.QtCore import QObject, QTimer, Signal

from osdesk.domain.drafts import DraftForm
from osdesk.domain.errors import UserError
from osdesk.services.drafts import drop_draft, keep_draft
from osdesk.ui.desk import Desk
from osdesk.ui.editor_form import EditorForm

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
