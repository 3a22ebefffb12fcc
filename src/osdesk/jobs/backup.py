"""Backing a shop up and bringing a backup back, as a person asks for it."""

import logging
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from osdesk.domain.backup_rules import RestoreStep, is_due
from osdesk.domain.codes import EventCode
from osdesk.domain.errors import UserError
from osdesk.domain.views.shop import BackupFigures, BackupRow, RestorePlan
from osdesk.jobs.export import write_readable
from osdesk.persistence import backup_file, migrate
from osdesk.persistence import restore as restoring
from osdesk.persistence.backup import (
    Kept,
    backups_in,
    bring,
    figures_of,
    last_backup,
    prune,
    write_backup,
)
from osdesk.persistence.backup_lock import BackupLock
from osdesk.persistence.columns import moment_of
from osdesk.persistence.database import Database, connect, translate_errors
from osdesk.persistence.folder import BACKUPS, DATABASE, Clock, look, set_aside
from osdesk.persistence.left_log import look_at_log
from osdesk.persistence.store import Store, open_store
from osdesk.persistence.wal import has_log
from osdesk.services.events import record
from osdesk.services.shop.shop import shop_view

log = logging.getLogger("osdesk")
__all__ = [
    "back_up",
    "back_up_before",
    "back_up_if_due",
    "backup_to_restore",
    "backups_to_choose",
    "last_backup",
    "restore",
    "restore_plan",
    "shop_before",
]

RESTORE = "restore"
"""The reason of a backup that was made before a restore."""
BROKEN = frozenset({"database_damaged", "shop_empty", "shop_missing"})
"""What stands in a folder under these codes was a shop's, and may be replaced by its backup."""
ENVIRONMENT = frozenset(
    {"disk_full", "disk_error", "cannot_write", "database_busy", "database_readonly"}
)
"""Under these codes the shop itself may be well: nothing is replaced."""


def back_up(store: Store, to: Path | None, *, now: datetime, reason: str = "") -> BackupFigures:
    """One verified backup file in ``to``, or in the shop's own folder of backups; ``reason`` names
    what comes after it and cannot be taken back.

    Works beside an open window and from a store opened to read. Raises UserError.
    """

    def export(copy: Path, out: Path) -> None:
        database = Database(copy)
        try:
            database.read(write_readable, out, now=now)
        finally:
            database.close(checkpoint=False)

    return write_backup(store, to or store.backups, export, now=now, reason=reason)


def back_up_before(store: Store, why: str, *, now: datetime) -> BackupFigures:
    """A backup in the shop's own folder before something that cannot be taken back: ``why`` is
    ``"import"`` or ``"erase"``.

    Where none can be made this raises UserError, and what was wanted must not begin. Such a backup
    is kept longer than the others (``backup_rules.PINNED``).
    """
    return back_up(store, None, now=now, reason=why)


def backup_due(store: Store, *, now: datetime, closing: bool = True) -> bool:
    """Whether the shop needs a backup in its own folder now; ``closing``: the window was closed."""
    shop = store.database.read(shop_view)
    zone = ZoneInfo(shop.zone)
    there = backups_in(store.backups, shop.shop_id)
    newest = there[0].as_copy(zone) if there else None
    local = now.astimezone(zone).replace(tzinfo=None)
    return is_due(newest, *store.newest_event(), now=local, closing=closing)


def back_up_if_due(
    store: Store, *, now: datetime, closing: bool = True, second: Path | None = None
) -> BackupFigures | None:
    """The backup that is due by the rules, where one is; then old ones go by the rules.

    ``second``: another place, as a stick, which gets the newest one too where it is there; what
    stands in its way is logged, and takes nothing from the first. Raises UserError.
    """
    shop = store.database.read(shop_view)
    zone, figures = ZoneInfo(shop.zone), None
    if backup_due(store, now=now, closing=closing):
        figures = back_up(store, None, now=now)
        prune(store.backups, shop.shop_id, zone)
    if second is not None and second.is_dir():
        try:
            _bring_newest(store, second, shop.shop_id, zone, now=now)
        except UserError as error:
            log.warning("no backup in the second place: %s", error.code)
    return figures


def _bring_newest(
    store: Store, second: Path, shop_id: str, zone: ZoneInfo, *, now: datetime
) -> None:
    """The shop's newest backup in the second place, unless it is there."""
    own, there = backups_in(store.backups, shop_id), backups_in(second, shop_id)
    if not own:
        return
    newest, known = own[0].manifest, [kept.manifest for kept in there]
    if any((told.sequence, told.head, told.made_at) == _named(newest) for told in known):
        return
    if known and known[0].serial >= newest.serial:
        back_up(store, second, now=now)  # it has a count of its own, which goes on
    else:
        bring(own[0].path, second, store.backup_lock.known)
    prune(second, shop_id, zone)


def _named(told: backup_file.Manifest) -> tuple[int, str, str]:
    return told.sequence, told.head, told.made_at


Tell = Callable[[RestorePlan], object]
"""Hears what a restore is about to do, before anything is changed."""
Step = Callable[[RestoreStep], object]
"""Hears what a restore is at."""


def restore(
    file: Path,
    folder: Path,
    *,
    replace: bool,
    clock: Clock,
    other_shop: bool = False,
    passwords: Sequence[str] = (),
    tell: Tell = lambda plan: None,
    step: Step = lambda at: None,
) -> BackupFigures:
    """Bring a backup into an absent or empty folder, or over the shop that is there.

    The shop that is there is kept first: as a verified backup, or, where its database is damaged or
    gone, as files. All or nothing. Raises UserError: ``shop_present``, ``folder_in_use``,
    ``backup_other_shop`` (without ``other_shop``), ``backup_…``, and those of the folder.

    ``passwords``: tried with those that the folder knows. A folder that has none keeps the one that
    opened the backup: its own backups are not readable to anybody either.
    """
    present = _present(folder, replace)
    tried = [*passwords, *_known_passwords(folder)]
    step(RestoreStep.READ)
    try:
        with (
            restoring.held(folder, clock),
            restoring.staged(file, folder, tried) as (staging, manifest, digest),
        ):
            plan = restoring.plan_of(manifest, folder, present=present)
            if plan.other_shop and not other_shop:
                there = plan.there.shop if plan.there else ""
                raise UserError("backup_other_shop", path=file, shop=plan.shop, there=there)
            tell(plan)
            # one moment for both: what was made up to it belongs to the history that is given up
            now = clock()
            _prepare(staging, manifest.sequence, now=now)
            step(RestoreStep.KEEP)
            sound = present and _keep(folder, clock, now)
            step(RestoreStep.SWAP)
            restoring.swap_in(staging, folder, sound=sound)
            _keep_password(file, folder, tried)
    except OSError as error:
        raise UserError("cannot_write", path=folder) from error
    return figures_of(manifest, file, digest)


def _known_passwords(folder: Path) -> list[str]:
    """Those that open the folder's own backups; none where they cannot be read, so that a damaged
    folder stands in the way of no restore."""
    try:
        return BackupLock(folder).known
    except UserError as error:
        log.warning("passwords of backups not read: %s", error.code)
        return []


def _keep_password(file: Path, folder: Path, tried: Sequence[str]) -> None:
    word = backup_file.password_of(file, tried)
    if word is None or _known_passwords(folder):
        return
    try:
        BackupLock(folder).set(word)
    except UserError as error:  # the shop is back; its settings say whether backups are locked
        log.warning("password of backups not kept: %s", error.code)


def backups_to_choose(store: Store, places: Iterable[Path]) -> list[BackupRow]:
    """The finished backups of some places, of any shop, newest first, each with what restoring it
    would do to the open one. Nothing of them is verified here."""
    found = {kept.path: kept for place in places for kept in backups_in(place)}
    newest_first = sorted(found.values(), key=lambda kept: kept.manifest.made, reverse=True)
    return _rows(store, newest_first)


def backup_to_restore(store: Store, file: Path, *, passwords: Sequence[str] = ()) -> BackupRow:
    """One backup, read from end to end, and what restoring it would do to the open shop. Raises
    UserError as ``backup_file.read``."""
    tried = [*passwords, *_known_passwords(store.folder)]
    manifest, _ = backup_file.read(file, passwords=tried)
    return _rows(store, [Kept(file, manifest)])[0]


def shop_before(store: Store) -> BackupRow | None:
    """The shop that the last restore replaced, where it had orders and its backup is still there.

    That backup and the event of the restore have one moment.
    """
    with _reading(store) as reading:
        row = reading.execute(
            "SELECT at FROM events WHERE code = 'restored' ORDER BY id DESC LIMIT 1"
        ).fetchone()
    if row is None:
        return None
    when = moment_of(row[0])
    for kept in backups_in(store.backups):
        told = kept.manifest
        if told.reason == RESTORE and told.made == when and told.counts.get("orders"):
            return _rows(store, [kept])[0]
    return None


def _rows(store: Store, found: Sequence[Kept]) -> list[BackupRow]:
    with _reading(store) as reading:
        plans = restoring.plans_beside((kept.manifest for kept in found), reading)
        return [
            BackupRow(str(kept.path), plan, kept.manifest.reason)
            for kept, plan in zip(found, plans, strict=True)
        ]


@contextmanager
def _reading(store: Store) -> Iterator[sqlite3.Connection]:
    with translate_errors():
        connection = store.database.connect()
        try:
            connection.execute("PRAGMA query_only=ON")
            yield connection
        finally:
            connection.close()


def restore_plan(file: Path, folder: Path, *, passwords: Sequence[str] = ()) -> RestorePlan:
    """What ``restore`` would do over the shop of a folder that nobody has open. Raises UserError
    as it would; the backup is read from end to end, nothing is changed."""
    present = _present(folder, replace=True)
    tried = [*passwords, *_known_passwords(folder)]
    manifest, _ = backup_file.read(file, passwords=tried)
    return restoring.plan_of(manifest, folder, present=present)


def _present(folder: Path, replace: bool) -> bool:
    """Whether something of a shop is there; refuses what must not be replaced."""
    try:
        present = look(folder)
    except UserError as error:
        nobodys = error.code == "shop_foreign" and not error.data.get("other")
        if error.code not in BROKEN and not nobodys:
            raise
        present = True
    if present and not replace:
        raise UserError("shop_present", path=folder)
    return present


def _keep(folder: Path, clock: Clock, now: datetime) -> bool:
    """Keep the shop that is there; whether its database is sound.

    What cannot be backed up is kept as files: whatever its damage makes of a row, no byte is lost.
    """
    try:
        if has_log(folder / DATABASE):
            look_at_log(folder)
        store = open_store(folder, write=False, clock=clock)
        try:
            back_up(store, None, now=now, reason=RESTORE)
        finally:
            store.close()
    except (UserError, OSError) as error:
        if isinstance(error, OSError) or error.code in ENVIRONMENT:
            raise
        log.warning("kept as files before a restore: %s", error.code)
    except Exception as error:  # noqa: BLE001  # no damage can be foreseen, and none stands in the way
        log.warning("kept as files before a restore: %s", type(error).__name__)
    else:
        return True
    set_aside(folder, "antes-da-restauracao", now)
    return False


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
