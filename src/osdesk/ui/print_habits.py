"""What was chosen the last time for each kind of paper: format, printer, copies. Not the record."""

from pathlib import Path

from PySide6.QtCore import QSettings

from osdesk.domain.codes import PAPER_FORMATS, Paper, PaperFormat
from osdesk.domain.paper_rules import usual_format

FILE = "printing.ini"
MOST_COPIES = 9


class PrintHabits:
    """``printing.ini`` in the shop's folder; losing it loses nothing but habits."""

    def __init__(self, folder: Path) -> None:
        self._file = QSettings(str(folder / FILE), QSettings.Format.IniFormat)

    def format(self, paper: Paper) -> PaperFormat:
        value = self._file.value(f"{paper.value}/format", "")
        known = {form.value: form for form in PAPER_FORMATS[paper]}
        return known.get(str(value), usual_format(paper))

    def printer(self, paper: Paper) -> str:
        """A printer's name; empty: the PDF is opened."""
        return str(self._file.value(f"{paper.value}/printer", ""))

    def copies(self, paper: Paper) -> int:
        value = str(self._file.value(f"{paper.value}/copies", "1"))
        return int(value) if value in {str(n) for n in range(1, MOST_COPIES + 1)} else 1

    def remember(self, paper: Paper, paper_format: PaperFormat, printer: str, copies: int) -> None:
        self._file.setValue(f"{paper.value}/format", paper_format.value)
        self._file.setValue(f"{paper.value}/printer", printer)
        self._file.setValue(f"{paper.value}/copies", str(copies))
        self._file.sync()
