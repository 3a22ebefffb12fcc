"""The chain's hash is the same on every machine and for ever: shops already hold it."""

import pytest

from osdesk.domain.chain import GENESIS, canonical_json, chain_hash, sha256_hex, text_hash

FIELDS = {
    "sequence": 1,
    "at": "2026-11-24T17:32:00.000000Z",
    "author_id": None,
    "code": "order_opened",
    "keys": {"order": 1, "customer": None, "payment": None},
    "data": '{"number":1,"total":37000}',
    "texts": None,
}


def test_one_text_for_one_value() -> None:
    assert canonical_json({"b": 1, "a": ["é", None, True]}) == '{"a":["é",null,true],"b":1}'
    assert canonical_json({"a": 1, "b": 2}) == canonical_json({"b": 2, "a": 1})


def test_the_hash_of_a_known_event() -> None:
    covered = (
        f'["{GENESIS}",1,"2026-11-24T17:32:00.000000Z",null,"order_opened",'
        '{"customer":null,"order":1,"payment":null},"{\\"number\\":1,\\"total\\":37000}",null]'
    )
    assert chain_hash(GENESIS, **FIELDS) == sha256_hex(covered)


@pytest.mark.parametrize(
    "change",
    [
        {"sequence": 2},
        {"at": "2026-11-24T17:32:00.000001Z"},
        {"author_id": 1},
        {"code": "moved"},
        {"keys": {"order": 2, "customer": None, "payment": None}},
        {"keys": {"order": None, "customer": 1, "payment": None}},
        {"data": '{"number":1,"total":37001}'},
        {"texts": "0" * 64},
    ],
    ids=str,
)
def test_every_field_is_covered(change: dict[str, object]) -> None:
    assert chain_hash(GENESIS, **{**FIELDS, **change}) != chain_hash(GENESIS, **FIELDS)


def test_the_event_before_is_covered() -> None:
    assert chain_hash("1" * 64, **FIELDS) != chain_hash(GENESIS, **FIELDS)


def test_texts_are_salted() -> None:
    assert text_hash("a", "Maria") != text_hash("b", "Maria")
    assert text_hash("a", "Maria") == sha256_hex("a\nMaria")
