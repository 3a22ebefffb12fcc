"""One background worker for what takes longer than 50 ms; answers arrive on the GUI thread.

The object that owns the signal lives on the GUI thread, so an answer is an ordinary event there.
The answer to a task that was dropped, or whose owner is gone, is thrown away.
"""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from queue import SimpleQueue
from threading import Event, Thread

from PySide6.QtCore import QObject, Qt, Signal

from osdesk.domain.errors import UserError


class Dropped(Exception):  # noqa: N818 - a way out, not an error
    """Raised inside work that reports progress once nobody wants its answer."""


@dataclass(frozen=True)
class _Work:
    """What the worker gets of a task: its key, what to call, and whether it is still wanted."""

    key: int
    call: Callable[[], object]
    wanted: Event


class Task:
    """One piece of work that was asked for; ``drop()`` says that its answer is not wanted.

    It stays on the GUI thread: signals are connected to it, and Qt's and Python's locks wait for
    each other for ever where the worker lets go of it while the window connects or disconnects.
    """

    def __init__(
        self,
        work: _Work,
        done: Callable[[object], object] | None,
        failed: Callable[[UserError], object] | None,
        always: Callable[[], object] | None,
        progress: Callable[..., object] | None,
    ) -> None:
        self.work = work
        self.done = done
        self.failed = failed
        self.always = always
        self.progress = progress

    def drop(self, *_: object) -> None:
        self.work.wanted.clear()


class Tasks(QObject):
    """The worker: one thread, first come first served, started when it is first needed."""

    _ended = Signal(int, object, object)
    """A task's key, its answer, what it raised."""
    _advanced = Signal(int, object)
    """A task's key, how far it has come."""

    def __init__(self, store: object, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._store = store
        self._queue: SimpleQueue[_Work | None] = SimpleQueue()
        self._thread: Thread | None = None
        self._keys = count()
        self._tasks: dict[int, Task] = {}
        self._ended.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._advanced.connect(self._tell, Qt.ConnectionType.QueuedConnection)

    @property
    def busy(self) -> bool:
        return bool(self._tasks)

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
        that nobody can mend is raised on the GUI thread, for the crash handler.
        """
        key, wanted = next(self._keys), Event()
        wanted.set()
        if progress is not None:
            kwargs["progress"] = lambda *step: self._step(key, wanted, step)
        work = _Work(key, lambda: function(self._store, *args, **kwargs), wanted)
        task = self._tasks[key] = Task(work, done, failed, always, progress)
        if owner is not None:
            owner.destroyed.connect(task.drop)
        if self._thread is None:
            self._thread = Thread(target=self._loop, name="osdesk-worker", daemon=True)
            self._thread.start()
        self._queue.put(work)
        return task

    def close(self) -> None:
        """Let the running task end, drop those that wait, stop the thread."""
        if self._thread is not None:
            while not self._queue.empty():
                work = self._queue.get()
                if work is not None:
                    work.wanted.clear()
            self._queue.put(None)
            self._thread.join()
            self._thread = None

    def _loop(self) -> None:
        while True:
            work = self._queue.get()
            if work is None:
                return
            answer: object = None
            failure: BaseException | None = None
            if work.wanted.is_set():
                try:
                    answer = work.call()
                except BaseException as error:  # noqa: BLE001 - it is raised on the GUI thread
                    failure = error
            key = work.key
            del work  # the task has it too: what it holds goes away there, on the GUI thread
            try:
                self._ended.emit(key, answer, failure)
            except RuntimeError:  # destroyed without close(): nobody is left to hear of it
                return

    def _step(self, key: int, wanted: Event, step: tuple[object, ...]) -> None:
        if not wanted.is_set():
            raise Dropped
        self._advanced.emit(key, step)

    def _tell(self, key: int, step: tuple[object, ...]) -> None:
        task = self._tasks.get(key)
        if task is not None and task.progress is not None and task.work.wanted.is_set():
            task.progress(*step)

    def _deliver(self, key: int, answer: object, failure: BaseException | None) -> None:
        task = self._tasks.pop(key)
        if not task.work.wanted.is_set():
            return
        try:
            if isinstance(failure, UserError) and task.failed is not None:
                task.failed(failure)
            elif failure is not None:
                raise failure
            elif task.done is not None:
                task.done(answer)
        finally:
            if task.always is not None:
                task.always()
