"""Moving an order on: one allowed step with what it asks for, or a recorded way back."""

from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from osdesk.domain.calendar import local_day
from osdesk.domain.codes import EventCode, QuoteStatus
from osdesk.domain.errors import UserError
from osdesk.domain.orders.forms import OrderForm, StepForm
from osdesk.domain.orders.rules import (
    HINDERED,
    missing_error,
    step_hindrance,
    step_needs,
    warranty_days_of,
)
from osdesk.domain.orders.status import CLOSED, HANDED_OVER, Status, can_move, reopened_status
from osdesk.domain.text import NAME_LIMIT, TEXT_LIMIT, clean_name, clean_text
from osdesk.domain.topics import Topic
from osdesk.persistence.models import Delivery, Order
from osdesk.services.events import record
from osdesk.services.orders import instalments, quotes
from osdesk.services.orders.access_codes import wipe_due
from osdesk.services.orders.forms import order_row
from osdesk.services.orders.saving import change_order, facts_of_row, refresh_money, set_status
from osdesk.services.orders.warranty import warranty_of_return
from osdesk.services.shop.shop import shop_row, zone_of
from osdesk.services.shop.stages import drop_stage

TOPIC = Topic.STEPS

NAMES = ("approved_by", "collected_by", "collected_document", "used_parts_authorized_by")
TEXTS = ("waiting_for", "reason")


def move_order(
    session: Session,
    number: int,
    to: Status,
    step: StepForm,
    *,
    now: datetime,
    author: int | None,
    form: OrderForm | None = None,
) -> None:
    """Take one step. ``form``: the order with fields changed by the same act.

    Raises UserError: ``step_not_allowed``; ``missing`` naming all that is asked and absent;
    ``date_in_past``; ``start_after_promise``; ``paid_not_returned`` and ``credit_not_returned``
    where money must be given back first; ``needs_approval_again`` where the changed fields alter
    what was agreed. Nothing is changed then (the transaction is the caller's).
    """
    row = order_row(session, number)
    if not can_move(row.status, to):
        raise UserError("step_not_allowed", number=number, status=row.status, to=to)
    step = _clean(step)
    today = local_day(now, zone_of(session))
    if form is not None:
        given_validity = form.valid_until if form.valid_until != row.valid_until else None
        if given_validity is not None and given_validity < today:
            raise UserError("date_in_past", field="valid_until")
        change_order(session, row, form, now=now, author=author)
        if row.status is to:
            return  # the change itself sent an agreed order back to the customer
        if not can_move(row.status, to):
            raise UserError("needs_approval_again", number=number)
    facts = facts_of_row(session, row)
    missing = step_needs(facts, to, step, today=today)
    if missing:
        raise missing_error(to, missing, facts)
    hindrance = step_hindrance(facts, to)
    if hindrance:
        amount = facts.paid if to is Status.CANCELLED else -facts.balance_under(to)
        field = {"field": HINDERED[hindrance]} if hindrance in HINDERED else {}
        raise UserError(hindrance, number=number, amount=amount, **field)
    _act(session, row, to, step, today=today, now=now, author=author)


def _act(
    session: Session,
    row: Order,
    to: Status,
    step: StepForm,
    *,
    today: date,
    now: datetime,
    author: int | None,
) -> None:
    was = row.status
    texts: dict[str, object] = {
        name: getattr(step, name) for name in (*NAMES, *TEXTS) if getattr(step, name)
    }
    if to is Status.AWAITING_APPROVAL:
        quotes.fill_defaults(session, row, today)
        quotes.issue_quote(session, row, now=now, author=author)
    elif to is Status.APPROVED:
        quotes.approve(session, row, step, now=now, author=author)
    elif to is Status.DECLINED:
        quotes.close_quote(session, row, QuoteStatus.REFUSED, now=now)
    elif was is Status.AWAITING_APPROVAL and to is not Status.CANCELLED:
        quotes.close_quote(session, row, QuoteStatus.SUPERSEDED, now=now)
    data: dict[str, object] = {}
    if to in (Status.DELIVERED, Status.RETURNED):
        row.warranty_until = _warranty_until(session, row, to, row.handed_on or today)
    if row.warranty_until is not None:
        data["warranty_until"] = row.warranty_until.isoformat()
    if row.handed_on is not None and to in HANDED_OVER:
        data["handed_on"] = row.handed_on.isoformat()
    if to in (Status.DELIVERED, Status.RETURNED):
        session.add(
            Delivery(
                order_id=row.id,
                status=to,
                at=_handed_at(session, row) or now,
                collected_by=step.collected_by,
                collected_document=step.collected_document,
                warranty_until=row.warranty_until,
                author_id=author,
            )
        )
    if to in (Status.APPROVED, Status.READY) and step.used_parts_authorized_by:
        row.used_parts_authorized_by = step.used_parts_authorized_by
    set_status(session, row, to, now=now, author=author, data=data, texts=texts)
    if to in CLOSED:
        wipe_due(session, now=now)
    if to is Status.AWAITING_PART:
        row.waiting_for = step.waiting_for


def _handed_at(session: Session, row: Order) -> datetime | None:
    """The moment of the hand-over that goes on to count, the device having stayed out since."""
    if row.handed_on is None:
        return None
    query = select(Delivery.at).where(Delivery.order_id == row.id)
    return session.scalar(query.order_by(Delivery.id.desc()).limit(1))


def _warranty_until(session: Session, row: Order, to: Status, day: date) -> date | None:
    """A return goes on with the warranty it came back under, and what was done again has the law's
    term; any other work begins its own."""
    until = warranty_of_return(session, row, to, day)
    if until is None and to is Status.DELIVERED:
        days = warranty_days_of(row.items, shop_row(session).warranty_days)
        until = day + timedelta(days=days)
    return until


def reopen_order(
    session: Session,
    number: int,
    *,
    reason: str,
    device_returned: bool = False,
    now: datetime,
    author: int | None,
) -> None:
    """Take a delivered, returned or cancelled order back to the status before, as a recorded
    reversal.

    Where the device stayed with the customer the next hand-over keeps the day of the one that is
    taken back, and with it the warranty's start and the month. Raises UserError
    ``not_reopenable`` or ``missing`` (reason).
    """
    row = order_row(session, number)
    to = reopened_status(row.status, row.status_before)
    if to is None:
        raise UserError("not_reopenable", number=number, status=row.status)
    reason = clean_text(reason, limit=TEXT_LIMIT, field="reason")
    if not reason.strip():
        raise UserError("missing", to=to, names=["reason"])
    was = row.status
    for delivery in session.scalars(
        select(Delivery).where(Delivery.order_id == row.id, Delivery.reopened_at.is_(None))
    ):
        delivery.reopened_at = now
    handed_over = was in HANDED_OVER
    if handed_over:
        row.handed_on = None if device_returned else row.delivered_on or row.returned_on
    row.status, row.status_before = to, None
    row.delivered_on = row.returned_on = row.cancelled_on = row.warranty_until = None
    stage = drop_stage(session, row)
    refresh_money(row)
    session.flush()
    record(
        session,
        EventCode.REOPENED,
        now=now,
        author=author,
        order_id=row.id,
        data={
            "from": was.value,
            "to": to.value,
            **({"device_returned": device_returned} if handed_over else {}),
        },
        texts={"reason": reason, **stage},
    )
    instalments.let_go_if_changed(session, row, now=now, author=author)


def _clean(step: StepForm) -> StepForm:
    values: dict[str, str | None] = {
        name: clean_name(getattr(step, name) or "", limit=NAME_LIMIT, field=name) or None
        for name in NAMES
    }
    for name in TEXTS:
        text = clean_text(getattr(step, name) or "", limit=TEXT_LIMIT, field=name)
        values[name] = text if text.strip() else None
    return StepForm(approved_via=step.approved_via, **values)
