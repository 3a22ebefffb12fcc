"""Forms as fields: filled, read all at once with each error beside its field, saved by a bar."""

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QPlainTextEdit, QWidget

from osdesk.domain.errors import UserError
from osdesk.texts import sentence
from osdesk.ui.widgets.controls import DangerButton, PrimaryButton, quiet_label, set_kind
from osdesk.ui.widgets.fields import Field


def typed_in(field: Any) -> str:
    if isinstance(field, QPlainTextEdit):
        return field.toPlainText()
    if isinstance(field, QComboBox):
        return field.currentText()
    return str(field.text())


def type_into(field: Any, text: str) -> None:
    """As if a person had typed it: it counts as a change."""
    if isinstance(field, QPlainTextEdit):
        field.setPlainText(text)
    elif isinstance(field, QComboBox):
        field.setEditText(text)
    else:
        field.setText(text)


NEVER_NONE = frozenset({"name", "kind", "service_type", "reason"})
"""Required texts of the order's form: empty, never absent."""


class Binding:
    """Fields by the path of their value in a form: ``technician``, ``equipment.kind``."""

    def __init__(self, fields: Mapping[str, Any]) -> None:
        self.fields = dict(fields)
        self._shown: dict[str, object] = {}

    def load(self, form: object) -> None:
        for path, field in self.fields.items():
            owner, name = _owner(form, path)
            field.set_value(getattr(owner, name) or None)
        self.settle()

    def settle(self) -> None:
        """What is shown now is what was given: the next reading writes back nothing."""
        self._shown = {path: _raw(field) for path, field in self.fields.items()}

    def touched(self, path: str) -> bool:
        return _raw(self.fields[path]) != self._shown.get(path)

    def write(self, form: object) -> dict[str, UserError]:
        """Put the changed values into the form; errors of the fields that cannot be read."""
        wrong: dict[str, UserError] = {}
        for path, field in self.fields.items():
            if not self.touched(path):
                continue
            try:
                value = field.value()
            except UserError as error:
                wrong[path] = error
                continue
            owner, name = _owner(form, path)
            setattr(owner, name, "" if value is None and name in NEVER_NONE else value)
        return wrong


def _owner(form: object, path: str) -> tuple[object, str]:
    *owners, name = path.split(".")
    for owner in owners:
        form = getattr(form, owner)
    return form, name


def _raw(field: Any) -> object:
    try:
        value: object = field.value()
    except UserError as error:
        return (error.code, error.data.get("value"))
    return value


def save_form(
    bar: "SaveBar", fields: Mapping[str, Field], store: Callable[[dict[str, Any]], object]
) -> bool:
    """Hand the fields' values to ``store``; True where it took them.

    What cannot be read, or a UserError of ``store``, is said beside its field and goes on being
    unsaved. While ``store`` runs nothing is: the record's own news, which may come before it
    returns, then shows what is stored.
    """
    values = read_fields(fields)
    if values is None:
        bar.show_state(True, "Confira os campos marcados.")
        return False
    bar.show_state(False)
    try:
        store(values)
    except UserError as error:
        bar.show_state(True)
        if not show_error(fields, error):
            bar.say(sentence(error), "red")
        return False
    return True


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
