"""Two records of one person made one, and parted again with nothing lost.

The record that goes keeps its own words and is shown no more; orders, devices and phones go to the
one that stays, and the history says which, so that all of it finds its way back.
"""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session, selectinload

from osdesk.domain.codes import EventCode
from osdesk.domain.errors import UserError
from osdesk.domain.names import name_key
from osdesk.domain.text import TEXT_LIMIT, fold
from osdesk.domain.topics import Topic
from osdesk.domain.views.merging import LikePair, Union
from osdesk.persistence.models import Customer, CustomerPhone, Equipment, Event, EventText, Order
from osdesk.services.customers.customers import (
    IS_STANDING,
    PHONES_LIMIT,
    customer_row,
    standing_row,
    view_of,
)
from osdesk.services.events import record

TOPIC = Topic.CUSTOMERS

WORDS = ("name", "document", "email", "address", "notes")
"""Of a record, beside its phones."""
PHONE = ("number", "digits", "local", "label")
COPIED = ("kind", "brand", "model", "serial", "serial_folded", "imei2", "imei2_folded", "colour")
LIKE_LIMIT = 200
MOST_ALIKE = 12
"""A number or name that more records share is a counter's own phone, or "Cliente"."""


# -- making one ------------------------------------------------------------------------------------


def merge_customers(
    session: Session,
    keep_id: int,
    gone_id: int,
    taken: Collection[str] | None = None,
    *,
    now: datetime,
    author: int | None,
) -> None:
    """Make two records one: ``gone_id`` is shown no more, all of it is ``keep_id``'s.

    ``taken``: the fields that are to be as the record that goes has them; None: those that the one
    that stays has empty. Notes of both are kept. Raises UserError ``merge_itself``,
    ``customer_not_found``, ``customer_merged``, ``customer_anonymised``, ``too_many_phones``,
    ``too_long``.
    """
    if keep_id == gone_id:
        raise UserError("merge_itself", id=keep_id)
    keep, gone = standing_row(session, keep_id), standing_row(session, gone_id)
    for row in (keep, gone):
        if row.anonymised_at is not None:
            raise UserError("customer_anonymised", id=row.id)
    before, phones_before = _words(keep), _phones(keep)
    words = _chosen(before, _words(gone), taken)
    phones = _joined(phones_before, _phones(gone))
    gone.merged_into_id = keep.id
    session.flush()  # its document is free from now on
    _set_words(keep, words)
    _set_phones(session, keep, phones)
    orders = list(session.scalars(select(Order.id).where(Order.customer_id == gone_id)))
    devices = list(session.scalars(select(Equipment.id).where(Equipment.customer_id == gone_id)))
    _move(session, Equipment, devices, gone_id, keep_id)
    _move(session, Order, orders, gone_id, keep_id)
    changed = [name for name in WORDS if before[name] != words[name]]
    record(
        session,
        EventCode.CUSTOMER_MERGED,
        now=now,
        author=author,
        customer_id=keep_id,
        data={"gone": gone_id, "orders": orders, "equipment": devices, "changed": changed},
        texts={
            "before": {**{name: before[name] for name in changed}, "phones": phones_before},
            "after": {**{name: words[name] for name in changed}, "phones": phones},
        },
    )
    _tell_orders(session, EventCode.CUSTOMER_MERGED, orders, gone_id, keep_id, now, author)
    record(
        session,
        EventCode.CUSTOMER_MERGED,
        now=now,
        author=author,
        customer_id=gone_id,
        data={"keep": keep_id},
    )


def _words(row: Customer) -> dict[str, Any]:
    return {name: getattr(row, name) for name in WORDS}


def _phones(row: Customer) -> list[list[str | None]]:
    return [[getattr(phone, name) for name in PHONE] for phone in row.phones]


def _chosen(
    keep: dict[str, Any], gone: dict[str, Any], taken: Collection[str] | None
) -> dict[str, Any]:
    if taken is None:
        taken = {name for name in WORDS if not keep[name]}
    found = {name: (gone if name in taken and gone[name] else keep)[name] for name in WORDS}
    first, second = (gone, keep) if "notes" in taken else (keep, gone)
    both = dict.fromkeys(text for text in (first["notes"], second["notes"]) if text)
    found["notes"] = "\n".join(both) or None
    if len(found["notes"] or "") > TEXT_LIMIT:
        raise UserError("too_long", field="customer.notes", limit=TEXT_LIMIT)
    return found


def _joined(keep: list[list[str | None]], gone: list[list[str | None]]) -> list[list[str | None]]:
    """All phones, each once; the digits tell whether it is the same."""

    def key(phone: Sequence[str | None]) -> str | None:
        number, digits, *_ = phone
        return digits or number

    known = {key(phone) for phone in keep}
    found = keep + [phone for phone in gone if key(phone) not in known]
    if len(found) > PHONES_LIMIT:
        raise UserError("too_many_phones", field="customer.phones", limit=PHONES_LIMIT)
    return found


def _set_words(row: Customer, words: dict[str, Any]) -> None:
    for name, value in words.items():
        setattr(row, name, value)
    row.name_folded = fold(row.name)


def _set_phones(session: Session, row: Customer, phones: list[list[str | None]]) -> None:
    if _phones(row) == phones:
        return
    row.phones.clear()
    session.flush()
    row.phones.extend(
        CustomerPhone(position=position, **dict(zip(PHONE, phone, strict=True)))
        for position, phone in enumerate(phones)
    )
    session.flush()


def _move(
    session: Session,
    table: type[Order] | type[Equipment],
    ids: Iterable[int],
    source: int,
    target: int,
) -> list[int]:
    """Those of the rows that are still the source's go to the target; their ids."""
    wanted = set(ids)
    theirs = session.scalars(select(table.id).where(table.customer_id == source))
    moved = [key for key in theirs if key in wanted]
    for key in moved:
        session.execute(
            update(table)
            .where(table.id == key)
            .values(customer_id=target)
            .execution_options(synchronize_session=False)
        )
    session.flush()
    session.expire_all()
    return moved


def _tell_orders(
    session: Session,
    code: EventCode,
    orders: Iterable[int],
    before: int,
    after: int,
    now: datetime,
    author: int | None,
) -> None:
    for key in orders:
        record(
            session,
            code,
            now=now,
            author=author,
            order_id=key,
            data={"customer_before": before, "customer": after},
        )


# -- parting ---------------------------------------------------------------------------------------


def unmerge_customer(session: Session, gone_id: int, *, now: datetime, author: int | None) -> int:
    """Part what was made one; the id of the record that had stayed.

    Orders and devices that came go back, phones and words are as before where nobody changed them
    since. What was taken in meanwhile stays where it is. Raises UserError ``customer_not_found``,
    ``not_merged``, ``merge_not_last``, ``customer_anonymised``, ``document_taken``.
    """
    gone = customer_row(session, gone_id)
    keep_id = gone.merged_into_id
    if keep_id is None:
        raise UserError("not_merged", id=gone_id)
    keep = customer_row(session, keep_id)
    if keep.anonymised_at is not None:
        raise UserError("customer_anonymised", id=keep_id)
    if keep.merged_into_id is not None:  # its orders went on with it
        raise UserError("merge_not_last", name=keep.name, id=keep_id)
    newest, data, texts = _unions(session, keep_id)[0]
    if newest != gone_id:
        raise UserError("merge_not_last", name=customer_row(session, newest).name, id=newest)
    _take_back(session, keep, gone, texts["before"], texts["after"])
    session.flush()
    gone.merged_into_id = None
    session.flush()
    _move(session, Equipment, data["equipment"], keep_id, gone_id)
    orders = _move(session, Order, data["orders"], keep_id, gone_id)
    _own_devices(session, keep_id, gone_id, now)
    record(
        session,
        EventCode.CUSTOMER_UNMERGED,
        now=now,
        author=author,
        customer_id=keep_id,
        data={"gone": gone_id, "orders": orders},
    )
    _tell_orders(session, EventCode.CUSTOMER_UNMERGED, orders, keep_id, gone_id, now, author)
    record(
        session,
        EventCode.CUSTOMER_UNMERGED,
        now=now,
        author=author,
        customer_id=gone_id,
        data={"keep": keep_id},
    )
    return keep_id


def _unions(session: Session, keep_id: int) -> list[tuple[int, dict[str, Any], dict[str, Any]]]:
    """The standing unions of a record, the newest first: who came, what the history says."""
    theirs = set(session.scalars(select(Customer.id).where(Customer.merged_into_id == keep_id)))
    rows = session.execute(
        select(Event.data, EventText.body)
        .join(EventText, EventText.event_id == Event.id)
        .where(Event.customer_id == keep_id, Event.code == EventCode.CUSTOMER_MERGED)
        .order_by(Event.id.desc())
    )
    found = []
    for row in rows:
        data = json.loads(row.data)
        if data.get("gone") in theirs:
            theirs.remove(data["gone"])
            found.append((data["gone"], data, json.loads(row.body or "{}")))
    return found


def _take_back(
    session: Session,
    keep: Customer,
    gone: Customer,
    before: dict[str, Any],
    after: dict[str, Any],
) -> None:
    """What the union wrote is as before, unless somebody has changed it since."""
    words = _words(keep)
    for name in WORDS:
        if name in before and words[name] == after[name]:
            words[name] = before[name]
    if words["document"] and words["document"] == gone.document:
        words["document"] = None  # written into the other record meanwhile
    taken = select(Customer.name).where(
        IS_STANDING, Customer.document == words["document"], Customer.id != keep.id
    )
    if words["document"] and (owner := session.scalar(taken)) is not None:
        raise UserError("document_taken", field="customer.document", name=owner)
    _set_words(keep, words)
    phones, came = _phones(keep), [each for each in after["phones"] if each not in before["phones"]]
    left = [phone for phone in phones if phone not in came]
    _set_phones(session, keep, before["phones"] if phones == after["phones"] else left)


def _own_devices(session: Session, one: int, other: int, now: datetime) -> None:
    """Where both have orders of one device since, each gets a row of its own: an order's device is
    its customer's."""
    rows = session.execute(
        select(Order.id, Order.customer_id, Order.equipment_id)
        .join(Equipment, Equipment.id == Order.equipment_id)
        .where(Order.customer_id.in_((one, other)), Equipment.customer_id != Order.customer_id)
        .order_by(Order.id)
    ).all()
    copies: dict[tuple[int, int], int] = {}
    for row in rows:
        key = (row.equipment_id, row.customer_id)
        if key not in copies:
            copies[key] = _copied(session, *key, now)
        session.execute(
            update(Order)
            .where(Order.id == row.id)
            .values(equipment_id=copies[key])
            .execution_options(synchronize_session=False)
        )
    session.expire_all()


def _copied(session: Session, device: int, customer: int, now: datetime) -> int:
    source = session.scalars(select(Equipment).where(Equipment.id == device)).one()
    words = {name: getattr(source, name) for name in COPIED}
    row = Equipment(customer_id=customer, created_at=now, **words)
    session.add(row)
    session.flush()
    return row.id


# -- what is shown ---------------------------------------------------------------------------------


def unions_of(session: Session, customer_id: int) -> list[Union]:
    """The records that were made one with this one, the newest first."""
    found = []
    for place, (gone_id, *_) in enumerate(_unions(session, customer_id)):
        at = session.scalar(
            select(func.max(Event.at)).where(
                Event.customer_id == gone_id, Event.code == EventCode.CUSTOMER_MERGED
            )
        )
        row = customer_row(session, gone_id)
        found.append(Union(view_of(row), at or row.created_at, newest=place == 0))
    return found


def all_records_of(session: Session, customer_id: int) -> list[int]:
    """The record and all that were made one with it, and with those."""
    found, new = [customer_id], [customer_id]
    while new:
        new = list(
            session.scalars(
                select(Customer.id).where(Customer.merged_into_id.in_(new)).order_by(Customer.id)
            )
        )
        found += new
    return found


def like_pair(session: Session, one: int, other: int) -> LikePair:
    """Two chosen records side by side. Raises UserError as ``merge_customers``."""
    if one == other:
        raise UserError("merge_itself", id=one)
    rows = [standing_row(session, key) for key in (one, other)]
    orders = _orders_of(session, (one, other))
    keep, gone = sorted(rows, key=lambda row: (-orders.get(row.id, 0), row.id))
    return _pair(keep, gone, orders, ())


def like_customers(session: Session, *, limit: int = LIKE_LIMIT) -> list[LikePair]:
    """Records that may be one person, the surest first: the same phone and a like name, the same
    name, the same phone. They are only ever pointed out."""
    names: dict[str, list[int]] = defaultdict(list)
    standing = (IS_STANDING, Customer.anonymised_at.is_(None))
    for row in session.execute(select(Customer.id, Customer.name).where(*standing)):
        names[name_key(row.name)].append(row.id)
    names.pop("", None)
    phones: dict[str, list[int]] = defaultdict(list)
    shared = (
        select(CustomerPhone.digits)
        .where(CustomerPhone.digits != "")
        .group_by(CustomerPhone.digits)
        .having(func.count(CustomerPhone.customer_id.distinct()) > 1)
    )
    query = (
        select(CustomerPhone.digits, CustomerPhone.customer_id)
        .join(Customer, Customer.id == CustomerPhone.customer_id)
        .where(CustomerPhone.digits.in_(shared), *standing)
        .distinct()
    )
    for phone in session.execute(query):
        phones[phone.digits].append(phone.customer_id)
    reasons: dict[tuple[int, int], set[str]] = defaultdict(set)
    for why, groups in (("name", names), ("phone", phones)):
        for group in groups.values():
            if 1 < len(group) <= MOST_ALIKE:
                first, *others = sorted(group)
                for key in others:
                    reasons[first, key].add(why)
    surest = sorted(reasons, key=lambda pair: (_doubt(reasons[pair]), pair))[:limit]
    return _pairs(session, [(pair, reasons[pair]) for pair in surest])


def _doubt(why: set[str]) -> int:
    return 0 if len(why) > 1 else 1 if "name" in why else 2


def _pairs(session: Session, found: Sequence[tuple[tuple[int, int], set[str]]]) -> list[LikePair]:
    keys = {key for pair, _ in found for key in pair}
    query = select(Customer).where(Customer.id.in_(keys)).options(selectinload(Customer.phones))
    cards = {row.id: row for row in session.scalars(query)}
    orders = _orders_of(session, keys)
    pairs = []
    for pair, why in found:
        keep, gone = sorted(
            (cards[key] for key in pair), key=lambda row: (-orders.get(row.id, 0), row.id)
        )
        pairs.append(_pair(keep, gone, orders, tuple(sorted(why, reverse=True))))
    return pairs


def _pair(keep: Customer, gone: Customer, orders: dict[int, int], why: tuple[str, ...]) -> LikePair:
    return LikePair(
        view_of(keep), view_of(gone), orders.get(keep.id, 0), orders.get(gone.id, 0), why
    )


def _orders_of(session: Session, keys: Collection[int]) -> dict[int, int]:
    rows = session.execute(
        select(Order.customer_id, func.count())
        .where(Order.customer_id.in_(keys))
        .group_by(Order.customer_id)
    )
    return dict(rows.all())
