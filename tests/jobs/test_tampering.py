"""Kinds of edit that somebody with a database browser can make, and whether ``check`` finds them.

Each statement changes rows behind the program's back, its guards taken off first.
"""

import shutil
import sqlite3
from pathlib import Path

import pytest
from tests.conftest import NOW
from tests.jobs.zips import tamper

from osdesk.domain.chain import chain_hash, text_hash
from osdesk.jobs.backup import back_up, restore
from osdesk.jobs.check import check
from osdesk.persistence.columns import moment_text
from osdesk.persistence.retold import FACTS, WORDS
from osdesk.persistence.store import open_store
from osdesk.services.shop.slots import save_slot
from osdesk.texts import sentence
from osdesk.texts.fields import FIELD

EDITS = {
    "payment, method": "UPDATE payments SET method = iif(method = 'pix', 'cash', 'pix')"
    " WHERE id = (SELECT min(id) FROM payments)",
    "payment, day": "UPDATE payments SET paid_on = date(paid_on, '-1 day')"
    " WHERE id = (SELECT min(id) FROM payments)",
    "payment, receipt": "UPDATE payments SET receipt = receipt + 100000"
    " WHERE id = (SELECT min(id) FROM payments)",
    "payment, moment": "UPDATE payments SET at = replace(at, 'T1', 'T0')"
    " WHERE id = (SELECT min(id) FROM payments WHERE at LIKE '%T1%')",
    "payment, who received": "UPDATE payments SET received_by_id = NULL"
    " WHERE id = (SELECT min(id) FROM payments WHERE received_by_id IS NOT NULL)",
    "payment, another order": "UPDATE payments SET order_id = order_id + 1"
    " WHERE id = (SELECT min(id) FROM payments)",
    "payment, taken away": "DELETE FROM payments WHERE id = (SELECT max(id) FROM payments)",
    "payment, amount": "UPDATE payments SET amount = amount + 100"
    " WHERE id = (SELECT min(id) FROM payments)",
    "approval, by whom": "UPDATE approvals SET approved_by = 'Outro'"
    " WHERE id = (SELECT min(id) FROM approvals)",
    "approval, how": "UPDATE approvals SET via = iif(via = 'email', 'phone', 'email')"
    " WHERE id = (SELECT min(id) FROM approvals)",
    "approval, total": "UPDATE approvals SET total = total + 1"
    " WHERE id = (SELECT min(id) FROM approvals)",
    "approval, moment": "UPDATE approvals SET at = '2020-01-01T10:00:00.000000Z'"
    " WHERE id = (SELECT min(id) FROM approvals)",
    "approval, taken away": "DELETE FROM approvals WHERE id = (SELECT max(id) FROM approvals)",
    "approval, invented": "INSERT INTO approvals (order_id, approved_by, via, at, total)"
    " SELECT order_id, approved_by, via, at, total FROM approvals LIMIT 1",
    "delivery, to whom": "UPDATE deliveries SET collected_by = 'Outro'"
    " WHERE id = (SELECT min(id) FROM deliveries)",
    "delivery, moment": "UPDATE deliveries SET at = '2020-01-01T10:00:00.000000Z'"
    " WHERE id = (SELECT min(id) FROM deliveries)",
    "delivery, warranty": "UPDATE deliveries SET warranty_until = date(warranty_until, '+1 year')"
    " WHERE id = (SELECT min(id) FROM deliveries WHERE warranty_until IS NOT NULL)",
    "delivery, taken away": "DELETE FROM deliveries WHERE id = (SELECT max(id) FROM deliveries)",
    "note, words": "UPDATE notes SET body = 'Nada' WHERE id = (SELECT min(id) FROM notes)",
    "note, for whom": "UPDATE notes SET for_customer = 1 - for_customer"
    " WHERE id = (SELECT min(id) FROM notes)",
    "note, taken away": "DELETE FROM notes WHERE id = (SELECT min(id) FROM notes)",
    "notice, words": "UPDATE notices SET body = 'Nada' WHERE id = (SELECT min(id) FROM notices)",
    "notice, moment": "UPDATE notices SET at = '2020-01-01T10:00:00.000000Z'"
    " WHERE id = (SELECT min(id) FROM notices)",
    "notice, taken away": "DELETE FROM notices WHERE id = (SELECT min(id) FROM notices)",
    "paper, hash": "UPDATE issued_papers SET sha256 = replace(sha256, substr(sha256, 1, 1), 'f')"
    " WHERE id = (SELECT min(id) FROM issued_papers)",
    "paper, moment": "UPDATE issued_papers SET issued_at = '2020-01-01T10:00:00.000000Z'"
    " WHERE id = (SELECT min(id) FROM issued_papers)",
    "paper, signed": "UPDATE issued_papers SET signed_at = issued_at"
    " WHERE id = (SELECT min(id) FROM issued_papers WHERE signed_at IS NULL)",
    "quote, total": "UPDATE quotes SET total = total + 1 WHERE id = (SELECT min(id) FROM quotes)",
    "quote, promise": "UPDATE quotes SET promised_on = date(promised_on, '+1 day')"
    " WHERE id = (SELECT min(id) FROM quotes WHERE promised_on IS NOT NULL)",
    "order, opened when": "UPDATE orders SET created_at = '2020-01-01T10:00:00.000000Z'"
    " WHERE id = (SELECT min(id) FROM orders)",
    "order, status": "UPDATE orders SET status = 'ready'"
    " WHERE id = (SELECT min(id) FROM orders WHERE status = 'received')",
    "order, report": "UPDATE orders SET report = 'Nada foi feito.'"
    " WHERE id = (SELECT min(id) FROM orders WHERE report IS NOT NULL)",
    "order, diagnosis": "UPDATE orders SET diagnosis = 'Outro.'"
    " WHERE id = (SELECT min(id) FROM orders WHERE diagnosis IS NOT NULL)",
    "order, start": "UPDATE orders SET start_on = date(start_on, '+1 day') WHERE id = (SELECT"
    " min(o.id) FROM orders AS o JOIN events AS e ON e.order_id = o.id"
    " WHERE json_extract(e.data, '$.start_on') IS NOT NULL)",
    "event, words": 'UPDATE event_texts SET body = \'{"name":"Outro"}\''
    " WHERE event_id = (SELECT min(event_id) FROM event_texts)",
    "event, data": "UPDATE events SET data = '{}' WHERE code = 'paid'",
    "event, taken away": "DELETE FROM events WHERE id = 30",
    "event, author": "UPDATE events SET author_id = NULL"
    " WHERE id = (SELECT min(id) FROM events WHERE author_id IS NOT NULL)",
}


def tampered(demo: Path, folder: Path, statement: str) -> list[str]:
    """What ``check`` says of a copy of the shop in which this was done; the codes."""
    shutil.copytree(demo, folder)
    tamper(folder / "osdesk.db", statement)
    store = open_store(folder, write=False, clock=lambda: NOW)
    try:
        problems = check(store)
    finally:
        store.close()
    assert all(sentence(problem).endswith(".") for problem in problems)
    return [problem.code for problem in problems]


@pytest.mark.parametrize("what", EDITS)
def test_an_edit_behind_the_programs_back_is_found(demo, tmp_path, what):
    assert tampered(demo, tmp_path / "edited", EDITS[what]) != []


def test_every_name_that_may_differ_has_its_word():
    told = {*FACTS, *WORDS, "payments", "approval", "collected", "notes", "notices", "files"}
    told |= {"papers", "signed", "quote", "created_at", "number", "delivered_on", "warranty_until"}
    assert told <= set(FIELD)


def test_a_rewritten_history_is_found_by_the_backups_that_knew_the_old_one(demo):
    store = open_store(demo, write=True, clock=lambda: NOW)
    back_up(store, None, now=NOW)
    store.close()
    rewrite_from(demo / "osdesk.db", first=200)
    (demo / "osdesk.mark").unlink()
    assert found(demo) == ["check_anchor"]


def test_a_cut_tail_is_found_by_the_backups_without_mark_and_counter(demo):
    store = open_store(demo, write=True, clock=lambda: NOW)
    store.database.run(save_slot, None, "Z9", active=True, now=NOW, author=None)
    back_up(store, None, now=NOW)
    store.close()
    tamper(
        demo / "osdesk.db",
        "DELETE FROM events WHERE id = (SELECT max(id) FROM events)",
        "UPDATE sqlite_sequence SET seq = seq - 1 WHERE name = 'events'",
    )
    (demo / "osdesk.mark").unlink()
    assert found(demo) == ["check_anchor"]


def test_a_restored_backup_gives_the_later_ones_no_word(demo):
    store = open_store(demo, write=True, clock=lambda: NOW)
    back_up(store, None, now=NOW)
    (early,) = store.backups.glob("*.zip")
    store.database.run(save_slot, None, "Z9", active=True, now=NOW, author=None)
    back_up(store, None, now=NOW)
    store.close()
    restore(early, demo, replace=True, clock=lambda: NOW)
    assert found(demo) == []


def found(folder: Path) -> list[str]:
    store = open_store(folder, write=False, clock=lambda: NOW)
    try:
        return [problem.code for problem in check(store)]
    finally:
        store.close()


def rewrite_from(database: Path, *, first: int) -> None:
    """What somebody with the program's own rule of the chain does: one author taken off, and every
    later event hashed anew."""
    connection = sqlite3.connect(database, isolation_level=None)
    connection.row_factory = sqlite3.Row
    rows = connection.execute(
        "SELECT e.*, t.salt, t.body FROM events AS e"
        " LEFT JOIN event_texts AS t ON t.event_id = e.id ORDER BY e.id"
    ).fetchall()
    connection.close()
    statements, previous = [], rows[first - 2]["hash"].hex()
    for row in rows[first - 1 :]:
        author = None if row["id"] == first else row["author_id"]
        keys = {name: row[f"{name}_id"] for name in ("order", "customer", "payment")}
        digest = chain_hash(
            previous,
            sequence=row["id"],
            at=moment_text(row["at"]),
            author_id=author,
            code=row["code"],
            keys=keys,
            data=row["data"],
            texts=None if row["body"] is None else text_hash(row["salt"].hex(), row["body"]),
        )
        whose = "NULL" if author is None else author
        statements.append(
            f"UPDATE events SET author_id = {whose}, hash = x'{digest}' WHERE id = {row['id']}"
        )
        previous = digest
    tamper(database, *statements)
