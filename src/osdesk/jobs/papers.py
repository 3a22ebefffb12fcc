"""Issuing, drawing and verifying papers: record, drawing and file together, without Qt."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from osdesk.domain.calendar import format_date
from osdesk.domain.codes import Paper, PaperFormat
from osdesk.domain.errors import UserError
from osdesk.domain.papers.facts import PAPERS
from osdesk.domain.views.orders import IssuedPaper, KeptPaper, Verification
from osdesk.persistence.files import sha256_of, write_atomic
from osdesk.persistence.store import Store
from osdesk.services.papers import paper_files, papers
from osdesk.services.papers.paper_files import kept_papers
from osdesk.texts import COVERED, PAPER, VERIFICATION

FOLDER = "papers"
"""The folder of the issued papers' files, inside the shop's."""


@dataclass(frozen=True)
class Made:
    """A paper that was made: the PDF, where it is kept, the version that it shows."""

    content: bytes
    place: Path
    issued: IssuedPaper


def refuse_format(paper: Paper, paper_format: PaperFormat) -> None:
    """Raises UserError ``paper_not_in_format``, naming the formats that this paper has."""
    formats = PAPERS[paper].formats
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
    """An issued version as PDF: the file that was kept of it, or the same drawn anew.

    A receipt that was printed before is drawn as *2ª via*. Nothing is written.
    """
    issued, kept = _as_printed(store, issued, paper_format)
    return _content(store, kept) or _draw(store, issued, paper_format)


def _as_printed(
    store: Store, issued: IssuedPaper, paper_format: PaperFormat
) -> tuple[IssuedPaper, KeptPaper | None]:
    """The version as it is printed now, and its file in this format where one was kept: a receipt
    says from the second time on that it is a copy."""
    files = store.database.read(kept_papers, issued)
    if PAPERS[issued.paper].of_payment and files:
        issued = replace(issued, again=True)
    same = (file for file in files if (file.format, file.again) == (paper_format, issued.again))
    return issued, next(same, None)


def _content(store: Store, kept: KeptPaper | None) -> bytes | None:
    """The file as it was made; None where it is not there or somebody has changed it."""
    if kept is None:
        return None
    try:
        content = (store.folder / FOLDER / kept.name).read_bytes()
    except OSError:
        return None
    return content if sha256_of(content) == kept.sha256 else None


def _draw(store: Store, issued: IssuedPaper, paper_format: PaperFormat) -> bytes:
    from osdesk.documents.papers import render_paper

    logo = store.files.read(issued.shop.logo) if issued.shop.logo else None
    return render_paper(issued, paper_format, logo=logo)


def paper_place(store: Store, issued: IssuedPaper, paper_format: PaperFormat) -> Path:
    """Where the file of a version stands in the shop's folder: ``OS-9120-entrada-v1.pdf``."""
    facts = PAPERS[issued.paper]
    name = f"OS-{issued.number}-{facts.file}"
    if issued.payment is not None:
        name += f"-{issued.payment.receipt}"
    name += f"-v{issued.version}"
    if paper_format is not facts.formats[0]:
        name += f"-{paper_format.value}"
    return store.folder / FOLDER / f"{name}{'-2via' if issued.again else ''}.pdf"


def keep_paper(
    store: Store, issued: IssuedPaper, paper_format: PaperFormat, *, now: datetime
) -> tuple[bytes, Path]:
    """Draw a version and keep its file, or take the one that is kept: content and place.

    Raises UserError ``cannot_write``.
    """
    issued, kept = _as_printed(store, issued, paper_format)
    place = paper_place(store, issued, paper_format)
    content = _content(store, kept)
    if content is not None:
        return content, place
    content = _draw(store, issued, paper_format)
    write_atomic(place, content)
    if kept is None:
        store.database.run(
            paper_files.keep_paper,
            issued,
            paper_format,
            name=place.name,
            sha256=sha256_of(content),
            now=now,
        )
    return content, place


def make_paper(
    store: Store,
    number: int,
    paper: Paper,
    paper_format: PaperFormat,
    *,
    now: datetime,
    author: int | None,
    payment_id: int | None = None,
) -> Made:
    """Issue a paper, draw it and keep its file in the shop's folder.

    Raises UserError: as ``refuse_format`` and ``issue``.
    """
    refuse_format(paper, paper_format)
    issued = issue(store, number, paper, now=now, author=author, payment_id=payment_id)
    content, place = keep_paper(store, issued, paper_format, now=now)
    return Made(content, place, issued)


@dataclass(frozen=True)
class MadeMany:
    """What became of the papers of several orders."""

    content: bytes
    """One PDF, the orders as they were asked for; empty where none was made."""
    done: tuple[int, ...]
    refused: dict[int, UserError]
    left: tuple[int, ...]
    """Not tried: it was stopped."""


def make_papers(
    store: Store,
    numbers: Sequence[int],
    paper: Paper,
    paper_format: PaperFormat,
    *,
    now: datetime,
    author: int | None,
    stop: Callable[[], bool],
    progress: Callable[[int, int], object],
) -> MadeMany:
    """The same paper of several orders, each as ``make_paper`` makes one: a version frozen, its
    file kept, whole or not at all. What is refused stops none of the others.

    ``stop``: asked before each order. ``progress``: how many were tried, out of how many.
    """
    made: list[Made] = []
    refused: dict[int, UserError] = {}
    tried = 0
    for number in numbers:
        if stop():
            break
        try:
            made.append(make_paper(store, number, paper, paper_format, now=now, author=author))
        except UserError as error:
            refused[number] = error
        tried += 1
        progress(tried, len(numbers))
    return MadeMany(
        _joined([each.content for each in made]),
        tuple(each.issued.number for each in made),
        refused,
        tuple(numbers[tried:]),
    )


def _joined(pdfs: list[bytes]) -> bytes:
    from osdesk.documents.read import joined_pdf

    return joined_pdf(pdfs) if len(pdfs) > 1 else b"".join(pdfs)


def preview_paper(
    store: Store,
    number: int,
    paper: Paper,
    paper_format: PaperFormat,
    *,
    now: datetime,
    payment_id: int | None = None,
) -> bytes:
    """How the paper would come out now, as PDF; nothing is issued, kept or written.

    Raises UserError: as ``make_paper``.
    """
    refuse_format(paper, paper_format)
    issued = store.database.read(papers.draft_paper, number, paper, now=now, payment_id=payment_id)
    return _draw(store, issued, paper_format)


def verify_file(store: Store, file: Path, *, now: datetime) -> tuple[bool, str]:
    """Whether a printed or scanned paper still equals the record, and the answer in words."""
    from osdesk.documents.apart import read_codes

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


CARD = frozenset({"customer", "payer", "document"})
OWN_TEXT = frozenset({"terms", "fields"})


def _words(answer: Verification) -> str:
    name = PAPER[answer.paper] if answer.paper else ""
    day = format_date(answer.issued_on) if answer.issued_on else ""
    changed = ", ".join(COVERED.get(key, key) for key in answer.changed)
    number = f"nº {answer.number}"
    if answer.receipt is not None:
        number = f"nº {answer.receipt} (OS {answer.number})"
    elif answer.paper is not None and PAPERS[answer.paper].of_payment:
        number = f"da OS {answer.number}"
    return VERIFICATION[_outcome(answer)].format(
        paper=name, number=number, version=answer.version, day=day, changed=changed
    )


def _outcome(answer: Verification) -> str:
    """A change of only the shop's texts or the customer's card is no other work or price: said
    apart."""
    keys = frozenset(answer.changed)
    if not keys or not keys <= CARD | OWN_TEXT:
        return answer.outcome
    if keys <= OWN_TEXT:
        return "changed_terms"
    return "changed_customer" if keys <= CARD else "changed_card_and_terms"
