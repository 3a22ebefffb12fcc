"""What the counter is told while an order is typed: who it seems to be, what such work cost.

Money is whole centavos; frozen, with no database behind.
"""

from dataclasses import dataclass

from osdesk.domain.views.orders import CustomerView


@dataclass(frozen=True, slots=True)
class NearDuplicate:
    """A stored customer that a new one seems to be; ``why``: document, phone or name."""

    customer: CustomerView
    orders: int
    why: str


@dataclass(frozen=True, slots=True)
class SimilarJobs:
    """What the shop's own past orders of the same kind came to: medians of ``count`` orders."""

    count: int
    price: int
    days: int
    """From entry to ready."""
