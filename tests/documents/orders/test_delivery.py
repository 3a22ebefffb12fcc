"""Delivery and warranty terms: what was done, and until which day it is covered."""

from dataclasses import replace
from datetime import date, timedelta

from tests.builders import make_delivered, make_issue, make_item, make_part
from tests.documents.reading import COPIES, copies, shows

from osdesk.documents.papers import render_paper
from osdesk.domain.codes import Paper, PaperFormat
from osdesk.domain.views.orders import InstalmentView

HALF_PAPER = PaperFormat.A4_HALF


def delivery(**overrides) -> list[list]:
    issue = make_issue(Paper.DELIVERY, order=make_delivered(**overrides))
    return copies(render_paper(issue, HALF_PAPER, logo=None))[COPIES[1]]


def test_a_delivery_term_gives_the_warranty_as_dates_counted_from_delivery():
    page = delivery()
    for text in (
        "Garantia legal de 90 dias (CDC, art. 26, II) sobre o serviço e as peças colocadas",
        "de 27/11/2026 a 25/02/2027",
        "Placa de potência em curto; trocada e testada em três ciclos completos.",
        "Retirado por José Conceição · CPF 111.444.777-35",
        "Para usar a garantia, traga o equipamento e este termo a Rua das Palmeiras, 210",
        "27/11/2026 16:05",
    ):
        assert shows(page, text), text
    items = (make_item(warranty_days=180), make_part(warranty_days=30), make_part("Cabo"))
    end = date(2026, 11, 27) + timedelta(days=180)
    page = delivery(items=items, warranty_until=end)
    assert shows(
        page, "Garantia pelos prazos de cada linha, o maior de 180 dias, de 27/11/2026 a 26/05/2027"
    )
    assert shows(page, "Em cada prazo, 90 dias são a garantia legal")
    days = [line.text for line in page[0] if line.text.strip() in ("90 dias", "180 dias")]
    assert [text.strip() for text in days] == ["180 dias", "90 dias", "90 dias"]


def test_a_delivery_term_printed_before_the_delivery_leaves_its_dates_to_be_written():
    page = delivery(delivered_on=None, warranty_until=None, collected=None, items=(make_item(),))
    assert shows(page, "contados da entrega, na data da assinatura")
    assert shows(page, "Nome e documento:")
    assert not any("25/02/2027" in line.text for line in page[0])


def test_a_return_under_warranty_goes_on_with_the_term_and_keeps_the_laws():
    items = (make_item(unit_price=0, warranty_days=None),)
    end = date(2027, 1, 15)
    page = delivery(items=items, payments=(), warranty_return_of=9_120, warranty_until=end)
    text = " ".join(line.text for line in page[0])
    for words in (
        "Retorno em garantia da OS 9120, sem cobrança.",
        "continua até 15/01/2027",
        "e o que foi refeito tem ao menos os 90 dias da lei, contados desta entrega",
    ):
        assert shows(page, words), words
    assert "nenhum prazo novo" not in text
    assert "0,00" not in text
    assert "Total" not in text
    assert "90 dias sobre" not in text
    assert shows(
        delivery(items=items, payments=(), warranty_return_of=9_120, warranty_until=None),
        "continua até",
    )


def test_a_delivery_with_a_balance_says_until_when_it_is_to_be_paid():
    page = delivery(due_on=date(2026, 12, 20))
    assert shows(page, "Saldo em aberto: R$ 270,00, a pagar até 20/12/2026.")


def test_a_warranty_beyond_the_laws_says_which_part_is_whose():
    items = (make_item(warranty_days=180), make_part(warranty_days=180))
    page = delivery(items=items, warranty_until=date(2027, 5, 26))
    assert shows(page, "Garantia de 180 dias sobre o serviço e as peças colocadas, de 27/11/2026")
    assert shows(page, "90 da garantia legal (CDC, art. 26, II) mais 90 dados pela assistência")
    assert not shows(page, "Soma-se")


def test_a_balance_in_parts_lists_them_on_both_copies():
    parts = tuple(InstalmentView(date(2026, month, 12), 9_000, 0) for month in (10, 11, 12))
    parts = (replace(parts[0], paid=9_000), replace(parts[1], paid=1_000), parts[2])
    order = make_delivered(due_on=date(2026, 10, 12), instalments=parts, balance=17_000)
    pdf = render_paper(make_issue(Paper.DELIVERY, order=order), HALF_PAPER, logo=None)
    for page in copies(pdf).values():
        assert shows(
            page,
            "Saldo em aberto: R$ 170,00, em 2 parcelas: R$ 80,00 até 12/11/2026; R$ 90,00 até "
            "12/12/2026.",
        )
        assert not shows(page, "a pagar até")


def test_a_term_issued_with_other_sentences_keeps_them():
    issue = make_issue(Paper.DELIVERY, edition=1)
    page = copies(render_paper(issue, HALF_PAPER, logo=None))[COPIES[1]]
    assert shows(page, "Garantia de 90 dias sobre o serviço e as peças colocadas, de 27/11/2026")
    assert shows(page, "Soma-se à garantia legal")


def test_one_part_that_is_left_is_said_once():
    parts = (InstalmentView(date(2026, 12, 12), 27_000, 10_000),)
    page = delivery(due_on=date(2026, 12, 12), instalments=parts, balance=17_000)
    assert shows(page, "Saldo em aberto: R$ 170,00, a pagar até 12/12/2026.")
