"""After an act the order stays where it was: the next key means that order, never its neighbour."""

from tests.journeys.test_credit import find

from osdesk.domain.orders.status import Status


def to_order_four(clerk):
    """Down the list of open orders to its last but two: 4 stands between 5 and 3."""
    clerk.go("ordersTable")
    clerk.press("End", "Up", "Up")
    clerk.wait(lambda: shown(clerk) == 4)


def shown(clerk):
    sheet = clerk.window.orders.side.panel.sheet
    return sheet and sheet.number


def deliver(clerk):
    """From *Pronta*: who fetched it, and when the rest is paid."""
    clerk.press("F4")
    clerk.type("Ana")
    clerk.go("step_due_on")
    clerk.type("01/12")
    clerk.press("Enter")


def printed(outside):
    return [path.name.split("-")[1] for path in outside.opened]


def test_a_delivered_order_stays_until_one_moves_on(clerk, sheet, outside):
    to_order_four(clerk)
    clerk.press("F4")
    clerk.wait(lambda: sheet(clerk, 4).status is Status.READY)
    deliver(clerk)
    page = clerk.window.orders
    assert sheet(clerk, 4).status is Status.DELIVERED
    assert (shown(clerk), page.table.current_number()) == (4, 4)
    assert "OS 4: Entregue. F9" in clerk.said("messageBar")
    clerk.press("F9")
    clerk.wait(lambda: outside.opened)
    assert printed(outside) == ["4"]
    clerk.press("F5")
    clerk.wait(lambda: not clerk.window.busy)
    clerk.press("F4")
    assert shown(clerk) == page.table.current_number() == 4
    assert [sheet(clerk, n).status for n in (3, 5)] == [Status.AWAITING_APPROVAL, Status.RECEIVED]

    clerk.press("Up")
    clerk.wait(lambda: shown(clerk) == 5)
    assert not clerk.seen("messageBar")  # it spoke of the order before
    assert page.model.place_of(4) is None
    assert page.table.current_number() == 5
    clerk.press("Down")
    clerk.wait(lambda: shown(clerk) == 3)


def test_a_form_that_is_open_prints_its_own_order(clerk, sheet, outside):
    to_order_four(clerk)
    clerk.press("F4")
    clerk.wait(lambda: sheet(clerk, 4).status is Status.READY)
    clerk.press("F4")
    clerk.type("Ana")
    find(clerk, 20)
    clerk.wait(lambda: clerk.window.orders.table.current_number() == 20)
    clerk.press("F9")
    clerk.wait(lambda: outside.opened)
    assert printed(outside) == ["4"]
    clerk.go("step_due_on")
    clerk.type("01/12")
    clerk.press("Enter")
    assert sheet(clerk, 4).status is Status.DELIVERED
    clerk.wait(lambda: shown(clerk) == 4)
    clerk.press("F9")
    clerk.wait(lambda: len(outside.opened) == 2)
    assert printed(outside) == ["4", "4"]


def test_an_order_that_was_opened_and_delivered_is_the_one_that_is_marked(clerk, sheet):
    to_order_four(clerk)
    clerk.press("F4", "Enter")  # ready; then into the editor
    clerk.wait(lambda: clerk.page() == "orderEditor")
    deliver(clerk)
    clerk.wait(lambda: sheet(clerk, 4).status is Status.DELIVERED)
    clerk.press("Esc")
    clerk.wait(lambda: clerk.page() == "ordersPage" and shown(clerk) == 4)
    assert clerk.window.orders.table.current_number() == 4
