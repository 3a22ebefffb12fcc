"""Format, printer and copies of a paper: as chosen the last time, and the fields for them."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QSettings
from PySide6.QtPrintSupport import QPrinterInfo
from PySide6.QtWidgets import QVBoxLayout, QWidget

from osdesk.domain.codes import Paper, PaperFormat
from osdesk.domain.papers.facts import PAPERS
from osdesk.texts import FORMAT
from osdesk.ui.widgets.controls import quiet_label
from osdesk.ui.widgets.fields import ChoiceField, Labelled

FILE = "printing.ini"
MOST_COPIES = 9


class PrintHabits:
    """Format, printer and copies chosen the last time for each paper: ``printing.ini`` in the
    shop's folder; losing it loses nothing but habits."""

    def __init__(self, folder: Path) -> None:
        self._file = QSettings(str(folder / FILE), QSettings.Format.IniFormat)

    def format(self, paper: Paper) -> PaperFormat:
        value = self._file.value(f"{paper.value}/format", "")
        known = {form.value: form for form in PAPERS[paper].formats}
        return known.get(str(value), PAPERS[paper].formats[0])

    def printer(self, kind: str) -> str:
        """A printer's name, by the code of the paper; empty: the PDF is opened."""
        return str(self._file.value(f"{kind}/printer", ""))

    def remember_printer(self, kind: str, printer: str) -> None:
        self._file.setValue(f"{kind}/printer", printer)
        self._file.sync()

    def copies(self, paper: Paper) -> int:
        value = str(self._file.value(f"{paper.value}/copies", "1"))
        return int(value) if value in {str(n) for n in range(1, MOST_COPIES + 1)} else 1

    def remember(self, paper: Paper, paper_format: PaperFormat, printer: str, copies: int) -> None:
        self._file.setValue(f"{paper.value}/format", paper_format.value)
        self._file.setValue(f"{paper.value}/printer", printer)
        self._file.setValue(f"{paper.value}/copies", str(copies))
        self._file.sync()


@dataclass(frozen=True)
class PrintChoice:
    """What to print and where; ``printer`` empty: the PDF is opened."""

    paper: Paper
    format: PaperFormat
    printer: str
    copies: int


class PrintFields(QWidget):
    """The three fields of one paper, filled with its habits; ``no_printer`` says what is done where
    none is chosen."""

    def __init__(self, folder: Path, no_printer: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._habits = PrintHabits(folder)
        self._paper = next(iter(PAPERS))
        self.format = ChoiceField()
        self.format.setObjectName("paperFormat")
        self.printer = ChoiceField()
        self.printer.setObjectName("printer")
        names = QPrinterInfo.availablePrinterNames()
        self.printer.set_choices([("", no_printer), *((name, name) for name in names)])
        self.copies = ChoiceField()
        self.copies.setObjectName("printCopies")
        self.copies.set_choices([(n, str(n)) for n in range(1, MOST_COPIES + 1)])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(Labelled("Formato", self.format))
        column.addWidget(Labelled("Impressora", self.printer))
        column.addWidget(Labelled("Cópias do documento", self.copies))
        kept = "A escolha fica guardada para este tipo de documento."
        column.addWidget(quiet_label(kept, wrap=True))

    def show_paper(self, paper: Paper) -> None:
        """The formats that this paper has, and the habits of it."""
        self._paper = paper
        self.format.set_choices([(form, FORMAT[form]) for form in PAPERS[paper].formats])
        self.format.set_value(self._habits.format(paper))
        self.printer.set_value(self._habits.printer(paper))
        if self.printer.currentIndex() < 0:
            self.printer.set_value("")
        self.copies.set_value(self._habits.copies(paper))

    def choice(self) -> PrintChoice:
        form = PaperFormat(str(self.format.value()))
        copies = int(str(self.copies.value()))
        return PrintChoice(self._paper, form, str(self.printer.value() or ""), copies)

    def remember(self) -> None:
        """The habits of this paper from now on."""
        choice = self.choice()
        self._habits.remember(choice.paper, choice.format, choice.printer, choice.copies)
