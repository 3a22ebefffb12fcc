"""Delivery and warranty terms: what was done, and until which day it is covered."""

from datetime import date, timedelta

from tests.builders import make_delivered, make_issue, make_item, make_part
from tests.documents.reading import COPIES, copies, shows

from osdesk.documents.papers import render_paper
from osdesk.domain.codes import Paper, PaperFormat

HALF_PAPER = PaperFormat.A4_HALF


def delivery(**overrides) -> list[list]:
    issue = make_issue(Paper.DELIVERY, order=make_delivered(**overrides))
    return copies(render_paper(issue, HALF_PAPER, logo=None))[COPIES[1]]


def test_a_delivery_term_gives_the_warranty_as_dates_counted_from_delivery():
    page = delivery()
    for text in (
        "Garantia de 90 dias sobre o serviço e as peças colocadas, de 27/11/2026 a 25/02/2027",
        "Soma-se à garantia legal",
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
    days = [line.text for line in page[0] if line.text.strip().endswith(" dias")]
    assert [text.strip() for text in days] == ["180 dias", "90 dias", "90 dias"]


def test_a_delivery_term_printed_before_the_delivery_leaves_its_dates_to_be_written():
    page = delivery(delivered_on=None, warranty_until=None, collected=None, items=(make_item(),))
    assert shows(page, "contados da entrega, na data da assinatura")
    assert shows(page, "Nome e documento:")
    assert not any("25/02/2027" in line.text for line in page[0])


def test_a_return_under_warranty_begins_no_term_of_its_own():
    items = (make_item(unit_price=0, warranty_days=None),)
    end = date(2027, 1, 15)
    page = delivery(items=items, payments=(), warranty_return_of=9_120, warranty_until=end)
    text = " ".join(line.text for line in page[0])
    for words in (
        "Retorno em garantia da OS 9120, sem cobrança.",
        "continua até 15/01/2027",
        "nenhum prazo novo começa",
    ):
        assert shows(page, words), words
    assert "90 dias" not in text
    assert shows(
        delivery(items=items, payments=(), warranty_return_of=9_120, warranty_until=None),
        "continua até",
    )


def test_a_delivery_with_a_balance_says_until_when_it_is_to_be_paid():
    page = delivery(due_on=date(2026, 12, 20))
    assert shows(page, "Saldo em aberto: R$ 270,00, a pagar até 20/12/2026.")
