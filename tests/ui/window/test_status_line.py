from osdesk.jobs.backup import back_up
from osdesk.ui.window.status_line import StatusLine
from osdesk.ui.window.upkeep import back_up_at_close, show_backup_age


def test_the_newest_backup_is_that_of_the_shops_folder(desk):
    assert desk.newest_backup() is None
    back_up(desk.store, None, now=desk.now())
    assert desk.newest_backup() == desk.now()
    words = StatusLine()
    show_backup_age(desk, words)
    assert words._backup.text() == "Backup verificado hoje às 12:00"


def test_one_backup_a_day_at_close(desk):
    for _ in range(2):
        back_up_at_close(desk)
    assert len([f for f in desk.store.backups.iterdir() if f.suffix == ".zip"]) == 1
