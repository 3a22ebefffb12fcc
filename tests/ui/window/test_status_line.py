from datetime import timedelta

from tests.ui.conftest import NOW

from osdesk.domain.backup_places import SecondPlace
from osdesk.jobs.backup import back_up
from osdesk.paths import demo_dir
from osdesk.persistence.store import open_store
from osdesk.ui.desk import Desk
from osdesk.ui.window.status_line import StatusLine
from osdesk.ui.window.upkeep import show_safety
from osdesk.ui.window_settings import WindowSettings


def shown(desk, qtbot):
    words = StatusLine()
    qtbot.addWidget(words)
    show_safety(desk, WindowSettings(desk.folder), words)
    return words


def test_the_newest_backup_is_that_of_the_shops_folder(desk, qtbot):
    assert shown(desk, qtbot)._backup.text() == "Ainda sem backup"
    back_up(desk.store, None, now=desk.now())
    words = shown(desk, qtbot)
    assert words._backup.text() == "Backup verificado hoje às 12:00"
    assert words._backup.property("tone") == "green"
    assert "Segundo lugar: nenhum" in words._backup.toolTip()


def test_it_is_red_when_a_day_of_work_has_no_backup(desk, qtbot):
    later = desk.now() + timedelta(days=2)
    desk._clock = lambda: later
    words = shown(desk, qtbot)
    assert words._backup.text() == "Sem backup há 2 dias"
    assert words._backup.property("tone") == "red"
    assert not words._sign.pixmap().isNull(), "not by colour alone"


def test_it_is_red_when_a_week_of_work_is_nowhere_else(desk, qtbot, tmp_path):
    back_up(desk.store, None, now=desk.now())
    later = desk.now() + timedelta(days=8)
    desk._clock = lambda: later
    assert shown(desk, qtbot)._backup.text() == "Sem cópia em um segundo lugar há 8 dias"
    settings = WindowSettings(desk.folder)
    settings.second_place = SecondPlace(tmp_path / "gone", "KINGSTON", "gone")
    settings.save()
    assert shown(desk, qtbot)._backup.text() == "Sem cópia em KINGSTON há 8 dias"


def test_a_demonstration_is_said_to_have_none(qapp, qtbot, tmp_path):
    store = open_store(demo_dir(tmp_path / "loja"), write=True, create=True, clock=lambda: NOW)
    desk = Desk(store)
    words = shown(desk, qtbot)
    assert words._backup.text() == "Demonstração, sem backup"
    assert words._sign.isHidden()
    desk.close()
