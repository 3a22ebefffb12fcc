"""Sheets about one customer, written where they are asked for: account and collection letter."""

from datetime import datetime
from pathlib import Path

from osdesk.persistence.files import write_atomic
from osdesk.persistence.store import Store
from osdesk.services.customers.accounts import collection_letter, customer_account, log_letter
from osdesk.services.shop.shop import shop_view


def write_account(store: Store, customer_id: int, place: Path, *, now: datetime) -> None:
    """The customer's account as PDF at ``place``. Raises UserError ``cannot_write``."""
    from osdesk.documents.customers.account import account_pdf

    account = store.database.read(customer_account, customer_id, now=now)
    shop = store.database.read(shop_view)
    write_atomic(place, account_pdf(account, shop, logo=_logo(store, shop.logo)))


def draw_letter(store: Store, customer_id: int, *, now: datetime) -> bytes:
    """The letter as PDF; nothing is logged. Raises UserError as ``collection_letter``."""
    from osdesk.documents.customers.collection import collection_pdf

    letter = store.database.read(collection_letter, customer_id, now=now)
    return collection_pdf(letter, logo=_logo(store, letter.shop.logo))


def write_letter(
    store: Store, customer_id: int, place: Path, *, now: datetime, author: int | None
) -> tuple[int, ...]:
    """The collection letter as PDF at ``place``, then logged as a notice; the orders' numbers.

    Raises UserError as ``collection_letter``; ``cannot_write``, and then nothing is logged.
    """
    write_atomic(place, draw_letter(store, customer_id, now=now))
    return store.database.run(log_letter, customer_id, now=now, author=author)


def _logo(store: Store, sha: str | None) -> bytes | None:
    return store.files.read(sha) if sha else None
