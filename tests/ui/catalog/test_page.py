import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from tests.ui.conftest import NOW

from osdesk.domain.codes import ItemKind, PartCondition
from osdesk.domain.orders.forms import CatalogForm
from osdesk.services.shop.catalog import catalog, save_catalog_item
from osdesk.ui.catalog.page import CatalogPage

ENTRIES = (
    CatalogForm(ItemKind.SERVICE, "Troca de tela", "un", 15_000, None, 90),
    CatalogForm(ItemKind.SERVICE, "Formatação", "un", 12_000),
    CatalogForm(ItemKind.PART, "Tela iPhone 13", "un", 69_000, 41_000, 90, PartCondition.USED),
)


@pytest.fixture
def page(desk, qtbot):
    for form in ENTRIES:
        desk.write(save_catalog_item, form, now=NOW, author=None)
    page = CatalogPage(desk)
    qtbot.addWidget(page)
    page.resize(1194, 742)
    page.show()
    return page


def shown(page):
    return [page.model.index(row, 0).data() for row in range(page.model.rowCount())]


def choose(page, name):
    page.table.select_row(shown(page).index(name))


def entry(desk, name):
    return next(each for each in desk.read(catalog) if each.description == name)


def test_the_model_keeps_qts_rules(page, qtbot):
    QAbstractItemModelTester(page.model, QAbstractItemModelTester.FailureReportingMode.Fatal, page)
    qtbot.keyClicks(page.search, "tela")
    assert shown(page) == ["Tela iPhone 13", "Troca de tela"]
    page.search.clear()
    assert len(shown(page)) == 3


def test_an_entry_is_changed_in_place(page, desk):
    choose(page, "Formatação")
    page.card.price.setText("135,00")
    page.card.warranty.setText("30")
    page.card.cost.setText("10")
    page.save()
    stored = entry(desk, "Formatação")
    assert (stored.unit_price, stored.warranty_days, stored.unit_cost) == (13_500, 30, 1_000)
    assert page.model.index(page.table.currentIndex().row(), 4).data() == "135,00"


def test_looking_changes_nothing(page):
    for name in shown(page):
        choose(page, name)
        assert not page.card.dirty


def test_an_entry_is_put_out_of_use_and_not_deleted(page, desk):
    choose(page, "Formatação")
    page.card.active.click()
    page.save()
    assert not entry(desk, "Formatação").active
    assert "Formatação" in shown(page)


def test_a_new_entry_takes_the_words_searched_for(page, desk, qtbot):
    qtbot.keyClicks(page.search, "Coxim do motor")
    page.findChild(object, "newCatalogItemButton").click()
    page.card.kind.setCurrentIndex(1)
    page.card.condition.setCurrentIndex(1)
    page.card.price.setText("25")
    page.save()
    stored = entry(desk, "Coxim do motor")
    assert (stored.kind, stored.part_condition) == (ItemKind.PART, PartCondition.NEW_ORIGINAL)
    assert stored.unit_price == 2_500


def test_a_service_has_no_condition_and_a_used_part_a_warning(page):
    choose(page, "Tela iPhone 13")
    assert page.card.condition.isEnabled()
    assert page.card._hint.isVisible()
    choose(page, "Troca de tela")
    assert not page.card.condition.isEnabled()
    assert not page.card._hint.isVisible()


@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [
        ("price", "12.50", "não é um valor em reais"),
        ("warranty", "noventa", "não é um número inteiro"),
        ("warranty", "99999", "número de dias"),
        ("description", "Formatação", "já existe"),
        ("description", "  ", "Preencha"),
    ],
)
def test_an_error_stands_beside_its_field(page, desk, field, typed, words):
    choose(page, "Troca de tela")
    getattr(page.card, field).setText(typed)
    page.save()
    assert words in getattr(page.card, field).error_text()
    assert entry(desk, "Troca de tela").unit_price == 15_000


def test_unsaved_edits_are_asked_about(page):
    choose(page, "Troca de tela")
    page.card.price.setText("1")
    choose(page, "Formatação")
    assert page.card.description.text() == "Troca de tela"
    assert not page.try_close()
    page.card.discard()
    assert page.card.description.text() == "Formatação"


def test_down_and_enter_lead_into_the_card(page, qtbot):
    qtbot.keyClick(page.search, Qt.Key.Key_Down)
    assert page.table.hasFocus()
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    assert page.card.description.hasFocus()


def test_what_begins_with_the_words_typed_comes_first(desk):
    for description in (
        "Limpeza e troca de pasta térmica",
        "Troca de tela de celular",
        "Nova troca de tela",
    ):
        form = CatalogForm(description=description, unit_price=1)
        desk.write(save_catalog_item, form, now=NOW, author=None)
    found = [item.description for item in desk.read(catalog, "troca de te")]
    assert found == [
        "Troca de tela de celular",
        "Nova troca de tela",
        "Limpeza e troca de pasta térmica",
    ]
