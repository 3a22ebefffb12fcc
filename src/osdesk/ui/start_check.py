"""Looks for damage in the shop's file once the window is painted, beside all other work."""

import logging
from threading import Event

from PySide6.QtCore import QObject, QTimer, Signal

from osdesk.domain.errors import UserError
from osdesk.ui.desk import Desk
from osdesk.ui.tasks import Tasks

log = logging.getLogger("osdesk")

AFTER_START_MS = 1000
"""The first page of the list has come by then."""


class StartCheck(QObject):
    """One look at each start. ``damaged``: something is wrong, and nothing is written any more."""

    damaged = Signal()

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        # A worker of its own: a large shop takes seconds, and no page or paper waits for them.
        self._worker = Tasks(desk.store, self)
        self._stopped = Event()
        self._timer = QTimer(self, singleShot=True, interval=AFTER_START_MS)
        self._timer.timeout.connect(self.begin)
        self._timer.start()

    def begin(self) -> None:
        from osdesk.jobs.check import quick_check

        self._worker.run(quick_check, stopped=self._stopped.is_set, done=self._answer)

    def stop(self) -> None:
        """Before the shop is closed: an answer is not wanted any more."""
        self._timer.stop()
        self._stopped.set()
        self._worker.close()

    def _answer(self, problems: list[UserError]) -> None:
        if problems and not self._stopped.is_set():
            log.error("damaged at start: %s", ", ".join(problem.code for problem in problems))
            self._desk.refuse_writing()
            self.damaged.emit()
