"""What is owed now, piece by piece: unpaid instalments, and balances that are due in one sum.

The one answer to who owes what since when: dashboard, debtors, ageing, the customer's account and
the collection letter all read it, so that they cannot differ.
"""

from sqlalchemy import ColumnElement, Subquery, exists, literal_column, select, union_all

from osdesk.persistence.models import Instalment, Order
from osdesk.services.orders.listing import IS_OWED

IS_OPEN_PART: ColumnElement[bool] = literal_column("instalments.open > 0")
"""In the very words of the partial indexes, so that SQLite may use them."""
ORDER_OF_PART: ColumnElement[int] = literal_column("+instalments.order_id")
"""The sign keeps SQLite from walking all orders to ask each for its parts."""


def owed_pieces() -> Subquery:
    """Columns ``order_id``, ``number``, ``customer_id``, ``due_on``, ``amount``, ``status``.

    The pieces of an order sum to its balance. Orders of every status are there, as with ``due_on``:
    who asks for what may be received narrows by ``status``. A piece with a ``due_on`` before
    ``calendar.overdue_before`` is overdue; one without a day is not.
    """
    parts = (
        select(
            Instalment.order_id,
            Order.number,
            Order.customer_id,
            Instalment.due_on,
            Instalment.open.label("amount"),
            Order.status,
        )
        .join(Order, Order.id == ORDER_OF_PART)
        .where(IS_OPEN_PART)
    )
    in_parts = exists().where(Instalment.order_id == Order.id)
    whole = select(
        Order.id.label("order_id"),
        Order.number,
        Order.customer_id,
        Order.due_on,
        Order.balance.label("amount"),
        Order.status,
    ).where(IS_OWED, ~in_parts)
    return union_all(parts, whole).subquery("owed")
