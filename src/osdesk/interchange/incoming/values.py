"""What a cell says, read as a Brazilian shop wrote it. What cannot be read is refused by name,
never guessed."""

import re
from datetime import date, datetime, time
from decimal import Decimal
from zoneinfo import ZoneInfo

from osdesk.domain.calendar import FIRST_YEAR, LAST_YEAR, format_date
from osdesk.domain.codes import ItemKind, PartCondition, PaymentMethod, Priority
from osdesk.domain.errors import UserError
from osdesk.domain.identifiers import normalize_document
from osdesk.domain.money import MAX_CENTS, parse_brl
from osdesk.domain.orders.status import Status
from osdesk.domain.text import fold
from osdesk.interchange.cells import guarded
from osdesk.interchange.incoming.tables import Cell
from osdesk.texts.codes import ITEM_KIND, METHOD, PART_CONDITION, PRIORITY, STATUS

NOTHING = frozenset({"", "-", "--", "---", "n/a", "na", "null", "none", "nan", "n/d", "nd"})
"""How exports say that a cell has nothing."""


def text_of(cell: Cell) -> str:
    """As it is shown there; ``'`` that keeps a spreadsheet from taking it for a formula goes."""
    match cell:
        case None:
            return ""
        case bool():
            return "sim" if cell else "não"
        case datetime():
            hour = f" {cell:%H:%M}" if (cell.hour, cell.minute) != (0, 0) else ""
            return format_date(cell.date()) + hour
        case date():
            return format_date(cell)
        case time():
            return f"{cell:%H:%M}"
        case float():
            return str(int(cell)) if cell.is_integer() else repr(cell).replace(".", ",")
        case int():
            return str(cell)
    text = cell.strip()
    if text.startswith("'") and guarded(text[1:]) == text:
        return text[1:]
    return text


def line_of(cell: Cell) -> str | None:
    text = text_of(cell)
    return None if fold(text) in NOTHING else text


def money_of(cell: Cell, field: str) -> int | None:
    """Centavos of ``1.234,56``, ``R$ 10``, ``1234.5``, ``1,234.56`` or a number of a spreadsheet;
    None of nothing. Raises UserError ``bad_money``, ``negative``, ``amount_too_big``."""
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return _cents_of_number(cell, field)
    text = (line_of(cell) or "").replace("\xa0", " ")
    if not text:
        return None
    plain = re.sub(r"^R\$\s*|\s+", "", text, flags=re.IGNORECASE)
    if plain.startswith("-"):
        if re.fullmatch(r"-[0.,]*", plain):
            return 0
        raise UserError("negative", field=field)
    if re.fullmatch(r"\d+\.\d{1,2}|\d{1,3}(,\d{3})+\.\d{2}", plain, re.ASCII):
        plain = plain.replace(",", "").replace(".", ",")  # a program that writes a decimal dot
    elif re.fullmatch(r"\d{1,12}[.,]\d{2}0{1,4}", plain, re.ASCII):
        plain = plain.rstrip("0").replace(".", ",").rstrip(",")  # as databases write decimals
    try:
        return parse_brl(plain)
    except UserError as error:
        raise UserError(error.code, field=field, value=text) from None


def _cents_of_number(number: int | float, field: str) -> int:
    exact = Decimal(repr(number)) * 100
    if not exact.is_finite():
        raise UserError("bad_money", field=field, value=number)
    cents = exact.to_integral_value()
    if abs(exact - cents) > Decimal("0.0001"):  # a price of three decimals is not rounded
        raise UserError("bad_money", field=field, value=text_of(number))
    if cents < 0:
        raise UserError("negative", field=field)
    if cents > MAX_CENTS:
        raise UserError("amount_too_big", field=field)
    return int(cents)


_DAY = re.compile(
    r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})(?:[ T,]+(?:às\s*)?(\d{1,2}:\d{2}(?::\d{2})?))?"
)
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T]+(\d{1,2}:\d{2}(?::\d{2})?)(?:\.\d+)?)?")


def day_of(cell: Cell, field: str) -> date | None:
    found = _day_and_hour(cell, field)
    return None if found is None else found[0]


def moment_of(cell: Cell, field: str, zone: ZoneInfo) -> datetime | None:
    """A day whose hour nobody told begins at midnight."""
    found = _day_and_hour(cell, field)
    if found is None:
        return None
    day, hour = found
    return datetime.combine(day, hour, zone)


def _day_and_hour(cell: Cell, field: str) -> tuple[date, time] | None:
    if isinstance(cell, datetime):
        return _in_years(cell.date(), field), cell.time().replace(microsecond=0)
    if isinstance(cell, date):
        return _in_years(cell, field), time()
    text = line_of(cell)
    if text is None or re.fullmatch(r"[0/.:\s-]+", text):
        return None
    if match := _DAY.fullmatch(text):
        day, month, year, hour = match.groups()
    elif match := _ISO.fullmatch(text):
        year, month, day, hour = match.groups()
    else:
        raise UserError("bad_date", field=field, value=text)
    full = int(year)
    if len(year) == 2:
        full += 1900 if full > 69 else 2000
    try:
        hours, minutes, seconds = map(int, f"{hour or '0:0'}:0".split(":")[:3])
        clock = time(hours, minutes, seconds)
        return _in_years(date(full, int(month), int(day)), field), clock
    except (ValueError, UserError):
        raise UserError("bad_date", field=field, value=text) from None


def _in_years(day: date, field: str) -> date:
    if not FIRST_YEAR < day.year < LAST_YEAR:
        raise UserError("bad_date", field=field, value=format_date(day))
    return day


def whole_of(cell: Cell, field: str) -> int | None:
    """A count, or the number of an order: ``9120``, ``OS 9120``, ``nº 009120``."""
    text = line_of(cell)
    if text is None:
        return None
    match = re.fullmatch(r"(?:os|o\.s\.|n[ºo°.]*|#|\s)*(\d{1,15})(?:[.,]0+)?", text, re.IGNORECASE)
    if match is None:
        raise UserError("bad_number", field=field, value=text)
    return int(match[1])


def days_of(cell: Cell, field: str) -> int | None:
    """``90``, ``90 dias``, ``3 meses``, ``1 ano``."""
    text = line_of(cell)
    if text is None:
        return None
    match = re.fullmatch(r"(\d{1,4})(?:[.,]0+)?\s*(dias?|mes(?:es)?|anos?)?\.?", fold(text))
    if match is None:
        raise UserError("bad_number", field=field, value=text)
    unit = (match[2] or "d")[0]
    return int(match[1]) * {"d": 1, "m": 30, "a": 365}[unit]


def document_of(cell: Cell) -> str | None:
    """A CPF or CNPJ; a spreadsheet that took it for a number gets its zeros back, zeros alone are
    none."""
    text = line_of(cell)
    if text is None or not text.strip("0.-/ "):
        return None
    digits = re.sub(r"\D", "", text)
    if digits == text and len(digits) < 14 and len(digits) not in (11, 14):
        for width in (11, 14):
            if len(digits) < width:
                try:
                    return normalize_document(digits.zfill(width))
                except UserError:
                    continue
    return text


def choice_of(cell: Cell, words: dict[str, object], field: str) -> object | None:
    text = line_of(cell)
    if text is None:
        return None
    found = words.get(_plain(text))
    if found is None:
        raise UserError("import_word", field=field, value=text)
    return found


def _plain(text: str) -> str:
    return " ".join(re.findall(r"[a-z0-9]+", fold(text)))


S = Status
STATUS_WORDS: dict[str, object] = {
    **{status.value.replace("_", " "): status for status in Status},
    **dict.fromkeys(
        ("aberta", "aberto", "em aberto", "nova", "novo", "recebido", "entrada", "na fila"),
        S.RECEIVED,
    ),
    **dict.fromkeys(("pendente", "aguardando", "aguardando atendimento", "triagem"), S.RECEIVED),
    **dict.fromkeys(
        ("em analise", "analise", "diagnostico", "avaliacao", "em avaliacao", "em orcamento"),
        S.IN_DIAGNOSIS,
    ),
    **dict.fromkeys(
        (
            *("orcamento", "orcado", "orcada", "negociacao", "em negociacao", "aguardando cliente"),
            *("aguardando aprovacao do cliente", "aguardando autorizacao", "orcamento enviado"),
            *("aguardando resposta", "aguardando retorno", "aguardando confirmacao"),
        ),
        S.AWAITING_APPROVAL,
    ),
    **dict.fromkeys(("aprovado", "autorizado", "autorizada", "orcamento aprovado"), S.APPROVED),
    **dict.fromkeys(
        (
            *("em execucao", "em reparo", "em conserto", "em servico", "em manutencao"),
            *("em bancada", "na bancada", "em teste", "em testes", "andamento", "executando"),
        ),
        S.IN_PROGRESS,
    ),
    **dict.fromkeys(
        ("aguardando pecas", "aguardando material", "esperando peca", "falta peca"),
        S.AWAITING_PART,
    ),
    **dict.fromkeys(
        (
            *("pronto", "pronta", "pronto para retirada", "pronto para entrega"),
            *("aguardando retirada", "pronta para entrega", "consertado", "consertada"),
        ),
        S.READY,
    ),
    **dict.fromkeys(
        (
            *("entregue", "retirado", "retirada", "faturado", "faturada", "entregue ao cliente"),
            *("encerrado", "encerrada", "fechado", "fechada", "baixada", "baixado", "pago"),
        ),
        S.DELIVERED,
    ),
    **dict.fromkeys(
        ("recusado", "recusada", "nao aprovado", "nao aprovada", "reprovado", "nao autorizado"),
        S.DECLINED,
    ),
    **dict.fromkeys(("sem solucao", "sem reparo", "irreparavel", "condenado"), S.UNREPAIRABLE),
    **dict.fromkeys(
        ("devolvido", "devolvida", "devolvido sem conserto", "devolvido sem reparo"), S.RETURNED
    ),
    **dict.fromkeys(("cancelado", "desistencia", "desistiu"), S.CANCELLED),
    **{_plain(words): status for status, words in STATUS.items()},
}
FINISHED = frozenset(
    {
        *("finalizada", "finalizado", "concluida", "concluido", "terminada", "terminado"),
        *("servico concluido", "servico finalizado"),
    }
)
"""Done, and nobody says whether the device is still here: the dates tell, or the age."""

METHOD_WORDS: dict[str, object] = {
    **{method.value: method for method in PaymentMethod},
    **dict.fromkeys(("especie", "a vista", "avista", "vista"), PaymentMethod.CASH),
    **dict.fromkeys(("debito", "cartao debito", "cartao de debito"), PaymentMethod.DEBIT),
    **dict.fromkeys(
        ("credito", "cartao credito", "cartao de credito", "cartao"), PaymentMethod.CREDIT
    ),
    **dict.fromkeys(
        ("transferencia bancaria", "deposito", "ted", "doc", "deposito bancario"),
        PaymentMethod.TRANSFER,
    ),
    **dict.fromkeys(("boleto bancario",), PaymentMethod.BOLETO),
    **{_plain(words): method for method, words in METHOD.items()},
}
KIND_WORDS: dict[str, object] = {
    **dict.fromkeys(("servico", "servicos", "s", "mao de obra", "service"), ItemKind.SERVICE),
    **dict.fromkeys(
        ("material", "produto", "produtos", "peca", "pecas", "p", "m", "part", "mercadoria"),
        ItemKind.PART,
    ),
    **{_plain(words): kind for kind, words in ITEM_KIND.items()},
}
CONDITION_WORDS: dict[str, object] = {
    **{each.value: each for each in PartCondition},
    **dict.fromkeys(("nova", "novo", "original"), PartCondition.NEW_ORIGINAL),
    **dict.fromkeys(("usado",), PartCondition.USED),
    **dict.fromkeys(("recondicionado", "remanufaturada"), PartCondition.RECONDITIONED),
    **dict.fromkeys(("paralela", "compativel", "equivalente"), PartCondition.NEW_EQUIVALENT),
    **{_plain(words): each for each, words in PART_CONDITION.items()},
}
PRIORITY_WORDS: dict[str, object] = {
    **{each.value: each for each in Priority},
    **{_plain(words): each for each, words in PRIORITY.items()},
}
YES_WORDS: dict[str, object] = {
    **dict.fromkeys(("sim", "s", "1", "ativo", "ativa", "true", "verdadeiro", "x"), True),
    **dict.fromkeys(("nao", "n", "0", "inativo", "inativa", "false", "falso"), False),
}


def is_finished(cell: Cell) -> bool:
    return _plain(text_of(cell)) in FINISHED
