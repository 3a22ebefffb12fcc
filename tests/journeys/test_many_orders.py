"""Several orders at once from the list: a step, a technician; what could not be is told."""

from osdesk.domain.orders.status import Status


def test_several_orders_go_into_diagnosis_together(clerk, sheet):
    page = clerk.window.orders
    clerk.press("F3", "Down")
    assert clerk.is_at("ordersTable")
    before = clerk.keys
    clerk.press("Shift+Down", "Shift+Down", "Shift+Down")
    clerk.wait(lambda: page.side.several)
    clerk.press("F6")
    assert clerk.is_at("ordersAct")
    clerk.press("1")
    clerk.wait(lambda: clerk.is_at("actConfirm"))
    clerk.press("Enter")
    act = page.side.act
    clerk.wait(lambda: act._told)
    assert act.told() == ["4 ordens: Em diagnóstico."]
    numbers = (130, 129, 128, 127)
    assert {sheet(clerk, number).status for number in numbers} == {Status.IN_DIAGNOSIS}
    assert sheet(clerk, 126).status is Status.RECEIVED
    assert clerk.spent(before) <= 6
    clerk.press("Esc")
    assert clerk.is_at("ordersTable")
    assert page.table.chosen_count() == 4, "and on with the same orders"
