"""A dump of a MySQL or MariaDB database, read row by row and never run.

The stream is cut into statements and, where rows are inserted, into rows; each piece is taken apart
by sqlglot's tokenizer. So no more of a dump is held than its longest row.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TextIO

from osdesk.domain.errors import UserError

Value = str | None
_BLOCK = 1 << 18
LONGEST_ROW = 1 << 26
"""Letters of one row: more is no dump of a shop."""

_PIECE = re.compile(
    r"""
      (?P<text>'(?:[^'\\]|\\.|'')*+(?:'(?!')|(?P<open>\Z)))
    | "(?:[^"\\]|\\.|"")*+"
    | `(?:[^`]|``)*+`
    | (?P<comment>--(?=\s)[^\n]*+\n?|\#[^\n]*+\n?|/\*.*?\*/)
    | (?P<sign>[();])
    | (?P<words>[^'"`();\#/-]++)
    | [/-]
    """,
    re.DOTALL | re.VERBOSE,
)
_INTO = re.compile(
    r"\s*(?:INSERT|REPLACE)\s+(?:(?:IGNORE|LOW_PRIORITY|DELAYED)\s+)*(?:INTO\s+)?", re.IGNORECASE
)
_INSERT = re.compile(r"\s*(?:INSERT|REPLACE)\b", re.IGNORECASE)
_VALUES = re.compile(r"\bVALUES?\s*$", re.IGNORECASE)
_CREATE = re.compile(r"\s*CREATE\s+TABLE\b", re.IGNORECASE)


@dataclass(frozen=True)
class DumpRow:
    table: str
    values: dict[str, Value]


def rows_of(stream: TextIO) -> Iterator[DumpRow]:
    """Every inserted row by the names of its columns, in the order of the dump.

    Raises UserError ``dump_broken`` where the text is cut or is no dump, ``dump_no_columns`` where
    neither the rows nor a CREATE TABLE before them name the columns.
    """
    columns: dict[str, list[str]] = {}
    table, names = "", list[str]()
    for kind, text in _statements(stream):
        if kind == "create":
            table, names = _created(text)
            columns[table] = names
        elif kind == "insert":
            table, names = _inserted_into(text)
            names = names or columns.get(table, [])
        else:
            values = _values(text)
            if not names:
                raise UserError("dump_no_columns", value=table)
            if len(values) != len(names):
                raise UserError("dump_broken", value=table)
            yield DumpRow(table, dict(zip(names, values, strict=True)))


def _pieces(stream: TextIO) -> Iterator[re.Match[str]]:
    """The signs, words and quoted texts of a stream; what reaches the end of what was read is read
    on first, for it may go on."""
    buffer, place, ended = "", 0, False
    while True:
        found = _PIECE.match(buffer, place)
        # two letters more tell a comment from a minus
        whole = found is not None and found.end() + 2 < len(buffer) and found["open"] is None
        if whole or (ended and found is not None and found["open"] is None):
            assert found is not None
            yield found
            place = found.end()
            continue
        if ended:
            if place < len(buffer):
                raise UserError("dump_broken", value=buffer[place : place + 40])
            return
        buffer, place = buffer[place:], 0
        if len(buffer) > LONGEST_ROW:
            raise UserError("dump_broken", value=buffer[:40])
        # what is long is read on in ever longer pieces, so that it is not looked at too often
        block = stream.read(max(_BLOCK, len(buffer)))
        buffer += block
        ended = not block


def _statements(stream: TextIO) -> Iterator[tuple[str, str]]:
    """``create`` with a whole statement; ``insert`` with the words before VALUES, then ``row`` for
    each row."""
    held: list[str] = []
    depth, rows, size = 0, False, 0
    for piece in _pieces(stream):
        text = piece[0]
        if piece["comment"] is not None:
            continue
        size += len(text)
        if size > LONGEST_ROW:
            raise UserError("dump_broken", value="".join(held)[:40])
        if piece["sign"] == ";" and depth == 0:
            if not rows and _CREATE.match("".join(held)):
                yield "create", "".join(held)
            held, rows, size = [], False, 0
            continue
        if piece["sign"] == "(":
            if depth == 0 and rows:
                held, size = [], 0
            depth += 1
        held.append(text)
        if piece["sign"] == ")":
            depth -= 1
            if depth == 0 and rows:
                yield "row", "".join(held)
                held, size = [], 0
        elif depth == 0 and not rows and piece["words"] and _VALUES.search(text):
            words = "".join(held)
            if _INSERT.match(words):
                yield "insert", words
                held, rows, size = [], True, 0
    if depth or (rows and held):
        raise UserError("dump_broken", value="".join(held)[:40])


def _tokens(text: str) -> list[tuple[str, str]]:
    from sqlglot.dialects.mysql import MySQL
    from sqlglot.errors import SqlglotError

    try:
        return [(token.token_type.name, token.text) for token in MySQL().tokenize(text)]
    except SqlglotError:
        raise UserError("dump_broken", value=text[:40]) from None


def _inserted_into(words: str) -> tuple[str, list[str]]:
    """The table, and the columns that the statement names itself."""
    tokens = _tokens(_INTO.sub("", words))[:-1]  # the last word is VALUES
    opening = next((at for at, (kind, _) in enumerate(tokens) if kind == "L_PAREN"), len(tokens))
    names = [text for kind, text in tokens[opening:] if kind not in ("L_PAREN", "R_PAREN", "COMMA")]
    return _last_name(tokens[:opening]), names


def _last_name(tokens: list[tuple[str, str]]) -> str:
    """``shop`.`os`` is the table ``os``."""
    if not tokens:
        raise UserError("dump_broken", value="INSERT")
    return tokens[-1][1].casefold()


def _created(words: str) -> tuple[str, list[str]]:
    """Name and columns, which begin the parts of the first brackets; keys are no columns."""
    tokens = _tokens(words)
    opening = next((at for at, (kind, _) in enumerate(tokens) if kind == "L_PAREN"), len(tokens))
    table = _last_name(tokens[:opening])
    names: list[str] = []
    depth, first = 0, False
    for kind, text in tokens[opening:]:
        if kind == "L_PAREN":
            depth += 1
            first = first or depth == 1
        elif kind == "R_PAREN":
            depth -= 1
            if depth == 0:
                break
        elif depth == 1 and kind == "COMMA":
            first = True
        elif first:
            if kind == "IDENTIFIER":
                names.append(text)
            first = False
    return table, names


def _values(row: str) -> list[Value]:
    """What stands between the commas of one row: texts, numbers with their sign, NULL."""
    found: list[Value] = []
    current: Value = None
    sign = ""
    tokens = _tokens(row)
    for kind, text in tokens[1:-1]:
        match kind:
            case "COMMA":
                found.append(current)
                current, sign = None, ""
            case "DASH":
                sign = "-"
            case "STRING":
                current = text
            case "NUMBER":
                current = sign + text
            case "HEX_STRING":
                current = bytes.fromhex(text).decode("utf-8", "replace")
            case "TRUE" | "FALSE":
                current = "1" if kind == "TRUE" else "0"
            case _:
                pass  # NULL, or a word before a text that names its letters
    found.append(current)
    return found
