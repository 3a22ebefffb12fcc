"""What every field has beside its value: an error, and the news that a person changed it."""

from typing import cast

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from osdesk.ui.widgets.controls import set_kind


class FieldState:
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
        widget = cast(QWidget, self)
        set_kind(widget, "bad", bool(text))
        widget.setAccessibleDescription(self._error or self.described())
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
