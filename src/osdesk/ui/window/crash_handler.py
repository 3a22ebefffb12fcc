"""The crash handler: an error that nobody foresaw is logged, and the person is told once."""

import logging
import sys
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QMessageBox, QWidget

from osdesk import paths
from osdesk.domain.bug_details import details_of
from osdesk.domain.errors import UserError
from osdesk.texts import sentence

log = logging.getLogger("osdesk")


def write_logs(folder: Path) -> logging.Handler:
    """Log warnings and errors into the shop's folder; names and phones never go there."""
    place = paths.log_dir(folder)
    place.mkdir(parents=True, exist_ok=True)
    handler = RotatingFileHandler(
        place / "osdesk.log", maxBytes=500_000, backupCount=3, encoding="utf-8", delay=True
    )
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    log.addHandler(handler)
    return handler


class CrashHandler:
    """Installed as ``sys.excepthook`` while the window is open."""

    def __init__(self, window: QWidget, folder: Path) -> None:
        self._window = window
        self._folder = folder
        self._before = sys.excepthook
        self._box: QMessageBox | None = None
        sys.excepthook = self

    def remove(self) -> None:
        if sys.excepthook is self:
            sys.excepthook = self._before

    def __call__(
        self,
        kind: type[BaseException],
        error: BaseException,
        trace: TracebackType | None,
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            self._before(kind, error, trace)
            return
        details = details_of(error)
        log.error("unforeseen\n%s", details)
        if self._box is None:  # one box at a time, however often a timer fails
            self._show(error, details)

    def _show(self, error: BaseException, details: str) -> None:
        box = QMessageBox(self._window)
        box.setObjectName("lastResort")
        box.setIcon(QMessageBox.Icon.Warning)
        box.setWindowTitle("osdesk")
        box.setText("Algo não saiu como devia.")
        reason = sentence(error) if isinstance(error, UserError) else ""
        box.setInformativeText(
            reason
            or "O que já estava salvo continua salvo. Se acontecer de novo, feche e abra o "
            "programa e envie os detalhes a quem cuida dele."
        )
        action = QMessageBox.ButtonRole.ActionRole
        copy = box.addButton("Copiar detalhes", action)
        logs = box.addButton("Abrir registros", action)
        close = box.addButton("Fechar", QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(close)
        for button in (copy, logs):
            button.clicked.disconnect()  # these two act, they do not close the box
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(details))
        logs.clicked.connect(self._open_logs)
        box.finished.connect(self._closed)
        self._box = box
        box.open()

    def _open_logs(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(paths.log_dir(self._folder))))

    def _closed(self) -> None:
        if self._box is not None:
            self._box.deleteLater()
            self._box = None
