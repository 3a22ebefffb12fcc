"""One shop's folder, opened: its lock, its database, its files, and the mark of its last change."""

import json
import sqlite3
import uuid
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from osdesk.domain.chain import GENESIS
from osdesk.domain.default_texts import PAYMENT_TERMS, TERMS_DELIVERY, TERMS_INTAKE
from osdesk.domain.errors import UserError
from osdesk.domain.text import fold
from osdesk.persistence import migrate
from osdesk.persistence.database import Database, connect, translate_errors
from osdesk.persistence.files import Files, write_atomic
from osdesk.persistence.folder import (
    BACKUPS,
    DATABASE,
    MARK,
    Clock,
    keep_private,
    look,
    refuse_unsafe,
    take_lock,
)
from osdesk.persistence.secret_box import SecretBox

SERVICE_TYPES = (
    "Conserto",
    "Orçamento",
    "Manutenção preventiva",
    "Instalação",
    "Limpeza",
    "Formatação",
    "Visita técnica",
    "Retorno em garantia",
)


@dataclass
class Store:
    """An open shop. ``missing_changes``: events that were once there and are gone."""

    folder: Path
    database: Database
    files: Files
    writable: bool
    missing_changes: int
    _lock: IO[str] | None
    _closed: bool = False

    @property
    def backups(self) -> Path:
        return self.folder / BACKUPS

    @property
    def secrets(self) -> SecretBox:
        """Where the key of the devices' access codes is; it lies beside the database."""
        return SecretBox(self.folder)

    def mark(self) -> None:
        """Note the newest event outside the database, so that a lost tail can be seen."""
        with translate_errors():
            connection = connect(self.database.path)
            try:
                event, digest = newest_event(connection)
            finally:
                connection.close()
        write_mark(self.folder, event, digest)

    def close(self) -> None:
        """Fold the log into the file, mark the last change, give the folder free. Twice is once.

        A file that was found damaged or stands in the place of ours is left as it is.
        """
        if self._closed:
            return
        self._closed = True
        sound = not self.database.refuses and not self.database.replaced
        try:
            self.database.close(checkpoint=self.writable and sound)
            if self._lock is not None and not self.missing_changes and sound:
                self.mark()
        finally:
            if self._lock is not None:
                self._lock.close()


def open_store(folder: Path, *, write: bool, create: bool = False, clock: Clock) -> Store:
    """Open a shop's folder.

    Writing takes the folder's lock. An absent or empty folder becomes a shop where ``create`` says
    so. Nothing is made or touched where this raises UserError: no_shop, shop_missing, shop_empty,
    shop_foreign, shop_newer, folder_not_empty, folder_in_use, folder_unsafe, needs_upgrade.
    """
    path = folder / DATABASE
    exists = look(folder)
    if not exists and not (write and create):
        raise UserError("no_shop", path=folder)
    refuse_unsafe(folder)
    lock = take_lock(folder, clock) if write else None
    try:
        with translate_errors():
            if not exists and not look(folder):
                _make(path)
            missing = _check_file(folder, path, write=write, clock=clock)
        database = Database(path)
    except BaseException:
        if lock is not None:
            lock.close()
        raise
    if write:
        keep_private(folder)
    return Store(folder, database, Files(folder / "files"), write, missing, lock)


def pending_upgrades(folder: Path) -> list[str]:
    """What an upgrade would apply, oldest first. Raises UserError as ``open_store``."""
    if not look(folder):
        raise UserError("no_shop", path=folder)
    with translate_errors():
        connection = connect(folder / DATABASE)
        try:
            revision = migrate.revision_of(connection)
        finally:
            connection.close()
    return migrate.pending(revision)


def newest_event(connection: sqlite3.Connection) -> tuple[int, str]:
    row = connection.execute("SELECT id, hash FROM events ORDER BY id DESC LIMIT 1").fetchone()
    return (0, GENESIS) if row is None else (int(row[0]), str(row[1]))


def _check_file(folder: Path, path: Path, *, write: bool, clock: Clock) -> int:
    """Upgrade an older file; count the events that the mark knows and the file has lost."""
    connection = connect(path)
    try:
        revision = migrate.revision_of(connection)
        if revision != migrate.HEAD and not write:
            raise UserError("needs_upgrade")
    finally:
        connection.close()
    if revision != migrate.HEAD:
        migrate.upgrade_file(path, folder / BACKUPS, now=clock())
    connection = connect(path)
    try:
        return _missing_changes(connection, folder / MARK)
    finally:
        connection.close()


def write_mark(folder: Path, event: int, digest: str) -> None:
    content = json.dumps({"event": event, "hash": digest})
    write_atomic(folder / MARK, content.encode("ascii"))


def _missing_changes(connection: sqlite3.Connection, mark: Path) -> int:
    try:
        noted = json.loads(mark.read_text("ascii"))
        event, expected = int(noted["event"]), str(noted["hash"])
    except (OSError, ValueError, KeyError, TypeError):
        return 0
    if event == 0:
        return 0
    row = connection.execute("SELECT hash FROM events WHERE id = ?", (event,)).fetchone()
    if row is not None and row[0] == expected:
        return 0
    return max(1, event - newest_event(connection)[0])


def _make(path: Path) -> None:
    def fill(connection: sqlite3.Connection) -> None:
        connection.execute(
            "INSERT INTO shop (id, shop_id, name, default_ddd, zone, quote_validity_days,"
            " warranty_days, pick_up_days, payment_terms)"
            " VALUES (1, ?, '', '11', 'America/Sao_Paulo', 10, 90, 30, ?)",
            (str(uuid.uuid4()), PAYMENT_TERMS),
        )
        connection.executemany(
            "INSERT INTO shop_texts (code, body) VALUES (?, ?)",
            [("terms_intake", TERMS_INTAKE), ("terms_delivery", TERMS_DELIVERY)],
        )
        connection.executemany(
            "INSERT INTO counters (name, next) VALUES (?, 1)", [("order",), ("receipt",)]
        )
        connection.executemany(
            "INSERT INTO service_types (name, name_folded, active) VALUES (?, ?, 1)",
            [(name, fold(name)) for name in SERVICE_TYPES],
        )

    migrate.create_file(path, fill)
