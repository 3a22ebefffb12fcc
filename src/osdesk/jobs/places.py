"""How safe the shop's work is in each place that keeps its backups, and where those places are."""

import contextlib
import sqlite3
from collections.abc import Iterable, Sequence
from pathlib import Path
from zoneinfo import ZoneInfo

from osdesk.domain.backup_places import SecondPlace, Volume, candidates
from osdesk.domain.views.shop import BackupAge, Safety, SeenBackup
from osdesk.jobs.drill import last_drill
from osdesk.persistence.backup import Kept, backups_in
from osdesk.persistence.columns import moment_of
from osdesk.persistence.database import translate_errors
from osdesk.persistence.mark import Noted, holds
from osdesk.persistence.store import Store
from osdesk.services.shop.shop import shop_view


def folders_with_backups(volumes: Iterable[Volume]) -> list[Path]:
    """Where on those drives backups lie: at the top, or in a folder there."""
    found = []
    for volume in volumes:
        places = [volume.root]
        with contextlib.suppress(OSError):
            places += sorted(entry for entry in volume.root.iterdir() if entry.is_dir())
        found += [place for place in places if backups_in(place)]
    return found


def find(place: SecondPlace | None, volumes: Sequence[Volume]) -> Path | None:
    """Where the second place is now; None where it is not here. Nothing is made: a stick of the
    same name that has no such folder is somebody else's."""
    if place is None:
        return None
    return next((path for path in candidates(place, volumes) if path.is_dir()), None)


def newest_seen(store: Store, place: Path) -> SeenBackup | None:
    """The shop's newest backup in a place."""
    found = backups_in(place, store.database.read(shop_view).shop_id)
    return _seen(found[0]) if found else None


def _seen(kept: Kept) -> SeenBackup:
    return SeenBackup(kept.manifest.sequence, kept.manifest.head, kept.manifest.made)


def safety(store: Store, second: SecondPlace | None, seen: SeenBackup | None) -> Safety:
    """How safe the work is; ``seen``: the newest backup of the second place when it was last here.

    Where no second place was chosen, its days count from the first backup of the shop's folder.
    """
    shop = store.database.read(shop_view)
    zone = ZoneInfo(shop.zone)
    own = backups_in(store.backups, shop.shop_id)
    with translate_errors():
        connection = store.database.connect()
        try:
            here = _age(connection, _seen(own[0]) if own else None, zone)
            there = _age(connection, seen, zone)
        finally:
            connection.close()
    if second is None:
        oldest = min((kept.manifest.made for kept in own), default=None)
        there = BackupAge(None, None if oldest is None else oldest.astimezone(zone))
    return Safety(here, there, second.name if second else "", last_drill(store))


def _age(connection: sqlite3.Connection, newest: SeenBackup | None, zone: ZoneInfo) -> BackupAge:
    after = 0
    if newest is not None:
        after = newest.sequence
        if after and not holds(connection, Noted(after, newest.head)):
            # of a line that was given up: what came since the restore is not in it
            row = connection.execute(
                "SELECT coalesce(max(id), 0) FROM events WHERE code = 'restored'"
            ).fetchone()
            after = int(row[0])
    row = connection.execute(
        "SELECT at FROM events WHERE id > ? ORDER BY id LIMIT 1", (after,)
    ).fetchone()
    since = moment_of(row[0]).astimezone(zone) if row else None
    made = None if newest is None else newest.made_at.astimezone(zone)
    return BackupAge(made, since)
