"""One transaction a call, settings that keep what was acknowledged, errors that can be mended."""

import os
import shutil
import sqlite3
import threading
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.orm import Session

from osdesk.domain.codes import Role
from osdesk.domain.errors import UserError
from osdesk.persistence.database import Database, bare, connect
from osdesk.persistence.models import Employee

COUNT = text("SELECT count(*) FROM employees")


def add(session: Session, name: str, *, fail: bool = False) -> int:
    row = Employee(name=name, name_folded=name.casefold(), role=Role.OWNER, active=True)
    session.add(row)
    session.flush()
    if fail:
        raise UserError("refused")
    return row.id


def count(session: Session) -> int:
    return int(session.scalar(COUNT) or 0)


def pragma(session: Session, words: str) -> object:
    return session.scalar(text(f"PRAGMA {words}"))


def test_what_run_returned_is_there_for_everybody(db: Database) -> None:
    assert db.run(add, "Marta") == 1
    other = sqlite3.connect(db.path)
    assert other.execute("SELECT name FROM employees").fetchall() == [("Marta",)]
    other.close()


def test_nothing_is_kept_of_what_failed_and_the_next_one_works(db: Database) -> None:
    with pytest.raises(UserError, match="refused"):
        db.run(add, "Marta", fail=True)
    assert db.read(count) == 0
    assert db.run(add, "Marta") == 1


def test_reading_cannot_write(db: Database) -> None:
    with pytest.raises(UserError, match="database_readonly"):
        db.read(add, "Marta")
    assert db.read(count) == 0


def test_a_reading_sees_one_moment(db: Database) -> None:
    def twice(session: Session) -> tuple[int, int]:
        before = count(session)
        db.run(add, "Marta")
        return before, count(session)

    assert db.read(twice) == (0, 0)
    assert db.read(count) == 1


def test_reading_from_another_thread(db: Database) -> None:
    db.run(add, "Marta")
    seen: list[int] = []
    thread = threading.Thread(target=lambda: seen.append(db.read(count)))
    thread.start()
    thread.join()
    assert seen == [1]


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("journal_mode", "wal"),
        ("synchronous", 2),
        ("foreign_keys", 1),
        ("recursive_triggers", 1),
        ("secure_delete", 1),
        ("cell_size_check", 1),
        ("mmap_size", 0),
        ("temp_store", 2),
        ("busy_timeout", 5000),
        ("journal_size_limit", 4194304),
        ("page_size", 4096),
        ("auto_vacuum", 0),
    ],
)
def test_settings_of_both_sides(db: Database, words: str, value: object) -> None:
    assert db.run(pragma, words) == value
    assert db.read(pragma, words) == value


def test_only_the_writer_folds_the_log(db: Database) -> None:
    assert db.run(pragma, "wal_autocheckpoint") == 1000
    assert db.read(pragma, "wal_autocheckpoint") == 0
    assert db.read(pragma, "query_only") == 1


def test_the_schema_is_not_trusted_where_sqlite_can_do_without(db: Database) -> None:
    modern = sqlite3.sqlite_version_info >= (3, 51, 3)
    assert db.run(pragma, "trusted_schema") == (0 if modern else 1)


@pytest.mark.parametrize(
    "words",
    [
        "ATTACH ':memory:' AS other",
        "DROP TRIGGER guard_events_update",
        "CREATE TRIGGER mine AFTER INSERT ON orders BEGIN SELECT 1; END",
        "ALTER TABLE orders RENAME TO olders",
        "DROP TABLE payments",
        "UPDATE events SET data = '{}'",
        "DELETE FROM events",
        "PRAGMA writable_schema=ON",
    ],
)
def test_the_program_cannot_touch_schema_or_history(db: Database, words: str) -> None:
    with pytest.raises(DBAPIError, match=r"not authorized|prohibited"):
        db.run(lambda session: session.execute(text(words)))


def test_errors_never_tell_a_name(db: Database) -> None:
    db.run(add, "Maria das Dores")
    with pytest.raises(IntegrityError) as caught:
        db.run(add, "Maria das Dores")
    assert "Dores" not in str(caught.value)


def test_a_full_disk_keeps_nothing_and_saves_again_later(db: Database) -> None:
    pages = db.run(pragma, "page_count")
    db.run(pragma, f"max_page_count={pages}")
    with pytest.raises(UserError, match="disk_full"):
        db.run(add, "M" * 1_000_000)
    assert db.read(count) == 0
    db.run(pragma, "max_page_count=100000")
    assert db.run(add, "Marta") == 1


def test_another_writer_is_waited_for_then_named(db: Database) -> None:
    db.run(pragma, "busy_timeout=60")
    other = sqlite3.connect(db.path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(UserError, match="database_busy"):
        db.run(add, "Marta")
    other.execute("ROLLBACK")
    other.close()
    assert db.run(add, "Marta") == 1


def test_our_own_long_work_is_waited_for_then_named(db: Database) -> None:
    db._writer.pool._timeout = 0.05  # type: ignore[attr-defined]  # instead of five seconds
    begun, enough = threading.Event(), threading.Event()

    def long_work(session: Session) -> None:
        add(session, "Marta")
        begun.set()
        enough.wait(10)

    thread = threading.Thread(target=db.run, args=(long_work,))
    thread.start()
    assert begun.wait(10)
    with pytest.raises(UserError, match="database_busy"):
        db.run(add, "Rui")
    assert db.read(count) == 0
    enough.set()
    thread.join()
    assert db.run(add, "Rui") == 2


def test_a_folder_that_cannot_be_written(db: Database) -> None:
    db.run(lambda session: session.execute(text("PRAGMA query_only=ON")))
    with pytest.raises(UserError, match="database_readonly"):
        db.run(add, "Marta")
    assert db.read(count) == 0


def test_a_replaced_file_is_noticed_at_the_next_save(db: Database, tmp_path: Path) -> None:
    db.run(add, "Marta")
    copy = tmp_path / "copy.db"
    shutil.copyfile(db.path, copy)
    if os.name == "nt":  # Windows refuses it while the file is open, and nothing is lost
        with pytest.raises(PermissionError):
            os.replace(copy, db.path)
        db.run(add, "Rui")
        assert db.read(count) == 2
        return
    os.replace(copy, db.path)
    with pytest.raises(UserError, match="database_replaced"):
        db.run(add, "Rui")
    with pytest.raises(UserError, match="database_replaced"):
        db.fill(lambda session: None)


def test_a_deleted_file_is_noticed_and_not_made_anew(db: Database) -> None:
    db.run(add, "Marta")
    if os.name == "nt":  # as above
        with pytest.raises(PermissionError):
            db.path.unlink()
        db.run(add, "Rui")
        assert db.read(count) == 2
        return
    db.path.unlink()
    with pytest.raises(UserError, match="database_replaced"):
        db.run(add, "Rui")
    assert not db.path.exists()


def test_a_connection_never_makes_a_file(tmp_path: Path) -> None:
    with pytest.raises(sqlite3.OperationalError, match="unable to open"):
        connect(tmp_path / "none.db")
    assert list(tmp_path.iterdir()) == []


def test_a_filled_shop_is_all_or_nothing(db: Database) -> None:
    insert = "INSERT INTO employees (name, name_folded, role, active) VALUES (?, ?, 'owner', 1)"

    def fill(session: Session) -> None:
        bare(session).executemany(insert, [(str(n), str(n)) for n in range(50)])

    def fill_and_fail(session: Session) -> None:
        bare(session).execute(insert, ("x", "x"))
        raise UserError("refused")

    with pytest.raises(UserError, match="refused"):
        db.fill(fill_and_fail)
    assert db.read(count) == 0
    db.fill(fill)
    assert db.read(count) == 50
    assert db.run(add, "Marta") == 51


def test_other_errors_pass_as_the_bugs_they_are(db: Database) -> None:
    with pytest.raises(DBAPIError, match="no such table"):
        db.run(lambda session: session.execute(text("SELECT 1 FROM nowhere")))
