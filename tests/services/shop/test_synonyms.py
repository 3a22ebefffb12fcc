"""Words that mean the same to the search: given with the shop, changed by it."""

from typing import Any

import pytest
from tests.conftest import NOW
from tests.forms import order

from osdesk.domain.errors import UserError
from osdesk.persistence.database import Database
from osdesk.services.orders.saving import add_order
from osdesk.services.orders.search import search_orders
from osdesk.services.shop.synonyms import save_synonyms, synonyms

WHO: dict[str, Any] = {"now": NOW, "author": None}


def save(db: Database, words: str, key: int | None = None, *, active: bool = True) -> int:
    return db.run(save_synonyms, key, words, active=active, **WHO)


def found(db: Database, typed: str) -> list[int]:
    return [row.number for row in db.read(search_orders, typed, now=NOW)]


def test_a_new_shop_knows_the_usual_ones(db: Database) -> None:
    assert ("geladeira, refrigerador", True) in [(s.words, s.active) for s in db.read(synonyms)]


def test_a_group_is_added_changed_and_put_out_of_use(db: Database) -> None:
    number = db.run(add_order, order(kind="Fogão a gás"), **WHO).number
    assert found(db, "cooktop") == []
    key = save(db, " Cooktop ,fogão,, COOKTOP")
    assert db.read(synonyms)[-1].words == "COOKTOP, fogão"
    assert found(db, "cooktop") == found(db, "Cooktop brastemp") == [number]
    assert found(db, "cook") == [], "a whole word alone means another"
    save(db, "cooktop, fogão", key, active=False)
    assert found(db, "cooktop") == []
    save(db, "mesa, fogao a gas", key)
    assert found(db, "mesa") == [number]


@pytest.mark.parametrize(
    ("words", "code"), [("", "required"), (" , ", "required"), ("só uma", "synonyms_few")]
)
def test_a_group_has_at_least_two_words(db: Database, words: str, code: str) -> None:
    with pytest.raises(UserError) as refused:
        save(db, words)
    assert (refused.value.code, refused.value.data["field"]) == (code, "words")
