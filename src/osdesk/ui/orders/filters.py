"""The filters over the order list: chips with their counts, and whose orders they count."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QButtonGroup, QWidget

from osdesk.domain.orders.status import OrderFilter
from osdesk.domain.views.listing import FilterCounts
from osdesk.services.orders.listing import UNASSIGNED
from osdesk.services.shop.staff import employees
from osdesk.texts import FILTER, NOBODY
from osdesk.ui.desk import Desk
from osdesk.ui.widgets.controls import ChipButton, GhostButton, count_text, set_kind
from osdesk.ui.widgets.flow_layout import FlowLayout
from osdesk.ui.widgets.numbered import NumberedMenu

ALL = "todos"
KEY = "Ctrl+L"
OTHERS_KEY = "Ctrl+Shift+L"
FIELD_KEYS = {"technician": "Ctrl+T", "stage": "Ctrl+Shift+E", "priority": "Ctrl+Shift+P"}
"""What is set from the list without opening the order, and by which key. A line of text keeps
Ctrl+E and Ctrl+U for itself under X11: the search box would swallow them."""


class TechnicianFilter(GhostButton):
    """Whose orders are listed and counted: a button with a menu of the team."""

    chosen = Signal(object)
    """An employee's key, ``UNASSIGNED``, or None for all."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("", KEY, parent=parent)
        self.setObjectName("technicianFilter")
        set_kind(self, "kind", "chip")
        self._desk = desk
        self._technician: int | None = None
        self._menu = NumberedMenu(self)
        self._menu.triggered.connect(self._taken)
        self._menu.aboutToShow.connect(self._fill)
        self.setMenu(self._menu)
        self._say(ALL)
        self.setProperty("on", False)

    @property
    def technician(self) -> int | None:
        return self._technician

    def open(self) -> None:
        self.showMenu()

    def _fill(self) -> None:
        """Who works here now; read when it is asked for."""
        self._menu.clear()
        self._menu.add("Todos os técnicos", None)
        for person in self._desk.read(employees, active_only=True):
            self._menu.add(person.name.replace("&", "&&"), person.id)
        self._menu.add(NOBODY, UNASSIGNED)
        for action in self._menu.entries():
            action.setCheckable(True)
            action.setChecked(action.data() == self._technician)

    def _taken(self, action: QAction) -> None:
        self._technician = action.data()
        words = action.text().split("\t")[0].replace("&&", "&")
        self._say(ALL if self._technician is None else words)
        set_kind(self, "on", self._technician is not None)
        self.chosen.emit(self._technician)

    def take(self, technician: int | None) -> None:
        """Choose somebody as the menu would."""
        self._fill()
        for action in self._menu.entries():
            if action.data() == technician:
                self._taken(action)

    def _say(self, words: str) -> None:
        self.set_text(f"Técnico: {words}")
        self.setAccessibleName(f"Técnico: {words}")


CHIPS = {
    "filterOpen": OrderFilter.OPEN,
    "filterInProgress": OrderFilter.IN_PROGRESS,
    "filterLate": OrderFilter.LATE,
    "filterAwaitingApproval": OrderFilter.AWAITING_APPROVAL,
    "filterReady": OrderFilter.READY,
    "filterFinished": OrderFilter.FINISHED,
    "filterReceivable": OrderFilter.RECEIVABLE,
    "filterAll": OrderFilter.ALL,
}


class OrdersFilters(FlowLayout):
    """The chips and the technician's button, in lines as there is room."""

    chosen = Signal(object)
    """An ``OrderFilter``."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(6)
        self._group = QButtonGroup(parent)
        self._group.setExclusive(True)
        self.chips: dict[OrderFilter, ChipButton] = {}
        for name, which in CHIPS.items():
            chip = ChipButton(FILTER[which])
            chip.setObjectName(name)
            self.chips[which] = chip
            self._group.addButton(chip)
            self.addWidget(chip)
        self.whose = TechnicianFilter(desk)
        self.addWidget(self.whose)
        self.others = GhostButton("", OTHERS_KEY)
        self.others.setObjectName("othersButton")
        set_kind(self.others, "kind", "chip")
        self.others.setToolTip("Mostrar as ordens de todos os técnicos")
        self.others.hide()
        self.addWidget(self.others)
        self._group.buttonClicked.connect(self._clicked)

    def mark(self, which: OrderFilter | None) -> None:
        """The chip whose orders are listed; None while a search is shown."""
        self._group.setExclusive(False)
        for each, chip in self.chips.items():
            chip.setChecked(each is which)
        self._group.setExclusive(which is not None)

    def show_counts(self, counts: FilterCounts) -> None:
        for which, chip in self.chips.items():
            chip.set_count(counts.counts[which])

    def show_hidden(self, count: int) -> None:
        """How many orders of the chip are of others than the technician who is chosen."""
        self.others.set_text(
            "1 de outro técnico" if count == 1 else f"{count_text(count)} de outros técnicos"
        )
        self.others.setVisible(count > 0)

    def _clicked(self, chip: ChipButton) -> None:
        self.chosen.emit(CHIPS[chip.objectName()])
