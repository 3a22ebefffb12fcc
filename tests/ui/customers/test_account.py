"""A customer's account on the card and on paper, by the keyboard."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QLabel, QPushButton
from tests.ui.conftest import NOW

from osdesk.domain.codes import PaymentMethod
from osdesk.domain.orders.forms import PaymentForm, StepForm
from osdesk.domain.orders.instalments import in_parts
from osdesk.domain.orders.status import Status
from osdesk.services.orders.forms import load_form
from osdesk.services.orders.payments import pay_order
from osdesk.services.orders.steps import move_order
from osdesk.services.orders.view import order_view
from osdesk.services.shop.shop import save_shop, shop_form
from osdesk.ui.customers.letter_dialog import LetterDialog
from osdesk.ui.customers.page import CustomersPage
from osdesk.ui.widgets import file_dialogs


@pytest.fixture
def page(desk, qtbot, monkeypatch, tmp_path):
    """Order 4, delivered in three parts, the first paid late; asked 60 days after."""
    who = {"now": NOW, "author": None}
    desk.write(move_order, 4, Status.READY, StepForm(), **who)
    form = desk.read(load_form, 4)
    form.instalments = in_parts(13000, 3, date(2026, 12, 10))
    desk.write(move_order, 4, Status.DELIVERED, StepForm(collected_by="Ana"), form=form, **who)
    monkeypatch.setattr(desk, "_clock", lambda: NOW + timedelta(days=60))
    form = PaymentForm(4334, PaymentMethod.PIX)
    desk.write(pay_order, 4, form, now=desk.now(), author=None)
    monkeypatch.setattr(
        file_dialogs, "ask_save_path", lambda _owner, _title, path, _kinds: tmp_path / path.name
    )
    page = CustomersPage(desk)
    qtbot.addWidget(page)
    page.resize(1194, 742)
    page.show()
    page.show_customer(desk.read(order_view, 4, now=NOW).customer.id)
    return page


def words(page, name):
    label = page.findChild(QLabel, name)
    return label.text() if label.isVisible() else ""


def test_f6_shows_what_is_owed_since_when_and_the_way_to_it(page):
    assert not page.card.account.isVisible()
    QTest.keyClick(page, Qt.Key.Key_F6)
    assert page.card.account.isVisible()
    assert not page.card.name.isVisible()
    assert words(page, "accountFigures") == "Comprou R$ 180,00 · pagou R$ 93,34 · deve R$ 86,66"
    late = "Vencido R$ 43,33 desde 10/01/2027 · vencido há 1 a 30 dias: R$ 43,33"
    assert words(page, "accountLate") == late
    assert words(page, "accountPieces").splitlines() == [
        "OS 4 · 43,33 · venceu em 10/01/2027, 12 dias de atraso",
        "OS 4 · 43,33 · vence em 10/02/2027",
    ]
    model = page.card.account._model
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    column = [model.index(row, 2).data() for row in range(model.rowCount())]
    assert column == ["86,66", "130,00", "180,00"]
    QTest.keyClick(page, Qt.Key.Key_F6)
    assert page.card.name.isVisible()


def test_typed_data_are_not_hidden(page):
    page.card.notes.setPlainText("mora longe")
    QTest.keyClick(page, Qt.Key.Key_F6)
    assert not page.card.account.isVisible()
    page.save()


def test_the_account_is_saved_as_a_pdf(page, tmp_path):
    page.print_now()
    assert list(tmp_path.glob("*.pdf")) == [], "only where the account is on show"
    QTest.keyClick(page, Qt.Key.Key_F6)
    page.print_now()
    (file,) = tmp_path.glob("conta-*.pdf")
    assert file.read_bytes().startswith(b"%PDF")
    assert str(file) in words(page, "accountSaid")


def test_a_letter_names_what_the_shop_lacks_and_is_logged_once_it_is_whole(
    page, desk, qtbot, tmp_path
):
    QTest.keyClick(page, Qt.Key.Key_F6)
    page.notify()  # F11
    assert "CPF ou CNPJ e endereço" in words(page, "accountSaid")
    assert list(tmp_path.glob("*.pdf")) == []
    shop = replace(desk.read(shop_form), document="12345678000195", address="Rua A, 1")
    desk.write(save_shop, shop, now=NOW, author=None)
    page.findChild(QPushButton, "accountLetter").click()
    dialog = page.window().findChild(LetterDialog)
    qtbot.waitUntil(lambda: dialog._view.pages == 1)
    assert desk.read(order_view, 4, now=NOW).notices == (), "looking at it logs nothing"
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    assert len(list(tmp_path.glob("cobranca-*.pdf"))) == 1
    assert "registrada em: OS 4" in words(page, "accountSaid")
    (notice,) = desk.read(order_view, 4, now=NOW).notices
    assert notice.kind == "collection"
    qtbot.waitUntil(lambda: page.window().findChild(LetterDialog) is None)


def test_a_movement_leads_to_its_order(page, qtbot):
    QTest.keyClick(page, Qt.Key.Key_F6)
    asked = []
    page.order_requested.connect(asked.append)
    table = page.card.account._table
    table.setFocus()
    table.selectRow(0)
    QTest.keyClick(table, Qt.Key.Key_Return)
    assert asked == [4]
