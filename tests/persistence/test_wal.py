"""A log is read exactly as SQLite reads it, and nothing on the disk is touched."""

import random
import shutil
import sqlite3
from pathlib import Path

import pytest

from osdesk.persistence.wal import has_log, image, log_of, read_log, salts_of


@pytest.fixture
def writer(tmp_path: Path):
    """A connection with a log that it never folds in, and its file."""
    connection = sqlite3.connect(tmp_path / "a.db", isolation_level=None)
    connection.execute("PRAGMA page_size=4096")
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA wal_autocheckpoint=0")
    connection.execute("CREATE TABLE t (a INTEGER PRIMARY KEY, b)")
    yield connection
    connection.close()


def fill(connection: sqlite3.Connection, count: int, seed: int = 1) -> None:
    rng = random.Random(seed)
    for _ in range(count):
        connection.execute("INSERT INTO t (b) VALUES (?)", (rng.randbytes(rng.randrange(3000)),))


def copied(folder: Path, name: str) -> Path:
    """File and log as a crash leaves them."""
    place = folder / name
    place.mkdir()
    for ending in ("", "-wal"):
        shutil.copyfile(folder / f"a.db{ending}", place / f"a.db{ending}")
    return place / "a.db"


def ours(database: Path) -> list[tuple[object, ...]]:
    connection = sqlite3.connect(":memory:")
    connection.deserialize(image(database, read_log(database)))
    rows = connection.execute("SELECT a, b FROM t").fetchall()
    assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    connection.close()
    return rows


def sqlites(database: Path) -> list[tuple[object, ...]]:
    connection = sqlite3.connect(database)
    rows = connection.execute("SELECT a, b FROM t").fetchall()
    connection.close()
    return rows


def test_a_whole_log_counts(writer: sqlite3.Connection, tmp_path: Path) -> None:
    fill(writer, 60)
    database = copied(tmp_path, "x")
    before = database.read_bytes(), log_of(database).read_bytes()
    assert len(ours(database)) == 60
    assert (database.read_bytes(), log_of(database).read_bytes()) == before
    assert ours(database) == sqlites(database)


@pytest.mark.parametrize("seed", range(12))
def test_what_is_cut_or_flipped_counts_as_far_as_sqlite_counts_it(
    writer: sqlite3.Connection, tmp_path: Path, seed: int
) -> None:
    fill(writer, 20)
    writer.execute("PRAGMA wal_checkpoint(RESTART)")  # the next log begins over the older one
    fill(writer, 14, seed)
    writer.execute("DELETE FROM t WHERE a % 3 = 0")
    writer.execute("VACUUM")
    database = copied(tmp_path, "x")
    rng = random.Random(seed)
    content = bytearray(log_of(database).read_bytes())
    if seed % 2:
        del content[rng.randrange(len(content)) :]
    else:
        content[rng.randrange(len(content))] ^= 1 << rng.randrange(8)
    log_of(database).write_bytes(content)
    assert ours(database) == sqlites(database)


@pytest.mark.parametrize("content", [b"", b"x" * 31, bytes(5000), b"x" * 5000])
def test_what_is_no_log_does_not_count(
    writer: sqlite3.Connection, tmp_path: Path, content: bytes
) -> None:
    fill(writer, 3)
    writer.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    database = copied(tmp_path, "x")
    log_of(database).write_bytes(content)
    assert read_log(database) is None
    assert has_log(database) == (len(content) > 32)
    assert len(ours(database)) == 3
    log_of(database).unlink()
    assert read_log(database) is None
    assert not has_log(database)
    assert salts_of(database) == ""


def test_the_first_page_is_the_logs_where_it_has_one(
    writer: sqlite3.Connection, tmp_path: Path
) -> None:
    writer.execute("PRAGMA user_version=7")
    database = copied(tmp_path, "x")
    log = read_log(database)
    assert log is not None
    assert log.page(1)[60:64] == (7).to_bytes(4, "big")
    assert log.page(99) is None
    assert log.salts == salts_of(database)
