"""Until when a device may be collected: from the first notice, else from the day it was ready."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from tests.builders import make_delivered, make_sheet

from osdesk.domain.codes import NoticeChannel, NoticeKind
from osdesk.domain.orders.pick_up import first_notice, pick_up_until
from osdesk.domain.orders.status import Status
from osdesk.domain.views.orders import NoticeView

ZONE = ZoneInfo("America/Sao_Paulo")
READY = date(2026, 11, 10)


def notice(day: int, kind: NoticeKind = NoticeKind.PICK_UP) -> NoticeView:
    at = datetime(2026, 11, day, 15, tzinfo=UTC)
    return NoticeView(at, None, kind, NoticeChannel.PHONE, "oi")


def test_counted_from_the_first_notice_since_it_is_ready() -> None:
    before = notice(9)
    other = notice(11, NoticeKind.COLLECTION)
    order = make_sheet(status=Status.READY, ready_on=READY, notices=(before, other))
    assert first_notice(order, ZONE) is None
    assert pick_up_until(order, ZONE, 30) == date(2026, 12, 10)
    told = make_sheet(status=Status.READY, ready_on=READY, notices=(before, notice(15), notice(20)))
    assert first_notice(told, ZONE) == date(2026, 11, 15)
    assert pick_up_until(told, ZONE, 30) == date(2026, 12, 15)


def test_what_is_worked_on_or_collected_waits_for_nobody() -> None:
    assert pick_up_until(make_sheet(), ZONE, 30) is None
    assert pick_up_until(make_delivered(), ZONE, 30) is None
