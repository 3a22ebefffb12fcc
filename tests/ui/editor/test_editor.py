"""The editor on a real shop: what is typed is saved or kept, never lost."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QWidget,
)
from tests.ui.conftest import NOW, order_form

from osdesk.domain.codes import PaymentMethod
from osdesk.domain.orders.forms import PaymentForm, PhoneForm
from osdesk.domain.orders.status import OrderFilter, Status
from osdesk.services.orders.forms import load_form
from osdesk.services.orders.listing import filter_counts
from osdesk.services.orders.payments import pay_order, refund_order
from osdesk.services.orders.saving import add_order
from osdesk.services.orders.steps import reopen_order
from osdesk.services.orders.view import order_view
from osdesk.texts import SENTENCES
from osdesk.ui.editor.editor import OrderEditor
from osdesk.ui.orders.panel import OrderPanel
from osdesk.ui.widgets.fields import Labelled

ENTER, TAB, ESC, DOWN = Qt.Key.Key_Return, Qt.Key.Key_Tab, Qt.Key.Key_Escape, Qt.Key.Key_Down


@pytest.fixture
def editor(desk, qtbot):
    editor = OrderEditor(desk)
    qtbot.addWidget(editor)
    editor.resize(1180, 730)
    editor.show()
    return editor


class Hands:
    """Types where the focus is, and counts."""

    def __init__(self, qtbot):
        self.qtbot = qtbot
        self.strokes = 0

    def __call__(self, *what):
        for one in what:
            target = QApplication.focusWidget()
            if isinstance(one, str):
                self.qtbot.keyClicks(target, one)
                self.strokes += len(one)
            else:
                self.qtbot.keyClick(target, one)
                self.strokes += 1


@pytest.fixture
def hands(qtbot):
    return Hands(qtbot)


def sheet(desk, number):
    return desk.read(order_view, number, now=NOW)


def orders(desk):
    return desk.read(filter_counts, now=NOW).counts[OrderFilter.ALL]


def field(editor, name):
    found = editor.findChild(QWidget, name)
    assert found is not None, name
    return found


def fill(editor, **texts):
    for name, text in texts.items():
        one = field(editor, name)
        one.setPlainText(text) if isinstance(one, QPlainTextEdit) else one.setText(text)


NAMES = (
    *("customerName", "customerPhone", "customerDocument", "customerSituation", "equipmentKind"),
    *("equipmentBrand", "equipmentModel", "equipmentSerial", "equipmentHistory"),
    *("equipmentAccessories", "equipmentCondition", "serviceType", "reason", "technician"),
    *("promisedOn", "promisedTime", "itemsTable", "addServiceButton", "addPartButton", "discount"),
    *("orderTotal", "saveButton", "printButton", "receiveButton", "nextStepButton"),
    "moreStepsButton",
)


def test_what_must_be_filled_in_is_marked(editor):
    marked = {label.text() for label in editor.findChildren(QLabel) if label.text().endswith(" *")}
    assert marked == {"Nome *", "Tipo *", "Motivo relatado pelo cliente *"}


def test_more_steps_are_called_the_same_as_in_the_list(editor, desk, qtbot):
    panel = OrderPanel()
    qtbot.addWidget(panel)
    names = {
        editor.findChild(QPushButton, "moreStepsButton").accessibleName(),
        panel.findChild(QPushButton, "panelMoreSteps").accessibleName(),
    }
    assert names == {"Mais"}
    assert not any("Mais passos" in words for words in SENTENCES.values())


def test_names_of_the_contract(editor):
    assert {name: len(editor.findChildren(QWidget, name)) for name in NAMES} == dict.fromkeys(
        NAMES, 1
    )


# -- a new order -----------------------------------------------------------------------------------


def test_a_new_order_by_keys_alone(editor, desk, hands):
    before = orders(desk)
    editor.open_new()
    assert editor.title() == "Nova OS"
    assert QApplication.focusWidget() is field(editor, "customerName")
    hands("Ana Prado", TAB, "11987651234", TAB, "52998224725", TAB)
    hands("Notebook", ENTER, "Dell", ENTER, "Inspiron 15", ENTER, "ABC123", ENTER, "preto", TAB)
    hands("Desliga sozinho", TAB, "fonte", TAB, "tampa riscada", TAB, TAB)
    hands(ENTER, "Limpeza", ENTER, ENTER, "150", ENTER, ENTER)
    hands("Edson Ramos", TAB, "27/11", TAB, "18", TAB)
    assert field(editor, "orderTotal").text() == "R$ 150,00"
    assert editor.save()
    number = editor.number
    assert editor.title() == f"OS {number}"
    assert orders(desk) == before + 1
    saved = sheet(desk, number)
    assert saved.customer.name == "Ana Prado"
    assert saved.customer.phones[0].number == "(11) 98765-1234"
    assert saved.customer.document == "52998224725"
    assert saved.equipment.title == "Notebook Dell Inspiron 15"
    assert (saved.equipment.serial, saved.equipment.colour) == ("ABC123", "preto")
    assert (saved.equipment.accessories, saved.equipment.condition) == ("fonte", "tampa riscada")
    assert (saved.service_type, saved.reason) == ("Conserto", "Desliga sozinho")
    assert (saved.technician, str(saved.promised_on)) == ("Edson Ramos", "2026-11-27")
    assert (saved.promised_time, saved.total) == ("18:00", 15000)
    assert not editor.has_changes()


def test_only_four_things_are_required_and_all_are_named_at_once(editor, desk):
    before = orders(desk)
    editor.open_new()
    editor.cards.equipment.service_type.set_value(None)
    fill(editor, equipmentBrand="LG")
    assert not editor.save()
    for name in ("customerName", "equipmentKind", "serviceType", "reason"):
        assert field(editor, name).error_text(), name
    assert QApplication.focusWidget() is field(editor, "customerName")
    assert "nome do cliente" in editor.bar.text()
    assert field(editor, "equipmentBrand").text() == "LG"
    assert orders(desk) == before
    fill(editor, customerName="Rui", equipmentKind="TV", reason="Sem som")
    editor.cards.equipment.service_type.setEditText("Conserto")
    assert editor.save()


def test_known_customer_and_device_in_at_most_forty_keystrokes(editor, desk, hands):
    form = order_form("Conceicao Luz", "(11) 98765-9999")
    form.equipment.serial = "CX0341187"
    desk.write(add_order, form, now=NOW, author=None)
    editor.open_new()
    hands("conc", DOWN, ENTER, DOWN, ENTER)
    free = hands.strokes
    hands("Nao centrifuga e faz barulho alto")
    hands.strokes = free
    hands(TAB, TAB)
    assert editor.save()
    assert hands.strokes + 1 <= 40
    saved = sheet(desk, editor.number)
    assert (saved.customer.name, saved.customer_orders) == ("Conceicao Luz", 2)
    assert saved.equipment.serial == "CX0341187"


def test_another_order_for_the_same_customer(editor, desk):
    editor.open_new()
    fill(editor, customerName="Rui", customerPhone="11987650001", equipmentKind="TV", reason="x")
    editor.save_and_open_another()
    assert editor.number is None
    assert field(editor, "customerName").text() == "Rui"
    fill(editor, equipmentKind="Lavadora", reason="y")
    assert editor.save()
    assert sheet(desk, editor.number).customer_orders == 2


def test_what_was_searched_for_is_not_typed_twice(editor):
    editor.open_new(None, {"customer.phones": ["11987651234"]})
    assert field(editor, "customerPhone").text() == "(11) 98765-1234"
    assert not editor.has_changes()
    assert editor.form().customer.phones == [PhoneForm("11987651234")]


# -- a stored order --------------------------------------------------------------------------------


@pytest.mark.parametrize("number", [1, 2, 3, 4, 77])
def test_opening_changes_nothing(editor, desk, number):
    before = sheet(desk, number)
    editor.open_order(number)
    assert not editor.has_changes()
    assert editor.form() == desk.read(load_form, number)
    assert editor.save()
    assert sheet(desk, number) == before


def test_what_no_field_shows_is_kept_when_something_else_changes(editor, desk):
    form = order_form("Ana", "(11) 98765-0001")
    form.customer.phones += [PhoneForm("(11) 3222-0001", "Trabalho"), PhoneForm("(11) 3222-0002")]
    form.customer.notes = "paga em dia"
    form.reason = "duas\xa0palavras\ne uma linha"
    form.external_ref = "A-1"
    form.checklist = {"Liga?": "não"}
    number = desk.write(add_order, form, now=NOW, author=None).number
    before = desk.read(load_form, number)
    editor.open_order(number)
    fill(editor, equipmentBrand="Consul")
    assert editor.save()
    after = desk.read(load_form, number)
    assert after.equipment.brand == "Consul"
    after.equipment.brand = before.equipment.brand
    assert after == before


def test_a_failed_save_leaves_the_form_filled(editor, desk):
    editor.open_order(2)
    fill(editor, discount="999", reason="outra coisa")
    assert not editor.save()
    assert field(editor, "discount").error_text()
    assert QApplication.focusWidget() is field(editor, "discount")
    assert field(editor, "discount").text() == "999"
    assert field(editor, "reason").toPlainText() == "outra coisa"
    assert sheet(desk, 2).reason == "Não liga"


def test_text_that_cannot_be_read_stops_saving_and_stays(editor, desk, hands):
    editor.open_order(2)
    fill(editor, promisedOn="31/02", customerDocument="123")
    assert editor.has_changes()
    assert not editor.save()
    assert field(editor, "promisedOn").text() == "31/02"
    assert field(editor, "promisedOn").error_text()
    assert field(editor, "customerDocument").error_text()
    assert QApplication.focusWidget() is field(editor, "customerDocument")


def test_a_line_that_is_still_open_counts_and_is_saved(editor, desk, hands):
    editor.open_order(2)
    editor.cards.work.items.table.setFocus()
    editor.cards.work.items.table.start(0)
    hands("Troca da bomba")
    assert editor.has_changes()
    assert editor.save()
    assert sheet(desk, 2).items[0].description == "Troca da bomba"


def test_enter_moves_on_in_a_field_of_one_line(editor, hands):
    editor.open_new()
    hands("Ana", ENTER)
    assert QApplication.focusWidget() is field(editor, "customerPhone")


# -- leaving ---------------------------------------------------------------------------------------


def test_leaving_without_changes_asks_nothing(editor, qtbot):
    editor.open_order(2)
    with qtbot.waitSignal(editor.closed):
        editor.go_back()
    editor.open_new()
    assert editor.try_close()


def test_leaving_with_changes_asks_in_place_and_loses_nothing(editor, desk, qtbot, hands):
    editor.open_order(2)
    fill(editor, reason="nova frase")
    assert not editor.try_close()
    assert "Há alterações não salvas" in editor.leave_bar.words()
    with qtbot.waitSignal(editor.stayed):
        field(editor, "leaveStay").click()
    assert not editor.leave_bar.isVisible()
    assert field(editor, "reason").toPlainText() == "nova frase"
    assert not editor.try_close()
    with qtbot.waitSignal(editor.closed):
        hands(ENTER)  # on "Salvar"
    assert sheet(desk, 2).reason == "nova frase"


def test_discarding_is_said_aloud_and_then_nothing_is_left(editor, desk, qtbot):
    editor.open_order(2)
    fill(editor, reason="nova frase")
    assert not editor.try_close()
    with qtbot.waitSignal(editor.closed):
        field(editor, "leaveDiscard").click()
    assert editor.try_close()
    assert sheet(desk, 2).reason == "Não liga"


def test_saving_on_the_way_out_that_fails_stays(editor, qtbot):
    editor.open_new()
    fill(editor, customerName="Rui")
    assert not editor.try_close()
    closed = []
    editor.closed.connect(lambda: closed.append(True))
    with qtbot.waitSignal(editor.stayed):
        field(editor, "leaveSave").click()
    assert closed == []
    assert field(editor, "customerName").text() == "Rui"


def test_typing_the_old_text_back_is_no_change(editor):
    editor.open_order(2)
    fill(editor, equipmentBrand="LG")
    assert editor.has_changes()
    fill(editor, equipmentBrand="Brastemp")
    assert not editor.has_changes()
    assert editor.try_close()


# -- acts ------------------------------------------------------------------------------------------


def test_a_step_that_misses_nothing_is_taken_with_what_was_changed(editor, desk):
    editor.open_order(2)
    fill(editor, reason="Liga e desliga")
    assert field(editor, "nextStepButton").text() == "Iniciar diagnóstico  F4"
    field(editor, "nextStepButton").click()
    saved = sheet(desk, 2)
    assert (saved.status, saved.reason) == (Status.IN_DIAGNOSIS, "Liga e desliga")
    assert not editor.has_changes()
    assert "Em diagnóstico" in editor.bar.text()


def test_a_step_that_misses_something_asks_beside_and_saves_both(editor, desk, hands, qtbot):
    editor.open_order(4)
    fill(editor, reason="Liga e desliga")
    editor.take_step(Status.AWAITING_PART)
    assert not editor.cards.isEnabled()
    assert QApplication.focusWidget().objectName() == "step_waiting_for"
    hands("placa", ENTER)
    saved = sheet(desk, 4)
    assert (saved.status, saved.waiting_for) == (Status.AWAITING_PART, "placa")
    assert saved.reason == "Liga e desliga"
    assert editor.cards.isEnabled()
    assert field(editor, "nextStepButton").isVisible()


def test_going_back_from_a_step_keeps_the_form_and_asks_before_dropping_text(editor, desk, hands):
    editor.open_order(4)
    fill(editor, reason="Liga e desliga")
    editor.take_step(Status.AWAITING_PART)
    hands("placa", ESC)
    assert editor.acts.is_open
    assert "ainda não foi salvo" in editor.bar.text()
    assert not editor.try_close()
    hands_target = field(editor, "step_waiting_for")
    hands_target.setFocus()
    hands(ESC)
    assert not editor.acts.is_open
    assert field(editor, "reason").toPlainText() == "Liga e desliga"
    assert sheet(desk, 4).status is Status.IN_PROGRESS


def test_a_change_of_an_agreed_order_says_what_it_leads_to(editor, desk):
    editor.open_order(4)
    notice = editor.cards.work.agreed
    assert notice.words() == ""
    items = editor.cards.work.items
    items.model.change(0, unit_price=20000)
    assert "(serviços e materiais) e precisa de nova aprovação" in notice.words()
    items.model.change(0, unit_price=17000)
    assert "não precisa" in notice.words()
    fill(editor, changeReason="cliente antigo")
    assert editor.save()
    saved = sheet(desk, 4)
    assert (saved.status, saved.total) == (Status.IN_PROGRESS, 17000)
    assert saved.events[-1].data["reason"] == "cliente antigo"
    items.model.change(0, unit_price=20000)
    assert editor.save()
    assert sheet(desk, 4).status is Status.AWAITING_APPROVAL
    assert "Aguardando aprovação" in editor.bar.text()


def test_a_change_of_a_quote_that_was_sent_is_told_to_be_a_new_version(editor, desk):
    editor.open_order(3)
    notice = editor.cards.work.agreed
    model = editor.cards.work.items.model
    model.change(0, unit_cost=500, technician="Edson Ramos")
    assert notice.words() == ""
    model.change(0, unit_price=20000)
    assert "nova versão" in notice.words()
    assert editor.save()
    saved = sheet(desk, 3)
    assert (saved.quote.version, saved.quote.total) == (2, 20000)
    assert notice.words() == ""


def test_a_new_quote_that_cannot_be_issued_names_the_fields(editor, desk):
    editor.open_order(4)
    editor.cards.side.start_on.setText("")
    editor.cards.work.items.model.change(0, unit_price=20000)
    assert not editor.save()
    assert editor.cards.side.start_on.error_text()
    assert "novo orçamento" in editor.bar.text()
    assert sheet(desk, 4).total == 18000


def test_what_is_locked_is_read_only_and_says_why(editor, desk):
    editor.open_order(1)
    for name in ("promisedOn", "promisedTime", "discount"):
        assert field(editor, name).isReadOnly()
    assert "Reabrir" in field(editor, "itemsLocked").text()
    assert not field(editor, "addPartButton").isEnabled()
    assert not field(editor, "nextStepButton").isVisible()
    actions = {a.text().split("\t")[0] for a in editor.side._menu.actions()}
    assert "Reabrir…" in actions
    editor.reopen()
    editor.acts.step._fields["reason"].setText("voltou com o mesmo defeito")
    editor.acts.step._fields["device_returned"].set_value(True)
    editor.acts.step.confirm()
    assert sheet(desk, 1).status is Status.READY


def test_what_became_known_later_is_corrected_in_a_delivered_order(editor, desk):
    editor.open_order(1)
    assert field(editor, "collectedBy").text() == "Cliente"
    fill(editor, collectedBy="João Lima", collectedDocument="123", notes="n")
    items = editor.cards.work.items
    items.table.setCurrentIndex(items.model.index(0, 1))
    allowed = {name for name, one in items.details.fields.items() if one.isEnabled()}
    assert allowed == {"unit_cost", "technician"}
    items.details.cost.setText("12,50")
    assert editor.save(), editor.bar.text()
    now = sheet(desk, 1)
    assert (now.collected.by, now.collected.document, now.notes) == ("João Lima", "123", "n")
    assert (now.items[0].unit_cost, now.status) == (1250, Status.DELIVERED)
    editor.open_order(2)
    assert not field(editor, "collectedBy").isVisible()


def test_a_reopened_order_says_where_its_device_is(editor, desk):
    desk.write(reopen_order, 1, reason="nome", now=NOW, author=None)
    editor.open_order(1)
    assert "com o cliente desde 24/11/2026" in editor.side._note.text()


def test_what_the_price_fell_by_stands_among_the_sums(editor, desk):
    given = {"amount": 2000, "method": PaymentMethod.CASH, "reason": "risco"}
    desk.write(refund_order, 1, **given, now=NOW, author=None)
    editor.open_order(1)
    name, amount = editor.side._amounts["allowance"]
    assert (name.isVisible(), amount.text()) == (True, "20,00")
    assert field(editor, "orderTotal").text() == "R$ 160,00"


def test_a_changed_name_is_asked_about_before_it_is_saved(editor, desk):
    editor.open_order(2)
    before = sheet(desk, 2).customer
    fill(editor, customerName="Vanessa Prado")
    assert not editor.save()
    assert "outra pessoa" in editor.bar.text()
    assert field(editor, "customerCorrect").isVisible()
    assert sheet(desk, 2).customer == before
    field(editor, "customerCorrect").click()
    assert editor.save(), editor.bar.text()
    now = sheet(desk, 2).customer
    assert (now.id, now.name) == (before.id, "Vanessa Prado")
    fill(editor, customerName="Bruno Reis")
    editor.cards.customer.settle()
    field(editor, "customerAct").click()
    fill(editor, customerName="Bruno Reis")
    assert editor.save(), editor.bar.text()
    other = sheet(desk, 2).customer
    assert other.id != before.id
    assert other.name == "Bruno Reis"


def test_money_received_shows_at_once_and_typed_text_stays(editor, desk, hands):
    editor.open_order(2)
    editor.receive()
    assert editor.acts.is_open
    fill(editor, reason="mais uma coisa")
    desk.write(pay_order, 2, PaymentForm(5000, PaymentMethod.PIX), now=NOW, author=None)
    assert editor.side._amounts["balance"][1].text() == "130,00"
    assert field(editor, "reason").toPlainText() == "mais uma coisa"
    assert editor.has_changes()


def test_receiving_for_an_unsaved_order_saves_it_first(editor, desk):
    editor.open_new()
    editor.receive()
    assert not editor.acts.is_open  # nothing to save yet: the fields say what is missing
    assert field(editor, "customerName").error_text()
    fill(editor, customerName="Rui", equipmentKind="TV", reason="x")
    editor.receive()
    assert editor.acts.is_open
    assert editor.number is not None


def test_printing_saves_first_and_prints_what_is_on_the_screen(editor, desk, monkeypatch, qtbot):
    opened = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url) or True)
    editor.open_order(2)
    fill(editor, reason="Impresso assim")
    editor.print_now()
    assert sheet(desk, 2).reason == "Impresso assim"
    qtbot.waitUntil(lambda: len(opened) == 1)
    assert opened[0].toLocalFile().endswith(".pdf")


def test_the_history_is_there_to_read(editor):
    editor.open_order(1)
    history = editor.cards.work.history
    assert "Entregue" in history.item(0).text() or history.count() > 3
    assert "OS aberta" in history.item(history.count() - 1).text()


# -- how it looks and sounds -----------------------------------------------------------------------


def test_every_control_has_a_name_to_be_read_aloud(editor):
    editor.open_order(2)
    nameless = [
        type(child).__name__ + child.objectName()
        for kind in (QLineEdit, QPlainTextEdit, QComboBox, QAbstractButton)
        for child in editor.findChildren(kind)
        if child.isVisibleTo(editor)
        and not child.accessibleName()
        and not (isinstance(child, QAbstractButton) and child.text())
        and not isinstance(child.parent(), QComboBox)
    ]
    assert nameless == []


@pytest.mark.parametrize("size", [(1180, 700), (880, 540), (816, 500)])
def test_nothing_is_cut_at_the_sides(editor, size, qtbot):
    editor.resize(*size)
    for number in (1, 2, 4):
        editor.open_order(number)
        qtbot.wait(1)
        for area in (editor.cards, editor.side.area):
            assert area.widget().width() <= area.viewport().width()
        assert editor.width() == size[0]


def test_tab_follows_the_eye(editor, hands):
    editor.open_new()
    seen = []
    for _ in range(16):
        seen.append(QApplication.focusWidget().objectName())
        hands(TAB)
    assert seen == [
        *("customerName", "customerPhone", "customerDocument", "equipmentKind", "equipmentBrand"),
        *("equipmentModel", "equipmentSerial", "equipmentColour", "reason"),
        *("equipmentAccessories", "equipmentCondition", "serviceType", "addServiceButton"),
        *("addPartButton", "itemsTable", "technician"),
    ]


def test_a_receipt_is_one_key_after_the_money(editor, desk, hands, monkeypatch, qtbot):
    opened = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url) or True)
    editor.open_order(2)
    editor.receive()
    editor.print_now()  # nothing received yet: no paper
    hands(ENTER, "2", ENTER)  # the whole balance, Pix
    assert sheet(desk, 2).balance == 0
    editor.print_now()
    qtbot.waitUntil(lambda: len(opened) == 1)
    assert "recibo" in opened[0].toLocalFile()
    assert not editor.acts.is_open
    assert editor.side._amounts["paid"][1].text() == "180,00"
    editor.open_order(3)
    assert not field(editor, "printedBar").isVisible()


def test_saving_waits_for_what_is_being_typed_beside(editor, desk, hands):
    editor.open_order(4)
    fill(editor, reason="Liga e desliga")
    editor.take_step(Status.AWAITING_PART)
    hands("placa")
    assert not editor.save()
    assert "não foi confirmado" in editor.bar.text()
    assert sheet(desk, 4).reason == "Não liga"
    field(editor, "step_waiting_for").clear()
    assert editor.save()
    assert not editor.acts.is_open
    assert sheet(desk, 4).reason == "Liga e desliga"


def test_what_must_be_filled_is_marked(editor):
    editor.open_new()
    marked = [part for part in editor.findChildren(Labelled) if part.label.text().endswith(" *")]
    names = {part.field.objectName() for part in marked}
    assert names == {"customerName", "equipmentKind", "reason"}
    assert not any(part.field.accessibleName().endswith("*") for part in marked)
