"""Receipts: who, how much in words, for what, what is left; and money that goes back."""

import pytest
from tests.builders import make_issue, make_payment, make_sheet
from tests.documents.reading import copies, shows

from osdesk.documents.papers import render_paper
from osdesk.domain.codes import Paper, PaperFormat, PaymentKind, PaymentMethod

HALF_PAPER = PaperFormat.A4_HALF


def receipt(order, payment) -> list[list]:
    issue = make_issue(Paper.RECEIPT, order=order, payment=payment)
    shop, client = copies(render_paper(issue, HALF_PAPER, logo=None)).values()
    assert shows(shop, "não substitui documento fiscal")
    return client


def test_a_receipt_says_how_much_in_words_for_what_and_what_is_left():
    first = make_payment()
    last = make_payment(id=2, amount=27000, receipt=312, method=PaymentMethod.CASH)
    order = make_sheet(payments=(first, last))
    page = receipt(order, first)
    for text in (
        "311",
        "Recebi(emos) de Maria das Dores Conceição, CPF 529.982.247-25, a quantia de R$ 150,00",
        "(cento e cinquenta reais), referente a pagamento parcial da ordem de serviço nº 10482",
        "São Paulo/SP, 24 de novembro de 2026.",
        "Saldo (R$)",
        "270,00",
    ):
        assert shows(page, text), text
    page = receipt(order, last)
    assert shows(page, "pagamento final, que quita o valor, da ordem de serviço nº 10482")
    assert shows(page, "Dinheiro")
    whole = make_payment(amount=42000)
    assert shows(receipt(make_sheet(payments=(whole,)), whole), "pagamento integral da ordem")
    early = make_sheet(items=(), payments=(first,))
    page = receipt(early, first)
    assert shows(page, "sinal, crédito do cliente")
    assert shows(page, "Crédito do cliente (R$)")


def test_money_that_goes_back_is_worded_as_such():
    first = make_payment(reversed=True)
    back = make_payment(
        id=2, kind=PaymentKind.REVERSAL, amount=-15000, receipt=312, reverses=1, reversed=False
    )
    order = make_sheet(payments=(first, back))
    page = receipt(order, back)
    assert shows(page, "Fica estornado o recebimento de R$ 150,00 (cento e cinquenta reais)")
    assert shows(page, "pelo recibo nº 311")
    assert any(line.text == "RECIBO DE ESTORNO" for line in page[0])
    assert not shows(page, "Recebi(emos)")
    assert shows(receipt(order, first), "o recibo ficou sem efeito")
    refund = make_payment(id=3, kind=PaymentKind.REFUND, amount=-2000, receipt=313)
    page = receipt(make_sheet(payments=(make_payment(), refund)), refund)
    assert shows(
        page, "Recebi de Eletrônica Horizonte, CNPJ 12.345.678/0001-95, a quantia de R$ 20,00"
    )
    assert shows(page, "Devolução ao cliente")


def test_a_receipt_without_a_payment_is_a_bug():
    with pytest.raises(ValueError, match="payment"):
        render_paper(make_issue(Paper.RECEIPT, payment=None), HALF_PAPER, logo=None)
