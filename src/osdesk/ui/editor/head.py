"""The head of the editor: the way back, which order it is, how it stands, whether it is saved."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from osdesk.domain.codes import EventCode
from osdesk.domain.orders.status import STEPS, Status
from osdesk.domain.views.orders import OrderView
from osdesk.texts import STATUS
from osdesk.ui.widgets.controls import (
    ElidedLabel,
    FlatButton,
    GhostButton,
    Pill,
    set_kind,
    text_label,
    title_label,
)

MAIN = (
    Status.RECEIVED,
    Status.AWAITING_APPROVAL,
    Status.APPROVED,
    Status.IN_PROGRESS,
    Status.READY,
    Status.DELIVERED,
)


def path_of(sheet: OrderView | None) -> tuple[Status, ...]:
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
    """The statuses from intake to delivery, the present one marked."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("orderPath")
        self._labels: list[QLabel] = []
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(20)

    def show_order(self, sheet: OrderView | None) -> None:
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


NARROW = 1000


class EditorHead(QWidget):
    """One row above the cards."""

    order_requested = Signal(int)
    """The order whose work came back under warranty."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        back = self.back = GhostButton("", "", "arrow-left")
        back.setObjectName("editorBack")
        back.setAccessibleName("Voltar à lista")
        back.setToolTip("Voltar à lista (Esc)")
        back.setFixedWidth(46)
        back.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._title = title_label()
        self._title.setObjectName("editorTitle")
        self._state = ElidedLabel(kind="quiet")
        self._state.setObjectName("editorState")
        self._draft = ""
        self._stored = self._changed = False
        self._path = OrderPath()
        self.stage = Pill()
        self.stage.setObjectName("editorStage")
        self.stage.hide()
        self._return_of = 0
        self.origin = FlatButton()
        self.origin.setObjectName("warrantyOrigin")
        self.origin.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.origin.clicked.connect(lambda: self.order_requested.emit(self._return_of))
        self.origin.hide()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        row.addWidget(back)
        row.addWidget(self._title)
        row.addWidget(self.stage)
        row.addWidget(self.origin)
        row.addWidget(self._state, 1)
        row.addWidget(self._path)

    def title(self) -> str:
        return self._title.text()

    def show_order(self, sheet: OrderView | None) -> None:
        """``sheet``: None for an order that was never saved."""
        self._title.setText(f"OS {sheet.number}" if sheet else "Nova OS")
        self._path.show_order(sheet)
        stage = sheet.stage if sheet else None
        self.stage.setVisible(stage is not None)
        if stage is not None:
            self.stage.show_status(stage.name, stage.colour)
        self._draft = ""

    def show_return(self, number: int | None) -> None:
        """That the order is a return; pressed, it opens the one it comes back to."""
        self._return_of = number or 0
        self._name_origin()
        self.origin.setVisible(number is not None)

    def _name_origin(self) -> None:
        words = f"Retorno em garantia da OS {self._return_of}"
        self.origin.set_text("Retorno" if self.width() < NARROW else words)
        self.origin.setAccessibleName(words)
        self.origin.setToolTip(f"{words}: abrir a OS {self._return_of}")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._name_origin()

    def show_state(self, *, stored: bool, changed: bool) -> None:
        self._stored, self._changed = stored, changed
        self._tell()

    def show_draft(self, words: str) -> None:
        """How safe the typed text is while it is not saved; empty where there is none."""
        self._draft = words
        self._tell()

    def _tell(self) -> None:
        if self._changed:
            words = "alterações não salvas" if self._stored else "não salva"
            self._state.setText(self._draft or words)
        else:
            self._state.setText("salva" if self._stored else "")
