"""What an order comes to beside its lines: what its price fell after delivery, and late fees.

Fees are booked only with the payment that brings them, and never above it (CC art. 354: interest
first), so that what is owed is always the price alone: parts, ages and the next fees count on that.
"""

from collections.abc import Iterable
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from osdesk.domain.calendar import local_day
from osdesk.domain.codes import ChargeKind
from osdesk.domain.orders.late_fees import LateFees, late_fees
from osdesk.domain.orders.status import RECEIVABLE
from osdesk.persistence.models import Charge, Instalment, Order, Payment
from osdesk.services.orders.forms import order_row
from osdesk.services.shop.shop import shop_row, zone_of


def charge(
    session: Session,
    row: Order,
    kind: ChargeKind,
    amount: int,
    payment: Payment,
    *,
    day: date,
    now: datetime,
    author: int | None,
) -> None:
    """Book one, with the payment that it belongs to; the totals are refreshed by the caller."""
    session.add(
        Charge(
            order_id=row.id,
            kind=kind,
            at=now,
            booked_on=day,
            amount=amount,
            payment_id=payment.id,
            author_id=author,
        )
    )
    if kind is ChargeKind.ALLOWANCE:
        row.allowance += amount
    else:
        row.late_fees += amount


def fees_of_payment(session: Session, payment: Payment) -> int:
    """The late fees that a payment brought, in centavos."""
    total = select(func.sum(Charge.amount)).where(
        Charge.payment_id == payment.id, Charge.kind == ChargeKind.LATE_FEES
    )
    return session.scalar(total) or 0


def fees_of_payments(session: Session, orders: Iterable[int]) -> dict[int, int]:
    """The late fees in each payment of these orders (keys), by the payment's key."""
    rows = session.execute(
        select(Charge.payment_id, func.sum(Charge.amount))
        .where(Charge.order_id.in_(list(orders)), Charge.kind == ChargeKind.LATE_FEES)
        .group_by(Charge.payment_id)
    )
    return dict(rows.all())


def owed_pieces_of(session: Session, row: Order) -> list[tuple[date | None, int]]:
    """Day and centavos of what is owed of one order: its open parts, or its balance whole."""
    parts = session.execute(
        select(Instalment.due_on, Instalment.open)
        .where(Instalment.order_id == row.id, Instalment.open > 0)
        .order_by(Instalment.position)
    ).all()
    if parts:
        return [(due_on, amount) for due_on, amount in parts]
    return [(row.due_on, row.balance)] if row.balance > 0 else []


def fees_received_until(session: Session, orders: Iterable[int]) -> dict[int, date]:
    """The day until which late fees of these orders (keys) were received; none is left out."""
    taken_back = select(Payment.reverses_id).where(Payment.reverses_id.is_not(None))
    rows = session.execute(
        select(Charge.order_id, func.max(Charge.booked_on))
        .where(Charge.order_id.in_(list(orders)), Charge.kind == ChargeKind.LATE_FEES)
        .where(Charge.amount > 0, Charge.payment_id.not_in(taken_back))
        .group_by(Charge.order_id)
    )
    return dict(rows.all())


def fees_due(session: Session, row: Order, day: date) -> LateFees:
    """What is agreed and due on ``day`` for paying late; nothing while the work is not done."""
    if row.status not in RECEIVABLE:
        return LateFees(0, 0)
    shop = shop_row(session)
    until = fees_received_until(session, [row.id]).get(row.id)
    found = [
        late_fees(
            amount,
            due_on,
            day,
            fine_bp=shop.fine_bp,
            interest_bp=shop.interest_bp,
            received_until=until,
        )
        for due_on, amount in owed_pieces_of(session, row)
    ]
    return LateFees(sum(each.fine for each in found), sum(each.interest for each in found))


def late_fees_of(
    session: Session, number: int, *, now: datetime, day: date | None = None
) -> LateFees:
    """What paying this order on a day (today) costs beside its balance. Raises UserError
    ``order_not_found``."""
    return fees_due(session, order_row(session, number), day or local_day(now, zone_of(session)))
