"""The Windows made up of Wine: what of it can be told without Wine."""

import importlib.util
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
WINE = ROOT / "packaging" / "wine"
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="it is made up on Linux alone")


def load(name: str):
    spec = importlib.util.spec_from_file_location(name, WINE / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def machine():
    return load("machine")


@pytest.fixture
def trial(machine, monkeypatch, tmp_path):
    monkeypatch.setattr(sys, "path", [str(WINE), *sys.path])
    monkeypatch.setitem(sys.modules, "machine", machine)
    trial = load("trial")
    monkeypatch.setattr(trial, "FOUND", tmp_path / "found.json")
    monkeypatch.setattr(trial, "REPORT", tmp_path / "WINDOWS.md")
    return trial


def test_the_lock_is_read_as_windows_would(machine):
    lock = (ROOT / "packaging" / "requirements.lock").read_text("utf-8")
    chosen = machine.pins(lock)
    names = {pin.partition("==")[0] for pin in chosen}
    assert {"colorama", "tzdata", "pefile", "pyside6-essentials"} <= names
    assert "macholib" not in names, "only for another system"
    assert len(names) == len(chosen), "one version of each"
    assert all(" --hash=sha256:" in pin and ";" not in pin for pin in chosen)


def test_a_path_as_windows_programs_name_it(machine, tmp_path):
    made_up = machine.Machine(tmp_path)
    assert made_up.windows_path(made_up.drive / "Loja" / "a.txt") == r"C:\Loja\a.txt"
    assert made_up.windows_path(tmp_path / "a.txt") == "Z:" + str(tmp_path / "a.txt").replace(
        "/", "\\"
    )


def test_every_test_belongs_to_a_floor(trial):
    inside = {
        path
        for places in trial.floors().values()
        for place in places
        for path in ([ROOT / "tests" / place] if place.endswith(".py") else rooted(place))
    }
    assert inside >= set((ROOT / "tests").rglob("test_*.py"))


def rooted(place: str) -> list[Path]:
    return list((ROOT / "tests" / place).rglob("test_*.py"))


def test_the_report_says_what_was_shown_what_not_and_what_was_not_run(trial, machine, tmp_path):
    trial.keep("setup", {"says": "CPython 3.11"})
    counts = {"passed": 3, "failed": 1, "skipped": 1, "seconds": 5, "code": 1}
    failures = {"test_a::test_b": f"missing {ROOT}/x"}
    trial.keep("tests domain", {**counts, "failures": failures, "reasons": ["POSIX"]})
    shown = trial.Shown()
    shown("it opens", True, "much that is not needed")
    shown("it closes", False, "it stays open")
    shown.keep("install", megabytes=59)
    trial.report(machine.Machine(tmp_path))
    text = (tmp_path / "WINDOWS.md").read_text("utf-8")
    assert "3 passed, 1 failed, 1 left out." in text
    assert "* yes: it opens\n" in text
    assert "* **no**: it closes (it stays open)" in text
    assert "`domain: test_a::test_b`: missing …/x" in text
    assert str(ROOT) not in text
    assert "Not run: " in text
    assert "services" in text.partition("Not run: ")[2].partition("\n")[0]
