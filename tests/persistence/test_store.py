"""What a folder is taken for, what it is refused for, and that a refusal touches nothing."""

import json
import os
import re
import shutil
import sqlite3
import stat
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import text

from osdesk.domain.codes import EventCode
from osdesk.domain.default_texts import PAYMENT_TERMS, TERMS_DELIVERY, TERMS_INTAKE
from osdesk.domain.errors import UserError
from osdesk.persistence import migrate
from osdesk.persistence.folder import refuse_unsafe
from osdesk.persistence.store import Store, open_store, pending_upgrades
from osdesk.services.events import record
from osdesk.texts import sentence

NOW = datetime(2026, 11, 24, 17, 32, tzinfo=UTC)
posix = pytest.mark.skipif(os.name == "nt", reason="modes and inodes of POSIX")


def opened(folder: Path, *, write: bool = True, create: bool = False) -> Store:
    return open_store(folder, write=write, create=create, clock=lambda: NOW)


def seen(folder: Path) -> dict[str, tuple[int, bytes]]:
    """Each file with its time and content."""
    return {
        str(path.relative_to(folder)): (path.stat().st_mtime_ns, path.read_bytes())
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def refused(folder: Path, code: str) -> UserError:
    """Every way of opening says the same, and leaves the folder as it was."""
    before = seen(folder) if folder.is_dir() else None
    for write, create in ((False, False), (True, False), (True, True)):
        with pytest.raises(UserError) as caught:
            opened(folder, write=write, create=create)
        assert caught.value.code == code
        assert sentence(caught.value)[-1] == "."
    assert (seen(folder) if folder.is_dir() else None) == before
    return caught.value


def write(store: Store, times: int = 1, what: str = "name") -> None:
    for _ in range(times):
        data = {"changed": [what]}
        store.database.run(record, EventCode.SHOP_CHANGED, now=NOW, author=None, data=data)


# -- making ---------------------------------------------------------------------------------------


AWKWARD = "Assistência do João #1 100%" + ("" if os.name == "nt" else " ?")
"""A folder's name; Windows has no question mark in names."""


@pytest.mark.parametrize("there", [False, True])
@pytest.mark.parametrize("name", ["loja", AWKWARD, "a b"])
def test_an_absent_or_empty_folder_becomes_a_shop(tmp_path: Path, name: str, there: bool) -> None:
    folder = tmp_path / name
    if there:
        folder.mkdir()
    with pytest.raises(UserError, match="no_shop"):
        opened(folder, write=False)
    with pytest.raises(UserError, match="no_shop"):
        opened(folder, write=True)
    assert folder.exists() == there
    store = opened(folder, create=True)
    assert store.writable
    assert store.missing_changes == 0
    store.close()
    assert sorted(path.name for path in folder.iterdir()) == [
        "osdesk.db",
        "osdesk.lock",
        "osdesk.mark",
    ]


def test_a_new_shop_works_at_once(store: Store) -> None:
    def rows(query: str) -> list[tuple[object, ...]]:
        return store.database.read(
            lambda session: [tuple(row) for row in session.execute(text(query))]
        )

    assert rows("SELECT name, payment_terms, zone FROM shop") == [
        ("", PAYMENT_TERMS, "America/Sao_Paulo")
    ]
    assert rows("SELECT name, next FROM counters ORDER BY name") == [("order", 1), ("receipt", 1)]
    assert dict(rows("SELECT code, body FROM shop_texts")) == {
        "terms_intake": TERMS_INTAKE,
        "terms_delivery": TERMS_DELIVERY,
    }
    names = [row[0] for row in rows("SELECT name FROM service_types")]
    assert names[:2] == ["Conserto", "Orçamento"]
    assert "Retorno em garantia" in names
    assert rows("SELECT length(shop_id) FROM shop") == [(36,)]


def test_every_shop_has_an_identity_of_its_own(tmp_path: Path) -> None:
    keys = set()
    for name in ("a", "b"):
        store = opened(tmp_path / name, create=True)
        keys.add(store.database.read(lambda s: s.scalar(text("SELECT shop_id FROM shop"))))
        store.close()
    assert len(keys) == 2


@posix
def test_nobody_else_may_look_in(tmp_path: Path) -> None:
    opened(tmp_path / "shop", create=True).close()
    assert stat.S_IMODE((tmp_path / "shop").stat().st_mode) == 0o700
    assert stat.S_IMODE((tmp_path / "shop" / "osdesk.db").stat().st_mode) == 0o600


def test_what_a_first_start_may_leave_is_still_an_empty_folder(tmp_path: Path) -> None:
    (tmp_path / "osdesk.lock").write_text("")
    (tmp_path / "osdesk.db.new").write_bytes(b"half of a file")
    (tmp_path / "logs").mkdir()
    (tmp_path / ".osdesk-restore-1").mkdir()
    opened(tmp_path, create=True).close()
    assert not (tmp_path / "osdesk.db.new").exists()


# -- refusing -------------------------------------------------------------------------------------


@pytest.mark.parametrize("left", ["osdesk.mark", "files", "papers", "backups", "osdesk.db-wal"])
def test_a_shop_without_its_database(tmp_path: Path, left: str) -> None:
    (tmp_path / left).mkdir() if "." not in left else (tmp_path / left).write_bytes(b"x")
    refused(tmp_path, "shop_missing")


def test_a_folder_of_other_things(tmp_path: Path) -> None:
    (tmp_path / "fotos.txt").write_text("x")
    refused(tmp_path, "folder_not_empty")


def test_a_file_instead_of_a_folder(tmp_path: Path) -> None:
    (tmp_path / "shop").write_text("x")
    with pytest.raises(UserError, match="folder_not_empty"):
        opened(tmp_path / "shop", create=True)
    assert (tmp_path / "shop").read_text() == "x"


@pytest.mark.parametrize("content", [b"", b"\n", b"SQLite format 3\0" + b"\0" * 84])
def test_an_empty_database(shop_folder: Path, content: bytes) -> None:
    (shop_folder / "osdesk.db").write_bytes(content)
    refused(shop_folder, "shop_empty")


def test_another_programs_database(shop_folder: Path) -> None:
    path = shop_folder / "osdesk.db"
    path.unlink()
    other = sqlite3.connect(path)
    other.execute("CREATE TABLE notes (body)")
    other.commit()
    other.close()
    refused(shop_folder, "shop_foreign")
    path.write_bytes(b"%PDF-1.7 " * 1000)
    refused(shop_folder, "shop_foreign")


def test_a_newer_shop_is_not_changed_in_any_byte(shop_folder: Path) -> None:
    connection = sqlite3.connect(shop_folder / "osdesk.db")
    connection.execute("PRAGMA user_version=99")
    connection.close()
    error = refused(shop_folder, "shop_newer")
    assert "99" in sentence(error)
    with pytest.raises(UserError, match="shop_newer"):
        pending_upgrades(shop_folder)


def test_a_damaged_database_is_kept(shop_folder: Path) -> None:
    path = shop_folder / "osdesk.db"
    content = bytearray(path.read_bytes())
    content[4096:] = b"\xa5" * (len(content) - 4096)
    path.write_bytes(content)
    with pytest.raises(UserError, match="database_damaged"):
        opened(shop_folder)
    assert path.read_bytes() == content


@pytest.mark.parametrize("less", [1, 100, 512, 4095, 4096])
def test_a_file_whose_end_is_gone_is_damaged(shop_folder: Path, less: int) -> None:
    path = shop_folder / "osdesk.db"
    os.truncate(path, path.stat().st_size - less)
    refused(shop_folder, "database_damaged")


@pytest.mark.parametrize("name", ["OneDrive", "OneDrive - Loja", "Dropbox", "Google Drive"])
def test_a_synced_folder(tmp_path: Path, name: str) -> None:
    folder = tmp_path / name / "loja"
    with pytest.raises(UserError, match="folder_synced"):
        opened(folder, create=True)
    assert not (tmp_path / name).exists()


@pytest.mark.parametrize("name", [r"\\servidor\loja", "//servidor/loja"])
def test_a_network_path(name: str) -> None:
    if os.name == "nt":
        with pytest.raises(UserError, match="folder_synced"):
            refuse_unsafe(Path(name))
    else:
        assert not Path(name).exists()


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(UserError, match="cannot_write"):
        opened(tmp_path / "file" / "shop", create=True)


def test_a_shop_that_cannot_be_made(tmp_path: Path) -> None:
    """Whatever stands in the way of its file is said in a sentence, and mended it is made."""
    shop = tmp_path / "shop"
    (shop / "osdesk.db.new").mkdir(parents=True)
    with pytest.raises(UserError, match="cannot_write") as caught:
        opened(shop, create=True)
    assert str(shop) in sentence(caught.value)
    (shop / "osdesk.db.new").rmdir()
    opened(shop, create=True).close()


# -- the lock -------------------------------------------------------------------------------------

HOLD = """
import sys, pathlib, datetime
from osdesk.persistence.store import open_store
clock = lambda: datetime.datetime.now(datetime.UTC)
store = open_store(pathlib.Path(sys.argv[1]), write=True, clock=clock)
print("open", flush=True)
sys.stdin.readline()
"""


def test_one_writer_many_readers_and_no_question_after_a_kill(shop_folder: Path) -> None:
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(shop_folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert holder.stdout is not None
    assert holder.stdin is not None
    try:
        assert holder.stdout.readline() == "open\n"
        with pytest.raises(UserError) as caught:
            opened(shop_folder, create=True)
        assert caught.value.code == "folder_in_use"
        assert re.fullmatch(r"\S+ \d{4}-\d\d-\d\d \d\d:\d\d UTC", caught.value.data["holder"])
        for _ in range(2):
            opened(shop_folder, write=False).close()
    finally:
        holder.kill()
        holder.wait()
        holder.stdin.close()
        holder.stdout.close()
    opened(shop_folder).close()


def test_a_reader_leaves_no_trace(shop_folder: Path) -> None:
    (shop_folder / "osdesk.lock").unlink()
    before = seen(shop_folder)
    opened(shop_folder, write=False).close()
    assert seen(shop_folder) == before


def test_closing_twice_is_closing_once(shop_folder: Path) -> None:
    store = opened(shop_folder)
    store.close()
    other = opened(shop_folder)
    before = seen(shop_folder)
    store.close()
    assert seen(shop_folder) == before
    other.close()


# -- the mark -------------------------------------------------------------------------------------


def test_a_clean_close_folds_the_log_and_marks_the_last_change(shop_folder: Path) -> None:
    store = opened(shop_folder)
    write(store, 3)
    store.close()
    assert not (shop_folder / "osdesk.db-wal").exists()
    assert json.loads((shop_folder / "osdesk.mark").read_text())["event"] == 3
    again = opened(shop_folder)
    assert again.missing_changes == 0
    again.close()


def test_an_older_file_put_back_is_noticed_with_the_number(shop_folder: Path, tmp_path: Path):
    store = opened(shop_folder)
    write(store)
    store.close()
    shutil.copyfile(shop_folder / "osdesk.db", tmp_path / "old.db")
    store = opened(shop_folder)
    write(store, 4)
    store.close()
    shutil.copyfile(tmp_path / "old.db", shop_folder / "osdesk.db")
    for write_it in (False, True):
        store = opened(shop_folder, write=write_it)
        assert store.missing_changes == 4
        store.close()
    store = opened(shop_folder)
    assert store.missing_changes == 4, "closing did not hide it"
    write(store, 9, "city")
    store.close()
    store = opened(shop_folder)
    assert store.missing_changes == 1, "another history of the same length is not the same"
    store.close()


def test_the_mark_moves_with_each_commit(shop_folder: Path) -> None:
    store = opened(shop_folder)
    for count in range(1, 4):
        write(store)
        assert json.loads((shop_folder / "osdesk.mark").read_text())["event"] == count
    with pytest.raises(ZeroDivisionError):
        store.database.run(lambda session: session.execute(text("SELECT 1")).scalar() / 0)
    assert json.loads((shop_folder / "osdesk.mark").read_text())["event"] == 3
    (shop_folder / "osdesk.mark").unlink()
    write(store)
    assert json.loads((shop_folder / "osdesk.mark").read_text())["event"] == 4
    (shop_folder / "osdesk.mark").unlink()
    (shop_folder / "osdesk.mark").mkdir()
    write(store)  # what cannot be marked is saved all the same
    (shop_folder / "osdesk.mark").rmdir()
    reader = opened(shop_folder, write=False)
    reader.mark()
    assert not (shop_folder / "osdesk.mark").exists(), "only who holds the lock marks"
    reader.close()
    store.close()


@pytest.mark.parametrize("content", ["", "{}", "[]", '{"event": "x", "hash": 1}', "\0"])
def test_a_mark_that_cannot_be_read_says_nothing(shop_folder: Path, content: str) -> None:
    (shop_folder / "osdesk.mark").write_text(content)
    store = opened(shop_folder)
    assert store.missing_changes == 0
    store.close()


def test_a_file_replaced_while_open_is_neither_written_nor_marked(
    shop_folder: Path, tmp_path: Path
) -> None:
    store = opened(shop_folder)
    write(store)
    shutil.copyfile(shop_folder / "osdesk.db", tmp_path / "copy.db")
    if os.name == "nt":  # Windows refuses it while the file is open, and the shop goes on
        with pytest.raises(PermissionError):
            os.replace(tmp_path / "copy.db", shop_folder / "osdesk.db")
        write(store)
        store.close()
        return
    os.replace(tmp_path / "copy.db", shop_folder / "osdesk.db")
    before = (shop_folder / "osdesk.mark").read_text()
    with pytest.raises(UserError, match="database_replaced"):
        write(store)
    store.close()
    assert (shop_folder / "osdesk.mark").read_text() == before


def test_a_file_is_touched_unless_it_is_what_the_last_close_left(shop_folder: Path) -> None:
    opened(shop_folder).close()
    for _ in range(2):
        store = opened(shop_folder)
        assert not store.touched
        write(store)
        store.close()
    os.utime(shop_folder / "osdesk.db")
    store = opened(shop_folder)
    assert store.touched
    store.close()
    store = opened(shop_folder)
    assert not store.touched
    store.close()


# -- upgrading ------------------------------------------------------------------------------------


def at_revision(folder: Path, revision: str) -> None:
    connection = sqlite3.connect(folder / "osdesk.db")
    connection.execute("UPDATE alembic_version SET version_num = ?", (revision,))
    connection.commit()
    connection.close()


def test_a_reader_asks_for_an_upgrade(shop_folder: Path) -> None:
    at_revision(shop_folder, "0001")
    with pytest.raises(UserError, match="needs_upgrade"):
        opened(shop_folder, write=False)


def test_an_upgrade_that_fails_leaves_file_and_lock_free(shop_folder: Path) -> None:
    at_revision(shop_folder, "0001")  # its tables are those of the newest: nothing can be added
    before = (shop_folder / "osdesk.db").read_bytes()
    for _ in range(2):
        with pytest.raises(UserError, match="upgrade_failed"):
            opened(shop_folder)
    assert (shop_folder / "osdesk.db").read_bytes() == before
    assert list((shop_folder / "backups").iterdir()) == [], "no copy more at each try"


@pytest.mark.parametrize("revision", ["0099", "0000", "abc"])
def test_an_unknown_revision_is_that_of_a_newer_program(shop_folder: Path, revision: str) -> None:
    at_revision(shop_folder, revision)
    before = seen(shop_folder)
    for write_it in (False, True):
        with pytest.raises(UserError, match="shop_newer") as caught:
            opened(shop_folder, write=write_it)
        assert revision in sentence(caught.value)
    with pytest.raises(UserError, match="shop_newer"):
        pending_upgrades(shop_folder)
    assert {name: seen(shop_folder)[name] for name in before if name != "osdesk.lock"} == {
        name: before[name] for name in before if name != "osdesk.lock"
    }


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM shop",
        "DELETE FROM counters WHERE name = 'order'",
        "DROP TABLE alembic_version",
        "DELETE FROM alembic_version",
    ],
)
def test_a_shop_that_somebody_emptied_is_said_to_be_so(shop_folder: Path, statement: str) -> None:
    connection = sqlite3.connect(shop_folder / "osdesk.db")
    connection.execute("DROP TRIGGER guard_counters_delete")
    connection.execute(statement)
    connection.commit()
    connection.close()
    for write_it in (False, True):
        with pytest.raises(UserError, match="shop_bare") as caught:
            opened(shop_folder, write=write_it)
        assert "Restaure um backup" in sentence(caught.value)


def test_nothing_is_pending_for_a_shop_of_today(shop_folder: Path) -> None:
    assert pending_upgrades(shop_folder) == []
    with pytest.raises(UserError, match="no_shop"):
        pending_upgrades(shop_folder / "none")


def test_opening_needs_no_alembic(shop_folder: Path) -> None:
    code = (
        "import sys, pathlib, datetime\n"
        "from osdesk.persistence.store import open_store\n"
        "clock = lambda: datetime.datetime.now(datetime.UTC)\n"
        "open_store(pathlib.Path(sys.argv[1]), write=True, clock=clock).close()\n"
        "assert 'alembic' not in sys.modules and 'sqlalchemy' in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", code, str(shop_folder)], check=True)


def test_head_is_one_select(store: Store) -> None:
    connection = sqlite3.connect(store.database.path)
    assert migrate.revision_of(connection) == migrate.HEAD
    connection.close()
