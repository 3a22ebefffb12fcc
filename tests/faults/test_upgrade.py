"""An upgrade from each released file, killed anywhere: the next start finishes it, nothing is lost.

The points are the acts on files that Python sees and sizes that a file may not pass;
``python -m tests.faults upgrade`` kills at every single call.
"""

import gzip
import os
import signal
import sqlite3
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from tests.deep import examples
from tests.faults.acts import RELEASED, figures, opened
from tests.faults.asking import Shown, damage, shown
from tests.faults.no_network import refuse_removing
from tests.faults.test_kill import die_at
from tests.faults.test_log import ended_by, no_room_above
from tests.made_once import made_once

from osdesk.domain.errors import UserError
from osdesk.persistence import migrate

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs fork and limits of POSIX")


@dataclass(frozen=True)
class Release:
    """A released file, and the shop that it becomes."""

    content: bytes
    figures: dict[str, int]
    upgraded: Path
    shown: Shown
    known: list[str]
    """What ``check`` says: of the second release only the database was kept, not the pictures."""


@pytest.fixture(scope="module", params=["0001", "0002"])
def release(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Release:
    content = gzip.decompress((RELEASED / f"{request.param}.db.gz").read_bytes())

    def make(place: Path) -> None:
        put(place, content)
        opened(place).close()

    place = made_once(tmp_path_factory, f"upgraded_{request.param}", make)
    put(plain := tmp_path_factory.mktemp("released"), content)
    before = figures(plain / "shop" / "osdesk.db")
    return Release(content, before, place / "shop", shown(place / "shop"), damage(place / "shop"))


def put(place: Path, content: bytes) -> None:
    (place / "shop").mkdir()
    (place / "shop" / "osdesk.db").write_bytes(content)


def expect_whole(place: Path, release: Release) -> None:
    """The next start brings up what the undisturbed upgrade did."""
    opened(place).close()
    after = figures(place / "shop" / "osdesk.db")
    assert {name: after[name] for name in release.figures} == release.figures
    assert shown(place / "shop") == release.shown
    assert damage(place / "shop") == release.known
    left = {path.name for path in (place / "shop").iterdir()}
    assert not {name for name in left if ".new" in name}


def test_killed_at_an_act_on_a_file(release: Release, tmp_path: Path) -> None:
    """Takes seconds: a whole upgrade for each point."""
    points = range(4, 60, 60 // min(60, examples(3)))
    ends = []
    for point in points:
        place = tmp_path / str(point)
        place.mkdir()
        put(place, release.content)

        def upgrade(point: int = point, place: Path = place) -> None:
            die_at(point, place)
            opened(place).close()

        ends.append(ended_by(upgrade))
        expect_whole(place, release)
    assert ends[0] == signal.SIGKILL


@pytest.mark.parametrize("grown", [0.1, 0.6, 0.95])
def test_killed_while_a_file_grows(release: Release, tmp_path: Path, grown: float) -> None:
    """The copy that is kept is cut short."""
    put(tmp_path, release.content)
    size = int(len(release.content) * grown)

    def upgrade() -> None:
        no_room_above(size)
        opened(tmp_path).close()

    assert ended_by(upgrade) == signal.SIGXFSZ
    assert os.path.getsize(tmp_path / "shop" / "osdesk.db") == len(release.content)
    expect_whole(tmp_path, release)


def test_a_journal_that_cannot_be_removed_is_never_left_beside_another_file(
    release: Release, tmp_path: Path
) -> None:
    """It would be played back over the upgraded file at the next start, and spoil it."""
    put(tmp_path, release.content)
    path = tmp_path / "shop" / "osdesk.db"
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.close()

    def fold() -> None:
        if refuse_removing():
            with pytest.raises(UserError, match="disk_error"):
                migrate.fold_log(path)

    ended_by(fold)
    expect_whole(tmp_path, release)


def test_an_upgrade_that_cannot_tidy_up_is_refused_in_words(
    release: Release, tmp_path: Path
) -> None:
    put(tmp_path, release.content)

    def upgrade() -> None:
        if refuse_removing():
            with pytest.raises(UserError, match=r"disk_error|upgrade_failed"):
                opened(tmp_path)

    ended_by(upgrade)
    expect_whole(tmp_path, release)
