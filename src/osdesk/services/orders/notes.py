"""Notes of an order: what was seen and said, by whom and when; a correction is another note."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from osdesk.domain.codes import EventCode
from osdesk.domain.errors import UserError
from osdesk.domain.text import TEXT_LIMIT, clean_text
from osdesk.domain.topics import Topic
from osdesk.persistence.models import Note, Order
from osdesk.services.events import record

TOPIC = Topic.NOTES


def add_note(
    session: Session,
    number: int,
    body: str,
    *,
    for_customer: bool = False,
    now: datetime,
    author: int | None,
) -> None:
    """Add a note to an order; ``for_customer``: papers and messages may show it.

    Raises UserError ``order_not_found``, ``required``, ``bad_character`` or ``too_long`` (field
    note).
    """
    order = session.scalar(select(Order.id).where(Order.number == number))
    if order is None:
        raise UserError("order_not_found", number=number)
    text = clean_text(body, limit=TEXT_LIMIT, field="note").strip()
    if not text:
        raise UserError("required", field="note")
    note = Note(order_id=order, at=now, author_id=author, for_customer=for_customer, body=text)
    session.add(note)
    session.flush()
    record(
        session,
        EventCode.NOTE_ADDED,
        now=now,
        author=author,
        order_id=order,
        data={"note": note.id, "for_customer": for_customer},
        texts={"body": text},
    )
