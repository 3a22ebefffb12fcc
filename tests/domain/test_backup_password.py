import secrets

import pytest

from osdesk.domain.backup_password import SIGNS, new_password, tidy_password


def test_it_has_more_ways_than_can_be_tried():
    made = {new_password(secrets.choice) for _ in range(200)}
    assert len(made) == 200
    assert all(len(word) == 29 and {*word} <= {*SIGNS, "-"} for word in made)
    assert len(SIGNS) ** 25 > 2**124
    assert not {*SIGNS} & {*"01IO"}


@pytest.mark.parametrize(
    "typed",
    [
        "ABCDE-23456-FGHJK-789AB-CDEFG",
        "abcde23456fghjk789abcdefg",
        " abcde 23456 fghjk 789ab cdefg ",
        "Abcde.23456.Fghjk.789ab.Cdefg\n",
    ],
)
def test_as_a_person_types_it(typed):
    assert tidy_password(typed) == "ABCDE-23456-FGHJK-789AB-CDEFG"


@pytest.mark.parametrize("typed", ["", "abc", "minha senha", "ABCDE-23456-FGHJK-789AB-CDEF0"])
def test_anything_else_stays(typed):
    assert tidy_password(typed) == typed
