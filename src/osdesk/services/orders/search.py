"""The one search box: whatever is known of an order finds it, the order with that number first."""

import re
from collections.abc import Sequence
from datetime import datetime
from itertools import chain, islice, product

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from osdesk.domain.search_query import (
    LARGEST_NUMBER,
    SearchQuery,
    build_search,
    near_words,
    row_matches,
)
from osdesk.domain.text import fold
from osdesk.domain.views.listing import OrderRow
from osdesk.persistence.customer_models import Customer, Equipment
from osdesk.persistence.order_models import Order
from osdesk.services.orders.listing import matching_numbers, order_rows
from osdesk.services.shop.synonyms import groups

SPELLINGS = 3
"""Near spellings that are offered at most."""
MOST_WORDS = 4
"""A longer text is looked at no further for them."""
ASKED_AT_ONCE, LOOKED_AT = 200, 60
"""Candidates in one question to the index, and orders whose words are looked at."""
WORD = re.compile(r"[^\W_]+")


def search_orders(
    session: Session, typed: str, *, now: datetime, limit: int = 100
) -> list[OrderRow]:
    """What a search finds: the order with exactly that number, then the highest number first; an
    empty text finds nothing."""
    return order_rows(session, found_numbers(session, typed, limit=limit), now=now)


def first_found(
    session: Session, typed: str, *, now: datetime, limit: int, seen: int
) -> tuple[list[int], list[OrderRow]]:
    """The numbers of what ``search_orders`` finds, and the rows of those that can be seen: what
    one key waits for."""
    numbers = found_numbers(session, typed, limit=limit)
    return numbers, order_rows(session, numbers[:seen], now=now)


def found_numbers(session: Session, typed: str, *, limit: int) -> list[int]:
    query = build_search(typed, groups(session))
    numbers: list[int] = []
    if query.number is not None and _exists(session, query.number):
        numbers.append(query.number)
    if query.match:
        numbers += _matches(session, query, limit)
    elif query.like:
        numbers += _like(session, query.like, limit)
    return list(dict.fromkeys(numbers))[:limit]


def exact_order(session: Session, typed: str) -> int | None:
    """The number of an existing order, where what was typed is one and nothing else."""
    number = build_search(typed).number
    return number if number is not None and _exists(session, number) else None


def near_spellings(session: Session, typed: str) -> list[str]:
    """What to search for instead of a text that finds nothing: each word that no order has, as one
    that an order has and that is spelt or sounds nearly so (``tiago``: Thiago)."""
    words = typed.split()[:MOST_WORDS]
    options = [[word] if _finds(session, word) else _spelt_nearly(session, word) for word in words]
    offers = (" ".join(choice) for choice in product(*options) if list(choice) != words)
    return list(islice((offer for offer in offers if _finds(session, offer)), SPELLINGS))


def _spelt_nearly(session: Session, word: str) -> list[str]:
    """Words of orders near to a word, as they are written there, the likeliest first."""
    near = near_words(fold(word))
    while batch := list(islice(near, ASKED_AT_ONCE)):
        match = " OR ".join(f'"{each}"' for each in batch)
        numbers = matching_numbers(session, match, LARGEST_NUMBER + 1, LOOKED_AT)
        written: dict[str, str] = {}
        for text in chain.from_iterable(_written(session, numbers).values()):
            for each in WORD.findall(text):
                written.setdefault(fold(each), each)
        found = [written[each] for each in batch if each in written]
        if found:
            return found[:SPELLINGS]
    return []


def _finds(session: Session, typed: str) -> bool:
    query = build_search(typed, groups(session))
    if query.number is not None and _exists(session, query.number):
        return True
    return bool(_matches(session, query, 1)) if query.match else False


def _exists(session: Session, number: int) -> bool:
    return session.scalar(select(Order.id).where(Order.number == number)) is not None


def _matches(session: Session, query: SearchQuery, limit: int) -> list[int]:
    """Numbers from the index; words longer than its prefixes are compared whole with the rows,
    fetching on until the limit is filled."""
    assert query.match is not None
    found: list[int] = []
    below = LARGEST_NUMBER + 1
    while len(found) < limit:
        batch = matching_numbers(session, query.match, below, limit)
        if not query.long_words:
            return list(batch)
        texts = _written(session, batch)
        found += [
            number for number in batch if row_matches(query.long_words, _folded(texts[number]))
        ]
        if len(batch) < limit:
            break
        below = batch[-1]
    return found[:limit]


def _written(session: Session, numbers: Sequence[int]) -> dict[int, list[str]]:
    """The searched texts of these orders."""
    rows = session.execute(
        select(
            Order.number,
            Customer.name,
            Customer.email,
            Customer.address,
            Equipment.kind,
            Equipment.brand,
            Equipment.model,
            Equipment.serial,
            Equipment.imei2,
            Order.reason,
            Order.slot,
            Order.external_ref,
        )
        .join(Customer, Customer.id == Order.customer_id)
        .join(Equipment, Equipment.id == Order.equipment_id)
        .where(Order.number.in_(numbers))
    )
    return {row[0]: [text for text in row[1:] if text] for row in rows}


def _folded(texts: Sequence[str]) -> str:
    """All their words, and each text as one word too: ``micro-ondas`` is ``microondas``."""
    folded = list(map(fold, texts))
    joined = ("".join(letter for letter in text if letter.isalnum()) for text in folded)
    plain = (text.replace("'", "") for text in folded if "'" in text)
    return " ".join((*folded, *joined, *plain))


def _like(session: Session, pattern: str, limit: int) -> list[int]:
    """Orders whose names have a text without any word, such as an emoji."""
    columns = (Customer.name, Equipment.kind, Equipment.brand, Equipment.model, Equipment.serial)
    query = (
        select(Order.number)
        .join(Customer, Customer.id == Order.customer_id)
        .join(Equipment, Equipment.id == Order.equipment_id)
        .where(or_(*(column.like(pattern, escape="\\") for column in columns)))
        .order_by(Order.number.desc())
        .limit(limit)
    )
    return list(session.scalars(query))
