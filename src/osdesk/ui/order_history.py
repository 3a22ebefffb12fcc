"""The history of one order as a readable timeline: who did what, when, in words."""

from collections.abc import Callable
from datetime import date
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from osdesk.domain.calendar import format_date, format_moment
from osdesk.domain.codes import ApprovalVia, EventCode, Paper, PaymentMethod
from osdesk.domain.money import format_brl
from osdesk.domain.shapes import EventView
from osdesk.domain.status import Status
from osdesk.texts import EVENT, METHOD, PAPER, STATUS, VIA, listing
from osdesk.ui.widgets import quiet_label, text_label

Data = dict[str, object]


def event_words(event: EventView) -> str:
    """One event in one sentence; texts that were erased are simply absent."""
    tell = TELL.get(event.code)
    more = tell(event.data) if tell else ""
    reason = event.data.get("reason")
    if reason:
        more = f"{more} — {reason}" if more else str(reason)
    return f"{EVENT[event.code]}: {more}" if more else EVENT[event.code]


def _moved(data: Data) -> str:
    words = f"{_status(data.get('from'))} → {_status(data.get('to'))}"
    for key, name in (
        ("approved_by", "aprovada por"),
        ("collected_by", "retirada por"),
        ("waiting_for", "espera"),
        ("used_parts_authorized_by", "peça usada autorizada por"),
    ):
        if data.get(key):
            words += f", {name} {data[key]}"
    if data.get("warranty_until"):
        words += f", garantia até {_day(data['warranty_until'])}"
    return words


def _changed(data: Data) -> str:
    names = data.get("changed")
    words = listing(names if isinstance(names, list) else [])
    if "total" in data and data.get("total") != data.get("total_before"):
        words += f" (total de {_money(data.get('total_before'))} para {_money(data['total'])})"
    return words


def _lowered(data: Data) -> str:
    return f"de {_money(data.get('total_before'))} para {_money(data.get('total'))}"


def _quoted(data: Data) -> str:
    words = f"versão {data.get('version')}, {_money(data.get('total'))}"
    if data.get("valid_until"):
        words += f", válido até {_day(data['valid_until'])}"
    return words


def _approved(data: Data) -> str:
    by = f"por {data['approved_by']} " if data.get("approved_by") else ""
    return f"{by}{VIA[ApprovalVia(str(data.get('via')))]}, {_money(data.get('total'))}"


def _paid(data: Data) -> str:
    amount = data.get("amount")
    shown = _money(abs(amount)) if isinstance(amount, int) else ""
    words = f"{shown} em {METHOD[PaymentMethod(str(data.get('method')))]}"
    return f"{words}, recibo {data.get('receipt')}, saldo {_money(data.get('balance'))}"


def _issued(data: Data) -> str:
    return f"{PAPER[Paper(str(data.get('paper')))]}, versão {data.get('version')}"


TELL: dict[EventCode, Callable[[Data], str]] = {
    EventCode.MOVED: _moved,
    EventCode.REOPENED: _moved,
    EventCode.ORDER_CHANGED: _changed,
    EventCode.PRICE_LOWERED: _lowered,
    EventCode.QUOTE_ISSUED: _quoted,
    EventCode.APPROVED: _approved,
    EventCode.PAID: _paid,
    EventCode.REVERSED: _paid,
    EventCode.REFUNDED: _paid,
    EventCode.PAPER_ISSUED: _issued,
}


def _status(code: object) -> str:
    return STATUS[Status(str(code))] if code else ""


def _money(cents: object) -> str:
    return format_brl(cents) if isinstance(cents, int) else ""


def _day(text: object) -> str:
    return format_date(date.fromisoformat(str(text)))


class OrderHistory(QWidget):
    """Newest first, as it is asked for most; the lines are made when they are shown."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("orderHistory")
        self.setAccessibleName("Histórico da ordem")
        self._events: tuple[EventView, ...] = ()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._lines: QWidget | None = None

    def show_events(self, events: tuple[EventView, ...], zone: ZoneInfo) -> None:
        if self._lines is not None and events == self._events:
            return
        self._events = events
        if self._lines is not None:
            self._lines.setParent(None)
            self._lines.deleteLater()
        self._lines = QWidget()
        grid = QGridLayout(self._lines)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(2, 1)
        top = Qt.AlignmentFlag.AlignTop
        for row, event in enumerate(reversed(events)):
            grid.addWidget(quiet_label(format_moment(event.at, zone)), row, 0, top)
            grid.addWidget(quiet_label(event.author or "—"), row, 1, top)
            grid.addWidget(text_label(event_words(event), wrap=True), row, 2, top)
        self._column.addWidget(self._lines)

    def words(self) -> list[str]:
        """What the timeline says, newest first."""
        return [event_words(event) for event in reversed(self._events)]
