"""Bringing another system's file in: the same reading for a trial and for the real thing, a backup
before it, one transaction for all of it."""

import hashlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from osdesk.domain.arrivals import Arrival, ArrivedOrder, ImportReport, Outcome, RowReport
from osdesk.domain.calendar import local_day
from osdesk.domain.codes import ImportKind
from osdesk.domain.errors import UserError
from osdesk.domain.orders.forms import CustomerForm, EmployeeForm
from osdesk.interchange.incoming.columns import targets
from osdesk.interchange.incoming.lines import open_lines
from osdesk.interchange.incoming.mapos import open_dump
from osdesk.interchange.incoming.rows import Table, refuse_unknown, table_of
from osdesk.interchange.incoming.tables import Progress, open_table
from osdesk.jobs.backup import back_up_before
from osdesk.persistence.store import Store
from osdesk.services.imports.batches import Undone
from osdesk.services.imports.batches import undo_import as undo
from osdesk.services.imports.bringing import AT_ONCE, Bringing, begin, end, write
from osdesk.services.imports.names import take_employee
from osdesk.services.imports.orders import take_late, take_order
from osdesk.services.imports.people import take_customer, take_entry
from osdesk.services.shop.shop import zone_of

LINES = ".jsonl"
TICK = 200
"""Rows between two words on how far it has come."""
Steps = Callable[[float, int], object]
"""Gets the share that is done, from 0 to 1, and how many rows; what it raises ends the work, and
nothing of it is kept."""


def import_file(
    store: Store,
    kind: ImportKind,
    path: Path,
    *,
    dry_run: bool,
    now: datetime,
    author: int | None,
    chosen: Mapping[str, str | None] | None = None,
    progress: Steps = lambda share, rows: None,
) -> ImportReport:
    """Bring a file in, or only say what would come of it; the report, row by row.

    ``chosen``: what columns are, by their titles, where a person says so; None: not used. Raises
    UserError ``cannot_read``, ``import_format``, ``import_broken``, ``import_empty``,
    ``import_no_columns``; what ``back_up_before`` raises, and nothing was begun then.
    """
    sha256 = _hash_of(path)
    report = ImportReport(kind, path.name)

    def bring(session: Session) -> None:
        done = Progress()
        with _opened(path, kind, zone_of(session), now, chosen or {}, done, report) as arrivals:
            found = begin(
                session,
                kind,
                source=path.name,
                sha256=sha256,
                dry_run=dry_run,
                now=now,
                author=author,
                fetch=_fetch(store, path.parent / "files", dry_run=dry_run),
            )
            _take_all(found, arrivals, report, done, progress)
            counts = report.counts
            report.batch = end(
                found,
                taken=counts[Outcome.TAKEN],
                same=counts[Outcome.SAME],
                refused=counts[Outcome.REFUSED],
            )

    if dry_run:
        store.database.read(bring)
    else:
        back_up_before(store, "import", now=now)
        store.database.run(bring)
    progress(1.0, len(report.rows))
    return report


def column_targets(kind: ImportKind) -> list[str]:
    """What a column of such a file can be."""
    return targets(kind)


def undo_import(store: Store, batch: int, *, now: datetime, author: int | None) -> Undone:
    """Take a batch back whole, with the files that only its orders had. Raises UserError as the
    service does."""
    gone = store.database.run(undo, batch, now=now, author=author)
    for name in gone.files:
        store.files.path(name).unlink(missing_ok=True)
    store.database.forget_removed()
    return gone


def preview(
    store: Store,
    kind: ImportKind,
    path: Path,
    *,
    chosen: Mapping[str, str | None] | None = None,
    now: datetime,
) -> ImportReport:
    """What the columns of a file are, without its rows. Raises UserError as ``import_file``."""
    report = ImportReport(kind, path.name)
    if path.suffix.casefold() == LINES or kind is ImportKind.MAPOS:
        _hash_of(path)
        return report
    zone = store.database.read(zone_of)
    with open_table(path, Progress()) as rows:
        table = table_of(kind, rows, chosen=chosen or {}, zone=zone, today=local_day(now, zone))
    report.columns = table.columns
    return report


@contextmanager
def _opened(
    path: Path,
    kind: ImportKind,
    zone: ZoneInfo,
    now: datetime,
    chosen: Mapping[str, str | None],
    done: Progress,
    report: ImportReport,
) -> Iterator[Iterator[tuple[Arrival, bool]]]:
    """The file's rows, each with whether its source numbers orders."""
    if kind is ImportKind.MAPOS:
        today = local_day(now, zone)
        with open_dump(
            path, done, zone=zone, today=today, not_carried=report.not_carried
        ) as arrivals:
            yield ((arrival, True) for arrival in arrivals)
        return
    if path.suffix.casefold() == LINES:
        opened: AbstractContextManager[Iterator[Arrival]] = open_lines(path, kind, done)
        with opened as arrivals:
            yield ((arrival, True) for arrival in arrivals)
        return
    with open_table(path, done) as rows:
        table: Table = table_of(kind, rows, chosen=chosen, zone=zone, today=local_day(now, zone))
        refuse_unknown(table)
        report.columns = table.columns
        yield ((arrival, table.numbered) for arrival in table.arrivals())


def _take_all(
    found: Bringing,
    arrivals: Iterator[tuple[Arrival, bool]],
    report: ImportReport,
    done: Progress,
    progress: Steps,
) -> None:
    for count, (arrival, numbered) in enumerate(arrivals, start=1):
        told = _take(found, arrival, numbered)
        if told is not None:
            report.add(told)
        if found.waiting >= AT_ONCE:
            write(found)
        if count % TICK == 0:
            progress(done.share, count)
    for told in take_late(found):
        report.add(told)
    report.rows.sort(key=lambda row: row.row)


def _take(found: Bringing, arrival: Arrival, numbered: bool) -> RowReport | None:
    if arrival.item is None:
        error = arrival.error or UserError("import_broken", line=arrival.row)
        return RowReport(arrival.row, Outcome.REFUSED, arrival.label, error=error)
    if isinstance(arrival.item, ArrivedOrder):
        return take_order(found, arrival, numbered=numbered)
    if isinstance(arrival.item, CustomerForm):
        return take_customer(found, arrival)
    if isinstance(arrival.item, EmployeeForm):
        return take_employee(found, arrival)
    return take_entry(found, arrival)


def _fetch(store: Store, place: Path, *, dry_run: bool) -> Callable[[str], bool]:
    """Bring a file that lies beside what is read among the shop's own; whether it is there, and is
    what its name says."""

    def fetch(sha256: str) -> bool:
        try:
            data = (place / sha256).read_bytes()
        except OSError:
            return store.files.path(sha256).is_file()
        if hashlib.sha256(data).hexdigest() != sha256:
            return False
        if not dry_run:
            store.files.add(data)
        return True

    return fetch


def _hash_of(path: Path) -> str:
    digest = hashlib.sha256()
    try:
        with path.open("rb") as stream:
            while block := stream.read(1 << 20):
                digest.update(block)
    except OSError:
        raise UserError("cannot_read", path=path) from None
    return digest.hexdigest()
