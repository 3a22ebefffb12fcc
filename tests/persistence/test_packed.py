"""Deflated texts come back letter by letter, and files of shops are read for ever."""

import hashlib
import zlib

import pytest

from osdesk.persistence.packed import WORDS, pack, unpack

TEXT = '{"items":[{"description":"Troca"}],"total":0}'


@pytest.mark.parametrize(
    "text", ["", "x", '{"items":[],"total":0}', "Maria das Dores\n\U0001f600 \x00", "ab" * 50_000]
)
def test_a_text_comes_back_as_it_was(text: str) -> None:
    assert unpack(pack(text)) == text


def test_what_stands_in_files_is_read_for_ever() -> None:
    assert unpack(bytes.fromhex("abc619bb21a0712b70ef04160cb500")) == TEXT
    assert hashlib.sha256(WORDS).hexdigest() == (
        "7f460249e99096e4a08e36ceb81e2652cf47256f005a8de6637dd4f80608aa4b"
    )


@pytest.mark.parametrize("harm", [b"\x00", b"\xff" * 9, pack("Maria")[:-1], pack("Maria") + b"x"])
def test_other_bytes_are_no_text(harm: bytes) -> None:
    with pytest.raises(zlib.error):
        unpack(harm)


def test_what_a_quote_froze_takes_a_third() -> None:
    line = '{"description":"Troca de tela","discount":0,"kind":"service","part_condition":null,'
    line += '"quantity":1000,"total":18000,"unit":"un","unit_price":18000,"warranty_days":90}'
    assert len(pack(line)) * 3 < len(line)
