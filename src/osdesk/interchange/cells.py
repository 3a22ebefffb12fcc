"""Texts of people in spreadsheets: shown as they were typed, never run as a formula."""

import re
import unicodedata
from datetime import date

from osdesk.domain.calendar import format_date
from osdesk.domain.money import format_amount

_LEADS = frozenset("=+-@|%\t\r＝＋－＠｜％")
"""What makes a spreadsheet read a cell as a formula or a command, full-width forms too."""

_LAST_OF_PLANES = "".join(chr(plane << 16 | last) for plane in range(17) for last in (65534, 65535))
_UNREADABLE = re.compile(
    f"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef{_LAST_OF_PLANES}]"
)


def plain(text: str) -> str:
    """NFC without controls, lone surrogates and noncharacters, which make a file unreadable.

    Line ends become ``\\n``; tab stays.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _UNREADABLE.sub("", unicodedata.normalize("NFC", text))


def guarded(text: str) -> str:
    """A CSV field that no spreadsheet takes for a formula: ``'`` before what would be one.

    Blanks and ``'`` before it do not hide it, so that taking one ``'`` off gives the text back.
    """
    for letter in text:
        if letter in _LEADS:
            return f"'{text}"
        if not (letter.isspace() or letter == "'" or unicodedata.category(letter) == "Cf"):
            break
    return text


def csv_text(text: str | None) -> str:
    return guarded(plain(text or ""))


def csv_day(day: date | None) -> str:
    return format_date(day) if day else ""


def csv_number(cents: int) -> str:
    """Without points between thousands: a spreadsheet takes those for text."""
    sign = "-" if cents < 0 else ""
    return sign + format_amount(abs(cents)).replace(".", "")
