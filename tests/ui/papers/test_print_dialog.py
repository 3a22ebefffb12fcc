"""Shift+F9: the papers of the moment, a look before anything is frozen, habits for each paper."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo
from PySide6.QtWidgets import QLabel, QListWidget, QVBoxLayout, QWidget
from tests.ui.conftest import NOW

from osdesk.domain.codes import Paper, PaperFormat
from osdesk.services.papers.papers import issued_already
from osdesk.texts import PAPER
from osdesk.ui.papers import printing
from osdesk.ui.papers.print_dialog import PrintDialog
from osdesk.ui.papers.print_fields import PrintChoice, PrintHabits
from osdesk.ui.papers.printing import choose_print, print_order


@pytest.fixture
def page(qtbot):
    page = QWidget()
    qtbot.addWidget(page)
    QVBoxLayout(page).addWidget(QLabel("lista"))
    page.resize(900, 600)
    page.show()
    return page


def settled(qtbot, desk):
    qtbot.waitUntil(lambda: not desk.tasks.busy)


def papers_of(dialog: PrintDialog) -> list[str]:
    papers = dialog.findChild(QListWidget)
    return [papers.item(row).text() for row in range(papers.count())]


def test_the_usual_paper_is_first_and_shown_without_freezing_it(desk, page, qtbot):
    dialog = choose_print(desk, page, 5)
    assert papers_of(dialog)[0].startswith(PAPER[Paper.INTAKE])
    settled(qtbot, desk)
    assert dialog._view.pages >= 1
    assert desk.read(issued_already, 5, Paper.INTAKE, now=NOW) is None
    dialog.reject()
    assert not (desk.folder / "papers").exists()


def test_enter_prints_what_was_chosen_and_the_choice_is_remembered(desk, page, qtbot, opened):
    dialog = choose_print(desk, page, 5)
    dialog._fields.format.set_value(PaperFormat.A4)
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    settled(qtbot, desk)
    assert opened == [str(desk.folder / "papers" / "OS-5-entrada-v1-a4.pdf")]
    assert PrintHabits(desk.folder).format(Paper.INTAKE) is PaperFormat.A4
    print_order(desk, page, 5)
    settled(qtbot, desk)
    assert opened == [str(desk.folder / "papers" / "OS-5-entrada-v1-a4.pdf")] * 2


def test_a_paper_that_the_moment_does_not_have_is_not_offered(desk, page, qtbot):
    dialog = choose_print(desk, page, 5)
    assert PAPER[Paper.DELIVERY] not in papers_of(dialog)
    settled(qtbot, desk)
    dialog.reject()


def test_a_remembered_printer_prints_at_once(desk, page, qtbot, opened, monkeypatch):
    sent = []

    def keep(data: bytes, printer: QPrinter) -> bool:
        sent.append((data[:5], printer.copyCount()))
        return True

    monkeypatch.setattr(printing, "print_pdf", keep)
    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", staticmethod(lambda: ["Balcão"]))
    PrintHabits(desk.folder).remember(Paper.INTAKE, PaperFormat.A4_HALF, "Balcão", 2)
    bar = print_order(desk, page, 5)
    settled(qtbot, desk)
    assert [data for data, _ in sent] == [b"%PDF-"]
    assert opened == []
    assert bar.words() == "Enviado à impressora:"
    PrintHabits(desk.folder).remember(Paper.INTAKE, PaperFormat.A4_HALF, "Bobina", 1)
    print_order(desk, page, 5)
    settled(qtbot, desk)
    assert len(sent) == 1
    assert "Bobina não está disponível" in bar.words()


@pytest.mark.parametrize("words", ["", "x", "0", "10", "-1"])
def test_spoilt_habits_are_the_usual_ones(tmp_path, words):
    (tmp_path / "printing.ini").write_text(f"[intake]\nformat={words}\ncopies={words}\n")
    habits = PrintHabits(tmp_path)
    assert habits.format(Paper.INTAKE) is PaperFormat.A4_HALF
    assert habits.copies(Paper.INTAKE) == 1
    assert habits.printer(Paper.INTAKE) == ""


def test_a_choice_says_all(desk, page, qtbot):
    dialog = choose_print(desk, page, 5)
    assert dialog.choice() == PrintChoice(Paper.INTAKE, PaperFormat.A4_HALF, "", 1)
    settled(qtbot, desk)
    dialog.reject()
