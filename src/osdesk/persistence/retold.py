"""The record against what the history tells of it: an edited row leaves its chained events behind.

The events hold codes, keys, amounts, dates and the hash of their texts, each under the chain. Here
every order's rows are compared with its events in one walk through the file, order by order.
"""

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from osdesk.domain.errors import UserError
from osdesk.domain.orders.forms import ORDER_FIELDS
from osdesk.persistence.columns import moment_text

Row = dict[str, Any]
Problems = Iterator[UserError]

ORDERS = (
    "SELECT o.*, c.anonymised_at FROM orders AS o JOIN customers AS c ON c.id = o.customer_id"
    " ORDER BY o.id"
)
EVENTS = (
    "SELECT e.order_id, e.id, e.at, e.code, e.payment_id, e.author_id, e.customer_id, e.data,"
    " t.body FROM events AS e LEFT JOIN event_texts AS t ON t.event_id = e.id"
    " WHERE e.order_id IS NOT NULL"
    # of an order that came from another system: its event refers to no row, so that the whole
    # batch can be taken back
    ' UNION ALL SELECT r."key", e.id, e.at, e.code, NULL, e.author_id, e.customer_id,'
    " e.data, t.body"
    " FROM import_rows AS r JOIN events AS e ON e.id = r.event_id"
    " LEFT JOIN event_texts AS t ON t.event_id = e.id WHERE r.kind = 'order' ORDER BY 1, 2"
)
OF_ORDERS = {
    "payments": "SELECT * FROM payments ORDER BY order_id, id",
    "charges": "SELECT * FROM charges ORDER BY order_id, id",
    "approvals": "SELECT * FROM approvals ORDER BY order_id, id",
    "deliveries": "SELECT * FROM deliveries ORDER BY order_id, id",
    "notes": "SELECT * FROM notes ORDER BY order_id, id",
    "notices": "SELECT * FROM notices ORDER BY order_id, id",
    "attachments": "SELECT * FROM attachments ORDER BY order_id, id",
    "papers": "SELECT * FROM issued_papers ORDER BY order_id, id",
    "quotes": "SELECT * FROM quotes ORDER BY order_id, version",
}
PAID = {"paid": "payment", "reversed": "reversal", "refunded": "refund"}
CAME_AS = {
    "payments": None,
    "late_fees": "late_fees",
    "approvals": "approved",
    "hand_overs": "moved",
    "notes": "note_added",
    "notices": "notice_given",
    "files": "file_added",
}
"""Parts of an order from another system, and the events that tell such parts of one of our own; of
a payment its kind says it."""
PAID_AS = {kind: code for code, kind in PAID.items()}
WHOSE = ("order_changed", "customer_merged", "customer_unmerged")
"""Events that may give an order to another customer."""
FACTS = tuple(each.name for each in ORDER_FIELDS if each.stored and not each.words)
"""Of an order, as its changes tell them in their data."""
WORDS = tuple(each.name for each in ORDER_FIELDS if each.stored and each.words)
"""Of an order, as its changes tell them in their erasable texts."""


class _ByOrder:
    """Rows in the order of their orders, given out order by order."""

    def __init__(self, connection: sqlite3.Connection, query: str) -> None:
        cursor = connection.execute(query)
        names = [column[0] for column in cursor.description]
        rows = (dict(zip(names, row, strict=True)) for row in cursor)
        self._groups = groupby(rows, key=lambda row: row["order_id"])
        self._next = next(self._groups, None)
        self._held: list[Row] = []
        self._key: int | None = None
        self._take()

    def _take(self) -> None:
        if self._next is None:
            self._key, self._held = None, []
            return
        self._key, group = self._next
        self._held = list(group)
        self._next = next(self._groups, None)

    def of(self, order: int) -> list[Row]:
        while self._key is not None and self._key < order:
            self._take()  # of an order that is not there: the references tell of it
        return self._held if self._key == order else []


class _Facts(dict[str, Any]):
    """What an event tells; what it should tell and does not is None."""

    def __missing__(self, key: str) -> None:
        return None


def _facts(text: str | None) -> _Facts:
    """Canonical JSON of an event; nothing where somebody wrote something else there, which the
    chain finds."""
    try:
        return _Facts(json.loads(text)) if text else _Facts()
    except (ValueError, TypeError):
        return _Facts()


def _moment(number: int) -> str:
    """A moment as the other tables write it; one that is none equals nothing there."""
    try:
        return moment_text(number)
    except OverflowError:
        return ""


@dataclass
class _Told:
    """What the events of one order tell, the newest last."""

    events: dict[str, list[Row]] = field(default_factory=dict)
    facts: Row = field(default_factory=dict)
    words: Row = field(default_factory=dict)
    customer: int | None = None

    def of(self, *codes: str) -> list[Row]:
        found = [event for code in codes for event in self.events.get(code, ())]
        return sorted(found, key=lambda event: int(event["id"]))


def _told(events: list[Row]) -> _Told:
    told = _Told()
    for event in events:
        event["at"] = _moment(event["at"])
        event["data"] = _facts(event["data"])
        event["texts"] = _facts(event["body"])
        told.events.setdefault(event["code"], []).append(event)
        if event["code"] in ("order_opened", "order_imported", *WHOSE):
            told.customer = event["data"]["customer"] or event["customer_id"] or told.customer
        if event["code"] == "order_imported":
            _came_with(event, told)
            continue
        if event["code"] in ("order_changed", "price_lowered", "within_ceiling"):
            told.facts |= event["data"]
            told.words |= event["texts"]
            if event["body"] == "":
                told.words.clear()  # erased on purpose: nothing is told any more
            continue
        # of a refund that is owed again, a hand-over, a quote that counts from its sending
        for name in ("due_on", "warranty_until", "valid_until"):
            if name in event["data"]:
                told.facts[name] = event["data"][name]
        if event["code"] == "quote_issued" and not told.words.get("payment_terms"):
            told.words.pop("payment_terms", None)  # the shop's were taken
    return told


def _came_with(event: Row, told: _Told) -> None:
    """What an order from another system brought along, as the events of an order of our own would
    have told it one by one. ``record`` of its data has the order's facts under their names."""
    record = _Facts(event["data"].get("record") or {})
    told.facts |= {name: record[name] for name in FACTS if name in record}
    if record["instalments"]:
        told.facts["instalments"] = record["instalments"]
    for name, code in CAME_AS.items():
        for part in record[name] or ():
            facts = _Facts(part)
            told.events.setdefault(code or PAID_AS[facts["kind"]], []).append(
                {
                    "id": event["id"],
                    "code": code or PAID_AS[facts["kind"]],
                    "at": facts["at"],
                    "author_id": facts["author"],
                    "payment_id": facts["payment"],
                    "data": facts,
                    "texts": _Facts(),
                }
            )


def retold(connection: sqlite3.Connection) -> Problems:
    """Every order whose rows say something else than its events: ``check_record`` with its number
    and the names of what differs."""
    cursor = connection.execute(ORDERS)
    names = [column[0] for column in cursor.description]
    events = _ByOrder(connection, EVENTS)
    parts = {name: _ByOrder(connection, query) for name, query in OF_ORDERS.items()}
    for values in cursor:
        order = dict(zip(names, values, strict=True))
        told = _told(events.of(order["id"]))
        rows = {name: part.of(order["id"]) for name, part in parts.items()}
        wrong = sorted(set(_differences(order, rows, told)))
        if wrong:
            yield UserError("check_record", number=order["number"], names=wrong)


def _differences(order: Row, rows: dict[str, list[Row]], told: _Told) -> Iterator[str]:
    yield from _of_order(order, told)
    yield from _of_payments(rows["payments"], told)
    yield from _of_charges(rows["charges"], told)
    yield from _of_approvals(rows["approvals"], told)
    yield from _of_deliveries(rows["deliveries"], told)
    yield from _of_notes(rows["notes"], told)
    yield from _of_notices(rows["notices"], told)
    yield from _of_files(rows["attachments"], told)
    yield from _of_papers(rows["papers"], told)
    yield from _of_quotes(rows["quotes"], told)


def _of_order(order: Row, told: _Told) -> Iterator[str]:
    for opened in told.of("order_opened", "order_imported"):
        if opened["data"]["number"] != order["number"]:
            yield "number"
        at = (opened["data"]["record"] or {}).get("created_at", opened["at"])
        if at != order["created_at"]:
            yield "created_at"
    if told.customer is not None and told.customer != order["customer_id"]:
        yield "customer"
    for name in FACTS:
        if name == "due_on" and "instalments" in told.facts:
            continue  # it follows the oldest part that is unpaid, payment by payment
        if name in told.facts and told.facts[name] != order[name]:
            yield name
    for name in WORDS:
        if name in told.words and (told.words[name] or None) != order[name]:
            yield name


def _of_payments(rows: list[Row], told: _Told) -> Iterator[str]:
    events = {event["payment_id"]: event for event in told.of(*PAID)}
    for row in rows:
        event = events.pop(row["id"], None)
        if event is None:
            yield "payments"
            continue
        data = event["data"]
        same = (
            (data["amount"], row["amount"]),
            (data["method"], row["method"]),
            (data["date"], row["paid_on"]),
            (data["receipt"], row["receipt"]),
            (PAID[event["code"]], row["kind"]),
            (event["at"], row["at"]),
            (event["author_id"], row["received_by_id"]),
        )
        if any(was != now for was, now in same):
            yield "payments"
    if events:
        yield "payments"


def _of_charges(rows: list[Row], told: _Told) -> Iterator[str]:
    """Late fees have an event of their own; an allowance stands in that of its refund."""
    events = {
        "late_fees": [(e["data"]["date"], e["data"]["amount"]) for e in told.of("late_fees")],
        "allowance": [
            (e["data"]["date"], e["data"]["allowance"])
            for e in told.of("refunded")
            if "allowance" in e["data"]
        ],
    }
    for kind, wanted in events.items():
        if [(row["booked_on"], row["amount"]) for row in rows if row["kind"] == kind] != wanted:
            yield kind


def _of_approvals(rows: list[Row], told: _Told) -> Iterator[str]:
    events = told.of("approved")
    if len(rows) != len(events):
        yield "approval"
        return
    for row, event in zip(rows, events, strict=True):
        data = event["data"]
        by = event["texts"].get("approved_by", row["approved_by"])
        if (data["total"], data["via"], event["at"], event["author_id"], by) != (
            row["total"],
            row["via"],
            row["at"],
            row["author_id"],
            row["approved_by"],
        ):
            yield "approval"


def _of_deliveries(rows: list[Row], told: _Told) -> Iterator[str]:
    events = [e for e in told.of("moved") if e["data"]["to"] in ("delivered", "returned")]
    if len(rows) != len(events):
        yield "collected"
        return
    moved = any("warranty_until" in event["data"] for event in told.of("order_changed"))
    for row, event in zip(rows, events, strict=True):
        # a hand-over of what had stayed out keeps the moment of the first one
        at = row["at"] if "handed_on" in event["data"] else event["at"]
        if (event["data"]["to"], at) != (row["status"], row["at"]):
            yield "delivered_on"
        # the first release did not tell it
        until = event["data"].get("warranty_until", row["warranty_until"])
        if moved:  # by another day of entry, once or more, while this was the one that counts
            until = told.facts["warranty_until"] if row is rows[-1] else row["warranty_until"]
        if until != row["warranty_until"]:
            yield "warranty_until"
    corrected = "collected_by" in told.words
    if rows and not corrected:
        texts = events[-1]["texts"]
        for name in ("collected_by", "collected_document"):
            if texts and texts.get(name) != rows[-1][name]:
                yield "collected"


def _of_notes(rows: list[Row], told: _Told) -> Iterator[str]:
    events = {event["data"]["note"]: event for event in told.of("note_added")}
    for row in rows:
        event = events.pop(row["id"], None)
        if event is None or (
            event["texts"].get("body", row["body"]),
            event["data"]["for_customer"],
            event["at"],
            event["author_id"],
        ) != (row["body"], bool(row["for_customer"]), row["at"], row["author_id"]):
            yield "notes"
    if events:
        yield "notes"


def _of_notices(rows: list[Row], told: _Told) -> Iterator[str]:
    events = {event["data"]["notice"]: event for event in told.of("notice_given")}
    for row in rows:
        event = events.pop(row["id"], None)
        if event is None or (
            event["texts"].get("body", row["body"]),
            event["data"]["kind"],
            event["data"]["channel"],
            event["at"],
        ) != (row["body"], row["kind"], row["channel"], row["at"]):
            yield "notices"
    if events:
        yield "notices"


def _of_files(rows: list[Row], told: _Told) -> Iterator[str]:
    added = {event["data"]["file"]: event for event in told.of("file_added", "signed")}
    removed = {event["data"]["file"] for event in told.of("file_removed")}
    erased = bool(told.of("customer_anonymised"))
    for row in rows:
        event = added.pop(row["id"], None)
        if (
            event is None
            or (event["data"]["sha256"], event["data"]["size"])
            != (
                row["sha256"],
                row["size"],
            )
            or ((row["removed_at"] is not None) != (row["id"] in removed) and event["texts"])
        ):
            yield "files"
    if added and not erased:
        yield "files"


def _of_papers(rows: list[Row], told: _Told) -> Iterator[str]:
    events = {
        (event["data"]["paper"], event["data"]["version"]): event
        for event in told.of("paper_issued")
    }
    signed = {(event["data"]["paper"], event["data"]["version"]) for event in told.of("signed")}
    for row in rows:
        event = events.pop((row["paper"], row["version"]), None)
        if event is None or (event["data"]["sha256"], event["at"], event["author_id"]) != (
            row["sha256"],
            row["issued_at"],
            row["author_id"],
        ):
            yield "papers"
        if row["signed_at"] is not None and (row["paper"], row["version"]) not in signed:
            yield "signed"
    if events:
        yield "papers"


def _of_quotes(rows: list[Row], told: _Told) -> Iterator[str]:
    events = {event["data"]["version"]: event["data"] for event in told.of("quote_issued")}
    for row in rows:
        data = events.get(row["version"])
        if data is None:
            continue  # agreed at intake, without a quote that was sent
        # the first release told no promise
        if any(name in data and data[name] != row[name] for name in ("total", "promised_on")):
            yield "quote"
