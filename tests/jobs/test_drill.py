"""The drill says what really comes back: with the newest of each place, and with what is wrong."""

import json
from datetime import UTC, timedelta
from pathlib import Path

import pytest
from tests.conftest import NOW
from tests.forms import order
from tests.jobs.zips import database_of, forge, tamper

from osdesk.domain.backup_rules import DRILL, DRILL_AGAIN, is_drill_due
from osdesk.domain.errors import UserError
from osdesk.jobs.backup import back_up, restore
from osdesk.jobs.drill import RECORD, SCRATCH, last_drill, rehearse
from osdesk.jobs.places import safety
from osdesk.persistence.folder import take_lock
from osdesk.persistence.store import open_store
from osdesk.services.orders.saving import add_order
from osdesk.texts import sentence
from osdesk.texts.backups import drill_words, safety_words


def clock():
    return NOW


@pytest.fixture
def shop(demo):
    """The demonstration, open, with a backup in its folder and none elsewhere."""
    store = open_store(demo, write=True, clock=clock)
    back_up(store, None, now=NOW)
    yield store
    store.close()


def tried(store, second=None):
    return rehearse(store, second, clock=clock)


def left_in(store):
    return sorted(path.name for path in store.backups.iterdir() if path.suffix != ".zip")


def test_the_newest_of_each_place_comes_back(shop, tmp_path):
    shop.database.run(add_order, order(), now=NOW, author=None)
    back_up(shop, tmp_path, now=NOW)
    shop.database.run(add_order, order(), now=NOW, author=None)
    drill = tried(shop, tmp_path)
    assert [(each.orders, each.code) for each in drill.results] == [(60, ""), (61, "")]
    assert drill.failed == ()
    assert last_drill(shop) == drill
    assert left_in(shop) == [RECORD], "nothing else is left"
    words = drill_words(drill, UTC)
    assert words == f"Ensaio de 24/11: tudo voltou, de {shop.backups} e {tmp_path}."


def test_the_shop_itself_is_not_touched(shop):
    before = shop.newest_event()
    tried(shop)
    assert shop.newest_event() == before
    shop.database.run(add_order, order(), now=NOW, author=None)


def test_where_there_is_no_backup_nothing_is_tried(store):
    with pytest.raises(UserError, match="no_backup") as raised:
        tried(store)
    assert sentence(raised.value)
    assert last_drill(store) is None


def spoilt(shop, tmp_path, **changes):
    newest = Path(back_up(shop, tmp_path / "second", now=NOW).path)
    forge(newest, **changes)
    drill = tried(shop, newest.parent)
    (bad,) = drill.failed
    assert bad.path == str(newest)
    assert "não voltou" in drill_words(drill, UTC)
    return bad.code


def test_a_flipped_bit_is_loud(shop, tmp_path):
    newest = Path(back_up(shop, tmp_path, now=NOW).path)
    content = bytearray(newest.read_bytes())
    content[len(content) // 2] ^= 1
    newest.write_bytes(content)
    (bad,) = tried(shop, tmp_path).failed
    assert (bad.code, bad.data) == ("backup_damaged", {"path": str(newest)})
    found = safety_words(safety(shop, None, None), NOW)
    assert (found.text, found.tone) == ("O ensaio de 24/11 falhou", "red")
    assert str(newest) in found.details


def test_a_lost_photo_is_loud(shop, tmp_path):
    logo = next((shop.folder / "files").iterdir()).name
    assert spoilt(shop, tmp_path, without=[f"files/{logo}"]) == "file_missing"


def test_a_history_that_is_not_this_shops_is_loud(shop, tmp_path):
    """Forged with everything right inside: only the living shop knows better."""
    aside = open_store(tmp_path / "aside", write=True, create=True, clock=clock)
    aside.close()
    copy = restore(
        Path(back_up(shop, tmp_path / "copy", now=NOW).path),
        tmp_path / "twin",
        replace=False,
        clock=clock,
    )
    assert copy.orders == 60
    twin = open_store(tmp_path / "twin", write=True, clock=clock)
    back_up(twin, tmp_path / "second", now=NOW)
    twin.close()
    (bad,) = tried(shop, tmp_path / "second").failed
    assert bad.code == "drill_differs"


def test_a_total_that_was_changed_inside_is_loud(shop, tmp_path):
    newest = Path(back_up(shop, tmp_path / "second", now=NOW).path)
    inside = database_of(newest, tmp_path)
    tamper(inside, "UPDATE event_texts SET body = body || ' ' WHERE event_id = 5")
    forge(newest, database=inside)
    (bad,) = tried(shop, newest.parent).failed
    assert sentence(UserError(bad.code, **bad.data))


def test_after_a_restore_an_older_line_still_counts_as_come_back(shop, tmp_path):
    shop.database.run(add_order, order(), now=NOW, author=None)
    newer = back_up(shop, tmp_path, now=NOW)
    first = next(path for path in shop.backups.glob("*.zip"))
    folder = shop.folder
    shop.close()
    restore(first, folder, replace=True, clock=lambda: NOW + timedelta(hours=1))
    again = open_store(folder, write=True, clock=clock)
    drill = tried(again, tmp_path)
    again.close()
    assert drill.failed == ()
    assert newer.path in [each.path for each in drill.results]


def test_two_drills_at_once_do_not_meet(shop):
    lock = take_lock(shop.backups / SCRATCH, clock)
    with pytest.raises(UserError, match="folder_in_use"):
        tried(shop)
    lock.close()
    (shop.backups / SCRATCH / "loja").mkdir()
    (shop.backups / SCRATCH / "loja" / "osdesk.db").write_bytes(b"a killed drill left it")
    assert tried(shop).failed == ()
    assert left_in(shop) == [RECORD]


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"at": "gestern"}'])
def test_a_note_that_cannot_be_read_is_none(shop, content):
    (shop.backups / RECORD).write_bytes(content)
    assert last_drill(shop) is None


def test_another_shops_note_says_nothing(shop):
    tried(shop)
    plain = json.loads((shop.backups / RECORD).read_text("utf-8"))
    (shop.backups / RECORD).write_text(json.dumps(plain | {"shop_id": "x"}), "utf-8")
    assert last_drill(shop) is None


@pytest.mark.parametrize(
    ("ago", "failed", "due"),
    [
        (None, False, True),
        (DRILL - timedelta(seconds=1), False, False),
        (DRILL, False, True),
        (DRILL_AGAIN - timedelta(seconds=1), True, False),
        (DRILL_AGAIN, True, True),
        (timedelta(days=-3), False, True),
    ],
)
def test_once_a_month_and_the_day_after_one_that_failed(ago, failed, due):
    last = None if ago is None else NOW - ago
    assert is_drill_due(last, failed=failed, now=NOW) is due
