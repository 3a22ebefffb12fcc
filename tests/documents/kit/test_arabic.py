"""Arabic letters take the form that their neighbours ask for; everything else stays."""

import pytest

from osdesk.documents.kit import fonts
from osdesk.documents.kit.fonts import is_arabic, join


@pytest.mark.parametrize(
    ("typed", "forms"),
    [
        ("محمد", "ﻣﺤﻤﺪ"),  # initial, medial, medial, final
        ("دار", "ﺩﺍﺭ"),  # letters that reach to nobody
        ("لا", "ﻻ"),  # lam and alef are one
        ("سلام", "ﺳﻼﻡ"),
        ("مُحَ", "ﻣُﺢَ"),  # signs of vowels are passed over
        ("پنج", "ﭘﻨﺞ"),  # Persian
        ("ب", "ﺏ"),
        ("بـ", "ﺑـ"),
        ("نمی\u200cخواهم", "ﻧﻤﯽ\u200cﺧﻮﺍﻫﻢ"),  # parted by a non-joiner
        ("A54 بيت 12", "A54 ﺑﻴﺖ 12"),
    ],
)
def test_letters_are_joined(typed, forms):
    assert is_arabic(typed)
    assert join(typed) == forms


def test_what_is_joined_stays_so_and_is_in_the_font():
    once = fonts.clean("السلام عليكم")
    assert fonts.clean(once) == once
    assert fonts.MARK not in once
    assert not is_arabic(once)


def test_other_letters_are_left_alone():
    for text in ("Conceição", "שלום", "漢字", ""):
        assert not is_arabic(text)
        assert join(text) == text
