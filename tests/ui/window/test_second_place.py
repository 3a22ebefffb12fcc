"""A stick that is plugged in while the window is open."""

from pathlib import Path
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QStorageInfo
from tests.forms import order
from tests.ui.conftest import NOW

from osdesk.domain.backup_places import SecondPlace
from osdesk.jobs.backup import back_up, back_up_if_due
from osdesk.services.orders.saving import add_order
from osdesk.ui.window.second_place import SecondPlaceWatch
from osdesk.ui.window_settings import WindowSettings


def plug(monkeypatch, *roots: Path) -> None:
    """What the system tells of its drives."""

    def told(root: Path) -> SimpleNamespace:
        return SimpleNamespace(
            isValid=lambda: True,
            isReady=lambda: True,
            isRoot=lambda: False,
            name=lambda: "KINGSTON",
            rootPath=lambda: str(root),
        )

    monkeypatch.setattr(QStorageInfo, "mountedVolumes", lambda: [told(root) for root in roots])
    places = tuple(str(root.parent) for root in roots)
    monkeypatch.setattr("osdesk.ui.backups.volumes.COMING_AND_GOING", places)


@pytest.fixture
def watch(desk):
    settings = WindowSettings(desk.folder)
    watch = SecondPlaceWatch(desk, settings, desk)
    watch.events = []
    watch.wanted.connect(watch.events.append)
    watch.said.connect(lambda words, tone: watch.events.append((words, tone)))
    yield watch
    watch.stop()


def looked(watch, qtbot):
    watch.look()
    qtbot.waitUntil(lambda: not watch.busy, timeout=20_000)
    found, watch.events[:] = list(watch.events), []
    return found


def test_a_stick_that_comes_gets_what_it_lacks_and_the_clerk_is_told(
    watch, desk, qtbot, monkeypatch, tmp_path
):
    assert looked(watch, qtbot) == [], "no place was chosen"
    first, other = tmp_path / "F" / "stick", tmp_path / "G" / "stick"
    settings = WindowSettings(desk.folder)
    settings.second_place = SecondPlace(first / "copias", "KINGSTON", "copias")
    back_up(desk.store, None, now=NOW)
    plug(monkeypatch)
    assert looked(watch, qtbot) == [], "it is not here, and nothing stands still for it"
    (other / "copias").mkdir(parents=True)
    plug(monkeypatch, other)
    assert looked(watch, qtbot) == [desk.folder]
    assert looked(watch, qtbot) == [], "asked for once"
    back_up_if_due(desk.store, now=NOW, second=other / "copias")  # what the process apart does
    assert looked(watch, qtbot) == [("Backup copiado para KINGSTON, e conferido lá.", "green")]
    assert settings.second_seen.made_at == NOW
    assert looked(watch, qtbot) == []
    desk.write(add_order, order(), now=NOW, author=None)
    assert looked(watch, qtbot) == [], "no newer backup is there to be brought"
    back_up(desk.store, None, now=NOW)
    assert looked(watch, qtbot) == [desk.folder]


def test_a_stick_of_the_same_name_without_our_folder_is_not_written_to(
    watch, desk, qtbot, monkeypatch, tmp_path
):
    settings = WindowSettings(desk.folder)
    settings.second_place = SecondPlace(tmp_path / "F" / "copias", "KINGSTON", "copias")
    back_up(desk.store, None, now=NOW)
    strange = tmp_path / "G" / "stick"
    strange.mkdir(parents=True)
    plug(monkeypatch, strange)
    assert looked(watch, qtbot) == []
    assert list(strange.iterdir()) == []


def test_a_damaged_shop_is_not_copied_there(watch, desk, qtbot, tmp_path):
    settings = WindowSettings(desk.folder)
    settings.second_place = SecondPlace(tmp_path)
    back_up(desk.store, None, now=NOW)
    desk.refuse_writing()
    assert looked(watch, qtbot) == []
