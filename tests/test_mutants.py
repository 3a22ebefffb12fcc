"""The changes that ``python -m tests.mutants`` tries: each has its place in the source."""

from tests.mutants import MUTANTS, ROOT, places


def test_every_change_has_its_one_place_and_its_tests():
    assert list(places()) == []
    assert [m for m in MUTANTS if not all((ROOT / path).exists() for path in m.tests)] == []
    assert [m for m in MUTANTS if m.before == m.after] == []
