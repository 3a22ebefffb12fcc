"""``python -m tests.recalculate FILE.xlsx``: LibreOffice computes a workbook anew, and each formula
must come to the value that was written beside it. Needs ``soffice``; run by hand, not by the tests.
"""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from openpyxl import load_workbook

TOLERANCE = 0.000_001


def main() -> int:
    source = Path(sys.argv[1])
    soffice = shutil.which("soffice")
    if soffice is None:
        print("soffice not found")
        return 2
    with tempfile.TemporaryDirectory() as scratch:
        # the values that were written are taken out, so that none can be mistaken for a result
        bare = Path(scratch) / "bare.xlsx"
        load_workbook(source).save(bare)
        subprocess.run(
            [
                *(soffice, f"-env:UserInstallation=file://{scratch}/profile", "--headless"),
                *("--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", f"{scratch}/out"),
                str(bare),
            ],
            check=True,
            capture_output=True,
        )
        computed = load_workbook(Path(scratch) / "out" / "bare.xlsx", data_only=True)
    formulas, written = load_workbook(source), load_workbook(source, data_only=True)
    count, wrong = 0, 0
    for sheet in formulas:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type != "f":
                    continue
                count += 1
                ours = written[sheet.title][cell.coordinate].value
                theirs = computed[sheet.title][cell.coordinate].value
                if not same(ours, theirs):
                    wrong += 1
                    print(f"{sheet.title}!{cell.coordinate} {cell.value}: {ours!r}, {theirs!r}")
    print(f"{count} formulas, {wrong} of another value")
    return 1 if wrong or not count else 0


def same(ours: object, theirs: object) -> bool:
    if isinstance(ours, int | float) and isinstance(theirs, int | float):
        return abs(ours - theirs) < TOLERANCE
    return ours == theirs


if __name__ == "__main__":
    sys.exit(main())
