"""A customer's account: orders, money and what is owed, from the records and nothing else."""

from dataclasses import replace
from datetime import date, datetime
from itertools import accumulate

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from osdesk.domain.calendar import days_overdue, format_date, local_day, overdue_before
from osdesk.domain.codes import ChargeKind, NoticeChannel, NoticeKind
from osdesk.domain.errors import UserError
from osdesk.domain.fill_in import fill
from osdesk.domain.money import format_amount
from osdesk.domain.orders.forms import NoticeForm
from osdesk.domain.orders.late_fees import late_fees
from osdesk.domain.orders.status import RECEIVABLE, Status
from osdesk.domain.topics import Topic
from osdesk.domain.views.account import Account, AccountOrder, Letter, Movement, Piece
from osdesk.domain.views.listing import equipment_title
from osdesk.domain.views.shop import ShopView
from osdesk.persistence.models import Charge, Equipment, Order, Payment
from osdesk.services.customers.customers import customer_view
from osdesk.services.customers.owed import owed_pieces
from osdesk.services.orders.charges import fees_received_until
from osdesk.services.orders.notices import give_notices
from osdesk.services.reports.figures import AGES, age_of
from osdesk.services.shop.shop import shop_view, zone_of

TOPIC = Topic.NOTICES


def customer_account(session: Session, customer_id: int, *, now: datetime) -> Account:
    """The whole account as of ``now``.

    An order is owed from the day it is ready, was delivered or returned; before that what was paid
    for it is money ahead. A balance past its day counts in every status.
    """
    session.flush()
    today = local_day(now, zone_of(session))
    rows = session.execute(
        select(
            Order.id,
            Order.number,
            Order.status,
            Order.ready_on,
            Order.delivered_on,
            Order.returned_on,
            Order.total,
            Order.paid,
            Order.balance,
            Equipment.kind,
            Equipment.brand,
            Equipment.model,
        )
        .join(Equipment, Equipment.id == Order.equipment_id)
        .where(Order.customer_id == customer_id)
        .where(or_(Order.status != Status.CANCELLED, Order.paid != 0))
        .order_by(Order.number.desc())
    ).all()
    orders = [
        AccountOrder(
            number=row.number,
            equipment=equipment_title(row.kind, row.brand, row.model),
            status=row.status,
            day=_owed_from(row.status, row.ready_on, row.delivered_on, row.returned_on),
            total=row.total,
            paid=row.paid,
            balance=row.balance,
        )
        for row in rows
    ]
    names = {order.number: order.equipment for order in orders}
    pieces = _pieces(session, customer_id, names, today)
    by_age = dict.fromkeys(AGES, 0)
    for piece in pieces:
        by_age[age_of(piece.due_on, today)] += piece.amount
    return Account(
        customer=customer_view(session, customer_id),
        day=today,
        orders=tuple(orders),
        pieces=tuple(pieces),
        movements=_movements(session, customer_id, orders),
        by_age=by_age,
    )


def _owed_from(
    status: Status, ready_on: date | None, delivered_on: date | None, returned_on: date | None
) -> date | None:
    if status not in RECEIVABLE:
        return None
    return delivered_on or returned_on or ready_on


def _pieces(session: Session, customer_id: int, names: dict[int, str], today: date) -> list[Piece]:
    owed = owed_pieces()
    rows = session.execute(
        select(owed.c.number, owed.c.due_on, owed.c.amount)
        .where(owed.c.customer_id == customer_id)
        .where(or_(owed.c.status.in_(sorted(RECEIVABLE)), owed.c.due_on < overdue_before(today)))
        .order_by(owed.c.due_on.is_(None), owed.c.due_on, owed.c.number)
    )
    return [
        Piece(number, names[number], due, amount, days_overdue(due, today))
        for number, due, amount in rows
    ]


def _movements(
    session: Session, customer_id: int, orders: list[AccountOrder]
) -> tuple[Movement, ...]:
    """In the order of their days; a charge stands before the payment that it belongs to."""
    owed = {order.number: order.total for order in orders if order.day}
    found: list[tuple[date, int, Movement]] = []
    charges = session.execute(
        select(Charge.payment_id, Charge.booked_on, Order.number, Charge.kind, Charge.amount)
        .join(Order, Order.id == Charge.order_id)
        .where(Order.customer_id == customer_id)
        .order_by(Charge.id)
    )
    for payment, day, number, kind, amount in charges:
        if number in owed:
            signed = amount if kind is ChargeKind.LATE_FEES else -amount
            owed[number] -= signed
            found.append((day, payment, Movement(day, number, kind, None, signed, 0)))
    rows = session.execute(
        select(
            *(Payment.id, Payment.paid_on, Order.number),
            *(Payment.kind, Payment.method, Payment.amount),
        )
        .join(Order, Order.id == Payment.order_id)
        .where(Order.customer_id == customer_id)
        .order_by(Payment.id)
    )
    found += [
        (day, payment, Movement(day, number, kind, method, -amount, 0))
        for payment, day, number, kind, method, amount in rows
    ]
    found += [
        (order.day, 0, Movement(order.day, order.number, None, None, owed[order.number], 0))
        for order in sorted(orders, key=lambda order: order.number)
        if order.day and owed[order.number]
    ]
    lines = [line for *_, line in sorted(found, key=lambda each: each[:2])]
    balances = accumulate(line.amount for line in lines)
    return tuple(replace(line, balance=now) for line, now in zip(lines, balances, strict=True))


def collection_letter(session: Session, customer_id: int, *, now: datetime) -> Letter:
    """What a letter about the overdue pieces says; reading it logs nothing.

    Only what is ready, delivered or returned is asked for: of work that is not done, or a price
    that nobody has approved yet, nothing is owed (CDC art. 42). Raises UserError:
    ``nothing_overdue``; ``letter_incomplete`` naming the ``fields`` of the shop that the law wants
    on it (CDC art. 42-A).
    """
    account = customer_account(session, customer_id, now=now)
    done = {order.number for order in account.orders if order.day is not None}
    account = replace(account, pieces=tuple(p for p in account.pieces if p.number in done))
    shop = shop_view(session)
    if not account.late:
        raise UserError("nothing_overdue")
    missing = [name for name in ("name", "document", "address") if not getattr(shop, name)]
    if missing:
        raise UserError("letter_incomplete", fields=missing)
    received = _fees_received_until(session, {piece.number for piece in account.late})
    lines = tuple(
        (
            piece,
            late_fees(
                piece.amount,
                piece.due_on,
                account.day,
                fine_bp=shop.fine_bp,
                interest_bp=shop.interest_bp,
                received_until=received.get(piece.number),
            ),
        )
        for piece in account.late
    )
    text = fill(shop.terms_collection, _words(account, shop))
    return Letter(shop, account.customer, account.day, text, lines)


def _fees_received_until(session: Session, numbers: set[int]) -> dict[int, date]:
    keys = dict(
        session.execute(select(Order.id, Order.number).where(Order.number.in_(numbers))).all()
    )
    return {keys[key]: day for key, day in fees_received_until(session, keys).items()}


def log_letter(
    session: Session, customer_id: int, *, now: datetime, author: int | None
) -> tuple[int, ...]:
    """Log the letter with each order that it is about; their numbers. Raises UserError as
    ``collection_letter`` does."""
    letter = collection_letter(session, customer_id, now=now)
    body = letter.text.strip() or format_amount(letter.total)
    form = NoticeForm(NoticeChannel.LETTER, body, NoticeKind.COLLECTION)
    give_notices(session, letter.numbers, form, now=now, author=author)
    return letter.numbers


def _words(account: Account, shop: ShopView) -> dict[str, str]:
    """The fields of the shop's text, of all the overdue pieces together."""
    numbers = sorted({piece.number for piece in account.late})
    names = list(dict.fromkeys(piece.equipment for piece in account.late))
    orders = [order for order in account.orders if order.number in numbers]
    return {
        "cliente": account.customer.name,
        "numero": _listed([str(number) for number in numbers]),
        "equipamento": _listed(names),
        "total": _reais(sum(order.total for order in orders)),
        "pago": _reais(sum(order.paid for order in orders)),
        "saldo": _reais(account.overdue),
        "vencimento": _listed(
            list(dict.fromkeys(format_date(p.due_on) for p in account.late if p.due_on))
        ),
        "loja": shop.name,
        "telefone": shop.phones or "",
        "endereco": ", ".join(part for part in (shop.address, shop.city) if part),
    }


def _listed(words: list[str]) -> str:
    """``12``, ``12 e 15``, ``12, 15 e 18``."""
    return " e ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def _reais(cents: int) -> str:
    return f"R$\u00a0{format_amount(cents)}"
