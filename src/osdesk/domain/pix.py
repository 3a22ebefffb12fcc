"""The static Pix code (BR Code) of a payment: computed here, it confirms nothing.

Banco Central, Manual de Padrões para Iniciação do Pix; EMV QR Code, merchant-presented mode: each
object is two digits of its name, two of its length, its value; a CRC-16 closes the text.
"""

import binascii
import re
import unicodedata

from osdesk.domain.errors import UserError
from osdesk.domain.identifiers import normalize_document, parse_phone
from osdesk.domain.money import decimal_text
from osdesk.domain.views.shop import ShopView

DOMAIN = "br.gov.bcb.pix"
NAME_LENGTH = 25
CITY_LENGTH = 15
KEY_LENGTH = 77
LARGEST = 9_999_999_999
"""Centavos: the amount's object holds thirteen characters."""
NO_REFERENCE = "***"

_EVP = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_EMAIL = re.compile(r"[a-z0-9.!#$&'*+/=?^_`{|}~-]+@[a-z0-9-]+(?:\.[a-z0-9-]+)+")
_REFERENCE = re.compile(r"[A-Za-z0-9]{1,25}")


def normalize_pix_key(text: str) -> str:
    """A key as the bank knows it: CPF, CNPJ, mobile phone (``+55…``), e-mail or random key.

    Eleven digits are a CPF where its check digits say so, otherwise a mobile phone with DDD. Raises
    UserError ``bad_pix_key`` for anything else; a landline is no key.
    """
    plain = text.strip()
    lower = plain.lower()
    if _EVP.fullmatch(lower):
        return lower
    if "@" in plain:
        if _EMAIL.fullmatch(lower) and len(lower) <= KEY_LENGTH:
            return lower
        raise UserError("bad_pix_key", field="pix_key", value=text)
    if not plain.startswith(("+", "(")):
        try:
            return normalize_document(plain)
        except UserError:
            pass
    phone = parse_phone(plain, default_ddd=None)
    if phone.valid and len(phone.digits) == 11:
        return f"+55{phone.digits}"
    raise UserError("bad_pix_key", field="pix_key", value=text)


def pix_code(
    key: str,
    name: str,
    city: str,
    *,
    amount: int | None = None,
    reference: str | None = None,
    message: str | None = None,
) -> str:
    """The text behind the QR code, to be copied too (*copia e cola*).

    ``amount`` in centavos, None is left to the payer; ``reference`` (txid) is up to 25 letters and
    digits. Name and city are written without accents and cut to 25 and 15 letters, a message to
    what is left beside the key. Raises UserError: ``bad_pix_key``, ``pix_incomplete`` (name or
    city), ``bad_amount``, ``bad_pix_reference``.
    """
    account = _object("00", DOMAIN) + _object("01", normalize_pix_key(key))
    said = _plain(message or "", 99 - len(account) - 4)
    if said:
        account += _object("02", said)
    receiver, town = _plain(name, NAME_LENGTH), _plain(city, CITY_LENGTH)
    if not receiver or not town:
        raise UserError("pix_incomplete", field="pix_city" if receiver else "pix_name")
    if amount is not None and not 0 < amount <= LARGEST:
        raise UserError("bad_amount", field="amount")
    if reference is not None and not _REFERENCE.fullmatch(reference):
        raise UserError("bad_pix_reference", value=reference)
    code = "".join(
        (
            _object("00", "01"),
            _object("26", account),
            _object("52", "0000"),
            _object("53", "986"),
            "" if amount is None else _object("54", decimal_text(amount)),
            _object("58", "BR"),
            _object("59", receiver),
            _object("60", town),
            _object("62", _object("05", reference or NO_REFERENCE)),
            "6304",
        )
    )
    return code + checksum(code)


def checksum(text: str) -> str:
    """CRC-16/CCITT-FALSE (polynomial 1021, from FFFF), four capital hex digits."""
    return f"{binascii.crc_hqx(text.encode('utf-8'), 0xFFFF):04X}"


def order_reference(number: int) -> str:
    """How an order is named to the bank: ``OS000123``."""
    return f"OS{number:06d}"


def shop_pix(shop: ShopView, number: int, amount: int) -> str | None:
    """The code that pays ``amount`` centavos of an order to the shop; None where it has no key."""
    if not shop.pix_key:
        return None
    return pix_code(
        shop.pix_key,
        shop.pix_name or shop.name,
        shop.pix_city or shop.city or "",
        amount=amount,
        reference=order_reference(number),
    )


def _object(name: str, value: str) -> str:
    return f"{name}{len(value):02d}{value}"


def _plain(text: str, length: int) -> str:
    """Printable ASCII without accents, one blank between words: accents make readers fail."""
    bare = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    words = "".join(letter if letter.isprintable() else " " for letter in bare).split()
    return " ".join(words)[: max(length, 0)].strip()
