"""A place is taken while an open order stands on it; nobody is refused it."""

import pytest
from tests.conftest import NOW
from tests.forms import order

from osdesk.domain.errors import UserError
from osdesk.domain.orders.forms import StepForm
from osdesk.domain.orders.status import Status
from osdesk.services.orders.forms import load_form
from osdesk.services.orders.saving import add_order, edit_order
from osdesk.services.orders.steps import move_order, reopen_order
from osdesk.services.orders.view import order_view
from osdesk.services.shop.slots import offered_slots, save_slot, slot_holder, slots


@pytest.fixture
def add(db):
    return lambda slot: db.run(add_order, order(slot=slot, serial=None), now=NOW, author=None)


@pytest.fixture
def put(db):
    def act(name, slot_id=None, *, active=True):
        return db.run(save_slot, slot_id, name, active=active, now=NOW, author=None)

    return act


def offered(db, text="", own=None):
    return [(slot.name, slot.taken_by) for slot in db.read(offered_slots, text, own=own)]


def cancel(db, number):
    step = StepForm(reason="desistiu")
    db.run(move_order, number, Status.CANCELLED, step, now=NOW, author=None)


def test_a_slot_not_yet_known_is_added_and_written_as_the_shop_does(db, add, put):
    assert add("A3").warnings == ()
    assert [slot.name for slot in db.read(slots)] == ["A3"]
    put("Bancada 1")
    saved = add("bancada  1")
    assert db.read(load_form, saved.number).slot == "Bancada 1"
    assert len(db.read(slots)) == 2


def test_the_free_ones_are_offered_first(db, add, put):
    for name in ("A1", "A2", "A3", "B1"):
        put(name)
    put("Z9", active=False)
    number = add("A1").number
    assert offered(db) == [("A2", None), ("A3", None), ("B1", None), ("A1", number)]
    assert offered(db, "a") == [("A2", None), ("A3", None), ("A1", number)]
    assert offered(db, own=number)[0] == ("A1", number)
    put("Z9", next(s.id for s in db.read(slots) if s.name == "Z9"), active=True)
    assert ("Z9", None) in offered(db)


def test_a_taken_one_is_told_and_not_refused(db, add):
    first = add("A1").number
    saved = add("a1")
    warning = saved.warnings[0]
    assert (warning.code, warning.data["by"], warning.data["field"]) == (
        "slot_taken",
        first,
        "slot",
    )
    form = db.read(load_form, saved.number)
    form.reason = "outra coisa"
    assert db.run(edit_order, saved.number, form, now=NOW, author=None).warnings == ()
    form.slot = "A2"
    assert db.run(edit_order, saved.number, form, now=NOW, author=None).warnings == ()
    form.slot = "A1"
    warnings = db.run(edit_order, saved.number, form, now=NOW, author=None).warnings
    assert [each.code for each in warnings] == ["slot_taken"]


def test_closing_frees_it_and_the_order_keeps_the_word(db, add):
    number = add("A1").number
    assert db.read(slot_holder, "a1", own=None) == number
    assert db.read(slot_holder, "A1", own=number) is None
    cancel(db, number)
    assert db.read(slot_holder, "A1", own=None) is None
    assert db.read(load_form, number).slot == "A1"
    db.run(reopen_order, number, reason="engano", now=NOW, author=None)
    assert db.read(slot_holder, "A1", own=None) == number


def test_a_renamed_place_takes_its_open_orders_along(db, add, put):
    closed, standing = add("A1").number, add("A1").number
    cancel(db, closed)
    put("Estante A", db.read(slots)[0].id)
    assert db.read(load_form, standing).slot == "Estante A"
    assert db.read(load_form, closed).slot == "A1"
    assert db.read(slot_holder, "Estante A", own=None) == standing


@pytest.mark.parametrize(("name", "code"), [("", "required"), ("a1", "name_taken")])
def test_names_are_filled_and_not_taken_twice(put, name, code):
    put("A1")
    with pytest.raises(UserError, match=code):
        put(name)


def test_the_open_orders_are_found_by_their_index(db):
    def plan(session):
        from osdesk.services.shop import slots as module

        statement = module._standing_query().compile(compile_kwargs={"literal_binds": True})
        rows = session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}")
        return " ".join(str(row) for row in rows)

    assert "ix_orders_open" in db.read(plan)


def test_a_renamed_place_takes_its_orders_along_and_each_history_tells_it(db, add, put):
    number = add("A1").number
    put("a1", 1)
    assert db.read(load_form, number).slot == "a1"
    put("B1", 1)
    assert db.read(load_form, number).slot == "B1"
    told = [e.data for e in db.read(order_view, number, now=NOW).events if "slot" in e.data]
    assert [(data["slot_before"], data["slot"]) for data in told] == [("A1", "a1"), ("a1", "B1")]


def test_a_closed_order_that_is_saved_again_does_not_bring_back_a_renamed_place(db, add, put):
    number = add("A1").number
    cancel(db, number)
    put("B1", 1)
    form = db.read(load_form, number)
    form.notes = "telefonou"
    db.run(edit_order, number, form, now=NOW, author=None)
    assert db.read(load_form, number).slot == "A1"
    assert [slot.name for slot in db.read(slots)] == ["B1"]


def test_places_stand_in_the_order_that_people_count(db, put):
    for name in ("A11", "A2", "B1", "A1", "Balcão"):
        put(name)
    assert [slot.name for slot in db.read(slots)] == ["A1", "A2", "A11", "B1", "Balcão"]
