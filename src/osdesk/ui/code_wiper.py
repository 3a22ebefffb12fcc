"""Erases the access codes of devices that went home long enough ago: at start and while it runs."""

import logging
from typing import Any

from PySide6.QtCore import QObject, QTimer

from osdesk.domain.errors import UserError
from osdesk.domain.topics import Topic
from osdesk.ui.desk import Desk

log = logging.getLogger("osdesk")

AFTER_START_MS = 5_000
"""The first page of the list has come, and the look for damage has begun."""
AGAIN_MS = 3_600_000
"""The program may stay open for weeks: each hour is looked whether a day has passed."""


class CodeWiper(QObject):
    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._timer = QTimer(self, singleShot=True, interval=AFTER_START_MS)
        self._timer.timeout.connect(self.wipe)
        self._timer.start()

    def wipe(self) -> None:
        """In the background; nothing is written where nothing is due."""
        self._timer.start(AGAIN_MS)
        if self._desk.refuses:
            return
        now = self._desk.now()

        def work(store: Any) -> int:
            from osdesk.services.access_codes import codes_due, wipe_due

            due = store.database.read(codes_due, now=now)
            return int(store.database.run(wipe_due, now=now)) if due else 0

        self._desk.tasks.run(work, done=self._wiped, failed=self._failed, owner=self)

    def stop(self) -> None:
        self._timer.stop()

    def _wiped(self, count: int) -> None:
        if count:
            self._desk.tell(Topic.ACCESS_CODES)

    def _failed(self, error: UserError) -> None:
        log.warning("access codes not erased: %s", error.code)  # the next look tries again
