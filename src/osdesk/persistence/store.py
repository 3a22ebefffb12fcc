"""One shop's folder, opened: its lock, its database, its files, and the mark of its last change."""

import contextlib
import json
import os
import platform
import sqlite3
import sys
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from osdesk.domain.chain import GENESIS
from osdesk.domain.default_texts import PAYMENT_TERMS, TERMS_DELIVERY, TERMS_INTAKE
from osdesk.domain.errors import UserError
from osdesk.domain.text import fold
from osdesk.persistence import migrate
from osdesk.persistence.database import APPLICATION_ID, Database, connect
from osdesk.persistence.files import Files, write_atomic

DATABASE = "osdesk.db"
LOCK = "osdesk.lock"
MARK = "osdesk.mark"
BACKUPS = "backups"
OURS = frozenset({DATABASE, f"{DATABASE}-wal", f"{DATABASE}-shm", MARK, BACKUPS, "files", "papers"})
NEUTRAL = frozenset({LOCK, "logs", "window.ini"})
"""May stand in a folder that has no shop yet."""
SYNCED = ("onedrive", "dropbox", "google drive", "googledrive", "icloud")
NETWORK = frozenset({"nfs", "nfs4", "cifs", "smb3", "smbfs", "fuse.sshfs", "9p", "afs"})
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

Clock = Callable[[], datetime]


@dataclass
class Store:
    """An open shop. ``missing_changes``: events that were once there and are gone."""

    folder: Path
    database: Database
    files: Files
    writable: bool
    missing_changes: int
    _lock: IO[str] | None

    @property
    def backups(self) -> Path:
        return self.folder / BACKUPS

    def mark(self) -> None:
        """Note the newest event outside the database, so that a lost tail can be seen."""
        connection = connect(self.database.path)
        try:
            last = newest_event(connection)
        finally:
            connection.close()
        content = json.dumps({"event": last[0], "hash": last[1]})
        write_atomic(self.folder / MARK, content.encode("ascii"))

    def close(self) -> None:
        """Fold the log into the file, mark the last change, give the folder free. Twice is once."""
        self.database.close(checkpoint=self.writable)
        if self._lock is not None:
            if not self.missing_changes:
                self.mark()
            self._lock.close()
            self._lock = None


def open_store(folder: Path, *, write: bool, create: bool = False, clock: Clock) -> Store:
    """Open a shop's folder.

    Writing takes the folder's lock. An absent or empty folder becomes a shop where ``create`` says
    so. Nothing is made or touched where this raises UserError: no_shop, shop_missing, shop_empty,
    shop_foreign, shop_newer, folder_not_empty, folder_in_use, folder_unsafe, needs_upgrade.
    """
    path = folder / DATABASE
    exists = _look(folder)
    if not exists and not (write and create):
        raise UserError("no_shop", path=folder)
    refuse_unsafe(folder)
    lock = take_lock(folder, clock) if write else None
    try:
        if not exists and not _look(folder):
            _make(path, clock())
        missing = _check_file(folder, path, write=write, clock=clock)
        database = Database(path)
    except BaseException:
        if lock is not None:
            lock.close()
        raise
    _keep_private(folder)
    return Store(folder, database, Files(folder / "files"), write, missing, lock)


def pending_upgrades(folder: Path) -> list[str]:
    """What an upgrade would apply, oldest first. Raises UserError as ``open_store``."""
    if not _look(folder):
        raise UserError("no_shop", path=folder)
    connection = connect(folder / DATABASE)
    try:
        return migrate.pending(migrate.revision_of(connection))
    finally:
        connection.close()


def newest_event(connection: sqlite3.Connection) -> tuple[int, str]:
    row = connection.execute("SELECT id, hash FROM events ORDER BY id DESC LIMIT 1").fetchone()
    return (0, GENESIS) if row is None else (int(row[0]), str(row[1]))


# -- what is there --------------------------------------------------------------------------------


def _look(folder: Path) -> bool:
    """Whether a folder holds a shop's database; False where one may be made."""
    if not folder.exists():
        return False
    if not folder.is_dir():
        raise UserError("folder_not_empty", path=folder)
    names = {entry.name for entry in folder.iterdir()}
    if DATABASE in names:
        _look_at_file(folder / DATABASE)
        return True
    if names & OURS:
        raise UserError("shop_missing", path=folder / DATABASE)
    if names - NEUTRAL:
        raise UserError("folder_not_empty", path=folder)
    return False


def _look_at_file(path: Path) -> None:
    """Size, header, owner and version, asked of SQLite without changing a byte."""
    if path.stat().st_size < 512:
        raise UserError("shop_empty", path=path)
    connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
    try:
        application = connection.execute("PRAGMA application_id").fetchone()[0]
        version = connection.execute("PRAGMA user_version").fetchone()[0]
    except sqlite3.DatabaseError as error:
        if error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_NOTADB:
            raise UserError("shop_foreign", path=path) from None
        raise UserError("database_damaged", path=path) from None
    finally:
        connection.close()
    if application != APPLICATION_ID:
        raise UserError("shop_foreign", path=path)
    if version > migrate.SCHEMA:
        raise UserError("shop_newer", version=version, known=migrate.SCHEMA)


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


def refuse_unsafe(folder: Path) -> None:
    """No database on a network share or in a synced folder: both corrupt it."""
    parts = [part.casefold() for part in folder.absolute().parts]
    if str(folder).startswith(("\\\\", "//")) or any(
        part.startswith(name) for part in parts for name in SYNCED
    ):
        raise UserError("folder_synced", path=folder)
    if sys.platform.startswith("linux") and _file_system(folder) in NETWORK:
        raise UserError("folder_synced", path=folder)


def _file_system(folder: Path) -> str:
    best, kind = "", ""
    with contextlib.suppress(OSError):
        for line in Path("/proc/self/mounts").read_text("utf-8", "replace").splitlines():
            _, place, name, *_ = line.split(" ")
            place = place.replace("\\040", " ")
            inside = folder.absolute().is_relative_to(place)
            if inside and len(place) > len(best):
                best, kind = place, name
    return kind


# -- making and locking ---------------------------------------------------------------------------


def take_lock(folder: Path, clock: Clock) -> IO[str]:
    """The folder's lock, held by the operating system until closed or the process ends."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    file = (folder / LOCK).open("a+", encoding="utf-8")
    try:
        if sys.platform == "win32":
            import msvcrt

            file.seek(0)
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        file.seek(0)
        holder = "" if sys.platform == "win32" else file.read(200).strip()
        file.close()
        raise UserError("folder_in_use", path=folder, holder=holder) from None
    if sys.platform != "win32":
        file.truncate(0)
        file.write(f"{platform.node()} {clock().astimezone(UTC):%Y-%m-%d %H:%M} UTC")
        file.flush()
    return file


def _make(path: Path, now: datetime) -> None:
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


def _keep_private(folder: Path) -> None:
    if os.name != "nt":
        with contextlib.suppress(OSError):
            folder.chmod(0o700)
            (folder / DATABASE).chmod(0o600)
