"""A log that lies beside a file which nobody has open: whether the two belong together.

SQLite folds any log in that is whole in itself, also one of another time of the shop. So both are
read together in memory first, as SQLite would see them, before anything is opened.
"""

import contextlib
import sqlite3
from collections.abc import Callable
from pathlib import Path

from osdesk.domain.errors import UserError
from osdesk.domain.views.shop import Held
from osdesk.persistence import checks, wal
from osdesk.persistence.columns import moment_of
from osdesk.persistence.folder import DATABASE, MARK, set_aside
from osdesk.persistence.mark import Noted, holds, last_change, read_mark

KEPT = "registro-a-parte"
"""How the name begins under which file and log are set aside."""
_ASKED: tuple[Callable[[sqlite3.Connection], checks.Problems], ...] = (
    checks.quick,
    checks.history,
    checks.money,
    checks.parts,
    checks.told,
    checks.numbers,
)


def look_at_log(folder: Path) -> None:
    """Nothing where file and log belong together. Nothing is written to either.

    Raises UserError ``log_foreign`` where the log is of another file or time, and the file without
    it is whole: both are kept as they are in the folder's backups, and it says what each holds.
    Where only the log's end is lost, or all is damaged, both are kept too, and the caller goes on:
    the mark and the check at start tell the rest.
    """
    database = folder / DATABASE
    try:
        log = wal.read_log(database)
        joined = wal.image(database, log)
    except OSError as error:
        raise UserError("cannot_read", path=error.filename) from None
    noted = read_mark(folder / MARK)
    with wal.in_memory(joined) as reading:
        fits = _fits(reading, noted)
        known = log is not None and noted is not None and noted.log == log.salts
        untouched = noted is not None and noted.changed == last_change(database)
        if fits and (log is None or (known and untouched)):
            return
        sound = _is_sound(reading)
        if fits and sound:
            return
        with_log = held_by(reading)
    with wal.in_memory(wal.image(database, None)) as reading:
        whole_alone = log is not None and _is_sound(reading)
        fits_alone = _fits(reading, noted)
        alone = held_by(reading)
    kept = set_aside(folder, KEPT)
    marked = noted is not None and noted.log != ""
    if whole_alone and (not sound or fits_alone or (marked and not known)):
        raise UserError(
            "log_foreign", path=wal.log_of(database), alone=alone, with_log=with_log, kept=kept
        )


def _fits(connection: sqlite3.Connection, noted: Noted | None) -> bool:
    try:
        return noted is None or holds(connection, noted)
    except sqlite3.DatabaseError:
        return False


def _is_sound(connection: sqlite3.Connection) -> bool:
    """Pages, references, history, money: what a log over the wrong file breaks."""
    try:
        return all(next(ask(connection), None) is None for ask in _ASKED)
    except (sqlite3.DatabaseError, ValueError, TypeError):
        return False


def held_by(connection: sqlite3.Connection) -> Held:
    """What a database holds, as far as it can be read."""
    orders, last, shop = None, None, (None, "")
    with contextlib.suppress(sqlite3.DatabaseError, ValueError, TypeError, OverflowError):
        orders = int(connection.execute("SELECT count(*) FROM orders").fetchone()[0])
        at = connection.execute("SELECT max(at) FROM events").fetchone()[0]
        last = None if at is None else moment_of(at).astimezone().date()
    with contextlib.suppress(sqlite3.DatabaseError):
        shop = connection.execute("SELECT shop_id, name FROM shop").fetchone() or shop
    return Held(orders, last, *shop)
