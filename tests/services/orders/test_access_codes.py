"""Codes of devices: encrypted, each look recorded, gone after delivery; nowhere in the clear."""

import json
import logging
from dataclasses import replace
from datetime import timedelta

import pytest
from tests.conftest import NOW
from tests.forms import order

from osdesk.domain.codes import AccessCodeKind, EventCode
from osdesk.domain.errors import UserError
from osdesk.domain.orders.access_codes import AccessCodeForm
from osdesk.domain.orders.forms import StepForm
from osdesk.domain.orders.status import Status
from osdesk.jobs.backup import back_up
from osdesk.jobs.export import export_all
from osdesk.persistence.models import AccessCode
from osdesk.persistence.store import open_store
from osdesk.services.orders.access_codes import code_view, codes_due, see_code, set_code, wipe_due
from osdesk.services.orders.saving import add_order
from osdesk.services.orders.search import search_orders
from osdesk.services.orders.steps import move_order, reopen_order
from osdesk.services.orders.view import order_view
from osdesk.services.shop.shop import save_shop, shop_form
from osdesk.texts import sentence

SECRET = "Trovoada#4711"
PASSWORD = AccessCodeForm(AccessCodeKind.PASSWORD, SECRET)


@pytest.fixture
def number(db):
    return db.run(add_order, order(), now=NOW, author=None).number


@pytest.fixture
def keep(db, store, number):
    def act(form=PASSWORD, at=NOW, of=number):
        db.run(set_code, of, form, box=store.secrets, now=at, author=None)

    return act


@pytest.fixture
def look(db, store, number):
    return lambda: db.run(see_code, number, box=store.secrets, now=NOW, author=None)


def events(db, number):
    return [event.code for event in db.read(order_view, number, now=NOW).events]


def test_kept_looked_at_and_changed(db, number, keep, look):
    assert db.read(code_view, number) is None
    keep()
    view = db.read(code_view, number)
    assert (view.kind, view.kept, view.at, view.wiped_at) == (PASSWORD.kind, True, NOW, None)
    assert look() == PASSWORD
    keep(AccessCodeForm(AccessCodeKind.PATTERN, "1 2 5 8"))
    assert look().secret == "1258"
    assert events(db, number)[1:] == [
        EventCode.ACCESS_CODE_SET,
        EventCode.ACCESS_CODE_SEEN,
        EventCode.ACCESS_CODE_SET,
        EventCode.ACCESS_CODE_SEEN,
    ]


def test_not_informed_is_an_answer(db, number, keep, look):
    keep(AccessCodeForm(AccessCodeKind.NOT_INFORMED))
    view = db.read(code_view, number)
    assert (view.kind, view.kept) == (AccessCodeKind.NOT_INFORMED, False)
    with pytest.raises(UserError, match="code_not_kept"):
        look()


def test_the_secret_is_nowhere_but_under_its_key(
    db, store, number, keep, look, tmp_path, caplog, capsys
):
    caplog.set_level(logging.DEBUG)
    keep()
    look()
    with pytest.raises(UserError):
        keep(replace(PASSWORD, secret="a\x00" + SECRET))
    sheet = db.read(order_view, number, now=NOW)
    assert SECRET not in repr(sheet)
    assert db.read(search_orders, SECRET, now=NOW) == []
    assert SECRET not in caplog.text
    backup = back_up(store, tmp_path / "usb", now=NOW)
    export_all(store, tmp_path / "out", NOW)
    store.close()
    assert SECRET not in "".join(capsys.readouterr())
    key = (store.folder / "osdesk.key").read_bytes()
    for folder in (store.folder, tmp_path / "usb", tmp_path / "out"):
        for path in folder.rglob("*"):
            if path.is_file():
                data = path.read_bytes()
                for words in (SECRET, SECRET.upper(), SECRET[::-1]):
                    assert words.encode("utf-8") not in data, path
                    assert words.encode("utf-16-le") not in data, path
                assert path.name == "osdesk.key" or key not in data, path
    import zipfile

    with zipfile.ZipFile(backup.path) as packed:
        assert not [name for name in packed.namelist() if "key" in name]
        for name in packed.namelist():
            assert SECRET.encode() not in packed.read(name)
            assert key not in packed.read(name)


def test_a_restored_shop_without_the_key_says_so_in_words(db, store, number, keep, look):
    keep()
    (store.folder / "osdesk.key").unlink()
    before = events(db, number)
    with pytest.raises(UserError) as caught:
        look()
    assert "não vai nos backups" in sentence(caught.value)
    assert events(db, number) == before  # nothing was seen
    keep(AccessCodeForm(AccessCodeKind.PIN, "77"))
    assert look().secret == "77"


def test_a_secret_that_was_put_under_another_order_is_not_shown(db, store, number, keep, look):
    other = db.run(add_order, order(serial=None), now=NOW, author=None).number
    keep()
    keep(AccessCodeForm(AccessCodeKind.PIN, "1"), of=other)

    def swap(session):
        rows = session.query(AccessCode).order_by(AccessCode.order_id).all()
        rows[0].secret, rows[1].secret = rows[1].secret, rows[0].secret

    db.run(swap)
    with pytest.raises(UserError, match="code_unreadable"):
        look()


# -- erasing ---------------------------------------------------------------------------------------


def move(db, number, to, step, at=NOW):
    db.run(move_order, number, to, step, now=at, author=None)


def cancel(db, number, at=NOW):
    move(db, number, Status.CANCELLED, StepForm(reason="desistiu"), at)


def test_wiped_days_after_the_order_is_closed(db, store, number, keep):
    keep()
    cancel(db, number)
    assert db.run(wipe_due, now=NOW + timedelta(days=6)) == 0
    assert db.read(code_view, number).kept
    later = NOW + timedelta(days=7)
    assert len(db.read(codes_due, now=later)) == 1
    assert db.run(wipe_due, now=later) == 1
    assert db.run(wipe_due, now=later) == 0
    view = db.read(code_view, number)
    assert (view.kept, view.wiped_at) == (False, later)
    assert events(db, number)[-1] is EventCode.ACCESS_CODE_WIPED


def test_an_open_order_keeps_it_however_old(db, number, keep):
    keep()
    assert db.run(wipe_due, now=NOW + timedelta(days=900)) == 0
    cancel(db, number)
    db.run(reopen_order, number, reason="engano", now=NOW, author=None)
    assert db.run(wipe_due, now=NOW + timedelta(days=900)) == 0


def test_closing_another_order_wipes_what_is_due(db, number, keep):
    keep()
    cancel(db, number)
    other = db.run(add_order, order(serial=None), now=NOW, author=None).number
    cancel(db, other, NOW + timedelta(days=8))
    assert not db.read(code_view, number).kept


def test_with_no_days_it_goes_with_the_device(db, number, keep):
    form = replace(db.read(shop_form), code_days=0)
    db.run(save_shop, form, now=NOW, author=None)
    keep()
    cancel(db, number)
    assert not db.read(code_view, number).kept


def test_what_was_wiped_is_no_longer_in_the_file(db, store, number, keep, shop_folder):
    keep()

    def sealed(session):
        return session.query(AccessCode).one().secret

    kept = db.read(sealed).encode()
    cancel(db, number)
    store.close()
    assert kept in (shop_folder / "osdesk.db").read_bytes()
    again = open_store(shop_folder, write=True, clock=lambda: NOW)
    again.database.run(wipe_due, now=NOW + timedelta(days=7))
    again.close()
    for path in shop_folder.iterdir():
        if path.is_file():
            assert kept not in path.read_bytes(), path


def test_events_hold_the_kind_alone(db, number, keep):
    keep()
    sheet = db.read(order_view, number, now=NOW)
    assert sheet.events[-1].data == {"kind": "password"}
    assert json.dumps(sheet.events[-1].data)


def test_there_is_no_code_of_an_order_that_does_not_exist(db, store):
    with pytest.raises(UserError, match="order_not_found"):
        db.run(set_code, 99, PASSWORD, box=store.secrets, now=NOW, author=None)
