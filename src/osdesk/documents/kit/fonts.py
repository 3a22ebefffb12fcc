"""Letters on paper: the embedded fonts, which of them can show a character, and how wide text is.

A character that no font has is drawn as a visible mark, so that nothing vanishes from a paper.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from reportlab import rl_config
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from osdesk.documents.kit import fonts as arabic
from osdesk.paths import resource

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
    """``text`` with its Arabic letters in the forms that the letters beside them need."""
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


REGULAR = "IBMPlexSans-Regular"
MEDIUM = "IBMPlexSans-Medium"
SEMIBOLD = "IBMPlexSans-SemiBold"
ITALIC = "IBMPlexSans-Italic"
CONDENSED = "IBMPlexSansCondensed-Regular"
CONDENSED_MEDIUM = "IBMPlexSansCondensed-Medium"
CONDENSED_SEMIBOLD = "IBMPlexSansCondensed-SemiBold"
FALLBACK = "DejaVuSans"

NAMES = (
    REGULAR,
    MEDIUM,
    SEMIBOLD,
    ITALIC,
    CONDENSED,
    CONDENSED_MEDIUM,
    CONDENSED_SEMIBOLD,
    FALLBACK,
)

MARK = "□"
"""Stands for a character that no font of ours has (emoji, Chinese, a lone surrogate)."""

_LINE_ENDS = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")


@lru_cache(maxsize=1)
def prepare() -> None:
    """Register the fonts once per process, and forbid ReportLab to open files and hosts."""
    rl_config.useA85 = 0  # streams as they are, not as letters: a quarter less, and sooner
    rl_config.trustedHosts = None
    rl_config.trustedSchemes = []
    rl_config.toColorCanUse = "rl_extended_literal_eval"
    for name in NAMES:
        pdfmetrics.registerFont(TTFont(name, str(resource("fonts", f"{name}.ttf"))))


@lru_cache(maxsize=len(NAMES))
def _widths(font: str) -> dict[int, float]:
    """Width of each character of a font, in thousandths of its size."""
    prepare()
    # A TrueType face; the stub knows those of Type 1 alone.
    face = pdfmetrics.getFont(font).face  # type: ignore[attr-defined]
    widths = face.charWidths
    # Astral characters are left out: ReportLab writes their text layer wrong.
    return {
        code: widths.get(code, face.defaultWidth) for code in face.charToGlyph if code <= 0xFFFF
    }


def clean(text: str) -> str:
    """Text as it can be drawn: NFC, ``\\n`` the only line end, no controls, marks for the rest."""
    if text.isascii() and text.isprintable():
        return text
    text = unicodedata.normalize("NFC", _LINE_ENDS.sub("\n", text).replace("\t", "    "))
    return "".join(_letters(arabic.join(text) if arabic.is_arabic(text) else text))


def _letters(text: str) -> Iterator[str]:
    plain, fallback = _widths(REGULAR), _widths(FALLBACK)
    for letter in text:
        code = ord(letter)
        if letter == "\n":
            yield letter
            continue
        category = unicodedata.category(letter)
        if category in ("Cc", "Cf") or 0xFE00 <= code <= 0xFE0F:
            continue  # controls and the invisible joiners and selectors of other scripts
        if code in plain or code in fallback:
            yield letter
        else:
            yield " " if category == "Zs" else MARK


def runs(text: str, font: str) -> Iterator[tuple[str, str]]:
    """Stretches of one font: the wanted one, else the fallback; drawn from left to right."""
    own = _widths(font)
    start, current = 0, font
    for place, letter in enumerate(text):
        wanted = font if ord(letter) in own else FALLBACK
        if wanted != current:
            if place > start:
                yield text[start:place], current
            start, current = place, wanted
    if start < len(text):
        yield text[start:], current


@lru_cache(maxsize=1 << 15)
def _units(text: str, font: str) -> float:
    own, fallback = _widths(font), _widths(FALLBACK)
    missing = fallback[ord(MARK)]
    return sum(own.get(ord(c)) or fallback.get(ord(c), missing) for c in text)


def width(text: str, font: str, size: float) -> float:
    """Width in points of cleaned text without line ends."""
    return _units(text, font) * size / 1000


def visual(line: str) -> str:
    """A line in the order in which it is drawn: right-to-left stretches turned around."""
    if not any(_is_rtl(letter) for letter in line):
        return line
    result: list[str] = []
    place = 0
    while place < len(line):
        if not _is_rtl(line[place]):
            result.append(line[place])
            place += 1
            continue
        end = place
        for ahead in range(place, len(line)):
            if _is_rtl(line[ahead]) or unicodedata.combining(line[ahead]):
                end = ahead
            elif unicodedata.bidirectional(line[ahead]) == "L":
                break
        result.append(_turned(line[place : end + 1]))
        place = end + 1
    return "".join(result)


def _is_rtl(letter: str) -> bool:
    return letter > "\u0590" and unicodedata.bidirectional(letter) in ("R", "AL")


_CLUSTER = re.compile(r"[0-9٠-٩]+(?:[.,:/][0-9٠-٩]+)*|.[\u0300-\u036f\u0591-\u05c7\u064b-\u065f]*")
_MIRROR = str.maketrans("()[]{}<>«»", ")(][}{><»«")


def _turned(stretch: str) -> str:
    return "".join(
        cluster.translate(_MIRROR) if len(cluster) == 1 else cluster
        for cluster in reversed(_CLUSTER.findall(stretch))
    )
