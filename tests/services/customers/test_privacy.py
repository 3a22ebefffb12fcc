"""What is typed freely of an order goes with the person: held for every field that there is."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Text, select
from tests.conftest import NOW
from tests.forms import APPROVAL, COLLECTED, order, service

from osdesk.domain.codes import PaymentMethod
from osdesk.domain.orders.fields import Kind
from osdesk.domain.orders.forms import EQUIPMENT_FIELDS, ORDER_FIELDS, PaymentForm, StepForm
from osdesk.domain.orders.status import Status
from osdesk.persistence.database import Database
from osdesk.persistence.models import Order
from osdesk.services.customers.privacy import ERASED, FREE_TEXTS, anonymise
from osdesk.services.orders.payments import pay_order
from osdesk.services.orders.saving import add_order
from osdesk.services.orders.steps import move_order

WHO: dict[str, Any] = {"now": NOW, "author": None}
LATER = NOW + timedelta(days=400)
NO_PERSON = {
    "slot": "a place on the shop's shelves",
    "promised_time": "a time of day",
    "payment_terms": "agreed with the quote, and kept with its money",
    "reason": "never empty: a word stands in its place",
}
"""Columns of words that stay, each for its reason."""


def test_every_text_of_an_order_goes_or_stays_for_a_reason() -> None:
    typed = {column.name for column in Order.__table__.columns if type(column.type) is Text}
    assert typed == set(FREE_TEXTS) | set(NO_PERSON)
    assert not set(FREE_TEXTS) & set(NO_PERSON)


FREE = [field for field in ORDER_FIELDS if field.kept and field.kind in (Kind.TEXT, Kind.AS_GIVEN)]


@pytest.mark.parametrize("name", [field.name for field in FREE if field.name in FREE_TEXTS])
def test_what_the_form_takes_is_not_there_any_more(db: Database, name: str) -> None:
    row = _erased(db, **{name: "Zulmira"})
    assert row == [None]


@pytest.mark.parametrize("name", [f.name for f in EQUIPMENT_FIELDS if f.kind is Kind.TEXT])
def test_nor_what_was_said_of_the_device(db: Database, name: str) -> None:
    assert _erased(db, equipment=name) == [None]


def _erased(db: Database, equipment: str = "", **typed: Any) -> list[Any]:
    """An order with the text, done and paid, its customer erased: the column's value after."""
    form = order(items=[service(10_000)], technician="Edson", **typed)
    form.promised_on = (NOW + timedelta(days=3)).date()
    if equipment:
        setattr(form.equipment, equipment, "Zulmira")
    number = db.run(add_order, form, **WHO).number
    for status, step in (
        (Status.APPROVED, APPROVAL),
        (Status.IN_PROGRESS, StepForm()),
        (Status.READY, StepForm()),
    ):
        db.run(move_order, number, status, step, **WHO)
    db.run(pay_order, number, PaymentForm(amount=10_000, method=PaymentMethod.PIX), **WHO)
    db.run(move_order, number, Status.DELIVERED, COLLECTED, **WHO)
    column = Order.__table__.columns[equipment or next(iter(typed))]
    query = select(column, Order.customer_id).where(Order.number == number)
    before, customer = db.read(lambda s: s.execute(query).one())
    assert before == "Zulmira"
    db.run(anonymise, customer, now=LATER, author=None)
    reasons = db.read(lambda s: s.scalars(select(Order.reason)).all())
    assert reasons == [ERASED]
    return list(db.read(lambda s: s.scalars(select(column)).all()))
