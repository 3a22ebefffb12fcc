"""Topics: what a write changed, so that each screen knows whether to read again."""

from enum import StrEnum


class Topic(StrEnum):
    """Each service module that writes says its own in ``TOPIC``; the desk passes it on."""

    ORDERS = "orders"
    PAYMENTS = "payments"
    STEPS = "steps"
    NOTES = "notes"
    NOTICES = "notices"
    PAPERS = "papers"
    SIGNED = "signed"
    ATTACHMENTS = "attachments"
    ACCESS_CODES = "access_codes"
    CUSTOMERS = "customers"
    CATALOG = "catalog"
    SHOP = "shop"
    STAFF = "staff"
    SLOTS = "slots"
    STAGES = "stages"
    CHECKLISTS = "checklists"
    SYNONYMS = "synonyms"
    CLOSINGS = "closings"
    EVERYTHING = "everything"
    """The whole shop is another one now: a demonstration was made."""


OF_AN_ORDER = frozenset(
    {
        *(Topic.ORDERS, Topic.PAYMENTS, Topic.STEPS, Topic.NOTES, Topic.NOTICES, Topic.PAPERS),
        *(Topic.SIGNED, Topic.ATTACHMENTS, Topic.ACCESS_CODES),
    }
)
"""What is shown of one order may be another now."""
