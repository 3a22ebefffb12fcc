"""Says, before it is saved, what a change of an offered or agreed order leads to (CDC art. 40)."""

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from osdesk.domain.forms import OrderForm
from osdesk.domain.order_rules import needs_new_approval, total_of
from osdesk.domain.status import AGREED, Status
from osdesk.ui.fields import Labelled, TextField
from osdesk.ui.widgets import text_label

AGAIN = (
    "Esta mudança precisa de nova aprovação do cliente: ao salvar, a OS volta para "
    "“Aguardando aprovação” com um novo orçamento."
)
LOWERED = "O total diminuiu: não precisa de nova aprovação."
SENT = "O orçamento já foi enviado ao cliente: ao salvar, a mudança vira uma nova versão dele."
WITHIN = "O total fica dentro do que o cliente autorizou na entrada: não precisa de nova aprovação."
PROMISED = (
    *("discount", "fee", "start_on", "promised_on", "promised_time", "payment_terms"),
    "items",
)


class AgreedNotice(QWidget):
    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = text_label(wrap=True)
        self._words.setObjectName("agreedNotice")
        self._words.setProperty("kind", "bar")
        self._words.setProperty("tone", "amber")
        self.reason = TextField(limit=500)
        self.reason.setObjectName("changeReason")
        self._reason = Labelled("Motivo da redução (fica no histórico)", self.reason)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self._words)
        column.addWidget(self._reason)
        self.reason.edited.connect(self.edited)
        self.hide()

    def clear(self) -> None:
        self.reason.set_value(None)
        self.hide()

    def compare(self, before: OrderForm, after: OrderForm, status: Status | None) -> None:
        """Show what saving ``after`` over ``before`` means, where an agreed order changes."""
        again = status in AGREED and needs_new_approval(before, after)
        lowered = status in AGREED and not again and total_of(after) < total_of(before)
        within = (
            status in AGREED
            and not (again or lowered)
            and needs_new_approval(replace(before, ceiling=None), after)
        )
        waits = status is Status.AWAITING_APPROVAL
        sent = waits and any(_seen(before, name) != _seen(after, name) for name in PROMISED)
        self._words.setText(AGAIN if again else SENT if sent else WITHIN if within else LOWERED)
        self._reason.setVisible(lowered)
        self.setVisible(again or lowered or sent or within)

    def words(self) -> str:
        return self._words.text() if not self.isHidden() else ""


def _seen(form: OrderForm, name: str) -> object:
    """What a quote shows of a field: not what a line costs the shop, nor who works on it."""
    if name == "items":
        return [replace(item, unit_cost=None, technician=None) for item in form.items]
    shown: object = getattr(form, name)
    return shown
