"""What the right panel says of an order, line by line; an empty line is not shown."""

from datetime import date
from zoneinfo import ZoneInfo

from osdesk.domain.calendar import format_short, local_day
from osdesk.domain.codes import PaymentKind, QuoteStatus
from osdesk.domain.money import format_amount
from osdesk.domain.shapes import OrderSheet
from osdesk.domain.status import CLOSED, UNSERVICED, Situation, Status
from osdesk.texts import METHOD_INSIDE, PRIORITY, VIA, plural
from osdesk.ui.orders_text import PRESSING, day_text, since_text

NOTE_LETTERS = 90


def money_text(sheet: OrderSheet) -> str:
    if sheet.total == 0 and sheet.paid == 0:
        if sheet.warranty_return_of is not None:
            return f"Retorno em garantia da OS {sheet.warranty_return_of}, sem cobrança"
        return "Sem preço" if sheet.status not in CLOSED else "Nada a pagar"
    words = f"Total {format_amount(sheet.total)}"
    if sheet.discount and sheet.status not in UNSERVICED:
        words += f" · desconto {format_amount(sheet.discount)}"
    if sheet.paid:
        methods = {p.method for p in sheet.payments if p.kind is PaymentKind.PAYMENT}
        how = f" em {METHOD_INSIDE[methods.pop()]}" if len(methods) == 1 else ""
        name = "pago" if sheet.status in CLOSED or sheet.balance <= 0 else "sinal"
        words += f" · {name} {format_amount(sheet.paid)}{how}"
    if sheet.balance > 0 and sheet.due_on is not None:
        words += f" · vence em {format_short(sheet.due_on)}"
    return words


def dates_text(sheet: OrderSheet, today: date) -> str:
    parts = []
    if sheet.delivered_on is not None:
        parts.append(f"Entregue em {day_text(sheet.delivered_on, today)}")
        if sheet.warranty_until is not None:
            parts.append(f"garantia até {day_text(sheet.warranty_until, today)}")
    elif sheet.promised_on is not None:
        day = "hoje" if sheet.promised_on == today else day_text(sheet.promised_on, today)
        hour = f" às {sheet.promised_time}" if sheet.promised_time else ""
        parts.append(f"Prometida para {day}{hour}")
        if sheet.situation is Situation.LATE:
            parts.append("atrasada")
    return " · ".join(parts)


def waits_text(sheet: OrderSheet, today: date) -> str:
    """``Aguardando Placa W10540609 há 6 dias``."""
    if sheet.status is not Status.AWAITING_PART:
        return ""
    words = ["Aguardando", sheet.waiting_for or "peça"]
    if sheet.waiting_since is not None:
        since = since_text(sheet.waiting_since, today)
        words.append("desde hoje" if since == "hoje" else since)
    return " ".join(words)


def quote_text(sheet: OrderSheet, today: date, zone: ZoneInfo) -> tuple[str, str]:
    """Where the quote stands, and its tone."""
    quote, yes = sheet.quote, sheet.approval
    if sheet.status in CLOSED or sheet.status in UNSERVICED:
        return "", ""
    if yes is not None:
        day = day_text(local_day(yes.at, zone), today)
        heard = f", ouvido por {yes.author}" if yes.author else ""
        return f"Aprovada por {yes.by} {VIA[yes.via]} em {day}{heard}", ""
    if quote is None or quote.status is not QuoteStatus.SENT:
        return "", ""
    until = day_text(quote.valid_until, today) if quote.valid_until else ""
    if quote.expired:
        return f"Orçamento v{quote.version} venceu em {until}", "red"
    sent = f" de {day_text(local_day(quote.sent_at, zone), today)}" if quote.sent_at else ""
    valid = f", válido até {until}" if until else ""
    return f"Orçamento v{quote.version}{sent}{valid}", ""


def priority_text(sheet: OrderSheet) -> tuple[str, str]:
    """Only one that presses is told."""
    tone = PRESSING.get(sheet.priority, "")
    return (f"Prioridade {PRIORITY[sheet.priority].lower()}", tone) if tone else ("", "")


def notes_text(sheet: OrderSheet, today: date, zone: ZoneInfo) -> str:
    """The newest note; how many there are."""
    if not sheet.log:
        return ""
    last = sheet.log[-1]
    body = " ".join(last.body.split())
    if len(body) > NOTE_LETTERS:
        body = f"{body[: NOTE_LETTERS - 1].rstrip()}…"
    who = f" {last.author}" if last.author else ""
    count = plural(len(sheet.log), "anotação", "anotações")
    return f"{count} · {day_text(local_day(last.at, zone), today)}{who}: {body}"


def people_text(sheet: OrderSheet) -> str:
    parts = []
    if sheet.technician:
        parts.append(f"Técnico {sheet.technician}")
    if sheet.slot:
        parts.append(f"{'local' if parts else 'Local'} {sheet.slot}")
    if sheet.signed:
        parts.append("via assinada arquivada" if parts else "Via assinada arquivada")
    return " · ".join(parts)
