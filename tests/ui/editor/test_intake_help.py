"""What the editor does for who opens an order: usual promise, works like it, returns, discounts."""

from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from tests.ui.conftest import NOW, order_form

from osdesk.domain.codes import ItemKind
from osdesk.domain.orders.forms import CatalogForm, ItemForm, ServiceTypeForm, StepForm
from osdesk.domain.orders.status import OrderFilter, Status
from osdesk.services.orders.forms import load_form
from osdesk.services.orders.listing import order_page
from osdesk.services.orders.saving import add_order
from osdesk.services.orders.steps import move_order
from osdesk.services.orders.view import order_view
from osdesk.services.shop.catalog import catalog, save_catalog_item
from osdesk.services.shop.staff import save_service_type, service_types
from osdesk.ui.editor.editor import OrderEditor
from osdesk.ui.editor.items_model import Column

APPROVED = StepForm(approved_by="Ana", approved_via="counter")


@pytest.fixture
def editor(desk, qtbot):
    editor = OrderEditor(desk)
    qtbot.addWidget(editor)
    editor.resize(1180, 730)
    editor.show()
    return editor


def at(editor, name):
    found = editor.findChild(QWidget, name)
    assert found is not None, name
    return found


def finished(desk, *, price=18_000, days=4, serial=None, delivered=False):
    form = order_form("Ana Prado", "(11) 98765-7777", date(2026, 12, 1))
    form.equipment.kind, form.equipment.brand = "Drone", "DJI"
    form.equipment.serial = serial
    form.requested_at = NOW - timedelta(days=days)
    form.items = [ItemForm(description="Troca do motor", unit_price=price)]
    form.due_on = date(2026, 12, 1)
    number = desk.write(add_order, form, now=NOW, author=None).number
    steps = [(Status.APPROVED, APPROVED), (Status.IN_PROGRESS, APPROVED), (Status.READY, APPROVED)]
    if delivered:
        steps.append((Status.DELIVERED, StepForm(collected_by="Ana")))
    for to, step in steps:
        desk.write(move_order, number, to, step, now=NOW, author=None)
    return number


def promise(desk, days, place=0):
    kind = desk.read(service_types)[place]
    form = ServiceTypeForm(kind.name, True, kind.id, days)
    desk.write(save_service_type, form, now=NOW, author=None)
    return kind.name


def test_the_usual_promise_stands_in_a_new_order_and_is_nothing_to_lose(editor, desk):
    promise(desk, 3)
    other = promise(desk, 5, place=1)
    editor.open_new()
    promised = at(editor, "promisedOn")
    assert promised.text() == "27/11/2026"
    assert not editor.has_changes()
    editor.cards.equipment.service_type.setEditText(other)
    assert promised.text() == "01/12/2026"
    promised.setText("10/12/2026")
    editor.cards.equipment.service_type.setEditText("Conserto")
    assert promised.text() == "10/12/2026", "what was typed stays"


def test_a_stored_order_gets_no_promise_by_itself(editor, desk):
    promise(desk, 3)
    form = order_form("Ana Prado", "(11) 98765-7777")
    number = desk.write(add_order, form, now=NOW, author=None).number
    editor.open_order(number)
    editor.cards.equipment.service_type.setEditText("Outro")
    assert at(editor, "promisedOn").is_blank()


def test_works_like_it_are_told_and_taken_by_one_key(editor, desk, qtbot):
    for price in (20_000, 23_000, 26_000):
        finished(desk, price=price)
    editor.open_new()
    similar = at(editor, "similarJobs")
    at(editor, "equipmentKind").setText("Drone")
    at(editor, "equipmentBrand").setText("DJI")
    qtbot.waitUntil(lambda: similar.isVisible())
    assert similar.text() == "Como este: R$ 230,00 · 4 dias (3 OS)"
    editor.cards.work.items.model.insert(0, ItemForm(description="Troca do motor"))
    qtbot.keyClick(editor, Qt.Key.Key_F7)
    form = editor.form()
    assert form.promised_on == date(2026, 11, 30), "Saturday is closed: the next Monday"
    assert form.items[0].unit_price == 23_000
    editor.cards.work.items.model.change(0, unit_price=99)
    at(editor, "promisedOn").setText("15/12/2026")
    qtbot.keyClick(editor, Qt.Key.Key_F7)
    form = editor.form()
    assert (form.items[0].unit_price, form.promised_on) == (99, date(2026, 12, 15))
    at(editor, "equipmentKind").setText("Avião")
    qtbot.waitUntil(lambda: not similar.isVisible())


def test_one_key_opens_a_return_under_warranty(editor, desk, qtbot):
    original = finished(desk, serial="DR0341187", delivered=True)
    editor.open_new()
    serial = at(editor, "equipmentSerial")
    serial.setFocus()
    qtbot.keyClicks(serial, "DR0341187")
    qtbot.keyClick(editor, Qt.Key.Key_G, Qt.KeyboardModifier.ControlModifier)
    form = editor.form()
    assert form.warranty_return_of == original
    assert (form.customer.name, form.technician) == ("Ana Prado", "Edson Ramos")
    assert (form.equipment.kind, form.service_type) == ("Drone", "Retorno em garantia")
    assert at(editor, "reason").hasFocus()
    assert at(editor, "warrantyOrigin").text() == f"Retorno em garantia da OS {original}"
    qtbot.keyClicks(at(editor, "reason"), "Voltou a cair")
    assert editor.save()
    saved = desk.read(order_view, editor.number, now=NOW)
    assert (saved.warranty_return_of, saved.total) == (original, 0)
    with qtbot.waitSignal(editor.order_requested) as asked:
        at(editor, "warrantyOrigin").click()
    assert asked.args == [original]


def test_the_catalogue_gives_a_return_its_words_without_the_price(editor, desk, qtbot):
    entry = CatalogForm(description="Troca da hélice", unit_price=12_000, unit_cost=4_000)
    desk.write(save_catalog_item, entry, now=NOW, author=None)
    (known,) = desk.read(catalog, "hélice")
    finished(desk, serial="DR0341187", delivered=True)
    editor.open_new()
    items = editor.cards.work.items

    def pick():
        items.table.start(0, Column.DESCRIPTION)
        items.table.fill(known)
        items.finish()
        return [(item.description, item.unit_price) for item in items.items()]

    items.add(ItemKind.SERVICE)
    assert pick() == [("Troca da hélice", 12_000)]
    editor.open_new()
    at(editor, "equipmentSerial").setText("DR0341187")
    qtbot.keyClick(editor, Qt.Key.Key_G, Qt.KeyboardModifier.ControlModifier)
    items.add(ItemKind.SERVICE)
    assert pick() == [("Troca da hélice", 0)]
    assert items.items()[0].unit_cost == 4_000, "what it costs the shop is known all the same"


def test_a_return_with_a_price_is_refused_with_the_way_out(editor, desk, qtbot):
    original = finished(desk, serial="DR0341187", delivered=True)
    editor.open_order(original)
    editor.open_return()
    assert editor.title() == "Nova OS"
    assert not editor.has_changes()
    at(editor, "reason").setPlainText("Voltou")
    editor.cards.work.items.model.insert(0, ItemForm(description="Motor", unit_price=5_000))
    assert not editor.save()
    assert f"desvincule da OS {original}" in editor.bar.text()
    at(editor, "warrantyReturn").click()
    assert at(editor, "warrantyOrigin").isHidden()
    assert editor.save()
    saved = desk.read(order_view, editor.number, now=NOW)
    assert (saved.warranty_return_of, saved.total) == (None, 5_000)


def test_a_delivered_order_opens_its_own_return(editor, desk):
    original = finished(desk, delivered=True)
    editor.open_order(original)
    actions = {a.text().split("\t")[0]: a for a in editor.side._menu.actions()}
    actions["Abrir retorno em garantia"].trigger()
    assert editor.form().warranty_return_of == original
    editor.open_order(finished(desk))
    left = [action.text() for action in editor.side._menu.actions()]
    assert not any(words.startswith("Abrir retorno") for words in left)


def test_a_return_that_is_no_longer_due_asks_for_its_reason(editor, desk):
    original = finished(desk, delivered=True)
    editor.open_order(original)
    desk._clock = lambda: NOW + timedelta(days=91)
    editor.open_return()
    assert at(editor, "warrantyReason").isVisibleTo(editor)
    at(editor, "reason").setPlainText("Voltou a falhar")
    assert not editor.save()
    assert "terminou em 22/02/2027" in editor.bar.text()
    assert "terminou em 22/02/2027" in at(editor, "warrantyReason").error_text()
    at(editor, "warrantyReason").setText("Cortesia")
    assert editor.save(), editor.bar.text()
    saved = desk.read(load_form, editor.number)
    assert (saved.warranty_return_of, saved.warranty_reason) == (original, "Cortesia")
    at(editor, "warrantyReturn").click()
    assert not at(editor, "warrantyReason").isVisibleTo(editor)
    assert editor.save()
    assert desk.read(load_form, editor.number).warranty_reason is None


def test_a_share_of_the_lines_is_a_discount_in_money(editor):
    editor.open_new()
    editor.cards.work.items.model.insert(0, ItemForm(description="Motor", unit_price=25_000))
    discount = at(editor, "discount")
    discount.setText("10%")
    assert at(editor, "orderTotal").text() == "R$ 225,00"
    discount.settle()
    assert discount.text() == "25,00"
    assert editor.side._amounts["discount"][0].text() == "Desconto (10%)"
    assert editor.form().discount == 2_500
    line = editor.cards.work.items.details
    editor.cards.work.items.table.setCurrentIndex(editor.cards.work.items.model.index(0, 1))
    line.discount.setText("5%")
    line.discount.settle()
    assert editor.form().items[0].discount == 1_250
    assert line._discount_label.text() == "Desconto (5%)"


def test_what_stays_within_the_ceiling_is_said_before_it_is_saved(editor, desk):
    form = order_form("Ana Prado", "(11) 98765-7777", date(2026, 12, 1))
    form.ceiling = 20_000
    number = desk.write(add_order, form, now=NOW, author=None).number
    desk.write(move_order, number, Status.APPROVED, APPROVED, now=NOW, author=None)
    editor.open_order(number)
    assert at(editor, "ceiling").text() == "200,00"
    editor.cards.work.items.model.change(0, unit_price=20_000)
    assert "autorizou na entrada" in editor.cards.work.agreed.words()
    editor.cards.work.items.model.change(0, unit_price=20_001)
    assert "precisa de nova aprovação" in editor.cards.work.agreed.words()
    editor.cards.work.items.model.change(0, unit_price=20_000)
    assert editor.save()
    assert desk.read(order_view, number, now=NOW).status is Status.APPROVED


def test_three_devices_of_one_customer_by_keys_alone(editor, desk, qtbot):
    editor.open_new()
    qtbot.keyClicks(at(editor, "customerName"), "Rui Barbosa")
    for kind in ("TV", "Notebook", "Celular"):
        at(editor, "equipmentKind").setFocus()
        qtbot.keyClicks(at(editor, "equipmentKind"), kind)
        qtbot.keyClicks(at(editor, "reason"), "Sem som")
        qtbot.keyClick(
            editor,
            Qt.Key.Key_S,
            Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier,
        )
        assert editor.title() == "Nova OS"
        assert at(editor, "equipmentKind").hasFocus()
        assert at(editor, "equipmentKind").is_blank()
    rows = reversed(desk.read(order_page, OrderFilter.ALL, now=NOW, limit=3))
    sheets = [desk.read(order_view, row.number, now=NOW) for row in rows]
    assert [one.equipment.kind for one in sheets] == ["TV", "Notebook", "Celular"]
    assert {(one.customer.id, one.customer_orders) for one in sheets} == {
        (sheets[0].customer.id, 3)
    }
    assert "3 ordens anteriores" in at(editor, "customerSituation").text()
