"""Versions of what was offered, and who said yes (CDC arts. 39 VI and 40)."""

from datetime import date, datetime, timedelta

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from osdesk.domain.chain import canonical_json
from osdesk.domain.codes import EventCode, QuoteStatus
from osdesk.domain.forms import StepForm
from osdesk.domain.order_rules import promised_line, totals_of
from osdesk.persistence.models import Approval, Order, Quote
from osdesk.services.events import record
from osdesk.services.shop import shop_row


def latest_quote(session: Session, order: Order) -> Quote | None:
    query = select(Quote).where(Quote.order_id == order.id).order_by(Quote.version.desc())
    return session.scalar(query.limit(1))


def quote_content(order: Order) -> str:
    """Canonical JSON of what a quote promises: lines, money, dates and terms."""
    totals = totals_of(order.items, order.discount)
    return canonical_json(
        {
            "items": [promised_line(item) | {"total": item.total} for item in order.items],
            "labor": totals.labor,
            "parts": totals.parts,
            "discount": order.discount,
            "total": totals.total,
            "fee": order.fee,
            "start_on": _iso(order.start_on),
            "promised_on": _iso(order.promised_on),
            "promised_time": order.promised_time,
            "payment_terms": order.payment_terms,
        }
    )


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def fill_defaults(session: Session, order: Order, today: date) -> None:
    """Validity and payment terms that nobody gave: the shop's (CDC art. 40 § 1: ten days)."""
    shop = shop_row(session)
    if order.valid_until is None or order.valid_until < today:
        order.valid_until = today + timedelta(days=shop.quote_validity_days)
    if order.payment_terms is None:
        order.payment_terms = shop.payment_terms or None


def issue_quote(
    session: Session,
    order: Order,
    *,
    status: QuoteStatus = QuoteStatus.SENT,
    now: datetime,
    author: int | None,
) -> Quote:
    """A new version of the quote from the order as it stands; the one before is superseded."""
    close_quote(session, order, QuoteStatus.SUPERSEDED, now=now)
    last = session.scalar(select(func.max(Quote.version)).where(Quote.order_id == order.id)) or 0
    quote = Quote(
        order_id=order.id,
        version=last + 1,
        status=status,
        content=quote_content(order),
        total=totals_of(order.items, order.discount).total,
        start_on=order.start_on,
        promised_on=order.promised_on,
        valid_until=order.valid_until,
        payment_terms=order.payment_terms,
        created_at=now,
        sent_at=now,
        decided_at=now if status is QuoteStatus.APPROVED else None,
    )
    session.add(quote)
    session.flush()
    data = {
        "version": quote.version,
        "total": quote.total,
        "promised_on": _iso(order.promised_on),
        "valid_until": _iso(order.valid_until),
    }
    record(session, EventCode.QUOTE_ISSUED, now=now, author=author, order_id=order.id, data=data)
    return quote


def renew(session: Session, order: Order) -> None:
    """The version that waits for its answer holds as long as the order says now."""
    quote = latest_quote(session, order)
    if quote is not None and quote.status is QuoteStatus.SENT:
        quote.valid_until = order.valid_until


def close_quote(session: Session, order: Order, status: QuoteStatus, *, now: datetime) -> None:
    """Refuse or supersede the version in force; an approval of it no longer stands."""
    in_force = (QuoteStatus.DRAFT, QuoteStatus.SENT, QuoteStatus.APPROVED)
    session.execute(
        update(Quote)
        .where(Quote.order_id == order.id, Quote.status.in_(in_force))
        .values(status=status, decided_at=now)
    )
    session.execute(
        update(Approval)
        .where(Approval.order_id == order.id, Approval.superseded_at.is_(None))
        .values(superseded_at=now)
    )


def approve(
    session: Session, order: Order, step: StepForm, *, now: datetime, author: int | None
) -> None:
    """Record the approval of the quote in force, or of the price agreed at intake."""
    quote = latest_quote(session, order)
    if quote is not None and quote.status is QuoteStatus.SENT:
        quote.status, quote.decided_at = QuoteStatus.APPROVED, now
        quote.valid_until = order.valid_until
    elif order.items:
        quote = issue_quote(session, order, status=QuoteStatus.APPROVED, now=now, author=author)
    else:
        quote = None
    if step.approved_by is None or step.approved_via is None:
        raise ValueError("an approval needs who and how")
    total = totals_of(order.items, order.discount).total
    session.add(
        Approval(
            order_id=order.id,
            quote_id=quote.id if quote else None,
            approved_by=step.approved_by,
            via=step.approved_via,
            at=now,
            author_id=author,
            total=total,
        )
    )
    data = {
        "via": str(step.approved_via),
        "total": total,
        "version": quote.version if quote else None,
    }
    record(
        session,
        EventCode.APPROVED,
        now=now,
        author=author,
        order_id=order.id,
        data=data,
        texts={"approved_by": step.approved_by},
    )
