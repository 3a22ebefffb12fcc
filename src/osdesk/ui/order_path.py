"""The way of an order at the top of its editor: where it came from, is, and usually goes next."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from osdesk.domain.codes import EventCode
from osdesk.domain.shapes import OrderSheet
from osdesk.domain.status import STEPS, Status
from osdesk.texts import STATUS
from osdesk.ui.widgets import set_kind, text_label

MAIN = (
    Status.RECEIVED,
    Status.AWAITING_APPROVAL,
    Status.APPROVED,
    Status.IN_PROGRESS,
    Status.READY,
    Status.DELIVERED,
)


def path_of(sheet: OrderSheet | None) -> tuple[Status, ...]:
    """The statuses shown, in order; the current one is always among them."""
    if sheet is None or sheet.status in MAIN:
        return MAIN
    status = sheet.status
    if status is Status.IN_DIAGNOSIS:
        return (Status.RECEIVED, Status.IN_DIAGNOSIS, *MAIN[1:])
    if status is Status.AWAITING_PART:
        return (*MAIN[:4], Status.AWAITING_PART, *MAIN[4:])
    before = [Status.RECEIVED]
    for event in sheet.events:
        if event.code is EventCode.MOVED and event.data.get("to") == status.value:
            before.append(Status(str(event.data["from"])))
    last = before[-1:] if before[-1] is not Status.RECEIVED else []
    ahead = STEPS[status][:1] if status is not Status.CANCELLED else ()
    return (Status.RECEIVED, *last, status, *(step for step in ahead if step not in last))


class OrderPath(QWidget):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("orderPath")
        self._labels: list[QLabel] = []
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(20)

    def show_order(self, sheet: OrderSheet | None) -> None:
        self.show_path(path_of(sheet), sheet.status if sheet else None)

    def show_path(self, path: Sequence[Status], current: Status | None) -> None:
        for old in self._labels:
            old.hide()
            old.deleteLater()
        self._labels = []
        for status in path:
            label = text_label(STATUS[status])
            set_kind(label, "kind", "here" if status is current else "quiet")
            self._labels.append(label)
            self._row.addWidget(label, 0, Qt.AlignmentFlag.AlignVCenter)
        words = STATUS[current] if current else "ainda não salva"
        self.setAccessibleName(f"Situação: {words}")
