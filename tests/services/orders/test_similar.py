"""What works like this one cost and took: the shop's own medians, by device and service."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import update
from tests.conftest import NOW
from tests.forms import APPROVAL, order, part, service

from osdesk.domain.orders.forms import OrderForm
from osdesk.domain.orders.status import Status
from osdesk.domain.views.counter import SimilarJobs
from osdesk.persistence.database import Database
from osdesk.persistence.models import Order
from osdesk.services.orders.saving import add_order
from osdesk.services.orders.similar import similar_jobs
from osdesk.services.orders.steps import move_order


def job(brand: str | None = "Brastemp", model: str | None = "BWK12ABANA", **changes: Any) -> Any:
    form: OrderForm = order(serial=None, **{"items": [], **changes})
    form.equipment.brand, form.equipment.model = brand, model
    return form


def finished(db: Database, price: int, days: int, **changes: Any) -> int:
    """An order that was ready after so many days, for this price."""
    form = job(**{"items": [service(price)], **changes})
    form.requested_at = NOW - timedelta(days=days)
    number = db.run(add_order, form, now=NOW, author=None).number
    for to in (Status.APPROVED, Status.IN_PROGRESS, Status.READY):
        db.run(move_order, number, to, APPROVAL, now=NOW, author=None)
    return number


def test_three_of_the_same_device_and_service_type(db: Database) -> None:
    for price, days in ((20_000, 2), (30_001, 4)):
        finished(db, price, days)
    assert db.read(similar_jobs, job()) is None, "two say nothing"
    finished(db, 23_000, 9)
    assert db.read(similar_jobs, job()) == SimilarJobs(3, 23_000, 4)
    finished(db, 23_001, 5)
    assert db.read(similar_jobs, job()) == SimilarJobs(4, 23_001, 5), "half up"


def test_words_are_compared_without_accents_and_case(db: Database) -> None:
    for _ in range(3):
        finished(db, 20_000, 1)
    form = job("BRASTEMP", "bwk12abana", kind="LAVADORA")
    assert db.read(similar_jobs, form) == SimilarJobs(3, 20_000, 1)


def test_less_is_known_of_the_device_step_by_step(db: Database) -> None:
    for price in (10_000, 20_000, 30_000):
        finished(db, price, 3, model="OUTRA")
    assert db.read(similar_jobs, job()) == SimilarJobs(3, 20_000, 3), "same kind and brand"
    assert db.read(similar_jobs, job("Electrolux", "X")) == SimilarJobs(3, 20_000, 3), "kind"
    assert db.read(similar_jobs, job(kind="Lava")) is None
    assert db.read(similar_jobs, job(kind="")) is None
    for _ in range(3):
        finished(db, 99_000, 8)
    assert db.read(similar_jobs, job()) == SimilarJobs(3, 99_000, 8), "the model wins"


def test_a_typed_service_is_compared_by_its_words(db: Database) -> None:
    for _ in range(3):
        finished(db, 10_000, 1, items=[service(10_000, description="Limpeza da bomba")])
        finished(db, 50_000, 9, items=[service(50_000, description="Troca da placa"), part(0)])
    typed = job(items=[service(0, description="Troca de Placa")])
    assert db.read(similar_jobs, typed) == SimilarJobs(3, 50_000, 9)
    unknown = job(items=[service(0, description="Pintura")])
    assert db.read(similar_jobs, unknown) is None
    assert db.read(similar_jobs, job()).count == 6
    assert db.read(similar_jobs, job(service_type="Instalação")) is None


def test_neither_free_nor_unfinished_works_nor_the_order_itself(db: Database) -> None:
    numbers = [finished(db, 10_000, 1) for _ in range(3)]
    finished(db, 0, 30)
    db.run(add_order, order(serial=None), now=NOW, author=None)
    assert db.read(similar_jobs, job()) == SimilarJobs(3, 10_000, 1)
    assert db.read(similar_jobs, job(), except_number=numbers[0]) is None


@pytest.mark.parametrize("newest", [2])
def test_only_the_newest_count(db: Database, monkeypatch: Any, newest: int) -> None:
    monkeypatch.setattr("osdesk.services.orders.similar.LEAST", newest)
    monkeypatch.setattr("osdesk.services.orders.similar.NEWEST", newest)
    finished(db, 99_000, 50)
    for _ in range(newest):
        finished(db, 10_000, 1)
    assert db.read(similar_jobs, job()) == SimilarJobs(newest, 10_000, 1)


def test_a_day_of_entry_typed_later_is_no_negative_time(db: Database) -> None:
    for _ in range(3):
        number = finished(db, 10_000, 2)
        late = update(Order).where(Order.number == number)
        db.run(lambda s, q=late: s.execute(q.values(requested_on=date(2026, 11, 30))))
    assert db.read(similar_jobs, job()).days == 0
