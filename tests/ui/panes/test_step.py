"""Steps asked in place, on a real shop, by the keyboard."""

from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QWidget
from tests.ui.conftest import NOW, TODAY
from tests.ui.panes.test_qr_dialogs import with_pix

from osdesk.domain.codes import ApprovalVia, ItemKind, PartCondition, PaymentMethod
from osdesk.domain.orders.forms import ItemForm, PaymentForm, StepForm
from osdesk.domain.orders.instalments import in_parts
from osdesk.domain.orders.status import Status
from osdesk.services.orders.forms import load_form
from osdesk.services.orders.payments import pay_order
from osdesk.services.orders.saving import edit_order
from osdesk.services.orders.steps import move_order
from osdesk.services.orders.view import order_view
from osdesk.ui.panes.qr_dialogs import PixDialog
from osdesk.ui.panes.step import StepPane

TAB = Qt.Key.Key_Tab


@pytest.fixture
def pane(desk, qtbot):
    pane = StepPane(desk)
    qtbot.addWidget(pane)
    pane.resize(300, 640)
    pane.show()
    qtbot.waitExposed(pane)
    pane.activateWindow()
    pane.gone, pane.taken = [], []
    pane.left.connect(lambda: pane.gone.append(True))
    pane.done.connect(pane.taken.append)
    return pane


def sheet_of(desk, number):
    return desk.read(order_view, number, now=NOW)


def ask(pane, desk, number, to, form=None):
    pane.ask(sheet_of(desk, number), to, form)


def fields(pane):
    return {
        widget.objectName().removeprefix("step_"): widget
        for widget in pane.findChildren(QWidget)
        if widget.objectName().startswith("step_") and not widget.isHidden()
    }


def keys(pane, *typed):
    """Type texts and press keys where the focus is."""
    for one in typed:
        place = pane.focusWidget()
        if isinstance(one, str):
            QTest.keyClicks(place, one)
        else:
            QTest.keyClick(place, one)


def words(pane):
    return " ".join(w.text() for w in pane.findChildren(QLabel) if not w.isHidden())


def change(desk, number, **values):
    form = desk.read(load_form, number)
    for name, value in values.items():
        setattr(form, name, value)
    desk.write(edit_order, number, form, now=NOW, author=None)


def move(desk, number, to, **facts):
    desk.write(move_order, number, to, StepForm(**facts), now=NOW, author=None)


def test_asks_just_what_is_missing_and_begins_there(pane, desk):
    ask(pane, desk, 5, Status.APPROVED)
    assert list(fields(pane)) == ["approved_by", "approved_via"]
    assert pane.focusWidget() is fields(pane)["approved_by"]
    assert "Total R$ 180,00" in words(pane)


def test_an_approval_by_the_keyboard_alone(pane, desk):
    ask(pane, desk, 5, Status.APPROVED)
    keys(pane, "Maria", Qt.Key.Key_Tab, "3", Qt.Key.Key_Return)
    sheet = sheet_of(desk, 5)
    assert pane.taken == [5]
    assert sheet.status is Status.APPROVED
    assert (sheet.approval.by, sheet.approval.via) == ("Maria", ApprovalVia.WHATSAPP)


def test_used_parts_are_asked_with_the_approval_and_may_stay_empty(pane, desk):
    used = ItemForm(ItemKind.PART, "Placa", unit_price=1, part_condition=PartCondition.USED)
    change(desk, 5, items=[used])
    ask(pane, desk, 5, Status.APPROVED)
    assert list(fields(pane)) == ["approved_by", "approved_via", "used_parts_authorized_by"]
    asked = fields(pane)
    asked["approved_by"].setText("Ana")
    asked["approved_via"].set_value(ApprovalVia.PHONE)
    asked["used_parts_authorized_by"].setText("Ana")
    pane.confirm()
    assert sheet_of(desk, 5).approval.used_parts_authorized_by == "Ana"
    change(desk, 6, items=[used])
    move(desk, 6, Status.APPROVED, approved_by="Bia", approved_via="phone")
    assert sheet_of(desk, 6).status is Status.APPROVED


def test_a_quote_of_the_past_asks_for_new_days(pane, desk):
    yesterday = TODAY - timedelta(days=1)
    change(desk, 5, start_on=yesterday, promised_on=yesterday)
    ask(pane, desk, 5, Status.AWAITING_APPROVAL)
    assert list(fields(pane)) == ["start_on", "promised_on"]
    keys(pane, "hoje", TAB, "+3", Qt.Key.Key_Return)
    sheet = sheet_of(desk, 5)
    assert (sheet.status, sheet.start_on) == (Status.AWAITING_APPROVAL, TODAY)


def test_what_is_missing_is_said_beside_its_field_and_nothing_changes(pane, desk):
    ask(pane, desk, 5, Status.APPROVED)
    keys(pane, "Maria", Qt.Key.Key_Return)
    asked = fields(pane)
    assert asked["approved_via"].error_text()
    assert not asked["approved_by"].error_text()
    assert asked["approved_by"].text() == "Maria"
    assert pane.focusWidget() is asked["approved_via"]
    assert pane.taken == []
    assert sheet_of(desk, 5).status is Status.RECEIVED


def test_who_approves_is_the_customer_unless_another_name_is_typed(pane, desk):
    ask(pane, desk, 5, Status.APPROVED)
    name = fields(pane)["approved_by"]
    assert (name.text(), name.selectedText()) == ("Cliente Número 5", "Cliente Número 5")
    assert not pane.has_text(), "nothing was typed that could be lost"
    keys(pane, Qt.Key.Key_Return)
    assert sheet_of(desk, 5).status is Status.RECEIVED, "how it was approved is never assumed"
    keys(pane, "1", Qt.Key.Key_Return)
    assert sheet_of(desk, 5).approval.by == "Cliente Número 5"


def test_who_collects_is_offered_and_never_filled_in_by_itself(pane, desk):
    move(desk, 4, Status.READY)
    ask(pane, desk, 4, Status.DELIVERED)
    assert fields(pane)["collected_by"].is_blank()
    offer = next(b for b in pane.findChildren(QPushButton) if b.text().startswith("É "))
    offer.setFocus()
    offer.click()
    assert fields(pane)["collected_by"].text() == "Cliente Número 4"
    assert pane.focusWidget() is fields(pane)["collected_document"]


def test_escape_leaves_and_nothing_is_recorded(pane, desk):
    ask(pane, desk, 5, Status.APPROVED)
    keys(pane, "Maria")
    assert pane.has_text()
    keys(pane, Qt.Key.Key_Escape)
    assert pane.gone == [True]
    assert sheet_of(desk, 5).status is Status.RECEIVED


def test_missing_fields_of_the_order_are_saved_with_the_step(pane, desk):
    change(desk, 5, technician=None, start_on=None)
    ask(pane, desk, 5, Status.AWAITING_APPROVAL)
    assert list(fields(pane)) == ["start_on"]
    keys(pane, "25/11", Qt.Key.Key_Return)
    sheet = sheet_of(desk, 5)
    assert (sheet.status, sheet.start_on) == (Status.AWAITING_APPROVAL, date(2026, 11, 25))


def test_an_unreadable_date_stays_and_says_so(pane, desk):
    change(desk, 5, start_on=None)
    ask(pane, desk, 5, Status.AWAITING_APPROVAL)
    keys(pane, "31/31", Qt.Key.Key_Return)
    field = fields(pane)["start_on"]
    assert field.text() == "31/31"
    assert "não é uma data" in field.error_text()
    assert sheet_of(desk, 5).status is Status.RECEIVED


def test_a_quote_without_lines_says_where_to_put_them(pane, desk):
    change(desk, 5, items=[])
    ask(pane, desk, 5, Status.AWAITING_APPROVAL)
    assert fields(pane) == {}
    assert pane.findChild(QPushButton, "stepConfirm").isHidden()
    assert "inclua na OS os serviços e materiais" in words(pane)


def test_changes_of_the_editor_are_saved_with_the_step(pane, desk):
    form = desk.read(load_form, 5)
    form.technician, form.reason = "Rui", "Faz barulho"
    ask(pane, desk, 5, Status.APPROVED, form)
    keys(pane, "Maria", Qt.Key.Key_Tab, "1", Qt.Key.Key_Return)
    sheet = sheet_of(desk, 5)
    assert (sheet.status, sheet.technician, sheet.reason) == (
        Status.APPROVED,
        "Rui",
        "Faz barulho",
    )


def test_an_expired_quote_is_renewed_in_place(pane, desk):
    move(desk, 5, Status.AWAITING_APPROVAL)
    ask(pane, desk, 5, Status.APPROVED)
    assert "valid_until" not in fields(pane)
    change(desk, 5, valid_until=date(2026, 11, 20))
    ask(pane, desk, 5, Status.APPROVED)
    asked = fields(pane)
    assert "valid_until" in asked
    asked["approved_by"].setText("Maria")
    asked["approved_via"].set_value(ApprovalVia.PHONE)
    asked["valid_until"].setText("20/11/2026")
    pane.confirm()
    assert "já passou" in asked["valid_until"].error_text()
    asked["valid_until"].setText("+5")
    pane.confirm()
    assert sheet_of(desk, 5).status is Status.APPROVED


def test_a_used_part_asks_who_authorised_it(pane, desk):
    part = ItemForm(
        kind=ItemKind.PART, description="Placa", unit_price=100, part_condition=PartCondition.USED
    )
    form = desk.read(load_form, 4)
    form.items.append(part)
    desk.write(edit_order, 4, form, now=NOW, author=None)  # agreed before: asked again
    move(desk, 4, Status.APPROVED, approved_by="Ana", approved_via=ApprovalVia.PHONE)
    move(desk, 4, Status.IN_PROGRESS)
    ask(pane, desk, 4, Status.READY)
    assert list(fields(pane)) == ["used_parts_authorized_by"]
    assert "CDC, art. 21" in words(pane)
    keys(pane, "Ana", Qt.Key.Key_Return)
    assert sheet_of(desk, 4).used_parts_authorized_by == "Ana"


def test_delivery_with_a_balance_asks_when_it_is_due(pane, desk):
    move(desk, 4, Status.READY)
    ask(pane, desk, 4, Status.DELIVERED)
    asked = ["collected_by", "collected_document", "due_on", "instalment_count"]
    assert list(fields(pane)) == asked
    assert "Saldo R$ 130,00" in words(pane)
    keys(pane, "Rafael", Qt.Key.Key_Return)
    assert fields(pane)["due_on"].error_text()
    keys(pane, "01/12", Qt.Key.Key_Return)
    sheet = sheet_of(desk, 4)
    assert (sheet.status, sheet.due_on, sheet.collected.by) == (
        Status.DELIVERED,
        date(2026, 12, 1),
        "Rafael",
    )


def test_money_to_be_given_back_first_is_said_and_stops_the_step(pane, desk):
    ask(pane, desk, 4, Status.CANCELLED)
    assert fields(pane) == {}
    assert "R$ 50,00 recebidos" in words(pane)
    assert pane.findChild(QPushButton, "stepConfirm").isHidden()
    keys(pane, Qt.Key.Key_Escape)
    assert pane.gone == [True]


def test_a_report_is_confirmed_with_ctrl_enter_and_keeps_its_lines(pane, desk):
    ask(pane, desk, 5, Status.UNREPAIRABLE)
    keys(pane, "Placa oxidada.", Qt.Key.Key_Return, "Sem conserto.")
    QTest.keyClick(pane.focusWidget(), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    sheet = sheet_of(desk, 5)
    assert (sheet.status, sheet.report) == (Status.UNREPAIRABLE, "Placa oxidada.\nSem conserto.")


def test_reopening_asks_for_the_reason_and_says_where_it_leads(pane, desk):
    ask(pane, desk, 1, None)
    assert "“Pronta para retirada”" in words(pane)
    keys(pane, Qt.Key.Key_Return)
    assert fields(pane)["reason"].error_text()
    keys(pane, "Voltou com defeito", Qt.Key.Key_Return)
    assert pane.taken == []
    assert fields(pane)["device_returned"].error_text(), "whether it came back is asked"
    assert pane.focusWidget() is fields(pane)["device_returned"]
    keys(pane, "2", Qt.Key.Key_Return)
    assert pane.taken == [1]
    again = sheet_of(desk, 1)
    assert (again.status, again.handed_on) == (Status.READY, None)


def test_what_stayed_with_the_customer_keeps_its_day(pane, desk):
    ask(pane, desk, 1, None)
    assert "sem reabrir" in words(pane)
    keys(pane, "Nome errado", TAB, "1", Qt.Key.Key_Return)
    assert sheet_of(desk, 1).handed_on == TODAY


def test_reopening_a_cancelled_order_leads_to_the_status_before(pane, desk):
    move(desk, 6, Status.CANCELLED, reason="Desistiu")
    ask(pane, desk, 6, None)
    assert "“Recebida”" in words(pane)
    assert list(fields(pane)) == ["reason"], "no device was handed over"


def test_a_refusal_of_the_record_stays_in_the_form(pane, desk):
    sheet = sheet_of(desk, 5)
    desk.write(pay_order, 5, PaymentForm(1000, PaymentMethod.PIX, TODAY), now=NOW, author=None)
    pane.ask(sheet, Status.CANCELLED)  # what was read before the payment
    keys(pane, "Desistiu", Qt.Key.Key_Return)
    assert "R$ 10,00 recebidos" in pane.findChild(QLabel, "stepError").text()
    assert fields(pane)["reason"].text() == "Desistiu"
    assert sheet_of(desk, 5).status is Status.RECEIVED


def test_every_field_has_a_name_for_screen_readers(pane, desk):
    for to in (Status.APPROVED, Status.IN_DIAGNOSIS, Status.UNREPAIRABLE):
        ask(pane, desk, 5, to)
        for field in fields(pane).values():
            assert field.accessibleName()
    assert all(line.isEnabled() for line in pane.findChildren(QLineEdit))


@pytest.mark.parametrize(
    "to", [Status.APPROVED, Status.AWAITING_APPROVAL, Status.UNREPAIRABLE, None]
)
def test_nothing_is_cut_where_the_side_is_narrow(pane, desk, to):
    change(desk, 5, start_on=None)
    pane.resize(230, 560)
    ask(pane, desk, 5 if to else 1, to)
    QTest.qWait(20)
    for one in pane.findChildren(QPushButton):
        if one.isVisible():
            assert one.sizeHint().width() <= one.width() + 1, one.text()


def test_a_long_form_scrolls_to_what_the_keyboard_reaches(pane, desk):
    move(desk, 5, Status.AWAITING_APPROVAL)
    form = desk.read(load_form, 5)
    form.technician = form.promised_on = None
    form.valid_until = date(2026, 11, 20)
    pane.resize(240, 360)
    ask(pane, desk, 5, Status.APPROVED, form)
    asked = fields(pane)
    assert list(asked) == [
        *("approved_by", "approved_via", "technician", "promised_on", "valid_until")
    ]
    assert pane.minimumSizeHint().height() <= 360
    QTest.qWait(20)
    for _ in range(4):
        keys(pane, TAB)
    assert pane.focusWidget() is asked["valid_until"]
    last = asked["valid_until"]
    place = last.mapTo(pane, last.rect().bottomLeft())
    assert place.y() <= pane.height()


def test_the_balance_of_a_delivery_in_three_parts(pane, desk):
    move(desk, 4, Status.READY)
    ask(pane, desk, 4, Status.DELIVERED)
    assert "Garantia até 22/02/2027." in words(pane)
    fields(pane)["due_on"].setFocus()
    keys(pane, "31/12", TAB, "3")
    assert "31/12/2026  43,34\n31/01/2027  43,33\n28/02/2027  43,33" in words(pane)
    fields(pane)["collected_by"].setFocus()
    keys(pane, "Ana", Qt.Key.Key_Return)
    sheet = sheet_of(desk, 4)
    assert sheet.status is Status.DELIVERED
    assert [(part.due_on, part.amount) for part in sheet.instalments] == [
        (date(2026, 12, 31), 4334),
        (date(2027, 1, 31), 4333),
        (date(2027, 2, 28), 4333),
    ]


def test_the_parts_come_into_sight_as_they_are_agreed(pane, desk, qtbot):
    move(desk, 4, Status.READY)
    pane.resize(264, 520)
    ask(pane, desk, 4, Status.DELIVERED)
    fields(pane)["due_on"].setFocus()
    keys(pane, "31/12", TAB, "12")
    label = pane.findChild(QLabel, "partsPreview")
    assert label.text().splitlines()[0] == "12 parcelas:"
    assert label.text().splitlines()[-1] == "e mais 6 outras, até 30/11/2027"
    room = pane._area.viewport()
    qtbot.waitUntil(lambda: label.mapTo(room, label.rect().bottomLeft()).y() <= room.height())
    assert label.mapTo(room, label.rect().topLeft()).y() >= 0


def test_parts_that_were_agreed_before_are_seen_at_the_hand_over(pane, desk):
    move(desk, 4, Status.READY)
    form = desk.read(load_form, 4)
    form.instalments = in_parts(13_000, 2, date(2026, 12, 10))
    desk.write(edit_order, 4, form, now=NOW, author=None)
    ask(pane, desk, 4, Status.DELIVERED)
    assert "2 parcelas, nenhuma paga:\n10/12/2026  65,00\n10/01/2027  65,00" in words(pane)


def test_too_many_parts_are_said_beside_their_number(pane, desk):
    move(desk, 4, Status.READY)
    ask(pane, desk, 4, Status.DELIVERED)
    keys(pane, "Ana")
    fields(pane)["due_on"].setFocus()
    keys(pane, "31/12", TAB, "99", Qt.Key.Key_Return)
    assert "no máximo 60" in fields(pane)["instalment_count"].error_text()
    assert sheet_of(desk, 4).status is Status.READY


def test_the_warranty_of_lines_that_differ_is_said_line_by_line(pane, desk):
    board = ItemForm(description="Troca da placa", unit_price=18000, warranty_days=180)
    cleaning = ItemForm(description="Limpeza", unit_price=0)
    change(desk, 4, items=[board, cleaning])
    move(desk, 4, Status.READY)
    ask(pane, desk, 4, Status.DELIVERED)
    assert "Troca da placa: até 23/05/2027\nLimpeza: até 22/02/2027" in words(pane)


def test_the_pix_of_what_stays_to_be_paid_is_shown_at_the_delivery(pane, desk):
    with_pix(desk)
    move(desk, 4, Status.READY)
    ask(pane, desk, 4, Status.DELIVERED)
    for typed, code in (("", "5406130.00"), ("3", "540543.34")):
        if typed:
            fields(pane)["due_on"].setFocus()
            keys(pane, "31/12", TAB, typed)
        keys(pane, Qt.Key.Key_F7)
        (dialog,) = pane.window().findChildren(PixDialog)
        assert code in dialog.code
        dialog.reject()
        dialog.setParent(None)
    assert sheet_of(desk, 4).status is Status.READY
    ask(pane, desk, 5, Status.APPROVED)
    assert pane.findChild(QPushButton, "showPix").isHidden()
