"""CPF, CNPJ, phones, CEP, IMEI and serial numbers: normalised first, then checked by libraries."""

import re
from dataclasses import dataclass

from osdesk.domain.errors import UserError
from osdesk.domain.text import fold

_SEPARATORS = re.compile(r"[ ./-]")
_PHONE_SIGNS = re.compile(r"[\d ()+./-]+", re.ASCII)
_PASTED = {
    **dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2015\u2212"), "-"),
    **dict.fromkeys(
        map(ord, "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"), None
    ),
    ord("\xa0"): " ",
}
"""Dashes and unseen marks that come along when a phone is copied from a chat or a contact."""


def normalize_document(text: str) -> str:
    """A CPF (11 digits) or CNPJ (14 of ``0-9A-Z``, IN RFB 2.229/2024) without its mask.

    Blanks, dots, slash and hyphen separate; small letters become capitals. Raises UserError
    ``bad_document`` for anything else, wrong check digits and repeated digits included.
    """
    from validate_docbr import CNPJ, CPF

    plain = _SEPARATORS.sub("", text.strip())
    valid = False
    if plain.isascii() and plain.isalnum():
        plain = plain.upper()
        if len(plain) == 11 and plain.isdecimal():
            valid = CPF().validate(plain)
        elif len(plain) == 14 and plain[12:].isdecimal() and set(plain[:12]) != {"0"}:
            valid = CNPJ().validate(plain)
    if not valid:
        raise UserError("bad_document", value=text)
    return plain


def is_cnpj(stored: str) -> bool:
    return len(stored) == 14


def format_document(stored: str) -> str:
    """``529.982.247-25`` or ``12.ABC.345/01DE-35``."""
    if is_cnpj(stored):
        return f"{stored[:2]}.{stored[2:5]}.{stored[5:8]}/{stored[8:12]}-{stored[12:]}"
    return f"{stored[:3]}.{stored[3:6]}.{stored[6:9]}-{stored[9:]}"


@dataclass(frozen=True, slots=True)
class Phone:
    """``number`` as shown, ``digits`` with DDD, ``local`` without it.

    ``valid`` False: kept as typed, warned of. ``ddd_added``: the shop's DDD was put before it.
    """

    number: str
    digits: str
    local: str
    valid: bool
    ddd_added: bool = False


_BETWEEN_PHONES = re.compile(r"\s*[/;,|]\s*|\s+(?:e|ou)\s+", re.IGNORECASE)


def phones_apart(text: str) -> list[str]:
    """The phones in one field: ``11 98765-4321 / 3222-4455`` are two; a number with an extension
    or a remark is one."""
    parts = [part for part in _BETWEEN_PHONES.split(text) if part.strip()]
    whole = all(
        _PHONE_SIGNS.fullmatch(part.translate(_PASTED))
        and sum(letter.isdigit() for letter in part) >= 8
        for part in parts
    )
    return parts if len(parts) > 1 and whole else [text]


def parse_phone(text: str, *, default_ddd: str | None) -> Phone:
    """A phone as the shop keeps it; never refused, an odd one (0800 among them) stays as typed."""
    typed = text.strip()
    national = _national(typed)
    if national is not None:
        return _shown(national)
    plain = typed.translate(_PASTED)
    digits = re.sub(r"[^0-9]", "", plain)
    if default_ddd and len(digits) in (8, 9) and _PHONE_SIGNS.fullmatch(plain):
        national = _national(default_ddd + digits)
        if national is not None:
            return _shown(national, ddd_added=True)
    return Phone(typed, digits, digits, valid=False)


def _shown(national: str, *, ddd_added: bool = False) -> Phone:
    ddd, local = national[:2], national[2:]
    number = f"({ddd}) {local[:-4]}-{local[-4:]}"
    return Phone(number, national, local, valid=True, ddd_added=ddd_added)


def _national(text: str) -> str | None:
    """Ten or eleven digits of a valid Brazilian phone with DDD."""
    plain = text.translate(_PASTED).strip()
    if not _PHONE_SIGNS.fullmatch(plain) or "+" in plain[1:]:
        return None
    digits = re.sub(r"[^0-9]", "", plain)
    if plain.startswith("+") and not digits.startswith("55"):
        return None
    if len(digits) in (12, 13) and digits.startswith("55"):
        digits = digits[2:]
    if len(digits) in (11, 12) and digits.startswith("0"):
        digits = digits[1:]
    if len(digits) not in (10, 11):
        return None
    import phonenumbers  # heavy: only where a number was typed, never at the window's start

    kinds = phonenumbers.PhoneNumberType
    geographic = (kinds.FIXED_LINE, kinds.MOBILE, kinds.FIXED_LINE_OR_MOBILE)
    parsed = phonenumbers.parse(f"+55{digits}", None)
    # 0800 and the like are valid numbers, but their first digits are no DDD
    if not phonenumbers.is_valid_number(parsed):
        return None
    return digits if phonenumbers.number_type(parsed) in geographic else None


def looks_like_imei(text: str) -> bool:
    """Fifteen digits, whatever stands between them."""
    return re.fullmatch(r"\d{15}", _SEPARATORS.sub("", text.strip()), re.ASCII) is not None


def imei_is_valid(text: str) -> bool:
    """Fifteen digits, not all zero, with the right Luhn check digit (GSMA TS.06)."""
    if not looks_like_imei(text):
        return False
    digits = [int(letter) for letter in _SEPARATORS.sub("", text.strip())]
    doubled = [sum(divmod(2 * digit, 10)) for digit in digits[1::2]]
    return any(digits) and (sum(digits[0::2]) + sum(doubled)) % 10 == 0


def fold_serial(text: str) -> str:
    """A serial number for comparing: letters and digits only, no case, no accents."""
    return "".join(letter for letter in fold(text) if letter.isalnum())
