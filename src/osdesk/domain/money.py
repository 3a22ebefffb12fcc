"""Money in whole centavos and quantities in thousandths: reading, showing, rounding, splitting.

Never a float. What a person types is Brazilian (``1.234,56``) and is refused where it is not plain;
what a file says is a decimal string with a dot (``1234.56``).
"""

import re
from collections.abc import Sequence

from osdesk.domain.errors import UserError

MAX_CENTS = 9_999_999_999
"""R$ 99.999.999,99."""
MAX_QUANTITY = 999_999_999
"""999.999,999."""

_BRL = re.compile(r"(?:R\$ *)?([1-9]\d{0,2}(?:\.\d{3})+|\d+)(?:,(\d{1,2}))?", re.ASCII | re.I)
_DECIMAL = re.compile(r"(\d{1,12})(?:\.(\d{1,3}))?", re.ASCII)
_QUANTITY = re.compile(r"([1-9]\d{0,2}(?:\.\d{3})+|\d+)(?:,(\d{1,3}))?", re.ASCII)
_PERCENT = re.compile(r"(\d{1,3})(?:,(\d{1,2}))? *%", re.ASCII)
_MOST_DIGITS = 15
"""Of what is turned into a number at all: Python refuses to read thousands of digits."""


def parse_brl(text: str) -> int:
    """Centavos from what a person typed: ``1.234,56``, ``R$ 10``, ``0,5``.

    Raises UserError ``bad_money`` for anything that is not plainly one amount (``12.34`` and
    ``0.123`` are refused, never guessed) and ``amount_too_big``.
    """
    match = _BRL.fullmatch(text.replace("\xa0", " ").strip())
    if match is None:
        raise UserError("bad_money", value=text)
    whole, cents = match[1].replace(".", ""), match[2] or ""
    if len(whole) > _MOST_DIGITS:
        raise UserError("amount_too_big", value=text)
    return _within(int(whole) * 100 + int(cents.ljust(2, "0")))


def parse_discount(text: str, base: int) -> int:
    """Centavos of a discount typed as an amount or as a share of ``base``: ``10%``, ``12,5 %``.

    A share is ROUND_HALF_UP on centavos. Raises UserError as ``parse_brl``, and ``bad_percent``
    for a share above the whole or that is not plainly one number.
    """
    typed = text.replace("\xa0", " ").strip()
    if not typed.endswith("%"):
        return parse_brl(text)
    match = _PERCENT.fullmatch(typed)
    hundredths = int(match[1]) * 100 + int((match[2] or "").ljust(2, "0")) if match else None
    if hundredths is None or hundredths > 100_00:
        raise UserError("bad_percent", value=text)
    return (base * hundredths + 50_00) // 100_00


def percent_text(part: int, whole: int) -> str:
    """The share that ``part`` is of ``whole``: ``10%``, ``33,33%``; empty where there is none."""
    if part <= 0 or whole <= 0:
        return ""
    hundredths = (2 * part * 100_00 + whole) // (2 * whole)
    units, rest = divmod(hundredths, 100)
    return f"{units},{rest:02d}".rstrip("0").rstrip(",") + "%"


def format_amount(cents: int) -> str:
    """``1.234,56``; negative with a leading minus."""
    whole, rest = divmod(abs(cents), 100)
    grouped = f"{whole:,}".replace(",", ".")
    return f"{'-' if cents < 0 else ''}{grouped},{rest:02d}"


def format_brl(cents: int, *, symbol: bool = True) -> str:
    """``R$ 1.234,56`` with a plain space; negative ``-R$ 1,00``."""
    if not symbol:
        return format_amount(cents)
    return f"{'-' if cents < 0 else ''}R$ {format_amount(abs(cents))}"


def parse_decimal(text: str, *, max_cents: int = MAX_CENTS) -> int:
    """Centavos from a decimal string of a file: ``180.00``, ``180``, ``180.5``.

    Raises UserError ``bad_money`` for signs, exponents, blanks, letters or more than two decimals,
    ``amount_too_big`` above ``max_cents``.
    """
    match = _DECIMAL.fullmatch(text)
    if match is None or len(match[2] or "") > 2:
        raise UserError("bad_money", value=text)
    return _within(int(match[1]) * 100 + int((match[2] or "").ljust(2, "0")), max_cents)


def decimal_text(cents: int) -> str:
    """``180.00``; negative ``-20.00``."""
    whole, rest = divmod(abs(cents), 100)
    return f"{'-' if cents < 0 else ''}{whole}.{rest:02d}"


def parse_quantity_decimal(text: str) -> int:
    """Thousandths from a decimal string of a file: ``1``, ``1.5``, ``0.125``.

    Raises UserError ``bad_quantity``; zero is no quantity.
    """
    match = _DECIMAL.fullmatch(text)
    if match is None:
        raise UserError("bad_quantity", value=text)
    return _quantity(int(match[1]) * 1000 + int((match[2] or "").ljust(3, "0")), text)


def quantity_text(quantity: int) -> str:
    """``1``, ``1.5``, ``0.125``: no zeros behind."""
    whole, rest = divmod(quantity, 1000)
    return f"{whole}.{rest:03d}".rstrip("0").rstrip(".")


def parse_quantity_br(text: str) -> int:
    """Thousandths from what a person typed: ``2``, ``1,5``. Raises UserError ``bad_quantity``."""
    match = _QUANTITY.fullmatch(text.strip())
    if match is None:
        raise UserError("bad_quantity", value=text)
    whole, rest = match[1].replace(".", ""), match[2] or ""
    if len(whole) > _MOST_DIGITS:
        raise UserError("bad_quantity", value=text)
    return _quantity(int(whole) * 1000 + int(rest.ljust(3, "0")), text)


def format_quantity_br(quantity: int) -> str:
    """``1``, ``1,5``, ``1.250``: no zeros behind the comma."""
    whole, rest = divmod(quantity, 1000)
    grouped = f"{whole:,}".replace(",", ".")
    return f"{grouped},{rest:03d}".rstrip("0") if rest else grouped


def line_total(quantity: int, unit_price: int) -> int:
    """ROUND_HALF_UP(quantity x price) in centavos, of thousandths and centavos not below zero."""
    return (quantity * unit_price + 500) // 1000


def split_evenly(total: int, parts: int) -> list[int]:
    """``parts`` shares that sum exactly; the first ones get the odd centavos."""
    share, odd = divmod(total, parts)
    return [share + 1] * odd + [share] * (parts - odd)


def split_by_weight(total: int, weights: Sequence[int]) -> list[int]:
    """Shares in proportion to weights not below zero, summing exactly (largest remainder).

    Equal remainders go to the earlier share; where all weights are zero the split is even.
    """
    if not weights:
        return []
    whole = sum(weights)
    if whole == 0:
        return split_evenly(total, len(weights))
    shares = [total * weight // whole for weight in weights]
    by_remainder = sorted(range(len(weights)), key=lambda i: (-(total * weights[i] % whole), i))
    for index in by_remainder[: total - sum(shares)]:
        shares[index] += 1
    return shares


def _within(cents: int, most: int = MAX_CENTS) -> int:
    if cents > most:
        raise UserError("amount_too_big", value=cents)
    return cents


def _quantity(quantity: int, text: str) -> int:
    if not 1 <= quantity <= MAX_QUANTITY:
        raise UserError("bad_quantity", value=text)
    return quantity
