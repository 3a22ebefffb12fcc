"""One paper of several chosen orders: asked once, frozen one by one, refusals by number."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinterInfo
from PySide6.QtWidgets import QPushButton
from tests.documents.reading import pages
from tests.ui.conftest import NOW, order_form
from tests.ui.orders.test_act import choose
from tests.ui.orders.test_page import page, settled

from osdesk.domain.codes import Paper, PaperFormat
from osdesk.services.orders.saving import add_order
from osdesk.services.papers.papers import issued_already
from osdesk.ui.papers import printing
from osdesk.ui.widgets import file_dialogs

__all__ = ["page"]


@pytest.fixture
def saved(monkeypatch, tmp_path):
    """What the save dialog answers; and the files that the system was asked to open."""
    opened = []
    monkeypatch.setattr(
        file_dialogs, "ask_save_path", lambda _owner, _title, path, _kinds: tmp_path / path.name
    )
    monkeypatch.setattr(file_dialogs, "open_with_system", lambda path: opened.append(path) or True)
    return opened


def asked(page, qtbot, first=130, count=3):
    pane = choose(page, qtbot, first, count)
    assert pane.objectName() == "ordersAct"
    page.print_now()
    many = page.side.currentWidget()
    assert many.objectName() == "printMany"
    return many


def ended(page, qtbot):
    qtbot.waitUntil(lambda: not page.side.many.busy)
    settled(page, qtbot)


def choose_paper(many, paper):
    many.paper.set_value(paper)
    many.paper.edited.emit()


def visible(many):
    return {b.objectName() for b in many.findChildren(QPushButton) if b.isVisible()}


def test_labels_of_three_are_one_pdf_and_each_is_frozen(page, desk, qtbot, tmp_path, saved):
    many = asked(page, qtbot)
    assert many.isAncestorOf(page.window().focusWidget())
    assert desk.read(issued_already, 130, Paper.LABEL, now=NOW) is None
    choose_paper(many, Paper.LABEL)
    qtbot.keyClick(many, Qt.Key.Key_Return)
    ended(page, qtbot)
    assert many.told() == ["Etiqueta: 3 ordens."]
    for number in (130, 129, 128):
        assert desk.read(issued_already, number, Paper.LABEL, now=NOW).version == 1
        assert (desk.folder / "papers" / f"OS-{number}-etiqueta-v1.pdf").is_file()
    qtbot.keyClick(page.window().focusWidget(), Qt.Key.Key_Return)  # on "Salvar PDF…"
    (file,) = tmp_path.glob("etiqueta-*.pdf")
    texts = ["".join(line.text for line in sheet) for sheet in pages(file.read_bytes())]
    assert ["130" in texts[0], "129" in texts[1], "128" in texts[2], len(texts)] == [True] * 3 + [3]
    qtbot.keyClick(page.window().focusWidget(), Qt.Key.Key_Return)
    assert saved == [file]
    qtbot.keyClick(page.window().focusWidget(), Qt.Key.Key_Escape)
    settled(page, qtbot)
    assert page.table.chosen(9) == [130, 129, 128], "and on with the same orders"
    assert page.side.currentWidget() is page.side.act


def test_what_one_lacks_is_told_by_its_number_and_stops_no_other(page, desk, qtbot):
    bare = order_form("Sem itens", "(11) 3222-0000")
    bare.items = []
    desk.write(add_order, bare, now=NOW, author=None)
    page.select(131)
    settled(page, qtbot)
    many = asked(page, qtbot, 131)
    choose_paper(many, Paper.QUOTE)
    many.confirm()
    ended(page, qtbot)
    assert many.told()[0] == "Orçamento: 2 ordens."
    assert many.told()[1].startswith("OS 131: Falta informar: serviços e materiais")
    assert desk.read(issued_already, 130, Paper.QUOTE, now=NOW) is not None
    assert not list((desk.folder / "papers").glob("OS-131-*"))


def test_a_printer_gets_all_pages_in_one_go(page, desk, qtbot, monkeypatch):
    sent = []

    def keep(data, printer):
        for sheet in pages(data):
            sent.append((len(sheet) > 0, printer.copyCount()))
            yield
        return True

    monkeypatch.setattr(printing, "print_pages", keep)
    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", staticmethod(lambda: ["Balcão"]))
    many = asked(page, qtbot)
    choose_paper(many, Paper.TECHNICIAN)
    many.fields.printer.set_value("Balcão")
    many.fields.printer.edited.emit()
    many.fields.copies.set_value(2)
    assert many._confirm.accessibleName() == "Imprimir (3)"
    many.confirm()
    ended(page, qtbot)
    assert sent == [(True, 2)] * 3
    assert many.told() == ["Via técnica: 3 ordens.", "Enviado à impressora."]
    assert visible(many) == {"manySave", "manyBack"}
    many.go_back()
    settled(page, qtbot)
    page.choose_print()
    choose_paper(many, Paper.TECHNICIAN)
    assert (many.fields.choice().printer, many.fields.choice().copies) == ("Balcão", 2)


def test_a_printer_that_refuses_leaves_the_pdf_to_be_saved(page, qtbot, monkeypatch):
    def refuse(_data, _printer):
        return False
        yield

    monkeypatch.setattr(printing, "print_pages", refuse)
    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", staticmethod(lambda: ["Balcão"]))
    many = asked(page, qtbot)
    many.fields.printer.set_value("Balcão")
    many.confirm()
    ended(page, qtbot)
    assert "não aceitou" in many.told()[-1]
    assert page.window().focusWidget().objectName() == "manySave"


def test_stopping_leaves_the_rest_unmade_and_the_window_waits(page, desk, qtbot):
    many = asked(page, qtbot, 100, 30)
    choose_paper(many, Paper.LABEL)
    many.confirm()
    assert not page.try_close()
    many.go_back()
    ended(page, qtbot)
    assert page.try_close()
    made = [n for n in range(71, 101) if desk.read(issued_already, n, Paper.LABEL, now=NOW)]
    assert len(made) < 30
    assert made == list(range(101 - len(made), 101)), "from above, none left out between"
    assert many.told()[-1] == f"Não feitas: {30 - len(made)} ordens."
    assert page.side.currentWidget() is many


def test_esc_before_anything_was_made_freezes_nothing(page, desk, qtbot):
    many = asked(page, qtbot)
    assert many.fields.format.value() == PaperFormat.A4_HALF
    qtbot.keyClick(many, Qt.Key.Key_Escape)
    settled(page, qtbot)
    assert page.side.currentWidget() is page.side.act
    assert not (desk.folder / "papers").exists()


def test_the_paper_of_each_moment_is_only_offered_where_all_have_it(page, qtbot):
    many = asked(page, qtbot)
    offered = [many.paper.itemData(place) for place in range(many.paper.count())]
    assert offered[0] == Paper.INTAKE
    assert {Paper.LABEL, Paper.TECHNICIAN} < set(offered)
    assert not {Paper.DELIVERY, Paper.NOTICE, Paper.RECEIPT} & set(offered)
