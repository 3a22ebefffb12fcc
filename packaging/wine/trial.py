"""Tries the whole program on a Windows made up of Wine, and writes down what was shown.

    python3 packaging/dev.py windows                  all steps, then packaging/WINDOWS.md
    python3 packaging/dev.py windows tests persistence jobs      the tests of some floors
    python3 packaging/dev.py windows freeze | install | report   one step

What a step found is kept in ``build/windows/found.json``, with its day and commit, so that the
steps may be run one by one; ``report`` puts together the last of each.
"""

import fcntl
import json
import os
import re
import shutil
import subprocess
import sys
import time
import xml.etree.ElementTree as ET
from collections.abc import Callable, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import bundle
from machine import PLACE, ROOT, Done, Machine

FOUND = PLACE / "found.json"
REPORT = ROOT / "packaging" / "WINDOWS.md"
DIST = PLACE / "dist"
PICTURES = PLACE / "pictures"
OLDER, NEWER = "0.0.1", bundle.version()
TEST_SECONDS = 900
"""For one test; the machine that plays Windows is slow."""
PYTEST = [
    *("-m", "pytest", "-q", "--tb=short", "-p", "no:cacheprovider"),
    *("-o", f"timeout={TEST_SECONDS}", "-o", "junit_family=xunit1"),
]


def floors() -> dict[str, list[str]]:
    """Groups of tests: a floor, or a room of the window's."""
    tests = ROOT / "tests"
    groups = {"top": sorted(path.name for path in tests.glob("test_*.py"))}
    for folder in sorted(path for path in tests.iterdir() if path.is_dir()):
        if folder.name == "ui":
            groups["ui"] = sorted(f"ui/{path.name}" for path in folder.glob("test_*.py"))
            rooms = sorted(path for path in folder.iterdir() if list(path.glob("test_*.py")))
            groups.update({f"ui/{room.name}": [f"ui/{room.name}"] for room in rooms})
        elif next(folder.rglob("test_*.py"), None):
            groups[folder.name] = [folder.name]
    return groups


# -- what was found -------------------------------------------------------------------------------


def commit() -> str:
    done = subprocess.run(
        ["git", "rev-parse", "--short=10", "HEAD"], cwd=ROOT, capture_output=True, text=True
    )
    return done.stdout.strip()


def found() -> dict[str, Any]:
    return json.loads(FOUND.read_text("utf-8")) if FOUND.exists() else {}


def keep(step: str, facts: dict[str, Any]) -> None:
    """Two trials may run side by side, one of them the slow tests."""
    facts = {**facts, "day": f"{datetime.now(UTC):%Y-%m-%d}", "commit": commit()}
    with FOUND.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        known = {**found(), step: facts}
        FOUND.write_text(json.dumps(known, indent=1, ensure_ascii=False), "utf-8")


class Shown:
    """Claims of one step: each is shown, or not, with what was seen instead."""

    def __init__(self) -> None:
        self.claims: list[tuple[str, bool, str]] = []

    def __call__(self, claim: str, held: bool, seen: object = "") -> None:
        self.claims.append((claim, bool(held), "" if held else str(seen).strip()[-300:]))
        print(
            f"{'mostrado' if held else 'NÃO'}: {claim}", "" if held else f"\n    {seen}", flush=True
        )

    def keep(self, step: str, **facts: Any) -> None:
        keep(step, {"claims": self.claims, **facts})


# -- tests ----------------------------------------------------------------------------------------


def try_floors(machine: Machine, wanted: Sequence[str] = ()) -> None:
    groups = floors()
    for name in wanted or groups:
        chosen = groups.get(name, [name])
        facts = _run_tests(machine, name.replace("/", "-"), [f"tests/{path}" for path in chosen])
        keep(f"tests {name}", facts)
        print(name, {key: facts[key] for key in ("passed", "failed", "skipped")}, flush=True)


def _run_tests(machine: Machine, name: str, chosen: list[str]) -> dict[str, Any]:
    logs = PLACE / "tests"
    logs.mkdir(exist_ok=True)
    log, record = logs / f"{name}.log", logs / f"{name}.xml"
    log.unlink(missing_ok=True)
    record.unlink(missing_ok=True)
    begin = time.monotonic()
    done = machine.run(
        [machine.python, *PYTEST, f"--junitxml={machine.windows_path(record)}", *chosen],
        cwd=ROOT,
        log=log,
        timeout=7200,
    )
    facts: dict[str, Any] = {"seconds": round(time.monotonic() - begin), "code": done.code}
    facts.update(_counts(record) if record.exists() else _broken_off(done))
    return facts


def _counts(record: Path) -> dict[str, Any]:
    cases = list(ET.parse(record).getroot().iter("testcase"))
    bad, left_out = {}, {}
    for case in cases:
        place = f"{case.get('classname', '').rpartition('.')[2]}::{case.get('name')}"
        for kind, names in (("failure", bad), ("error", bad), ("skipped", left_out)):
            told = case.find(kind)
            if told is not None:
                names[place] = (told.get("message") or "").splitlines()[:1]
    return {
        "passed": len(cases) - len(bad) - len(left_out),
        "failed": len(bad),
        "skipped": len(left_out),
        "failures": {place: " ".join(why)[:200] for place, why in bad.items()},
        "reasons": sorted({" ".join(why) for why in left_out.values()}),
    }


def _broken_off(done: Done) -> dict[str, Any]:
    last = done.said.strip().splitlines()[-1:] or ["nothing was said"]
    return {
        "passed": 0,
        "failed": 1,
        "skipped": 0,
        "failures": {"the run itself": last[0][:200]},
        "reasons": [],
    }


# -- the frozen program and its installer ---------------------------------------------------------


def freeze(machine: Machine) -> None:
    """The frozen folder, by the project's own script; it does the tour before it is believed."""
    shown = Shown()
    shutil.rmtree(DIST, ignore_errors=True)
    begin = time.monotonic()
    done = machine.run(
        [
            machine.python,
            machine.windows_path(ROOT / "packaging" / "bundle.py"),
            machine.windows_path(DIST),
        ],
        cwd=ROOT,
        timeout=3600,
    )
    frozen = DIST / "osdesk"
    shown("o programa é congelado e faz o passeio", done.code == 0, done.said)
    names = {path.name.lower() for path in frozen.rglob("*") if path.is_file()}
    shown("nada do Wine e nenhum icuuc.dll foi junto", not {"icuuc.dll", "kernel32.dll"} & names)
    plugins = {path.parent.name for path in frozen.rglob("plugins/*/*.dll")}
    shown("sem plugins de rede cifrada", not {"tls", "networkinformation"} & plugins, plugins)
    licences = list((frozen / "LICENSES").glob("*/*")) if frozen.exists() else []
    shown("as licenças vão junto", len(licences) > 60, len(licences))
    for name in ("osdesk.exe", "osdeskw.exe"):
        seen = machine.run([machine.python, "-c", VERSION_OF, machine.windows_path(frozen / name)])
        shown(f"{name} diz a sua versão", f"'{NEWER}'" in seen.said, seen.said)
    size = sum(path.stat().st_size for path in frozen.rglob("*") if path.is_file())
    shown.keep("freeze", seconds=round(time.monotonic() - begin), megabytes=round(size / 1e6))


VERSION_OF = """
import sys, pefile
info = pefile.PE(sys.argv[1]).FileInfo[0]
print([str(v, 'utf-8') for part in info if part.Key == b'StringFileInfo'
       for table in part.StringTable for k, v in table.entries.items() if k == b'FileVersion'])
"""


def installers() -> tuple[Path, Path]:
    """The installer, and one that calls itself older, of the same folder and one file more."""
    frozen = DIST / "osdesk"
    newer = bundle.windows_installer(frozen, NEWER)
    stale = frozen / "_internal" / "stale.dll"
    stale.write_bytes(b"of an older version")
    try:
        older = bundle.windows_installer(frozen, OLDER, quick=True)
    finally:
        stale.unlink()
    return older, newer


@contextmanager
def screen(number: int = 97):
    """A screen without a monitor, for Qt's own Windows plugin."""
    command = ["Xvfb", f":{number}", "-screen", "0", "1600x1000x24", "-nolisten", "tcp"]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        time.sleep(2)
        yield {"DISPLAY": f":{number}", "WINEQT_QPA_PLATFORM": "windows"}
    finally:
        server.terminate()
        server.wait()


def until(held: Callable[[], object], seconds: float = 60) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if held():
            return True
        time.sleep(0.5)
    return bool(held())


class Installed:
    """A drive C: of its own, on which the program is installed and used."""

    def __init__(self, machine: Machine) -> None:
        self.machine = machine
        [user] = [p for p in (machine.drive / "users").iterdir() if p.name.lower() != "public"]
        self.user = user
        self.home = user / "AppData" / "Local" / "Programs" / "osdesk"
        self.program = self.home / "osdesk.exe"
        self.window = self.home / "osdeskw.exe"
        self.shop = user / "AppData" / "Local" / "osdesk"

    def install(self, installer: Path) -> int:
        return self.machine.run([installer, "/S"], timeout=900).code

    def said(self, *words: str | Path, timeout: float = 300) -> Done:
        return self.machine.run([self.program, *words], timeout=timeout)

    def version(self) -> str:
        return self._registry("DisplayVersion")

    def _registry(self, value: str) -> str:
        key = r"HKCU\Software\Microsoft\Windows\CurrentVersion\Uninstall\osdesk"
        done = self.machine.run(["reg", "query", key, "/v", value])
        match = re.search(rf"{value}\s+REG_SZ\s+(\S.*?)\s*$", done.said, re.MULTILINE)
        return match[1] if match else ""

    def shortcuts(self) -> list[Path]:
        return sorted(self.user.rglob("osdesk.lnk"))

    def open(self, program: Path) -> subprocess.Popen[bytes]:
        """Start the window, and wait until it holds the shop: it writes there who does."""
        lock = self.shop / "osdesk.lock"
        before = lock.stat().st_mtime_ns
        window = self.machine.start([program])
        until(lambda: lock.stat().st_mtime_ns != before, 90)
        return window

    def close_windows(self) -> None:
        """As a person does: the window is asked to close."""
        self.machine.run(["taskkill", "/IM", "osdeskw.exe"], timeout=60)


def install(machine: Machine) -> None:
    """From the older installer to the removal, on a fresh drive."""
    shown = Shown()
    older, newer = installers()
    print("Instaladores prontos.", flush=True)
    shutil.rmtree(PLACE / "scratch", ignore_errors=True)
    scratch = Machine(machine.place, drive="scratch")
    scratch.make_drive()
    pc = Installed(scratch)
    try:
        with screen() as environ:
            scratch.extra = environ
            _install_and_use(shown, pc, older, newer)
    finally:
        scratch.stop()
    shown.keep(
        "install",
        installer_megabytes=round(newer.stat().st_size / 1e6, 1),
        sha256=bundle.digest(newer),
    )


def _install_and_use(shown: Shown, pc: Installed, older: Path, newer: Path) -> None:
    scratch = pc.machine
    scratch.run(["winecfg", "-v", "win7"])
    shown(
        "um Windows antigo demais é recusado (4) e nada fica",
        pc.install(newer) == 4 and not pc.home.exists(),
    )
    scratch.run(["winecfg", "-v", "win10"])

    shown("instalação silenciosa", pc.install(older) == 0 and pc.program.exists())
    shown("atalhos no menu e na área de trabalho", len(pc.shortcuts()) == 2, pc.shortcuts())
    shown("a versão instalada está no registro", pc.version() == OLDER, pc.version())
    pc.said("demo", "--orders", "60", "--data", "C:\\Loja do João\\dados")
    before = (pc.home / "_internal" / "stale.dll").exists()
    code = pc.install(newer)
    stale = (pc.home / "_internal" / "stale.dll").exists()
    shown("a versão nova entra sobre a antiga", code == 0 and pc.version() == NEWER, code)
    shown("o que a antiga deixou sai", before and not stale, (before, stale))
    shown("voltar a uma versão antiga é recusado (3)", (code := pc.install(older)) == 3, code)
    shown("e nada muda", pc.version() == NEWER, pc.version())

    done = pc.said("--version")
    shown("osdesk --version", NEWER in done.said, done.said)
    done = pc.said("check", "--data", "C:\\Loja do João\\dados")
    shown("osdesk check em uma pasta com acento e espaço", done.code == 0, done.said)
    begin = time.monotonic()
    done = pc.said("tour", "--out", "C:\\passeio", timeout=900)
    seconds = time.monotonic() - begin
    claim = f"o passeio inteiro ({seconds:.0f} s), com a janela pelo plugin “windows”"
    shown(claim, done.code == 0, done.said)
    shutil.rmtree(PICTURES, ignore_errors=True)
    PICTURES.mkdir()
    pictures = sorted((scratch.drive / "passeio").rglob("tela-*.png"))
    for picture in pictures:
        shutil.copyfile(picture, PICTURES / picture.name)
    shown("uma imagem de cada página", len(pictures) >= 5, pictures)

    _use_window(shown, pc, newer)

    remover = pc.home / "desinstalar.exe"
    scratch.run([remover, "/S"])
    gone = until(lambda: not pc.home.exists())
    shown(
        "a remoção leva o programa e os atalhos",
        gone and not pc.shortcuts(),
        list(pc.home.rglob("*"))[:5],
    )
    shown("e o registro", pc.version() == "", pc.version())
    kept = scratch.drive / "Loja do João" / "dados" / "osdesk.db"
    shown("e deixa as lojas", kept.is_file() and (pc.shop / "osdesk.db").is_file())


def _use_window(shown: Shown, pc: Installed, newer: Path) -> None:
    """The window on the user's own folder: opened, opened again, closed, and what it keeps shut."""
    order = json.dumps(
        {
            "customer": {"name": "Conceição Araújo"},
            "equipment": {"kind": "Lavadora"},
            "service_type": "Conserto",
            "reason": "Não liga",
        }
    )
    paper = pc.machine.drive / "ordem.json"
    paper.write_text(order, "utf-8")
    done = pc.said("order", "add", "C:\\ordem.json")
    shown("a loja do usuário nasce com a primeira OS", done.code == 0, done.said)
    begin = time.monotonic()
    window = pc.open(pc.window)
    seconds = time.monotonic() - begin
    done = pc.said("order", "add", "C:\\ordem.json")
    claim = f"a janela abre ({seconds:.0f} s) e segura a pasta da loja (3 para quem quer gravar)"
    shown(claim, done.code == 3, done)
    said = pc.said("order", "add", "C:\\ordem.json").said
    shown(
        "e diz quem a segura, e desde quando",
        re.search(r"\(\S+ \d{4}-\d\d-\d\d .*UTC\)", said),
        said,
    )
    done = pc.said("list")
    shown("ler ao lado da janela aberta", done.code == 0 and "Concei" in done.said, done.said)
    again = pc.machine.run([pc.window], timeout=120)
    shown("um segundo início chama a janela aberta e termina (0)", again.code == 0, again.code)
    shown("o instalador percebe a janela aberta (2)", (code := pc.install(newer)) == 2, code)
    shown("e nada muda", pc.program.exists() and pc.version() == NEWER)
    pc.close_windows()
    shown("a janela fecha quando se pede", until(lambda: window.poll() is not None, 60))
    backups = pc.shop / "backups"
    made = until(lambda: list(backups.glob("*.zip")), 120)
    shown("o backup ao fechar é feito por um processo à parte", made, list(pc.shop.iterdir()))
    if window.poll() is None:
        window.kill()
    console = pc.open(pc.program)
    shown("o instalador percebe também o osdesk.exe (2)", (code := pc.install(newer)) == 2, code)
    pc.machine.run(["taskkill", "/F", "/IM", "osdesk.exe"], timeout=60)
    console.kill()
    console.wait()
    shown("depois de morto, nada fica preso", pc.said("check").code == 0)


# -- the report -----------------------------------------------------------------------------------

HEAD = """# Windows, tried under Wine

Written by `python3 packaging/dev.py windows`; not edited by hand. There was no Windows machine: the
real Windows builds of CPython, Qt, SQLite and the other libraries ran under Wine on Linux
({machine}).

**What this shows**: imports, paths (letters of drives, spaces, accents), locking and replacing of
open files, the frozen program, installing, upgrading, removing, typefaces by kind of widget, the
tests of every floor.

**What it cannot show**: SmartScreen and virus scanners, the real spooler and printers' drivers,
ClearType, 125 % and 150 %, sleep and power cuts, a second user of the PC, speed. The frozen folder
made here is for trying: its `python3.dll` is made up, so it is never given to a shop.
"""
NOT_SHOWN = """
## Not shown at all

* The printer dialog and a real print: Wine has a spooler, but no driver worth the name.
* A limit of memory for the child that opens files: Wine knows jobs, not that limit. That the child
  is in a job and ends with its starter was shown by its tests.
* What Windows says of an unsigned installer.
"""


def without_places(text: str) -> str:
    """A report names no folder of the machine that made it."""
    for place in (str(ROOT), "Z:" + str(ROOT).replace("/", "\\")):
        text = text.replace(place, "…")
    return text


def report(machine: Machine) -> None:
    facts = found()
    lines = [HEAD.format(machine=facts.get("setup", {}).get("says", "?"))]
    tests = {name[6:]: told for name, told in facts.items() if name.startswith("tests ")}
    if tests:
        total = {
            key: sum(told[key] for told in tests.values())
            for key in ("passed", "failed", "skipped")
        }
        lines += [
            "## Tests\n",
            "{passed} passed, {failed} failed, {skipped} left out.\n".format(**total),
            "| floor | passed | failed | left out | seconds | commit | day |",
            "|---|---|---|---|---|---|---|",
        ]
        for name, told in sorted(tests.items()):
            row = [
                name,
                told["passed"],
                told["failed"],
                told["skipped"],
                told["seconds"],
                told["commit"],
                told["day"],
            ]
            lines.append("| " + " | ".join(map(str, row)) + " |")
        reasons = sorted({reason for told in tests.values() for reason in told["reasons"]})
        lines += [
            "",
            "Left out, each for one reason:",
            "",
            *(f"* {reason}" for reason in reasons),
            "",
        ]
        bad = {
            **{f"{n}: {p}": why for n, told in tests.items() for p, why in told["failures"].items()}
        }
        if bad:
            lines += ["Failed:", "", *(f"* `{place}`: {why}" for place, why in bad.items()), ""]
        missing = sorted(set(floors()) - set(tests))
        if missing:
            lines += [f"Not run: {', '.join(missing)}.", ""]
    for step, title in (
        ("freeze", "The frozen program"),
        ("install", "Installed, used, upgraded, removed"),
    ):
        told = facts.get(step)
        if not told:
            lines += [f"## {title}\n", "Not run.\n"]
            continue
        sizes = {k: v for k, v in told.items() if k not in ("claims", "day", "commit")}
        lines += [f"## {title}\n", f"{told['day']}, commit {told['commit']}: {sizes}\n"]
        for claim, held, seen in told["claims"]:
            lines.append(
                f"* {'yes' if held else '**no**'}: {claim}" + (f" ({seen})" if seen else "")
            )
        lines.append("")
    lines.append(NOT_SHOWN.strip())
    REPORT.write_text(without_places("\n".join(lines)) + "\n", "utf-8")
    print(REPORT)


STEPS = {"tests": try_floors, "freeze": freeze, "install": install, "report": report}


def main(words: list[str]) -> int:
    if unknown := [word for word in words[:1] if word not in STEPS]:
        print(__doc__, f"\nNão há o passo {unknown[0]}.", file=sys.stderr)
        return 2
    machine = Machine()
    print(says := machine.make(), flush=True)
    keep("setup", {"says": says})
    os.nice(5)
    if words[:1] == ["tests"]:
        try_floors(machine, words[1:])
    else:
        for step in words or STEPS:
            STEPS[step](machine)
    bad = [
        name
        for name, told in found().items()
        if told.get("failed") or not all(held for _, held, _ in told.get("claims", ()))
    ]
    print(f"Falhou em: {', '.join(bad)}" if bad else "Tudo mostrado.")
    return int(bool(bad))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
