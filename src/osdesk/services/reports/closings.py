"""Closing a month: its report is frozen with a hash. Reopening is an act of its own, with a reason.

Months are closed one after the other and reopened from the newest back, so that it is always clear
in which month a later change is told.
"""

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from osdesk.domain.calendar import Month, local_day
from osdesk.domain.chain import sha256_hex
from osdesk.domain.codes import EventCode
from osdesk.domain.errors import UserError
from osdesk.domain.period import Period
from osdesk.domain.text import TEXT_LIMIT, clean_text
from osdesk.domain.topics import Topic
from osdesk.domain.views.figures import Closing, ClosingState, MonthReport
from osdesk.persistence.models import MonthClosing
from osdesk.services.events import record
from osdesk.services.reports.frozen_months import FORMAT, closed_months, freeze
from osdesk.services.reports.reports import month_report, report_of
from osdesk.services.shop.shop import zone_of

TOPIC = Topic.CLOSINGS


def close_month(session: Session, month: Month, *, now: datetime, author: int | None) -> str:
    """Freeze the month's report; the SHA-256 of what was frozen.

    Raises UserError: ``month_not_ended``, ``month_is_closed``, ``month_out_of_turn`` where another
    month is the next to be closed.
    """
    closed = closed_months(session)
    if any(each.month == month for each in closed):
        raise UserError("month_is_closed", month=month)
    if local_day(now, zone_of(session)) <= month.last:
        raise UserError("month_not_ended", month=month)
    if closed and closed[-1].month.next() != month:
        raise UserError("month_out_of_turn", month=closed[-1].month.next())
    report = month_report(session, month, now=now)
    figures = freeze(session, report)
    digest = sha256_hex(figures)
    session.add(
        MonthClosing(
            month=str(month),
            closed_at=now,
            author_id=author,
            figures=figures,
            sha256=digest,
            format=FORMAT,
            revenue=report.figures.revenue,
        )
    )
    record(
        session,
        EventCode.MONTH_CLOSED,
        now=now,
        author=author,
        data={"month": str(month), "sha256": digest},
    )
    return digest


def reopen_month(
    session: Session, month: Month, *, reason: str, now: datetime, author: int | None
) -> None:
    """The month is counted from the record again; what was frozen stays on file.

    Raises UserError: ``month_not_closed``, ``month_before_closed`` where a later month is closed,
    ``missing`` (reason).
    """
    closed = closed_months(session)
    if all(each.month != month for each in closed):
        raise UserError("month_not_closed", month=month)
    if closed[-1].month != month:
        raise UserError("month_before_closed", month=closed[-1].month)
    why = clean_text(reason, limit=TEXT_LIMIT, field="reason")
    if not why.strip():
        raise UserError("missing", to=None, names=["reason"])
    row = session.scalars(
        select(MonthClosing).where(
            MonthClosing.month == str(month), MonthClosing.reopened_at.is_(None)
        )
    ).one()
    row.reopened_at = now
    record(
        session,
        EventCode.MONTH_REOPENED,
        now=now,
        author=author,
        data={"month": str(month), "sha256": row.sha256},
        texts={"reason": why},
    )


def closed_month_of(session: Session, day: date) -> UserError | None:
    """The warning for money that is dated into a closed month, None where the month is open: it
    will be told as an adjustment of the first month after the closed ones."""
    closed = closed_months(session)
    month = Month.of(day)
    if all(each.month != month for each in closed):
        return None
    return UserError(
        "in_closed_month", field="paid_on", month=month, told_in=closed[-1].month.next()
    )


def closing_state(session: Session, month: Month, *, now: datetime) -> ClosingState:
    """What of the two may be done with the month now."""
    closed = closed_months(session)
    own: Closing | None = next((each for each in closed if each.month == month), None)
    ended = local_day(now, zone_of(session)) > month.last
    in_turn = not closed or closed[-1].month.next() == month
    return ClosingState(
        closed=own,
        may_close=own is None and ended and in_turn,
        may_reopen=own is not None and closed[-1].month == month,
    )


def report_with_state(
    session: Session, period: Period, *, now: datetime
) -> tuple[MonthReport, ClosingState | None]:
    """A report, and what may be done with it: None for days that are no month."""
    report = report_of(session, period, now=now)
    month = period.month
    return report, None if month is None else closing_state(session, month, now=now)
