"""The lists behind the figures of the month report: each total is the sum of a list."""

from datetime import date

from osdesk import texts
from osdesk.documents.kit import fonts
from osdesk.documents.kit.draw import Style
from osdesk.documents.report.sections import TEXT, TOTAL, money_columns, section
from osdesk.documents.report.tables import Looks, Pages, Table, columns
from osdesk.documents.report.words import NONE, amount, counted, end_of, in_it, whole
from osdesk.domain.views.figures import SELDOM, MonthReport, billed_orders
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
        ("ordens faturadas", _billed(pages, report, days)),
        ("recebimentos", _payments(pages, report, days)),
        *([("abatimentos e encargos", _charges(pages, report, days))] if report.charges else ()),
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


def _billed(pages: Pages, report: MonthReport, days: _Days) -> int:
    basis = "Por data de entrega. Somam o faturado, os descontos, os custos e a margem."
    page = _section(pages, "Ordens faturadas", basis)
    listed = billed_orders(report)
    if not listed:
        pages.write(f"Nenhuma ordem entregue {in_it(report)}.", TEXT)
        return page
    money = money_columns([share for _, share in listed])
    table = columns(
        ("OS", 31.5, "left"),
        ("Cliente", 134, "left"),
        ("Responsável", 62, "left"),
        ("Entrega", 33, "left"),
        *((f"{words} (R$)", 44.5, "right") for words, _ in money),
    )
    rows = [
        (
            str(order.number),
            order.customer,
            order.technician or NONE,
            days[order.delivered_on or order.returned_on],
            *(amount(value(share)) for _, value in money),
        )
        for order, share in listed
    ]
    sums = [sum(value(share) for _, share in listed) for _, value in money]
    count = counted(len(listed), "ordem", "ordens")
    Table(pages, table, _LISTED).draw(rows, ("", count, "", "", *map(amount, sums)))
    return page


def _charges(pages: Pages, report: MonthReport, days: _Days) -> int:
    basis = (
        "Abatimentos, dados depois da entrega, diminuem o faturado; multa e juros não fazem parte "
        "dele."
    )
    page = _section(pages, "Abatimentos e encargos, um a um", basis)
    table = columns(
        ("Data", 70, "left"),
        ("OS", 70, "left"),
        ("O que é", 317, "left"),
        ("Valor (R$)", 70, "right"),
    )
    rows = [
        (
            days[each.booked_on],
            str(each.number),
            texts.CHARGE_KIND[each.kind],
            amount(each.amount),
        )
        for each in report.charges
    ]
    Table(pages, table, _LISTED).draw(rows)
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
        "tem uma linha por parcela em aberto. O que vence em dia sem expediente vale até o "
        "próximo dia útil."
    )
    page = _section(pages, f"Saldos a receber em {when}, um a um", basis)
    if not report.owed:
        pages.write("Nada a receber.", TEXT)
        return page
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
            "não entregue" if each.age == "not_delivered" else days[each.due_on],
            whole(each.days_late) if each.days_late else NONE,
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
        "Que entraram, ficaram prontas, foram entregues, devolvidas, canceladas ou pagas "
        f"{within}; situação, total e saldo são os {when}."
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
        if key in SELDOM and not found:
            continue
        label, counts_by = texts.FIGURE[key]
        pages.skip(6)
        heading = f"{label}: {counted(len(found), 'ordem', 'ordens')} ({counts_by})"
        pages.write(heading, TOTAL, keep=_NUMBERS.leading)
        pages.write("   ".join(map(str, found)) or "Nenhuma.", _NUMBERS)
    return page
