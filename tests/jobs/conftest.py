"""A small demonstration shop with files, and one backup of it: made once, copied for each test."""

import shutil
from datetime import date
from pathlib import Path

import pytest
from tests.conftest import NOW
from tests.made_once import made_once

from osdesk.domain.codes import Paper
from osdesk.jobs.backup import back_up
from osdesk.jobs.demo.demo import fill_demo
from osdesk.jobs.papers import issue
from osdesk.persistence.store import open_store
from osdesk.services.shop.shop import set_logo


@pytest.fixture(scope="session")
def demo_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    def make(folder: Path) -> None:
        store = open_store(folder, write=True, create=True, clock=lambda: NOW)
        fill_demo(store, orders=60, seed=3, until=date(2026, 11, 24), now=NOW, printed=0)
        logo = store.files.add(b"a picture")
        store.database.run(set_logo, logo, now=NOW, author=None)
        issue(store, 1, Paper.INTAKE, now=NOW, author=None)
        (folder / "papers").mkdir()
        (folder / "papers" / "os-1-v1.pdf").write_bytes(b"%PDF-1.4 a paper")
        store.close()

    return made_once(tmp_path_factory, "demo_template", make)


@pytest.fixture(scope="session")
def backup_template(demo_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    def make(folder: Path) -> None:
        store = open_store(demo_template, write=False, clock=lambda: NOW)
        try:
            back_up(store, folder, now=NOW)
        finally:
            store.close()

    (file,) = made_once(tmp_path_factory, "backup_template", make).iterdir()
    return file


@pytest.fixture
def demo(demo_template: Path, tmp_path: Path) -> Path:
    """A folder of its own with the demonstration shop, closed."""
    return Path(shutil.copytree(demo_template, tmp_path / "demo"))


@pytest.fixture
def backup(backup_template: Path, tmp_path: Path) -> Path:
    """A backup file of its own."""
    return Path(shutil.copy(backup_template, tmp_path))
