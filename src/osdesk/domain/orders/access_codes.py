"""How a device is unlocked: what a PIN, a pattern and a password may be."""

from dataclasses import dataclass, field

from osdesk.domain.codes import AccessCodeKind
from osdesk.domain.errors import UserError
from osdesk.domain.text import NAME_LIMIT, clean_text

LEAST_DOTS = 2
LONGEST_PIN = 16


@dataclass(frozen=True)
class AccessCodeForm:
    kind: AccessCodeKind
    secret: str = field(default="", repr=False)
    """Digits of a PIN, dots of a pattern in their order (``1258``), a password as typed."""


def clean_code(form: AccessCodeForm) -> str | None:
    """What is to be kept; None where the customer gave nothing.

    Raises UserError ``code_empty``, ``bad_pin``, ``bad_pattern``, ``too_long``, ``bad_character``;
    none of them repeats the secret.
    """
    if form.kind is AccessCodeKind.NOT_INFORMED:
        return None
    if not form.secret.strip():
        raise UserError("code_empty", field="access_code")
    if form.kind is AccessCodeKind.PASSWORD:
        # letter by letter as given: a blank at its end is part of a password
        clean_text(form.secret, limit=NAME_LIMIT, field="access_code")
        return form.secret
    digits = "".join(form.secret.replace("-", " ").split())
    if form.kind is AccessCodeKind.PIN:
        if not (digits.isascii() and digits.isdecimal() and len(digits) <= LONGEST_PIN):
            raise UserError("bad_pin", field="access_code", most=LONGEST_PIN)
        return digits
    if not is_pattern(digits):
        raise UserError("bad_pattern", field="access_code")
    return digits


def is_pattern(digits: str) -> bool:
    """Dots 1 to 9, each at most once, at least two."""
    dots = set(digits)
    return len(dots) == len(digits) >= LEAST_DOTS and dots <= set("123456789")
