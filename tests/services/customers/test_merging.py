"""Two records of one person made one and parted again: nothing is lost on either way."""

import random
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select
from tests.conftest import NOW
from tests.deep import examples
from tests.forms import order, service

from osdesk.domain.codes import EventCode, PaymentMethod
from osdesk.domain.errors import UserError
from osdesk.domain.orders.forms import CustomerForm, EquipmentForm, PaymentForm, PhoneForm
from osdesk.jobs.check import check
from osdesk.persistence.database import Database
from osdesk.persistence.models import Customer, Equipment, Event, Order
from osdesk.persistence.store import Store
from osdesk.services.customers.customers import (
    count_customers,
    customer_page,
    customer_situation,
    customer_view,
    find_customers,
    save_customer,
)
from osdesk.services.customers.merging import (
    like_customers,
    like_pair,
    merge_customers,
    unions_of,
    unmerge_customer,
)
from osdesk.services.customers.privacy import held_of
from osdesk.services.orders.forms import load_form
from osdesk.services.orders.listing import orders_of_customer
from osdesk.services.orders.payments import pay_order
from osdesk.services.orders.saving import add_order, edit_order
from osdesk.services.orders.search import search_orders
from osdesk.services.orders.view import order_view

WHO: dict[str, Any] = {"now": NOW, "author": None}


def save(db: Database, name: str, *phones: str, **more: Any) -> int:
    form = CustomerForm(name, [PhoneForm(phone) for phone in phones], **more)
    return db.run(save_customer, form, **WHO)


def add(db: Database, customer: int, serial: str | None = None, **more: Any) -> int:
    view = db.read(customer_view, customer)
    form = order(items=[service(9_000)], **more)
    form.customer = CustomerForm(
        view.name,
        [PhoneForm(phone.number, phone.label) for phone in view.phones],
        *(view.document, view.email, view.address, view.notes),
        id=customer,
    )
    form.equipment = EquipmentForm(kind="Celular", brand="Motorola", serial=serial)
    return db.run(add_order, form, **WHO).number


@pytest.fixture
def maria(db: Database) -> int:
    return save(db, "Maria das Dores", "(11) 98765-4321", notes="liga à tarde")


@pytest.fixture
def again(db: Database) -> int:
    return save(
        db,
        "Maria Dores",
        *("(11) 98765-4321", "(11) 3222-4455"),
        document="529.982.247-25",
        email="maria@exemplo.com",
        notes="mora perto",
    )


# -- making one ------------------------------------------------------------------------------------


def test_all_of_one_record_becomes_the_others(store: Store, maria: int, again: int) -> None:
    db = store.database
    first, second = add(db, maria, "SERIE1"), add(db, again, "SERIE2")
    paid = PaymentForm(amount=4_000, method=PaymentMethod.PIX)
    db.run(pay_order, second, paid, **WHO)
    db.run(merge_customers, maria, again, **WHO)
    view = db.read(customer_view, maria)
    assert view.name == "Maria das Dores"
    assert [phone.number for phone in view.phones] == ["(11) 98765-4321", "(11) 3222-4455"]
    assert (view.document, view.email) == ("52998224725", "maria@exemplo.com")
    assert view.notes == "liga à tarde\nmora perto"
    rows = db.read(orders_of_customer, maria, now=NOW)
    assert [row.number for row in rows] == [second, first]
    assert {row.customer for row in rows} == {"Maria das Dores"}
    assert db.read(order_view, second, now=NOW).paid == 4_000
    assert db.read(count_customers) == 1
    assert [row.id for row in db.read(customer_page)] == [maria]
    assert [each.id for each in db.read(find_customers, "32224455")] == [maria]
    assert db.read(find_customers, "Maria Dores") == db.read(find_customers, "Maria das Dores")
    assert [row.number for row in db.read(search_orders, "das Dores", now=NOW)] == [second, first]
    assert [each.customer.name for each in db.read(unions_of, maria)] == ["Maria Dores"]
    assert check(store) == []


def test_the_history_of_both_and_of_the_orders_tells_it(
    db: Database, maria: int, again: int
) -> None:
    number = add(db, again)
    db.run(merge_customers, maria, again, **WHO)
    codes = [event.code for event in db.read(order_view, number, now=NOW).events]
    assert codes == [EventCode.ORDER_OPENED, EventCode.CUSTOMER_MERGED]
    query = select(Event.customer_id).where(
        Event.code == EventCode.CUSTOMER_MERGED, Event.customer_id.is_not(None)
    )
    assert db.read(lambda s: s.scalars(query).all()) == [maria, again]


@pytest.mark.parametrize(
    ("taken", "name", "email", "notes"),
    [
        ((), "Maria das Dores", None, "liga à tarde\nmora perto"),
        (("name", "email"), "Maria Dores", "maria@exemplo.com", "liga à tarde\nmora perto"),
        (("notes", "address"), "Maria das Dores", None, "mora perto\nliga à tarde"),
    ],
)
def test_each_field_is_the_one_that_was_chosen(
    db: Database, maria: int, again: int, taken: Any, name: str, email: str | None, notes: str
) -> None:
    db.run(merge_customers, maria, again, taken, **WHO)
    view = db.read(customer_view, maria)
    assert (view.name, view.email, view.notes, view.document) == (name, email, notes, None)


def test_what_cannot_be_made_one_is_refused(db: Database, maria: int, again: int) -> None:
    def refused(keep: int, gone: int) -> str:
        with pytest.raises(UserError) as caught:
            db.run(merge_customers, keep, gone, **WHO)
        return caught.value.code

    assert refused(maria, maria) == "merge_itself"
    assert refused(maria, 99) == "customer_not_found"
    db.run(merge_customers, maria, again, **WHO)
    assert refused(maria, again) == refused(again, maria) == "customer_merged"
    many = save(db, "Muitos", *(f"(11) 91234-{n:04}" for n in range(19)))
    assert refused(many, maria) == "too_many_phones"


def test_who_comes_with_the_old_words_is_known_under_the_record_that_stays(
    db: Database, maria: int, again: int
) -> None:
    db.run(merge_customers, maria, again, ["document"], **WHO)
    for form in (
        CustomerForm("Outro nome", [], "529.982.247-25"),
        CustomerForm("Maria Dores", [PhoneForm("(11) 3222-4455")]),
    ):
        new = order()
        new.customer = form
        number = db.run(add_order, new, **WHO).number
        assert db.read(order_view, number, now=NOW).customer.id == maria
    with pytest.raises(UserError, match="document_taken"):
        save(db, "Joana", document="529.982.247-25")


def test_a_form_that_was_open_meanwhile_says_whom_to_take(
    db: Database, maria: int, again: int
) -> None:
    number = add(db, again)
    form = db.read(load_form, number)
    db.run(merge_customers, maria, again, **WHO)
    form.reason = "Outro"
    with pytest.raises(UserError) as caught:
        db.run(edit_order, number, form, **WHO)
    assert (caught.value.code, caught.value.data["id"]) == ("customer_merged", maria)
    assert caught.value.data["field"] == "customer.name"


# -- parting ---------------------------------------------------------------------------------------


def everything(db: Database) -> dict[str, object]:
    """All that the commands and pages show of customers and orders, but for the history."""
    keys = db.read(lambda s: s.scalars(select(Customer.id).order_by(Customer.id)).all())
    numbers = db.read(lambda s: s.scalars(select(Order.number).order_by(Order.number)).all())
    device = (Equipment.id, Equipment.customer_id, Equipment.serial)
    typed = ("Maria", "Dores", "98765", "4455", "529982", "exemplo", "SERIE", "João", "Souza")
    return {
        "cards": [db.read(customer_view, key) for key in keys],
        "situations": [db.read(customer_situation, key, now=NOW) for key in keys],
        "held": [db.read(held_of, key) for key in keys],
        "list": db.read(customer_page),
        "count": db.read(count_customers),
        "orders": [replace(db.read(order_view, n, now=NOW), events=()) for n in numbers],
        "devices": db.read(lambda s: s.execute(select(*device).order_by(device[0])).all()),
        "found": {word: db.read(find_customers, word) for word in typed},
        "searched": {word: db.read(search_orders, word, now=NOW) for word in typed},
    }


def test_parting_brings_both_back_exactly(store: Store, maria: int, again: int) -> None:
    db = store.database
    add(db, maria, "SERIE1")
    add(db, again, "SERIE2")
    before = everything(db)
    db.run(merge_customers, maria, again, ["name", "document"], **WHO)
    assert everything(db) != before
    assert db.run(unmerge_customer, again, **WHO) == maria
    assert everything(db) == before
    assert db.read(unions_of, maria) == []
    assert check(store) == []


def a_shop(db: Database, chance: random.Random) -> list[int]:
    """Some records, alike and unlike, with orders of theirs."""
    documents = ["529.982.247-25", "111.444.777-35", "11.222.333/0001-81"]
    keys = []
    for place in range(4):
        more: dict[str, Any] = {}
        if chance.random() < 0.6 and documents:
            more["document"] = documents.pop()
        for name, words in (
            ("email", ["a@exemplo.com", "b@exemplo.com"]),
            ("address", ["Rua A, 1", "Rua B, 2"]),
            ("notes", ["liga à tarde", "mora perto"]),
        ):
            if chance.random() < 0.5:
                more[name] = chance.choice(words)
        pool = ["(11) 98765-4321", "(11) 3222-4455", "12", "(21) 99999-1234", "ramal"]
        phones = chance.sample(pool, chance.randrange(4))
        name = chance.choice(["Maria Dores", "Maria das Dores", "João Souza", f"Cliente {place}"])
        keys.append(save(db, name, *phones, **more))
        for _ in range(chance.randrange(3)):
            add(db, keys[-1], chance.choice(["SERIE1", "SERIE2", None]))
    return keys


@pytest.mark.parametrize("seed", range(examples(8)))
def test_any_unions_undone_from_the_last_leave_all_as_it_was(store: Store, seed: int) -> None:
    db, chance = store.database, random.Random(seed)
    keys = a_shop(db, chance)
    standing, gone = list(keys), []
    states = [everything(db)]
    for _ in range(chance.randrange(1, 4)):
        keep, goes = chance.sample(standing, 2)
        fields = ("name", "document", "email", "address", "notes")
        taken = chance.choice([None, chance.sample(fields, chance.randrange(5))])
        db.run(merge_customers, keep, goes, taken, **WHO)
        standing.remove(goes)
        gone.append(goes)
        states.append(everything(db))
        assert check(store) == []
    for goes in reversed(gone):
        assert everything(db) == states.pop()
        db.run(unmerge_customer, goes, now=NOW + timedelta(hours=1), author=None)
    assert everything(db) == states.pop()
    assert check(store) == []


def test_only_the_newest_union_can_be_undone(db: Database, maria: int, again: int) -> None:
    third = save(db, "Maria D.", "(11) 98765-4321")
    other = save(db, "Dona Maria")
    db.run(merge_customers, maria, again, **WHO)
    db.run(merge_customers, maria, third, **WHO)
    with pytest.raises(UserError) as caught:
        db.run(unmerge_customer, again, **WHO)
    assert (caught.value.code, caught.value.data["id"]) == ("merge_not_last", third)
    db.run(merge_customers, other, maria, **WHO)
    with pytest.raises(UserError) as caught:
        db.run(unmerge_customer, third, **WHO)
    assert (caught.value.code, caught.value.data["id"]) == ("merge_not_last", maria)
    for key in (maria, third, again):
        db.run(unmerge_customer, key, **WHO)
    with pytest.raises(UserError, match="not_merged"):
        db.run(unmerge_customer, again, **WHO)


def test_what_came_in_since_stays_and_each_has_a_device_of_its_own(
    store: Store, maria: int, again: int
) -> None:
    db = store.database
    old = add(db, again, "SERIE2")
    db.run(merge_customers, maria, again, **WHO)
    new = add(db, maria, "SERIE2")
    view = db.read(customer_view, maria)
    form = CustomerForm(view.name, [PhoneForm("(11) 98765-4321")], email="nova@exemplo.com")
    form.id, form.document, form.notes = maria, view.document, "outra nota"
    db.run(save_customer, form, **WHO)
    db.run(unmerge_customer, again, **WHO)
    assert db.read(order_view, old, now=NOW).customer.id == again
    assert db.read(order_view, new, now=NOW).customer.id == maria
    assert db.read(order_view, new, now=NOW).equipment.serial == "SERIE2"
    owners = db.read(
        lambda s: s.execute(
            select(Order.number, Equipment.customer_id).join(
                Equipment, Equipment.id == Order.equipment_id
            )
        ).all()
    )
    assert dict(owners) == {old: again, new: maria}
    view = db.read(customer_view, maria)
    assert (view.email, view.notes, view.document) == ("nova@exemplo.com", "outra nota", None)
    assert db.read(customer_view, again).document == "52998224725"
    assert check(store) == []


def test_a_document_that_somebody_else_has_by_now_stands_in_the_way(
    db: Database, again: int
) -> None:
    joana = save(db, "Joana", document="111.444.777-35")
    db.run(merge_customers, joana, again, ["document"], **WHO)
    save(db, "Pedro", document="111.444.777-35")
    with pytest.raises(UserError) as caught:
        db.run(unmerge_customer, again, **WHO)
    assert (caught.value.code, caught.value.data["name"]) == ("document_taken", "Pedro")
    assert db.read(customer_view, joana).document == "52998224725"


def test_an_order_given_to_another_by_hand_is_found(store: Store, maria: int, again: int) -> None:
    number = add(store.database, again)
    query = select(Order.id).where(Order.number == number)
    key = store.database.read(lambda s: s.scalar(query))
    store.database.run(lambda s: s.execute(_given_away(key, maria)))
    (found,) = check(store)
    assert (found.code, found.data["names"]) == ("check_record", ["customer"])


def _given_away(key: int | None, customer: int) -> Any:
    return Order.__table__.update().where(Order.id == key).values(customer_id=customer)


# -- who may be one --------------------------------------------------------------------------------


def test_records_that_may_be_one_person_are_pointed_out_the_surest_first(db: Database) -> None:
    luiz = save(db, "Luiz Souza", "(11) 98765-4321")
    luis = save(db, "Sousa, Luís", "11 98765 4321")
    joao = save(db, "João Lima", "(11) 3222-4455")
    john = save(db, "JOÃO DE LIMA")
    ana = save(db, "Ana", "(21) 99999-1234")
    rui = save(db, "Rui", "(21) 99999-1234")
    save(db, "Ana")
    add(db, luis)
    pairs = db.read(like_customers)
    assert [(each.keep.id, each.gone.id, each.why) for each in pairs] == [
        (luis, luiz, ("phone", "name")),
        (joao, john, ("name",)),
        (ana, rui, ("phone",)),
    ]
    assert (pairs[0].keep_orders, pairs[0].gone_orders) == (1, 0)
    db.run(merge_customers, luis, luiz, **WHO)
    assert len(db.read(like_customers)) == 2
    assert db.read(like_pair, rui, ana).keep.id == ana
    for one, other, code in ((ana, ana, "merge_itself"), (ana, luiz, "customer_merged")):
        with pytest.raises(UserError, match=code):
            db.read(like_pair, one, other)
