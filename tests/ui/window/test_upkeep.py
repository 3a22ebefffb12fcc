"""What the window looks after by itself: codes of devices gone home, the page asked for next."""

import shutil
from datetime import timedelta

import pytest
from tests.forms import order
from tests.ui.conftest import NOW

from osdesk.app import open_desk
from osdesk.domain.codes import AccessCodeKind
from osdesk.domain.orders.access_codes import AccessCodeForm
from osdesk.jobs.backup import back_up, last_backup
from osdesk.paths import demo_dir
from osdesk.persistence.store import open_store
from osdesk.services.orders.access_codes import code_view, set_code
from osdesk.services.orders.saving import add_order
from osdesk.ui.desk import Desk
from osdesk.ui.window.upkeep import AGAIN_MS, CodeWiper, HourlyBackup, backup_wanted


@pytest.fixture
def wiper(desk, qapp):
    wiper = CodeWiper(desk, desk)
    yield wiper
    wiper.stop()


@pytest.fixture
def delivered(desk):
    """Order 1 was delivered today; its code is wiped seven days later."""
    form = AccessCodeForm(AccessCodeKind.PIN, "4711")
    desk.write(set_code, 1, form, box=desk.store.secrets, now=NOW, author=None)
    return 1


def test_not_before_its_time(wiper, desk, delivered, qtbot):
    wiper.wipe()
    qtbot.waitUntil(lambda: not desk.tasks.busy)
    assert desk.read(code_view, delivered).kept
    assert wiper._timer.interval() == AGAIN_MS


def test_when_it_is_due_and_the_screens_hear_of_it(wiper, desk, delivered, qtbot):
    desk._clock = lambda: NOW + timedelta(days=7)
    with qtbot.waitSignal(desk.changed) as caught:
        wiper.wipe()
    assert caught.args == ["access_codes"]
    assert not desk.read(code_view, delivered).kept


def test_a_damaged_file_is_not_written_to(wiper, desk, delivered, qtbot):
    desk._clock = lambda: NOW + timedelta(days=7)
    desk.refuse_writing()
    wiper.wipe()
    assert not desk.tasks.busy
    assert desk.read(code_view, delivered).kept


def test_a_close_ends_the_window_and_the_days_backup_is_made_apart(
    shop_with_orders, tmp_path, qtbot
):
    folder = shutil.copytree(shop_with_orders, tmp_path / "loja")
    started = []
    for _ in range(2):
        window = open_desk(folder)
        window.backup_wanted.connect(started.append)
        qtbot.waitUntil(lambda window=window: not window.busy)
        window.close()
        assert not window.isVisible()
        qtbot.waitUntil(lambda: last_backup(folder / "backups") is not None)
    assert started == [folder], "the second close of the day has nothing to do"


def test_neither_a_damaged_shop_nor_a_demonstration_is_backed_up(shop_with_orders, tmp_path):
    demonstration = demo_dir(tmp_path / "loja")
    for folder, refuses in ((tmp_path / "doente", True), (demonstration, False)):
        store = open_store(shutil.copytree(shop_with_orders, folder), write=True, clock=lambda: NOW)
        desk = Desk(store, lambda: NOW)
        if refuses:
            desk.refuse_writing()
        assert not backup_wanted(desk)
        desk.close()


def test_an_hour_of_work_is_backed_up_while_the_window_is_open(desk, qtbot):
    hourly = HourlyBackup(desk, desk)
    wanted = []
    hourly.wanted.connect(wanted.append)
    back_up(desk.store, None, now=NOW)
    desk._clock = lambda: NOW + timedelta(minutes=59)
    desk.write(add_order, order(), now=NOW, author=None)
    hourly.look()
    assert wanted == []
    desk._clock = lambda: NOW + timedelta(minutes=60)
    with qtbot.waitSignal(hourly.looked):
        hourly.look()
    assert wanted == [desk.folder]
    back_up(desk.store, None, now=desk.now())
    desk._clock = lambda: NOW + timedelta(days=3)
    hourly.look()
    assert wanted == [desk.folder], "nothing changed since"
    hourly.stop()
