"""The history in words: every kind of event that an order of a real shop has."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from tests.ui.conftest import NOW

from osdesk.domain.codes import ApprovalVia, EventCode, Paper, PaymentMethod
from osdesk.domain.orders.forms import StepForm
from osdesk.domain.orders.status import Status
from osdesk.domain.views.orders import EventView
from osdesk.services.orders.forms import load_form
from osdesk.services.orders.payments import refund_order, reverse_payment
from osdesk.services.orders.saving import edit_order
from osdesk.services.orders.steps import move_order, reopen_order
from osdesk.services.orders.view import order_view
from osdesk.services.papers.papers import issue_paper
from osdesk.texts import EVENT
from osdesk.ui.editor.history import event_words, what_happened


def events_of(desk, number):
    return desk.read(order_view, number, now=NOW).events


def told(desk, number):
    return [what_happened(event) for event in events_of(desk, number)]


def test_the_whole_story_of_one_order(desk):
    act = {"now": NOW, "author": None}
    payment = desk.read(order_view, 4, now=NOW).payments[0]
    desk.write(refund_order, 4, amount=1000, method=PaymentMethod.CASH, reason="Troco", **act)
    desk.write(issue_paper, 4, Paper.INTAKE, **act)
    form = desk.read(load_form, 4)
    form.discount, form.change_reason = 2000, "Cliente antigo"
    desk.write(edit_order, 4, form, **act)
    desk.write(move_order, 4, Status.READY, StepForm(), **act)
    form = desk.read(load_form, 4)
    form.due_on = NOW.date()
    delivered = StepForm(collected_by="Ana")
    desk.write(move_order, 4, Status.DELIVERED, delivered, form=form, **act)
    desk.write(reopen_order, 4, reason="Voltou com defeito", **act)
    story = "\n".join(told(desk, 4))
    assert payment.amount == 5000
    for words in (
        "OS aberta",
        "Orçamento emitido, versão 1: R$ 180,00",
        "Orçamento aprovado por Cliente no balcão: R$ 180,00",
        "Situação alterada: Recebida → Aprovada",
        "Pagamento recebido: R$ 50,00 · Dinheiro · recibo",
        "Dinheiro devolvido: R$ 10,00 · Dinheiro",
        "motivo: Troco",
        "Documento emitido: Ordem de serviço, versão 1",
        "OS alterada: desconto (R$ 0,00 → R$ 20,00)",
        "Preço reduzido: R$ 180,00 → R$ 160,00 · motivo: Cliente antigo",
        "retirada por Ana · garantia até 22/02/2027",
        "OS reaberta: Entregue → Pronta para retirada · motivo: Voltou com defeito",
    ):
        assert words in story


def test_a_reversal_is_told_with_its_reason(desk):
    payment = desk.read(order_view, 4, now=NOW).payments[0]
    desk.write(reverse_payment, 4, payment.id, reason="Valor errado", now=NOW, author=None)
    assert told(desk, 4)[-1].startswith("Pagamento estornado: R$ 50,00 · Dinheiro")
    assert told(desk, 4)[-1].endswith("motivo: Valor errado")


@pytest.mark.parametrize(
    ("code", "data", "words"),
    [
        (
            EventCode.NOTE_ADDED,
            {"note": 1, "for_customer": True, "body": "Ligar\ndepois"},
            "Anotação feita · para o cliente · “Ligar depois”",
        ),
        (EventCode.NOTE_ADDED, {"note": 1, "for_customer": False}, "Anotação feita"),
        (
            EventCode.FILE_ADDED,
            {"kind": "photo", "name": "frente.jpg"},
            "Arquivo anexado · foto · “frente.jpg”",
        ),
        (EventCode.FILE_REMOVED, {"kind": "other"}, "Arquivo retirado"),
        (
            EventCode.SIGNED,
            {"paper": "intake", "version": 2},
            "Via assinada arquivada · Ordem de serviço · versão 2",
        ),
        (
            EventCode.NOTICE_GIVEN,
            {"kind": "pick_up", "channel": "whatsapp", "body": "Está pronta"},
            "Cliente avisado · retirada · WhatsApp · “Está pronta”",
        ),
        (
            EventCode.ACCESS_CODE_SET,
            {"kind": "not_informed"},
            "Senha do aparelho anotada · Cliente não informou",
        ),
        (
            EventCode.ORDER_OPENED,
            {"warranty_return_of": 9},
            "OS aberta · retorno em garantia da OS 9",
        ),
        (
            EventCode.ORDER_CHANGED,
            {
                "changed": ["instalments", "stage"],
                "instalments_before": [],
                "instalments": [["2026-12-24", 10000], ["2027-01-24", 5000]],
                "stage_before": None,
                "stage": "Bancada",
            },
            (
                "OS alterada: parcelas (vazio → R$ 100,00 em 24/12/2026, "
                "R$ 50,00 em 24/01/2027); etapa (vazio → “Bancada”)"
            ),
        ),
        (
            EventCode.MOVED,
            {"from": "in_progress", "to": "ready", "stage_before": "Em teste"},
            "Situação alterada: Em andamento → Pronta para retirada · saiu da etapa Em teste",
        ),
    ],
)
def test_what_stands_behind_an_event(code, data, words):
    assert what_happened(EventView(NOW, None, code, data)) == words


@pytest.mark.parametrize("code", EventCode)
def test_no_event_is_told_in_code_even_where_its_texts_were_erased(code):
    data = {
        EventCode.MOVED: {"from": "received", "to": "approved"},
        EventCode.REOPENED: {"from": "delivered", "to": "ready"},
        EventCode.APPROVED: {"via": ApprovalVia.PHONE.value, "total": 100},
        EventCode.PAPER_ISSUED: {"paper": "intake", "version": 2},
        EventCode.QUOTE_ISSUED: {"version": 1, "total": 100},
        EventCode.PAID: {"amount": 1, "method": "pix", "receipt": 1, "balance": 0},
        EventCode.REVERSED: {"amount": -1, "method": "pix", "receipt": 1, "balance": 0},
        EventCode.REFUNDED: {"amount": -1, "method": "pix", "receipt": 1, "balance": 0},
        EventCode.ORDER_CHANGED: {"changed": ["promised_on", "equipment.serial"]},
    }.get(code, {})
    words = what_happened(EventView(NOW, None, code, data))
    assert words.startswith(EVENT[code])
    assert "_" not in words
    assert "None" not in words


def test_a_changed_entry_is_said_as_a_moment_of_the_shops_zone(desk):
    form = desk.read(load_form, 4)
    form.requested_at = NOW - timedelta(days=3)
    desk.write(edit_order, 4, form, now=NOW, author=None)
    words = event_words(events_of(desk, 4)[-1], ZoneInfo("America/Sao_Paulo"))
    assert "24/11/2026 12:00 → 21/11/2026 12:00)" in words
