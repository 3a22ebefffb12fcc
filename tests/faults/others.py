"""Faults that are no single call: a small disk, two processes, wrong clocks, the network."""

import contextlib
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from tests.faults.acts import clock, done, words
from tests.faults.asking import LockedOutError, damage, osdesk, shown
from tests.faults.cases import Bench, DamagedError, LostError, Row
from tests.faults.traced import STRACE
from tests.forms import order

from osdesk.jobs.backup import back_up_if_due
from osdesk.persistence.store import open_store
from osdesk.services.orders.saving import add_order

SMALL = 3 * 1024 * 1024
"""Bytes of the small disk; an empty shop has half a megabyte."""


# -- a small disk ---------------------------------------------------------------------------------


def small_disk(bench: Bench, row: Row) -> Row:
    """Orders until there is no room, then every command beside it, then room again."""
    if not _mounts(bench):
        row.left_out = "a small disk can only be made by the administrator"
        return row
    for turn in range(min(bench.tries or 20, 20)):
        place = bench.fresh("small")
        with row.one(f"turn {turn}"), _disk(place):
            _fill_up(place, bench.rng(f"{row.case} {turn}").randrange(0, 200_000))
            row.refused += 1
    return row


def _mounts(bench: Bench) -> bool:
    place = bench.fresh("mount")
    try:
        with _disk(place):
            return True
    except (OSError, subprocess.CalledProcessError):
        return False


@contextmanager
def _disk(place: Path) -> Iterator[None]:
    line = ["mount", "-t", "tmpfs", "-o", f"size={SMALL}", "none", str(place)]
    subprocess.run(line, check=True, capture_output=True)
    try:
        yield
    finally:
        subprocess.run(["umount", str(place)], check=True, capture_output=True)


def _fill_up(place: Path, left: int) -> None:
    shop, papers = place / "shop", Path(tempfile.mkdtemp(dir=place.parent))
    first = papers / "order.json"
    first.write_text(words("Ana Souza", notes="x" * 15_000), encoding="utf-8")
    done(osdesk(shop, "order", "add", first))
    filler = place / "filler"
    free = os.statvfs(place).f_bavail * os.statvfs(place).f_frsize
    filler.write_bytes(bytes(max(0, free - left - 100_000)))
    acknowledged = 1
    while (answer := osdesk(shop, "order", "add", first)).code == 0:
        acknowledged += 1
    if not answer.plain:
        raise DamagedError(f"no plain sentence: {answer.err}")
    with contextlib.suppress(OSError), filler.open("ab", buffering=0) as more:
        while True:
            more.write(bytes(4096))
    for line in (["list"], ["order", "show", "1"], ["check"], ["dashboard"]):
        if (answer := osdesk(shop, *line)).code != 0:
            raise LockedOutError(f"without room, {line}: {answer.err}")
    if not (answer := osdesk(shop, "backup")).plain or answer.code == 0:
        raise DamagedError(f"backup without room: {answer}")
    filler.unlink()
    _expect_orders(shop, acknowledged, at_most=acknowledged)
    done(osdesk(shop, "order", "add", first))
    done(osdesk(shop, "backup"))


def _expect_orders(shop: Path, at_least: int, *, at_most: int) -> None:
    numbers = sorted(shown(shop))
    if not at_least <= len(numbers) <= at_most or numbers != list(range(1, len(numbers) + 1)):
        raise LostError(f"{at_least} to {at_most} were acknowledged, there are {numbers}")
    if wrong := damage(shop):
        raise DamagedError("; ".join(wrong))


# -- two processes --------------------------------------------------------------------------------


def two_processes(bench: Bench, row: Row) -> Row:
    """Eight writers at once; commands beside who holds the shop; the next start after a kill."""
    for turn in range(min(bench.tries or 50, 50)):
        place = bench.fresh("two")
        file = place / "order.json"
        file.write_text(words("Ana Souza"), encoding="utf-8")
        shop = place / "shop"
        done(osdesk(shop, "order", "add", file))
        with row.one(f"turn {turn}"):
            codes = _at_once(
                8, lambda shop=shop, file=file: osdesk(shop, "order", "add", file).code
            )  # type: ignore[misc]  # ends before the loop goes on
            if set(codes) - {0, 3}:
                raise DamagedError(f"exit codes {codes}")
            row.refused += codes.count(3) > 0
            _expect_orders(shop, 1 + codes.count(0), at_most=1 + codes.count(0))
            _beside_a_holder(shop, file)
            _killed_holder(shop, file)
    return row


def _at_once(count: int, work: Callable[[], int]) -> list[int]:
    """The answers of so many processes that begin at the same moment."""
    wait, go = os.pipe()
    children = []
    for _ in range(count):
        child = os.fork()
        if child == 0:
            code = 99
            try:
                os.close(go)
                os.read(wait, 1)
                code = work()
            finally:
                os._exit(code)
        children.append(child)
    os.close(wait)
    os.close(go)
    return [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children]


def _beside_a_holder(shop: Path, file: Path) -> None:
    store = open_store(shop, write=True, clock=clock)
    try:
        for line in (["list"], ["check"], ["backup", "--to", str(shop.parent / "usb")]):
            if (answer := osdesk(shop, *line)).code != 0:
                raise LockedOutError(f"beside a window, {line}: {answer.err}")
        if (answer := osdesk(shop, "order", "add", file)).code != 3:
            raise DamagedError(f"a second writer: {answer}")
    finally:
        store.close()


def _killed_holder(shop: Path, file: Path) -> None:
    before = len(shown(shop))

    def hold() -> int:
        store = open_store(shop, write=True, clock=clock)
        store.database.run(add_order, order(name="Bia Alves"), now=clock(), author=None)
        os.kill(os.getpid(), signal.SIGKILL)
        return 0

    if _at_once(1, hold) != [-signal.SIGKILL]:
        raise DamagedError("the holder was not killed")
    answer = osdesk(shop, "order", "add", file)
    if answer.code != 0:
        raise LockedOutError(f"after a kill: {answer.err}")
    _expect_orders(shop, before + 2, at_most=before + 2)


# -- clocks ---------------------------------------------------------------------------------------

ZONES = ("America/Sao_Paulo", "Pacific/Kiritimati", "Etc/GMT+12", "America/Noronha")
JUMPS = (
    timedelta(0),
    timedelta(days=46),
    timedelta(days=-20 * 365),
    timedelta(days=8 * 365),
    timedelta(days=-1),
    timedelta(hours=1),
    timedelta(0),
)
RIGHT = datetime.fromisoformat("2026-11-24T17:32:00+00:00")


def clocks(bench: Bench, row: Row) -> Row:
    """A shop under wrong clocks and zones, one after the other: nothing goes, numbers go on, and
    under the right clock the daily backup is made again."""
    before = os.environ.get("TZ")
    for zone in ZONES:
        os.environ["TZ"] = zone
        time.tzset()
        shop = bench.fresh("clock") / "shop"
        for turn, jump in enumerate(JUMPS):
            with row.one(f"{zone}, {jump}"):
                _a_day(shop, RIGHT + jump, turn)
        with row.one(f"{zone}, the next day"):
            _a_day(shop, RIGHT + timedelta(days=1), len(JUMPS))
    os.environ.pop("TZ")
    if before is not None:
        os.environ["TZ"] = before
    time.tzset()
    return row


def _a_day(shop: Path, now: datetime, turn: int) -> None:
    store = open_store(shop, write=True, create=True, clock=lambda: now)
    try:
        there = set(store.backups.glob("*.zip")) if store.backups.exists() else set()
        form = order(name="Ana Souza", serial=None)
        number = store.database.run(add_order, form, now=now, author=None).number
        made = back_up_if_due(store, now=now)
        if number != turn + 1:
            raise LostError(f"number {number} after {turn} orders")
        if made is None or there - set(store.backups.glob("*.zip")):
            raise DamagedError("no backup was made, or one is gone")
    finally:
        store.close()
    _expect_orders(shop, turn + 1, at_most=turn + 1)


# -- the network ----------------------------------------------------------------------------------


def network(bench: Bench, row: Row) -> Row:
    """Commands, tour and window under strace: no socket but those of this machine itself."""
    from tests.faults.test_network import COMMANDS, LINES, WINDOW

    place = bench.fresh("network")
    (place / "order.json").write_text(words("Ana Souza"), encoding="utf-8")
    (place / "change.json").write_text('{"reason": "Não liga"}', encoding="utf-8")
    (place / "lines").write_text(LINES.format(place=place, month="2026-11"), encoding="utf-8")
    programs = {
        "commands": ["-c", COMMANDS, str(place), str(place / "lines")],
        "tour": ["-m", "osdesk", "tour", "--out", str(place / "tour")],
        "window": ["-c", WINDOW, str(place / "shop")],
    }
    for name, line in programs.items():
        with row.one(name):
            seen = _sockets(place / "trace", line)
            if seen:
                raise DamagedError(f"the network was asked: {seen[:3]}")
    with row.one("a program that does connect"):
        script = "import socket; socket.socket().connect_ex(('127.0.0.1', 9))"
        if not _sockets(place / "trace", ["-c", script]):
            raise DamagedError("a connection was not seen")
    return row


def _sockets(trace: Path, line: list[str]) -> list[str]:
    assert STRACE is not None
    words = [STRACE, "-f", "--seccomp-bpf", "-e", "trace=network", "-o", str(trace)]
    ran = subprocess.run(
        [*words, sys.executable, *line],
        capture_output=True,
        text=True,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
    )
    if ran.returncode != 0:
        raise DamagedError(ran.stderr)
    return [call for call in trace.read_text().splitlines() if "AF_INET" in call]


CASES = {
    small_disk: "a disk of 3 MB that fills up",
    two_processes: "two processes and more",
    clocks: "clocks: 8 years on, 20 years back, 46 days on, zones",
    network: "network: commands, tour and window",
}
