"""The power goes while orders are saved or the log is folded in: every acknowledged order is there.

What the disk then holds is made from the real log: which of its writes were synced is known from
how SQLite writes one. ``python -m tests.faults`` does the same with each act's recorded calls.
"""

import random
from dataclasses import replace
from pathlib import Path

import pytest
from tests.conftest import NOW
from tests.deep import examples
from tests.faults.asking import Shown, damage, osdesk, shown
from tests.faults.power import (
    Disk,
    Folder,
    Gone,
    Kept,
    Length,
    Move,
    Name,
    Op,
    Recording,
    Said,
    Sync,
    SyncFolder,
    Write,
    recording_of,
)
from tests.forms import order

from osdesk.persistence.store import Store, open_store
from osdesk.persistence.wal import read_log
from osdesk.services.orders.saving import add_order

RNG = random.Random(0)
PAGE, FRAME, HEADER = 4096, 24, 32


# -- the disk itself ------------------------------------------------------------------------------


def disk(*ops: Op, kept: Kept, seed: int = 0) -> Disk:
    before = Recording(names={"old": 0}, contents={0: b"old"}, ops=list(ops))
    return before.cut(len(ops), kept, random.Random(seed))


NEW = (Name("new", 1), Write(1, 0, b"x" * 2000), Sync(1), Write(1, 2000, b"y" * 2000))


def test_only_what_was_synced_is_sure() -> None:
    assert disk(*NEW, kept=Kept.NOTHING).files == {"old": b"old"}, "its name was never synced"
    assert disk(*NEW, SyncFolder(), kept=Kept.NOTHING).files["new"] == b"x" * 2000
    assert disk(*NEW, kept=Kept.ALL).files["new"] == b"x" * 2000 + b"y" * 2000


def test_what_was_not_synced_is_there_gone_or_torn() -> None:
    seen = {
        len(disk(*NEW, SyncFolder(), kept=Kept.SOME, seed=seed).files["new"]) for seed in range(200)
    }
    assert seen >= {2000, 4000}
    assert {length % 512 for length in seen} == {2000 % 512, 4000 % 512, 0}


@pytest.mark.parametrize(
    ("ops", "synced", "lost"),
    [
        ((Move("old", "b"),), {"b": b"old"}, {"old": b"old"}),
        ((Gone("old"),), {}, {"old": b"old"}),
        ((Folder("f"), Move("old", "f/b")), {"f/b": b"old"}, {"old": b"old"}),
        ((Length(0, 1), Sync(0)), {"old": b"o"}, {"old": b"o"}),
        ((Length(0, 5), Write(0, 4, b"z")), {"old": b"old"}, {"old": b"old"}),
    ],
)
def test_names_are_sure_with_their_folder(
    ops: tuple[Op, ...], synced: dict[str, bytes], lost: dict[str, bytes]
) -> None:
    assert disk(*ops, SyncFolder(), kept=Kept.NOTHING).files == synced
    assert disk(*ops, kept=Kept.NOTHING).files == lost


def test_a_cut_before_an_op_is_without_it() -> None:
    recording = Recording(names={"old": 0}, contents={0: b"old"}, ops=[Said(), Gone("old"), Said()])
    assert recording.said_before(1) == 1
    assert recording.cut(1, Kept.ALL, RNG).files == {"old": b"old"}
    assert recording.cut(2, Kept.ALL, RNG).files == {}


# -- a shop ---------------------------------------------------------------------------------------


@pytest.fixture
def saved(shop_folder: Path) -> tuple[Recording, list[Shown]]:
    """Four orders saved one by one: how the log was written, and what there was after each."""
    recording = recording_of(shop_folder)
    store = open_store(shop_folder, write=True, clock=lambda: NOW)
    steps, ends = [{}], []
    for name in ("Ana", "Bia", "Caio", "Davi"):
        _save(store, name)
        ends.append(_log(shop_folder).stat().st_size)
        steps.append(shown(shop_folder))
    content = _log(shop_folder).read_bytes()
    store.close()
    file = len(recording.names)
    recording.ops += [Name("osdesk.db-wal", file), Write(file, 0, content[:HEADER])]
    recording.ops += [Sync(file), SyncFolder()]
    for at in range(HEADER, len(content), FRAME + PAGE):
        recording.ops.append(Write(file, at, content[at : at + FRAME]))
        recording.ops.append(Write(file, at + FRAME, content[at + FRAME : at + FRAME + PAGE]))
        if at + FRAME + PAGE in ends:
            recording.ops += [Sync(file), Said()]
    assert recording.said_before(len(recording.ops)) == 4
    return recording, steps


def _save(store: Store, name: str) -> None:
    form = order(name=name, serial=None, notes="x" * 3000)
    store.database.run(add_order, form, now=NOW, author=None)


def _log(shop: Path) -> Path:
    return shop / "osdesk.db-wal"


def _found(disk: Disk, place: Path) -> Shown:
    """What osdesk shows when the power is back; all of it sound, and the next order is saved."""
    place.mkdir()
    disk.write_to(place)
    there = shown(place)
    assert damage(place) == []
    store = open_store(place, write=True, clock=lambda: NOW)
    _save(store, "Eva")
    store.close()
    assert len(shown(place)) == len(there) + 1
    assert osdesk(place, "check").code == 0
    return there


@pytest.mark.parametrize("kept", Kept)
def test_a_power_cut_takes_no_acknowledged_order(
    saved: tuple[Recording, list[Shown]], tmp_path: Path, kept: Kept
) -> None:
    recording, steps = saved
    rng = random.Random(kept.value)
    for turn in range(examples(4)):
        at = rng.randrange(len(recording.ops) + 1)
        there = _found(recording.cut(at, kept, rng), tmp_path / str(turn))
        acknowledged = recording.said_before(at)
        assert there in steps[acknowledged : acknowledged + 2], (at, turn)


@pytest.mark.parametrize("kept", Kept)
def test_a_power_cut_while_the_log_is_folded_in_takes_nothing(
    saved: tuple[Recording, list[Shown]], tmp_path: Path, kept: Kept
) -> None:
    """Any of the file's pages may be the old, the new, or half of each; the log is whole."""
    recording, steps = saved
    (tmp_path / "whole").mkdir()
    recording.cut(len(recording.ops), Kept.NOTHING, RNG).write_to(tmp_path / "whole")
    log = read_log(tmp_path / "whole" / "osdesk.db")
    assert log is not None
    file = recording.names["osdesk.db"]
    pages = [Write(file, (page - 1) * PAGE, log.page(page) or b"") for page in log.pages]
    rng = random.Random(kept.value)
    rng.shuffle(pages)
    whole = replace(recording, ops=[*recording.ops, *pages])
    for turn in range(examples(4)):
        at = rng.randrange(len(recording.ops), len(whole.ops) + 1)
        assert _found(whole.cut(at, kept, rng), tmp_path / str(turn)) == steps[-1], (at, turn)


def test_a_log_that_was_not_synced_would_be_seen_to_lose(
    saved: tuple[Recording, list[Shown]], tmp_path: Path
) -> None:
    """Without its syncs the same disk loses orders: the tests before do not pass by chance."""
    recording, _ = saved
    unsynced = replace(recording, ops=[op for op in recording.ops if not isinstance(op, Sync)])
    disk = unsynced.cut(len(unsynced.ops), Kept.NOTHING, RNG)
    assert _found(disk, tmp_path / "unsynced") == {}
