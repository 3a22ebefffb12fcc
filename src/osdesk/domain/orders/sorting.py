"""By what the order list is sorted: a column's heading, or what a filter is looked at for."""

from dataclasses import dataclass
from enum import StrEnum

from osdesk.domain.orders.status import OrderFilter


class SortBy(StrEnum):
    NUMBER = "number"
    CUSTOMER = "customer"
    EQUIPMENT = "equipment"
    TECHNICIAN = "technician"
    REQUESTED = "requested"
    PROMISED = "promised"
    STATUS = "status"
    TOTAL = "total"
    READY = "ready"
    """The day since which it waits to be collected."""
    DUE = "due"
    """The day on which the balance is due."""


@dataclass(frozen=True, slots=True)
class Sorting:
    """Orders without a value (no promise, no technician) come last either way."""

    by: SortBy
    descending: bool = False


NEWEST_FIRST = Sorting(SortBy.NUMBER, descending=True)
USUAL = {
    OrderFilter.LATE: Sorting(SortBy.PROMISED),
    OrderFilter.READY: Sorting(SortBy.READY),
    OrderFilter.RECEIVABLE: Sorting(SortBy.DUE),
}


def usual_sorting(which: OrderFilter) -> Sorting:
    """Late orders by the oldest promise, ready ones by the longest wait, what is owed by the day
    it is due; all others the newest first."""
    return USUAL.get(which, NEWEST_FIRST)
