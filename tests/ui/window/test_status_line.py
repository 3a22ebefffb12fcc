from osdesk.jobs.backup import back_up
from osdesk.ui.window.status_line import StatusLine
from osdesk.ui.window.upkeep import show_backup_age


def test_the_newest_backup_is_that_of_the_shops_folder(desk):
    assert desk.newest_backup() is None
    back_up(desk.store, None, now=desk.now())
    assert desk.newest_backup() == desk.now()
    words = StatusLine()
    show_backup_age(desk, words)
    assert words._backup.text() == "Backup verificado hoje às 12:00"
