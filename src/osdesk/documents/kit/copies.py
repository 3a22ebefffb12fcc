"""The copies of a paper: each with its head, foot and code, and the terms that stand behind it."""

from collections.abc import Callable, Sequence

from osdesk.documents.kit.draw import Sheet
from osdesk.documents.kit.flow import Strip
from osdesk.documents.kit.head import foot, head, head_again, title_of
from osdesk.documents.kit.layout import BELOW, Copy, lay_out
from osdesk.documents.kit.parts import percent, short_terms, terms_strips
from osdesk.documents.kit.pix_block import pix_strips
from osdesk.documents.kit.style import PaperStyles
from osdesk.domain.calendar import load_zone
from osdesk.domain.codes import PaperFormat
from osdesk.domain.papers.facts import PAPERS, SHOP
from osdesk.domain.views.orders import IssuedPaper
from osdesk.domain.views.shop import ShopView

Body = Callable[[IssuedPaper, str, PaperStyles], list[Strip]]
Closing = Callable[[IssuedPaper, str, str, PaperStyles], list[Strip]]


def draw_copies(
    issue: IssuedPaper,
    form: PaperFormat,
    logo: bytes | None,
    *,
    body: Body,
    closing: Closing,
    number: int | None = None,
    below: str = "",
    pix: bool = False,
) -> Sheet:
    """The copies that this paper has, on a sheet.

    ``body`` and ``closing``, which is signed, are told whose copy it is; ``closing`` also where the
    terms are, empty where there are none. ``number`` stands in the head, the order's by default,
    ``below`` under it. ``pix``: with the code of what is due.
    """
    heading = issue.number if number is None else number
    facts = PAPERS[issue.paper]

    def build(styles: PaperStyles, terms_pages: Sequence[int]) -> list[Copy]:
        copies = []
        for copy, page in zip(facts.copies, terms_pages, strict=False):
            terms, place = _terms(issue, copy, page, styles)
            copies.append(
                Copy(
                    head=head(issue, copy, styles, number=heading, below=below, logo=logo),
                    again=head_again(issue, copy, styles, number=heading),
                    body=body(issue, copy, styles),
                    closing=closing(issue, copy, place, styles),
                    foot=foot(issue, place),
                    terms=terms,
                    pix=pix_strips(issue, copy, styles) if pix else [],
                )
            )
        return copies

    sheet = Sheet(
        f"{title_of(issue).capitalize()} {heading}",
        issue.shop.name,
        subject=f"OS {issue.number}, versão {issue.version}",
        issued=issue.issued_at.astimezone(load_zone(issue.shop.zone)),
    )
    lay_out(sheet, build, form)
    return sheet


def _terms(
    issue: IssuedPaper, copy: str, page: int, styles: PaperStyles
) -> tuple[list[Strip], str]:
    """The shop's text that follows what is signed, and where it is, as the statement and the foot
    say it; nothing where this paper has none."""
    terms = PAPERS[issue.paper].terms
    if terms is None or not terms.behind:
        return [], ""
    text: str = getattr(issue.shop, terms.code)
    if PAPERS[issue.paper].late_rates and issue.edition > 1:
        text = "\n".join(each for each in (text, _late_rates(issue.shop)) if each)
    if styles.roll and copy == SHOP:
        short = terms_strips(terms.heading, short_terms(text), styles)
        return short, "na via do cliente" if short else ""
    strips = terms_strips(terms.heading, text, styles)
    return strips, _place(page, styles) if strips else ""


def _late_rates(shop: ShopView) -> str:
    """What is owed for paying late, as it is agreed; a clause that stands out (CDC arts. 52 § 1,
    54 § 4)."""
    asked = [f"multa de {percent(shop.fine_bp)}, uma vez"] if shop.fine_bp else []
    if shop.interest_bp:
        asked.append(f"juros simples de {percent(shop.interest_bp)} ao mês, contados por dia")
    return f"**Atraso no pagamento: {', e '.join(asked)}.**" if asked else ""


def _place(page: int, styles: PaperStyles) -> str:
    if styles.roll:
        return "acima"
    if page == BELOW:
        return "abaixo"
    return "no verso (página 2)" if page == 2 else f"na página {page}"
