"""Backing a shop up and bringing a backup back, as a person asks for it."""

from datetime import datetime
from pathlib import Path

from osdesk.domain.calendar import local_day
from osdesk.domain.codes import EventCode
from osdesk.domain.errors import UserError
from osdesk.domain.views.shop import (
    BackupFigures,
)
from osdesk.jobs.export import write_readable
from osdesk.persistence import migrate
from osdesk.persistence import restore as restoring
from osdesk.persistence.backup import figures_of, last_backup, write_backup
from osdesk.persistence.database import Database, connect
from osdesk.persistence.folder import BACKUPS, DATABASE, Clock, look
from osdesk.persistence.store import Store, open_store
from osdesk.services.events import record
from osdesk.services.shop.shop import zone_of

__all__ = ["back_up", "back_up_if_due", "last_backup", "restore"]

BROKEN = frozenset({"database_damaged", "shop_empty", "shop_missing", "needs_upgrade"})
"""What stands in a folder under these codes cannot be backed up, and is set aside as it is."""


def back_up(store: Store, to: Path | None, *, now: datetime) -> BackupFigures:
    """One verified backup file in ``to``, or in the shop's own folder of backups.

    Works beside an open window and from a store opened to read. Raises UserError.
    """

    def export(copy: Path, out: Path) -> None:
        database = Database(copy)
        try:
            database.read(write_readable, out, now=now)
        finally:
            database.close(checkpoint=False)

    return write_backup(store, to or store.backups, export, now=now)


def back_up_if_due(store: Store, *, now: datetime) -> BackupFigures | None:
    """The day's backup, where the shop's own folder has none of today; else None."""
    newest = last_backup(store.backups)
    zone = store.database.read(zone_of)
    if newest is not None and local_day(newest[0], zone) >= local_day(now, zone):
        return None
    return back_up(store, None, now=now)


def restore(file: Path, folder: Path, *, replace: bool, clock: Clock) -> BackupFigures:
    """Bring a backup into an absent or empty folder, or over the shop that is there.

    The shop that is there is kept first: as a verified backup, or, where its database is damaged or
    gone, by setting that aside. All or nothing. Raises UserError: ``shop_present``,
    ``folder_in_use``, ``backup_…``, and those of the folder.
    """
    present = _present(folder, replace)
    try:
        with (
            restoring.held(folder, clock),
            restoring.staged(file, folder) as (staging, manifest, digest),
        ):
            _prepare(staging, manifest.sequence, now=clock())
            sound = present and _keep(folder, clock)
            restoring.swap_in(staging, folder, sound=sound)
    except OSError as error:
        raise UserError("cannot_write", path=folder) from error
    return figures_of(manifest, file, digest)


def _present(folder: Path, replace: bool) -> bool:
    """Whether something of a shop is there; refuses what must not be replaced."""
    try:
        present = look(folder)
    except UserError as error:
        if error.code not in BROKEN:
            raise
        present = True
    if present and not replace:
        raise UserError("shop_present", path=folder)
    return present


def _keep(folder: Path, clock: Clock) -> bool:
    """Keep the shop that is there; whether its database is sound."""
    now = clock()
    try:
        store = open_store(folder, write=False, clock=clock)
        try:
            back_up(store, None, now=now)
        finally:
            store.close()
    except UserError as error:
        if error.code not in BROKEN:
            raise
        restoring.set_aside(folder, folder / BACKUPS, now=now)
        return False
    return True


def _prepare(staging: Path, sequence: int, *, now: datetime) -> None:
    """Bring an older backup to this program's schema, and note in its history where it comes from.

    A later look at the mark then knows this shop's history, not that of the one before.
    """
    path = staging / DATABASE
    connection = connect(path)
    older = migrate.revision_of(connection) != migrate.HEAD
    connection.close()
    if older:
        migrate.upgrade_file(path, staging / BACKUPS, now=now)
    database = Database(path)
    try:
        database.run(record, EventCode.RESTORED, now=now, author=None, data={"sequence": sequence})
    finally:
        database.close(checkpoint=True)
