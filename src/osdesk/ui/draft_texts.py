"""The bare text of any field, and back: what cannot be read is kept letter by letter too."""

from typing import Any

from PySide6.QtWidgets import QComboBox, QPlainTextEdit


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
