"""Around a payment: which instalment it pays, and when what is left after it is due."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from osdesk.domain.calendar import format_date
from osdesk.domain.forms import InstalmentForm
from osdesk.domain.money import format_amount, format_brl
from osdesk.domain.shapes import InstalmentView
from osdesk.ui.desk import Desk
from osdesk.ui.fields import DateField, Field, Labelled, NumberedChoice, NumberField
from osdesk.ui.parts_preview import PartsPreview
from osdesk.ui.widgets import strong_label

OFFERED = 9
"""Parts that a digit chooses; later ones are paid by typing the amount."""


class RestFields(QWidget):
    """When the rest is due: one day, or a number of monthly parts. Left empty it stays as it is."""

    edited = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("paymentRest")
        self.due_on = DateField(desk.today)
        self.due_on.setObjectName("paymentDueOn")
        self.count = NumberField()
        self.count.setObjectName("paymentParts")
        self._left = strong_label(wrap=True)
        self._preview = PartsPreview(self.due_on, self.count, self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        for part in (
            self._left,
            Labelled("Vence em (opcional)", self.due_on),
            Labelled("Em quantas vezes", self.count),
            self._preview.label,
        ):
            column.addWidget(part)
        for field in (self.due_on, self.count):
            field.edited.connect(self.edited)

    def clear(self) -> None:
        self.due_on.set_value(None)
        self.count.set_value(None)
        self._preview.set_amount(0)

    def show_left(self, amount: int) -> None:
        """Centavos that stay to be paid; nothing is asked where none do."""
        self._left.setText(f"Fica para depois: {format_brl(amount)}")
        self._preview.set_amount(amount)
        self.setVisible(amount > 0)

    def is_blank(self) -> bool:
        return self.due_on.is_blank() and self.count.is_blank()

    def fields(self) -> dict[str, Field]:
        """What is read and complained of, by the names that the services use."""
        return {"due_on": self.due_on, "instalment_count": self.count}

    def agreed(self) -> tuple[date, list[InstalmentForm]] | None:
        """The day and the parts; None where nothing is to be agreed."""
        day = self.due_on.value()
        return None if day is None else (day, self._preview.parts())


class InstalmentOffer(QWidget):
    """The unpaid parts of an order: a digit takes one part's amount."""

    chosen = Signal(int)
    """Centavos."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._choice: NumberedChoice | None = None
        self._labelled: Labelled | None = None
        self._left: list[int] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self.hide()

    def show_parts(self, parts: Sequence[InstalmentView]) -> int | None:
        """Offer what is open; the amount of the earliest, None where nothing is in parts."""
        if self._labelled is not None:
            self._labelled.setParent(None)
            self._labelled.deleteLater()
            self._labelled = self._choice = None
        unpaid = [part for part in parts if part.paid < part.amount]
        self._left = [part.amount - part.paid for part in unpaid]
        self.setVisible(bool(unpaid))
        if not unpaid:
            return None
        words = {
            place: f"{format_date(part.due_on)} · {format_amount(left)}"
            for place, (part, left) in enumerate(zip(unpaid, self._left, strict=True))
            if place < OFFERED
        }
        self._choice = NumberedChoice(words, self)
        self._choice.setObjectName("paymentInstalment")
        self._choice.set_value(0)
        self._choice.edited.connect(self._chosen)
        self._labelled = Labelled("Parcela", self._choice)
        self._column.addWidget(self._labelled)
        return self._left[0]

    def _chosen(self) -> None:
        place = self._choice.value() if self._choice else None
        if isinstance(place, int):
            self.chosen.emit(self._left[place])
