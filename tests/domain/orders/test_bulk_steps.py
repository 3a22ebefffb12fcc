"""What several orders may do together, and what is asked once."""

from datetime import UTC, datetime
from typing import Any

import pytest

from osdesk.domain.orders.bulk_steps import OPTIONAL, asked_once, common_steps
from osdesk.domain.orders.forms import StepForm
from osdesk.domain.orders.rules import OrderFacts, step_needs
from osdesk.domain.orders.status import STEPS, PaymentState, Situation, Status
from osdesk.domain.views.listing import OrderRow


def row(status: Status = Status.IN_PROGRESS, customer: str = "Maria", **changes: Any) -> OrderRow:
    moment = datetime(2026, 11, 24, tzinfo=UTC)
    facts = {
        "number": 1,
        "id": 1,
        "customer": customer,
        "phone": "1",
        "equipment": "TV",
        "serial": None,
        "reason": "x",
        "technician": "Edson",
        "requested_at": moment,
        "requested_on": moment.date(),
        "promised_on": None,
        "promised_time": None,
        "status": status,
        "situation": Situation.OPEN,
        "total": 0,
        "paid": 0,
        "balance": 0,
        "payment_state": PaymentState.NONE,
        "due_on": None,
        "signed": False,
        "external_ref": None,
    }
    return OrderRow(**{**facts, **changes})


def test_only_what_all_of_them_allow_is_offered() -> None:
    rows = [row(Status.IN_PROGRESS), row(Status.AWAITING_PART, "João")]
    assert common_steps(rows) == (Status.AWAITING_APPROVAL, Status.CANCELLED)
    assert common_steps([row(Status.READY), row(Status.RECEIVED)]) == ()
    assert common_steps([]) == ()


@pytest.mark.parametrize("status", Status)
def test_one_customers_orders_may_do_together_what_one_may(status: Status) -> None:
    alone = common_steps([row(status), row(status)])
    assert set(alone) == set(STEPS[status]) - {Status.UNREPAIRABLE}
    others = common_steps([row(status), row(status, "João")])
    # of two customers, nobody says yes or takes away for both
    assert set(others) == set(alone) - {Status.APPROVED, Status.DELIVERED, Status.RETURNED}


@pytest.mark.parametrize("to", [to for to in Status if to is not Status.RECEIVED])
def test_facts_of_the_step_are_all_asked(to: Status) -> None:
    """What a bare order misses is asked, or is one order's own matter."""
    facts = OrderFacts(Status.RECEIVED, None, (), 0, 100, 0, None, None, None, None, None)
    today = datetime(2026, 11, 24, tzinfo=UTC).date()
    missing = set(step_needs(facts, to, StepForm(), today=today))
    own = {"items", "start_on", "promised_on", "report", "payment_terms"}
    asked = set(asked_once([row(technician=None, balance=100)], to))
    if to is not Status.UNREPAIRABLE:
        assert missing - own - asked <= {"due_on"}
    assert asked - missing <= OPTIONAL | {"due_on"}


def test_only_what_is_missing_is_asked() -> None:
    assert asked_once([row()], Status.IN_PROGRESS) == []
    assert asked_once([row(), row(technician=None)], Status.IN_PROGRESS) == ["technician"]
    assert "due_on" not in asked_once([row()], Status.DELIVERED)
    assert "due_on" in asked_once([row(), row(balance=1)], Status.DELIVERED)
