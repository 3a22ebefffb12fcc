"""A month or another period in words: what happened, from the figures alone."""

from collections.abc import Iterable
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
from osdesk.domain.views.figures import (
    COUNTS,
    MEANS,
    SELDOM,
    Adjustment,
    Closing,
    MonthFigures,
    MonthReport,
)
from osdesk.texts.periods import period_at, period_from, period_in, period_kind, period_label

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


def compared_with(report: MonthReport) -> list[MonthFigures]:
    """The period before and the same of the year before: of a year these are one."""
    before, year_ago = report.before, report.year_ago
    return [before] if before.period == year_ago.period else [before, year_ago]


def shown_figures(report: MonthReport, names: Iterable[str]) -> list[str]:
    """Of these figures those that the period or one beside it has: seldom ones only then."""
    compared = (report.figures, report.before, report.year_ago)
    return [
        name
        for name in names
        if name not in SELDOM or any(getattr(each, name) for each in compared)
    ]


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


def subject_of(report: MonthReport) -> str:
    """What the file is about, for who looks at its properties."""
    days = f"{format_date(report.period.first)} a {format_date(last_day(report))}"
    return f"Ordens de serviço, faturamento, recebimentos e saldos de {days}"


def closed_at(report: MonthReport, closing: Closing) -> str:
    moment = format_moment(closing.closed_at, load_zone(report.shop.zone))
    return f"{moment} por {closing.author}" if closing.author else moment


def hash_groups(digest: str, letters: int = 64) -> str:
    """``9f8e 7d6c …``: a hash in fours, so that a person can compare it."""
    return " ".join(digest[at : at + 4] for at in range(0, letters, 4))


def overdue(figures: MonthFigures) -> int:
    in_time = ("not_due", "not_delivered")
    return sum(cents for age, cents in figures.receivable_by_age.items() if age not in in_time)


def without_cost(figures: MonthFigures) -> str:
    """``R$ 1.114,56 de materiais sem custo informado``; empty where every cost is known."""
    if not figures.cost_unknown:
        return ""
    return f"{reais(figures.cost_unknown)} de materiais sem custo informado"


def story(report: MonthReport) -> list[str]:
    """The period in a few sentences; one without anything says so."""
    sentences = [
        _work(report),
        _revenue(report),
        _margin(report.figures),
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
    return f"{when}{until or ','} {listed(parts)}."


_MOVING = {
    "opened": "as entradas",
    "delivered": "as entregas",
    "margin": "a margem",
    "received": "o recebido",
    "mean_days_to_ready": "o tempo até ficar pronta",
}
"""Figures whose change is told, with the word of each."""


def _moved(report: MonthReport) -> str:
    """What grew and what fell against the period before."""
    now, then = report.figures, report.before
    grew, fell = [], []
    for name, word in _MOVING.items():
        percent = change_of(name, now, then)
        if percent[0] == "+":
            grew.append(f"{word} ({percent})")
        elif percent[0] == "−":
            fell.append(f"{word} ({percent})")
    told = [
        f"{_verb(words, one, many)} {listed(words)}"
        for words, one, many in ((grew, "subiu", "subiram"), (fell, "caiu", "caíram"))
        if words
    ]
    return f"Diante {period_from(then.period)}, {'; '.join(told)}." if told else ""


def _verb(words: list[str], one: str, many: str) -> str:
    return one if len(words) == 1 and words[0].startswith(("a ", "o ")) else many


def _revenue(report: MonthReport) -> str:
    figures = report.figures
    if not (figures.delivered or figures.fees or figures.allowances):
        return "Nada foi faturado: o faturado conta pela data de entrega."
    parts = [
        f"{reais(figures.labor)} de mão de obra",
        f"{reais(figures.parts)} de materiais",
    ]
    if figures.fees:
        parts.append(f"{reais(figures.fees)} de taxas de devolvidas")
    less = [
        f"{reais(cents)} de {words}"
        for cents, words in (
            (figures.discounts, "descontos"),
            (figures.allowances, "abatimentos depois da entrega"),
        )
        if cents
    ]
    text = f"Foram faturados {reais(figures.revenue)}: {listed(parts)}"
    if less:
        text += f", menos {listed(less)}"
    against = [
        _direction(figures.revenue, other) for other in compared_with(report) if other.revenue > 0
    ]
    return f"{text}; {listed(against)}." if against else f"{text}."


def _margin(figures: MonthFigures) -> str:
    if not without_cost(figures):
        return ""
    return f"A margem conta {without_cost(figures)} como se nada tivessem custado."


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
    figures = report.figures
    said = []
    if figures.finished and not figures.late:
        said.append("Nenhuma ficou pronta depois do prometido")
    elif figures.finished:
        which = "que ficou pronta" if figures.finished == 1 else "que ficaram prontas"
        verb = "passou" if figures.late == 1 else "passaram"
        said.append(
            f"{whole(figures.late)} de {counted(figures.finished, 'ordem', 'ordens')} {which} "
            f"{verb} do prometido, em média {tenths(figures.mean_late_days)} dias"
        )
    if figures.late_open:
        waited = "esperava" if figures.late_open == 1 else "esperavam"
        one, many = ("outra", "outras") if said else ("ordem", "ordens")
        count = counted(figures.late_open, one, many)
        when = f"{'em' if said else 'Em'} {end_of(report)}"
        said.append(f"{when}, {count} {waited} além do prometido")
    return f"{'; '.join(said)}." if said else ""


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
    if difference and report.before.receivable:
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
    which = listed([month.label() for month in months])
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
    if each.figure in COUNTS:
        sign = "+" if each.amount > 0 else "−" if each.amount < 0 else ""
        return f"{sign}{whole(abs(each.amount))}"
    sign = "+" if each.amount > 0 else ""
    return f"{sign}{amount(each.amount)}"


def adjustment_orders(each: Adjustment) -> str:
    """Each order with its part of the difference: ``OS 12 (−1,00)``."""
    parts = []
    for number, part in each.orders:
        one = adjustment_text(Adjustment(each.month, each.figure, part, ()))
        difference = "" if each.figure in COUNTS else f"\u00a0({one})"
        parts.append(f"OS\u00a0{number}{difference}")
    return ", ".join(parts)


def figure_name(name: str) -> str:
    """A figure's name, money with its unit."""
    label = texts.FIGURE[name][0]
    return label if name in COUNTS or name in MEANS else f"{label} (R$)"


def listed(parts: list[str]) -> str:
    """``a``, ``a e b``, ``a, b e c``."""
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} e {parts[-1]}"
