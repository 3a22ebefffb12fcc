"""JSON documents of a stream: one a line or one over many, each as soon as it is whole."""

import io
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from osdesk.cli.frame import documents
from osdesk.domain.errors import UserError

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**9), 10**9) | st.text(max_size=6),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner),
    max_leaves=8,
)
OBJECTS = st.lists(st.dictionaries(st.text(max_size=4), VALUES, max_size=4), max_size=5)


def read(text: str | bytes) -> list[Any]:
    raw = text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass")
    return list(documents(io.BytesIO(raw)))


@settings(max_examples=40, deadline=None)
@given(OBJECTS, st.sampled_from(["\n", "\r\n", "\n\n \n"]), st.booleans())
def test_lines(values: list[Any], ending: str, last: bool) -> None:
    text = ending.join(json.dumps(value, ensure_ascii=True) for value in values)
    assert read(text + (ending if last else "")) == values


@settings(max_examples=40, deadline=None)
@given(OBJECTS, st.integers(1, 4))
def test_pretty_printed_one_after_another(values: list[Any], indent: int) -> None:
    text = "\n".join(json.dumps(value, indent=indent) for value in values)
    assert read(text) == values


def test_a_document_is_given_before_the_next_line_is_asked_for() -> None:
    class Lines(io.RawIOBase):
        asked = 0

        def readline(self, size: int | None = -1, /) -> bytes:
            self.asked += 1
            return b'{"a": %d}\n' % self.asked

    lines = Lines()
    found = documents(lines)  # type: ignore[arg-type]
    assert [next(found), lines.asked, next(found), lines.asked] == [{"a": 1}, 1, {"a": 2}, 2]


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ('{"a": 1}\nx\n{"b": 2}', "bad_json", 2),
        ('{"a": 1}\n\n{"b": \n\n', "bad_json", 3),
        ('{"a": 1}{"b": 2}', "bad_json", 1),
        ('{"a": "b\nc"}', "bad_json", 1),
        ("{'a': 1}", "bad_json", 1),
        ('{"a": 1,}', "bad_json", 1),
        ('{"a": 01}', "bad_json", 1),
        (b'{"a": 1}\n{"b": "\xff"}', "bad_encoding", 2),
        ("[" * 200_000, "bad_json", 1),
        ('{"a": ' * 200_000, "bad_json", 1),
        ('{"a": 1}\n\ufeff{"b": 2}', "bad_json", 2),
    ],
)
def test_what_can_never_become_json_is_told_by_its_line(
    text: str | bytes, code: str, line: int
) -> None:
    with pytest.raises(UserError) as caught:
        read(text)
    assert (caught.value.code, caught.value.data["line"]) == (code, line)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ('{"a": {"b": 1, "b": 1}}', "repeated_key"),
        ('{"a": [NaN]}', "bad_json_constant"),
        ('{"a": -Infinity}', "bad_json_constant"),
    ],
)
def test_what_json_does_not_have(text: str, code: str) -> None:
    with pytest.raises(UserError) as caught:
        read(text)
    assert caught.value.code == code


def test_numbers_without_end_are_numbers() -> None:
    (found,) = read('{"a": -' + "9" * 10_000 + ', "b": 1e9999}')
    assert found["a"] < -(10**28)
