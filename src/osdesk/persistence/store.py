"""One shop's folder, opened: its lock, its database, its files, and the mark of its last change."""

import contextlib
import shutil
import sqlite3
import uuid
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import IO

from osdesk.domain.default_texts import PAYMENT_TERMS, TERMS_DELIVERY, TERMS_INTAKE
from osdesk.domain.errors import UserError
from osdesk.domain.text import fold
from osdesk.persistence import migrate, wal
from osdesk.persistence.backup_lock import BackupLock
from osdesk.persistence.database import WAIT, Database, connect, translate_errors
from osdesk.persistence.files import Files
from osdesk.persistence.folder import (
    BACKUPS,
    DATABASE,
    MARK,
    Clock,
    is_held,
    keep_private,
    look,
    refuse_unsafe,
    take_lock,
)
from osdesk.persistence.mark import (
    last_change,
    missing_changes,
    newest_event,
    read_mark,
    write_mark,
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
    """An open shop. ``missing_changes``: events that were once there and are gone. ``touched``: its
    file is not byte for byte what the last close left, whatever the reason."""

    folder: Path
    database: Database
    files: Files
    writable: bool
    missing_changes: int
    touched: bool
    _lock: IO[str] | None
    _closed: bool = False
    _marked: int = 0
    _marking: Lock = field(default_factory=Lock)

    @property
    def backups(self) -> Path:
        return self.folder / BACKUPS

    @property
    def secrets(self) -> SecretBox:
        """Where the key of the devices' access codes is; it lies beside the database."""
        return SecretBox(self.folder)

    @property
    def backup_lock(self) -> BackupLock:
        """Where the password of its backups is, if it has one."""
        return BackupLock(self.folder)

    def newest_event(self) -> tuple[int, str]:
        """Number and hash of the last thing that was recorded."""
        with translate_errors():
            connection = self.database.connect()
            try:
                return newest_event(connection)
            finally:
                connection.close()

    def mark(self) -> None:
        """Note the newest event outside the database, durably, so that a lost tail can be seen.

        Only who holds the folder's lock marks; a shop that has lost changes keeps its mark.
        """
        if self._lock is None or self.missing_changes:
            return
        event, digest = self.newest_event()
        try:
            with self._marking:
                write_mark(self.folder / MARK, self.database.path, event, digest, durable=True)
                self._marked = event
        except OSError:
            raise UserError("cannot_write", path=self.folder / MARK) from None

    def _acknowledged(self, event: int, digest: str) -> None:
        """After each commit. A mark that cannot be written takes nothing from the save."""
        with self._marking:
            if event > self._marked:
                with contextlib.suppress(OSError, UserError):
                    write_mark(self.folder / MARK, self.database.path, event, digest, durable=False)
                    self._marked = event

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
            if sound:
                with contextlib.suppress(UserError):  # each commit has marked already
                    self.mark()
        finally:
            if self._lock is not None:
                self._lock.close()


def open_store(
    folder: Path, *, write: bool, create: bool = False, clock: Clock, wait: float = WAIT
) -> Store:
    """Open a shop's folder.

    Writing takes the folder's lock. An absent or empty folder becomes a shop where ``create`` says
    so. ``wait``: seconds that a save waits for another program. Nothing is made or touched where
    this raises UserError: no_shop, shop_missing, shop_empty, shop_foreign, shop_newer, shop_bare,
    shop_no_room, folder_not_empty, folder_in_use, folder_unsafe, needs_upgrade, log_foreign.
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
        touched = _is_touched(folder)
        _look_at_log(folder, held=write)
        missing, alone = _checked(folder, path, write=write, clock=clock)
        database = Database(path, wait=wait, alone=alone)
    except BaseException:
        if lock is not None:
            lock.close()
        raise
    if write:
        keep_private(folder)
    store = Store(folder, database, Files(folder / "files"), write, missing, touched, lock)
    if write and not missing:
        database.acknowledged = store._acknowledged
    return store


def _is_touched(folder: Path) -> bool:
    noted, path = read_mark(folder / MARK), folder / DATABASE
    return noted is None or noted.changed != last_change(path) or wal.has_log(path)


NO_ROOM = 1 << 20
"""Bytes below which a disk is full for what SQLite keeps beside an open file."""


def _checked(folder: Path, path: Path, *, write: bool, clock: Clock) -> tuple[int, bool]:
    """What ``_check_file`` says; whether the file can only be read alone, on a disk without room.

    That is possible where a shop was closed well and nobody has it open.
    """
    try:
        with translate_errors():
            return _check_file(folder, path, write=write, clock=clock), False
    except UserError as error:
        if error.code not in ("disk_full", "disk_error", "database_readonly"):
            raise
        if not write and not wal.has_log(path) and not is_held(folder):
            with translate_errors():
                return _check_file(folder, path, write=False, clock=clock, alone=True), True
        if shutil.disk_usage(folder).free < NO_ROOM:
            raise UserError("shop_no_room", path=folder) from None
        raise


def pending_upgrades(folder: Path) -> list[str]:
    """What an upgrade would apply, oldest first. Raises UserError as ``open_store``."""
    if not look(folder):
        raise UserError("no_shop", path=folder)
    _look_at_log(folder, held=False)
    with translate_errors():
        connection = connect(folder / DATABASE)
        try:
            revision = _known_revision(connection, folder / DATABASE)
        finally:
            connection.close()
    return migrate.pending(revision)


def _look_at_log(folder: Path, *, held: bool) -> None:
    """A log that a crash left is looked at before anything is opened; ``held``: the lock is ours.

    That of a running program is its own affair.
    """
    if wal.has_log(folder / DATABASE) and (held or not is_held(folder)):
        from osdesk.persistence.left_log import look_at_log  # after a crash alone

        look_at_log(folder)


def _known_revision(connection: sqlite3.Connection, path: Path) -> str:
    revision = migrate.revision_of(connection)
    if revision is None:
        raise UserError("shop_bare", path=path)
    if revision not in migrate.KNOWN:
        raise UserError("shop_newer", version=revision, known=migrate.HEAD)
    return revision


def _check_file(folder: Path, path: Path, *, write: bool, clock: Clock, alone: bool = False) -> int:
    """Upgrade an older file; count the events that the mark knows and the file has lost."""
    connection = connect(path, alone=alone)
    try:
        revision = _known_revision(connection, path)
        if revision != migrate.HEAD and not write:
            raise UserError("needs_upgrade")
        _refuse_bare(connection, path)
    finally:
        connection.close()
    if revision != migrate.HEAD:
        migrate.upgrade_file(path, folder / BACKUPS, now=clock())
    connection = connect(path, alone=alone)
    try:
        return missing_changes(connection, folder / MARK)
    finally:
        connection.close()


def _refuse_bare(connection: sqlite3.Connection, path: Path) -> None:
    """A shop without its own row or its counters is one that somebody emptied."""
    shops = connection.execute("SELECT count(*) FROM shop").fetchone()[0]
    counters = connection.execute(
        "SELECT count(*) FROM counters WHERE name IN ('order', 'receipt')"
    ).fetchone()[0]
    if (shops, counters) != (1, 2):
        raise UserError("shop_bare", path=path)


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

    try:
        migrate.create_file(path, fill)
    except OSError:
        raise UserError("cannot_write", path=path) from None
