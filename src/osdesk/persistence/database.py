"""The shop's SQLite file: our own transactions, durable settings, errors that a person can mend.

One writer (BEGIN IMMEDIATE) and readers that cannot write. WAL with synchronous=FULL keeps every
acknowledged order through a power cut.
"""

import logging
import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar

from sqlalchemy import Engine, QueuePool, create_engine, event, exc
from sqlalchemy.orm import Session

from osdesk.domain.errors import UserError
from osdesk.persistence import search_index
from osdesk.persistence.mark import newest_event

log = logging.getLogger("osdesk")
P = ParamSpec("P")
T = TypeVar("T")

WAIT = 5
"""Seconds that one waits for another who writes, in this program or beside it."""
APPLICATION_ID = 0x4F534445
"""``OSDE``: tells our files from other programs' databases."""

_COMMON = (
    "PRAGMA foreign_keys=ON",
    "PRAGMA recursive_triggers=ON",
    "PRAGMA secure_delete=ON",
    "PRAGMA cell_size_check=ON",
    "PRAGMA mmap_size=0",
    "PRAGMA temp_store=MEMORY",
    # 16 MB at most for each connection: the default of 2 makes a large shop slow, and 64 were
    # measured to add 100 MB at rest, since the system keeps what was read too
    "PRAGMA cache_size=-16384",
    "PRAGMA synchronous=FULL",
    "PRAGMA journal_size_limit=4194304",
)
_TRUSTED_FROM = (3, 51, 3)
"""Older SQLite refuses FTS5 in triggers where the schema is not trusted."""

_DENIED = {
    sqlite3.SQLITE_ATTACH,
    sqlite3.SQLITE_DETACH,
    sqlite3.SQLITE_DROP_TRIGGER,
    sqlite3.SQLITE_CREATE_TRIGGER,
    sqlite3.SQLITE_ALTER_TABLE,
    sqlite3.SQLITE_DROP_TABLE,
}


def _authorize(action: int, first: str | None, second: str | None, *_: object) -> int:
    """The window and the commands never change the schema or rewrite the history."""
    if action in _DENIED:
        return sqlite3.SQLITE_DENY
    if action in (sqlite3.SQLITE_UPDATE, sqlite3.SQLITE_DELETE) and first == "events":
        return sqlite3.SQLITE_DENY
    if action == sqlite3.SQLITE_PRAGMA and first == "writable_schema":
        return sqlite3.SQLITE_DENY
    return sqlite3.SQLITE_OK


def connect(path: Path, *, wait: float = WAIT, alone: bool = False) -> sqlite3.Connection:
    """A bare connection with the settings that every connection has, in autocommit.

    It never makes a file: where there is none, SQLite refuses. ``alone`` only reads, and writes
    nothing beside the file either: for a disk without a byte left, where nobody else can write.
    """
    mode = "mode=ro&immutable=1" if alone else "mode=rw"
    address = f"{path.absolute().as_uri()}?{mode}"
    connection = sqlite3.connect(
        address, uri=True, timeout=wait, isolation_level=None, check_same_thread=False
    )
    try:
        for statement in _COMMON:
            connection.execute(statement)
        if sqlite3.sqlite_version_info >= _TRUSTED_FROM:
            connection.execute("PRAGMA trusted_schema=OFF")
    except BaseException:
        connection.close()
        raise
    return connection


def _engine(
    path: Path,
    *,
    begin: str,
    setup: Callable[[sqlite3.Connection], None],
    wait: float = WAIT,
    alone: bool = False,
) -> Engine:
    def creator() -> sqlite3.Connection:
        connection = connect(path, wait=wait, alone=alone)
        try:
            setup(connection)
        except BaseException:
            connection.close()
            raise
        return connection

    writer = begin != "BEGIN"
    engine = create_engine(
        "sqlite://",
        creator=creator,
        hide_parameters=True,
        poolclass=QueuePool,
        pool_size=1 if writer else 4,
        max_overflow=0 if writer else 4,
        pool_timeout=wait,
        pool_reset_on_return="rollback",
    )

    @event.listens_for(engine, "begin")
    def _begin(connection: Any) -> None:
        connection.exec_driver_sql(begin)

    return engine


def _writer_setup(connection: sqlite3.Connection) -> None:
    mode = connection.execute("PRAGMA journal_mode=WAL").fetchone()[0]
    synchronous = connection.execute("PRAGMA synchronous").fetchone()[0]
    if mode != "wal" or synchronous != 2:
        raise UserError("folder_unsafe")
    connection.execute("PRAGMA wal_autocheckpoint=1000")
    connection.set_authorizer(_authorize)


def _reader_setup(connection: sqlite3.Connection) -> None:
    connection.execute("PRAGMA wal_autocheckpoint=0")
    connection.execute("PRAGMA query_only=ON")


def _filler_setup(connection: sqlite3.Connection) -> None:
    connection.execute("PRAGMA cache_size=-262144")  # it is alone, and gone when the shop is full


class Database:
    """``run`` writes in one transaction, ``read`` sees one moment of the file and cannot write."""

    def __init__(self, path: Path, *, wait: float = WAIT, alone: bool = False) -> None:
        """``wait``: seconds for another who writes; ``alone``: as in ``connect``."""
        self.path = path
        self._alone = alone
        self._identity = _identity(path)
        self.refuses = False
        self.acknowledged: Callable[[int, str], object] | None = None
        """Called after each commit with the newest event, where somebody wants to know."""
        self._writer = _engine(path, begin="BEGIN IMMEDIATE", setup=_writer_setup, wait=wait)
        self._reader = _engine(path, begin="BEGIN", setup=_reader_setup, wait=wait, alone=alone)

    def run(
        self,
        function: Callable[Concatenate[Session, P], T],
        /,
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T:
        """One user action, one transaction: committed and durable when this returns.

        SQLite's environment errors become UserError: disk_full, database_busy, database_readonly,
        database_damaged, disk_error, database_replaced, shop_read_only. Everything else passes;
        nothing is kept.
        """
        self._refuse()
        import osdesk.persistence.models  # noqa: F401 - every table is known before one is written

        try:
            with (
                translate_errors(),
                Session(self._writer, expire_on_commit=False) as session,
                session.begin(),
            ):
                result = function(session, *args, **kwargs)
                newest = self._newest(session)
        except UserError as error:
            if error.code in REOPENED_AFTER:
                self._writer.dispose()
            raise
        self._tell(newest)
        return result

    def _newest(self, session: Session) -> tuple[int, str] | None:
        if self.acknowledged is None:
            return None
        return newest_event(bare(session))

    def _tell(self, newest: tuple[int, str] | None) -> None:
        if self.acknowledged is not None and newest is not None:
            self.acknowledged(*newest)

    def read(
        self,
        function: Callable[Concatenate[Session, P], T],
        /,
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T:
        """A function over one consistent state of the file; usable from any thread."""
        with translate_errors(), Session(self._reader, expire_on_commit=False) as session:
            return function(session, *args, **kwargs)

    def fill(self, function: Callable[[Session], None]) -> None:
        """Fill a whole shop in one transaction, then gather statistics.

        For the demonstration and for an import: here alone the tables' triggers and the history may
        be set aside and made whole again.
        """
        self._refuse()
        engine = _engine(self.path, begin="BEGIN IMMEDIATE", setup=_filler_setup)
        try:
            with (
                translate_errors(),
                Session(engine, expire_on_commit=False) as session,
                session.begin(),
            ):
                function(session)
                newest = self._newest(session)
            with translate_errors(), engine.connect() as connection:
                connection.exec_driver_sql("ANALYZE")
                connection.commit()
        finally:
            engine.dispose()
        self._tell(newest)

    def forget_removed(self) -> None:
        """Leave nothing of what was erased in the search indexes and in the log."""
        with translate_errors(), self._writer.connect() as connection:
            raw = connection.connection.driver_connection
            assert raw is not None
            raw.execute("BEGIN IMMEDIATE")
            search_index.forget_removed(raw)
            raw.execute("COMMIT")
            raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def connect(self) -> sqlite3.Connection:
        """A bare connection to the same file, in the same way; the caller closes it."""
        return connect(self.path, alone=self._alone)

    def close(self, *, checkpoint: bool) -> None:
        """Close all connections; with ``checkpoint`` the log is folded into the file first.

        A log that cannot be folded in, as on a full disk, loses nothing: it stays, and the next
        start reads both.
        """
        self._reader.dispose()
        try:
            if checkpoint and not self.replaced:
                with translate_errors(), self._writer.connect() as connection:
                    raw = connection.connection.driver_connection
                    assert raw is not None
                    raw.execute("PRAGMA optimize")
                    raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        except UserError as error:
            log.warning("the log was not folded in at close: %s", error.code)
        finally:
            self._writer.dispose()

    @property
    def replaced(self) -> bool:
        """Whether another file, or none, stands where the opened one was."""
        return _identity(self.path) != self._identity

    def refuse_writing(self) -> None:
        """Only read from now on: the file was found damaged, and a write could make it worse."""
        self.refuses = True

    def _refuse(self) -> None:
        if self.refuses:
            raise UserError("shop_read_only")
        if self.replaced:
            raise UserError("database_replaced", path=self.path)


def bare(session: Session) -> sqlite3.Connection:
    """The connection under a session, in the session's transaction; what waits is written first."""
    session.flush()
    connection = session.connection().connection.driver_connection
    assert isinstance(connection, sqlite3.Connection)
    return connection


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        status = os.stat(path)
    except OSError:
        return None
    return (status.st_dev, status.st_ino)


_CODES = {
    sqlite3.SQLITE_FULL: "disk_full",
    sqlite3.SQLITE_BUSY: "database_busy",
    sqlite3.SQLITE_LOCKED: "database_busy",
    sqlite3.SQLITE_READONLY: "database_readonly",
    sqlite3.SQLITE_CORRUPT: "database_damaged",
    sqlite3.SQLITE_NOTADB: "database_damaged",
    sqlite3.SQLITE_IOERR: "disk_error",
    sqlite3.SQLITE_CANTOPEN: "disk_error",
}


REOPENED_AFTER = frozenset({"disk_error", "database_damaged"})
"""An error of the disk leaves a connection's cache in doubt: the next save gets a new one."""


@contextmanager
def translate_errors() -> Iterator[None]:
    """SQLite's environment errors as what a person can mend."""
    try:
        yield
    except exc.TimeoutError as error:  # a long piece of work of our own holds the one writer
        raise UserError("database_busy") from error
    except exc.DBAPIError as error:
        code = getattr(error.orig, "sqlite_errorcode", None)
        known = _CODES.get(code & 0xFF) if isinstance(code, int) else None
        if known is None:
            raise
        raise UserError(known) from error
    except sqlite3.Error as error:
        known = _CODES.get((getattr(error, "sqlite_errorcode", None) or 0) & 0xFF)
        if known is None:
            raise
        raise UserError(known) from error
