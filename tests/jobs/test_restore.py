import json
import os
import shutil
import sqlite3
from datetime import timedelta
from itertools import count
from pathlib import Path

import pytest
from tests.conftest import NOW
from tests.forms import order
from tests.jobs.zips import database_of, entries_of, forge, tamper

from osdesk.domain.backup_rules import RestoreStep
from osdesk.domain.errors import UserError
from osdesk.jobs.backup import (
    back_up,
    backup_to_restore,
    backups_to_choose,
    restore,
    restore_plan,
    shop_before,
)
from osdesk.jobs.check import check
from osdesk.jobs.places import Volume, folders_with_backups
from osdesk.persistence.store import open_store
from osdesk.services.orders.saving import add_order
from osdesk.texts import sentence
from osdesk.texts.backups import STEPS, gone_short, plan_words


def clock():
    return NOW


def restored(file, folder, *, replace=False, **more):
    return restore(file, folder, replace=replace, clock=clock, **more)


def refused(file, folder, *, replace=False):
    with pytest.raises(UserError) as raised:
        restored(file, folder, replace=replace)
    assert sentence(raised.value)
    return raised.value.code


def rows(database: Path) -> dict[str, list[tuple]]:
    """All rows of all tables, without what a restore itself notes in the history."""
    connection = sqlite3.connect(database)
    names = [
        name
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        if not name.startswith("sqlite_")
    ]
    found = {name: connection.execute(f'SELECT * FROM "{name}"').fetchall() for name in names}
    connection.close()
    found["events"] = [row for row in found["events"] if row[3] != "restored"]
    return {name: found[name] for name in found if "_fts" not in name}


def tree(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def problems(folder: Path) -> list[UserError]:
    store = open_store(folder, write=False, clock=clock)
    try:
        return check(store)
    finally:
        store.close()


@pytest.mark.parametrize("there", [False, True], ids=["absent", "empty"])
def test_everything_comes_back(backup, demo, tmp_path, there):
    folder = tmp_path / "new"
    if there:
        folder.mkdir()
        (folder / "window.ini").write_bytes(b"[window]")
    figures = restored(backup, folder)
    assert figures.orders == 60
    assert rows(folder / "osdesk.db") == rows(demo / "osdesk.db")
    for kept in ("files", "papers"):
        assert tree(folder / kept) == tree(demo / kept)
    assert problems(folder) == []
    store = open_store(folder, write=True, clock=clock)
    assert store.missing_changes == 0
    number = store.database.run(add_order, order(), now=NOW, author=None).number
    store.close()
    assert number > 60
    assert not [path for path in folder.iterdir() if path.name.startswith(".osdesk-")]


def test_the_history_says_that_it_was_restored(backup, tmp_path):
    figures = restored(backup, tmp_path / "new")
    connection = sqlite3.connect(tmp_path / "new" / "osdesk.db")
    last = connection.execute("SELECT id, code, data FROM events ORDER BY id DESC").fetchone()
    connection.close()
    assert last[:2] == (figures.sequence + 1, "restored")
    assert json.loads(last[2]) == {"sequence": figures.sequence}


def test_a_folder_with_other_files_is_left_alone(backup, tmp_path):
    folder = tmp_path / "photos"
    folder.mkdir()
    (folder / "cat.jpg").write_bytes(b"cat")
    for replace in (False, True):
        assert refused(backup, folder, replace=replace) == "folder_not_empty"
    assert tree(folder) == {"cat.jpg": b"cat"}


def test_a_shop_is_replaced_only_on_demand(backup, demo):
    before = tree(demo)
    assert refused(backup, demo) == "shop_present"
    assert tree(demo) == before


def test_the_shop_that_is_replaced_is_kept_and_can_be_brought_back(backup, demo):
    store = open_store(demo, write=True, clock=clock)
    number = store.database.run(add_order, order(name="Depois do backup"), now=NOW, author=None)
    picture = store.files.add(b"taken after the backup")
    store.close()
    later = rows(demo / "osdesk.db")
    restored(backup, demo, replace=True)
    assert len(rows(demo / "osdesk.db")["orders"]) == 60
    assert problems(demo) == []
    assert (demo / "files" / picture).exists()
    (kept,) = (demo / "backups").glob("osdesk-*.zip")
    restored(kept, demo, replace=True)
    assert rows(demo / "osdesk.db") == later
    assert number.number in {row[1] for row in later["orders"]}
    assert problems(demo) == []


def test_the_copy_of_what_is_replaced_accuses_nobody(backup, demo):
    """It holds the history that was given up, and was made while the clock went on."""
    store = open_store(demo, write=True, clock=clock)
    store.database.run(add_order, order(name="Depois do backup"), now=NOW, author=None)
    store.close()
    moments = (NOW + timedelta(seconds=second) for second in count())
    restore(backup, demo, replace=True, clock=lambda: next(moments))
    assert problems(demo) == []


def test_an_open_window_keeps_its_shop(backup, demo):
    store = open_store(demo, write=True, clock=clock)
    assert refused(backup, demo, replace=True) == "folder_in_use"
    assert store.database.run(add_order, order(), now=NOW, author=None).number > 60
    store.close()
    assert problems(demo) == []


def test_the_log_of_the_shop_before_never_meets_the_restored_file(backup, demo):
    """A killed window leaves a log; what is in it goes into the safety backup."""
    writer = sqlite3.connect(demo / "osdesk.db", isolation_level=None)
    writer.execute("PRAGMA journal_mode=WAL")
    writer.execute("UPDATE shop SET tagline = 'só no registro'")
    killed = demo.with_name("killed")
    shutil.copytree(demo, killed)
    writer.close()
    assert (killed / "osdesk.db-wal").stat().st_size > 0
    restored(backup, killed, replace=True)
    assert not (killed / "osdesk.db-wal").exists()
    assert problems(killed) == []
    (kept,) = (killed / "backups").glob("osdesk-*.zip")
    restored(kept, killed.with_name("again"))
    connection = sqlite3.connect(killed.with_name("again") / "osdesk.db")
    assert connection.execute("SELECT tagline FROM shop").fetchone() == ("só no registro",)
    connection.close()


def spoil(database: Path, *statements: str) -> None:
    connection = sqlite3.connect(database, isolation_level=None)
    for statement in statements:
        connection.execute(statement)
    connection.close()


def overwrite(database: Path, place: int, content: bytes) -> None:
    with database.open("r+b") as file:
        file.seek(place)
        file.write(content)


DAMAGES = {
    "all but the first page zeroed": lambda path: overwrite(
        path, 4096, bytes(path.stat().st_size - 4096)
    ),
    "first page zeroed": lambda path: overwrite(path, 0, bytes(4096)),
    "first page noise": lambda path: overwrite(path, 0, b"\xa5\x17" * 2048),
    "wrong head": lambda path: overwrite(path, 0, b"SQLite format 7\0"),
    "noise in the head": lambda path: overwrite(path, 24, b"\xa5" * 36),
    "text": lambda path: path.write_bytes(b"isto nao e um banco\n" * 500),
    "cut": lambda path: os.truncate(path, path.stat().st_size // 2),
    "last page gone": lambda path: os.truncate(path, path.stat().st_size - 4096),
    "empty": lambda path: path.write_bytes(b""),
    "a guard missing": lambda path: spoil(path, "DROP TRIGGER guard_events_update"),
    "a table of an upgrade": lambda path: spoil(path, "CREATE TABLE _alembic_tmp_orders (a)"),
    "no shop row": lambda path: spoil(path, "DELETE FROM shop"),
    "no counters": lambda path: spoil(
        path, "DROP TRIGGER guard_counters_delete", "DELETE FROM counters"
    ),
    "no events": lambda path: spoil(path, "DROP TABLE events"),
    "an unknown revision": lambda path: spoil(
        path, "UPDATE alembic_version SET version_num='0099'"
    ),
    "nonsense in a row": lambda path: spoil(
        path,
        "PRAGMA ignore_check_constraints=ON",
        "UPDATE orders SET status = 'x' WHERE number = 2",
    ),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_shop_that_cannot_be_backed_up_is_kept_as_files_and_replaced(backup, demo, damage):
    database = demo / "osdesk.db"
    DAMAGES[damage](database)
    broken = database.read_bytes()
    assert refused(backup, demo) == "shop_present"
    restored(backup, demo, replace=True)
    assert problems(demo) == []
    assert len(rows(database)["orders"]) == 60
    kept = [path.read_bytes() for path in (demo / "backups").glob("antes-da-restauracao-*.db")]
    assert kept == [broken]


def test_a_shop_whose_database_is_gone_is_brought_back(backup, demo):
    (demo / "osdesk.db").unlink()
    assert refused(backup, demo) == "shop_present"
    restored(backup, demo, replace=True)
    assert problems(demo) == []


# -- whose it is, and what would go ---------------------------------------------------------------


def plan_over(file, folder, **more):
    plans = []
    restored(file, folder, replace=True, tell=plans.append, **more)
    return plans[0]


def test_what_would_go_is_said_before_anything_is_changed(backup, demo):
    store = open_store(demo, write=True, clock=clock)
    for _ in range(2):
        store.database.run(add_order, order(), now=NOW, author=None)
    store.close()
    before = tree(demo)
    plan = restore_plan(backup, demo)
    assert tree(demo) == before
    assert (plan.orders, plan.made_at, plan.other_shop) == (60, NOW, False)
    assert (plan.there.orders, plan.orders_gone) == (62, 2)
    assert plan.changes_gone >= 2
    assert plan_over(backup, demo) == plan
    words = plan_words(plan)
    assert "60 ordens" in words
    assert "A loja de agora tem 62 ordens" in words
    assert "saem 2 ordens abertas" in words


def test_what_is_only_in_the_log_of_a_crash_is_counted_too(backup, demo):
    writer = sqlite3.connect(demo / "osdesk.db", isolation_level=None)
    writer.execute("PRAGMA journal_mode=WAL")
    writer.execute("UPDATE shop SET tagline = 'x'")
    killed = demo.with_name("killed")
    shutil.copytree(demo, killed)
    writer.close()
    plan = restore_plan(backup, killed)
    assert (plan.there.orders, plan.orders_gone, plan.changes_gone) == (60, 0, 0)
    assert "nada mudou nela depois do backup" in plan_words(plan)


@pytest.fixture
def other(tmp_path):
    """Another shop with an order."""
    folder = tmp_path / "other"
    store = open_store(folder, write=True, create=True, clock=clock)
    store.database.run(add_order, order(), now=NOW, author=None)
    store.close()
    return folder


def test_a_backup_of_another_shop_needs_its_word(backup, other):
    before = tree(other)
    assert refused(backup, other, replace=True) == "backup_other_shop"
    after = tree(other)
    assert {name: after[name] for name in before if name != "osdesk.lock"} == {
        name: before[name] for name in before if name != "osdesk.lock"
    }
    plan = plan_over(backup, other, other_shop=True)
    assert plan.other_shop
    assert plan.changes_gone is None
    assert "ela não continua a deste backup" in plan_words(plan)
    assert problems(other) == []
    (kept,) = (other / "backups").glob("osdesk-*.zip")
    restored(kept, other, replace=True, other_shop=True)
    assert len(rows(other / "osdesk.db")["orders"]) == 1


def test_a_shop_whose_database_is_unreadable_is_known_by_its_backups(backup, other):
    store = open_store(other, write=True, clock=clock)
    back_up(store, None, now=NOW)
    store.close()
    overwrite(other / "osdesk.db", 0, bytes(4096))
    assert refused(backup, other, replace=True) == "backup_other_shop"


def test_a_shop_without_orders_gives_way(backup, tmp_path):
    """On a new computer the program was opened before somebody thought of the stick."""
    folder = tmp_path / "new"
    open_store(folder, write=True, create=True, clock=clock).close()
    assert not plan_over(backup, folder).other_shop
    assert problems(folder) == []


# -- files that are not what they are called ------------------------------------------------------


def test_a_file_that_is_not_its_hash_stops_the_restore(backup, demo, tmp_path):
    name = next(name for name in entries_of(backup) if name.startswith("files/"))
    forge(backup, without=[name], more=[(name, b"another picture")])
    assert refused(backup, tmp_path / "new") == "backup_damaged"
    assert refused(backup, demo, replace=True) == "backup_damaged"


def test_a_file_that_was_spoilt_in_the_shop_takes_no_sound_ones_place(demo, tmp_path):
    (picture,) = (demo / "files").iterdir()
    sound = picture.read_bytes()
    picture.write_bytes(b"spoilt by the disk")
    store = open_store(demo, write=False, clock=clock)
    file = Path(back_up(store, tmp_path, now=NOW).path)
    store.close()
    picture.write_bytes(sound)
    restored(file, demo, replace=True)
    assert picture.read_bytes() == sound
    restored(file, tmp_path / "new")
    assert [problem.code for problem in problems(tmp_path / "new")] == ["file_missing"]


@pytest.mark.parametrize("what", ["foreign", "newer"])
def test_what_is_not_an_older_shop_of_ours_is_never_replaced(backup, demo, what):
    connection = sqlite3.connect(demo / "osdesk.db")
    connection.execute(f"PRAGMA {'application_id=7' if what == 'foreign' else 'user_version=99'}")
    connection.close()
    before = tree(demo)
    assert refused(backup, demo, replace=True) == f"shop_{what}"
    assert tree(demo) == before


def test_leftovers_of_a_killed_restore_are_swept(backup, tmp_path):
    folder = tmp_path / "new"
    (folder / ".osdesk-killed.tmp" / "files").mkdir(parents=True)
    (folder / ".osdesk-killed.tmp" / "osdesk.db").write_bytes(b"half")
    restored(backup, folder)
    assert problems(folder) == []
    assert not (folder / ".osdesk-killed.tmp").exists()


# -- what is refused ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "statements",
    [
        ["CREATE TRIGGER spy AFTER INSERT ON orders BEGIN SELECT 1; END"],
        ["CREATE VIEW spy AS SELECT * FROM customers"],
        ["CREATE TABLE spy (a)"],
        ["DROP TRIGGER guard_events_update"],
        ["DROP INDEX ix_orders_open"],
        ["PRAGMA user_version=0"],
        ["PRAGMA application_id=7"],
        ["PRAGMA journal_mode=WAL"],
        ["UPDATE alembic_version SET version_num = '0000'"],
        ["DELETE FROM items WHERE id = 1"],
        ["UPDATE items SET order_id = 987654 WHERE id = 1"],
        ["UPDATE orders SET total = total + 1, paid = paid + 1"],
        ["INSERT INTO orders_fts(orders_fts) VALUES ('delete-all')"],
    ],
    ids=lambda statements: statements[0][:40],
)
def test_a_database_that_is_not_just_a_shop(backup, tmp_path, statements):
    database = database_of(backup, tmp_path)
    connection = sqlite3.connect(database, isolation_level=None)
    for statement in statements:
        connection.execute(statement)
    connection.close()
    forge(backup, database=database)
    assert refused(backup, tmp_path / "new") == "backup_damaged"
    assert not (tmp_path / "new").exists()


def test_a_history_that_was_rewritten_after_the_backup(backup, tmp_path):
    database = database_of(backup, tmp_path)
    tamper(database, "UPDATE events SET at = at + 1 WHERE id = 9")
    forge(backup, database=database)
    assert refused(backup, tmp_path / "new") == "backup_damaged"
    forge(backup, first_broken=9)
    restored(backup, tmp_path / "new")
    assert [problem.data["sequence"] for problem in problems(tmp_path / "new")] == [9]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"schema": 99}, "backup_newer"),
        ({"sequence": 3}, "backup_damaged"),
        ({"head": "0" * 64}, "backup_damaged"),
        ({"revision": "9999"}, "backup_damaged"),
        ({"counts": {"orders": 60}}, "backup_damaged"),
        ({"more": [("../evil", b"x")]}, "backup_refused"),
    ],
)
def test_a_refused_backup_leaves_no_trace(backup, tmp_path, demo, changes, code):
    forge(backup, **changes)
    before = tree(demo)
    assert refused(backup, tmp_path / "new") == code
    assert not (tmp_path / "new").exists()
    assert refused(backup, demo, replace=True) == code
    after = tree(demo)
    assert {name: after[name] for name in before if name != "osdesk.lock"} == {
        name: before[name] for name in before if name != "osdesk.lock"
    }
    assert set(after) == set(before)


def test_the_plain_copies_in_a_backup_are_not_unpacked_into_the_shop(backup, tmp_path):
    assert "export/orders.csv" in entries_of(backup)
    restored(backup, tmp_path / "new")
    assert not (tmp_path / "new" / "export").exists()


# -- beside the open window ------------------------------------------------------------------------


def open_again(folder):
    return open_store(folder, write=True, clock=clock)


def test_a_list_of_backups_says_of_each_what_would_go(backup, demo, tmp_path):
    store = open_again(demo)
    number = store.database.run(add_order, order(), now=NOW, author=None).number
    back_up(store, None, now=NOW + timedelta(minutes=1), reason="import")
    newest, old = backups_to_choose(store, [store.backups, tmp_path, tmp_path / "absent"])
    assert (Path(newest.path).parent, newest.reason) == (store.backups, "import")
    assert (newest.plan.orders, newest.plan.changes_gone, gone_short(newest.plan)[0]) == (
        *(61, 0),
        "nada",
    )
    assert (old.path, old.plan.orders, old.plan.numbers_gone) == (str(backup), 60, (number,))
    assert gone_short(old.plan) == ("1 ordem", "2 alterações")
    assert backup_to_restore(store, backup).plan == old.plan
    assert f"1 ordem aberta (OS {number})" in plan_words(old.plan)
    store.close()


def test_many_numbers_end_in_how_many_more(backup, demo):
    store = open_again(demo)
    numbers = [
        store.database.run(add_order, order(), now=NOW, author=None).number for _ in range(11)
    ]
    plan = backup_to_restore(store, backup).plan
    store.close()
    assert plan.numbers_gone == tuple(numbers[:8])
    assert f"{numbers[7]} e mais 3)" in plan_words(plan)


def test_the_shop_before_a_restore_is_known_and_what_came_since(backup, demo):
    store = open_again(demo)
    assert shop_before(store) is None
    store.database.run(add_order, order(name="Depois"), now=NOW, author=None)
    back_up(store, None, now=NOW - timedelta(hours=1))
    store.close()
    restored(backup, demo, replace=True)
    store = open_again(demo)
    before = shop_before(store)
    assert (before.reason, before.plan.orders, before.plan.changes_gone) == ("restore", 61, 0)
    number = store.database.run(add_order, order(), now=NOW, author=None).number
    back_up(store, None, now=NOW)
    for row in backups_to_choose(store, [store.backups])[1:]:
        assert row.plan.numbers_gone == (number,), "also of the line that was given up"
    assert shop_before(store).plan.changes_gone == 2
    store.close()
    restored(Path(before.path), demo, replace=True)
    store = open_again(demo)
    assert shop_before(store).plan.orders == 61, "and forth again"
    store.close()


def test_a_new_shop_that_was_restored_over_is_nothing_to_go_back_to(backup, tmp_path):
    folder = tmp_path / "new"
    open_store(folder, write=True, create=True, clock=clock).close()
    restored(backup, folder, replace=True)
    store = open_again(folder)
    assert shop_before(store) is None
    store.close()


def test_a_rotten_backup_is_not_offered(backup, demo):
    content = bytearray(backup.read_bytes())
    content[len(content) // 2] ^= 1
    backup.write_bytes(content)
    store = open_again(demo)
    with pytest.raises(UserError, match="backup_damaged"):
        backup_to_restore(store, backup)
    store.close()


def test_what_a_restore_is_at_is_told(backup, demo):
    steps = []
    restored(backup, demo, replace=True, step=steps.append)
    assert steps == list(RestoreStep)
    assert set(STEPS) == set(RestoreStep)


def test_backups_on_a_drive_are_found_at_its_top_and_in_a_folder_there(backup, tmp_path):
    drive = tmp_path / "drive"
    (drive / "osdesk").mkdir(parents=True)
    (drive / "fotos").mkdir()
    assert folders_with_backups([Volume("KINGSTON", drive)]) == []
    shutil.copy(backup, drive / "osdesk")
    assert folders_with_backups([Volume("KINGSTON", drive)]) == [drive / "osdesk"]
    shutil.copy(backup, drive)
    found = folders_with_backups([Volume("KINGSTON", drive), Volume("GONE", tmp_path / "gone")])
    assert found == [drive, drive / "osdesk"]
