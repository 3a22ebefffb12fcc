"""The lines of an order, driven by the keyboard as the counter does."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication
from tests.ui.conftest import NOW

from osdesk.domain.codes import ItemKind, PartCondition
from osdesk.domain.errors import UserError
from osdesk.domain.orders.forms import CatalogForm, ItemForm
from osdesk.services.shop.catalog import save_catalog_item
from osdesk.ui.editor.items_card import ItemsCard
from osdesk.ui.editor.items_model import Column, ItemsModel, detail_text

ENTER, TAB, BACKTAB = Qt.Key.Key_Return, Qt.Key.Key_Tab, Qt.Key.Key_Backtab
ESC, DELETE, DOWN = Qt.Key.Key_Escape, Qt.Key.Key_Delete, Qt.Key.Key_Down


@pytest.fixture
def card(desk, qtbot):
    form = CatalogForm(
        ItemKind.PART,
        "Coxim do motor",
        unit="par",
        unit_price=2500,
        unit_cost=1200,
        warranty_days=120,
        part_condition=PartCondition.NEW_EQUIVALENT,
    )
    desk.write(save_catalog_item, form, now=NOW, author=None)
    card = ItemsCard(desk)
    qtbot.addWidget(card)
    card.resize(860, 320)
    card.show()
    card.table.setFocus()
    return card


@pytest.fixture
def press(qtbot):
    def press(*what):
        for one in what:
            target = QApplication.focusWidget()
            if isinstance(one, str):
                qtbot.keyClicks(target, one)
            else:
                qtbot.keyClick(target, one)

    return press


def test_a_service_and_a_part_typed_by_keys_alone(card, press):
    press(ENTER, "Troca da placa", ENTER, "1", ENTER, "180", ENTER)
    press("Placa", TAB, "1,5", TAB, "1.190,50", ENTER, ENTER)
    assert [(i.kind, i.description, i.quantity, i.unit_price) for i in card.items()] == [
        (ItemKind.SERVICE, "Troca da placa", 1000, 18000),
        (ItemKind.SERVICE, "Placa", 1500, 119050),
    ]
    assert card.totals(500).total == 18000 + 178575 - 500
    assert card.model.rowCount() == 2  # the empty row that Enter opened is gone again


def test_enter_on_an_empty_new_row_goes_on_to_what_follows(card, press, qtbot):
    press(ENTER, "Limpeza", ENTER, ENTER, "50", ENTER)
    with qtbot.waitSignal(card.table.left):
        press(ENTER)
    assert card.model.rowCount() == 1


def test_the_catalogue_fills_the_line(card, press):
    press(ENTER, "coxi", DOWN, ENTER)
    editor = QApplication.focusWidget()
    assert card.table.currentIndex().column() == Column.QUANTITY
    assert editor.text() == "1"
    press("2", ENTER, ENTER, ENTER)
    assert card.items() == [
        ItemForm(
            ItemKind.PART,
            "Coxim do motor",
            2000,
            "par",
            2500,
            1200,
            0,
            PartCondition.NEW_EQUIVALENT,
            None,
            120,
        )
    ]


@pytest.mark.parametrize(
    ("column", "bad", "good"),
    [(Column.QUANTITY, "2,x", "2"), (Column.UNIT_PRICE, "12.34", "12,34")],
)
def test_bad_text_keeps_the_cell_open_with_the_error_in_words(card, press, column, bad, good):
    card.load([ItemForm(description="Placa", unit_price=1000)])
    card.table.start(0, column)
    editor = QApplication.focusWidget()
    press(bad, ENTER)
    assert QApplication.focusWidget() is editor
    assert editor.text() == bad
    assert card._problem.text().startswith("Linha 1")
    assert not card.finish()
    assert card.unfinished
    assert card.items()[0] == ItemForm(description="Placa", unit_price=1000)
    editor.selectAll()
    press(good, ENTER)
    assert not card._problem.isVisible()
    assert card.items()[0] != ItemForm(description="Placa", unit_price=1000)


def test_a_click_elsewhere_does_not_throw_bad_text_away(card, press, qtbot):
    card.load([ItemForm(description="Placa"), ItemForm(description="Coxim")])
    card.table.start(0, Column.UNIT_PRICE)
    press("abc")
    place = card.table.visualRect(card.model.index(1, 1)).center()
    qtbot.mouseClick(card.table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert card.table.currentIndex().row() == 0
    assert QApplication.focusWidget().text() == "abc"
    card.add(ItemKind.PART)
    assert card.model.rowCount() == 2


def test_text_that_can_be_read_is_taken_when_the_cell_is_left(card, press):
    card.load([ItemForm(description="Placa")])
    card.table.start(0, Column.UNIT_PRICE)
    press("99")
    assert card.unfinished
    card.details.unit.setFocus()
    assert card.items()[0].unit_price == 9900
    assert not card.unfinished


def test_escape_leaves_the_cell_as_it_was_and_drops_an_empty_row(card, press):
    card.load([ItemForm(description="Placa")])
    card.table.start(0)
    press("outra", ESC)
    assert card.items()[0].description == "Placa"
    card.add(ItemKind.PART)
    assert card.model.rowCount() == 2
    press(ESC)
    assert card.model.rowCount() == 1
    assert QApplication.focusWidget() is card.table


def test_tab_walks_back_too(card, press):
    card.load([ItemForm(description="Placa", unit_price=500)])
    card.table.start(0, Column.UNIT_PRICE)
    press(BACKTAB)
    assert card.table.currentIndex().column() == Column.QUANTITY
    press(BACKTAB, BACKTAB)
    assert card.table.currentIndex().column() == Column.KIND
    press("m", TAB)
    assert card.items()[0].kind is ItemKind.PART


def test_delete_removes_and_undo_brings_back_the_very_row(card, press, qtbot):
    lines = [ItemForm(description="Placa", unit_price=500, discount=100), ItemForm(description="B")]
    card.load(lines)
    card.table.setCurrentIndex(card.model.index(0, 1))
    with qtbot.waitSignal(card.edited):
        press(DELETE)
    assert [item.description for item in card.items()] == ["B"]
    assert "Placa" in card._undo.text()
    card._undo.acted.emit()
    assert card.items() == lines
    assert card._undo.text() == ""


def test_details_of_the_chosen_line(card, press):
    card.load([ItemForm(ItemKind.PART, "Placa", unit_price=10000), ItemForm(description="Troca")])
    card.table.setCurrentIndex(card.model.index(0, 1))
    details = card.details
    assert details.condition.isEnabled()
    details.discount.setFocus()
    press("20")
    details.condition.setCurrentIndex(details.condition.findData(PartCondition.USED.value))
    details.warranty.setFocus()
    press("180")
    item = card.items()[0]
    assert (item.discount, item.part_condition, item.warranty_days) == (
        2000,
        PartCondition.USED,
        180,
    )
    assert card.model.data(card.model.index(0, Column.TOTAL)) == "80,00"
    card.table.setCurrentIndex(card.model.index(1, 1))
    assert details.discount.is_blank()
    assert not details.condition.isEnabled()


def test_a_detail_that_cannot_be_read_stays_with_its_line(card, press):
    card.load([ItemForm(description="A", unit_price=100), ItemForm(description="B")])
    card.table.setCurrentIndex(card.model.index(0, 1))
    card.details.discount.setFocus()
    press("5")  # more than the line costs
    card.table.setCurrentIndex(card.model.index(1, 1))
    assert card.details.discount.text() == "5"
    assert "Diminua o desconto" in card.details.discount.error_text()
    assert not card.finish()
    assert card.items()[0].discount == 0


def test_locked_lines_say_why_and_take_no_keys(card, press):
    card.load([ItemForm(description="A", unit_price=100)])
    card.lock("A OS está em “Entregue”.")
    card.table.setCurrentIndex(card.model.index(0, 1))
    press(ENTER, "x", DELETE)
    card.add(ItemKind.PART)
    assert [item.description for item in card.items()] == ["A"]
    assert card._locked.isVisible()
    assert not card.details.unit.isEnabled()


def test_an_error_of_a_row_is_shown_in_its_cell(card):
    card.load([ItemForm(), ItemForm(description="A"), ItemForm(unit_price=5)])
    card.show_error(UserError("required", field="items", row=1, column="description"))
    assert card.table.currentIndex().row() == 2
    assert card.table.is_open
    assert "descrição da linha 2" in card._problem.text()


def test_the_model_keeps_qts_rules(qtbot):
    model = ItemsModel(lambda: None)
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.load([ItemForm(description="A")])
    row = model.append(ItemKind.PART)
    assert model.setData(model.index(row, Column.DESCRIPTION), "B")
    assert not model.setData(model.index(row, Column.UNIT_PRICE), "1.2.3")
    assert not model.setData(model.index(row, Column.TOTAL), "5")
    assert [item.description for item in model.items()] == ["A", "B"]
    model.take(0)
    assert model.rowCount() == 1


@pytest.mark.parametrize(("days", "words"), [(None, ""), (30, "90"), (90, "90"), (365, "365")])
def test_a_line_says_the_warranty_that_its_papers_will_say(days, words):
    detail = detail_text(ItemForm(description="Limpeza", unit_price=1, warranty_days=days))
    assert detail == (f"garantia {words} dias" if words else "")
