"""Figures of the month in words."""

from datetime import date

import pytest
from tests.report_builders import empty_report, make_figures, make_report

from osdesk.documents.report.words import change, counted, reais, share, story, tenths
from osdesk.domain.calendar import Month
from osdesk.domain.period import Period


@pytest.mark.parametrize(
    ("now", "then", "words"),
    [
        *((112, 100, "+12 %"), (92, 100, "−8 %"), (100, 100, "0 %"), (0, 10, "−100 %")),
        *((1005, 1000, "+1 %"), (1004, 1000, "0 %"), (995, 1000, "−1 %"), (996, 1000, "0 %")),
        *((5, 0, "—"), (5, -3, "—"), (-5, 10, "−150 %"), (125_000, 1, "+12.499.900 %")),
    ],
)
def test_a_change_is_in_whole_hundredths_half_up_both_ways(now, then, words):
    assert change(now, then).replace("\xa0", " ") == words


def test_parts_and_amounts():
    assert share(5, 38).replace("\xa0", " ") == "13 %"
    assert share(1, 0) == share(-1, 10) == "—"
    assert reais(-123_456) == "−R$\xa01.234,56"
    assert tenths(23) == "2,3"
    assert tenths(12_340) == "1.234,0"
    assert counted(1, "ordem", "ordens") == "1\xa0ordem"
    assert counted(1_200, "ordem", "ordens") == "1.200\xa0ordens"


def sentences(**figures: object) -> str:
    return " ".join(story(make_report(figures=make_figures(**figures)))).replace("\xa0", " ")


def test_one_is_not_many():
    text = sentences(
        opened=1, finished=1, delivered=1, cancelled=1, late=1, mean_late_days=20, late_open=1
    )
    assert "1 ordem entrou, 1 ficou pronta, 1 foi entregue e 1 foi cancelada." in text
    assert "A margem conta R$ 310,50 de materiais sem custo informado" in text
    late = (
        "1 de 1 ordem que ficou pronta passou do prometido, em média 2,0 dias; em 30/11, 1 outra "
    )
    assert f"{late}esperava além do prometido." in text


def test_what_did_not_happen_is_left_out_and_said_where_it_is_missed():
    nothing = dict.fromkeys(("fees", "allowances", "late_open", "cost_unknown"), 0)
    text = sentences(opened=0, delivered=0, late=0, reversed=0, receivable=0, **nothing)
    assert "38 ordens ficaram prontas e 2 foram canceladas." in text
    assert "Nada foi faturado" in text
    assert "Nenhuma ficou pronta depois do prometido." in text
    assert "Foram recebidos R$ 18.100,00." in text
    assert "não havia nada a receber" in text


def test_revenue_is_told_against_both_months():
    figures = make_figures(discounts=0, revenue=1_990_050)
    report = make_report(
        figures=figures,
        before=make_figures(Month(2026, 10), revenue=1_990_050),
        year_ago=make_figures(Month(2025, 11), revenue=995_025),
    )
    text = " ".join(story(report)).replace("\xa0", " ")
    assert "descontos" not in text
    assert "o mesmo que em outubro de 2026 e 100 % acima de novembro de 2025." in text


def test_nothing_is_told_calmly():
    assert len(story(empty_report())) == 4


def test_what_moved_agrees_with_its_verb_and_other_days_with_their_article():
    days = Period(date(2026, 11, 3), date(2026, 11, 15))
    before = make_figures(days.previous(), received=1_700_000)
    year_ago = make_figures(days.year_ago(), revenue=1_926_000)
    report = make_report(figures=make_figures(days), before=before, year_ago=year_ago)
    text = " ".join(story(report)).replace("\xa0", " ")
    assert "Diante do período de 21/10/2026 a 02/11/2026, subiu o recebido (+6 %)." in text
    assert "o mesmo que no período de 21/10/2026 a 02/11/2026" in text
    assert "quase o mesmo que no período de 03/11/2025 a 15/11/2025" in text
