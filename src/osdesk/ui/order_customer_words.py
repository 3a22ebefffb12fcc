"""What the counter must know of a customer, in one line."""

from osdesk.domain.calendar import format_date
from osdesk.domain.counter_shapes import NearDuplicate
from osdesk.domain.identifiers import format_document
from osdesk.domain.money import format_brl
from osdesk.domain.shapes import CustomerSituation, CustomerView
from osdesk.texts import plural


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
        parts.append("nada a pagar" if opened > 0 else "nada em aberto")
    if situation.ready_orders:
        count = situation.ready_orders
        parts.append(f"{count} {'pronta' if count == 1 else 'prontas'} para retirada")
    return " · ".join(parts), tone


def near_words(found: NearDuplicate, others: int) -> str:
    """``Parece ser: Maria · (11) 98765-4321, 3 OS``."""
    customer = found.customer
    contact = [phone.number for phone in customer.phones[:1]]
    if customer.document and (found.why == "document" or not contact):
        contact = [format_document(customer.document)]
    orders = plural(found.orders, "OS", "OS") if found.orders else "sem OS"
    words = f"Parece ser: {' · '.join([customer.name, *contact])}, {orders}"
    return f"{words} (e mais {others})" if others else words
