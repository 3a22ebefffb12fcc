"""Who is the same person: told for sure, so that no card is made twice, or only pointed out."""

from collections.abc import Iterable

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session, selectinload

from osdesk.domain.errors import UserError
from osdesk.domain.identifiers import Phone, normalize_document, parse_phone
from osdesk.domain.orders.forms import CustomerForm
from osdesk.domain.text import fold
from osdesk.domain.views.counter import NearDuplicate
from osdesk.persistence.models import Customer, CustomerPhone, Order
from osdesk.services.customers.customers import IS_STANDING, standing_id, view_of
from osdesk.services.shop.shop import shop_row

LEAST_DIGITS = 8
"""A phone that is still being typed is nobody's yet."""


def same_customer(session: Session, form: CustomerForm, phones: list[Phone]) -> int | None:
    """The stored customer that a cleaned form means: same document, or the name equal as typed and
    a phone in common. Without phone or document always a new one. Who was known under a record
    that was made one with another is found by its words too."""
    found = _as_stored(session, form, phones)
    return None if found is None else standing_id(session, found)


def _as_stored(session: Session, form: CustomerForm, phones: list[Phone]) -> int | None:
    if form.document:
        found = session.scalar(select(Customer.id).where(Customer.document == form.document))
        if found is not None:
            return found
    if not phones:
        return None
    query = (
        select(Customer.id)
        .join(CustomerPhone)
        .where(
            Customer.name_folded == fold(form.name),
            Customer.name == form.name,
            or_(
                CustomerPhone.digits.in_([phone.digits for phone in phones if phone.digits]),
                CustomerPhone.number.in_([phone.number for phone in phones]),
            ),
        )
        .order_by(Customer.id)
    )
    if form.document:
        query = query.where(Customer.document.is_(None))
    return session.scalar(query.limit(1))


def unlike_stored(form: CustomerForm, row: Customer) -> list[str]:
    """Names of what a cleaned form says otherwise, or beyond, than the stored customer."""
    names = ("name", "document", "email", "address", "notes")
    found = [
        f"customer.{name}"
        for name in names
        if getattr(form, name) and getattr(form, name) != getattr(row, name)
    ]
    stored = {phone.number for phone in row.phones}
    if any(phone.number not in stored for phone in form.phones):
        found.append("customer.phones")
    return found


def near_duplicates(session: Session, form: CustomerForm, *, limit: int = 3) -> list[NearDuplicate]:
    """Stored customers that a new one, still being typed, seems to be; the surest first.

    Same document, same phone, or the same name without accents and case: only ever pointed out.
    What cannot be read yet finds nothing.
    """
    found: dict[int, str] = {}
    for why, condition in _likenesses(session, form):
        rows = session.scalars(
            select(Customer.id)
            .where(condition, Customer.anonymised_at.is_(None), IS_STANDING)
            .order_by(Customer.id.desc())
            .limit(limit)
        )
        for key in rows:
            found.setdefault(key, why)
    keys = list(found)[:limit]
    if not keys:
        return []
    counts = dict(
        session.execute(
            select(Order.customer_id, func.count())
            .where(Order.customer_id.in_(keys))
            .group_by(Order.customer_id)
        ).all()
    )
    query = select(Customer).where(Customer.id.in_(keys)).options(selectinload(Customer.phones))
    cards = {row.id: row for row in session.scalars(query)}
    return [NearDuplicate(view_of(cards[key]), counts.get(key, 0), found[key]) for key in keys]


def _likenesses(session: Session, form: CustomerForm) -> Iterable[tuple[str, ColumnElement[bool]]]:
    try:
        document = normalize_document(form.document or "")
    except UserError:
        document = ""
    if document:
        yield "document", Customer.document == document
    ddd = shop_row(session).default_ddd
    phones = [parse_phone(phone.number, default_ddd=ddd).digits for phone in form.phones]
    digits = [number for number in phones if len(number) >= LEAST_DIGITS]
    if digits:
        owners = select(CustomerPhone.customer_id).where(CustomerPhone.digits.in_(digits))
        yield "phone", Customer.id.in_(owners)
    if name := fold(form.name):
        yield "name", Customer.name_folded == name
