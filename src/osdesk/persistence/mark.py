"""The mark of a shop's folder: the newest event, noted outside the database after each commit.

A lost log, or an older file put back, is whole for SQLite; only the mark knows that more was there.
It is written in its place without waiting for the disk, which costs a save nothing: a killed
program leaves it exact, a power cut perhaps some seconds old. A close makes it durable.
"""

import json
import os
import sqlite3
from dataclasses import asdict, dataclass
from pathlib import Path

from osdesk.domain.chain import GENESIS
from osdesk.persistence import wal
from osdesk.persistence.files import write_atomic

LENGTH = 256
"""Bytes of the file, always: what is written over it never leaves the end of what was there."""


@dataclass(frozen=True)
class Noted:
    """``event`` and ``hash``: the newest event. ``log``: the salts of the log that it stood in, and
    ``changed`` when the file was last written to, in nanoseconds: both tell a log that was left by
    a crash from one that never belonged to this file."""

    event: int
    hash: str
    log: str = ""
    changed: int = 0


def newest_event(connection: sqlite3.Connection) -> tuple[int, str]:
    row = connection.execute("SELECT id, hash FROM events ORDER BY id DESC LIMIT 1").fetchone()
    return (0, GENESIS) if row is None else (int(row[0]), hex_of(row[1]))


def hex_of(digest: bytes | str) -> str:
    """A stored hash as its hexadecimal digits, as files of older versions have it."""
    return digest if isinstance(digest, str) else digest.hex()


def last_change(database: Path) -> int:
    try:
        return database.stat().st_mtime_ns
    except OSError:
        return 0


def read_mark(path: Path) -> Noted | None:
    """What is noted; None where nothing can be read, which says nothing."""
    try:
        noted = json.loads(path.read_text("ascii"))
        return Noted(
            event=int(noted["event"]),
            hash=str(noted["hash"]),
            log=str(noted.get("log", "")),
            changed=int(noted.get("changed", 0)),
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def write_mark(path: Path, database: Path, event: int, digest: str, *, durable: bool) -> None:
    """Note the newest event of a database. Raises UserError ``cannot_write``, OSError."""
    noted = Noted(event, digest, wal.salts_of(database), last_change(database))
    content = json.dumps(asdict(noted)).encode("ascii").ljust(LENGTH - 1) + b"\n"
    try:
        handle = os.open(path, os.O_RDWR | getattr(os, "O_BINARY", 0))
    except FileNotFoundError:
        write_atomic(path, content)
        return
    try:
        os.write(handle, content)
        os.ftruncate(handle, len(content))
        if durable:
            os.fsync(handle)
    finally:
        os.close(handle)


def missing_changes(connection: sqlite3.Connection, path: Path) -> int:
    """How many events the mark knows and the database has lost.

    The program beside this one may write the mark while it is read: only what is read twice the
    same is believed.
    """
    noted = read_mark(path)
    while noted is not None:
        if holds(connection, noted):
            return 0
        again = read_mark(path)
        if again == noted:
            return max(1, noted.event - newest_event(connection)[0])
        noted = again
    return 0


def holds(connection: sqlite3.Connection, noted: Noted) -> bool:
    """Whether a database has the event that was noted."""
    if noted.event == 0:
        return True
    row = connection.execute("SELECT hash FROM events WHERE id = ?", (noted.event,)).fetchone()
    return row is not None and hex_of(row[0]) == noted.hash
