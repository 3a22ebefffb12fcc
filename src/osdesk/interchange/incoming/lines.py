"""The lines that ``export`` writes, read back: customers, catalogue, whole orders.

Read as strictly as an order that is typed in: an unknown key is refused by name. What follows from
the rest (totals, situation) is not read but compared.
"""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from osdesk.domain.arrivals import (
    Arrival,
    ArrivedApproval,
    ArrivedFile,
    ArrivedNote,
    ArrivedNotice,
    ArrivedOrder,
    ArrivedPayment,
    ArrivedQuote,
)
from osdesk.domain.calendar import parse_iso_date, parse_moment
from osdesk.domain.codes import (
    ApprovalVia,
    FileKind,
    ImportKind,
    ItemKind,
    NoticeChannel,
    NoticeKind,
    PartCondition,
    PaymentKind,
    PaymentMethod,
    QuoteStatus,
)
from osdesk.domain.errors import UserError
from osdesk.domain.money import parse_decimal
from osdesk.domain.orders.forms import CatalogForm, CustomerForm
from osdesk.domain.orders.status import Status
from osdesk.interchange.incoming.tables import Progress, opened
from osdesk.interchange.order_json import ORDER_KEYS, customer_from_json, order_from_json
from osdesk.interchange.strict_json import parse_json

Json = dict[str, Any]
SOURCE = "osdesk:"
"""Before the keys that another osdesk gave."""


@contextmanager
def open_lines(path: Path, kind: ImportKind, progress: Progress) -> Iterator[Iterator[Arrival]]:
    """Raises UserError ``cannot_read``; a line that cannot be read is refused by itself."""
    with opened(path) as stream:
        yield _arrivals(stream, kind, progress, path.stat().st_size or 1)


def _arrivals(stream: Any, kind: ImportKind, progress: Progress, size: int) -> Iterator[Arrival]:
    read: Callable[[Json], tuple[Any, str, str | None]] = {
        ImportKind.CUSTOMERS: _customer,
        ImportKind.CATALOG: _entry,
        ImportKind.ORDERS: _order,
    }[kind]
    for number, raw in enumerate(iter(stream.readline, b""), start=1):
        progress.share = min(1.0, stream.tell() / size)
        if not raw.strip():
            continue
        try:
            data = _parsed(raw, number)
        except UserError as error:
            yield Arrival(number, "", None, error)
            continue
        try:
            item, label, key = read(data)
        except UserError as error:
            yield Arrival(number, _label(data), None, error)
            continue
        yield Arrival(number, label, item, key=key)


def _parsed(raw: bytes, number: int) -> Json:
    try:
        data = parse_json(raw.decode("utf-8-sig" if number == 1 else "utf-8"))
    except UnicodeDecodeError:
        raise UserError("bad_encoding", line=number) from None
    except json.JSONDecodeError:
        raise UserError("bad_json", line=number) from None
    if not isinstance(data, dict):
        raise UserError("bad_json", line=number)
    return data


def _label(data: Json) -> str:
    number, customer = data.get("number"), data.get("customer")
    name = customer.get("name") if isinstance(customer, dict) else data.get("name")
    words = [f"OS {number}" if number else "", str(name or data.get("description") or "")]
    return " · ".join(word for word in words if word)


# -- customers and catalogue ----------------------------------------------------------------------


def _customer(data: Json) -> tuple[CustomerForm, str, str | None]:
    key = data.pop("id", None)
    form = customer_from_json(data)
    return form, form.name, None if key is None else f"{SOURCE}{key}"


_ENTRY = frozenset(
    {
        *("id", "kind", "description", "unit", "unit_price", "unit_cost", "warranty_days"),
        *("part_condition", "active"),
    }
)


def _entry(data: Json) -> tuple[CatalogForm, str, str | None]:
    _refuse_unknown(data, _ENTRY, "")
    take = _Taker(data)
    days = data.get("warranty_days")
    if days is not None and (isinstance(days, bool) or not isinstance(days, int)):
        raise UserError("bad_json_number", key="warranty_days")
    form = CatalogForm(
        kind=take.choice("kind", ItemKind) or ItemKind.PART,
        description=take.text("description") or "",
        unit=take.text("unit") or "un",
        unit_price=take.money("unit_price") or 0,
        unit_cost=take.money("unit_cost"),
        warranty_days=days,
        part_condition=take.choice("part_condition", PartCondition),
        active=data.get("active") is not False,
    )
    return form, form.description, f"{SOURCE}{data['id']}" if "id" in data else None


# -- orders ---------------------------------------------------------------------------------------

DERIVED = frozenset(
    {
        *("id", "situation", "labor_total", "parts_total", "allowance", "late_fees"),
        *("balance", "payment_state", "signed"),
    }
)
"""What follows from the rest, or belongs to the other shop alone: a paper that was signed there is
not one of this shop's."""
OWN = frozenset(
    {
        *("number", "status", "customer_id", "attendant", "created_at", "ready_on"),
        *("delivered_on", "returned_on", "cancelled_on", "total", "paid", "quote", "approval"),
        *("collected", "waiting_for", "waiting_since", "used_parts_authorized_by", "payments"),
        *("events", "notes_log", "notices", "files", "warranty_until", "instalments"),
    }
)
"""What an order that is typed in has not."""


def _order(data: Json) -> tuple[ArrivedOrder, str, str | None]:
    label = _label(data)
    _refuse_unknown(data, DERIVED | OWN | ORDER_KEYS, "")
    take = _Taker(data)
    typed = {key: value for key, value in data.items() if key in ORDER_KEYS}
    if "instalments" in data:
        typed["instalments"] = [
            {key: value for key, value in part.items() if key != "paid"}
            for part in take.objects("instalments")
        ]
    form = order_from_json(typed)
    number = take.whole("number")
    customer = take.whole("customer_id")
    events = take.objects("events")
    order = ArrivedOrder(
        form,
        status=take.choice("status", Status) or Status.RECEIVED,
        number=number,
        created_at=take.moment("created_at"),
        attendant=take.text("attendant"),
        ready_on=take.day("ready_on"),
        delivered_on=take.day("delivered_on"),
        returned_on=take.day("returned_on"),
        cancelled_on=take.day("cancelled_on"),
        warranty_until=take.day("warranty_until"),
        waiting_for=take.text("waiting_for"),
        waiting_since=take.day("waiting_since"),
        used_parts_authorized_by=take.text("used_parts_authorized_by"),
        payments=_payments(take, events),
        approval=_approval(take.object("approval")),
        quote=_quote(take.object("quote")),
        log=[_note(_Taker(note, "notes_log.")) for note in take.objects("notes_log")],
        notices=[_notice(_Taker(notice, "notices.")) for notice in take.objects("notices")],
        files=[_file(_Taker(file, "files.")) for file in take.objects("files")],
        history=_history(events),
        customer_key=None if customer is None else f"{SOURCE}{customer}",
        expected=(take.money("total"), take.money("paid")),
    )
    order.status_before = _status_before(order.status, events)
    if collected := take.object("collected"):
        order.collected_by = collected.text("by")
        order.collected_document = collected.text("document")
        order.collected_at = collected.moment("at")
    return order, label, None


def _payments(take: "_Taker", events: list[Json]) -> list[ArrivedPayment]:
    """Money in and out; what the price fell by, and fees, stand in the events beside it."""
    allowances, fees = _charges(events)
    found: list[ArrivedPayment] = []
    places: dict[int, int] = {}
    for part in take.objects("payments"):
        one = _Taker(part, "payments.")
        amount, receipt = one.signed("amount"), one.whole("receipt")
        method, day = one.choice("method", PaymentMethod), one.day("date")
        if method is None or day is None or amount is None:
            raise UserError("required_key", key="payments.amount, payments.method, payments.date")
        reverses = one.whole("reverses")
        if reverses is not None and reverses not in places:
            raise UserError("bad_json_number", key="payments.reverses")
        kind = PaymentKind.PAYMENT if amount > 0 else PaymentKind.REFUND
        found.append(
            ArrivedPayment(
                amount,
                method,
                day,
                PaymentKind.REVERSAL if reverses is not None else kind,
                receipt,
                one.text("received_by"),
                None if reverses is None else places[reverses],
                allowances.get(receipt or 0, 0),
                fees.get(receipt or 0, 0),
            )
        )
        key = one.whole("id")
        if key is not None:
            places[key] = len(found) - 1
    return found


def _charges(events: list[Json]) -> tuple[dict[int, int], dict[int, int]]:
    """Allowances and late fees by the receipt of the money that they came with."""
    allowances: dict[int, int] = {}
    fees: dict[int, int] = {}
    waiting = 0
    for event in _flat(events):
        one = _Taker(event, "events.")
        code = event.get("code")
        if code == "late_fees":
            waiting = one.signed("amount") or 0
        elif code in ("paid", "reversed", "refunded"):
            receipt = one.whole("receipt") or 0
            if waiting:
                fees[receipt], waiting = waiting, 0
            if code == "refunded" and "allowance" in event:
                allowances[receipt] = one.money("allowance") or 0
    return allowances, fees


def _flat(events: list[Json]) -> Iterator[Json]:
    """An order that was brought in there too has its first life within that event."""
    for event in events:
        before = event.get("history")
        if isinstance(before, list):
            yield from _flat([each for each in before if isinstance(each, dict)])
        yield {key: value for key, value in event.items() if key != "history"}


def _history(events: list[Json]) -> list[dict[str, object]]:
    return list(_flat(events))


def _status_before(status: Status, events: list[Json]) -> Status | None:
    for event in reversed(list(_flat(events))):
        if event.get("code") == "moved" and event.get("to") == status.value:
            before = event.get("from")
            return Status(before) if before in set(Status) else None
    return None


def _approval(take: "_Taker | None") -> ArrivedApproval | None:
    if take is None:
        return None
    by, via, at = take.text("by"), take.choice("via", ApprovalVia), take.moment("at")
    if by is None or via is None or at is None:
        raise UserError("required_key", key="approval.by, approval.via, approval.at")
    return ArrivedApproval(by, via, at, take.text("author"))


def _quote(take: "_Taker | None") -> ArrivedQuote | None:
    if take is None:
        return None
    status = take.choice("status", QuoteStatus)
    if status is None:
        raise UserError("required_key", key="quote.status")
    return ArrivedQuote(
        version=take.whole("version") or 1,
        status=status,
        total=take.money("total") or 0,
        start_on=take.day("start_on"),
        promised_on=take.day("promised_on"),
        valid_until=take.day("valid_until"),
        payment_terms=take.text("payment_terms"),
        sent_at=take.moment("sent_at"),
    )


def _note(take: "_Taker") -> ArrivedNote:
    at = take.moment("at")
    if at is None:
        raise UserError("required_key", key="notes_log.at")
    public = take.data.get("for_customer") is True
    return ArrivedNote(take.text("text") or "", at, take.text("author"), public)


def _notice(take: "_Taker") -> ArrivedNotice:
    at, kind = take.moment("at"), take.choice("kind", NoticeKind)
    channel = take.choice("channel", NoticeChannel)
    if at is None or kind is None or channel is None:
        raise UserError("required_key", key="notices.at, notices.kind, notices.channel")
    return ArrivedNotice(take.text("text") or "", at, kind, channel, take.text("author"))


def _file(take: "_Taker") -> ArrivedFile:
    at, kind = take.moment("at"), take.choice("kind", FileKind)
    sha256 = take.text("sha256") or ""
    if at is None or kind is None or len(sha256) != 64 or set(sha256) - set("0123456789abcdef"):
        raise UserError("required_key", key="files.at, files.kind, files.sha256")
    return ArrivedFile(
        kind.value,
        take.text("name") or sha256[:12],
        take.text("media_type") or "application/octet-stream",
        take.whole("size") or 0,
        sha256,
        at,
        take.text("author"),
    )


def _refuse_unknown(data: Json, known: frozenset[str], where: str) -> None:
    for key in data:
        if key not in known:
            raise UserError("unknown_key", key=f"{where}{key}")


class _Taker:
    """Values of an object by their keys, each of the kind that is asked for, or None."""

    def __init__(self, data: Json, where: str = "") -> None:
        self.data = data
        self._where = where

    def _key(self, name: str) -> str:
        return f"{self._where}{name}"

    def text(self, name: str) -> str | None:
        value = self.data.get(name)
        if value is not None and not isinstance(value, str):
            raise UserError("bad_json_text", key=self._key(name))
        return value

    def whole(self, name: str) -> int | None:
        value = self.data.get(name)
        if value is not None and (isinstance(value, bool) or not isinstance(value, int)):
            raise UserError("bad_json_number", key=self._key(name))
        return value

    def _read(self, name: str, parse: Callable[[str], Any], code: str) -> Any:
        text = self.text(name)
        if text is None:
            return None
        try:
            return parse(text)
        except UserError:
            raise UserError(code, key=self._key(name), value=text) from None

    def money(self, name: str) -> int | None:
        found: int | None = self._read(name, parse_decimal, "bad_json_money")
        return found

    def signed(self, name: str) -> int | None:
        def parse(text: str) -> int:
            cents = parse_decimal(text.removeprefix("-"))
            return -cents if text.startswith("-") else cents

        found: int | None = self._read(name, parse, "bad_json_money")
        return found

    def day(self, name: str) -> date | None:
        found: date | None = self._read(name, parse_iso_date, "bad_iso_date")
        return found

    def moment(self, name: str) -> Any:
        return self._read(name, parse_moment, "bad_moment")

    def choice(self, name: str, kind: Any) -> Any:
        text = self.text(name)
        if text is None:
            return None
        if text not in set(kind):
            options = ", ".join(kind)
            raise UserError("bad_json_choice", key=self._key(name), value=text, options=options)
        return kind(text)

    def object(self, name: str) -> "_Taker | None":
        value = self.data.get(name)
        if value is None:
            return None
        if not isinstance(value, dict):
            raise UserError("bad_json_object", key=self._key(name))
        return _Taker(value, f"{self._key(name)}.")

    def objects(self, name: str) -> list[Json]:
        value = self.data.get(name)
        if value is None:
            return []
        if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
            raise UserError("bad_json_list", key=self._key(name))
        return value
