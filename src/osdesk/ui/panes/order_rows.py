"""A row of the order list in words and tones, ready to be painted or read aloud."""

from dataclasses import dataclass
from datetime import date, datetime

from osdesk.domain.calendar import format_short
from osdesk.domain.codes import Priority
from osdesk.domain.money import format_amount, format_brl
from osdesk.domain.orders.status import WORKING, OrderFilter, PaymentState, Situation, Status
from osdesk.domain.views.listing import FilterCounts, OrderRow
from osdesk.texts import PRIORITY, STATUS
from osdesk.ui.widgets.controls import count_text
from osdesk.ui.widgets.theme import STATUS_TONE

NONE = "—"
PRESSING = {Priority.HIGH: "amber", Priority.URGENT: "red"}


@dataclass(frozen=True, slots=True)
class RowText:
    """Texts of a row; a tone is a colour token."""

    number: str
    priority: str
    priority_tone: str
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
    status_note: str
    """The stage, the part that is awaited, a lapsed quote, a signature that is missing."""
    status_note_tone: str
    total: str
    payment: str
    payment_tone: str

    @property
    def spoken(self) -> str:
        parts = [
            f"OS {self.number}",
            self.priority and f"prioridade {self.priority}",
            self.customer,
            self.equipment,
            self.status,
            self.status_note,
            f"prometida {self.promised} {self.promised_note}".strip(),
            f"total {self.total} {self.payment}",
        ]
        return ", ".join(part for part in parts if part)


def row_text(row: OrderRow, now: datetime) -> RowText:
    """``now`` is the moment in the shop's zone."""
    today = now.date()
    promised, promised_note, tone = _promise(row, today)
    payment, payment_tone = _payment(row)
    note, note_tone = _stands(row, today)
    pressing = row.priority in PRESSING
    return RowText(
        number=str(row.number),
        priority=PRIORITY[row.priority].lower() if pressing else "",
        priority_tone=PRESSING.get(row.priority, "muted"),
        customer=row.customer,
        phone=row.phone or "",
        equipment=row.equipment,
        reason=" ".join(row.reason.split()),
        technician=row.technician or NONE,
        requested=day_text(row.requested_on, today),
        promised=promised,
        promised_note=promised_note,
        promised_tone=tone,
        status=STATUS[row.status],
        status_tone=STATUS_TONE[row.status],
        status_note=note,
        status_note_tone=note_tone,
        total=format_amount(row.total) if row.total else NONE,
        payment=payment,
        payment_tone=payment_tone,
    )


def day_text(day: date, today: date) -> str:
    """``24/11``, with the year where it is not this one."""
    if day.year == today.year:
        return format_short(day)
    return f"{format_short(day)}/{day.year % 100:02d}"


def since_text(day: date, today: date) -> str:
    """``hoje``, ``há 1 dia``, ``há 6 dias``."""
    days = (today - day).days
    if days < 1:
        return "hoje"
    return f"há {count_text(days)} {'dia' if days == 1 else 'dias'}"


def awaited_text(what: str | None, since: date | None, today: date) -> str:
    """``há 6 dias: Placa W10540609``: the days first, a long name of a part may be cut."""
    when = since_text(since, today) if since is not None else ""
    return ": ".join(filter(None, (when, " ".join((what or "").split()))))


def _stands(row: OrderRow, today: date) -> tuple[str, str]:
    """What the status word alone does not say."""
    if row.quote_expired:
        return "orçamento vencido", "red"
    waits = row.status is Status.AWAITING_PART and (row.waiting_for or row.waiting_since)
    if row.stage is not None:
        since = since_text(row.waiting_since, today) if waits and row.waiting_since else ""
        return " · ".join(filter(None, (row.stage.name, since))), row.stage.colour
    if waits:
        return awaited_text(row.waiting_for, row.waiting_since, today), "amber"
    return ("não assinada", "muted") if row.unsigned else ("", "muted")


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
