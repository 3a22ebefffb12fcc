"""Codes of devices that went home long ago are erased by the window itself."""

from datetime import timedelta

import pytest
from tests.ui.conftest import NOW

from osdesk.domain.codes import AccessCodeKind
from osdesk.domain.orders.access_codes import AccessCodeForm
from osdesk.services.orders.access_codes import code_view, set_code
from osdesk.ui.window.upkeep import AGAIN_MS, CodeWiper


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
