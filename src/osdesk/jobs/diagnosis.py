"""What somebody who helps from afar asks first: versions, place, sizes, how old the backup is.

Nothing of the shop's customers is in it, and of the computer's user no name.
"""

import platform
import sqlite3
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from osdesk import __version__
from osdesk.domain.errors import UserError
from osdesk.domain.orders.status import OrderFilter
from osdesk.jobs.check import check
from osdesk.persistence.backup import last_backup
from osdesk.persistence.store import Store
from osdesk.services.orders.listing import filter_counts
from osdesk.texts import sentence

PARTS = ("files", "papers", "backups", "logs")
NAMES = {"files": "Fotos e anexos", "papers": "Papéis", "backups": "Backups", "logs": "Registros"}


def diagnosis(store: Store, *, now: datetime) -> list[tuple[str, str]]:
    """Names and values, as they are shown and copied."""
    events, _ = store.newest_event()
    orders = store.database.read(filter_counts, now=now).counts[OrderFilter.ALL]
    sizes = {name: _size((store.folder / name).rglob("*")) for name in PARTS}
    return [
        ("osdesk", __version__),
        ("Sistema", f"{platform.system()} {platform.release()} ({platform.machine()})"),
        ("Python", platform.python_version()),
        ("SQLite", sqlite3.sqlite_version),
        ("Pasta da loja", _place(store.folder)),
        ("Espaço livre", _bytes(_free(store.folder))),
        ("Ordens", f"{orders}"),
        ("Registros no histórico", f"{events}"),
        ("Último backup", _backup(store)),
        ("Banco de dados", _bytes(_size(store.folder.glob("osdesk.db*")))),
        *((NAMES[name], _bytes(size)) for name, size in sizes.items()),
        ("Momento", now.isoformat(timespec="seconds")),
    ]


def checked(store: Store) -> list[str]:
    """Sentences on what a whole check finds; all well is an empty list. It may take a minute."""
    return [_without_names(problem) for problem in check(store)]


def _without_names(problem: UserError) -> str:
    """A problem in words; of its details only what is no text of a person."""
    known = {key: value for key, value in problem.data.items() if not isinstance(value, str)}
    try:
        return sentence(UserError(problem.code, **known))
    except KeyError:
        return problem.code


def _backup(store: Store) -> str:
    found = last_backup(store.backups)
    return found[0].isoformat(timespec="seconds") if found else "nenhum"


def _place(folder: Path) -> str:
    try:
        return str(Path("~") / folder.resolve().relative_to(Path.home().resolve()))
    except ValueError:
        return folder.name


def _free(folder: Path) -> int:
    from shutil import disk_usage

    return disk_usage(folder).free


def _size(paths: Iterable[Path]) -> int:
    total = 0
    for path in paths:
        try:
            total += path.stat().st_size if path.is_file() else 0
        except OSError:  # gone meanwhile, as an old backup
            continue
    return total


def _bytes(size: int) -> str:
    """``3,4 MB``: thousands, as systems show sizes here."""
    amount, units = float(size), ["bytes", "kB", "MB", "GB"]
    while amount >= 1000 and len(units) > 1:
        amount /= 1000
        del units[0]
    words = f"{amount:.0f}" if units[0] == "bytes" else f"{amount:.1f}"
    return f"{words.replace('.', ',')} {units[0]}"
