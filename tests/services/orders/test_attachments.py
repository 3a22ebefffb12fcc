"""Files of an order: each once, taken off without being lost, and what makes an order signed."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select
from tests.conftest import NOW
from tests.forms import order

from osdesk.domain.codes import EventCode, FileKind
from osdesk.domain.errors import UserError
from osdesk.persistence.database import Database
from osdesk.persistence.models import Attachment, Event
from osdesk.services.orders.attachments import add_file, list_files, remove_file
from osdesk.services.orders.saving import add_order
from osdesk.services.orders.view import order_view

WHO: dict[str, Any] = {"now": NOW, "author": None}
PICTURE: dict[str, Any] = {
    "kind": FileKind.PHOTO,
    "name": "frente.jpg",
    "media_type": "image/jpeg",
    "data_sha": "a" * 64,
    "size": 1234,
}


@pytest.fixture
def number(db: Database) -> int:
    return db.run(add_order, order(), **WHO).number


def told(db: Database, *codes: EventCode) -> list[EventCode]:
    query = select(Event.code).where(Event.code.in_(codes)).order_by(Event.id)
    return list(db.read(lambda session: session.scalars(query).all()))


FILE_EVENTS = (EventCode.FILE_ADDED, EventCode.FILE_REMOVED)


def test_a_file_stands_with_its_order_and_is_told(db: Database, number: int) -> None:
    key = db.run(add_file, number, **PICTURE, **WHO)
    (view,) = db.read(list_files, number)
    assert (view.id, view.kind, view.name, view.size, view.at) == (
        *(key, FileKind.PHOTO, "frente.jpg", 1234, NOW),
    )
    assert view.sha256 == "a" * 64
    assert view.paper is None
    sheet = db.read(order_view, number, now=NOW)
    assert sheet.files == (view,)
    event = sheet.events[-1]
    assert event.code is EventCode.FILE_ADDED
    assert event.data["name"] == "frente.jpg"
    with db._reader.connect() as raw:
        plain = raw.exec_driver_sql("SELECT data FROM events ORDER BY id DESC LIMIT 1").scalar()
    assert "frente" not in plain, "a name is personal and may be erased"


def test_the_same_file_is_put_to_an_order_once(db: Database, number: int) -> None:
    first = db.run(add_file, number, **PICTURE, **WHO)
    again = db.run(add_file, number, **PICTURE | {"name": "outra.jpg"}, **WHO)
    assert again == first
    assert told(db, *FILE_EVENTS) == [EventCode.FILE_ADDED]
    other = db.run(add_order, order(), **WHO).number
    assert db.run(add_file, other, **PICTURE, **WHO) != first


def test_a_file_taken_off_is_not_lost(db: Database, number: int) -> None:
    key = db.run(add_file, number, **PICTURE, **WHO)
    later = NOW + timedelta(hours=1)
    db.run(remove_file, number, key, now=later, author=None)
    assert db.read(list_files, number) == ()
    assert told(db, *FILE_EVENTS) == list(FILE_EVENTS)
    row = db.read(lambda session: session.get_one(Attachment, key))
    assert (row.sha256, row.removed_at) == ("a" * 64, later)
    with pytest.raises(UserError, match="file_not_found"):
        db.run(remove_file, number, key, **WHO)
    assert db.run(add_file, number, **PICTURE, **WHO) != key, "it may come back"


def test_a_file_of_another_order_is_not_taken_off(db: Database, number: int) -> None:
    key = db.run(add_file, number, **PICTURE, **WHO)
    other = db.run(add_order, order(), **WHO).number
    with pytest.raises(UserError, match="file_not_found"):
        db.run(remove_file, other, key, **WHO)


def test_no_order_no_file(db: Database) -> None:
    acts: list[Any] = [
        lambda: db.run(add_file, 77, **PICTURE, **WHO),
        lambda: db.read(list_files, 77),
        lambda: db.run(remove_file, 77, 1, **WHO),
    ]
    for act in acts:
        with pytest.raises(UserError, match="order_not_found"):
            act()
