"""Files of strangers are opened in a process of their own, held to memory and time.

A picture of 78 kB can ask for gigabytes and a PDF of 3 kB can keep a program busy for ever. The
functions here are those of ``documents.images`` and ``documents.read``, asked of a child process:
what it may not or cannot do is a ``UserError``, and the window goes on. The child says that it is
ready, reads requests from its standard input and answers on its standard output, each a length, a
JSON head and bytes; nothing that it says is ever run here.
"""

import atexit
import contextlib
import json
import os
import stat
import struct
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from osdesk.domain.errors import UserError
from osdesk.paths import program

WORD = "--open-apart"
"""The word with which this program is the child."""
MEMORY = 768 * 1024 * 1024
"""Bytes that the child may take for one file, over what it takes to start (on Windows: in all)."""
SECONDS = 20.0
"""For one answer; a page of a scan that is hard to read takes two or three."""
START_SECONDS = 60.0
"""For the child's start, on a slow disk or under the eyes of a virus scanner."""
MAX_BYTES = 32 * 1024 * 1024
"""Of a file; a larger one is not read."""
UNREADABLE = ""
"""Stands among a page's codes for one that was seen and not understood."""
LARGEST = 256 * 1024 * 1024
"""Bytes of one answer."""
_HEAD = struct.Struct("<II")

Answer = tuple[dict[str, Any], bytes]


@dataclass(frozen=True, slots=True)
class Prepared:
    """What may be kept: its bytes and what they are."""

    data: bytes
    media_type: str


def regular_bytes(path: Path, limit: int | None = None) -> bytes:
    """The content of a regular file up to ``limit`` bytes (``MAX_BYTES``), looked at before it is
    read.

    Raises UserError ``cannot_read``, ``file_empty``, ``file_too_big``.
    """
    limit = MAX_BYTES if limit is None else limit
    try:
        facts = path.stat()
        # Only regular files: a pipe or a device would keep the program waiting.
        if not stat.S_ISREG(facts.st_mode):
            raise UserError("cannot_read", path=path)
        _refuse_size(facts.st_size, limit)
        with path.open("rb") as file:
            data = file.read(limit + 1)
    except (OSError, ValueError) as error:
        raise UserError("cannot_read", path=path) from error
    _refuse_size(len(data), limit)
    return data


def _refuse_size(size: int, limit: int) -> None:
    if size == 0:
        raise UserError("file_empty")
    if size > limit:
        raise UserError("file_too_big", limit=limit // (1024 * 1024))


def bytes_of(source: bytes | Path) -> bytes:
    """A file's content, or bytes that were read already, held to the same limit."""
    if isinstance(source, Path):
        return regular_bytes(source)
    _refuse_size(len(source), MAX_BYTES)
    return source


def send(to: IO[bytes], head: dict[str, Any], data: bytes = b"") -> None:
    plain = json.dumps(head).encode("utf-8")
    to.write(_HEAD.pack(len(plain), len(data)) + plain)
    to.write(data)
    to.flush()


def receive(source: IO[bytes]) -> Answer:
    """The next head and its bytes. Raises EOFError where the other side is gone."""
    sizes = source.read(_HEAD.size)
    if len(sizes) < _HEAD.size:
        raise EOFError
    of_head, of_data = _HEAD.unpack(sizes)
    if of_head > LARGEST or of_data > LARGEST:
        raise EOFError
    plain, data = source.read(of_head), source.read(of_data)
    if len(plain) < of_head or len(data) < of_data:
        raise EOFError
    return json.loads(plain), data


# -- asking ---------------------------------------------------------------------------------------


@dataclass
class _Child:
    """The process, and on Windows the job that holds it."""

    process: subprocess.Popen[bytes]
    job: "_Job | None" = None

    def end(self) -> None:
        self.process.kill()
        if self.job is not None:
            self.job.close()
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):
                    pipe.close()
        self.process.wait()


class Opener:
    """Has child processes open files: one is kept waiting for the next file, more are started where
    several files are open at once, and one that did not come back is ended."""

    def __init__(self, *, memory: int = MEMORY, seconds: float = SECONDS) -> None:
        self._memory = memory
        self._seconds = seconds
        self._lock = threading.Lock()
        self._waiting: _Child | None = None

    def ask(self, name: str, data: bytes, **arguments: object) -> Iterator[Answer]:
        """Its answers one by one. Raises UserError: what the function raises, or ``file_unsafe``
        where the child needed too much time or memory, or died of the file."""
        child = self._take()
        sound = False
        try:
            yield from self._answers(child.process, name, data, arguments)
            sound = True
        except UserError as error:
            sound = error.code != "file_unsafe"
            raise
        finally:
            if sound:
                self._give_back(child)
            else:
                child.end()

    @property
    def waiting(self) -> int | None:
        """The process that waits for the next file."""
        return self._waiting.process.pid if self._waiting else None

    def _take(self) -> _Child:
        with self._lock:
            child, self._waiting = self._waiting, None
        if child is not None and child.process.poll() is None:
            return child
        if child is not None:
            child.end()
        try:
            process = subprocess.Popen(
                program(WORD),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env={**os.environ, "OSDESK_APART_MEMORY": str(self._memory)},
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            )
        except OSError as error:
            raise UserError("file_unsafe") from error
        child = _Child(process)
        if os.name == "nt":
            try:
                child.job = _Job(process, self._memory)
            except OSError as error:
                child.end()
                raise UserError("file_unsafe") from error
        try:
            assert process.stdout is not None
            with self._deadline(process, START_SECONDS):
                receive(process.stdout)
        except (OSError, EOFError, ValueError) as error:
            child.end()
            raise UserError("file_unsafe") from error
        return child

    def _give_back(self, child: _Child) -> None:
        with self._lock:
            if self._waiting is None:
                self._waiting = child
                return
        child.end()

    def close(self) -> None:
        with self._lock:
            child, self._waiting = self._waiting, None
        if child is not None:
            child.end()

    def _answers(
        self, child: subprocess.Popen[bytes], name: str, data: bytes, arguments: dict[str, object]
    ) -> Iterator[Answer]:
        assert child.stdin is not None
        assert child.stdout is not None
        more = True
        try:
            with self._deadline(child, self._seconds):
                send(child.stdin, {"name": name, "arguments": arguments}, data)
            while more:
                with self._deadline(child, self._seconds):
                    head, content = receive(child.stdout)
                more = bool(head.get("more"))
                if "code" in head:
                    raise UserError(str(head["code"]), **head.get("data", {}))
                if "answer" in head:
                    yield head, content
        except (OSError, EOFError, ValueError) as error:
            raise UserError("file_unsafe") from error

    @contextlib.contextmanager
    def _deadline(self, child: subprocess.Popen[bytes], seconds: float) -> Iterator[None]:
        """The child is ended where it has not answered in time; its pipe then says so."""
        timer = threading.Timer(seconds, child.kill)
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()


class _Job:
    """A Windows job: it holds a child to its memory and ends it where this program dies.

    https://learn.microsoft.com/windows/win32/procthread/job-objects
    """

    def __init__(self, child: subprocess.Popen[bytes], memory: int) -> None:
        """Raises OSError where the system refuses it."""
        import ctypes
        from ctypes import wintypes

        class Basic(ctypes.Structure):
            _fields_ = [
                ("PerProcessUserTimeLimit", ctypes.c_int64),
                ("PerJobUserTimeLimit", ctypes.c_int64),
                ("LimitFlags", wintypes.DWORD),
                ("MinimumWorkingSetSize", ctypes.c_size_t),
                ("MaximumWorkingSetSize", ctypes.c_size_t),
                ("ActiveProcessLimit", wintypes.DWORD),
                ("Affinity", ctypes.c_size_t),
                ("PriorityClass", wintypes.DWORD),
                ("SchedulingClass", wintypes.DWORD),
            ]

        class Extended(ctypes.Structure):
            _fields_ = [
                ("Basic", Basic),
                ("IoInfo", ctypes.c_uint64 * 6),
                ("ProcessMemoryLimit", ctypes.c_size_t),
                ("JobMemoryLimit", ctypes.c_size_t),
                ("PeakProcessMemoryUsed", ctypes.c_size_t),
                ("PeakJobMemoryUsed", ctypes.c_size_t),
            ]

        process_memory, kill_on_close, extended_limits = 0x100, 0x2000, 9
        kernel = ctypes.WinDLL("kernel32")  # type: ignore[attr-defined,unused-ignore]  # Windows alone
        kernel.CreateJobObjectW.restype = wintypes.HANDLE
        self._close = kernel.CloseHandle
        self._handle = wintypes.HANDLE(kernel.CreateJobObjectW(None, None))
        limits = Extended()
        limits.Basic.LimitFlags = process_memory | kill_on_close
        limits.ProcessMemoryLimit = memory
        process = wintypes.HANDLE(int(child._handle))  # type: ignore[attr-defined,unused-ignore]  # no public name
        held = kernel.SetInformationJobObject(
            self._handle, extended_limits, ctypes.byref(limits), ctypes.sizeof(limits)
        ) and kernel.AssignProcessToJobObject(self._handle, process)
        if not held:
            self.close()
            raise OSError("no job")

    def close(self) -> None:
        """The child ends with it."""
        self._close(self._handle)


OPENER = Opener()
atexit.register(OPENER.close)


def _one(name: str, source: bytes | Path, **arguments: object) -> Answer:
    return list(OPENER.ask(name, bytes_of(source), **arguments))[-1]


def prepare(source: bytes | Path) -> Prepared:
    """As ``documents.images.prepare``: a picture encoded anew, or a PDF as it is."""
    return _prepared(_one("prepare", source))


def prepare_image(source: bytes | Path) -> Prepared:
    """As ``documents.images.prepare_image``: a picture encoded anew."""
    return _prepared(_one("prepare_image", source))


def prepare_logo(source: bytes | Path) -> bytes:
    """As ``documents.images.prepare_logo``."""
    return _one("prepare_logo", source)[1]


def codes_by_page(data: bytes) -> Iterator[tuple[str, ...]]:
    """As ``documents.read.codes_by_page``: for each page the texts of its QR codes."""
    for head, _ in OPENER.ask("codes_by_page", data):
        yield tuple(str(code) for code in head["answer"])


def read_codes(path: Path) -> list[str]:
    """Texts of the QR codes in a file, each once. Raises UserError as ``documents.read``."""
    found = [code for codes in codes_by_page(regular_bytes(path)) for code in codes]
    return [code for code in dict.fromkeys(found) if code != UNREADABLE]


def page_count(data: bytes) -> int:
    """Pages of a PDF; a picture is one."""
    return int(_one("page_count", data)[0]["answer"])


def pages_apart(data: bytes, pages: Sequence[int]) -> Prepared:
    """As ``documents.read.pages_apart``: some pages of a PDF as one of their own."""
    return _prepared(_one("pages_apart", data, pages=list(pages)))


def small_picture(data: bytes, page: int, *, side: int) -> bytes:
    """One page, from 0, as a small picture to be shown."""
    return _one("small_picture", data, page=page, side=side)[1]


def _prepared(answer: Answer) -> Prepared:
    return Prepared(answer[1], str(answer[0]["answer"]))


# -- the child ------------------------------------------------------------------------------------


def serve() -> int:
    """Be the child: answer what is asked on standard input until it ends."""
    source, to = os.fdopen(0, "rb"), os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # nothing else is said where answers are read
    from osdesk.documents import images, read

    _hold_memory(int(os.environ.get("OSDESK_APART_MEMORY", MEMORY)))
    send(to, {"ready": True})
    while True:
        try:
            head, data = receive(source)
        except EOFError:
            return 0
        try:
            for answer, content in _answers(images, read, head["name"], data, head["arguments"]):
                send(to, {"more": True, "answer": answer}, content)
            send(to, {"more": False})
        except UserError as error:
            plain = {k: v for k, v in error.data.items() if isinstance(v, str | int)}
            send(to, {"more": False, "code": error.code, "data": plain})
        except (Exception, MemoryError):  # noqa: BLE001  # whatever a file did to its reader
            send(to, {"more": False, "code": "file_unsafe"})
            return 1


def _answers(
    images: Any, read: Any, name: str, data: bytes, arguments: dict[str, Any]
) -> Iterator[tuple[object, bytes]]:
    match name:
        case "prepare" | "prepare_image":
            prepared = getattr(images, name)(data)
            yield prepared.media_type, prepared.data
        case "prepare_logo":
            yield None, images.prepare_logo(data)
        case "pages_apart":
            prepared = read.pages_apart(data, **arguments)
            yield prepared.media_type, prepared.data
        case "codes_by_page":
            for codes in read.codes_by_page(data):
                yield list(codes), b""
        case "page_count":
            yield read.page_count(data), b""
        case "small_picture":
            yield None, read.small_picture(data, **arguments)


def _hold_memory(more: int) -> None:
    """Refuse this process more memory than it has now and ``more`` bytes (POSIX; on Windows its
    starter holds it by a job)."""
    if sys.platform == "win32":
        return
    import resource

    pages = int(Path("/proc/self/statm").read_text().split()[0]) if _has_proc() else 0
    limit = pages * resource.getpagesize() + more
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _has_proc() -> bool:
    return Path("/proc/self/statm").exists()
