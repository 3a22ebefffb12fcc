"""What a person typed into a search box, as a query of the full-text index; never FTS syntax.

The index keeps prefixes of one to eight letters and no positions (``detail=none``), so a query is
words cut at eight letters, each quoted, joined by AND; longer words are compared whole afterwards.
A quoted word that the tokenizer would split is an error there, so only what every SQLite and every
Python call a letter makes words: Unicode 3.2, which the standard library carries beside its own.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from typing import NamedTuple

from osdesk.domain.text import fold, readable

LONGEST_PREFIX = 8
MOST_WORDS = 12
MOST_PARTS = 5
"""Pieces of one serial or document typed with blanks: ``12 ABC 345 01DE 35``."""
MOST_LETTERS = 200
LARGEST_NUMBER = 999_999_999

_WORD = re.compile(r"[^\W_]+")
_SIGNS = r"().+/\-\u2010-\u2015\u2212"
"""What stands in phones and documents, the dashes of other programs included."""
_DIGITS = re.compile(rf"[0-9{_SIGNS}]*[0-9][0-9{_SIGNS}]*")
_DOTTED = re.compile(r"[0-9]{1,3}(?:\.[0-9]{3})+")
"""A number with its thousands: ``9.000``."""
_ONLY_SIGNS = re.compile(rf"[{_SIGNS}]+")
_OS = re.compile(rf"os[\s.:#nº°-]*([0-9][0-9\s{_SIGNS}]*)", re.IGNORECASE)
_NUMBER = re.compile(r"[\s.:#nº°-]*0*([0-9]{1,3}(?:\.[0-9]{3}){1,2}|[0-9]{1,9})", re.IGNORECASE)
_ACCENTS = re.compile(
    "[\u0300-\u0304\u0306-\u030c\u030f\u0311\u031b\u0323-\u0328\u032d\u032e\u0330\u0331]"
)
"""Combining accents that the tokenizer leaves out of a word; any other one parts words."""


@dataclass(frozen=True, slots=True)
class SearchQuery:
    """``number``: a bare order number. ``match``: an FTS5 expression, None where there is no word.
    ``long_words``: folded words to be compared whole. ``like``: escaped LIKE pattern (escape
    ``\\``) for a text without any word, such as an emoji."""

    number: int | None = None
    match: str | None = None
    long_words: tuple[str, ...] = ()
    like: str | None = None


Synonyms = Sequence[Sequence[str]]
"""Groups of words or phrases that mean the same: ``geladeira``, ``refrigerador``."""


class _Piece(NamedTuple):
    """What stood between two blanks; ``certain``: each of its letters is one for the index too."""

    typed: str
    words: list[str]
    certain: bool


def build_search(text: str, synonyms: Synonyms = ()) -> SearchQuery:
    """Never raises: any text is a query, an empty one finds nothing."""
    typed = unicodedata.normalize("NFC", readable(text[: 5 * MOST_LETTERS]))
    typed = typed[:MOST_LETTERS].strip()
    if not typed:
        return SearchQuery()
    order = _OS.fullmatch(typed)
    plain = order[1] if order else typed
    pieces = list(_pieces(plain))
    chunks = list(_chunks(pieces))
    if not chunks:
        return SearchQuery(number=_number(plain), like=_like(typed))
    alike = list(_alike(chunks, synonyms))
    meant = {id(piece) for chunk, others in alike if others for piece in chunk}
    long_words = [
        fold(piece.words[0])
        for piece in pieces
        if id(piece) not in meant
        and len(piece.words) == 1
        and len(piece.words[0]) > LONGEST_PREFIX
        and fold(piece.words[0]).isalpha()
    ]
    terms = [_all(*(_either(_chunk_term(chunk), *others) for chunk, others in alike))]
    parts = len(chunks) > 1 and len(pieces) <= MOST_PARTS and not long_words
    if parts and all(piece.certain for piece in pieces):
        terms += _unspaced(plain)
    if order and typed.isalnum():
        terms.append(_prefix(typed))  # a device may be called OS9120
    return SearchQuery(_number(plain), _either(*terms), tuple(long_words))


def row_matches(long_words: Sequence[str], folded: str) -> bool:
    """Whether each long word begins some word of a folded text."""
    if not long_words:
        return True
    words = _WORD.findall(folded)
    return all(any(word.startswith(wanted) for word in words) for wanted in long_words)


def _number(plain: str) -> int | None:
    match = _NUMBER.fullmatch(plain)
    return int(match[1].replace(".", "")) or None if match else None


def _alike(
    chunks: list[list[_Piece]], synonyms: Synonyms
) -> Iterator[tuple[list[_Piece], list[str]]]:
    """The chunks, those that are together a word of a group as one, with the group's others."""
    groups: dict[tuple[str, ...], list[str]] = {}
    for group in synonyms:
        phrases = [tuple(_WORD.findall(fold(words))) for words in group]
        for phrase in filter(None, phrases):
            others = [_all(*map(_prefix, other)) for other in phrases if other and other != phrase]
            groups.setdefault(phrase, []).extend(others)
    longest = max(map(len, groups), default=0)
    place = 0
    while place < len(chunks):
        for size in range(min(longest, len(chunks) - place), 0, -1):
            together = [piece for chunk in chunks[place : place + size] for piece in chunk]
            said = tuple(fold(word) for piece in together for word in piece.words)
            if said in groups:
                yield together, groups[said]
                place += size
                break
        else:
            yield chunks[place], []
            place += 1


# -- taking apart ---------------------------------------------------------------------------------


def _pieces(plain: str) -> Iterator[_Piece]:
    left = MOST_WORDS
    for typed in plain.split():
        words, certain = _words(typed)
        yield _Piece(typed, words[:left], certain)
        left -= len(words)
        if left <= 0:
            return


def _words(typed: str) -> tuple[list[str], bool]:
    """Words up to the first letter of which the index may think otherwise."""
    bare = _ACCENTS.sub("", typed)
    known = next((at for at, letter in enumerate(bare) if not _is_settled(letter)), len(bare))
    return _WORD.findall(bare[:known]), known == len(bare)


def _is_settled(letter: str) -> bool:
    if letter.isascii():
        return True
    category = unicodedata.ucd_3_2_0.category(letter)
    return category not in ("Cn", "Co") and (category[0] in "LN") == letter.isalnum()


def _chunks(pieces: list[_Piece]) -> Iterator[list[_Piece]]:
    """Pieces that hold words; neighbours of digits and phone signs only stand together."""
    digits: list[_Piece] = []
    for piece in pieces:
        if _DIGITS.fullmatch(piece.typed):
            digits.append(piece)
        elif not (digits and _ONLY_SIGNS.fullmatch(piece.typed)):
            if digits:
                yield digits
            digits = []
            if piece.words:
                yield [piece]
    if digits:
        yield digits


# -- putting together -----------------------------------------------------------------------------


def _chunk_term(chunk: list[_Piece]) -> str:
    if len(chunk) == 1:
        return _piece_term(chunk[0])
    if not all(_DIGITS.fullmatch(piece.typed) for piece in chunk):
        return _all(*map(_piece_term, chunk))  # a phrase that has others like it
    runs = _runs("".join(piece.typed for piece in chunk))
    return _either(*map(_prefix, runs), _all(*map(_piece_term, chunk)))


def _piece_term(piece: _Piece) -> str:
    """Its words, or the run that they make without punctuation, as serials are indexed too."""
    runs: list[str] = []
    if _DOTTED.fullmatch(piece.typed):
        return _either(*map(_prefix, _runs(piece.typed)), _all(*(f'"{w}"' for w in piece.words)))
    if _DIGITS.fullmatch(piece.typed):
        runs = list(map(_prefix, _runs(piece.typed)))
    elif len(piece.words) > 1 and piece.certain:
        runs = _unspaced(piece.typed)
    if "@" in piece.typed:  # an e-mail address is compared whole, and is in the index as one word
        run = "".join(piece.words)
        return _either(f'"{run}"*', _all(*(f'"{word}"*' for word in piece.words)))
    return _either(*runs, _all(*map(_prefix, piece.words)))


def _runs(typed: str) -> list[str]:
    """The digits as they stand, and as phones are indexed: no country code, no trunk zero, and a
    mobile said as before 2016 with its first nine.

    All of them, for a document or a serial may begin with a zero or with 55.
    """
    digits = re.sub(r"[^0-9]", "", typed)
    national = digits
    if digits.startswith("55") and (typed.startswith(("+", "(+")) or len(digits) in (12, 13)):
        national = digits[2:]
    if national.startswith("0") and len(national) in (11, 12):
        national = national[1:]
    runs = [digits, national] if national else [digits]
    area, local = national[:-8], national[-8:]
    if len(national) in (8, 10) and local[0] in "6789":
        runs.append(f"{area}9{local}")
    return list(dict.fromkeys(runs))


def _unspaced(typed: str) -> list[str]:
    """All letters and digits as one word, where digits are among them or punctuation parts them."""
    run = "".join(letter for letter in fold(typed) if letter.isalnum())
    worth = run and (not run.isalpha() or " " not in typed)
    return [_prefix(run)] if worth and all(map(_is_settled, run)) else []


def _prefix(word: str) -> str:
    """Words of letters cut where the index's prefixes end; numbers and serials whole."""
    cut = word[:LONGEST_PREFIX] if word.isalpha() else word
    return f'"{cut}"*'


def _all(*terms: str) -> str:
    return terms[0] if len(terms) == 1 else f"({' AND '.join(terms)})"


def _either(*terms: str) -> str:
    different = list(dict.fromkeys(terms))
    return different[0] if len(different) == 1 else f"({' OR '.join(different)})"


def _like(typed: str) -> str:
    escaped = re.sub(r"([\\%_])", r"\\\1", typed)
    return f"%{escaped}%"


# -- words spelt nearly so ------------------------------------------------------------------------
#
# Names in Portuguese have many spellings of one sound (Thiago, Tiago; Souza, Sousa; Luiz, Luis),
# and fingers slip by one letter. Each candidate is asked of the index: does anybody have it?

SHORTEST_NEAR = 3
"""Shorter words are near to too many others."""
LONGEST_NEAR = 20
SOUNDS = (
    ("ph", "f"), ("th", "t"), ("ch", "x"), ("ck", "k"), ("ll", "l"), ("nn", "n"), ("tt", "t"),
    ("ss", "c"), ("ss", "s"), ("rr", "r"), ("mm", "m"), ("z", "s"), ("y", "i"), ("w", "v"),
    ("w", "u"), ("k", "c"), ("k", "q"), ("qu", "k"), ("j", "g"), ("x", "s"), ("x", "ch"),
    ("h", ""), ("n", "m"), ("i", "e"), ("u", "o"), ("l", "u"), ("c", "s"), ("sc", "c"),
    ("s", "ss"), ("ie", "i"), ("ct", "t"), ("cs", "x"),
)  # fmt: skip
"""Ways to write one sound, each for the other."""
LETTERS = "abcdefghijklmnopqrstuvwxyz"


def near_words(word: str) -> Iterator[str]:
    """Folded words that are spelt or sound nearly like a folded word of letters, the likeliest
    first; nothing for any other."""
    if not SHORTEST_NEAR <= len(word) <= LONGEST_NEAR or not word.isalpha():
        return
    given = {word}
    for near in (*_sounding_alike(word), *_slips(word), *_twice(word)):
        if near not in given and len(near) >= SHORTEST_NEAR - 1:
            given.add(near)
            yield near


def _sounding_alike(word: str) -> Iterator[str]:
    """One sound of the word written in another way."""
    for one, other in SOUNDS:
        for said, written in ((one, other), (other, one)):
            if not said:
                continue
            at = word.find(said)
            while at >= 0:
                yield word[:at] + written + word[at + len(said) :]
                at = word.find(said, at + 1)


def _slips(word: str) -> Iterator[str]:
    """One letter too many, two in the wrong order, one missing, one for another."""
    ends = range(len(word) + 1)
    for at in ends[:-1]:
        yield word[:at] + word[at + 1 :]
    for at in ends[:-2]:
        yield word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    for at, letter in product(ends, LETTERS):
        yield word[:at] + letter + word[at:]
    for at, letter in product(ends[:-1], LETTERS):
        yield word[:at] + letter + word[at + 1 :]


def _twice(word: str) -> Iterator[str]:
    """Two sounds of the word written in another way."""
    for near in list(_sounding_alike(word)):
        yield from _sounding_alike(near)
