"""The password of a shop's backups: made, put on a sheet, in force once it was typed from it."""

import secrets
from datetime import datetime

from osdesk.domain.backup_password import new_password, tidy_password
from osdesk.domain.errors import UserError
from osdesk.persistence.store import Store
from osdesk.services.shop.shop import shop_view


def make_sheet(store: Store, password: str | None, *, now: datetime) -> tuple[str, bytes]:
    """A password, a new one where none is given, and its recovery sheet as a PDF. Nothing changes
    yet."""
    from osdesk.documents.backup_sheet import backup_sheet_pdf

    word = password or new_password(secrets.choice)
    shop = store.database.read(shop_view)
    logo = store.files.read(shop.logo) if shop.logo else None
    return word, backup_sheet_pdf(word, shop, now, logo=logo)


def lock_backups(store: Store, password: str, typed: str) -> None:
    """From now on backups have this password, which was ``typed`` as it stands on the sheet.
    Raises UserError ``password_not_that``, and those of the ``BackupLock``."""
    if tidy_password(typed) != password:
        raise UserError("password_not_that")
    store.backup_lock.set(password)


def unlock_backups(store: Store) -> None:
    """From now on backups have no password; those that have one keep it."""
    store.backup_lock.set(None)
