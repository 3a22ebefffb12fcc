"""Near-duplicates of a customer that is being typed: pointed out by index, never taken."""

from typing import Any

import pytest
from tests.conftest import NOW
from tests.forms import order

from osdesk.domain.orders.forms import CustomerForm, PhoneForm
from osdesk.persistence.database import Database
from osdesk.persistence.models import Customer
from osdesk.services.customers.customers import save_customer
from osdesk.services.customers.same_customer import near_duplicates
from osdesk.services.orders.saving import add_order

WHO: dict[str, Any] = {"now": NOW, "author": None}


def card(name: str = "", phone: str = "", document: str | None = None) -> CustomerForm:
    return CustomerForm(name, [PhoneForm(phone)] if phone else [], document)


@pytest.fixture
def maria(db: Database) -> int:
    form = card("Maria das Dores Conceição", "(11) 98765-4321", "529.982.247-25")
    return db.run(save_customer, form, **WHO)


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        (card("Outra", "", "52998224725"), "document"),
        (card("Outra", "11 98765 4321"), "phone"),
        (card("Outra", "98765-4321"), "phone"),
        (card("Outra", "+55 11 98765-4321"), "phone"),
        (card("maria das dores conceicao"), "name"),
        (card("MARIA DAS DORES CONCEIÇÃO", "(11) 98765-4321", "529.982.247-25"), "document"),
    ],
)
def test_by_document_phone_or_folded_name(db: Database, maria: int, typed: Any, why: str) -> None:
    (found,) = db.read(near_duplicates, typed)
    assert (found.customer.id, found.why, found.orders) == (maria, why, 0)


@pytest.mark.parametrize(
    "typed",
    [
        card(),
        card("Maria das Dores"),
        card("Outra", "9876"),
        card("Outra", "", "529.982.247"),
        card("Outra", "(11) 98765-4322", "11144477735"),
    ],
)
def test_what_is_unlike_or_still_being_typed_is_nobody(
    db: Database, maria: int, typed: Any
) -> None:
    assert db.read(near_duplicates, typed) == []


def test_the_surest_first_and_no_more_than_asked(db: Database, maria: int) -> None:
    twin = db.run(save_customer, card("Maria das Dores Conceição"), **WHO)
    form = card("Maria das Dores Conceição", "", "52998224725")
    assert [found.customer.id for found in db.read(near_duplicates, form)] == [maria, twin]
    assert len(db.read(near_duplicates, form, limit=1)) == 1


def test_how_often_they_were_here(db: Database, maria: int) -> None:
    for serial in ("AB12", "CD34"):
        db.run(add_order, order(serial=serial), **WHO)
    (found,) = db.read(near_duplicates, card("maria das dores conceição"))
    assert found.orders == 2


def test_who_was_anonymised_is_not_pointed_out(db: Database, maria: int) -> None:
    def forget(session: Any) -> None:
        session.get_one(Customer, maria).anonymised_at = NOW

    db.run(forget)
    assert db.read(near_duplicates, card("Maria das Dores Conceição")) == []
