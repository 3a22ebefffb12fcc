"""Customers and catalogue entries of another system: who is here already, who is new."""

from collections.abc import Iterable
from typing import Any

from osdesk.domain.arrivals import Arrival, Outcome, RowReport
from osdesk.domain.codes import EventCode, ImportedKind
from osdesk.domain.errors import UserError
from osdesk.domain.identifiers import Phone
from osdesk.domain.orders.forms import CatalogForm, CustomerForm
from osdesk.domain.text import fold
from osdesk.persistence.models import CatalogItem, Customer, CustomerPhone
from osdesk.services.customers.customers import clean_customer, customer_row, phone_warnings
from osdesk.services.events import Happening
from osdesk.services.imports.bringing import Bringing
from osdesk.services.shop.catalog import cleaned_entry

CARD = ("name", "document", "email", "address", "notes")


def take_customer(found: Bringing, arrival: Arrival) -> RowReport:
    """Judge one customer, and let a new one wait to be written."""
    form = arrival.item
    if not isinstance(form, CustomerForm):
        raise TypeError(type(form))
    try:
        cleaned, phones = clean_customer(found.session, form)
    except UserError as error:
        return RowReport(arrival.row, Outcome.REFUSED, arrival.label, error=error)
    same = same_person(found, cleaned, phones, arrival.key)
    if same is not None:
        unlike = differences(found, cleaned, same)
        told = (UserError("customer_as_stored", names=unlike),) if unlike else ()
        return RowReport(
            arrival.row,
            Outcome.SAME,
            cleaned.name,
            same,
            warnings=(*arrival.warnings, *told),
            differs=_side_by_side(cleaned, _card(found, same), unlike),
        )
    key = new_person(found, cleaned, phones, arrival.key)
    warnings = (*arrival.warnings, *phone_warnings(phones))
    return RowReport(arrival.row, Outcome.TAKEN, cleaned.name, key, warnings=warnings)


def same_person(
    found: Bringing, form: CustomerForm, phones: Iterable[Phone], source: str | None
) -> int | None:
    """By the contract's rule; where the source has keys of its own, the one it gave before, if the
    card says the same."""
    if source is not None:
        known = found.sources.get(source)
        if known is not None and not differences(found, form, known):
            return known
    if form.document and form.document in found.documents:
        return found.documents[form.document]
    for phone in phones:
        for number in (phone.digits, phone.number):
            known = found.called.get((form.name, number)) if number else None
            if known is not None and not (form.document and known in found.with_document):
                return known
    return None


def differences(found: Bringing, form: CustomerForm, key: int) -> list[str]:
    """Names of what a form says otherwise, or beyond, than the customer who is here."""
    card = _card(found, key)
    unlike = [
        f"customer.{name}"
        for name, known in zip(CARD, card, strict=False)
        if getattr(form, name) and getattr(form, name) != known
    ]
    if any(phone.number not in card[-1] for phone in form.phones):
        unlike.append("customer.phones")
    return unlike


def _card(found: Bringing, key: int) -> tuple[Any, ...]:
    """What the shop, or an earlier row, says of a customer; the phones last."""
    card = found.cards.get(key)
    if card is None:
        row = customer_row(found.session, key)
        values: tuple[Any, ...] = tuple(getattr(row, name) for name in CARD)
        card = (*values, frozenset(phone.number for phone in row.phones))
    return card


def _side_by_side(
    form: CustomerForm, card: tuple[Any, ...], unlike: list[str]
) -> tuple[tuple[str, str, str], ...]:
    theirs = {f"customer.{name}": getattr(form, name) for name in CARD}
    theirs["customer.phones"] = ", ".join(phone.number for phone in form.phones)
    ours = {f"customer.{name}": value for name, value in zip(CARD, card, strict=False)}
    ours["customer.phones"] = ", ".join(sorted(card[-1]))
    return tuple((name, theirs[name] or "", ours[name] or "") for name in unlike)


def new_person(found: Bringing, form: CustomerForm, phones: list[Phone], source: str | None) -> int:
    """The key that a new customer gets, or would get."""
    key = found.key(Customer)
    if form.document:
        found.documents[form.document] = key
        found.with_document.add(key)
    for phone in phones:
        found.called.setdefault((form.name, phone.digits or phone.number), key)
        found.called.setdefault((form.name, phone.number), key)
    if source is not None:
        found.sources[source] = key
    found.cards[key] = (
        *(getattr(form, name) for name in CARD),
        frozenset(phone.number for phone in form.phones),
    )
    found.add(
        Customer,
        id=key,
        name=form.name,
        name_folded=fold(form.name),
        document=form.document,
        email=form.email,
        address=form.address,
        notes=form.notes,
        created_at=found.now,
    )
    for position, (shown, parsed) in enumerate(zip(form.phones, phones, strict=True)):
        found.add(
            CustomerPhone,
            id=found.key(CustomerPhone),
            customer_id=key,
            position=position,
            number=shown.number,
            digits=parsed.digits,
            local=parsed.local,
            label=shown.label,
        )
    found.tell(
        Happening(
            EventCode.CUSTOMER_IMPORTED,
            {"batch": found.batch, "customer": key},
            {"name": form.name},
        ),
        ImportedKind.CUSTOMER,
        key,
        source,
    )
    return key


def take_entry(found: Bringing, arrival: Arrival) -> RowReport:
    """Judge one entry of the catalogue, and let a new one wait to be written."""
    form = arrival.item
    if not isinstance(form, CatalogForm):
        raise TypeError(type(form))
    try:
        entry = cleaned_entry(form)
    except UserError as error:
        return RowReport(arrival.row, Outcome.REFUSED, arrival.label, error=error)
    name = (entry.kind.value, fold(entry.description))
    if name in found.entries:
        return RowReport(
            arrival.row,
            Outcome.SAME,
            entry.description,
            found.entries[name],
            warnings=arrival.warnings,
        )
    key = found.entries[name] = found.key(CatalogItem)
    found.add(
        CatalogItem,
        id=key,
        kind=entry.kind,
        description=entry.description,
        description_folded=name[1],
        unit=entry.unit,
        unit_price=entry.unit_price,
        unit_cost=entry.unit_cost,
        warranty_days=entry.warranty_days,
        part_condition=entry.part_condition,
        active=entry.active,
    )
    data = {
        "batch": found.batch,
        "catalog": key,
        "unit_price": entry.unit_price,
        "unit_cost": entry.unit_cost,
        "active": entry.active,
    }
    found.tell(Happening(EventCode.CATALOG_CHANGED, data), ImportedKind.CATALOG, key, arrival.key)
    return RowReport(arrival.row, Outcome.TAKEN, entry.description, key, warnings=arrival.warnings)
