"""Tables of any dialect: encoding and separator are found, cells stay as they are."""

import csv
import io
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from osdesk.domain.errors import UserError
from osdesk.interchange.incoming.tables import Dialect, Progress, dialect_of, open_table

TABLE = [["Nome", "Observação"], ["Conceição", 'disse "já volto"; e foi\nembora'], ["Zé", ""]]


def written(separator: str, encoding: str) -> bytes:
    out = io.StringIO()
    csv.writer(out, delimiter=separator).writerows(TABLE)
    return out.getvalue().encode(encoding)


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_encoding_and_separator_are_found(tmp_path, separator, encoding):
    path = tmp_path / "x.csv"
    path.write_bytes(written(separator, encoding))
    progress = Progress()
    with open_table(path, progress) as rows:
        assert [row for _, row in rows] == TABLE
    assert progress.share == 1.0


def test_prices_with_a_comma_do_not_part_cells():
    stream = io.BytesIO("Produto;Preço\nTela;10,00\nCabo;1.234,56\n".encode())
    assert dialect_of(stream) == Dialect("utf-8-sig", ";")


def test_lines_are_counted_as_an_editor_counts_them(tmp_path):
    path = tmp_path / "x.csv"
    path.write_bytes(written(";", "utf-8"))
    with open_table(path, Progress()) as rows:
        assert [line for line, _ in rows] == [1, 2, 4]


def test_a_spreadsheet_gives_numbers_and_days(tmp_path):
    book = Workbook()
    book.active.append(["Entrada", "Valor", "Nome"])
    book.active.append([datetime(2024, 3, 10, 14, 30), 12.5, "Zé"])
    book.save(tmp_path / "x.xlsx")
    with open_table(tmp_path / "x.xlsx", Progress()) as rows:
        assert [(line, list(row)) for line, row in rows] == [
            (1, ["Entrada", "Valor", "Nome"]),
            (2, [datetime(2024, 3, 10, 14, 30), 12.5, "Zé"]),
        ]


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("x.xls", b"\xd0\xcf\x11\xe0", "import_format"),
        ("x.pdf", b"%PDF", "import_format"),
        ("x.xlsx", b"Nome;Telefone", "import_broken"),
    ],
)
def test_what_is_no_table_is_refused(tmp_path, name, content, code):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(UserError, match=code), open_table(tmp_path / name, Progress()) as rows:
        list(rows)


def test_a_file_that_is_not_there(tmp_path):
    with pytest.raises(UserError, match="cannot_read"), open_table(tmp_path / "x.csv", Progress()):
        raise AssertionError("never opened")


@given(st.binary(max_size=400))
def test_no_bytes_end_the_program(tmp_path_factory, raw):
    path = tmp_path_factory.getbasetemp() / "any.csv"
    path.write_bytes(raw)
    with open_table(path, Progress()) as rows:
        assert all(isinstance(cell, str) for _, row in rows for cell in row)
