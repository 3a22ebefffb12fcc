"""A table on a sheet of a workbook: filter, frozen head, real numbers and dates, summed columns.

Texts are only ever written as texts: what a person typed cannot become a formula or a link.
"""

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from osdesk.interchange.cells import plain

MONEY = "#,##0.00"
COUNT = "#,##0"
TENTHS = "#,##0.0"
DAY = "dd/mm/yyyy"
SHARE = "+0%;-0%;0%"
LONGEST = 32_767
"""Letters that a cell holds."""
_A4 = 9


@dataclass(frozen=True, slots=True)
class Formula:
    text: str
    value: Decimal | str
    """What it amounts to: shown where nothing computes it."""


def number_of(cell: "Cell") -> Decimal:
    """What a cell adds to a sum: texts and days nothing."""
    value = cell.value if isinstance(cell, Formula) else cell
    return Decimal(value) if isinstance(value, int | Decimal) else Decimal()


Cell = str | int | Decimal | date | Formula | None


@dataclass(frozen=True, slots=True)
class Column:
    title: str
    width: float
    format: str | None = None
    """Of numbers and dates; texts have none."""
    summed: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    sheet: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]
    total: str | None = None
    """What the last row is called, where the columns that can be are summed."""
    above: Sequence[str] = ()
    """Lines over the table."""
    row_formats: Sequence[str] = ()
    """Where numbers of one row are alike and not those of one column."""


TICK = 500
"""Rows between two calls of ``each``."""


def workbook(
    tables: Sequence[Table],
    *,
    title: str,
    author: str,
    created: datetime,
    each: Callable[[], object] | None = None,
) -> bytes:
    """The same tables give the same bytes.

    ``each`` is called every ``TICK`` rows; what it raises ends the work.
    """
    # here, so that the window does not load it at start
    from xlsxwriter import Workbook  # type: ignore[import-untyped]  # it has no types

    out = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_numbers": False,
        "strings_to_urls": False,
    }
    with Workbook(out, options) as book:
        moment = created.astimezone(UTC).replace(tzinfo=None)
        book.set_properties({"title": title, "author": text_of(author), "created": moment})
        look = _looks(book)
        for table in tables:
            _write(book.add_worksheet(table.sheet), look, table, each)
    return out.getvalue()


Look = Callable[..., Any]


def _looks(book: Any) -> Look:
    """Each look is made once a book."""
    made: dict[tuple[str | None, str], Any] = {}
    kinds: dict[str, dict[str, object]] = {
        "body": {"valign": "top"},
        "title": {"bold": True, "font_size": 12},
        "head": {"bold": True, "bottom": 1, "bg_color": "#ECEFED", "valign": "vcenter"},
        "total": {"bold": True, "top": 1},
    }

    def look(number: str | None = None, kind: str = "body") -> Any:
        key = (number, kind)
        if key not in made:
            extra = {"num_format": number} if number else {}
            made[key] = book.add_format(kinds[kind] | extra)
        return made[key]

    return look


def _write(sheet: Any, look: Look, table: Table, each: Callable[[], object] | None = None) -> None:
    for number, line in enumerate(table.above):
        sheet.write_string(number, 0, text_of(line), look(kind="body" if number else "title"))
    top = len(table.above) + 1 if table.above else 0
    for place, column in enumerate(table.columns):
        sheet.set_column(place, place, column.width)
        sheet.write_string(top, place, text_of(column.title), look(kind="head"))
    for number, row in enumerate(table.rows):
        if each is not None and number % TICK == 0:
            each()
        own = table.row_formats[number] if table.row_formats else None
        for place, (column, value) in enumerate(zip(table.columns, row, strict=True)):
            _cell(sheet, top + 1 + number, place, value, look(column.format or own))
    last = top + len(table.rows)
    sheet.freeze_panes(top + 1, 0)
    if table.rows:
        sheet.autofilter(top, 0, last, len(table.columns) - 1)
    if table.total is not None:
        _total(sheet, look, table, top + 1, last + 1)
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(top)


def _total(sheet: Any, look: Look, table: Table, first: int, at: int) -> None:
    sheet.write_string(at, 0, text_of(table.total or ""), look(kind="total"))
    for place, column in enumerate(table.columns[1:], start=1):
        style = look(column.format, "total")
        if not column.summed:
            sheet.write_blank(at, place, None, style)
            continue
        total = sum((number_of(row[place]) for row in table.rows), Decimal())
        if table.rows:
            area = f"{letter(place)}{first + 1}:{letter(place)}{at}"
            # to the centavo: a sum of thousands of binary fractions is not
            sheet.write_formula(at, place, f"=ROUND(SUM({area}),2)", style, total)
        else:
            sheet.write_number(at, place, total, style)


def _cell(sheet: Any, row: int, place: int, value: Cell, look: Any) -> None:
    if value is None:
        return
    if isinstance(value, str):
        sheet.write_string(row, place, text_of(value), look)
    elif isinstance(value, Formula):
        sheet.write_formula(row, place, value.text, look, value.value)
    elif isinstance(value, date):
        sheet.write_datetime(row, place, value, look)
    else:
        sheet.write_number(row, place, value, look)


def text_of(text: str) -> str:
    """As a cell can hold it: one that is too long ends with … where it is cut."""
    clean = plain(text)
    return clean if len(clean) <= LONGEST else clean[: LONGEST - 1] + "…"


def area(sheet: str, place: int, rows: int, *, top: int = 1) -> str:
    """The cells of a table's column, for formulas of other sheets; ``top``: rows above the first.

    A table without rows is taken for one: its total stands there, and it is nothing.
    """
    name = letter(place)
    return f"'{sheet}'!${name}${top + 1}:${name}${top + max(rows, 1)}"


def letter(place: int) -> str:
    """The name of a column, counted from 0; our tables have fewer than 26."""
    return chr(ord("A") + place)
