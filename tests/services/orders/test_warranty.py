"""Returns under warranty: linked, free of charge, and a term that neither is eaten nor restarts."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session
from tests.conftest import NOW
from tests.forms import APPROVAL, COLLECTED, order, part, service

from osdesk.domain.codes import PaymentMethod
from osdesk.domain.errors import UserError
from osdesk.domain.orders.forms import OrderForm, PaymentForm, StepForm
from osdesk.domain.orders.status import PaymentState, Status
from osdesk.domain.views.orders import OrderView
from osdesk.persistence.database import Database
from osdesk.persistence.models import Order
from osdesk.persistence.retold import retold
from osdesk.services.orders.forms import load_form
from osdesk.services.orders.payments import pay_order
from osdesk.services.orders.saving import add_order, edit_order
from osdesk.services.orders.steps import move_order, reopen_order
from osdesk.services.orders.view import order_view
from osdesk.services.orders.warranty import return_form

TODAY = date(2026, 11, 24)
WAY = (Status.APPROVED, Status.IN_PROGRESS, Status.READY, Status.DELIVERED)


def at(days: int) -> datetime:
    return NOW + timedelta(days=days)


def move(db: Database, number: int, *steps: Status, days: int = 0) -> None:
    for to in steps:
        facts = COLLECTED if to in (Status.DELIVERED, Status.RETURNED) else APPROVAL
        db.run(move_order, number, to, facts, now=at(days), author=None)


def delivered(db: Database, days: int = 0, warranty: int | None = None) -> int:
    """An order handed over on that day; 90 days of warranty, or as many as its line says."""
    items = [service(37_000, warranty_days=warranty)]
    due = TODAY + timedelta(days=days + 30)
    form = order(items=items, due_on=due, requested_at=at(days - 2))
    number = db.run(add_order, form, now=at(days), author=None).number
    move(db, number, *WAY, days=days)
    return number


def back(db: Database, original: int, days: int, **changes: Any) -> int:
    form = replace(db.read(return_form, original, now=at(days)), **changes)
    form.reason, form.promised_on = "Voltou a falhar.", TODAY + timedelta(days=days + 5)
    return db.run(add_order, form, now=at(days), author=None).number


def sheet(db: Database, number: int) -> OrderView:
    return db.read(order_view, number, now=NOW)


def refused(code: str, function: Any, *args: Any, **kwargs: Any) -> UserError:
    with pytest.raises(UserError) as caught:
        function(*args, **kwargs)
    assert caught.value.code == code, caught.value
    return caught.value


def test_a_return_knows_who_what_and_by_whom(db: Database) -> None:
    original = delivered(db)
    number = back(db, original, 40)
    shown, first = sheet(db, number), sheet(db, original)
    assert shown.warranty_return_of == original
    assert shown.service_type == "Retorno em garantia"
    assert shown.technician == first.technician == "Edson Ramos"
    assert shown.customer.id == first.customer.id
    assert shown.equipment.id == first.equipment.id
    assert shown.equipment.accessories is None, "what is left with it is of each visit"
    assert shown.events[-1].data["warranty_return_of"] == original


def test_the_whole_way_of_a_return_costs_nothing(db: Database) -> None:
    original = delivered(db)
    number = back(db, original, 40)
    move(db, number, Status.APPROVED, Status.IN_PROGRESS, days=41)
    items = [service(0), part(0)]
    form = replace(db.read(load_form, number), items=items)
    db.run(edit_order, number, form, now=at(42), author=None)
    assert sheet(db, number).status is Status.IN_PROGRESS, "free lines ask nobody"
    move(db, number, Status.READY, Status.DELIVERED, days=50)
    shown = sheet(db, number)
    assert (shown.total, shown.balance, shown.payment_state) == (0, 0, PaymentState.NONE)
    assert shown.items[1].unit_cost == 12_000
    assert shown.approval is not None
    assert shown.approval.by == "Maria"


def test_ten_days_in_the_shop_are_ten_days_more(db: Database) -> None:
    original = delivered(db, warranty=365)
    until = sheet(db, original).warranty_until
    assert until == TODAY + timedelta(days=365)
    number = back(db, original, 40, items=[service(0, warranty_days=365)])
    assert sheet(db, number).warranty_until is None
    move(db, number, *WAY, days=50)
    assert sheet(db, number).warranty_until == until + timedelta(days=10)
    assert sheet(db, original).warranty_until == until, "what was signed stays as it was"


def test_what_was_done_again_has_the_laws_days_from_its_own_hand_over(db: Database) -> None:
    """Twenty days were left; the paper says that the work done again has ninety."""
    original = delivered(db)
    number = back(db, original, 70, items=[service(0)])
    move(db, number, *WAY, days=80)
    assert sheet(db, number).warranty_until == TODAY + timedelta(days=80 + 90)
    assert sheet(db, original).warranty_until == TODAY + timedelta(days=90)
    again = back(db, number, 165, items=[service(0)])
    move(db, again, *WAY, days=166)
    assert sheet(db, again).warranty_until == TODAY + timedelta(days=166 + 90)


@pytest.mark.parametrize("of_the_first", [True, False])
def test_the_chain_is_followed_whichever_link_is_named(db: Database, of_the_first: bool) -> None:
    original = delivered(db, warranty=365)
    first = back(db, original, 40)
    move(db, first, *WAY[:2], days=41)
    db.run(
        edit_order,
        first,
        replace(db.read(load_form, first), report="Solda refeita."),
        now=at(41),
        author=None,
    )
    move(db, first, *WAY[2:], days=50)
    second = back(db, original if of_the_first else first, 100, items=[service(0)])
    move(db, second, *WAY, days=105)
    assert sheet(db, second).warranty_until == TODAY + timedelta(days=365 + 10 + 5)


def test_a_return_that_cannot_be_mended_keeps_its_days_too(db: Database) -> None:
    original = delivered(db)
    number = back(db, original, 40, report="Sem peça no mercado.")
    move(db, number, Status.UNREPAIRABLE, Status.RETURNED, days=47)
    shown = sheet(db, number)
    assert shown.total == 0
    assert shown.warranty_until == TODAY + timedelta(days=97)
    again = back(db, number, 96, items=[service(0)])
    assert sheet(db, again).warranty_return_of == number


def test_only_of_what_was_delivered_and_in_time(db: Database) -> None:
    original = delivered(db)
    assert back(db, original, 90)
    refused("warranty_over", back, db, original, 91)
    waiting = db.run(add_order, order(serial="ZZ99"), now=NOW, author=None).number
    refused("warranty_not_delivered", db.read, return_form, waiting, now=NOW)
    refused("order_not_found", db.read, return_form, 999, now=NOW)
    db.run(reopen_order, original, reason="Engano.", now=NOW, author=None)
    refused("warranty_not_delivered", db.read, return_form, original, now=NOW)


def test_another_device_or_a_warranty_that_is_over_needs_its_reason(db: Database) -> None:
    original = delivered(db)
    form = db.read(return_form, original, now=at(40))
    form.reason = "Voltou."
    other = replace(form, equipment=replace(form.equipment, serial="OUTRO9"))
    error = refused("warranty_other_device", db.run, add_order, other, **_who(40))
    assert error.data["field"] == "warranty_reason"
    other.warranty_reason = "Troca de aparelho combinada."
    number = db.run(add_order, other, **_who(40)).number
    assert sheet(db, number).warranty_reason == "Troca de aparelho combinada."
    blank = replace(db.read(load_form, number), warranty_reason=" ")
    refused("warranty_other_device", db.run, edit_order, number, blank, **_who(40))
    unnamed = replace(form, equipment=replace(form.equipment, serial=None))
    assert db.run(add_order, unnamed, **_who(40)).number, "the same kind of the same customer"
    kind = replace(unnamed, equipment=replace(unnamed.equipment, kind="TV"))
    refused("warranty_other_device", db.run, add_order, kind, **_who(40))
    late = back(db, original, 91, warranty_reason="Cortesia")
    move(db, late, Status.APPROVED, days=91)
    assert sheet(db, late).total == 0


def test_a_device_that_is_changed_later_is_asked_again(db: Database) -> None:
    number = back(db, delivered(db), 40)
    form = db.read(load_form, number)
    form.equipment.serial = "OUTRO9"
    refused("warranty_other_device", db.run, edit_order, number, form, **_who(40))


def test_lines_whose_own_warranty_is_over_are_named(db: Database) -> None:
    lines = [service(warranty_days=90), part(warranty_days=365)]
    form = order(items=lines, due_on=TODAY + timedelta(days=30))
    original = db.run(add_order, form, **_who(0)).number
    move(db, original, *WAY)
    form = db.read(return_form, original, now=at(100))
    form.reason = "Voltou."
    saved = db.run(add_order, form, **_who(100))
    (warning,) = saved.warnings
    assert (warning.code, warning.data["value"]) == ("warranty_lines_over", "Troca da placa")
    soon = db.read(return_form, original, now=at(40))
    soon.reason = "Voltou."
    assert db.run(add_order, soon, **_who(40)).warnings == ()


def test_where_only_the_days_in_the_shop_keep_a_warranty_no_line_is_named(db: Database) -> None:
    original = delivered(db)
    move(db, back(db, original, 40, items=[service(0, warranty_days=90)]), *WAY, days=50)
    form = db.read(return_form, original, now=at(95))
    form.reason = "Voltou de novo."
    assert db.run(add_order, form, **_who(95)).warnings == ()


@pytest.mark.parametrize(("name", "kind"), [("Outra pessoa", "Lavadora"), ("Maria", "Secadora")])
def test_without_serials_it_is_the_same_customers_device_of_that_kind(
    db: Database, name: str, kind: str
) -> None:
    given = {"name": "Maria", "serial": None, "due_on": TODAY + timedelta(days=30)}
    original = db.run(add_order, order(**given), **_who(0)).number
    move(db, original, *WAY)
    form = db.read(return_form, original, now=at(40))
    form.reason = "Voltou."
    other = replace(form, customer=replace(form.customer, id=None, name=name, phones=[]))
    other.equipment = replace(form.equipment, kind=kind)
    if name == "Maria":
        other.customer = form.customer
    refused("warranty_other_device", db.run, add_order, other, **_who(40))
    assert db.run(add_order, form, **_who(40)).number


def test_the_day_of_entry_counts_not_the_day_of_typing(db: Database) -> None:
    original = delivered(db)
    form = db.read(return_form, original, now=at(80))
    form.reason, form.requested_at = "Voltou.", at(80)
    number = db.run(add_order, form, now=at(95), author=None).number
    late = replace(db.read(load_form, number), requested_at=at(91))
    refused("warranty_over", db.run, edit_order, number, late, now=at(95), author=None)
    plain = replace(db.read(load_form, number), reason="Voltou a falhar.")
    db.run(edit_order, number, plain, now=at(200), author=None)


def test_a_price_is_refused_until_it_is_unlinked(db: Database) -> None:
    number = back(db, delivered(db), 40)
    priced = replace(db.read(load_form, number), items=[service()])
    error = refused("warranty_return_priced", db.run, edit_order, number, priced, **_who(40))
    assert error.data["column"] == "unit_price"
    unlinked = replace(priced, warranty_return_of=None)
    db.run(edit_order, number, unlinked, **_who(40))
    shown = sheet(db, number)
    assert (shown.warranty_return_of, shown.total) == (None, 18_000)
    assert "warranty_return_of" in shown.events[-1].data["changed"]


def test_no_deposit_is_taken_for_it(db: Database) -> None:
    number = back(db, delivered(db), 40)
    money = PaymentForm(1_000, PaymentMethod.CASH)
    refused("nothing_due", db.run, pay_order, number, money, **_who(40))


def test_the_link_is_kept_where_the_lines_are(db: Database) -> None:
    original = delivered(db)
    number = back(db, original, 40, items=[service(0)])
    move(db, number, *WAY[:3], days=41)
    unlinked = replace(db.read(load_form, number), warranty_return_of=None)
    error = refused("order_locked", db.run, edit_order, number, unlinked, **_who(41))
    assert error.data["field"] == "warranty_return_of"


def test_no_order_comes_back_to_itself(db: Database) -> None:
    original = delivered(db)
    number = back(db, original, 0, items=[service(0)])
    move(db, number, *WAY)
    db.run(reopen_order, original, reason="Engano.", **_who(0))
    move(db, original, Status.IN_PROGRESS)
    form: OrderForm = db.read(load_form, original)
    for wrong in (original, number):
        looped = replace(form, warranty_return_of=wrong, items=[service(0)])
        refused("warranty_of_itself", db.run, edit_order, original, looped, **_who(0))


def test_a_return_whose_original_was_reopened_has_a_warranty_of_its_own(db: Database) -> None:
    original = delivered(db)
    number = back(db, original, 40, items=[service(0)])
    db.run(reopen_order, original, reason="Engano.", **_who(40))
    move(db, number, *WAY, days=50)
    assert sheet(db, number).warranty_until == TODAY + timedelta(days=140)


def test_reopening_a_return_takes_its_end_back(db: Database) -> None:
    number = back(db, delivered(db, warranty=365), 40, items=[service(0)])
    move(db, number, *WAY, days=50)
    db.run(reopen_order, number, reason="Engano.", **_who(50))
    move(db, number, Status.DELIVERED, days=52)
    assert sheet(db, number).warranty_until == TODAY + timedelta(days=375), "it stayed out"
    db.run(reopen_order, number, reason="Voltou.", device_returned=True, **_who(52))
    assert sheet(db, number).warranty_until is None
    step = StepForm(collected_by="Maria")
    db.run(move_order, number, Status.DELIVERED, step, now=at(52), author=None)
    assert sheet(db, number).warranty_until == TODAY + timedelta(days=377)


def test_another_day_of_entry_gives_other_days_back_along_the_chain(db: Database) -> None:
    original = delivered(db, warranty=365)
    first = back(db, original, 40, items=[service(0)])
    move(db, first, *WAY, days=50)
    second = back(db, original, 100, items=[service(0)])
    move(db, second, *WAY, days=105)
    form = replace(db.read(load_form, first), requested_at=at(44))
    db.run(edit_order, first, form, **_who(106))
    assert sheet(db, first).warranty_until == TODAY + timedelta(days=371)
    assert sheet(db, second).warranty_until == TODAY + timedelta(days=376)
    assert sheet(db, original).warranty_until == TODAY + timedelta(days=365)
    for number, before in ((first, 375), (second, 380)):
        told = sheet(db, number).events[-1].data
        assert "warranty_until" in told["changed"]
        assert told["warranty_until_before"] == (TODAY + timedelta(days=before)).isoformat()
    db.run(edit_order, first, replace(form, requested_at=at(40)), **_who(106))
    assert sheet(db, second).warranty_until == TODAY + timedelta(days=380)


def test_another_day_of_entry_takes_nothing_from_the_laws_days(db: Database) -> None:
    original = delivered(db)
    number = back(db, original, 40, items=[service(0)])
    move(db, number, *WAY, days=50)
    assert sheet(db, number).warranty_until == TODAY + timedelta(days=140)
    form = replace(db.read(load_form, number), requested_at=at(45))
    db.run(edit_order, number, form, **_who(51))
    assert sheet(db, number).warranty_until == TODAY + timedelta(days=140)


def test_an_end_of_an_earlier_release_keeps_its_own_count(db: Database) -> None:
    """Handed over when a return only went on: another day of entry moves it by the days alone."""
    number = back(db, delivered(db), 40, items=[service(0)])
    move(db, number, *WAY, days=50)

    def as_then(session: Session) -> None:
        row = session.scalars(select(Order).where(Order.number == number)).one()
        row.warranty_until = TODAY + timedelta(days=100)

    db.run(as_then)
    form = replace(db.read(load_form, number), requested_at=at(44))
    db.run(edit_order, number, form, **_who(51))
    assert sheet(db, number).warranty_until == TODAY + timedelta(days=96)


def test_another_day_of_entry_leaves_a_warranty_of_its_own(db: Database) -> None:
    original = delivered(db)
    number = back(db, original, 40, items=[service(0)])
    db.run(reopen_order, original, reason="Engano.", **_who(40))
    move(db, number, *WAY, days=50)
    later = replace(db.read(load_form, original), due_on=TODAY + timedelta(days=80))
    db.run(move_order, original, Status.DELIVERED, COLLECTED, form=later, **_who(50))
    form = replace(db.read(load_form, number), requested_at=at(50))
    db.run(edit_order, number, form, **_who(51))
    assert sheet(db, number).warranty_until == TODAY + timedelta(days=140)


def _who(days: int) -> dict[str, Any]:
    return {"now": at(days), "author": None}


def test_the_check_follows_an_end_that_moved_with_its_day_of_entry(db: Database) -> None:
    number = back(db, delivered(db, warranty=365), 40, items=[service(0)])
    move(db, number, *WAY, days=50)
    earlier = replace(db.read(load_form, number), requested_at=at(38))
    db.run(edit_order, number, earlier, **_who(51))
    db.run(reopen_order, number, reason="nome", **_who(52))
    move(db, number, Status.DELIVERED, days=53)
    assert sheet(db, number).warranty_until == TODAY + timedelta(days=377)
    assert db.run(lambda s: [*retold(s.connection().connection.driver_connection)]) == []
