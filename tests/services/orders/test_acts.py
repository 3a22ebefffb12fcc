"""What each act at the counter asks of the database and writes: by index, and not more with the
shop's size than before."""

import contextlib
import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event, select
from tests.conftest import NOW
from tests.forms import order
from tests.services.orders.test_listing import PARTS, big, walked

from osdesk.domain.codes import PaymentMethod
from osdesk.domain.orders.forms import PaymentForm, StepForm
from osdesk.domain.orders.status import Status
from osdesk.persistence.database import Database
from osdesk.persistence.models import Order
from osdesk.services.customers.customers import customer_page
from osdesk.services.orders.drafts import draft_of, drafts
from osdesk.services.orders.forms import load_form
from osdesk.services.orders.listing import counts_of
from osdesk.services.orders.opening import opened_order
from osdesk.services.orders.payments import pay_order
from osdesk.services.orders.saving import add_order, edit_order
from osdesk.services.orders.search import first_found
from osdesk.services.orders.steps import move_order

__all__ = ["big"]

Statements = list[tuple[str, Any]]
COUNTED = {"ix_orders_equipment_id", "ix_orders_total", "ix_orders_technician_id"}
"""One of them is walked to count all orders: it is the shortest."""
NEWEST = re.compile(r"FROM events ORDER BY (events\.)?id DESC\s+LIMIT")
"""The last row of the history, found from its end."""


class Undone(Exception):  # noqa: N818 - no error
    """Raised once an act was taken, so that nothing of it stays."""


@pytest.fixture
def sent(big: Database) -> Iterator[Callable[..., Statements]]:
    """The statements of an act, which is undone; or of a reading."""
    seen: Statements = []

    def note(connection: Any, cursor: Any, statement: str, values: Any, *rest: Any) -> None:
        seen.append((statement, values[0] if isinstance(values, list) else values))

    engines = (big._reader, big._writer)
    for engine in engines:
        event.listen(engine, "before_cursor_execute", note)

    def take(function: Any, *args: Any, writes: bool = True, **kwargs: Any) -> Statements:
        def undone(session: Any) -> None:
            function(session, *args, **kwargs)
            session.flush()
            raise Undone

        seen.clear()
        with contextlib.suppress(Undone):
            (big.run if writes else big.read)(undone)
        return [each for each in seen if not each[0].startswith(("BEGIN", "SAVEPOINT", "RELEASE"))]

    yield take
    for engine in engines:
        event.remove(engine, "before_cursor_execute", note)


def number_in(big: Database, *conditions: Any) -> int:
    found = big.read(lambda s: s.scalar(select(Order.number).where(*conditions).limit(1)))
    assert found is not None
    return int(found)


def new(big: Database) -> tuple[Any, ...]:
    return add_order, order(name="Teresa Nunes")


def changed(big: Database) -> tuple[Any, ...]:
    number = number_in(big, Order.status == Status.RECEIVED)
    form = big.read(load_form, number)
    form.diagnosis, form.customer.document = "Fonte aberta", "52998224725"
    return edit_order, number, form


def moved(big: Database) -> tuple[Any, ...]:
    number = number_in(big, Order.status == Status.IN_PROGRESS)
    return move_order, number, Status.AWAITING_PART, StepForm(waiting_for="Placa")


def paid(big: Database) -> tuple[Any, ...]:
    number = number_in(big, Order.balance > 0)
    return pay_order, number, PaymentForm(100, PaymentMethod.CASH)


@pytest.mark.parametrize(("act", "most"), [(new, 25), (changed, 32), (moved, 18), (paid, 16)])
def test_an_act_walks_no_big_table_and_sends_so_many_statements(
    big: Database, sent: Callable[..., Statements], act: Any, most: int
) -> None:
    function, *args = act(big)
    statements = sent(function, *args, now=NOW + timedelta(minutes=1), author=None)
    assert any(s.startswith(("INSERT", "UPDATE")) for s, _ in statements), "it was taken"
    others = [each for each in statements if not NEWEST.search(each[0])]
    assert walked(big, others) == set()
    assert len(statements) <= most


@pytest.mark.parametrize(
    ("call", "allowed", "most"),
    [
        ((opened_order, 1_200, {"now": NOW}), set(), 22),
        ((draft_of, 1_200, {}), set(), 1),
        ((drafts, {}), {"drafts", "sqlite_autoindex_drafts_1"}, 1),
        ((first_found, "maria", {"now": NOW, "limit": 101, "seen": 24}), {"synonyms"}, 4),
        ((first_found, "1200", {"now": NOW, "limit": 101, "seen": 24}), {"synonyms"}, 5),
        ((counts_of, {"now": NOW, "technician": 2}), PARTS | COUNTED, 12),
        ((customer_page, {}), {"ix_customers_name_folded_id"}, 6),
    ],
)
def test_what_a_screen_reads(
    big: Database,
    sent: Callable[..., Statements],
    call: tuple[Any, ...],
    allowed: set[str],
    most: int,
) -> None:
    function, *args, more = call
    statements = sent(function, *args, writes=False, **more)
    assert walked(big, statements) <= allowed
    assert 0 < len(statements) <= most
