"""The month report as a workbook, a table a sheet; the summary is made of the lists behind it."""

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal

from osdesk import texts
from osdesk.domain.calendar import format_date, format_moment, load_zone, local_day
from osdesk.domain.codes import ChargeKind, PaymentKind
from osdesk.domain.views.figures import COUNTS, MEANS, MonthFigures, MonthReport, billed_orders
from osdesk.interchange.report_tables import (
    ALLOWANCES,
    BALANCES,
    BEHIND,
    BILLED,
    CHARGES,
    DISCOUNTS,
    FEES,
    LABOR,
    ORDERS,
    PARTS,
    PARTS_COST,
    PAYMENTS,
    SERVICE_COST,
    UNKNOWN,
    detail_tables,
    reais,
)
from osdesk.interchange.workbook import (
    COUNT,
    MONEY,
    SHARE,
    TENTHS,
    Cell,
    Column,
    Formula,
    Table,
    area,
    letter,
    workbook,
)
from osdesk.texts.periods import period_label


def xlsx_bytes(report: MonthReport, each: Callable[[], object] | None = None) -> bytes:
    """The same report gives the same bytes; ``each`` is called now and then on the way."""
    return workbook(
        tables_of(report),
        title=_title(report),
        author=report.shop.name,
        created=report.issued_at,
        each=each,
    )


def tables_of(report: MonthReport) -> list[Table]:
    """The summary, then all others."""
    return [_summary(report), *detail_tables(report)]


def last_day(report: MonthReport) -> date:
    if report.partial:
        zone = load_zone(report.shop.zone)
        return min(report.period.last, local_day(report.issued_at, zone))
    return report.period.last


def _title(report: MonthReport) -> str:
    name = "Fechamento" if report.period.month is not None else "Relatório"
    return f"{name} de {period_label(report.period)}"


# --- the figures against other periods ------------------------------------------------------------

_MONEY = (
    *("labor", "parts", "discounts", "fees", "allowances", "revenue"),
    *("parts_cost", "service_cost", "cost_unknown", "margin"),
    *("received", "reversed", "late_fees", "receivable"),
)
_FORMATS = (*[COUNT] * len(COUNTS), *[TENTHS] * len(MEANS), *[MONEY] * len(_MONEY))


def _summary(report: MonthReport) -> Table:
    zone = load_zone(report.shop.zone)
    compared = [report.figures, report.before, report.year_ago]
    now, before, year_ago = (period_label(figures.period) for figures in compared)
    partial = f" (parcial até {format_date(last_day(report))})" if report.partial else ""
    above = [
        report.shop.name,
        f"{_title(report)}{partial}",
        f"Emitido em {format_moment(report.issued_at, zone)}",
    ]
    if report.closed is not None:
        moment = format_moment(report.closed.closed_at, zone)
        above.append(f"Mês fechado em {moment} · SHA-256 {report.closed.sha256}")
    columns = (
        Column("Número", 34),
        Column("Como conta", 50),
        Column(now, 20),
        Column(before, 20),
        Column("Variação", 11, SHARE),
        Column(year_ago, 20),
        Column("Variação", 11, SHARE),
    )
    rows: list[Sequence[Cell]] = []
    names = (*COUNTS, *MEANS, *_MONEY)
    first = len(above) + 3
    formulas = _formulas(report, {name: first + place for place, name in enumerate(names)})
    values = zip(names, *map(_values, compared), strict=True)
    for row, (name, value, then, long_ago) in enumerate(values, start=first):
        label, basis = texts.FIGURE[name]
        rows.append(
            (
                label,
                basis,
                Formula(formulas[name], value),
                then,
                _change(row, 3, value, then),
                long_ago,
                _change(row, 5, value, long_ago),
            )
        )
    return Table("Resumo", columns, rows, above=above, row_formats=_FORMATS)


def _formulas(report: MonthReport, rows: dict[str, int]) -> dict[str, str]:
    """Each figure of the period out of the list that it sums or counts."""
    period, orders = report.period, len(report.orders)
    first, last = (f"DATE({day.year},{day.month},{day.day})" for day in (period.first, period.last))
    requested, ready, delivered = (area(ORDERS, place, orders) for place in (4, 5, 6))
    cancelled, late = area(ORDERS, 11, orders), area(ORDERS, 12, orders)

    def within(days: str) -> str:
        return f'COUNTIFS({days},">="&{first},{days},"<="&{last})'

    count = len(billed_orders(report))

    def billed(place: int) -> str:
        return f"=ROUND(SUM({area(BILLED, 4 + place, count)}),2)"

    behind = area(BEHIND, 0, sum(map(len, report.numbers.values())))
    charges = len(report.charges)
    booked, charged = area(CHARGES, 2, charges), area(CHARGES, 3, charges)
    late_fees = texts.CHARGE_KIND[ChargeKind.LATE_FEES]
    kinds, paid = area(PAYMENTS, 3, len(report.payments)), area(PAYMENTS, 5, len(report.payments))
    payment = texts.PAYMENT_KIND[PaymentKind.PAYMENT]
    to_ready = f"SUMPRODUCT(({ready}>={first})*({ready}<={last})*({ready}-{requested}))"
    c = {name: f"C{row}" for name, row in rows.items()}
    return {
        "opened": f"={within(requested)}",
        "finished": f"={within(ready)}",
        "delivered": f"={within(delivered)}",
        "cancelled": f"={within(cancelled)}",
        "late": f'=COUNTIF({late},">0")',
        "mean_late_days": f"=IF({c['late']}=0,0,ROUND(SUM({late})/{c['late']},1))",
        "mean_days_to_ready": f"=IF({c['finished']}=0,0,ROUND({to_ready}/{c['finished']},1))",
        "late_open": f'=COUNTIF({behind},"{texts.FIGURE["late_open"][0]}")',
        "labor": billed(LABOR),
        "parts": billed(PARTS),
        "discounts": billed(DISCOUNTS),
        "fees": billed(FEES),
        "allowances": billed(ALLOWANCES),
        "revenue": f"=ROUND({c['labor']}+{c['parts']}-{c['discounts']}"
        f"+{c['fees']}-{c['allowances']},2)",
        "parts_cost": billed(PARTS_COST),
        "service_cost": billed(SERVICE_COST),
        "cost_unknown": billed(UNKNOWN),
        "margin": f"=ROUND({c['revenue']}-{c['parts_cost']}-{c['service_cost']},2)",
        "received": f'=ROUND(SUMIFS({paid},{kinds},"{payment}"),2)',
        "reversed": f'=ROUND(SUMIFS({paid},{kinds},"{payment}")-SUM({paid}),2)',
        "late_fees": f'=ROUND(SUMIFS({charged},{booked},"{late_fees}"),2)',
        "receivable": f"=ROUND(SUM({area(BALANCES, 4, len(report.owed))}),2)",
    }


def _change(row: int, place: int, now: Decimal, then: Decimal) -> Formula:
    """From the column at ``place`` to the period's own, C; "—" where nothing can be compared."""
    old = f"{letter(place)}{row}"
    text = f'=IF({old}>0,(C{row}-{old})/{old},"—")'
    return Formula(text, (now - then) / then if then > 0 else "—")


def _values(figures: MonthFigures) -> list[Decimal]:
    return [
        *(Decimal(getattr(figures, name)) for name in COUNTS),
        *(Decimal(getattr(figures, name)).scaleb(-1) for name in MEANS),
        *(reais(getattr(figures, name)) for name in _MONEY),
    ]
