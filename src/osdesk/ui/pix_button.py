"""*Mostrar Pix* (F7): beside an amount that is about to be paid."""

from PySide6.QtWidgets import QWidget

from osdesk.ui.desk import Desk
from osdesk.ui.pix_dialog import PixDialog
from osdesk.ui.widgets import GhostButton


class PixButton(GhostButton):
    """On show while there is an amount to pay by Pix; it records nothing."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("Mostrar Pix", "F7", parent=parent)
        self.setObjectName("showPix")
        self.setToolTip("Mostrar o código Pix deste valor para o cliente pagar")
        self._desk = desk
        self._number = self._amount = 0
        self.clicked.connect(self.show_code)
        self.hide()

    def offer(self, number: int, amount: int | None) -> None:
        """``amount`` in centavos of order ``number``; None or nothing takes the button away."""
        self._number, self._amount = number, amount or 0
        self.setVisible(self._amount > 0)

    def show_code(self) -> None:
        if self._amount > 0:
            PixDialog(self._desk, self._number, self._amount, self.window()).open()
