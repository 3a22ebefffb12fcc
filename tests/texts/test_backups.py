from datetime import datetime, timedelta

import pytest

from osdesk.texts.backups import backup_words

NOW = datetime(2026, 11, 24, 15)


@pytest.mark.parametrize(
    ("age", "words", "good"),
    [
        (timedelta(hours=3), "Backup verificado hoje às 12:00", True),
        (timedelta(hours=20), "Backup verificado ontem às 19:00", True),
        (timedelta(days=3), "Último backup em 21/11/2026, há 3 dias", True),
        (timedelta(days=9), "Último backup em 15/11/2026, há 9 dias", False),
        (timedelta(minutes=-5), "Backup verificado hoje às 15:05", True),
        (timedelta(days=-1), "Último backup com data futura, 25/11/2026: confira o relógio", False),
        (
            timedelta(days=-30_000),
            "Último backup com data futura, 13/01/2109: confira o relógio",
            False,
        ),
    ],
)
def test_the_age_of_the_backup_in_words(age, words, good):
    assert backup_words(NOW - age, NOW) == (words, good)


def test_a_shop_without_backup_is_told_so():
    assert backup_words(None, NOW) == ("Ainda sem backup", False)
