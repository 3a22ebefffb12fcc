"""What the payment pane does at a moment, and how it says what it did."""

from collections.abc import Sequence
from datetime import date
from enum import Enum

from osdesk.domain.calendar import format_date
from osdesk.domain.money import format_brl
from osdesk.domain.shapes import OrderSheet
from osdesk.domain.status import CLOSED, UNSERVICED
from osdesk.texts import METHOD_INSIDE
from osdesk.ui.payment_rows import Part


class Act(Enum):
    """What the pane does at this moment."""

    PAY = "Receber"
    REVERSE = "Estornar pagamento"
    REFUND = "Devolver dinheiro"
    PAID = "Recebido"


def takes_deposit(sheet: OrderSheet) -> bool:
    """Open and without a price yet: what comes in is a deposit, of any amount."""
    closed = sheet.status in CLOSED or sheet.status in UNSERVICED
    return not closed and not sheet.labor_total + sheet.parts_total and not sheet.warranty_return_of


def received_words(parts: Sequence[Part], due_on: date | None) -> str:
    """``Recebido R$ 50,00 em dinheiro. Troco: R$ 20,00.`` with what was agreed of the rest."""
    each = [f"{format_brl(part.amount)} em {METHOD_INSIDE[part.method]}" for part in parts]
    words = [f"Recebido {' e '.join(each)}."] if parts else []
    change = sum(part.change for part in parts)
    if change:
        words.append(f"Troco: {format_brl(change)}.")
    if due_on is not None:
        words.append(f"O restante vence em {format_date(due_on)}.")
    return " ".join(words)
