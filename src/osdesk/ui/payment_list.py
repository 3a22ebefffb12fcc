"""What was paid so far, line by line; a payment that still stands can be taken back."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from osdesk.domain.calendar import format_date
from osdesk.domain.codes import PaymentKind
from osdesk.domain.money import format_amount, format_brl
from osdesk.domain.shapes import PaymentView
from osdesk.texts import METHOD
from osdesk.ui.widgets import FlatButton, quiet_label, set_kind, text_label

NAMES = {PaymentKind.REVERSAL: "estorno", PaymentKind.REFUND: "devolução"}


def payment_words(payment: PaymentView) -> str:
    """``21/11/2026 · Pix · recibo 12``."""
    parts = [format_date(payment.paid_on), METHOD[payment.method]]
    parts.append(NAMES.get(payment.kind, f"recibo\N{NO-BREAK SPACE}{payment.receipt}"))
    if payment.reversed:
        parts.append("estornado")
    return " · ".join(parts)


class PaymentList(QWidget):
    reverse_requested = Signal(object)
    """A ``PaymentView``."""
    receipt_requested = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("paymentList")
        self.setAccessibleName("Pagamentos desta OS")
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(4)
        self._grid.setVerticalSpacing(2)
        self._grid.setColumnStretch(0, 1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def show_payments(self, payments: Sequence[PaymentView]) -> None:
        while (old := self._grid.takeAt(0)) is not None:
            widget = old.widget()
            if widget is not None:
                widget.setParent(None)
                widget.deleteLater()
        for place, payment in enumerate(payments):
            words = quiet_label(payment_words(payment), wrap=True)
            amount = text_label(format_amount(payment.amount))
            amount.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(words, place * 2, 0)
            self._grid.addWidget(amount, place * 2, 1)
            if payment.kind is PaymentKind.PAYMENT and not payment.reversed:
                self._grid.addWidget(_Acts(payment, self), place * 2 + 1, 0, 1, 2)


class _Acts(QWidget):
    """*Recibo* and *Estornar* of one payment."""

    def __init__(self, payment: PaymentView, owner: PaymentList) -> None:
        super().__init__(owner)
        self._payment, self._owner = payment, owner
        row = QGridLayout(self)
        row.setContentsMargins(0, 0, 0, 4)
        row.setColumnStretch(2, 1)
        what = f"o pagamento de {format_brl(payment.amount)}"
        for column, (words, name, act) in enumerate(
            (
                ("Recibo", "receipt", self._receipt),
                ("Estornar", "reverse", self._reverse),
            )
        ):
            button = FlatButton(words)
            button.setObjectName(f"{name}_{payment.id}")
            button.setAccessibleName(f"{words}: {what}")
            set_kind(button, "left", column == 0)
            button.clicked.connect(act)
            row.addWidget(button, 0, column)

    def _receipt(self) -> None:
        self._owner.receipt_requested.emit(self._payment)

    def _reverse(self) -> None:
        self._owner.reverse_requested.emit(self._payment)
