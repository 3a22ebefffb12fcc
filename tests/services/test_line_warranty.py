"""The warranty of each line ends on a day of its own, counted from delivery."""

from datetime import date, timedelta
from typing import Any

import pytest
from tests.conftest import NOW
from tests.forms import APPROVAL, COLLECTED, order, part, service

from osdesk.domain.codes import PaymentMethod
from osdesk.domain.orders.forms import PaymentForm
from osdesk.domain.orders.status import Status
from osdesk.persistence.database import Database
from osdesk.services.orders.payments import pay_order
from osdesk.services.orders.saving import add_order
from osdesk.services.orders.steps import move_order
from osdesk.services.orders.view import order_view

TODAY = date(2026, 11, 24)
WHO: dict[str, Any] = {"now": NOW, "author": None}


@pytest.mark.parametrize(
    ("days", "ends"),
    [
        ((None, None), (90, 90)),
        ((30, None), (90, 90)),
        ((180, None), (180, 90)),
        ((120, 365), (120, 365)),
    ],
)
def test_never_under_the_legal_ninety(
    db: Database, days: tuple[int | None, ...], ends: tuple[int, ...]
) -> None:
    first, second = days
    items = [service(warranty_days=first), part(warranty_days=second)]
    number = db.run(add_order, order(items=items), **WHO).number
    for to in (Status.APPROVED, Status.IN_PROGRESS, Status.READY):
        db.run(move_order, number, to, APPROVAL, **WHO)
    assert [i.warranty_until for i in db.read(order_view, number, now=NOW).items] == [None, None]
    db.run(pay_order, number, PaymentForm(37_000, PaymentMethod.PIX), **WHO)
    db.run(move_order, number, Status.DELIVERED, COLLECTED, **WHO)
    sheet = db.read(order_view, number, now=NOW)
    wanted = [TODAY + timedelta(days=end) for end in ends]
    assert [item.warranty_until for item in sheet.items] == wanted
    assert sheet.warranty_until == max(wanted)
