"""Everything that the program is made of stands in the list, each with its text."""

import tomllib
from importlib.metadata import PackageNotFoundError, requires
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from osdesk.jobs.licences import PARTS, parts, texts, write_all

ROOT = Path(__file__).resolve().parents[2]
OTHER_SYSTEMS = {"colorama", "tzdata"}
"""What only Windows needs is found there alone, or installed for the tests."""


def needed() -> set[str]:
    """The dependencies of ``pyproject.toml`` and theirs, on this system."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    waiting = [Requirement(words) for words in project["dependencies"]]
    found: set[str] = set()
    while waiting:
        requirement = waiting.pop()
        name = canonicalize_name(requirement.name)
        extras = requirement.extras or {""}
        here = requirement.marker is None or requirement.marker.evaluate()
        if not here or name in found:
            continue
        found.add(name)
        try:
            theirs = [Requirement(words) for words in requires(name) or []]
        except PackageNotFoundError:  # an accelerator that works without as well
            continue
        for their in theirs:
            if their.marker is None or any(their.marker.evaluate({"extra": x}) for x in extras):
                their.marker = None
                waiting.append(their)
    return found


def test_every_dependency_is_in_the_list_and_nothing_else():
    listed = {canonicalize_name(name) for part in PARTS for name in part.distributions}
    assert needed() - listed == set()
    assert listed - needed() - OTHER_SYSTEMS == set()


@pytest.mark.parametrize("part", parts(), ids=lambda part: part.name)
def test_each_part_brings_its_text(part):
    found = dict(texts(part))
    assert sum(map(len, found.values())) > 400


def test_qt_comes_with_both_licences_and_a_written_offer():
    [qt] = [part for part in parts() if "Qt" in part.name]
    found = dict(texts(qt))
    assert "GNU LESSER GENERAL PUBLIC LICENSE" in found["LGPL-3.0.txt"]
    assert "GNU GENERAL PUBLIC LICENSE" in found["GPL-3.0.txt"]
    assert "Oferta por escrito" in found["Qt.txt"]
    assert "Written offer" in found["Qt.txt"]


def test_our_own_licence_is_the_one_of_the_project():
    [own] = [part for part in parts() if part.name == "osdesk"]
    assert dict(texts(own))["osdesk.txt"] == (ROOT / "LICENSE").read_text("utf-8")


def test_a_folder_for_each_part_and_a_list(tmp_path):
    write_all(tmp_path / "LICENSES")
    folders = [path for path in (tmp_path / "LICENSES").iterdir() if path.is_dir()]
    assert len(folders) == len(parts())
    assert all(list(folder.iterdir()) for folder in folders)
    whole = (tmp_path / "LICENSES" / "LEIA-ME.txt").read_text("utf-8")
    assert all(part.name in whole for part in parts())
    pdfium = tmp_path / "LICENSES" / "PDFium-e-pypdfium2"
    [part] = [part for part in parts() if "PDFium" in part.name]
    assert len(list(pdfium.iterdir())) == len(list(texts(part))) > 20, "none hides another"
