"""The lists behind the figures of the month report: each total is the sum of a list."""

from datetime import date

from osdesk import texts
from osdesk.documents.kit import fonts
from osdesk.documents.kit.draw import Style
from osdesk.documents.report.sections import TEXT, TOTAL, section
from osdesk.documents.report.tables import Looks, Pages, Table, columns
from osdesk.documents.report.words import NONE, amount, counted, end_of, in_it, last_day, whole
from osdesk.domain.calendar import days_overdue
from osdesk.domain.views.figures import MonthReport
from osdesk.texts.periods import period_kind

_NUMBERS = Style(size=7.5)
_LISTED = Looks(
    body=Style(fonts.CONDENSED, 7.2),
    head=Style(fonts.CONDENSED_SEMIBOLD, 7.2),
    total=Style(fonts.CONDENSED_SEMIBOLD, 7.2),
    white=1.7,
    pad=2.0,
)


def draw_lists(pages: Pages, report: MonthReport) -> list[tuple[str, int]]:
    """All lists; the name of each with the page it begins on, from 0."""
    days = _Days()
    return [
        ("ordens entregues", _delivered(pages, report, days)),
        ("recebimentos", _payments(pages, report, days)),
        ("saldos a receber", _owed(pages, report, days)),
        (f"ordens do {period_kind(report.period)}", _orders(pages, report, days)),
        ("números de cada total", _numbers(pages, report)),
    ]


class _Days(dict[date | None, str]):
    """Days as they stand in a list, each written once."""

    def __missing__(self, day: date | None) -> str:
        text = self[day] = NONE if day is None else f"{day:%d/%m/%y}"
        return text


def _section(pages: Pages, title: str, basis: str) -> int:
    section(pages, title, basis)
    return pages.page


def _delivered(pages: Pages, report: MonthReport, days: _Days) -> int:
    basis = "Por data de entrega. Somam o faturado, os descontos, o custo das peças e a margem."
    page = _section(pages, "Ordens entregues", basis)
    listed = [order for order in report.orders if report.period.holds(order.delivered_on)]
    if not listed:
        pages.write(f"Nenhuma ordem entregue {in_it(report)}.", TEXT)
        return page
    table = columns(
        ("OS", 31.5, "left"),
        ("Cliente", 134, "left"),
        ("Responsável", 62, "left"),
        ("Entrega", 33, "left"),
        ("Mão de obra (R$)", 45, "right"),
        ("Materiais (R$)", 45, "right"),
        ("Descontos (R$)", 42, "right"),
        ("Faturado (R$)", 46, "right"),
        ("Custo das peças (R$)", 44, "right"),
        ("Margem (R$)", 44, "right"),
    )
    rows = [
        (
            str(order.number),
            order.customer,
            order.technician or NONE,
            days[order.delivered_on],
            amount(order.labor),
            amount(order.parts),
            amount(order.discount),
            amount(order.revenue),
            amount(order.parts_cost),
            amount(order.revenue - order.parts_cost),
        )
        for order in listed
    ]
    labor, parts = sum(order.labor for order in listed), sum(order.parts for order in listed)
    discounts, cost = (
        sum(order.discount for order in listed),
        sum(order.parts_cost for order in listed),
    )
    revenue = labor + parts - discounts
    sums = (labor, parts, discounts, revenue, cost, revenue - cost)
    count = counted(len(listed), "ordem", "ordens")
    Table(pages, table, _LISTED).draw(rows, ("", count, "", "", *map(amount, sums)))
    return page


def _payments(pages: Pages, report: MonthReport, days: _Days) -> int:
    basis = (
        "Por data do recebimento, do estorno ou da devolução; o que saiu tem sinal de menos. "
        "Somam o recebido líquido."
    )
    page = _section(pages, "Recebimentos, um a um", basis)
    if not report.payments:
        pages.write(f"Nenhum pagamento {in_it(report)}.", TEXT)
        return page
    table = columns(
        ("Data", 70, "left"),
        ("OS", 70, "left"),
        ("Recibo", 70, "left"),
        ("O que é", 150, "left"),
        ("Meio", 97, "left"),
        ("Valor (R$)", 70, "right"),
    )
    rows = [
        (
            days[each.paid_on],
            str(each.number),
            str(each.receipt),
            texts.PAYMENT_KIND[each.kind],
            texts.METHOD[each.method],
            amount(each.amount),
        )
        for each in report.payments
    ]
    net = amount(sum(each.amount for each in report.payments))
    count = counted(len(rows), "lançamento", "lançamentos")
    Table(pages, table, _LISTED).draw(rows, (count, "", "", "", "", net))
    return page


def _owed(pages: Pages, report: MonthReport, days: _Days) -> int:
    when = end_of(report)
    basis = (
        f"Saldo em {when} das ordens prontas, entregues ou devolvidas; o que se paga em parcelas "
        "tem uma linha por parcela em aberto."
    )
    page = _section(pages, f"Saldos a receber em {when}, um a um", basis)
    if not report.owed:
        pages.write("Nada a receber.", TEXT)
        return page
    last = last_day(report)
    table = columns(
        ("OS", 50, "left"),
        ("Cliente", 257, "left"),
        ("Vencimento", 70, "left"),
        ("Dias vencidos", 70, "right"),
        ("Valor (R$)", 80, "right"),
    )
    rows = [
        (
            str(each.number),
            each.customer,
            days[each.due_on],
            whole(late) if (late := days_overdue(each.due_on, last)) else NONE,
            amount(each.amount),
        )
        for each in report.owed
    ]
    total = amount(sum(each.amount for each in report.owed))
    count = counted(len({each.number for each in report.owed}), "ordem", "ordens")
    Table(pages, table, _LISTED).draw(rows, ("", count, "", "", total))
    return page


def _orders(pages: Pages, report: MonthReport, days: _Days) -> int:
    within = in_it(report)
    when = "do fechamento" if report.closed else "da emissão"
    basis = (
        f"Que entraram, ficaram prontas, foram entregues, devolvidas ou canceladas {within}; "
        f"situação, total e saldo são os {when}."
    )
    page = _section(pages, f"Ordens do {period_kind(report.period)}", basis)
    if not report.orders:
        pages.write(f"Nenhuma ordem {within}.", TEXT)
        return page
    table = columns(
        ("OS", 31.5, "left"),
        ("Cliente", 96, "left"),
        ("Equipamento", 95, "left"),
        ("Responsável", 50, "left"),
        ("Entrada", 33, "left"),
        ("Pronta", 33, "left"),
        ("Entrega", 33, "left"),
        ("Situação", 63, "left"),
        ("Total (R$)", 48, "right"),
        ("Saldo (R$)", 44, "right"),
    )
    rows = [
        (
            str(order.number),
            order.customer,
            order.equipment,
            order.technician or NONE,
            days[order.requested_on],
            days[order.ready_on],
            days[order.delivered_on],
            texts.STATUS[order.status],
            amount(order.total),
            amount(order.balance),
        )
        for order in report.orders
    ]
    total = amount(sum(order.total for order in report.orders))
    balance = amount(sum(order.balance for order in report.orders))
    count = counted(len(rows), "ordem", "ordens")
    Table(pages, table, _LISTED).draw(rows, ("", count, "", "", "", "", "", "", total, balance))
    return page


def _numbers(pages: Pages, report: MonthReport) -> int:
    """Which orders each count counted."""
    basis = "Os números das ordens que cada total contou."
    page = _section(pages, "Ordens de cada total", basis)
    for key, found in report.numbers.items():
        label, counts_by = texts.FIGURE[key]
        pages.skip(6)
        heading = f"{label}: {counted(len(found), 'ordem', 'ordens')} ({counts_by})"
        pages.write(heading, TOTAL, keep=_NUMBERS.leading)
        pages.write("   ".join(map(str, found)) or "Nenhuma.", _NUMBERS)
    return page
