"""What a shop says after a fault. osdesk is asked first: a shop that it locks out is lost to its
owner, whatever SQLite says; then SQLite alone."""

import contextlib
import io
import json
import re
import sqlite3
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from osdesk.cli.main import main

_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d")

Shown = dict[int, Any]
"""Each order's number and what ``order show`` prints of it, without the moments."""


@dataclass(frozen=True)
class Answer:
    code: int
    out: str
    err: str

    @property
    def plain(self) -> bool:
        """Done, or refused in a sentence; never the last resort and never a traceback."""
        unexpected = "inesperado" in self.err or "Traceback" in self.err
        return self.code in (0, 1, 3) and not unexpected


def osdesk(shop: Path, *words: object) -> Answer:
    """One command, in this process."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = main([*map(str, words), "--data", str(shop)])
    return Answer(code, out.getvalue(), err.getvalue())


class LockedOutError(Exception):
    """osdesk did not show what there is."""


def shown(shop: Path) -> Shown:
    """Every order as osdesk shows it."""
    listed = osdesk(shop, "list")
    if listed.code != 0:
        raise LockedOutError(f"list: {listed.err.strip()}")
    found = {}
    for line in listed.out.splitlines():
        number = json.loads(line)["number"]
        one = osdesk(shop, "order", "show", number)
        if one.code != 0:
            raise LockedOutError(f"order show {number}: {one.err.strip()}")
        found[number] = _timeless(json.loads(one.out))
    return found


def _timeless(value: Any) -> Any:
    """JSON without the moments, which differ from one run of the same act to the next."""
    match value:
        case dict():
            return {key: _timeless(inner) for key, inner in value.items()}
        case list():
            return [_timeless(inner) for inner in value]
        case str() if _MOMENT.match(value):
            return "a moment"
    return value


def damage(shop: Path) -> list[str]:
    """What ``check`` finds, then what SQLite finds; nothing where all is well."""
    checked = osdesk(shop, "check")
    found = [] if checked.code == 0 else [f"check: {(checked.out + checked.err).strip()}"]
    connection = sqlite3.connect(shop / "osdesk.db")
    try:
        said = connection.execute("PRAGMA integrity_check").fetchone()[0]
        broken = connection.execute("PRAGMA foreign_key_check").fetchone()
    except sqlite3.Error as error:
        said, broken = str(error), None
    finally:
        connection.close()
    if said != "ok" or broken:
        found.append(f"sqlite3: {said} {broken or ''}")
    return found
