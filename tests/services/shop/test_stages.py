"""Stages of the shop's own: unique under a status, dropped when the order leaves it."""

from dataclasses import replace
from typing import Any

import pytest
from tests.conftest import NOW
from tests.forms import APPROVAL, COLLECTED, order

from osdesk.domain.codes import EventCode, PaymentMethod
from osdesk.domain.errors import UserError
from osdesk.domain.orders.forms import PaymentForm, StageForm
from osdesk.domain.orders.status import Status
from osdesk.persistence.database import Database
from osdesk.services.orders.forms import load_form
from osdesk.services.orders.payments import pay_order
from osdesk.services.orders.saving import add_order, edit_order
from osdesk.services.orders.steps import move_order, reopen_order
from osdesk.services.orders.view import order_view
from osdesk.services.shop.stages import save_stage, stages

WHO: dict[str, Any] = {"now": NOW, "author": None}


def stage(db: Database, status: Status, name: str, colour: str = "blue") -> int:
    return db.run(save_stage, StageForm(status, name, colour), **WHO)


def refused(db: Database, form: StageForm) -> UserError:
    with pytest.raises(UserError) as caught:
        db.run(save_stage, form, **WHO)
    return caught.value


def test_a_name_is_unique_under_its_status_alone(db: Database) -> None:
    stage(db, Status.IN_PROGRESS, "Bancada")
    assert refused(db, StageForm(Status.IN_PROGRESS, " bancáda ")).code == "name_taken"
    stage(db, Status.READY, "Bancada", "green")
    assert [(s.status, s.name) for s in db.read(stages)] == [
        (Status.IN_PROGRESS, "Bancada"),
        (Status.READY, "Bancada"),
    ]
    assert refused(db, StageForm(Status.READY, "  ")).code == "required"
    assert refused(db, StageForm(Status.READY, "Outra", "#ff0000")).code == "bad_choice"


def test_they_are_listed_by_the_way_of_an_order_and_may_go_out_of_use(db: Database) -> None:
    last = stage(db, Status.READY, "Testada")
    first = stage(db, Status.RECEIVED, "Triagem")
    assert [s.id for s in db.read(stages)] == [first, last]
    db.run(save_stage, StageForm(Status.READY, "Testada", active=False, id=last), **WHO)
    assert [s.id for s in db.read(stages, active_only=True)] == [first]
    assert [s.id for s in db.read(stages, status=Status.READY)] == [last]


def test_a_stage_is_found_among_those_of_the_orders_status(db: Database) -> None:
    stage(db, Status.IN_PROGRESS, "Bancada")
    number = db.run(add_order, order(), **WHO).number
    form = replace(db.read(load_form, number), stage="Bancada")
    with pytest.raises(UserError) as caught:
        db.run(edit_order, number, form, **WHO)
    assert (caught.value.code, caught.value.data["status"]) == ("stage_unknown", Status.RECEIVED)
    stage(db, Status.RECEIVED, "Bancada", "amber")
    db.run(edit_order, number, form, **WHO)
    shown = db.read(order_view, number, now=NOW)
    assert shown.stage is not None
    assert (shown.stage.name, shown.stage.colour) == ("Bancada", "amber")
    assert shown.events[-1].data["changed"] == ["stage"]
    assert shown.events[-1].data["stage"] == "Bancada"


def test_a_new_status_takes_the_stage_off_and_the_history_says_so(db: Database) -> None:
    stage(db, Status.RECEIVED, "Triagem")
    number = db.run(add_order, order(stage="triagem"), **WHO).number
    db.run(move_order, number, Status.APPROVED, APPROVAL, **WHO)
    shown = db.read(order_view, number, now=NOW)
    assert shown.stage is None
    moved = shown.events[-1]
    assert moved.code is EventCode.MOVED
    assert moved.data["stage_before"] == "Triagem"


def test_reopening_takes_the_stage_of_the_closed_order_off(db: Database) -> None:
    stage(db, Status.DELIVERED, "Pós-venda")
    number = db.run(add_order, order(), **WHO).number
    for to in (Status.APPROVED, Status.IN_PROGRESS, Status.READY):
        db.run(move_order, number, to, APPROVAL, **WHO)
    db.run(pay_order, number, PaymentForm(37_000, PaymentMethod.PIX), **WHO)
    db.run(move_order, number, Status.DELIVERED, COLLECTED, **WHO)
    db.run(edit_order, number, replace(db.read(load_form, number), stage="Pós-venda"), **WHO)
    db.run(reopen_order, number, reason="Voltou", **WHO)
    shown = db.read(order_view, number, now=NOW)
    assert (shown.status, shown.stage) == (Status.READY, None)
    assert shown.events[-1].data["stage_before"] == "Pós-venda"


def test_a_stage_that_orders_stand_in_keeps_its_status(db: Database) -> None:
    key = stage(db, Status.RECEIVED, "Triagem")
    number = db.run(add_order, order(stage="Triagem"), **WHO).number
    moved = StageForm(Status.READY, "Triagem", id=key)
    assert refused(db, moved).code == "stage_in_use"
    db.run(save_stage, StageForm(Status.RECEIVED, "Entrada", "grey", id=key), **WHO)
    shown = db.read(order_view, number, now=NOW).stage
    assert shown is not None
    assert (shown.name, shown.colour) == ("Entrada", "grey")
    db.run(move_order, number, Status.APPROVED, APPROVAL, **WHO)
    db.run(save_stage, moved, **WHO)
