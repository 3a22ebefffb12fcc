"""Access codes of devices: kept apart and encrypted, each look recorded, erased after delivery."""

from datetime import datetime, timedelta
from typing import Protocol

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from osdesk.domain.calendar import local_day
from osdesk.domain.codes import EventCode
from osdesk.domain.errors import UserError
from osdesk.domain.orders.access_codes import AccessCodeForm, clean_code
from osdesk.domain.orders.status import CLOSED
from osdesk.domain.topics import Topic
from osdesk.domain.views.intake import CodeView
from osdesk.persistence.models import AccessCode, Employee, Order
from osdesk.services.events import record
from osdesk.services.shop.shop import shop_row, zone_of

TOPIC = Topic.ACCESS_CODES


class Box(Protocol):
    """The box of secrets, with its key; ``belongs_to`` binds a secret to its order."""

    def seal(self, secret: str, *, belongs_to: str) -> str: ...
    def open(self, sealed: str, *, belongs_to: str) -> str: ...


def code_view(session: Session, number: int) -> CodeView | None:
    """What is known of an order's code, without it; None where nobody asked the customer yet."""
    row = session.execute(
        select(AccessCode, Employee.name)
        .join(Order, Order.id == AccessCode.order_id)
        .outerjoin(Employee, Employee.id == AccessCode.author_id)
        .where(Order.number == number)
    ).first()
    if row is None:
        return None
    code, author = row
    return CodeView(code.kind, code.secret is not None, code.at, author, code.wiped_at)


def set_code(
    session: Session,
    number: int,
    form: AccessCodeForm,
    *,
    box: Box,
    now: datetime,
    author: int | None,
) -> None:
    """Keep what the customer said, or that nothing was said, over what was kept before.

    Raises UserError as ``clean_code`` and ``order_not_found``; ``cannot_write`` for the key.
    """
    order_id = _order_id(session, number)
    secret = clean_code(form)
    row = session.get(AccessCode, order_id) or AccessCode(order_id=order_id)
    row.kind, row.at, row.author_id, row.wiped_at = form.kind, now, author, None
    row.secret = None if secret is None else box.seal(secret, belongs_to=_owner(order_id))
    session.add(row)
    session.flush()
    record(
        session,
        EventCode.ACCESS_CODE_SET,
        now=now,
        author=author,
        order_id=order_id,
        data={"kind": form.kind.value},
    )


def see_code(
    session: Session, number: int, *, box: Box, now: datetime, author: int | None
) -> AccessCodeForm:
    """Look at a code; the look is recorded.

    Raises UserError ``code_not_kept``; ``code_key_missing``, ``code_key_damaged`` or
    ``code_unreadable`` where its key is not here: nothing was seen then.
    """
    order_id = _order_id(session, number)
    row = session.get(AccessCode, order_id)
    if row is None or row.secret is None:
        raise UserError("code_not_kept", number=number)
    secret = box.open(row.secret, belongs_to=_owner(order_id))
    record(session, EventCode.ACCESS_CODE_SEEN, now=now, author=author, order_id=order_id)
    return AccessCodeForm(row.kind, secret)


def codes_due(session: Session, *, now: datetime) -> list[int]:
    """Keys of the orders that are closed for so long that their code is to be erased."""
    today = local_day(now, zone_of(session))
    last = today - timedelta(days=shop_row(session).code_days)
    closed_on = func.coalesce(Order.delivered_on, Order.returned_on, Order.cancelled_on)
    return list(
        session.scalars(
            select(AccessCode.order_id)
            .join(Order, Order.id == AccessCode.order_id)
            .where(
                AccessCode.secret.is_not(None),
                Order.status.in_(sorted(CLOSED)),
                closed_on <= last,
            )
            .order_by(AccessCode.order_id)
        )
    )


def wipe_due(session: Session, *, now: datetime) -> int:
    """Erase those codes, each with an event that nobody authored; how many there were."""
    due = codes_due(session, now=now)
    for order_id in due:
        row = session.get_one(AccessCode, order_id)
        row.secret, row.wiped_at = None, now
        record(session, EventCode.ACCESS_CODE_WIPED, now=now, author=None, order_id=order_id)
    return len(due)


def _owner(order_id: int) -> str:
    return f"order {order_id}"


def _order_id(session: Session, number: int) -> int:
    found = session.scalar(select(Order.id).where(Order.number == number))
    if found is None:
        raise UserError("order_not_found", number=number)
    return found
