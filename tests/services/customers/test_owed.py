"""The pieces of what is owed: they sum to the balances, and an index finds them."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from tests.conftest import NOW
from tests.forms import order

from osdesk.domain.codes import PaymentMethod
from osdesk.domain.orders.forms import PaymentForm
from osdesk.domain.orders.instalments import in_parts
from osdesk.persistence.database import Database
from osdesk.persistence.models import Instalment, Order
from osdesk.services.customers.owed import owed_pieces
from osdesk.services.orders.payments import pay_order
from osdesk.services.orders.saving import add_order

WHO: dict[str, Any] = {"now": NOW, "author": None}
DAYS = (date(2026, 12, 10), date(2027, 1, 10), date(2027, 2, 10))


def pieces(session: Session) -> list[tuple[int, date | None, int]]:
    owed = owed_pieces()
    rows = session.execute(
        select(owed.c.number, owed.c.due_on, owed.c.amount).order_by(owed.c.number, owed.c.due_on)
    )
    return [tuple(row) for row in rows]


def test_each_piece_has_its_own_day(db: Database) -> None:
    one = db.run(add_order, order(due_on=date(2026, 12, 1)), **WHO).number
    parts = in_parts(37_000, 3, DAYS[0])
    three = db.run(add_order, order(instalments=parts), **WHO).number
    bare = db.run(add_order, order(), **WHO).number
    paid = db.run(add_order, order(), **WHO).number
    for number, amount in ((paid, 37_000), (three, 20_000)):
        db.run(pay_order, number, PaymentForm(amount, PaymentMethod.PIX), **WHO)
    assert db.read(pieces) == [
        (one, date(2026, 12, 1), 37_000),
        (three, DAYS[1], 4_667),
        (three, DAYS[2], 12_333),
        (bare, None, 37_000),
    ]

    def sums(session: Session) -> tuple[int | None, int | None]:
        owed = owed_pieces()
        return (
            session.scalar(select(func.sum(owed.c.amount))),
            session.scalar(select(func.sum(Order.balance)).where(Order.balance > 0)),
        )

    assert len(set(db.read(sums))) == 1


@pytest.mark.parametrize("narrowed", [False, True])
def test_no_walk_over_all_orders(db: Database, narrowed: bool) -> None:
    def plan(session: Session) -> list[str]:
        owed = owed_pieces()
        query = select(owed.c.customer_id, func.sum(owed.c.amount)).group_by(owed.c.customer_id)
        if narrowed:
            query = query.where(owed.c.due_on < date(2026, 12, 1))
        bound = query.compile(session.get_bind(), compile_kwargs={"literal_binds": True})
        connection = session.connection().connection
        return [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {bound}")]

    steps = db.read(plan)
    tables = (Order.__tablename__, Instalment.__tablename__)
    walked = [step for step in steps if step in {f"SCAN {table}" for table in tables}]
    assert walked == [], steps
    assert any("ix_orders_owed" in step for step in steps)
    assert any("ix_instalments_open" in step for step in steps)
