"""Backups as a forger would make them: sealed and named rightly, wrong in one thing."""

import hashlib
import json
import sqlite3
import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

Entries = list[tuple[str | zipfile.ZipInfo, bytes]]


def seal(path: Path) -> None:
    content = path.read_bytes()[:-64]
    path.write_bytes(content + hashlib.sha256(content).hexdigest().encode())


def entries_of(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def pack(
    path: Path, entries: Entries, manifest: dict[str, Any], *, indent: int | None = None
) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries:
            archive.writestr(name, content)
        archive.writestr("manifest.json", json.dumps(manifest, indent=indent))
        archive.comment = b"0" * 64
    seal(path)


def forge(
    path: Path,
    *,
    more: Iterable[tuple[str | zipfile.ZipInfo, bytes]] = (),
    without: Iterable[str] = (),
    database: Path | None = None,
    unlisted: Entries | None = None,
    **changes: Any,
) -> None:
    """Make a backup anew with other entries, another database, other words in its manifest."""
    there = entries_of(path)
    manifest = json.loads(there.pop("manifest.json"))
    if database is not None:
        there["osdesk.db"] = database.read_bytes()
    entries: Entries = [(name, there[name]) for name in there if name not in without]
    entries += more
    manifest["entries"] = [
        {
            "name": name if isinstance(name, str) else name.filename,
            "size": len(content),
            "sha256": hashlib.sha256(content).hexdigest(),
        }
        for name, content in entries
    ]
    pack(path, entries + (unlisted or []), manifest | changes, indent=1)


def database_of(backup: Path, folder: Path) -> Path:
    place = folder / "inside.db"
    place.write_bytes(entries_of(backup)["osdesk.db"])
    return place


def tamper(database: Path, *statements: str) -> None:
    """What somebody with an SQLite browser does: the guards are taken away and put back."""
    connection = sqlite3.connect(database, isolation_level=None)
    connection.execute("PRAGMA ignore_check_constraints=ON")
    guards = connection.execute(
        "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
    ).fetchall()
    connection.execute("BEGIN")
    for name, _ in guards:
        connection.execute(f'DROP TRIGGER "{name}"')
    for statement in statements:
        assert connection.execute(statement).rowcount != 0, statement
    for _, sql in guards:
        connection.execute(sql)
    connection.execute("COMMIT")
    connection.close()
