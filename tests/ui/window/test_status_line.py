from datetime import datetime, timedelta

import pytest

from osdesk.jobs.backup import back_up
from osdesk.ui.window.status_line import StatusLine, backup_words
from osdesk.ui.window.upkeep import back_up_at_close, newest_backup, show_backup_age

NOW = datetime(2026, 11, 24, 15)


@pytest.mark.parametrize(
    ("age", "words", "good"),
    [
        (timedelta(hours=3), "Backup verificado hoje às 12:00", True),
        (timedelta(hours=20), "Backup verificado ontem às 19:00", True),
        (timedelta(days=3), "Último backup em 21/11/2026, há 3 dias", True),
        (timedelta(days=9), "Último backup em 15/11/2026, há 9 dias", False),
    ],
)
def test_the_age_of_the_backup_in_words(age, words, good):
    assert backup_words(NOW - age, NOW) == (words, good)


def test_a_shop_without_backup_is_told_so():
    assert backup_words(None, NOW) == ("Ainda sem backup", False)


def test_the_newest_backup_is_that_of_the_shops_folder(desk):
    assert newest_backup(desk) is None
    back_up(desk.store, None, now=desk.now())
    assert newest_backup(desk) == desk.now()
    words = StatusLine()
    show_backup_age(desk, words)
    assert words._backup.text() == "Backup verificado hoje às 12:00"


def test_one_backup_a_day_at_close(desk):
    for _ in range(2):
        back_up_at_close(desk)
    assert len([f for f in desk.store.backups.iterdir() if f.suffix == ".zip"]) == 1
