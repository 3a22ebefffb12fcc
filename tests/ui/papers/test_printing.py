"""F9 on a real shop: the file, what is said, the printer; only the system windows are replaced."""

import shutil

import pytest
from PySide6.QtCore import QMarginsF
from PySide6.QtGui import QPageLayout, QPageSize
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout
from tests.ui.conftest import NOW

from osdesk.documents.apart import read_codes
from osdesk.documents.read import page_pictures
from osdesk.domain.codes import Paper
from osdesk.services.orders.forms import load_form
from osdesk.services.orders.saving import edit_order
from osdesk.services.orders.view import order_view
from osdesk.ui.page import Page
from osdesk.ui.papers import printing
from osdesk.ui.papers.printing import print_order, print_pdf
from osdesk.ui.widgets.controls import Card


@pytest.fixture
def page(qtbot):
    page = Page()
    qtbot.addWidget(page)
    column = QVBoxLayout(page)
    page.side = Card()
    row = QHBoxLayout()
    row.addWidget(QLabel("lista"))
    row.addWidget(page.side)
    column.addLayout(row)
    page.resize(900, 300)
    page.show()
    return page


def wait_for(qtbot, desk):
    qtbot.waitUntil(lambda: not desk.tasks.busy)


def press(bar, name):
    bar.findChild(QPushButton, name).click()


def test_the_order_for_signature_is_kept_in_the_shops_folder_and_opened(desk, page, qtbot, opened):
    bar = print_order(desk, page, 5)
    assert "Preparando" in bar.words()
    wait_for(qtbot, desk)
    file = desk.folder / "papers" / "OS-5-entrada-v1.pdf"
    assert opened == [str(file)]
    assert bar.file == file
    assert "versão 1" in bar.words()
    [code] = read_codes(file)
    assert code.startswith("OSDESK1|intake|5|1|")
    assert bar.isVisible()
    assert page.rect().contains(bar.geometry())


def test_of_a_delivered_order_the_delivery_term_is_the_usual_paper(desk, page, qtbot, opened):
    print_order(desk, page, 1)
    wait_for(qtbot, desk)
    assert opened == [str(desk.folder / "papers" / "OS-1-entrega-v1.pdf")]


def test_a_receipt_has_its_number_in_the_name(desk, page, qtbot, opened):
    payment = desk.read(order_view, 4, now=NOW).payments[0]
    print_order(desk, page, 4, Paper.RECEIPT, payment.id)
    wait_for(qtbot, desk)
    assert opened == [str(desk.folder / "papers" / f"OS-4-recibo-{payment.receipt}-v1.pdf")]


def test_printing_again_is_the_same_version_and_a_change_the_next(desk, page, qtbot, opened):
    bar = print_order(desk, page, 5)
    wait_for(qtbot, desk)
    before = bar.file.read_bytes()
    assert print_order(desk, page, 5) is bar
    wait_for(qtbot, desk)
    assert bar.file.read_bytes() == before
    form = desk.read(load_form, 5)
    form.reason = "Outro motivo"
    desk.write(edit_order, 5, form, now=NOW, author=None)
    print_order(desk, page, 5)
    wait_for(qtbot, desk)
    assert bar.file.name == "OS-5-entrada-v2.pdf"
    assert (bar.file.parent / "OS-5-entrada-v1.pdf").read_bytes() == before


def test_from_a_part_of_the_page_the_bar_still_stands_on_the_page(desk, page, qtbot, opened):
    bar = print_order(desk, page.side, 5)
    wait_for(qtbot, desk)
    assert bar.parentWidget() is page


def test_the_bar_goes_with_its_page(desk, page, qtbot, opened):
    bar = print_order(desk, page, 5)
    wait_for(qtbot, desk)
    assert bar.isVisible()
    page.hide()
    page.show()
    assert not bar.isVisible()
    print_order(desk, page, 5)
    assert bar.isVisible()
    wait_for(qtbot, desk)


def test_what_cannot_be_printed_is_said_in_words(desk, page, qtbot, opened):
    bar = print_order(desk, page, 5, Paper.DELIVERY)
    wait_for(qtbot, desk)
    assert "ainda não foi entregue" in bar.words()
    assert opened == []
    assert bar.findChild(QPushButton, "printedPrint").isHidden()


def test_a_folder_that_cannot_be_written_is_said_and_the_next_try_works(desk, page, qtbot, opened):
    place = desk.folder / "papers"
    shutil.rmtree(place, ignore_errors=True)
    place.write_text("in the way")
    bar = print_order(desk, page, 5)
    wait_for(qtbot, desk)
    assert "Não foi possível gravar" in bar.words()
    place.unlink()
    print_order(desk, page, 5)
    wait_for(qtbot, desk)
    assert opened == [str(place / "OS-5-entrada-v1.pdf")]


def test_a_system_without_a_viewer_leaves_the_file_and_says_where(desk, page, qtbot, monkeypatch):
    monkeypatch.setattr(printing.QDesktopServices, "openUrl", staticmethod(lambda url: False))
    bar = print_order(desk, page, 5)
    wait_for(qtbot, desk)
    assert bar.words() == "O sistema não abriu o PDF; ele está em"
    assert bar.file.exists()


def test_a_copy_is_saved_where_the_person_says(desk, page, qtbot, opened, tmp_path, monkeypatch):
    bar = print_order(desk, page, 5)
    wait_for(qtbot, desk)
    target = tmp_path / "cópia.pdf"
    monkeypatch.setattr(printing, "ask_save_path", lambda *_: target)
    press(bar, "printedSave")
    assert target.read_bytes() == bar.file.read_bytes()
    monkeypatch.setattr(printing, "ask_save_path", lambda *_: tmp_path / "no" / "folder.pdf")
    press(bar, "printedSave")
    assert "Não foi possível gravar" in bar.words()


def test_every_page_goes_to_the_printer_whole(desk, page, qtbot, opened, tmp_path):
    bar = print_order(desk, page, 5)
    wait_for(qtbot, desk)
    data = bar.file.read_bytes()
    pages = list(page_pictures(data, dpi=50))
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "out.pdf"))
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    printer.setPageMargins(QMarginsF(10, 10, 10, 10), QPageLayout.Unit.Millimeter)
    assert print_pdf(data, printer)
    printed = list(page_pictures((tmp_path / "out.pdf").read_bytes(), dpi=50))
    assert [(p.width, p.height) for p in printed] == [(p.width, p.height) for p in pages]
    assert set(read_codes(tmp_path / "out.pdf")) == set(read_codes(bar.file))


@pytest.mark.skipif(
    printing.SYSTEMS_DIALOG, reason="the dialog is the system's own, and waits for a person"
)
def test_the_print_dialog_is_shown_in_place_and_what_it_accepts_is_printed(
    desk, page, qtbot, opened, monkeypatch
):
    bar = print_order(desk, page, 5)
    wait_for(qtbot, desk)
    sent = []
    monkeypatch.setattr(printing, "print_pdf", lambda data, printer: sent.append(data) or True)
    press(bar, "printedPrint")
    dialog = bar.findChild(printing.QPrintDialog)
    assert dialog.isVisible()
    dialog.accept()
    assert sent == [bar.file.read_bytes()]
    assert bar.words() == "Enviado à impressora:"


def test_without_any_printer_the_systems_dialog_is_not_asked_for_and_the_file_is_named(
    desk, page, qtbot, opened, monkeypatch
):
    monkeypatch.setattr(printing, "SYSTEMS_DIALOG", True)
    monkeypatch.setattr(printing.QPrinterInfo, "availablePrinterNames", staticmethod(list))
    bar = print_order(desk, page, 5)
    wait_for(qtbot, desk)
    press(bar, "printedPrint")
    assert bar.findChild(printing.QPrintDialog) is None
    assert bar.words() == "O Windows não tem impressora; o PDF está em"
