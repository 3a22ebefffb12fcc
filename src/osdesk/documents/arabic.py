"""Arabic letters joined to their neighbours, as they are read: the font holds the joined forms, and
Unicode's own table says which belongs to which letter."""

import unicodedata
from functools import lru_cache

_FORMS = (*range(0xFB50, 0xFDFE), *range(0xFE70, 0xFEFD))
_TATWEEL = "\u0640"
_LAM = "\u0644"
_JOINER = "\u200d"


@lru_cache(maxsize=1)
def _table() -> dict[str, dict[str, str]]:
    """Letter (lam and alef are one) to its forms: isolated, initial, medial, final."""
    table: dict[str, dict[str, str]] = {}
    for code in _FORMS:
        how, *letters = unicodedata.decomposition(chr(code)).split() or [""]
        text = "".join(chr(int(letter, 16)) for letter in letters)
        pair = len(text) == 2 and text[0] == _LAM and text[1] in "\u0622\u0623\u0625\u0627"
        if how.startswith("<") and (len(text) == 1 or pair):
            table.setdefault(text, {}).setdefault(how.strip("<>"), chr(code))
    return table


def is_arabic(text: str) -> bool:
    return any("\u0620" <= letter <= "\u06d3" for letter in text)


def join(text: str) -> str:
    """``text`` with its Arabic letters in the forms that their neighbours ask for."""
    table = _table()
    result: list[str] = []
    place, before = 0, False  # the letter before reaches to this one
    while place < len(text):
        letter = text[place]
        if unicodedata.combining(letter):  # a vowel's sign stands over, not between
            result.append(letter)
            place += 1
            continue
        pair = text[place : place + 2]
        unit = pair if len(pair) == 2 and pair in table else letter
        place += len(unit)
        forms = table.get(unit, {})
        reaches = "initial" in forms or unit in (_TATWEEL, _JOINER)
        joins_back = before and "final" in forms
        after = reaches and _takes(text, place)
        name = ("medial" if joins_back else "initial") if after else "final" if joins_back else ""
        result.append(forms.get(name or "isolated", unit))
        before = reaches
    return "".join(result)


def _takes(text: str, place: int) -> bool:
    """Whether the next letter is one that is joined to."""
    while place < len(text) and unicodedata.combining(text[place]):
        place += 1
    if place == len(text):
        return False
    return text[place] in (_TATWEEL, _JOINER) or "final" in _table().get(text[place], {})
