"""A backup back in its place: unpacked aside, looked at from end to end, swapped in whole.

A killed restore leaves the shop as it was, or the restored one; never a half.
"""

import contextlib
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import IO, NamedTuple

from osdesk.domain.errors import UserError
from osdesk.domain.views.shop import Held, RestorePlan
from osdesk.persistence import backup_file, checks, migrate, wal
from osdesk.persistence.backup import KEPT_FOLDERS, backups_in, first_broken
from osdesk.persistence.backup_file import Manifest
from osdesk.persistence.columns import moment_of
from osdesk.persistence.database import APPLICATION_ID, connect, translate_errors
from osdesk.persistence.files import replace_file, sync_folder
from osdesk.persistence.folder import (
    BACKUPS,
    DATABASE,
    LOCK,
    LOGS,
    MARK,
    STAGING,
    Clock,
    keep_private,
    refuse_unsafe,
    take_lock,
)
from osdesk.persistence.left_log import held_by
from osdesk.persistence.mark import Noted, holds, newest_event, write_mark
from osdesk.persistence.search_index import index_is_whole


@contextmanager
def held(folder: Path, clock: Clock) -> Iterator[IO[str]]:
    """The folder's lock for the length of a restore. Where it fails in a folder that was absent or
    empty, the folder is so again."""
    refuse_unsafe(folder)
    was_there, was_locked = folder.is_dir(), (folder / LOCK).exists()
    lock = take_lock(folder, clock)
    try:
        _sweep(folder)
        yield lock
    finally:
        lock.close()
        if not was_locked and not any(entry.name != LOCK for entry in folder.iterdir()):
            with contextlib.suppress(OSError):
                (folder / LOCK).unlink()
                if not was_there:
                    folder.rmdir()


def _sweep(folder: Path) -> None:
    """Leftovers of a killed restore, which held the lock that is ours now."""
    for entry in folder.iterdir():
        if entry.name.startswith(STAGING):
            shutil.rmtree(entry, ignore_errors=True)


@contextmanager
def staged(
    file: Path, folder: Path, passwords: Sequence[str]
) -> Iterator[tuple[Path, Manifest, str]]:
    """A backup unpacked inside ``folder`` and found sound: where, what it says, its SHA-256."""
    staging = Path(tempfile.mkdtemp(prefix=STAGING, suffix=".tmp", dir=folder))
    try:
        manifest, digest = backup_file.read(file, staging, passwords)
        if manifest.schema > migrate.SCHEMA:
            raise UserError(
                "backup_newer", path=file, version=manifest.schema, known=migrate.SCHEMA
            )
        try:
            whole = _is_whole(staging / DATABASE, manifest)
        except (sqlite3.Error, ValueError, TypeError):
            whole = False
        if not whole:
            raise UserError("backup_damaged", path=file)
        for name in manifest.damaged:
            (staging / name).unlink()  # what is not its hash takes nobody's place
        yield staging, manifest, digest
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def _is_whole(path: Path, manifest: Manifest) -> bool:
    """Whether the unpacked database is the one of the manifest, and nothing but a shop of ours.

    Its schema is compared before anything of it could run: first a connection that only reads.
    """
    with path.open("rb") as file:  # a staged copy, which no connection has open
        head = file.read(100)
    if head[:16] != b"SQLite format 3\0" or head[18:20] != b"\x01\x01":
        return False
    reading = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, isolation_level=None)
    try:
        reading.execute("PRAGMA trusted_schema=OFF")
        if (
            reading.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID
            or reading.execute("PRAGMA user_version").fetchone()[0] != manifest.schema
            or checks.schema_of(reading) != checks.known_schema(manifest.revision)
            or migrate.revision_of(reading) != manifest.revision
            or next(checks.structure(reading), None) is not None
            or migrate.figures(reading) != dict(manifest.counts)
            or newest_event(reading) != (manifest.sequence, manifest.head)
            or first_broken(reading) != manifest.first_broken
        ):
            return False
    finally:
        reading.close()
    connection = connect(path)
    try:
        return index_is_whole(connection)
    finally:
        connection.close()


def plan_of(manifest: Manifest, folder: Path, *, present: bool) -> RestorePlan:
    """What bringing a backup into a folder would do to the shop there, which nobody has open."""
    if not present:
        return _plan(manifest, None, Gone())
    there, gone = Held(None, None), Gone()
    with contextlib.suppress(OSError, sqlite3.DatabaseError):
        database = folder / DATABASE
        with wal.in_memory(wal.image(database, wal.read_log(database))) as reading:
            there = held_by(reading)
            gone = _gone(reading, manifest)
    if there.shop_id is None:
        there = replace(there, shop_id=_known_shop(folder))
    return _plan(manifest, there, gone)


def plans_beside(
    manifests: Iterable[Manifest], reading: sqlite3.Connection
) -> Iterator[RestorePlan]:
    """The same of a shop that this program has open, for one backup after the other."""
    there = held_by(reading)
    for manifest in manifests:
        yield _plan(manifest, there, _gone(reading, manifest))


class Gone(NamedTuple):
    """What came after a backup and goes with a restore; None where that cannot be said."""

    orders: int | None = None
    changes: int | None = None
    numbers: tuple[int, ...] = ()


def _plan(manifest: Manifest, there: Held | None, gone: Gone) -> RestorePlan:
    return RestorePlan(
        shop=manifest.shop,
        made_at=manifest.made,
        orders=manifest.counts.get("orders", 0),
        customers=manifest.counts.get("customers", 0),
        payments=manifest.counts.get("payments", 0),
        there=there,
        # a shop that has no order yet was made by opening the program before restoring
        other_shop=there is not None
        and there.shop_id not in (None, manifest.shop_id)
        and there.orders != 0,
        orders_gone=gone.orders,
        changes_gone=gone.changes,
        numbers_gone=gone.numbers,
    )


MOST_NUMBERS = 8


def _gone(reading: sqlite3.Connection, manifest: Manifest) -> Gone:
    """Orders and changes after the backup, where the two have a history in common."""
    last = _last_in_common(reading, manifest)
    if last is None:
        return Gone()
    orders, changes = reading.execute(
        "SELECT coalesce(sum(code IN ('order_opened', 'order_imported')), 0), count(*)"
        " FROM events WHERE id > ?",
        (last,),
    ).fetchone()
    numbers = reading.execute(
        "SELECT o.number FROM events AS e JOIN orders AS o ON o.id = e.order_id"
        " WHERE e.id > ? AND e.code IN ('order_opened', 'order_imported')"
        " ORDER BY e.id LIMIT ?",
        (last, MOST_NUMBERS),
    ).fetchall()
    return Gone(orders, changes, tuple(number for (number,) in numbers))


def _last_in_common(reading: sqlite3.Connection, manifest: Manifest) -> int | None:
    """After which event the shop has what the backup has not.

    A backup of a line that a restore gave up begins with what was restored: what it has not are the
    changes since that restore.
    """
    if not manifest.sequence or holds(reading, Noted(manifest.sequence, manifest.head)):
        return manifest.sequence
    found = reading.execute(
        "SELECT id, at FROM events WHERE code = 'restored'"
        " AND json_extract(data, '$.sequence') <= ?"
        " AND EXISTS (SELECT 1 FROM shop WHERE shop_id = ?) ORDER BY id",
        (manifest.sequence, manifest.shop_id),
    )
    return next((event for event, at in found if moment_of(at) >= manifest.made), None)


def _known_shop(folder: Path) -> str | None:
    """Whose folder it is where the database cannot say it: its own backups know."""
    found = backups_in(folder / BACKUPS)
    return found[0].manifest.shop_id if found else None


def swap_in(staging: Path, folder: Path, *, sound: bool) -> None:
    """Files first, which replace nothing that is sound; the database last, in one step.

    ``sound``: the database that is there can be opened, and its log folded into it.
    """
    target = folder / DATABASE
    with translate_errors():
        migrate.fold_log(staging / DATABASE)
    for kept in KEPT_FOLDERS:
        if (staging / kept).is_dir():
            (folder / kept).mkdir(mode=0o700, exist_ok=True)
            for entry in sorted((staging / kept).iterdir()):
                place = folder / kept / entry.name
                if kept == "files" or not place.exists():
                    os.replace(entry, place)
            sync_folder(folder / kept)
    with (staging / DATABASE).open("r+b") as file:
        os.fsync(file.fileno())
    if sound:
        with translate_errors():
            migrate.fold_log(target)
    for ending in LOGS:
        (folder / f"{DATABASE}{ending}").unlink(missing_ok=True)
    connection = connect(staging / DATABASE)
    event, digest = newest_event(connection)
    connection.close()
    (folder / MARK).unlink(missing_ok=True)  # the mark of the old history says nothing of the new
    replace_file(staging / DATABASE, target)
    keep_private(folder)
    with contextlib.suppress(UserError, OSError):  # without one nothing is wrong
        write_mark(folder / MARK, target, event, digest, durable=True)
