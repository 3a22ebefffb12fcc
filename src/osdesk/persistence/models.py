"""Mapped classes: how the shop is stored. Storage only; they never leave ``services``.

Money is whole centavos, quantities are thousandths, days are ISO text, moments are UTC ISO text of
one width (so that text order is time order). Tables are STRICT where the dialect knows the word.
Nothing cascades: orders, payments and events cannot be deleted through what they belong to.

What the first list reads is imported from its own module: the other tables are mapped once it is
there. Before anything is written all of them are.
"""

from osdesk.persistence.columns import Base, moment_key
from osdesk.persistence.customer_models import Customer, CustomerPhone, Equipment
from osdesk.persistence.history_models import (
    AccessCode,
    Attachment,
    Event,
    EventText,
    ImportBatch,
    ImportRow,
    MonthClosing,
    Note,
    Notice,
)
from osdesk.persistence.list_models import CatalogItem, Checklist, ServiceType, Slot, Synonym
from osdesk.persistence.money_models import (
    Approval,
    Charge,
    Delivery,
    Instalment,
    Payment,
    Quote,
)
from osdesk.persistence.order_models import OPEN_SQL, Item, Order
from osdesk.persistence.paper_models import Draft, IssuedFile, IssuedPaper
from osdesk.persistence.shop_models import Counter, Employee, Shop, ShopText, Stage

__all__ = [
    "OPEN_SQL",
    "AccessCode",
    "Approval",
    "Attachment",
    "Base",
    "CatalogItem",
    "Charge",
    "Checklist",
    "Counter",
    "Customer",
    "CustomerPhone",
    "Delivery",
    "Draft",
    "Employee",
    "Equipment",
    "Event",
    "EventText",
    "ImportBatch",
    "ImportRow",
    "Instalment",
    "IssuedFile",
    "IssuedPaper",
    "Item",
    "MonthClosing",
    "Note",
    "Notice",
    "Order",
    "Payment",
    "Quote",
    "ServiceType",
    "Shop",
    "ShopText",
    "Slot",
    "Stage",
    "Synonym",
    "moment_key",
]
