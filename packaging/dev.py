#!/usr/bin/env python3
"""Prepara o ambiente e trabalha com ele.

    python3 packaging/dev.py run [palavras]     abre o osdesk, ou roda um comando dele
    python3 packaging/dev.py test [palavras]    roda os testes (as palavras vão para o pytest)
    python3 packaging/dev.py build              congela o programa e faz o instalador
    python3 packaging/dev.py windows [passos]   prova tudo em um Windows de teste (no Linux)

No Windows: py packaging\\dev.py run
Sem tela, `run` sozinho faz o trabalho principal em uma loja de demonstração e diz onde o deixou.
"""

# Only the standard library, and nothing newer than Python 3.8 in the syntax: an old interpreter
# must get as far as the sentence that says which one is needed.
from __future__ import annotations

import ctypes
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
ENV = ROOT / ".venv"
LOCK = ROOT / "packaging" / "requirements.lock"
WINDOWS = os.name == "nt"
LINUX = sys.platform.startswith("linux")
OLDEST, NEWEST = (3, 11), (3, 15)

TASKS = {
    "run": ["-m", "osdesk"],
    "test": ["-m", "pytest"],
    "build": [str(ROOT / "packaging" / "bundle.py")],
    "windows": [str(ROOT / "packaging" / "wine" / "trial.py")],
}
MEMORY = Path("/dev/shm")
EVERY_CORE = ["-n", "auto", "--dist", "worksteal"]

# What PySide6-Essentials links to and a small Debian or Ubuntu lacks: library -> package.
OFFSCREEN = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libgssapi_krb5.so.2": "libgssapi-krb5-2",
}
X11 = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
WAYLAND = {
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
}
PRINTERS = {"libcups.so.2": "libcups2"}
WINDOWS_MADE_UP = {
    "wine": "wine",
    "x86_64-w64-mingw32-gcc": "gcc-mingw-w64-x86-64",
    "makensis": "nsis",
    "Xvfb": "xvfb",
    "xauth": "xauth",
}
"""What `windows` runs: program -> package."""


def say(text: str) -> None:
    """To stderr: what a command prints on stdout may be read by a program."""
    print(text, file=sys.stderr, flush=True)


def has_screen(environ: Mapping[str, str]) -> bool:
    return bool(environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY"))


def environment_python(env: Path, windows: bool) -> Path:
    return env / "Scripts" / "python.exe" if windows else env / "bin" / "python"


def libraries(task: str, environ: Mapping[str, str]) -> dict[str, str]:
    """What the task needs of the system; tests draw off screen even where there is one.

    A build packs X11's into the program: what is missing here would be missing there. Wayland's and
    the printers' it leaves to the system (the Debian package depends on them), but PyInstaller
    follows Qt's print plugin there.
    """
    wanted = dict(OFFSCREEN)
    if task == "build" or (task == "run" and environ.get("DISPLAY")):
        wanted.update(X11)
    if task == "build":
        wanted.update(PRINTERS)
    if task == "run" and environ.get("WAYLAND_DISPLAY"):
        wanted.update(WAYLAND)
    return wanted


def loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def can_make_environments() -> bool:
    """Debian keeps ensurepip in a package of its own."""
    return importlib.util.find_spec("ensurepip") is not None


def lacks_own_library() -> bool:
    """Whether this Python's own library, which a frozen program carries along, is not there.

    Debian keeps it in a package of its own.
    """
    name = str(sysconfig.get_config_var("INSTSONAME") or "")
    beside = Path(str(sysconfig.get_config_var("LIBDIR") or "")) / name
    return name.startswith("libpython") and not beside.exists() and not loads(name)


def missing(
    task: str,
    environ: Mapping[str, str],
    *,
    loads: Callable[[str], bool] = loads,
    venv: Callable[[], bool] = can_make_environments,
    which: Callable[[str], str | None] = shutil.which,
    bare: Callable[[], bool] = lacks_own_library,
) -> dict[str, str]:
    """All that the system lacks for the task, at once: what is looked for -> its package."""
    lacks = {}
    if not venv():
        lacks["ensurepip"] = "python{}.{}-venv".format(*sys.version_info[:2])
    for library, package in libraries(task, environ).items():
        if not loads(library):
            lacks[library] = package
    if task == "build" and not which("objdump"):
        lacks["objdump"] = "binutils"
    if task == "build" and bare():
        lacks["libpython"] = "libpython{}.{}".format(*sys.version_info[:2])
    if task == "windows":
        lacks.update({name: pack for name, pack in WINDOWS_MADE_UP.items() if not which(name)})
    return lacks


def system_sentence(lacks: Mapping[str, str], apt: bool) -> str:
    if apt:
        packages = " ".join(lacks.values())
        return f"Faltam pacotes do sistema. Rode:\n  sudo apt update && sudo apt install {packages}"
    return (
        "Faltam partes do sistema: " + ", ".join(lacks) + ".\n"
        "Instale-as com o gerenciador de pacotes da sua distribuição e rode de novo."
    )


def complete_system(task: str) -> None:
    lacks = missing(task, os.environ)
    if not lacks:
        return
    apt = shutil.which("apt-get")
    if not apt or os.geteuid() != 0:
        sys.exit(system_sentence(lacks, bool(apt)))
    say("Instalando pacotes do sistema: " + " ".join(lacks.values()))
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    must([apt, "update", "-qq"], env)
    quiet = ["-y", "-qq", "--no-install-recommends", "-o", "Dpkg::Use-Pty=0"]
    must([apt, "install", *quiet, *lacks.values()], env, out=subprocess.DEVNULL)


def must(
    command: Sequence[str], env: Mapping[str, str] | None = None, out: int | None = None
) -> None:
    """A step of the set-up; its chatter goes to stderr, its failure ends in a sentence."""
    stdout = sys.stderr if out is None else out
    done = subprocess.run(command, env=env, stdin=subprocess.DEVNULL, stdout=stdout)
    if done.returncode:
        sys.exit(
            "A preparação parou no passo acima. Confira a internet e o espaço em disco e rode "
            "de novo: ela continua de onde parou."
        )


def stamp(lock: bytes, project: bytes, python: str, place: str) -> str:
    """Names an environment: another lock, project, interpreter or folder asks for a new one."""
    parts = (lock, project, python.encode(), place.encode())
    return hashlib.sha256(b"\0".join(hashlib.sha256(p).digest() for p in parts)).hexdigest()


def interpreter() -> str:
    """The series and the machine, not the release: installing python3-venv may bring a newer
    Python 3.11 along while this very process still is the old one, and the environment serves both.
    """
    return f"{sys.implementation.cache_tag} {sysconfig.get_platform()}"


def same_series(config: Path) -> bool:
    """Whether the environment was made by this series of Python (3.12 cannot mend a 3.11 one)."""
    if not config.exists():
        return False
    lines = (line.partition("=") for line in config.read_text("utf-8").splitlines())
    found = {key.strip(): value.strip() for key, _, value in lines}
    version = found.get("version") or found.get("version_info") or ""
    return version.split(".")[:2] == [str(n) for n in sys.version_info[:2]]


def prepare() -> Path:
    """The environment's interpreter, made or brought up to the lock where that is needed."""
    python = environment_python(ENV, WINDOWS)
    seal = ENV / "osdesk.stamp"
    project = (ROOT / "pyproject.toml").read_bytes()
    want = stamp(LOCK.read_bytes(), project, interpreter(), str(ROOT))
    if python.exists() and seal.exists() and seal.read_text("ascii") == want:
        return python
    say("Preparando o ambiente em .venv (só desta vez; leva um ou dois minutos)…")
    if seal.exists():
        seal.unlink()  # a set-up that is cut short is taken up again
    clear = [] if same_series(ENV / "pyvenv.cfg") else ["--clear"]
    must([sys.executable, "-m", "venv", *clear, str(ENV)])
    pip = [str(python), "-m", "pip", "--disable-pip-version-check", "install", "-q"]
    must([*pip, "--require-hashes", "--only-binary=:all:", "-r", str(LOCK)])
    must([*pip, "--no-deps", "--no-build-isolation", "-e", str(ROOT)])
    seal.write_text(want, "ascii")
    return python


def words(task: str, rest: Sequence[str], screen: bool) -> list[str]:
    """What follows the interpreter; without a screen a bare `run` is the tour.

    A bare `test` is the whole suite: on every core, a core that is done takes from the others.
    """
    if task == "run" and not rest and not screen:
        rest = ["tour", "--out", str(ENV / "tour")]
    if task == "test" and not rest:
        rest = EVERY_CORE
    return [*TASKS[task], *rest]


def qt_environment(task: str, environ: Mapping[str, str], linux: bool) -> dict[str, str]:
    env = dict(environ)
    if task == "test" or (linux and not has_screen(environ)):
        env.setdefault("QT_QPA_PLATFORM", "offscreen")
    return env


def fast_temporary_files(memory: Path = MEMORY, needed: int = 2 * 2**30) -> dict[str, str]:
    """Where tests put their files: in memory where there is enough, for each write of a shop's
    file waits until the disk has it.
    """
    try:
        if shutil.disk_usage(memory).free < needed or not os.access(memory, os.W_OK):
            return {}
    except OSError:
        return {}
    return {"PYTEST_DEBUG_TEMPROOT": str(memory)}


def main(argv: Sequence[str]) -> int:
    if not OLDEST <= sys.version_info[:2] <= NEWEST:
        sys.exit(
            "O osdesk precisa do Python {}.{} a {}.{}; este é o {}.{}.".format(
                *OLDEST, *NEWEST, *sys.version_info[:2]
            )
        )
    task, rest = (argv[0], list(argv[1:])) if argv else ("", [])
    if task not in TASKS:
        say(__doc__ or "")
        return 0 if task in ("-h", "--help") else 2
    if task == "windows" and not LINUX:
        sys.exit("O Windows de teste só existe no Linux; aqui, use os outros comandos.")
    if LINUX:
        complete_system(task)
    python = str(prepare())
    screen = has_screen(os.environ) or not LINUX
    command = [python, *words(task, rest, screen)]
    env = qt_environment(task, os.environ, LINUX)
    if task == "test":
        env = {**fast_temporary_files(), **env}
    if task != "run":
        os.chdir(ROOT)
    if not WINDOWS:
        os.execve(python, command, env)  # signals and the exit code are the program's own
    return subprocess.call(command, env=env)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
