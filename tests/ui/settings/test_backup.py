"""A second place for backups: chosen once, told of, used by the backup apart."""

import shutil
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog
from tests.ui.conftest import NOW

from osdesk.app import open_desk
from osdesk.domain.backup_places import SecondPlace
from osdesk.jobs.backup import back_up
from osdesk.persistence.backup import backups_in
from osdesk.ui.settings.backup import BackupSection
from osdesk.ui.window.upkeep import start_backup
from osdesk.ui.window_settings import WindowSettings


@pytest.fixture
def section(desk, qtbot):
    section = BackupSection(desk)
    qtbot.addWidget(section)
    return section


def choose(section, monkeypatch, place):
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(place))
    section._choose.click()


def test_a_second_place_is_chosen_told_of_and_forgotten(
    section, desk, monkeypatch, tmp_path, qtbot
):
    def told(words):
        qtbot.waitUntil(lambda: words in section._second.text(), timeout=20_000)

    told("Segundo lugar: nenhum")
    assert section._forget.isHidden()
    stick = tmp_path / "stick"
    stick.mkdir()
    choose(section, monkeypatch, stick)
    assert WindowSettings(desk.folder).second_place == SecondPlace(stick)
    told(f"Segundo lugar: stick, ligado agora, em {stick}; ainda sem backup.")
    back_up(desk.store, stick, now=NOW)
    section.refresh()
    told("último backup hoje às 12:00, com tudo.")
    shutil.rmtree(stick)
    section.refresh()
    told("não está ligado agora; último backup hoje às 12:00, com tudo.")
    section._forget.click()
    assert WindowSettings(desk.folder).second_place is None
    told("Segundo lugar: nenhum")


def test_the_first_place_is_no_second(section, desk, monkeypatch):
    back_up(desk.store, None, now=NOW)
    choose(section, monkeypatch, desk.store.backups)
    assert WindowSettings(desk.folder).second_place is None
    assert "Esta já é a pasta" in section.bar.text()


def test_thinking_better_of_it_changes_nothing(section, desk, monkeypatch):
    choose(section, monkeypatch, "")
    assert WindowSettings(desk.folder).second_place is None


def test_the_backup_apart_goes_to_both_places(shop_with_orders, tmp_path, qtbot):
    folder = Path(shutil.copytree(shop_with_orders, tmp_path / "loja"))
    stick = tmp_path / "stick"
    stick.mkdir()
    settings = WindowSettings(folder)
    settings.second_place = SecondPlace(stick)
    settings.save()
    window = open_desk(folder, now=lambda: NOW)
    start_backup(folder)
    qtbot.waitUntil(lambda: len(backups_in(stick)) == 1)
    assert len(backups_in(folder / "backups")) == 1
    window.close()
