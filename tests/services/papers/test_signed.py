"""Which version a code is of, and when an order counts as signed."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select
from tests.conftest import NOW
from tests.forms import order

from osdesk.domain.codes import EventCode, FileKind, Paper, PaymentMethod
from osdesk.domain.errors import UserError
from osdesk.domain.orders.forms import PaymentForm, StepForm
from osdesk.domain.orders.status import OrderFilter, Status
from osdesk.domain.views.signed import IssuedVersion
from osdesk.persistence.database import Database
from osdesk.persistence.models import Event, IssuedPaper
from osdesk.services.orders.attachments import list_files, remove_file
from osdesk.services.orders.forms import load_form
from osdesk.services.orders.listing import order_page
from osdesk.services.orders.payments import pay_order
from osdesk.services.orders.saving import add_order, edit_order
from osdesk.services.orders.steps import move_order
from osdesk.services.orders.view import order_view
from osdesk.services.papers.papers import issue_paper
from osdesk.services.papers.signed import file_signed, issued_of_code, issued_versions

WHO: dict[str, Any] = {"now": NOW, "author": None}


@pytest.fixture
def number(db: Database) -> int:
    return db.run(add_order, order(), **WHO).number


def issue(db: Database, number: int, paper: Paper = Paper.INTAKE) -> IssuedVersion:
    issued = db.run(issue_paper, number, paper, **WHO)
    found = db.read(issued_of_code, issued.qr)
    assert found is not None
    return found


def change(db: Database, number: int, reason: str) -> None:
    db.run(edit_order, number, replace(db.read(load_form, number), reason=reason), **WHO)


def sign(db: Database, issued: IssuedVersion, source: str = "s", sha: str = "a" * 64) -> bool:
    return db.run(
        file_signed,
        issued,
        source=source,
        name="via.jpg",
        media_type="image/jpeg",
        data_sha=sha,
        size=9,
        **WHO,
    )


def is_signed(db: Database, number: int) -> bool:
    return db.read(order_view, number, now=NOW).signed


def count(db: Database, code: EventCode) -> int:
    query = select(func.count()).select_from(Event).where(Event.code == code)
    return db.read(lambda session: session.scalar(query)) or 0


def test_a_code_finds_its_version_by_every_digit_of_the_hash(db: Database, number: int) -> None:
    issued = db.run(issue_paper, number, Paper.INTAKE, **WHO)
    found = db.read(issued_of_code, issued.qr)
    assert found is not None
    assert (found.number, found.paper, found.version, found.newest, found.signed) == (
        *(number, Paper.INTAKE, 1, 1, False),
    )
    parts = issued.qr.split("|")
    for place, other in (
        (0, "OSDESK2"),
        (1, "receipt"),
        (1, "bill"),
        (2, str(number + 1)),
        (3, "2"),
        (6, "0" * 32),
        (6, parts[6][:-1]),
        (6, parts[6].upper() + "|"),
    ):
        bad = "|".join([*parts[:place], other, *parts[place + 1 :]])
        assert db.read(issued_of_code, bad) is None, bad


def test_a_signed_sheet_is_told_and_stands_with_its_version(db: Database, number: int) -> None:
    issued = issue(db, number)
    assert sign(db, issued)
    sheet = db.read(order_view, number, now=NOW)
    assert sheet.signed
    (file,) = sheet.files
    assert (file.kind, file.paper, file.version) == (FileKind.SIGNED, Paper.INTAKE, 1)
    event = sheet.events[-1]
    assert event.code is EventCode.SIGNED
    assert (event.data["paper"], event.data["version"]) == ("intake", 1)
    assert count(db, EventCode.FILE_ADDED) == 0, "one act, one event"
    row = db.read(lambda session: session.get_one(IssuedPaper, issued.id))
    assert row.signed_at == NOW


def test_the_same_sheet_again_changes_nothing(db: Database, number: int) -> None:
    issued = issue(db, number)
    assert sign(db, issued)
    assert not sign(db, issued)
    assert not sign(db, issued, source="s", sha="b" * 64), "encoded to other bytes since"
    assert not sign(db, issued, source="other", sha="a" * 64), "the same points in another file"
    assert count(db, EventCode.SIGNED) == 1
    assert sign(db, issued, source="photo", sha="c" * 64), "another picture of it"
    assert len(db.read(list_files, number)) == 2


def test_what_was_changed_since_is_filed_all_the_same(db: Database, number: int) -> None:
    first = issue(db, number)
    change(db, number, "Outro motivo")
    assert sign(db, first)
    assert is_signed(db, number), "no newer version was printed"


def test_a_newer_version_waits_for_its_own_signature(db: Database, number: int) -> None:
    assert sign(db, issue(db, number))
    change(db, number, "Outro motivo")
    assert is_signed(db, number)
    second = issue(db, number)
    assert second.version == 2
    assert not is_signed(db, number)
    assert sign(db, second, source="t", sha="b" * 64)
    assert is_signed(db, number)
    change(db, number, "Terceiro")
    issue(db, number)
    assert not sign(db, second, source="t"), "known still"
    assert not is_signed(db, number)


def test_any_paper_for_signature_counts(db: Database, number: int) -> None:
    issue(db, number)
    db.run(pay_order, number, PaymentForm(100, PaymentMethod.PIX), **WHO)
    receipt = issue(db, number, Paper.RECEIPT)
    with pytest.raises(UserError, match="not_for_signature"):
        sign(db, receipt)
    assert not is_signed(db, number)
    quote = issue(db, number, Paper.QUOTE)
    assert sign(db, quote)
    assert is_signed(db, number)
    assert [(v.paper, v.signed) for v in db.read(issued_versions, number)] == [
        (Paper.INTAKE, False),
        (Paper.QUOTE, True),
    ], "the one that waits comes first, a receipt not at all"


def test_without_its_last_signed_copy_an_order_is_not_signed(db: Database, number: int) -> None:
    issued = issue(db, number)
    sign(db, issued)
    sign(db, issued, source="photo", sha="c" * 64)
    first, second = db.read(list_files, number)
    db.run(remove_file, number, first.id, **WHO)
    assert is_signed(db, number)
    db.run(remove_file, number, second.id, now=NOW + timedelta(days=1), author=None)
    assert not is_signed(db, number)
    assert sign(db, issued), "it may come back"
    assert is_signed(db, number)


def test_the_list_tells_who_has_not_signed_in_a_shop_that_files_sheets(
    db: Database, number: int
) -> None:
    def unsigned() -> set[int]:
        rows = db.read(order_page, OrderFilter.ALL, now=NOW, below=None, limit=10)
        return {row.number for row in rows if row.unsigned}

    second, third = (db.run(add_order, order(), **WHO).number for _ in range(2))
    first = issue(db, number)
    issue(db, second)
    assert unsigned() == set(), "nobody files signed sheets here"
    sign(db, first)
    assert unsigned() == {second}, "nothing was printed of the third"
    issue(db, third)
    db.run(move_order, third, Status.CANCELLED, StepForm(reason="desistiu"), **WHO)
    assert unsigned() == {second}
