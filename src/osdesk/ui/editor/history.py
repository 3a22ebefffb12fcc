"""The editor's page of an order's history: each event in words, without what was erased since."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, tzinfo
from itertools import groupby
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListWidget, QListWidgetItem, QWidget

from osdesk.domain.calendar import WEEKDAYS, format_date, local_day
from osdesk.domain.codes import (
    AccessCodeKind,
    ApprovalVia,
    EventCode,
    FileKind,
    NoticeChannel,
    NoticeKind,
    Paper,
    PaymentMethod,
    Priority,
)
from osdesk.domain.money import format_brl
from osdesk.domain.orders.status import Status
from osdesk.domain.views.orders import EventView
from osdesk.texts import (
    ACCESS_CODE,
    EVENT,
    METHOD,
    NOTICE_CHANNEL,
    PAPER,
    PRIORITY,
    STATUS,
    VIA,
    field_name,
)
from osdesk.ui.widgets import theme

MONEY = frozenset({"discount", "fee", "ceiling"})
DAYS = frozenset({"start_on", "promised_on", "valid_until", "due_on", "warranty_until"})
LETTERS = 80
FILE = {FileKind.PHOTO: "foto", FileKind.SIGNED: "via assinada"}
NOTICE = {NoticeKind.PICK_UP: "retirada", NoticeKind.COLLECTION: "cobrança"}


def what_happened(event: EventView, zone: tzinfo = UTC) -> str:
    """``zone``: the shop's, for moments that the event tells."""
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
            if event.code is EventCode.REFUNDED:
                words += _price_or_debt(data)
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
            return f"{EVENT[event.code]}: {'; '.join(_changes(data, zone))}"
    return " · ".join([EVENT[event.code], *_said(event.code, data)])


def _said(code: EventCode, data: dict[str, object]) -> list[str]:
    """What stands behind the name of an event, as far as it is still known."""
    kind, body, name = str(data.get("kind")), data.get("body"), data.get("name")
    parts: list[object] = []
    match code:
        case EventCode.NOTE_ADDED:
            parts = [data.get("for_customer") and "para o cliente", body and _quoted(body)]
        case EventCode.FILE_ADDED | EventCode.FILE_REMOVED:
            known = kind in set(FileKind)
            parts = [known and FILE.get(FileKind(kind)), name and _quoted(name)]
        case EventCode.SIGNED:
            paper, version = str(data.get("paper")), data.get("version")
            parts = [
                paper in set(Paper) and PAPER[Paper(paper)],
                version and f"versão {version}",
            ]
        case EventCode.NOTICE_GIVEN:
            channel = str(data.get("channel"))
            parts = [
                kind in set(NoticeKind) and NOTICE.get(NoticeKind(kind)),
                channel in set(NoticeChannel) and NOTICE_CHANNEL[NoticeChannel(channel)],
                body and _quoted(body),
            ]
        case EventCode.ACCESS_CODE_SET:
            parts = [kind in set(AccessCodeKind) and ACCESS_CODE[AccessCodeKind(kind)]]
        case EventCode.ORDER_OPENED:
            origin = data.get("warranty_return_of")
            parts = [origin and f"retorno em garantia da OS {origin}"]
        case EventCode.LATE_FEES:
            amount = data.get("amount")
            back = isinstance(amount, int) and amount < 0
            if isinstance(amount, int):
                parts = [format_brl(abs(amount)), back and "retirados com o estorno"]
        case EventCode.WITHIN_CEILING:
            before, after, most = data.get("total_before"), data.get("total"), data.get("ceiling")
            if isinstance(before, int) and isinstance(after, int):
                parts = [f"{format_brl(before)} → {format_brl(after)}"]
            if isinstance(most, int):
                parts.append(f"autorizado até {format_brl(most)}")
    return [str(part) for part in parts if part]


def _price_or_debt(data: dict[str, object]) -> str:
    """Whether the price fell with a refund, or until when it is owed again."""
    if isinstance(data.get("allowance"), int):
        return _amount(data, "allowance", " · abatimento de ")
    day = data.get("owed_on")
    return f" · a pagar até {format_date(date.fromisoformat(str(day)))}" if day else ""


def _quoted(value: object) -> str:
    text = " ".join(str(value).split())
    return f"“{text}”" if len(text) <= LETTERS else f"“{text[: LETTERS - 1].rstrip()}…”"


def _changes(data: dict[str, object], zone: tzinfo) -> list[str]:
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
            old, new = (_value(key, data[each], zone) for each in (f"{key}_before", key))
            words += f" ({old} → {new})"
        found.append(words)
    return found


def _value(name: str, value: object, zone: tzinfo) -> str:
    if value in (None, "", {}, []):
        return "vazio"
    if name in MONEY and isinstance(value, int):
        return format_brl(value)
    if name in DAYS and isinstance(value, str):
        return format_date(date.fromisoformat(value))
    if name == "requested_at" and isinstance(value, str):
        local = datetime.fromisoformat(value).astimezone(zone)
        return f"{format_date(local.date())} {local:%H:%M}"
    if name == "warranty_return_of":
        return f"OS {value}"
    if name == "priority" and isinstance(value, str):
        return PRIORITY[Priority(value)].lower()
    if name == "instalments" and isinstance(value, list):
        return ", ".join(map(_instalment, value))
    return _quoted(value)


def _instalment(part: object) -> str:
    """``R$ 100,00 em 24/12/2026``."""
    match part:
        case [str(day), int(amount)] | [int(amount), str(day)]:
            return f"{format_brl(amount)} em {format_date(date.fromisoformat(day))}"
    return str(part)


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
    if data.get("stage_before"):
        parts.append(f"saiu da etapa {data['stage_before']}")
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


class OrderHistory(QListWidget):
    """The events, newest first."""

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
        """A heading for each day of the shop's zone; of one day the newest first too."""
        self.clear()
        newest = reversed(events)
        for day, happened in groupby(newest, key=lambda event: local_day(event.at, zone)):
            heading = QListWidgetItem(day_words(day))
            heading.setFlags(Qt.ItemFlag.ItemIsEnabled)  # read, never chosen
            heading.setFont(theme.bold(12))
            self.addItem(heading)
            for event in happened:
                self.addItem(event_words(event, zone))


def day_words(day: date) -> str:
    """``terça-feira, 24/11/2026``."""
    return f"{WEEKDAYS[day.weekday()]}, {format_date(day)}"


def event_words(event: EventView, zone: ZoneInfo) -> str:
    """``14:32 · Priscila · OS aberta``."""
    when = event.at.astimezone(zone).strftime("%H:%M")
    return " · ".join(part for part in (when, event.author, what_happened(event, zone)) if part)
