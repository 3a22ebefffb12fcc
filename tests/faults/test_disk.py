"""Disks that are full, files that are taken away, replaced or emptied behind the program's back."""

import io
import os
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.faults.test_kill import ROOT, SAVE
from tests.forms import order

from osdesk.app import open_desk
from osdesk.cli.main import main
from osdesk.domain.errors import UserError
from osdesk.domain.orders.status import OrderFilter
from osdesk.jobs.backup import back_up, back_up_if_due, restore
from osdesk.jobs.check import check
from osdesk.persistence.store import Store, open_store
from osdesk.services.orders.listing import order_page
from osdesk.services.orders.saving import add_order
from osdesk.texts import sentence

PAY = ("--amount", "1.00", "--method", "pix")
NOW = datetime(2026, 11, 24, 17, 32, tzinfo=UTC)


def opened(folder: Path, *, write: bool = True) -> Store:
    return open_store(folder, write=write, clock=lambda: NOW)


def add(store: Store, name: str = "Maria", notes: str | None = None) -> int:
    form = order(name=name, notes=notes)
    return store.database.run(add_order, form, now=NOW, author=None).number


def numbers(store: Store) -> list[int]:
    page = store.database.read(order_page, OrderFilter.ALL, now=NOW)
    return [row.number for row in page]


if sys.platform != "win32":
    import resource

    @pytest.fixture
    def room() -> Iterator[object]:
        """Lets no file grow beyond a size: writes fail in the middle, as on a full disk."""
        before = resource.getrlimit(resource.RLIMIT_FSIZE)
        yield lambda size: resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
        resource.setrlimit(resource.RLIMIT_FSIZE, before)

    def test_a_save_that_finds_no_room_is_not_half_there(store: Store, room: object) -> None:
        assert add(store) == 1
        size = Path(f"{store.database.path}-wal").stat().st_size
        for more in (0, 100, 4096, 9000, 20_000):
            room(size + more)  # type: ignore[operator]
            with pytest.raises(UserError, match=r"disk_full|disk_error"):
                add(store, notes="x" * 20_000)
            room(resource.RLIM_INFINITY)  # type: ignore[operator]
            assert numbers(store) == [1]
        assert add(store, notes="x" * 20_000) == 2
        assert numbers(store) == [2, 1]
        assert check(store) == []

    def test_a_shop_that_cannot_be_folded_together_closes_and_opens_again(
        shop_folder: Path, room: object, caplog: pytest.LogCaptureFixture
    ) -> None:
        store = opened(shop_folder)
        for _ in range(20):
            add(store, notes="x" * 3000)
        room((shop_folder / "osdesk.db").stat().st_size + 8192)  # type: ignore[operator]
        store.close()
        assert "the log was not folded in at close" in caplog.text
        room(resource.RLIM_INFINITY)  # type: ignore[operator]
        assert main(["check", "--data", str(shop_folder)]) == 0
        store = opened(shop_folder)
        assert len(numbers(store)) == 20
        assert store.missing_changes == 0
        store.close()

    def test_the_window_closes_on_a_full_disk(
        shop_folder: Path, room: object, qtbot: object
    ) -> None:
        window = open_desk(shop_folder, now=lambda: NOW)
        for _ in range(20):
            window._desk.write(
                add_order, order(notes="x" * 3000, serial=None), now=NOW, author=None
            )
        room(1000)  # type: ignore[operator]
        assert window.close()
        room(resource.RLIM_INFINITY)  # type: ignore[operator]
        store = opened(shop_folder)
        assert len(numbers(store)) == 20
        assert check(store) == []
        store.close()

    def test_a_closed_shop_is_read_without_a_byte_of_room(
        shop_folder: Path, room: object, capsys: pytest.CaptureFixture[str]
    ) -> None:
        store = opened(shop_folder)
        add(store)
        store.close()
        capsys.readouterr()
        said = []
        room(0)  # type: ignore[operator]
        try:
            for words in (["list"], ["order", "show", "1"], ["check"], ["dashboard"]):
                said.append((main([*words, "--data", str(shop_folder)]), words))
            wrote = main(["order", "pay", "1", *PAY, "--data", str(shop_folder)])
        finally:
            room(resource.RLIM_INFINITY)  # type: ignore[operator]
        assert [code for code, _ in said] == [0, 0, 0, 0]
        assert wrote == 1
        assert "inesperado" not in capsys.readouterr().err
        store = opened(shop_folder)
        assert numbers(store) == [1]
        assert check(store) == []
        store.close()

    def test_a_backup_that_finds_no_room_leaves_nothing(store: Store, room: object) -> None:
        add(store)
        room(50_000)  # type: ignore[operator]
        with pytest.raises(UserError, match=r"disk_full|disk_error|cannot_write"):
            back_up(store, None, now=NOW)
        room(resource.RLIM_INFINITY)  # type: ignore[operator]
        assert list(store.backups.iterdir()) == []
        assert Path(back_up(store, None, now=NOW).path).exists()

    def test_a_full_stick_takes_nothing_from_the_first_place(
        store: Store, room: object, tmp_path: Path, caplog: pytest.LogCaptureFixture
    ) -> None:
        stick = tmp_path / "stick"
        stick.mkdir()
        assert back_up_if_due(store, now=NOW) is not None
        room(5000)  # type: ignore[operator]
        assert back_up_if_due(store, now=NOW, second=stick) is None
        room(resource.RLIM_INFINITY)  # type: ignore[operator]
        assert "no backup in the second place: cannot_write" in caplog.text
        assert list(stick.iterdir()) == []
        back_up_if_due(store, now=NOW, second=stick)
        assert len(list(stick.iterdir())) == 1


def test_backups_beside_a_writer_hold_all_that_was_acknowledged(
    shop_folder: Path, tmp_path: Path
) -> None:
    child = subprocess.Popen(
        [sys.executable, "-c", SAVE, str(shop_folder), "x"],
        stdout=subprocess.PIPE,
        cwd=ROOT,
        text=True,
    )
    assert child.stdout is not None
    try:
        for turn in range(3):
            newest = 0
            for _ in range(8):
                newest = int(child.stdout.readline().split()[0])
            reader = opened(shop_folder, write=False)
            figures = back_up(reader, tmp_path / "usb", now=NOW)
            reader.close()
            assert figures.orders >= newest
            place = tmp_path / f"restored{turn}"
            restore(Path(figures.path), place, replace=False, clock=lambda: NOW)
            restored = opened(place)
            assert check(restored) == []
            assert len(numbers(restored)) == min(100, figures.orders)
            restored.close()
    finally:
        child.kill()
        child.wait()
        child.stdout.close()


def test_a_lost_log_is_noticed_by_the_mark(shop_folder: Path, tmp_path: Path) -> None:
    """The log goes away with a crash of the file system: SQLite itself says all is well."""
    store = opened(shop_folder)
    add(store, "Ana")
    store.close()
    store = opened(shop_folder)
    for name in ("Bia", "Caio", "Davi"):
        add(store, name)
    store.mark()  # as each backup does
    shutil.copyfile(store.database.path, tmp_path / "without-log.db")
    store.close()
    shutil.copyfile(tmp_path / "without-log.db", shop_folder / "osdesk.db")
    store = opened(shop_folder)
    assert numbers(store) == [1]
    assert store.missing_changes == 6  # three customers, three orders
    assert [problem.code for problem in check(store)] == ["changes_missing"]
    store.close()


def test_a_shop_goes_on_with_what_was_not_replaced(shop_folder: Path, tmp_path: Path) -> None:
    store = opened(shop_folder)
    add(store)
    shutil.copyfile(store.database.path, tmp_path / "copy.db")
    if os.name == "nt":  # Windows refuses it while the file is open, and the shop goes on
        with pytest.raises(PermissionError):
            os.replace(tmp_path / "copy.db", store.database.path)
        add(store)
        store.close()
        return
    os.replace(tmp_path / "copy.db", store.database.path)
    for _ in range(2):
        with pytest.raises(UserError, match="database_replaced"):
            add(store)
    with pytest.raises(UserError, match="database_replaced"):
        back_up(store, None, now=NOW)
    store.close()


@pytest.mark.parametrize("words", [["order", "pay", "1", *PAY], ["order", "add", "-"]])
def test_a_command_writes_nothing_into_a_damaged_file(
    shop_folder: Path, monkeypatch: pytest.MonkeyPatch, words: list[str]
) -> None:
    store = opened(shop_folder)
    add(store)
    store.close()
    path = shop_folder / "osdesk.db"
    with path.open("r+b") as file:
        file.seek(-4096, os.SEEK_END)
        file.write(bytes(4096))
    before = path.read_bytes()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b'{"reason": "x"}')))
    assert main([*words, "--data", str(shop_folder)]) == 1
    assert path.read_bytes() == before


def test_a_file_locked_by_another_program_does_not_freeze_the_window(
    shop_folder: Path, qtbot: object
) -> None:
    window = open_desk(shop_folder, now=lambda: NOW)
    other = sqlite3.connect(shop_folder / "osdesk.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    began = time.monotonic()
    with pytest.raises(UserError, match="database_busy") as caught:
        window._desk.write(add_order, order(), now=NOW, author=None)
    assert time.monotonic() - began < 2.5
    assert "Outro programa usa o banco" in sentence(caught.value)
    other.execute("ROLLBACK")
    other.close()
    window._desk.write(add_order, order(), now=NOW, author=None)
    window.close()


def test_an_emptied_database_is_never_filled_anew(shop_folder: Path, tmp_path: Path) -> None:
    store = opened(shop_folder)
    add(store)
    file = Path(back_up(store, tmp_path, now=NOW).path)
    store.close()
    (shop_folder / "osdesk.db").write_bytes(b"")
    with pytest.raises(UserError, match="shop_empty"):
        open_store(shop_folder, write=True, create=True, clock=lambda: NOW)
    assert (shop_folder / "osdesk.db").read_bytes() == b""
    restore(file, shop_folder, replace=True, clock=lambda: NOW)
    store = opened(shop_folder)
    assert numbers(store) == [1]
    assert check(store) == []
    store.close()
