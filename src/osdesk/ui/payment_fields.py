"""The fields of money that comes in or goes out: how much, how, when, why, and the change."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from osdesk.domain.codes import PaymentMethod
from osdesk.domain.errors import UserError
from osdesk.domain.money import format_brl
from osdesk.texts import METHOD
from osdesk.ui import form_fields
from osdesk.ui.desk import Desk
from osdesk.ui.fields import DateField, Field, Labelled, MoneyField, NumberedChoice, TextField
from osdesk.ui.payment_rest import InstalmentOffer, RestFields
from osdesk.ui.payment_rows import Part, PaymentRows
from osdesk.ui.widgets import set_kind, strong_label

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
        self._change = strong_label()
        self._change.setObjectName("paymentChange")
        self._amount = Labelled("Valor (R$)", self.amount)
        self._method = Labelled("Forma de pagamento", self.method)
        self._given = Labelled("Cliente entregou (R$)", self.given)
        self._date = Labelled("Data", self.paid_on)
        self._reason = Labelled("Motivo", self.reason)
        self.rows = PaymentRows()
        self.offer = InstalmentOffer()
        self.rest = RestFields(desk)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        for part in (
            *(self.rows, self.offer, self._amount, self._method, self._given, self._change),
            *(self.rest, self._date, self._reason),
        ):
            column.addWidget(part)
        for field in (self.amount, self.given, self.method):
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
        self.paid_on.set_value(self._desk.today())
        self.rows.clear()
        self.rest.clear()
        self.show_rest(0)

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

    def show_parts(self, *, amount: bool, date: bool, reason: bool, cash: bool) -> None:
        """Which parts are asked; ``cash``: whether change may be due."""
        self._cash = cash
        for part in (self._amount, self._method):
            part.setVisible(amount)
        self._date.setVisible(date)
        self._reason.setVisible(reason)
        self._edited()

    def has_text(self) -> bool:
        """Whether something was typed that leaving would throw away."""
        chosen = self.method.value() is not None
        blank = self.given.is_blank() and self.reason.is_blank()
        more = bool(self.rows.parts) or not self.rest.is_blank()
        return chosen or not blank or more or self.amount_now() != self._usual

    def _part_chosen(self, amount: int) -> None:
        self.amount.set_value(amount)
        self._edited()

    def _edited(self) -> None:
        cash = self._cash and self.method.value() is PaymentMethod.CASH
        self._given.setVisible(cash)
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
        }
        shown = {name: field for name, (field, part) in fields.items() if not part.isHidden()}
        return shown if self.rest.isHidden() else {**shown, **self.rest.fields()}
