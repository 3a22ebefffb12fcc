"""The day's backup when the window closes, and its age in the status line while it is open."""

import logging
from datetime import datetime

from osdesk.domain.errors import UserError
from osdesk.ui.desk import Desk
from osdesk.ui.status_line import StatusLine, backup_words

log = logging.getLogger("osdesk")


def newest_backup(desk: Desk) -> datetime | None:
    """When the newest finished backup of the shop's own folder was made."""
    from osdesk.jobs.backup import last_backup

    newest = last_backup(desk.store.backups)
    return newest[0] if newest else None


def show_backup_age(desk: Desk, status: StatusLine) -> None:
    newest = newest_backup(desk)
    local = newest.astimezone(desk.zone) if newest else None
    status.show_backup(*backup_words(local, desk.local_now()))


def back_up_at_close(desk: Desk) -> None:
    """One verified backup a day. It never keeps the window open: where it fails, the log says so,
    and the next start shows the age of the last good one."""
    if desk.refuses:
        return  # damaged: a backup of it would look like a good one
    if desk.shop.next_number == 1 and not desk.shop.name:
        return  # nothing in it yet
    from osdesk.jobs.backup import back_up_if_due

    try:
        back_up_if_due(desk.store, now=desk.now())
    except UserError as error:
        log.warning("no backup at close: %s", error.code)
