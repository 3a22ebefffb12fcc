import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester

from osdesk.domain.topics import Topic
from osdesk.services.customers.customers import count_customers, customer_view
from osdesk.ui.customers.page import CUSTOMER, CustomersModel, CustomersPage

RETURN = Qt.Key.Key_Return


@pytest.fixture
def page(desk, qtbot):
    page = CustomersPage(desk)
    qtbot.addWidget(page)
    page.resize(1194, 742)
    page.show()
    return page


def names(page):
    model = page.model
    return [model.index(row, CUSTOMER).data() for row in range(model.rowCount())]


def row_of(page, name):
    return names(page).index(name)


def test_the_model_keeps_qts_rules_while_pages_come_in(page):
    model = page.model
    assert model.rowCount() == 100
    tester = QAbstractItemModelTester(
        model, QAbstractItemModelTester.FailureReportingMode.Fatal, page
    )
    while model.canFetchMore(QModelIndex()):
        model.fetchMore(QModelIndex())
    assert model.rowCount() == page._desk.read(count_customers) == 130
    assert len(set(names(page))) == 130
    page.refresh()
    assert tester.model() is model


def test_saving_far_down_the_list_leaves_one_there(page):
    page.model.fetchMore(QModelIndex())
    last = page.model.rowCount() - 1
    page.table.select_row(last)
    page.card.notes.setPlainText("mora longe")
    page.save()
    assert page.model.rowCount() == 130
    assert page.table.currentIndex().row() == last
    page.search.setText("Número")
    assert page.model.rowCount() == 100


def test_a_model_without_rows_is_a_model_too(qapp):
    model = CustomersModel(10)
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.show_pages(lambda after: [])
    assert not model.canFetchMore(QModelIndex())


def test_typing_finds(page, qtbot):
    qtbot.keyClicks(page.search, "jose conceicao")
    assert names(page) == ["José <b>Conceição</b> & Filhos"]
    page.search.setText("98765-4004")
    assert names(page) == ["Cliente Número 4"]
    page.search.setText("ninguém com este nome")
    assert names(page) == []
    assert page.escape()
    assert page.model.rowCount() == 100


def test_down_goes_into_the_list_and_the_card_follows(page, qtbot):
    page.search.setText("Número 42")
    qtbot.keyClick(page.search, Qt.Key.Key_Down)
    assert page.table.hasFocus()
    assert page.card.name.text() == "Cliente Número 42"
    assert [phone.number for phone in page.card.phones.value()] == ["(11) 98765-4042"]


def test_the_card_says_what_is_owed_and_lists_the_orders(page, qtbot):
    page.show_customer(4)
    situation = page.findChild(object, "customerCardSituation").text()
    assert situation.startswith("1 ordem · 1 aberta")
    table = page.findChild(object, "customerOrders")
    assert table.model().rowCount() == 1
    table.select_row(0)
    with qtbot.waitSignal(page.order_requested) as caught:
        qtbot.keyClick(table, RETURN)
    assert caught.args == [4]


def test_a_new_order_for_this_customer_is_one_click(page, qtbot):
    page.show_customer(7)
    with qtbot.waitSignal(page.new_order_requested) as caught:
        page.findChild(object, "newOrderForCustomer").click()
    assert caught.args == [7]


def test_what_is_edited_in_place_is_saved(page, desk):
    page.show_customer(5)
    card = page.card
    card.document.setText("529.982.247-25")
    card.email.setText("cliente@example.com")
    card.address.setPlainText("Rua das Palmeiras, 210\nCentro")
    second = card.phones._rows[1]
    second.number.setText("3322-1188")
    second.label.setEditText("Trabalho")
    assert card.dirty
    page.save()
    stored = desk.read(customer_view, 5)
    assert stored.document == "52998224725"
    assert stored.address == "Rua das Palmeiras, 210\nCentro"
    assert [(phone.number, phone.label) for phone in stored.phones] == [
        ("(11) 98765-4005", None),
        ("(11) 3322-1188", "Trabalho"),
    ]
    assert not card.dirty
    assert card.shown_id == 5


def test_errors_stand_beside_their_field_and_nothing_is_lost(page, desk):
    page.show_customer(5)
    page.card.document.setText("111.111.111-11")
    page.card.name.setText("Outro nome")
    page.save()
    assert "não é um CPF" in page.card.document.error_text()
    page.card.document.setText("")
    page.card.name.setText("  ")
    page.save()
    assert "nome do cliente" in page.card.name.error_text()
    assert desk.read(customer_view, 5).name == "Cliente Número 5"
    assert page.card.dirty


def test_a_document_of_somebody_else_is_said_with_the_name(page):
    page.show_customer(5)
    page.card.document.setText("529.982.247-25")
    page.save()
    page.show_customer(6)
    page.card.document.setText("529.982.247-25")
    page.save()
    assert "Cliente Número 5" in page.card.document.error_text()


def test_unsaved_edits_are_asked_about_in_place(page):
    page.table.select_row(row_of(page, "Cliente Número 10"))
    page.card.notes.setPlainText("prefere WhatsApp")
    page.table.select_row(row_of(page, "Cliente Número 11"))
    assert page.card.name.text() == "Cliente Número 10"
    assert page.table.currentIndex().row() == row_of(page, "Cliente Número 10")
    assert "Salvar ou descartar" in page.card._bar.words()
    assert not page.try_close()
    page.save()
    assert page.card.name.text() == "Cliente Número 11"
    assert page.try_close()
    page.show_customer(10)
    assert page.card.notes.toPlainText() == "prefere WhatsApp"


def test_discarding_goes_on_too(page):
    page.table.select_row(0)
    first = page.card.name.text()
    page.card.name.setText("Errado")
    page.table.select_row(1)
    page.card.discard()
    assert page.card.name.text() == names(page)[1]
    assert first in names(page)


def test_news_of_the_record_never_go_over_what_is_typed(page, desk):
    page.show_customer(5)
    page.card.notes.setPlainText("a meio")
    desk.tell(Topic.PAYMENTS)
    assert page.card.notes.toPlainText() == "a meio"
    assert page.card.dirty


def test_taking_an_edit_back_leaves_nothing_to_save(page):
    page.show_customer(5)
    page.card.name.setText("Cliente Número 55")
    assert page.card.dirty
    page.card.name.setText("Cliente Número 5")
    assert not page.card.dirty


def test_a_customer_can_be_added_without_an_order(page, desk):
    page.search.setText("Zulmira Quintela")
    page.findChild(object, "newCustomerButton").click()
    assert page.card.name.text() == "Zulmira Quintela"
    page.save()
    assert desk.read(customer_view, page.card.shown_id).name == "Zulmira Quintela"
    assert names(page) == ["Zulmira Quintela"]


def test_a_phone_is_removed_with_its_label(page, desk):
    page.show_customer(5)
    page.card.phones._rows[0].remove.click()
    page.save()
    assert desk.read(customer_view, 5).phones == ()
