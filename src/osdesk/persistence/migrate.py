"""Bringing a shop's file to this program's schema: on a copy, checked, swapped in whole.

New files are made by the same migrations. Alembic is imported only where there is work to do.
"""

import contextlib
import sqlite3
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from osdesk.domain.errors import UserError
from osdesk.persistence.database import APPLICATION_ID, connect, translate_errors
from osdesk.persistence.files import replace_file
from osdesk.persistence.search_index import index_is_whole
from osdesk.persistence.wal import has_log

SCRIPTS = Path(__file__).parent / "migrations"
KNOWN = frozenset(path.name[:4] for path in SCRIPTS.glob("versions/[0-9]*.py"))
"""All revisions, told by the names of the files: Alembic is not imported at each start."""
HEAD = max(KNOWN)
SCHEMA = int(HEAD)
"""``user_version`` of a file at ``HEAD``."""
PAGE = 4096
MONEY = (
    ("orders", "total"),
    ("orders", "paid"),
    ("orders", "balance"),
    ("items", "total"),
    ("payments", "amount"),
)

NEW = ".new"

Fill = Callable[[sqlite3.Connection], None]


def apply_migrations(
    connection: sqlite3.Connection, *, scripts: Path = SCRIPTS, target: str = "head"
) -> None:
    """Run what is missing inside the caller's open transaction on a bare connection."""
    from alembic import command
    from alembic.config import Config
    from sqlalchemy import StaticPool, create_engine

    config = Config()
    config.set_main_option("script_location", str(scripts))
    config.set_main_option("path_separator", "os")
    engine = create_engine("sqlite://", creator=lambda: connection, poolclass=StaticPool)
    with engine.connect() as wrapped:
        config.attributes["connection"] = wrapped
        command.upgrade(config, target)


def revision_of(connection: sqlite3.Connection) -> str | None:
    try:
        row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    except sqlite3.OperationalError:
        return None
    return None if row is None else str(row[0])


def pending(revision: str | None, *, scripts: Path = SCRIPTS) -> list[str]:
    """Revisions between a file's and the newest, oldest first, each with its first words."""
    if revision == HEAD and scripts is SCRIPTS:
        return []
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", str(scripts))
    config.set_main_option("path_separator", "os")
    directory = ScriptDirectory.from_config(config)
    steps = list(directory.iterate_revisions("head", revision or "base"))
    return [f"{step.revision} {step.doc}" for step in reversed(steps)]


class Held(sqlite3.Connection):
    """A connection whose transaction is ended by our own words alone, not by a library's."""

    def commit(self) -> None:
        """Left to the owner of the transaction."""

    def rollback(self) -> None:
        """Left to the owner of the transaction."""


def bare(path: Path | str) -> sqlite3.Connection:
    """A connection for migrating: foreign keys are off, or a rebuilt table takes its children."""
    return sqlite3.connect(path, isolation_level=None, factory=Held)


def create_file(path: Path, fill: Fill) -> None:
    """A new shop file, whole or not there at all."""
    temporary = new_beside(path)
    try:
        build(temporary, fill)
        replace_file(temporary, path)
    except BaseException:
        new_beside(path)
        raise


def build(path: Path | str, fill: Fill, *, target: str = "head") -> None:
    """All migrations and the first rows, in one transaction of an absent file."""
    connection = bare(path)
    try:
        make_schema(connection, fill, target=target)
    finally:
        connection.close()


def make_schema(connection: sqlite3.Connection, fill: Fill, *, target: str = "head") -> None:
    """Make an empty database ours."""
    connection.execute(f"PRAGMA page_size={PAGE}")
    connection.execute(f"PRAGMA application_id={APPLICATION_ID}")
    connection.execute("BEGIN IMMEDIATE")
    apply_migrations(connection, target=target)
    connection.execute(f"PRAGMA user_version={SCHEMA}")
    fill(connection)
    _commit(connection)


def new_beside(path: Path) -> Path:
    """Where a new file is made before it takes its name; what a killed try left there goes."""
    new_of(path).unlink(missing_ok=True)
    path.with_name(f"{path.name}{NEW}-journal").unlink(missing_ok=True)
    return new_of(path)


def new_of(path: Path) -> Path:
    return path.with_name(path.name + NEW)


def _commit(connection: sqlite3.Connection) -> None:
    """Commit, where the driver has kept the transaction that the migrations ran in."""
    if not connection.in_transaction:
        raise sqlite3.OperationalError("the migrations ended their transaction")
    connection.execute("COMMIT")


def upgrade_file(
    path: Path, aside: Path, *, now: datetime, scripts: Path = SCRIPTS, schema: int = SCHEMA
) -> Path:
    """Migrate a copy of an older file and swap it in; the old file is kept in ``aside``, its path
    returned.

    Raises UserError: ``upgrade_failed``, ``database_damaged``, ``database_busy`` (somebody reads
    it), ``disk_full``; the shop's file is then as it was.
    """
    kept = aside / f"antes-da-atualizacao-{now:%Y%m%d-%H%M%S}.db"
    try:
        aside.mkdir(parents=True, exist_ok=True)
        copy = new_beside(path)
        with translate_errors():
            copy_whole(path, new_beside(kept))
            replace_file(new_of(kept), kept)
            copy_whole(path, copy)
            _migrate_copy(copy, scripts, schema)
            fold_log(path)
            replace_file(copy, path)
    except UserError:
        _undo(path, kept)
        raise
    except Exception as error:  # whatever a migration stumbles over, the shop is as it was
        _undo(path, kept)
        raise UserError("upgrade_failed") from error
    return kept


def _undo(path: Path, kept: Path) -> None:
    """The shop's file is as it was: the copy of it, made again at each try, would only fill the
    disk."""
    with contextlib.suppress(OSError):  # what cannot be removed now goes at the next try
        new_beside(path)
        new_beside(kept)
        kept.unlink(missing_ok=True)


def fold_log(path: Path) -> None:
    """Leave a file without its log, so that none can ever be applied to another file.

    Raises UserError ``disk_error`` where a log or journal stays: SQLite says nothing of one that
    the disk does not let it remove, and would play it back over whatever takes the file's place.
    """
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.execute("PRAGMA journal_mode=DELETE")
    finally:
        connection.close()
    if has_log(path) or path.with_name(f"{path.name}-journal").exists():
        raise UserError("disk_error")


def _migrate_copy(copy: Path, scripts: Path, schema: int) -> None:
    connection = bare(copy)
    try:
        connection.execute("PRAGMA journal_mode=DELETE")
        connection.execute("BEGIN IMMEDIATE")
        before = figures(connection)
        apply_migrations(connection, scripts=scripts)
        connection.execute(f"PRAGMA user_version={schema}")
        after = figures(connection)
        lost = {name for name, value in before.items() if after.get(name) != value}
        broken = connection.execute("PRAGMA foreign_key_check").fetchone()
        if lost or broken:
            raise UserError("upgrade_failed")
        _commit(connection)
        connection.execute("VACUUM")  # rewritten tables leave as much room as they took
        if connection.execute("PRAGMA integrity_check").fetchone()[0] != "ok":
            raise UserError("upgrade_failed")
        if not index_is_whole(connection):
            raise UserError("upgrade_failed")
    finally:
        connection.close()


def copy_whole(source: Path, target: Path) -> None:
    """A whole copy through SQLite itself, whatever is in the log; it has no log of its own."""
    reading, writing = connect(source), sqlite3.connect(target, isolation_level=None)
    try:
        reading.execute("PRAGMA query_only=ON")
        reading.backup(writing, pages=-1)
        writing.execute("PRAGMA journal_mode=DELETE")
        if writing.execute("PRAGMA integrity_check").fetchone()[0] != "ok":
            raise UserError("database_damaged")
    finally:
        writing.close()
        reading.close()


def figures(connection: sqlite3.Connection) -> dict[str, int]:
    """Rows of each table and sums of money: neither a migration nor a backup loses any."""
    tables = connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND sql LIKE '%STRICT%'"
    ).fetchall()
    # Names come from the schema, never from a person.
    found = {
        name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]  # noqa: S608
        for (name,) in tables
        if not name.startswith("_alembic_tmp")
    }
    for table, column in MONEY:
        total = connection.execute(
            f"SELECT coalesce(sum({column}), 0) FROM {table}"  # noqa: S608
        ).fetchone()[0]
        found[f"{table}.{column}"] = total
    return found
