"""The month in words: what happened, calmly, with the day that each figure counts by."""

from osdesk.domain.calendar import format_short, load_zone, local_day
from osdesk.domain.figures import MonthFigures, MonthReport
from osdesk.domain.money import format_amount

NONE = "—"


def amount(cents: int) -> str:
    return f"−{format_amount(-cents)}" if cents < 0 else format_amount(cents)


def reais(cents: int) -> str:
    """``R$ 1.234,56``, not parted at a line's end."""
    return f"{'−' if cents < 0 else ''}R$\u00a0{format_amount(abs(cents))}"


def whole(number: int) -> str:
    return f"{number:,}".replace(",", ".")


def tenths(value: int) -> str:
    """Tenths as ``2,3``."""
    return f"{whole(value // 10)},{value % 10}"


def change(now: int, then: int) -> str:
    """``+12 %``; "—" where there is nothing to compare."""
    if then <= 0:
        return NONE
    percent = _rounded(abs(now - then) * 100, then)
    sign = "" if not percent else "+" if now > then else "−"
    return f"{sign}{whole(percent)}\u00a0%"


def share(part: int, total: int) -> str:
    """A part in hundredths of a whole: ``38 %``."""
    return f"{_rounded(part * 100, total)}\u00a0%" if total > 0 and part >= 0 else NONE


def _rounded(number: int, by: int) -> int:
    return (2 * number + by) // (2 * by)


def counted(number: int, one: str, many: str) -> str:
    return f"{whole(number)}\u00a0{one if number == 1 else many}"


def end_of(report: MonthReport) -> str:
    """``24/11`` while the month runs, else its last day."""
    last = report.figures.month.last
    if report.partial:
        last = min(last, local_day(report.issued_at, load_zone(report.shop.zone)))
    return format_short(last)


def with_promise(report: MonthReport) -> int:
    """Orders made ready or delivered in the month: among these, some are late."""
    return len(set(report.numbers["finished"]) | set(report.numbers["delivered"]))


def overdue(figures: MonthFigures) -> int:
    return sum(amount for age, amount in figures.receivable_by_age.items() if age != "not_due")


def story(report: MonthReport) -> list[str]:
    """The month in a few sentences; a month without anything says so."""
    sentences = [
        _work(report),
        _revenue(report),
        _received(report.figures),
        _punctual(report),
        _owed(report),
    ]
    return [sentence for sentence in sentences if sentence]


def _work(report: MonthReport) -> str:
    figures = report.figures
    month = figures.month.label()
    until = f", até {end_of(report)}," if report.partial else ""
    happened = [
        (figures.opened, "entrou", "entraram"),
        (figures.finished, "ficou pronta", "ficaram prontas"),
        (figures.delivered, "foi entregue", "foram entregues"),
        (figures.cancelled, "foi cancelada", "foram canceladas"),
    ]
    said = [(number, one if number == 1 else many) for number, one, many in happened if number]
    if not said:
        return f"Em {month}{until} nenhuma ordem entrou, ficou pronta, foi entregue ou cancelada."
    (first, verb), *rest = said
    parts = [f"{counted(first, 'ordem', 'ordens')} {verb}"]
    parts += [f"{whole(number)}\u00a0{verb}" for number, verb in rest]
    return f"Em {month}{until or ','} {_listed(parts)}."


def _revenue(report: MonthReport) -> str:
    figures = report.figures
    if not figures.delivered:
        return "Nada foi faturado: o faturado conta pela data de entrega."
    less = f", menos {reais(figures.discounts)} de descontos" if figures.discounts else ""
    text = (
        f"As entregues somam {reais(figures.revenue)} faturados: {reais(figures.labor)} de mão de "
        f"obra e {reais(figures.parts)} de materiais{less}"
    )
    against = [
        f"{_direction(figures.revenue, other.revenue)} {other.month.label()}"
        for other in (report.before, report.year_ago)
        if other.revenue > 0
    ]
    return f"{text}; {_listed(against)}." if against else f"{text}."


def _direction(now: int, then: int) -> str:
    percent = change(now, then).lstrip("+−")
    if now == then:
        return "o mesmo que em"
    return f"{percent} {'acima' if now > then else 'abaixo'} de"


def _received(figures: MonthFigures) -> str:
    if not figures.received and not figures.reversed:
        return "Nenhum pagamento foi recebido."
    text = f"Foram recebidos {reais(figures.received)}"
    if figures.reversed:
        return f"{text}, e {reais(figures.reversed)} foram estornados ou devolvidos."
    return f"{text}."


def _punctual(report: MonthReport) -> str:
    figures, all_of_them = report.figures, with_promise(report)
    if not all_of_them:
        return ""
    if not figures.late:
        return "Nenhuma ficou pronta ou foi entregue depois do prometido."
    which = "pronta ou entregue" if all_of_them == 1 else "prontas ou entregues"
    verb = "passou" if figures.late == 1 else "passaram"
    return (
        f"{whole(figures.late)} de {counted(all_of_them, 'ordem', 'ordens')} {which} {verb} do "
        f"prometido, em média {tenths(figures.mean_late_days)} dias."
    )


def _owed(report: MonthReport) -> str:
    figures = report.figures
    when = f"Em {end_of(report)}"
    if not figures.receivable:
        return f"{when} não havia nada a receber."
    orders = counted(figures.receivable_orders, "ordem", "ordens")
    late = overdue(figures)
    tail = f", {reais(late)} já vencidos" if late else ", nada vencido"
    return f"{when} havia {reais(figures.receivable)} a receber em {orders}{tail}."


def _listed(parts: list[str]) -> str:
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} e {parts[-1]}"
