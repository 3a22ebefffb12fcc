"""What the shop's past says of a device: when it was here, with what, who mended it, what warranty
is left."""

from collections.abc import Sequence
from datetime import date

from osdesk.domain.calendar import format_date
from osdesk.domain.shapes import EquipmentPast
from osdesk.domain.status import CLOSED, Status
from osdesk.domain.text import fold
from osdesk.texts import STATUS, plural

WORK_LETTERS = 60
REASON_LETTERS = 50


def past_words(past: Sequence[EquipmentPast], customer: str, today: date) -> str:
    """``Este aparelho já esteve aqui: OS 9120, …``; empty where it never was."""
    if not past:
        return ""
    last = past[0]
    whose = "" if fold(last.customer) == fold(customer) else f", de {last.customer}"
    if _is_here(last):
        day = format_date(last.requested_on)
        return (
            f"Este aparelho já está aqui: OS {last.number}{whose}, {STATUS[last.status].lower()},"
            f" entrada em {day}."
        )
    words = f"Este aparelho já esteve aqui: OS {last.number}{whose}, {_what(last)}."
    guarded = _guarded(past)
    if guarded is not None and guarded.warranty_until is not None:
        of_other = "" if guarded is last else f" da OS {guarded.number}"
        words += f" Garantia{of_other} até {format_date(guarded.warranty_until)} ("
        words += f"{_distance(guarded.warranty_until, today)})."
    if len(past) > 1:
        words += f" Mais {plural(len(past) - 1, 'vez', 'vezes')} antes."
    return words


def past_lines(past: Sequence[EquipmentPast]) -> str:
    """Every earlier order in a line of its own, the newest first."""
    return "\n".join(f"OS {one.number}: {_what(one)}" for one in past)


def return_words(number: int, past: Sequence[EquipmentPast]) -> str:
    """What it means that the order is a return of order ``number``."""
    found = next((one for one in past if one.number == number), None)
    what = f" ({_what(found)})" if found else ""
    return (
        f"Retorno em garantia da OS {number}{what}. Sem cobrança; os dias aqui não contam na "
        "garantia."
    )


def under_warranty(past: Sequence[EquipmentPast], today: date) -> int:
    """Number of the order that a return today would come back to; 0 where there is none."""
    if not past or _is_here(past[0]):
        return 0
    guarded = _guarded(past)
    if guarded is None or guarded.warranty_until is None or guarded.warranty_until < today:
        return 0
    return guarded.number


def _guarded(past: Sequence[EquipmentPast]) -> EquipmentPast | None:
    """The order whose warranty runs longest, the newest of equals."""
    known = [one for one in past if one.warranty_until is not None]
    return max(known, key=lambda one: (one.warranty_until or date.min, one.number), default=None)


def _is_here(one: EquipmentPast) -> bool:
    return one.status not in CLOSED


def _what(one: EquipmentPast) -> str:
    """What was wrong, what was done, by whom and when."""
    reason, work = _short(one.reason, REASON_LETTERS), _short(one.work or "", WORK_LETTERS)
    words = f"“{reason}”, {work}" if work else f"“{reason}”"
    if one.status is Status.CANCELLED:
        words += ", cancelada"
    if one.technician and work:
        words += f", por {one.technician}"
    return f"{words}, em {format_date(one.delivered_on or one.requested_on)}"


def _short(text: str, letters: int) -> str:
    words = " ".join(text.split()).rstrip(".;,")
    return words if len(words) <= letters else f"{words[: letters - 1].rstrip()}…"


def _distance(until: date, today: date) -> str:
    days = (until - today).days
    if days < 0:
        return f"vencida há {plural(-days, 'dia', 'dias')}"
    if days == 0:
        return "termina hoje"
    return f"{'falta' if days == 1 else 'faltam'} {plural(days, 'dia', 'dias')}"
