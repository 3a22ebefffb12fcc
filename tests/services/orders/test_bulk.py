"""A field or a step for one of many orders: blanks are filled, what stands is left as it is."""

from datetime import date
from typing import Any

import pytest
from tests.conftest import NOW
from tests.forms import order

from osdesk.domain.codes import Priority
from osdesk.domain.errors import UserError
from osdesk.domain.orders.forms import StepForm
from osdesk.domain.orders.status import Status
from osdesk.persistence.database import Database
from osdesk.services.orders.bulk import move_filled, set_field
from osdesk.services.orders.saving import add_order
from osdesk.services.orders.view import order_view

WHO: dict[str, Any] = {"now": NOW, "author": None}


@pytest.mark.parametrize(
    ("field", "value"),
    [("technician", "Rui"), ("priority", Priority.URGENT), ("slot", "B2"), ("slot", None)],
)
def test_one_field_is_set_and_told(db: Database, field: str, value: object) -> None:
    number = db.run(add_order, order(slot="A1"), **WHO).number
    db.run(set_field, number, field, value, **WHO)
    shown = db.read(order_view, number, now=NOW)
    assert getattr(shown, field) == value
    assert shown.events[-1].data["changed"] == [field]
    told = len(shown.events)
    db.run(set_field, number, field, value, **WHO)
    assert len(db.read(order_view, number, now=NOW).events) == told


def test_other_fields_are_not_set_this_way(db: Database) -> None:
    number = db.run(add_order, order(), **WHO).number
    with pytest.raises(ValueError, match="discount"):
        db.run(set_field, number, "discount", 5, **WHO)


def test_only_blanks_are_filled(db: Database) -> None:
    mine = db.run(add_order, order(), **WHO).number
    nobodys = db.run(add_order, order(technician=None), **WHO).number
    for number in (mine, nobodys):
        fill = {"technician": "Rui"}
        db.run(move_filled, number, Status.IN_DIAGNOSIS, StepForm(), fill, **WHO)
    assert db.read(order_view, mine, now=NOW).technician == "Edson Ramos"
    assert db.read(order_view, nobodys, now=NOW).technician == "Rui"


def test_a_refused_one_keeps_nothing_of_it(db: Database) -> None:
    form = order(technician=None, items=[], promised_on=None, start_on=None)
    number = db.run(add_order, form, **WHO).number
    fill = {"technician": "Rui", "start_on": date(2026, 11, 25)}
    with pytest.raises(UserError) as caught:
        db.run(move_filled, number, Status.AWAITING_APPROVAL, StepForm(), fill, **WHO)
    assert caught.value.code == "missing"
    shown = db.read(order_view, number, now=NOW)
    assert (shown.technician, shown.start_on, shown.status) == (None, None, Status.RECEIVED)
