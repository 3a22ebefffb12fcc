"""The one search box: name, phone, document, serial or number of an order, newest first."""

from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from osdesk.domain.search_query import LARGEST_NUMBER, SearchQuery, build_search, row_matches
from osdesk.domain.text import fold
from osdesk.domain.views.listing import OrderRow
from osdesk.persistence.models import Customer, Equipment, Order
from osdesk.services.orders.listing import matching_numbers, order_rows


def search_orders(
    session: Session, typed: str, *, now: datetime, limit: int = 100
) -> list[OrderRow]:
    """What the search box shows: highest number first; an empty text finds nothing."""
    query = build_search(typed)
    numbers: set[int] = set()
    if query.number is not None and _exists(session, query.number):
        numbers.add(query.number)
    if query.match:
        numbers.update(_matches(session, query, limit))
    elif query.like:
        numbers.update(_like(session, query.like, limit))
    return order_rows(session, sorted(numbers, reverse=True)[:limit], now=now)


def exact_order(session: Session, typed: str) -> int | None:
    """The number of an existing order, where what was typed is one and nothing else."""
    number = build_search(typed).number
    return number if number is not None and _exists(session, number) else None


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
        texts = _texts(session, batch)
        found += [number for number in batch if row_matches(query.long_words, texts[number])]
        if len(batch) < limit:
            break
        below = batch[-1]
    return found[:limit]


def _texts(session: Session, numbers: object) -> dict[int, str]:
    """The searched words of these orders, folded."""
    rows = session.execute(
        select(
            Order.number,
            Customer.name,
            Equipment.kind,
            Equipment.brand,
            Equipment.model,
            Equipment.serial,
            Equipment.imei2,
            Equipment.serial_folded,
        )
        .join(Customer, Customer.id == Order.customer_id)
        .join(Equipment, Equipment.id == Order.equipment_id)
        .where(Order.number.in_(numbers))  # type: ignore[arg-type]  # a sequence of ints
    )
    return {row[0]: fold(" ".join(word for word in row[1:] if word)) for row in rows}


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
