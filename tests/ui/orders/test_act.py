"""Several orders at once, from the list and by the keyboard alone."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from tests.ui.conftest import NOW, order_form
from tests.ui.orders.test_page import page, settled

from osdesk.domain.codes import Priority
from osdesk.domain.orders.forms import StageForm, StepForm
from osdesk.domain.orders.status import OrderFilter, Status
from osdesk.services.orders.saving import add_order
from osdesk.services.orders.steps import move_order
from osdesk.services.orders.view import order_view
from osdesk.services.shop.stages import save_stage
from osdesk.ui.orders.act import LIMIT

__all__ = ["page"]
SHIFT = Qt.KeyboardModifier.ShiftModifier


def sheet(desk, number):
    return desk.read(order_view, number, now=NOW)


def choose(page, qtbot, first, count):
    """From the order ``first`` downwards, by Shift and the arrow."""
    page.table.select_number(first)
    page.table.setFocus()
    for _ in range(count - 1):
        qtbot.keyClick(page.table, Qt.Key.Key_Down, SHIFT)
    settled(page, qtbot)
    return page.side.currentWidget()


def finished(page, qtbot):
    qtbot.waitUntil(lambda: not page.side.busy)
    settled(page, qtbot)


def test_shift_and_arrows_choose_and_the_pane_offers_what_all_allow(page, qtbot):
    pane = choose(page, qtbot, 130, 3)
    assert pane.objectName() == "ordersAct"
    assert page.table.chosen(9) == [130, 129, 128]
    assert pane._title.text() == "3 ordens escolhidas"
    assert pane.findChild(QPushButton, "act_in_diagnosis") is not None
    assert pane.findChild(QPushButton, "act_approved") is None  # of three customers
    assert page.escape()
    settled(page, qtbot)
    assert page.side.currentWidget() is page.side.panel
    assert page.table.chosen(9) == [128]


def test_moved_by_keys_each_by_itself_and_what_was_refused_is_told(page, desk, qtbot):
    bare = order_form("Sem itens", "(11) 3222-0000")
    bare.items = []
    desk.write(add_order, bare, now=NOW, author=None)
    page.select(131)
    settled(page, qtbot)
    pane = choose(page, qtbot, 131, 3)
    page.more_steps()
    assert pane.isAncestorOf(page.window().focusWidget())
    qtbot.keyClick(page.window().focusWidget(), Qt.Key.Key_2)
    assert pane._title.text() == "Enviar orçamento"
    qtbot.keyClick(page.window().focusWidget(), Qt.Key.Key_Return)
    finished(page, qtbot)
    assert [sheet(desk, n).status for n in (131, 130, 129)] == [
        Status.RECEIVED,
        Status.AWAITING_APPROVAL,
        Status.AWAITING_APPROVAL,
    ]
    assert pane.told()[0] == "2 ordens: Aguardando aprovação."
    assert pane.told()[1].startswith("OS 131: Falta informar: serviços e materiais")
    assert len(pane.told()) == 2
    qtbot.keyClick(page.window().focusWidget(), Qt.Key.Key_Escape)
    settled(page, qtbot)
    assert page.table.chosen(9) == [131, 130, 129]  # still chosen for another act


def test_what_is_asked_is_asked_once_and_esc_leaves_it(page, desk, qtbot):
    pane = choose(page, qtbot, 120, 2)
    pane.ask(next(act for act in pane._offered() if act.to is Status.CANCELLED))
    qtbot.keyClick(pane, Qt.Key.Key_Return)
    assert pane._fields["reason"].error_text() == "Preencha este campo."
    assert sheet(desk, 120).status is Status.RECEIVED
    qtbot.keyClick(pane, Qt.Key.Key_Escape)
    settled(page, qtbot)
    assert pane._title.text() == "2 ordens escolhidas"
    pane.ask(next(act for act in pane._offered() if act.to is Status.CANCELLED))
    qtbot.keyClicks(pane._fields["reason"], "desistiu")
    qtbot.keyClick(pane._fields["reason"], Qt.Key.Key_Return)
    finished(page, qtbot)
    assert [sheet(desk, n).status for n in (120, 119)] == [Status.CANCELLED] * 2
    assert sheet(desk, 119).events[-1].data["reason"] == "desistiu"


def test_one_customers_devices_are_approved_together(page, desk, qtbot):
    for _ in range(3):
        form = order_form("Padaria Estrela", "(11) 3322-1188", date(2026, 12, 1))
        desk.write(add_order, form, now=NOW, author=None)
    settled(page, qtbot)
    pane = choose(page, qtbot, 133, 3)
    pane.ask(next(act for act in pane._offered() if act.to is Status.APPROVED))
    pane._fields["approved_by"].setText("Rosa")
    pane._fields["approved_via"].choose(2)
    pane.confirm()
    finished(page, qtbot)
    assert {sheet(desk, n).approval.by for n in (131, 132, 133)} == {"Rosa"}
    assert pane.told() == ["3 ordens: Aprovada."]


@pytest.mark.parametrize(
    ("field", "value", "stored"),
    [
        ("technician", "Priscila", "Priscila"),
        ("priority", Priority.URGENT, Priority.URGENT),
        ("slot", None, None),
    ],
)
def test_a_field_of_many(page, desk, qtbot, field, value, stored):
    pane = choose(page, qtbot, 110, 2)
    pane.ask(next(act for act in pane._offered() if act.field == field))
    if field in pane._fields:
        pane._fields[field].set_value(value)
    pane.confirm()
    finished(page, qtbot)
    assert [getattr(sheet(desk, n), field) for n in (110, 109)] == [stored] * 2
    assert pane.told()[0].endswith("2 ordens alteradas.")


def test_cancelling_is_never_the_first_at_hand(page, desk, qtbot):
    pane = choose(page, qtbot, 5, 3)  # one of them in progress, one that waits
    words = [act.words for act in pane._offered()]
    assert words[0] != "Cancelar OS"
    assert words[-1] == "Cancelar OS"


def test_stages_are_offered_where_all_stand_under_one_status(page, desk, qtbot):
    pane = choose(page, qtbot, 110, 2)
    assert not any(act.field == "stage" for act in pane._offered())
    desk.write(save_stage, StageForm(Status.RECEIVED, "Triagem", "amber"), now=NOW, author=None)
    settled(page, qtbot)
    page.side.act.ask_field("stage")
    pane._fields["stage"].set_value("Triagem")
    pane.confirm()
    finished(page, qtbot)
    assert [sheet(desk, n).stage.name for n in (110, 109)] == ["Triagem"] * 2
    rows = [page.model.row(page.model.place_of(n)) for n in (110, 109)]
    assert [row.stage.colour for row in rows] == ["amber"] * 2


def test_all_that_is_shown_is_chosen_and_too_many_are_refused(page, qtbot):
    page.table.setFocus()
    qtbot.keyClick(page.table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    settled(page, qtbot)
    pane = page.side.currentWidget()
    assert page.table.chosen_count() == page.model.rowCount() == 129
    assert pane._title.text() == "129 ordens escolhidas"
    pane.offer([], LIMIT + 1)
    assert f"até {LIMIT} ordens" in pane._wrong.text()
    assert pane._parts == []
    qtbot.keyClick(page.table, Qt.Key.Key_Home)
    settled(page, qtbot)
    assert page.side.currentWidget() is page.side.panel
    qtbot.keyClick(page.table, Qt.Key.Key_End, SHIFT)
    assert page.table.chosen_count() == 129


def test_the_choice_stays_when_the_list_is_read_again(page, desk, qtbot):
    choose(page, qtbot, 125, 3)
    page.refresh()
    settled(page, qtbot)
    assert page.table.chosen(9) == [125, 124, 123]
    desk.write(add_order, order_form("Nova", "(11) 3222-1111"), now=NOW, author=None)
    settled(page, qtbot)
    assert page.table.chosen(9) == [125, 124, 123]


def test_stopping_leaves_the_rest_and_the_window_waits(page, desk, qtbot):
    pane = choose(page, qtbot, 100, 40)
    pane.ask(next(act for act in pane._offered() if act.to is Status.IN_DIAGNOSIS))
    pane.confirm()
    assert not page.try_close()
    pane._run.advanced.connect(lambda tried, total: tried == 3 and pane._run.stop())
    finished(page, qtbot)
    assert page.try_close()
    done = [n for n in range(61, 101) if sheet(desk, n).status is Status.IN_DIAGNOSIS]
    assert done == [98, 99, 100]
    assert pane.told() == ["3 ordens: Em diagnóstico.", "Sem alteração: 37 ordens."]


def test_keys_set_a_field_of_the_one_that_is_marked(page, desk, qtbot):
    desk.write(save_stage, StageForm(Status.IN_PROGRESS, "Bancada"), now=NOW, author=None)
    page.select(4)
    settled(page, qtbot)
    page._set_field("stage")
    pane = page.side.currentWidget()
    assert "OS 4" in pane._about.text()
    pane._fields["stage"].set_value("Bancada")
    qtbot.keyClick(pane, Qt.Key.Key_Return)
    finished(page, qtbot)
    assert page.side.currentWidget() is page.side.panel
    assert sheet(desk, 4).stage.name == "Bancada"
    assert page.side.panel._stage.text() == "Bancada"
    desk.write(move_order, 4, Status.READY, StepForm(), now=NOW, author=None)
    settled(page, qtbot)
    assert page.side.panel._stage.isHidden()


def test_no_stage_for_the_status_says_where_to_make_one(page, qtbot):
    page.show_filter(OrderFilter.OPEN)
    settled(page, qtbot)
    page._set_field("stage")
    pane = page.side.currentWidget()
    assert "Configurações" in pane._wrong.text()
    assert pane._confirm.isHidden()
