"""The log beside a database file, read as SQLite reads it at its next start, without touching it.

What a crash leaves is a file and a log that belong together: the log's whole transactions count,
whatever is half written in the file. The format: https://www.sqlite.org/fileformat2.html, part 4.
Only a file that nobody has open may be read here: closing it again drops SQLite's own locks.
"""

import sqlite3
import struct
from array import array
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from operator import mul
from pathlib import Path
from typing import IO

ENDING = "-wal"
HEADER = 32
FRAME = 24
"""Bytes before each page of a log: page number, size after a commit, salts, checksum."""
_MAGIC = {0x377F0682: "little", 0x377F0683: "big"}
_VERSION = 3_007_000
_WORD = 0xFFFFFFFF

Sums = tuple[int, int]


@dataclass(frozen=True)
class Log:
    """What counts of a log: ``pages`` are where each page's last whole version lies in the file,
    ``page_count`` how many pages the database has with them. ``salts`` tell one log from another:
    they change each time the log begins anew."""

    path: Path
    salts: str
    page_size: int
    page_count: int
    pages: Mapping[int, int]

    def page(self, number: int) -> bytes | None:
        """One page as the log has it; None where it has not."""
        if number not in self.pages:
            return None
        with self.path.open("rb") as file:
            return _at(file, self.pages[number], self.page_size)


def log_of(database: Path) -> Path:
    return database.with_name(database.name + ENDING)


def has_log(database: Path) -> bool:
    """Whether a log with anything in it lies beside a database."""
    try:
        return log_of(database).stat().st_size > HEADER
    except OSError:
        return False


def salts_of(database: Path) -> str:
    """The salts of the log beside a database, in hexadecimal; nothing where there is no log."""
    try:
        with log_of(database).open("rb") as file:
            return _at(file, 16, 8).hex()
    except OSError:
        return ""


def read_log(database: Path) -> Log | None:
    """The whole transactions of the log beside a database; None where it has none. Raises OSError.

    SQLite stops at the first page whose salts or checksum are wrong, and counts up to the last
    commit before it; so does this.
    """
    path = log_of(database)
    try:
        file = path.open("rb")
    except FileNotFoundError:
        return None
    with file:
        head = file.read(HEADER)
        if len(head) < HEADER:
            return None
        magic, version, size, _, _, _, *noted = struct.unpack(">8I", head)
        order = _MAGIC.get(magic)
        if order is None or version != _VERSION or size & (size - 1) or not 512 <= size <= 65536:
            return None
        sums = _sums(head[:24], order, (0, 0))
        if list(sums) != noted:
            return None
        pages: dict[int, int] = {}
        pending: dict[int, int] = {}
        count, place = 0, HEADER
        while len(frame := file.read(FRAME + size)) == FRAME + size:
            number, commit, *_ = struct.unpack_from(">2I", frame)
            sums = _sums(frame[:8] + frame[FRAME:], order, sums)
            if (
                not number
                or frame[8:16] != head[16:24]
                or frame[16:24] != struct.pack(">2I", *sums)
            ):
                break
            pending[number] = place + FRAME
            if commit:
                pages |= pending
                pending, count = {}, commit
            place += FRAME + size
    return Log(path, head[16:24].hex(), size, count, pages) if count else None


def image(database: Path, log: Log | None) -> bytes:
    """A database as SQLite will see it, in one piece and without a log of its own. Raises OSError.

    Fit for ``sqlite3.Connection.deserialize``.
    """
    whole = bytearray(database.read_bytes())
    if log is not None:
        length = log.page_count * log.page_size
        del whole[length:]
        whole.extend(bytes(length - len(whole)))
        with log.path.open("rb") as file:
            for number, place in log.pages.items():
                if number <= log.page_count:
                    begin = (number - 1) * log.page_size
                    whole[begin : begin + log.page_size] = _at(file, place, log.page_size)
    whole[18:20] = b"\x01\x01"
    return bytes(whole)


@contextmanager
def in_memory(content: bytes) -> Iterator[sqlite3.Connection]:
    """A connection to an ``image``, which has no file."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    try:
        connection.deserialize(content)
        yield connection
    finally:
        connection.close()


def _at(file: IO[bytes], place: int, length: int) -> bytes:
    file.seek(place)
    return file.read(length)


def _sums(data: bytes, order: str, before: Sums) -> Sums:
    """SQLite's running checksum over more data.

    Word by word it is ``a += x + b; b += y + a``: linear, so that a whole page is two sums of
    products, which Python does at the speed of C.
    """
    words = array("I", data)
    if order != _NATIVE:
        words.byteswap()
    first, second = _factors(len(words))
    own, other = _powers(len(words))
    a, b = before
    return (
        (own[0] * a + own[1] * b + sum(map(mul, first, words))) & _WORD,
        (other[0] * a + other[1] * b + sum(map(mul, second, words))) & _WORD,
    )


_NATIVE = "little" if array("H", [1]).tobytes() == b"\x01\x00" else "big"


def _step(a: int, b: int) -> Sums:
    """Where two words of zero bring the sums."""
    a = (a + b) & _WORD
    return a, (b + a) & _WORD


@cache
def _powers(count: int) -> tuple[Sums, Sums]:
    """What the sums before weigh in the sums after so many words."""
    one, two = (1, 0), (0, 1)
    for _ in range(count // 2):
        one, two = _step(*one), _step(*two)
    return (one[0], two[0]), (one[1], two[1])


@cache
def _factors(count: int) -> tuple[list[int], list[int]]:
    """What each of so many words weighs in either sum; the last words weigh least."""
    first, second = [0] * count, [0] * count
    x, y = (1, 1), (0, 1)  # a word of a pair as it stands in the sums right after it
    for place in range(count - 2, -1, -2):
        (first[place], second[place]), (first[place + 1], second[place + 1]) = x, y
        x, y = _step(*x), _step(*y)
    return first, second
