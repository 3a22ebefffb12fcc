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


def fold(text: str) -> str:
    """For comparing: no case, no accents, single blanks. Folding twice changes nothing."""
    if not text.isascii():
        # decomposed before and after: some letters change case only when taken apart
        split = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
        text = "".join(letter for letter in split if not unicodedata.combining(letter))
    return " ".join(text.casefold().split())
