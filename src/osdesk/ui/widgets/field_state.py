"""What every field has beside its value: an error, and the news that a person changed it."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from osdesk.ui.widgets.controls import set_kind

if TYPE_CHECKING:
    _Widget = QWidget
else:
    _Widget = object  # Qt allows one class of its own among the bases: the field's


class FieldState(_Widget):
    """The part of a field class that is the same for all; stands before Qt's own class.

    A field calls ``changed`` when its content changes, and shows a value that nobody typed while
    ``_silent`` is set.
    """

    edited = Signal()
    error_changed = Signal(str)
    _silent = False
    _error = ""

    def error(self, text: str | None) -> None:
        """Say what is wrong with the content; None: nothing any more."""
        self._error = text or ""
        set_kind(self, "bad", bool(text))
        self.setAccessibleDescription(self._error or self.described())
        self.error_changed.emit(self._error)

    def error_text(self) -> str:
        return self._error

    def described(self) -> str:
        """What a screen reader says of a field without an error, beside its name and content."""
        return ""

    def clear_error(self) -> None:
        if self._error:
            self.error(None)

    def changed(self) -> None:
        """The content is another: what was wrong with the one before is no longer said."""
        self.clear_error()
        if not self._silent:
            self.edited.emit()
