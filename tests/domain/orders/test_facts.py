from dataclasses import fields, replace
from datetime import date

from tests.builders import make_sheet

from osdesk.domain.codes import ItemKind
from osdesk.domain.orders.facts import facts_of, facts_with
from osdesk.domain.orders.forms import ItemForm, OrderForm
from osdesk.domain.orders.rules import OrderFacts
from osdesk.domain.orders.status import Status


def test_every_fact_comes_from_the_order():
    order = make_sheet()
    facts = facts_of(order)
    for name in (field.name for field in fields(OrderFacts)):
        assert getattr(facts, name) == getattr(order, "items" if name == "lines" else name)


def test_a_form_replaces_what_it_can_change_and_nothing_else():
    order = replace(make_sheet(), status=Status.READY, paid=700)
    line = ItemForm(kind=ItemKind.SERVICE, description="Limpeza", unit_price=5000)
    form = OrderForm(
        technician="Rui",
        items=[line],
        discount=100,
        fee=200,
        start_on=date(2026, 11, 1),
        promised_on=date(2026, 11, 2),
        valid_until=date(2026, 11, 3),
        due_on=date(2026, 11, 4),
        report="Limpa",
    )
    facts = facts_with(facts_of(order), form)
    assert (facts.status, facts.paid) == (Status.READY, 700)
    for name in (field.name for field in fields(OrderFacts)):
        if name not in ("status", "paid"):
            assert getattr(facts, name) == getattr(form, "items" if name == "lines" else name)
    assert facts_with(facts, None) is facts
