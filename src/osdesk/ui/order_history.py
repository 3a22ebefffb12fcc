"""The history of an order as a person reads it: newest first, when, who, what, in words."""

from collections.abc import Sequence
from datetime import date
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListWidget, QWidget

from osdesk.domain.calendar import format_date, format_moment
from osdesk.domain.codes import ApprovalVia, EventCode, Paper, PaymentMethod, Priority
from osdesk.domain.money import format_brl
from osdesk.domain.shapes import EventView
from osdesk.domain.status import Status
from osdesk.texts import EVENT, METHOD, PAPER, PRIORITY, STATUS, VIA, field_name

MONEY = frozenset({"discount", "fee"})
DAYS = frozenset({"start_on", "promised_on", "valid_until", "due_on"})
LETTERS = 80


class OrderHistory(QListWidget):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("orderHistory")
        self.setAccessibleName("Histórico da ordem")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWordWrap(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setSpacing(2)

    def show_events(self, events: Sequence[EventView], zone: ZoneInfo) -> None:
        self.clear()
        for event in reversed(events):
            self.addItem(event_words(event, zone))


def event_words(event: EventView, zone: ZoneInfo) -> str:
    """``24/11/2026 14:32 · Priscila`` over what happened."""
    who = f" · {event.author}" if event.author else ""
    return f"{format_moment(event.at, zone)}{who}\n{what_happened(event)}"


def what_happened(event: EventView) -> str:
    data = event.data
    match event.code:
        case EventCode.MOVED | EventCode.REOPENED:
            words = f"{EVENT[event.code]}: {_status(data.get('from'))} → {_status(data.get('to'))}"
            return " · ".join([words, *_facts(data)])
        case EventCode.APPROVED:
            parts = [EVENT[event.code]]
            if data.get("approved_by"):
                parts.append(f"por {data['approved_by']}")
            via = data.get("via")
            if isinstance(via, str) and via in set(ApprovalVia):
                parts.append(VIA[ApprovalVia(via)])
            return f"{' '.join(parts)}{_amount(data, 'total', ': ')}"
        case EventCode.PAID | EventCode.REVERSED | EventCode.REFUNDED:
            amount = data.get("amount")
            words = EVENT[event.code]
            if isinstance(amount, int):
                words += f": {format_brl(abs(amount))}"
            method = data.get("method")
            if isinstance(method, str) and method in set(PaymentMethod):
                words += f" · {METHOD[PaymentMethod(method)]}"
            if data.get("receipt"):
                words += f" · recibo {data['receipt']}"
            return words + _reason(data)
        case EventCode.QUOTE_ISSUED:
            return (
                f"{EVENT[event.code]}, versão {data.get('version')}{_amount(data, 'total', ': ')}"
            )
        case EventCode.PAPER_ISSUED:
            paper = data.get("paper")
            name = PAPER[Paper(paper)] if isinstance(paper, str) and paper in set(Paper) else ""
            return f"{EVENT[event.code]}: {name}, versão {data.get('version')}"
        case EventCode.PRICE_LOWERED:
            before, after = data.get("total_before"), data.get("total")
            if isinstance(before, int) and isinstance(after, int):
                words = f"{EVENT[event.code]}: {format_brl(before)} → {format_brl(after)}"
                return words + _reason(data)
            return EVENT[event.code] + _reason(data)
        case EventCode.ORDER_CHANGED:
            return f"{EVENT[event.code]}: {'; '.join(_changes(data))}"
    return EVENT[event.code]


def _changes(data: dict[str, object]) -> list[str]:
    """Each changed field with its old and new value, as far as they can be said in a line."""
    found = []
    names = data.get("changed")
    for name in names if isinstance(names, list) else []:
        key = str(name).removeprefix("equipment.")
        words = field_name(name)
        if name == "items":
            before, after = data.get("total_before"), data.get("total")
            if isinstance(before, int) and isinstance(after, int) and before != after:
                words += f" (total {format_brl(before)} → {format_brl(after)})"
        elif f"{key}_before" in data and key in data:
            words += f" ({_value(key, data[f'{key}_before'])} → {_value(key, data[key])})"
        found.append(words)
    return found


def _value(name: str, value: object) -> str:
    if value in (None, "", {}):
        return "vazio"
    if name in MONEY and isinstance(value, int):
        return format_brl(value)
    if name in DAYS and isinstance(value, str):
        return format_date(date.fromisoformat(value))
    if name == "priority" and isinstance(value, str):
        return PRIORITY[Priority(value)].lower()
    text = " ".join(str(value).split())
    return f"“{text}”" if len(text) <= LETTERS else f"“{text[: LETTERS - 1].rstrip()}…”"


def _facts(data: dict[str, object]) -> list[str]:
    parts = []
    for key, words in (
        ("waiting_for", "espera"),
        ("collected_by", "retirada por"),
        ("used_parts_authorized_by", "peça usada autorizada por"),
        ("reason", "motivo"),
    ):
        if data.get(key):
            parts.append(
                f"{words}: {data[key]}" if key != "collected_by" else f"{words} {data[key]}"
            )
    until = data.get("warranty_until")
    if isinstance(until, str):
        parts.append(f"garantia até {format_date(date.fromisoformat(until))}")
    return parts


def _reason(data: dict[str, object]) -> str:
    return f" · motivo: {data['reason']}" if data.get("reason") else ""


def _amount(data: dict[str, object], key: str, before: str) -> str:
    value = data.get(key)
    return f"{before}{format_brl(value)}" if isinstance(value, int) else ""


def _status(code: object) -> str:
    return STATUS[Status(str(code))] if str(code) in set(Status) else str(code)
