"""Pictures of the real window: for the tour, the README, and whoever looks at a change."""

import os
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

SIZE = (1366, 768)
PAGES = {
    "ordens": "navOrders",
    "painel": "navDashboard",
    "clientes": "navCustomers",
    "relatorios": "navReports",
}
LOOK_MS, CALM_LOOKS, LOOKS = 50, 8, 400
"""A page is settled when nothing was read in the background at eight looks in a row."""


def take_pictures(
    folder: Path, out: Path, number: int, *, now: Callable[[], datetime]
) -> list[Path]:
    """Open the shop's window and picture its pages and the editor on one order, as PNG."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtCore import QEventLoop, QTimer
    from PySide6.QtWidgets import QAbstractButton

    from osdesk.app import open_desk
    from osdesk.ui.window.main_window import MainWindow

    window = open_desk(folder, now=now)
    assert isinstance(window, MainWindow)

    def settle() -> None:
        calm = 0
        for _ in range(LOOKS):
            loop = QEventLoop()
            QTimer.singleShot(LOOK_MS, loop.quit)
            loop.exec()
            calm = 0 if window.busy else calm + 1
            if calm == CALM_LOOKS:
                return

    def picture(name: str) -> Path:
        settle()
        path = out / f"tela-{name}.png"
        window.grab().save(str(path))
        return path

    def go(entry: str) -> None:
        button = window.findChild(QAbstractButton, entry)
        if isinstance(button, QAbstractButton):
            button.click()

    window.resize(*SIZE)
    pictures = []
    for name, entry in PAGES.items():
        go(entry)
        pictures.append(picture(name))
    go("navOrders")
    window.open_order(number)
    pictures.append(picture("editor"))
    window.close()
    return pictures
