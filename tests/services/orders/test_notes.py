"""Notes: kept as written, with author and moment, never edited."""

from datetime import timedelta

import pytest
from tests.conftest import NOW
from tests.forms import order

from osdesk.domain.codes import EventCode
from osdesk.domain.errors import UserError
from osdesk.domain.orders.forms import EmployeeForm
from osdesk.persistence.database import Database
from osdesk.services.orders.notes import add_note
from osdesk.services.orders.saving import add_order
from osdesk.services.orders.view import order_view
from osdesk.services.shop.staff import save_employee


def test_notes_stand_in_the_order_in_which_they_were_written(db: Database) -> None:
    who = db.run(save_employee, EmployeeForm("Priscila"), now=NOW, author=None)
    number = db.run(add_order, order(notes="chegou molhada"), now=NOW, author=who).number
    later = NOW + timedelta(hours=2)
    db.run(add_note, number, "Placa oxidada\nna entrada ", now=NOW, author=who)
    db.run(add_note, number, "Ligar depois das 18h", for_customer=True, now=later, author=None)
    shown = db.read(order_view, number, now=later)
    assert [(n.at, n.author, n.for_customer, n.body) for n in shown.log] == [
        (NOW, "Priscila", False, "Placa oxidada\nna entrada"),
        (later, None, True, "Ligar depois das 18h"),
    ]
    assert shown.notes == "chegou molhada"
    told = shown.events[-1]
    assert told.code is EventCode.NOTE_ADDED
    assert told.data == {"note": 2, "for_customer": True, "body": "Ligar depois das 18h"}


@pytest.mark.parametrize(
    ("number", "body", "code"),
    [(1, " \n ", "required"), (1, "a\x00b", "bad_character"), (7, "oi", "order_not_found")],
)
def test_nothing_and_nowhere_is_refused(db: Database, number: int, body: str, code: str) -> None:
    db.run(add_order, order(), now=NOW, author=None)
    with pytest.raises(UserError) as caught:
        db.run(add_note, number, body, now=NOW, author=None)
    assert caught.value.code == code
    assert db.read(order_view, 1, now=NOW).log == ()
