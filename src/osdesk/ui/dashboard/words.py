"""The sentences of the dashboard, apart from its widgets: from figures to words."""

from dataclasses import dataclass

from osdesk.domain.calendar import format_date
from osdesk.domain.money import format_brl
from osdesk.domain.views.figures import Attention, Dashboard, Debtor, TechnicianLoad
from osdesk.texts import plural


@dataclass(frozen=True, slots=True)
class AttentionLine:
    """One thing that waits for somebody: which icon and colour, what, and why."""

    icon: str
    tone: str
    title: str
    why: str


def opened_note(board: Dashboard) -> str:
    if not board.opened_today:
        return "nenhuma entrou hoje"
    return plural(board.opened_today, "entrou hoje", "entraram hoje")


def late_note(board: Dashboard) -> str:
    if not board.late:
        return "tudo em dia"
    if not board.oldest_late_days:
        return "desde hoje"
    return f"a mais antiga: {plural(board.oldest_late_days, 'dia', 'dias')}"


def ready_note(board: Dashboard) -> str:
    if not board.ready_over_30_days:
        return "nenhuma há mais de 30 dias"
    return f"{board.ready_over_30_days} há mais de 30 dias"


def receivable_note(board: Dashboard) -> str:
    if not board.receivable.orders:
        return "nada a receber"
    orders = plural(board.receivable.orders, "ordem", "ordens")
    if not board.overdue.orders:
        return f"{orders} · nenhuma vencida"
    return f"{orders} · {plural(board.overdue.orders, 'vencida', 'vencidas')}"


def revenue_note(board: Dashboard) -> str:
    """Against the same days of the month before: a whole month would always look better."""
    last = board.revenue_months[-2][0]
    day = min(board.today.day, last.last.day)
    return f"até {day}/{last.month:02d}: {format_brl(board.revenue_same_day_last_month)}"


def adjusted_note(board: Dashboard) -> str:
    """By how much closed months differ from what was frozen; empty where none does."""
    months = [
        f"{month.label()} {'+' if cents > 0 else '−'}{format_brl(abs(cents))}"
        for month, cents in board.revenue_adjustments
    ]
    return f"Ajustes depois do fechamento: {', '.join(months)}" if months else ""


def attention_line(item: Attention) -> AttentionLine:
    what = f"OS {item.number} · {item.equipment}"
    days = plural(item.days, "dia", "dias")
    who = f" · {item.technician}" if item.technician else " · sem técnico"
    match item.why:
        case "late":
            since = f"desde as {item.promised_time} de hoje" if item.promised_time else "desde hoje"
            late = f"{days} de atraso" if item.days > 0 else f"atrasada {since}"
            return AttentionLine("clock-exclamation", "red", what, late + who)
        case "due_today":
            hour = f" às {item.promised_time}" if item.promised_time else ""
            return AttentionLine("clock", "amber", what, f"prometida para hoje{hour}{who}")
        case "quote_unanswered":
            since = f"há {days}" if item.days else "desde hoje"
            return AttentionLine(
                "message-question", "violet", what, f"orçamento sem resposta {since}"
            )
        case "quote_expired":
            when = f"há {days}" if item.days else "hoje"
            return AttentionLine("message-question", "violet", what, f"orçamento venceu {when}")
        case "not_collected":
            return AttentionLine(
                "package-export", "green", what, f"pronta há {days}, ninguém retirou"
            )
        case "overdue":
            what = f"OS {item.number} · {item.customer}"
            return AttentionLine(
                "wallet", "amber", what, f"{format_brl(item.amount)} vencidos há {days}"
            )
        case "to_refund":
            what = f"OS {item.number} · {item.customer}"
            since = f" há {days}" if item.days else ""
            return AttentionLine(
                "wallet", "red", what, f"{format_brl(item.amount)} a devolver{since}"
            )
        case "unsigned":
            return AttentionLine("clipboard-list", "grey", what, f"sem via assinada há {days}{who}")
        case _:
            raise AssertionError(item.why)


def load_note(load: TechnicianLoad) -> str:
    opened = plural(load.open, "aberta", "abertas")
    if not load.late:
        return opened
    return f"{opened} · {plural(load.late, 'atrasada', 'atrasadas')}"


def debtor_days(debtor: Debtor) -> str:
    return plural(debtor.days, "dia", "dias")


def debtor_note(debtor: Debtor) -> str:
    return f"{debtor.customer}: primeiro vencimento em {format_date(debtor.since)}"
