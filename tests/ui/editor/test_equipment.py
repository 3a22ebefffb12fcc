"""What was brought: known words, known devices, and what the shop's past says of a serial."""

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from tests.ui.conftest import NOW, order_form

from osdesk.domain.orders.forms import OrderForm, StepForm
from osdesk.domain.orders.status import Status
from osdesk.domain.views.orders import EquipmentPast
from osdesk.services.orders.devices import used_words
from osdesk.services.orders.forms import load_form
from osdesk.services.orders.saving import add_order
from osdesk.services.orders.steps import move_order
from osdesk.services.orders.warranty import return_form
from osdesk.ui.editor.equipment import OrderEquipment, past_words, under_warranty

TODAY = date(2026, 11, 24)


@pytest.fixture
def past_order(desk):
    form = order_form("Maria das Dores", "(11) 98765-0007", TODAY)
    form.equipment.model, form.equipment.serial = "BWK12ABANA", "CX-0341187"
    form.equipment.accessories = "mangueira"
    number = desk.write(add_order, form, now=NOW, author=None).number
    approve = StepForm(approved_by="Maria", approved_via="counter")
    for to, step in (
        (Status.APPROVED, approve),
        (Status.IN_PROGRESS, StepForm()),
        (Status.READY, StepForm()),
    ):
        desk.write(move_order, number, to, step, now=NOW, author=None)
    return number


@pytest.fixture
def card(desk, qtbot):
    card = OrderEquipment(desk)
    qtbot.addWidget(card)
    card.resize(860, 220)
    card.show()
    card.load(OrderForm(service_type="Conserto"), None)
    card.kind.setFocus()
    return card


def typed(qtbot, *what):
    for one in what:
        target = QApplication.focusWidget()
        (qtbot.keyClicks if isinstance(one, str) else qtbot.keyClick)(target, one)


def test_a_known_serial_says_so_at_once(card, past_order, qtbot):
    card.serial.setFocus()
    typed(qtbot, "cx034118")
    assert not card.history.isVisible()
    typed(qtbot, "7")
    assert card.history.isVisible()
    assert f"OS {past_order}, de Maria das Dores, pronta para retirada" in card.history.text()
    typed(qtbot, "7")
    assert not card.history.isVisible()


def test_a_scanned_serial_fills_what_is_empty_and_nothing_else(card, past_order, qtbot):
    card.brand.setText("Consul")
    card.serial.setFocus()
    typed(qtbot, "CX0341187", Qt.Key.Key_Return)
    assert card.kind.text() == "Lavadora"
    assert card.brand.text() == "Consul"
    assert card.model.text() == "BWK12ABANA"
    assert card.accessories.is_blank()


def test_an_order_is_not_its_own_past(card, past_order, desk):
    card.load(desk.read(load_form, past_order), past_order)
    assert not card.history.isVisible()


def test_used_words_complete(card, qtbot):
    typed(qtbot, "lav", Qt.Key.Key_Down, Qt.Key.Key_Return)
    assert card.kind.text() == "Lavadora"
    assert QApplication.focusWidget() is card.brand


def test_the_second_imei_appears_with_the_first(card, qtbot):
    assert not card.imei2.isVisible()
    card.serial.setFocus()
    typed(qtbot, "490154203237518")
    assert card.imei2.isVisible()


def past(**values):
    defaults = {
        "number": 9120,
        "customer": "Maria",
        "equipment": "Lavadora",
        "reason": "não drena",
        "work": "troca da bomba",
        "status": Status.DELIVERED,
        "requested_on": date(2026, 8, 10),
        "delivered_on": date(2026, 8, 14),
        "warranty_until": date(2026, 11, 12),
    }
    return EquipmentPast(**(defaults | values))


def test_the_past_in_words():
    assert past_words([], "Maria", TODAY) == ""
    assert past_words([past()], "maria", TODAY) == (
        "Este aparelho já esteve aqui: OS 9120, “não drena”, troca da bomba, em 14/08/2026. "
        "Garantia até 12/11/2026 (vencida há 12 dias)."
    )
    running = past_words([past(warranty_until=date(2026, 11, 25))], "", TODAY)
    assert running.endswith("Garantia até 25/11/2026 (falta 1 dia).")
    assert "termina hoje" in past_words([past(warranty_until=TODAY)], "", TODAY)
    several = past_words([past(), past(), past()], "Ana", TODAY)
    assert "OS 9120, de Maria, “não drena”, troca" in several
    mended = past_words([past(technician="Edson Ramos")], "Maria", TODAY)
    assert "troca da bomba, por Edson Ramos, em 14/08/2026." in mended
    cancelled = past(number=9200, status=Status.CANCELLED, warranty_until=None, work=None)
    both = past_words([cancelled, past(warranty_until=date(2026, 12, 1))], "Maria", TODAY)
    assert "OS 9200, “não drena”, cancelada, em" in both
    assert "Garantia da OS 9120 até 01/12/2026 (faltam 7 dias)." in both
    assert several.endswith("Mais 2 vezes antes.")
    given_back = past(
        status=Status.RETURNED, delivered_on=None, warranty_until=None, work=None, reason="x" * 90
    )
    assert past_words([given_back], "Maria", TODAY) == (
        f"Este aparelho já esteve aqui: OS 9120, “{'x' * 49}…”, em 10/08/2026."
    )


def test_whose_warranty_a_return_would_be_under():
    running = past(warranty_until=TODAY)
    assert under_warranty([], TODAY) == 0
    assert under_warranty([past()], TODAY) == 0
    assert under_warranty([running], TODAY) == 9120
    longer = past(number=9100, warranty_until=date(2026, 12, 1))
    assert under_warranty([running, longer], TODAY) == 9100
    here = past(number=9300, status=Status.IN_PROGRESS, delivered_on=None, warranty_until=None)
    assert under_warranty([here, running], TODAY) == 0, "it is in the shop already"


@pytest.fixture
def delivered(desk, past_order):
    collected = StepForm(collected_by="Maria")
    form = replace(desk.read(load_form, past_order), due_on=date(2026, 12, 1))
    desk.write(move_order, past_order, Status.DELIVERED, collected, now=NOW, author=None, form=form)
    return past_order


def test_a_serial_under_warranty_offers_a_return(card, delivered, qtbot):
    card.serial.setFocus()
    typed(qtbot, "CX034118")
    assert card.back.isHidden()
    typed(qtbot, "7")
    assert card.back.text() == "Retorno em garantia  Ctrl+G"
    assert "por Edson Ramos" in card.history.text()
    assert "faltam 90 dias" in card.history.text()
    with qtbot.waitSignal(card.return_requested) as asked:
        qtbot.keyClick(card, Qt.Key.Key_G, Qt.KeyboardModifier.ControlModifier)
    assert asked.args == [delivered]
    form = OrderForm(service_type="Conserto")
    card.write(form)
    card.load(form, None, locked=True)
    assert "por Edson Ramos" in card.history.text()
    assert card.back.isHidden()


def test_a_return_is_linked_and_unlinked(card, desk, delivered, qtbot):
    card.brand.setText("Consul")
    card.come_back(desk.read(return_form, delivered, now=NOW))
    form = OrderForm()
    assert card.write(form) == {}
    assert (form.warranty_return_of, form.service_type) == (delivered, "Retorno em garantia")
    assert form.equipment.model == "BWK12ABANA"
    assert form.equipment.brand == "Consul", "what was typed stays"
    assert f"Retorno em garantia da OS {delivered}" in card.history.text()
    assert card.earlier.text() == f"Abrir OS {delivered}"
    assert card.reason.hasFocus()
    assert card.back.text() == "Desvincular  Ctrl+G"
    qtbot.keyClick(card, Qt.Key.Key_G, Qt.KeyboardModifier.ControlModifier)
    card.write(form := OrderForm(service_type="Conserto"))
    assert (form.warranty_return_of, form.service_type) == (None, "Conserto")
    assert card.service_type.text_value() == "Conserto"
    assert card.back.text() == "Retorno em garantia  Ctrl+G"


def test_a_serials_device_is_not_doubled_under_a_shorter_word(card, past_order, desk, qtbot):
    typed(qtbot, "lav")
    qtbot.keyClick(card.kind, Qt.Key.Key_Escape)
    card.serial.setFocus()
    typed(qtbot, "CX0341187", Qt.Key.Key_Return)
    assert card.kind.text() == "Lavadora"
    assert card.model.text() == "BWK12ABANA"


def test_tab_takes_the_only_kind_that_begins_so(card, desk, qtbot):
    assert desk.read(used_words, "kind", "lav") == ["Lavadora"]
    typed(qtbot, "la", Qt.Key.Key_Tab)
    assert card.kind.text() == "la"  # two letters say too little
    qtbot.wait(1)
    card.new_kind.mend()
    typed(qtbot, "lav", Qt.Key.Key_Tab)
    assert card.kind.text() == "Lavadora"
    assert card.brand.hasFocus()


def test_tab_leaves_what_was_typed_where_several_begin_so(card, desk, qtbot):
    form = order_form("Rui", "(11) 98765-0001")
    form.equipment.kind = "Lavadora e secadora"
    desk.write(add_order, form, now=NOW, author=None)
    typed(qtbot, "lava", Qt.Key.Key_Tab)
    assert card.kind.text() == "lava"
    qtbot.wait(1)
    assert card.new_kind.question().startswith("Criar o tipo de aparelho “lava”?")


def test_a_service_type_typed_by_mistake_is_asked_about(card, qtbot):
    card.service_type.setFocus()
    card.service_type.lineEdit().selectAll()
    typed(qtbot, "Celular", Qt.Key.Key_Tab)
    qtbot.wait(1)
    assert card.new_type.question().startswith("Criar o tipo de serviço “Celular”?")
    assert card.new_type.create_button.hasFocus()
    assert not card.new_type.settled()
