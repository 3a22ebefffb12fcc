import json
import os
import random
import sqlite3
import stat
import zipfile
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from tests.conftest import NOW
from tests.forms import order
from tests.jobs.zips import entries_of, forge, pack, seal, tamper

from osdesk.domain.errors import UserError
from osdesk.jobs.backup import back_up, back_up_if_due, last_backup
from osdesk.persistence import backup_file
from osdesk.persistence.backup import backups_in
from osdesk.persistence.store import open_store
from osdesk.services.orders.saving import add_order
from osdesk.services.shop.shop import shop_view


def made(store, **changes):
    return back_up(store, changes.get("to"), now=changes.get("now", NOW))


def test_a_backup_says_what_is_in_it(demo):
    store = open_store(demo, write=True, clock=lambda: NOW)
    figures = made(store)
    counted = store.database.read(
        lambda s: [
            s.connection().exec_driver_sql(f"SELECT count(*) FROM {table}").scalar()
            for table in ("orders", "customers", "payments")
        ]
    )
    newest = store.database.read(
        lambda s: s.connection().exec_driver_sql("SELECT max(id) FROM events").scalar()
    )
    store.close()
    assert [figures.orders, figures.customers, figures.payments] == counted
    assert (figures.files, figures.sequence, figures.made_at) == (2, newest, NOW)
    entries = entries_of(demo / "backups" / os.path.basename(figures.path))
    manifest = json.loads(entries.pop("manifest.json"))
    assert manifest["format"] == 1
    assert manifest["sequence"] == newest
    assert {entry["name"] for entry in manifest["entries"]} == set(entries)
    assert entries["papers/os-1-v1.pdf"] == b"%PDF-1.4 a paper"
    assert len(entries["export/orders.jsonl"].splitlines()) == 60
    assert [name for name in os.listdir(demo / "backups") if not name.endswith(".zip")] == []


def test_the_printed_hash_is_that_of_the_file(store):
    import hashlib

    figures = made(store)
    with open(figures.path, "rb") as file:
        assert hashlib.sha256(file.read()).hexdigest() == figures.sha256


def test_a_backup_is_private(store):
    private = stat.S_IMODE(os.stat(made(store).path).st_mode) == 0o600
    assert private or os.name == "nt"


def test_the_name_holds_the_computers_time_and_the_sequence(store):
    path = made(store).path
    assert os.path.basename(path) == f"osdesk-{NOW.astimezone():%Y%m%d-%H%M%S}-seq0.zip"


def test_nothing_is_overwritten(store):
    paths = {made(store).path for _ in range(3)}
    assert len(paths) == 3
    assert all(last_backup(store.backups)[0] == NOW for _ in paths)


def test_another_folder_is_made_where_it_is_missing(store, tmp_path):
    figures = made(store, to=tmp_path / "usb" / "osdesk")
    assert (tmp_path / "usb" / "osdesk").is_dir()
    assert not store.backups.exists()
    backup_file.read(tmp_path / "usb" / "osdesk" / os.path.basename(figures.path))


def test_a_place_that_cannot_be_written_is_named(store, tmp_path):
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(UserError) as raised:
        made(store, to=tmp_path / "file")
    assert raised.value.code == "cannot_write"


def test_it_works_beside_an_open_window_and_holds_what_is_only_in_the_log(store, shop_folder):
    store.database.run(add_order, order(), now=NOW, author=None)
    reading = open_store(shop_folder, write=False, clock=lambda: NOW)
    figures = made(reading)
    reading.close()
    assert figures.orders == 1
    store.database.run(add_order, order(), now=NOW, author=None)


def test_a_backup_marks_the_newest_change(store, shop_folder):
    store.database.run(add_order, order(), now=NOW, author=None)
    figures = made(store)
    assert json.loads((shop_folder / "osdesk.mark").read_text())["event"] == figures.sequence


def test_a_shop_that_lost_changes_keeps_its_mark(store, shop_folder):
    (shop_folder / "osdesk.mark").write_text(json.dumps({"event": 99, "hash": "f" * 64}))
    reading = open_store(shop_folder, write=False, clock=lambda: NOW)
    made(reading)
    reading.close()
    assert json.loads((shop_folder / "osdesk.mark").read_text())["event"] == 99


def test_a_broken_history_is_backed_up_and_told_in_the_manifest(demo, tmp_path):
    tamper(demo / "osdesk.db", "UPDATE events SET code = 'paid' WHERE id = 7")
    store = open_store(demo, write=False, clock=lambda: NOW)
    figures = made(store, to=tmp_path)
    store.close()
    assert json.loads(entries_of(tmp_path / figures.path)["manifest.json"])["first_broken"] == 7


def test_a_foreign_trigger_stops_the_backup_and_leaves_nothing(demo, tmp_path):
    connection = sqlite3.connect(demo / "osdesk.db")
    connection.execute("CREATE TRIGGER spy AFTER INSERT ON orders BEGIN SELECT 1; END")
    connection.close()
    store = open_store(demo, write=False, clock=lambda: NOW)
    with pytest.raises(UserError) as raised:
        made(store, to=tmp_path / "out")
    store.close()
    assert (raised.value.code, raised.value.data["name"]) == ("backup_schema", "spy")
    assert list((tmp_path / "out").iterdir()) == []


def test_a_lost_index_is_made_anew_in_the_backup(demo, tmp_path):
    connection = sqlite3.connect(demo / "osdesk.db")
    connection.execute("INSERT INTO orders_fts(orders_fts) VALUES ('delete-all')")
    connection.commit()
    connection.close()
    store = open_store(demo, write=False, clock=lambda: NOW)
    figures = made(store, to=tmp_path)
    store.close()
    backup_file.read(tmp_path / figures.path, tmp_path / "unpacked")
    connection = sqlite3.connect(tmp_path / "unpacked" / "osdesk.db")
    found = connection.execute("SELECT count(*) FROM orders_fts('a*')").fetchone()[0]
    connection.close()
    assert found > 0


# -- once a day -----------------------------------------------------------------------------------


def test_one_backup_a_day_where_nothing_changes(store):
    assert back_up_if_due(store, now=NOW) is not None
    assert back_up_if_due(store, now=NOW + timedelta(hours=9)) is None  # 23:32 in São Paulo
    assert back_up_if_due(store, now=NOW + timedelta(hours=10)) is not None


def test_one_an_hour_while_the_window_is_open_and_something_changes(store):
    def due(**later):
        return back_up_if_due(store, now=NOW + timedelta(**later), closing=False)

    assert due() is not None
    assert due(hours=30) is None, "nothing changed"
    store.database.run(add_order, order(), now=NOW, author=None)
    assert due(minutes=59) is None
    figures = due(minutes=60)
    assert figures.orders == 1
    assert due(hours=30) is None
    store.database.run(add_order, order(), now=NOW, author=None)
    assert due(hours=-5) is not None, "the clock was put back"


def count(place):
    return len(list(place.glob("osdesk-*.zip")))


def test_old_ones_go_by_the_rules_and_others_stay(store):
    kept_for_ever = store.backups / "antes-da-atualizacao-20240101-120000.db"
    for minute in range(14):
        made(store, now=NOW + timedelta(minutes=minute))
    kept_for_ever.write_bytes(b"x")
    assert back_up_if_due(store, now=NOW + timedelta(minutes=20)) is None
    assert count(store.backups) == 14
    store.database.run(add_order, order(), now=NOW, author=None)
    assert back_up_if_due(store, now=NOW + timedelta(minutes=20)) is not None
    assert count(store.backups) == 10
    serials = [kept.manifest.serial for kept in backups_in(store.backups)]
    assert serials == list(range(15, 5, -1))
    assert kept_for_ever.exists()


def test_a_failed_backup_lets_nothing_go(store):
    for minute in range(14):
        made(store, now=NOW + timedelta(minutes=minute))
    connection = sqlite3.connect(store.database.path)
    connection.execute("CREATE TRIGGER spy AFTER INSERT ON orders BEGIN SELECT 1; END")
    connection.close()
    with pytest.raises(UserError):
        back_up_if_due(store, now=NOW + timedelta(days=1))
    assert count(store.backups) == 14


def test_a_clock_that_jumped_lets_nothing_go(store):
    for minute in range(14):
        made(store, now=NOW + timedelta(minutes=minute))
    for later in (timedelta(days=3000), timedelta(days=-3000)):
        assert back_up_if_due(store, now=NOW + later) is not None
    assert count(store.backups) == 16
    assert back_up_if_due(store, now=NOW + timedelta(days=-2999)) is not None
    assert count(store.backups) < 16


def test_another_shops_backups_in_the_same_place_are_not_touched(store, tmp_path):
    other = open_store(tmp_path / "other", write=True, create=True, clock=lambda: NOW)
    for minute in range(14):
        made(other, to=store.backups, now=NOW + timedelta(minutes=minute))
    other.close()
    for minute in range(14):
        made(store, now=NOW + timedelta(minutes=minute))
    back_up_if_due(store, now=NOW + timedelta(days=1))
    shops = [kept.manifest.shop for kept in backups_in(store.backups)]
    assert len(shops) == 14 + 10
    assert len(backups_in(store.backups, store.database.read(shop_view).shop_id)) == 10


# -- a second place --------------------------------------------------------------------------------


def test_the_newest_is_brought_to_the_second_place(store, tmp_path):
    stick = tmp_path / "stick"
    assert back_up_if_due(store, now=NOW, second=stick) is not None
    assert not stick.exists(), "a stick that is not there is not made up"
    stick.mkdir()
    assert back_up_if_due(store, now=NOW, second=stick) is None
    (own,) = store.backups.glob("*.zip")
    (there,) = stick.iterdir()
    assert there.read_bytes() == own.read_bytes()
    back_up_if_due(store, now=NOW, second=stick)
    assert count(stick) == 1
    store.database.run(add_order, order(), now=NOW, author=None)
    back_up_if_due(store, now=NOW, second=stick)
    assert last_backup(stick)[1].read_bytes() == last_backup(store.backups)[1].read_bytes()


def test_a_second_place_with_a_count_of_its_own_goes_on_counting(store, tmp_path):
    for _ in range(3):
        made(store, to=tmp_path)
    store.database.run(add_order, order(), now=NOW, author=None)
    back_up_if_due(store, now=NOW, second=tmp_path)
    newest = backups_in(tmp_path)[0].manifest
    assert (newest.serial, newest.counts["orders"]) == (4, 1)


def test_old_ones_go_from_the_second_place_too(store, tmp_path):
    for minute in range(14):
        made(store, to=tmp_path, now=NOW + timedelta(minutes=minute))
    store.database.run(add_order, order(), now=NOW, author=None)
    back_up_if_due(store, now=NOW + timedelta(minutes=20), second=tmp_path)
    assert count(tmp_path) == 10


def test_only_our_finished_files_count(store, tmp_path):
    assert last_backup(tmp_path / "absent") is None
    for name in (
        "osdesk-20261124-143200-seq5.zip.tmp",
        "osdesk-20261399-143200-seq5.zip",
        "osdesk-20261124-143200-seq5.zip",
        "antes-da-atualizacao-20261124-143200.db",
        "photo.zip",
    ):
        (tmp_path / name).write_bytes(b"x" * 500)
    (tmp_path / "osdesk-20261125-143200-seq5.zip").mkdir()
    (tmp_path / "osdesk-20261126-143200-seq5.zip").symlink_to(tmp_path / "absent")
    assert last_backup(tmp_path) is None
    made(store, to=tmp_path)
    newest = made(store, to=tmp_path)
    assert last_backup(tmp_path) == (NOW, Path(newest.path))


@pytest.mark.parametrize("year", [1970, 2099, 2107])
def test_a_backup_under_a_wrong_clock_is_not_the_newest_for_ever(store, year):
    wrong = datetime(year, 1, 1, 12, tzinfo=UTC)
    assert back_up_if_due(store, now=wrong).made_at == wrong
    figures = back_up_if_due(store, now=NOW)
    assert figures is not None
    assert last_backup(store.backups) == (NOW, Path(figures.path))
    assert back_up_if_due(store, now=NOW) is None
    assert back_up_if_due(store, now=NOW + timedelta(days=1)) is not None


def test_the_newest_is_known_by_the_places_count_not_by_its_name(store, tmp_path):
    store.database.run(add_order, order(), now=NOW, author=None)
    first = made(store, to=tmp_path)
    second = made(store, to=tmp_path, now=NOW - timedelta(days=400))
    Path(first.path).rename(tmp_path / "osdesk-29991231-000000-seq999.zip")
    assert last_backup(tmp_path)[1] == Path(second.path)
    assert [kept.manifest.serial for kept in backups_in(tmp_path)] == [2, 1]


def test_backups_of_older_versions_count_by_their_history(store, tmp_path):
    """They have no count of their own; the next backup begins one."""
    paths = []
    for _ in range(2):
        store.database.run(add_order, order(), now=NOW, author=None)
        paths.append(Path(made(store, to=tmp_path).path))
        entries = entries_of(paths[-1])
        manifest = json.loads(entries.pop("manifest.json"))
        del manifest["serial"]
        pack(paths[-1], list(entries.items()), manifest, indent=1)
    assert last_backup(tmp_path)[1] == paths[1]
    third = made(store, to=tmp_path)
    assert last_backup(tmp_path)[1] == Path(third.path)


def test_two_shops_share_a_stick(store, tmp_path):
    made(store, to=tmp_path)
    other = open_store(tmp_path / "other", write=True, create=True, clock=lambda: NOW)
    made(other, to=tmp_path)
    ids = {kept.manifest.shop_id for kept in backups_in(tmp_path)}
    assert len(ids) == 2
    for shop_id in ids:
        assert [kept.manifest.shop_id for kept in backups_in(tmp_path, shop_id)] == [shop_id]
    other.close()


def test_a_look_at_a_backup_says_what_reading_it_whole_says(demo, backup):
    whole, _ = backup_file.read(backup)
    assert backup_file.peek(backup) == replace(whole, entries=())
    for length in (0, 10, 100, 5000, backup.stat().st_size - 1):
        cut = backup.with_name("cut.zip")
        cut.write_bytes(backup.read_bytes()[:length])
        assert backup_file.peek(cut) is None


# -- reading it again -----------------------------------------------------------------------------


def test_every_flipped_bit_is_found(backup):
    content = bytearray(backup.read_bytes())
    rng = random.Random(1)
    for _ in range(400):
        place, bit = rng.randrange(len(content)), 1 << rng.randrange(8)
        content[place] ^= bit
        backup.write_bytes(content)
        content[place] ^= bit
        with pytest.raises(UserError) as raised:
            backup_file.read(backup)
        assert raised.value.code in ("backup_damaged", "backup_foreign"), place


def test_a_flipped_bit_under_a_good_seal_changes_nothing_or_is_found(backup, tmp_path):
    whole = entries_of(backup)
    content = backup.read_bytes()
    rng = random.Random(2)
    refused = 0
    for count in range(60):
        flipped = bytearray(content)
        flipped[rng.randrange(len(content) - 100)] ^= 1 << rng.randrange(8)
        backup.write_bytes(flipped)
        seal(backup)
        target = tmp_path / str(count)
        target.mkdir()
        try:
            backup_file.read(backup, target)
        except UserError:
            refused += 1
        else:
            assert (target / "osdesk.db").read_bytes() == whole["osdesk.db"]
    assert refused > 40


def test_any_truncation_is_found(backup):
    content = backup.read_bytes()
    for length in (0, 1, 63, 64, 200, len(content) // 2, len(content) - 1):
        backup.write_bytes(content[:length])
        with pytest.raises(UserError) as raised:
            backup_file.read(backup)
        assert raised.value.code in ("backup_damaged", "backup_foreign")


def _link():
    info = zipfile.ZipInfo("files/" + "a" * 64)
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    return info


@pytest.mark.parametrize(
    "name",
    [
        "../evil",
        "/etc/passwd",
        "files/../../evil",
        "files/" + "A" * 64,
        "files/x",
        "papers/..",
        "papers/a/b.pdf",
        "papers/a\\b.pdf",
        "papers/c:evil.pdf",
        "papers/nul",
        "papers/CON.pdf",
        "papers/os.pdf ",
        "papers/os.pdf.",
        "papers/",
        "window.ini",
        "osdesk.db-wal",
        _link(),
    ],
    ids=lambda name: name if isinstance(name, str) else "link",
)
def test_names_that_a_backup_never_has(backup, tmp_path, name):
    forge(backup, more=[(name, b"x")])
    with pytest.raises(UserError) as raised:
        backup_file.read(backup, tmp_path / "out")
    assert raised.value.code == "backup_refused"
    assert not (tmp_path / "out").exists()


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_name_twice(backup):
    forge(backup, unlisted=[("osdesk.db", b"another")])
    with pytest.raises(UserError) as raised:
        backup_file.read(backup)
    assert raised.value.code == "backup_refused"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"unlisted": [("papers/a.pdf", b"x")]}, "backup_damaged"),
        ({"without": ["osdesk.db"]}, "backup_damaged"),
        ({"format": 3}, "backup_newer"),
        ({"format": 2}, "backup_damaged"),
        ({"format": 2, "locked": True}, "backup_refused"),
        ({"format": "one"}, "backup_damaged"),
        ({"made_at": "yesterday"}, "backup_damaged"),
        ({"counts": None}, "backup_damaged"),
        ({"entries": []}, "backup_damaged"),
        ({"more": [("papers/bomb.pdf", bytes(60 << 20))]}, "backup_refused"),
        ({"more": [(f"papers/{n}.pdf", b"") for n in range(20_001)]}, "backup_refused"),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else None,
)
def test_archives_that_lie(backup, changes, code):
    forge(backup, **changes)
    with pytest.raises(UserError) as raised:
        backup_file.read(backup)
    assert raised.value.code == code


def test_an_entry_that_is_longer_than_it_says(backup):
    content = bytearray(backup.read_bytes())
    with zipfile.ZipFile(backup) as archive:
        size = archive.getinfo("osdesk.db").file_size
        start = archive.start_dir
    there = content.index(size.to_bytes(4, "little"), start)
    content[there : there + 4] = (size - 1).to_bytes(4, "little")
    backup.write_bytes(content)
    seal(backup)
    with pytest.raises(UserError) as raised:
        backup_file.read(backup)
    assert raised.value.code == "backup_damaged"


def test_other_files_are_no_backups(tmp_path):
    with pytest.raises(UserError) as raised:
        backup_file.read(tmp_path / "absent.zip")
    assert raised.value.code == "cannot_read"
    for name, content in (("photo.jpg", b"\xff\xd8" + bytes(500)), ("empty.zip", b"")):
        (tmp_path / name).write_bytes(content)
        with pytest.raises(UserError) as raised:
            backup_file.read(tmp_path / name)
        assert raised.value.code == "backup_foreign"
