"""One line of the order list in words and tones, ready to be painted or read aloud."""

from dataclasses import dataclass
from datetime import date, datetime

from osdesk.domain.calendar import format_short
from osdesk.domain.figures import FilterCounts
from osdesk.domain.money import format_amount, format_brl
from osdesk.domain.shapes import OrderRow
from osdesk.domain.status import WORKING, OrderFilter, PaymentState, Situation, Status
from osdesk.texts import STATUS
from osdesk.ui.theme import STATUS_TONE
from osdesk.ui.widgets import count_text

NONE = "—"


@dataclass(frozen=True, slots=True)
class RowText:
    """Texts of a row; a tone is a colour token."""

    number: str
    customer: str
    phone: str
    equipment: str
    reason: str
    technician: str
    requested: str
    promised: str
    promised_note: str
    promised_tone: str
    status: str
    status_tone: str
    total: str
    payment: str
    payment_tone: str

    @property
    def spoken(self) -> str:
        parts = [
            f"OS {self.number}",
            self.customer,
            self.equipment,
            self.status,
            f"prometida {self.promised} {self.promised_note}".strip(),
            f"total {self.total} {self.payment}",
        ]
        return ", ".join(part for part in parts if part)


def row_text(row: OrderRow, now: datetime) -> RowText:
    """``now`` is the moment in the shop's zone."""
    today = now.date()
    promised, note, tone = _promise(row, today)
    payment, payment_tone = _payment(row)
    return RowText(
        number=str(row.number),
        customer=row.customer,
        phone=row.phone or "",
        equipment=row.equipment,
        reason=" ".join(row.reason.split()),
        technician=row.technician or NONE,
        requested=day_text(row.requested_at.astimezone(now.tzinfo).date(), today),
        promised=promised,
        promised_note=note,
        promised_tone=tone,
        status=STATUS[row.status],
        status_tone=STATUS_TONE[row.status],
        total=format_amount(row.total) if row.total else NONE,
        payment=payment,
        payment_tone=payment_tone,
    )


def day_text(day: date, today: date) -> str:
    """``24/11``, with the year where it is not this one."""
    if day.year == today.year:
        return format_short(day)
    return f"{format_short(day)}/{day.year % 100:02d}"


def _promise(row: OrderRow, today: date) -> tuple[str, str, str]:
    if row.promised_on is None:
        return NONE, "", "muted"
    day = row.promised_on
    late = row.situation is Situation.LATE
    if day == today:
        words = f"hoje {row.promised_time}" if row.promised_time else "hoje"
        if late:
            return words, "atrasada", "red"
        return words, "", "amber" if row.status in WORKING else "ink"
    if late:
        days = (today - day).days
        unit = "dia" if days == 1 else "dias" if days < 100 else "d"
        return day_text(day, today), f"atrasada {count_text(days)} {unit}", "red"
    return day_text(day, today), "", "ink"


def _payment(row: OrderRow) -> tuple[str, str]:
    if row.payment_state is PaymentState.NONE or row.total == 0:
        return (f"crédito {format_amount(row.paid)}", "green") if row.paid > 0 else (NONE, "muted")
    if row.balance < 0:
        return f"devolver {format_amount(-row.balance)}", "amber"
    if row.payment_state is PaymentState.PAID:
        return "pago", "green"
    if row.payment_state is PaymentState.OVERDUE:
        return "vencida", "red"
    if row.paid > 0:
        if row.status in (Status.DELIVERED, Status.RETURNED):
            return f"falta {format_amount(row.balance)}", "muted"
        return f"sinal {format_amount(row.paid)}", "muted"
    if row.status in (Status.RECEIVED, Status.IN_DIAGNOSIS, Status.AWAITING_APPROVAL):
        return NONE, "muted"  # a price that nobody has agreed to is not yet owed
    return "em aberto", "muted"


def counts_text(counts: FilterCounts) -> str:
    """``37 ordens abertas · 4 atrasadas · 9 a receber: R$ 3.412,00``."""
    opened = counts.counts[OrderFilter.OPEN]
    late = counts.counts[OrderFilter.LATE]
    owing = counts.counts[OrderFilter.RECEIVABLE]
    parts = [f"{count_text(opened)} {'ordem aberta' if opened == 1 else 'ordens abertas'}"]
    if late:
        parts.append(f"{count_text(late)} {'atrasada' if late == 1 else 'atrasadas'}")
    if owing:
        parts.append(f"{count_text(owing)} a receber: {format_brl(counts.receivable)}")
    return " · ".join(parts)
