"""What a person typed into a search box, as a query of the full-text index; never FTS syntax.

The index keeps prefixes of one to eight letters and no positions (``detail=none``), so a query is
words cut at eight letters, each quoted, joined by AND; longer words are compared whole afterwards.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from osdesk.domain.text import fold

LONGEST_PREFIX = 8
MOST_WORDS = 12
MOST_LETTERS = 200
LARGEST_NUMBER = 999_999_999

_WORD = re.compile(r"[^\W_]+")
_DIGITS_CHUNK = re.compile(r"[\d().+/-]*\d[\d().+/-]*", re.ASCII)
_NUMBER = re.compile(r"(?:os)?[\s.:#nº°]*0*(\d{1,9})", re.ASCII)


@dataclass(frozen=True, slots=True)
class SearchQuery:
    """``number``: a bare order number. ``match``: an FTS5 expression, None where there is no word.
    ``long_words``: folded words to be compared whole. ``like``: escaped LIKE pattern (escape
    ``\\``) for a text without any word, such as an emoji."""

    number: int | None = None
    match: str | None = None
    long_words: tuple[str, ...] = ()
    like: str | None = None


def build_search(text: str) -> SearchQuery:
    typed = unicodedata.normalize("NFC", text).strip()[:MOST_LETTERS]
    if not typed:
        return SearchQuery()
    number = _order_number(typed)
    if number is not None and typed[0] in "oO":
        typed = str(number)
    terms: list[str] = []
    long_words: list[str] = []
    for chunk in _chunks(typed):
        terms.append(_term(chunk, long_words))
    terms = [term for term in terms if term][:MOST_WORDS]
    if not terms:
        return SearchQuery(number=number, like=_like(typed))
    return SearchQuery(number, " AND ".join(terms), tuple(long_words[:MOST_WORDS]))


def row_matches(long_words: Sequence[str], folded: str) -> bool:
    """Whether each long word begins some word of a folded text."""
    if not long_words:
        return True
    words = _WORD.findall(folded)
    return all(any(word.startswith(wanted) for word in words) for wanted in long_words)


def _order_number(typed: str) -> int | None:
    match = _NUMBER.fullmatch(typed.casefold())
    if match is None:
        return None
    number = int(match[1])
    return number if 1 <= number <= LARGEST_NUMBER else None


def _chunks(typed: str) -> list[list[str]]:
    """Pieces between blanks; neighbours made of digits and phone signs only stand together."""
    chunks: list[list[str]] = []
    open_run = False
    for piece in typed.split():
        is_digits = _DIGITS_CHUNK.fullmatch(piece) is not None
        if is_digits and open_run:
            chunks[-1].append(piece)
        else:
            chunks.append([piece])
        open_run = is_digits
    return chunks


def _term(pieces: list[str], long_words: list[str]) -> str:
    """One chunk as FTS: its words, or the run that they make without punctuation."""
    words = [word for piece in pieces for word in _WORD.findall(piece)]
    if not words:
        return ""
    split = " AND ".join(_prefix(word) for word in words)
    if len(words) == 1:
        if words[0].isalpha() and len(words[0]) > LONGEST_PREFIX:
            long_words.append(fold(words[0]))
        return split
    run = "".join(words)
    if all(_DIGITS_CHUNK.fullmatch(piece) for piece in pieces):
        run = _national(run)
    return f"({_prefix(run)} OR ({split}))"


def _national(digits: str) -> str:
    """A run of digits as phones are indexed: without country code or trunk zero."""
    if len(digits) in (12, 13) and digits.startswith("55"):
        digits = digits[2:]
    if len(digits) in (11, 12) and digits.startswith("0"):
        return digits[1:]
    return digits


def _prefix(word: str) -> str:
    """Words of letters cut where the index's prefixes end; numbers and serials whole."""
    cut = word[:LONGEST_PREFIX] if word.isalpha() else word
    return f'"{cut}"*'


def _like(typed: str) -> str:
    escaped = re.sub(r"([\\%_])", r"\\\1", typed)
    return f"%{escaped}%"
