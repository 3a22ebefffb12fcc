"""A customer's phones, several, each with a label; one empty line always waits for the next."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from osdesk.domain.forms import PhoneForm
from osdesk.domain.shapes import PhoneView
from osdesk.ui.fields import ChoiceField, PhoneField
from osdesk.ui.widgets import FlatButton, error_label, quiet_label

LABELS = ("WhatsApp", "Celular", "Fixo", "Trabalho", "Recado")


class _Row(QWidget):
    def __init__(self, ddd: Callable[[], str], parent: QWidget) -> None:
        super().__init__(parent)
        self.number = PhoneField(ddd, self)
        self.number.setAccessibleName("Telefone")
        self.label = ChoiceField(self, free=True)
        self.label.setAccessibleName("De quem ou de que é o telefone")
        typed = self.label.lineEdit()
        if typed is not None:
            typed.setPlaceholderText("rótulo")
        self.label.set_choices([(word, word) for word in LABELS])
        self.label.set_value(None)
        self.label.setFixedWidth(118)
        self.remove = FlatButton("", "", "x")
        self.remove.setAccessibleName("Remover telefone")
        self.remove.setToolTip("Remover telefone")
        self.remove.setFixedWidth(36)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(self.number, 1)
        row.addWidget(self.label)
        row.addWidget(self.remove)

    def form(self) -> PhoneForm | None:
        number = self.number.value()
        return PhoneForm(number, self.label.text_value()) if number else None


class PhoneRows(QWidget):
    edited = Signal()

    def __init__(self, ddd: Callable[[], str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ddd = ddd
        self._rows: list[_Row] = []
        self._wrong = error_label()
        self._wrong.hide()
        caption = quiet_label("Telefones")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(caption)
        self._column = QVBoxLayout()
        self._column.setSpacing(4)
        column.addLayout(self._column)
        column.addWidget(self._wrong)
        self.set_value(())

    def set_value(self, phones: Sequence[PhoneView]) -> None:
        # Rows are used again, not made anew: a new one would come last in the order of Tab.
        while len(self._rows) > max(len(phones), 1):
            self._drop(self._rows[-1])
        for place, phone in enumerate(phones):
            row = self._rows[place] if place < len(self._rows) else self._add()
            row.number.set_value(phone.number)
            row.label.set_value(phone.label)
        if not phones and self._rows:
            self._rows[0].number.set_value(None)
            self._rows[0].label.set_value(None)
        self._keep_an_empty_line()
        self.error("")

    def value(self) -> list[PhoneForm]:
        found = (row.form() for row in self._rows)
        return [phone for phone in found if phone is not None]

    def error(self, text: str) -> None:
        self._wrong.setText(text)
        self._wrong.setVisible(bool(text))

    def first(self) -> PhoneField:
        return self._rows[0].number

    def _add(self) -> _Row:
        row = _Row(self._ddd, self)
        row.number.edited.connect(self._row_edited)
        row.label.edited.connect(self._row_edited)
        row.remove.clicked.connect(self._row_removed)
        self._rows.append(row)
        self._column.addWidget(row)
        last = self._rows[-2] if len(self._rows) > 1 else None
        if last is not None:
            QWidget.setTabOrder(last.remove, row.number)
        for one, other in ((row.number, row.label), (row.label, row.remove)):
            QWidget.setTabOrder(one, other)
        return row

    def _drop(self, row: _Row) -> None:
        self._rows.remove(row)
        self._column.removeWidget(row)
        row.setParent(None)
        row.deleteLater()

    def _keep_an_empty_line(self) -> None:
        if not self._rows or not self._rows[-1].number.is_blank():
            self._add()
        for row in self._rows:
            row.remove.setEnabled(not row.number.is_blank())

    def _row_edited(self) -> None:
        self.error("")
        self._keep_an_empty_line()
        self.edited.emit()

    def _row_removed(self) -> None:
        row = self.sender().parent()
        if isinstance(row, _Row) and len(self._rows) > 1:
            place = self._rows.index(row)
            self._drop(row)
            self._rows[min(place, len(self._rows) - 1)].number.setFocus()
            self._row_edited()
