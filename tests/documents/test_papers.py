"""Papers are read back from the PDF: text, geometry, fonts, QR."""

from dataclasses import replace
from datetime import date

import pytest
import zxingcpp
from tests.builders import (
    make_customer,
    make_delivered,
    make_equipment,
    make_issue,
    make_part,
    make_sheet,
    make_shop,
)
from tests.documents.reading import (
    COPIES,
    copies,
    is_halved,
    pages,
    pictures,
    shows,
    squash,
)
from tests.documents.samples import CASES, draw, drawn, sample

from osdesk.documents.papers import DRAWINGS, render_paper
from osdesk.domain.codes import Paper, PaperFormat, PartCondition
from osdesk.domain.default_texts import TERMS_DELIVERY, TERMS_INTAKE, TERMS_QUOTE
from osdesk.domain.money import format_amount
from osdesk.domain.orders.checklists import known_kind
from osdesk.domain.papers.facts import PAPERS
from osdesk.domain.views.orders import IssuedPaper, PhoneView

HALF_PAPER, FULL_PAPER = PaperFormat.A4_HALF, PaperFormat.A4
LONG = "Não liga depois da queda & <b>chuva</b>; R&D 100% \\n {x} "


def monster(paper: Paper) -> IssuedPaper:
    make = make_delivered if paper is Paper.DELIVERY else make_sheet
    condition = PartCondition.RECONDITIONED
    return make_issue(
        paper,
        order=make(
            reason=(LONG * 60)[:2500],
            report="laudo " * 300 if paper is Paper.DELIVERY else None,
            customer=make_customer(
                name="Maximiliano" * 18 + "ção",
                phones=tuple(PhoneView(f"(11) 98765-43{n:02d}", "recado") for n in range(5)),
                address="Rua sem fim, " * 30,
                email="x" * 180 + "@exemplo.com.br",
            ),
            equipment=make_equipment(
                serial="S" * 90, imei2="490154203237518", condition="riscos; " * 60
            ),
            items=tuple(
                make_part(
                    f"Peça <i>{n}</i> {'comprida ' * 12}",
                    quantity=1_234_567,
                    unit_price=98_765_43,
                    discount=100,
                    part_condition=condition,
                )
                for n in range(40)
            ),
            technician="T" * 200,
            attendant="Atendente de nome comprido " * 5,
            checklist={f"Pergunta {n}": "resposta 😀 漢字 שלום" for n in range(30)},
            fee=5000,
            discount=700,
            slot="A3",
            payment_terms="em vezes " * 40,
            valid_until=date(2026, 12, 4),
            due_on=date(2026, 12, 20),
            external_ref="ref-" * 20,
        ),
        shop=make_shop(
            name="Assistência " * 12, tagline="lema " * 40, phones="(11) 3222-4455 " * 6
        ),
    )


ROLLS = (PaperFormat.ROLL_80, PaperFormat.ROLL_58)
SHEETS = (HALF_PAPER, FULL_PAPER)


def copies_of(paper: Paper) -> int:
    """The bench's sheet is for the shop alone."""
    return 1 if paper is Paper.TECHNICIAN else 2


@pytest.mark.parametrize(("size", "paper", "form"), CASES)
def test_every_copy_numbers_its_pages_and_says_which_it_is(size, paper, form):
    found = copies(drawn(size, paper, form))
    assert tuple(found) == COPIES[: copies_of(paper)]
    for its_pages in found.values():
        for number, page in enumerate(its_pages, start=1):
            texts = [line.text for line in page]
            assert f"página {number} de {len(its_pages)}" in texts
            assert squash("conteúdo 8f2a c41e 77b9 0d35") in squash("".join(texts))


@pytest.mark.parametrize(("size", "paper", "form"), CASES)
def test_the_code_is_read_from_a_coarse_scan_of_each_copy(size, paper, form):
    found = [
        code.text
        for page in pictures(drawn(size, paper, form), 150)
        for code in zxingcpp.read_barcodes(page)
    ]
    assert found == [sample(size, paper).qr] * copies_of(paper)


@pytest.mark.parametrize(("size", "paper", "form"), CASES)
def test_fonts_are_embedded_and_the_bytes_repeat(size, paper, form):
    pdf = drawn(size, paper, form)
    assert pdf.count(b"/FontFile2") == pdf.count(b"/Type /FontDescriptor") > 0
    assert b"Helvetica" not in pdf
    render_paper(make_issue(), HALF_PAPER, logo=None)
    assert draw(size, paper, form) == pdf


@pytest.mark.parametrize("form", PAPERS[Paper.INTAKE].formats)
def test_all_of_a_monstrous_order_is_on_both_copies(form):
    issue = monster(Paper.INTAKE)
    order = issue.order
    for name, copy in copies(render_paper(issue, form, logo=None)).items():
        for text in (
            order.reason,
            order.customer.name,
            order.equipment.serial,
            order.equipment.condition,
            order.technician,
            order.payment_terms,
            *(item.description for item in order.items),
            format_amount(order.items[0].total),
            format_amount(order.balance),
            *(phone.number for phone in order.customer.phones),
            "Pergunta 29: resposta □ □□",
            "50,00",
        ):
            assert shows(copy, text), (name, text)
        assert form in ROLLS or len(copy) > 2


def test_a_monster_flows_to_full_pages_and_the_typical_order_stays_on_one_sheet():
    typical = pages(render_paper(make_issue(), HALF_PAPER, logo=None))
    assert [is_halved(page) for page in typical] == [True, True]
    flowed = pages(render_paper(monster(Paper.INTAKE), HALF_PAPER, logo=None))
    assert not any(is_halved(page) for page in flowed)


def test_a_paper_that_nearly_fits_shrinks_by_one_step():
    sizes = []
    for count in range(1, 60):
        order = make_sheet(items=tuple(make_part(f"Peça {n}") for n in range(count)))
        page = pages(render_paper(make_issue(order=order), HALF_PAPER, logo=None))[0]
        size = next(line.size for line in page if line.text.strip() == "Peça 0 (nova original)")
        sizes.append((is_halved(page), size))
    steps = list(dict.fromkeys(sizes))
    assert steps[:3] == [(True, 8.5), (True, 7.65), (False, 9.35)]
    assert set(steps) == {(True, 8.5), (True, 7.65), (False, 9.35), (False, 8.5), (False, 7.65)}


def test_what_only_the_shop_needs_is_not_on_the_customers_copy():
    customer = make_customer(
        address="Rua do Ouro, 1", email="maria@exemplo.com.br", notes="paga mal"
    )
    order = make_sheet(customer=customer, slot="Gaveta 7", notes="cobrar antes")
    for form in PAPERS[Paper.INTAKE].formats:
        shop, client = copies(render_paper(make_issue(order=order), form, logo=None)).values()
        for text in ("Rua do Ouro, 1", "maria@exemplo.com.br", "Gaveta 7"):
            assert shows(shop, text)
            assert not shows(client, text)
        for text in ("paga mal", "cobrar antes"):
            assert not shows(shop, text)
            assert not shows(client, text)
        assert shows(client, "Para retirar em Rua das Palmeiras, 210")


@pytest.mark.parametrize(
    ("paper", "text"), [(Paper.INTAKE, TERMS_INTAKE), (Paper.DELIVERY, TERMS_DELIVERY)]
)
@pytest.mark.parametrize("form", PAPERS[Paper.INTAKE].formats)
def test_terms_are_set_in_12_points_with_limits_in_bold(paper, text, form):
    for name, copy in copies(render_paper(make_issue(paper), form, logo=None)).items():
        short = form in ROLLS and name == COPIES[0]
        where = {HALF_PAPER: "no verso (página 2)", FULL_PAPER: "abaixo"}.get(form, "acima")
        assert len(copy) == (2 if form is HALF_PAPER else 1)
        assert shows(copy[:1], "na via do cliente" if short else where)
        terms = [line for page in copy for line in page if line.size == 12]
        assert shows([terms], text.replace("**", "")) is not short
        bold = [line for line in terms if "SemiBold" in line.font]
        assert shows([bold], "líquido, uso em")
        assert not any("**" in line.text for line in terms)


@pytest.mark.parametrize("form", ROLLS)
def test_the_shops_roll_has_the_limits_alone_and_says_where_the_whole_text_is(form):
    issue = make_issue(Paper.INTAKE)
    shop, client = copies(render_paper(issue, form, logo=None)).values()
    assert shows(shop, "O texto completo está na via do cliente, com o mesmo código.")
    assert not shows(client, "O texto completo")
    for words in ("paga apenas a taxa escrita neste documento", "abertura por terceiros"):
        assert shows(shop, words)
    assert not shows(shop, "Peças: novas e originais")
    assert shows(client, "Peças: novas e originais")
    shop_end, client_end = (max(line.bottom for line in copy[0]) for copy in (shop, client))
    assert shop_end < 0.75 * client_end


def where_terms_are(copy, heading="Termos do serviço"):
    """What the statement must say of a copy on full pages: ``abaixo``, or the page."""
    begin = next(n for n, page in enumerate(copy, 1) if shows([page], heading))
    signed = next(n for n, page in enumerate(copy, 1) if shows([page], "Assinatura do cliente"))
    if begin == signed:
        return "abaixo"
    return "no verso (página 2)" if begin == 2 else f"na página {begin}"


def test_long_terms_flow_below_the_signatures_and_the_statement_says_where_they_begin():
    shop = make_shop(terms_intake="**\nCláusula que limita.\n**\n" + "Cláusula comum. " * 400)
    for copy in copies(render_paper(make_issue(shop=shop), HALF_PAPER, logo=None)).values():
        assert len(copy) == 2
        assert shows(copy[:1], "li os termos abaixo")
        assert shows(copy[:1], "Cláusula que limita.")
        terms = [line for page in copy for line in page if line.size == 12]
        assert shows([terms], "Cláusula que limita." + "Cláusula comum. " * 400)
    said = set()
    for count in range(20, 34):
        order = make_sheet(items=tuple(make_part(f"Peça {n}") for n in range(count)))
        for copy in copies(
            render_paper(make_issue(order=order, shop=shop), FULL_PAPER, logo=None)
        ).values():
            said.add(where_terms_are(copy))
            assert shows(copy, f"li os termos {where_terms_are(copy)}")
    assert said == {"abaixo", "no verso (página 2)"}


@pytest.mark.parametrize("form", [HALF_PAPER, FULL_PAPER])
def test_a_phone_with_its_checklist_and_a_quote_of_four_lines_take_two_pages(form):
    answers = dict.fromkeys(known_kind("celular").questions, "não testado")
    phone = make_sheet(checklist=answers, fee=5000, ceiling=60000)
    quote = make_sheet(items=tuple(make_part(f"Peça {n}") for n in range(4)), payments=())
    terms = make_shop(terms_intake=TERMS_INTAKE, terms_quote=TERMS_QUOTE)
    for paper, order in ((Paper.INTAKE, phone), (Paper.QUOTE, quote)):
        pdf = render_paper(make_issue(paper, order=order, shop=terms), form, logo=None)
        assert len(pages(pdf)) == 2


@pytest.mark.parametrize("form", PAPERS[Paper.INTAKE].formats)
def test_a_checklist_keeps_its_order_and_reads_as_answers(form):
    answers = {"Liga?": "sim", "Tela inteira?": "não", "Carrega?": "não testado", "Tampa": "ok"}
    order = make_sheet(checklist=answers)
    for copy in copies(render_paper(make_issue(order=order), form, logo=None)).values():
        lines = [line for line in copy[0] if line.text.strip()]
        places = []
        for words in ("Liga? sim", "Tela inteira? não", "Carrega? não testado", "Tampa: ok"):
            (line,) = [line for line in lines if line.text.strip() == words]
            places.append((round(line.baseline), line.x))
        assert places == sorted(places)
        rows = len({baseline for baseline, _ in places})
        assert rows == {PaperFormat.ROLL_80: 2, PaperFormat.ROLL_58: 3}.get(form, 1)


def test_without_terms_nothing_speaks_of_them():
    issue = make_issue(shop=make_shop(terms_intake="  \n"))
    for copy in copies(render_paper(issue, HALF_PAPER, logo=None)).values():
        assert len(copy) == 1
        assert not any("termos" in line.text for line in copy[0])


def test_parts_that_are_not_new_ask_for_the_customers_word():
    used = make_sheet(items=(make_part(part_condition=PartCondition.USED),))
    asked = "Autorizo as peças não originais ou usadas"
    for order, expected in ((used, True), (make_sheet(), False)):
        for copy in copies(render_paper(make_issue(order=order), HALF_PAPER, logo=None)).values():
            assert shows(copy, asked) is expected


def test_a_broken_logo_does_not_stop_the_paper():
    issue = make_issue()
    junk = render_paper(issue, HALF_PAPER, logo=b"\x89PNG\r\n\x1a\njunk")
    assert junk == render_paper(issue, HALF_PAPER, logo=None)


def test_versions_and_papers_differ_in_their_foot_and_code_alone():
    first, second = make_issue(), replace(make_issue(), version=4)
    one, two = (copies(render_paper(issue, HALF_PAPER, logo=None)) for issue in (first, second))
    for name in COPIES:
        differing = [
            (a.text, b.text)
            for pages_a, pages_b in zip(one[name], two[name], strict=True)
            for a, b in zip(pages_a, pages_b, strict=True)
            if a.text != b.text
        ]
        assert len(differing) == 2
        assert all("versão 3" in a and "versão 4" in b for a, b in differing)


def test_every_paper_has_its_drawing():
    assert set(DRAWINGS) == set(Paper) == set(PAPERS)
