"""What a customer comes to collect, why, and since when it waits: read from the history.

Of an issued paper's order the one event that says so is kept, so that the paper says it for ever.
"""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

from osdesk.domain.codes import EventCode, NoticeKind
from osdesk.domain.orders.status import UNSERVICED, Status
from osdesk.domain.views.orders import EventView, OrderView

_ENDS = {Status.DECLINED.value, Status.UNREPAIRABLE.value}


def ending(order: OrderView) -> EventView | None:
    """The event by which the work ended without a service; None where it did not."""
    if order.status not in UNSERVICED:
        return None
    for event in reversed(order.events):
        if event.code is EventCode.MOVED and event.data.get("to") in _ENDS:
            return event
    return None


def outcome_of(order: OrderView) -> Status | None:
    """``READY`` of a finished order, ``DECLINED`` or ``UNREPAIRABLE``; None while it goes on."""
    if order.status in (Status.READY, Status.DELIVERED):
        return Status.READY
    if order.status in (Status.DECLINED, Status.UNREPAIRABLE):
        return order.status
    if order.status is Status.RETURNED:
        event = ending(order)
        return Status(str(event.data["to"])) if event else Status.DECLINED
    return None


def refusal_of(order: OrderView) -> str | None:
    """Why the customer refused, as it was written down at the refusal."""
    event = ending(order)
    reason = event.data.get("reason") if event else None
    return str(reason) if reason and outcome_of(order) is Status.DECLINED else None


def waits_since(order: OrderView, zone: ZoneInfo) -> date | None:
    """Local day since when the equipment may be collected; None where nothing waits, or where it
    stayed with the customer while its order was reopened."""
    if order.handed_on is not None:
        return None
    if outcome_of(order) is Status.READY:
        return order.ready_on
    event = ending(order)
    return event.at.astimezone(zone).date() if event else None


def first_notice(order: OrderView, zone: ZoneInfo) -> date | None:
    """Local day of the first notice of pick-up since the equipment may be collected."""
    since = waits_since(order, zone)
    if since is None:
        return None
    days = (
        notice.at.astimezone(zone).date()
        for notice in order.notices
        if notice.kind is NoticeKind.PICK_UP
    )
    return min((day for day in days if day >= since), default=None)


def pick_up_until(order: OrderView, zone: ZoneInfo, pick_up_days: int) -> date | None:
    """Last day of the agreed time to collect, counted from the first notice, else from the day it
    could be collected; the pick-up is pending from the day after. None where nothing waits."""
    if order.status in (Status.DELIVERED, Status.RETURNED):
        return None
    start = first_notice(order, zone) or waits_since(order, zone)
    return None if start is None else start + timedelta(days=pick_up_days)
