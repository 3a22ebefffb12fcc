"""The same act on many orders, one after the other: each in a transaction of its own, the window
alive between two of them, and at the end what became of each."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QObject, QTimer, Signal

from osdesk.domain.errors import UserError
from osdesk.domain.topics import Topic
from osdesk.ui.desk import Desk


@dataclass
class Outcome:
    done: list[int] = field(default_factory=list)
    refused: dict[int, UserError] = field(default_factory=dict)
    left: list[int] = field(default_factory=list)
    """Not tried: it was stopped, or nothing could be written any more."""


class OrdersRun(QObject):
    """``act`` takes a number and writes quietly; whoever shows something hears of it at the end."""

    advanced = Signal(int, int)
    """How many were tried, out of how many."""
    finished = Signal(object)
    """An ``Outcome``."""

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._act: Callable[[int], object] = int
        self._waiting: list[int] = []
        self._outcome = Outcome()
        self._total = 0
        self._tick = QTimer(self, interval=0)
        self._tick.timeout.connect(self._next)

    @property
    def busy(self) -> bool:
        return self._tick.isActive()

    def start(self, numbers: Sequence[int], act: Callable[[int], object]) -> None:
        self._waiting, self._act = list(numbers), act
        self._outcome, self._total = Outcome(), len(numbers)
        self._tick.start()

    def stop(self) -> None:
        """Leave the rest as it is."""
        self._outcome.left, self._waiting = self._waiting, []

    def _next(self) -> None:
        if not self._waiting:
            self._end()
            return
        number = self._waiting.pop(0)
        try:
            self._act(number)
        except UserError as error:
            self._outcome.refused[number] = error
        except BaseException:
            self.stop()  # a bug: nothing more is tried, and what was done is told
            self._end()
            raise
        else:
            self._outcome.done.append(number)
        self.advanced.emit(self._total - len(self._waiting), self._total)

    def _end(self) -> None:
        self._tick.stop()
        if self._outcome.done:
            self._desk.tell(Topic.ORDERS)
        self.finished.emit(self._outcome)
