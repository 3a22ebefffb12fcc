"""Customers: who is the same person, what the counter must know of them, their card."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from sqlalchemy import ColumnElement, Row, and_, func, literal_column, or_, select, text, tuple_
from sqlalchemy.orm import Session, selectinload

from osdesk.domain.calendar import local_day, overdue_before
from osdesk.domain.codes import EventCode
from osdesk.domain.errors import UserError
from osdesk.domain.identifiers import Phone, normalize_document, parse_phone, phones_apart
from osdesk.domain.orders.forms import CustomerForm, PhoneForm
from osdesk.domain.orders.status import CLOSED, RECEIVABLE, Status
from osdesk.domain.search_query import LARGEST_NUMBER, build_search, row_matches
from osdesk.domain.text import NAME_LIMIT, TEXT_LIMIT, clean_name, clean_text, fold
from osdesk.domain.topics import Topic
from osdesk.domain.views.orders import CustomerRow, CustomerSituation, CustomerView, PhoneView
from osdesk.persistence.models import Customer, CustomerPhone, Order
from osdesk.services.events import record
from osdesk.services.shop.shop import shop_row, zone_of

TOPIC = Topic.CUSTOMERS

PHONES_LIMIT = 20


def customer_row(session: Session, customer_id: int) -> Customer:
    found = session.scalar(
        select(Customer).where(Customer.id == customer_id).options(selectinload(Customer.phones))
    )
    if found is None:
        raise UserError("customer_not_found", id=customer_id)
    return found


def standing_id(session: Session, customer_id: int) -> int:
    """The record that this one was made one with, and so on to the one that stands."""
    query = select(Customer.merged_into_id)
    while (into := session.scalar(query.where(Customer.id == customer_id))) is not None:
        customer_id = into
    return customer_id


def standing_row(session: Session, customer_id: int) -> Customer:
    """Raises UserError ``customer_not_found``, or ``customer_merged`` with the one to take
    instead."""
    row = customer_row(session, customer_id)
    if row.merged_into_id is not None:
        other = customer_row(session, standing_id(session, customer_id))
        raise UserError("customer_merged", field="customer.name", name=other.name, id=other.id)
    return row


IS_STANDING = Customer.merged_into_id.is_(None)


def customer_view(session: Session, customer_id: int) -> CustomerView:
    return view_of(customer_row(session, customer_id))


def view_of(row: Customer) -> CustomerView:
    phones = tuple(PhoneView(phone.number, phone.label) for phone in row.phones)
    return CustomerView(
        row.id,
        row.name,
        phones,
        row.document,
        row.email,
        row.address,
        row.notes,
        row.created_at,
    )


def form_of(row: Customer) -> CustomerForm:
    return CustomerForm(
        name=row.name,
        phones=[PhoneForm(phone.number, phone.label) for phone in row.phones],
        document=row.document,
        email=row.email,
        address=row.address,
        notes=row.notes,
        id=row.id,
    )


# -- writing --------------------------------------------------------------------------------------


def clean_customer(session: Session, form: CustomerForm) -> tuple[CustomerForm, list[Phone]]:
    """The form as it will be stored, and its phones. Raises UserError; ``field`` is
    ``customer.…``."""
    name = clean_name(form.name, limit=NAME_LIMIT, field="customer.name")
    if not name:
        raise UserError("required", field="customer.name")
    ddd = shop_row(session).default_ddd
    phones: list[Phone] = []
    cleaned: list[PhoneForm] = []
    for phone in form.phones:
        number = clean_name(phone.number, limit=NAME_LIMIT, field="customer.phones")
        if not number:
            continue
        label = clean_name(phone.label or "", limit=NAME_LIMIT, field="customer.phones") or None
        area = ddd
        for part in phones_apart(number):
            parsed = parse_phone(part, default_ddd=area)
            area = parsed.digits[:2] if parsed.valid else area
            phones.append(parsed)
            cleaned.append(PhoneForm(parsed.number, label))
    if len(phones) > PHONES_LIMIT:
        raise UserError("too_many_phones", field="customer.phones", limit=PHONES_LIMIT)
    try:
        document = (
            normalize_document(form.document) if form.document and form.document.strip() else None
        )
    except UserError as error:
        raise UserError(error.code, **{**error.data, "field": "customer.document"}) from None
    email = clean_name(form.email or "", limit=NAME_LIMIT, field="customer.email") or None
    address = clean_text(form.address or "", limit=TEXT_LIMIT, field="customer.address") or None
    notes = clean_text(form.notes or "", limit=TEXT_LIMIT, field="customer.notes") or None
    return CustomerForm(name, cleaned, document, email, address, notes, form.id), phones


def odd_phones(session: Session, form: CustomerForm) -> list[UserError]:
    """What to tell of the phones of a form that was saved."""
    return phone_warnings(clean_customer(session, form)[1])


def phone_warnings(phones: Iterable[Phone]) -> list[UserError]:
    """Odd phones are kept and warned of; a DDD that was added is told."""
    found = []
    for phone in phones:
        if not phone.valid:
            found.append(UserError("odd_phone", field="customer.phones", value=phone.number))
        elif phone.ddd_added:
            found.append(UserError("ddd_added", field="customer.phones", value=phone.number))
    return found


def save_customer(
    session: Session, form: CustomerForm, *, now: datetime, author: int | None
) -> int:
    """Add (``id`` None) or change a customer; the id.

    Raises UserError with ``field``: required, bad_document, document_taken, too_long,
    bad_character.
    """
    cleaned, phones = clean_customer(session, form)
    return store_customer(session, cleaned, phones, now=now, author=author)


def store_customer(
    session: Session,
    form: CustomerForm,
    phones: list[Phone],
    *,
    now: datetime,
    author: int | None,
) -> int:
    """Write a form that ``clean_customer`` made; nothing is written where nothing changes."""
    stored = None if form.id is None else standing_row(session, form.id)
    if form.document:
        owners = session.scalars(select(Customer.id).where(Customer.document == form.document))
        for owner in {standing_id(session, each) for each in owners}:
            if owner != form.id:
                name = customer_row(session, owner).name
                raise UserError("document_taken", field="customer.document", name=name)
    if stored is None:
        row = Customer(created_at=now, phones=[])
    else:
        row = stored
        before = form_of(row)
        if before == form:
            return row.id
    row.name, row.name_folded = form.name, fold(form.name)
    row.document, row.email = form.document, form.email
    row.address, row.notes = form.address, form.notes
    session.add(row)
    if [PhoneForm(p.number, p.label) for p in row.phones] != form.phones:
        row.phones.clear()
        session.flush()
        row.phones.extend(
            CustomerPhone(
                position=position,
                number=phone.number,
                digits=parsed.digits,
                local=parsed.local,
                label=phone.label,
            )
            for position, (phone, parsed) in enumerate(zip(form.phones, phones, strict=True))
        )
    session.flush()
    if form.id is None:
        code, data = EventCode.CUSTOMER_ADDED, {}
        texts: dict[str, object] = {"name": row.name}
    else:
        names = ("name", "phones", "document", "email", "address", "notes")
        changed = [f for f in names if getattr(before, f) != getattr(form, f)]
        code, data = EventCode.CUSTOMER_CHANGED, {"changed": changed}
        texts = {"before": {f: _plain(getattr(before, f)) for f in changed}}
    record(session, code, now=now, author=author, customer_id=row.id, data=data, texts=texts)
    return row.id


def _plain(value: object) -> object:
    if isinstance(value, list):
        return [[phone.number, phone.label] for phone in value]
    return value


# -- reading --------------------------------------------------------------------------------------


def matching(query_text: str) -> tuple[ColumnElement[bool], tuple[str, ...]] | None:
    """Condition on ``customers`` for what was typed, and the long words to compare whole."""
    query = build_search(query_text)
    if query.match:
        found = text("SELECT rowid FROM customers_fts WHERE customers_fts MATCH :match").bindparams(
            match=query.match
        )
        return Customer.id.in_(found.columns(literal_column("rowid"))), query.long_words
    if query.like:
        return Customer.name.like(query.like, escape="\\"), ()
    return None


def find_customers(session: Session, typed: str, *, limit: int = 8) -> list[CustomerView]:
    """Customers for the field's list as one types a name, phone or document, newest first.

    The index is walked backwards and left as soon as the list is full: a name that begins like
    every tenth customer's costs no more than a rare one.
    """
    query = build_search(typed)
    if query.match is None:
        return _named_like(session, query.like, limit) if query.like else []
    found: list[Customer] = []
    below, batch = LARGEST_NUMBER + 1, limit * 5 if query.long_words else limit
    while len(found) < limit:
        keys = session.execute(
            text(
                "SELECT rowid FROM customers_fts WHERE customers_fts MATCH :match"
                " AND rowid < :below ORDER BY rowid DESC LIMIT :batch"
            ),
            {"match": query.match, "below": below, "batch": batch},
        ).scalars()
        ids = list(keys)
        if not ids:
            break
        rows = _whole(session, Customer.id.in_(ids), batch)
        found += [row for row in rows if row_matches(query.long_words, row.name_folded)]
        if len(ids) < batch:
            break
        below = ids[-1]
    return [view_of(row) for row in found[:limit]]


def _named_like(session: Session, pattern: str, limit: int) -> list[CustomerView]:
    named = Customer.name.like(pattern, escape="\\")
    rows = _whole(session, and_(named, IS_STANDING), limit)
    return [view_of(row) for row in rows]


def _whole(session: Session, where: ColumnElement[bool], limit: int) -> Sequence[Customer]:
    return session.scalars(
        select(Customer)
        .where(where)
        .options(selectinload(Customer.phones))
        .order_by(Customer.id.desc())
        .limit(limit)
    ).all()


def count_customers(session: Session, typed: str = "") -> int:
    query = select(func.count()).select_from(Customer).where(IS_STANDING)
    if typed.strip():
        condition = matching(typed)
        if condition is None:
            return 0
        query = query.where(condition[0])
    return session.scalar(query) or 0


def customer_page(
    session: Session,
    typed: str = "",
    *,
    after: tuple[str, int] | None = None,
    limit: int = 100,
) -> list[CustomerRow]:
    """One page of the customers' list by folded name, from behind the last row seen."""
    phone = (
        select(CustomerPhone.number)
        .where(CustomerPhone.customer_id == Customer.id)
        .order_by(CustomerPhone.position)
        .limit(1)
        .scalar_subquery()
    )
    query = select(Customer.id, Customer.name, Customer.document, phone.label("phone")).where(
        IS_STANDING
    )
    if typed.strip():
        condition = matching(typed)
        if condition is None:
            return []
        query = query.where(condition[0])
    if after is not None:
        query = query.where(tuple_(Customer.name_folded, Customer.id) > after)
    rows = session.execute(query.order_by(Customer.name_folded, Customer.id).limit(limit)).all()
    figures = {row.customer_id: row for row in _figures(session, [row.id for row in rows])}
    return [_row(row, figures.get(row.id)) for row in rows]


def _figures(session: Session, ids: list[int]) -> list[Row[tuple[int, int, int, int, date]]]:
    is_open = Order.status.not_in(CLOSED)
    owed = and_(Order.status.in_(RECEIVABLE), Order.balance > 0)
    query = (
        select(
            Order.customer_id,
            func.count().label("orders"),
            func.count().filter(is_open).label("open"),
            func.coalesce(func.sum(Order.balance).filter(owed), 0).label("owed"),
            func.max(Order.requested_on).label("last"),
        )
        .where(Order.customer_id.in_(ids))
        .group_by(Order.customer_id)
    )
    return list(session.execute(query))


def _row(row: Row[tuple[int, str, str | None, str | None]], figures: object) -> CustomerRow:
    return CustomerRow(
        id=row.id,
        name=row.name,
        phone=row.phone,
        document=row.document,
        orders=getattr(figures, "orders", 0),
        open_orders=getattr(figures, "open", 0),
        balance=getattr(figures, "owed", 0),
        last_order_on=getattr(figures, "last", None),
    )


def customer_situation(session: Session, customer_id: int, *, now: datetime) -> CustomerSituation:
    """Orders, debt and ready devices of one customer, told the moment it is chosen."""
    overdue = and_(
        Order.balance > 0, Order.due_on < overdue_before(local_day(now, zone_of(session)))
    )
    owed = or_(and_(Order.status.in_(RECEIVABLE), Order.balance > 0), overdue)
    figures = session.execute(
        select(
            func.count().label("orders"),
            func.count().filter(Order.status.not_in(CLOSED)).label("open"),
            func.count().filter(Order.status == Status.READY).label("ready"),
            func.coalesce(func.sum(Order.balance).filter(owed), 0).label("owed"),
            func.min(Order.due_on).filter(overdue).label("since"),
            func.min(Order.requested_on).label("first"),
        ).where(Order.customer_id == customer_id)
    ).one()
    return CustomerSituation(
        customer=customer_view(session, customer_id),
        orders=figures.orders,
        open_orders=figures.open,
        ready_orders=figures.ready,
        owed=figures.owed,
        owed_since=figures.since,
        first_order_on=figures.first,
    )


def customers_after(session: Session, last: int, *, limit: int = 500) -> list[CustomerView]:
    """The customers behind the one with id ``last``, by id."""
    rows = session.scalars(
        select(Customer)
        .where(Customer.id > last)
        .order_by(Customer.id)
        .limit(limit)
        .options(selectinload(Customer.phones))
    )
    found = [view_of(row) for row in rows]
    session.expunge_all()
    return found
