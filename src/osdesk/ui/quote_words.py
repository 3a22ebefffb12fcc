"""A quote's versions and what changed between two of them, in the words of the screen."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from osdesk.domain.calendar import format_date, format_moment
from osdesk.domain.codes import ItemKind, QuoteStatus
from osdesk.domain.money import format_brl, format_quantity_br
from osdesk.domain.quote_versions import (
    FactChange,
    LineChange,
    QuoteChanges,
    QuoteLine,
    QuoteVersion,
)
from osdesk.texts import PART_CONDITION, QUOTE, VIA

MONEY = {
    "labor": "Mão de obra",
    "parts": "Materiais",
    "discount": "Desconto",
    "total": "Total",
    "fee": "Taxa combinada",
}
OTHER = {
    "start_on": "Início",
    "promised_on": "Prometida para",
    "promised_time": "Hora",
    "valid_until": "Válido até",
    "payment_terms": "Condições",
}
TONES = {
    QuoteStatus.DRAFT: "grey",
    QuoteStatus.SENT: "violet",
    QuoteStatus.APPROVED: "green",
    QuoteStatus.REFUSED: "amber",
    QuoteStatus.SUPERSEDED: "grey",
}


def version_words(version: QuoteVersion) -> str:
    """``Versão 2 · enviado · R$ 370,00``."""
    state = "vencido" if version.expired else QUOTE[version.status]
    return f"Versão {version.version} · {state} · {format_brl(version.total)}"


def story_words(version: QuoteVersion, zone: ZoneInfo) -> list[str]:
    """When it was sent, until when it held, what the answer was."""
    found = []
    if version.sent_at is not None:
        found.append(f"Enviado em {_moment(version.sent_at, zone)}")
    if version.valid_until is not None:
        verb = "Venceu em" if version.expired else "Válido até"
        found.append(f"{verb} {format_date(version.valid_until)}")
    yes = version.approval
    if yes is not None:
        heard = f", registrado por {yes.author}" if yes.author else ""
        found.append(f"Aprovado por {yes.by} {VIA[yes.via]} em {_moment(yes.at, zone)}{heard}")
    if version.status in (QuoteStatus.REFUSED, QuoteStatus.SUPERSEDED) and version.decided_at:
        verb = "Recusado" if version.status is QuoteStatus.REFUSED else "Substituído"
        found.append(f"{verb} em {_moment(version.decided_at, zone)}")
    return found


def content_words(version: QuoteVersion) -> list[tuple[str, str]]:
    """All that a version promises: words and, where it is money, the amount."""
    found = [(line_words(line), format_brl(line.total)) for line in version.lines]
    for name, words in MONEY.items():
        value = getattr(version, name)
        if value or name == "total":
            found.append((words, format_brl(value)))
    for name, words in OTHER.items():
        if name != "valid_until" and getattr(version, name) is not None:
            found.append((f"{words}: {_value(name, getattr(version, name))}", ""))
    return found


def line_words(line: QuoteLine) -> str:
    plain = line.kind is ItemKind.SERVICE and line.quantity == 1000
    words = line.description
    if not plain:
        words = f"{format_quantity_br(line.quantity)} × {words}"
    return words


def change_words(changes: QuoteChanges) -> list[tuple[str, str]]:
    """Each change with the sign of its kind: ``+`` added, ``−`` taken away, ``≠`` changed."""
    return [*map(_line_change, changes.lines), *map(_fact_change, changes.facts)]


def _line_change(change: LineChange) -> tuple[str, str]:
    before, after = change.before, change.after
    if before is None and after is not None:
        return "+", f"{line_words(after)} · {format_brl(after.total)}"
    if after is None and before is not None:
        return "−", f"{line_words(before)} · {format_brl(before.total)}"
    assert before is not None
    assert after is not None
    parts = []
    if before.total != after.total:
        parts.append(f"{format_brl(before.total)} → {format_brl(after.total)}")
    if before.quantity != after.quantity:
        amounts = (format_quantity_br(before.quantity), format_quantity_br(after.quantity))
        parts.append("quantidade " + " → ".join(amounts))
    if before.part_condition != after.part_condition:
        parts.append(f"peça {_condition(before)} → {_condition(after)}")
    if before.warranty_days != after.warranty_days:
        parts.append(f"garantia {_days(before)} → {_days(after)}")
    if not parts:
        parts.append("preço ou unidade")
    return "≠", f"{after.description} · {' · '.join(parts)}"


def _fact_change(change: FactChange) -> tuple[str, str]:
    words = MONEY.get(change.name) or OTHER[change.name]
    before, after = _value(change.name, change.before), _value(change.name, change.after)
    return "≠", f"{words}: {before} → {after}"


def _value(name: str, value: object) -> str:
    if value is None:
        return "nada"
    if name in MONEY and isinstance(value, int):
        return format_brl(value)
    return format_date(value) if isinstance(value, date) else str(value)


def _condition(line: QuoteLine) -> str:
    return PART_CONDITION[line.part_condition] if line.part_condition else "sem indicação"


def _days(line: QuoteLine) -> str:
    return "da loja" if line.warranty_days is None else f"{line.warranty_days} dias"


def _moment(moment: datetime, zone: ZoneInfo) -> str:
    return format_moment(moment, zone)
