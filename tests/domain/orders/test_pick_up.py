"""What waits for its owner, why and since when."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from tests.builders import make_delivered, make_sheet

from osdesk.domain.codes import EventCode
from osdesk.domain.orders.pick_up import ending, outcome_of, refusal_of, waits_since
from osdesk.domain.orders.status import Status
from osdesk.domain.views.orders import EventView

ZONE = ZoneInfo("America/Sao_Paulo")


def moved(to, day, **data):
    at = datetime(2026, 11, day, 1, tzinfo=UTC)
    return EventView(at, None, EventCode.MOVED, {"to": to, **data})


REFUSED = moved("declined", 25, reason="Achou caro")
EARLIER = moved("declined", 20, reason="Ia pensar")


@pytest.mark.parametrize(
    ("status", "events", "outcome", "why"),
    [
        (Status.RECEIVED, (), None, None),
        (Status.IN_PROGRESS, (EARLIER,), None, None),
        (Status.READY, (EARLIER,), Status.READY, None),
        (Status.DECLINED, (EARLIER, REFUSED), Status.DECLINED, "Achou caro"),
        (Status.DECLINED, (), Status.DECLINED, None),
        (Status.UNREPAIRABLE, (moved("unrepairable", 25),), Status.UNREPAIRABLE, None),
        (Status.RETURNED, (REFUSED, moved("returned", 27)), Status.DECLINED, "Achou caro"),
        (Status.RETURNED, (EARLIER, moved("unrepairable", 25)), Status.UNREPAIRABLE, None),
        (Status.RETURNED, (), Status.DECLINED, None),
        (Status.CANCELLED, (), None, None),
    ],
)
def test_what_is_collected_and_why(status, events, outcome, why):
    order = make_sheet(status=status, events=events)
    assert outcome_of(order) is outcome
    assert refusal_of(order) == why


def test_since_when_it_waits_is_a_day_of_the_shop():
    declined = make_sheet(status=Status.DECLINED, events=(EARLIER, REFUSED))
    assert waits_since(declined, ZONE) == date(2026, 11, 24)
    assert ending(declined) == REFUSED
    assert waits_since(make_delivered(), ZONE) == date(2026, 11, 26)
    assert waits_since(make_sheet(), ZONE) is None
    assert waits_since(make_sheet(status=Status.DECLINED), ZONE) is None


def test_what_stayed_with_its_owner_waits_for_nobody():
    ready = make_sheet(status=Status.READY, ready_on=date(2026, 11, 20))
    assert waits_since(ready, ZONE) == date(2026, 11, 20)
    reopened = make_sheet(
        status=Status.READY, ready_on=date(2026, 11, 20), handed_on=date(2026, 11, 21)
    )
    assert waits_since(reopened, ZONE) is None
