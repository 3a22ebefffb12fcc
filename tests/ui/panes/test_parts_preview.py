"""What is said of the parts in which a balance is paid: when, how much, how far."""

from datetime import date

import pytest
from tests.builders import make_sheet

from osdesk.domain.views.orders import InstalmentView
from osdesk.ui.panes.parts_preview import standing_words

TODAY = date(2027, 1, 20)


def parts(*paid: int) -> tuple[InstalmentView, ...]:
    """One of 100,00 on the fifteenth of each month from December 2026 on."""
    days = [date(2026 + (11 + n) // 12, (11 + n) % 12 + 1, 15) for n in range(len(paid))]
    return tuple(InstalmentView(day, 10_000, sum_) for day, sum_ in zip(days, paid, strict=True))


@pytest.mark.parametrize(
    ("paid", "lines"),
    [
        ((), [""]),
        (
            (10_000, 0, 0),
            [
                "3 parcelas, 1 paga:",
                "15/12/2026  100,00 · paga",
                "15/01/2027  100,00 · vencida",
                "15/02/2027  100,00",
            ],
        ),
        (
            (2_500, 0),
            [
                "2 parcelas, nenhuma paga:",
                "15/12/2026  100,00 · pago 25,00 · vencida",
                "15/01/2027  100,00 · vencida",
            ],
        ),
        (
            (10_000, 10_000),
            ["2 parcelas, 2 pagas:", "15/12/2026  100,00 · paga", "15/01/2027  100,00 · paga"],
        ),
    ],
)
def test_each_part_says_when_how_much_and_how_far(paid, lines):
    assert standing_words(make_sheet(instalments=parts(*paid)), TODAY).split("\n") == lines


def test_of_many_those_around_today_are_told_one_by_one():
    words = standing_words(make_sheet(instalments=parts(*[10_000] * 4, *[0] * 8)), TODAY)
    lines = words.split("\n")
    assert lines[0] == "12 parcelas, 4 pagas:"
    assert lines[1] == "15/03/2027  100,00 · paga", "the last one that was paid"
    assert lines[2] == "15/04/2027  100,00"
    assert lines[-1] == "e mais 3 outras, até 15/11/2027"
    done = standing_words(make_sheet(instalments=parts(*[10_000] * 12)), TODAY).split("\n")
    assert len(done) == 7
    assert done[-1] == "15/11/2027  100,00 · paga"


def test_a_part_due_on_a_day_without_business_is_not_overdue_before_the_next_one_ends():
    saturday = (InstalmentView(date(2027, 1, 16), 100, 0),)
    order = make_sheet(instalments=saturday)
    assert "vencida" not in standing_words(order, date(2027, 1, 18))
    assert "vencida" in standing_words(order, date(2027, 1, 19))
