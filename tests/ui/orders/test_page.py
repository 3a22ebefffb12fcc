from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QLineEdit, QPushButton
from tests.ui.conftest import NOW

from osdesk.domain.orders.status import OrderFilter, Status
from osdesk.domain.topics import Topic
from osdesk.services.customers.customers import customer_situation
from osdesk.services.orders.listing import UNASSIGNED, filter_counts
from osdesk.services.orders.view import order_view
from osdesk.ui.orders.empty import offer_words, prefill_of
from osdesk.ui.orders.filters import CHIPS
from osdesk.ui.orders.page import OrdersPage
from osdesk.ui.widgets import theme
from osdesk.ui.widgets.search_box import number_in_code


@pytest.fixture
def page(desk, qtbot):
    page = OrdersPage(desk)
    qtbot.addWidget(page)
    page.resize(1194, 740)
    page.show()
    settled(page, qtbot)
    return page


def settled(page, qtbot):
    qtbot.waitUntil(
        lambda: (
            page._counts is not None and not page._desk.tasks.busy and not page._settle.isActive()
        )
    )


def numbers(page):
    return [page.model.number_at(place) for place in range(page.model.rowCount())]


def test_the_list_starts_with_what_is_open_and_shows_the_newest(page):
    assert page.findChild(QPushButton, "filterOpen").isChecked()
    assert page.table.current_number() == 130
    assert page.side.panel.sheet.number == 130


def test_chips_carry_true_counts_and_filter(page, desk, qtbot):
    counts = desk.read(filter_counts, now=NOW).counts
    for name, which in CHIPS.items():
        chip = page.findChild(QPushButton, name)
        assert chip.text().endswith(f"  {counts[which]}")
        qtbot.mouseClick(chip, Qt.MouseButton.LeftButton)
        settled(page, qtbot)
        assert page.model.rowCount() == counts[which]
        assert [c.objectName() for c in page.filters.chips.values() if c.isChecked()] == [name]


def test_it_answers_on_each_key_without_a_timer(page, qtbot):
    qtbot.keyClicks(page.search, "numero 7")
    assert 7 in numbers(page)
    assert 77 in numbers(page)
    qtbot.keyClicks(page.search, "7")
    assert numbers(page) == [77]
    assert not any(chip.isChecked() for chip in page.filters.chips.values())
    assert page.escape()
    assert page.search.text() == ""
    assert page.findChild(QPushButton, "filterOpen").isChecked()
    assert not page.escape()


def test_enter_opens_an_exact_number_even_where_other_orders_match(page, qtbot):
    with qtbot.waitSignal(page.order_requested) as opened:
        qtbot.keyClicks(page.search, "12")
        qtbot.keyClick(page.search, Qt.Key.Key_Return)
    assert opened.args == [12]


def test_enter_opens_a_scanned_code_and_the_only_result(page, qtbot):
    code = "OSDESK1|intake|45|1|2026-11-24|18000|" + "a" * 32
    with qtbot.waitSignal(page.order_requested) as opened:
        page.search.setText(code)
        qtbot.keyClick(page.search, Qt.Key.Key_Return)
    assert opened.args == [45]
    page.search.clear()
    with qtbot.waitSignal(page.order_requested) as opened:
        qtbot.keyClicks(page.search, "98765-4099")
        qtbot.keyClick(page.search, Qt.Key.Key_Return)
    assert opened.args == [99]


@pytest.mark.parametrize(
    "text", ["", "OSDESK1", "OSDESK1|intake|x", "OSDESK2|intake|45", "a|b|45", "OSDESK1|intake|٣"]
)
def test_what_is_no_code_is_no_number(text):
    assert number_in_code(text) is None


def test_down_goes_into_the_list_up_comes_back_enter_opens(page, qtbot):
    page.focus_search()
    qtbot.keyClick(page.search, Qt.Key.Key_Down)
    assert page.table.hasFocus()
    qtbot.keyClick(page.table, Qt.Key.Key_Down)
    assert page.table.current_number() == 129
    with qtbot.waitSignal(page.order_requested) as opened:
        qtbot.keyClick(page.table, Qt.Key.Key_Return)
    assert opened.args == [129]
    qtbot.keyClick(page.table, Qt.Key.Key_Home)
    qtbot.keyClick(page.table, Qt.Key.Key_Up)
    assert page.search.hasFocus()


def test_the_end_of_a_long_list_can_be_reached(page, qtbot):
    page.show_filter(OrderFilter.ALL)
    settled(page, qtbot)
    page.table.setFocus()
    qtbot.keyClick(page.table, Qt.Key.Key_End)
    assert page.table.current_number() == 1
    settled(page, qtbot)
    assert page.side.panel.sheet.number == 1


def test_no_result_says_so_and_offers_a_new_order(page, qtbot):
    qtbot.keyClicks(page.search, "zzzz")
    settled(page, qtbot)
    assert page._list.currentWidget() is page._empty
    assert "zzzz" in page._empty._title.text()
    with qtbot.waitSignal(page.new_order_named) as asked:
        page._empty._new.click()
    assert asked.args == ["zzzz"]


@pytest.mark.parametrize(
    ("text", "filled"),
    [
        (" Maria das Dores ", {"customer.name": "Maria das Dores"}),
        ("(11) 98765-4321", {"customer.phones": ["(11) 98765-4321"]}),
        ("529.982.247-25", {"customer.document": "52998224725"}),
        ("CX0341187", {}),
    ],
)
def test_what_was_searched_and_not_found_is_not_typed_twice(text, filled):
    assert prefill_of(text) == filled


def test_f2_carries_what_was_typed(page, qtbot):
    page.search.setText("Numero 10")
    with qtbot.waitSignal(page.new_order_requested) as asked:
        page.new_order()  # a number in a name: no name that one would file
    assert asked.args == [0]
    page.search.setText("cliente")
    with qtbot.waitSignal(page.new_order_named) as named:
        page.new_order()
    assert named.args == ["cliente"]
    page.search.clear()
    with qtbot.waitSignal(page.new_order_requested) as nobody:
        page.new_order()
    assert nobody.args == [0]


def test_the_offer_says_what_the_person_owes(desk):
    customer = desk.read(order_view, 1, now=NOW).customer.id
    situation = desk.read(customer_situation, customer, now=NOW)
    assert offer_words(replace(situation, owed=0, owed_since=None)).endswith("não tem OS aberta.")
    late = replace(situation, owed=9_000, owed_since=date(2026, 10, 12))
    assert offer_words(late).endswith("Deve R$ 90,00 desde 12/10/2026.")


def test_a_known_phone_without_an_open_order_offers_one_for_its_customer(page, desk, qtbot):
    page.search.setText("98765-4001")
    settled(page, qtbot)
    assert numbers(page) == [1]
    assert "Cliente Número 1 não tem OS aberta." in page._offer.text()
    with qtbot.waitSignal(page.new_order_requested) as asked:
        page._offer._action.click()
    assert asked.args == [desk.read(order_view, 1, now=NOW).customer.id]
    with qtbot.waitSignal(page.new_order_requested) as by_key:
        page.new_order()
    assert by_key.args == asked.args
    page.search.setText("98765-4010")
    settled(page, qtbot)
    assert page._offer.text() == ""


def test_the_panel_says_what_the_order_is(page, qtbot):
    page.show_filter(OrderFilter.ALL)
    settled(page, qtbot)
    page.table.select_number(4)
    settled(page, qtbot)
    panel = page.side.panel
    assert panel._title.text() == "OS 4"
    assert panel._pill.text() == "Em andamento"
    assert panel._balance.text() == "R$ 130,00"
    assert panel._money.text() == "Total 180,00 · sinal 50,00 em dinheiro"
    assert panel._next.isVisible()
    page.table.select_number(3)
    settled(page, qtbot)
    assert panel._customer.text() == "José <b>Conceição</b> & Filhos"
    assert panel._customer.textFormat() == Qt.TextFormat.PlainText
    page.table.select_number(1)
    settled(page, qtbot)
    assert not panel._next.isVisible()
    assert "Reabrir…\t1" in [action.text() for action in panel._menu.actions()]


def test_a_step_that_misses_nothing_is_taken_at_once_and_the_list_follows(page, desk, qtbot):
    with qtbot.waitSignal(page.said) as said:
        page.side.take_step(Status.IN_DIAGNOSIS)
    assert said.args == ["OS 130: Em diagnóstico.", "green"]
    settled(page, qtbot)
    assert desk.read(order_view, 130, now=NOW).status is Status.IN_DIAGNOSIS
    assert page.side.panel.sheet.status is Status.IN_DIAGNOSIS
    assert page.table.current_number() == 130


def test_a_change_elsewhere_keeps_the_chosen_row(page, desk, qtbot):
    page.table.select_number(125)
    desk.tell(Topic.ORDERS)
    settled(page, qtbot)
    assert page.table.current_number() == 125


def test_selection_and_pills_are_painted_in_the_schemes_colours(page, qapp):
    def colours(image: QImage) -> set[str]:
        points = ((x, y) for x in range(0, image.width(), 3) for y in range(0, image.height(), 3))
        return {image.pixelColor(x, y).name().upper() for x, y in points}

    for scheme, tokens in (("light", theme.LIGHT), ("dark", theme.DARK)):
        theme.apply(qapp, scheme)
        found = colours(page.table.viewport().grab().toImage())
        assert {tokens["soft"], tokens["surface"], tokens["blue_soft"]} <= found


@pytest.mark.parametrize("width", [880, 1194, 1748])
def test_numbers_and_phones_are_never_cut(page, qtbot, width):
    from PySide6.QtGui import QFontMetrics

    from osdesk.ui.orders.model import CUSTOMER, NUMBER
    from osdesk.ui.widgets.tables import EDGE

    page.resize(width, 500)
    qtbot.wait(10)
    table = page.table
    room = table.columnWidth(CUSTOMER) - 2 * EDGE
    assert QFontMetrics(theme.font(12)).horizontalAdvance("(11) 98765-4321") <= room
    room = table.columnWidth(NUMBER) - 2 * EDGE
    assert QFontMetrics(theme.bold()).horizontalAdvance("10482") <= room
    used = sum(table.columnWidth(c) for c in range(8) if not table.isColumnHidden(c))
    assert used <= table.viewport().width()


def test_a_step_that_misses_something_asks_in_the_panels_place(page, desk, qtbot):
    page.show_filter(OrderFilter.ALL)
    settled(page, qtbot)
    page.table.select_number(4)
    settled(page, qtbot)
    page.side.panel._menu_chosen(
        next(a for a in page.side.panel._menu.actions() if a.data() == Status.AWAITING_PART)
    )
    pane = page.side.currentWidget()
    assert pane.objectName() == "stepPane"
    field = pane.findChild(QLineEdit, "step_waiting_for")
    qtbot.keyClicks(field, "placa")
    page.receive()  # a key that would put another form over typed text does nothing
    page.table.select_number(9)
    settled(page, qtbot)
    assert page.side.currentWidget() is pane
    with qtbot.waitSignal(page.said) as said:
        qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert "ainda não foi salvo" in said.args[0]
    assert page.side.currentWidget() is pane
    assert field.text() == "placa"
    qtbot.keyClick(field, Qt.Key.Key_Return)
    settled(page, qtbot)
    assert page.side.currentWidget() is page.side.panel
    assert desk.read(order_view, 4, now=NOW).waiting_for == "placa"
    assert page.table.current_number() == 4


def test_reopening_is_asked_for_and_recorded(page, desk, qtbot):
    page.show_filter(OrderFilter.FINISHED)
    settled(page, qtbot)
    page.side.reopen()
    pane = page.side.currentWidget()
    pane._fields["reason"].setFocus()
    qtbot.keyClicks(pane._fields["reason"], "voltou")
    pane.confirm()
    assert desk.read(order_view, 1, now=NOW).status is Status.DELIVERED  # one more is asked
    pane._fields["device_returned"].set_value(False)
    pane.confirm()
    settled(page, qtbot)
    assert desk.read(order_view, 1, now=NOW).status is Status.READY


def test_the_orders_behind_a_figure_are_listed_and_esc_leads_back(page, desk, qtbot):
    page.show_numbers("Entregues em novembro", (3, 130, 7))
    settled(page, qtbot)
    assert numbers(page) == [130, 7, 3]
    assert page.table.current_number() == 130
    assert not [chip for chip in page.filters.chips.values() if chip.isChecked()]
    assert "Entregues em novembro: 3 ordens" in page._offer.text()
    desk.tell(Topic.ORDERS)
    settled(page, qtbot)
    assert numbers(page) == [130, 7, 3]
    assert page.escape()
    settled(page, qtbot)
    assert page.findChild(QPushButton, "filterOpen").isChecked()
    assert page._offer.text() == ""
    qtbot.keyClicks(page.search, "7")
    page.show_numbers("Atrasadas", [5])
    assert (page.search.text(), numbers(page)) == ("", [5])
    page.show_filter(OrderFilter.ALL)
    assert len(numbers(page)) > 1


def test_a_figure_without_orders_says_so_and_leaves_the_list(page, qtbot):
    before = numbers(page)
    with qtbot.waitSignal(page.said) as told:
        page.show_numbers("Canceladas", [])
    assert told.args[0] == "Canceladas: nenhuma ordem."
    assert numbers(page) == before


def test_a_technicians_bar_leads_to_the_open_orders_of_that_technician(page, desk, qtbot):
    page.show_technician(UNASSIGNED)
    settled(page, qtbot)
    assert page.model.technician == UNASSIGNED
    rows = [page.model.row(place) for place in range(page.model.rowCount())]
    assert {row.technician for row in rows} <= {None}
    assert "Sem responsável" in page.filters.whose.text()


def test_nothing_found_offers_another_spelling(page, qtbot):
    name = page.model.row(0).customer
    word = next(word for word in name.split() if len(word) > 4)
    typed = word[:2] + word[3:]  # a letter left out
    page.search.setText(typed)
    settled(page, qtbot)
    assert page.model.rowCount() == 0
    offered = [button for button in page._empty._near if not button.isHidden()]
    assert offered[0].property("spelling") == word
    qtbot.mouseClick(offered[0], Qt.MouseButton.LeftButton)
    settled(page, qtbot)
    assert page.search.text() == word
    assert page.model.rowCount() > 0


class Paints(QObject):
    """Counts how often a widget is painted."""

    def __init__(self, widget):
        super().__init__(widget)
        self.count = 0
        widget.installEventFilter(self)

    def eventFilter(self, watched, event):
        self.count += event.type() == QEvent.Type.Paint
        return False


def test_a_search_paints_the_table_once(page, qtbot):
    paints = Paints(page.table.viewport())
    for typed in ("n", "nu", "numero 7", "conceicao", "numero 12"):
        paints.count = 0
        page.search.setText(typed)
        settled(page, qtbot)
        qtbot.waitUntil(lambda: paints.count > 0)
        assert paints.count == 1, typed


def test_a_search_says_where_it_stops(page, qtbot):
    page.search.setText("numero")
    settled(page, qtbot)
    assert page.model.rowCount() == 100
    assert page._offer.text().startswith("Mais de 100 ordens com “numero”")
    page.search.setText("numero 77")
    settled(page, qtbot)
    assert not page._offer.isVisible()


def test_the_order_with_that_number_stands_first(page, qtbot):
    page.search.setText("7")
    assert numbers(page)[0] == 7
    assert page.table.current_number() == 7
