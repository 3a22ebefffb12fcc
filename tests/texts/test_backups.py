"""How safe the work is, in words: how old the newest backup is, when it is late, and where."""

from datetime import datetime, timedelta

import pytest

from osdesk.domain.views.shop import BackupAge, Safety
from osdesk.texts.backups import here_words, safety_words, second_words

NOW = datetime(2026, 11, 24, 15)
ALL_THERE = BackupAge(NOW - timedelta(hours=1), None)


@pytest.mark.parametrize(
    ("age", "words", "tone"),
    [
        (timedelta(hours=3), "Backup verificado hoje às 12:00", "green"),
        (timedelta(hours=20), "Backup verificado ontem às 19:00", "green"),
        (timedelta(days=90), "Backup verificado em 26/08/2026", "green"),
        (timedelta(minutes=-5), "Backup verificado hoje às 15:05", "green"),
        (
            timedelta(days=-1),
            "Último backup com data futura, 25/11/2026: confira o relógio",
            "amber",
        ),
        (
            timedelta(days=-30_000),
            "Último backup com data futura, 13/01/2109: confira o relógio",
            "amber",
        ),
    ],
)
def test_the_age_of_a_backup_that_has_everything(age, words, tone):
    assert here_words(BackupAge(NOW - age, None), NOW) == (words, tone)


@pytest.mark.parametrize(
    ("waiting", "words", "tone"),
    [
        (timedelta(hours=24), "Backup verificado em 20/11/2026", "green"),
        (timedelta(hours=24, seconds=1), "Sem backup há 1 dia", "red"),
        (timedelta(days=3), "Sem backup há 3 dias", "red"),
    ],
)
def test_work_outside_a_backup_for_a_day_is_red(waiting, words, tone):
    age = BackupAge(NOW - timedelta(days=4), NOW - waiting)
    assert here_words(age, NOW) == (words, tone)


def test_a_shop_without_backup_is_told_so():
    assert here_words(BackupAge(None, None), NOW) == ("Ainda sem backup", "amber")
    fresh = BackupAge(None, NOW - timedelta(hours=2))
    assert here_words(fresh, NOW) == ("Ainda sem backup", "amber")
    assert here_words(BackupAge(None, NOW - timedelta(days=2)), NOW)[1] == "red"


@pytest.mark.parametrize(
    ("waiting", "tone"), [(timedelta(days=7), "green"), (timedelta(days=7, seconds=1), "red")]
)
def test_a_week_without_the_second_place_is_red(waiting, tone):
    second = BackupAge(NOW - timedelta(days=9), NOW - waiting)
    text, shown, details = safety_words(Safety(ALL_THERE, second, "KINGSTON"), NOW)
    assert shown == tone
    if tone == "red":
        assert text == "Sem cópia em KINGSTON há 7 dias"
        assert "último backup em 15/11/2026; há trabalho sem cópia lá há 7 dias" in details
    else:
        assert text == "Backup verificado hoje às 14:00 · KINGSTON em 15/11/2026"


def test_without_a_second_place_its_days_count_too():
    second = BackupAge(None, NOW - timedelta(days=8))
    words = safety_words(Safety(ALL_THERE, second, ""), NOW)
    assert words.text == "Sem cópia em um segundo lugar há 8 dias"
    assert words.tone == "red"
    assert "Configurações, Backup" in words.details
    young = Safety(ALL_THERE, BackupAge(None, NOW - timedelta(days=1)), "")
    assert safety_words(young, NOW).text == "Backup verificado hoje às 14:00"


def test_the_own_place_comes_first():
    late = BackupAge(None, NOW - timedelta(days=8))
    assert safety_words(Safety(late, late, "HD"), NOW).text == "Sem backup há 8 dias"
    old = BackupAge(NOW - timedelta(days=9), NOW - timedelta(days=8))
    details = safety_words(Safety(old, late, "HD"), NOW).details
    assert details.startswith("Neste computador: sem backup há 8 dias; o último foi feito em 15/11")


def test_the_second_place_in_words():
    assert second_words(BackupAge(None, NOW), NOW) == "ainda sem backup"
    assert second_words(ALL_THERE, NOW) == "último backup hoje às 14:00, com tudo"
    some = BackupAge(NOW - timedelta(days=1), NOW - timedelta(hours=2))
    assert second_words(some, NOW) == "último backup ontem às 15:00"
