"""Money of one order, on a real shop, by the keyboard."""

from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton
from tests.ui.conftest import NOW, TODAY
from tests.ui.panes.test_qr_dialogs import with_pix

from osdesk.domain.calendar import Month
from osdesk.domain.codes import PaymentKind, PaymentMethod
from osdesk.domain.orders.forms import PaymentForm, StepForm
from osdesk.domain.orders.instalments import in_parts
from osdesk.domain.orders.status import Status
from osdesk.services.orders.forms import load_form
from osdesk.services.orders.payments import pay_order
from osdesk.services.orders.saving import edit_order
from osdesk.services.orders.steps import move_order
from osdesk.services.orders.view import order_view
from osdesk.services.reports.closings import close_month
from osdesk.services.shop.shop import shop_row
from osdesk.ui.panes.payment import PaymentPane
from osdesk.ui.panes.qr_dialogs import PixDialog
from osdesk.ui.widgets.numbered import NumberedChoice

ENTER, ESC, TAB = Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Tab


@pytest.fixture
def pane(desk, qtbot):
    pane = PaymentPane(desk)
    qtbot.addWidget(pane)
    pane.resize(264, 676)
    pane.show()
    qtbot.waitExposed(pane)
    pane.activateWindow()
    pane.gone, pane.taken = [], []
    pane.left.connect(lambda: pane.gone.append(True))
    pane.done.connect(pane.taken.append)
    return pane


def test_money_dated_into_a_closed_month_is_warned_of_before_it_is_recorded(pane, desk, qtbot):
    desk.write(close_month, Month(2026, 10), now=NOW, author=None)
    ask(pane, desk, 4)
    assert "já está fechado" not in words(pane)
    pane.fields.paid_on.set_value(date(2026, 10, 31))
    pane.fields.paid_on.edited.emit()
    assert "O mês de outubro de 2026 já está fechado" in words(pane)
    pane.fields.paid_on.set_value(TODAY)
    pane.fields.paid_on.edited.emit()
    assert "já está fechado" not in words(pane)


def sheet_of(desk, number):
    return desk.read(order_view, number, now=NOW)


def ask(pane, desk, number):
    pane.ask(sheet_of(desk, number))


def keys(pane, *typed):
    for one in typed:
        place = pane.focusWidget()
        if isinstance(one, str):
            QTest.keyClicks(place, one)
        else:
            QTest.keyClick(place, one)


def words(pane):
    return " ".join(w.text() for w in pane.findChildren(QLabel) if w.isVisible())


def button(pane, name):
    return pane.findChild(QPushButton, name)


def pay(desk, number, amount):
    form = PaymentForm(amount, PaymentMethod.PIX, TODAY)
    return desk.write(pay_order, number, form, now=NOW, author=None)


def test_begins_with_the_balance_and_the_focus_on_it(pane, desk):
    ask(pane, desk, 4)
    assert pane.fields.amount.text() == "130,00"
    assert pane.focusWidget() is pane.fields.amount
    assert "Saldo R$ 130,00" in words(pane)
    assert not pane.has_text()


def test_what_was_typed_is_known_until_it_is_the_usual_again(pane, desk):
    ask(pane, desk, 4)
    keys(pane, "30")
    assert pane.has_text()
    keys(pane, ENTER)  # on to the method: the amount is written in its usual form
    assert pane.has_text()
    pane.fields.amount.setText("130")
    assert not pane.has_text()
    pane.fields.amount.setText("13x")
    assert pane.has_text()
    pane.fields.amount.setText("130")
    pane.fields.reason.setText("Engano")
    assert pane.has_text()


def test_three_keys_receive_the_balance(pane, desk):
    ask(pane, desk, 4)
    keys(pane, ENTER, "2", ENTER)
    sheet = sheet_of(desk, 4)
    assert sheet.balance == 0
    newest = sheet.payments[-1]
    assert (newest.amount, newest.method, newest.paid_on) == (13000, PaymentMethod.PIX, TODAY)
    assert "Recebido R$ 130,00 em Pix." in words(pane)


def test_the_receipt_is_offered_and_leaving_tells_what_was_done(pane, desk):
    ask(pane, desk, 4)
    keys(pane, ENTER, "2", ENTER)
    assert pane.focusWidget() is button(pane, "paymentReceipt")
    assert pane.taken == []
    keys(pane, ESC)
    assert (pane.taken, pane.gone) == ([4], [])


def test_each_digit_is_its_method(pane, desk):
    ask(pane, desk, 4)
    for digit, method in enumerate(PaymentMethod, start=1):
        pane.fields.method.setFocus()
        keys(pane, str(digit))
        assert pane.fields.method.value() is method


def test_digits_typed_into_the_amount_are_its_digits(pane, desk):
    ask(pane, desk, 4)
    keys(pane, "100")
    assert pane.fields.amount.text() == "100"
    assert pane.fields.method.value() is None


def test_without_a_method_it_is_asked_for_and_nothing_is_recorded(pane, desk):
    ask(pane, desk, 4)
    keys(pane, "50", ENTER, ENTER)
    assert "Escolha a forma de pagamento" in words(pane)
    assert pane.fields.amount.text() in ("50", "50,00")
    assert len(sheet_of(desk, 4).payments) == 1


def test_change_is_reckoned_for_cash_alone(pane, desk):
    ask(pane, desk, 4)
    keys(pane, ENTER, "2")
    assert not pane.fields.given.isVisible()
    keys(pane, "1")
    assert pane.fields.given.isVisible()
    pane.fields.given.setFocus()
    keys(pane, "200")
    assert "Troco R$ 70,00" in words(pane)
    keys(pane, ENTER)
    assert sheet_of(desk, 4).payments[-1].amount == 13000  # the change is not a payment
    assert "Troco: R$ 70,00" in words(pane)


def test_less_cash_than_the_amount_is_refused_beside_its_field(pane, desk):
    ask(pane, desk, 4)
    keys(pane, ENTER, "1")
    pane.fields.given.setFocus()
    keys(pane, "100", ENTER)
    assert "menos que o valor" in pane.fields.given.error_text()
    assert len(sheet_of(desk, 4).payments) == 1


def test_more_than_the_balance_is_refused_and_stays_to_be_mended(pane, desk):
    ask(pane, desk, 4)
    keys(pane, "500", ENTER, "2", ENTER)
    assert "saldo de R$ 130,00" in pane.fields.amount.error_text()
    assert pane.focusWidget() is pane.fields.amount
    keys(pane, ESC)
    assert pane.gone == [True]
    assert len(sheet_of(desk, 4).payments) == 1


@pytest.mark.parametrize("typed", ["abc", "0", "-5"])
def test_an_amount_that_is_none_is_said_beside_it(pane, desk, typed):
    ask(pane, desk, 4)
    keys(pane, typed, ENTER, "2", ENTER)
    assert pane.fields.amount.error_text()
    assert len(sheet_of(desk, 4).payments) == 1


def test_a_part_payment_goes_on_with_the_rest(pane, desk):
    ask(pane, desk, 4)
    keys(pane, "30", ENTER, "2", ENTER, ESC)
    assert sheet_of(desk, 4).balance == 10000
    ask(pane, desk, 4)
    assert pane.fields.amount.text() == "100,00"


def test_an_earlier_day_is_taken_and_a_later_one_refused(pane, desk):
    form = desk.read(load_form, 4)
    form.requested_at = NOW - timedelta(days=5)
    desk.write(edit_order, 4, form, now=NOW, author=None)
    ask(pane, desk, 4)
    keys(pane, ENTER, "2")
    pane.fields.paid_on.setFocus()
    pane.fields.paid_on.selectAll()
    keys(pane, "25/11", ENTER)
    assert "ainda não chegou" in pane.fields.paid_on.error_text()
    pane.fields.paid_on.selectAll()
    keys(pane, "20/11", ENTER)
    assert sheet_of(desk, 4).payments[0].paid_on == date(2026, 11, 20)


def test_an_order_without_a_price_takes_a_deposit(pane, desk):
    form = desk.read(load_form, 5)
    form.items = []
    desk.write(edit_order, 5, form, now=NOW, author=None)
    ask(pane, desk, 5)
    assert "sinal" in words(pane)
    assert pane.fields.amount.text() == ""
    keys(pane, "80", ENTER, "2", ENTER)
    assert sheet_of(desk, 5).paid == 8000


def test_a_paid_order_says_so_and_asks_nothing(pane, desk):
    ask(pane, desk, 1)
    assert "Não há saldo a receber." in words(pane)
    assert not pane.fields.amount.isVisible()
    assert not button(pane, "paymentConfirm").isVisible()
    keys(pane, ESC)
    assert pane.gone == [True]


def test_a_payment_is_reversed_with_a_reason(pane, desk):
    ask(pane, desk, 4)
    payment = sheet_of(desk, 4).payments[0]
    button(pane, f"reverse_{payment.id}").click()
    assert "R$ 50,00 em dinheiro" in words(pane)
    keys(pane, ENTER)
    assert pane.fields.reason.error_text()
    assert len(sheet_of(desk, 4).payments) == 1
    keys(pane, "Valor errado", ENTER)
    sheet = sheet_of(desk, 4)
    assert [p.kind for p in sheet.payments] == [PaymentKind.PAYMENT, PaymentKind.REVERSAL]
    assert sheet.paid == 0
    assert "Pagamento estornado." in words(pane)
    assert pane.fields.amount.text() == "180,00"
    assert button(pane, f"reverse_{payment.id}") is None


def test_escape_in_a_reversal_goes_back_to_receiving(pane, desk):
    ask(pane, desk, 4)
    button(pane, f"reverse_{sheet_of(desk, 4).payments[0].id}").click()
    keys(pane, ESC)
    assert pane.gone == []
    assert pane.fields.amount.isVisible()
    assert sheet_of(desk, 4).paid == 5000


def test_money_is_given_back_up_to_what_was_paid(pane, desk):
    ask(pane, desk, 4)
    button(pane, "paymentRefund").click()
    assert pane.focusWidget() is pane.fields.amount
    keys(pane, "60", ENTER, "1")
    pane.fields.reason.setFocus()
    keys(pane, "Desistiu", ENTER)
    assert "R$ 50,00" in pane.fields.amount.error_text()
    pane.fields.amount.selectAll()
    keys(pane, "20", ENTER)
    sheet = sheet_of(desk, 4)
    assert (sheet.paid, sheet.payments[-1].kind) == (3000, PaymentKind.REFUND)
    assert "Devolvido R$ 20,00 em dinheiro." in words(pane)


def test_after_delivery_it_is_asked_what_money_given_back_is(pane, desk):
    ask(pane, desk, 1)
    button(pane, "paymentRefund").click()
    keys(pane, "20", ENTER, "1")
    pane.fields.reason.setFocus()
    keys(pane, "Risco na tampa", ENTER)
    assert pane.fields.owed_again.error_text()
    assert sheet_of(desk, 1).paid == 18000
    pane.fields.owed_again.setFocus()
    keys(pane, "1", ENTER)
    sheet = sheet_of(desk, 1)
    assert (sheet.total, sheet.paid, sheet.allowance, sheet.balance) == (16000, 16000, 2000, 0)
    assert "O preço da OS diminuiu" in words(pane)


def test_or_it_is_owed_again_until_a_day(pane, desk):
    ask(pane, desk, 1)
    button(pane, "paymentRefund").click()
    assert not pane.fields.owed_on.isVisible()
    keys(pane, "20", ENTER, "1")
    pane.fields.reason.setText("Troco a mais")
    pane.fields.owed_again.setFocus()
    keys(pane, "2")
    assert pane.fields.owed_on.isVisible()
    keys(pane, ENTER)
    assert pane.fields.owed_on.error_text()
    pane.fields.owed_on.setFocus()
    keys(pane, "10/12", ENTER)
    sheet = sheet_of(desk, 1)
    assert (sheet.total, sheet.balance, sheet.due_on) == (18000, 2000, date(2026, 12, 10))


def owing(desk):
    """Order 5 delivered on credit, 30 days late, in a shop of 2 % and 1 % a month."""
    for to in (Status.APPROVED, Status.IN_PROGRESS, Status.READY):
        step = StepForm(approved_by="Ana", approved_via="phone")
        desk.write(move_order, 5, to, step, now=NOW, author=None)
    form = desk.read(load_form, 5)
    form.due_on = TODAY
    step = StepForm(collected_by="Ana")
    desk.write(move_order, 5, Status.DELIVERED, step, form=form, now=NOW, author=None)

    def agree(session):
        shop_row(session).fine_bp, shop_row(session).interest_bp = 200, 100

    desk.store.database.run(agree)
    desk._clock = lambda: NOW + timedelta(days=30)


def test_agreed_late_fees_are_offered_and_received_with_the_payment(pane, desk):
    owing(desk)
    ask(pane, desk, 5)
    assert pane.fields.fees.text() == "Com encargos: R$ 5,40"
    assert pane.fields.amount.text() == "180,00"
    pane.fields.fees.setChecked(True)
    assert pane.fields.amount.text() == "185,40"
    pane.fields.fees.setChecked(False)
    assert pane.fields.amount.text() == "180,00"
    pane.fields.fees.setChecked(True)
    pane.fields.method.setFocus()
    keys(pane, "2", ENTER)
    sheet = sheet_of(desk, 5)
    assert (sheet.total, sheet.paid, sheet.late_fees) == (18540, 18540, 540)


def test_a_part_is_paid_with_the_late_fees_too(pane, desk):
    owing(desk)
    form = desk.read(load_form, 5)
    form.instalments = in_parts(18000, 2, date(2026, 12, 1))
    form.due_on = None
    desk.write(edit_order, 5, form, now=NOW, author=None)
    ask(pane, desk, 5)
    assert pane.fields.amount.text() == "90,00"
    pane.fields.fees.setChecked(True)
    assert pane.fields.amount.text() == "92,49"
    pane.fields.offer._choice.choose(2)
    assert pane.fields.amount.text() == "92,49"
    pane.fields.fees.setChecked(False)
    assert pane.fields.amount.text() == "90,00"


def test_in_time_no_late_fees_are_offered(pane, desk):
    ask(pane, desk, 4)
    assert not pane.fields.fees.isVisible()


def test_a_credit_is_what_is_offered_to_be_given_back(pane, desk):
    pay(desk, 4, 13000)
    form = desk.read(load_form, 4)
    form.discount = 3000
    desk.write(edit_order, 4, form, now=NOW, author=None)
    ask(pane, desk, 4)
    assert "A devolver R$ 30,00" in words(pane)
    button(pane, "paymentRefund").click()
    assert pane.fields.amount.text() == "30,00"


def test_the_receipt_of_a_payment_is_printed_by_its_id(pane, desk, monkeypatch):
    asked = []
    monkeypatch.setattr(
        "osdesk.ui.papers.printing.print_order", lambda *arguments: asked.append(arguments[2:])
    )
    ask(pane, desk, 4)
    keys(pane, ENTER, "2", ENTER, ENTER)
    newest = sheet_of(desk, 4).payments[-1]
    assert asked == [(4, "receipt", newest.id)]
    assert pane.taken == [4]


def test_nothing_is_cut_where_the_side_is_narrow(pane, desk):
    move = StepForm(approved_by="Ana", approved_via="phone")
    desk.write(move_order, 5, Status.APPROVED, move, now=NOW, author=None)
    ask(pane, desk, 4)
    pane.resize(230, 480)
    keys(pane, ENTER, "1")
    for label in pane.findChildren(QLabel):
        if label.isVisible() and not label.wordWrap():
            assert label.sizeHint().width() <= label.width(), label.text()
    for one in pane.findChildren(QPushButton):
        if one.isVisible():
            assert one.sizeHint().width() <= one.width() + 1, one.text()


def deliver(desk, **fields):
    desk.write(move_order, 4, Status.READY, StepForm(), now=NOW, author=None)
    form = desk.read(load_form, 4)
    for name, value in fields.items():
        setattr(form, name, value)
    collected = StepForm(collected_by="Ana")
    desk.write(move_order, 4, Status.DELIVERED, collected, now=NOW, author=None, form=form)


def test_two_ways_in_one_go_with_change(pane, desk):
    ask(pane, desk, 4)
    keys(pane, "100", ENTER, "1")
    pane.fields.given.setFocus()
    keys(pane, "120")
    pane.fields.method.setFocus()
    keys(pane, "+")
    assert pane.fields.amount.text() == "30,00"
    assert pane.focusWidget() is pane.fields.amount
    assert len(sheet_of(desk, 4).payments) == 1, "nothing is recorded yet"
    keys(pane, ENTER, "2", ENTER)
    sheet = sheet_of(desk, 4)
    assert [(p.amount, p.method) for p in sheet.payments[1:]] == [
        (10000, PaymentMethod.CASH),
        (3000, PaymentMethod.PIX),
    ]
    said = "Recebido R$ 100,00 em dinheiro e R$ 30,00 em Pix. Troco: R$ 20,00."
    assert said in words(pane)


def test_a_way_is_taken_off_again_and_all_or_nothing_is_recorded(pane, desk):
    ask(pane, desk, 4)
    keys(pane, "100", ENTER, "1", "+")
    button(pane, "takeOff_0").click()
    assert not pane.fields.rows.isVisible()
    pane.fields.amount.setFocus()
    pane.fields.amount.selectAll()
    keys(pane, "100", ENTER, "1", "+", "31", ENTER, "2", ENTER)
    assert "saldo" in pane.fields.amount.error_text()
    assert len(sheet_of(desk, 4).payments) == 1


def test_no_other_way_where_nothing_is_left(pane, desk):
    ask(pane, desk, 4)
    keys(pane, ENTER, "2", "+")
    assert not button(pane, "paymentAnother").isVisible()
    assert not pane.fields.rows.parts


def test_a_part_now_and_the_rest_in_three_parts(pane, desk):
    deliver(desk, due_on=TODAY)
    ask(pane, desk, 4)
    assert not pane.fields.rest.isVisible(), "all is received until less is typed"
    keys(pane, "30", ENTER, "2", TAB)
    assert "Fica para depois: R$ 100,00" in words(pane)
    pane.fields.rest.due_on.setFocus()
    keys(pane, "10/12", TAB, "3")
    assert "10/12/2026  33,34" in words(pane)
    keys(pane, ENTER)
    sheet = sheet_of(desk, 4)
    assert (sheet.balance, sheet.due_on) == (10000, date(2026, 12, 10))
    assert [part.amount for part in sheet.instalments] == [3334, 3333, 3333]
    assert "O restante vence em 10/12/2026." in words(pane)


def test_only_the_rest_is_agreed_where_nothing_is_paid(pane, desk):
    deliver(desk, due_on=TODAY)
    ask(pane, desk, 4)
    pane.fields.amount.clear()
    pane.fields.amount.edited.emit()
    pane.fields.rest.due_on.setFocus()
    keys(pane, "23/11", ENTER)
    assert pane.fields.rest.due_on.error_text()
    pane.fields.rest.due_on.selectAll()
    keys(pane, "05/12", ENTER)
    sheet = sheet_of(desk, 4)
    assert (sheet.due_on, len(sheet.payments)) == (date(2026, 12, 5), 1)


def test_an_instalment_is_chosen_by_its_digit(pane, desk):
    deliver(desk, instalments=in_parts(13000, 3, date(2026, 12, 10)))
    ask(pane, desk, 4)
    assert pane.fields.amount.text() == "43,34"
    pane.findChild(NumberedChoice, "paymentInstalment").setFocus()
    keys(pane, "2")
    assert pane.fields.amount.text() == "43,33"
    keys(pane, "1", TAB, ENTER, "2", ENTER)
    sheet = sheet_of(desk, 4)
    assert [part.paid for part in sheet.instalments] == [4334, 0, 0]
    assert sheet.due_on == date(2027, 1, 10)


def shown_pix(pane):
    (dialog,) = pane.window().findChildren(PixDialog)
    code = dialog.code
    dialog.reject()
    dialog.setParent(None)
    return code


def test_a_pix_is_shown_for_the_amount_typed(pane, desk):
    with_pix(desk)
    ask(pane, desk, 4)
    assert not button(pane, "showPix").isVisible(), "no method is chosen yet"
    keys(pane, "100", ENTER, "1")
    assert not button(pane, "showPix").isVisible()
    keys(pane, "2")
    assert button(pane, "showPix").text() == "Mostrar Pix  F7"
    keys(pane, Qt.Key.Key_F7)
    code = shown_pix(pane)
    assert "5406100.00" in code
    assert "OS000004" in code
    assert len(sheet_of(desk, 4).payments) == 1, "a code records nothing"
    pane.fields.amount.setFocus()
    pane.fields.amount.selectAll()
    keys(pane, "131")
    assert not button(pane, "showPix").isVisible(), "more than is owed would be refused"
    keys(pane, Qt.Key.Key_F7)
    assert pane.window().findChildren(PixDialog) == []


def test_a_pix_is_shown_for_a_deposit_and_for_an_instalment(pane, desk):
    with_pix(desk)
    deliver(desk, instalments=in_parts(13000, 3, date(2026, 12, 10)))
    ask(pane, desk, 4)
    pane.fields.method.setFocus()
    keys(pane, "2", Qt.Key.Key_F7)
    assert "540543.34" in shown_pix(pane)
    form = desk.read(load_form, 5)
    form.items = []
    desk.write(edit_order, 5, form, now=NOW, author=None)
    ask(pane, desk, 5)
    assert "Ainda sem preço" in words(pane)
    keys(pane, "80", ENTER, "2", Qt.Key.Key_F7)
    assert "540580.00" in shown_pix(pane)


def test_each_payment_of_one_go_has_its_receipt(pane, desk, monkeypatch):
    asked = []
    monkeypatch.setattr(
        "osdesk.ui.papers.printing.print_order", lambda *arguments: asked.append(arguments[4])
    )
    ask(pane, desk, 4)
    keys(pane, "100", ENTER, "1", "+", ENTER, "2", ENTER)
    assert button(pane, "paymentReceipt").text() == "Imprimir 2 recibos  F9"
    keys(pane, ENTER)
    assert asked == [payment.id for payment in sheet_of(desk, 4).payments[1:]]
    assert pane.taken == [4]


def test_the_receipt_of_a_reversal_is_offered_and_the_pane_stays(pane, desk, monkeypatch):
    asked = []
    monkeypatch.setattr(
        "osdesk.ui.papers.printing.print_order", lambda *arguments: asked.append(arguments[4])
    )
    ask(pane, desk, 4)
    assert not pane.print_receipt(), "nothing was recorded yet"
    button(pane, f"reverse_{sheet_of(desk, 4).payments[0].id}").click()
    keys(pane, "Valor errado", ENTER)
    assert button(pane, "paymentReceipt").isVisible()
    assert pane.print_receipt()
    assert asked == [sheet_of(desk, 4).payments[-1].id]
    assert pane.taken == []
    assert not button(pane, "paymentReceipt").isVisible()
    assert pane.fields.amount.isVisible()
