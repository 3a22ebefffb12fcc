"""Tables as other programs write them, row by row: CSV of any dialect, and spreadsheets.

A file is never held whole. What a cell says stays as it is there: a text, or in a spreadsheet a
number or a date.
"""

import codecs
import csv
import io
import warnings
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import islice
from pathlib import Path
from typing import BinaryIO, TextIO

from osdesk.domain.errors import UserError

Cell = str | int | float | bool | date | datetime | time | None
Row = tuple[int, Sequence[Cell]]
"""Its number in the file, counted from 1, and its cells."""

SEPARATORS = (";", "\t", ",", "|")
_SAMPLE = 1 << 16
_BLOCK = 1 << 20
LONGEST_CELL = 1 << 20
"""Letters of one CSV field: more is a broken file."""
_UNPACKED = 1 << 30
"""Bytes that a spreadsheet may unpack to."""


@dataclass(frozen=True)
class Dialect:
    encoding: str
    separator: str


@dataclass
class Progress:
    """How much of the file is behind us, from 0 to 1."""

    share: float = 0.0


def encoding_of(stream: BinaryIO) -> str:
    """UTF-16 and UTF-8 by their mark, UTF-8 where the whole file is that, else what Windows writes
    in Brazil."""
    head = stream.read(4)
    stream.seek(0)
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        while block := stream.read(_BLOCK):
            decoder.decode(block)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return "cp1252"
    finally:
        stream.seek(0)
    return "utf-8-sig"


def separator_of(sample: str) -> str:
    """The sign that parts the most rows into the same number of cells, more than one."""
    best, score = ";", 0
    for separator in SEPARATORS:
        lines = io.StringIO(sample, newline=None)
        rows = list(islice(csv.reader(lines, delimiter=separator), 50))
        widths = [len(row) for row in rows if any(cell.strip() for cell in row)]
        if not widths:
            continue
        usual = max(set(widths), key=widths.count)
        found = widths.count(usual) * (usual - 1)
        if found > score:
            best, score = separator, found
    return best


def dialect_of(stream: BinaryIO) -> Dialect:
    encoding = encoding_of(stream)
    raw = stream.read(_SAMPLE)
    stream.seek(0)
    sample = codecs.getincrementaldecoder(encoding)(errors="replace").decode(raw)
    if len(raw) == _SAMPLE:  # not the row that is cut
        sample = sample[: sample.rfind("\n") + 1] or sample
    return Dialect(encoding, separator_of(sample.removeprefix("\ufeff")))


@contextmanager
def open_table(
    path: Path, progress: Progress, dialect: Dialect | None = None
) -> Iterator[Iterator[Row]]:
    """The rows of a ``.csv``, ``.txt``, ``.tsv`` or ``.xlsx``.

    Raises UserError ``cannot_read``, ``import_format`` for another kind of file, ``import_broken``.
    """
    ending = path.suffix.casefold()
    if ending == ".xlsx":
        with _opened_workbook(path) as rows:
            yield _counted(rows, progress)
    elif ending in (".csv", ".txt", ".tsv"):
        with opened(path) as stream:
            dialect = dialect or dialect_of(stream)
        # what no encoding has becomes a visible mark: the row is there, and can be seen to be odd
        with path.open(encoding=dialect.encoding, errors="replace", newline="") as text:
            yield _csv_rows(text, dialect.separator, path.stat().st_size or 1, progress)
    else:
        raise UserError("import_format", path=path.name)


def opened(path: Path) -> BinaryIO:
    """Raises UserError ``cannot_read``."""
    try:
        return path.open("rb")
    except OSError:
        raise UserError("cannot_read", path=path) from None


def _csv_rows(text: TextIO, separator: str, size: int, progress: Progress) -> Iterator[Row]:
    csv.field_size_limit(LONGEST_CELL)
    reader = csv.reader(text, delimiter=separator)
    line = 1
    while True:
        try:
            row = next(reader, None)
        except csv.Error:
            raise UserError("import_broken", line=line) from None
        if row is None:
            return
        progress.share = min(1.0, text.buffer.tell() / size)
        yield line, row
        line = reader.line_num + 1


@contextmanager
def _opened_workbook(path: Path) -> Iterator[Iterator[Row]]:
    from openpyxl import load_workbook

    try:
        with zipfile.ZipFile(path) as parts:
            if sum(part.file_size for part in parts.infolist()) > _UNPACKED:
                raise UserError("import_too_big", path=path.name)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of styles and validations, which nobody reads here
            book = load_workbook(path, read_only=True, data_only=True)
    except (zipfile.BadZipFile, KeyError, ValueError):
        raise UserError("import_broken", line=1) from None
    except OSError:
        raise UserError("cannot_read", path=path) from None
    try:
        shown = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
        sheet = next((each for each in shown if _has_cells(each)), None)
        yield iter(()) if sheet is None else _sheet_rows(sheet)
    finally:
        book.close()


def _has_cells(sheet: object) -> bool:
    rows = sheet.iter_rows(max_row=20, values_only=True)  # type: ignore[attr-defined]  # of a sheet
    return any(cell is not None for row in rows for cell in row)


def _sheet_rows(sheet: object) -> Iterator[Row]:
    rows = sheet.iter_rows(values_only=True)  # type: ignore[attr-defined]  # of a sheet
    yield from enumerate(rows, start=1)


def _counted(rows: Iterator[Row], progress: Progress) -> Iterator[Row]:
    """A sheet does not say how long it is: the share nears its end and never reaches it."""
    for number, row in rows:
        progress.share = number / (number + 5_000)
        yield number, row
