"""What each of the newer papers says, and what it must not."""

import re
from dataclasses import replace
from datetime import date

import pytest
from tests.builders import make_part, make_shop
from tests.documents.issued import APPROVED, ended, issue_of
from tests.documents.reading import copies, pages, shows

from osdesk.documents.papers import render_paper
from osdesk.domain.codes import Paper, PaperFormat
from osdesk.domain.default_texts import TEXTS
from osdesk.domain.orders.status import Status
from osdesk.domain.papers.facts import PAPERS

A4 = PaperFormat.A4


def said(issue, text):
    """Whether every copy says it."""
    found = [shows(copy, text) for copy in copies(render_paper(issue, A4, logo=None)).values()]
    assert len(set(found)) == 1
    return found[0]


def test_a_quote_has_all_that_the_law_asks_for():
    issue = issue_of(Paper.QUOTE)
    for text in (
        "Subtotal de mão de obra: R$ 215,00",
        "Subtotal de materiais: R$ 240,00",
        "435,00",
        "Condições de pagamento: Metade na aprovação e metade na retirada.",
        "Início25/11/2026",
        "Término27/11/2026 18:00",
        "Válido até04/12/2026",
        "Aprovado, obriga as duas partes e só muda por acordo entre elas (CDC, art. 40",
        "Se recusar, paga a taxa combinada na entrada: R$ 50,00.",
        "desconto 5,00",
        "Coxim do motor (usada)",
        "Este orçamento vale até 04/12/2026",
    ):
        assert said(issue, text), text


def test_a_quote_asks_for_the_answer_or_says_who_gave_it():
    assert said(issue_of(Paper.QUOTE), "Aprovo este orçamento")
    shop, customer = copies(render_paper(issue_of(Paper.QUOTE), A4, logo=None)).values()
    asked = "Uso da assistência: resposta recebida"
    assert shows(shop, asked)
    assert not shows(customer, asked), "the shop's own record, apart from the customer's answer"
    assert shows(customer, "Nome e CPF:")
    approved = issue_of(Paper.QUOTE, approval=APPROVED)
    told = "Aprovado por Maria, por WhatsApp, em 25/11/2026 11:05 · registrado por Cláudia."
    assert said(approved, told)
    assert not said(approved, "Não aprovo")
    assert not said(approved, "Uso da assistência")


def test_a_quote_asks_for_a_word_on_parts_that_are_not_new_originals():
    asked = "Autorizo as peças não originais"
    assert said(issue_of(Paper.QUOTE), asked)
    assert not said(issue_of(Paper.QUOTE, items=(make_part(),)), asked)


def test_a_quote_of_one_kind_has_no_empty_table():
    only = issue_of(Paper.QUOTE, items=(make_part(),))
    assert not said(only, "Subtotal de mão de obra")
    assert said(only, "Subtotal de materiais")


@pytest.mark.parametrize(
    ("changes", "texts"),
    [
        ({}, ["Orçamento recusado em 25/11/2026.", "Motivo: Achou caro; vai comprar outra."]),
        (
            {
                "status": Status.UNREPAIRABLE,
                "report": "Placa sem reposição.",
                "events": (ended("unrepairable"),),
            },
            ["Sem conserto em 25/11/2026.", "Laudo: Placa sem reposição."],
        ),
        ({}, ["Em aberto: R$ 50,00, a pagar até 01/12/2026.", "sem mangueira de entrada"]),
        ({"balance": 0}, ["Taxa combinada na entrada: R$ 50,00. Paga."]),
        ({"balance": -1000}, ["A devolver ao cliente: R$ 10,00."]),
        ({"fee": 0, "balance": 0}, ["nada é devido por este atendimento"]),
    ],
)
def test_unserviced_says_why_what_is_owed_and_what_goes_back(changes, texts):
    for text in texts:
        assert said(issue_of(Paper.UNSERVICED, **changes), text), text


def test_a_notice_says_since_when_and_what_was_told_before():
    issue = issue_of(Paper.NOTICE)
    for text in (
        "São Paulo/SP, 24 de novembro de 2026.",
        "Espera desde20/10/2026",
        "está pronto e espera a sua retirada",
        "25/11/2026 11:05, telefone",
        "Valor em aberto: R$ 270,00.",
        "em até 30 dias do recebimento deste aviso",
        "Onde retirar: Rua das Palmeiras, 210",
    ):
        assert said(issue, text), text
    first = issue_of(Paper.NOTICE, notices=(), payments=(), balance=0)
    assert said(first, "Não há aviso anterior registrado.")
    assert not said(first, "Valor em aberto")
    refused = issue_of(Paper.NOTICE, status=Status.DECLINED, events=(ended("declined"),))
    assert said(refused, "sem o serviço. Orçamento recusado em 25/11/2026.")


def test_a_letters_text_is_read_without_turning_the_sheet():
    for page in pages(render_paper(issue_of(Paper.NOTICE), A4, logo=None)):
        assert any(line.size >= 12 and "Pedimos que retire" in line.text for line in page)


@pytest.mark.parametrize("form", PAPERS[Paper.TECHNICIAN].formats)
def test_the_technicians_sheet_has_no_word_of_money(form):
    pdf = render_paper(issue_of(Paper.TECHNICIAN), form, logo=None)
    (copy,) = copies(pdf).values()
    text = " ".join(line.text for page in copy for line in page)
    assert "R$" not in text
    for cents in ("180,00", "190,00", "420,00", "150,00", "270,00", "50,00"):
        assert cents not in text
    for words in ("Não centrifuga", "Molhou? não sabe", "Guardar as peças", "Urgente", "A3"):
        assert shows(copy, words), words
    assert shows(copy, "Placa W10540609 (nova original)")


def test_the_whole_order_tells_its_story():
    issue = issue_of(Paper.FULL)
    for text in (
        "SituaçãoEntregue",
        "Placa de potência em curto; trocada e testada",
        "Orçamento versão 2, de R$ 420,00, enviado em 25/11/2026 11:05.",
        "Aprovado por Maria, por WhatsApp",
        "Recebimento em dinheiro (estornado depois)",
        "Estorno em dinheiro",
        "−20,00",
        "313",
        "27/01/2027",
        "25/11/2026 11:05: Coxim trocado com autorização.",
        "Garantia até25/02/2027",
        "Retirado por José Conceição · CPF 111.444.777-35",
    ):
        assert said(issue, text), text
    assert not said(issue, "a pagar até"), "of the first part alone"
    assert said(issue_of(Paper.FULL, instalments=()), "Saldo a pagar até 27/12/2026.")


def test_what_has_not_come_is_not_on_the_whole_order():
    bare = issue_of(
        Paper.FULL,
        **dict.fromkeys(("quote", "approval", "collected", "delivered_on", "warranty_until")),
        payments=(),
        instalments=(),
        log=(),
        items=(),
        ready_on=None,
    )
    for text in ("Pagamentos", "Parcelas", "Aprovado", "Garantia até", "Entregue em", "Anotações"):
        assert not said(bare, text), text


@pytest.mark.parametrize("paper", [Paper.QUOTE, Paper.UNSERVICED, Paper.NOTICE])
def test_a_shop_without_a_text_has_a_paper_without_it(paper):
    issue = replace(issue_of(paper), shop=make_shop(**dict.fromkeys(TEXTS, "")))
    for copy in copies(render_paper(issue, A4, logo=None)).values():
        assert len(copy) == 1
        assert not any("termos" in line.text.lower() for line in copy[0])


def test_a_day_that_nobody_set_is_a_dash():
    issue = issue_of(Paper.QUOTE, start_on=None, payment_terms=None)
    assert said(issue, "Início—")
    assert date(2026, 12, 4) == issue.order.valid_until


def test_the_signed_intake_authorises_its_priced_lines_and_the_ceiling():
    lines = "Autorizo o serviço e os materiais acima, por R$ 420,00."
    ceiling = "Autorizo até R$ 500,00 ao todo, sem nova consulta"
    assert said(issue_of(Paper.INTAKE), lines)
    assert not said(issue_of(Paper.INTAKE), "sem nova consulta")
    both = issue_of(Paper.INTAKE, ceiling=50000)
    assert said(both, lines)
    assert said(both, ceiling)
    unpriced = issue_of(Paper.INTAKE, ceiling=50000, items=(), total=0, payments=())
    assert said(unpriced, ceiling)
    assert not said(unpriced, "Autorizo o serviço")
    for copy in copies(render_paper(both, A4, logo=None)).values():
        page = copy[0]
        (words,) = [line for line in page if line.text.startswith("Autorizo até")]
        (below,) = [line for line in page if line.text.strip() == "Assinatura do cliente"]
        assert words.bottom < below.top, "it is signed"
        assert "SemiBold" in words.font


@pytest.mark.parametrize("status", [Status.AWAITING_APPROVAL, Status.DECLINED, Status.CANCELLED])
def test_an_intake_authorises_nothing_while_a_quote_is_answered_or_after_a_no(status):
    assert not said(issue_of(Paper.INTAKE, ceiling=50000, status=status), "Autorizo")


def test_an_intake_that_was_issued_with_other_sentences_keeps_them():
    before = replace(issue_of(Paper.INTAKE, ceiling=50000), edition=1)
    assert not said(before, "Autorizo")


def test_no_figure_says_the_same_twice():
    unpaid = issue_of(Paper.INTAKE, payments=(), paid=0, balance=42000)
    assert not said(unpaid, "Saldo")
    assert said(issue_of(Paper.INTAKE), "Saldo")
    assert not said(issue_of(Paper.QUOTE), "Mão de obra 215,00")
    delivered = issue_of(Paper.FULL, fee=5000)
    assert not said(delivered, "Taxa combinada")


@pytest.mark.parametrize("paper", [Paper.INTAKE, Paper.QUOTE])
def test_late_fees_that_are_asked_are_agreed_at_12_points(paper):
    issue = issue_of(paper)
    asked = replace(issue, shop=replace(issue.shop, fine_bp=200, interest_bp=100))
    words = "Atraso no pagamento: multa de 2 %, uma vez, e juros simples de 1 % ao mês"
    assert not said(issue, "Atraso no pagamento")
    assert said(asked, words)
    assert not said(replace(asked, edition=1), "Atraso no pagamento")
    (line, *_) = [
        line
        for page in pages(render_paper(asked, A4, logo=None))
        for line in page
        if "Atraso no pagamento" in line.text
    ]
    assert line.size == 12
    assert "SemiBold" in line.font


@pytest.mark.parametrize("paper", [Paper.INTAKE, Paper.FULL, Paper.DELIVERY])
def test_a_return_that_costs_nothing_shows_no_zeros(paper):
    free = tuple(replace(item, unit_price=0, total=0) for item in issue_of(paper).order.items)
    zero = dict.fromkeys(("total", "paid", "balance", "labor_total", "parts_total"), 0)
    issue = issue_of(
        paper, warranty_return_of=9120, items=free, payments=(), instalments=(), **zero
    )
    for form in PAPERS[paper].formats:
        for page in pages(render_paper(issue, form, logo=None)):
            text = " ".join(line.text for line in page)
            assert not re.search(r"(?<!\d)0,00", text)
            assert "(R$)" not in text
            assert "Total" not in text
    assert said(issue, "Placa W10540609")
