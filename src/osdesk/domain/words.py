"""An amount in Portuguese words, as a receipt says it (no comma after *mil*)."""

_ONES = [
    "zero",
    "um",
    "dois",
    "três",
    "quatro",
    "cinco",
    "seis",
    "sete",
    "oito",
    "nove",
    "dez",
    "onze",
    "doze",
    "treze",
    "quatorze",
    "quinze",
    "dezesseis",
    "dezessete",
    "dezoito",
    "dezenove",
]
_TENS = [
    "-",
    "-",
    "vinte",
    "trinta",
    "quarenta",
    "cinquenta",
    "sessenta",
    "setenta",
    "oitenta",
    "noventa",
]
_HUNDREDS = [
    "-",
    "cento",
    "duzentos",
    "trezentos",
    "quatrocentos",
    "quinhentos",
    "seiscentos",
    "setecentos",
    "oitocentos",
    "novecentos",
]
_SCALES = ((1_000_000_000, "bilhão", "bilhões"), (1_000_000, "milhão", "milhões"))


def amount_in_words(cents: int) -> str:
    """``mil duzentos e trinta e quatro reais e cinquenta e seis centavos``.

    For centavos from zero to below a trillion reais; ValueError for less than zero.
    """
    if cents < 0:
        raise ValueError("an amount in words is not below zero")
    reais, rest = divmod(cents, 100)
    parts = []
    if reais or not rest:
        of = "de " if reais >= 1_000_000 and reais % 1_000_000 == 0 else ""
        parts.append(f"{_whole(reais)} {of}{'real' if reais == 1 else 'reais'}")
    if rest:
        parts.append(f"{_below_thousand(rest)} {'centavo' if rest == 1 else 'centavos'}")
    return " e ".join(parts)


def _whole(number: int) -> str:
    groups: list[tuple[int, str]] = []
    for scale, one, many in _SCALES:
        count, number = divmod(number, scale)
        if count:
            groups.append((count, f"{_below_thousand(count)} {one if count == 1 else many}"))
    thousands, rest = divmod(number, 1000)
    if thousands:
        words = "mil" if thousands == 1 else f"{_below_thousand(thousands)} mil"
        groups.append((thousands, words))
    if rest or not groups:
        groups.append((rest, _below_thousand(rest)))
    text = groups[0][1]
    for place, (value, words) in enumerate(groups[1:], start=2):
        # "e" only before a last group that is below 100 or a round hundred
        joined = place == len(groups) and (value < 100 or value % 100 == 0)
        text += f" e {words}" if joined else f" {words}"
    return text


def _below_thousand(number: int) -> str:
    if number == 100:
        return "cem"
    hundreds, rest = divmod(number, 100)
    parts = [_HUNDREDS[hundreds]] if hundreds else []
    if rest >= 20:
        tens, ones = divmod(rest, 10)
        parts.append(_TENS[tens])
        if ones:
            parts.append(_ONES[ones])
    elif rest or not hundreds:
        parts.append(_ONES[rest])
    return " e ".join(parts)
