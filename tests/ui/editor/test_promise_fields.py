"""The promised day: what day it is, told at once, and what is usual; never refused."""

from datetime import date

import pytest
from PySide6.QtCore import Qt

from osdesk.domain.views.counter import SimilarJobs
from osdesk.ui.editor.side import PromiseFields, promise_words, similar_words

TUESDAY = date(2026, 11, 24)


@pytest.fixture
def fields(desk, qtbot):
    fields = PromiseFields(desk)
    qtbot.addWidget(fields)
    fields.show()
    return fields


@pytest.mark.parametrize(
    ("typed", "day", "saturday", "words", "tone"),
    [
        ("", None, False, "", ""),
        ("27/11", date(2026, 11, 27), False, "", ""),
        ("+3", date(2026, 11, 27), False, "Sexta-feira, 27/11/2026", ""),
        ("amanhã", date(2026, 11, 25), False, "Quarta-feira, 25/11/2026", ""),
        ("29/11", date(2026, 11, 29), True, "29/11/2026 é domingo.", "amber"),
        ("28/11", date(2026, 11, 28), False, "28/11/2026 é sábado: a loja não abre.", "amber"),
        ("28/11", date(2026, 11, 28), True, "", ""),
        ("25/12", date(2026, 12, 25), False, "25/12/2026 é feriado nacional.", "amber"),
    ],
)
def test_what_day_it_is(typed, day, saturday, words, tone):
    assert promise_words(typed, day, saturday) == (words, tone)


def test_days_ahead_show_their_date_as_they_are_typed(fields, qtbot):
    fields.day.setFocus()
    qtbot.keyClicks(fields.day, "+3")
    assert fields.note.text() == "Sexta-feira, 27/11/2026"
    qtbot.keyClick(fields.day, Qt.Key.Key_Tab)
    assert fields.day.text() == "27/11/2026"
    fields.day.setText("29/11/2026")
    assert fields.note.text() == "29/11/2026 é domingo."
    assert fields.day.value() == date(2026, 11, 29), "warned of, never refused"
    assert fields.day.error_text() == ""
    fields.day.setText("30/02")
    assert fields.note.isHidden()


def test_the_usual_day_gives_way_to_a_typed_one(fields):
    assert fields.offer(3)
    assert fields.day.value() == date(2026, 11, 27)
    assert not fields.offer(3)
    assert fields.offer(5)
    assert fields.day.value() == date(2026, 12, 1)
    assert fields.offer(None)
    assert fields.day.is_blank()
    fields.day.setText("10/12/2026")
    assert not fields.is_open()
    assert not fields.offer(3)
    assert fields.day.value() == date(2026, 12, 10)
    fields.day.setText("amanhx")
    assert not fields.is_open()
    assert not fields.offer(3)
    assert fields.day.text() == "amanhx"


def test_works_like_this_in_words(fields, qtbot):
    assert similar_words(None) == ""
    assert similar_words(SimilarJobs(12, 23_000, 4)) == "Como este: R$ 230,00 · 4 dias (12 OS)"
    assert similar_words(SimilarJobs(3, 100, 1)) == "Como este: R$ 1,00 · 1 dia (3 OS)"
    assert similar_words(SimilarJobs(3, 100, 0)) == "Como este: R$ 1,00 · no mesmo dia (3 OS)"
    assert not fields.take.isVisible()
    fields.show_similar(SimilarJobs(12, 23_000, 4))
    assert fields.take.text() == "Usar  F7"
    with qtbot.waitSignal(fields.similar_requested):
        qtbot.keyClick(fields, Qt.Key.Key_F7)
