from datetime import date

import pytest
from PySide6.QtCore import QObject
from tests.ui.conftest import NOW, shop_form

from osdesk.domain.errors import UserError
from osdesk.services.orders.listing import filter_counts
from osdesk.services.shop.shop import save_shop, shop_view
from osdesk.services.shop.staff import save_employee
from osdesk.ui.widgets.controls import ChipButton
from osdesk.ui.widgets.flow_layout import FlowLayout


def test_a_write_says_which_service_changed_something(desk, qtbot):
    form = shop_form(desk.shop)
    form.name = "Outra"
    with qtbot.waitSignal(desk.changed) as changed:
        desk.write(save_shop, form, now=NOW, author=None)
    assert changed.args == ["shop"]
    assert desk.shop.name == "Outra"


def test_a_write_that_is_refused_changes_and_says_nothing(desk, qtbot):
    from osdesk.domain.orders.forms import EmployeeForm

    with qtbot.assertNotEmitted(desk.changed), pytest.raises(UserError):
        desk.write(save_employee, EmployeeForm(name=" "), now=NOW, author=None)


def test_days_are_those_of_the_shops_zone(desk):
    assert desk.today() == date(2026, 11, 24)
    assert desk.local_now().strftime("%H:%M") == "12:00"
    assert desk.zone.key == "America/Sao_Paulo"


def test_a_reading_that_may_take_long_answers_later(desk, qtbot):
    owner, seen = QObject(), []
    desk.read_later(filter_counts, now=NOW, done=seen.append, owner=owner)
    assert seen == []
    qtbot.waitUntil(lambda: bool(seen))
    assert seen == [desk.read(filter_counts, now=NOW)]


def test_who_serves_is_told_once(desk, qtbot):
    with qtbot.waitSignal(desk.author_changed):
        desk.set_author(1)
    with qtbot.assertNotEmitted(desk.author_changed):
        desk.set_author(1)
    assert desk.read(shop_view).name == desk.shop.name


def test_chips_go_on_to_the_next_line_instead_of_being_cut(qtbot):
    from PySide6.QtWidgets import QWidget

    whole = QWidget()
    qtbot.addWidget(whole)
    row = FlowLayout(6, whole)
    chips = [ChipButton(f"Filtro {n}") for n in range(6)]
    for chip in chips:
        row.addWidget(chip)
    whole.resize(900, 200)
    whole.show()
    one = row.heightForWidth(900)
    whole.resize(250, 200)
    assert row.heightForWidth(250) > one
    row.activate()
    assert all(chip.geometry().right() <= 250 for chip in chips)
    assert len({chip.y() for chip in chips}) > 1
