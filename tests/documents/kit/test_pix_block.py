"""The Pix on paper: read back by another library, copied whole, and only where money is due."""

from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import Any

import pytest
import zxingcpp
from hypothesis import given
from hypothesis import strategies as st
from tests.builders import make_delivered, make_issue, make_item, make_sheet, make_shop
from tests.documents.issued import APPROVED, issue_of
from tests.documents.reading import (
    copies,
    is_halved,
    is_roll,
    pages,
    pictures,
    shows,
    sizes,
    squash,
)

from osdesk.documents.kit import fonts
from osdesk.documents.kit.draw import Style
from osdesk.documents.kit.pix_block import broken, due_now, pix_text
from osdesk.documents.papers import render_paper
from osdesk.domain.codes import Paper, PaperFormat
from osdesk.domain.papers.facts import PAPERS, covered
from osdesk.domain.pix import pix_code
from osdesk.domain.views.orders import InstalmentView, IssuedPaper

PAID_FOR = (Paper.QUOTE, Paper.FULL, Paper.DELIVERY, Paper.UNSERVICED)
PAIRS = [(paper, form) for paper in PAID_FOR for form in PAPERS[paper].formats]
KEYS = {
    "cnpj": "12345678000195",
    "phone": "+5511987654321",
    "random": "12345678-1234-4234-8234-123456789012",
    "mail": f"{'contato-' * 6}@oficina-do-bairro.com",
}
PARTS = (
    InstalmentView(date(2026, 12, 27), 9000, 9000),
    InstalmentView(date(2027, 1, 27), 9000, 1000),
    InstalmentView(date(2027, 2, 27), 9000, 0),
)


def with_pix(issue: IssuedPaper, key: str = KEYS["random"]) -> IssuedPaper:
    pix = {"pix_key": key, "pix_name": "Eletrônica Horizonte Ltda", "pix_city": "São José Campos"}
    return replace(issue, shop=replace(issue.shop, **pix))


def in_parts(paper: Paper, *parts: InstalmentView) -> IssuedPaper:
    order = make_delivered(instalments=parts or PARTS, balance=17000)
    return with_pix(make_issue(paper, order=order))


def due(paper: Paper, **changes: Any) -> IssuedPaper:
    """A paper of an order that owes; a quote asks for money only once it is approved."""
    if paper is Paper.QUOTE:
        changes = {"approval": APPROVED} | changes
    return issue_of(paper, **changes)


@lru_cache
def drawn(paper: Paper, form: PaperFormat, key: str) -> bytes:
    return render_paper(with_pix(due(paper), KEYS[key]), form, logo=None)


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize(("paper", "form"), PAIRS)
def test_it_is_read_back_at_150_dots_beside_the_papers_own(paper, form, key):
    issue = with_pix(due(paper), KEYS[key])
    code = pix_text(issue)
    assert code is not None
    pdf = drawn(paper, form, key)
    found = [one.text for page in pictures(pdf) for one in zxingcpp.read_barcodes(page)]
    assert found.count(code) == 1, "the customer's copy alone"
    assert found.count(issue.qr) == 2
    assert len(found) == 3


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize(("paper", "form"), PAIRS)
def test_the_text_to_copy_is_whole(paper, form, key):
    code = pix_text(with_pix(due(paper), KEYS[key]))
    assert code is not None
    lines = [line for page in pages(drawn(paper, form, key)) for line in page]
    (start,) = [n for n, line in enumerate(lines) if line.text.strip() == "Pix copia e cola:"]
    text, end = "", start + 1
    while len(text) < len(code):
        text += lines[end].text.replace("\r", "").replace("\n", "")
        end += 1
    assert text == code
    if form in (PaperFormat.A4, PaperFormat.A4_HALF) and key != "mail":
        assert end == start + 2, "on one line: nothing comes between when it is copied"


@pytest.mark.parametrize(("paper", "form"), PAIRS)
def test_it_stays_on_the_paper_and_off_the_letters(paper, form):
    pdf = drawn(paper, form, "random")
    for page, size, picture in zip(pages(pdf), sizes(pdf), pictures(pdf), strict=True):
        side = (
            34.0
            if not is_roll(size)
            else (size[0] - {True: 204.0, False: 136.0}[size[0] > 200]) / 2
        )
        for line in page:
            assert line.left >= side - 0.6
            assert line.right <= size[0] - side + 0.6
        for one in zxingcpp.read_barcodes(picture):
            places = [
                getattr(one.position, f"{v}_{h}")
                for v in ("top", "bottom")
                for h in ("left", "right")
            ]
            xs = [place.x * 72 / 150 for place in places]
            ys = [place.y * 72 / 150 for place in places]
            quiet = 3.5
            over = [
                line.text
                for line in page
                if line.text.strip()
                and line.right > min(xs) - quiet
                and line.left < max(xs) + quiet
                and line.bottom > min(ys) - quiet
                and line.top < max(ys) + quiet
            ]
            assert over == []


@pytest.mark.parametrize(("paper", "form"), PAIRS)
def test_it_says_how_much_to_whom_and_that_it_confirms_nothing(paper, form):
    issue = with_pix(due(paper))
    shop, customer = copies(render_paper(issue, form, logo=None)).values()
    now = due_now(issue)
    assert now is not None
    for text in (
        f"Pague com Pix: R$ {now.amount // 100},{now.amount % 100:02d}",
        "Recebedor: Eletrônica Horizonte Ltda",
        "identificação OS010482",
        "Este código não confirma o pagamento",
    ):
        assert shows(customer, text), text
        assert not shows(shop, text)


@pytest.mark.parametrize("paper", PAID_FOR)
def test_nothing_of_it_where_nothing_is_due_or_there_is_no_key(paper):
    issue = due(paper)
    settled = with_pix(due(paper, balance=0, instalments=()))
    credit = with_pix(due(paper, balance=-1000, instalments=()))
    for form in PAPERS[paper].formats:
        for each in (issue, settled, credit):
            pdf = render_paper(each, form, logo=None)
            assert "Pix:" not in "".join(line.text for page in pages(pdf) for line in page)
        without = render_paper(replace(settled, shop=issue.shop), form, logo=None)
        assert render_paper(settled, form, logo=None) == without, "byte for byte as without a key"


@pytest.mark.parametrize("paper", [Paper.INTAKE, Paper.RECEIPT, Paper.TECHNICIAN, Paper.NOTICE])
def test_other_papers_have_none(paper):
    issue = issue_of(paper)
    for form in PAPERS[paper].formats:
        with_key = render_paper(with_pix(issue), form, logo=None)
        assert with_key == render_paper(issue, form, logo=None)


@pytest.mark.parametrize("paper", [*PAID_FOR, Paper.INTAKE])
def test_no_hash_covers_it(paper):
    issue = issue_of(paper)
    with_key = with_pix(issue)
    assert covered(paper, with_key.shop, issue.order, None) == covered(
        paper, issue.shop, issue.order, None
    )


def test_a_balance_in_parts_asks_for_the_next_one():
    issue = in_parts(Paper.DELIVERY)
    now = due_now(issue)
    assert now is not None
    assert now.amount == 8000
    assert now.what == "O que falta da parcela 2 de 3 da OS 10482, vence em 27/01/2027."
    assert "540580.00" in (pix_text(issue) or "")
    whole = in_parts(Paper.FULL, *(replace(part, paid=0) for part in PARTS))
    _, customer = copies(render_paper(whole, PaperFormat.A4, logo=None)).values()
    assert shows(customer, "Parcela 1 de 3 da OS 10482, vence em 27/12/2026.")


def test_a_quote_asks_for_nothing_before_it_is_approved():
    issue = with_pix(issue_of(Paper.QUOTE))
    assert issue.order.balance > 0
    assert due_now(issue) is None
    for form in PAPERS[Paper.QUOTE].formats:
        pdf = render_paper(issue, form, logo=None)
        assert pdf == render_paper(issue_of(Paper.QUOTE), form, logo=None)


def test_an_approved_quote_asks_for_its_own_balance_whatever_was_agreed_later():
    issue = in_parts(Paper.QUOTE)
    now = due_now(replace(issue, order=replace(issue.order, approval=APPROVED)))
    assert now is not None
    assert now.amount == 17000
    assert now.what == "Saldo da OS 10482 em 24/11/2026."


@pytest.mark.parametrize(
    "changes",
    [
        {"pix_key": "11 98765"},
        {"pix_name": None, "name": ""},
        {"pix_city": None, "city": None},
    ],
)
def test_what_makes_no_code_does_not_stop_the_paper(changes):
    issue = with_pix(issue_of(Paper.DELIVERY))
    issue = replace(issue, shop=replace(issue.shop, **changes))
    assert pix_text(issue) is None
    assert render_paper(issue, PaperFormat.A4_HALF, logo=None).startswith(b"%PDF")
    rich = make_sheet(items=(make_item(unit_price=10**12),), payments=(), approval=APPROVED)
    assert pix_text(with_pix(make_issue(Paper.QUOTE, order=rich))) is None


def test_it_never_takes_two_copies_off_one_sheet_where_the_back_has_room():
    for paper in (Paper.DELIVERY, Paper.UNSERVICED):
        plain = pages(render_paper(issue_of(paper), PaperFormat.A4_HALF, logo=None))
        found = pages(drawn(paper, PaperFormat.A4_HALF, "random"))
        assert len(found) == len(plain)
        assert all(is_halved(page) for page in found)
        assert any("Pix no verso" in line.text for line in found[0])
        assert any("Pague com Pix" in line.text for line in found[1])
    bare = make_shop(terms_delivery="")
    issue = with_pix(make_issue(Paper.DELIVERY, shop=bare))
    found = pages(render_paper(issue, PaperFormat.A4_HALF, logo=None))
    assert [is_halved(page) for page in found] == [True, True]


def place_of(words: str, pdf: bytes) -> int:
    """On which page of the customer's copy this stands, from 0."""
    _, customer = copies(pdf).values()
    texts = [squash("".join(line.text for line in page)) for page in customer]
    return next(n for n, text in enumerate(texts) if squash(words) in text)


def test_it_never_drives_the_signatures_to_another_page():
    behind = 0
    for notes in range(0, 24, 3):
        issue = issue_of(Paper.FULL)
        note = issue.order.log[0]
        issue = replace(issue, order=replace(issue.order, log=(note,) * notes))
        plain = render_paper(issue, PaperFormat.A4, logo=None)
        pdf = render_paper(with_pix(issue), PaperFormat.A4, logo=None)
        signed = place_of("Assinatura do cliente", pdf)
        assert signed == place_of("Assinatura do cliente", plain)
        if place_of("Pague com Pix:", pdf) > signed:
            behind += 1
            assert place_of("Pix na última página", pdf) == 0
    assert behind, "it was in the way of one of them"


@given(
    st.text("abcXYZ019", min_size=1, max_size=40),
    st.text("ABC xyz", min_size=1, max_size=25),
    st.floats(40, 250),
)
def test_broken_lines_are_the_code_again(key, name, width):
    fonts.prepare()
    code = pix_code(f"{key}@loja.com.br", f"A{name}", "São José dos Campos", amount=1234)
    style = Style(fonts.CONDENSED, 8)
    lines = broken(code, style, width)
    assert "".join(lines) == code
    for line in lines:
        assert style.width(line) <= width
        assert line[0].isalnum()
        assert line[-1].isalnum()
