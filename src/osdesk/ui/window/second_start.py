"""A second start of the program beside an open window: it only brings that window to the front."""

import hashlib
import sys
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtNetwork import QLocalServer, QLocalSocket
from PySide6.QtWidgets import QWidget

WAIT_MS = 1_000


def _name(folder: Path) -> str:
    """One place to be called at for each shop's folder; its own name stays unsaid."""
    return f"osdesk-{hashlib.sha256(str(folder.resolve()).encode()).hexdigest()[:24]}"


class SecondStart(QLocalServer):
    """Listens while the window is open. Nothing is read from who calls: a call is all it is."""

    def __init__(self, window: QWidget, folder: Path) -> None:
        super().__init__(window)
        self._window = window
        self.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self.newConnection.connect(self._called)
        if not self.listen(_name(folder)):
            # left by a program that was killed: this one holds the folder, so nobody listens there
            self.removeServer(_name(folder))
            self.listen(_name(folder))

    def _called(self) -> None:
        while self.hasPendingConnections():
            caller = self.nextPendingConnection()
            caller.disconnected.connect(caller.deleteLater)
            caller.disconnectFromServer()
        window = self._window
        window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
        window.show()
        window.raise_()
        window.activateWindow()


def raise_open_window(folder: Path) -> bool:
    """Bring the window that is open on this folder to the front; False where there is none."""
    if sys.platform == "win32":
        import ctypes

        ctypes.windll.user32.AllowSetForegroundWindow(-1)  # else Windows only lets it blink
    caller = QLocalSocket()
    caller.connectToServer(_name(folder))
    return caller.waitForConnected(WAIT_MS)
