"""What belongs to an order of another system: money, quote, approval, hand-over, notes, files.

Each waits to be written, and is told as the order's event will keep it.
"""

from typing import Any

from osdesk.domain.arrivals import NOT_TOLD, ArrivedOrder, ArrivedPayment, ArrivedQuote
from osdesk.domain.chain import canonical_json
from osdesk.domain.codes import ChargeKind, FileKind, QuoteStatus, Role
from osdesk.domain.errors import UserError
from osdesk.domain.frozen import to_plain
from osdesk.domain.orders.forms import OrderForm
from osdesk.domain.orders.rules import totals_of
from osdesk.domain.orders.status import HANDED_OVER
from osdesk.persistence.columns import moment_key
from osdesk.persistence.models import (
    Approval,
    Attachment,
    Charge,
    Delivery,
    Note,
    Notice,
    Payment,
    Quote,
)
from osdesk.services.imports.bringing import Bringing
from osdesk.services.imports.names import employee_named, words_of
from osdesk.services.orders.quotes import quote_content


def payments_told(
    found: Bringing, order_key: int, order: ArrivedOrder, warnings: list[UserError]
) -> dict[str, Any]:
    """What the order's event tells of the money that came and went."""
    keys: list[int] = []
    told: list[dict[str, Any]] = []
    fees: list[dict[str, Any]] = []
    for payment in order.payments:
        key = found.key(Payment)
        receipt = _receipt(found, payment, warnings)
        author = employee_named(found, payment.received_by, Role.ATTENDANT)
        found.add(
            Payment,
            id=key,
            order_id=order_key,
            kind=payment.kind,
            at=found.now,
            paid_on=payment.paid_on,
            amount=payment.amount,
            method=payment.method,
            received_by_id=author,
            receipt=receipt,
            reverses_id=None if payment.reverses is None else keys[payment.reverses],
        )
        keys.append(key)
        fact = {
            "payment": key,
            "kind": payment.kind.value,
            "amount": payment.amount,
            "method": payment.method.value,
            "date": payment.paid_on.isoformat(),
            "receipt": receipt,
            "author": author,
            "at": moment_key(found.now),
        }
        for kind, amount in (
            (ChargeKind.ALLOWANCE, payment.allowance),
            (ChargeKind.LATE_FEES, payment.late_fees),
        ):
            if amount:
                found.add(
                    Charge,
                    order_id=order_key,
                    kind=kind,
                    at=found.now,
                    booked_on=payment.paid_on,
                    amount=amount,
                    payment_id=key,
                    author_id=author,
                )
        if payment.allowance:
            fact["allowance"] = payment.allowance
        if payment.late_fees:
            fees.append({"date": payment.paid_on.isoformat(), "amount": payment.late_fees})
        told.append(fact)
    return {"payments": told, "late_fees": fees}


def _receipt(found: Bringing, payment: ArrivedPayment, warnings: list[UserError]) -> int:
    receipt = payment.receipt
    if receipt is not None and receipt in found.receipts:
        warnings.append(UserError("receipt_renumbered", value=receipt))
        receipt = None
    if receipt is None:
        receipt = found.next_receipt
    found.receipts.add(receipt)
    found.next_receipt = max(found.next_receipt, receipt + 1)
    return receipt


def around_told(
    found: Bringing,
    key: int,
    order: ArrivedOrder,
    form: OrderForm,
    total: int,
    warnings: list[UserError],
) -> dict[str, Any]:
    """Quote, approval, hand-over, notes, notices and files: written, and told."""
    told: dict[str, list[dict[str, Any]]] = {
        name: [] for name in ("approvals", "hand_overs", "notes", "notices", "files")
    }
    quote_key = _quote(found, key, order, form)
    if order.approval is not None:
        approval = order.approval
        author = employee_named(found, approval.author, Role.ATTENDANT)
        agreed = order.quote.total if order.quote is not None else total
        found.add(
            Approval,
            order_id=key,
            quote_id=quote_key,
            approved_by=words_of(approval.by, "approved_by") or NOT_TOLD,
            via=approval.via,
            at=approval.at,
            author_id=author,
            total=agreed,
            used_parts_authorized_by=approval.used_parts_authorized_by,
        )
        told["approvals"].append(
            {
                "total": agreed,
                "via": approval.via.value,
                "at": moment_key(approval.at),
                "author": author,
            }
        )
    if order.collected_by and order.collected_at is not None and order.status in HANDED_OVER:
        until = order.warranty_until
        found.add(
            Delivery,
            order_id=key,
            status=order.status,
            at=order.collected_at,
            collected_by=order.collected_by,
            collected_document=order.collected_document,
            warranty_until=until,
            author_id=None,
        )
        told["hand_overs"].append(
            {
                "to": order.status.value,
                "at": moment_key(order.collected_at),
                "warranty_until": until.isoformat() if until else None,
            }
        )
    for note in order.log:
        author = employee_named(found, note.author, Role.ATTENDANT)
        note_key = found.key(Note)
        found.add(
            Note,
            id=note_key,
            order_id=key,
            at=note.at,
            author_id=author,
            for_customer=note.for_customer,
            body=note.body,
        )
        told["notes"].append(
            {
                "note": note_key,
                "for_customer": note.for_customer,
                "at": moment_key(note.at),
                "author": author,
            }
        )
    for notice in order.notices:
        author = employee_named(found, notice.author, Role.ATTENDANT)
        notice_key = found.key(Notice)
        found.add(
            Notice,
            id=notice_key,
            order_id=key,
            at=notice.at,
            author_id=author,
            kind=notice.kind,
            channel=notice.channel,
            body=notice.body,
        )
        told["notices"].append(
            {
                "notice": notice_key,
                "kind": notice.kind.value,
                "channel": notice.channel.value,
                "at": moment_key(notice.at),
                "author": author,
            }
        )
    for file in order.files:
        if not found.fetch(file.sha256):
            warnings.append(UserError("import_file_missing", value=file.name))
            continue
        author = employee_named(found, file.author, Role.ATTENDANT)
        file_key = found.key(Attachment)
        found.add(
            Attachment,
            id=file_key,
            order_id=key,
            at=file.at,
            author_id=author,
            name=file.name,
            media_type=file.media_type,
            size=file.size,
            sha256=file.sha256,
            kind=FileKind(file.kind),
        )
        told["files"].append({"file": file_key, "sha256": file.sha256, "size": file.size})
    return told


def _quote(found: Bringing, key: int, order: ArrivedOrder, form: OrderForm) -> int | None:
    if order.quote is None:
        return None
    quote = order.quote
    quote_key = found.key(Quote)
    decided = quote.status not in (QuoteStatus.DRAFT, QuoteStatus.SENT)
    found.add(
        Quote,
        id=quote_key,
        order_id=key,
        version=quote.version,
        status=quote.status,
        content=_offered(form, quote),
        total=quote.total,
        start_on=quote.start_on,
        promised_on=quote.promised_on,
        valid_until=quote.valid_until,
        payment_terms=quote.payment_terms,
        created_at=quote.sent_at or found.now,
        sent_at=quote.sent_at,
        decided_at=(quote.sent_at or found.now) if decided else None,
    )
    return quote_key


def _offered(form: OrderForm, quote: ArrivedQuote) -> str:
    """The order's lines are what was offered where they come to the same; else only what is known
    of the version is kept."""
    if totals_of(form.items, form.discount).total == quote.total:
        return quote_content(form)
    days = {name: to_plain(getattr(quote, name)) for name in ("start_on", "promised_on")}
    return canonical_json({"total": quote.total, **days, "payment_terms": quote.payment_terms})
