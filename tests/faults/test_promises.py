"""The list of promises is whole and names tests that there are."""

import re
from pathlib import Path

from tests.faults.promises import PROMISES, Stands

TESTS = Path(__file__).parents[1]


def test_each_promise_is_accounted_for() -> None:
    assert [one.number for one in PROMISES] == [f"P{number}" for number in range(1, 30)]
    for one in PROMISES:
        assert (one.missing == "") is (one.stands is Stands.YES), one.number
        assert one.tests or one.stands is Stands.NOT, one.number


def test_each_named_test_is_there() -> None:
    for one in PROMISES:
        for test in one.tests:
            file, _, name = test.partition("::")
            source = (TESTS / file).read_text("utf-8")
            assert re.search(rf"^\s*def {name}\(", source, re.MULTILINE), test


def test_readme_and_manual_say_what_nobody_promises() -> None:
    """A disk that lies, a virus, who sits at the account, the loss of all copies or the sheet."""
    root = TESTS.parent
    readme = (root / "README.md").read_text("utf-8")
    short = readme.partition("O que ninguém promete")[2].partition("\n\n")[0]
    long = (root / "resources" / "manual" / "13-limites.md").read_text("utf-8")
    for text in (short, long):
        for word in ("disco", "vírus", "conta", "todos os backups", "folha de recuperação"):
            assert word in text.replace("\n", " "), word
