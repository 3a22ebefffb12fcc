"""The fields of the payment pane: how much, how, when, why; several methods; the rest."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from osdesk.domain.calendar import format_date
from osdesk.domain.codes import PaymentMethod
from osdesk.domain.errors import UserError
from osdesk.domain.money import format_amount, format_brl
from osdesk.domain.orders.forms import InstalmentForm
from osdesk.domain.orders.late_fees import LateFees
from osdesk.domain.views.orders import InstalmentView
from osdesk.texts import METHOD
from osdesk.ui.desk import Desk
from osdesk.ui.panes.parts_preview import PartsPreview
from osdesk.ui.widgets import forms as form_fields
from osdesk.ui.widgets.controls import FlatButton, set_kind, strong_label, text_label
from osdesk.ui.widgets.fields import (
    DateField,
    Field,
    Labelled,
    MoneyField,
    NumberedChoice,
    NumberField,
    TextField,
)


@dataclass(frozen=True)
class Part:
    """Centavos that stay in the shop; ``change``: handed back of cash, no payment."""

    amount: int
    method: PaymentMethod
    change: int = 0


class PaymentRows(QWidget):
    """What was laid on the counter already and is not recorded yet."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("paymentRows")
        self.setAccessibleName("Formas já informadas")
        self.parts: list[Part] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(6)
        self._grid.setVerticalSpacing(2)
        self._grid.setColumnStretch(0, 1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.hide()

    @property
    def total(self) -> int:
        return sum(part.amount for part in self.parts)

    def clear(self) -> None:
        self.parts = []
        self._show()

    def add(self, part: Part) -> None:
        self.parts.append(part)
        self._show()
        self.changed.emit()

    def take_off(self, place: int) -> None:
        del self.parts[place]
        self._show()
        self.changed.emit()

    def _show(self) -> None:
        while (old := self._grid.takeAt(0)) is not None:
            widget = old.widget()
            if widget is not None:
                widget.setParent(None)
                widget.deleteLater()
        for place, part in enumerate(self.parts):
            amount = text_label(format_amount(part.amount))
            amount.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            off = _Off(place, part, self)
            self._grid.addWidget(text_label(METHOD[part.method], wrap=True), place, 0)
            self._grid.addWidget(amount, place, 1)
            self._grid.addWidget(off, place, 2)
        self.setVisible(bool(self.parts))


class _Off(FlatButton):
    """*Retirar* one part again."""

    def __init__(self, place: int, part: Part, owner: PaymentRows) -> None:
        super().__init__("Retirar")
        self.setObjectName(f"takeOff_{place}")
        self.setAccessibleName(f"Retirar {format_brl(part.amount)} em {METHOD[part.method]}")
        self._place, self._owner = place, owner
        self.clicked.connect(self._take_off)

    def _take_off(self) -> None:
        self._owner.take_off(self._place)


OFFERED = 9
"""Parts that a digit chooses; later ones are paid by typing the amount."""


class RestFields(QWidget):
    """Fields: when the rest is due, on one day or in monthly parts; empty, it stays as it is."""

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


MEANING = {False: "Abatimento no preço", True: "Volta a dever"}
"""What money given back after delivery is; True: owed again, until a day."""
SHORT = {PaymentMethod.DEBIT: "Débito", PaymentMethod.CREDIT: "Crédito"}
"""Where two buttons are to stand side by side; papers and history say the whole name."""


class PaymentFields(QWidget):
    """What is hidden is neither read nor asked."""

    edited = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._cash = False
        self._usual: int | None = None
        self._late_fees = 0
        self.amount = MoneyField()
        self.amount.setObjectName("paymentAmount")
        self.method = NumberedChoice({**METHOD, **SHORT})
        self.method.setObjectName("paymentMethod")
        self.given = MoneyField()
        self.given.setObjectName("paymentGiven")
        self.paid_on = DateField(desk.today)
        self.paid_on.setObjectName("paymentDate")
        self.reason = TextField(limit=500)
        self.reason.setObjectName("paymentReason")
        self.fees = QCheckBox()
        self.fees.setObjectName("paymentLateFees")
        self.fees.hide()
        self.owed_again = NumberedChoice(MEANING)
        self.owed_again.setObjectName("refundMeaning")
        self.owed_on = DateField(desk.today)
        self.owed_on.setObjectName("refundOwedOn")
        self._change = strong_label()
        self._change.setObjectName("paymentChange")
        self._amount = Labelled("Valor (R$)", self.amount)
        self._method = Labelled("Forma de pagamento", self.method)
        self._given = Labelled("Cliente entregou (R$)", self.given)
        self._date = Labelled("Data", self.paid_on)
        self._reason = Labelled("Motivo", self.reason)
        self._owed_again = Labelled("O que é esta devolução", self.owed_again)
        self._owed_on = Labelled("A pagar até", self.owed_on)
        self.rows = PaymentRows()
        self.offer = InstalmentOffer()
        self.rest = RestFields(desk)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        for part in (
            *(self.rows, self.offer, self.fees, self._amount, self._method, self._given),
            *(self._change, self._owed_again, self._owed_on, self.rest, self._date, self._reason),
        ):
            column.addWidget(part)
        for field in (self.amount, self.given, self.method, self.owed_again):
            field.edited.connect(self._edited)
        self.offer.chosen.connect(self._part_chosen)
        self.rows.changed.connect(self._edited)

    # -- showing ---------------------------------------------------------------------------

    def clear(self, amount: int | None) -> None:
        """Empty, with the usual amount (centavos) and today's date."""
        self.amount.set_value(amount)
        self._usual = amount
        self.method.set_value(None)
        self.given.set_value(None)
        self.reason.set_value(None)
        self.owed_again.set_value(None)
        self.owed_on.set_value(None)
        self.paid_on.set_value(self._desk.today())
        self.rows.clear()
        self.rest.clear()
        self.show_rest(0)

    def add_to_usual(self, cents: int) -> None:
        """The usual amount is another one now; what was typed instead of it stays."""
        if self._usual is not None and self.amount_now() == self._usual:
            self._usual += cents
            self.amount.set_value(self._usual)

    def next_way(self, amount: int | None) -> None:
        """What is shown joins the rows; ask for the rest of it, paid another way."""
        method = self.method.value()
        now = self.amount_now()
        if now and isinstance(method, PaymentMethod):
            part = Part(now, method, self.change_due() or 0)
            self.method.set_value(None)
            self.given.set_value(None)
            self.amount.set_value(amount or None)
            self.rows.add(part)

    def show_rest(self, amount: int) -> None:
        """What would be left to be paid later; asked for only where it is above nothing."""
        self.rest.show_left(amount)

    def show_fees(self, fees: LateFees) -> None:
        """Offer to receive what is agreed and due for paying late; nothing where nothing is."""
        self._late_fees = fees.total
        self.fees.setVisible(fees.total > 0)
        if not fees.total:
            self.fees.setChecked(False)
        parts = [f"multa {format_amount(fees.fine)}"] if fees.fine else []
        parts += [f"juros {format_amount(fees.interest)}"] if fees.interest else []
        self.fees.setText(f"Com encargos: {format_brl(fees.total)}")
        self.fees.setToolTip(f"Atraso: {' e '.join(parts)}")

    def show_parts(
        self, *, amount: bool, date: bool, reason: bool, cash: bool, meaning: bool = False
    ) -> None:
        """Which parts are asked; ``cash``: whether change may be due; ``meaning``: what money
        given back is."""
        self._cash = cash
        self._owed_again.setVisible(meaning)
        for part in (self._amount, self._method):
            part.setVisible(amount)
        self._date.setVisible(date)
        self._reason.setVisible(reason)
        self._edited()

    def has_text(self) -> bool:
        """Whether something was typed that leaving would throw away."""
        chosen = self.method.value() is not None or self.owed_again.value() is not None
        blank = self.given.is_blank() and self.reason.is_blank()
        more = bool(self.rows.parts) or not self.rest.is_blank()
        return chosen or not blank or more or self.amount_now() != self._usual

    def _part_chosen(self, amount: int) -> None:
        self._usual = amount + (self._late_fees if self.fees.isChecked() else 0)
        self.amount.set_value(self._usual)
        self._edited()

    def _edited(self) -> None:
        cash = self._cash and self.method.value() is PaymentMethod.CASH
        self._given.setVisible(cash)
        again = self.owed_again.value() is True and not self._owed_again.isHidden()
        self._owed_on.setVisible(again)
        change = self.change_due()
        self._change.setVisible(change is not None)
        self._change.setText(f"Troco {format_brl(change or 0)}")
        set_kind(self._change, "kind", "balance")
        self.edited.emit()

    # -- reading ---------------------------------------------------------------------------

    def amount_now(self) -> int | None:
        """The amount as far as it can be read already."""
        try:
            return self.amount.value()
        except UserError:
            return None

    def change_due(self) -> int | None:
        """Centavos to hand back of what was handed over; None where nothing is."""
        if self._given.isHidden():
            return None
        try:
            given = self.given.value()
        except UserError:
            return None
        amount = self.amount_now()
        return given - amount if given and amount and given >= amount else None

    def read(self) -> dict[str, object] | None:
        """Values of the fields that are shown; None where one cannot be read and says so."""
        values = form_fields.read_fields(self._shown())
        if values is None:
            return None
        given, amount = values.get("given"), values.get("amount")
        if isinstance(given, int) and isinstance(amount, int) and given < amount:
            self.given.error("O cliente entregou menos que o valor. Confira os dois.")
            self.given.setFocus(Qt.FocusReason.OtherFocusReason)
            return None
        return values

    def all_parts(self, values: dict[str, object]) -> list[Part]:
        """The rows and what is shown under them. Raises UserError as ``amount_and_method``.

        Nothing shown is fine where rows are there, or where only the rest is agreed on.
        """
        if not values["amount"]:
            agrees = not self.rest.isHidden() and not self.rest.is_blank()
            if self.rows.parts or agrees:
                return list(self.rows.parts)
        amount, method = self.amount_and_method(values)
        return [*self.rows.parts, Part(amount, method, self.change_due() or 0)]

    def amount_and_method(self, values: dict[str, object]) -> tuple[int, PaymentMethod]:
        """Raises UserError ``bad_amount`` or ``required`` (method)."""
        amount, method = values["amount"], self.method.value()
        if not isinstance(amount, int):
            raise UserError("bad_amount", field="amount")
        if not isinstance(method, PaymentMethod):
            raise UserError("required", field="method")
        return amount, method

    def show_error(self, error: UserError) -> bool:
        """Say beside its field what was refused; False where no field here is meant."""
        if error.data.get("field") == "method":
            self.method.error("Escolha a forma de pagamento: uma tecla de 1 a 7.")
            self.method.setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        if error.code == "missing" and not self._reason.isHidden():
            self.reason.error("Diga o motivo: ele fica no histórico.")
            self.reason.setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        return form_fields.show_error(self._shown(), error)

    def _shown(self) -> dict[str, Field]:
        fields: dict[str, tuple[Field, Labelled]] = {
            "amount": (self.amount, self._amount),
            "given": (self.given, self._given),
            "paid_on": (self.paid_on, self._date),
            "reason": (self.reason, self._reason),
            "owed_again": (self.owed_again, self._owed_again),
            "owed_on": (self.owed_on, self._owed_on),
        }
        shown = {name: field for name, (field, part) in fields.items() if not part.isHidden()}
        return shown if self.rest.isHidden() else {**shown, **self.rest.fields()}
