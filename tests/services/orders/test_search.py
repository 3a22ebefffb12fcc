"""The search box on real rows: what is found, in which order, how a bare number opens an order."""

import random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.conftest import NOW
from tests.deep import examples
from tests.forms import order

from osdesk.domain.orders.forms import PhoneForm
from osdesk.persistence.database import Database
from osdesk.services.customers.customers import count_customers
from osdesk.services.orders.forms import load_form
from osdesk.services.orders.saving import add_order, edit_order
from osdesk.services.orders.search import exact_order, search_orders
from osdesk.services.shop.shop import save_shop, shop_form

WHO: dict[str, Any] = {"now": NOW, "author": None}


def add(db: Database, name: str = "Maria Souza", **changes: Any) -> int:
    return db.run(add_order, order(name=name, **changes), **WHO).number


def found(db: Database, typed: str, **more: Any) -> list[int]:
    return [row.number for row in db.read(search_orders, typed, now=NOW, **more)]


def test_newest_first_up_to_the_limit(db: Database) -> None:
    numbers = [add(db) for _ in range(7)]
    assert found(db, "maria") == numbers[::-1]
    assert found(db, "maria", limit=3) == numbers[:3:-1]


def test_a_number_is_an_order_and_may_be_a_serial_too(db: Database) -> None:
    form = db.read(shop_form)
    form.next_number = 9_119
    db.run(save_shop, form, **WHO)
    first = add(db, serial="XX9120")
    exact = add(db, serial="1")
    other = add(db, serial="9120777")
    assert (first, exact, other) == (9_119, 9_120, 9_121)
    assert found(db, "9120") == [exact, other, first], "the number itself, then newest first"
    assert found(db, "9.120") == [exact, other, first]
    for typed in ("OS 9120", "os9120", "OS nº 9120", "OS: 9120", "os-9120", "009120"):
        assert exact in found(db, typed), typed
        assert db.read(exact_order, typed) == exact, typed
    for typed in ("9118", "OS 9118", "maria", "", "9120 maria", "0", "9" * 30, "os"):
        assert db.read(exact_order, typed) is None, typed


def test_words_longer_than_the_indexs_prefixes_are_compared_whole(db: Database) -> None:
    """Those that only begin alike are passed over, fetching on until the limit is filled."""
    wanted = [add(db, "Constantina Reis") for _ in range(3)]
    for _ in range(9):
        add(db, "Constantino Reis")
    assert found(db, "constantina", limit=2) == wanted[:0:-1]
    assert found(db, "constantina reis") == wanted[::-1]
    assert found(db, "constantin", limit=2) == [12, 11]


def test_a_change_is_found_at_once_and_the_old_word_no_more(db: Database) -> None:
    number = add(db, serial="ABC123")
    form = db.read(load_form, number)
    form.equipment.serial = "ZZZ999"
    form.customer.name = "Joana Prado"
    form.customer.phones = [PhoneForm("21 99999-8888")]
    db.run(edit_order, number, form, **WHO)
    for typed in ("zzz999", "joana", "99999-8888", "21 99999"):
        assert found(db, typed) == [number], typed
    for typed in ("abc123", "maria", "98765"):
        assert found(db, typed) == [], typed


def test_a_name_without_any_letter_is_found_as_it_is(db: Database) -> None:
    number = add(db, "😀👍")
    add(db, "Fulana 100%")
    assert found(db, "😀") == [number]
    assert found(db, "%") == [2]
    assert found(db, "_") == []


def test_every_word_must_be_there(db: Database) -> None:
    number = add(db, "Maria Souza")
    add(db, "Maria Lima", serial="S2")
    assert found(db, "maria souza") == [number]
    assert found(db, "souza lavadora brastemp") == [number]
    assert found(db, "souza geladeira") == []


@settings(
    max_examples=examples(150),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.text(max_size=40) | st.text('"*():^-+ANDORNEAR{}123 ', max_size=25))
def test_nothing_that_is_typed_breaks_it(db: Database, typed: str) -> None:
    if not db.read(exact_order, "1"):
        add(db, 'Ana (AND) "OR" NEAR*')
    assert set(found(db, typed)) <= {1}
    db.read(exact_order, typed)
    assert db.read(count_customers, typed) <= 1


@pytest.mark.parametrize("seed", range(3))
def test_any_piece_of_what_is_known_finds_the_order(db: Database, seed: int) -> None:
    rng = random.Random(seed)
    for place in range(12):
        add(db, f"Pessoa {place}", serial=f"Q{place}W{rng.randrange(10**6)}", phones=[])
    number = add(
        db,
        "Antônia Gonçalves de Sá",
        phones=[PhoneForm("(85) 99123-4567")],
        document="11144477735",
        serial="7K-88.XZ/01",
    )
    for whole in ("antonia", "goncalves", "85991234567", "991234567", "11144477735", "7k88xz01"):
        piece = whole[: rng.randrange(4, len(whole) + 1)]
        assert found(db, piece) == [number], piece


@pytest.mark.parametrize("typed", ["9876-4321", "98764321", "(11) 9876-4321", "1198764321"])
def test_a_mobile_is_found_without_the_nine_that_came_later(db: Database, typed: str) -> None:
    number = add(db, phones=[PhoneForm("(11) 99876-4321")])
    add(db, phones=[PhoneForm("(11) 3322-1188")])
    assert found(db, typed) == [number]


def test_a_landline_gets_no_nine(db: Database) -> None:
    add(db, phones=[PhoneForm("(11) 93322-1188")])
    number = add(db, phones=[PhoneForm("(11) 3322-1188")])
    assert found(db, "3322-1188") == [number]
