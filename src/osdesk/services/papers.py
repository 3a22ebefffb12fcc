"""Freezing what is printed for signature, and telling whether the record still equals it.

Each paper has its own versions. A version's hash covers what the paper promises (for the intake:
customer, equipment, reason, service type, promise, lines, discount, fee and terms; never status,
payments, technician or notes); the sheet keeps all that was on the paper, so that it is drawn again
byte for byte.
"""

import json
import re
from dataclasses import replace
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from osdesk.domain.calendar import local_day
from osdesk.domain.chain import canonical_json, sha256_hex
from osdesk.domain.codes import EventCode, Paper, PaymentKind
from osdesk.domain.errors import UserError
from osdesk.domain.frozen import from_plain, to_plain
from osdesk.domain.order_rules import promised_line
from osdesk.domain.shapes import (
    IssuedPaper,
    OrderSheet,
    PaymentView,
    Verification,
)
from osdesk.domain.shop_shapes import (
    ShopView,
)
from osdesk.domain.status import Status
from osdesk.persistence.models import IssuedPaper as PaperRow
from osdesk.persistence.models import Order
from osdesk.services.events import record
from osdesk.services.order_view import order_sheet
from osdesk.services.shop import shop_view, zone_of

Covered = dict[str, object]
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
    ``not_delivered``, ``no_payment``, ``payment_not_found``.
    """
    issued = issued_already(session, number, paper, now=now, payment_id=payment_id)
    if issued is not None:
        return issued
    issued, covered = _next_version(session, number, paper, payment_id, now)
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
            canonical=covered,
            sheet=canonical_json(to_plain(issued)),
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


def _next_version(
    session: Session, number: int, paper: Paper, payment_id: int | None, now: datetime
) -> tuple[IssuedPaper, str]:
    """The record as the paper's next version, and the canonical text that its hash covers."""
    shop, order, payment = _subject(session, number, paper, payment_id, now)
    covered = canonical_json(_covered(paper, shop, order, payment))
    version = (
        session.scalar(
            select(func.max(PaperRow.version)).where(
                PaperRow.order_id == order.id, PaperRow.paper == paper
            )
        )
        or 0
    ) + 1
    issued = IssuedPaper(
        paper=paper,
        number=number,
        version=version,
        issued_at=now,
        issued_on=local_day(now, zone_of(session)),
        total=payment.amount if payment else order.total,
        sha256=sha256_hex(covered),
        shop=shop,
        order=replace(order, events=()),
        payment=payment,
    )
    return issued, covered


def issued_already(
    session: Session,
    number: int,
    paper: Paper,
    *,
    now: datetime,
    payment_id: int | None = None,
) -> IssuedPaper | None:
    """The version issued before whose covered content is the record's now; nothing is written."""
    shop, order, payment = _subject(session, number, paper, payment_id, now)
    wanted = sha256_hex(canonical_json(_covered(paper, shop, order, payment)))
    sheet = session.scalar(
        select(PaperRow.sheet)
        .where(PaperRow.order_id == order.id, PaperRow.paper == paper, PaperRow.sha256 == wanted)
        .order_by(PaperRow.version.desc())
        .limit(1)
    )
    return None if sheet is None else from_plain(IssuedPaper, json.loads(sheet))


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
    if sha256_hex(found.canonical) != found.sha256 or parts[4:6] != [
        found.issued_on.isoformat(),
        str(found.total),
    ]:
        return unknown
    was: Covered = json.loads(found.canonical)
    try:
        shop, order, payment = _subject(session, number, paper, found.payment_id, now)
        current = json.loads(canonical_json(_covered(paper, shop, order, payment)))
    except UserError:  # a delivery taken back by *Reabrir*
        current = was | {"delivered_on": None}
    changed = tuple(key for key in was if was[key] != current.get(key))
    outcome = "changed" if changed else "equal"
    return Verification(outcome, paper, number, version, found.issued_on, changed)


# -- what each paper covers -----------------------------------------------------------------------


def _subject(
    session: Session, number: int, paper: Paper, payment_id: int | None, now: datetime
) -> tuple[ShopView, OrderSheet, PaymentView | None]:
    order = order_sheet(session, number, now=now)
    if paper is Paper.DELIVERY and order.status is not Status.DELIVERED:
        raise UserError("not_delivered", number=number)
    payment = _payment(order, payment_id) if paper is Paper.RECEIPT else None
    return shop_view(session), order, payment


def _payment(order: OrderSheet, payment_id: int | None) -> PaymentView:
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


def _covered(
    paper: Paper, shop: ShopView, order: OrderSheet, payment: PaymentView | None
) -> Covered:
    common: Covered = {
        "paper": paper.value,
        "shop": shop.shop_id,
        "number": order.number,
        "customer": to_plain(replace(order.customer, id=0, notes=None)),
        "equipment": to_plain(replace(order.equipment, id=0)),
    }
    if paper is Paper.RECEIPT and payment is not None:
        return {
            key: value for key, value in common.items() if key not in ("customer", "equipment")
        } | {
            "payer": order.customer.name,
            "document": order.customer.document,
            "payment": payment.id,
            "receipt": payment.receipt,
            "kind": payment.kind.value,
            "date": payment.paid_on.isoformat(),
            "amount": payment.amount,
            "method": payment.method.value,
        }
    lines: Covered = {
        "items": [promised_line(item) for item in order.items],
        "discount": order.discount,
    }
    if paper is Paper.DELIVERY:
        return (
            common
            | lines
            | {
                "report": order.report,
                "delivered_on": to_plain(order.delivered_on),
                "collected_by": order.collected.by if order.collected else None,
                "collected_document": order.collected.document if order.collected else None,
                "warranty_until": to_plain(order.warranty_until),
                "terms": shop.terms_delivery,
            }
        )
    return (
        common
        | lines
        | {
            "requested_at": to_plain(order.requested_at),
            "service_type": order.service_type,
            "reason": order.reason,
            "checklist": order.checklist,
            "promised_on": to_plain(order.promised_on),
            "promised_time": order.promised_time,
            "fee": order.fee,
            "terms": shop.terms_intake,
        }
    )
