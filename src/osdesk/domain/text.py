"""Texts at the boundary: kept as typed, in one Unicode form, without what cannot be printed."""

import re
import unicodedata

from osdesk.domain.errors import UserError

NAME_LIMIT = 200
TEXT_LIMIT = 20_000

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


def clean_text(text: str, *, limit: int, field: str) -> str:
    """A free text as typed: NFC, line ends as ``\\n``.

    Raises UserError ``bad_character`` for controls (but line ends and tab), lone surrogates and
    noncharacters, ``too_long`` beyond ``limit`` letters; both name the ``field``.
    """
    plain = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    if _CONTROL.search(plain) or any(ord(letter) & 0xFFFE == 0xFFFE for letter in plain):
        raise UserError("bad_character", field=field)
    if len(plain) > limit:
        raise UserError("too_long", field=field, limit=limit)
    return plain


def clean_line(text: str, *, limit: int, field: str) -> str:
    """A text of one line: as ``clean_text``, line ends and tabs as blanks, no blanks around."""
    plain = re.sub("[\r\n\t\u2028\u2029]+", " ", text).strip()
    return clean_text(plain, limit=limit, field=field)


_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f"
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e0fff]"
)
"""What nobody sees, and what turns the direction of the letters around it."""
_BREAKS = re.compile("[\r\n\t\v\f\u2028\u2029]+")


def seen(text: str) -> str:
    """A name or a number as people see it, in one line: without controls, direction marks and
    zero-width letters. A text of nothing else is empty."""
    return _UNSEEN.sub("", _BREAKS.sub(" ", text))


def readable(text: str) -> str:
    """What somebody wrote, in one line that a terminal and a message bar can show."""
    return _CONTROL.sub("", seen(text))


def clean_name(text: str, *, limit: int, field: str) -> str:
    """A name, a phone or a serial number: as ``clean_line`` of what is seen of it."""
    return clean_line(seen(text), limit=limit, field=field)


def fold(text: str) -> str:
    """For comparing: no case, no accents, single blanks. Folding twice changes nothing."""
    if not text.isascii():
        # decomposed before and after: some letters change case only when taken apart
        split = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
        text = "".join(letter for letter in split if not unicodedata.combining(letter))
    return " ".join(text.casefold().split())
