"""The monthly drill: asked for when a month has passed, loud where something did not come back."""

from datetime import timedelta
from pathlib import Path

import pytest
from tests.ui.conftest import NOW

from osdesk.app import open_desk
from osdesk.jobs.backup import back_up
from osdesk.jobs.drill import last_drill, rehearse
from osdesk.persistence.store import open_store
from osdesk.ui.settings.backup import BackupSection
from osdesk.ui.window.upkeep import MonthlyDrill, start_drill


@pytest.fixture
def monthly(desk):
    monthly = MonthlyDrill(desk, desk)
    monthly.asked = []
    monthly.wanted.connect(monthly.asked.append)
    yield monthly
    monthly.stop()


def looked(monthly, days=0.0):
    monthly._desk._clock = lambda: NOW + timedelta(days=days)
    monthly.look()
    found, monthly.asked[:] = list(monthly.asked), []
    return found


def test_once_a_month_where_there_is_a_backup(monthly, desk):
    assert looked(monthly) == [], "nothing is there to be tried"
    back_up(desk.store, None, now=NOW)
    assert looked(monthly) == [desk.folder]
    assert looked(monthly, 0.1) == [], "asked for already"
    assert looked(monthly, 0.3) == [desk.folder], "and left no result"
    rehearse(desk.store, None, clock=lambda: NOW)
    assert looked(monthly, 29) == []
    assert looked(monthly, 30) == [desk.folder]


def test_a_damaged_shop_is_left_alone(monthly, desk):
    back_up(desk.store, None, now=NOW)
    desk.refuse_writing()
    assert looked(monthly) == []


def spoil(folder: Path) -> Path:
    (file,) = (folder / "backups").glob("*.zip")
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)
    return file


def test_one_now_and_its_result_is_shown(desk, qtbot):
    section = BackupSection(desk)
    qtbot.addWidget(section)
    section._rehearse.click()
    qtbot.waitUntil(
        lambda: "Ainda não há backup para ensaiar" in section.bar.text(), timeout=20_000
    )
    back_up(desk.store, None, now=NOW)
    qtbot.waitUntil(section._rehearse.isEnabled, timeout=20_000)
    section._rehearse.click()
    assert not section._rehearse.isEnabled()
    qtbot.waitUntil(section._rehearse.isEnabled, timeout=30_000)
    assert section._drill.text() == f"Ensaio de 24/11: tudo voltou, de {desk.store.backups}."
    file = spoil(desk.folder)
    section._rehearse.click()
    qtbot.waitUntil(section._rehearse.isEnabled, timeout=30_000)
    assert f"um backup não voltou. O backup {file} está danificado" in section._drill.text()
    assert section._drill.property("tone") == "red"


def test_a_failure_is_said_on_every_page_until_one_comes_back(order_folder, qtbot):
    store = open_store(order_folder, write=True, clock=lambda: NOW)
    back_up(store, None, now=NOW)
    file = spoil(order_folder)
    rehearse(store, None, clock=lambda: NOW)
    store.close()
    window = open_desk(order_folder, now=lambda: NOW)
    for page in ("navOrders", "navDashboard"):
        window.show_page(page)
        qtbot.waitUntil(lambda: str(file) in window.lasting.text(), timeout=20_000)
    qtbot.waitUntil(
        lambda: window.status._backup.text() == "O ensaio de 24/11 falhou", timeout=20_000
    )
    back_up(window._desk.store, None, now=NOW)
    rehearse(window._desk.store, None, clock=lambda: NOW)
    window.show_page("navOrders")
    qtbot.waitUntil(lambda: window.lasting.text() == "", timeout=20_000)
    window.close()


def test_the_drill_apart_leaves_its_result(order_folder, qtbot):
    store = open_store(order_folder, write=True, clock=lambda: NOW)
    back_up(store, None, now=NOW)
    start_drill(order_folder)
    qtbot.waitUntil(lambda: last_drill(store) is not None, timeout=60_000)
    assert last_drill(store).failed == ()
    store.close()
