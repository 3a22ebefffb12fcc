"""Parts of one payment by several methods, until all of them are received in one go."""

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from osdesk.domain.codes import PaymentMethod
from osdesk.domain.money import format_amount, format_brl
from osdesk.texts import METHOD
from osdesk.ui.widgets import FlatButton, text_label


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
