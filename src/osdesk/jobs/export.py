"""The whole shop written out for whoever comes after us: readable rows, and the shop's files."""

import contextlib
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from sqlalchemy.orm import Session

from osdesk.domain.errors import UserError
from osdesk.domain.views.orders import CustomerView, OrderView
from osdesk.interchange.export import write_catalog, write_customers, write_orders
from osdesk.persistence.backup import KEPT_FOLDERS
from osdesk.persistence.folder import STAGING
from osdesk.persistence.store import Store
from osdesk.services.customers.customers import customers_after
from osdesk.services.orders.view import sheets_after
from osdesk.services.shop.catalog import catalog
from osdesk.services.shop.shop import zone_of

Shape = TypeVar("Shape", CustomerView, OrderView)


def export_all(store: Store, out: Path, now: datetime) -> dict[str, int]:
    """Write everything into an absent or empty folder; how many rows each file has.

    ``files`` and ``papers`` count the files copied. Raises UserError ``folder_not_empty``,
    ``cannot_write``; the folder is then as it was.
    """
    was_there = out.exists()
    try:
        if was_there and (not out.is_dir() or any(out.iterdir())):
            raise UserError("folder_not_empty", path=out)
        out.mkdir(parents=True, exist_ok=True)
        scratch = Path(tempfile.mkdtemp(prefix=STAGING, suffix=".tmp", dir=out))
        try:
            counts = store.database.read(write_readable, scratch, now=now)
            for name in KEPT_FOLDERS:
                counts |= _copy_folder(store.folder / name, scratch / name)
            for entry in scratch.iterdir():
                entry.rename(out / entry.name)
        finally:
            shutil.rmtree(scratch, ignore_errors=True)
            if not was_there and not any(out.iterdir()):
                with contextlib.suppress(OSError):
                    out.rmdir()
    except OSError as error:
        raise UserError("cannot_write", path=out) from error
    return counts


def write_readable(session: Session, folder: Path, *, now: datetime) -> dict[str, int]:
    """Orders, customers, catalog and payments of one moment, each as JSON Lines and as CSV."""
    zone = zone_of(session)

    def sheets(last: int) -> list[OrderView]:
        return sheets_after(session, last, now=now)

    def customers(last: int) -> list[CustomerView]:
        return customers_after(session, last)

    return {
        **write_orders(folder, _all(sheets, lambda sheet: sheet.number), zone),
        **write_customers(folder, _all(customers, lambda customer: customer.id), zone),
        **write_catalog(folder, catalog(session, limit=sys.maxsize)),
    }


def _all(after: Callable[[int], list[Shape]], key: Callable[[Shape], int]) -> Iterator[Shape]:
    batch = after(0)
    while batch:
        yield from batch
        batch = after(key(batch[-1]))


def _copy_folder(source: Path, target: Path) -> dict[str, int]:
    if not source.is_dir():
        return {}
    files = [entry for entry in sorted(source.iterdir()) if entry.is_file()]
    target.mkdir()
    for entry in files:
        shutil.copyfile(entry, target / entry.name)
    return {source.name: len(files)}
