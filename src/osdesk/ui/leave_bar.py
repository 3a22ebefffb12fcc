"""Leaving with something typed: asked in place, and what was typed stays until it is answered."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from osdesk.ui.widgets import DangerButton, GhostButton, set_kind, text_label

UNSAVED = "Há alterações não salvas."
UNCONFIRMED = "Há algo começado ao lado que ainda não foi confirmado."


class LeaveBar(QFrame):
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
        self._save = GhostButton("Salvar")
        self._save.setObjectName("leaveSave")
        self._keep = GhostButton("Guardar rascunho")
        self._keep.setObjectName("leaveKeep")
        self._keep.setToolTip("Sai sem salvar; a lista oferece continuar depois")
        self._discard = DangerButton("Descartar")
        self._discard.setObjectName("leaveDiscard")
        self._stay = GhostButton("Continuar editando")
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

    def words(self) -> str:
        return self._words.text() if not self.isHidden() else ""
