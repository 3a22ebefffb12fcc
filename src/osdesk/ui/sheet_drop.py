"""Scans and folders dropped anywhere on the window go to be filed as signed sheets."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QObject
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QWidget

SCANS = (".pdf", ".png", ".jpg", ".jpeg", ".webp", ".heic", ".tif", ".tiff")
"""What a scanner or a telephone gives; what cannot be kept of it is refused in words."""


class SheetDrop(QObject):
    """A widget in between that takes a drop for itself, as the editor its photos, comes first."""

    def __init__(self, window: QWidget, take: Callable[[list[Path]], object]) -> None:
        super().__init__(window)
        self._take = take
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QDragEnterEvent) and scans_in(event.mimeData()):
            event.acceptProposedAction()
            return True
        if event.type() == QEvent.Type.Drop and isinstance(event, QDropEvent):
            paths = scans_in(event.mimeData())
            if paths:
                event.acceptProposedAction()
                self._take(paths)
                return True
        return False


def scans_in(mime: QMimeData) -> list[Path]:
    """The scans and folders among what is dragged."""
    paths = [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()]
    return [path for path in paths if path.suffix.casefold() in SCANS or path.is_dir()]
