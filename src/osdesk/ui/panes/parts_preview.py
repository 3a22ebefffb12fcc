"""How a balance would be paid in parts, said while the number of parts is typed."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtWidgets import QLabel, QWidget

from osdesk.domain.calendar import format_date
from osdesk.domain.errors import UserError
from osdesk.domain.money import format_amount
from osdesk.domain.orders.forms import InstalmentForm
from osdesk.domain.orders.instalments import MOST, in_parts
from osdesk.domain.views.orders import InstalmentView
from osdesk.ui.widgets.controls import quiet_label
from osdesk.ui.widgets.fields import DateField, NumberField


def agreed_parts(amount: int, due_on: date | None, count: int | None) -> list[InstalmentForm]:
    """The parts of ``count`` payments; none where it is paid in one sum.

    Raises UserError ``instalments_count``.
    """
    if count is not None and count > MOST:
        raise UserError("instalments_count", field="instalment_count", limit=MOST)
    if due_on is None or amount <= 0 or (count or 1) < 2:
        return []
    return in_parts(amount, count or 1, due_on)


def parts_words(parts: Sequence[InstalmentForm] | Sequence[InstalmentView]) -> str:
    """``3× · 10/12/2026 43,34 · 10/01/2027 43,33 …``, one part a line."""
    lines = [f"{format_date(part.due_on)}  {format_amount(part.amount)}" for part in parts]
    return "\n".join([f"{len(lines)} parcelas:", *lines]) if lines else ""


class PartsPreview:
    """Follows a date and a number of parts, and says in its label what they come to."""

    def __init__(self, due: DateField, count: NumberField, parent: QWidget | None = None) -> None:
        self._due, self._count = due, count
        self._amount = 0
        self.label: QLabel = quiet_label(wrap=True)
        self.label.setParent(parent)
        self.label.setObjectName("partsPreview")
        due.edited.connect(self._show)
        count.edited.connect(self._show)

    def set_amount(self, amount: int) -> None:
        """Centavos that are left to be paid in the parts."""
        self._amount = amount
        self._show()

    def parts(self) -> list[InstalmentForm]:
        """Raises UserError for a date or a number that cannot be read or are too many."""
        return agreed_parts(self._amount, self._due.value(), self._count.value())

    def _show(self) -> None:
        try:
            words = parts_words(self.parts())
        except UserError:
            words = ""  # said beside its field once it is confirmed
        self.label.setText(words)
        self.label.setVisible(bool(words))
