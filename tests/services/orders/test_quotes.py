"""Versions of a quote stand as records; validity counts from when the customer gets it."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from tests.conftest import NOW
from tests.forms import APPROVAL, order, service

from osdesk.domain.codes import ApprovalVia, QuoteStatus
from osdesk.domain.errors import UserError
from osdesk.domain.orders.forms import EmployeeForm, StepForm
from osdesk.domain.orders.quotes import QuoteVersion, compare
from osdesk.domain.orders.status import Status
from osdesk.jobs.demo.demo import fill_demo
from osdesk.persistence.database import Database
from osdesk.persistence.models import Quote
from osdesk.persistence.retold import retold
from osdesk.persistence.store import Store
from osdesk.services.orders.forms import load_form
from osdesk.services.orders.quotes import quote_versions
from osdesk.services.orders.saving import add_order, edit_order
from osdesk.services.orders.steps import move_order
from osdesk.services.orders.view import order_view
from osdesk.services.shop.staff import save_employee

TODAY = date(2026, 11, 24)


def sent(db: Database, **changes: Any) -> int:
    number = db.run(add_order, order(**changes), now=NOW, author=None).number
    db.run(move_order, number, Status.AWAITING_APPROVAL, StepForm(), now=NOW, author=None)
    return number


def edit(db: Database, number: int, now: datetime = NOW, **changes: Any) -> None:
    form = replace(db.read(load_form, number), **changes)
    db.run(edit_order, number, form, now=now, author=None)


def versions(db: Database, number: int, now: datetime = NOW) -> list[QuoteVersion]:
    return db.read(quote_versions, number, now=now)


def test_every_version_stays_with_its_answer(db: Database) -> None:
    who = db.run(save_employee, EmployeeForm("Priscila"), now=NOW, author=None)
    number = sent(db)
    db.run(move_order, number, Status.APPROVED, APPROVAL, now=NOW, author=who)
    edit(db, number, items=[service(25_000)])
    phone = StepForm(approved_by="João", approved_via=ApprovalVia.PHONE)
    db.run(move_order, number, Status.APPROVED, phone, now=NOW, author=who)
    two, one = versions(db, number)
    assert [(v.version, v.status) for v in (two, one)] == [
        (2, QuoteStatus.APPROVED),
        (1, QuoteStatus.SUPERSEDED),
    ]
    assert one.approval is not None
    assert (one.approval.by, one.approval.via) == ("Maria", ApprovalVia.WHATSAPP)
    assert two.approval is not None
    assert (two.approval.by, two.approval.author, two.approval.at) == ("João", "Priscila", NOW)
    assert [line.description for line in one.lines] == ["Troca da placa", "Placa W10540609"]
    assert (one.labor, one.parts, one.total, two.total) == (18_000, 19_000, 37_000, 25_000)
    changes = compare(one, two)
    assert [(c.before and c.before.total, c.after and c.after.total) for c in changes.lines] == [
        (18_000, 25_000),
        (19_000, None),
    ]


def test_a_lapsed_one_is_expired_only_while_it_waits(db: Database) -> None:
    number = sent(db)
    later = NOW + timedelta(days=11)
    assert [v.expired for v in versions(db, number, later)] == [True]
    db.run(move_order, number, Status.DECLINED, StepForm(reason="Caro"), now=later, author=None)
    (refused,) = versions(db, number, later)
    assert (refused.status, refused.expired) == (QuoteStatus.REFUSED, False)


AHEAD = {"start_on": TODAY + timedelta(days=8), "promised_on": TODAY + timedelta(days=9)}


def test_a_validity_that_nobody_typed_counts_from_each_sending(db: Database) -> None:
    number = sent(db, **AHEAD)
    later = NOW + timedelta(days=6)
    edit(db, number, now=later, items=[service(25_000)])
    assert [v.valid_until for v in versions(db, number)] == [
        TODAY + timedelta(days=16),
        TODAY + timedelta(days=10),
    ]
    shown = db.read(order_view, number, now=later)
    assert shown.valid_until == TODAY + timedelta(days=16)


def test_a_typed_validity_is_kept(db: Database) -> None:
    typed = TODAY + timedelta(days=20)
    number = sent(db, valid_until=typed, **AHEAD)
    edit(db, number, now=NOW + timedelta(days=6), items=[service(25_000)])
    assert [v.valid_until for v in versions(db, number)] == [typed, typed]


def test_no_quote_and_no_order(db: Database) -> None:
    number = db.run(add_order, order(), now=NOW, author=None).number
    assert versions(db, number) == []
    with pytest.raises(UserError) as caught:
        versions(db, 77)
    assert caught.value.code == "order_not_found"


def test_a_content_that_says_less_leaves_the_figures(db: Database) -> None:
    """As demonstrations of the first release have it."""
    number = db.run(add_order, order(), now=NOW, author=None).number
    line = '{"kind":"part","description":"Placa","quantity":1000,"unit_price":5,"total":5}'
    poor = Quote(
        order_id=1,
        version=1,
        status=QuoteStatus.SENT,
        content=f'{{"items":[{line}],"total":5}}',
        total=5,
        created_at=NOW,
    )
    db.run(lambda session: session.add(poor))
    (version,) = versions(db, number)
    assert (version.total, version.lines[0].unit, version.labor) == (5, "un", 0)


def test_the_demonstrations_quotes_are_whole(store: Store) -> None:
    fill_demo(store, orders=40, seed=5, now=NOW)
    seen = 0
    for number in range(1, 41):
        for version in versions(store.database, number):
            seen += 1
            assert version.total == version.labor + version.parts - version.discount
            assert sum(line.total for line in version.lines) == version.labor + version.parts
    assert seen > 5


def test_the_check_follows_what_the_shop_gives_a_quote(db: Database) -> None:
    number = db.run(add_order, order(**AHEAD), now=NOW, author=None).number
    edit(db, number, valid_until=TODAY - timedelta(days=1), payment_terms="30 dias")
    edit(db, number, payment_terms=None)
    db.run(move_order, number, Status.AWAITING_APPROVAL, StepForm(), now=NOW, author=None)
    assert db.run(lambda s: [*retold(s.connection().connection.driver_connection)]) == []
