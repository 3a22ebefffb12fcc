"""A shop for each test: made once by the real migrations, copied in milliseconds."""

import shutil
import sys
from collections.abc import Callable, Generator, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot
from tests.made_once import made_once

from osdesk.persistence.database import Database
from osdesk.persistence.store import Store, open_store

NOW = datetime(2026, 11, 24, 17, 32, tzinfo=UTC)
"""Tuesday, 14:32 in São Paulo."""


@pytest.hookimpl(wrapper=True, trylast=True)
def pytest_runtest_teardown() -> Generator[None, object, object]:
    """Windows that a test gave up are gone before its shop is, not at some later event loop."""
    _delete_windows()
    result = yield
    _delete_windows()
    return result


def _delete_windows() -> None:
    core = sys.modules.get("PySide6.QtCore")
    if core is not None and core.QCoreApplication.instance() is not None:
        core.QCoreApplication.sendPostedEvents(None, core.QEvent.Type.DeferredDelete)


PATIENCE_MS = 90_000
"""For what must come: a slow machine only takes longer, it does not fail."""


class PatientBot(QtBot):
    def waitUntil(self, callback: Callable[[], bool | None], *, timeout: int = PATIENCE_MS) -> None:
        super().waitUntil(callback, timeout=timeout)

    def waitSignal(self, signal: object, *, timeout: int = PATIENCE_MS, **more: Any) -> Any:
        return super().waitSignal(signal, timeout=timeout, **more)


@pytest.fixture
def qtbot(qapp: object, request: pytest.FixtureRequest) -> PatientBot:
    return PatientBot(request)


@pytest.fixture(scope="session")
def empty_shop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    def make(folder: Path) -> None:
        open_store(folder, write=True, create=True, clock=lambda: NOW).close()

    return made_once(tmp_path_factory, "empty_shop", make)


@pytest.fixture(scope="session")
def demo_shop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A demonstration of 400 orders, closed: to be copied, or opened to read."""
    from osdesk.jobs.demo.demo import fill_demo  # half the program; few tests need it

    def make(folder: Path) -> None:
        store = open_store(folder, write=True, create=True, clock=lambda: NOW)
        fill_demo(store, orders=400, seed=1, until=date(2026, 11, 24), now=NOW)
        store.close()

    return made_once(tmp_path_factory, "demo_shop", make)


@pytest.fixture
def now() -> datetime:
    return NOW


@pytest.fixture
def shop_folder(empty_shop: Path, tmp_path: Path) -> Path:
    folder = tmp_path / "shop"
    shutil.copytree(empty_shop, folder)
    return folder


@pytest.fixture
def store(shop_folder: Path) -> Iterator[Store]:
    opened = open_store(shop_folder, write=True, clock=lambda: NOW)
    yield opened
    opened.close()


@pytest.fixture
def db(store: Store) -> Database:
    return store.database
