"""A field of an order is declared once: every floor that it has to reach is held to that here."""

from dataclasses import fields

from tests.builders import make_sheet, make_shop

from osdesk.domain.codes import Paper
from osdesk.domain.orders.fields import Kind, fields_of
from osdesk.domain.orders.forms import EQUIPMENT_FIELDS, ORDER_FIELDS, EquipmentForm, OrderForm
from osdesk.domain.papers.facts import covered
from osdesk.domain.views.orders import EquipmentView, OrderView
from osdesk.persistence.models import Equipment, Order
from osdesk.texts.fields import FIELD


def names(form: type) -> set[str]:
    return {field.name for field in fields(form)}


def test_every_field_of_the_forms_is_declared_with_its_kind() -> None:
    assert {field.name for field in fields_of(OrderForm)} == names(OrderForm) - {
        "customer",
        "equipment",
    }
    assert {field.name for field in fields_of(EquipmentForm)} == names(EquipmentForm)


def test_every_field_has_its_name_on_the_screen() -> None:
    assert not [field.name for field in ORDER_FIELDS if field.name not in FIELD]
    assert not [f.name for f in EQUIPMENT_FIELDS if f"equipment.{f.name}" not in FIELD]


def test_every_stored_field_has_its_column_and_is_seen() -> None:
    kept = {field.name for field in ORDER_FIELDS if field.kept}
    assert not {f.name for f in ORDER_FIELDS if f.stored} - set(Order.__table__.columns.keys())
    assert not kept - names(OrderView)
    device = {field.name for field in EQUIPMENT_FIELDS if field.kind is Kind.LINE}
    assert not device - set(Equipment.__table__.columns.keys())
    assert not {field.name for field in EQUIPMENT_FIELDS} - names(EquipmentView)


def test_what_a_quote_promises_is_on_the_quote_that_is_signed() -> None:
    on_paper = covered(Paper.QUOTE, make_shop(), make_sheet(), None)
    assert not {field.name for field in ORDER_FIELDS if field.quoted} - set(on_paper)


def test_the_default_of_a_field_is_that_of_a_new_form() -> None:
    new = OrderForm()
    assert all(
        getattr(new, field.name) == field.default
        for field in ORDER_FIELDS
        if field.kind not in (Kind.PART, Kind.ANSWERS)
    )
