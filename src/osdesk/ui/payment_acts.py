"""What the payment pane writes: money in, a payment taken back, money given back."""

from collections.abc import Sequence
from datetime import date

from osdesk.domain.codes import PaymentMethod
from osdesk.domain.forms import InstalmentForm, PaymentForm
from osdesk.services.payments import pay_and_agree, pay_many, refund_order, reverse_payment
from osdesk.ui.desk import Desk
from osdesk.ui.payment_rows import Part


def receive(
    desk: Desk,
    number: int,
    parts: Sequence[Part],
    day: date | None,
    agreed: tuple[date, list[InstalmentForm]] | None,
) -> list[int]:
    """All ways of one moment together, and when the rest is due; the payments' ids.

    Raises UserError as ``pay_many`` and ``pay_and_agree`` do.
    """
    forms = [PaymentForm(part.amount, part.method, day) for part in parts]
    now, author = desk.now(), desk.author
    if agreed is None:
        return desk.write(pay_many, number, forms, now=now, author=author)
    due_on, instalments = agreed
    return desk.write(
        pay_and_agree, number, forms, due_on=due_on, parts=instalments, now=now, author=author
    )


def take_back(desk: Desk, number: int, payment_id: int, reason: str) -> int:
    """Reverse one payment whole; the reversal's id. Raises UserError."""
    return desk.write(
        reverse_payment, number, payment_id, reason=reason, now=desk.now(), author=desk.author
    )


def give_back(desk: Desk, number: int, amount: int, method: PaymentMethod, reason: str) -> int:
    """Refund an amount; the refund's id. Raises UserError."""
    return desk.write(
        refund_order,
        number,
        amount=amount,
        method=method,
        reason=reason,
        now=desk.now(),
        author=desk.author,
    )
