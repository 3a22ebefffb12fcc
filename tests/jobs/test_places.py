"""Where backups are, and since when the oldest work waits for them."""

from datetime import timedelta
from pathlib import Path

import pytest
from tests.conftest import NOW
from tests.forms import order

from osdesk.domain.backup_places import SecondPlace, Volume
from osdesk.jobs.backup import back_up, back_up_if_due, restore
from osdesk.jobs.places import find, newest_seen, safety
from osdesk.persistence.store import open_store
from osdesk.services.orders.saving import add_order


def add(store, **later):
    store.database.run(add_order, order(), now=NOW + timedelta(**later), author=None)


def ages(store, second=None, seen=None):
    found = safety(store, second, seen)
    return found.here, found.second


def test_work_waits_from_its_first_change_on(store):
    assert ages(store)[0] == (here := ages(store)[0])
    assert (here.made, here.waiting_since) == (None, None)
    add(store)
    add(store, hours=3)
    assert ages(store)[0].waiting_since == NOW
    back_up(store, None, now=NOW + timedelta(hours=4))
    here = ages(store)[0]
    assert (here.made, here.waiting_since) == (NOW + timedelta(hours=4), None)
    add(store, hours=5)
    assert ages(store)[0].waiting_since == NOW + timedelta(hours=5)


def test_a_second_place_is_remembered_while_it_is_gone(store, tmp_path):
    stick = tmp_path / "stick"
    stick.mkdir()
    add(store)
    place = SecondPlace(stick, "KINGSTON", "stick")
    assert ages(store, place)[1].waiting_since == NOW
    back_up_if_due(store, now=NOW, second=stick)
    seen = newest_seen(store, stick)
    stick.rename(tmp_path / "elsewhere")
    assert ages(store, place, seen)[1] == ages(store)[0]
    add(store, days=1)
    assert ages(store, place, seen)[1].waiting_since == NOW + timedelta(days=1)


def test_without_a_second_place_the_first_backup_here_begins_its_days(store):
    add(store, days=-400)
    assert ages(store)[1].waiting_since is None
    back_up(store, None, now=NOW)
    back_up(store, None, now=NOW + timedelta(days=3))
    assert ages(store)[1].waiting_since == NOW


def test_after_a_restore_backups_of_the_line_that_was_given_up_lack_what_came_since(
    shop_folder, tmp_path
):
    store = open_store(shop_folder, write=True, clock=lambda: NOW)
    add(store)
    old = Path(back_up(store, tmp_path / "old", now=NOW).path)
    add(store, hours=1)
    back_up(store, None, now=NOW)
    store.close()
    restore(old, shop_folder, replace=True, clock=lambda: NOW + timedelta(hours=2))
    store = open_store(shop_folder, write=True, clock=lambda: NOW)
    assert ages(store)[0].waiting_since is None
    add(store, hours=5)
    assert ages(store)[0].waiting_since == NOW + timedelta(hours=5)
    store.close()


@pytest.mark.parametrize("there", [True, False])
def test_a_place_is_found_where_its_folder_is(tmp_path, there):
    root, strange = tmp_path / "G", tmp_path / "H"
    strange.mkdir()
    if there:
        (root / "copias").mkdir(parents=True)
    volumes = [Volume("KINGSTON", strange), Volume("KINGSTON", root)]
    place = SecondPlace(tmp_path / "F" / "copias", "KINGSTON", "copias")
    assert find(place, volumes) == (root / "copias" if there else None)
    assert list(strange.iterdir()) == [], "a stick of the same name may be somebody else's"
    assert find(None, volumes) is None
