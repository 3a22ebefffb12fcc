"""A crash leaves a log beside the file. What belongs together is one; what does not is set aside.

osdesk is asked first: SQLite's own answer is of no use to a shop that the program locks out.
"""

import os
import signal
import sys
import warnings
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.forms import order

from osdesk.cli.main import main
from osdesk.domain.orders.status import OrderFilter
from osdesk.jobs.check import check
from osdesk.persistence.store import Store, open_store
from osdesk.services.orders.listing import order_page
from osdesk.services.orders.saving import add_order

NOW = datetime(2026, 11, 24, 17, 32, tzinfo=UTC)
PAGE = 4096

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs fork and limits of POSIX")


def opened(folder: Path, *, write: bool = True) -> Store:
    return open_store(folder, write=write, clock=lambda: NOW)


def add(store: Store, count: int = 1, name: str = "Cliente") -> None:
    for _ in range(count):
        form = order(name=name, serial=None, notes="x" * 3000)
        store.database.run(add_order, form, now=NOW, author=None)


def ask(store: Store, words: str) -> None:
    """One pragma on the connection that writes."""
    raw = store.database._writer.raw_connection()
    raw.driver_connection.execute(words)
    raw.close()


def when_folding(store: Store, act: Callable[[], object]) -> None:
    """Do something at the moment when closing begins to fold the log into the file."""
    raw = store.database._writer.raw_connection()
    raw.driver_connection.set_trace_callback(
        lambda words: act() if words.startswith("PRAGMA wal_checkpoint") else None
    )
    raw.close()


def numbers(store: Store) -> list[int]:
    page = store.database.read(order_page, OrderFilter.ALL, now=NOW)
    return sorted(row.number for row in page)


def ended_by(work: Callable[[], object]) -> int:
    """Run in a process of its own, which ends without closing anything; the signal that ended it,
    or 0."""
    with warnings.catch_warnings():  # other tests' threads; the child only uses files
        warnings.simplefilter("ignore", DeprecationWarning)
        child = os.fork()
    if child == 0:
        code = 1
        try:
            work()
            code = 0
        finally:
            os._exit(code)
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        return os.WTERMSIG(status)
    assert os.waitstatus_to_exitcode(status) == 0
    return 0


def is_short(database: Path) -> bool:
    """Whether a file has fewer pages than its own header says."""
    content = database.read_bytes()
    return len(content) < int.from_bytes(content[28:32], "big") * PAGE


def no_room_above(size: int) -> None:
    """From now on a write beyond a size kills the process, in the middle of what it does."""
    import resource

    signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


def commands_work(folder: Path) -> None:
    for words in (["list"], ["search", "Cliente"], ["check"], ["dashboard"]):
        assert main([*words, "--data", str(folder)]) == 0, words


# -- killed while the log is folded in ------------------------------------------------------------


@pytest.mark.parametrize(
    ("pages", "first"),
    [(0, "list"), (1, "check"), (2, "write"), (5, "list"), (9, "write"), (14, "check")],
)
def test_a_shop_killed_while_its_log_is_folded_in_opens_whole(
    shop_folder: Path, pages: int, first: str
) -> None:
    size = (shop_folder / "osdesk.db").stat().st_size

    def close() -> None:
        store = opened(shop_folder)
        add(store, 25)
        when_folding(store, lambda: no_room_above(size + pages * PAGE))
        store.close()

    assert ended_by(close) == signal.SIGXFSZ
    assert is_short(shop_folder / "osdesk.db")
    if first != "write":
        assert main([first, "--data", str(shop_folder)]) == 0
    store = opened(shop_folder)
    assert numbers(store) == list(range(1, 26))
    assert store.missing_changes == 0
    assert check(store) == []
    add(store)
    store.close()
    commands_work(shop_folder)


def test_a_shop_killed_between_two_saves_opens_whole(shop_folder: Path) -> None:
    """The log is folded in at each thousand pages too, while the window is open."""

    def save() -> None:
        store = opened(shop_folder)
        ask(store, "PRAGMA wal_autocheckpoint=50")
        no_room_above(2 * (shop_folder / "osdesk.db").stat().st_size)
        add(store, 400)

    assert ended_by(save) == signal.SIGXFSZ
    assert is_short(shop_folder / "osdesk.db")
    store = opened(shop_folder)
    assert len(numbers(store)) > 11
    assert check(store) == []
    store.close()
    commands_work(shop_folder)


def test_a_first_page_that_is_only_in_the_log(shop_folder: Path) -> None:
    """Cut off while the first page was written: it stands whole in the log."""
    ended_by(lambda: add(opened(shop_folder), 25))
    with (shop_folder / "osdesk.db").open("r+b") as file:
        file.write(bytes(PAGE))
    assert main(["list", "--data", str(shop_folder)]) == 0
    store = opened(shop_folder)
    assert numbers(store) == list(range(1, 26))
    assert check(store) == []
    store.close()


# -- a log that is gone ---------------------------------------------------------------------------


def test_a_log_that_is_gone_after_a_kill_is_missed(
    shop_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def save() -> None:
        store = opened(shop_folder)
        add(store, 20)
        os.kill(os.getpid(), signal.SIGKILL)

    assert ended_by(save) == signal.SIGKILL
    (shop_folder / "osdesk.db-wal").unlink()
    (shop_folder / "osdesk.db-shm").unlink()
    assert main(["check", "--data", str(shop_folder)]) == 1
    assert "agora faltam: 22" in capsys.readouterr().err  # orders, a customer, a technician
    store = opened(shop_folder)
    assert store.missing_changes == 22
    add(store, 60)
    store.close()
    store = opened(shop_folder)
    assert store.missing_changes > 0, "what is gone stays gone, however much comes after"
    store.close()
