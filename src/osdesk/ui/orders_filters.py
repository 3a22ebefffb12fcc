"""The chips over the order list with their counts, and whose orders they count."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QWidget

from osdesk.domain.list_shapes import FilterCounts
from osdesk.domain.status import OrderFilter
from osdesk.texts import FILTER
from osdesk.ui.desk import Desk
from osdesk.ui.flow_layout import FlowLayout
from osdesk.ui.technician_filter import TechnicianFilter
from osdesk.ui.widgets import ChipButton

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

    def _clicked(self, chip: ChipButton) -> None:
        self.chosen.emit(CHIPS[chip.objectName()])
