"""The customer inside the order: chosen or typed, and never renamed by accident."""

from datetime import UTC, date, datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from tests.ui.conftest import NOW

from osdesk.domain.codes import PaymentMethod
from osdesk.domain.orders.forms import CustomerForm, PaymentForm, PhoneForm, StepForm
from osdesk.domain.orders.status import Status
from osdesk.domain.views.orders import CustomerSituation, CustomerView
from osdesk.services.customers.customers import customer_view, save_customer
from osdesk.services.orders.forms import load_form
from osdesk.services.orders.payments import pay_order
from osdesk.services.orders.saving import edit_order
from osdesk.services.orders.steps import move_order
from osdesk.services.orders.view import order_view
from osdesk.ui.editor.customer import OrderCustomer, situation_words

ENTER, DOWN, TAB = Qt.Key.Key_Return, Qt.Key.Key_Down, Qt.Key.Key_Tab


@pytest.fixture
def known(desk):
    form = CustomerForm(
        "Padaria Estrela",
        [PhoneForm("(11) 3322-1188", "Fixo"), PhoneForm("(11) 98765-0001")],
        "529.982.247-25",
        "padaria@exemplo.com.br",
        "Rua das Flores, 10",
        "paga no fim do mês",
    )
    return desk.write(save_customer, form, now=NOW, author=None)


@pytest.fixture
def card(desk, known, qtbot):
    card = OrderCustomer(desk)
    qtbot.addWidget(card)
    card.resize(860, 130)
    card.show()
    card.load(CustomerForm(), own_order=False)
    card.name.setFocus()
    return card


def form_of(card):
    form = CustomerForm()
    assert card.write(form) == {}
    return form


def typed(qtbot, *what):
    for one in what:
        target = QApplication.focusWidget()
        (qtbot.keyClicks if isinstance(one, str) else qtbot.keyClick)(target, one)


@pytest.mark.parametrize(
    ("field", "text"), [("name", "estrela"), ("phone", "33221188"), ("document", "52998224725")]
)
def test_a_known_customer_is_offered_by_name_phone_and_document(card, known, qtbot, field, text):
    getattr(card, field).setFocus()
    typed(qtbot, text, DOWN)
    with qtbot.waitSignal(card.chosen):
        typed(qtbot, ENTER)
    form = form_of(card)
    assert form.id == card.customer_id == known
    assert (form.name, form.document) == ("Padaria Estrela", "52998224725")
    assert [phone.label for phone in form.phones] == ["Fixo", None]
    assert form.notes == "paga no fim do mês"
    assert card.second.text() == "(11) 98765-0001"
    assert "primeira OS" in card.situation.text()


def test_a_name_that_only_resembles_stays_a_new_customer(card, qtbot):
    typed(qtbot, "Padaria Estrelas", TAB)
    assert form_of(card) == CustomerForm("Padaria Estrelas")
    assert card.situation.text() == "Cliente novo."


@pytest.mark.parametrize(
    ("field", "text", "told"),
    [
        ("name", "padaria estrela", "Parece ser: Padaria Estrela · (11) 3322-1188, sem OS"),
        ("phone", "98765-0001", "Parece ser: Padaria Estrela · (11) 3322-1188, sem OS"),
        ("document", "52998224725", "Parece ser: Padaria Estrela · 529.982.247-25, sem OS"),
    ],
)
def test_a_near_duplicate_is_pointed_out_as_one_types(card, known, qtbot, field, text, told):
    getattr(card, field).setFocus()
    typed(qtbot, text[:-1])
    assert card.act.isHidden()
    typed(qtbot, text[-1])
    assert card.situation.text() == told
    assert card.act.text() == "Usar este cadastro  Ctrl+O"
    assert form_of(card).id is None, "pointed out, never taken"
    typed(qtbot, Qt.Key.Key_Escape)
    qtbot.keyClick(card, Qt.Key.Key_O, Qt.KeyboardModifier.ControlModifier)
    assert form_of(card).id == known
    assert [phone.number for phone in form_of(card).phones] == [
        "(11) 3322-1188",
        "(11) 98765-0001",
    ]


def test_the_card_that_was_left_is_not_pointed_out_again(card, known, qtbot):
    card.choose(known)
    card.act.click()  # "É outro cliente"
    assert card.situation.text() == "Cliente novo."
    assert card.act.text() == "Voltar para Padaria Estrela  Ctrl+O"


def test_another_name_is_another_customer_without_the_cards_phone(card, known, qtbot):
    card.choose(known)
    card.name.setFocus()
    card.name.selectAll()
    typed(qtbot, "Rui Barbosa", TAB)
    assert form_of(card) == CustomerForm("Rui Barbosa")
    assert card.phone.is_blank()
    assert card.document.is_blank()
    card.act.click()  # "Voltar para Padaria Estrela"
    assert form_of(card).id == known
    assert card.name.text() == "Padaria Estrela"


def test_what_was_typed_over_the_card_is_kept_for_the_other_customer(card, known, qtbot):
    card.choose(known)
    card.phone.setText("(11) 91234-5678")
    card.name.setFocus()
    card.name.selectAll()
    typed(qtbot, "Rui", TAB)
    assert form_of(card) == CustomerForm("Rui", [PhoneForm("(11) 91234-5678")])


def test_a_mended_name_says_that_the_card_changes_and_can_be_taken_apart(card, known, qtbot):
    card.choose(known)
    card.name.setFocus()
    typed(qtbot, Qt.Key.Key_End, "s", TAB)
    assert form_of(card).id == known
    assert "passará a" in card.situation.text()
    card.act.click()  # "É outro cliente"
    assert form_of(card) == CustomerForm("Padaria Estrelas")


def test_a_typed_document_of_a_known_one_is_offered_never_taken(card, known, qtbot):
    typed(qtbot, "Padaria", TAB, TAB, "52998224725", TAB)
    assert "Parece ser: Padaria Estrela" in card.situation.text()
    assert form_of(card).id is None
    card.act.click()
    assert form_of(card).id == known


def test_a_phone_typed_before_choosing_is_kept_as_another_phone(card, desk, qtbot):
    single = desk.write(
        save_customer, CustomerForm("Ana Lua", [PhoneForm("(11) 98765-0003")]), now=NOW, author=None
    )
    card.phone.setFocus()
    typed(qtbot, "11912345678")
    card.name.setFocus()
    typed(qtbot, "ana lua", DOWN, ENTER)
    form = form_of(card)
    assert form.id == single
    assert [phone.number for phone in form.phones] == ["(11) 98765-0003", "(11) 91234-5678"]


def test_phones_beyond_the_fields_and_labels_stay(card, desk, qtbot):
    form = CustomerForm("Ana", [PhoneForm(f"(11) 3322-000{n}", f"r{n}") for n in range(4)])
    card.load(form, own_order=False)
    card.phone.setText("(11) 3322-9999")
    numbers = [(phone.number[-4:], phone.label) for phone in form_of(card).phones]
    assert numbers == [("9999", "r0"), ("0001", "r1"), ("0002", "r2"), ("0003", "r3")]
    card.second.setText("")
    assert [phone.label for phone in form_of(card).phones] == ["r0", "r2", "r3"]


def test_the_debt_is_said_the_moment_a_customer_is_chosen(card, desk):
    form = desk.read(load_form, 5)
    form.due_on = date(2026, 11, 24)
    desk.write(edit_order, 5, form, now=NOW, author=None)
    approve = StepForm(approved_by="Cliente", approved_via="counter")
    for to, step in (
        (Status.APPROVED, approve),
        (Status.IN_PROGRESS, StepForm()),
        (Status.READY, StepForm()),
        (Status.DELIVERED, StepForm(collected_by="Cliente")),
    ):
        desk.write(move_order, 5, to, step, now=NOW, author=None)
    desk._clock = lambda: NOW + timedelta(days=10)
    card.choose(desk.read(order_view, 5, now=NOW).customer.id)
    assert "deve R$ 180,00 desde 24/11/2026" in card.situation.text()
    assert card.situation.property("tone") == "red"


def test_another_customer_chosen_for_a_stored_order_has_none_of_it_yet(card, desk, known):
    form = desk.read(load_form, 7)
    card.load(form.customer, own_order=True)
    assert "única OS" in card.situation.text()
    card.choose(known)
    assert "primeira OS" in card.situation.text()


@pytest.mark.parametrize(
    ("figures", "own", "words", "tone"),
    [
        ((2, 0, 0, 0, None), False, "2 ordens anteriores · nada em aberto", ""),
        ((1, 1, 1, 0, None), False, "1 ordem anterior · 1 aberta · nada a pagar", ""),
        ((1, 1, 0, 0, None), True, "única OS", ""),
        ((3, 2, 2, 500, None), True, "2 outras ordens · 1 aberta · tem R$ 5,00 a pagar", "amber"),
        ((1, 0, 0, 500, date(2026, 1, 2)), False, "deve R$ 5,00 desde 02/01/2026", "red"),
    ],
)
def test_the_situation_in_words(figures, own, words, tone):
    orders, opened, ready, owed, since = figures
    made = datetime(2024, 5, 1, tzinfo=UTC)
    customer = CustomerView(1, "Ana", (), None, None, None, None, made)
    situation = CustomerSituation(
        customer, orders, opened, ready, owed, since, date(2022, 3, 1) if orders else None
    )
    said, shown = situation_words(situation, own_order=own, zone_year=2024)
    assert said.startswith("Cliente desde 2022 · ")
    assert words in said
    assert shown == tone
    if ready == 1:
        assert said.endswith("1 pronta para retirada")
    if ready == 2:
        assert said.endswith("2 prontas para retirada")


def test_the_card_in_the_shop_is_unchanged_by_looking(card, known, desk):
    before = desk.read(customer_view, known)
    card.choose(known)
    card.settle()
    assert desk.read(customer_view, known) == before


def test_the_line_is_fresh_after_a_payment(card, desk):
    form = desk.read(load_form, 4)
    desk.write(move_order, 4, Status.READY, StepForm(), now=NOW, author=None)
    card.load(form.customer, own_order=True)
    assert "R$ 130,00" in card.situation.text()
    desk.write(pay_order, 4, PaymentForm(10_000, PaymentMethod.PIX), now=NOW, author=None)
    assert "R$ 30,00" in card.situation.text()
    card.name.setText("Outro nome")
    desk.write(pay_order, 4, PaymentForm(3_000, PaymentMethod.PIX), now=NOW, author=None)
    assert card.name.text() == "Outro nome", "what is being typed is not touched"
