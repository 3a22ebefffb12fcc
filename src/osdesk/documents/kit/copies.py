"""The copies of a paper: each with its head, foot and code, and the terms that stand behind it."""

from collections.abc import Callable, Sequence

from osdesk.documents.kit.draw import Sheet
from osdesk.documents.kit.flow import Strip
from osdesk.documents.kit.head import foot, head, head_again, title_of
from osdesk.documents.kit.layout import Copy, lay_out
from osdesk.documents.kit.parts import terms_place, terms_strips
from osdesk.documents.kit.pix_block import pix_strips
from osdesk.documents.kit.style import PaperStyles
from osdesk.domain.codes import PaperFormat
from osdesk.domain.papers.facts import PAPERS
from osdesk.domain.views.orders import IssuedPaper

Part = Callable[[IssuedPaper, str, PaperStyles], list[Strip]]


def draw_copies(
    issue: IssuedPaper,
    form: PaperFormat,
    logo: bytes | None,
    *,
    body: Part,
    closing: Part,
    number: int | None = None,
    below: str = "",
    pix: bool = False,
) -> bytes:
    """The copies that this paper has, as PDF.

    ``body`` is told whose copy it is; ``closing``, which is signed, where the terms are, empty
    where there are none. ``number`` stands in the head, the order's by default, ``below`` under it.
    ``pix``: with the code of what is due.
    """
    heading = issue.number if number is None else number
    facts = PAPERS[issue.paper]

    def build(styles: PaperStyles, terms_pages: Sequence[int]) -> list[Copy]:
        terms = _terms(issue, styles)
        copies = []
        for copy, page in zip(facts.copies, terms_pages, strict=False):
            place = terms_place(page, styles) if terms else ""
            copies.append(
                Copy(
                    head=head(issue, copy, styles, number=heading, below=below, logo=logo),
                    again=head_again(issue, copy, styles, number=heading),
                    body=body(issue, copy, styles),
                    closing=closing(issue, place, styles),
                    foot=foot(issue, place),
                    terms=terms,
                    pix=pix_strips(issue, copy, styles) if pix else [],
                )
            )
        return copies

    sheet = Sheet(f"{title_of(issue).capitalize()} {issue.number}", issue.shop.name)
    lay_out(sheet, build, form)
    return sheet.finish()


def _terms(issue: IssuedPaper, styles: PaperStyles) -> list[Strip]:
    """The shop's text behind what is signed; nothing where this paper has none there."""
    terms = PAPERS[issue.paper].terms
    if terms is None or not terms.behind:
        return []
    return terms_strips(terms.heading, getattr(issue.shop, terms.code), styles)
