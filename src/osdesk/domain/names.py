"""Names of people as they sound: written in two ways, in another order, without accents or *da*."""

import re

from osdesk.domain.text import fold

PARTICLES = frozenset({"de", "da", "do", "das", "dos", "e", "d"})
SOUNDS = (
    (re.compile("ph"), "f"),
    (re.compile("th"), "t"),
    (re.compile("[kq]u?(?=[ei])|qu|ck"), "c"),
    (re.compile("k"), "c"),
    (re.compile("[yj]"), "i"),
    (re.compile("w"), "v"),
    (re.compile("(?<![lnc])h"), ""),
    (re.compile("[zx]"), "s"),
    (re.compile("n(?=[pb])"), "m"),
    (re.compile(r"(.)\1+"), r"\1"),
)
"""What Brazilian names are spelt in two ways with: Thiago, Tiago; Luiz, Luís; Sophia, Sofia."""


def name_key(name: str) -> str:
    """The same for names that are one person's by their sound; empty for a single word, which many
    people have.

    ``Luiz Souza`` and ``SOUSA, Luís``; ``Matheus de Lima`` and ``Mateus Lima``.
    """
    words = [word for word in re.findall(r"[^\W\d_]+", fold(name)) if word not in PARTICLES]
    if len(words) < 2:
        return ""
    return " ".join(sorted(map(_sound, words)))


def _sound(word: str) -> str:
    for pattern, plain in SOUNDS:
        word = pattern.sub(plain, word)
    return word
