"""Pages of a closed database, found by its file format: not every build of SQLite has ``dbstat``.

https://www.sqlite.org/fileformat.html, 1.6
"""

import sqlite3
import struct
from pathlib import Path

INTERIOR, LEAF = (2, 5), (10, 13)
HEAD = 100
"""Bytes of the file's own head, on page 1."""


def leaves(database: Path, name: str) -> list[tuple[int, int]]:
    """Numbers and size of the pages that hold the rows of a table or the entries of an index."""
    connection = sqlite3.connect(database)
    root = connection.execute(
        "SELECT rootpage FROM sqlite_master WHERE name = ?", (name,)
    ).fetchone()[0]
    size = connection.execute("PRAGMA page_size").fetchone()[0]
    connection.close()
    content = database.read_bytes()
    found, waiting = [], [root]
    while waiting:
        number = waiting.pop()
        page = content[(number - 1) * size : number * size]
        head = HEAD if number == 1 else 0
        kind, cells = page[head], struct.unpack_from(">H", page, head + 3)[0]
        if kind in LEAF:
            found.append((number, size))
        elif kind in INTERIOR:
            waiting.append(struct.unpack_from(">I", page, head + 8)[0])
            for place in struct.unpack_from(f">{cells}H", page, head + 12):
                waiting.append(struct.unpack_from(">I", page, place)[0])
        else:
            raise ValueError(f"page {number} is none of a table or index")
    return sorted(found)
