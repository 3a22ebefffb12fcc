"""Every service that a screen writes with says which topic it changes."""

import ast
import importlib
from collections.abc import Iterator
from pathlib import Path

from osdesk.domain.topics import Topic

UI = Path(__file__).resolve().parents[2] / "src" / "osdesk" / "ui"


def written() -> Iterator[tuple[str, str]]:
    """Modules of the services that are handed to ``desk.write``, each with where."""
    for path in UI.rglob("*.py"):
        tree = ast.parse(path.read_text("utf-8"))
        origin = {
            alias.asname or alias.name: node.module
            for node in ast.walk(tree)
            if isinstance(node, ast.ImportFrom) and node.module
            for alias in node.names
        }
        for node in ast.walk(tree):
            if (
                isinstance(node, ast.Call)
                and ast.unparse(node.func).endswith("desk.write")
                and isinstance(node.args[0], ast.Name)
                and node.args[0].id in origin
            ):
                yield origin[node.args[0].id], path.name


def test_what_screens_write_has_a_topic():
    found = set(written())
    assert len(found) >= 15
    silent = {
        (module, place)
        for module, place in found
        if not isinstance(getattr(importlib.import_module(module), "TOPIC", None), Topic)
    }
    assert silent == set()
