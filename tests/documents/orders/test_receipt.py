"""Receipts: who, how much in words, for what, what is left; and money that goes back."""

from datetime import date

import pytest
from tests.builders import make_issue, make_payment, make_sheet
from tests.documents.reading import copies, shows, squash

from osdesk.documents.orders.receipt import parts_text, statement
from osdesk.documents.papers import render_paper
from osdesk.domain.codes import Paper, PaperFormat, PaymentKind, PaymentMethod
from osdesk.domain.papers.facts import PAPERS
from osdesk.domain.views.orders import InstalmentView

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
        "Recebi de Maria das Dores Conceição, CPF 529.982.247-25, a quantia de R$ 150,00",
        "(cento e cinquenta reais), em 24/11/2026, por Pix, referente a pagamento parcial da ordem",
        "e dela dou quitação.",
        "Data do pagamento",
        "Recibo 311 · OS 10482 · versão 3",
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
    assert not shows(page, "dou quitação")
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


def in_parts(*payments, agreed=(9000, 9000, 9000), **changes):
    """An order of 420,00 whose 270,00 were agreed in parts after a deposit of 150,00."""
    balance = 42000 - sum(payment.amount for payment in payments)
    left = balance
    views = []
    for number, amount in reversed(list(enumerate(agreed))):
        open_ = min(left, amount)
        left -= open_
        views.insert(0, InstalmentView(date(2027, number + 1, 10), amount, amount - open_))
    return make_sheet(payments=payments, instalments=tuple(views), **changes)


DEPOSIT = make_payment()


def paid(number, amount, **more):
    return make_payment(id=number, amount=amount, receipt=310 + number, **more)


@pytest.mark.parametrize(
    ("payments", "which", "words"),
    [
        ([DEPOSIT], 0, "pagamento parcial da ordem"),
        ([DEPOSIT, paid(2, 9000)], 0, "pagamento parcial da ordem"),
        ([DEPOSIT, paid(2, 9000)], 1, "pagamento parcial, parcela 1 de 3, da ordem"),
        ([DEPOSIT, paid(2, 4000)], 1, "pagamento parcial, parte da parcela 1 de 3, da ordem"),
        (
            [DEPOSIT, paid(2, 4000), paid(3, 5000)],
            2,
            "pagamento parcial, parte da parcela 1 de 3, da ordem",
        ),
        (
            [DEPOSIT, paid(2, 9000), paid(3, 9000)],
            2,
            "pagamento parcial, parcela 2 de 3, da ordem",
        ),
        ([DEPOSIT, paid(2, 18000)], 1, "pagamento parcial, parcelas 1 e 2 de 3, da ordem"),
        (
            [DEPOSIT, paid(2, 12000)],
            1,
            "pagamento parcial, parte das parcelas 1 e 2 de 3, da ordem",
        ),
        (
            [DEPOSIT, paid(2, 18000), paid(3, 9000)],
            2,
            "pagamento final, que quita o valor, parcela 3 de 3, da ordem",
        ),
        (
            [DEPOSIT, paid(2, 27000)],
            1,
            "pagamento final, que quita o valor, parcelas 1 a 3 de 3, da ordem",
        ),
    ],
)
def test_the_receipt_of_an_instalment_names_it(payments, which, words):
    order = in_parts(*payments)
    payment = order.payments[which]
    issue = make_issue(Paper.RECEIPT, order=order, payment=payment)
    assert words in statement(issue, payment)


def test_a_day_that_was_typed_earlier_does_not_make_a_deposit_an_instalment():
    late = paid(2, 9000, paid_on=date(2026, 11, 1))
    order = in_parts(late, DEPOSIT)
    assert parts_text(order, DEPOSIT) == ""
    assert parts_text(order, late) == "parcela 1 de 3"


def test_nothing_is_said_of_parts_where_money_went_back_or_they_are_not_what_is_owed():
    back = paid(3, -5000, kind=PaymentKind.REFUND)
    order = in_parts(DEPOSIT, paid(2, 9000), back)
    assert parts_text(order, order.payments[1]) == ""
    other = in_parts(DEPOSIT, paid(2, 9000), balance=1)
    assert parts_text(other, other.payments[1]) == ""


@pytest.mark.parametrize(
    ("fees", "which", "words"),
    [
        ((0, 540, 0, 0), 1, "pagamento parcial, parcela 1 de 3, da ordem"),
        ((0, 540, 0, 0), 2, "pagamento parcial, parcela 2 de 3, da ordem"),
        ((0, 540, 300, 0), 1, "pagamento parcial, parcela 1 de 3, da ordem"),
        ((0, 540, 300, 0), 2, "pagamento parcial, parcela 2 de 3, da ordem"),
        ((0, 540, 300, 120), 3, "pagamento final, que quita o valor, parcela 3 de 3, da ordem"),
    ],
)
def test_late_fees_inside_a_payment_pay_no_part(fees, which, words):
    """By the last receipt everything was paid; each one says what it paid of the price."""
    amounts = (15000, 9000, 9000, 9000)
    payments = [
        paid(place + 1, amount + fee, late_fees=fee)
        for place, (amount, fee) in enumerate(zip(amounts, fees, strict=True))
        if place <= max(which, 2)
    ]
    charged = sum(payment.late_fees for payment in payments)
    left = 42000 + charged - sum(payment.amount for payment in payments)
    parts = tuple(
        InstalmentView(date(2027, number + 1, 10), 9000, 9000 if number < 2 or not left else 0)
        for number in range(3)
    )
    order = make_sheet(
        payments=tuple(payments),
        instalments=parts,
        total=42000 + charged,
        balance=left,
        late_fees=charged,
    )
    issue = make_issue(Paper.RECEIPT, order=order, payment=order.payments[which])
    assert words in statement(issue, order.payments[which])


def test_a_receipt_says_the_late_fees_in_it_and_the_total_of_that_day():
    first = paid(1, 15540, late_fees=540)
    later = paid(2, 9200, late_fees=200)
    order = make_sheet(payments=(first, later), total=42740, late_fees=740)
    page = receipt(order, first)
    assert shows(page, "Encargos de atraso (R$)")
    assert shows(page, "5,40")
    assert shows(page, "425,40"), "the total with the fees of that day, not with later ones"
    assert shows(page, "270,00")
    assert not shows(receipt(make_sheet(payments=(DEPOSIT,)), DEPOSIT), "Encargos de atraso")


@pytest.mark.parametrize("form", PAPERS[Paper.RECEIPT].formats)
def test_the_amount_is_in_words_on_every_format_of_every_kind(form):
    for kind, amount, title in (
        (PaymentKind.PAYMENT, 123_456, "RECIBO"),
        (PaymentKind.REVERSAL, -123_456, "RECIBO DE ESTORNO"),
        (PaymentKind.REFUND, -123_456, "RECIBO DE DEVOLUÇÃO"),
    ):
        payment = make_payment(kind=kind, amount=amount)
        issue = make_issue(Paper.RECEIPT, order=make_sheet(payments=(payment,)), payment=payment)
        for copy in copies(render_paper(issue, form, logo=None)).values():
            text = squash("".join(line.text for page in copy for line in page))
            for words in (
                "R$ 1.234,56",
                "(mil duzentos e trinta e quatro reais e cinquenta e seis centavos)",
                "não substitui documento fiscal",
                title,
            ):
                assert squash(words) in text, words
