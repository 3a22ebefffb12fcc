"""What the window looks after: a check at start, codes erased in time, a backup each hour and at
close, once a month a drill."""

import logging
from datetime import timedelta
from pathlib import Path
from threading import Event
from typing import Any

from PySide6.QtCore import QObject, QProcess, QTimer, Signal

from osdesk.domain.backup_rules import is_drill_due
from osdesk.domain.errors import UserError
from osdesk.domain.topics import Topic
from osdesk.domain.views.shop import Drill
from osdesk.paths import own_dir, program
from osdesk.texts.backups import SafetyWords, safety_words
from osdesk.ui.desk import Desk
from osdesk.ui.tasks import Tasks
from osdesk.ui.window.status_line import StatusLine
from osdesk.ui.window_settings import WindowSettings

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
        if self._stopped.is_set():
            return
        if problems:
            log.error("damaged at start: %s", ", ".join(problem.code for problem in problems))
            self._desk.refuse_writing()
            self.damaged.emit()
            return
        from osdesk.jobs.privacy import drop_unused_files

        self._worker.run(drop_unused_files, now=self._desk.now())


WIPE_AFTER_START_MS = 5_000
"""The first page of the list has come, and the look for damage has begun."""
AGAIN_MS = 3_600_000
"""The program may stay open for weeks: each hour is looked whether a day has passed."""


class CodeWiper(QObject):
    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._timer = QTimer(self, singleShot=True, interval=WIPE_AFTER_START_MS)
        self._timer.timeout.connect(self.wipe)
        self._timer.start()

    def wipe(self) -> None:
        """In the background; nothing is written where nothing is due."""
        self._timer.start(AGAIN_MS)
        if self._desk.refuses:
            return
        now = self._desk.now()

        def work(store: Any) -> int:
            from osdesk.services.orders.access_codes import codes_due, wipe_due

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


def show_safety(desk: Desk, settings: WindowSettings, status: StatusLine) -> Drill | None:
    """How safe the work is, at the window's foot; a demonstration is not backed up. Returns what
    came of the last drill."""
    from osdesk.jobs.places import safety

    if own_dir(desk.folder) is not None:
        status.show_safety(SafetyWords("Demonstração, sem backup", "", ""))
        return None
    try:
        found = safety(desk.store, settings.second_place, settings.second_seen)
    except UserError as error:
        log.warning("backups not looked at: %s", error.code)  # who saves or reads hears of it
        return None
    status.show_safety(safety_words(found, desk.local_now()))
    return found.drill


def backup_wanted(desk: Desk, *, closing: bool = True) -> bool:
    """Whether a backup is due, while the window is open or when it closes. Not of a damaged shop,
    which would look like a good one, of a demonstration, or where nothing is in it yet."""
    if desk.refuses or own_dir(desk.folder) is not None:
        return False
    from osdesk.jobs.backup import backup_due

    try:
        if desk.shop.next_number == 1 and not desk.shop.name:
            return False
        return backup_due(desk.store, now=desk.now(), closing=closing)
    except UserError as error:
        log.warning("no backup: %s", error.code)
        return False


LOOK_MS = 300_000
"""Every five minutes is looked whether an hour's work waits for its backup."""
SOON_MS = 20_000
"""After the start: a crash may have left work that no close has backed up."""


class HourlyBackup(QObject):
    """``wanted``: something changed, and the last backup is an hour old."""

    wanted = Signal(Path)
    looked = Signal()
    """What is shown of the newest backup may be older than the backup."""

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._timer = QTimer(self, interval=LOOK_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()
        self._soon = QTimer(self, singleShot=True, interval=SOON_MS)
        self._soon.timeout.connect(self.look)
        self._soon.start()

    def look(self) -> None:
        self.looked.emit()
        if backup_wanted(self._desk, closing=False):
            self.wanted.emit(self._desk.folder)

    def stop(self) -> None:
        self._timer.stop()
        self._soon.stop()


DRILL_LOOK_MS = 600_000
"""Not in the first minutes of a day, when everybody waits for the program."""
PATIENCE = timedelta(hours=6)
"""One that was asked for and left no result is not asked for again at once."""


class MonthlyDrill(QObject):
    """``wanted``: a month has passed since the newest backups were tried."""

    wanted = Signal(Path)

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._asked = desk.now() - PATIENCE
        self._timer = QTimer(self, interval=DRILL_LOOK_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def look(self) -> None:
        from osdesk.jobs.backup import last_backup
        from osdesk.jobs.drill import last_drill

        desk, now = self._desk, self._desk.now()
        if desk.refuses or desk.tasks.busy or own_dir(desk.folder) is not None:
            return
        try:
            last = last_drill(desk.store)
            there = last_backup(desk.store.backups, desk.shop.shop_id) is not None
        except UserError as error:
            log.warning("no drill: %s", error.code)
            return
        due = is_drill_due(last.at if last else None, failed=bool(last and last.failed), now=now)
        if there and due and now - self._asked >= PATIENCE:
            self._asked = now
            self.wanted.emit(desk.folder)

    def stop(self) -> None:
        self._timer.stop()


def start_backup(folder: Path) -> None:
    """Make the backup that is due in a process of its own, which may outlive this one.

    It only reads the shop, so the next start need not wait for it.
    """
    _start_apart(folder, "--if-due")


def start_drill(folder: Path) -> None:
    """Try the newest backups, in a process of its own too."""
    _start_apart(folder, "--drill")


def _start_apart(folder: Path, what: str) -> None:
    from osdesk.jobs.places import find
    from osdesk.ui.backups.volumes import mounted

    second = find(WindowSettings(folder).second_place, mounted())
    also = ["--also", str(second)] if second else []
    first, *words = program("backup", what, *also, "--data", str(folder))
    process = QProcess()
    process.setProgram(first)
    process.setArguments(words)
    process.setStandardInputFile(QProcess.nullDevice())
    process.setStandardOutputFile(QProcess.nullDevice())
    process.setStandardErrorFile(QProcess.nullDevice())
    started: object = process.startDetached()  # a bool, though its stub says a pair
    if not started:
        log.warning("not started: backup %s: %s", what, process.error().name)
