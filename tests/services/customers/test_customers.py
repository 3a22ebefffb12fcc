"""Who is the same person, what the counter is told of them, and how they are found and paged."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select
from tests.conftest import NOW
from tests.forms import APPROVAL, COLLECTED, order, service

from osdesk.domain.codes import EventCode, PaymentMethod
from osdesk.domain.errors import UserError
from osdesk.domain.orders.forms import CustomerForm, PaymentForm, PhoneForm, ShopForm
from osdesk.domain.orders.status import Status
from osdesk.persistence.database import Database
from osdesk.persistence.models import Customer, Event, Order
from osdesk.services.customers.customers import (
    count_customers,
    customer_page,
    customer_situation,
    customer_view,
    find_customers,
    save_customer,
)
from osdesk.services.orders.forms import load_form
from osdesk.services.orders.listing import orders_of_customer
from osdesk.services.orders.payments import pay_order
from osdesk.services.orders.saving import add_order
from osdesk.services.orders.steps import move_order
from osdesk.services.shop.shop import save_shop, shop_form

WHO: dict[str, Any] = {"now": NOW, "author": None}
TODAY = date(2026, 11, 24)


def save(db: Database, name: str, *phones: str, **more: Any) -> int:
    form = CustomerForm(name, [PhoneForm(phone) for phone in phones], **more)
    return db.run(save_customer, form, **WHO)


def add(db: Database, **changes: Any) -> int:
    return db.run(add_order, order(**changes), **WHO).number


def owner(db: Database, number: int) -> int:
    query = select(Order.customer_id).where(Order.number == number)
    return db.read(lambda s: s.scalar(query)) or 0


def phones(*numbers: str) -> list[PhoneForm]:
    return [PhoneForm(number) for number in numbers]


# -- the same person ------------------------------------------------------------------------------

MARIA = {"name": "Maria", "phones": phones("(11) 98765-4321", "(11) 3222-4455")}


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        (MARIA, MARIA, True),
        (MARIA, {**MARIA, "phones": phones("+55 (11) 3222-4455")}, True),
        (MARIA, {**MARIA, "phones": phones("3222 4455")}, True),
        (MARIA, {**MARIA, "phones": phones("21 3222-4455")}, False),
        (MARIA, {**MARIA, "name": "MARIA"}, False),
        (MARIA, {**MARIA, "name": "María"}, False),
        (MARIA, {**MARIA, "name": " Maria\t"}, True),
        (MARIA, {**MARIA, "document": "52998224725"}, True),
        ({**MARIA, "document": "52998224725"}, MARIA, True),
        (
            {**MARIA, "document": "52998224725"},
            {"name": "Outra", "phones": [], "document": "529.982.247-25"},
            True,
        ),
        ({**MARIA, "document": "52998224725"}, {**MARIA, "document": "11144477735"}, False),
        ({"name": "Maria", "phones": []}, {"name": "Maria", "phones": []}, False),
        ({"name": "Maria", "phones": phones(" ")}, {"name": "Maria", "phones": phones("")}, False),
        (
            {"name": "Maria", "phones": phones("não tem")},
            {"name": "Maria", "phones": phones("só recado")},
            False,
        ),
        (
            {"name": "Maria", "phones": phones("Ramal da Ana")},
            {"name": "Maria", "phones": phones("Ramal da Ana")},
            True,
        ),
    ],
)
def test_the_same_customer(
    db: Database, first: dict[str, Any], second: dict[str, Any], same: bool
) -> None:
    one = add(db, **first)
    before = db.read(customer_view, owner(db, one))
    other = add(db, **second)
    assert (owner(db, one) == owner(db, other)) is same
    assert db.read(customer_view, owner(db, one)) == before, "never changed by a new order"


def test_what_was_typed_of_a_known_customer_and_not_kept_is_told(db: Database) -> None:
    add(db, name="Maria", phones=phones("(11) 98765-4321"))
    form = order(name="Maria", phones=phones("11987654321", "11 3222-4455"), document="52998224725")
    (warning,) = db.run(add_order, form, **WHO).warnings
    assert warning.code == "customer_as_stored"
    assert warning.data["names"] == ["customer.document", "customer.phones"]
    form = order(name="Maria", phones=phones("11987654321"))
    assert db.run(add_order, form, **WHO).warnings == ()


def test_a_chosen_customer_is_changed_with_the_order(db: Database) -> None:
    key = save(db, "Maria", "11987654321")
    form = order(name="Maria Souza", phones=phones("11987654321"))
    form.customer.id = key
    number = db.run(add_order, form, **WHO).number
    assert owner(db, number) == key
    assert db.read(customer_view, key).name == "Maria Souza"


# -- saving ---------------------------------------------------------------------------------------


def test_a_card_is_kept_as_typed_and_changes_are_told(db: Database) -> None:
    key = save(
        db,
        "  José d'Ávila ",
        "98765-4321",
        "0800 123 4567",
        document="12.abc.345/01de-35",
        email="a@b.c",
        address="Rua A\nApto 2",
        notes="fala baixo",
    )
    view = db.read(customer_view, key)
    assert (view.name, view.document) == ("José d'Ávila", "12ABC34501DE35")
    assert [phone.number for phone in view.phones] == ["(11) 98765-4321", "0800 123 4567"]
    assert view.address == "Rua A\nApto 2"
    form = CustomerForm("José", phones("21 3222-4455"), id=key)
    db.run(save_customer, form, **WHO)
    changed = db.read(customer_view, key)
    assert (changed.document, changed.email, changed.address) == (None, None, None)
    assert [phone.number for phone in changed.phones] == ["(21) 3222-4455"]
    events = db.read(lambda s: list(s.scalars(select(Event.code).order_by(Event.id))))
    assert events == [EventCode.CUSTOMER_ADDED, EventCode.CUSTOMER_CHANGED]
    db.run(save_customer, form, **WHO)
    assert db.read(lambda s: s.scalar(select(func.count()).select_from(Event))) == 2


def test_the_shops_ddd_goes_before_a_phone_without_one(db: Database) -> None:
    form: ShopForm = db.read(shop_form)
    db.run(save_shop, replace(form, default_ddd="85"), **WHO)
    key = save(db, "Maria", "98765-4321")
    assert db.read(customer_view, key).phones[0].number == "(85) 98765-4321"


@pytest.mark.parametrize(
    ("form", "code", "field"),
    [
        (CustomerForm(" "), "required", "customer.name"),
        (CustomerForm("x" * 201), "too_long", "customer.name"),
        (CustomerForm("\u200b\x00"), "required", "customer.name"),
        (CustomerForm("M", document="52998224726"), "bad_document", "customer.document"),
        (CustomerForm("M", document="529.982.247-25"), "document_taken", "customer.document"),
        (CustomerForm("M", notes="x" * 20_001), "too_long", "customer.notes"),
        (CustomerForm("M", phones("x" * 201)), "too_long", "customer.phones"),
        (CustomerForm("M", phones(*["1"] * 21)), "too_many_phones", "customer.phones"),
        (CustomerForm("M", id=99), "customer_not_found", None),
    ],
)
def test_a_card_that_cannot_be(
    db: Database, form: CustomerForm, code: str, field: str | None
) -> None:
    save(db, "Dona do CPF", document="52998224725")
    with pytest.raises(UserError) as caught:
        db.run(save_customer, form, **WHO)
    assert (caught.value.code, caught.value.data.get("field")) == (code, field)
    assert db.read(count_customers) == 1


# -- found and paged ------------------------------------------------------------------------------


def test_found_by_whatever_is_typed_newest_first(db: Database) -> None:
    first = save(db, "José Conceição", "(11) 98765-4321", document="52998224725")
    second = save(db, "Josefa Lima", "(21) 3222-4455")
    for typed, found in (
        ("jose", [second, first]),
        ("conceicao", [first]),
        ("JOSÉ CONC", [first]),
        ("98765", [first]),
        ("(21) 3222-4455", [second]),
        ("529.982", [first]),
        ("josefalandia", []),
        ("", []),
        ("  ", []),
        ('"', []),
    ):
        assert [view.id for view in db.read(find_customers, typed)] == found, typed
    assert len(db.read(find_customers, "jose", limit=1)) == 1


def test_pages_by_name_without_accents_or_case_meet(db: Database) -> None:
    names = ["Ávila", "abel", "Bruna", "bruna", "Çelia", "Zé", "Ana", "Ana", "ÁLVARO"]
    for name in names:
        save(db, name)
    whole = db.read(customer_page)
    assert [row.name for row in whole] == [
        *("abel", "ÁLVARO", "Ana", "Ana", "Ávila", "Bruna", "bruna", "Çelia", "Zé")
    ]
    seen: list[Any] = []
    after = None
    while page := db.read(customer_page, after=after, limit=2):
        seen += page
        folded = db.read(
            lambda s, key=page[-1].id: s.scalar(
                select(Customer.name_folded).where(Customer.id == key)
            )
        )
        after = (folded or "", page[-1].id)
    assert seen == whole
    assert db.read(count_customers) == len(names)
    assert [row.name for row in db.read(customer_page, "ana")] == ["Ana", "Ana"]
    assert db.read(count_customers, "bruna") == 2
    assert db.read(count_customers, "ninguém") == 0


# -- what the counter is told ---------------------------------------------------------------------


def deliver(db: Database, number: int, due: date) -> None:
    for to in (Status.APPROVED, Status.IN_PROGRESS, Status.READY):
        db.run(move_order, number, to, APPROVAL, **WHO)
    form = replace(db.read(load_form, number), due_on=due)
    db.run(move_order, number, Status.DELIVERED, COLLECTED, form=form, **WHO)


def test_the_situation_of_who_stands_at_the_counter(db: Database) -> None:
    late, ready, opened, cancelled = (add(db, items=[service(10_000)]) for _ in range(4))
    key = owner(db, late)
    deliver(db, late, TODAY)
    for to in (Status.APPROVED, Status.IN_PROGRESS, Status.READY):
        db.run(move_order, ready, to, APPROVAL, **WHO)
    db.run(pay_order, opened, PaymentForm(2_500, PaymentMethod.PIX), **WHO)
    step = replace(COLLECTED, reason="desistiu")
    db.run(move_order, cancelled, Status.CANCELLED, step, **WHO)
    add(db, name="Outra Pessoa")

    now = db.read(customer_situation, key, now=NOW)
    assert (now.orders, now.open_orders, now.ready_orders) == (4, 2, 1)
    assert (now.owed, now.owed_since) == (20_000, None), "due today is not overdue"
    tomorrow = db.read(customer_situation, key, now=NOW + timedelta(days=1))
    assert (tomorrow.owed, tomorrow.owed_since) == (20_000, TODAY)
    assert now.first_order_on == TODAY
    (row,) = db.read(customer_page, "maria")
    assert (row.orders, row.open_orders, row.balance) == (4, 2, 20_000)
    assert (row.phone, row.last_order_on) == ("(11) 98765-4321", TODAY)
    assert [r.number for r in db.read(orders_of_customer, key, now=NOW)] == [4, 3, 2, 1]


def test_a_new_customer_owes_nothing(db: Database) -> None:
    now = db.read(customer_situation, save(db, "Nova"), now=NOW)
    assert (now.orders, now.owed, now.owed_since, now.first_order_on) == (0, 0, None, None)


def test_two_phones_typed_in_one_field_are_two(db: Database) -> None:
    form = CustomerForm("Ana", [PhoneForm("21 98765-4321 / 2555-4455", "WhatsApp")])
    key = db.run(save_customer, form, now=NOW, author=None)
    kept = [phone.number for phone in db.read(customer_view, key).phones]
    assert kept == ["(21) 98765-4321", "(21) 2555-4455"]
    for typed in ("2555-4455", "4455", "21987654321"):
        assert [each.id for each in db.read(find_customers, typed)] == [key], typed
