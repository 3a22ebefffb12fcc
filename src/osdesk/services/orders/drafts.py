"""Drafts: what is typed and not saved yet outlives a power cut, and is gone once it is saved."""

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from osdesk.domain.errors import UserError
from osdesk.persistence.order_models import Order
from osdesk.persistence.paper_models import Draft

if TYPE_CHECKING:  # mostly no draft waits, and the first list asks only that
    from osdesk.domain.orders.drafts import DraftForm, DraftView

MOST = 50
"""Drafts that a list shows; no counter has as many customers waiting."""


def keep_draft(
    session: Session,
    draft: "DraftForm",
    *,
    draft_id: int | None,
    number: int | None,
    now: datetime,
    author: int | None,
) -> int:
    """Write what is typed now; the draft's key, for the next time.

    ``number``: the order that is being changed, which has one draft; None for a new order, each
    of which has its own. It is no act of anybody: the history does not tell of it.
    """
    from osdesk.domain.orders.drafts import draft_body

    row = session.get(Draft, draft_id) if draft_id else None
    order_id = _order_id(session, number)
    if row is None and order_id is not None:
        row = session.scalar(select(Draft).where(Draft.order_id == order_id))
    if row is None:
        row = Draft(order_id=order_id)
        session.add(row)
    row.at, row.author_id, row.body = now, author, draft_body(draft)
    session.flush()
    return row.id


def drafts(session: Session) -> "list[DraftView]":
    """What waits to be gone on with, the newest first."""
    query = (
        select(Draft.id, Order.number, Draft.at, Draft.body)
        .outerjoin(Order, Order.id == Draft.order_id)
        .order_by(Draft.at.desc(), Draft.id.desc())
        .limit(MOST)
    )
    found = session.execute(query).all()
    if not found:
        return []
    from osdesk.domain.orders.drafts import DraftView, draft_from, words_of

    return [
        DraftView(key, number, at, *words_of(draft_from(body))) for key, number, at, body in found
    ]


def load_draft(session: Session, draft_id: int) -> "tuple[int | None, DraftForm]":
    """The order's number (None: a new one) and the draft. Raises UserError ``draft_gone``."""
    from osdesk.domain.orders.drafts import draft_from

    row = session.execute(
        select(Order.number, Draft.body)
        .outerjoin(Order, Order.id == Draft.order_id)
        .where(Draft.id == draft_id)
    ).first()
    if row is None:
        raise UserError("draft_gone")
    return row.number, draft_from(row.body)


def draft_of(session: Session, number: int) -> int | None:
    """The draft of a stored order, None where it has none."""
    return session.scalar(
        select(Draft.id).join(Order, Order.id == Draft.order_id).where(Order.number == number)
    )


def drop_draft(session: Session, draft_id: int | None) -> None:
    """Saved, or thrown away by the person who typed it; that it is gone already is no error."""
    if draft_id is not None:
        session.execute(delete(Draft).where(Draft.id == draft_id))


def _order_id(session: Session, number: int | None) -> int | None:
    if number is None:
        return None
    found = session.scalar(select(Order.id).where(Order.number == number))
    if found is None:
        raise UserError("order_not_found", number=number)
    return found
