"""Papers and closed months of the demonstration shop: issued and closed by the services, as a shop
does it; some of the sheets came back signed."""

import hashlib
import sqlite3
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random

from sqlalchemy.orm import Session

from osdesk.domain.calendar import Month, add_business_days
from osdesk.domain.codes import EventCode, FileKind, Paper, PaperFormat, Role
from osdesk.domain.orders.status import UNSERVICED, OrderFilter
from osdesk.domain.views.orders import IssuedPaper
from osdesk.jobs.demo.writer import ZONE, Writer
from osdesk.jobs.papers import draw_paper
from osdesk.jobs.pen import signed_scan
from osdesk.persistence.models import moment_key
from osdesk.persistence.store import Store
from osdesk.services.orders.listing import order_page, order_rows
from osdesk.services.papers.papers import issue_paper
from osdesk.services.reports.closings import close_month
from osdesk.services.shop.staff import employees

SIGNED = 0.5
MONTHS_CLOSED = (3, 2)
"""Months back; last month's closing is left to whoever looks at the demonstration."""


@dataclass(frozen=True)
class _Sheet:
    """A signed sheet: the version that it is of, and its picture."""

    issued: IssuedPaper
    picture: bytes
    source: str
    digest: str


def add_papers(store: Store, rng: Random, *, orders: int, printed: int, last_day: date) -> None:
    """Print the sheets of the newest open orders when they came in, file some of them signed, close
    the months that are long over."""
    now = datetime.combine(last_day, time(12), ZONE)
    issued = store.database.run(_print, printed, now=now)
    store.database.run(_close, orders=orders, today=last_day)
    sheets = [_signed(store, each, rng) for each in issued if rng.random() < SIGNED]
    if sheets:
        store.database.bulk(lambda connection: _file(connection, sheets, rng))


def _print(session: Session, printed: int, *, now: datetime) -> list[IssuedPaper]:
    author = _first(session, Role.ATTENDANT)
    rows = order_page(session, OrderFilter.OPEN, now=now, limit=2 * printed)
    worth = [row for row in rows if row.status not in UNSERVICED]  # those came to another total
    return [
        issue_paper(
            session,
            row.number,
            Paper.INTAKE,
            now=min(row.requested_at + timedelta(minutes=4), now),
            author=author,
        )
        for row in reversed(worth[:printed])
    ]


def _close(session: Session, *, orders: int, today: date) -> None:
    """Each on the second business day after its end; none before the shop had an order."""
    end = datetime.combine(today, time(12), ZONE)
    newest = order_page(session, OrderFilter.ALL, now=end, limit=1)
    for first in order_rows(session, [newest[0].number - orders + 1], now=end) if newest else ():
        began = Month.of(first.requested_at.astimezone(ZONE).date())
        for back in MONTHS_CLOSED:
            month = Month.of(today).shifted(-back)
            if began.first <= month.first:
                day = add_business_days(month.last, 2, saturday=True)
                at = datetime.combine(day, time(9, 20), ZONE)
                close_month(session, month, now=at, author=_first(session, Role.OWNER))


def _first(session: Session, role: Role) -> int:
    return next(each.id for each in employees(session) if each.role is role)


def _signed(store: Store, issued: IssuedPaper, rng: Random) -> _Sheet:
    from osdesk.documents.images import prepare_image

    scan = signed_scan(draw_paper(store, issued, PaperFormat.A4_HALF), rng)
    picture = prepare_image(scan).data
    source = f"{hashlib.sha256(scan).hexdigest()}:0"
    return _Sheet(issued, picture, source, store.files.add(picture))


def _file(connection: sqlite3.Connection, sheets: list[_Sheet], rng: Random) -> None:
    """As ``services.signed.file_signed`` does it, with the salts of the seed."""
    writer = Writer.of(connection, rng)
    for sheet in sheets:
        issued, order = sheet.issued, sheet.issued.order.id
        key, author = connection.execute(
            "SELECT id, author_id FROM issued_papers"
            " WHERE order_id = ? AND paper = ? AND version = ?",
            (order, issued.paper.value, issued.version),
        ).fetchone()
        at = moment_key(issued.issued_at + timedelta(minutes=6))
        name = f"OS {issued.number} assinada.png"
        size, kind = len(sheet.picture), FileKind.SIGNED.value
        row = (order, at, author, name, "image/png", size, sheet.digest, kind, key)
        file = writer.add("attachments", *row)
        connection.execute("UPDATE issued_papers SET signed_at = ? WHERE id = ?", (at, key))
        connection.execute("UPDATE orders SET signed = 1 WHERE id = ?", (order,))
        facts = {"paper": issued.paper.value, "version": issued.version, "file": file}
        digest = {"sha256": sheet.digest, "size": size, "source": sheet.source}
        texts: dict[str, object] = {"name": name}
        writer.event(at, author, EventCode.SIGNED.value, facts | digest, texts, order=order)
    writer.flush()
