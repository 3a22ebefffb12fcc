"""What the counter must know of a customer and of a device, each in one line."""

from datetime import date

from osdesk.domain.calendar import format_date
from osdesk.domain.identifiers import format_document
from osdesk.domain.money import format_brl
from osdesk.domain.shapes import CustomerSituation, CustomerView, EquipmentPast
from osdesk.domain.status import Status
from osdesk.domain.text import fold
from osdesk.texts import STATUS, plural

WORK_LETTERS = 60


def customer_words(customer: CustomerView) -> str:
    """One line of the list of known customers."""
    parts = [customer.name]
    parts += [phone.number for phone in customer.phones[:1]]
    if customer.document:
        parts.append(format_document(customer.document))
    return " · ".join(parts)


def situation_words(
    situation: CustomerSituation, *, own_order: bool, zone_year: int
) -> tuple[str, str]:
    """The line under a chosen customer and its tone; ``own_order``: one of them is the order shown.

    ``zone_year``: the year in which the customer was added, in the shop's zone.
    """
    first = situation.first_order_on
    year = min(zone_year, first.year) if first else zone_year
    before = situation.orders - (1 if own_order else 0)
    parts = [f"Cliente desde {year}"]
    if own_order:
        parts.append(plural(before, "outra ordem", "outras ordens") if before else "única OS")
    else:
        known = plural(before, "ordem anterior", "ordens anteriores")
        parts.append(known if before else "primeira OS")
    opened = situation.open_orders - (1 if own_order else 0)
    if opened > 0:
        parts.append(plural(opened, "aberta", "abertas"))
    tone = ""
    if situation.owed and situation.owed_since is not None:
        parts.append(f"deve {format_brl(situation.owed)} desde {format_date(situation.owed_since)}")
        tone = "red"
    elif situation.owed:
        parts.append(f"tem {format_brl(situation.owed)} a pagar")
        tone = "amber"
    else:
        parts.append("nada em aberto")
    if situation.ready_orders:
        count = situation.ready_orders
        parts.append(f"{count} {'pronta' if count == 1 else 'prontas'} para retirada")
    return " · ".join(parts), tone


def past_words(past: list[EquipmentPast], customer: str, today: date) -> str:
    """``Este aparelho já esteve aqui: OS 9120, …``; empty where it never was."""
    if not past:
        return ""
    last = past[0]
    work = " ".join((last.work or last.reason).split()).rstrip(".;,")
    if len(work) > WORK_LETTERS:
        work = f"{work[: WORK_LETTERS - 1].rstrip()}…"
    whose = "" if fold(last.customer) == fold(customer) else f", de {last.customer}"
    if last.delivered_on is None and last.status not in (Status.RETURNED, Status.CANCELLED):
        day = format_date(last.requested_on)
        return (
            f"Este aparelho já está aqui: OS {last.number}{whose}, {STATUS[last.status].lower()},"
            f" entrada em {day}."
        )
    day = format_date(last.delivered_on or last.requested_on)
    words = f"Este aparelho já esteve aqui: OS {last.number}{whose}, {work}, em {day}."
    if last.warranty_until is not None:
        words += f" Garantia até {format_date(last.warranty_until)} ("
        words += f"{_distance(last.warranty_until, today)})."
    if len(past) > 1:
        words += f" Mais {plural(len(past) - 1, 'vez', 'vezes')} antes."
    return words


def _distance(until: date, today: date) -> str:
    days = (until - today).days
    if days < 0:
        return f"vencida há {plural(-days, 'dia', 'dias')}"
    if days == 0:
        return "termina hoje"
    return f"{'falta' if days == 1 else 'faltam'} {plural(days, 'dia', 'dias')}"
