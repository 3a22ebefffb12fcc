"""The fields of one line: text, money, number, CPF/CNPJ, phone, date, time.

Typed text is never cleared or replaced by something else; leaving a field only writes the same
value in its usual form.
"""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QFocusEvent, QKeyEvent
from PySide6.QtWidgets import (
    QLineEdit,
    QWidget,
)

from osdesk.domain.calendar import format_date, parse_date_br, parse_time
from osdesk.domain.errors import UserError
from osdesk.domain.identifiers import format_document, normalize_document, parse_phone
from osdesk.domain.money import format_amount, parse_brl, parse_discount
from osdesk.texts import sentence
from osdesk.ui.widgets.field_state import FieldState


def write_over(line: QLineEdit, text: str) -> None:
    """Replace what stands in a line so that Ctrl+Z brings it back; nobody typed it
    (``textEdited`` stays silent: no list of suggestions opens)."""
    line.blockSignals(True)
    line.selectAll()
    line.insert(text)
    line.blockSignals(False)
    line.textChanged.emit(text)


class _LineField(FieldState, QLineEdit):
    """What all fields of one line share; subclasses say how text is read and written."""

    def __init__(self, parent: QWidget | None = None, *, placeholder: str = "") -> None:
        super().__init__(parent)
        self.setPlaceholderText(placeholder)
        self.textChanged.connect(self.changed)

    def _read(self, text: str) -> object:
        return text

    def _write(self, value: object) -> str:
        return str(value)

    def is_blank(self) -> bool:
        return not self.text().strip()

    def put(self, text: str) -> None:
        """What the program writes over typed words (a completion, a usual form): Ctrl+Z brings
        them back, as it does not after a value that was loaded."""
        write_over(self, text)

    def _show(self, text: str) -> None:
        self._silent = True
        try:
            self.setText(text)
        finally:
            self._silent = False

    def _put_silently(self, text: str) -> None:
        self._silent = True
        try:
            self.put(text)
        finally:
            self._silent = False
        self.deselect()

    def _parsed(self) -> object | None:
        return None if self.is_blank() else self._read(self.text())

    def _take(self, value: object | None) -> None:
        self._show("" if value is None else self._write(value))
        self.clear_error()
        self.setCursorPosition(0)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.ignore()  # a file is no words: who takes files is around this field
        else:
            super().dragEnterEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason):
            self.selectAll()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.settle()

    def settle(self) -> None:
        """Write what was typed in its usual form, or say why it cannot be read."""
        try:
            value = self._parsed()
        except UserError as error:
            self.error(sentence(error))
            return
        if value is not None:
            text = self._write(value)
            if text != self.text():
                self._put_silently(text)


class TextField(_LineField):
    """One line of text, as it was typed."""

    def __init__(
        self, parent: QWidget | None = None, *, placeholder: str = "", limit: int = 200
    ) -> None:
        super().__init__(parent, placeholder=placeholder)
        self.setMaxLength(limit)

    def value(self) -> str | None:
        return None if self.is_blank() else self.text()

    def set_value(self, value: str | None) -> None:
        if value and len(value) > self.maxLength():
            self.setMaxLength(len(value))  # what is stored is shown whole
        self._take(value)


class MoneyField(_LineField):
    """Centavos; typed as ``150``, ``150,00`` or ``1.234,56``. ``blank`` is what nothing means."""

    def __init__(self, parent: QWidget | None = None, *, blank: int | None = None) -> None:
        super().__init__(parent)
        self._blank = blank
        self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.setMaxLength(20)

    def value(self) -> int | None:
        return self._blank if self.is_blank() else parse_brl(self.text())

    def set_value(self, value: int | None) -> None:
        self._take(value)

    def _read(self, text: str) -> object:
        return parse_brl(text)

    def _write(self, value: object) -> str:
        assert isinstance(value, int)
        return format_amount(value)


class DiscountField(MoneyField):
    """Centavos, or a share of what it is taken from: ``10%`` becomes money when the field is left.

    ``base`` answers with the centavos that the share is of.
    """

    def __init__(self, base: Callable[[], int], parent: QWidget | None = None) -> None:
        super().__init__(parent, blank=0)
        self._base = base
        self.setToolTip("Em reais ou em porcentagem: 15,00 ou 10%")

    def value(self) -> int | None:
        return self._blank if self.is_blank() else parse_discount(self.text(), self._base())

    def _read(self, text: str) -> object:
        return parse_discount(text, self._base())


class NumberField(_LineField):
    """A whole number not below zero: days, the next order's number."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMaxLength(9)
        self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.setInputMethodHints(Qt.InputMethodHint.ImhDigitsOnly)

    def value(self) -> int | None:
        return None if self.is_blank() else self._number(self.text())

    def set_value(self, value: int | None) -> None:
        self._take(value)

    def _read(self, text: str) -> object:
        return self._number(text)

    def _number(self, text: str) -> int:
        plain = text.strip().replace(".", "")
        if not (plain.isascii() and plain.isdigit()):
            raise UserError("bad_number", value=text)
        return int(plain)


class DocumentField(_LineField):
    """CPF or CNPJ, the new one with letters too; its value has no mask."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMaxLength(30)

    def value(self) -> str | None:
        return None if self.is_blank() else normalize_document(self.text())

    def set_value(self, value: str | None) -> None:
        self._take(value)

    def _read(self, text: str) -> object:
        return normalize_document(text)

    def _write(self, value: object) -> str:
        return format_document(str(value))


class PhoneField(_LineField):
    """A phone, odd ones too: the value is what was typed, shown in the usual form if it has one.

    ``ddd`` answers with the shop's area code, for numbers that lack one.
    """

    def __init__(self, ddd: Callable[[], str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ddd = ddd
        self.setMaxLength(40)

    def value(self) -> str | None:
        return None if self.is_blank() else self.text().strip()

    def set_value(self, value: str | None) -> None:
        self._take(value)

    def _write(self, value: object) -> str:
        return parse_phone(str(value), default_ddd=self._ddd()).number


class DateField(_LineField):
    """A day: ``24/11``, ``24/11/2026``, ``hoje``, ``+3``. ``today`` answers with the shop's day,
    ``saturday`` whether that is one of its business days."""

    def __init__(
        self,
        today: Callable[[], date],
        parent: QWidget | None = None,
        *,
        saturday: Callable[[], bool] = lambda: False,
    ) -> None:
        super().__init__(parent, placeholder="dd/mm/aaaa")
        self._today = today
        self._saturday = saturday
        self.setMaxLength(20)
        self.setToolTip("Aceita 24/11, hoje, amanhã ou +3 (em três dias úteis)")

    def value(self) -> date | None:
        return None if self.is_blank() else self._day(self.text())

    def set_value(self, value: date | None) -> None:
        self._take(value)

    def _read(self, text: str) -> object:
        return self._day(text)

    def _day(self, text: str) -> date:
        return parse_date_br(text, today=self._today(), saturday=self._saturday())

    def _write(self, value: object) -> str:
        assert isinstance(value, date)
        return format_date(value)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}.get(Qt.Key(event.key()), 0)
        if step and event.modifiers() in (
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.KeypadModifier,
        ):
            self._step(step)
            return
        super().keyPressEvent(event)

    def _step(self, days: int) -> None:
        try:
            day = self.value() or self._today()
        except UserError:
            return
        self.put(format_date(date.fromordinal(day.toordinal() + days)))


class TimeField(_LineField):
    """An hour of the day as ``HH:MM``; typed as ``17``, ``1730``, ``17h30`` or ``17:30``."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, placeholder="hh:mm")
        self.setMaxLength(8)

    def value(self) -> str | None:
        return None if self.is_blank() else str(self._read(self.text()))

    def set_value(self, value: str | None) -> None:
        self._take(value)

    def _read(self, text: str) -> object:
        return parse_time(text)
