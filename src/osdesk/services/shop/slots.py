"""Places on the shelf: taken while an open order stands on them, free again once it is closed.

Nothing is stored about who stands where: it follows from the open orders, so that delivery, return
and cancelling free a place by themselves, and the order keeps its word as a record.
"""

import re
from datetime import datetime

from sqlalchemy import Select, literal_column, select
from sqlalchemy.orm import Session

from osdesk.domain.codes import EventCode
from osdesk.domain.errors import UserError
from osdesk.domain.text import NAME_LIMIT, clean_name, fold
from osdesk.domain.topics import Topic
from osdesk.domain.views.intake import SlotView
from osdesk.persistence.models import OPEN_SQL, Order, Slot
from osdesk.services.events import record

TOPIC = Topic.SLOTS
PIECES = re.compile(r"\d+|\D+")


def slots(session: Session, *, active_only: bool = False) -> list[SlotView]:
    """All places by name (A2 before A11), each with the order that stands on it."""
    query = select(Slot)
    if active_only:
        query = query.where(Slot.active)
    taken = _taken(session)
    return [
        SlotView(slot.id, slot.name, slot.active, taken.get(slot.name_folded))
        for slot in sorted(session.scalars(query), key=lambda slot: by_number(slot.name_folded))
    ]


def by_number(name: str) -> list[tuple[int, str]]:
    """A key to sort by that reads the digits in a name as a number."""
    return [(int(part), "") if part.isdecimal() else (-1, part) for part in PIECES.findall(name)]


def offered_slots(session: Session, text: str, *, own: int | None) -> list[SlotView]:
    """Places in use whose name begins like the text, the free ones first.

    ``own``: the order that is asked for; its own place counts as free.
    """
    wanted = fold(text)
    found = [
        slot for slot in slots(session, active_only=True) if fold(slot.name).startswith(wanted)
    ]
    return sorted(found, key=lambda slot: slot.taken_by not in (None, own))


def slot_holder(session: Session, name: str, *, own: int | None) -> int | None:
    """The number of another open order that stands on the place; None where it is free."""
    return _taken(session, but=own).get(fold(name))


def slot_warnings(session: Session, number: int, name: str | None) -> tuple[UserError, ...]:
    """That another open order stands where this one was put: told, never refused."""
    holder = slot_holder(session, name, own=number) if name else None
    return () if holder is None else (UserError("slot_taken", field="slot", value=name, by=holder),)


def slot_named(
    session: Session, name: str | None, *, now: datetime, author: int | None
) -> str | None:
    """The place's name as the shop writes it; one that is not yet known is added."""
    if not name:
        return None
    found = session.scalar(select(Slot.name).where(Slot.name_folded == fold(name)))
    if found is None:
        save_slot(session, None, name, active=True, now=now, author=author)
        return name
    return found


def save_slot(
    session: Session,
    slot_id: int | None,
    name: str,
    *,
    active: bool,
    now: datetime,
    author: int | None,
) -> int:
    """Add or change one; the id. Open orders on a renamed place go with it.

    Raises UserError ``required`` or ``name_taken`` (field name).
    """
    cleaned = clean_name(name, limit=NAME_LIMIT, field="name")
    if not cleaned:
        raise UserError("required", field="name")
    folded = fold(cleaned)
    taken = session.scalar(select(Slot.id).where(Slot.name_folded == folded))
    if taken is not None and taken != slot_id:
        raise UserError("name_taken", field="name", value=cleaned)
    row = session.get_one(Slot, slot_id) if slot_id else Slot()
    before = row.name if slot_id else None
    row.name, row.name_folded, row.active = cleaned, folded, active
    session.add(row)
    session.flush()
    data: dict[str, object] = {"slot": row.id, "name": cleaned, "active": active, "orders": 0}
    if before is not None and before != cleaned:
        data["name_before"] = before
        data["orders"] = _rename(session, before, cleaned, now=now, author=author)
    record(session, EventCode.SHOP_CHANGED, now=now, author=author, data=data)
    return row.id


def _rename(session: Session, before: str, name: str, *, now: datetime, author: int | None) -> int:
    """Each open order on the place says its new name, and its history tells of it."""
    old = fold(before)
    numbers = [number for number, slot in _standing(session) if fold(slot) == old]
    for order in session.scalars(select(Order).where(Order.number.in_(numbers))).all():
        texts = {"slot_before": order.slot, "slot": name}
        order.slot = name
        record(
            session,
            EventCode.ORDER_CHANGED,
            now=now,
            author=author,
            order_id=order.id,
            data={"changed": ["slot"]},
            texts=texts,
        )
    return len(numbers)


def _taken(session: Session, *, but: int | None = None) -> dict[str, int]:
    """The newest open order by the folded name of its place."""
    return {fold(slot): number for number, slot in _standing(session) if number != but}


def _standing(session: Session) -> list[tuple[int, str]]:
    return [(number, slot) for number, slot in session.execute(_standing_query()) if slot]


def _standing_query() -> Select[int, str | None]:
    return (
        select(Order.number, Order.slot)
        .where(literal_column(f"orders.{OPEN_SQL}"), Order.slot.is_not(None))
        .order_by(Order.number)
    )
