"""Texts of people in spreadsheets: shown as they were typed, never run as a formula."""

import re
import unicodedata

_LEADS = frozenset("=+-@|%\t\r＝＋－＠｜％")
"""What makes a spreadsheet read a cell as a formula or a command, full-width forms too."""

_UNREADABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef]")


def plain(text: str) -> str:
    """NFC without controls, lone surrogates and noncharacters, which make a file unreadable.

    Line ends become ``\\n``; tab stays.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = _UNREADABLE.sub("", unicodedata.normalize("NFC", text))
    return "".join(c for c in text if ord(c) & 0xFFFE != 0xFFFE)


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
