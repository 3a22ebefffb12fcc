"""A month or another period in words: what happened, calmly, from the figures alone."""

from datetime import date

from osdesk import texts
from osdesk.domain.calendar import (
    Month,
    format_date,
    format_moment,
    format_short,
    load_zone,
    local_day,
    month_abbr,
)
from osdesk.domain.charts import Bar
from osdesk.domain.money import format_amount
from osdesk.domain.views.figures import Adjustment, Closing, MonthFigures, MonthReport
from osdesk.texts.periods import period_at, period_from, period_in, period_kind, period_label

NONE = "—"
COUNTED = ("opened", "finished", "delivered", "cancelled", "late")
MEANS = {"mean_late_days": "late", "mean_days_to_ready": "finished"}
"""Means in tenths of a day, and how many orders they are of."""


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


def compared_with(report: MonthReport) -> list[MonthFigures]:
    """The period before and the same of the year before: of a year these are one."""
    before, year_ago = report.before, report.year_ago
    return [before] if before.period == year_ago.period else [before, year_ago]


def change_of(name: str, now: MonthFigures, then: MonthFigures) -> str:
    """The change of one figure; a mean of nothing is no figure."""
    if name in MEANS and not (getattr(now, MEANS[name]) and getattr(then, MEANS[name])):
        return NONE
    return change(getattr(now, name), getattr(then, name))


def share(part: int, total: int) -> str:
    """A part in hundredths of a whole: ``38 %``."""
    return f"{_rounded(part * 100, total)}\u00a0%" if total > 0 and part >= 0 else NONE


def _rounded(number: int, by: int) -> int:
    return (2 * number + by) // (2 * by)


def counted(number: int, one: str, many: str) -> str:
    return f"{whole(number)}\u00a0{one if number == 1 else many}"


def last_day(report: MonthReport) -> date:
    """The day up to which is counted: the period's last, or the day of issue while it runs."""
    if report.partial:
        return min(report.period.last, local_day(report.issued_at, load_zone(report.shop.zone)))
    return report.period.last


def end_of(report: MonthReport) -> str:
    """``24/11`` while the period runs, else its last day; with the year where it is no month."""
    last = last_day(report)
    return format_short(last) if report.period.month is not None else format_date(last)


def in_it(report: MonthReport) -> str:
    """``no mês``, ``no trimestre``, ``no período``."""
    return f"no {period_kind(report.period)}"


def title_of(report: MonthReport) -> str:
    """``Fechamento de novembro de 2026``; a report of other days is no closing."""
    if report.period.month is not None:
        return f"Fechamento de {period_label(report.period)}"
    return f"Relatório de {period_label(report.period)}"


def closed_at(report: MonthReport, closing: Closing) -> str:
    moment = format_moment(closing.closed_at, load_zone(report.shop.zone))
    return f"{moment} por {closing.author}" if closing.author else moment


def hash_groups(digest: str, letters: int = 64) -> str:
    """``9f8e 7d6c …``: a hash in fours, so that it can be compared by eye."""
    return " ".join(digest[at : at + 4] for at in range(0, letters, 4))


def with_promise(report: MonthReport) -> int:
    """Orders made ready or delivered in the period: among these, some are late."""
    return len(set(report.numbers["finished"]) | set(report.numbers["delivered"]))


def overdue(figures: MonthFigures) -> int:
    return sum(amount for age, amount in figures.receivable_by_age.items() if age != "not_due")


def story(report: MonthReport) -> list[str]:
    """The period in a few sentences; one without anything says so."""
    sentences = [
        _work(report),
        _revenue(report),
        _moved(report),
        _received(report.figures),
        _punctual(report),
        _owed(report),
        _adjusted(report),
    ]
    return [sentence for sentence in sentences if sentence]


def _work(report: MonthReport) -> str:
    figures = report.figures
    when = period_in(report.period)
    when = when[0].upper() + when[1:]
    until = f", até {end_of(report)}," if report.partial else ""
    happened = [
        (figures.opened, "entrou", "entraram"),
        (figures.finished, "ficou pronta", "ficaram prontas"),
        (figures.delivered, "foi entregue", "foram entregues"),
        (figures.cancelled, "foi cancelada", "foram canceladas"),
    ]
    said = [(number, one if number == 1 else many) for number, one, many in happened if number]
    if not said:
        return f"{when}{until} nenhuma ordem entrou, ficou pronta, foi entregue ou cancelada."
    (first, verb), *rest = said
    parts = [f"{counted(first, 'ordem', 'ordens')} {verb}"]
    parts += [f"{whole(number)}\u00a0{verb}" for number, verb in rest]
    return f"{when}{until or ','} {_listed(parts)}."


_MOVING = {
    "opened": "as entradas",
    "delivered": "as entregas",
    "margin": "a margem",
    "received": "o recebido",
    "mean_days_to_ready": "o tempo até ficar pronta",
}
"""Figures whose change is told, with the word of each."""


def _moved(report: MonthReport) -> str:
    """What grew and what fell against the period before; nothing of a period that still runs."""
    if report.partial:
        return ""
    now, then = report.figures, report.before
    grew, fell = [], []
    for name, word in _MOVING.items():
        percent = change_of(name, now, then)
        if percent[0] == "+":
            grew.append(f"{word} ({percent})")
        elif percent[0] == "−":
            fell.append(f"{word} ({percent})")
    told = [
        f"{_verb(words, one, many)} {_listed(words)}"
        for words, one, many in ((grew, "subiu", "subiram"), (fell, "caiu", "caíram"))
        if words
    ]
    return f"Diante {period_from(then.period)}, {'; '.join(told)}." if told else ""


def _verb(words: list[str], one: str, many: str) -> str:
    return one if len(words) == 1 and words[0].startswith(("a ", "o ")) else many


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
        _direction(figures.revenue, other) for other in compared_with(report) if other.revenue > 0
    ]
    return f"{text}; {_listed(against)}." if against else f"{text}."


def _direction(now: int, other: MonthFigures) -> str:
    then = other.revenue
    percent = change(now, then)
    if percent[0] not in "+−":
        same = "o mesmo" if now == then else "quase o mesmo"
        return f"{same} que {period_at(other.period)}"
    side = "acima" if now > then else "abaixo"
    return f"{percent[1:]} {side} {period_from(other.period)}"


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
    against = ""
    difference = figures.receivable - report.before.receivable
    if difference and report.before.receivable and not report.partial:
        side = "a mais" if difference > 0 else "a menos"
        end = format_date(report.before.period.last)
        against = f"; são {reais(abs(difference))} {side} que em {end}"
    return f"{when} havia {reais(figures.receivable)} a receber em {orders}{tail}{against}."


def _adjusted(report: MonthReport) -> str:
    """That closed months have changed: the sum that matters most, the rest is in its section."""
    if not report.adjustments:
        return ""
    months = list(dict.fromkeys(each.month for each in report.adjustments))
    orders = {number for each in report.adjustments for number, _ in each.orders}
    which = _listed([month.label() for month in months])
    month = "mês já fechado" if len(months) == 1 else "meses já fechados"
    text = f"{counted(len(orders), 'ordem mudou', 'ordens mudaram')} depois em {month} ({which})"
    changed = sum(each.amount for each in report.adjustments if each.figure == "revenue")
    if changed:
        text += f": o faturado de lá muda em {signed(changed)}"
    return f"{text}; veja os ajustes."


MOST_DAYS = 62
"""Bars of one chart: more days than these are drawn by month."""


def receipt_bars(report: MonthReport) -> tuple[list[Bar], str]:
    """What came in net, by ``dia`` or in a long period by ``mês``."""
    if report.period.days <= MOST_DAYS:
        days = report.received_by_day
        one_month = len({(day.year, day.month) for day, _ in days}) == 1
        label = (lambda day: str(day.day)) if one_month else format_short
        return [Bar(label(day), cents) for day, cents in days], "dia"
    months: dict[Month, int] = {}
    for day, cents in report.received_by_day:
        months[Month.of(day)] = months.get(Month.of(day), 0) + cents
    return [
        Bar(f"{month_abbr(month.month)}/{month.year % 100:02d}", cents)
        for month, cents in months.items()
    ], "mês"


def signed(cents: int) -> str:
    """``+R$ 12,00`` or ``−R$ 12,00``."""
    return f"+{reais(cents)}" if cents > 0 else reais(cents)


def adjustment_text(each: Adjustment) -> str:
    """The difference as its figure is shown: money with its sign, or orders."""
    if each.figure in COUNTED:
        sign = "+" if each.amount > 0 else "−" if each.amount < 0 else ""
        return f"{sign}{whole(abs(each.amount))}"
    sign = "+" if each.amount > 0 else ""
    return f"{sign}{amount(each.amount)}"


def adjustment_orders(each: Adjustment) -> str:
    """Each order with its part of the difference: ``OS 12 (−1,00)``."""
    parts = []
    for number, part in each.orders:
        one = adjustment_text(Adjustment(each.month, each.figure, part, ()))
        difference = "" if each.figure in COUNTED else f"\u00a0({one})"
        parts.append(f"OS\u00a0{number}{difference}")
    return ", ".join(parts)


def figure_name(name: str) -> str:
    """A figure's name, money with its unit."""
    label = texts.FIGURE[name][0]
    return label if name in COUNTED or name in MEANS else f"{label} (R$)"


def _listed(parts: list[str]) -> str:
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} e {parts[-1]}"
