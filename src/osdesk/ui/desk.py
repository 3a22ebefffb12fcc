"""What screens reach the shop through: read, write, work in the background, learn what changed."""

import sys
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar
from zoneinfo import ZoneInfo

from PySide6.QtCore import QObject, Signal

from osdesk.domain.topics import Topic
from osdesk.domain.views.shop import ShopView
from osdesk.persistence.store import Store
from osdesk.services.shop.shop import shop_view
from osdesk.ui.tasks import Task, Tasks

P = ParamSpec("P")
R = TypeVar("R")


def clock() -> datetime:
    return datetime.now(UTC)


def topic_of(service: Callable[..., object]) -> Topic:
    """What a service writes: its module says it in ``TOPIC``."""
    topic: Topic = sys.modules[service.__module__].TOPIC
    return topic


class Desk(QObject):
    """One open shop. Services get a session as their first argument from ``read`` and ``write``."""

    changed = Signal(Topic)
    """What a write changed: the topic of the service that wrote."""
    author_changed = Signal()

    def __init__(
        self,
        store: Store,
        clock: Callable[[], datetime] = clock,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.store = store
        self.tasks = Tasks(store, self)
        self.author: int | None = None
        self._clock = clock
        self._shop: ShopView | None = None
        self._zone: ZoneInfo | None = None

    @property
    def folder(self) -> Path:
        return self.store.folder

    @property
    def shop(self) -> ShopView:
        if self._shop is None:
            self._shop = self.read(shop_view)
        return self._shop

    @property
    def zone(self) -> ZoneInfo:
        if self._zone is None:
            self._zone = ZoneInfo(self.shop.zone)
        return self._zone

    def now(self) -> datetime:
        return self._clock()

    def local_now(self) -> datetime:
        """This moment as the shop's wall clock shows it."""
        return self._clock().astimezone(self.zone)

    def today(self) -> date:
        return self.local_now().date()

    def set_author(self, employee: int | None) -> None:
        """Who serves from now on: the author of what is recorded."""
        if employee != self.author:
            self.author = employee
            self.author_changed.emit()

    def read(
        self, service: Callable[Concatenate[Any, P], R], *args: P.args, **kwargs: P.kwargs
    ) -> R:
        result: R = self.store.database.read(service, *args, **kwargs)
        return result

    def write(
        self, service: Callable[Concatenate[Any, P], R], *args: P.args, **kwargs: P.kwargs
    ) -> R:
        """One user action, one transaction; then all who show something hear of it."""
        result = self.write_quietly(service, *args, **kwargs)
        self.tell(topic_of(service))
        return result

    def write_quietly(
        self, service: Callable[Concatenate[Any, P], R], *args: P.args, **kwargs: P.kwargs
    ) -> R:
        """One transaction of several in a row, ``tell`` after the last; or one that changes nothing
        that any screen shows."""
        result: R = self.store.database.run(service, *args, **kwargs)
        return result

    def refuse_writing(self) -> None:
        """The file is damaged: from now on every write raises ``shop_read_only``."""
        self.store.database.refuse_writing()

    @property
    def refuses(self) -> bool:
        return self.store.database.refuses

    def read_later(
        self,
        service: Callable[..., R],
        *args: object,
        done: Callable[[R], object],
        owner: QObject | None = None,
        **kwargs: object,
    ) -> Task:
        """A reading that may take long with many orders: its result arrives at ``done``."""

        def work(store: Store) -> R:
            result: R = store.database.read(service, *args, **kwargs)
            return result

        return self.tasks.run(work, done=done, owner=owner)

    def tell(self, what: Topic) -> None:
        """Say that something was changed by another way than ``write``: a job did it."""
        self._shop = self._zone = None
        self.changed.emit(what)

    def close(self) -> None:
        self.tasks.close()
        self.store.close()
