"""Money in and out of an order: never edited, only reversed or given back, each with a receipt."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from osdesk.domain.calendar import local_day
from osdesk.domain.codes import EventCode, PaymentKind, PaymentMethod
from osdesk.domain.errors import UserError
from osdesk.domain.money import MAX_CENTS
from osdesk.domain.orders.forms import InstalmentForm, PaymentForm
from osdesk.domain.orders.status import CLOSED, UNSERVICED, Status
from osdesk.domain.text import TEXT_LIMIT, clean_text
from osdesk.domain.topics import Topic
from osdesk.persistence.models import Order, Payment
from osdesk.services.events import record
from osdesk.services.orders.forms import order_form, order_row
from osdesk.services.orders.instalments import follow
from osdesk.services.orders.saving import change_order, refresh_money
from osdesk.services.shop.shop import take_number, zone_of

TOPIC = Topic.PAYMENTS


def pay_order(
    session: Session, number: int, form: PaymentForm, *, now: datetime, author: int | None
) -> int:
    """Record a payment; its id.

    Raises UserError: ``bad_amount``, ``date_in_future``, ``above_balance``, ``nothing_due``. An
    order that has no price yet takes a deposit, which is then a credit.
    """
    return _take(session, order_row(session, number), form, now, author)


def pay_many(
    session: Session,
    number: int,
    forms: Sequence[PaymentForm],
    *,
    now: datetime,
    author: int | None,
) -> list[int]:
    """Record what one customer pays in one go, by several methods: all of it or nothing; the ids.

    Raises UserError: ``no_payments``; as ``pay_order``, with the ``row`` of the one refused.
    Change given back is no payment: each amount is what stays in the shop.
    """
    if not forms:
        raise UserError("no_payments", field="amount")
    row = order_row(session, number)
    paid = []
    for index, form in enumerate(forms):
        try:
            paid.append(_take(session, row, form, now, author))
        except UserError as error:
            raise UserError(error.code, **error.data, row=index) from None
    return paid


def pay_and_agree(
    session: Session,
    number: int,
    forms: Sequence[PaymentForm],
    *,
    due_on: date,
    parts: Sequence[InstalmentForm] = (),
    now: datetime,
    author: int | None,
) -> list[int]:
    """Record what is paid now (it may be nothing) and when the rest is due, in one sum or parts.

    Raises UserError as ``pay_many`` and ``instalments.settle`` do; ``nothing_due`` where no rest is
    left; ``date_in_past``.
    """
    row = order_row(session, number)
    paid = pay_many(session, number, forms, now=now, author=author) if forms else []
    if row.balance <= 0:
        raise UserError("nothing_due", field="due_on", number=number)
    if due_on < local_day(now, zone_of(session)):
        raise UserError("date_in_past", field="due_on")
    form = order_form(session, row)
    form.due_on, form.instalments = due_on, list(parts)
    change_order(session, row, form, now=now, author=author)
    return paid


def _take(
    session: Session, row: Order, form: PaymentForm, now: datetime, author: int | None
) -> int:
    number = row.number
    today = local_day(now, zone_of(session))
    day = form.paid_on or today
    if day > today:
        raise UserError("date_in_future", field="paid_on")
    if not 0 < form.amount <= MAX_CENTS:
        raise UserError("bad_amount", field="amount")
    if not _unpriced(row) and form.amount > row.balance:
        if row.balance <= 0:
            raise UserError("nothing_due", field="amount", number=number)
        raise UserError("above_balance", field="amount", number=number, balance=row.balance)
    return _book(session, row, PaymentKind.PAYMENT, form.amount, form.method, day, now, author).id


def reverse_payment(
    session: Session,
    number: int,
    payment_id: int,
    *,
    reason: str,
    now: datetime,
    author: int | None,
) -> int:
    """Take one payment back whole; the reversal's id.

    Raises UserError: ``payment_not_found``, ``not_a_payment``, ``already_reversed``,
    ``above_paid`` (a refund already gave that money back), ``missing`` (reason).
    """
    row = order_row(session, number)
    payment = session.get(Payment, payment_id)
    if payment is None or payment.order_id != row.id:
        raise UserError("payment_not_found", number=number, payment=payment_id)
    if payment.kind is not PaymentKind.PAYMENT:
        raise UserError("not_a_payment", payment=payment_id)
    if session.scalar(select(Payment.id).where(Payment.reverses_id == payment_id)):
        raise UserError("already_reversed", payment=payment_id)
    if payment.amount > row.paid:
        raise UserError("above_paid", paid=row.paid)
    today = local_day(now, zone_of(session))
    why = _reason(reason)
    return _book(
        session,
        row,
        PaymentKind.REVERSAL,
        -payment.amount,
        payment.method,
        today,
        now,
        author,
        reverses=payment.id,
        reason=why,
    ).id


def refund_order(
    session: Session,
    number: int,
    *,
    amount: int,
    method: PaymentMethod,
    reason: str,
    now: datetime,
    author: int | None,
) -> int:
    """Give money back, up to what was paid; the refund's id.

    Raises UserError: ``bad_amount``, ``above_paid``, ``missing`` (reason).
    """
    row = order_row(session, number)
    if not 0 < amount <= MAX_CENTS:
        raise UserError("bad_amount", field="amount")
    if amount > row.paid:
        raise UserError("above_paid", field="amount", paid=row.paid)
    today = local_day(now, zone_of(session))
    why = _reason(reason)
    return _book(
        session, row, PaymentKind.REFUND, -amount, method, today, now, author, reason=why
    ).id


EVENTS = {
    PaymentKind.PAYMENT: EventCode.PAID,
    PaymentKind.REVERSAL: EventCode.REVERSED,
    PaymentKind.REFUND: EventCode.REFUNDED,
}


def _book(
    session: Session,
    row: Order,
    kind: PaymentKind,
    amount: int,
    method: PaymentMethod,
    day: date,
    now: datetime,
    author: int | None,
    *,
    reverses: int | None = None,
    reason: str | None = None,
) -> Payment:
    payment = Payment(
        order_id=row.id,
        kind=kind,
        at=now,
        paid_on=day,
        amount=amount,
        method=method,
        received_by_id=author,
        receipt=take_number(session, "receipt"),
        reverses_id=reverses,
    )
    session.add(payment)
    row.paid += amount
    refresh_money(row)
    follow(session, row, now=now, author=author)
    data: dict[str, object] = {}
    if row.balance > 0 and row.due_on is None and row.status in (Status.DELIVERED, Status.RETURNED):
        # what the customer owes again after taking the device away is owed from today
        row.due_on = day
        data = {"due_on": day.isoformat()}
    session.flush()
    record(
        session,
        EVENTS[kind],
        now=now,
        author=author,
        order_id=row.id,
        payment_id=payment.id,
        data={
            "amount": amount,
            "method": method.value,
            "date": day.isoformat(),
            "receipt": payment.receipt,
            "balance": row.balance,
            **data,
        },
        texts={"reason": reason} if reason else None,
    )
    return payment


def _unpriced(row: Order) -> bool:
    """Open and without a price: what comes in is a deposit."""
    if row.status in CLOSED or row.status in UNSERVICED:
        return False
    return row.labor_total + row.parts_total == 0 and row.warranty_return_of_id is None


def _reason(text: str) -> str:
    cleaned = clean_text(text, limit=TEXT_LIMIT, field="reason")
    if not cleaned.strip():
        raise UserError("missing", to=None, names=["reason"])
    return cleaned
