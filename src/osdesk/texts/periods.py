"""A period in words: on the cover, in a sentence, over a column."""

from osdesk.domain.calendar import Month, format_date, format_short, month_abbr, month_name
from osdesk.domain.period import Period


def period_label(period: Period) -> str:
    """``novembro de 2026``, ``4º trimestre de 2026``, ``2026``, ``1º a 24 de novembro de 2026``,
    ``03/11/2026 a 15/11/2026``."""
    first, last = period.first, period.last
    if period.month is not None:
        return period.month.label()
    if period.quarter:
        return f"{period.quarter}º trimestre de {first.year}"
    if period.is_year:
        return str(first.year)
    if period.months and first.year == last.year:
        return f"{month_name(first.month)} a {month_name(last.month)} de {first.year}"
    if period.months:
        return f"{Month.of(first).label()} a {Month.of(last).label()}"
    if first == last:
        return format_date(first)
    if first.day == 1 and Month.of(first) == Month.of(last):
        return f"1º a {last.day} de {Month.of(first).label()}"
    return f"{format_date(first)} a {format_date(last)}"


def period_in(period: Period) -> str:
    """As a sentence takes it: ``em novembro de 2026``, ``de 03/11/2026 a 15/11/2026``."""
    if period.quarter:
        return f"no {period_label(period)}"
    if period.month is not None or period.is_year or period.first == period.last:
        return f"em {period_label(period)}"
    return f"de {period_label(period)}"


def period_than(period: Period) -> str:
    """What something is compared with: ``outubro de 2026``, ``o 3º trimestre de 2026``."""
    if period.quarter:
        return f"o {period_label(period)}"
    if period.month is not None or period.is_year:
        return period_label(period)
    return f"o período de {period_label(period)}" if period.days > 1 else period_label(period)


def period_from(period: Period) -> str:
    """What is above or below it: ``de outubro de 2026``, ``do 3º trimestre de 2026``."""
    than = period_than(period)
    return f"d{than}" if than.startswith("o ") else f"de {than}"


def period_at(period: Period) -> str:
    """Where something was the same: ``em outubro de 2026``, ``no período de …``."""
    than = period_than(period)
    return f"n{than}" if than.startswith("o ") else f"em {than}"


def period_head(period: Period) -> tuple[str, str]:
    """Over a column, in two short lines: ``novembro``, ``de 2026``."""
    first, last = period.first, period.last
    if period.month is not None:
        return month_name(first.month), f"de {first.year}"
    if period.quarter:
        return f"{period.quarter}º trimestre", f"de {first.year}"
    if period.is_year:
        return "ano", f"de {first.year}"
    if period.months:
        return _short_month(Month.of(first)), f"a {_short_month(Month.of(last))}"
    if first == last:
        return format_date(first), ""
    return (
        f"{format_short(first)}/{first.year % 100:02d}",
        f"a {format_short(last)}/{last.year % 100:02d}",
    )


def _short_month(month: Month) -> str:
    return f"{month_abbr(month.month)}/{month.year % 100:02d}"


def period_kind(period: Period) -> str:
    """What it is called: ``mês``, ``trimestre``, ``ano``, ``dia``, else ``período``."""
    if period.month is not None:
        return "mês"
    if period.quarter:
        return "trimestre"
    if period.is_year:
        return "ano"
    return "dia" if period.first == period.last else "período"
