"""A crash leaves a log beside the file. What belongs together is one; what does not is set aside.

osdesk is asked first: SQLite's own answer is of no use to a shop that the program locks out.
"""

import os
import shutil
import signal
import sqlite3
import sys
import warnings
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.forms import order

from osdesk.cli.main import main
from osdesk.domain.orders.status import OrderFilter
from osdesk.jobs.backup import back_up
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


# -- a log of another file -------------------------------------------------------------------------


def killed_after(folder: Path, count: int, name: str = "Cliente") -> None:
    """Orders that only the log has: the program was killed after the last one."""

    def save() -> None:
        store = opened(folder)
        add(store, count, name)
        os.kill(os.getpid(), signal.SIGKILL)

    assert ended_by(save) == signal.SIGKILL


def bytes_of(folder: Path) -> dict[str, bytes]:
    return {
        end: (folder / f"osdesk.db{end}").read_bytes()
        for end in ("", "-wal")
        if (folder / f"osdesk.db{end}").exists()
    }


def copy_over(older: Path, folder: Path) -> None:
    """What somebody does who has a copy of the file: over the one that is there, beside its log."""
    (folder / "osdesk.db").write_bytes(older.read_bytes())


def other_history(folder: Path, tmp_path: Path) -> None:
    """A file of a month ago over the crash of today."""
    store = opened(folder)
    add(store, 2)
    store.close()
    shutil.copyfile(folder / "osdesk.db", tmp_path / "older.db")
    store = opened(folder)
    add(store, 40)
    store.close()
    killed_after(folder, 5)
    copy_over(tmp_path / "older.db", folder)


def left_over(folder: Path, tmp_path: Path) -> None:
    """A log of last week, left beside the file of today, which was closed well."""
    killed_after(folder, 5)
    shutil.copyfile(folder / "osdesk.db-wal", tmp_path / "log")
    store = opened(folder)
    add(store, 40)
    store.close()
    shutil.copyfile(tmp_path / "log", folder / "osdesk.db-wal")


def other_shop(folder: Path, tmp_path: Path) -> None:
    """The log of another shop."""
    store = opened(folder)
    add(store, 40)
    store.close()
    shutil.copytree(folder, tmp_path / "other")
    killed_after(tmp_path / "other", 30, "Outra loja")
    store = opened(folder)
    add(store, 1)
    store.close()
    shutil.copyfile(tmp_path / "other" / "osdesk.db-wal", folder / "osdesk.db-wal")


@pytest.mark.parametrize("make", [other_history, left_over, other_shop])
def test_a_log_of_another_file_is_never_folded_in(
    shop_folder: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    make: Callable[[Path, Path], None],
) -> None:
    make(shop_folder, tmp_path)
    before = bytes_of(shop_folder)
    capsys.readouterr()
    for words in ("list", "check", "backup", "upgrade --dry-run", "order add -"):
        assert main([*words.split(), "--data", str(shop_folder)]) == 1
        said = capsys.readouterr().err
        assert bytes_of(shop_folder) == before, "nothing is written"
        (kept,) = (shop_folder / "backups").glob("registro-a-parte-*.db")
        assert kept.read_bytes() == before[""], "both are set aside, once"
        assert kept.with_name(f"{kept.name}-wal").read_bytes() == before["-wal"]
        assert str(kept) in said
        assert "O banco sozinho tem" in said
        assert "a última alteração é de 24/11/2026" in said


@pytest.mark.parametrize("make", [other_history, left_over])
def test_a_shop_beside_another_log_is_brought_back_from_its_backup(
    shop_folder: Path, tmp_path: Path, make: Callable[[Path, Path], None]
) -> None:
    store = opened(shop_folder)
    add(store, 3, "Antes")
    file = back_up(store, tmp_path / "usb", now=NOW).path
    store.close()
    make(shop_folder, tmp_path)
    before = bytes_of(shop_folder)
    assert main(["restore", file, "--replace", "--data", str(shop_folder)]) == 0
    store = opened(shop_folder)
    assert numbers(store) == [1, 2, 3]
    assert check(store) == []
    store.close()
    kept = [path.read_bytes() for path in (shop_folder / "backups").iterdir()]
    assert before[""] in kept
    assert before["-wal"] in kept


def test_taking_the_log_away_opens_the_file_alone(shop_folder: Path, tmp_path: Path) -> None:
    other_history(shop_folder, tmp_path)
    assert main(["list", "--data", str(shop_folder)]) == 1
    (shop_folder / "osdesk.db-wal").unlink()
    store = opened(shop_folder)
    assert numbers(store) == [1, 2]
    assert store.missing_changes > 40
    store.close()


def test_a_log_whose_end_is_gone_is_kept_and_its_beginning_counts(shop_folder: Path) -> None:
    killed_after(shop_folder, 10)
    log = shop_folder / "osdesk.db-wal"
    content = bytearray(log.read_bytes())
    content[len(content) * 3 // 4] ^= 1  # what a failing disk does
    log.write_bytes(content)
    store = opened(shop_folder)
    assert 0 < len(numbers(store)) < 10
    assert store.missing_changes > 0
    (kept,) = (shop_folder / "backups").glob("registro-a-parte-*.db-wal")
    assert kept.read_bytes() == content
    store.close()
    assert main(["check", "--data", str(shop_folder)]) == 1


def test_a_folder_copied_after_a_crash_opens_whole(shop_folder: Path, tmp_path: Path) -> None:
    """The same file and log on another disk: every time of change is another."""
    killed_after(shop_folder, 10)
    for path in sorted(shop_folder.iterdir()):
        (tmp_path / "new").mkdir(exist_ok=True)
        (tmp_path / "new" / path.name).write_bytes(path.read_bytes())
    commands_work(tmp_path / "new")
    assert not (tmp_path / "new" / "backups").exists()


def test_a_shop_that_was_spoilt_before_opens_after_a_crash(shop_folder: Path) -> None:
    """What somebody changed by hand long ago is for ``check`` to say, not a reason to stay shut."""
    store = opened(shop_folder)
    add(store, 2)
    store.close()
    connection = sqlite3.connect(shop_folder / "osdesk.db")
    connection.execute("UPDATE orders SET paid = 5, balance = total - 5 WHERE number = 1")
    connection.commit()
    connection.close()
    killed_after(shop_folder, 3)
    os.utime(shop_folder / "osdesk.db")
    store = opened(shop_folder)
    assert numbers(store) == [1, 2, 3, 4, 5]
    store.close()


def test_a_reader_beside_the_window_does_not_look_at_its_log(shop_folder: Path) -> None:
    store = opened(shop_folder)
    add(store, 3)
    os.utime(shop_folder / "osdesk.db")
    (shop_folder / "osdesk.mark").write_text('{"event": 99, "hash": "x", "log": "y"}')
    reader = opened(shop_folder, write=False)
    assert numbers(reader) == [1, 2, 3]
    reader.close()
    assert not (shop_folder / "backups").exists()
    store.close()
