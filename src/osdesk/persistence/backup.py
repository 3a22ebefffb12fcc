"""A backup of a shop's folder: one moment of the database, its files, and both readable without us.

The copy is made by SQLite itself beside whoever has the file open, read again and compared before
it is packed; the archive is read again before it gets its name.
"""

import contextlib
import os
import re
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, tzinfo
from functools import lru_cache
from pathlib import Path

from osdesk.domain.backup_rules import Copy, to_prune
from osdesk.domain.errors import UserError
from osdesk.domain.views.shop import (
    BackupFigures,
)
from osdesk.persistence import backup_file, checks, migrate
from osdesk.persistence.backup_file import DATABASE, Manifest
from osdesk.persistence.database import Database, connect, translate_errors
from osdesk.persistence.files import replace_file, sync_folder
from osdesk.persistence.folder import STAGING
from osdesk.persistence.mark import newest_event
from osdesk.persistence.search_index import index_is_whole, rebuild
from osdesk.persistence.store import Store

KEPT_FOLDERS = ("files", "papers")
_NAME = re.compile(r"osdesk-(\d{8}-\d{6})-seq(\d+)(?:-\d+)?\.zip")

Export = Callable[[Path, Path], None]
"""Writes the readable copies of a database (first path) into an empty folder (second path)."""


def write_backup(
    store: Store, target: Path, export: Export, *, now: datetime, reason: str = ""
) -> BackupFigures:
    """One verified backup in ``target``; nothing of it is there where this raises UserError.

    Besides the environment's errors: ``backup_unsure``, where the copy is not what the shop is.
    """
    if store.database.replaced:
        raise UserError("database_replaced", path=store.database.path)
    password = store.backup_lock.password
    try:
        target.mkdir(parents=True, exist_ok=True)
        with _scratch(target) as scratch, translate_errors():
            copy = scratch / DATABASE
            _copy(store.database, copy)
            manifest = _describe(copy, now)
            readable = scratch / "export"
            readable.mkdir()
            export(copy, readable)
            packed = scratch / "backup.tmp"
            manifest = replace(manifest, serial=_next_serial(target), reason=reason)
            sources = _sources(store.folder, copy, readable)
            backup_file.write(packed, manifest, sources, password)
            whole, digest = backup_file.read(packed, passwords=[password] if password else [])
            place = _free_name(target, manifest, now)
            replace_file(packed, place)
            sync_folder(target)
    except OSError as error:
        raise UserError("cannot_write", path=target) from error
    with contextlib.suppress(UserError):  # the backup is good; the next close marks again
        store.mark()
    return figures_of(whole, place, digest)


def figures_of(manifest: Manifest, path: Path, digest: str) -> BackupFigures:
    return BackupFigures(
        path=str(path),
        made_at=manifest.made,
        sequence=manifest.sequence,
        orders=manifest.counts.get("orders", 0),
        customers=manifest.counts.get("customers", 0),
        payments=manifest.counts.get("payments", 0),
        files=manifest.files,
        sha256=digest,
    )


def bring(backup: Path, place: Path, passwords: Sequence[str]) -> None:
    """A finished backup in another place too, read again there before it gets its name.

    Raises UserError ``cannot_write``, and those of reading a backup.
    """
    try:
        with _scratch(place) as scratch:
            packed = scratch / "backup.tmp"
            shutil.copyfile(backup, packed)
            with packed.open("r+b") as file:
                os.fsync(file.fileno())
            manifest, _ = backup_file.read(packed, passwords=passwords)
            replace_file(packed, _free_name(place, manifest, manifest.made))
    except OSError as error:
        raise UserError("cannot_write", path=place) from error


def prune(place: Path, shop_id: str, zone: tzinfo) -> list[str]:
    """Right after a new backup in a place, the old ones of the same shop that the rules let go are
    removed; their names. One that cannot be removed now is left for the next time."""
    found = {kept.manifest.serial: kept for kept in backups_in(place, shop_id)}
    gone = []
    for copy in to_prune([kept.as_copy(zone) for kept in found.values()]):
        with contextlib.suppress(OSError):
            found[copy.serial].path.unlink()
            gone.append(found[copy.serial].path.name)
    return gone


def _next_serial(place: Path) -> int:
    return 1 + max((kept.manifest.serial for kept in backups_in(place)), default=0)


@dataclass(frozen=True)
class Kept:
    """One finished backup of a place, as its own manifest tells it."""

    path: Path
    manifest: Manifest

    def as_copy(self, zone: tzinfo) -> Copy:
        """As the rules of keeping see it."""
        told = self.manifest
        made = told.made.astimezone(zone).replace(tzinfo=None)
        return Copy(told.serial, told.sequence, told.head, made, pinned=told.reason != "")


def backups_in(place: Path, shop_id: str | None = None) -> list[Kept]:
    """The finished backups of a place, of one shop or of all, newest first.

    The order is that of the place's own counter, and of the history in backups of older versions:
    a name and a clock say nothing of which is the newest.
    """
    found = []
    with contextlib.suppress(OSError):
        for path in place.iterdir():
            if _NAME.fullmatch(path.name):
                with contextlib.suppress(OSError):
                    status = path.stat()
                    manifest = _peeked(path, status.st_size, status.st_mtime_ns)
                    if manifest and shop_id in (None, manifest.shop_id):
                        found.append(Kept(path, manifest))
    found.sort(key=lambda kept: (kept.manifest.serial, kept.manifest.sequence, kept.path.name))
    return found[::-1]


@lru_cache(maxsize=512)
def _peeked(path: Path, size: int, changed: int) -> Manifest | None:
    return backup_file.peek(path)


def last_backup(place: Path, shop_id: str | None = None) -> tuple[datetime, Path] | None:
    """The newest finished backup of a place, and when it says that it was made."""
    found = backups_in(place, shop_id)
    return (found[0].manifest.made, found[0].path) if found else None


def _free_name(target: Path, manifest: Manifest, now: datetime) -> Path:
    name = f"osdesk-{now.astimezone():%Y%m%d-%H%M%S}-seq{manifest.sequence}"
    place, count = target / f"{name}.zip", 1
    while place.exists():
        count += 1
        place = target / f"{name}-{count}.zip"
    return place


@contextmanager
def _scratch(target: Path) -> Iterator[Path]:
    """A folder for what is not finished, beside the finished ones."""
    scratch = Path(tempfile.mkdtemp(prefix=STAGING, suffix=".tmp", dir=target))
    try:
        yield scratch
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def _copy(source: Database, copy: Path) -> None:
    """One moment of the file, whatever is written meanwhile; compared with its source and sound."""
    reading = source.connect()
    writing = sqlite3.connect(copy, isolation_level=None)
    try:
        reading.execute("PRAGMA query_only=ON")
        reading.execute("BEGIN")
        expected = migrate.figures(reading), newest_event(reading)
        reading.backup(writing, pages=-1)
        reading.execute("ROLLBACK")
        writing.execute("PRAGMA journal_mode=DELETE")
    finally:
        writing.close()
        reading.close()
    again = connect(copy)
    try:
        if (migrate.figures(again), newest_event(again)) != expected:
            raise UserError("backup_unsure")
        if next(checks.structure(again), None) is not None:
            raise UserError("database_damaged")
        for problem in checks.schema(again):
            raise UserError("backup_schema", **problem.data)
        if not index_is_whole(again):
            rebuild(again)  # the index follows from the tables, which are sound
    finally:
        again.close()


def _describe(copy: Path, now: datetime) -> Manifest:
    connection = connect(copy)
    try:
        sequence, head = newest_event(connection)
        shop_id, name = connection.execute("SELECT shop_id, name FROM shop").fetchone()
        return Manifest(
            format=backup_file.FORMAT,
            shop_id=shop_id,
            shop=name,
            revision=migrate.revision_of(connection) or "",
            schema=connection.execute("PRAGMA user_version").fetchone()[0],
            sequence=sequence,
            head=head,
            first_broken=first_broken(connection),
            counts=migrate.figures(connection),
            made_at=now.astimezone(UTC).isoformat(),
        )
    finally:
        connection.close()


def first_broken(connection: sqlite3.Connection) -> int | None:
    """Where the history is not what it was; a backup of a broken one is still a backup."""
    problem = next(checks.history(connection), None)
    return None if problem is None else int(str(problem.data.get("sequence", 0)))


def _sources(folder: Path, copy: Path, readable: Path) -> dict[str, Path]:
    found = {DATABASE: copy}
    for entry in sorted(readable.iterdir()):
        found[f"export/{entry.name}"] = entry
    for kept in KEPT_FOLDERS:
        if (folder / kept).is_dir():
            for entry in sorted((folder / kept).iterdir()):
                name = f"{kept}/{entry.name}"
                if entry.is_file() and not entry.is_symlink() and backup_file.is_safe(name):
                    found[name] = entry
    return found
