"""The second place of backups while the window is open: a stick that comes gets what it lacks, and
what it has is remembered for when it is gone."""

import logging
from pathlib import Path
from typing import Any, NamedTuple

from PySide6.QtCore import QObject, QTimer, Signal

from osdesk.domain.backup_places import SecondPlace
from osdesk.domain.errors import UserError
from osdesk.domain.views.shop import SeenBackup
from osdesk.paths import own_dir
from osdesk.ui.backups.volumes import mounted
from osdesk.ui.desk import Desk
from osdesk.ui.tasks import Tasks
from osdesk.ui.window_settings import WindowSettings

log = logging.getLogger("osdesk")

FIRST_MS = 4_000
LOOK_MS = 20_000
"""A stick that was plugged in is noticed before the clerk wonders."""


class Look(NamedTuple):
    """Whether the place is here, its newest backup, that of the shop's own folder."""

    here: bool
    there: SeenBackup | None
    own: SeenBackup | None

    @property
    def lacks(self) -> bool:
        if not self.here or self.own is None:
            return False
        return self.there is None or self.there[:2] != self.own[:2]


class SecondPlaceWatch(QObject):
    """``wanted``: the place is here and lacks the newest backup; ``said``: it has it now."""

    wanted = Signal(Path)
    said = Signal(str, str)
    looked = Signal()
    """What is remembered of the place may be another."""

    def __init__(self, desk: Desk, settings: WindowSettings, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._settings = desk, settings
        # A worker of its own: a disk that answers late keeps no paper waiting.
        self._worker = Tasks(desk.store, self)
        self._asked: SeenBackup | None = None
        self._timer = QTimer(self, interval=FIRST_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    @property
    def busy(self) -> bool:
        return self._worker.busy

    def look(self) -> None:
        self._timer.start(LOOK_MS)
        place = self._settings.second_place
        if place is None or self.busy or own_dir(self._desk.folder) is not None:
            return
        self._worker.run(_look, place, done=self._answer, failed=self._failed, owner=self)

    def stop(self) -> None:
        self._timer.stop()
        self._worker.close()

    def _answer(self, look: Look) -> None:
        place = self._settings.second_place
        if not look.here or place is None:
            return
        if look.there is not None and look.there != self._settings.second_seen:
            self._settings.second_seen = look.there
            self._settings.save()
            self.looked.emit()
        if look.lacks:
            if self._asked != look.own and not self._desk.refuses:
                self._asked = look.own
                self.wanted.emit(self._desk.folder)
        elif self._asked is not None:
            self._asked = None
            self.said.emit(f"Backup copiado para {place.name}, e conferido lá.", "green")

    def _failed(self, error: UserError) -> None:
        log.warning("second place not looked at: %s", error.code)  # the next look tries again


def _look(store: Any, place: SecondPlace) -> Look:
    from osdesk.jobs.places import find, newest_seen

    path = find(place, mounted())
    if path is None:
        return Look(False, None, None)
    return Look(True, newest_seen(store, path), newest_seen(store, store.backups))
