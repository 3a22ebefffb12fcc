"""One class for each thing that is typed: money, CPF/CNPJ, phone, date, number, text, a choice.

All have the same methods: ``value()`` is the domain's value (None where nothing was typed) and
raises ``UserError`` for text that cannot be read; ``set_value()`` shows a value and tells nobody;
``edited`` tells that a person changed it; ``error(text)`` shows what is wrong, None clears it.
Typed text is never cleared or replaced by something else; leaving a field only writes the same
value in its usual form.
"""

from collections.abc import Iterable

from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import (
    QComboBox,
    QPlainTextEdit,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from osdesk.domain.errors import UserError
from osdesk.domain.text import fold
from osdesk.ui.widgets.controls import error_label, quiet_label
from osdesk.ui.widgets.field_state import FieldState
from osdesk.ui.widgets.line_fields import (
    DateField,
    DiscountField,
    DocumentField,
    MoneyField,
    NumberField,
    PhoneField,
    TextField,
    TimeField,
    write_over,
)
from osdesk.ui.widgets.numbered import NumberedChoice
from osdesk.ui.widgets.suggest import Suggest, Suggestion

__all__ = [
    "ChoiceField",
    "DateField",
    "DiscountField",
    "DocumentField",
    "Field",
    "Labelled",
    "LongTextField",
    "MoneyField",
    "NumberField",
    "NumberedChoice",
    "PhoneField",
    "TextField",
    "TimeField",
]


class LongTextField(FieldState, QPlainTextEdit):
    """Text of several lines; Tab moves on."""

    def __init__(self, parent: QWidget | None = None, *, lines: int = 3, limit: int = 20_000):
        super().__init__(parent)
        self._limit = limit
        self.setTabChangesFocus(True)
        self.setMinimumHeight(lines * self.fontMetrics().lineSpacing() + 18)
        self.textChanged.connect(self.changed)

    def value(self) -> str | None:
        text = self.toPlainText()
        if len(text) > self._limit:
            raise UserError("too_long", limit=self._limit)
        return text if text.strip() else None

    def set_value(self, value: str | None) -> None:
        self._silent = True
        try:
            self.setPlainText(value or "")
        finally:
            self._silent = False
        self.clear_error()

    def is_blank(self) -> bool:
        return not self.toPlainText().strip()

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        """A file is no words: who takes files is around this field."""
        return not source.hasUrls() and super().canInsertFromMimeData(source)


class ChoiceField(FieldState, QComboBox):
    """One of several; with ``free`` also anything that is typed.

    The value is the chosen one's own value; of typed text that names none, the text. ``likely``:
    what is typed is nearly always one of them.
    """

    def __init__(
        self, parent: QWidget | None = None, *, free: bool = False, likely: bool = False
    ) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMinimumContentsLength(6)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMaxVisibleItems(14)
        if free:
            self.setEditable(True)
            self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
            self._complete(likely)
            self.editTextChanged.connect(self.changed)
        else:
            self.currentIndexChanged.connect(self.changed)

    def setAccessibleName(self, name: str) -> None:
        """Of the line that is typed into as well: that is where the keyboard stands."""
        super().setAccessibleName(name)
        line = self.lineEdit()
        if line is not None:
            line.setAccessibleName(name)

    def _complete(self, likely: bool) -> None:
        """Offers the choices with the typed letters; Down on a chosen one offers all."""
        self.setCompleter(None)  # type: ignore[arg-type]  # Qt's own: none
        typed = self.lineEdit()
        if typed is not None:
            typed.setAcceptDrops(False)
            self._suggest = Suggest(typed, self._find, likely=likely)
            self._suggest.chosen.connect(self._take_suggested)

    def _find(self, text: str) -> list[Suggestion]:
        words = [self.itemText(place) for place in range(self.count())]
        wanted = fold(text)
        if text in words:
            wanted = ""
        found = [word for word in words if word and wanted in fold(word)]
        found.sort(key=lambda word: not fold(word).startswith(wanted))  # else as they stand
        return [Suggestion(word, word) for word in found]

    def _take_suggested(self, word: object) -> None:
        self.put(str(word))

    def put(self, text: str) -> None:
        """Words over what was typed; Ctrl+Z brings that back."""
        typed = self.lineEdit()
        if typed is not None:
            write_over(typed, text)

    def set_choices(self, choices: Iterable[tuple[object, str]]) -> None:
        """Pairs of value and words; what is shown now stays shown."""
        before = self._raw()
        self._silent = True
        try:
            self.clear()
            for value, words in choices:
                self.addItem(words, value)
        finally:
            self._silent = False
        self.set_value(before)

    def value(self) -> object | None:
        return self._raw()

    def text_value(self) -> str | None:
        """The value as words, for those whose values are words."""
        value = self._raw()
        return None if value is None else str(value)

    def set_value(self, value: object | None) -> None:
        self._silent = True
        try:
            index = next((i for i in range(self.count()) if self.itemData(i) == value), -1)
            if self.isEditable():
                self.setCurrentIndex(index)
                words = "" if value is None else str(value)
                self.setEditText(self.itemText(index) if index >= 0 else words)
            elif index < 0 and value is not None:
                self.addItem(str(value), value)  # no longer offered, yet it is the value
                self.setCurrentIndex(self.count() - 1)
            else:
                self.setCurrentIndex(index)
        finally:
            self._silent = False
        self.clear_error()

    def is_blank(self) -> bool:
        return self._raw() is None

    def wheelEvent(self, event: QWheelEvent) -> None:
        # A wheel turned over a form scrolls the form; it must not change a value in passing.
        event.ignore()

    def _raw(self) -> object | None:
        if not self.isEditable():
            return self.currentData() if self.currentIndex() >= 0 else None
        text = self.currentText()
        if not text.strip():
            return None
        index = self.findText(text.strip(), Qt.MatchFlag.MatchFixedString)
        return self.itemData(index) if index >= 0 else text.strip()


Field = (
    TextField
    | MoneyField
    | NumberField
    | DocumentField
    | PhoneField
    | DateField
    | TimeField
    | LongTextField
    | ChoiceField
    | NumberedChoice
)


class Labelled(QWidget):
    """A field with its words above and, where something is wrong, the reason beneath.

    ``required``: a star says that nothing is saved without it.
    """

    def __init__(
        self, label: str, field: Field, parent: QWidget | None = None, *, required: bool = False
    ) -> None:
        super().__init__(parent)
        self.field = field
        self.label = quiet_label(f"{label} *" if required else label)
        if required:
            self.label.setToolTip("Obrigatório")
        self.label.setBuddy(field)
        self._wrong = error_label()
        self._wrong.hide()
        field.setAccessibleName(label)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        column.addWidget(self.label)
        column.addWidget(field, 1 if isinstance(field, LongTextField) else 0)
        column.addWidget(self._wrong)
        if not isinstance(field, LongTextField):
            column.addStretch()
        field.error_changed.connect(self._show_error)

    def _show_error(self, text: str) -> None:
        self._wrong.setText(text)
        self._wrong.setVisible(bool(text))
