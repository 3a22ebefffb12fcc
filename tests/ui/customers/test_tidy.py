"""Records kept in order: two made one and parted, and those of whom nothing was heard for years."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QRadioButton, QTableView

from osdesk.domain.orders.forms import CustomerForm, PhoneForm
from osdesk.services.customers.customers import customer_view, save_customer
from osdesk.services.orders.listing import orders_of_customer
from osdesk.ui.customers.page import CustomersPage

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def page(desk, qtbot):
    page = CustomersPage(desk)
    qtbot.addWidget(page)
    page.resize(1194, 742)
    page.show()
    return page


def save(desk, name, phone="", years=0, **more):
    form = CustomerForm(name, [PhoneForm(phone)] if phone else [], **more)
    then = desk.now() - timedelta(days=366 * years)
    return desk.write(save_customer, form, now=then, author=None)


@pytest.fixture
def two(desk):
    """Two records of one person, and each has a word the other has not."""
    one = save(desk, "Zulmira Quaresma", "(11) 98123-4567", email="zul@exemplo.com")
    other = save(desk, "Zulmira Quaresma Dias", "(11) 98123-4567", address="Rua A, 9")
    return one, other


def press(page, qtbot, name):
    qtbot.mouseClick(page.findChild(QPushButton, name), LEFT)


def rows(page, name):
    table = page.findChild(QTableView, name)
    assert table.isVisible()
    return [
        [table.model().index(row, column).data() for column in range(table.model().columnCount())]
        for row in range(table.model().rowCount())
    ]


def open_pairs(page, qtbot, name="tidyButton"):
    press(page, qtbot, name)
    table = page.findChild(QTableView, "likeTable")
    qtbot.waitUntil(table.isVisible, timeout=20_000)


def test_two_records_are_made_one_and_parted_again_in_place(page, two, desk, qtbot):
    one, other = two
    before = [desk.read(customer_view, key) for key in two]
    open_pairs(page, qtbot)
    pairs = rows(page, "likeTable")
    assert ["Zulmira Quaresma", "Zulmira Quaresma Dias", "o telefone"] in pairs
    table = page.findChild(QTableView, "likeTable")
    table.select_row(pairs.index(["Zulmira Quaresma", "Zulmira Quaresma Dias", "o telefone"]))
    page.findChild(QRadioButton, "merge_name_1").setChecked(True)
    press(page, qtbot, "mergeButton")
    view = desk.read(customer_view, one)
    assert (view.name, view.email, view.address) == (
        "Zulmira Quaresma Dias",
        "zul@exemplo.com",
        "Rua A, 9",
    )
    assert page.tidy.bar.text() == f"O cadastro {other} foi unido ao {one}."
    page.tidy.bar.acted.emit()
    assert [desk.read(customer_view, key) for key in two] == before
    assert page.tidy.bar.text().startswith("União desfeita")


def test_the_other_record_is_sought_from_the_card_and_the_card_tells_of_it(page, two, desk, qtbot):
    one, other = two
    page.show_customer(other)
    open_pairs(page, qtbot, "personMerge")
    assert len(rows(page, "likeTable")) == 1
    page.tidy.findChild(object, "tidySearch").setText("Zulmira")
    assert rows(page, "likeTable")[0][2] == "escolhido por você"
    press(page, qtbot, "mergeButton")
    page.show_customer(one)
    assert page.tidy.isHidden()
    told = [label.text() for label in page.card.unions.findChildren(QLabel)]
    assert any(text.startswith("Unido com Zulmira Quaresma Dias") for text in told)
    press(page.card.unions, qtbot, "unmergeButton")
    assert desk.read(customer_view, other).name == "Zulmira Quaresma Dias"
    assert page.card.unions.isHidden()


def test_orders_of_both_are_in_the_list_of_the_one_that_stays(page, desk, qtbot):
    mary = desk.read(customer_view, 1)
    other = save(desk, mary.name)
    count = len(desk.read(orders_of_customer, mary.id, now=desk.now()))
    page.show_customer(other)
    page.open_tidy(other)
    page.tidy.findChild(object, "tidySearch").setText(mary.name)
    qtbot.waitUntil(lambda: page.tidy.merge.isVisible(), timeout=20_000)
    press(page, qtbot, "mergeButton")
    assert len(desk.read(orders_of_customer, mary.id, now=desk.now())) == count


def test_whom_nothing_was_heard_of_is_only_suggested_and_erased_on_asking(page, desk, qtbot):
    old = [save(desk, name, years=years) for name, years in (("Antiga", 7), ("Mais antiga", 9))]
    save(desk, "Do ano passado", years=1)
    press(page, qtbot, "tidyButton")
    press(page, qtbot, "tidyQuiet")
    table = page.findChild(QTableView, "quietTable")
    qtbot.waitUntil(table.isVisible, timeout=20_000)
    assert [row[0] for row in rows(page, "quietTable")] == ["Mais antiga", "Antiga"]
    erase = page.findChild(QPushButton, "quietErase")
    assert not erase.isEnabled()
    table.selectAll()
    assert erase.text() == "Anonimizar 2 clientes…"
    press(page, qtbot, "quietErase")
    assert page.focusWidget().text() == "Não apagar"
    qtbot.keyClick(page.focusWidget(), Qt.Key.Key_Space)
    assert desk.read(customer_view, old[0]).name == "Antiga"
    press(page, qtbot, "quietErase")
    press(page, qtbot, "quietConfirm")
    qtbot.waitUntil(lambda: "foram anonimizados" in page.tidy.bar.text(), timeout=30_000)
    assert {desk.read(customer_view, key).name for key in old} == {"Cliente anonimizado"}
    qtbot.waitUntil(lambda: not table.isVisible() and table.model().rowCount() == 0, timeout=20_000)


def test_esc_and_f3_lead_back_to_the_customers(page, qtbot):
    for leave in (page.escape, page.focus_search):
        press(page, qtbot, "tidyButton")
        assert page.tidy.isVisible()
        assert not page.table.isVisible()
        assert leave()
        assert page.tidy.isHidden()
        assert page.table.isVisible()
        assert page.search.hasFocus()
