"""What a folder is to us before anything in it is opened: a shop, room for one, or not ours.

Refusals change nothing; the lock is the operating system's own, so a crash never leaves it behind.
"""

import contextlib
import filecmp
import os
import platform
import shutil
import sqlite3
import struct
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from osdesk.domain.errors import UserError
from osdesk.persistence import migrate, wal
from osdesk.persistence.database import APPLICATION_ID
from osdesk.persistence.files import replace_file
from osdesk.persistence.secret_box import KEY

DATABASE = "osdesk.db"
LOCK = "osdesk.lock"
MARK = "osdesk.mark"
BACKUPS = "backups"
PASSWORDS = "osdesk.passwords"
LOGS = ("-wal", "-shm", "-journal")
"""What SQLite writes beside the database."""
OURS = frozenset(
    {
        *(DATABASE, f"{DATABASE}-wal", f"{DATABASE}-shm", MARK, BACKUPS, "files", "papers"),
        KEY,
        PASSWORDS,
    }
)
SMALLEST = 512
"""Bytes of the smallest database; SQLite itself would fill a smaller file anew."""
NEUTRAL = frozenset(
    {LOCK, "logs", "window.ini", f"{DATABASE}{migrate.NEW}", f"{DATABASE}{migrate.NEW}-journal"}
)
"""May stand in a folder that has no shop yet; a killed first start leaves the last two."""
STAGING = ".osdesk-"
"""Folders whose name begins so are work in progress, and of no worth to anybody later."""
SYNCED = ("onedrive", "dropbox", "google drive", "googledrive", "icloud")
NETWORK = frozenset({"nfs", "nfs4", "cifs", "smb3", "smbfs", "fuse.sshfs", "afs"})

Clock = Callable[[], datetime]


def look(folder: Path) -> bool:
    """Whether a folder holds a shop's database; False where one may be made."""
    if not folder.exists():
        return False
    if not folder.is_dir():
        raise UserError("folder_not_empty", path=folder)
    try:
        names = {entry.name for entry in folder.iterdir()}
    except OSError:
        raise UserError("cannot_read", path=folder) from None
    if DATABASE in names:
        _look_at_file(folder / DATABASE)
        return True
    if names & OURS:
        raise UserError("shop_missing", path=folder / DATABASE)
    if any(name not in NEUTRAL and not name.startswith(STAGING) for name in names):
        raise UserError("folder_not_empty", path=folder)
    return False


def _look_at_file(path: Path) -> None:
    """Size, header, owner and version as SQLite will see them, without changing a byte.

    ``shop_foreign`` with ``other``: it is whole, and another program's; without, nobody's.

    A log that a crash left belongs to the file: with one, the file may be shorter than its own
    header says, and its first page half written.
    """
    if not path.is_file():
        raise UserError("shop_foreign", path=path, other=True)
    if path.stat().st_size < SMALLEST:
        raise UserError("shop_empty", path=path)
    logged = wal.has_log(path)
    try:
        version = _header(path, whole=not logged)
    except sqlite3.DatabaseError as error:
        if error.sqlite_errorcode == sqlite3.SQLITE_CANTOPEN:
            raise UserError("cannot_read", path=path) from None
        if logged:
            version = _header_in_log(path)
        elif error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_NOTADB:
            raise UserError("shop_foreign", path=path) from None
        else:
            raise UserError("database_damaged", path=path) from None
    if not logged and _is_cut(path):
        raise UserError("database_damaged", path=path)
    if version > migrate.SCHEMA:
        raise UserError("shop_newer", version=version, known=migrate.SCHEMA)


def _header(path: Path, *, whole: bool) -> int:
    """The version of a file of ours, asked of SQLite, which takes no lock for it and makes no log.

    ``whole``: a file that is shorter than it says is damaged.
    """
    connection = sqlite3.connect(f"{path.absolute().as_uri()}?immutable=1", uri=True)
    try:
        if not whole:
            connection.execute("PRAGMA writable_schema=ON")
        application = connection.execute("PRAGMA application_id").fetchone()[0]
        version = connection.execute("PRAGMA user_version").fetchone()[0]
    finally:
        connection.close()
    if application != APPLICATION_ID:
        raise UserError("shop_foreign", path=path, other=True)
    return int(version)


def _is_cut(path: Path) -> bool:
    """Whether a file ends in the middle of a page, which SQLite would fill with zeros."""
    return path.stat().st_size % migrate.PAGE != 0


def _header_in_log(path: Path) -> int:
    """The version of a file of ours in the first page as the log has it."""
    try:
        log = wal.read_log(path)
        page = None if log is None else log.page(1)
    except OSError:
        raise UserError("cannot_read", path=path) from None
    if page is None or not page.startswith(b"SQLite format 3\0"):
        raise UserError("shop_foreign", path=path)
    version, application = struct.unpack(">I4xI", page[60:72])
    if application != APPLICATION_ID:
        raise UserError("shop_foreign", path=path)
    return int(version)


def refuse_unsafe(folder: Path) -> None:
    """No database on a network share or in a synced folder: both corrupt it."""
    folder = folder.resolve()
    parts = [part.casefold() for part in folder.parts]
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
            inside = folder.is_relative_to(place)
            if inside and len(place) >= len(best):
                best, kind = place, name
    return kind


def take_lock(folder: Path, clock: Clock) -> IO[str]:
    """The folder's lock, held by the operating system until closed or the process ends."""
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        file = (folder / LOCK).open("a+", encoding="utf-8")
    except OSError:
        raise UserError("cannot_write", path=folder) from None
    try:
        _lock(file, alone=True)
    except OSError:
        file.seek(0)
        holder = file.read(200).strip()
        file.close()
        raise UserError("folder_in_use", path=folder, holder=holder) from None
    words = f"{platform.node()} {clock().astimezone(UTC):%Y-%m-%d %H:%M} UTC"
    with contextlib.suppress(OSError):  # the lock holds without its words on a full disk too
        file.truncate(0)
        os.write(file.fileno(), words.encode())
    return file


LOCKED = 1 << 20
"""Where the byte is that is locked on Windows: what is locked there can be read by nobody else, so
it lies far behind the words on who holds the folder."""


def _lock(file: IO[str], *, alone: bool) -> None:
    """Raises OSError where another holds it. Those who only ask do not stand in each other's way,
    where the system can tell them apart."""
    if sys.platform == "win32":
        import msvcrt

        os.lseek(file.fileno(), LOCKED, os.SEEK_SET)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(file, (fcntl.LOCK_EX if alone else fcntl.LOCK_SH) | fcntl.LOCK_NB)


def is_held(folder: Path) -> bool:
    """Whether somebody holds the folder's lock; it is tried and given back at once."""
    try:
        file = (folder / LOCK).open("r+" if sys.platform == "win32" else "r", encoding="utf-8")
    except OSError:
        return False
    with file:
        try:
            _lock(file, alone=False)
        except OSError:
            return True
    return False


def set_aside(folder: Path, name: str, now: datetime | None = None) -> Path:
    """Keep the database and what SQLite wrote beside it, byte for byte, in the folder's backups.

    Named by ``now``, or by when they were last written; the same bytes are kept once. They stay
    where they are too. Returns where the database is kept. Raises UserError ``cannot_write``.
    """
    parts = {end: folder / f"{DATABASE}{end}" for end in (*LOGS[::2], "")}
    parts = {end: part for end, part in parts.items() if part.is_file()}
    aside = folder / BACKUPS
    if not parts:
        return aside
    try:
        written = max(part.stat().st_mtime for part in parts.values())
        moment = (now or datetime.fromtimestamp(written, UTC)).astimezone()
        aside.mkdir(parents=True, exist_ok=True)
        stem = f"{name}-{moment:%Y%m%d-%H%M%S}"
        place, count = aside / f"{stem}.db", 1
        while place.exists():
            if all(_same(part, place.with_name(place.name + end)) for end, part in parts.items()):
                return place
            count += 1
            place = aside / f"{stem}-{count}.db"
        for end, part in parts.items():
            copy = place.with_name(f"{place.name}{end}.tmp")
            shutil.copyfile(part, copy)
            with copy.open("r+b") as file:
                os.fsync(file.fileno())
            replace_file(copy, place.with_name(place.name + end))
    except OSError:
        raise UserError("cannot_write", path=aside) from None
    return place


def _same(one: Path, other: Path) -> bool:
    return other.is_file() and filecmp.cmp(one, other, shallow=False)


def keep_private(folder: Path) -> None:
    if os.name != "nt":
        with contextlib.suppress(OSError):
            folder.chmod(0o700)
            (folder / DATABASE).chmod(0o600)
