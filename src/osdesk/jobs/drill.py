"""The drill: the newest backup of each place is restored into a scratch folder and compared.

Nobody is to learn on the day of need that it does not come back.
"""

import contextlib
import json
import shutil
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from osdesk.domain.errors import UserError
from osdesk.domain.views.shop import Drill, Rehearsal
from osdesk.jobs.backup import restore
from osdesk.jobs.check import check
from osdesk.persistence import backup_file
from osdesk.persistence.backup import Kept, backups_in
from osdesk.persistence.database import translate_errors
from osdesk.persistence.files import write_atomic
from osdesk.persistence.folder import STAGING, Clock, take_lock
from osdesk.persistence.mark import hex_of
from osdesk.persistence.store import Store, open_store
from osdesk.services.shop.shop import shop_view

RECORD = "osdesk-ensaio.json"
SCRATCH = f"{STAGING}ensaio"


def rehearse(store: Store, second: Path | None, *, clock: Clock) -> Drill:
    """Restore the newest backup of the shop's folder and of the second place, where they have one,
    beside the shop, which is only read; the result is kept for ``last_drill``.

    Raises UserError ``folder_in_use`` where another drill is under way, ``cannot_write``, and
    ``no_backup`` where there is nothing to try.
    """
    shop_id = store.database.read(shop_view).shop_id
    places = [store.backups, *([second] if second else [])]
    newest = [found[0] for place in places if (found := backups_in(place, shop_id))]
    if not newest:
        raise UserError("no_backup")
    scratch = store.backups / SCRATCH
    with contextlib.closing(take_lock(scratch, clock)):
        try:
            results = tuple(_rehearsed(store, kept, scratch / "loja", clock) for kept in newest)
        finally:
            shutil.rmtree(scratch / "loja", ignore_errors=True)
    shutil.rmtree(scratch, ignore_errors=True)
    drill = Drill(shop_id, clock(), results)
    words = json.dumps(asdict(drill), default=str, ensure_ascii=False, indent=1)
    write_atomic(store.backups / RECORD, words.encode("utf-8"))
    return drill


def _rehearsed(store: Store, kept: Kept, folder: Path, clock: Clock) -> Rehearsal:
    shutil.rmtree(folder, ignore_errors=True)  # what a killed drill has left
    told = kept.manifest
    code, data = "", dict[str, str]()
    try:
        known = store.backup_lock.known
        restore(kept.path, folder, replace=False, clock=clock, passwords=known)
        copy = open_store(folder, write=False, clock=clock)
        try:
            for problem in _differences(store, copy, told) or check(copy):
                raise problem
        finally:
            copy.close()
    except UserError as error:
        code, data = error.code, {name: str(value) for name, value in error.data.items()}
    return Rehearsal(str(kept.path), told.made, told.counts.get("orders", 0), code, data)


def _differences(store: Store, copy: Store, told: backup_file.Manifest) -> list[UserError]:
    """Where what came back is not what the backup says, or not what this shop was then."""
    came = _history(copy, told.sequence)
    here = _history(store, told.sequence)
    head = told.head if told.sequence else None
    same = came[:3] == (told.sequence, head, told.counts.get("orders", 0))
    # a backup of a line that a restore gave up is no longer this shop's history
    if same and (here[:2] == came[:2] or here.was_restored):
        return []
    return [UserError("drill_differs")]


class _History(NamedTuple):
    """Events of a shop up to one, that one's hash; all orders; whether it was ever restored."""

    events: int
    head: str | None
    orders: int
    was_restored: bool


def _history(store: Store, sequence: int) -> _History:
    with translate_errors():
        connection = store.database.connect()
        try:
            row = connection.execute(
                "SELECT (SELECT count(*) FROM events WHERE id <= ?),"
                " (SELECT hash FROM events WHERE id = ?),"
                " (SELECT count(*) FROM orders),"
                " EXISTS (SELECT 1 FROM events WHERE code = 'restored')",
                (sequence, sequence),
            ).fetchone()
        finally:
            connection.close()
    events, head, orders, was_restored = row
    return _History(events, None if head is None else hex_of(head), orders, bool(was_restored))


def last_drill(store: Store) -> Drill | None:
    """The newest drill of this shop; None where there was none, or its note cannot be read."""
    try:
        plain = json.loads((store.backups / RECORD).read_text("utf-8"))
        drill = Drill(
            str(plain["shop_id"]),
            datetime.fromisoformat(plain["at"]),
            tuple(_plain_result(each) for each in plain["results"]),
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return drill if drill.shop_id == store.database.read(shop_view).shop_id else None


def _plain_result(plain: dict[str, Any]) -> Rehearsal:
    return Rehearsal(
        path=str(plain["path"]),
        made_at=datetime.fromisoformat(plain["made_at"]),
        orders=int(plain["orders"]),
        code=str(plain["code"]),
        data={str(name): str(value) for name, value in dict(plain["data"]).items()},
    )
