"""Whose data the shop may let go of: nothing for years, and nothing that keeps them here."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select, text
from tests.conftest import NOW
from tests.forms import APPROVAL, COLLECTED, order, service

from osdesk.domain.codes import PaymentMethod
from osdesk.domain.orders.forms import CustomerForm, PaymentForm, StepForm
from osdesk.domain.orders.status import Status
from osdesk.persistence.database import Database
from osdesk.persistence.models import Customer, Order
from osdesk.services.customers.customers import save_customer
from osdesk.services.customers.merging import merge_customers
from osdesk.services.customers.privacy import anonymise, refuse_erasing
from osdesk.services.customers.retention import quiet_customers
from osdesk.services.orders.notes import add_note
from osdesk.services.orders.payments import pay_order
from osdesk.services.orders.saving import add_order
from osdesk.services.orders.steps import move_order

WHO: dict[str, Any] = {"now": NOW, "author": None}
OVER = datetime(2031, 11, 26, 12, tzinfo=UTC)
"""Five years and two days later."""


def done(db: Database, name: str = "Zulmira", *, paid: bool = True) -> int:
    """An order of a new customer, delivered today; its number."""
    form = order(items=[service(10_000)], technician="Edson")
    form.customer = CustomerForm(name)
    form.promised_on = (NOW + timedelta(days=3)).date()
    form.due_on = (NOW + timedelta(days=9)).date()
    number = db.run(add_order, form, **WHO).number
    for status, step in (
        (Status.APPROVED, APPROVAL),
        (Status.IN_PROGRESS, StepForm()),
        (Status.READY, StepForm()),
    ):
        db.run(move_order, number, status, step, **WHO)
    if paid:
        pay(db, number, NOW)
    db.run(move_order, number, Status.DELIVERED, COLLECTED, **WHO)
    return number


def pay(db: Database, number: int, now: datetime) -> None:
    form = PaymentForm(amount=10_000, method=PaymentMethod.PIX)
    db.run(pay_order, number, form, now=now, author=None)


def names(db: Database, now: datetime, years: int = 5) -> list[str]:
    return [each.name for each in db.read(quiet_customers, years, now=now)]


def owner(db: Database, number: int) -> int:
    query = select(Order.customer_id).where(Order.number == number)
    return db.read(lambda s: s.scalar(query)) or 0


def test_five_years_after_the_last_of_them_and_not_a_day_before(db: Database) -> None:
    number = done(db)
    (found,) = db.read(quiet_customers, now=OVER)
    assert (found.id, found.orders, found.last) == (owner(db, number), 1, date(2026, 11, 24))
    assert names(db, OVER - timedelta(days=2)) == []
    assert names(db, OVER - timedelta(days=1)) == ["Zulmira"]
    assert names(db, OVER, years=6) == []
    assert names(db, NOW + timedelta(days=800), years=2) == ["Zulmira"]
    db.read(refuse_erasing, found.id, now=OVER)


def test_who_still_owes_or_has_a_device_here_is_not_among_them(db: Database) -> None:
    owes = done(db, "Deve", paid=False)
    stays = order()
    stays.customer = CustomerForm("Deixou aqui")
    db.run(add_order, stays, **WHO)
    assert names(db, OVER) == []
    pay(db, owes, NOW + timedelta(days=40))
    assert names(db, OVER) == [], "the payment was later than the delivery"
    assert names(db, OVER + timedelta(days=41)) == ["Deve"]


def test_a_warranty_that_runs_and_a_note_of_late_keep_them(db: Database) -> None:
    number = done(db)
    long = "UPDATE orders SET warranty_until = '2032-01-01'"
    db.run(lambda s: s.execute(text(long)))
    assert names(db, OVER) == []
    assert names(db, datetime(2032, 1, 2, 12, tzinfo=UTC)) == ["Zulmira"]
    later = {"now": OVER - timedelta(days=30), "author": None}
    db.run(add_note, number, "perguntou do aparelho", for_customer=False, **later)
    assert names(db, datetime(2032, 1, 2, 12, tzinfo=UTC)) == []


def test_who_never_had_an_order_counts_from_the_record(db: Database) -> None:
    first = db.run(save_customer, CustomerForm("Só perguntou"), **WHO)
    done(db, "Zulmira")
    db.run(save_customer, CustomerForm("Nova"), now=OVER - timedelta(days=9), author=None)
    assert sorted(names(db, OVER)) == ["Só perguntou", "Zulmira"]
    db.run(anonymise, first, now=OVER, author=None)
    assert names(db, OVER) == ["Zulmira"]


def test_a_record_that_was_made_one_with_another_is_no_person_of_its_own(db: Database) -> None:
    old, new = owner(db, done(db, "Antigo")), owner(db, done(db, "Novo"))
    db.run(merge_customers, new, old, **WHO)
    assert names(db, OVER) == ["Novo"]


@pytest.mark.parametrize(("day", "year"), [(date(2028, 2, 29), 2023), (date(2028, 3, 1), 2023)])
def test_the_day_before_so_many_years(db: Database, day: date, year: int) -> None:
    created = datetime(year, day.month, min(day.day, 28), 12, tzinfo=UTC)
    person = db.run(save_customer, CustomerForm("Ana"), now=created, author=None)
    stored = db.read(lambda s: s.scalar(select(Customer.created_at).where(Customer.id == person)))
    assert stored == created
    moment = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    assert names(db, moment) == []
    assert names(db, moment + timedelta(days=1)) == ["Ana"]
