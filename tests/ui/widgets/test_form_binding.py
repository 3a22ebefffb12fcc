"""Only what a person changed goes back into a form."""

from datetime import date

import pytest

from osdesk.domain.orders.forms import OrderForm
from osdesk.ui.widgets.fields import DateField, LongTextField, MoneyField, TextField
from osdesk.ui.widgets.forms import Binding


@pytest.fixture
def fields(qtbot):
    made = {
        "reason": LongTextField(),
        "equipment.brand": TextField(),
        "equipment.kind": TextField(),
        "discount": MoneyField(blank=0),
        "promised_on": DateField(lambda: date(2026, 11, 24)),
    }
    for field in made.values():
        qtbot.addWidget(field)
    return made


def test_what_a_field_cannot_show_exactly_is_not_written_back(fields):
    form = OrderForm(reason="a\xa0b\u2028c", discount=500)
    binding = Binding(fields)
    binding.load(form)
    assert fields["reason"].toPlainText() != form.reason
    assert binding.write(form) == {}
    assert form == OrderForm(reason="a\xa0b\u2028c", discount=500)


def test_changed_values_and_cleared_ones_are_written(fields):
    form = OrderForm(reason="x", discount=500, promised_on=date(2026, 11, 30))
    form.equipment.brand, form.equipment.kind = "LG", "TV"
    binding = Binding(fields)
    binding.load(form)
    fields["reason"].setPlainText("")
    fields["equipment.brand"].setText("")
    fields["equipment.kind"].setText("")
    fields["discount"].setText("")
    fields["promised_on"].setText("1/12")
    assert binding.write(form) == {}
    assert (form.reason, form.equipment.kind, form.equipment.brand) == ("", "", None)
    assert (form.discount, form.promised_on) == (0, date(2026, 12, 1))


def test_unreadable_text_is_reported_and_the_old_value_stays(fields):
    form = OrderForm(discount=500, promised_on=date(2026, 11, 30))
    binding = Binding(fields)
    binding.load(form)
    fields["discount"].setText("1.2.3")
    fields["promised_on"].setText("31/02")
    assert {path: error.code for path, error in binding.write(form).items()} == {
        "discount": "bad_money",
        "promised_on": "bad_date",
    }
    assert (form.discount, form.promised_on) == (500, date(2026, 11, 30))
    binding.settle()
    assert not binding.touched("discount")
