"""The parts in which a balance is paid: agreed, followed through every payment, or let go.

``Instalment.open`` and the order's ``due_on`` (the day of the earliest unpaid part) are kept here,
in the transaction that changes the balance.
"""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from osdesk.domain.codes import EventCode
from osdesk.domain.errors import UserError
from osdesk.domain.orders.forms import InstalmentForm, OrderForm
from osdesk.domain.orders.instalments import check_parts, earliest_due, open_parts
from osdesk.persistence.models import Instalment, Order
from osdesk.services.events import record


def settle(
    session: Session,
    row: Order,
    before: OrderForm,
    after: OrderForm,
    *,
    now: datetime,
    author: int | None,
) -> dict[str, object]:
    """Store the parts of a saved form; what the history is told of them, nothing where they stay.

    New parts take the place of the old ones whole and must sum to the balance as it is. Raises
    UserError: as ``check_parts``; ``due_or_instalments`` where a day for all is given beside parts
    that say another. Old parts that are no longer the balance are let go.
    """
    wanted = after.instalments
    due_changed = after.due_on != before.due_on
    if wanted == before.instalments:
        if wanted and due_changed:
            raise UserError("due_or_instalments", field="due_on")
        let_go_if_changed(session, row, now=now, author=author)
        return {}
    if wanted:
        check_parts(wanted, row.balance)
        if due_changed and after.due_on not in (None, wanted[0].due_on):
            raise UserError("due_or_instalments", field="due_on")
    session.execute(delete(Instalment).where(Instalment.order_id == row.id))
    _store(session, row, wanted)
    if wanted:
        row.due_on = wanted[0].due_on
    return {"instalments_before": _told(before.instalments), "instalments": _told(wanted)}


def _store(session: Session, row: Order, parts: Sequence[InstalmentForm]) -> None:
    session.add_all(
        Instalment(
            order_id=row.id,
            position=position,
            due_on=part.due_on,
            amount=part.amount,
            open=part.amount,
        )
        for position, part in enumerate(parts)
    )
    session.flush()


def follow(session: Session, row: Order, *, now: datetime, author: int | None) -> None:
    """After money came in or went out: the oldest parts are paid first, the newest opened first.

    Where more is owed than the parts are, because money paid before they were agreed went back,
    they are let go.
    """
    parts = _parts(session, row)
    if not parts:
        return
    left = open_parts([part.amount for part in parts], row.balance)
    if left is None:
        _let_go(session, row, parts, now, author)
        return
    for part, amount in zip(parts, left, strict=True):
        part.open = amount
    row.due_on = earliest_due([part.due_on for part in parts], left)


def owe_again(
    session: Session,
    row: Order,
    before: Sequence[tuple[date | None, int]],
    amount: int,
    due_on: date,
) -> dict[str, object]:
    """After money went back that is owed again on a day of its own: what was owed ``before`` keeps
    its days, in parts where there are several. What the history is told."""
    owed: dict[date, int] = {}
    for day, part in (*before, (due_on, amount)):
        owed[day or due_on] = owed.get(day or due_on, 0) + part
    session.execute(delete(Instalment).where(Instalment.order_id == row.id))
    days = sorted(owed)
    parts = [InstalmentForm(day, owed[day]) for day in days] if len(days) > 1 else []
    _store(session, row, parts)
    row.due_on = days[0]
    told: dict[str, object] = {"instalments": _told(parts)} if parts else {}
    return {"owed_on": due_on.isoformat(), "due_on": row.due_on.isoformat(), **told}


def let_go_if_changed(session: Session, row: Order, *, now: datetime, author: int | None) -> None:
    """After the balance changed by anything but money: parts that are no longer what is owed say
    nothing true. They go, as the history tells, and all is due on the day of the earliest."""
    parts = _parts(session, row)
    if parts and sum(part.open for part in parts) != max(row.balance, 0):
        _let_go(session, row, parts, now, author)


def _let_go(
    session: Session,
    row: Order,
    parts: Sequence[Instalment],
    now: datetime,
    author: int | None,
) -> None:
    was = [InstalmentForm(part.due_on, part.amount) for part in parts]
    session.execute(delete(Instalment).where(Instalment.order_id == row.id))
    session.flush()
    record(
        session,
        EventCode.ORDER_CHANGED,
        now=now,
        author=author,
        order_id=row.id,
        data={
            "changed": ["instalments"],
            "instalments_before": _told(was),
            "instalments": [],
            "balance": row.balance,
        },
    )


def _parts(session: Session, row: Order) -> Sequence[Instalment]:
    return session.scalars(
        select(Instalment).where(Instalment.order_id == row.id).order_by(Instalment.position)
    ).all()


def _told(parts: Sequence[InstalmentForm]) -> list[list[object]]:
    return [[part.due_on.isoformat(), part.amount] for part in parts]
