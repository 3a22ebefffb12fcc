"""Backups with a password: they tell nothing without it, and come back with it."""

import json
import os
import shutil
import stat
import subprocess
import zipfile
from pathlib import Path

import pytest
from tests.conftest import NOW
from tests.forms import order
from tests.jobs.zips import seal

from osdesk.domain.errors import UserError
from osdesk.jobs.backup import (
    back_up,
    back_up_if_due,
    backup_to_restore,
    restore,
    restore_plan,
)
from osdesk.jobs.check import check
from osdesk.jobs.drill import rehearse
from osdesk.persistence import backup_file
from osdesk.persistence.backup import backups_in
from osdesk.persistence.backup_lock import BackupLock
from osdesk.persistence.folder import PASSWORDS
from osdesk.persistence.secret_box import KEY
from osdesk.persistence.store import open_store
from osdesk.services.orders.saving import add_order
from osdesk.texts import sentence

WORD = "ABCDE-23456-FGHJK-789AB-CDEFG"
OTHER = "ZZZZZ-23456-FGHJK-789AB-CDEFG"


def clock():
    return NOW


@pytest.fixture
def locked(demo, tmp_path):
    """A backup with a password, elsewhere; the shop's folder is closed."""
    store = open_store(demo, write=True, clock=clock)
    store.backup_lock.set(WORD)
    figures = back_up(store, tmp_path / "second", now=NOW)
    store.close()
    return Path(figures.path)


def refused(code, work, *args, **kwargs):
    with pytest.raises(UserError) as raised:
        work(*args, **kwargs)
    assert raised.value.code == code
    assert sentence(raised.value)


def test_nothing_of_a_customer_is_readable(locked, demo):
    store = open_store(demo, write=False, clock=clock)
    with store.database.connect() as reading:
        (name,) = reading.execute("SELECT name FROM customers LIMIT 1").fetchone()
    store.close()
    with zipfile.ZipFile(locked) as archive:
        infos = archive.infolist()
        manifest = json.loads(archive.read("manifest.json"))
        for info in infos:
            if info.filename != "manifest.json":
                assert info.flag_bits & 1, info.filename
                assert info.CRC == 0, "a checksum would tell of the content"
    assert (manifest["format"], manifest["locked"]) == (2, True)
    content = locked.read_bytes()
    assert name.encode() not in content
    assert b"SQLite format 3" not in content


def test_it_comes_back_with_its_password_alone(locked, demo, tmp_path):
    new = tmp_path / "new"
    refused("backup_locked", restore, locked, new, replace=False, clock=clock)
    refused(
        "backup_password_wrong", restore, locked, new, replace=False, clock=clock, passwords=[OTHER]
    )
    assert not new.exists()
    figures = restore(locked, new, replace=False, clock=clock, passwords=[OTHER, WORD])
    assert figures.orders == 60
    store = open_store(new, write=True, clock=clock)
    assert check(store) == []
    assert store.backup_lock.password == WORD, "its own backups are not readable to anybody either"
    assert backups_in(store.backups) == []
    assert json.loads(zipfile.ZipFile(back_up(store, None, now=NOW).path).read("manifest.json"))[
        "locked"
    ]
    store.close()


def test_in_its_own_folder_nobody_is_asked(locked, demo):
    assert restore_plan(locked, demo).orders == 60
    restore(locked, demo, replace=True, clock=clock)
    store = open_store(demo, write=True, clock=clock)
    assert backup_to_restore(store, locked).plan.orders == 60
    store.backup_lock.set(OTHER)
    assert backup_to_restore(store, locked).plan.orders == 60, "the former ones are known"
    store.backup_lock.set(None)
    assert backup_to_restore(store, locked).plan.orders == 60
    assert store.backup_lock.password is None
    assert not backup_file.read(Path(back_up(store, None, now=NOW).path))[0].locked
    store.close()


def test_it_goes_to_the_second_place_and_through_the_drill(locked, demo, tmp_path):
    store = open_store(demo, write=True, clock=clock)
    store.database.run(add_order, order(), now=NOW, author=None)
    second = tmp_path / "stick"
    second.mkdir()
    back_up_if_due(store, now=NOW, second=second)
    (there,) = backups_in(second)
    assert there.manifest.locked
    assert backup_file.peek(there.path).counts["orders"] == 61
    assert rehearse(store, second, clock=clock).failed == ()
    store.close()


def test_the_password_is_in_no_backup_and_not_plain(locked, demo, tmp_path):
    kept = demo / PASSWORDS
    assert WORD.encode() not in kept.read_bytes()
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600 or os.name == "nt"
    inside = tmp_path / "inside"
    inside.mkdir()
    backup_file.read(locked, inside, [WORD])
    names = [path.name for path in inside.rglob("*")]
    assert PASSWORDS not in names
    assert KEY not in names


def test_a_shop_whose_password_cannot_be_read_makes_no_open_backup(locked, demo):
    store = open_store(demo, write=True, clock=clock)
    (demo / KEY).unlink()
    refused("code_key_missing", back_up, store, None, now=NOW)
    assert backups_in(store.backups) == []
    store.close()


def test_a_flipped_bit_is_damage_not_a_wrong_password(locked):
    content = bytearray(locked.read_bytes())
    content[len(content) // 2] ^= 1
    locked.write_bytes(content)
    refused("backup_damaged", backup_file.read, locked, None, [WORD])


def test_a_flipped_bit_under_a_good_seal_is_found_too(locked):
    content = bytearray(locked.read_bytes())
    content[200] ^= 1
    locked.write_bytes(content)
    seal(locked)
    with pytest.raises(UserError) as raised:
        backup_file.read(locked, None, [WORD])
    assert raised.value.code in ("backup_damaged", "backup_password_wrong")


def test_7zip_opens_it(locked, tmp_path):
    tool = shutil.which("7z") or shutil.which("7za") or shutil.which("7zz")
    if tool is None:  # where it is not, a second reader of the same format does
        import pyzipper

        with pyzipper.AESZipFile(locked) as archive:
            archive.setpassword(WORD.encode())
            archive.extractall(tmp_path / "out")
    else:
        words = [tool, "x", f"-p{WORD}", f"-o{tmp_path / 'out'}", str(locked)]
        subprocess.run(words, check=True, capture_output=True)
    assert len((tmp_path / "out" / "export" / "orders.jsonl").read_text("utf-8").splitlines()) == 60


def test_a_lock_without_a_password_is_none(tmp_path):
    lock = BackupLock(tmp_path)
    assert (lock.password, lock.known) == (None, [])
    lock.set(WORD)
    lock.set(OTHER)
    lock.set(WORD)
    assert (lock.password, lock.known) == (WORD, [WORD, OTHER])
