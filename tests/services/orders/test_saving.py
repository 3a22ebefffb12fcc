"""Opening and changing orders: stored as typed, all or nothing, and told to the history."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select
from tests.conftest import NOW
from tests.deep import examples
from tests.forms import order, part, service

from osdesk.domain.codes import EventCode, ItemKind, PartCondition, Priority
from osdesk.domain.errors import UserError
from osdesk.domain.money import line_total
from osdesk.domain.orders.forms import EmployeeForm, ItemForm, OrderForm, PhoneForm, ShopForm
from osdesk.domain.text import clean_text
from osdesk.domain.views.orders import OrderView
from osdesk.persistence.database import Database
from osdesk.persistence.models import Customer, Employee, Equipment, Event, Order, ServiceType
from osdesk.services.orders.devices import equipment_past, used_words
from osdesk.services.orders.forms import load_form
from osdesk.services.orders.saving import add_order, edit_order, new_form
from osdesk.services.orders.view import order_view
from osdesk.services.shop.shop import save_shop, shop_form
from osdesk.services.shop.staff import save_employee

WHO: dict[str, Any] = {"now": NOW, "author": None}


def add(db: Database, form: OrderForm | None = None, **changes: Any) -> int:
    return db.run(add_order, form or order(**changes), **WHO).number


def edit(db: Database, number: int, **changes: Any) -> tuple[UserError, ...]:
    form = db.read(load_form, number)
    return db.run(edit_order, number, replace(form, **changes), **WHO).warnings


def sheet(db: Database, number: int) -> OrderView:
    return db.read(order_view, number, now=NOW)


def count(db: Database, model: Any) -> int:
    return db.read(lambda s: s.scalar(select(func.count()).select_from(model)) or 0)


def everything(db: Database) -> list[int]:
    return [count(db, m) for m in (Order, Customer, Equipment, Employee, ServiceType, Event)]


def refused(db: Database, code: str, function: Any, *args: Any) -> dict[str, object]:
    before = everything(db)
    with pytest.raises(UserError) as caught:
        db.run(function, *args, **WHO)
    assert caught.value.code == code, caught.value
    assert everything(db) == before, "nothing is kept of what was refused"
    return caught.value.data


# -- numbers, authors, moments --------------------------------------------------------------------


def test_numbers_go_up_and_are_never_used_twice(db: Database) -> None:
    assert [add(db), add(db)] == [1, 2]
    with pytest.raises(UserError):
        db.run(add_order, order(discount=99_999_999), **WHO)
    assert add(db) == 3, "a refused order takes no number"
    form: ShopForm = db.read(shop_form)
    db.run(save_shop, replace(form, next_number=9_120), **WHO)
    assert add(db) == 9_120
    assert sheet(db, 9_120).id != 9_120


def test_who_serves_is_the_attendant_and_the_events_author(db: Database) -> None:
    who = db.run(save_employee, EmployeeForm("Cláudia", "attendant"), **WHO)
    number = db.run(add_order, order(), now=NOW, author=who).number
    opened = sheet(db, number)
    assert opened.attendant == "Cláudia"
    assert opened.events[-1].author == "Cláudia"
    assert opened.events[-1].code is EventCode.ORDER_OPENED


def test_the_day_of_intake_is_the_shops(db: Database) -> None:
    evening = datetime(2026, 11, 1, 1, 30, tzinfo=UTC)
    number = add(db, requested_at=evening)
    day = db.read(lambda s: s.scalar(select(Order.requested_on).where(Order.number == number)))
    assert day == date(2026, 10, 31)
    assert sheet(db, number).requested_at == evening
    assert sheet(db, number).created_at == NOW


def test_a_new_form_is_for_now_and_for_the_chosen_customer(db: Database) -> None:
    number = add(db)
    chosen = sheet(db, number).customer
    form = db.read(new_form, now=NOW, customer_id=chosen.id)
    assert (form.customer.id, form.customer.name) == (chosen.id, chosen.name)
    assert form.requested_at == NOW
    assert db.read(new_form, now=NOW).customer.name == ""


# -- what is stored -------------------------------------------------------------------------------

TEXT = st.text(
    st.characters(exclude_categories=("Cc", "Cs", "Cn", "Co"), include_characters="\n\t"),
    min_size=1,
    max_size=60,
).filter(lambda text: text.strip() != "" and clean_text(text, limit=60, field="x") == text)
LINES = st.lists(
    st.builds(
        ItemForm,
        kind=st.sampled_from(ItemKind),
        description=st.text("aá çÃ-9", min_size=1).filter(str.strip).map(str.strip),
        quantity=st.integers(1, 99_999),
        unit=st.sampled_from(("un", "m", "kg")),
        unit_price=st.integers(0, 500_000),
        unit_cost=st.none() | st.integers(0, 500_000),
        warranty_days=st.none() | st.integers(0, 3650),
    ),
    max_size=6,
)


@settings(
    max_examples=examples(25),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(reason=TEXT, notes=st.none() | TEXT, items=LINES, data=st.data())
def test_what_was_typed_comes_back_letter_by_letter(
    db: Database, reason: str, notes: str | None, items: list[ItemForm], data: st.DataObject
) -> None:
    gross = [line_total(item.quantity, item.unit_price) for item in items]
    for item, most in zip(items, gross, strict=True):
        item.discount = data.draw(st.integers(0, most))
    totals = [most - item.discount for item, most in zip(items, gross, strict=True)]
    discount = data.draw(st.integers(0, sum(totals)))
    form = order(reason=reason, notes=notes, items=items, discount=discount, fee=5_000)
    number = add(db, form)
    found = sheet(db, number)
    assert (found.reason, found.notes) == (reason, notes)
    assert [item.total for item in found.items] == totals
    assert [item.description for item in found.items] == [item.description for item in items]
    labor = sum(t for t, i in zip(totals, items, strict=True) if i.kind is ItemKind.SERVICE)
    assert (found.labor_total, found.parts_total) == (labor, sum(totals) - labor)
    assert found.total == sum(totals) - discount == found.balance
    events = len(found.events)
    again = db.read(load_form, number)
    assert db.run(edit_order, number, again, **WHO).warnings == ()
    assert db.read(load_form, number) == again
    assert len(sheet(db, number).events) == events, "saving unchanged tells nothing"


def test_every_field_of_the_form_is_stored_and_loaded(db: Database) -> None:
    form = order(
        priority=Priority.URGENT,
        slot="A3",
        notes="nota",
        requested_at=NOW - timedelta(days=3),
        promised_time="18:00",
        items=[service(technician="Rui", warranty_days=180), part(discount=100, quantity=1500)],
        discount=1_000,
        fee=2_000,
        payment_terms="30 dias",
        valid_until=date(2026, 12, 1),
        due_on=date(2026, 12, 2),
        diagnosis="placa queimada",
        report="trocada",
        external_ref=" x ",
        checklist={"Liga?": "não"},
    )
    loaded = db.read(load_form, add(db, form))
    loaded.customer.id = None
    assert loaded == form


def test_two_answers_to_one_question_are_refused_not_dropped(db: Database) -> None:
    with pytest.raises(UserError) as caught:
        add(db, checklist={"Liga?": "não", " Liga?  ": "sim"})
    assert caught.value.code == "question_twice"


def test_names_are_known_however_they_are_typed(db: Database) -> None:
    add(db)
    number = add(db, technician="  EDSON  ramos ", service_type="conserto")
    assert sheet(db, number).technician == "Edson Ramos"
    assert sheet(db, number).service_type == "Conserto"
    assert count(db, Employee) == 1
    add(db, technician="Rui", items=[service(technician="Nova")], service_type="Pintura")
    assert count(db, Employee) == 3


def test_a_part_condition_belongs_to_parts(db: Database) -> None:
    number = add(db, items=[service(part_condition=PartCondition.USED), part()])
    assert [item.part_condition for item in sheet(db, number).items] == [
        None,
        PartCondition.NEW_ORIGINAL,
    ]


# -- what is refused ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"name": " "}, "required_fields", "customer.name"),
        ({"kind": ""}, "required_fields", "equipment.kind"),
        ({"reason": "\n"}, "required_fields", "reason"),
        ({"service_type": ""}, "required_fields", "service_type"),
        ({"items": [service(description=" ")]}, "required", "items"),
        ({"items": [service(quantity=0)]}, "bad_quantity", "items"),
        ({"items": [service(-1)]}, "negative", "items"),
        ({"items": [service(unit_cost=-1)]}, "negative", "items"),
        (
            {"items": [service(quantity=999_999_999, unit_price=99_999_999)]},
            "amount_too_big",
            "items",
        ),
        ({"items": [service(5_000_000_000)] * 2}, "amount_too_big", "items"),
        ({"items": [service(100, discount=101)]}, "discount_too_big", "items"),
        ({"items": [service(warranty_days=3651)]}, "bad_days", "items"),
        ({"items": [service()] * 501}, "too_many_items", "items"),
        ({"discount": -1}, "negative", "discount"),
        ({"discount": 37_001}, "discount_too_big", "discount"),
        ({"fee": -1}, "negative", "fee"),
        ({"fee": 10_000_000_000}, "amount_too_big", "fee"),
        ({"document": "123"}, "bad_document", "customer.document"),
        ({"phones": [PhoneForm("11 3222-4455")] * 21}, "too_many_phones", "customer.phones"),
        ({"name": "x" * 201}, "too_long", "customer.name"),
        ({"notes": "a\x00b"}, "bad_character", "notes"),
        ({"technician": "x" * 201}, "too_long", "technician"),
        ({"external_ref": "\x1b"}, "bad_character", "external_ref"),
        ({"promised_time": "25:00"}, "bad_time", None),
    ],
)
def test_what_is_refused_names_its_field_and_leaves_no_trace(
    db: Database, changes: dict[str, Any], code: str, field: str | None
) -> None:
    assert refused(db, code, add_order, order(**changes)).get("field") == field


def test_a_wrong_line_is_named_by_row_and_column(db: Database) -> None:
    data = refused(db, "bad_quantity", add_order, order(items=[service(), part(quantity=-1)]))
    assert (data["row"], data["column"]) == (1, "quantity")


def test_all_that_is_required_is_named_at_once(db: Database) -> None:
    data = refused(db, "required_fields", add_order, OrderForm())
    assert data["fields"] == ["customer.name", "equipment.kind", "service_type", "reason"]


def test_a_refused_change_leaves_the_order(db: Database) -> None:
    number = add(db)
    before = sheet(db, number)
    form = replace(db.read(load_form, number), technician="Nova", discount=99_999)
    refused(db, "discount_too_big", edit_order, number, form)
    assert sheet(db, number) == before
    refused(db, "order_not_found", edit_order, 77, form)


# -- history --------------------------------------------------------------------------------------


def test_a_change_is_told_with_before_and_after(db: Database) -> None:
    number = add(db)
    edit(db, number, promised_on=date(2026, 12, 1), notes="ligou", items=[service()])
    told = sheet(db, number).events[-1]
    assert told.code is EventCode.ORDER_CHANGED
    assert set(told.data["changed"]) == {"promised_on", "notes", "items"}
    assert (told.data["promised_on_before"], told.data["promised_on"]) == (
        "2026-11-27",
        "2026-12-01",
    )
    assert (told.data["notes_before"], told.data["notes"]) == (None, "ligou")
    assert (told.data["total_before"], told.data["total"]) == (37_000, 18_000)
    assert [line["description"] for line in told.data["items_before"]] == [
        "Troca da placa",
        "Placa W10540609",
    ]


def test_personal_words_stand_outside_the_chained_data(db: Database) -> None:
    number = add(db)
    edit(db, number, notes="senha 1234", reason="mudou")
    plain = db.read(lambda s: "".join(s.scalars(select(Event.data))))
    for word in ("Maria", "senha", "mudou", "98765", "centrifuga"):
        assert word not in plain


# -- devices --------------------------------------------------------------------------------------


def device(db: Database, number: int) -> int:
    return sheet(db, number).equipment.id


def test_the_same_serial_in_the_same_words_is_the_same_device(db: Database) -> None:
    first = add(db)
    assert device(db, add(db)) == device(db, first)
    assert device(db, add(db, serial="CX 0341187")) != device(db, first), "kept as typed"
    assert device(db, add(db, name="Outra")) != device(db, first), "another owner"
    bare = add(db, serial=None)
    assert device(db, add(db, serial=None)) != device(db, bare)


def test_a_past_order_keeps_its_device_when_a_later_one_is_corrected(db: Database) -> None:
    first, second = add(db), add(db)
    form = db.read(load_form, second)
    edit(db, second, equipment=replace(form.equipment, model="BWK12A"))
    assert sheet(db, first).equipment.model == "BWK12ABANA"
    assert sheet(db, second).equipment.model == "BWK12A"
    own = device(db, second)
    edit(db, second, equipment=replace(form.equipment, model="BWK12B"))
    assert device(db, second) == own, "its own device is corrected in place"


@pytest.mark.parametrize(
    "changes",
    [
        {"kind": "lav"},
        {"brand": None, "model": None},
        {"kind": "LAVADORA", "model": "bwk12"},
    ],
)
def test_the_same_serial_is_the_same_device(db: Database, changes: dict[str, Any]) -> None:
    first = add(db, serial="CX-0341187")
    form = order(serial="CX-0341187")
    second = add(db, replace(form, equipment=replace(form.equipment, **changes)))
    assert device(db, first) == device(db, second)
    assert sheet(db, second).equipment.model == "BWK12ABANA"


@pytest.mark.parametrize("changes", [{"model": "BWK11"}, {"colour": "roxa"}, {"kind": "Secadora"}])
def test_other_words_under_a_serial_are_kept(db: Database, changes: dict[str, Any]) -> None:
    add(db, serial="CX-0341187")
    form = order(serial="CX-0341187")
    second = add(db, replace(form, equipment=replace(form.equipment, **changes)))
    ((name, word),) = changes.items()
    assert getattr(sheet(db, second).equipment, name) == word


def test_accessories_and_condition_are_of_the_visit(db: Database) -> None:
    first, second = add(db), add(db)
    form = db.read(load_form, second)
    edit(db, second, equipment=replace(form.equipment, condition="amassada", accessories=None))
    assert device(db, first) == device(db, second)
    assert sheet(db, first).equipment.condition == "riscos na lateral direita"
    assert sheet(db, second).equipment.condition == "amassada"


def test_the_shops_own_past_of_a_device(db: Database) -> None:
    first = add(db, serial="CX-0341187")
    second = add(db, name="Outra Dona", serial="cx 0341187", items=[service(description="Limpeza")])
    past = db.read(equipment_past, "cx0341187", now=NOW)
    assert [p.number for p in past] == [second, first]
    assert (past[0].customer, past[0].work) == ("Outra Dona", "Limpeza")
    assert past[0].equipment == "Lavadora Brastemp BWK12ABANA"
    others = db.read(equipment_past, "CX0341187", now=NOW, except_number=second)
    assert [p.number for p in others] == [first]
    for nothing in ("", "cx", "CX0341188"):
        assert db.read(equipment_past, nothing, now=NOW) == []


def test_words_already_used_come_most_used_first(db: Database) -> None:
    for kind, serial in (("Lavadora", "1"), ("Lava-louças", "2"), ("Lavadora", "3"), ("TV", "4")):
        add(db, kind=kind, serial=serial)
    assert db.read(used_words, "kind", "lav") == ["Lavadora", "Lava-louças"]
    assert db.read(used_words, "brand", "BRÁS") == ["Brastemp"]


# -- warnings -------------------------------------------------------------------------------------


def test_what_is_odd_is_kept_and_told(db: Database) -> None:
    form = order(
        phones=[PhoneForm("3222-4455"), PhoneForm("123")], serial="490154203237519", name="Nova"
    )
    saved = db.run(add_order, form, **WHO)
    assert [warning.code for warning in saved.warnings] == ["ddd_added", "odd_phone", "odd_imei"]
    stored = sheet(db, saved.number)
    assert [phone.number for phone in stored.customer.phones] == ["(11) 3222-4455", "123"]
    assert stored.equipment.serial == "490154203237519"


def test_a_shop_of_another_zone_counts_its_own_days(db: Database) -> None:
    form = db.read(shop_form)
    db.run(save_shop, replace(form, zone="America/Rio_Branco"), **WHO)
    number = add(db, requested_at=datetime(2026, 11, 2, 4, 30, tzinfo=UTC))
    day = db.read(lambda s: s.scalar(select(Order.requested_on).where(Order.number == number)))
    assert day == date(2026, 11, 1)
