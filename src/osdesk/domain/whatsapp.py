"""A message to be sent from the clerk's own phone or browser, as a link; nothing is sent by us."""

from collections.abc import Sequence
from urllib.parse import quote

from osdesk.domain.identifiers import parse_phone
from osdesk.domain.views.orders import PhoneView

COUNTRY = "55"
MOBILE_DIGITS = 11


def whatsapp_digits(phones: Sequence[PhoneView]) -> str | None:
    """DDD and number of the phone to write to: one labelled WhatsApp, else the first mobile."""
    known = [(phone, parse_phone(phone.number, default_ddd=None)) for phone in phones]
    usable = [(view, phone.digits) for view, phone in known if phone.valid]
    for view, digits in usable:
        if "whats" in (view.label or "").casefold():
            return digits
    return next((digits for _, digits in usable if len(digits) == MOBILE_DIGITS), None)


def whatsapp_link(digits: str, text: str) -> str:
    """``https://wa.me/5511987654321?text=…``, the text as UTF-8."""
    return f"https://wa.me/{COUNTRY}{digits}?text={quote(text, safe='')}"
