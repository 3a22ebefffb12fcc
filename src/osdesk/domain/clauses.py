"""Finds in a shop's own texts the clauses that consumer law makes void, before a customer does.

It helps who writes and decides nothing: it knows the sentences that are found on real forms. It
reads without regard to accents, case, inflection or line ends; what is denied ("não perde a
propriedade") is no finding.
"""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

LEGAL_DAYS = 90
"""CDC art. 26 II: durable goods."""
LARGEST_FINE = 2
"""Per cent; CDC art. 52 § 1."""
LARGEST_INTEREST = 1
"""Per cent a month, what is customary where a rate is agreed."""


@dataclass(frozen=True, slots=True)
class Clause:
    """A finding: ``code`` names what is wrong with it, ``found`` is the text as typed."""

    code: str
    found: str


DAYS_OF = {"dia": 1, "semana": 7, "mes": 30}
WORDS = {"um": 1, "dois": 2, "tres": 3, "sete": 7, "quinze": 15, "trinta": 30, "sessenta": 60}
_COUNT = rf"(?P<count>\d{{1,4}}|{'|'.join(WORDS)})(?: \([^)]{{1,20}}\))?"
_SPAN = rf"{_COUNT} (?P<unit>dia|semana|mes)(?:e?s)?\b"
_NOT = r"(?<!nao )(?<!nunca )(?<!jamais )"
_LOST = r"(?:perd|anul|invalid|cess|extin|cancel|sem efeito|nao vale)\w*"
_THING = (
    r"(?:[oa]s? |seus? |suas? |es[st][ea]s? )?"
    r"(?:aparelhos?|equipamentos?|produtos?|bens|bem|objetos?|maquinas?)"
)


def _days(found: re.Match[str]) -> int:
    count = found["count"]
    return (int(count) if count.isdigit() else WORDS[count]) * DAYS_OF[found["unit"]]


def _short(found: re.Match[str]) -> bool:
    return _days(found) < LEGAL_DAYS


def _high(found: re.Match[str]) -> bool:
    return Decimal(found["rate"].replace(",", ".")) > LARGEST_FINE


_MONTHLY = {"d": Decimal(30), "m": Decimal(1), "a": Decimal(1) / 12}
"""Times a rate by the day, month or year makes one by the month; one that says nothing is taken for
a month's."""


def _dear(found: re.Match[str]) -> bool:
    rate = Decimal(found["rate"].replace(",", "."))
    per = found["per"] or found["short"] or "mes"
    return rate * _MONTHLY[per[0]] > LARGEST_INTEREST


_RULES: tuple[tuple[str, str, Callable[[re.Match[str]], bool] | None], ...] = (
    (
        "property",
        (
            rf"{_NOT}\b(?:perd(?:a|e|em|er|era|erao|eu|endo)(?: \w+){{0,3}} (?:d?[ao] )?"
            rf"(?:propriedade|posse|direito (?:sobre|ao|a) {_THING})"
            r"|(?:passa|passam|passara|passarao|passando) a (?:ser )?(?:de )?"
            r"(?:propriedade|pertencer)\b"
            r"|(?:considerad[oa]s?|dad[oa]s? como|declarad[oa]s?|caracteriza(?:do|ra)?)"
            r"(?: \w+){0,2} (?:abandonad[oa]s?|abandono)"
            r"|renuncia(?:ndo|ra|do)?(?: \w+){0,3} (?:propriedade|posse))"
        ),
        None,
    ),
    (
        "disposal",
        (
            rf"{_NOT}\b(?:ser|sera|serao|sendo|podera ser|poderao ser)(?: \w+){{0,2}} "
            r"(?:vendid|leiload|descartad|doad|sucatead|desmontad|reaproveitad)[oa]s?\b"
            rf"|{_NOT}\b(?:podera|poderao|poderemos|podemos|pode|autoriza(?:da)?)(?: \w+){{0,3}} "
            r"(?:vender|leiloar|descartar|doar|sucatear|desmontar)\b"
            r"|(?<!nao poderemos )(?<!nao podemos )(?<!nao pode )(?<!nao podera )"
            r"\b(?:dispor|desfazer(?:-se)?) d(?:[oa]s?|est[ea]s?|ess[ea]s?) "
            r"(?:aparelh|equipament|produt|be(?:m|ns)\b|objet|maquin)\w*"
        ),
        None,
    ),
    (
        "liability",
        (
            r"\b(?:nao|nem)(?: \w+){0,2} (?:se |nos |me )?responsabiliz\w+"
            r"|\bnao(?: \w+){0,3} (?:responsave(?:l|is)|responsabilidade)\b"
            r"|\b(?:isent|exim|exoner)\w*(?: \w+){0,4} responsabilidades?"
            r"|\bsem (?:qualquer|nenhuma|alguma) (?:responsabilidade|onus)\b"
            r"|\bnao(?: \w+){0,2} garant\w+(?: \w+){0,4} (?:dados|arquivos|fotos)\b"
            r"|\b(?:inteira|total|exclusiva) responsabilidade d[oa]s? (?:cliente|consumidor)\w*"
        ),
        None,
    ),
    (
        "warranty_short",
        rf"\bgarantia(?: \w+){{0,6}} (?:de|por|ate) {_SPAN}",
        _short,
    ),
    ("warranty_short", rf"\b{_SPAN} de garantia\b", _short),
    (
        "warranty_none",
        (
            r"\bsem (?:qualquer |nenhuma )?garantia\b"
            r"|\bnao(?: \w+){0,2} (?:ha|tem|tera|damos|oferece|oferecemos|possui|possuem)"
            r"(?: qualquer| nenhuma)? garantia\b"
        ),
        None,
    ),
    (
        "warranty_part",
        (
            r"\bgarantia(?: \w+){0,4} (?:somente|apenas|so|exclusivamente)(?: \w+){0,2} pecas?\b"
            r"|\b(?:somente|apenas|so)(?: \w+){0,2} pecas?(?: \w+){0,3} garantia\b"
        ),
        None,
    ),
    (
        "no_right",
        (
            r"\bsem (?:ter |o |qualquer |nenhum )?direito (?:a|ao|aos|as|de|algum)\b"
            r"|\b(?:perde|perdera|perdendo|renuncia|abre mao)(?: \w+){0,3} direito (?:a|ao|de)\b"
        ),
        None,
    ),
    (
        "no_refund",
        (
            r"\bnao(?: \w+){0,3} (?:reembols|restitu)\w*"
            r"|\bnao(?: \w+){0,2} devol(?:ve|vemos|veremos|vera|ucao)(?: \w+){0,2} "
            r"(?:dinheiro|valor|valores|pagamento|sinal)\b"
            r"|\bem hipotese alguma(?: \w+){0,3} (?:devol|reembols|restitu)\w*"
        ),
        None,
    ),
    (
        "forum",
        (
            r"\bforo (?:\w+ ){0,3}(?:exclusiv|eleito|escolhido)\w*"
            r"|\b(?:eleit|eleg|elej|escolh)\w*(?: \w+){0,2} (?:o )?foro\b"
        ),
        None,
    ),
    (
        "retention",
        (
            rf"{_NOT}\b(?:ret(?:er|emos|eremos|era|erao|encao|em|endo)|retid[oa]s?)\b"
            r"[^.;]{0,80}\b(?:pag|quit|saldo)\w*"
            r"|\b(?:so|somente|apenas)(?: \w+){0,3} "
            r"(?:entreg|devolv|liberad|retirad)\w*[^.;]{0,60}\b(?:pag|quit)\w*"
            r"|\bnao(?: \w+){0,3} (?:entreg|devolv|liberad)\w*[^.;]{0,40}\b"
            r"(?:sem|ate|enquanto|antes)[^.;]{0,30}\b(?:pag|quit)\w*"
        ),
        None,
    ),
    (
        "seal",
        (
            rf"\bgarantia\b[^.;]{{0,60}}\b{_LOST}[^.;]{{0,60}}\b(?:lacre|selo)s?\b"
            rf"|\b(?:lacre|selo)s?\b[^.;]{{0,80}}\b{_LOST}"
        ),
        None,
    ),
    ("fine", r"\bmulta(?: \w+){0,4} (?P<rate>\d{1,3}(?:[.,]\d{1,2})?) ?(?:%|por cento)", _high),
    (
        "interest",
        (
            r"\bjuros(?: \w+){0,4} (?P<rate>\d{1,3}(?:[.,]\d{1,3})?) ?(?:%|por cento)"
            r"(?: (?:ao|por) (?P<per>dia|mes|ano)\b| a\.? ?(?P<short>[dma])\b)?"
        ),
        _dear,
    ),
    (
        "open_term",
        (
            r"\bprazos?(?: \w+){0,4} (?:indeterminad|indefinid)[oa]s?\b"
            r"|\bsem prazo (?:definido|determinado|certo|fixo|de entrega)\b"
            r"|\bprazos?\b[^.;]{0,40}\ba (?:\w+ )?criterio\b"
        ),
        None,
    ),
    (
        "used_parts",
        (
            rf"{_NOT}\b(?:podera|poderao|poderemos|podemos|pode)(?: \w+){{0,3}} "
            r"(?:usar|usad[oa]s|utilizar|utilizad[oa]s|aplicar|colocar)(?: \w+){0,2} pecas "
            r"(?:usadas|recondicionadas|paralelas|nao originais|similares)\b"
        ),
        None,
    ),
    (
        "one_sided",
        (
            rf"\b(?:preco|valor|prazo|orcamento)s?[^.;]{{0,40}}{_NOT}(?<!nao pode )"
            r"\b(?:alter|mud|reajust|modific)\w*"
            r"[^.;]{0,40}\bsem (?:\w+ ){0,2}(?:aviso|autorizacao|aprovacao|consulta|concordancia)"
            rf"|{_NOT}\b(?:alter|mud|reajust|modific)\w*(?: \w+){{0,2}} "
            r"(?:preco|valor|prazo|orcamento|valore)s?\b[^.;]{0,40}"
            r"\bsem (?:\w+ ){0,2}(?:aviso|autorizacao|aprovacao|consulta|concordancia)"
        ),
        None,
    ),
)
_COMPILED = tuple((code, re.compile(pattern), check) for code, pattern, check in _RULES)


def void_clauses(text: str) -> list[Clause]:
    """What of ``text`` the law makes void or lets nobody hold a customer to; in reading order."""
    plain, places = _folded(text)
    found: list[tuple[int, Clause]] = []
    for code, pattern, check in _COMPILED:
        for match in pattern.finditer(plain):
            if check is not None and not check(match):
                continue
            start, end = places[match.start()], places[match.end() - 1] + 1
            found.append((start, Clause(code, " ".join(text[start:end].split()))))
    found.sort(key=lambda each: each[0])
    return list(dict.fromkeys(clause for _, clause in found))


def _folded(text: str) -> tuple[str, list[int]]:
    """Letters without accents and case, single blanks, and where each of them stood."""
    letters: list[str] = []
    places: list[int] = []
    for place, letter in enumerate(text):
        if letter.isspace() or letter == "*":
            plain = "" if letters and letters[-1] == " " else " "
        else:
            split = unicodedata.normalize("NFKD", letter)
            plain = "".join(c for c in split if not unicodedata.combining(c)).casefold()
        for each in plain:
            letters.append(each)
            places.append(place)
    return "".join(letters), places
