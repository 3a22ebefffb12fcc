import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QPushButton

from osdesk.domain.orders.forms import CustomerForm
from osdesk.services.customers.customers import customer_view, save_customer
from osdesk.ui.customers.page import CustomersPage

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def page(desk, qtbot):
    page = CustomersPage(desk)
    qtbot.addWidget(page)
    page.resize(1194, 742)
    page.show()
    return page


@pytest.fixture
def customer(desk):
    form = CustomerForm(name="Zulmira Quaresma", email="zulmira@exemplo.com")
    return desk.write(save_customer, form, now=desk.now(), author=None)


def press(page, qtbot, name):
    qtbot.mouseClick(page.findChild(QPushButton, name), LEFT)


def said(page):
    return page.card.privacy.findChild(object, "personSaid").text()


def test_a_copy_of_all_that_is_held_goes_where_the_person_says(
    page, customer, qtbot, tmp_path, monkeypatch
):
    page.card.show_row(customer)
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path / "copia"))
    press(page, qtbot, "personExport")
    assert said(page) == f"Cópia salva em {tmp_path / 'copia'}"
    assert (tmp_path / "copia" / f"cliente-{customer}.pdf").is_file()


def test_erasing_asks_in_place_and_is_not_the_first_at_hand(page, customer, desk, qtbot):
    page.card.show_row(customer)
    press(page, qtbot, "personErase")
    assert "Não há como desfazer" in said(page)
    assert page.focusWidget().text() == "Não apagar"
    qtbot.keyClick(page.focusWidget(), Qt.Key.Key_Space)
    assert desk.read(customer_view, customer).name == "Zulmira Quaresma"
    press(page, qtbot, "personErase")
    press(page, qtbot, "personEraseConfirm")
    qtbot.waitUntil(lambda: said(page).startswith("Dados apagados."))
    assert "1 backup" in said(page)
    assert desk.read(customer_view, customer).name == "Cliente anonimizado"
    assert page.card.name.text() == "Cliente anonimizado"


def test_whom_the_shop_must_still_know_is_told_why(page, desk, qtbot):
    page.card.show_row(1)
    name = desk.read(customer_view, 1).name
    press(page, qtbot, "personErase")
    assert said(page).startswith("A garantia da OS 1 ainda corre")
    assert page.card.findChild(QPushButton, "personEraseConfirm").isHidden()
    assert desk.read(customer_view, 1).name == name
