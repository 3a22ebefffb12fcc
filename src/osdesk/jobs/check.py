"""Everything that can be asked of a shop's folder, and each answer that is not well."""

import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

from osdesk.domain.errors import UserError
from osdesk.persistence import checks
from osdesk.persistence.backup import backups_in
from osdesk.persistence.columns import moment_of
from osdesk.persistence.database import REOPENED_AFTER, translate_errors
from osdesk.persistence.mark import hex_of
from osdesk.persistence.retold import retold
from osdesk.persistence.search_index import index_is_whole
from osdesk.persistence.store import Store


def check(store: Store) -> list[UserError]:
    """All problems of the folder, most fundamental first; none is an empty list.

    One moment of the file is read, beside whoever has it open; nothing is changed.
    """
    with translate_errors():
        connection = store.database.connect()
    try:
        connection.execute("PRAGMA query_only=ON")
        connection.execute("BEGIN")
        found = list(_problems(store, connection))
        connection.execute("ROLLBACK")
        connection.execute("PRAGMA query_only=OFF")
        with translate_errors():
            if not index_is_whole(connection):
                found.append(UserError("check_index"))
    finally:
        connection.close()
    if store.missing_changes and all(problem.code != "changes_missing" for problem in found):
        found.append(UserError("changes_missing", count=store.missing_changes))
    return found


STEPS = 100_000
"""SQLite's own steps between two looks at whether somebody waits for the end: some milliseconds."""


def quick_check(store: Store, *, stopped: Callable[[], bool]) -> list[UserError]:
    """What can be asked at every start; anything in the list is damage. Nothing is changed.

    ``stopped`` is asked now and then; once it says so, nothing more is looked at and the list is
    empty. So it is where something in the way says nothing of damage, as a locked file.
    """
    try:
        with translate_errors():
            connection = store.database.connect()
            try:
                connection.execute("PRAGMA query_only=ON")
                connection.execute("PRAGMA cache_size=-2000")  # each page is looked at once
                connection.set_progress_handler(stopped, STEPS)
                connection.execute("BEGIN")
                return list(checks.quick(connection))
            finally:
                connection.close()
    except UserError as error:
        return [error] if error.code in REOPENED_AFTER else []
    except sqlite3.OperationalError:
        if stopped():
            return []
        raise


def _problems(store: Store, connection: sqlite3.Connection) -> Iterator[UserError]:
    """A part that cannot even be read is one problem; the others are still asked."""
    parts = (
        checks.structure,
        checks.schema,
        checks.history,
        checks.erased,
        checks.money,
        checks.parts,
        checks.told,
        retold,
        checks.imports,
        checks.numbers,
        checks.papers,
        checks.closings,
        lambda reading: anchors(reading, store.backups),
        lambda reading: checks.files(reading, store.files),
    )
    for part in parts:
        try:
            yield from part(connection)
        except sqlite3.DatabaseError as error:
            yield UserError("check_unreadable", detail=str(error))
        except OSError as error:
            yield UserError("cannot_read", path=error.filename)


def anchors(connection: sqlite3.Connection, place: Path) -> Iterator[UserError]:
    """The history against the newest event that each kept backup names: a cut or rewritten chain is
    found even where nothing else remembers the old one.

    Backups from before a restore tell of a history that was given up on purpose.
    """
    row = connection.execute("SELECT shop_id FROM shop").fetchone()
    restored = connection.execute(
        "SELECT at FROM events WHERE code = 'restored' ORDER BY id DESC LIMIT 1"
    ).fetchone()
    given_up = None if restored is None else moment_of(restored[0])
    for kept in backups_in(place, None if row is None else row[0]):
        manifest = kept.manifest
        if manifest.sequence == 0:  # of a shop in which nothing had happened yet
            continue
        if manifest.first_broken is not None or (given_up and manifest.made <= given_up):
            continue
        found = connection.execute(
            "SELECT hash FROM events WHERE id = ?", (manifest.sequence,)
        ).fetchone()
        if found is None or hex_of(found[0]) != manifest.head:
            yield UserError("check_anchor", name=kept.path.name, sequence=manifest.sequence)
