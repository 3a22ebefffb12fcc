"""A process that may not touch the network: any try ends it, whoever makes it.

Python's own tries are seen by an audit hook and written down. On Linux the system also ends a
process that asks it for an internet socket, from whatever library; so do the processes that it
starts. What a program says to its own machine, as the window to a second start, is no network.
"""

import ctypes
import errno
import os
import platform
import struct
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LOG = "OSDESK_NETWORK_TRIES"
CAUGHT = 86
"""The exit code of a process that tried."""
INTERNET = (2, 10)
"""AF_INET and AF_INET6, of Linux."""
refused_by_system = False
_EVENTS = ("socket.connect", "socket.bind", "socket.sendto", "socket.sendmsg")
_NAMES = ("socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr", "urllib.Request")


def child(scratch: Path, *words: object) -> tuple[subprocess.CompletedProcess[str], str]:
    """Python with these words, without network, and so every process that it starts; the tries of
    all."""
    hook = scratch / "hook"
    hook.mkdir(exist_ok=True)
    (hook / "sitecustomize.py").write_text(
        "from tests.faults.no_network import refuse\nrefuse()\n", encoding="utf-8"
    )
    tries = scratch / "tries"
    paths = [str(hook), str(ROOT), os.environ.get("PYTHONPATH", "")]
    done = subprocess.run(
        [sys.executable, *map(str, words)],
        capture_output=True,
        encoding="utf-8",
        stdin=subprocess.DEVNULL,
        timeout=110,
        env={
            **os.environ,
            "PYTHONPATH": os.pathsep.join(filter(None, paths)),
            "PYTHONIOENCODING": "utf-8",
            "QT_QPA_PLATFORM": "offscreen",
            LOG: str(tries),
        },
    )
    return done, tries.read_text("utf-8") if tries.exists() else ""


def refuse() -> None:
    """From now on, in this process and those to come."""
    global refused_by_system
    sys.addaudithook(_heard)
    refused_by_system = _refuse_sockets()


def _heard(event: str, values: tuple[object, ...]) -> None:
    if event in _NAMES or (event in _EVENTS and _goes_out(values)):
        with open(os.environ[LOG], "a", encoding="utf-8") as log:
            log.write(f"{os.getpid()} {event} {values[1:]}\n")
        os._exit(CAUGHT)


def _goes_out(values: tuple[object, ...]) -> bool:
    return getattr(values[0], "family", None) in INTERNET or isinstance(values[1], tuple)


# -- the system's own refusal: a filter of calls, https://docs.kernel.org/userspace-api/seccomp_filter.html

_CALLS = {
    "x86_64": (0xC000003E, {"socket": 41, "unlink": 87, "unlinkat": 263}),
    "aarch64": (0xC00000B7, {"socket": 198, "unlinkat": 35}),
}
"""The architecture as the kernel names it, and its numbers of calls."""
_LOAD, _EQUAL, _RETURN = 0x20, 0x15, 0x06
_ALLOW, _END, _ERROR = 0x7FFF0000, 0x80000000, 0x00050000
_NO_NEW_PRIVILEGES, _SET_SECCOMP, _FILTER = 38, 22, 2
_ARCHITECTURE, _NUMBER, _FIRST_WORD = 4, 0, 16

Step = tuple[int, int, int, int]


def _refuse_sockets() -> bool:
    """Whether the system does so; where it does not, the audit hook alone is left."""
    kinds = [(_EQUAL, 0, 1, INTERNET[0]), (_RETURN, 0, 0, _END)]
    kinds += [(_EQUAL, 0, 1, INTERNET[1]), (_RETURN, 0, 0, _END)]
    return _filter({"socket": [(_LOAD, 0, 0, _FIRST_WORD), *kinds, (_RETURN, 0, 0, _ALLOW)]})


def refuse_removing() -> bool:
    """From now on no file can be removed: the disk answers with an error. Whether the system does
    so."""
    answer: list[Step] = [(_RETURN, 0, 0, _ERROR | errno.EIO)]
    return _filter({"unlink": answer, "unlinkat": answer})


def _filter(answers: dict[str, list[Step]]) -> bool:
    """Have the system answer calls by steps of its filter, in this process and its children."""
    known = _CALLS.get(platform.machine()) if sys.platform == "linux" else None
    if known is None:
        return False
    architecture, numbers = known
    steps: list[Step] = [(_LOAD, 0, 0, _ARCHITECTURE), (_EQUAL, 1, 0, architecture)]
    steps += [(_RETURN, 0, 0, _ALLOW), (_LOAD, 0, 0, _NUMBER)]
    for call, answer in answers.items():
        if call in numbers:
            steps += [(_EQUAL, 0, len(answer), numbers[call]), *answer]
    steps.append((_RETURN, 0, 0, _ALLOW))
    program = ctypes.create_string_buffer(b"".join(struct.pack("HBBI", *step) for step in steps))
    head = struct.pack("HP", len(steps), ctypes.addressof(program))
    held = ctypes.create_string_buffer(head, len(head))
    libc = ctypes.CDLL(None)
    libc.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0)
    answered: int = libc.prctl(_SET_SECCOMP, _FILTER, held, 0, 0)
    return answered == 0
