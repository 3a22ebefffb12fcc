"""Killed with -9 at any moment: what was acknowledged is there, and nothing is there by half."""

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
import warnings
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.forms import order

from osdesk.domain.errors import UserError
from osdesk.jobs.backup import back_up, restore
from osdesk.jobs.check import check
from osdesk.persistence.backup_file import read
from osdesk.persistence.store import Store, open_store
from osdesk.services.orders.saving import add_order

NOW = datetime(2026, 11, 24, 17, 32, tzinfo=UTC)
SAVE = """
import pathlib, sys
from datetime import UTC, datetime
from osdesk.persistence.store import open_store
from osdesk.services.orders.saving import add_order
from tests.forms import order

clock = lambda: datetime.now(UTC)
store = open_store(pathlib.Path(sys.argv[1]), write=True, clock=clock)
for count in range(10_000):
    form = order(name=f"Cliente {sys.argv[2]} {count}", serial=None)
    number = store.database.run(add_order, form, now=clock(), author=None).number
    print(f"{number} {form.customer.name}", flush=True)
"""
ROOT = Path(__file__).resolve().parents[2]

forks = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")


def opened(folder: Path, *, create: bool = False) -> Store:
    return open_store(folder, write=True, create=create, clock=lambda: NOW)


def stored(folder: Path) -> dict[int, str]:
    """Customers' names by order number, of orders that are whole."""
    connection = sqlite3.connect(folder / "osdesk.db")
    rows = connection.execute(
        "SELECT o.number, c.name, (SELECT count(*) FROM items WHERE order_id = o.id),"
        " (SELECT count(*) FROM events WHERE order_id = o.id AND code = 'order_opened'),"
        " (SELECT count(*) FROM orders_fts WHERE rowid = o.number AND orders_fts MATCH 'cliente')"
        " FROM orders AS o JOIN customers AS c ON c.id = o.customer_id"
    ).fetchall()
    connection.close()
    assert all(row[2:] == (2, 1, 1) for row in rows)
    return {row[0]: row[1] for row in rows}


def assert_sound(folder: Path, *, create: bool = False) -> None:
    store = opened(folder, create=create)
    try:
        assert check(store) == []
        assert store.missing_changes == 0
    finally:
        store.close()


def test_nothing_acknowledged_is_lost_by_a_kill(shop_folder: Path) -> None:
    rng = random.Random(9)
    acknowledged: dict[int, str] = {}
    for turn in range(6):
        child = subprocess.Popen(
            [sys.executable, "-c", SAVE, str(shop_folder), str(turn)],
            stdout=subprocess.PIPE,
            cwd=ROOT,
            text=True,
        )
        assert child.stdout is not None
        lines = [child.stdout.readline() for _ in range(rng.randrange(3, 25))]
        time.sleep(rng.random() / 50)
        child.kill()
        lines += child.stdout.readlines()  # what it said before it died counts too
        child.wait()
        child.stdout.close()
        for line in lines:
            if line.endswith("\n"):
                number, _, name = line.strip().partition(" ")
                acknowledged[int(number)] = name
        assert acknowledged.items() <= stored(shop_folder).items()
        assert_sound(shop_folder)
    assert len(stored(shop_folder)) - len(acknowledged) <= 6  # at most the one in hand each time
    numbers = sorted(stored(shop_folder))
    assert numbers == list(range(1, len(numbers) + 1))


# -- killed at each of many places -----------------------------------------------------------------


def killed(work: Callable[[], object]) -> bool:
    """Run in a process of its own; whether it was killed before its end."""
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
        assert os.WTERMSIG(status) == signal.SIGKILL
        return True
    assert os.waitstatus_to_exitcode(status) == 0
    return False


def die_at(place: int, folder: Path) -> None:
    """From now on, the process dies at its ``place``-th act on a file of the folder."""
    left = place

    def hook(name: str, values: tuple[object, ...]) -> None:
        nonlocal left
        acts = ("open", "os.rename", "os.remove", "os.mkdir", "os.chmod", "sqlite3.connect/handle")
        if name in acts and (name.startswith("sqlite3") or str(folder) in str(values[0])):
            left -= 1
            if left < 0:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(hook)


@forks
def test_a_save_killed_in_the_middle_leaves_nothing(shop_folder: Path) -> None:
    def save(step: int) -> None:
        store = opened(shop_folder)
        steps = step

        def count() -> int:
            nonlocal steps
            steps -= 1
            if steps < 0:
                os.kill(os.getpid(), signal.SIGKILL)
            return 0

        def arm(session: object) -> None:
            raw = session.connection().connection.driver_connection  # type: ignore[attr-defined]
            raw.set_progress_handler(count, 10)

        store.database.run(arm)
        store.database.run(add_order, order(name="Cliente"), now=NOW, author=None)
        os._exit(0)

    deaths = 0
    for step in range(0, 1000, 11):
        if not killed(lambda at=step: save(at)):
            break
        deaths += 1
        assert stored(shop_folder) == {}
    assert deaths > 5
    assert stored(shop_folder) == {1: "Cliente"}
    assert_sound(shop_folder)


@forks
def test_a_first_start_killed_anywhere_can_be_started_again(tmp_path: Path) -> None:
    def start(folder: Path, place: int) -> None:
        die_at(place, folder)
        opened(folder, create=True).close()

    place, finished = 0, False
    while not finished:
        folder = tmp_path / str(place)
        finished = not killed(lambda at=place, where=folder: start(where, at))
        assert_sound(folder, create=True)
        place += 1
    assert place > 6


@forks
def test_a_backup_killed_anywhere_has_no_name(shop_folder: Path) -> None:
    def fill(store: Store) -> None:
        store.database.run(add_order, order(), now=NOW, author=None)
        store.files.add(b"picture")

    store = opened(shop_folder)
    fill(store)
    store.close()

    def make(place: int) -> None:
        store = open_store(shop_folder, write=False, clock=lambda: NOW)
        die_at(place, shop_folder)
        back_up(store, None, now=NOW)
        os._exit(0)

    place, finished = 0, False
    while not finished:
        finished = not killed(lambda at=place: make(at))
        for entry in (shop_folder / "backups").glob("*.zip"):
            read(entry)
        place += 3
    assert place > 10
    assert len(list((shop_folder / "backups").glob("*.zip"))) >= 1
    assert_sound(shop_folder)


@forks
@pytest.mark.parametrize("replace", [False, True])
def test_a_restore_killed_anywhere_leaves_the_old_or_the_new(
    shop_folder: Path, tmp_path: Path, *, replace: bool
) -> None:
    store = opened(shop_folder)
    store.database.run(add_order, order(name="Cliente"), now=NOW, author=None)
    file = Path(back_up(store, tmp_path / "usb", now=NOW).path)
    store.database.run(add_order, order(name="Cliente depois"), now=NOW, author=None)
    store.close()
    old, new = stored(shop_folder), {1: "Cliente"}

    def bring(folder: Path, place: int) -> None:
        die_at(place, folder)
        restore(file, folder, replace=replace, clock=lambda: NOW)
        os._exit(0)

    place, finished, seen = 0, False, set()
    folder = shop_folder if replace else tmp_path / "new"
    while not finished:
        finished = not killed(lambda at=place: bring(folder, at))
        if (folder / "osdesk.db").exists():
            state = stored(folder)
            assert state in (old, new) if replace else state == new
            seen.add(len(state))
            assert_sound(folder)
            if state == new and not finished:
                break
        place += 4
    assert place > 4
    if replace:
        assert len(list((folder / "backups").glob("*.zip"))) >= 1
    try:
        restore(file, folder, replace=True, clock=lambda: NOW)
    except UserError as error:
        pytest.fail(error.code)
    assert stored(folder) == new
