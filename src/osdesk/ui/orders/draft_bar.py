"""What was typed and never saved is offered above the list: to go on with, or to throw away."""

from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from osdesk.domain.calendar import format_short
from osdesk.domain.errors import UserError
from osdesk.services.orders.drafts import drafts, drop_draft
from osdesk.texts import sentence
from osdesk.ui.desk import Desk
from osdesk.ui.widgets import keymap
from osdesk.ui.widgets.controls import DangerButton, ElidedLabel, FlatButton, GhostButton, set_kind

if TYPE_CHECKING:
    from osdesk.domain.orders.drafts import DraftView

KEY = "Ctrl+R"


class DraftBar(QFrame):
    """Hidden while no draft waits. It never asks in a dialog, and never opens one by itself."""

    resume_requested = Signal(int)
    """The draft's key."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._drafts: list[DraftView] = []
        self._place = 0
        self._sure = False
        self.setObjectName("draftBar")
        self.setProperty("kind", "bar")
        set_kind(self, "tone", "amber")
        self._words = ElidedLabel()
        self._words.setObjectName("draftWords")
        self._resume = GhostButton("Continuar rascunho", KEY)
        self._resume.setObjectName("draftResume")
        self._discard = DangerButton("Descartar")
        self._discard.setObjectName("draftDiscard")
        self._next = FlatButton("Próximo")
        self._next.setObjectName("draftNext")
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 5, 8, 5)
        row.setSpacing(8)
        row.addWidget(self._words, 1)
        for button in (self._next, self._resume, self._discard):
            row.addWidget(button)
        self._resume.clicked.connect(self.resume)
        self._discard.clicked.connect(self._discard_pressed)
        self._next.clicked.connect(self._show_next)
        self.hide()

    def listen_in(self, page: QWidget) -> None:
        """The key works wherever the focus is on this page."""
        key = QShortcut(keymap.sequence(KEY), page)
        key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        key.activated.connect(self.resume)

    def refresh(self) -> None:
        """Look for drafts; a damaged file says so elsewhere, and a list without drafts is shown."""
        self._drafts = self._desk.read(drafts)
        self._place = 0  # the newest: that is the one somebody was interrupted in
        self._show()

    def words(self) -> str:
        return self._words.text() if not self.isHidden() else ""

    @property
    def _shown(self) -> "DraftView | None":
        return self._drafts[self._place] if self._drafts else None

    def resume(self) -> None:
        if self._shown is not None:
            self.resume_requested.emit(self._shown.id)

    def _discard_pressed(self) -> None:
        """Thrown away at the second press: what was typed is nowhere else."""
        if self._shown is None:
            return
        if not self._sure:
            self._sure = True
            self._discard.set_text("Descartar de vez")
            return
        try:
            self._desk.write_quietly(drop_draft, self._shown.id)
        except UserError as error:
            self._words.setText(sentence(error))
            return
        self.refresh()

    def _show_next(self) -> None:
        self._place = (self._place + 1) % len(self._drafts)
        self._show()

    def _show(self) -> None:
        self._sure = False
        self._discard.set_text("Descartar")
        several = len(self._drafts) > 1
        self._next.setVisible(several)
        if several:
            self._next.set_text(f"Próximo ({self._place + 1} de {len(self._drafts)})")
        if self._shown is not None:
            words = draft_words(self._shown, self._desk.local_now())
            self._words.setText(words)
            self.setAccessibleName(words)
        self.setVisible(self._shown is not None)


def draft_words(draft: "DraftView", now: datetime) -> str:
    """``Rascunho de Maria · Lavadora, não salvo (14:32)``."""
    local = draft.at.astimezone(now.tzinfo)
    clock = f"{local:%H:%M}"
    when = clock if local.date() == now.date() else f"{format_short(local.date())} {clock}"
    who = " · ".join(filter(None, (draft.customer, draft.equipment)))
    if draft.number is not None:
        return f"Alterações não salvas na OS {draft.number}, {who} ({when})"
    return f"Rascunho de {who} ({when})" if who else f"Rascunho de OS nova ({when})"
