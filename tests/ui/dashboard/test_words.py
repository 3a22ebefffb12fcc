from datetime import date

import pytest

from osdesk.domain.calendar import Month
from osdesk.domain.views.figures import Attention, Dashboard, MoneyCount
from osdesk.ui.dashboard import words


def board(**changes):
    months = tuple((Month(2026, 11).shifted(back), 0) for back in range(-11, 1))
    figures = {
        "today": date(2026, 11, 24),
        "open": 0,
        "in_progress": 0,
        "late": 0,
        "awaiting_approval": 0,
        "ready": 0,
        "receivable": MoneyCount(0, 0),
        "overdue": MoneyCount(0, 0),
        "revenue_month": 0,
        "revenue_same_day_last_month": 1_810_000,
        "revenue_months": months,
        "revenue_adjustments": (),
        "opened_today": 0,
        "oldest_late_days": 0,
        "ready_over_30_days": 0,
        "debtors": (),
        "attention": (),
        "load": (),
    }
    return Dashboard(**{**figures, **changes})


@pytest.mark.parametrize(
    ("note", "changes", "text"),
    [
        (words.opened_note, {}, "nenhuma entrou hoje"),
        (words.opened_note, {"opened_today": 1}, "1 entrou hoje"),
        (words.opened_note, {"opened_today": 5}, "5 entraram hoje"),
        (words.late_note, {}, "tudo em dia"),
        (words.late_note, {"late": 2}, "desde hoje"),
        (words.late_note, {"late": 2, "oldest_late_days": 1}, "a mais antiga: 1 dia"),
        (words.ready_note, {}, "nenhuma há mais de 30 dias"),
        (words.ready_note, {"ready_over_30_days": 2}, "2 há mais de 30 dias"),
        (words.receivable_note, {}, "nada a receber"),
        (words.receivable_note, {"receivable": MoneyCount(1, 5)}, "1 ordem · nenhuma vencida"),
        (
            words.receivable_note,
            {"receivable": MoneyCount(9, 5), "overdue": MoneyCount(3, 4)},
            "9 ordens · 3 vencidas",
        ),
        (words.revenue_note, {}, "até 24/10: R$ 18.100,00"),
        (words.revenue_note, {"today": date(2026, 12, 31)}, "até 31/10: R$ 18.100,00"),
    ],
)
def test_a_note_says_what_the_figure_means(note, changes, text):
    assert note(board(**changes)) == text


def test_the_same_day_of_a_shorter_month_is_its_last():
    months = tuple((Month(2027, 3).shifted(back), 0) for back in range(-11, 1))
    march = board(today=date(2027, 3, 31), revenue_months=months)
    assert words.revenue_note(march).startswith("até 28/02")


@pytest.mark.parametrize(
    ("why", "days", "time", "tone", "text"),
    [
        ("late", 2, None, "red", "2 dias de atraso · Edson"),
        ("late", 0, "14:00", "red", "atrasada desde as 14:00 de hoje · Edson"),
        ("due_today", 0, "17:00", "amber", "prometida para hoje às 17:00 · Edson"),
        ("due_today", 0, None, "amber", "prometida para hoje · Edson"),
        ("quote_unanswered", 4, None, "violet", "orçamento sem resposta há 4 dias"),
        ("quote_expired", 1, None, "violet", "orçamento venceu há 1 dia"),
        ("not_collected", 41, None, "green", "pronta há 41 dias, ninguém retirou"),
        ("overdue", 8, None, "amber", "R$ 185,00 vencidos há 8 dias"),
    ],
)
def test_each_reason_to_act_has_its_sentence(why, days, time, tone, text):
    item = Attention(10476, why, days, "Padaria", "Lavadora", "Edson", time, 18500)
    line = words.attention_line(item)
    assert (line.tone, line.why) == (tone, text)
    assert line.title == ("OS 10476 · Padaria" if why == "overdue" else "OS 10476 · Lavadora")


def test_a_closed_month_says_by_how_much_its_record_differs():
    assert words.adjusted_note(board()) == ""
    changed = ((Month(2026, 9), 5_000), (Month(2026, 10), -37_000))
    assert words.adjusted_note(board(revenue_adjustments=changed)).replace("\xa0", " ") == (
        "Ajustes depois do fechamento: setembro de 2026 +R$ 50,00, outubro de 2026 −R$ 370,00"
    )


def test_what_is_owed_to_a_customer_says_how_much():
    line = words.attention_line(Attention(12, "to_refund", 3, "Ana", "TV LG", None, None, 6_000))
    assert line.title == "OS 12 · Ana"
    assert line.why.replace("\xa0", " ") == "R$ 60,00 a devolver há 3 dias"
