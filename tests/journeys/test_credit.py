"""Money in parts, a mistake taken back, a balance to be paid later, a cancelled order refunded."""

from datetime import date

from osdesk.domain.codes import PaymentMethod
from osdesk.domain.orders.status import Status


def find(clerk, number):
    clerk.press("F3")
    clerk.type(f"98765{4000 + number}")  # the phone
    clerk.press("Down")


def test_paid_in_two_ways_and_a_mistake_taken_back(clerk, sheet, outside):
    find(clerk, 20)
    clerk.press("F8")
    clerk.type("50")
    clerk.press("Enter", "1")
    clerk.go("paymentGiven")
    clerk.type("20")
    clerk.press("Enter")
    assert "entregou menos" in clerk.see("paymentGiven").error_text()
    assert sheet(clerk, 20).payments == ()
    clerk.press("Ctrl+A")
    clerk.type("100")
    clerk.press("Enter")
    assert "Troco: R$ 50,00" in clerk.see("paymentNews").text()
    clerk.press("F9")
    clerk.wait(lambda: outside.opened)

    clerk.press("F8")
    clerk.type("130,01")
    clerk.press("Enter", "2", "Enter")
    assert clerk.see("paymentAmount").error_text()  # above the balance
    clerk.press("Ctrl+A")
    clerk.type("130")
    clerk.press("Enter", "Esc")
    paid = sheet(clerk, 20)
    assert [p.method for p in paid.payments] == [PaymentMethod.CASH, PaymentMethod.PIX]
    assert paid.balance == 0

    clerk.press("F8")
    clerk.go(f"reverse_{paid.payments[1].id}")
    clerk.press("Enter", "Enter")
    assert "motivo" in clerk.see("paymentReason").error_text()
    clerk.type("era no debito")
    clerk.press("Enter", "Esc")
    after = sheet(clerk, 20)
    assert (after.paid, after.balance, len(after.payments)) == (5000, 13000, 3)


def test_delivered_with_a_balance_and_a_day_then_reopened(clerk, sheet):
    find(clerk, 4)  # in progress, with a deposit of 50
    clerk.go("panelNextStep")
    clerk.press("Enter")
    assert sheet(clerk, 4).status is Status.READY
    clerk.wait(lambda: clerk.window.orders.side.panel.sheet.status is Status.READY)
    clerk.go("panelNextStep")
    clerk.press("Enter")
    clerk.type("Ana")
    clerk.press("Enter")
    assert clerk.see("step_due_on").error_text() == "Preencha este campo."
    clerk.go("step_due_on")
    clerk.type("20/11")
    clerk.press("Enter")
    assert clerk.see("step_due_on").error_text()  # in the past
    assert sheet(clerk, 4).status is Status.READY
    clerk.press("Ctrl+A")
    clerk.type("01/12")
    clerk.press("Enter")
    after = sheet(clerk, 4)
    assert (after.status, after.due_on) == (Status.DELIVERED, date(2026, 12, 1))
    assert after.balance == 13000

    clerk.wait(lambda: clerk.window.orders.side.panel.sheet.status is Status.DELIVERED)
    clerk.go("panelMoreSteps")
    clerk.choose("Reabrir…")
    clerk.type("voltou no mesmo dia")
    clerk.press("Tab")
    clerk.press("2")
    clerk.press("Enter")
    assert sheet(clerk, 4).status is Status.READY


def test_an_order_with_money_is_cancelled_only_once_it_is_given_back(clerk, sheet):
    find(clerk, 4)
    clerk.go("panelMoreSteps")
    clerk.choose("Cancelar OS")
    assert clerk.is_at("stepCancel")  # nothing to fill in: it says why not
    assert sheet(clerk, 4).status is Status.IN_PROGRESS
    clerk.press("F8")
    clerk.go("paymentRefund")
    clerk.press("Enter")
    clerk.type("50")
    clerk.press("Enter", "1")
    clerk.go("paymentReason")
    clerk.type("desistiu")
    clerk.press("Enter", "Esc")
    assert sheet(clerk, 4).paid == 0
    clerk.go("panelMoreSteps")
    clerk.choose("Cancelar OS")
    clerk.type("desistiu")
    clerk.press("Enter")
    after = sheet(clerk, 4)
    assert (after.status, after.total, after.balance) == (Status.CANCELLED, 0, 0)
