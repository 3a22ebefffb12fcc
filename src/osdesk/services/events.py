"""The history: every change is an event, in the transaction that makes the change.

Events hold codes, keys, amounts and dates. Personal and free texts go into an erasable row of their
own; the chain covers that row's salted hash.
"""

import secrets
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from osdesk.domain.chain import GENESIS, canonical_json, chain_hash, text_hash
from osdesk.domain.codes import EventCode
from osdesk.persistence.models import Event, EventText, moment_key

_LAST = select(Event.id, Event.hash).order_by(Event.id.desc()).limit(1)
SALTS = "osdesk.salts"


def own_salts(session: Session, make: Callable[[], str]) -> None:
    """Take the salts of a session's events from here, not from chance: the demonstration of one
    seed is the same shop each time. 32 hexadecimal digits each."""
    session.info[SALTS] = make


def _chance() -> str:
    return secrets.token_hex(16)


def record(
    session: Session,
    code: EventCode,
    *,
    now: datetime,
    author: int | None,
    order_id: int | None = None,
    customer_id: int | None = None,
    payment_id: int | None = None,
    data: Mapping[str, object] | None = None,
    texts: Mapping[str, object] | None = None,
) -> None:
    """Append one event. ``texts`` holds what may one day be erased: names, reasons, free text."""
    session.flush()
    last = session.execute(_LAST).first()
    sequence, previous = (last.id + 1, last.hash) if last else (1, GENESIS)
    body = canonical_json(texts) if texts else None
    make_salt: Callable[[], str] = session.info.get(SALTS, _chance)
    salt = make_salt() if body else None
    hashed = text_hash(salt, body) if salt and body else None
    plain = canonical_json(data or {})
    keys = {"order": order_id, "customer": customer_id, "payment": payment_id}
    session.add(
        Event(
            id=sequence,
            at=now,
            author_id=author,
            code=code,
            order_id=order_id,
            customer_id=customer_id,
            payment_id=payment_id,
            data=plain,
            hash=chain_hash(
                previous,
                sequence=sequence,
                at=moment_key(now),
                author_id=author,
                code=code.value,
                keys=keys,
                data=plain,
                texts=hashed,
            ),
        )
    )
    session.flush()
    if salt and body:
        session.add(EventText(event_id=sequence, salt=salt, body=body))
        session.flush()


@dataclass(frozen=True)
class Happening:
    """An event that refers to no row: where it tells of one, the key stands in its data."""

    code: EventCode
    data: Mapping[str, object]
    texts: Mapping[str, object] = field(default_factory=dict)


def record_all(
    session: Session, happenings: Iterable[Happening], *, now: datetime, author: int | None
) -> list[int]:
    """Append many events in one go, as ``record`` does one by one; their sequence numbers."""
    session.flush()
    last = session.execute(_LAST).first()
    sequence, previous = (last.id, last.hash) if last else (0, GENESIS)
    make_salt: Callable[[], str] = session.info.get(SALTS, _chance)
    at = moment_key(now)
    nothing = {"order": None, "customer": None, "payment": None}
    rows: list[dict[str, object]] = []
    texts: list[dict[str, object]] = []
    for each in happenings:
        sequence += 1
        body = canonical_json(each.texts) if each.texts else None
        salt = make_salt() if body else None
        hashed = text_hash(salt, body) if salt and body else None
        data = canonical_json(each.data)
        digest = chain_hash(
            previous,
            sequence=sequence,
            at=at,
            author_id=author,
            code=each.code.value,
            keys=nothing,
            data=data,
            texts=hashed,
        )
        rows.append(
            {
                "id": sequence,
                "at": now,
                "author_id": author,
                "code": each.code,
                "data": data,
                "hash": digest,
            }
        )
        if body:
            texts.append({"event_id": sequence, "salt": salt, "body": body})
        previous = digest
    if rows:
        session.execute(insert(Event), rows)
    if texts:
        session.execute(insert(EventText), texts)
    return [int(str(row["id"])) for row in rows]
