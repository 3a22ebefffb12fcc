"""What each moment of an order prints."""

import pytest

from osdesk.domain.codes import PAPER_FORMATS, Paper
from osdesk.domain.orders.status import Status
from osdesk.domain.papers.rules import PAPERS_OF, papers_now, usual_format, usual_paper


@pytest.mark.parametrize("status", Status)
@pytest.mark.parametrize("paid", [False, True])
def test_the_usual_paper_comes_first_and_can_be_made(status: Status, paid: bool) -> None:
    papers = papers_now(status, paid=paid)
    if usual_paper(status) in PAPER_FORMATS:
        assert papers[0] is usual_paper(status)
    assert (Paper.RECEIPT in papers) == paid
    assert Paper.INTAKE in papers
    assert len(set(papers)) == len(papers)
    for paper in papers:
        assert status in PAPERS_OF.get(paper, {status})
        assert usual_format(paper) in PAPER_FORMATS[paper]


@pytest.mark.parametrize(
    ("status", "paper"),
    [
        (Status.RECEIVED, Paper.INTAKE),
        (Status.AWAITING_APPROVAL, Paper.QUOTE),
        (Status.IN_PROGRESS, Paper.INTAKE),
        (Status.READY, Paper.INTAKE),
        (Status.DELIVERED, Paper.DELIVERY),
        (Status.DECLINED, Paper.UNSERVICED),
        (Status.UNREPAIRABLE, Paper.UNSERVICED),
        (Status.RETURNED, Paper.UNSERVICED),
        (Status.CANCELLED, Paper.INTAKE),
    ],
)
def test_what_f9_prints(status: Status, paper: Paper) -> None:
    assert usual_paper(status) is paper
