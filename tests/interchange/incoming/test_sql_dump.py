"""Dumps taken apart row by row: however they are cut into pieces, nothing of them is run."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from osdesk.domain.errors import UserError
from osdesk.interchange.incoming.sql_dump import DumpRow, rows_of

PHPMYADMIN = """-- phpMyAdmin SQL Dump
-- version 5.2.1; it's "odd"
SET SQL_MODE = "NO_AUTO_VALUE_ON_ZERO";
/*!40101 SET NAMES utf8mb4 */;

CREATE TABLE `os` (
  `idOs` int(11) NOT NULL COMMENT 'a, b (c); d',
  `valorTotal` decimal(10,2) DEFAULT 0.00,
  `defeito` text
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

--
-- Despejando dados para a tabela `os`
--

INSERT INTO `os` (`idOs`, `defeito`, `valorTotal`) VALUES
(1, 'diz \\'oi\\'; (x), \\\\', '-2.50'),
(2, 'it''s -- no # comment /* x */ \\r\\n', NULL);

ALTER TABLE `os`
  ADD PRIMARY KEY (`idOs`);
"""
ROWS = [
    DumpRow("os", {"idOs": "1", "defeito": "diz 'oi'; (x), \\", "valorTotal": "-2.50"}),
    DumpRow(
        "os", {"idOs": "2", "defeito": "it's -- no # comment /* x */ \r\n", "valorTotal": None}
    ),
]


class Slow(io.StringIO):
    """A stream that gives a few letters at a time."""

    def __init__(self, text: str, letters: int) -> None:
        super().__init__(text)
        self._letters = letters

    def read(self, size: int | None = -1) -> str:
        return super().read(self._letters)


def read(text, letters=1 << 20):
    return list(rows_of(Slow(text, letters)))


@pytest.mark.parametrize("letters", [1, 2, 3, 7, 1000])
def test_rows_by_the_names_of_their_columns(letters):
    assert read(PHPMYADMIN, letters) == ROWS


def test_columns_of_the_table_where_the_rows_name_none():
    text = PHPMYADMIN.replace(" (`idOs`, `defeito`, `valorTotal`) VALUES", " VALUES")
    (first, _) = read(text)
    assert list(first.values) == ["idOs", "valorTotal", "defeito"]


def test_what_else_a_value_may_be():
    text = (
        "INSERT INTO `shop`.`t` (a,b,c,d,e,f) VALUES (-1.5,0x41,_binary 'x',TRUE,X'4142',1e3);"
        "REPLACE INTO t (a) VALUES ('😀'),('')"
    )
    assert [list(row.values.values()) for row in read(text)] == [
        ["-1.5", "A", "x", "1", "AB", "1e3"],
        ["😀"],
        [""],
    ]
    assert {row.table for row in read(text)} == {"t"}


@given(st.lists(st.text(), min_size=1, max_size=4), st.integers(1, 9))
def test_any_text_comes_back_as_it_was(texts, letters):
    def quoted(text):
        escapes = {"\\": "\\\\", "'": "\\'", "\0": "\\0", "\n": "\\n", "\r": "\\r", "\x1a": "\\Z"}
        return "'" + "".join(escapes.get(letter, letter) for letter in text) + "'"

    names = ", ".join(f"c{place}" for place in range(len(texts)))
    dump = f"INSERT INTO t ({names}) VALUES ({', '.join(map(quoted, texts))});"
    (row,) = read(dump, letters)
    assert list(row.values.values()) == texts


@pytest.mark.parametrize("cut", range(300, len(PHPMYADMIN) - 60, 7))
def test_a_cut_dump_is_refused_or_gives_what_came_before(cut):
    try:
        found = read(PHPMYADMIN[:cut])
    except UserError as error:
        found = []
        assert error.code in ("dump_broken", "dump_no_columns")  # noqa: PT017 - either may happen
    assert found == ROWS[: len(found)]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("INSERT INTO t VALUES (1)", "dump_no_columns"),
        ("INSERT INTO t (a, b) VALUES (1)", "dump_broken"),
        ("INSERT INTO t (a) VALUES ('x", "dump_broken"),
    ],
)
def test_what_is_no_whole_dump(text, code):
    with pytest.raises(UserError, match=code):
        read(text)
