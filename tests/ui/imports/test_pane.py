"""Bringing data in through the window: file, columns, trial, truth, taking back."""

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog

from osdesk.domain.arrivals import Outcome
from osdesk.domain.codes import ImportKind
from osdesk.domain.topics import Topic
from osdesk.services.customers.customers import find_customers
from osdesk.services.imports.batches import batches
from osdesk.services.shop.catalog import catalog
from osdesk.ui.imports.pane import ImportPane

PEOPLE = (
    "Nome;Fone;CPF;E-mail;Apelido\n"
    "Zilda Prado;(11) 98765-4321;;zilda@exemplo.com;Zi\n"
    "Yara;;111.111.111-11;;\n"
    "Zilda Prado;11 987654321;;outra@exemplo.com;\n"
)


@pytest.fixture
def pane(desk, qtbot):
    pane = ImportPane(desk)
    qtbot.addWidget(pane)
    pane.refresh()
    pane.show()
    return pane


@pytest.fixture
def people(tmp_path):
    path = tmp_path / "clientes.csv"
    path.write_text(PEOPLE, "utf-8")
    return path


@pytest.fixture
def ended(pane, qtbot):
    """Wait until what runs has ended."""
    return lambda: qtbot.waitUntil(lambda: pane._task is None)


def test_from_the_file_to_the_batch_and_back(pane, desk, people, ended, monkeypatch):
    heard = []
    desk.changed.connect(heard.append)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(people), ""))
    pane._choose.click()
    assert pane.columns.field("Nome").currentData() == "customer.name"
    assert pane.columns.field("Apelido").currentData() is None
    pane.columns.field("Apelido").setCurrentIndex(
        pane.columns.field("Apelido").findData("customer.notes")
    )
    assert pane.columns.chosen() == {"Apelido": "customer.notes"}
    pane._try.click()
    ended()
    assert pane.bar.text() == (
        "Simulação: 1 linha seria trazida · 1 já existe · 1 recusada. Nada foi gravado."
    )
    assert desk.read(batches) == []
    assert heard == []
    pane._take.click()
    ended()
    assert pane.bar.text() == "Lote 1: 1 linha trazida · 1 já existe · 1 recusada."
    assert heard == [Topic.EVERYTHING]
    (zilda,) = desk.read(find_customers, "zilda")
    assert zilda.notes == "Zi"
    assert not pane._undo.isEnabled()
    pane.table.select_row(0)
    pane._undo.click()
    ended()
    assert pane.bar.text() == "Lote 1 desfeito: 1 cliente."
    assert desk.read(find_customers, "zilda") == []
    pane.table.select_row(0)
    assert not pane._undo.isEnabled()


def test_the_report_is_filtered_and_shows_the_same_ones_side_by_side(pane, people, ended):
    pane.show_file(people)
    pane._try.click()
    ended()
    report = pane.report
    shown = [report.model.row(report.model.index(at, 0)) for at in range(report.model.rowCount())]
    assert [row.outcome for row in shown] == [Outcome.REFUSED]  # what is to be mended comes first
    assert "não é um CPF ou CNPJ válido" in report._beside.text()
    report.findChild(object, "importSame").click()
    assert report.model.rowCount() == 1
    assert "e-mail: no arquivo “outra@exemplo.com” · na loja “zilda@exemplo.com”" in (
        report._beside.text()
    )
    report.findChild(object, "importAll").click()
    assert report.model.rowCount() == 3
    pane._again.click()
    assert pane.columns.isVisible()
    assert not report.isVisible()


def test_stopping_keeps_nothing(pane, desk, tmp_path, qtbot):
    path = tmp_path / "muitos.csv"
    path.write_text("Nome\n" + "".join(f"Cliente {at}\n" for at in range(5_000)), "utf-8")
    pane.show_file(path)
    pane.take()
    pane.stop()
    qtbot.waitUntil(lambda: pane.bar.text() == "Cancelado: nada foi gravado.")
    assert desk.read(batches) == []
    assert desk.read(find_customers, "Cliente 4999") == []


def test_a_price_list_is_pasted(pane, desk, ended):
    QGuiApplication.clipboard().setText("Película 3D\t35,00\nCapa\t1.234,50\n")
    pane._paste.click()
    assert pane.chosen_kind is ImportKind.CATALOG
    pane._try.click()
    ended()
    pane._take.click()
    ended()
    found = {each.description: each.unit_price for each in desk.read(catalog)}
    assert (found["Película 3D"], found["Capa"]) == (3_500, 123_450)


def test_nothing_was_copied(pane):
    QGuiApplication.clipboard().clear()
    pane._paste.click()
    assert pane.bar.text().startswith("Não há nada copiado.")


def test_what_cannot_be_read_is_said(pane, tmp_path):
    path = tmp_path / "x.pdf"
    path.write_bytes(b"%PDF")
    pane.show_file(path)
    assert "não é um arquivo que se possa trazer" in pane.bar.text()
    assert not pane._try.isVisible()


def test_another_kind_forgets_the_file(pane, people):
    pane.show_file(people)
    pane.kind.setCurrentIndex(pane.kind.findData(ImportKind.ORDERS))
    assert not pane._try.isVisible()
    assert not pane.columns.isVisible()
