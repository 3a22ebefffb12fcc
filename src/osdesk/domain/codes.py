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


class ChargeKind(StrEnum):
    """What an order comes to beside its lines."""

    ALLOWANCE = "allowance"
    """*Abatimento*: the price fell after delivery."""
    LATE_FEES = "late_fees"
    """Fine and interest of a payment that came late."""


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
    QUOTE = "quote"
    FULL = "full"
    RECEIPT = "receipt"
    DELIVERY = "delivery"
    UNSERVICED = "unserviced"
    NOTICE = "notice"
    TECHNICIAN = "technician"
    LABEL = "label"


class PaperFormat(StrEnum):
    A4_HALF = "a4-half"
    A4 = "a4"
    ROLL_80 = "80mm"
    ROLL_58 = "58mm"
    LABEL_62 = "label-62x29"
    LABEL_50 = "label-50x30"


class NoticeChannel(StrEnum):
    """How a customer was told to collect, or was written to about a debt."""

    WHATSAPP = "whatsapp"
    PHONE = "phone"
    EMAIL = "email"
    LETTER = "letter"
    COUNTER = "counter"


class NoticeKind(StrEnum):
    PICK_UP = "pick_up"
    COLLECTION = "collection"
    OTHER = "other"


class AccessCodeKind(StrEnum):
    """How a device is unlocked; ``NOT_INFORMED`` is an answer, no row is none."""

    PIN = "pin"
    PATTERN = "pattern"
    PASSWORD = "password"  # the name of a kind, not a secret
    NOT_INFORMED = "not_informed"


class FileKind(StrEnum):
    """What a file of an order is."""

    PHOTO = "photo"
    SIGNED = "signed"
    OTHER = "other"


class ImportKind(StrEnum):
    """What a batch brought in."""

    CUSTOMERS = "customers"
    CATALOG = "catalog"
    ORDERS = "orders"
    MAPOS = "mapos"


class ImportedKind(StrEnum):
    """Of what table a row that a batch made is."""

    CUSTOMER = "customer"
    EQUIPMENT = "equipment"
    ORDER = "order"
    CATALOG = "catalog"
    EMPLOYEE = "employee"
    SERVICE_TYPE = "service_type"
    SLOT = "slot"
    STAGE = "stage"


class EventCode(StrEnum):
    ORDER_OPENED = "order_opened"
    ORDER_CHANGED = "order_changed"
    PRICE_LOWERED = "price_lowered"
    WITHIN_CEILING = "within_ceiling"
    MOVED = "moved"
    REOPENED = "reopened"
    QUOTE_ISSUED = "quote_issued"
    APPROVED = "approved"
    PAID = "paid"
    REVERSED = "reversed"
    REFUNDED = "refunded"
    LATE_FEES = "late_fees"
    PAPER_ISSUED = "paper_issued"
    CUSTOMER_ADDED = "customer_added"
    CUSTOMER_CHANGED = "customer_changed"
    CUSTOMER_ANONYMISED = "customer_anonymised"
    CUSTOMER_MERGED = "customer_merged"
    CUSTOMER_UNMERGED = "customer_unmerged"
    CATALOG_CHANGED = "catalog_changed"
    STAFF_CHANGED = "staff_changed"
    SHOP_CHANGED = "shop_changed"
    RESTORED = "restored"
    NOTE_ADDED = "note_added"
    FILE_ADDED = "file_added"
    FILE_REMOVED = "file_removed"
    SIGNED = "signed"
    ACCESS_CODE_SET = "access_code_set"
    ACCESS_CODE_SEEN = "access_code_seen"
    ACCESS_CODE_WIPED = "access_code_wiped"
    NOTICE_GIVEN = "notice_given"
    MONTH_CLOSED = "month_closed"
    MONTH_REOPENED = "month_reopened"
    IMPORTED = "imported"
    """A batch was brought in."""
    IMPORT_UNDONE = "import_undone"
    ORDER_IMPORTED = "order_imported"
    CUSTOMER_IMPORTED = "customer_imported"
