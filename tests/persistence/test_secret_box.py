"""The key lies beside the database, for its owner alone; without it a secret is said missing."""

import os
import stat

import pytest

from osdesk.domain.errors import UserError
from osdesk.persistence.secret_box import KEY, SecretBox


@pytest.fixture
def box(tmp_path):
    return SecretBox(tmp_path)


def refused(box, sealed, *, belongs_to="order 1"):
    with pytest.raises(UserError) as caught:
        box.open(sealed, belongs_to=belongs_to)
    return caught.value.code


@pytest.mark.parametrize("secret", ["1258", "Señha ção ", "a" * 200, "com\nlinha"])
def test_a_secret_comes_back(box, secret):
    sealed = box.seal(secret, belongs_to="order 1")
    assert sealed.isascii()
    assert secret not in sealed
    assert box.open(sealed, belongs_to="order 1") == secret


def test_the_same_secret_never_looks_the_same_and_hides_its_length(box):
    one, other = (box.seal(secret, belongs_to="order 1") for secret in ("1", "1"))
    assert one != other
    assert len(box.seal("123456789012", belongs_to="order 1")) == len(one)


def test_nothing_is_made_until_it_is_needed_and_only_the_owner_reads_it(box, tmp_path):
    assert list(tmp_path.iterdir()) == []
    old = os.umask(0)
    try:
        box.seal("1258", belongs_to="order 1")
    finally:
        os.umask(old)
    assert [entry.name for entry in tmp_path.iterdir()] == [KEY]
    assert len((tmp_path / KEY).read_bytes()) == 32
    if os.name != "nt":
        assert stat.S_IMODE((tmp_path / KEY).stat().st_mode) == 0o600
    before = (tmp_path / KEY).read_bytes()
    box.seal("77", belongs_to="order 2")
    assert (tmp_path / KEY).read_bytes() == before


def test_a_secret_of_another_order_is_not_taken(box):
    sealed = box.seal("1258", belongs_to="order 1")
    assert refused(box, sealed, belongs_to="order 2") == "code_unreadable"


def test_a_missing_a_damaged_and_another_key(box, tmp_path):
    sealed = box.seal("1258", belongs_to="order 1")
    key = tmp_path / KEY
    key.rename(tmp_path / "aside")
    assert refused(box, sealed) == "code_key_missing"
    box.seal("1", belongs_to="order 1")  # a new key
    assert refused(box, sealed) == "code_unreadable"
    key.write_bytes(b"short")
    assert refused(box, sealed) == "code_key_damaged"
    with pytest.raises(UserError) as caught:
        box.seal("1", belongs_to="order 1")
    assert caught.value.code == "code_key_damaged"
    assert key.read_bytes() == b"short"
    (tmp_path / "aside").replace(key)
    assert box.open(sealed, belongs_to="order 1") == "1258"


@pytest.mark.parametrize("broken", ["", "não", "AAAA", "A" * 80])
def test_what_is_no_secret_of_ours(box, broken):
    box.seal("1", belongs_to="order 1")
    assert refused(box, broken) == "code_unreadable"


def test_one_changed_letter_is_noticed(box):
    sealed = box.seal("1258", belongs_to="order 1")
    for place in (0, 20, len(sealed) - 5):
        changed = "B" if sealed[place] != "B" else "C"
        broken = sealed[:place] + changed + sealed[place + 1 :]
        assert refused(box, broken) == "code_unreadable"
