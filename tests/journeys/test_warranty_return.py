"""A washing machine comes back under its warranty: one key, no charge, and the warranty goes on."""

from datetime import date, timedelta

from tests.ui.conftest import NOW

from osdesk.domain.orders.status import PaymentState, Status
from osdesk.services.orders.view import order_view


def deliver(clerk, who):
    """F4 until it is handed over."""
    clerk.press("F4")
    clerk.wait(lambda: clerk.is_at("step_collected_by"))
    clerk.type(who)
    clerk.press("Enter")


def test_back_with_one_key_at_no_charge_and_delivered_again(clerk, sheet, monkeypatch):
    desk = clerk.window._desk
    clerk.press("F3")
    clerk.type("1")
    clerk.press("Enter")
    clerk.go("equipmentSerial")
    clerk.type("CX0341187")
    clerk.press("Ctrl+S", "Esc")
    first = sheet(clerk, 1)
    assert first.warranty_until == date(2027, 2, 22)  # 90 days from 24/11

    later = NOW + timedelta(days=40)
    monkeypatch.setattr(desk, "_clock", lambda: later)
    before = clerk.keys
    clerk.press("F2")
    clerk.go("equipmentSerial")
    clerk.type("cx-0341187")
    assert "Garantia" in clerk.see("equipmentHistory").text()
    clerk.press("Ctrl+G")
    assert clerk.see("customerName").text() == "Cliente Número 1"
    assert clerk.see("equipmentKind").text() == "Lavadora"
    assert clerk.see("serviceType").currentText() == "Retorno em garantia"
    clerk.go("reason")
    reason = "Parou de novo"
    clerk.type(reason)
    clerk.go("promisedOn")
    clerk.type("+3")
    clerk.press("Ctrl+S")
    typed = clerk.spent(before, reason)
    back = desk.read(order_view, 131, now=later)
    assert back.warranty_return_of == 1
    assert (back.total, back.payment_state) == (0, PaymentState.NONE)
    assert back.customer.id == first.customer.id
    assert typed <= 40

    # mended and handed over six days later: what it stood here is given back
    clerk.press("Ctrl+PgDown")
    clerk.wait(lambda: clerk.is_at("diagnosis"))
    clerk.go("report")
    clerk.type("Conector ressoldado")
    clerk.press("Ctrl+S", "F6")
    clerk.choose_now("Registrar aprovação")
    clerk.go("step_approved_via")
    clerk.press("1", "Enter")
    clerk.press("F4", "F4")
    assert desk.read(order_view, 131, now=later).status is Status.READY
    left = later + timedelta(days=6)
    monkeypatch.setattr(desk, "_clock", lambda: left)
    deliver(clerk, "Cliente")
    done = desk.read(order_view, 131, now=left)
    assert (done.status, done.total, done.balance) == (Status.DELIVERED, 0, 0)
    assert done.warranty_until == left.date() + timedelta(days=90), "the law's, as it is later"
    assert desk.read(order_view, 1, now=left).warranty_until == date(2027, 2, 22)
