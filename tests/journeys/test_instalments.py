"""Handed over on credit in three parts, the customer told before, one part paid late, a letter."""

from datetime import date, timedelta
from pathlib import Path

from PySide6.QtGui import QDesktopServices
from tests.ui.conftest import NOW

from osdesk.domain.codes import NoticeChannel, NoticeKind, PaymentMethod
from osdesk.domain.orders.status import PaymentState, Status
from osdesk.services.customers.accounts import customer_account
from osdesk.services.orders.view import order_view


def find(clerk, number):
    clerk.press("F3")
    clerk.type(f"98765{4000 + number}")  # the phone
    clerk.wait(lambda: clerk.window.orders.model.rowCount() == 1)
    clerk.press("Down")
    panel = clerk.window.orders.side.panel
    clerk.wait(lambda: panel.sheet is not None and panel.sheet.number == number)


def test_told_delivered_in_three_parts_and_one_paid_late(clerk, sheet, monkeypatch, outside):
    links = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: links.append(url) or True)
    desk = clerk.window._desk
    panel = clerk.window.orders.side.panel

    find(clerk, 4)  # in progress, with a deposit of 50
    clerk.press("F4")
    clerk.wait(lambda: panel.sheet.status is Status.READY)

    clerk.press("F11")
    clerk.wait(lambda: clerk.is_at("noticeChannel"))
    assert links == []
    clerk.press("Alt+W", "Enter")  # opens the conversation, then registers that it was sent
    (notice,) = sheet(clerk, 4).notices
    assert (notice.kind, notice.channel) == (NoticeKind.PICK_UP, NoticeChannel.WHATSAPP)
    assert links[0].host() == "wa.me"

    find(clerk, 4)
    clerk.press("F4")
    clerk.wait(lambda: clerk.is_at("step_collected_by"))
    clerk.type("Ana")
    clerk.go("step_due_on")
    clerk.type("10/12")
    clerk.press("Tab")
    clerk.type("3")
    clerk.press("Enter")
    owed = sheet(clerk, 4)
    assert (owed.status, owed.balance) == (Status.DELIVERED, 13000)
    assert [(part.due_on, part.amount) for part in owed.instalments] == [
        (date(2026, 12, 10), 4334),
        (date(2027, 1, 10), 4333),
        (date(2027, 2, 10), 4333),
    ]

    later = NOW + timedelta(days=21)  # 15/12, five days after the first part's day
    monkeypatch.setattr(desk, "_clock", lambda: later)
    assert desk.read(order_view, 4, now=later).payment_state is PaymentState.OVERDUE
    account = desk.read(customer_account, owed.customer.id, now=later)
    assert (account.overdue, account.owed) == (4334, 13000), "only the part past its day"
    find(clerk, 4)
    clerk.press("F8")
    clerk.wait(lambda: clerk.is_at("paymentAmount"))
    assert clerk.see("paymentAmount").text() == "43,34"
    clerk.press("Enter", "1")
    clerk.go("paymentGiven")
    clerk.type("50")
    clerk.press("Enter")
    assert "Troco: R$ 6,66." in clerk.see("paymentNews").text()
    clerk.press("Esc")
    paid = desk.read(order_view, 4, now=later)
    assert paid.payment_state is PaymentState.PARTLY_PAID
    assert paid.due_on == date(2027, 1, 10)
    assert [part.paid for part in paid.instalments] == [4334, 0, 0]
    assert paid.payments[-1].amount == 4334
    assert paid.payments[-1].method is PaymentMethod.CASH


def test_the_account_and_the_letter_of_who_did_not_pay(clerk, sheet, monkeypatch, outside):
    desk = clerk.window._desk
    panel = clerk.window.orders.side.panel
    find(clerk, 4)
    clerk.press("F4")
    clerk.wait(lambda: panel.sheet.status is Status.READY)
    clerk.press("F4")
    clerk.wait(lambda: clerk.is_at("step_collected_by"))
    clerk.type("Ana")
    clerk.go("step_due_on")
    clerk.type("10/12")
    clerk.press("Enter")
    monkeypatch.setattr(desk, "_clock", lambda: NOW + timedelta(days=60))

    clerk.press("Ctrl+3")
    clerk.press("F3")
    clerk.type("987654004")
    clerk.press("Down")
    clerk.wait(lambda: clerk.window.current.card.shown_id == sheet(clerk, 4).customer.id)
    clerk.press("F6")
    assert "Vencido R$ 130,00 desde 10/12/2026" in clerk.see("accountLate").text()
    clerk.press("F9")
    assert len(list(Path(outside.folder).glob("conta-*.pdf"))) == 1
    clerk.go("accountLetter")
    clerk.press("Enter")
    assert "Preencha em Configurações" in clerk.see("accountSaid").text()
    assert sheet(clerk, 4).notices == (), "a letter that the law would not take is not written"
