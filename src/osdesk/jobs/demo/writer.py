"""Rows of the demonstration shop waiting for their tables, and the chain of its events."""

import sqlite3
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from random import Random
from zoneinfo import ZoneInfo

from osdesk.domain.chain import GENESIS, canonical_json, chain_hash, text_hash
from osdesk.persistence.mark import newest_event
from osdesk.persistence.models import moment_key

ZONE = ZoneInfo("America/Sao_Paulo")
COLUMNS = {
    "stages": "id status name name_folded colour active",
    "slots": "id name name_folded active",
    "customers": "id name name_folded document email address created_at",
    "customer_phones": "id customer_id position number digits local label",
    "equipment": "id customer_id kind brand model serial serial_folded created_at",
    "orders": (
        "id number customer_id equipment_id service_type_id technician_id attendant_id "
        "warranty_return_of_id status status_before reason priority accessories condition report "
        "created_at requested_at requested_on start_on promised_on promised_time valid_until "
        "due_on ready_on delivered_on returned_on cancelled_on warranty_until payment_terms "
        "waiting_for waiting_since discount fee labor_total parts_total total paid balance signed "
        "slot checklist ceiling stage_id"
    ),
    "items": (
        "id order_id position kind description quantity unit unit_price unit_cost discount "
        "part_condition technician_id warranty_days total"
    ),
    "quotes": (
        "id order_id version status content total start_on promised_on valid_until payment_terms "
        "created_at sent_at decided_at"
    ),
    "approvals": "id order_id quote_id approved_by via at author_id total superseded_at",
    "payments": ("id order_id kind at paid_on amount method received_by_id receipt reverses_id"),
    "instalments": "id order_id position due_on amount open",
    "notes": "id order_id at author_id for_customer body",
    "notices": "id order_id at author_id kind channel body",
    "attachments": ("id order_id at author_id name media_type size sha256 kind issued_paper_id"),
    "deliveries": (
        "id order_id status at collected_by collected_document warranty_until author_id reopened_at"
    ),
    "events": ("id at author_id code order_id customer_id payment_id data text_hash previous hash"),
    "event_texts": "event_id salt body",
}


def key_of(local: datetime) -> str:
    return moment_key(local.replace(tzinfo=ZONE).astimezone(UTC))


def day_of(when: datetime | date | None) -> str | None:
    if isinstance(when, datetime):
        when = when.date()
    return None if when is None else when.isoformat()


@dataclass
class Writer:
    """Rows waiting for their table, and the running keys of the shop."""

    connection: sqlite3.Connection
    salts: Random
    rows: dict[str, list[tuple[object, ...]]] = field(default_factory=dict)
    keys: dict[str, int] = field(default_factory=dict)
    sequence: int = 0
    previous: str = GENESIS
    counters: dict[str, int] = field(default_factory=dict)
    attendants: list[int] = field(default_factory=list)
    technicians: list[int] = field(default_factory=list)
    stages: dict[tuple[str, str], int] = field(default_factory=dict)
    slots: list[str] = field(default_factory=list)
    """Places on the shelf that are still free."""

    @classmethod
    def of(cls, connection: sqlite3.Connection, salts: Random) -> "Writer":
        """A writer that goes on from the keys, numbers and events that the file has."""
        writer = cls(connection, salts)
        for table in COLUMNS:
            if table != "event_texts":
                query = f"SELECT coalesce(max(id), 0) FROM {table}"  # noqa: S608 - a name of ours
                writer.keys[table] = connection.execute(query).fetchone()[0]
        writer.counters = dict(connection.execute("SELECT name, next FROM counters").fetchall())
        writer.sequence, writer.previous = newest_event(connection)
        return writer

    def take(self, counter: str) -> int:
        number = self.counters[counter]
        self.counters[counter] += 1
        return number

    def add(self, table: str, *values: object) -> int:
        """Queue a row behind its key; columns in the order of ``COLUMNS``."""
        key = self.keys[table] = self.keys[table] + 1
        self.rows.setdefault(table, []).append((key, *values))
        return key

    def flush(self) -> None:
        for table, columns in COLUMNS.items():
            rows = self.rows.pop(table, [])
            if rows:
                names = columns.split()
                marks = ", ".join("?" * len(names))
                # names of ours, never a value
                sql = f"INSERT INTO {table} ({', '.join(names)}) VALUES ({marks})"  # noqa: S608
                self.connection.executemany(sql, rows)
        self.connection.executemany(
            "UPDATE counters SET next = ? WHERE name = ?",
            [(number, name) for name, number in self.counters.items()],
        )

    def event(
        self,
        at: str,
        author: int | None,
        code: str,
        data: dict[str, object],
        texts: dict[str, object] | None = None,
        *,
        order: int | None = None,
        customer: int | None = None,
        payment: int | None = None,
    ) -> None:
        self.sequence += 1
        plain = canonical_json(data)
        hashed = None
        if texts:
            salt, body = f"{self.salts.getrandbits(128):032x}", canonical_json(texts)
            hashed = text_hash(salt, body)
            self.rows.setdefault("event_texts", []).append((self.sequence, salt, body))
        digest = chain_hash(
            self.previous,
            sequence=self.sequence,
            at=at,
            author_id=author,
            code=code,
            keys={"order": order, "customer": customer, "payment": payment},
            data=plain,
            texts=hashed,
        )
        self.rows.setdefault("events", []).append(
            (
                self.sequence,
                at,
                author,
                code,
                order,
                customer,
                payment,
                plain,
                hashed,
                self.previous,
                digest,
            )
        )
        self.previous = digest
