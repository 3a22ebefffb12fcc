"""The real window on a real folder; only what leaves the program is replaced."""

from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from PySide6.QtGui import QDesktopServices
from tests.journeys.clerk import Clerk
from tests.ui.conftest import clock, order_folder, shop_with_orders  # noqa: F401  # the same shop

from osdesk.app import open_desk
from osdesk.services.orders.view import order_view
from osdesk.ui.widgets import file_dialogs


@pytest.fixture
def outside(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> SimpleNamespace:
    """Files that the system was asked to open, and the answers of the save dialog."""
    found = SimpleNamespace(opened=[], folder=tmp_path / "out")
    found.folder.mkdir()

    def opened(url) -> bool:
        found.opened.append(Path(url.toLocalFile()))
        return True

    monkeypatch.setattr(QDesktopServices, "openUrl", opened)
    monkeypatch.setattr(
        file_dialogs, "ask_save_path", lambda _owner, _title, path, _kinds: found.folder / path.name
    )
    return found


@pytest.fixture
def clerk_at(qapp, qtbot, outside) -> Iterator[Callable[[Path], Clerk]]:
    """Opens the program on a folder and gives its clerk."""
    windows = []

    def open_at(folder: Path) -> Clerk:
        window = open_desk(folder, now=clock)
        windows.append(window)
        with qtbot.waitActive(window):
            window.activateWindow()
        return Clerk(window, qtbot)

    yield open_at
    for window in windows:
        editor = window.pages.made.get("editor")
        if window.isVisible() and editor is not None:
            editor.acts.leave()
            editor.open_new()  # what a test left typed is not asked about
        window.close()
        qtbot.waitUntil(lambda window=window: not window.isVisible())
        window.deleteLater()


@pytest.fixture
def clerk(clerk_at, order_folder) -> Clerk:  # noqa: F811  # a fixture by its name
    """At a shop with 130 orders: 1 delivered, 2 late, 3 waits for approval, 4 in progress."""
    someone = clerk_at(order_folder)
    someone.wait(lambda: someone.window.orders.model.rowCount() == 129)  # whole, not its first page
    return someone


@pytest.fixture
def sheet():
    """An order as it is stored."""

    def read(clerk: Clerk, number: int):
        return clerk.window._desk.read(order_view, number, now=clock())

    return read
