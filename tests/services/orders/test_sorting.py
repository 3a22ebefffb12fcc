"""Every column sorts, in SQL; what has no value comes last; no big table is sorted for a page."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from sqlalchemy import event, select
from tests.conftest import NOW
from tests.services.orders.test_listing import PARTS, big, walked

from osdesk.domain.orders.sorting import NEWEST_FIRST, SortBy, Sorting, usual_sorting
from osdesk.domain.orders.status import OrderFilter, Status
from osdesk.persistence.database import Database, connect
from osdesk.persistence.models import Customer, Employee, Equipment, Order
from osdesk.services.orders.sorting import order_numbers, sort_numbers, sorted_page

__all__ = ["big"]

COLUMNS = [by for by in SortBy if by not in (SortBy.READY, SortBy.DUE)]


@pytest.fixture(scope="module")
def values(big: Database) -> dict[int, dict[SortBy, Any]]:
    """What each order sorts by; None where it has nothing."""

    def read(session: Any) -> dict[int, dict[SortBy, Any]]:
        query = (
            select(Order, Customer.name_folded, Equipment, Employee.name_folded)
            .join(Customer, Customer.id == Order.customer_id)
            .join(Equipment, Equipment.id == Order.equipment_id)
            .outerjoin(Employee, Employee.id == Order.technician_id)
        )
        return {
            order.number: {
                SortBy.NUMBER: order.number,
                SortBy.CUSTOMER: customer,
                SortBy.EQUIPMENT: (device.kind, device.brand or "", device.model or ""),
                SortBy.TECHNICIAN: technician,
                SortBy.REQUESTED: order.requested_on,
                SortBy.PROMISED: order.promised_on,
                SortBy.STATUS: list(Status).index(order.status),
                SortBy.TOTAL: order.total,
                SortBy.READY: order.ready_on,
                SortBy.DUE: order.due_on,
            }
            for order, customer, device, technician in session.execute(query)
        }

    return big.read(read)


@pytest.mark.parametrize("which", OrderFilter)
@pytest.mark.parametrize("by", SortBy)
def test_every_filter_sorts_by_every_column_either_way(
    big: Database, values: dict[int, dict[SortBy, Any]], which: OrderFilter, by: SortBy
) -> None:
    everything = set(big.read(order_numbers, which, now=NOW))
    for descending in (False, True):
        sorting = Sorting(by, descending)
        numbers = list(big.read(order_numbers, which, now=NOW, sorting=sorting))
        assert len(numbers) == len(everything)
        assert set(numbers) == everything
        keys = [values[number][by] for number in numbers]
        known = [key for key in keys if key is not None]
        assert keys[: len(known)] == sorted(known, reverse=descending), "nothing comes last"
        rows = big.read(sorted_page, which, sorting, now=NOW, limit=30)
        assert [row.number for row in rows] == numbers[:30]


def test_one_technicians_orders_sort_too(big: Database) -> None:
    theirs = set(big.read(order_numbers, OrderFilter.ALL, now=NOW, technician=2))
    total = Sorting(SortBy.TOTAL)
    found = big.read(order_numbers, OrderFilter.ALL, now=NOW, technician=2, sorting=total)
    assert set(found) == theirs


@pytest.mark.parametrize("by", SortBy)
def test_what_was_found_sorts_as_a_filter_does(big: Database, by: SortBy) -> None:
    sorting = Sorting(by, descending=True)
    whole = big.read(order_numbers, OrderFilter.OPEN, now=NOW, sorting=sorting)
    assert big.read(sort_numbers, sorted(whole), sorting) == whole


def test_what_a_filter_is_looked_at_for_comes_first(
    big: Database, values: dict[int, dict[SortBy, Any]]
) -> None:
    assert usual_sorting(OrderFilter.LATE) == Sorting(SortBy.PROMISED)
    assert usual_sorting(OrderFilter.READY) == Sorting(SortBy.READY)
    assert usual_sorting(OrderFilter.RECEIVABLE) == Sorting(SortBy.DUE)
    assert usual_sorting(OrderFilter.ALL) == NEWEST_FIRST


@pytest.fixture
def plans(big: Database) -> Iterator[Callable[..., list[tuple[str, Any]]]]:
    seen: list[tuple[str, Any]] = []

    def note(_c: Any, _cursor: Any, statement: str, values: Any, *_rest: Any) -> None:
        seen.append((statement, values))

    event.listen(big._reader, "before_cursor_execute", note)

    def ask(which: OrderFilter, sorting: Sorting) -> list[tuple[str, Any]]:
        seen.clear()
        big.read(order_numbers, which, now=NOW, sorting=sorting, limit=100)
        return [each for each in seen if "orders" in each[0]]

    yield ask
    event.remove(big._reader, "before_cursor_execute", note)


@pytest.mark.parametrize("which", [OrderFilter.ALL, OrderFilter.FINISHED])
@pytest.mark.parametrize("by", COLUMNS)
def test_a_page_of_nearly_all_orders_is_walked_and_not_sorted(
    big: Database, plans: Callable[..., list[tuple[str, Any]]], which: OrderFilter, by: SortBy
) -> None:
    connection = connect(big.path)
    for descending in (False, True):
        for statement, bound in plans(which, Sorting(by, descending)):
            for row in connection.execute("EXPLAIN QUERY PLAN " + statement, bound):
                assert row[3] != "USE TEMP B-TREE FOR ORDER BY", statement
    connection.close()


@pytest.mark.parametrize("by", SortBy)
@pytest.mark.parametrize(
    "which", [each for each in OrderFilter if each not in (OrderFilter.ALL, OrderFilter.FINISHED)]
)
def test_a_small_filter_is_found_by_its_own_index(
    big: Database, plans: Callable[..., list[tuple[str, Any]]], which: OrderFilter, by: SortBy
) -> None:
    assert walked(big, plans(which, Sorting(by))) <= PARTS
