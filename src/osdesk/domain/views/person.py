"""All that a shop holds of one person, as the person may ask to see it (LGPD art. 18)."""

from dataclasses import dataclass
from datetime import datetime

from osdesk.domain.views.orders import CustomerView, OrderView
from osdesk.domain.views.shop import ShopView


@dataclass(frozen=True)
class PersonData:
    shop: ShopView
    customer: CustomerView
    orders: tuple[OrderView, ...]
    """Newest first."""
    files: int
    """Photos and scans kept."""
    papers: int
    """Papers that were made and kept."""
    at: datetime
    merged: tuple[CustomerView, ...] = ()
    """Records of the same person that were made one with this one."""
