"""What each PDF says of itself beside its pages: title, subject, language and the true date.

A reader for the blind says them, an archive sorts by them. The pages carry no tags of structure:
see the decisions.
"""

import re
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pypdfium2
import pytest
from tests.builders import ENTRY, make_customer, make_sheet, make_shop
from tests.documents.customers.test_collection import account, letter
from tests.documents.report.test_month_report import make_report
from tests.documents.samples import CASES, drawn, sample

from osdesk.documents.customers.account import account_pdf
from osdesk.documents.customers.collection import collection_pdf
from osdesk.documents.customers.person import TITLE as PERSON
from osdesk.documents.customers.person import person_pdf
from osdesk.documents.papers import render_paper
from osdesk.documents.report.month_report import render_month_report
from osdesk.domain.papers.facts import PAPERS
from osdesk.domain.views.person import PersonData

PAPERS_DRAWN = [(paper, form) for size, paper, form in CASES if size == "typical"]
OTHERS: dict[str, tuple[Callable[[], bytes], str]] = {
    "collection": (lambda: collection_pdf(letter(), logo=None), "Aviso de valor em aberto"),
    "account": (lambda: account_pdf(account(), make_shop(), logo=None), "Conta do cliente"),
    "person": (
        lambda: person_pdf(
            PersonData(make_shop(), make_customer(), (make_sheet(),), 2, 3, ENTRY), logo=None
        ),
        PERSON,
    ),
    "report": (
        lambda: render_month_report(make_report(4), logo=None),
        "Fechamento de novembro de 2026",
    ),
}


def said(pdf: bytes) -> dict[str, Any]:
    with pypdfium2.PdfDocument(pdf) as document:
        found = document.get_metadata_dict()
    (language,) = set(re.findall(rb"/Lang \(([^)]*)\)", pdf))
    return {**found, "language": language.replace(b"\\055", b"-").decode()}


def expect(found: dict[str, Any], title: str, day: date | None = None) -> None:
    assert found["Title"].startswith(title)
    assert found["Subject"] not in ("", "unspecified")
    assert found["Author"] == "Eletrônica Horizonte"
    assert found["language"] == "pt-BR"
    written = found["CreationDate"]
    assert re.fullmatch(r"D:\d{14}-03'00'", written), "with the shop's own zone"
    assert written == found["ModDate"]
    moment = datetime.strptime(written[2:16], "%Y%m%d%H%M%S")
    assert moment.year > 2025, "no made-up date"
    assert day is None or moment.date() == day


@pytest.mark.parametrize(("paper", "form"), PAPERS_DRAWN)
def test_a_paper_says_what_it_is_in_which_language_and_when_it_was_issued(paper, form):
    issued = sample("typical", paper)
    found = said(drawn("typical", paper, form))
    title = PAPERS[paper].title.capitalize()
    expect(found, title, issued.issued_on)
    assert found["Subject"] == f"OS {issued.number}, versão {issued.version}"
    assert issued.order.customer.name not in found["Title"] + found["Subject"]


@pytest.mark.parametrize("name", OTHERS)
def test_a_letter_an_account_and_the_report_say_it_too(name):
    make, title = OTHERS[name]
    expect(said(make()), title)


def test_drawn_again_it_says_the_same():
    paper, form = PAPERS_DRAWN[0]
    issued = sample("typical", paper)
    assert said(render_paper(issued, form, logo=None)) == said(drawn("typical", paper, form))
