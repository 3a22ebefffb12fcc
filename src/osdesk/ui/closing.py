"""The day's backup when the window closes, and its age in the status line while it is open."""

import logging
from datetime import UTC, datetime

from osdesk.domain.errors import UserError
from osdesk.ui.desk import Desk
from osdesk.ui.status_line import StatusLine, backup_words

log = logging.getLogger("osdesk")


def newest_backup(desk: Desk) -> datetime | None:
    """When the newest finished backup was made; a name ending in ``.tmp`` is not finished."""
    folder = desk.store.backups
    if not folder.is_dir():
        return None
    made = [
        entry.stat().st_mtime
        for entry in folder.iterdir()
        if entry.is_file() and entry.suffix not in (".tmp", ".json")
    ]
    return datetime.fromtimestamp(max(made), UTC) if made else None


def show_backup_age(desk: Desk, status: StatusLine) -> None:
    newest = newest_backup(desk)
    local = newest.astimezone(desk.zone) if newest else None
    status.show_backup(*backup_words(local, desk.local_now()))


def back_up_at_close(desk: Desk) -> None:
    """One verified backup a day. It never keeps the window open: where it fails, the log says so,
    and the next start shows the age of the last good one."""
    newest = newest_backup(desk)
    if newest is not None and newest.astimezone(desk.zone).date() >= desk.today():
        return
    if desk.shop.next_number == 1 and not desk.shop.name:
        return  # nothing in it yet
    from osdesk.jobs.backup import back_up

    try:
        back_up(desk.store, None, now=desk.now())
    except UserError as error:
        log.warning("no backup at close: %s", error.code)
