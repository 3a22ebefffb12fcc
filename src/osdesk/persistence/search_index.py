"""The full-text indexes: kept by the database itself, checked and rebuilt from here.

``orders_fts`` has one text per order and its rowid is the order's number, so that newest first is a
walk backwards; ``customers_fts`` has one per customer. Both are external content over views.
"""

import sqlite3

INDEXES = ("orders_fts", "customers_fts")
"""The only names that the SQL here is put together from."""


def rebuild(connection: sqlite3.Connection) -> None:
    for index in INDEXES:
        connection.execute(f"INSERT INTO {index}({index}) VALUES ('rebuild')")  # noqa: S608


BUSY = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})
UNWRITABLE = frozenset(
    {sqlite3.SQLITE_READONLY, sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN}
)
"""Where nothing can be written, the question is asked of a copy in memory."""


def index_is_whole(connection: sqlite3.Connection) -> bool:
    """Whether both indexes agree with the tables, word by word.

    The question is an INSERT that changes nothing: it waits for another writer.
    """
    try:
        for index in INDEXES:
            connection.execute(
                f"INSERT INTO {index}({index}, rank) VALUES ('integrity-check', 1)"  # noqa: S608
            )
    except sqlite3.DatabaseError as error:
        code = error.sqlite_errorcode & 0xFF
        if code in BUSY:
            raise
        return code in UNWRITABLE and _copy_is_whole(connection)
    return True


def _copy_is_whole(connection: sqlite3.Connection) -> bool:
    copy = sqlite3.connect(":memory:", isolation_level=None)
    try:
        connection.backup(copy)
        return index_is_whole(copy)
    finally:
        copy.close()


def forget_removed(connection: sqlite3.Connection) -> None:
    """Write the indexes anew without what was taken out: a removed word stands in their pages until
    then."""
    for index in INDEXES:
        connection.execute(f"INSERT INTO {index}({index}) VALUES ('optimize')")  # noqa: S608
