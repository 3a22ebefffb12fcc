"""How it was paid, by one key: 1 Dinheiro, 2 Pix, … ; the numbers stand on the buttons."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QWidget

from osdesk.domain.codes import PaymentMethod
from osdesk.texts import METHOD
from osdesk.ui.widgets import ChipButton

ORDER = tuple(METHOD)
COLUMNS = 2
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class MethodChoice(QWidget):
    """One stop of Tab; inside it the digits and the arrows choose, Enter confirms the form."""

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("paymentMethod")
        self.setAccessibleName("Forma de pagamento")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._group = QButtonGroup(self)
        self._buttons: dict[PaymentMethod, ChipButton] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(4)
        for place, method in enumerate(ORDER):
            button = ChipButton(f"{place + 1}  {METHOD[method]}")
            button.setObjectName(f"method_{method.value}")
            button.setAccessibleName(METHOD[method])
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self._buttons[method] = button
            self._group.addButton(button)
            grid.addWidget(button, place // COLUMNS, place % COLUMNS)
        self._group.buttonClicked.connect(self.edited)

    def value(self) -> PaymentMethod | None:
        return next((m for m, button in self._buttons.items() if button.isChecked()), None)

    def set_value(self, method: PaymentMethod | None) -> None:
        self._group.setExclusive(False)
        for one, button in self._buttons.items():
            button.setChecked(one is method)
        self._group.setExclusive(True)
        self.setAccessibleDescription(METHOD[method] if method else "nenhuma escolhida")

    def choose(self, place: int) -> None:
        """The method with that number, as a person chose it."""
        if 1 <= place <= len(ORDER):
            self.set_value(ORDER[place - 1])
            self.edited.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if Qt.Key.Key_1 <= key <= Qt.Key.Key_7:
            self.choose(key - Qt.Key.Key_0)
        elif key in (Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_Down, Qt.Key.Key_Up):
            self._step(
                {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1, Qt.Key.Key_Down: COLUMNS}.get(
                    key, -COLUMNS
                )
            )
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update_mark()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update_mark()

    def update_mark(self) -> None:
        """The keyboard's place is shown on the chosen button, or on all while none is."""
        chosen = self.value()
        for method, button in self._buttons.items():
            button.setProperty("here", self.hasFocus() and method is (chosen or method))
            button.style().unpolish(button)
            button.style().polish(button)

    def _step(self, by: int) -> None:
        chosen = self.value()
        place = 0 if chosen is None else ORDER.index(chosen) + by
        self.choose(max(0, min(place, len(ORDER) - 1)) + 1)
        self.update_mark()
