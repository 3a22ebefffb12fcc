"""The bar over the list: which figure these orders are behind, or a new order for who was found."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from osdesk.texts import FILTER, plural
from osdesk.ui.desk import Desk
from osdesk.ui.orders_empty import offer_for
from osdesk.ui.orders_model import OrdersModel
from osdesk.ui.widgets import MessageBar


class OrdersOffer(MessageBar):
    new_order_requested = Signal(int)
    """For this customer."""
    figure_left = Signal()
    """Back to the chip's orders."""

    def __init__(self, desk: Desk, model: OrdersModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._model = model
        self._customer = 0
        self.acted.connect(self._taken)

    def tell_figure(self, title: str, count: int) -> None:
        orders = plural(count, "ordem", "ordens")
        back = f"Voltar a {FILTER[self._model.which]}"
        self.say(f"{title}: {orders}", "", back, lasting=True)

    def offer_customer(self) -> None:
        """A known phone or document without an open order: one click to a new one."""
        if self._model.listed:
            return
        customer = offer_for(self._desk, self._model)
        self._customer = customer.id if customer else 0
        if customer:
            words = f"{customer.name} não tem OS aberta."
            self.say(words, "", f"Nova OS para {customer.name}")
        else:
            self.clear()

    def _taken(self) -> None:
        if self._model.listed:
            self.figure_left.emit()
        else:
            self.new_order_requested.emit(self._customer)
