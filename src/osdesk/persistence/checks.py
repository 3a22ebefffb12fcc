"""What ``check`` asks of a shop's file: structure, history, money, numbers, files.

SQLite's own ``integrity_check`` finds one flipped bit in six; the history's chain, the totals and
the hashes find most of the others. Nothing here writes.
"""

import hashlib
import sqlite3
import zlib
from collections.abc import Iterator
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any

from osdesk.domain.chain import GENESIS, chain_hash, sha256_hex, text_hash
from osdesk.domain.errors import UserError
from osdesk.domain.orders.instalments import earliest_due, open_parts
from osdesk.domain.orders.rules import Totals, owed_total
from osdesk.domain.orders.status import Status
from osdesk.persistence import migrate
from osdesk.persistence.columns import moment_text
from osdesk.persistence.files import Files
from osdesk.persistence.packed import unpack

Problems = Iterator[UserError]
_BLOCK = 1 << 20


def quick(connection: sqlite3.Connection) -> Problems:
    """What is asked at every start: pages, references, and that no row is missing."""
    yield from _pages(connection, "PRAGMA quick_check")
    yield from _references(connection)
    yield from _counts(connection)


def structure(connection: sqlite3.Connection) -> Problems:
    """Pages, CHECKs, indexes, references."""
    yield from _pages(connection, "PRAGMA integrity_check")
    yield from _references(connection)


def _pages(connection: sqlite3.Connection, pragma: str) -> Problems:
    found = [row[0] for row in connection.execute(pragma)]
    if found != ["ok"]:
        yield UserError("check_structure", count=len(found), detail=found)


def _references(connection: sqlite3.Connection) -> Problems:
    for table, row, _, _ in connection.execute("PRAGMA foreign_key_check"):
        yield UserError("check_reference", table=table, row_id=row)


def _counts(connection: sqlite3.Connection) -> Problems:
    """The history has no gap, and every order that it opened is there."""
    pairs = (
        "SELECT coalesce(max(id), 0), count(*) FROM events",
        (
            "SELECT (SELECT count(*) FROM events WHERE code = 'order_opened')"
            " + (SELECT count(*) FROM import_rows WHERE kind = 'order'), count(*) FROM orders"
        ),
    )
    for pair in pairs:
        wanted, there = connection.execute(pair).fetchone()
        if there < wanted:
            yield UserError("changes_missing", count=wanted - there)


def schema(connection: sqlite3.Connection) -> Problems:
    """Tables, views, triggers word by word: what somebody added, changed or took away."""
    revision = migrate.revision_of(connection)
    for kind, name in sorted({row[:2] for row in schema_of(connection) ^ known_schema(revision)}):
        yield UserError("check_schema", kind=kind, name=name)


Schema = frozenset[tuple[str, str, str, str | None]]


def schema_of(connection: sqlite3.Connection) -> Schema:
    """Every table, index, view and trigger by its words, without SQLite's own statistics."""
    rows = connection.execute(
        "SELECT type, name, tbl_name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite!_stat%'"
        " ESCAPE '!'"
    )
    return frozenset(rows.fetchall())


@cache
def known_schema(revision: str | None) -> Schema:
    """``schema_of`` a file that our migrations make; nothing for a revision that is not ours."""
    known = [step.partition(" ")[0] for step in migrate.pending(None)]
    if revision not in known:
        return frozenset()
    connection = migrate.bare(":memory:")
    try:
        migrate.make_schema(connection, lambda _: None, target=revision)
        return schema_of(connection)
    finally:
        connection.close()


_EVENTS = (
    "SELECT e.id, e.at, e.author_id, e.code, e.order_id, e.customer_id, e.payment_id, e.data,"
    " e.hash, t.salt, t.body, t.erased"
    " FROM events AS e LEFT JOIN event_texts AS t ON t.event_id = e.id ORDER BY e.id"
)
_EVENTS_OF_OLDER_FILES = (
    "SELECT e.id, e.at, e.author_id, e.code, e.order_id, e.customer_id, e.payment_id, e.data,"
    " e.text_hash, e.previous, e.hash, t.salt, t.body"
    " FROM events AS e LEFT JOIN event_texts AS t ON t.event_id = e.id ORDER BY e.id"
)


def _events(connection: sqlite3.Connection) -> Iterator[tuple[Any, ...]]:
    """The history's rows as the chain covers them: moments and hashes as texts; at the end whether
    the event's texts are whole.

    An edited text has another hash than the chain covers, a missing one none.
    """
    columns = {row[1] for row in connection.execute("PRAGMA table_info(events)")}
    if "previous" in columns:
        yield from _events_of_older_files(connection)
        return
    for event, at, *plain, digest, salt, body, erased in connection.execute(_EVENTS):
        covered = None
        if body is not None:
            covered = text_hash(salt.hex(), body) if body else erased and erased.hex()
        try:
            moment = moment_text(at)
        except OverflowError:
            moment = ""
        yield event, moment, *plain, covered, None, digest.hex(), True


def _events_of_older_files(connection: sqlite3.Connection) -> Iterator[tuple[Any, ...]]:
    """Before revision 0003 each event named the hash before it, and the one of its texts."""
    for *told, covered, previous, digest, salt, body in connection.execute(_EVENTS_OF_OLDER_FILES):
        if covered is None or body is None or salt is None:
            whole = covered is None and body is None
        else:
            whole = body == "" or text_hash(salt, body) == covered
        yield *told, covered, previous, digest, whole


def history(connection: sqlite3.Connection) -> Problems:
    """The chain of events from the first to the last, and the texts that it covers."""
    last, head = 0, GENESIS
    for event, at, author, code, order, customer, payment, data, covered, *rest in _events(
        connection
    ):
        previous, digest, whole = rest
        wanted = chain_hash(
            head if previous is None else previous,
            sequence=event,
            at=at,
            author_id=author,
            code=code,
            keys={"order": order, "customer": customer, "payment": payment},
            data=data,
            texts=covered,
        )
        if event != last + 1 or previous not in (None, head) or wanted != digest:
            yield UserError("check_event", sequence=event)
        if not whole:
            yield UserError("check_event_text", sequence=event)
        last, head = event, digest
    given = connection.execute("SELECT seq FROM sqlite_sequence WHERE name = 'events'").fetchone()
    if given is not None and given[0] > last:
        yield UserError("changes_missing", count=given[0] - last)


def erased(connection: sqlite3.Connection) -> Problems:
    """Texts of the history are blanked with a person's data, and never otherwise."""
    rows = connection.execute(
        "SELECT e.id FROM event_texts AS t JOIN events AS e ON e.id = t.event_id"
        " WHERE t.body = '' AND NOT EXISTS ("
        "  SELECT 1 FROM customers AS c WHERE c.anonymised_at IS NOT NULL AND (c.id = e.customer_id"
        "  OR c.id = (SELECT customer_id FROM orders WHERE id = e.order_id)"
        "  OR c.id IN (SELECT json_extract(m.data, '$.customer_before') FROM events AS m"
        "   WHERE m.order_id = e.order_id AND m.code = 'order_changed')"
        "  OR c.id IN (SELECT iif(r.kind = 'order', o.customer_id, r.key) FROM import_rows AS r"
        "   LEFT JOIN orders AS o ON o.id = r.key WHERE r.event_id = e.id"
        "   AND r.kind IN ('order', 'customer')))) ORDER BY e.id"
    )
    for (event,) in rows:
        yield UserError("check_event_text", sequence=event)


def money(connection: sqlite3.Connection) -> Problems:
    """Every line and every order's totals against what they are made of."""
    rows = connection.execute(
        "SELECT o.number, i.position FROM items AS i JOIN orders AS o ON o.id = i.order_id"
        " WHERE i.total <> (i.quantity * i.unit_price + 500) / 1000 - i.discount"
    )
    for number, position in rows:
        yield UserError("check_line", number=number, position=position)
    rows = connection.execute(
        "SELECT o.number, o.status, o.discount, o.fee,"
        " o.labor_total, o.parts_total, o.total, o.paid, o.balance, o.allowance, o.late_fees,"
        " coalesce(i.labor, 0), coalesce(i.parts, 0), coalesce(p.paid, 0),"
        " coalesce(c.allowance, 0), coalesce(c.late_fees, 0)"
        " FROM orders AS o"
        " LEFT JOIN (SELECT order_id, sum(iif(kind = 'service', total, 0)) AS labor,"
        "   sum(iif(kind = 'part', total, 0)) AS parts FROM items GROUP BY order_id) AS i"
        "  ON i.order_id = o.id"
        " LEFT JOIN (SELECT order_id, sum(amount) AS paid FROM payments GROUP BY order_id) AS p"
        "  ON p.order_id = o.id"
        " LEFT JOIN (SELECT order_id, sum(iif(kind = 'allowance', amount, 0)) AS allowance,"
        "   sum(iif(kind = 'late_fees', amount, 0)) AS late_fees FROM charges GROUP BY order_id)"
        "  AS c ON c.order_id = o.id ORDER BY o.number"
    )
    for number, status, discount, fee, *kept, labor, parts, paid, allowance, fees in rows:
        totals = Totals(labor, parts, discount)
        total = owed_total(Status(status), totals, fee, allowance, fees)
        wanted = [labor, parts, total, paid, total - paid, allowance, fees]
        if kept != wanted:
            columns = (
                *("labor_total", "parts_total", "total", "paid", "balance"),
                *("allowance", "late_fees"),
            )
            pairs = zip(columns, kept, wanted, strict=True)
            names = [name for name, was, should in pairs if was != should]
            yield UserError("check_total", number=number, names=names)


def parts(connection: sqlite3.Connection) -> Problems:
    """What is open of every instalment against the order's balance: the oldest are paid first."""
    rows = connection.execute(
        "SELECT o.number, o.balance, o.due_on, i.due_on, i.amount, i.open"
        " FROM instalments AS i JOIN orders AS o ON o.id = i.order_id"
        " ORDER BY o.number, i.position"
    )
    for number, found in groupby(rows, key=lambda row: row[0]):
        _, balances, due, days, amounts, left = zip(*found, strict=True)
        wanted = open_parts(amounts, balances[0])
        if list(left) != wanted or due[0] != earliest_due(days, left) or list(days) != sorted(days):
            yield UserError("check_instalments", number=number)


def told(connection: sqlite3.Connection) -> Problems:
    """Status and money of every order against what the history tells of them."""
    rows = connection.execute(
        "SELECT o.number FROM orders AS o WHERE o.status <> coalesce("
        " (SELECT json_extract(e.data, '$.to') FROM events AS e WHERE e.order_id = o.id"
        "  AND e.code IN ('moved', 'reopened') ORDER BY e.id DESC LIMIT 1),"
        " (SELECT json_extract(e.data, '$.record.status') FROM import_rows AS r"
        "  JOIN events AS e ON e.id = r.event_id WHERE r.kind = 'order' AND r.key = o.id),"
        " 'received') ORDER BY o.number"
    )
    for (number,) in rows:
        yield UserError("check_status", number=number)
    rows = connection.execute(
        "WITH told AS (SELECT payment_id, json_extract(data, '$.amount') AS amount FROM events"
        "  WHERE code IN ('paid', 'reversed', 'refunded')"
        "  UNION ALL SELECT json_extract(p.value, '$.payment'), json_extract(p.value, '$.amount')"
        "  FROM import_rows AS r JOIN events AS e ON e.id = r.event_id,"
        "  json_each(e.data, '$.record.payments') AS p WHERE r.kind = 'order')"
        " SELECT p.id, o.number FROM payments AS p JOIN orders AS o ON o.id = p.order_id"
        " LEFT JOIN told AS t ON t.payment_id = p.id WHERE t.amount IS NOT p.amount"
        " UNION SELECT t.payment_id, NULL FROM told AS t"
        " WHERE t.payment_id NOT IN (SELECT id FROM payments) ORDER BY 1"
    )
    for payment, number in rows:
        yield UserError("check_payment", payment=payment, number=number)


def imports(connection: sqlite3.Connection) -> Problems:
    """Every batch against the history: what it brought in is all there, or was all taken back."""
    rows = connection.execute(
        "SELECT b.id FROM import_batches AS b"
        " LEFT JOIN (SELECT json_extract(data, '$.batch') AS batch, data FROM events"
        "  WHERE code = 'imported') AS made ON made.batch = b.id"
        " LEFT JOIN (SELECT json_extract(data, '$.batch') AS batch FROM events"
        "  WHERE code = 'import_undone') AS undone ON undone.batch = b.id"
        " LEFT JOIN (SELECT json_extract(data, '$.batch') AS batch, count(*) AS told FROM events"
        "  WHERE code IN ('order_imported', 'customer_imported') GROUP BY 1) AS each"
        "  ON each.batch = b.id"
        " LEFT JOIN (SELECT batch_id, count(*) AS there FROM import_rows"
        "  WHERE kind IN ('order', 'customer') GROUP BY 1) AS left ON left.batch_id = b.id"
        " WHERE json_extract(made.data, '$.sha256') IS NOT b.sha256"
        " OR json_extract(made.data, '$.kind') IS NOT b.kind"
        " OR (b.undone_at IS NULL) <> (undone.batch IS NULL)"
        " OR coalesce(left.there, 0) <> iif(b.undone_at IS NULL, coalesce(each.told, 0), 0)"
        " UNION SELECT json_extract(data, '$.batch') FROM events WHERE code = 'imported'"
        "  AND json_extract(data, '$.batch') NOT IN (SELECT id FROM import_batches) ORDER BY 1"
    )
    for (batch,) in rows:
        yield UserError("check_import", batch=batch)


def numbers(connection: sqlite3.Connection) -> Problems:
    """Counters stand above every number that was given."""
    given = {
        "order": "SELECT coalesce(max(number), 0) FROM orders",
        "receipt": "SELECT coalesce(max(receipt), 0) FROM payments",
    }
    counters = dict(connection.execute("SELECT name, next FROM counters").fetchall())
    for name, query in given.items():
        highest = connection.execute(query).fetchone()[0]
        if counters.get(name, 0) <= highest:
            yield UserError("check_counter", field=name, highest=highest)


def papers(connection: sqlite3.Connection) -> Problems:
    """What each issued paper froze against the hash that is printed on it; blanked ones pass."""
    rows = connection.execute(
        "SELECT o.number, p.version, p.canonical, p.sha256 FROM issued_papers AS p"
        " JOIN orders AS o ON o.id = p.order_id WHERE length(p.canonical) > 0"
    )
    for number, version, canonical, digest in rows:
        if _unpacked_hash(canonical) != digest:
            yield UserError("check_paper", number=number, version=version)


def _unpacked_hash(packed: bytes) -> str | None:
    try:
        return sha256_hex(unpack(packed))
    except (zlib.error, UnicodeDecodeError):
        return None


def closings(connection: sqlite3.Connection) -> Problems:
    """What each closed month froze against its hash, and that hash against the history's."""
    rows = connection.execute(
        "SELECT c.month, c.figures, c.sha256, EXISTS (SELECT 1 FROM events AS e"
        "  WHERE e.code = 'month_closed' AND json_extract(e.data, '$.month') = c.month"
        "  AND json_extract(e.data, '$.sha256') = c.sha256),"
        " c.revenue IS json_extract(c.figures, '$.figures.revenue')"
        "  AND c.format IS json_extract(c.figures, '$.format')"
        " FROM month_closings AS c ORDER BY c.id"
    )
    for month, figures, digest, told_of, at_hand in rows:
        if sha256_hex(figures) != digest or not (told_of and at_hand):
            yield UserError("check_closing", month=month)


def files(connection: sqlite3.Connection, kept: Files) -> Problems:
    """Files that rows name are there, and every file is what its name says."""
    rows = connection.execute(
        "SELECT a.sha256 FROM attachments AS a JOIN orders AS o ON o.id = a.order_id"
        " JOIN customers AS c ON c.id = o.customer_id WHERE c.anonymised_at IS NULL"
        " UNION SELECT logo FROM shop WHERE logo IS NOT NULL"
    )
    present = kept.names()
    for name in sorted({row[0] for row in rows} - set(present)):
        yield UserError("file_missing", name=name)
    for name in present:
        if hash_of(kept.path(name)) != name:
            yield UserError("file_damaged", name=name)
    folder = kept.folder.with_name("papers")
    rows = connection.execute(
        "SELECT f.name, f.sha256 FROM issued_files AS f"
        " JOIN issued_papers AS p ON p.id = f.issued_paper_id WHERE length(p.canonical) > 0"
    )
    for name, digest in rows:
        if not (folder / name).is_file():
            yield UserError("file_missing", name=name)
        elif hash_of(folder / name) != digest:
            yield UserError("file_damaged", name=name)


def hash_of(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()
