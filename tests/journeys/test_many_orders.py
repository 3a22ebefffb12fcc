"""Several orders at once from the list: a step, labels, notices; what could not be is told."""

from osdesk.domain.codes import ApprovalVia
from osdesk.domain.orders.forms import StepForm
from osdesk.domain.orders.status import OrderFilter, Status
from osdesk.services.orders.steps import move_order


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


def test_labels_of_several_orders_are_one_pdf(clerk, outside):
    page = clerk.window.orders
    clerk.press("F3", "Down", "Shift+Down", "Shift+Down")
    clerk.wait(lambda: page.side.several)
    before = clerk.keys
    clerk.press("F9")
    assert clerk.is_at("manyPaper")
    clerk.type("Et")
    assert page.side.many.paper.text_value() == "label"
    clerk.press("Enter")
    clerk.wait(lambda: clerk.is_at("manySave"))
    assert page.side.many.told() == ["Etiqueta: 3 ordens."]
    clerk.press("Enter")
    clerk.wait(lambda: clerk.is_at("manyOpen"))
    (file,) = outside.folder.glob("etiqueta-*.pdf")
    clerk.press("Enter")
    assert outside.opened == [file]
    assert clerk.spent(before) <= 6
    clerk.press("Esc")
    assert clerk.is_at("ordersTable")
    assert page.table.chosen_count() == 3


def test_the_customers_of_ready_orders_are_told_one_after_the_other(clerk, sheet):
    desk, page = clerk.window._desk, clerk.window.orders
    yes = StepForm(approved_by="Cliente", approved_via=ApprovalVia.COUNTER)
    for number in (130, 129):
        for to in (Status.APPROVED, Status.IN_PROGRESS, Status.READY):
            desk.write(move_order, number, to, yes, now=desk.now(), author=None)
    page.visit_filter(OrderFilter.READY)
    clerk.wait(lambda: page.model.rowCount() == 2)
    clerk.press("F3", "Down", "Shift+Down")
    clerk.wait(lambda: page.side.several)
    before = clerk.keys
    clerk.press("F11")
    clerk.wait(lambda: clerk.is_at("noticePane"))
    clerk.press("Enter", "Enter")
    clerk.wait(lambda: clerk.is_at("ordersTable"))
    assert [len(sheet(clerk, number).notices) for number in (130, 129)] == [1, 1]
    assert clerk.spent(before) == 3
