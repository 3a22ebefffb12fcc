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
        if error.sqlite_errorcode & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            raise
        return False
    return True


def forget_removed(connection: sqlite3.Connection) -> None:
    """Write the indexes anew without what was taken out: a removed word stands in their pages until
    then."""
    for index in INDEXES:
        connection.execute(f"INSERT INTO {index}({index}) VALUES ('optimize')")  # noqa: S608
