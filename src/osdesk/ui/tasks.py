"""One background worker for what takes longer than a blink; answers arrive on the GUI thread.

The object that owns the signal lives on the GUI thread, so an answer is an ordinary event there.
The answer to a task that was dropped, or whose owner is gone, is thrown away.
"""

from collections.abc import Callable
from queue import SimpleQueue
from threading import Thread

from PySide6.QtCore import QObject, Qt, Signal

from osdesk.domain.errors import UserError


class Dropped(Exception):  # noqa: N818 - a way out, not an error
    """Raised inside work that reports progress once nobody wants its answer."""


class Task:
    """One piece of work that was asked for; ``drop()`` says that its answer is not wanted."""

    def __init__(
        self,
        work: Callable[[], object],
        done: Callable[[object], object] | None,
        failed: Callable[[UserError], object] | None,
        always: Callable[[], object] | None,
    ) -> None:
        self.work = work
        self.done = done
        self.failed = failed
        self.always = always
        self.dropped = False
        self.answer: object = None
        self.error: BaseException | None = None

    def drop(self, *_: object) -> None:
        self.dropped = True


class Tasks(QObject):
    """The worker: one thread, first come first served, started when it is first needed."""

    _ended = Signal(object)
    _advanced = Signal(object, object)

    def __init__(self, store: object, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._store = store
        self._queue: SimpleQueue[Task | None] = SimpleQueue()
        self._thread: Thread | None = None
        self._waiting = 0
        self._ended.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._advanced.connect(self._tell, Qt.ConnectionType.QueuedConnection)

    @property
    def busy(self) -> bool:
        return self._waiting > 0

    def run(
        self,
        function: Callable[..., object],
        *args: object,
        done: Callable[..., object] | None = None,
        failed: Callable[[UserError], object] | None = None,
        always: Callable[[], object] | None = None,
        owner: QObject | None = None,
        progress: Callable[..., object] | None = None,
        **kwargs: object,
    ) -> Task:
        """Call ``function(store, *args, **kwargs)`` on the worker.

        ``done(result)``, ``failed(UserError)`` and then ``always()`` are called on the GUI thread,
        none of them once ``owner`` is gone. With ``progress`` the function gets an argument of
        that name, and what it calls it with arrives at ``progress`` on the GUI thread. A failure
        that nobody can mend is raised on the GUI thread, for the last-resort hook.
        """
        task = Task(lambda: function(self._store, *args, **kwargs), done, failed, always)
        if progress is not None:
            kwargs["progress"] = lambda *step: self._step(task, progress, step)
        if owner is not None:
            owner.destroyed.connect(task.drop)
        if self._thread is None:
            self._thread = Thread(target=self._loop, name="osdesk-worker", daemon=True)
            self._thread.start()
        self._waiting += 1
        self._queue.put(task)
        return task

    def close(self) -> None:
        """Let the work at hand come to its end, drop what waits, stop the thread."""
        if self._thread is not None:
            while not self._queue.empty():
                task = self._queue.get()
                if task is not None:
                    task.drop()
            self._queue.put(None)
            self._thread.join()
            self._thread = None

    def _loop(self) -> None:
        while True:
            task = self._queue.get()
            if task is None:
                return
            if not task.dropped:
                try:
                    task.answer = task.work()
                except BaseException as error:  # noqa: BLE001 - it is raised on the GUI thread
                    task.error = error
            self._ended.emit(task)

    def _step(self, task: Task, progress: Callable[..., object], step: tuple[object, ...]) -> None:
        if task.dropped:
            raise Dropped
        self._advanced.emit((task, progress), step)

    def _tell(self, to: tuple[Task, Callable[..., object]], step: tuple[object, ...]) -> None:
        task, progress = to
        if not task.dropped:
            progress(*step)

    def _deliver(self, task: Task) -> None:
        self._waiting -= 1
        if task.dropped:
            return
        try:
            if isinstance(task.error, UserError) and task.failed is not None:
                task.failed(task.error)
            elif task.error is not None:
                raise task.error
            elif task.done is not None:
                task.done(task.answer)
        finally:
            if task.always is not None:
                task.always()
