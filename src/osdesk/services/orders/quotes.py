"""Versions of what was offered, and who said yes (CDC arts. 39 VI and 40)."""

import json
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from osdesk.domain.calendar import local_day
from osdesk.domain.chain import canonical_json
from osdesk.domain.codes import EventCode, ItemKind, PartCondition, QuoteStatus
from osdesk.domain.errors import UserError
from osdesk.domain.frozen import to_plain
from osdesk.domain.orders.forms import ORDER_FIELDS, OrderForm, StepForm
from osdesk.domain.orders.quotes import QuoteApproval, QuoteLine, QuoteVersion
from osdesk.domain.orders.rules import promised_line, total_of_line, totals_of
from osdesk.domain.orders.status import Status
from osdesk.persistence.models import Approval, Employee, Order, Quote
from osdesk.services.events import record
from osdesk.services.shop.shop import shop_row, zone_of


def latest_quote(session: Session, order: Order) -> Quote | None:
    query = select(Quote).where(Quote.order_id == order.id).order_by(Quote.version.desc())
    return session.scalar(query.limit(1))


def quote_content(order: Order | OrderForm) -> str:
    """Canonical JSON of what a quote promises: lines, money, dates and terms."""
    totals = totals_of(order.items, order.discount)
    return canonical_json(
        {
            "items": [promised_line(item) | {"total": total_of_line(item)} for item in order.items],
            "labor": totals.labor,
            "parts": totals.parts,
            "total": totals.total,
            **{
                field.name: to_plain(getattr(order, field.name))
                for field in ORDER_FIELDS
                if field.quoted
            },
        }
    )


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def fill_defaults(session: Session, order: Order, today: date) -> None:
    """Validity and payment terms that nobody gave: the shop's (CDC art. 40 § 1: ten days).

    They count from when the customer gets this version: a day that the shop's own days gave the
    version before is counted anew.
    """
    shop = shop_row(session)
    days = timedelta(days=shop.quote_validity_days)
    last = latest_quote(session, order)
    given = order.valid_until
    if last is not None and last.sent_at is not None and given == last.valid_until:
        counted = local_day(last.sent_at, zone_of(session)) + days
        given = None if given == counted else given
    if given is None or given < today:
        order.valid_until = today + days
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
    """Record the approval of the quote in force, or of the price agreed at intake: there the
    amount is the ceiling, where one was agreed above it."""
    quote = latest_quote(session, order)
    if quote is not None and quote.status is QuoteStatus.SENT:
        quote.status, quote.decided_at = QuoteStatus.APPROVED, now
        quote.valid_until = order.valid_until
    elif totals_of(order.items, order.discount).total > 0:
        quote = issue_quote(session, order, status=QuoteStatus.APPROVED, now=now, author=author)
    else:
        quote = None
    if step.approved_by is None or step.approved_via is None:
        raise ValueError("an approval needs who and how")
    total = totals_of(order.items, order.discount).total
    if order.ceiling is not None and order.status is Status.RECEIVED:
        total = max(total, order.ceiling)  # what was said at intake: do it, up to this
    session.add(
        Approval(
            order_id=order.id,
            quote_id=quote.id if quote else None,
            approved_by=step.approved_by,
            via=step.approved_via,
            at=now,
            author_id=author,
            total=total,
            used_parts_authorized_by=step.used_parts_authorized_by,
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


# -- the versions as records ----------------------------------------------------------------------


def quote_versions(session: Session, number: int, *, now: datetime) -> list[QuoteVersion]:
    """All versions of an order's quote, the newest first. Raises UserError ``order_not_found``."""
    order = session.scalar(select(Order.id).where(Order.number == number))
    if order is None:
        raise UserError("order_not_found", number=number)
    today = local_day(now, zone_of(session))
    approvals = {
        row.quote_id: QuoteApproval(row.approved_by, row.via, row.at, row.name)
        for row in session.execute(
            select(
                Approval.quote_id, Approval.approved_by, Approval.via, Approval.at, Employee.name
            )
            .outerjoin(Employee, Employee.id == Approval.author_id)
            .where(Approval.order_id == order)
            .order_by(Approval.id)
        )
    }
    rows = session.scalars(
        select(Quote).where(Quote.order_id == order).order_by(Quote.version.desc())
    )
    return [_version(row, approvals.get(row.id), today) for row in rows]


def _version(row: Quote, approval: QuoteApproval | None, today: date) -> QuoteVersion:
    """Of a content that was erased with its customer's data the figures of the row are left."""
    content: dict[str, Any] = json.loads(row.content or "{}")
    lapsed = row.valid_until is not None and row.valid_until < today
    return QuoteVersion(
        version=row.version,
        status=row.status,
        sent_at=row.sent_at,
        decided_at=row.decided_at,
        valid_until=row.valid_until,
        expired=lapsed and row.status is QuoteStatus.SENT,
        lines=tuple(_line(line) for line in content.get("items", ())),
        labor=content.get("labor", 0),
        parts=content.get("parts", 0),
        discount=content.get("discount", 0),
        total=row.total,
        fee=content.get("fee", 0),
        start_on=row.start_on,
        promised_on=row.promised_on,
        promised_time=content.get("promised_time"),
        payment_terms=row.payment_terms,
        approval=approval,
    )


def _line(line: dict[str, Any]) -> QuoteLine:
    condition = line.get("part_condition")
    return QuoteLine(
        kind=ItemKind(line["kind"]),
        description=line["description"],
        quantity=line["quantity"],
        unit=line.get("unit", "un"),
        unit_price=line["unit_price"],
        discount=line.get("discount", 0),
        part_condition=PartCondition(condition) if condition else None,
        warranty_days=line.get("warranty_days"),
        total=line["total"],
    )
