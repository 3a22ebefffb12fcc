"""Reading a form's fields all at once, each error beside its field, and the bar that saves them."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from osdesk.domain.errors import UserError
from osdesk.texts import sentence
from osdesk.ui.fields import Field
from osdesk.ui.widgets import DangerButton, PrimaryButton, quiet_label, set_kind


def read_fields(fields: Mapping[str, Field]) -> dict[str, Any] | None:
    """Values by name; None where one cannot be read: all such are marked, the first is gone to."""
    values: dict[str, Any] = {}
    wrong: Field | None = None
    for name, field in fields.items():
        try:
            values[name] = field.value()
        except UserError as error:
            field.error(sentence(error))
            wrong = wrong or field
    if wrong is not None:
        wrong.setFocus(Qt.FocusReason.OtherFocusReason)
        return None
    return values


def show_error(fields: Mapping[str, Field], error: UserError) -> bool:
    """Put a service's error beside the field it names; False where no field here is meant."""
    name = str(error.data.get("field", "")).rpartition(".")[2]
    field = fields.get(name)
    if field is None:
        return False
    field.error(sentence(error))
    field.setFocus(Qt.FocusReason.OtherFocusReason)
    return True


class SaveBar(QWidget):
    """*Salvar* and *Descartar* under a form, and in words whether there is something to save."""

    save_requested = Signal()
    discard_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._dirty = False
        self._save = PrimaryButton("Salvar", "Ctrl+S")
        self._discard = DangerButton("Descartar")
        self._words = quiet_label(wrap=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self._save)
        row.addWidget(self._discard)
        row.addWidget(self._words, 1)
        self._save.clicked.connect(self.save_requested)
        self._discard.clicked.connect(self.discard_requested)
        self.show_state(False)

    @property
    def dirty(self) -> bool:
        return self._dirty

    def show_state(self, dirty: bool, words: str = "") -> None:
        self._dirty = dirty
        self._save.setEnabled(dirty)
        self._discard.setVisible(dirty)
        self.say(words)

    def say(self, words: str, tone: str = "") -> None:
        self._words.setText(words)
        set_kind(self._words, "tone", tone)

    def ask(self, question: str) -> None:
        """Something else was wanted while there are edits: ask here, lose nothing."""
        self.say(question, "red")
        self._save.setFocus(Qt.FocusReason.OtherFocusReason)

    def words(self) -> str:
        return self._words.text()
