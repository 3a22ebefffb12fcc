"""How a balance would be paid in parts, said while the number of parts is typed."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QLabel, QScrollArea, QWidget

from osdesk.domain.calendar import format_date, runs_until
from osdesk.domain.errors import UserError
from osdesk.domain.money import format_amount
from osdesk.domain.orders.forms import InstalmentForm
from osdesk.domain.orders.instalments import MOST, in_parts
from osdesk.domain.views.orders import InstalmentView, OrderView
from osdesk.texts import plural
from osdesk.ui.widgets.controls import quiet_label
from osdesk.ui.widgets.fields import DateField, NumberField

MOST_SEEN = 6
"""Parts told one by one."""


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
    """``3 parcelas: 10/12/2026 43,34 …``, one part a line, of many the first ones."""
    if not parts:
        return ""
    seen = [f"{format_date(p.due_on)}  {format_amount(p.amount)}" for p in parts[:MOST_SEEN]]
    return "\n".join([f"{len(parts)} parcelas:", *seen, *_others(parts[MOST_SEEN:])])


def _others(parts: Sequence[InstalmentForm] | Sequence[InstalmentView]) -> list[str]:
    """Those that are not told one by one; nothing where there are none."""
    if not parts:
        return []
    return [f"e mais {plural(len(parts), 'outra', 'outras')}, até {format_date(parts[-1].due_on)}"]


def standing_words(sheet: OrderView, today: date) -> str:
    """Each part that was agreed: when, how much, and whether it is paid; many paid or coming ones
    are counted together. Empty where nothing is paid in parts."""
    parts = sheet.instalments
    if not parts:
        return ""
    paid = sum(part.paid >= part.amount for part in parts)
    head = f"{plural(len(parts), 'parcela', 'parcelas')}, "
    head += plural(paid, "paga", "pagas") if paid else "nenhuma paga"
    # of many those around today: the last paid one, and what comes next
    first = max(0, min(paid - 1, len(parts) - MOST_SEEN)) if len(parts) > MOST_SEEN else 0
    shown = parts[first : first + MOST_SEEN]
    told = [_standing(part, today) for part in shown]
    return "\n".join([f"{head}:", *told, *_others(parts[first + MOST_SEEN :])])


def _standing(part: InstalmentView, today: date) -> str:
    words = f"{format_date(part.due_on)}  {format_amount(part.amount)}"
    if part.paid >= part.amount:
        return f"{words} · paga"
    if part.paid:
        words += f" · pago {format_amount(part.paid)}"
    return f"{words} · vencida" if runs_until(part.due_on) < today else words


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
        if words and (self._due.hasFocus() or self._count.hasFocus()):
            QTimer.singleShot(0, self.label, self._bring_into_sight)

    def _bring_into_sight(self) -> None:
        """Once it has its place: what is agreed is read before it is confirmed."""
        around = self.label.parentWidget()
        while around is not None and not isinstance(around, QScrollArea):
            around = around.parentWidget()
        if around is not None:
            around.ensureWidgetVisible(self.label, 0, 6)
