"""The words that are stored: codes in English, never translated, never changed once released."""

from enum import StrEnum


class ItemKind(StrEnum):
    SERVICE = "service"
    PART = "part"


class PartCondition(StrEnum):
    """CDC art. 21: anything but new needs the customer's recorded authorisation."""

    NEW_ORIGINAL = "new_original"
    NEW_EQUIVALENT = "new_equivalent"
    RECONDITIONED = "reconditioned"
    USED = "used"


NOT_NEW = frozenset({PartCondition.RECONDITIONED, PartCondition.USED})


class Priority(StrEnum):
    LOW = "low"
    NORMAL = "normal"
    HIGH = "high"
    URGENT = "urgent"


class PaymentMethod(StrEnum):
    CASH = "cash"
    PIX = "pix"
    DEBIT = "debit"
    CREDIT = "credit"
    TRANSFER = "transfer"
    BOLETO = "boleto"
    CHEQUE = "cheque"


class PaymentKind(StrEnum):
    PAYMENT = "payment"
    REVERSAL = "reversal"
    REFUND = "refund"


class ApprovalVia(StrEnum):
    COUNTER = "counter"
    PHONE = "phone"
    WHATSAPP = "whatsapp"
    EMAIL = "email"
    PAPER = "paper"


class QuoteStatus(StrEnum):
    DRAFT = "draft"
    SENT = "sent"
    APPROVED = "approved"
    REFUSED = "refused"
    SUPERSEDED = "superseded"


class Role(StrEnum):
    OWNER = "owner"
    ATTENDANT = "attendant"
    TECHNICIAN = "technician"


class Paper(StrEnum):
    INTAKE = "intake"
    RECEIPT = "receipt"
    DELIVERY = "delivery"


class PaperFormat(StrEnum):
    A4_HALF = "a4-half"
    A4 = "a4"


class EventCode(StrEnum):
    ORDER_OPENED = "order_opened"
    ORDER_CHANGED = "order_changed"
    PRICE_LOWERED = "price_lowered"
    MOVED = "moved"
    REOPENED = "reopened"
    QUOTE_ISSUED = "quote_issued"
    APPROVED = "approved"
    PAID = "paid"
    REVERSED = "reversed"
    REFUNDED = "refunded"
    PAPER_ISSUED = "paper_issued"
    CUSTOMER_ADDED = "customer_added"
    CUSTOMER_CHANGED = "customer_changed"
    CATALOG_CHANGED = "catalog_changed"
    STAFF_CHANGED = "staff_changed"
    SHOP_CHANGED = "shop_changed"
    RESTORED = "restored"
