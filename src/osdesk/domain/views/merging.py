"""Two records that may be one person: how alike they are, and what became of those made one."""

from dataclasses import dataclass
from datetime import datetime

from osdesk.domain.views.orders import CustomerView


@dataclass(frozen=True, slots=True)
class LikePair:
    """Two records that may be one person; the first is the one to keep: it has more orders, or is
    the older one. ``why``: what they share, of ``phone`` and ``name``."""

    keep: CustomerView
    gone: CustomerView
    keep_orders: int
    gone_orders: int
    why: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Union:
    """A record that was made one with another, as it was by itself."""

    customer: CustomerView
    at: datetime
    newest: bool
    """Only the newest of a customer's unions can be undone."""
