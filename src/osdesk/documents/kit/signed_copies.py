"""What all papers have in common that stand on terms of the shop's and are signed by both sides."""

from collections.abc import Callable, Sequence

from osdesk.documents.kit.flow import Strip
from osdesk.documents.kit.head import COPIES, foot, head, head_again
from osdesk.documents.kit.layout import Copy
from osdesk.documents.kit.parts import terms_place, terms_strips
from osdesk.documents.kit.pix_block import pix_strips
from osdesk.documents.kit.style import Looks
from osdesk.domain.views.orders import IssuedPaper

Part = Callable[[IssuedPaper, str, Looks], list[Strip]]


def signed_copies(
    issue: IssuedPaper,
    looks: Looks,
    terms_pages: Sequence[int],
    logo: bytes | None,
    terms: tuple[str, str],
    *,
    body: Part,
    closing: Part,
    pix: bool = True,
) -> list[Copy]:
    """The customer's copy and the shop's, each with its terms (heading, text).

    ``terms_pages``: on which page of each copy they are. ``body`` is told whose copy it is;
    ``closing``, which is signed, where the terms are, empty where there are none. ``pix``: with the
    code of what is due.
    """
    printed = terms_strips(*terms, looks)
    copies = []
    for copy, page in zip(COPIES, terms_pages, strict=True):
        place = terms_place(page, looks) if printed else ""
        copies.append(
            Copy(
                head=head(issue, copy, looks, number=issue.number, logo=logo),
                again=head_again(issue, copy, looks, number=issue.number),
                body=body(issue, copy, looks),
                closing=closing(issue, place, looks),
                foot=foot(issue, place),
                terms=printed,
                pix=pix_strips(issue, copy, looks) if pix else [],
            )
        )
    return copies
