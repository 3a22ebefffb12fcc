"""Bringing a shop's file to this program's schema: on a copy, checked, swapped in whole.

New files are made by the same migrations. Alembic is imported only where there is work to do.
"""

import sqlite3
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from osdesk.domain.errors import UserError
from osdesk.persistence.database import APPLICATION_ID
from osdesk.persistence.files import replace_file

HEAD = "0001"
SCHEMA = 1
"""``user_version`` of a file at ``HEAD``."""
SCRIPTS = Path(__file__).parent / "migrations"
MONEY = (
    ("orders", "total"),
    ("orders", "paid"),
    ("orders", "balance"),
    ("items", "total"),
    ("payments", "amount"),
)

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


def bare(path: Path) -> sqlite3.Connection:
    """A connection for migrating: foreign keys are off, or a rebuilt table takes its children."""
    return sqlite3.connect(path, isolation_level=None)


def create_file(path: Path, fill: Fill) -> None:
    """A new shop file, whole or not there at all."""
    temporary = path.with_name(path.name + ".new")
    temporary.unlink(missing_ok=True)
    connection = bare(temporary)
    try:
        connection.execute("PRAGMA page_size=4096")
        connection.execute(f"PRAGMA application_id={APPLICATION_ID}")
        connection.execute("BEGIN IMMEDIATE")
        apply_migrations(connection)
        connection.execute(f"PRAGMA user_version={SCHEMA}")
        fill(connection)
        if connection.in_transaction:
            connection.execute("COMMIT")
    finally:
        connection.close()
    replace_file(temporary, path)


def upgrade_file(
    path: Path, aside: Path, *, now: datetime, scripts: Path = SCRIPTS, schema: int = SCHEMA
) -> Path:
    """Migrate a copy of an older file and swap it in; the old file is kept in ``aside``, its path
    returned.

    Raises UserError ``upgrade_failed``; the shop's file is then as it was.
    """
    aside.mkdir(parents=True, exist_ok=True)
    kept = aside / f"antes-da-atualizacao-{now:%Y%m%d-%H%M%S}.db"
    copy = path.with_name(path.name + ".new")
    copy.unlink(missing_ok=True)
    try:
        _copy(path, kept)
        _copy(path, copy)
        _migrate_copy(copy, scripts, schema)
    except (sqlite3.Error, AssertionError) as error:
        copy.unlink(missing_ok=True)
        raise UserError("upgrade_failed") from error
    source = bare(path)
    source.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    source.execute("PRAGMA journal_mode=DELETE")
    source.close()
    replace_file(copy, path)
    return kept


def _migrate_copy(copy: Path, scripts: Path, schema: int) -> None:
    connection = bare(copy)
    try:
        connection.execute("PRAGMA journal_mode=DELETE")
        connection.execute("BEGIN IMMEDIATE")
        before = _figures(connection)
        apply_migrations(connection, scripts=scripts)
        connection.execute(f"PRAGMA user_version={schema}")
        after = _figures(connection)
        lost = {name for name, value in before.items() if after.get(name) != value}
        broken = connection.execute("PRAGMA foreign_key_check").fetchone()
        if lost or broken:
            raise UserError("upgrade_failed")
        if connection.in_transaction:
            connection.execute("COMMIT")
        if connection.execute("PRAGMA integrity_check").fetchone()[0] != "ok":
            raise UserError("upgrade_failed")
    finally:
        connection.close()


def _copy(source: Path, target: Path) -> None:
    """A whole copy through SQLite itself, whatever is in the log."""
    target.unlink(missing_ok=True)
    reading, writing = bare(source), bare(target)
    try:
        reading.backup(writing, pages=-1)
        if writing.execute("PRAGMA integrity_check").fetchone()[0] != "ok":
            raise UserError("database_damaged")
    finally:
        writing.close()
        reading.close()


def _figures(connection: sqlite3.Connection) -> dict[str, int]:
    """Rows of each table and sums of money: a migration loses none of them."""
    tables = connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND sql LIKE '%STRICT%'"
    ).fetchall()
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
