"""The numbers of a filter in the order of any column, also where a million orders have it.

A filter with few orders is found by its own partial index and then sorted. One with nearly all of
them is walked along an index that has the order already, so that its first page is there at once;
a unary plus keeps SQLite from the other way. Orders without a value stand in a part of their own
at the end, because an index has them at its beginning.
"""

import json
from array import array
from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import islice
from typing import Any

from sqlalchemy import ColumnElement, Select, func, literal_column, select
from sqlalchemy.orm import Session

from osdesk.domain.orders.sorting import NEWEST_FIRST, SortBy, Sorting
from osdesk.domain.orders.status import OrderFilter, Status
from osdesk.domain.views.listing import OrderRow
from osdesk.persistence.customer_models import Customer, Equipment
from osdesk.persistence.order_models import Order
from osdesk.persistence.shop_models import Employee
from osdesk.services.orders.listing import filter_condition, order_rows, whose
from osdesk.services.shop.shop import zone_of

Part = Select[Any]
Column = ColumnElement[Any]

NEARLY_ALL = frozenset({OrderFilter.ALL, OrderFilter.FINISHED})
DAYS = {
    SortBy.PROMISED: "orders.promised_on",
    SortBy.READY: "orders.ready_on",
    SortBy.DUE: "orders.due_on",
}
PLAIN = {
    SortBy.NUMBER: "orders.number",
    SortBy.REQUESTED: "orders.requested_on",
    SortBy.TOTAL: "orders.total",
}
TITLE = ("equipment.kind", "equipment.brand", "equipment.model")


def order_numbers(
    session: Session,
    which: OrderFilter,
    *,
    now: datetime,
    technician: int | None = None,
    sorting: Sorting = NEWEST_FIRST,
    limit: int | None = None,
) -> "array[int]":
    """Numbers of a filter's orders, eight bytes each, at most ``limit``; None is all."""
    local = now.astimezone(zone_of(session))
    condition = filter_condition(which, local)
    conditions = [*whose(technician), *([] if condition is None else [condition])]
    parts = _parts(sorting, walked=which in NEARLY_ALL)
    found = _numbers(session, [part.where(*conditions) for part in parts], limit)
    return array("q", islice(found, limit))


def sorted_page(
    session: Session,
    which: OrderFilter,
    sorting: Sorting,
    *,
    now: datetime,
    technician: int | None = None,
    limit: int = 100,
) -> list[OrderRow]:
    """The first rows of a filter in that order."""
    numbers = order_numbers(
        session, which, now=now, technician=technician, sorting=sorting, limit=limit
    )
    return order_rows(session, numbers, now=now)


def sort_numbers(session: Session, numbers: Sequence[int], sorting: Sorting) -> "array[int]":
    """These orders sorted: what a search found, or what stands behind a figure."""
    # one value however many they are: SQLite allows only so many
    wanted = func.json_each(json.dumps(list(numbers))).table_valued("value")
    some = Order.number.in_(select(wanted.c.value))
    parts = [part.where(some) for part in _parts(sorting, walked=False)]
    return array("q", _numbers(session, parts, None))


def _numbers(session: Session, parts: list[Part], limit: int | None) -> Iterator[int]:
    for part in parts:
        for (number,) in session.connection().execute(part.limit(limit)):
            yield number


def _parts(sorting: Sorting, *, walked: bool) -> list[Part]:
    """Queries whose results one after the other are the list."""
    by = sorting.by
    order_id = _column("orders.id", walked)
    if by is SortBy.STATUS:
        order = reversed(Status) if sorting.descending else iter(Status)
        number = _column("orders.number", walked)
        return [_orders().where(Order.status == one).order_by(number.desc()) for one in order]
    if by in DAYS:
        day = _column(DAYS[by], walked)
        keys = [day]
        if by is SortBy.PROMISED and not walked:
            keys.append(func.coalesce(Order.promised_time, "99"))  # without an hour: by its end
        known = _sorted(_orders(), (*keys, order_id), sorting).where(day.is_not(None))
        return [known, _sorted(_orders(), (order_id,), sorting).where(day.is_(None))]
    if by is SortBy.TECHNICIAN:
        theirs = _orders().join(Employee, _looked_up("employees", walked) == Order.technician_id)
        keys = [_column("employees.name_folded", walked), literal_column("employees.id"), order_id]
        nobodys = _sorted(_orders(), (order_id,), sorting).where(Order.technician_id.is_(None))
        return [_sorted(theirs, keys, sorting), nobodys]
    if by is SortBy.CUSTOMER:
        query = _orders().join(Customer, _looked_up("customers", walked) == Order.customer_id)
        number = _column("orders.number", walked)
        keys = [_column("customers.name_folded", walked), literal_column("customers.id"), number]
        return [_sorted(query, keys, sorting)]
    if by is SortBy.EQUIPMENT:
        query = _orders().join(Equipment, _looked_up("equipment", walked) == Order.equipment_id)
        titles = (_column(word, walked) for word in TITLE)
        return [_sorted(query, (*titles, literal_column("equipment.id"), order_id), sorting)]
    return [_sorted(_orders(), (_column(PLAIN[by], walked), order_id), sorting)]


def _orders() -> Part:
    return select(Order.number).select_from(Order)


def _sorted(query: Part, keys: Sequence[Column], sorting: Sorting) -> Part:
    return query.order_by(*(_turned(key, down=sorting.descending) for key in keys))


def _turned(key: Column, *, down: bool) -> ColumnElement[Any]:
    return key.desc() if down else key.asc()


def _column(name: str, walked: bool) -> Column:
    return literal_column(name if walked else f"+{name}")


def _looked_up(table: str, walked: bool) -> Column:
    """The key of the joined table; out of reach where that is the one to be walked."""
    return literal_column(f"+{table}.id" if walked else f"{table}.id")
