"""A disk whose power can be cut: what was recorded as written, and which of it a cut leaves.

What a file's ``fsync`` has covered is there. Of the rest each write may be there, gone or torn at
a sector's edge. Names (made, moved, removed) are kept in order, as file systems with a journal do,
and are safe once any folder was synced after them; a file's own ``fsync`` is not taken to cover
its name.
"""

import random
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path

SECTOR = 512


class Kept(Enum):
    """What a cut leaves of that which no sync has covered."""

    NOTHING = "nothing"
    ALL = "all"
    SOME = "some"


@dataclass(frozen=True)
class Write:
    file: int
    place: int
    data: bytes


@dataclass(frozen=True)
class Length:
    """A file cut or stretched to a length."""

    file: int
    length: int


@dataclass(frozen=True)
class Name:
    """A file under a name."""

    path: str
    file: int


@dataclass(frozen=True)
class Move:
    source: str
    target: str


@dataclass(frozen=True)
class Folder:
    path: str


@dataclass(frozen=True)
class Gone:
    """A name of a file or of an empty folder that is removed."""

    path: str


@dataclass(frozen=True)
class Sync:
    file: int


@dataclass(frozen=True)
class SyncFolder:
    """Any folder: the journal is one for all."""


@dataclass(frozen=True)
class Said:
    """Something was acknowledged."""


Op = Write | Length | Name | Move | Folder | Gone | Sync | SyncFolder | Said


@dataclass
class Recording:
    """The disk before an act, all of it safe, and what the act did to it.

    ``names``: files by their paths, from the recorded place down; ``contents`` by file."""

    names: dict[str, int] = field(default_factory=dict)
    folders: set[str] = field(default_factory=set)
    contents: dict[int, bytes] = field(default_factory=dict)
    ops: list[Op] = field(default_factory=list)

    def said_before(self, cut: int) -> int:
        return sum(isinstance(op, Said) for op in self.ops[:cut])

    def cut(self, at: int, kept: Kept, rng: random.Random) -> "Disk":
        """The disk after a cut before the ``at``-th op."""
        done = self.ops[:at]
        names, folders = self._names(done, kept, rng)
        share = rng.choice((0.1, 0.5, 0.9))
        contents = {
            file: _content(self.contents.get(file, b""), file, done, kept, rng, share)
            for file in set(names.values())
        }
        return Disk({path: contents[file] for path, file in names.items()}, folders)

    def _names(
        self, done: list[Op], kept: Kept, rng: random.Random
    ) -> tuple[dict[str, int], set[str]]:
        naming = [
            (place, op)
            for place, op in enumerate(done)
            if isinstance(op, Name | Move | Folder | Gone)
        ]
        synced = _last(done, SyncFolder())
        safe = sum(place < synced for place, _ in naming)
        left = {
            Kept.NOTHING: safe,
            Kept.ALL: len(naming),
            Kept.SOME: rng.randint(safe, len(naming)),
        }[kept]
        names, folders = dict(self.names), set(self.folders)
        for _, op in naming[:left]:
            _name(op, names, folders)
        return names, folders


def _last(done: list[Op], wanted: Op) -> int:
    return max((place for place, op in enumerate(done) if op == wanted), default=-1)


def _name(op: Op, names: dict[str, int], folders: set[str]) -> None:
    match op:
        case Name(path, file):
            names[path] = file
        case Folder(path):
            folders.add(path)
        case Gone(path):
            names.pop(path, None)
            folders.discard(path)
        case Move(source, target):
            for path in [path for path in names if _inside(path, source)]:
                names[target + path[len(source) :]] = names.pop(path)
            for path in [path for path in folders if _inside(path, source)]:
                folders.discard(path)
                folders.add(target + path[len(source) :])


def _inside(path: str, place: str) -> bool:
    return path == place or path.startswith(f"{place}/")


def _content(
    before: bytes, file: int, done: list[Op], kept: Kept, rng: random.Random, share: float
) -> bytes:
    synced = _last(done, Sync(file))
    content = bytearray(before)
    for place, op in enumerate(done):
        if not isinstance(op, Write | Length) or op.file != file:
            continue
        if place < synced or kept is Kept.ALL:
            _apply(content, op)
        elif kept is Kept.SOME and rng.random() < share:
            _apply(content, _torn(op, rng) if rng.random() < 0.3 else op)
    return bytes(content)


def _apply(content: bytearray, op: Write | Length) -> None:
    match op:
        case Write(_, place, data):
            content.extend(bytes(max(0, place - len(content))))
            content[place : place + len(data)] = data
        case Length(_, length):
            del content[length:]
            content.extend(bytes(length - len(content)))


def _torn(op: Write | Length, rng: random.Random) -> Write | Length:
    """The beginning of a write, up to some sector's edge."""
    if isinstance(op, Length):
        return op
    first = SECTOR - op.place % SECTOR
    edges = range(first, len(op.data), SECTOR)
    return Write(op.file, op.place, op.data[: rng.choice(edges)] if edges else op.data)


@dataclass(frozen=True)
class Disk:
    """What is found when the power is back."""

    files: Mapping[str, bytes]
    folders: Iterable[str]

    def write_to(self, place: Path) -> None:
        for folder in sorted(self.folders):
            (place / folder).mkdir(parents=True, exist_ok=True)
        for path, content in self.files.items():
            (place / path).parent.mkdir(parents=True, exist_ok=True)
            (place / path).write_bytes(content)


def recording_of(place: Path) -> Recording:
    """A place as it is now, before anything is done to it. Nobody may have its files open in this
    process: reading them drops SQLite's locks."""
    found = Recording()
    for path in sorted(place.rglob("*")):
        name = path.relative_to(place).as_posix()
        if path.is_dir():
            found.folders.add(name)
        elif not name.endswith("-shm"):  # made anew from the log at the next start
            found.names[name] = len(found.names)
            found.contents[found.names[name]] = path.read_bytes()
    return found
