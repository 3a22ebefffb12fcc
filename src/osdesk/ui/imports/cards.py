"""What is asked and shown of a file: which column is what; what becomes of each row."""

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QHBoxLayout, QPushButton, QWidget

from osdesk.domain.arrivals import ImportReport, Outcome, RowReport
from osdesk.domain.codes import ImportKind
from osdesk.jobs.imports import column_targets
from osdesk.texts import field_name, sentence
from osdesk.texts.imports import OUTCOME, not_carried_words, target_name
from osdesk.ui.widgets.controls import (
    Card,
    ChipButton,
    ElidedLabel,
    count_text,
    quiet_label,
    text_label,
)
from osdesk.ui.widgets.fields import ChoiceField
from osdesk.ui.widgets.tables import Cell, CellsModel, PlainTable

EXAMPLES = " · "


class ColumnsCard(Card):
    """A row for each column of the file: its name, its first values, what it is."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("O que é cada coluna", parent)
        self.setObjectName("importColumns")
        self._words = quiet_label(
            "Confira: o que não foi reconhecido fica de fora, a não ser que você diga o que é.",
            wrap=True,
        )
        self.body.addWidget(self._words)
        self._inside: QWidget | None = None
        self._fields: dict[str, ChoiceField] = {}
        self._found: dict[str, str | None] = {}

    def show_columns(self, report: ImportReport, kind: ImportKind) -> None:
        """Show the columns as they were recognised; a file of its own makes has none to choose."""
        if self._inside is not None:
            self.body.removeWidget(self._inside)
            self._inside.deleteLater()
            self._inside = None
        self._fields.clear()
        self._found = {each.title: each.target for each in report.columns}
        self.setVisible(bool(report.columns))
        if not report.columns:
            return
        choices: list[tuple[str, str | None]] = [("(não usar)", None)]
        choices += [(target_name(each), each) for each in column_targets(kind)]
        self._inside = QWidget()
        grid = QGridLayout(self._inside)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(0, 3)
        grid.setColumnStretch(1, 4)
        grid.setColumnStretch(2, 4)
        for place, each in enumerate(report.columns):
            field = ChoiceField()
            for words, target in choices:
                field.addItem(words, target)
            field.setCurrentIndex(max(field.findData(each.target), 0))
            field.setAccessibleName(f"Coluna {each.title}")
            field.currentIndexChanged.connect(self.changed)
            self._fields[each.title] = field
            grid.addWidget(ElidedLabel(each.title, "strong"), place, 0)
            grid.addWidget(ElidedLabel(EXAMPLES.join(each.examples), "quiet"), place, 1)
            grid.addWidget(field, place, 2)
        self.body.addWidget(self._inside)

    def chosen(self) -> dict[str, str | None]:
        """What a person says otherwise than it was recognised."""
        said = {title: field.currentData() for title, field in self._fields.items()}
        return {title: what for title, what in said.items() if what != self._found[title]}

    def field(self, title: str) -> ChoiceField:
        return self._fields[title]


TONE = {Outcome.TAKEN: "green", Outcome.SAME: "blue", Outcome.REFUSED: "red"}
CHIPS = (
    ("importAll", "Todas", None),
    ("importRefused", "Recusadas", Outcome.REFUSED),
    ("importSame", "Já existem", Outcome.SAME),
    ("importTaken", "Trazidas", Outcome.TAKEN),
)
LEAST_HEIGHT = 230


def _cell(row: RowReport, column: int) -> Cell:
    if column == 0:
        return Cell(count_text(row.row), right=True, tone="muted")
    if column == 1:
        return Cell(OUTCOME[row.outcome], pill=TONE[row.outcome])
    if column == 2:
        return Cell(row.label or "(sem nome)", strong=True)
    first, *rest = [*_told(row), ""]
    return Cell(first, " ".join(rest).strip(), tone="red" if row.error is not None else "ink")


def _told(row: RowReport) -> list[str]:
    errors = (row.error,) if row.error is not None else ()
    return [sentence(each) for each in (*errors, *row.warnings)]


class ReportCard(Card):
    """The rows of one report; chips filter them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.setObjectName("importReport")
        self._report: ImportReport | None = None
        self._chips: dict[Outcome | None, ChipButton] = {}
        self._group = QButtonGroup(self)
        self.model = CellsModel[RowReport](("Linha", "", "Quem ou qual", "O que há"), _cell, (0,))
        self.table = PlainTable("Linhas do arquivo", self.model, {0: 72, 1: 104, 2: 220}, least=160)
        self.table.setObjectName("importRows")
        self.table.setMinimumHeight(LEAST_HEIGHT)
        self._beside = text_label(wrap=True)
        self._beside.setObjectName("importSideBySide")
        self._left = quiet_label(wrap=True)
        self._left.setObjectName("importNotCarried")
        row = QHBoxLayout()
        row.setSpacing(6)
        for name, words, outcome in CHIPS:
            chip = self._chips[outcome] = ChipButton(words)
            chip.setObjectName(name)
            self._group.addButton(chip)
            row.addWidget(chip)
        row.addStretch(1)
        self.body.addLayout(row)
        self.body.addWidget(self.table, 1)
        self.body.addWidget(self._beside)
        self.body.addWidget(self._left)
        self._group.buttonClicked.connect(self._chip_clicked)
        self.table.current_changed.connect(self._row_chosen)

    def show_report(self, report: ImportReport) -> None:
        """Show a report: the refused ones first, where there are any."""
        self._report = report
        for outcome, chip in self._chips.items():
            chip.set_count(len(report.rows) if outcome is None else report.counts[outcome])
        self.filter(Outcome.REFUSED if report.counts[Outcome.REFUSED] else None)
        words = not_carried_words(report)
        self._left.setText(words)
        self._left.setVisible(bool(words))

    def filter(self, outcome: Outcome | None) -> None:
        self._chips[outcome].setChecked(True)
        rows = self._report.rows if self._report is not None else []
        self.model.show_rows([row for row in rows if outcome in (None, row.outcome)])
        self._beside.hide()
        self.table.select_row(0)

    def _chip_clicked(self, button: QPushButton) -> None:
        self.filter(next(what for what, chip in self._chips.items() if chip is button))

    def _row_chosen(self, index: QModelIndex) -> None:
        """All that is said of a row; of one that is here already, both cards side by side."""
        row = self.model.row(index)
        lines = [] if row is None else _told(row)
        if row is not None:
            lines += [
                f"{field_name(name)}: no arquivo “{theirs}” · na loja “{ours or 'nada'}”"
                for name, theirs, ours in row.differs
            ]
        self._beside.setText("\n".join(lines))
        self._beside.setVisible(bool(lines))
