"""The tables of cases in tests/vectors, as pytest parameters."""

import csv
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pytest

FOLDER = Path(__file__).parent / "vectors"


def rows(file: str) -> list[dict[str, str]]:
    """The rows of a table, by the names in its first line."""
    with (FOLDER / file).open(encoding="utf-8", newline="") as table:
        return list(csv.DictReader(table))


def vectors(name: str) -> list[object]:
    """``(input, expected)`` of each row; expected is None where the input is to be refused."""
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert rows
    return [
        pytest.param(
            row["input"],
            row["expected"] if row["valid"] == "1" else None,
            id=f"{line}-{row['input'][:20].strip() or 'empty'}",
        )
        for line, row in enumerate(rows, start=2)
    ]


def to_cents(reais: Decimal) -> int:
    """Centavos, half up, by the standard library's own rounding."""
    return int((reais * 100).quantize(Decimal(1), rounding=ROUND_HALF_UP))
