"""Acts under strace: recorded, killed at one call, or refused one by an error of the disk.

Each act runs in a process forked from this one, which has the program loaded already; strace is
attached to it when it is ready, so that the calls are counted from the act's beginning.
"""

import json
import os
import re
import shutil
import signal
import subprocess
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.faults.power import (
    Folder,
    Gone,
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

STRACE = shutil.which("strace")
PATIENCE = 60.0
"""Seconds after which an act hangs."""
CALLS = (
    "openat,close,lseek,write,pwrite64,pwritev,writev,fsync,fdatasync,rename,renameat,renameat2,"
    "unlink,unlinkat,rmdir,mkdir,mkdirat,ftruncate,truncate,fallocate,sendfile,copy_file_range,"
    "link,symlink"
)
STRANGE = {"pwritev", "writev", "truncate", "fallocate", "copy_file_range", "link", "symlink"}
"""Calls that the recording does not know how to repeat; none may touch the place."""

Say = Callable[[dict[str, Any]], None]
"""Tells the test what the act has acknowledged, or how it was refused."""


@dataclass(frozen=True)
class Point:
    """One call of an act: the ``nth`` of its name."""

    call: str
    nth: int
    path: str


@dataclass
class Outcome:
    """``said``: what came before the end. ``killed``: by the injected signal; ``hung``: by us."""

    said: list[dict[str, Any]] = field(default_factory=list)
    killed: bool = False
    hung: bool = False
    before: Recording = field(default_factory=Recording)


class Act:
    """What is done to a place: a folder that holds a shop and what belongs to the act.

    ``ready`` is not counted; what it returns is given to ``work``."""

    name = ""

    def prepare(self, place: Path) -> None:
        """Make the place as it is before each try."""

    def ready(self, place: Path) -> Any:
        """What comes before the faults, in the process of the act."""

    def work(self, place: Path, state: Any, say: Say) -> None:
        """The act itself."""


def run(act: Act, place: Path, inject: str = "", trace: Path | None = None) -> Outcome:
    """An act in a process of its own under strace: with a fault, or recorded to ``trace``."""
    assert STRACE is not None
    hear, speak = os.pipe()
    wait, go = os.pipe()
    child = os.fork()
    if child == 0:
        _be_the_act(act, place, speak, wait)
    os.close(speak)
    os.close(wait)
    heard = os.fdopen(hear, "r", encoding="utf-8")
    outcome = Outcome()
    assert json.loads(heard.readline()) == {"ready": True}
    if trace is not None:
        outcome.before = recording_of(place)
        words = ["-y", "-xx", "-s", "67108864", "-e", f"trace={CALLS}", "-o", str(trace)]
    else:
        words = ["-e", f"trace={inject.partition(':')[0]}", "-e", f"inject={inject}"]
        words += ["-o", os.devnull]
    watcher = subprocess.Popen(
        [STRACE, *words, "-p", str(child)], stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL
    )
    _wait_until(lambda: _tracer(child) != 0)
    os.write(go, b"\n")
    os.close(go)
    status = _end_of(child, outcome)
    watcher.wait()
    with heard:
        outcome.said = [json.loads(line) for line in heard if line.endswith("\n")]
    outcome.killed = os.WIFSIGNALED(status) and not outcome.hung
    return outcome


def _be_the_act(act: Act, place: Path, speak: int, wait: int) -> None:
    """Never returns."""

    def say(what: dict[str, Any]) -> None:
        # by a call that no act uses: the faults are those of the disk, not of this pipe
        os.writev(speak, [json.dumps(what).encode() + b"\n"])

    code = 1
    try:
        state = act.ready(place)
        say({"ready": True})
        os.read(wait, 1)
        act.work(place, state, say)
        code = 0
    except BaseException as error:  # noqa: BLE001  # whatever it is, the test must hear of it
        say({"bug": f"{type(error).__name__}: {error}"})
    finally:
        os._exit(code)


def _tracer(process: int) -> int:
    status = Path(f"/proc/{process}/status").read_text()
    return int(re.search(r"TracerPid:\s+(\d+)", status)[1])  # type: ignore[index]


def _wait_until(there: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not there():
        if time.monotonic() > deadline:
            raise TimeoutError("strace cannot attach itself to a process of its own user")
        time.sleep(0.001)


def _end_of(child: int, outcome: Outcome) -> int:
    deadline = time.monotonic() + PATIENCE
    while True:
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended:
            return status
        if time.monotonic() > deadline and not outcome.hung:
            outcome.hung = True
            os.kill(child, signal.SIGKILL)
        time.sleep(0.001)


# -- recording ------------------------------------------------------------------------------------

_CALL = re.compile(r"(?P<call>\w+)\((?P<words>.*)\)\s+= (?P<result>-?\d+|\?)")
_HANDLE = re.compile(r"(?P<number>AT_FDCWD|-?\d+)<(?P<path>(?:\\x[0-9a-f]{2})*)>")
_TEXT = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')


def _bytes(text: str) -> bytes:
    return bytes.fromhex(text.replace("\\x", ""))


class _Reader:
    """Follows strace's lines: which name is which file, where each handle stands."""

    def __init__(self, place: Path, before: Recording) -> None:
        self.place = str(place)
        self.ops = before.ops
        self.names = dict(before.names)
        self.next = len(before.contents)
        self.handles: dict[str, tuple[int, int]] = {}
        self.counts: Counter[str] = Counter()
        self.points: list[Point] = []
        self.contents = {file: bytearray(data) for file, data in before.contents.items()}

    def read(self, line: str) -> None:
        found = _CALL.match(line)
        if found is None:
            return
        call, words, result = found["call"], found["words"], found["result"]
        self.counts[call] += 1
        size = len(self.ops)
        if result != "?" and int(result) >= 0:
            self._act(call, words, int(result))
        path = self._path_of(words)
        if len(self.ops) > size and path != "-shm":
            self.points.append(Point(call, self.counts[call], path))

    def _path_of(self, words: str) -> str:
        texts = [_bytes(text).decode("utf-8", "replace") for text in _TEXT.findall(words)[:1]]
        handles = [_bytes(path).decode("utf-8", "replace") for _, path in _HANDLE.findall(words)]
        for path in (*handles[:1], *texts):
            if path.startswith(self.place):
                return path[len(self.place) + 1 :]
        return ""

    def _inside(self, path: str) -> str | None:
        """The path from the place down; None for what is elsewhere, and for SQLite's shared
        memory, of which nothing outlives a start."""
        if path.endswith("-shm") or not path.startswith(f"{self.place}/"):
            return None if path != self.place else ""
        return path[len(self.place) + 1 :]

    def _act(self, call: str, words: str, result: int) -> None:
        handle = _HANDLE.match(words)
        target = _bytes(handle["path"]).decode("utf-8", "replace") if handle else ""
        number = handle["number"] if handle else ""
        texts = [_bytes(text) for text in _TEXT.findall(words)]
        paths = [self._inside(_joined(target, text)) for text in texts]
        if call in STRANGE and any(path is not None for path in (self._inside(target), *paths)):
            raise NotImplementedError(f"{call} in the recorded place")
        match call:
            case "openat":
                self._open(paths[0], words, str(result))
            case "close":
                self.handles.pop(number, None)
            case "lseek" if number in self.handles:
                self.handles[number] = (self.handles[number][0], result)
            case "writev" if target.startswith("pipe:") and texts[0].startswith(b'{"said"'):
                self.ops.append(Said())
            case "write" if number in self.handles:
                file, at = self.handles[number]
                self._write(file, at, texts[0][:result])
                self.handles[number] = (file, at + result)
            case "pwrite64" if (file := self._file(number, target)) is not None:
                at = int(words.rpartition(", ")[2])
                self._write(file, at, texts[0][:result])
            case "ftruncate" if (file := self._file(number, target)) is not None:
                self._add(Length(file, int(words.rpartition(", ")[2])))
            case "sendfile" if number in self.handles:
                self._send(number, words, result)
            case "fsync" | "fdatasync":
                self._sync(number, target)
            case "rename" | "renameat" | "renameat2" if None not in paths:
                self._add(Move(str(paths[0]), str(paths[1])))
                self.names[str(paths[1])] = self.names.pop(str(paths[0]), -1)
            case "unlink" | "unlinkat" | "rmdir" if paths[0] is not None:
                self._add(Gone(paths[0]))
                self.names.pop(paths[0], None)
            case "mkdir" | "mkdirat" if paths[0] is not None:
                self._add(Folder(paths[0]))

    def _add(self, op: Op) -> None:
        self.ops.append(op)
        match op:
            case Write(file, at, data):
                content = self.contents[file]
                content.extend(bytes(max(0, at - len(content))))
                content[at : at + len(data)] = data
            case Length(file, length):
                content = self.contents[file]
                del content[length:]
                content.extend(bytes(length - len(content)))

    def _open(self, path: str | None, words: str, handle: str) -> None:
        self.handles.pop(handle, None)
        if path is None or "O_DIRECTORY" in words:
            return
        if path not in self.names:
            if "O_CREAT" not in words:
                return
            self.names[path] = self.next
            self.contents[self.next] = bytearray()
            self._add(Name(path, self.next))
            self.next += 1
        file = self.names[path]
        if "O_TRUNC" in words:
            self._add(Length(file, 0))
        self.handles[handle] = (file, len(self.contents[file]) if "O_APPEND" in words else 0)

    def _file(self, number: str, path: str) -> int | None:
        """Of a handle; one that was opened before the recording is known by its path."""
        if number in self.handles:
            return self.handles[number][0]
        inside = self._inside(path)
        return None if inside is None else self.names.get(inside)

    def _write(self, file: int, at: int, data: bytes) -> None:
        self._add(Write(file, at, data))

    def _send(self, number: str, words: str, result: int) -> None:
        source = words.split(", ")[1]
        sent = _HANDLE.match(source)
        start = re.search(r"\[(\d+)\] =>", words)
        assert sent is not None
        path = _bytes(sent["path"]).decode()
        at = int(start[1]) if start else self.handles[sent["number"]][1]
        inside = self._inside(path)
        whole = (
            bytes(self.contents[self.names[inside]])
            if inside in self.names
            else Path(path).read_bytes()
        )
        file, to = self.handles[number]
        self._write(file, to, whole[at : at + result])
        self.handles[number] = (file, to + result)

    def _sync(self, number: str, path: str) -> None:
        file = self._file(number, path)
        if file is not None:
            self._add(Sync(file))
        elif self._inside(path) is not None:
            self._add(SyncFolder())


def _joined(folder: str, name: bytes) -> str:
    text = name.decode("utf-8", "replace")
    return text if text.startswith("/") else f"{folder}/{text}"


def record(act: Act, place: Path) -> tuple[Recording, list[Point], Outcome]:
    """What an act does to its place, and each of the calls that it does it with."""
    with tempfile.TemporaryDirectory() as scratch:
        trace = Path(scratch) / "trace"
        outcome = run(act, place, trace=trace)
        reader = _Reader(place, outcome.before)
        with trace.open(encoding="ascii") as lines:
            for line in lines:
                reader.read(line)
    return outcome.before, reader.points, outcome
