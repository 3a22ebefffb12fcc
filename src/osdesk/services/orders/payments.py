"""Money in and out of an order: never edited, only reversed or given back, each with a receipt."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from osdesk.domain.calendar import local_day
from osdesk.domain.codes import ChargeKind, EventCode, PaymentKind, PaymentMethod
from osdesk.domain.errors import UserError
from osdesk.domain.money import MAX_CENTS
from osdesk.domain.orders.forms import InstalmentForm, PaymentForm
from osdesk.domain.orders.status import CLOSED, HANDED_OVER, UNSERVICED
from osdesk.domain.text import TEXT_LIMIT, clean_text
from osdesk.domain.topics import Topic
from osdesk.persistence.models import Order, Payment
from osdesk.services.events import record
from osdesk.services.orders.charges import charge, fees_due, fees_of_payment, owed_pieces_of
from osdesk.services.orders.forms import order_form, order_row
from osdesk.services.orders.instalments import follow, owe_again
from osdesk.services.orders.saving import change_order, refresh_money
from osdesk.services.shop.shop import take_number, zone_of

TOPIC = Topic.PAYMENTS


def pay_order(
    session: Session, number: int, form: PaymentForm, *, now: datetime, author: int | None
) -> int:
    """Record a payment; its id.

    Raises UserError: ``bad_amount``, ``date_in_future``, ``before_order``, ``above_balance``,
    ``nothing_due``; ``below_late_fees`` where late fees are asked for and not covered. An order
    that has no price yet takes a deposit, which is then a credit.
    """
    return _take_all(session, order_row(session, number), [form], now, author)[0]


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
    return _take_all(session, order_row(session, number), forms, now, author, several=True)


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


def _take_all(
    session: Session,
    row: Order,
    forms: Sequence[PaymentForm],
    now: datetime,
    author: int | None,
    *,
    several: bool = False,
) -> list[int]:
    """Late fees are taken out of the first payments that ask for them, as far as each goes."""
    today = local_day(now, zone_of(session))
    asked = [form.paid_on or today for form in forms if form.late_fees]
    fees = fees_due(session, row, max(asked)).total if asked else 0
    if fees > sum(form.amount for form in forms if form.late_fees):
        raise UserError("below_late_fees", field="amount", number=row.number, fees=fees)
    paid = []
    for index, form in enumerate(forms):
        mine = min(fees, max(form.amount, 0)) if form.late_fees else 0
        try:
            paid.append(_take(session, row, form, mine, now, author))
        except UserError as error:
            where = {"row": index} if several else {}
            raise UserError(error.code, **error.data, **where) from None
        fees -= mine
    return paid


def _take(
    session: Session, row: Order, form: PaymentForm, fees: int, now: datetime, author: int | None
) -> int:
    number = row.number
    today = local_day(now, zone_of(session))
    day = form.paid_on or today
    if day > today:
        raise UserError("date_in_future", field="paid_on")
    if day < row.requested_on:
        raise UserError("before_order", field="paid_on", number=number, day=row.requested_on)
    if not 0 < form.amount <= MAX_CENTS:
        raise UserError("bad_amount", field="amount")
    if not _unpriced(row) and form.amount > row.balance + fees:
        if row.balance <= 0:
            raise UserError("nothing_due", field="amount", number=number)
        raise UserError("above_balance", field="amount", number=number, balance=row.balance + fees)
    amount, method = form.amount, form.method
    return _book(session, row, PaymentKind.PAYMENT, amount, method, day, now, author, fees=fees).id


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
    ``already_refunded``, ``missing`` (reason). Late fees that it brought go with it.
    """
    row = order_row(session, number)
    payment = session.get(Payment, payment_id)
    if payment is None or payment.order_id != row.id:
        raise UserError("payment_not_found", number=number, payment=payment_id)
    if payment.kind is not PaymentKind.PAYMENT:
        raise UserError("not_a_payment", payment=payment_id)
    if session.scalar(select(Payment.id).where(Payment.reverses_id == payment_id)):
        raise UserError("already_reversed", payment=payment_id)
    if _is_refunded(session, payment):
        raise UserError("already_refunded", payment=payment_id, number=number, paid=row.paid)
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
        fees=-fees_of_payment(session, payment),
        reason=why,
    ).id


def _is_refunded(session: Session, payment: Payment) -> bool:
    """Whether a refund gave back money that, without this payment, was not in the shop then."""
    rows = session.execute(
        select(Payment.id, Payment.amount, Payment.reverses_id)
        .where(Payment.order_id == payment.order_id)
        .order_by(Payment.id)
    ).all()
    gone = {reversed_id for _, _, reversed_id in rows} | {payment.id}
    there = 0
    for key, amount, reversed_id in rows:
        if key not in gone and reversed_id is None:
            there += amount
        if there < 0:
            return True
    return False


def refund_order(
    session: Session,
    number: int,
    *,
    amount: int,
    method: PaymentMethod,
    reason: str,
    owed_on: date | None = None,
    now: datetime,
    author: int | None,
) -> int:
    """Give money back, up to what was paid; the refund's id.

    Of an order that was handed over the price falls by it (*abatimento*), dated today, unless
    ``owed_on`` says that it is owed again, until that day. Raises UserError: ``bad_amount``,
    ``above_paid``, ``missing`` (reason); ``date_in_past`` and ``owed_again_open`` of ``owed_on``.
    """
    row = order_row(session, number)
    handed_over = row.status in HANDED_OVER
    if not 0 < amount <= MAX_CENTS:
        raise UserError("bad_amount", field="amount")
    if amount > row.paid:
        raise UserError("above_paid", field="amount", paid=row.paid)
    today = local_day(now, zone_of(session))
    if owed_on is not None and not handed_over:
        raise UserError("owed_again_open", field="owed_on", number=number)
    if owed_on is not None and owed_on < today:
        raise UserError("date_in_past", field="owed_on")
    why = _reason(reason)
    falls = max(amount - max(-row.balance, 0), 0) if handed_over and owed_on is None else 0
    return _book(
        session,
        row,
        PaymentKind.REFUND,
        -amount,
        method,
        today,
        now,
        author,
        allowance=falls,
        owed_on=owed_on,
        reason=why,
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
    fees: int = 0,
    allowance: int = 0,
    owed_on: date | None = None,
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
    session.flush()
    owed_before = owed_pieces_of(session, row)
    if fees:
        _charge_fees(session, row, fees, payment, day, now, author)
    data: dict[str, object] = {}
    if allowance:
        charge(
            session, row, ChargeKind.ALLOWANCE, allowance, payment, day=day, now=now, author=author
        )
        data = {"allowance": allowance}
    row.paid += amount
    refresh_money(row)
    if owed_on is not None:
        data = owe_again(session, row, owed_before, -amount, owed_on)
    else:
        follow(session, row, now=now, author=author)
    if row.balance > 0 and row.due_on is None and row.status in HANDED_OVER:
        # what the customer owes again after taking the device away is owed from today
        row.due_on = day
        data |= {"due_on": day.isoformat()}
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


def _charge_fees(
    session: Session,
    row: Order,
    fees: int,
    payment: Payment,
    day: date,
    now: datetime,
    author: int | None,
) -> None:
    """The charge stands in the history before the money that pays it, or takes it back."""
    charge(session, row, ChargeKind.LATE_FEES, fees, payment, day=day, now=now, author=author)
    record(
        session,
        EventCode.LATE_FEES,
        now=now,
        author=author,
        order_id=row.id,
        data={"amount": fees, "date": day.isoformat()},
    )


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
