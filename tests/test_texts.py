"""Every error that a person can meet has its sentence; the source is read for all of them."""

import ast
import re
from pathlib import Path

import pytest

from osdesk.domain.errors import UserError
from osdesk.texts import SENTENCES, sentence

SRC = Path(__file__).resolve().parents[1] / "src" / "osdesk"
CODE = re.compile(r"[a-z][a-z_]+")


def codes_of(node: ast.expr) -> list[str]:
    """The codes that an expression may be: a text, or one of two."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return [node.value]
    if isinstance(node, ast.IfExp):
        return codes_of(node.body) + codes_of(node.orelse)
    return []


def raised() -> set[str]:
    found = set()
    for path in SRC.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("UserError"):
                found.update(codes_of(node.args[0]))
    return found


def test_the_source_is_really_read():
    assert {"folder_in_use", "amount_too_big", "negative", "backup_damaged"} <= raised()


def test_codes_that_come_from_tables_have_their_sentence():
    from osdesk.domain.orders.rules import step_hindrance
    from osdesk.persistence.database import _CODES

    hindrances = {
        text
        for node in ast.walk(ast.parse((SRC / "domain" / "orders" / "rules.py").read_text("utf-8")))
        if isinstance(node, ast.FunctionDef) and node.name == step_hindrance.__name__
        for inner in ast.walk(node)
        if isinstance(inner, ast.Return) and inner.value is not None
        for text in codes_of(inner.value)
    }
    assert hindrances
    assert hindrances | set(_CODES.values()) <= set(SENTENCES)


@pytest.mark.parametrize("code", sorted(raised()))
def test_every_code_has_a_sentence(code):
    assert CODE.fullmatch(code)
    assert code in SENTENCES


@pytest.mark.parametrize("code", sorted(SENTENCES))
def test_a_sentence_begins_large_and_ends_with_a_stop(code):
    words = sentence(UserError(code))
    assert words[0] == words[0].upper()
    assert words.endswith(".")


def test_what_somebody_wrote_is_repeated_in_one_short_line():
    """A terminal and a message bar show it: no control characters, no page of letters."""
    wrong = sentence(UserError("bad_date", value="a\x1b[31m\nb\x00" + "z" * 500))
    assert "\x1b" not in wrong
    assert "\n" not in wrong
    assert "\x00" not in wrong
    assert "z…”" in wrong
    assert len(wrong) < 60 + len(sentence(UserError("bad_date", value=""))) + 4


@pytest.mark.parametrize(
    "code",
    [
        "shop_missing",
        "shop_empty",
        "shop_foreign",
        "folder_not_empty",
        "backup_foreign",
        "backup_damaged",
        "cannot_read",
        "cannot_write",
    ],
)
def test_a_place_is_named(code):
    place = Path("/shop/osdesk.db")
    assert str(place) in sentence(UserError(code, path=place))


@pytest.mark.parametrize("code", ["shop_newer", "backup_newer"])
def test_a_newer_version_is_named(code):
    assert "7" in sentence(UserError(code, version=7, known=1, path=Path("x")))
