"""Somebody who was here before brings the same device: few keys, and nothing is mixed up."""

from osdesk.domain.orders.status import Status

FREE_TEXT = "Voltou a falhar"


def test_known_customer_and_device_in_at_most_forty_keys(clerk, sheet, outside):
    before = sheet(clerk, 7)
    clerk.press("F2", "Tab")
    clerk.type("987654007")
    clerk.press("Down", "Enter")
    assert clerk.see("customerName").text() == "Cliente Número 7"
    assert "1 ordem" in clerk.see("customerSituation").text()
    clerk.press("Down", "Enter")
    assert clerk.is_at("reason")
    clerk.type(FREE_TEXT)
    clerk.press("F9")
    number = clerk.window.current.number
    assert number == 131
    assert clerk.spent(0, FREE_TEXT) <= 40
    after = sheet(clerk, number)
    assert after.customer.id == before.customer.id
    assert after.equipment.title == before.equipment.title
    assert after.reason == FREE_TEXT
    assert sheet(clerk, 7).reason == before.reason
    clerk.wait(lambda: outside.opened)


def test_a_known_serial_leads_to_the_earlier_order_and_back(clerk, sheet):
    clerk.press("F3")
    clerk.type("1")
    clerk.press("Enter")
    clerk.go("equipmentSerial")
    clerk.type("CX-0341187")
    clerk.press("Ctrl+S")
    assert sheet(clerk, 1).equipment.serial == "CX-0341187"
    clerk.press("F2")
    clerk.type("Outra Pessoa")
    clerk.go("equipmentSerial")
    clerk.type("cx0341187")
    assert "OS 1, de Cliente" in clerk.see("equipmentHistory").text()
    clerk.press("Tab")
    assert clerk.see("equipmentKind").text() == "Lavadora"
    clerk.go("equipmentEarlier")
    clerk.press("Enter")
    assert clerk.said("leaveBar") == "Há alterações não salvas."  # nothing typed is thrown away
    clerk.go("leaveDiscard")
    clerk.press("Enter")
    assert clerk.window.current.number == 1
    assert sheet(clerk, 1).status is Status.DELIVERED


def test_a_past_order_opened_from_the_card_leads_back_to_it(clerk):
    clerk.press("Ctrl+3")
    clerk.wait(lambda: clerk.window.current.model.rowCount())
    clerk.type("987654007")
    clerk.press("Down", "Enter")
    clerk.go("customerOrders")
    clerk.press("Enter")
    assert clerk.window.current.number == 7
    clerk.press("Esc")
    assert clerk.page() == "customersPage"
    clerk.go("newOrderForCustomer")
    clerk.press("Enter")
    assert clerk.see("customerName").text() == "Cliente Número 7"
    assert clerk.is_at("equipmentKind")
