from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from osdesk.domain.codes import Priority
from osdesk.domain.orders.status import (
    OrderFilter,
    PaymentState,
    Status,
    payment_state_of,
    situation_of,
)
from osdesk.domain.views.listing import FilterCounts, OrderRow, StageView
from osdesk.ui.panes.order_rows import counts_text, row_text

NOW = datetime(2026, 11, 24, 15, tzinfo=ZoneInfo("America/Sao_Paulo"))


def row(**changes: Any) -> OrderRow:
    facts: dict[str, Any] = {
        "number": 10482,
        "id": 1,
        "customer": "Maria das Dores",
        "phone": "(11) 98765-4321",
        "equipment": "Lavadora Brastemp",
        "serial": None,
        "reason": "Não centrifuga\ne faz barulho",
        "technician": "Edson",
        "requested_at": datetime(2026, 11, 21, 1, tzinfo=UTC),
        "requested_on": date(2026, 11, 20),
        "promised_on": date(2026, 11, 26),
        "promised_time": None,
        "status": Status.IN_PROGRESS,
        "total": 42000,
        "paid": 0,
        "due_on": None,
        "signed": False,
        "external_ref": None,
        **changes,
    }
    total, paid, due = facts["total"], facts["paid"], facts["due_on"]
    facts.setdefault("balance", total - paid)
    facts.setdefault("payment_state", payment_state_of(total, paid, due, NOW.date()))
    facts.setdefault(
        "situation",
        situation_of(facts["status"], facts["promised_on"], facts["promised_time"], NOW),
    )
    return OrderRow(**facts)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({}, ("26/11", "", "ink")),
        ({"promised_on": None}, ("—", "", "muted")),
        ({"promised_on": NOW.date()}, ("hoje", "", "amber")),
        ({"promised_on": NOW.date(), "promised_time": "17:00"}, ("hoje 17:00", "", "amber")),
        ({"promised_on": NOW.date(), "promised_time": "14:00"}, ("hoje 14:00", "atrasada", "red")),
        ({"promised_on": date(2026, 11, 23)}, ("23/11", "atrasada 1 dia", "red")),
        ({"promised_on": date(2026, 11, 22)}, ("22/11", "atrasada 2 dias", "red")),
        ({"promised_on": date(2025, 11, 24)}, ("24/11/25", "atrasada 365 d", "red")),
        ({"promised_on": date(2026, 11, 22), "status": Status.READY}, ("22/11", "", "ink")),
        ({"promised_on": NOW.date(), "status": Status.READY}, ("hoje", "", "ink")),
    ],
)
def test_the_promise_in_words_and_tone(changes, words):
    text = row_text(row(**changes), NOW)
    assert (text.promised, text.promised_note, text.promised_tone) == words


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({}, ("420,00", "em aberto", "muted")),
        ({"paid": 15000}, ("420,00", "sinal 150,00", "muted")),
        ({"paid": 42000}, ("420,00", "pago", "green")),
        ({"paid": 45000}, ("420,00", "devolver 30,00", "amber")),
        ({"status": Status.AWAITING_APPROVAL}, ("420,00", "—", "muted")),
        ({"status": Status.AWAITING_APPROVAL, "paid": 100}, ("420,00", "sinal 1,00", "muted")),
        ({"total": 0}, ("—", "—", "muted")),
        ({"total": 0, "paid": 5000}, ("—", "crédito 50,00", "green")),
        (
            {"status": Status.DELIVERED, "paid": 15000, "due_on": date(2026, 12, 1)},
            ("420,00", "falta 270,00", "muted"),
        ),
        (
            {"status": Status.DELIVERED, "due_on": date(2026, 11, 20)},
            ("420,00", "vencida", "red"),
        ),
    ],
)
def test_the_payment_in_words_and_tone(changes, words):
    text = row_text(row(**changes), NOW)
    assert (text.total, text.payment, text.payment_tone) == words


TRIAGE = StageView(1, Status.RECEIVED, "Triagem", "violet")
WAITS = {
    "status": Status.AWAITING_PART,
    "waiting_for": "Placa\nW10540609",
    "waiting_since": date(2026, 11, 18),
}


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({}, ("", "muted")),
        ({"stage": TRIAGE}, ("Triagem", "violet")),
        (WAITS, ("há 6 dias: Placa W10540609", "amber")),
        ({**WAITS, "waiting_since": date(2026, 11, 23)}, ("há 1 dia: Placa W10540609", "amber")),
        ({**WAITS, "waiting_since": NOW.date()}, ("hoje: Placa W10540609", "amber")),
        ({**WAITS, "waiting_since": None}, ("Placa W10540609", "amber")),
        ({**WAITS, "stage": TRIAGE}, ("Triagem · há 6 dias", "violet")),
        ({**WAITS, "status": Status.CANCELLED}, ("", "muted")),
        (
            {"status": Status.AWAITING_APPROVAL, "quote_expired": True, "stage": TRIAGE},
            ("orçamento vencido", "red"),
        ),
    ],
)
def test_what_stands_under_the_status(changes, words):
    text = row_text(row(**changes), NOW)
    assert (text.status_note, text.status_note_tone) == words
    assert words[0] in text.spoken


@pytest.mark.parametrize(
    ("priority", "words"),
    [
        (Priority.LOW, ("", "muted")),
        (Priority.NORMAL, ("", "muted")),
        (Priority.HIGH, ("alta", "amber")),
        (Priority.URGENT, ("urgente", "red")),
    ],
)
def test_only_a_priority_that_presses_is_said(priority, words):
    text = row_text(row(priority=priority), NOW)
    assert (text.priority, text.priority_tone) == words
    assert ("prioridade" in text.spoken) == bool(words[0])


def test_the_day_of_entry_is_the_one_written_and_reasons_stay_in_one_line():
    text = row_text(row(), NOW.astimezone(ZoneInfo("Asia/Tokyo")))
    assert text.requested == "20/11", "as it was written, whatever zone the shop has since"
    assert text.reason == "Não centrifuga e faz barulho"
    assert text.status == "Em andamento"
    assert "OS 10482, Maria das Dores" in text.spoken


def test_a_state_of_payment_is_never_shown_by_colour_alone():
    for state in PaymentState:
        text = row_text(row(payment_state=state), NOW)
        assert text.payment


@pytest.mark.parametrize(
    ("numbers", "words"),
    [
        ((37, 4, 9), "37 ordens abertas · 4 atrasadas · 9 a receber: R$ 3.412,00"),
        ((1, 1, 0), "1 ordem aberta · 1 atrasada"),
        ((0, 0, 0), "0 ordens abertas"),
        ((10445, 0, 0), "10.445 ordens abertas"),
    ],
)
def test_the_status_line(numbers, words):
    counts = dict.fromkeys(OrderFilter, 0)
    keys = (OrderFilter.OPEN, OrderFilter.LATE, OrderFilter.RECEIVABLE)
    counts.update(zip(keys, numbers, strict=True))
    assert counts_text(FilterCounts(counts, 341200)) == words


def test_a_missing_signature_is_a_small_word_where_nothing_else_is_said():
    assert row_text(row(unsigned=True), NOW).status_note == "não assinada"
    assert "não assinada" in row_text(row(unsigned=True), NOW).spoken
    assert row_text(row(), NOW).status_note == ""
    waits = row(unsigned=True, status=Status.AWAITING_PART, waiting_for="Placa")
    assert row_text(waits, NOW).status_note == "Placa"
