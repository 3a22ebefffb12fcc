"""Notices given to a customer, each with its words, channel and moment: logged, never edited.

The program sends nothing. The log is what shows later that the customer was told to collect, or
was written to about a debt.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from osdesk.domain.codes import EventCode, NoticeKind
from osdesk.domain.errors import UserError
from osdesk.domain.orders.forms import NoticeForm
from osdesk.domain.orders.status import CLOSED
from osdesk.domain.text import TEXT_LIMIT, clean_text
from osdesk.domain.topics import Topic
from osdesk.persistence.models import Notice, Order
from osdesk.services.events import record
from osdesk.services.orders.forms import order_row

TOPIC = Topic.NOTICES


def give_notice(
    session: Session, number: int, form: NoticeForm, *, now: datetime, author: int | None
) -> int:
    """Log that the customer was told; the notice's id.

    Raises UserError: ``required`` (body); ``already_collected`` for a notice of pick-up of an order
    that is delivered, returned or cancelled; ``nothing_due`` for a collection of nothing.
    """
    return _log(session, order_row(session, number), form, now, author)


def give_notices(
    session: Session, numbers: Sequence[int], form: NoticeForm, *, now: datetime, author: int | None
) -> list[int]:
    """One letter about several orders: logged with each of them, all or none; the ids."""
    return [give_notice(session, number, form, now=now, author=author) for number in numbers]


def _log(session: Session, row: Order, form: NoticeForm, now: datetime, author: int | None) -> int:
    body = clean_text(form.body, limit=TEXT_LIMIT, field="notice_body")
    if not body.strip():
        raise UserError("required", field="notice_body")
    if form.kind is NoticeKind.PICK_UP and row.status in CLOSED:
        raise UserError("already_collected", number=row.number, status=row.status)
    if form.kind is NoticeKind.COLLECTION and row.balance <= 0:
        raise UserError("nothing_due", number=row.number)
    notice = Notice(
        order_id=row.id, at=now, author_id=author, kind=form.kind, channel=form.channel, body=body
    )
    session.add(notice)
    session.flush()
    record(
        session,
        EventCode.NOTICE_GIVEN,
        now=now,
        author=author,
        order_id=row.id,
        data={"notice": notice.id, "kind": form.kind.value, "channel": form.channel.value},
        texts={"body": body},
    )
    return notice.id
