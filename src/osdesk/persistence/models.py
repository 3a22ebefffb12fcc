"""Mapped classes: how the shop is stored. Storage only; they never leave ``services``.

Money is whole centavos, quantities are thousandths, days are ISO text, moments are UTC ISO text of
one width (so that text order is time order). Tables are STRICT where the dialect knows the word.
Nothing cascades: orders, payments and events cannot be deleted through what they belong to.
"""

from osdesk.persistence.columns import Base, moment_key
from osdesk.persistence.customer_models import Customer, CustomerPhone, Equipment
from osdesk.persistence.history_models import (
    AccessCode,
    Attachment,
    Draft,
    Event,
    EventText,
    ImportBatch,
    ImportRow,
    IssuedFile,
    IssuedPaper,
    MonthClosing,
    Note,
    Notice,
)
from osdesk.persistence.order_models import (
    OPEN_SQL,
    Approval,
    Charge,
    Delivery,
    Instalment,
    Item,
    Order,
    Payment,
    Quote,
)
from osdesk.persistence.shop_models import (
    CatalogItem,
    Checklist,
    Counter,
    Employee,
    ServiceType,
    Shop,
    ShopText,
    Slot,
    Stage,
    Synonym,
)

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
