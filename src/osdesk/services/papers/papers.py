"""Freezing what is printed for signature, and telling whether the record still equals it.

Each paper has its own versions. A version's hash covers what the paper promises
(``domain/papers/facts.py``); the sheet keeps all that was on the paper, so that it is drawn again
byte for byte.
"""

import json
import re
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from osdesk.domain.calendar import load_zone, local_day
from osdesk.domain.chain import canonical_json, ordered_json, sha256_hex
from osdesk.domain.codes import EventCode, NoticeKind, Paper, PaymentKind, QuoteStatus
from osdesk.domain.default_texts import TEXTS
from osdesk.domain.errors import UserError
from osdesk.domain.fill_in import fill, values_of
from osdesk.domain.frozen import from_plain, to_plain
from osdesk.domain.orders.forms import StepForm
from osdesk.domain.orders.pick_up import ending
from osdesk.domain.orders.rules import (
    HINDERED,
    facts_of_view,
    missing_error,
    step_hindrance,
    step_needs,
)
from osdesk.domain.orders.status import Status
from osdesk.domain.papers.facts import FIRST_FORM, PAPERS, Covered, covered, covered_as
from osdesk.domain.topics import Topic
from osdesk.domain.views.orders import EDITION, IssuedPaper, OrderView, PaymentView, Verification
from osdesk.domain.views.shop import ShopView
from osdesk.persistence.models import IssuedPaper as PaperRow
from osdesk.persistence.models import Order
from osdesk.services.events import record
from osdesk.services.orders.attachments import refresh_signed
from osdesk.services.orders.view import order_view
from osdesk.services.shop.shop import keep_text, shop_view, zone_of

TOPIC = Topic.PAPERS

QR_MARK = "OSDESK1"


def issue_paper(
    session: Session,
    number: int,
    paper: Paper,
    *,
    now: datetime,
    author: int | None,
    payment_id: int | None = None,
) -> IssuedPaper:
    """The version of a paper that the record asks for now: the one issued before, or a new one.

    ``payment_id``: which receipt; None is the newest. Raises UserError ``order_not_found``,
    ``no_payment``, ``payment_not_found``; ``not_delivered``, ``not_unserviced``, ``nothing_waits``
    where the order has not come to this paper; ``missing`` with all that a quote lacks.
    """
    issued = issued_already(session, number, paper, now=now, payment_id=payment_id)
    if issued is not None:
        return issued
    issued, canonical = _next_version(session, number, paper, payment_id, now)
    if (terms := PAPERS[paper].terms) is not None:
        keep_text(session, terms.code)
    session.add(
        PaperRow(
            order_id=issued.order.id,
            payment_id=issued.payment.id if issued.payment else None,
            paper=paper,
            version=issued.version,
            issued_at=issued.issued_at,
            issued_on=issued.issued_on,
            author_id=author,
            total=issued.total,
            canonical=canonical,
            sheet=ordered_json(to_plain(issued)),
            sha256=issued.sha256,
        )
    )
    record(
        session,
        EventCode.PAPER_ISSUED,
        now=now,
        author=author,
        order_id=issued.order.id,
        payment_id=issued.payment.id if issued.payment else None,
        data={"paper": paper.value, "version": issued.version, "sha256": issued.sha256},
    )
    refresh_signed(session, issued.order.id)
    return issued


def draft_paper(
    session: Session,
    number: int,
    paper: Paper,
    *,
    now: datetime,
    payment_id: int | None = None,
) -> IssuedPaper:
    """What ``issue_paper`` would give, for a look before printing: nothing is frozen or written."""
    issued = issued_already(session, number, paper, now=now, payment_id=payment_id)
    return issued or _next_version(session, number, paper, payment_id, now)[0]


def newest_for(session: Session, paper: Paper | None, *, now: datetime) -> OrderView | None:
    """The newest order that has come to this paper, to show how it looks; None where none has."""
    newest = select(Order.number).order_by(Order.number.desc()).limit(1)
    if paper is not None:
        newest = newest.where(Order.status.in_(PAPERS[paper].statuses))
    number = session.scalar(newest)
    return None if number is None else order_view(session, number, now=now)


def _next_version(
    session: Session, number: int, paper: Paper, payment_id: int | None, now: datetime
) -> tuple[IssuedPaper, str]:
    """The record as the paper's next version, and the canonical text that its hash covers."""
    subject = _subject(session, number, paper, payment_id, now=now, seen=now)
    quote = subject.order.quote
    offered = quote is not None and quote.status in (QuoteStatus.SENT, QuoteStatus.APPROVED)
    today = date.min if offered else local_day(now, zone_of(session))
    _refuse(paper, subject.order, today=today)
    shop, order = _as_shown(paper, subject)
    payment = subject.payment
    newest = select(func.max(PaperRow.version)).where(
        PaperRow.order_id == order.id, PaperRow.paper == paper
    )
    issued = IssuedPaper(
        paper=paper,
        number=number,
        version=(session.scalar(newest) or 0) + 1,
        issued_at=now,
        issued_on=local_day(now, zone_of(session)),
        total=_total_of(paper, order, payment),
        sha256=subject.sha256,
        shop=shop,
        order=order,
        payment=payment,
        edition=EDITION,
    )
    return issued, subject.covered


def _total_of(paper: Paper, order: OrderView, payment: PaymentView | None) -> int:
    """What the paper's code says of money."""
    if not PAPERS[paper].priced:
        return 0
    return order.total if payment is None else payment.amount


def issued_already(
    session: Session,
    number: int,
    paper: Paper,
    *,
    now: datetime,
    payment_id: int | None = None,
) -> IssuedPaper | None:
    """The version issued before whose covered content is the record's now; nothing is written.

    Raises UserError where the order has not come to this paper, or lacks what it must say.
    """
    subject = _subject(session, number, paper, payment_id, now=now, seen=now)
    today = local_day(now, zone_of(session))
    _refuse(paper, subject.order, today=date.min)  # days of what was issued may have passed
    issued = (
        select(PaperRow.sheet)
        .where(PaperRow.order_id == subject.order.id, PaperRow.paper == paper, PaperRow.sheet != "")
        .order_by(PaperRow.version.desc())
        .limit(1)
    )
    sheet = session.scalar(issued.where(PaperRow.sha256.in_(subject.sha256s)))
    if sheet is None and paper is Paper.QUOTE:
        sheet = _quote_in_force(session, number, issued, now=now, today=today)
    return None if sheet is None else _restored(sheet)


def _restored(sheet: str) -> IssuedPaper:
    """A frozen sheet as a shape. The first releases kept no day of entry: it is that of the moment
    in the zone that the shop had then."""
    plain = json.loads(sheet)
    order = plain["order"]
    if "requested_on" not in order:
        moment = datetime.fromisoformat(order["requested_at"])
        order["requested_on"] = local_day(moment, load_zone(plain["shop"]["zone"])).isoformat()
    return from_plain(IssuedPaper, plain)


def _quote_in_force(
    session: Session, number: int, newest: Select[str], *, now: datetime, today: date
) -> str | None:
    """The newest quote while it is valid and says what the record says: a validity that nobody
    gave counts from the day on which the quote was issued, not from each printing."""
    sheet = session.scalar(newest)
    if sheet is None:
        return None
    issued = _restored(sheet)
    then = _subject(session, number, Paper.QUOTE, None, now=now, seen=issued.issued_at)
    valid = then.order.valid_until is not None and then.order.valid_until >= today
    return sheet if valid and then.sha256 == issued.sha256 else None


def verify_code(session: Session, code: str, *, now: datetime) -> Verification:
    """Whether the record still equals the paper whose QR says ``code``.

    ``foreign``: not one of ours; ``unknown``: no such version, or another hash than ours.
    """
    parts = code.split("|")
    if len(parts) != 7 or parts[0] != QR_MARK or parts[1] not in set(Paper):
        return Verification("foreign")
    paper = Paper(parts[1])
    if not all(re.fullmatch("[0-9]{1,9}", part) for part in parts[2:4]):
        return Verification("foreign")
    number, version = int(parts[2]), int(parts[3])
    found = session.execute(
        select(PaperRow)
        .join(Order, Order.id == PaperRow.order_id)
        .where(Order.number == number, PaperRow.paper == paper, PaperRow.version == version)
    ).scalar_one_or_none()
    unknown = Verification("unknown", paper, number, version)
    if found is None or found.sha256[:32] != parts[6]:
        return unknown
    if found.canonical == "":  # blanked with the customer's data; the hash stays
        return Verification("anonymised", paper, number, version, found.issued_on)
    if sha256_hex(found.canonical) != found.sha256 or parts[4:6] != [
        found.issued_on.isoformat(),
        str(found.total),
    ]:
        return unknown
    was: Covered = json.loads(found.canonical)
    subject = _subject(session, number, paper, found.payment_id, now=now, seen=found.issued_at)
    if paper is Paper.DELIVERY and subject.order.status is not Status.DELIVERED:
        changed: tuple[str, ...] = ("delivered_on",)  # taken back by *Reabrir*
    else:
        changed = _difference(paper, was, covered_as(was, json.loads(subject.covered)))
    outcome = "changed" if changed else "equal"
    receipt = subject.payment.receipt if subject.payment else None
    return Verification(outcome, paper, number, version, found.issued_on, changed, receipt)


def _difference(paper: Paper, was: Covered, now: Covered) -> tuple[str, ...]:
    """Keys that differ. What the terms cite changes with what it is taken from: it is told only
    where nothing else says it."""
    by_hand = PAPERS[paper].by_hand
    keys = [
        key
        for key in dict.fromkeys([*was, *now])
        if was.get(key) != now.get(key) and not (key in by_hand and was.get(key) is None)
    ]
    return tuple(key for key in keys if key != "fields" or len(keys) == 1)


# -- what a paper shows and covers ----------------------------------------------------------------


@dataclass(frozen=True)
class _Subject:
    """The record as a paper takes it at a moment: the shop's texts still with their fields."""

    shop: ShopView
    order: OrderView
    payment: PaymentView | None
    covered: str
    """Canonical JSON."""

    @property
    def sha256(self) -> str:
        return sha256_hex(self.covered)

    @property
    def sha256s(self) -> list[str]:
        """All by which a version of this record may be known."""
        before = covered_as(FIRST_FORM, json.loads(self.covered))
        return [self.sha256, sha256_hex(canonical_json(before))]


def _subject(
    session: Session,
    number: int,
    paper: Paper,
    payment_id: int | None,
    *,
    now: datetime,
    seen: datetime,
) -> _Subject:
    """The record of ``now`` as the paper issued at ``seen`` takes it: what has a default counted
    from the day of issue, and notices given until then. Raises UserError ``order_not_found``."""
    shop, order = shop_view(session), order_view(session, number, now=now)
    payment = _payment(order, payment_id) if PAPERS[paper].of_payment else None
    if paper in (Paper.INTAKE, Paper.QUOTE):  # what was offered, not a fee that is owed since
        offered = order.labor_total + order.parts_total - order.discount
        order = replace(order, total=offered, balance=offered - order.paid)
    if paper is Paper.QUOTE:
        days = timedelta(days=shop.quote_validity_days)
        order = replace(
            order,
            valid_until=order.valid_until or local_day(seen, zone_of(session)) + days,
            payment_terms=order.payment_terms or shop.payment_terms or None,
        )
    told = tuple(n for n in order.notices if n.kind is NoticeKind.PICK_UP and n.at <= seen)
    order = replace(
        order,
        notices=told if paper is Paper.NOTICE else (),
        log=tuple(n for n in order.log if n.for_customer) if paper is Paper.FULL else (),
        files=(),
    )
    return _Subject(shop, order, payment, canonical_json(covered(paper, shop, order, payment)))


def _refuse(paper: Paper, order: OrderView, *, today: date) -> None:
    """Raises UserError where the order has not come to this paper. ``today``: before it a new
    quote promises nothing; that what was offered already may have passed."""
    facts = PAPERS[paper]
    if order.status not in facts.statuses:
        raise UserError(facts.refusal, number=order.number, status=order.status)
    if paper is Paper.QUOTE:
        to = Status.AWAITING_APPROVAL
        wanted = facts_of_view(order, "")
        missing = step_needs(wanted, to, StepForm(), today=today)
        if missing:
            raise missing_error(to, missing, wanted)
        hindrance = step_hindrance(wanted, to)
        if hindrance:
            raise UserError(hindrance, field=HINDERED[hindrance], number=order.number)


def _as_shown(paper: Paper, subject: _Subject) -> tuple[ShopView, OrderView]:
    """What the frozen sheet keeps: the paper's own text filled in, no other; of the history the
    one event that says how the work ended."""
    shop, order = subject.shop, subject.order
    texts: dict[str, Any] = dict.fromkeys(TEXTS, "")
    if (terms := PAPERS[paper].terms) is not None:
        text = getattr(shop, terms.code)
        texts[terms.code] = fill(text, values_of(text, terms.code, order, shop))
    event = ending(order)
    return replace(shop, **texts), replace(order, events=(event,) if event else ())


def _payment(order: OrderView, payment_id: int | None) -> PaymentView:
    if payment_id is None:
        paid = [p for p in order.payments if p.kind is PaymentKind.PAYMENT and not p.reversed]
        candidates = paid or list(order.payments)
        if not candidates:
            raise UserError("no_payment", number=order.number)
        return max(candidates, key=lambda payment: payment.id)
    for payment in order.payments:
        if payment.id == payment_id:
            return payment
    raise UserError("payment_not_found", number=order.number, payment=payment_id)
