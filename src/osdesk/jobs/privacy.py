"""A person's data as files for that person, and erasing them from the shop's folder for good."""

import json
import shutil
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from pathlib import Path

from osdesk.domain.errors import UserError
from osdesk.domain.views.orders import OrderView
from osdesk.domain.views.person import PersonData
from osdesk.interchange.shape_json import customer_to_json, order_to_json
from osdesk.jobs.backup import back_up_before
from osdesk.jobs.drill import RECORD
from osdesk.jobs.files import ENDING
from osdesk.jobs.papers import FOLDER
from osdesk.persistence.backup import backups_in
from osdesk.persistence.files import write_atomic
from osdesk.persistence.store import Store
from osdesk.services.customers.customers import customer_view
from osdesk.services.customers.privacy import Held, anonymise, held_of, refuse_erasing, unused_files
from osdesk.services.orders.view import order_view
from osdesk.services.shop.shop import shop_view, zone_of


def export_person(store: Store, customer_id: int, out: Path, *, now: datetime) -> Path:
    """All that is held of a customer into an absent or empty folder: ``cliente-ID.json``, the same
    as a PDF to be read, photos and scans, and the papers that were made. Returns the PDF's place.

    Raises UserError ``customer_not_found``, ``folder_not_empty``, ``cannot_write``.
    """
    from osdesk.documents.customers.person import person_pdf

    held = store.database.read(held_of, customer_id)
    person = _person(store, customer_id, held, now=now)
    zone = store.database.read(zone_of)
    plain = {
        "id": customer_id,
        **customer_to_json(person.customer),
        "created_at": person.customer.created_at.isoformat(),
        "merged": [{"id": each.id, **customer_to_json(each)} for each in person.merged],
        "orders": [order_to_json(order, zone) for order in person.orders],
        "files": [name for _, name in held.files],
        "papers": list(held.papers),
        "unsaved_drafts": held.drafts,
    }
    logo = store.files.read(person.shop.logo) if person.shop.logo else None
    pdf = person_pdf(person, logo=logo)
    try:
        if out.exists() and (not out.is_dir() or any(out.iterdir())):
            raise UserError("folder_not_empty", path=out)
        out.mkdir(parents=True, exist_ok=True)
        for name, source in _copies(store, person.orders, held):
            (out / name).parent.mkdir(exist_ok=True)
            shutil.copyfile(source, out / name)
    except OSError as error:
        raise UserError("cannot_write", path=out) from error
    text = json.dumps(plain, ensure_ascii=False, indent=1)
    write_atomic(out / f"cliente-{customer_id}.json", text.encode("utf-8"))
    place = out / f"cliente-{customer_id}.pdf"
    write_atomic(place, pdf)
    return place


def _person(store: Store, customer_id: int, held: Held, *, now: datetime) -> PersonData:
    return PersonData(
        shop=store.database.read(shop_view),
        customer=store.database.read(customer_view, customer_id),
        orders=tuple(store.database.read(order_view, number, now=now) for number in held.orders),
        files=len(held.files),
        papers=len(held.papers),
        merged=held.merged,
        at=now,
    )


def _copies(store: Store, orders: tuple[OrderView, ...], held: Held) -> list[tuple[str, Path]]:
    """Names in the new folder, built of numbers alone, and where each file is kept."""
    found = []
    for order in orders:
        for file in order.files:
            name = f"arquivos/OS-{order.number}-arquivo-{file.id}{ENDING.get(file.media_type, '')}"
            found.append((name, store.files.path(file.sha256)))
    found += [(f"papeis/{name}", store.folder / FOLDER / name) for name in held.papers]
    return [(name, source) for name, source in found if source.is_file()]


def anonymise_person(
    store: Store, customer_id: int, *, now: datetime, author: int | None
) -> list[str]:
    """Erase a customer for good, in the record and in the folder; names of what still holds the
    person among its backups, one of which is made right before.

    Raises UserError as ``services.customers.privacy.refuse_erasing`` and ``back_up_before``;
    nothing is erased then.
    """
    store.database.read(refuse_erasing, customer_id, now=now)
    back_up_before(store, "erase", now=now)
    since = _erase(store, customer_id, now=now, author=author)
    store.database.forget_removed()
    return _still_holding(store.backups, since)


def anonymise_people(
    store: Store,
    customers: Iterable[int],
    *,
    now: datetime,
    author: int | None,
    progress: Callable[[int], object] = lambda _: None,
) -> int:
    """Erase several customers for good, each by the refusals of one, with one backup before; how
    many were erased. ``progress`` hears after each one.

    Raises UserError: the first refusal, once those that could be erased are.
    """
    wanted, refused, count = list(customers), None, 0
    back_up_before(store, "erase", now=now)
    for customer_id in wanted:
        try:
            _erase(store, customer_id, now=now, author=author)
        except UserError as error:
            refused = refused or error
        else:
            count += 1
            progress(count)
    store.database.forget_removed()
    if refused is not None:
        raise refused
    return count


def _erase(store: Store, customer_id: int, *, now: datetime, author: int | None) -> int:
    """The first event that told of the person."""
    erased = store.database.run(anonymise, customer_id, now=now, author=author)
    for sha in erased.files:
        store.files.path(sha).unlink(missing_ok=True)
    for name in erased.papers:
        (store.folder / FOLDER / name).unlink(missing_ok=True)
    return erased.since


def _still_holding(backups: Path, since: int) -> list[str]:
    """All but backups that were made before the person was known: databases that were kept aside
    too, and what cannot be read."""
    earlier = {kept.path for kept in backups_in(backups) if kept.manifest.sequence < since}
    files = {entry for entry in backups.iterdir() if entry.is_file() and entry.name != RECORD}
    return sorted(entry.name for entry in files - earlier)


KEPT_FOR = timedelta(days=1)
"""A file may be of a form that is being filled in at this moment."""


def drop_unused_files(store: Store, *, now: datetime) -> int:
    """Photos of drafts that were thrown away leave the folder a day later; how many there were."""
    unused = [
        sha
        for sha in store.database.read(unused_files, store.files.names())
        if now.timestamp() - store.files.path(sha).stat().st_mtime > KEPT_FOR.total_seconds()
    ]
    for sha in unused:
        store.files.path(sha).unlink(missing_ok=True)
    return len(unused)
