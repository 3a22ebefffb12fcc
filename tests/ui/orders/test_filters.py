"""A technician's own list: by a key, with the chips counting along."""

from PySide6.QtCore import Qt
from tests.ui.conftest import NOW
from tests.ui.orders.test_page import numbers, page, settled

from osdesk.domain.orders.status import OrderFilter
from osdesk.services.orders.bulk import set_field
from osdesk.services.orders.listing import UNASSIGNED

__all__ = ["page"]


def take(page, qtbot, words):
    menu = page.filters.whose._menu
    menu.aboutToShow.emit()
    place = [action.text().split("\t")[0] for action in menu.entries()].index(words)
    qtbot.keyClick(menu, Qt.Key(Qt.Key.Key_1 + place))
    settled(page, qtbot)


def test_list_and_chips_follow_and_a_search_does_not(page, desk, qtbot):
    who = {"now": NOW, "author": None}
    for number in (50, 60):
        desk.write(set_field, number, "technician", "Priscila", **who)
    desk.write(set_field, 70, "technician", None, **who)
    settled(page, qtbot)
    take(page, qtbot, "Priscila")
    assert numbers(page) == [60, 50]
    assert page.filters.whose.text() == "Técnico: Priscila  Ctrl+L"
    assert page.filters.chips[OrderFilter.OPEN].text() == "Abertas  2"
    page.show_filter(OrderFilter.ALL)
    settled(page, qtbot)
    assert numbers(page) == [60, 50]
    qtbot.keyClicks(page.search, "numero 77")
    assert numbers(page) == [77]
    page.escape()
    assert numbers(page) == [60, 50]
    take(page, qtbot, "Sem responsável")
    assert page.model.technician == UNASSIGNED
    assert numbers(page) == [70]
    take(page, qtbot, "Todos os técnicos")
    assert page.model.technician is None
    assert page.model.rowCount() == 130


def test_the_chosen_one_is_marked_in_the_menu(page, qtbot):
    take(page, qtbot, "Edson Ramos")
    page.filters.whose._menu.aboutToShow.emit()
    chosen = [a.text() for a in page.filters.whose._menu.entries() if a.isChecked()]
    assert [words.split("\t")[0] for words in chosen] == ["Edson Ramos"]
