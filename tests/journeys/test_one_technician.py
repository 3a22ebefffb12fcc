"""The orders of one technician: for a visit from the dashboard, or by the person's own choice."""

import pytest
from tests.ui.conftest import NOW

from osdesk.domain.orders.status import OrderFilter
from osdesk.services.orders.bulk import set_field
from osdesk.services.shop.staff import employees


@pytest.fixture
def priscila(clerk):
    """Two of the open orders are hers, the others are Edson's."""
    desk = clerk.window._desk
    for number in (50, 60):
        desk.write(set_field, number, "technician", "Priscila", now=NOW, author=None)
    return next(who.id for who in desk.read(employees) if who.name == "Priscila")


def numbers(clerk):
    clerk.wait(lambda: not clerk.window.busy)
    model = clerk.window.orders.model
    return [model.number_at(place) for place in range(model.rowCount())]


def visit(clerk, technician):
    clerk.press("Ctrl+2")
    clerk.window.current.technician_requested.emit(technician)
    assert clerk.page() == "ordersPage"


def test_a_visit_from_the_dashboard_ends_when_one_goes_elsewhere(clerk, priscila):
    visit(clerk, priscila)
    assert numbers(clerk) == [60, 50]
    clerk.go("ordersTable")
    clerk.press("Enter")  # to one of them and back is the same visit
    clerk.wait(lambda: clerk.page() == "orderEditor")
    clerk.press("Esc")
    assert numbers(clerk) == [60, 50]
    clerk.press("Ctrl+2")
    opened = clerk.see("kpiOpen")
    opened.click()
    assert len(numbers(clerk)) == int(opened.value()) == 129

    visit(clerk, priscila)
    clerk.press("Ctrl+3", "Ctrl+1")
    assert len(numbers(clerk)) == 129


def test_a_visit_does_not_outlive_the_program(clerk, clerk_at, order_folder, priscila):
    visit(clerk, priscila)
    clerk.window.close()
    clerk.wait(lambda: not clerk.window.isVisible())
    again = clerk_at(order_folder)
    assert len(numbers(again)) == 129


def test_the_persons_own_filter_says_what_it_hides_and_one_key_takes_it_away(clerk, priscila):
    clerk.press("Ctrl+L")
    clerk.choose_now("Priscila")
    assert numbers(clerk) == [60, 50]
    page = clerk.window.orders
    assert page.filters.whose.property("on") is True
    clerk.wait(lambda: clerk.see("othersButton").text() == "127 de outros técnicos  Ctrl+Shift+L")
    page.show_filter(OrderFilter.AWAITING_APPROVAL)
    clerk.wait(lambda: clerk.see("othersButton").text() == "1 de outro técnico  Ctrl+Shift+L")
    page.show_filter(OrderFilter.OPEN)

    clerk.press("Ctrl+2")
    clerk.see("kpiOpen").click()  # the figure and its list agree …
    assert len(numbers(clerk)) == 129
    clerk.press("Ctrl+2", "Ctrl+1")  # … and the person's own choice is there again
    assert numbers(clerk) == [60, 50]

    clerk.press("Ctrl+Shift+L")
    assert len(numbers(clerk)) == 129
    assert not clerk.seen("othersButton")
    assert page.filters.whose.property("on") is False


def test_a_new_order_is_seen_in_the_list_whosever_it_is(clerk, priscila):
    clerk.press("Ctrl+L")
    clerk.choose_now("Priscila")
    clerk.press("F2")
    clerk.type("Ana Prado")
    clerk.go("equipmentKind")
    clerk.type("Lavadora")
    clerk.go("reason")
    clerk.type("Vaza")
    clerk.press("Ctrl+S", "Esc")
    clerk.wait(lambda: clerk.page() == "ordersPage")
    assert numbers(clerk) == [131, 60, 50]
    assert clerk.window.orders.table.current_number() == 131
