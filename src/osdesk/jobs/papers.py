"""Issuing, drawing and verifying papers: record, drawing and file together, without Qt."""

from datetime import datetime
from pathlib import Path

from osdesk.domain.calendar import format_date
from osdesk.domain.codes import PAPER_FORMATS, Paper, PaperFormat
from osdesk.domain.errors import UserError
from osdesk.domain.shapes import IssuedPaper, Verification
from osdesk.persistence.store import Store
from osdesk.services import papers
from osdesk.texts import COVERED, PAPER, VERIFICATION


def refuse_format(paper: Paper, paper_format: PaperFormat) -> None:
    """Raises UserError ``paper_not_in_format``, naming the formats that this paper has."""
    formats = PAPER_FORMATS.get(paper, ())
    if paper_format not in formats:
        raise UserError("paper_not_in_format", paper=paper, format=paper_format, formats=formats)


def issue(
    store: Store,
    number: int,
    paper: Paper,
    *,
    now: datetime,
    author: int | None,
    payment_id: int | None = None,
) -> IssuedPaper:
    """The paper's version in force, frozen now if it was not before. Raises UserError."""
    return store.database.run(
        papers.issue_paper, number, paper, now=now, author=author, payment_id=payment_id
    )


def draw_paper(store: Store, issued: IssuedPaper, paper_format: PaperFormat) -> bytes:
    """An issued version as PDF: the same bytes each time."""
    from osdesk.documents.papers import render_paper

    logo = store.files.read(issued.shop.logo) if issued.shop.logo else None
    return render_paper(issued, paper_format, logo=logo)


def make_paper(
    store: Store,
    number: int,
    paper: Paper,
    paper_format: PaperFormat,
    *,
    now: datetime,
    author: int | None,
    payment_id: int | None = None,
) -> tuple[bytes, IssuedPaper]:
    """Issue a paper and draw it: the PDF and the version that it shows.

    Raises UserError: as ``refuse_format`` and ``issue``.
    """
    refuse_format(paper, paper_format)
    issued = issue(store, number, paper, now=now, author=author, payment_id=payment_id)
    return draw_paper(store, issued, paper_format), issued


def verify_file(store: Store, file: Path, *, now: datetime) -> tuple[bool, str]:
    """Whether a printed or scanned paper still equals the record, and the answer in words."""
    from osdesk.documents.read import read_codes

    try:
        codes = read_codes(file)
    except UserError:
        codes = []
    if not codes:
        return False, VERIFICATION["unreadable"]
    answers = {
        store.database.read(papers.verify_code, code, now=now) for code in dict.fromkeys(codes)
    }
    ours = [answer for answer in answers if answer.outcome != "foreign"]
    if not ours:
        return False, VERIFICATION["foreign"]
    ours.sort(key=lambda answer: (answer.number or 0, answer.version or 0))
    equal = all(answer.outcome == "equal" for answer in ours)
    return equal, "\n".join(_words(answer) for answer in ours)


def _words(answer: Verification) -> str:
    name = PAPER[answer.paper] if answer.paper else ""
    day = format_date(answer.issued_on) if answer.issued_on else ""
    changed = ", ".join(COVERED.get(key, key) for key in answer.changed)
    return VERIFICATION[answer.outcome].format(
        paper=name, number=answer.number, version=answer.version, day=day, changed=changed
    )
