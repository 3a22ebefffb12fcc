"""A whole number: days, the next order's number. The one class for it, as ``ui.fields`` asks."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from osdesk.domain.errors import UserError
from osdesk.ui.fields import TextField


class NumberField(TextField):
    """``number()`` is the value; ``value()`` checks it too, so that a form can be read at once."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, limit=9)
        self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.setInputMethodHints(Qt.InputMethodHint.ImhDigitsOnly)

    def value(self) -> int | None:  # type: ignore[override]
        return None if self.is_blank() else self._number(self.text())

    def set_value(self, value: int | None) -> None:  # type: ignore[override]
        self._take(value)

    def _read(self, text: str) -> object:
        return self._number(text)

    def _number(self, text: str) -> int:
        plain = text.strip().replace(".", "")
        if not (plain.isascii() and plain.isdigit()):
            raise UserError("bad_number", value=text)
        return int(plain)
