"""A period as it is said on a cover, in a sentence, over a column."""

from datetime import date

import pytest

from osdesk.domain.calendar import Month
from osdesk.domain.period import Period
from osdesk.texts.periods import (
    period_at,
    period_from,
    period_head,
    period_in,
    period_kind,
    period_label,
)


def days(first: str, last: str) -> Period:
    return Period(date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize(
    ("period", "label", "within", "than", "head", "kind"),
    [
        (
            Period.of_month(Month(2026, 11)),
            "novembro de 2026",
            "em novembro de 2026",
            "de novembro de 2026",
            ("novembro", "de 2026"),
            "mês",
        ),
        (
            Period.of_quarter(date(2026, 11, 1)),
            "4º trimestre de 2026",
            "no 4º trimestre de 2026",
            "do 4º trimestre de 2026",
            ("4º trimestre", "de 2026"),
            "trimestre",
        ),
        (Period.of_year(2026), "2026", "em 2026", "de 2026", ("ano", "de 2026"), "ano"),
        (
            days("2026-02-01", "2026-03-31"),
            "fevereiro a março de 2026",
            "de fevereiro a março de 2026",
            "do período de fevereiro a março de 2026",
            ("fev/26", "a mar/26"),
            "período",
        ),
        (
            days("2025-12-01", "2026-01-31"),
            "dezembro de 2025 a janeiro de 2026",
            "de dezembro de 2025 a janeiro de 2026",
            "do período de dezembro de 2025 a janeiro de 2026",
            ("dez/25", "a jan/26"),
            "período",
        ),
        (
            days("2026-11-03", "2026-11-15"),
            "03/11/2026 a 15/11/2026",
            "de 03/11/2026 a 15/11/2026",
            "do período de 03/11/2026 a 15/11/2026",
            ("03/11/26", "a 15/11/26"),
            "período",
        ),
        (
            days("2026-11-03", "2026-11-03"),
            "03/11/2026",
            "em 03/11/2026",
            "de 03/11/2026",
            ("03/11/2026", ""),
            "dia",
        ),
    ],
)
def test_words(period, label, within, than, head, kind):
    assert period_label(period) == label
    assert period_in(period) == within
    assert period_from(period) == than
    assert period_head(period) == head
    assert period_kind(period) == kind


def test_where_it_was_the_same():
    assert period_at(Period.of_month(Month(2026, 10))) == "em outubro de 2026"
    assert period_at(Period.of_quarter(date(2026, 7, 1))) == "no 3º trimestre de 2026"
    assert period_at(days("2026-11-03", "2026-11-15")) == "no período de 03/11/2026 a 15/11/2026"
